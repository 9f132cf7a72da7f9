"""The prover: for each kind of claim, a search for evidence. It proves nothing; the judge checks what it finds."""

from __future__ import annotations

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
    terms_of,
)
from derive.language.shapes import shape_of
from derive.prove.evidence import Evidence, Shapes, Stationary
from derive.prove.tactics import constants, inequalities, optimum
from derive.prove.workbench import Workbench


def search(bench: Workbench, statement: Statement) -> Evidence | None:
    """Evidence for a statement, or None. ``TooHard`` says that the work did not fit."""
    bench = bench.for_terms(terms_of(statement))
    match statement:
        case Equal():
            return constants.search_equal(bench, statement)
        case Compare(op, left, right):
            return inequalities.search(bench, op, left, right)
        case Step() | Optimum():
            return constants.search(bench, statement)
        case SameOptimum():
            return optimum.search_same(bench, statement)
        case PositiveSemidefinite(term):
            return inequalities.search_psd(bench, term)
        case HasShape(term, shape):
            return Shapes() if shape_of(term, bench.context) == shape else None
        case WellDefined(term):
            shape_of(term, bench.context)
            return Shapes()
        case Value():
            return None
    return None


def check(bench: Workbench, statement: Statement, evidence: Evidence) -> bool:
    """Whether the evidence shows the statement; nothing the evidence says is believed."""
    bench = bench.for_terms(terms_of(statement))
    match statement:
        case Equal():
            return constants.check_equal(bench, statement, evidence)
        case Compare(op, left, right):
            return inequalities.check(bench, op, left, right, evidence)
        case Step() | Optimum():
            return constants.check(bench, statement, evidence)
        case SameOptimum():
            return optimum.shows_same(bench, statement)
        case PositiveSemidefinite(term):
            return inequalities.shows_psd(bench, term)
        case HasShape(term, shape):
            return isinstance(evidence, Shapes) and shape_of(term, bench.context) == shape
        case WellDefined(term):
            shape_of(term, bench.context)
            return True
        case Value():
            return False
    return False


__all__ = ["Stationary", "check", "search"]
