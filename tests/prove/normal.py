"""Statements in LaTeX for the tests of the prover: their normal forms, and whether a rule shows them."""

from __future__ import annotations

from derive.authoring import Derivation
from derive.language.claims import Claim, Compare, Equal, Statement
from derive.language.terms import Term
from derive.prove import prover
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import Poly
from derive.prove.workbench import Workbench


def bench_of(given: str) -> Workbench:
    """A workbench for these declarations."""
    return Workbench(Derivation("tests/prove", title="", context=given).context)


def sides(given: str, left: str, right: str) -> tuple[Workbench, Term, Term]:
    """Two sides, read together (so that I, 0 and 1 get their sizes)."""
    d = Derivation("tests/prove", title="", context=given)
    d.equal("claim", left, right)
    statement = d.build().claims[0].statement
    assert isinstance(statement, Equal)
    return Workbench(d.context), statement.left, statement.right


def gap(given: str, left: str, right: str) -> tuple[Algebra, Poly]:
    """The normal form of left - right, with nothing cleared or exposed."""
    bench, one, two = sides(given, left, right)
    reader, difference = bench.difference(one, two)
    return reader.algebra, difference


def same(given: str, left: str, right: str) -> bool:
    """Whether two sides have one normal form."""
    return gap(given, left, right)[1].is_zero


def equal(given: str, left: str, right: str) -> bool:
    """Whether the prover finds evidence for ``left = right`` that it accepts when it checks it."""
    bench, one, two = sides(given, left, right)
    return shown(bench, Equal(one, two))


def compared(given: str, left: str, op: str, right: str) -> bool:
    """Whether the prover finds evidence for ``left op right``."""
    bench, one, two = sides(given, left, right)
    return shown(bench, Compare(op, one, two))


def claimed(claim: Claim) -> bool:
    """Whether the prover finds evidence for a claim."""
    return shown(Workbench(claim.context), claim.statement)


def shown(bench: Workbench, statement: Statement) -> bool:
    """Whether there is evidence, and it stands; what is too hard is not shown."""
    try:
        evidence = prover.search(bench, statement)
    except TooHard:
        return False
    return evidence is not None and prover.check(bench, statement, evidence)
