"""What is worked out for one context serves others that say the same, and no others, and no other document."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

import pytest

from derive.judge import judge, turn_to
from derive.judging import Limits, _Asked
from derive.language.claims import Claim, Equal
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Index, Num, Rel, Sym
from derive.language.verdicts import Proved, Refuted
from derive.refute.attack import attack, forget_programs, program_of, recheck
from derive.refute.facts import MOST_KEPT, FactRow

ZERO = Num(Fraction(0))
X, Y = SymbolDecl("x", properties=frozenset({"positive"})), SymbolDecl("y")
BASE = Context().with_size("N").with_index("n", Range.upto("N")).with_symbol(X).with_symbol(Y)


def again(context: Context) -> Context:
    """The same, made of other objects."""
    symbols = {name: replace(decl) for name, decl in context.symbols.items()}
    return replace(context, symbols=MappingProxyType(symbols), indices=MappingProxyType(dict(context.indices)))


@pytest.mark.parametrize("same", [BASE, again(BASE), BASE.with_option("total", True), replace(BASE, notes=("a note",))])
def test_contexts_that_say_the_same(same: Context) -> None:
    assert BASE.says_the_same_as(same)
    assert program_of(BASE) is program_of(same)


@pytest.mark.parametrize(
    "other",
    [
        BASE.with_symbol(SymbolDecl("x")),
        BASE.with_symbol(SymbolDecl("z")),
        BASE.with_size("N", 2),
        BASE.with_size("M"),
        BASE.with_index("n", Range.upto(Extent.of("N") - 1)),
        BASE.with_fact(Fact(Rel(">", Sym("y"), ZERO))),
        BASE.with_fact(Fact(Rel(">", Sym("y"), ZERO), "as is written")),
        replace(BASE, symbols=MappingProxyType({"y": Y, "x": X})),  # points are drawn in the order declared
    ],
)
def test_contexts_that_do_not(other: Context) -> None:
    assert not BASE.says_the_same_as(other)
    assert not other.says_the_same_as(BASE)
    assert program_of(BASE) is not program_of(other)
    group = _Asked(Limits(), store=None).group  # type: ignore[arg-type] # it is not asked for what is kept
    assert group(claim("a.1", BASE)) != group(claim("a.2", other))


def test_words_of_a_fact_are_part_of_it() -> None:
    one, other = (BASE.with_fact(Fact(Rel(">", Sym("y"), ZERO), said)) for said in ("here", "there"))
    assert not one.says_the_same_as(other)  # they stand in reasons


def claim(name: str, context: Context) -> Claim:
    return Claim(name, Equal(Sym("x"), Sym("y")), context)


def test_one_worker_judges_what_shares() -> None:
    group = _Asked(Limits(), store=None).group  # type: ignore[arg-type] # it is not asked for what is kept
    assert group(claim("a.1", BASE)) == group(claim("a.2", again(BASE)))
    assert group(claim("a.1", BASE)) != group(claim("b.1", again(BASE)))


def test_nothing_is_kept_for_another_document() -> None:
    turn_to("one")
    kept = program_of(BASE)
    turn_to("one")
    assert program_of(BASE) is kept
    turn_to("other")
    assert program_of(BASE) is not kept


def test_a_verdict_is_of_its_own_context() -> None:
    positive = BASE.with_fact(Fact(Rel("=", Sym("y"), Sym("x"))))
    for _ in range(2):
        assert isinstance(judge(claim("a.1", BASE)), Refuted)
        assert isinstance(judge(claim("a.2", positive)), Proved)


def test_any_counterexample_will_do_where_nobody_is_shown_it() -> None:
    context = BASE.with_symbol(SymbolDecl("v", shape=(Extent.of("N"),)))
    stated = Claim("a.1", Equal(Sym("v"), ZERO * Sym("v")), context)
    forget_programs()
    least, first = attack(stated), attack(stated, any_size=True)
    assert least.witness is not None
    assert least.witness.sizes == {"N": 1}
    assert recheck(stated, least)
    assert first.witness is not None
    assert first.witness.sizes["N"] > 1
    assert recheck(stated, first)
    true = Claim("a.2", Equal(Sym("v"), Sym("v")), context)
    assert attack(true, any_size=True).witness is None


@pytest.mark.parametrize("length", [3, MOST_KEPT, MOST_KEPT + 1])
def test_an_assumption_speaks_of_every_value_of_its_index(length: int) -> None:
    context = BASE.with_symbol(SymbolDecl("a", family=(Range.upto("N"),), family_names=("n",)))
    row = FactRow(program_of(context), Rel(">", Sym("a", (Index("n"),)), ZERO))
    for sizes in ({"N": length}, {"N": 2}, {"N": length}):
        found = list(row.frames(sizes))
        assert [frame["n"] for frame in found] == list(range(1, sizes["N"] + 1))
        found[0]["n"] = 0  # who is given one may change it
        assert [frame["n"] for frame in row.frames(sizes)] == list(range(1, sizes["N"] + 1))
