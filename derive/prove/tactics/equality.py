"""Equalities: the difference of the two sides has normal form zero, or the free matrix algebra shows it."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.dependencies import direct, mentioned
from derive.language.terms import Rel, Term
from derive.prove.algebra import TooHard
from derive.prove.evidence import Elimination, Evidence, MatrixAlgebra, Options, Reduction
from derive.prove.tactics import elimination
from derive.prove.tactics.hypotheses import facts_of, readings
from derive.prove.workbench import Workbench

CASES = Options(split_binary=True)


def search(bench: Workbench, left: Term, right: Term) -> Evidence | None:
    """Evidence that ``left = right``, or None. ``TooHard`` if every way was too long."""
    failures: list[TooHard] = []
    found = _by_folding(bench, left, right, failures)
    if found is not None:
        return found
    try:
        if bench.equal(left, right, CASES):
            return Reduction(CASES)
    except TooHard as problem:
        failures.append(problem)
    found = _by_matrices(bench, left, right)
    if found is not None:
        return found
    hypotheses = facts_of(bench)
    if hypotheses:
        for options in readings(bench):
            try:
                moves = elimination.search(bench, hypotheses, Rel("=", left, right), options, depth=2)
            except TooHard as problem:
                failures.append(problem)
                continue
            if moves is not None:
                return Elimination(moves, options)
    if failures:
        raise failures[0]
    return None


def identity(bench: Workbench, left: Term, right: Term) -> Evidence | None:
    """Evidence that needs nothing but definitions that ``left = right``; None if there is none that is found soon."""
    return _by_folding(bench, left, right, [])


def check(bench: Workbench, left: Term, right: Term, evidence: Evidence) -> bool:
    """Whether the evidence really shows ``left = right``."""
    match evidence:
        case Reduction(options, unfolded):
            return bench.equal(left, right, options, unfolded)
        case Elimination(moves, options):
            return elimination.check(bench, facts_of(bench), Rel("=", left, right), moves, options)
        case MatrixAlgebra(proof):
            return _check_matrices(bench, left, right, proof)
    return False


def _by_folding(bench: Workbench, left: Term, right: Term, failures: list[TooHard]) -> Evidence | None:
    """With every definition folded at first, and then unfolded as what is left demands."""
    context = bench.context
    reached = {n for side in (left, right) for name in mentioned(context, side) for n in _reached(context, name)}
    folded = frozenset(n for n in reached if context.symbols[n].definition is not None)
    try:
        unfolded = bench.equal_by_unfolding(left, right, folded)
    except TooHard as problem:
        failures.append(problem)
        return None
    return None if unfolded is None else Reduction(Options(folded=folded), unfolded)


def _reached(context: Context, name: str) -> list[str]:
    found = [name]
    for other in found:
        found.extend(n for n in direct(context, other) if n not in found)
    return [n for n in found if n in context.symbols]


def _by_matrices(bench: Workbench, left: Term, right: Term) -> Evidence | None:
    from derive.prove import matrix

    try:
        proof = matrix.prove_equal(left, right, bench.context, facts_of(bench), bench.deadline)
    except matrix.NotMatrix:
        return None
    return None if proof is None else MatrixAlgebra(proof)


def _check_matrices(bench: Workbench, left: Term, right: Term, proof: object) -> bool:
    from derive.prove import matrix

    return isinstance(proof, matrix.Proof) and matrix.check(proof, left, right, bench.context, facts_of(bench))
