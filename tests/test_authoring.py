"""Building derivations in Python: ids, places, chains, and what is refused."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from derive.authoring import AuthoringError, Derivation
from derive.language import claims
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Big, Index, Num, Op, Rel, Size, Sym, Term

CONTEXT = (
    Context()
    .with_size("N")
    .with_index("n", Range.upto("N"))
    .with_symbol(SymbolDecl("x", (Range.upto("N"),), ("n",)))
    .with_symbol(SymbolDecl("a"))
    .with_symbol(SymbolDecl("A", shape=(Extent.of("N"), Extent.of("N"))))
)
a, A, x_n = Sym("a"), Sym("A"), Sym("x", (Index("n"),))


def new(context: Any = CONTEXT) -> Derivation:
    return Derivation("area/name", title="A title", source="somewhere", context=context)


def only(d: Derivation) -> claims.Claim:
    (claim,) = d.build().claims
    return claim


def test_a_claim_knows_its_place_and_source() -> None:
    d = new()
    d.equal("one", a, a)
    d.equal("two", a, a, source="eq. 2", expect="refuted", reason="no")
    one, two = d.build().claims
    assert Path(one.file) == Path(__file__)
    assert two.line == one.line + 1
    assert (one.id, one.source, one.expect) == ("area/name.one", "somewhere", None)
    assert (two.source, two.expect, two.reason) == ("eq. 2", "refuted", "no")


def test_a_chain_has_a_claim_per_link_and_each_knows_the_start() -> None:
    d = new()
    d.equal("chain", a, 1, Fraction(1, 2))
    first, second = d.build().claims
    assert [first.id, second.id] == ["area/name.chain.1", "area/name.chain.2"]
    assert first.statement == first.start == claims.Equal(a, Num(Fraction(1)))
    assert second.statement == claims.Equal(Num(Fraction(1)), Num(Fraction(1, 2)))
    assert second.start == claims.Equal(a, Num(Fraction(1, 2)))


@pytest.mark.parametrize(
    ("state", "statement"),
    [
        (lambda d: d.compare("c", a, "!=", 0), claims.Compare("!=", a, Num(Fraction(0)))),
        (lambda d: d.at_least("c", a, 0), claims.Compare(">=", a, Num(Fraction(0)))),
        (
            lambda d: d.step("c", [(a, 1)], [(a, ">", 0), Rel("=", a, a)], both=True, unknowns=[a]),
            claims.Step(
                (Rel("=", a, Num(Fraction(1))),),
                (Rel(">", a, Num(Fraction(0))), Rel("=", a, a)),
                both=True,
                unknowns=(a,),
            ),
        ),
        (
            lambda d: d.optimum("c", "max", objective=-(a**2), over=[a], at=[0], subject_to=[(a, "<=", 1)]),
            claims.Optimum("max", -(a**2), (a,), (Num(Fraction(0)),), (Rel("<=", a, Num(Fraction(1))),)),
        ),
        (
            lambda d: d.same_optimum("c", "min", over=[a], left=a, right=a + 1),
            claims.SameOptimum("min", (a,), a, a + 1),
        ),
        (lambda d: d.psd("c", A), claims.PositiveSemidefinite(A)),
        (lambda d: d.value("c", a, "1.5"), claims.Value(a, (("1.5",),))),
        (
            lambda d: d.value("c", A, "1 2\n 3 4\n", up_to_sign=True),
            claims.Value(A, (("1", "2"), ("3", "4")), up_to_sign=True),
        ),
        (lambda d: d.shape("c", a, "scalar"), claims.HasShape(a, ())),
        (lambda d: d.shape("c", a, "3 × 4"), claims.HasShape(a, (Extent.of(3), Extent.of(4)))),
        (lambda d: d.shape("c", a, r"\mathbb{R}^{3\times 1}"), claims.HasShape(a, (Extent.of(3),))),
        (lambda d: d.shape("c", a, r"\mathbb{R}"), claims.HasShape(a, ())),
        (lambda d: d.well_defined("c", a), claims.WellDefined(a)),
    ],
)
def test_statements(state: Any, statement: claims.Statement) -> None:
    d = new()
    state(d)
    assert only(d).statement == statement


def test_sympy_sides_are_read() -> None:
    import sympy

    from derive.read.sympy import symbols

    x, n, N = symbols(CONTEXT, "x", "n", "N")
    d = new()
    d.equal("total", sympy.Sum(x[n], (n, 1, N)), Big("sum", "n", Range.upto("N"), x_n))
    statement = only(d).statement
    assert isinstance(statement, claims.Equal)
    assert statement.left == statement.right


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (lambda d: d.equal("one", a), "needs two sides, found one"),
        (lambda d: d.equal("not an id", a, a), "expected a claim id"),
        (lambda d: (d.equal("one", a, a), d.equal("one", a, a)), "stated twice"),
        (lambda d: d.equal("one", a, a, expect="proved", reason="x"), 'expect is "refuted"'),
        (lambda d: d.equal("one", a, a, expect="refuted"), "needs a reason"),
        (lambda d: d.equal("one", a, a, sauce="eq. 1"), "found sauce"),
        (lambda d: d.compare("one", a, "==", a), "found '=='"),
        (lambda d: d.optimum("one", "best", objective=a, over=[a], at=[a]), "found 'best'"),
        (lambda d: d.optimum("one", "max", objective=a, over=[a], at=[]), r"1 variable\(s\), but 0"),
        (lambda d: d.optimum("one", "max", objective=a, over=[a + 1], at=[a]), "name of one variable"),
        (lambda d: d.value("one", a, " \n"), "found nothing"),
        (lambda d: d.value("one", a, "1 2\n3"), "differ in length"),
        (lambda d: d.step("one", [a], [(a, a)]), "expected a relation"),
        (lambda d: d.equal("one", object(), a), "object"),
    ],
)
def test_refused_with_place(state: Any, message: str) -> None:
    with pytest.raises(AuthoringError, match=message) as caught:
        state(new())
    assert Path(caught.value.file) == Path(__file__)
    assert caught.value.line > 0


def test_terms_are_not_changed() -> None:
    side: Term = Op("div", (Size("N"), Size("N")))
    d = new()
    d.equal("one", side, 1)
    statement = only(d).statement
    assert isinstance(statement, claims.Equal)
    assert statement.left is side


LATEX = r"""
index n = 1..N ; k = 1..K
\mathbf{x}_n \in \mathbb{R}^d ; \pi_k > 0 ; A \in \mathbb{R}^{d \times d} invertible
"""


def test_latex_sides_are_read_together() -> None:
    d = new(LATEX)
    d.equal("inverse", "A A^{-1}", "I", "A^{-1} A")
    first, second = d.build().claims
    assert first.text == "A A^{-1} = I"
    assert isinstance(first.statement, claims.Equal)
    assert isinstance(second.statement, claims.Equal)
    assert first.statement.right == second.statement.left == Op("identity", (Size("d"),))


def test_let_takes_text_and_terms() -> None:
    d = new(LATEX)
    d.let("y_n", r"2 \mathbf{x}_n")
    d.let("z_n", d.term(r"2 \mathbf{x}_n"))
    written, given = d.context.symbols["y"], d.context.symbols["z"]
    assert (written.shape, written.family) == (given.shape, given.family)
    assert written.definition == given.definition
    d.equal("same", "y_n", "z_n")


def test_given_is_for_one_claim_only() -> None:
    d = new(LATEX)
    d.equal("with", "u", "u", given="u > 0")
    with pytest.raises(AuthoringError, match="u"):
        d.equal("without", "u", "u")


def test_assumptions_stay() -> None:
    d = new(LATEX)
    d.assume(r"\sum_{k=1}^K \pi_k = 1")
    d.step("s", [r"\pi_k = 1"], [r"\pi_k > 0", (r"\pi_k", ">", 0)])
    claim = only(d)
    assert len(claim.context.facts) == 1
    assert isinstance(claim.statement, claims.Step)
    assert claim.statement.conclusions[0] == claim.statement.conclusions[1]


@pytest.mark.parametrize(
    ("state", "message"),
    [
        (lambda d: d.equal("one", r"\pi_k + \foo", "1"), r"\\foo"),
        (lambda d: d.equal("one", r"\pi_k = 1", "1"), r"expected one relation such as"),
        (lambda d: d.equal("one", r"\pi_k +", "1"), "cannot be read"),
        (lambda d: d.declare(r"\pi_k \in R^^"), "cannot be read"),
        (lambda d: d.let("", "1"), "name"),
        (lambda d: d.step("one", ["1 + 1"], []), "such as a = b"),
    ],
)
def test_unreadable_text_is_refused_with_place(state: Any, message: str) -> None:
    with pytest.raises(AuthoringError, match=message) as caught:
        state(new(LATEX))
    assert Path(caught.value.file) == Path(__file__)
