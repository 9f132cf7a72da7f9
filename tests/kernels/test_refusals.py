"""Only proved claims are compiled, only proved steps are taken, and a family's file says what it means."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from derive.kernels import compile as compiler
from derive.kernels.assemble import assemble, stated_side
from derive.kernels.compile import compile_function, rewritten
from derive.kernels.gate import gate
from derive.kernels.program import ONE, TWO, KernelError, Program, Rewrite
from derive.kernels.rewriting import Rewriter
from derive.kernels.specs import Family, family, parsed
from derive.language.context import Context, SymbolDecl
from derive.language.terms import Num, Op, Sym, Term, rebuild

TITLE = 'title = "A title"\n'


def of_text(text: str) -> Family:
    return parsed("test", TITLE + text, Path("test.toml"))


def compiled(text: str) -> None:
    of = of_text(text)
    for function in of.functions:
        compile_function(of, function)


def test_a_refuted_claim_is_not_compiled() -> None:
    with pytest.raises(KernelError, match=r"eq3 is refuted; only a proved claim is compiled"):
        stated_side("networks/batchnorm.eq3")


def test_a_claim_that_is_not_there() -> None:
    with pytest.raises(KernelError, match="has no such claim"):
        stated_side("networks/batchnorm.eq99")


def test_a_claim_that_states_no_value() -> None:
    with pytest.raises(KernelError, match="expected an equality, an optimum"):
        stated_side("spectral/laplacian.laplacian_psd")


def test_a_free_quantity_must_be_named() -> None:
    text = """
    [f]
    doc = "One."
    takes = { y_bar = '\\bar{\\mathbf{Y}}' }
    gives = { z_bar = 'networks/softmax.batch_vjp' }
    """
    with pytest.raises(KernelError, match=r"\\mathbf\{Z\} is free in the claim; name it in `takes` or in `where`"):
        compiled(text)


def test_what_is_bound_must_have_the_same_shape() -> None:
    text = """
    [f]
    doc = "One."
    takes = { x = '\\mathbf{x}', pi = '\\pi', mu = '\\boldsymbol{\\mu}', Sigma = '\\boldsymbol{\\Sigma}' }
    where = { '\\delta^{(t)}' = 'mixtures/gaussian.weight_logits' }
    gives = { pi = 'mixtures/gaussian.update_weights' }
    """
    with pytest.raises(KernelError, match=r"runs over \(N, K\), but mixtures/gaussian.weight_logits over \(K\)"):
        compiled(text)


def test_a_name_must_mean_the_same_in_all_claims() -> None:
    """The input x of a layer is a vector in one place of this derivation, and one for each example in another."""
    text = """
    [f]
    doc = "One."
    takes = { x = '\\mathbf{x}', W = '\\mathbf{W}' }
    gives = { a = 'networks/batchnorm.linear', b = 'networks/batchnorm.eq12.2' }
    """
    with pytest.raises(KernelError, match="does not mean the same in all the claims named"):
        compiled(text)


def test_a_derivative_is_not_guessed_at() -> None:
    text = """
    [f]
    doc = "One."
    takes = { z = '\\mathbf{Z}' }
    gives = { z_bar = 'networks/softmax.batch_vjp:left' }
    """
    with pytest.raises(KernelError, match=r"no kernel for \\frac\{\\partial .* \(Deriv\)"):
        compiled(text)


@pytest.mark.parametrize("taken", ["q", r"\\\\mathbf{Z}", r"\\nabla_z", r"\\frac{1}"])
def test_a_parameter_that_stands_for_nothing(taken: str) -> None:
    text = f"""
    [f]
    doc = "One."
    takes = {{ z = "{taken}", y_bar = '\\bar{{\\mathbf{{Y}}}}' }}
    gives = {{ z_bar = 'networks/softmax.batch_vjp' }}
    """
    with pytest.raises(KernelError, match=r"f: .* is no quantity of the claims named: "):
        compiled(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[f]\ntakes = {}\ndoc = 1", r"\[f\]: doc: expected a text, found 1"),
        ("[f]\ndoc = 'a'", "takes: expected a table"),
        ("[f]\ndoc = 'a'\ntake = {}", "expected doc, takes, where and gives, found take"),
        ("sizes = { N = 0 }", "sizes: expected a table of whole numbers"),
        ("", "expected a table for each function, found none"),
        ("[lambda]\ndoc = 'a'", r"\[lambda\]: expected a table named like a Python function"),
        ("[f]\ndoc = 'a'\ntakes = { 'a b' = 'x' }\ngives = { r = 'c' }", r"expected a Python name .*, found 'a b'"),
        ("[f]\ndoc = 'a'\ntakes = { lambda = 'x' }\ngives = { r = 'c' }", r"expected a Python name .*, found 'lambda'"),
        ("[f]\ndoc = 'a'\ntakes = { np = 'x' }\ngives = { r = 'c' }", r"expected a Python name .*, found 'np'"),
        ("[f]\ndoc = 'a'\ntakes = { x = 'x' }\ngives = { sum = 'c' }", r"expected a Python name .*, found 'sum'"),
        ("[f]\ndoc = 'a'\ntakes = { x = 'x' }\ngives = {}", "gives: expected a result and the claim that states it"),
        ("[", "test.toml: "),
    ],
)
def test_a_mistake_in_a_file_is_named(text: str, message: str) -> None:
    with pytest.raises(KernelError, match=message):
        of_text(text)


# -- the gate ----------------------------------------------------------------------------------------------------------
CONTEXT = Context().with_symbol(SymbolDecl("a")).with_symbol(SymbolDecl("b", properties=frozenset({"positive"})))
PROGRAM = Program((), {}, (), CONTEXT, {})
A, B = Sym("a"), Sym("b")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Op("log", (Op("mul", (B, B)),)), Op("mul", (Num(Fraction(3)), Op("log", (B,))))),
        (Op("add", (A, B)), Op("add", (A, Op("neg", (B,))))),
        (Op("sqrt", (Op("pow", (A, Num(Fraction(2)))),)), A),  # for positive numbers only
    ],
)
def test_the_gate_refuses_a_wrong_step(before: Term, after: Term) -> None:
    with pytest.raises(KernelError, match=r"a rule: .* is not proved"):
        gate(PROGRAM, [Rewrite("a rule", before, after)])


def test_the_gate_counts_what_it_proved() -> None:
    right = Rewrite("a rule", Op("log", (Op("mul", (B, B)),)), Op("mul", (Num(Fraction(2)), Op("log", (B,)))))
    assert gate(PROGRAM, [right, right]) == 1


def test_a_pass_that_lies_stops_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pass that loses a factor is found out, though it says nothing of it."""

    class Liar(Rewriter):
        def change(self, term: Term) -> Term:
            return term.args[0] if isinstance(term, Op) and term.name == "mul" else rebuild(term, self.change)

    def lie(program: Program) -> Program:
        work = Liar(program)
        return work.done(work.change)

    monkeypatch.setattr(compiler, "PASSES", (lie,))
    of = family("softmax")
    program = assemble(of, of.functions[1]).program
    with pytest.raises(KernelError, match=r"z_bar: .* is not proved: Refuted"):
        rewritten(program)


def test_a_false_lemma_stops_the_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiler, "PASSES", (lambda p: replace(p, lemmas=(Rewrite("a lemma", TWO, ONE),)),))
    of = family("softmax")
    with pytest.raises(KernelError, match="a lemma: 2 = 1 is not proved"):
        rewritten(assemble(of, of.functions[1]).program)


@pytest.mark.parametrize("position", range(len(compiler.PASSES)))
def test_no_pass_is_believed(position: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind each pass, what it made is damaged; the prover must notice."""
    honest = compiler.PASSES[position]

    def damaged(program: Program) -> Program:
        after = honest(program)
        if after.lemmas:
            return replace(after, lemmas=(Rewrite("damaged", after.lemmas[0].before, after.lemmas[0].before * TWO),))
        results = tuple(replace(result, body=result.body * TWO) for result in after.results)
        return replace(after, results=results)

    passes = [damaged if number == position else each for number, each in enumerate(compiler.PASSES)]
    monkeypatch.setattr(compiler, "PASSES", tuple(passes))
    of = family("gmm")
    with pytest.raises(KernelError, match="is not proved"):
        rewritten(assemble(of, of.functions[0]).program)


def test_the_elaboration_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A product of matrices with rows and columns exchanged is found out."""
    from derive.kernels import elaborate

    honest = elaborate._slots
    monkeypatch.setattr(elaborate, "_slots", lambda shape, row, column: honest(shape, row, column)[::-1])
    with pytest.raises(KernelError, match=r"spectral/laplacian.quadratic_form, entry by entry: .* is not proved"):
        compiled(
            """
            [f]
            doc = "One."
            takes = { W = 'W', f = '\\boldsymbol{f}' }
            gives = { a = 'spectral/laplacian.quadratic_form:left' }
            """
        )
