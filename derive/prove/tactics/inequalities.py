"""Inequalities and positive semidefinite matrices: the difference is a sum of terms that cannot be negative."""

from __future__ import annotations

from fractions import Fraction

from derive.language.terms import Num, Rel, Sym, Term, subterms
from derive.prove import signs
from derive.prove.algebra import Algebra, OutOfTime, TooHard
from derive.prove.atoms import Poly, scale
from derive.prove.definedness import Condition
from derive.prove.evidence import PLAIN, Evidence, NonNegative, Options
from derive.prove.positivity import nonnegative, summands
from derive.prove.tactics import exponentials, roots
from derive.prove.tactics.semidefinite import shows_psd
from derive.prove.workbench import Workbench
from derive.prove.zero import clear

ZERO = Num(Fraction(0))
READINGS = (PLAIN, Options(split_binary=True))


def search(bench: Workbench, op: str, left: Term, right: Term) -> Evidence | None:
    """Evidence for ``left op right``, or None."""
    failures: list[TooHard] = []
    named = {part.name for side in (left, right) for part in subterms(side) if isinstance(part, Sym)}
    folds = dict.fromkeys((bench.defined, bench.defined - named))  # also what the names in it are made of, and no more
    for options in (*READINGS, *(Options(folded=names) for names in folds if names)):
        try:
            if shows(bench, op, left, right, options):
                return NonNegative(op in ("<", ">", "!="), options)
        except OutOfTime:
            raise
        except TooHard as problem:
            failures.append(problem.with_traceback(None))
    if failures:
        raise failures.pop(0)  # as in ``equality.search``
    return None


def check(bench: Workbench, op: str, left: Term, right: Term, evidence: Evidence) -> bool:
    """Whether the evidence shows ``left op right``."""
    return isinstance(evidence, NonNegative) and shows(bench, op, left, right, evidence.options)


def shows(bench: Workbench, op: str, left: Term, right: Term, options: Options) -> bool:
    """Whether a sum of non-negative terms shows it."""
    reader, gap = bench.difference(left, right, options)
    algebra = reader.algebra
    if op in ("<=", "<"):
        gap = scale(gap, -1)
    if op == "!=":
        return nonnegative(algebra, gap, strict=True) or nonnegative(algebra, scale(gap, -1), strict=True)
    strict = op in (">", "<")
    if nonnegative(algebra, gap, strict=strict) or exponentials.shows(algebra, gap, strict=strict):
        return True
    if op == ">=" and right == ZERO and bench.known(Condition(Rel(op, left, ZERO))):
        return True
    return roots.shows(algebra, gap, strict=strict) or (not strict and _term_by_term(algebra, gap))


def _term_by_term(algebra: Algebra, gap: Poly) -> bool:
    """Whether a sum is ≥ 0 because each of its terms is, as an inequality between logarithms."""
    for summand in summands(algebra, gap):
        content, rest = algebra.content(summand)
        known = signs.sign(algebra, content)
        if known in ("+", "-") and exponentials.shows(algebra, rest if known == "+" else scale(rest, -1)):
            return True
    return False


def search_psd(bench: Workbench, matrix: Term) -> Evidence | None:
    """Evidence that a matrix is positive semidefinite, or None."""
    return NonNegative() if shows_psd(bench, matrix) else None


__all__ = ["check", "clear", "search", "search_psd", "shows_psd"]
