"""What is found in a term, or in the tree of a formula, is looked for once, and says nothing of any other."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction

import pytest

from derive.language import terms
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.extents import Range
from derive.language.found import once
from derive.language.instances import free_indices as free_everywhere
from derive.language.terms import Apply, Big, Index, Num, Op, Rel, Size, Span, Sym, Term
from derive.prove.restricted import restrictions
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared.diagonals import stands_on_diagonal
from derive.read.documents.undeclared.parameters import introduces, mentions_name
from derive.read.documents.undeclared.scripted_names import Letters
from derive.read.documents.undeclared.shape_declarations import varying
from derive.read.parser import parse
from derive.refute.names import free_indices, looked_up, mentioned

J, K = Index("j"), Index("k")
X = Sym("x", (K,))
TOTAL = Big("sum", "k", Range.upto("K"), Op("mul", (X, Sym("a", (J,)))))
FEW = "f_k = x_k / f(y)"


def test_it_is_looked_for_once_in_each() -> None:
    asked: list[object] = []

    def look(one: object) -> int:
        asked.append(one)
        return len(asked)

    other = replace(TOTAL)
    assert [once(each, look) for each in (TOTAL, TOTAL, other)] == [1, 1, 2]
    node = parse(FEW)
    assert [once(each, look) for each in (node, node, parse(f"{FEW} + 1"))] == [3, 3, 4]


# -- terms -------------------------------------------------------------------------------------------------------------
def test_equal_terms_have_one_hash() -> None:
    written = replace(TOTAL, span=Span(3, 9))
    assert written == TOTAL
    assert hash(written) == hash(TOTAL)
    assert len({TOTAL, written, replace(TOTAL, var="i")}) == 2
    assert hash(Num(Fraction(1, 2), "0.5")) == hash(Num(Fraction(1, 2), r"\frac12"))


@pytest.mark.parametrize("again", [copy.copy, copy.deepcopy, lambda term: pickle.loads(pickle.dumps(term))])  # noqa: S301 - what was dumped here
def test_a_copy_has_nothing_of_what_was_found(again: object) -> None:
    hash(TOTAL)
    list(terms.subterms(TOTAL))
    assert callable(again)
    made = again(TOTAL)
    assert made == TOTAL
    assert set(vars(made)) == {"span", "kind", "var", "range", "body", "where"}


def test_a_term_is_found_in_a_process_with_other_hashes() -> None:
    hash(X)
    code = (
        "import pickle, sys; from derive.language.terms import Index, Sym; "
        "print(pickle.load(sys.stdin.buffer) in {Sym('x', (Index('k'),))})"
    )
    for seed in ("1", "2"):
        run = subprocess.run(
            [sys.executable, "-c", code],
            input=pickle.dumps(X),
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        )
        assert run.stdout.split() == [b"True"]


def test_names_in_a_term() -> None:
    called = Op("add", (Apply("x", (Size("N"),)), TOTAL))
    assert set(mentioned(called)) == {"x()", "x", "a"}
    assert looked_up(TOTAL) == {"x", "a", "j", "k", "K"}
    assert looked_up(X) == {"x", "k"}


def test_what_is_free_depends_on_what_is_asked_of_it() -> None:
    index = Range.upto("K")
    plain = Context(sizes={"K": 1}, indices={"j": index, "k": index})
    assert free_indices(TOTAL, plain) == ("j",)
    assert free_indices(X, plain) == ("k",)
    assert free_indices(X, Context(sizes={"k": 1, "K": 1})) == ()  # there k is a length
    assert free_indices(X, plain) == ("k",)
    assert free_everywhere(TOTAL) == {"j", "K"}
    assert free_everywhere(TOTAL.body) == {"j", "k"}


@pytest.mark.parametrize(
    ("stated", "about"),
    [
        (Rel("!=", J, K), {"j", "k"}),
        (Rel("<", J, Size("N")), {"j"}),
        (Rel("!=", Size("N"), Num(Fraction(1))), None),
        (Op("and", (Rel("!=", J, K), Rel("<", J, Size("N")))), None),  # its parts are facts of their own
        (Rel("!=", X, K), None),
        (Rel("!=", Apply("f", (K,)), J), None),
    ],
)
def test_facts_about_indices_alone(stated: Term, about: set[str] | None) -> None:
    context = Context(symbols={"x": SymbolDecl("x", family=(Range.upto("K"),))}, facts=(Fact(stated),))
    for _ in range(2):
        assert restrictions(context) == (() if about is None else (frozenset(about),))


# -- formulas ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["f_k", "x_k", "k", "f", "y"])
def test_a_name_that_a_formula_has(name: str) -> None:
    assert mentions_name(parse(FEW), name)


@pytest.mark.parametrize("name", ["x", "f_y", "x_j", "x_{kk}", "K"])
def test_a_name_that_a_formula_has_not(name: str) -> None:
    assert not mentions_name(parse(FEW), name)


def test_what_is_made_least_is_introduced() -> None:
    context = Context(symbols={"x": SymbolDecl("x")})
    for _ in range(2):
        assert introduces(parse(r"\min_w L(w, c) = x"), "c", context)
        assert not introduces(parse(r"\min_w L(w) = c"), "c", context)
        assert not introduces(parse(r"x = L(w, c)"), "c", context)  # x is declared: this claims something of it
        assert introduces(parse(r"q = L(w, c)"), "c", context)


@pytest.mark.parametrize(
    ("formula", "names"),
    [
        (r"\frac{\partial h}{\partial w} = 0", {"h"}),
        (r"\nabla_w g = \lambda w", {"g"}),
        (r"\nabla f(w) = \nabla (u v)", {"f"}),  # of a product nothing is known
        (r"h = w^2", set()),
    ],
)
def test_what_is_differentiated_varies(formula: str, names: set[str]) -> None:
    nodes = [parse(formula)]
    assert varying(nodes, Letters(Context(), frozenset())) == names
    assert varying([*nodes, parse(r"\nabla_u q = 0")], Letters(Context(), frozenset())) == names | {"q"}


def test_what_stands_on_a_diagonal() -> None:
    nodes = [parse(r"W = \operatorname{diag}(w)"), parse(r"v = \operatorname{diag}(a, b) u")]
    assert stands_on_diagonal("w", nodes)
    assert not any(stands_on_diagonal(name, nodes) for name in ("W", "a", "b", "u", "v"))
    assert not stands_on_diagonal("w", nodes[1:])


# -- displays ----------------------------------------------------------------------------------------------------------
def test_a_display_is_split_by_what_counts_where_it_stands() -> None:
    text = r"a_i = b_i, \quad i = 1, \dots, n"
    free = chains_of(text, Context())
    counted = chains_of(text, Context(sizes={"n": 1}, indices={"i": Range.upto("n")}))
    assert chains_of(text, Context()) == free
    assert chains_of(text, Context(sizes={"n": 1}, indices={"i": Range.upto("n")})) == counted
    long = " + ".join(["x_1"] * 900)
    assert len(chains_of(f"y = {long}", Context())) == len(chains_of(f"y = {long}", Context())) == 1
    for _ in range(2):
        (broken,) = chains_of("x = ☃", Context())
        assert broken.node is None
        assert "☃" in str(broken.problem)
