"""The prover: for each kind of claim, a search for evidence. It proves nothing; the judge checks what it finds."""

from __future__ import annotations

from collections.abc import Callable

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
from derive.language.terms import Rel
from derive.prove.algebra import OutOfTime, TooHard
from derive.prove.evidence import (
    ByCases,
    Evidence,
    FirstValues,
    Shapes,
    SquareRoot,
    Stationary,
    Termwise,
    WhereItSpeaks,
    WithAnyValues,
    WithMembers,
    WithMoments,
    WithoutExtreme,
    WithSlack,
)
from derive.prove.tactics import (
    any_values,
    constants,
    equality,
    extremes,
    first_values,
    inequalities,
    members,
    normal_terms,
    optimum,
    pieces,
    silences,
    slacks,
    steps,
)
from derive.prove.tactics.hypotheses import facts_of
from derive.prove.tactics.summands import summand
from derive.prove.workbench import Workbench


def search(bench: Workbench, statement: Statement) -> Evidence | None:
    """Evidence for a statement, or None. ``TooHard`` says that the work did not fit."""
    bench = bench.for_terms(terms_of(statement))
    match statement:
        case Equal(left, right):
            soon = members.is_through(bench.context)
            return _first(
                *(
                    [lambda: _search_silences(bench, statement), lambda: _search_members(bench, statement)]
                    if soon
                    else ()
                ),
                lambda: constants.search_equal(bench, statement),
                lambda: pieces.search(bench, Rel("=", left, right)),
                lambda: _search_values(bench, statement),
                lambda: _search_terms(bench, statement),
                lambda: _search_extreme(bench, statement),
                lambda: _search_root(bench, Rel("=", left, right)),
                lambda: _search_members(bench, statement),
                lambda: _search_moments(bench, statement),
                lambda: _search_silences(bench, statement),
            )
        case Compare(op, left, right):
            return _first(
                lambda: inequalities.search(bench, op, left, right),
                lambda: pieces.search(bench, Rel(op, left, right)),
                lambda: _search_values(bench, statement),
                lambda: _search_extreme(bench, statement),
                lambda: _search_slack(bench, statement),
                lambda: _search_silences(bench, statement),
            )
        case Step():
            return _first(lambda: constants.search(bench, statement), lambda: _search_any(bench, statement))
        case Optimum():
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


def _first(*searches: Callable[[], Evidence | None]) -> Evidence | None:
    """What the first search finds that finds anything; if none does, what the first one says of why."""
    problems: list[TooHard] = []
    for each in searches:
        try:
            found = each()
        except OutOfTime:
            raise
        except TooHard as limit:
            problems.append(limit.with_traceback(None))
            continue
        if found is not None:
            return found
    if problems:
        raise problems.pop(0)  # what is raised is held by no frame that it holds
    return None


def _search_values(bench: Workbench, statement: Equal | Compare) -> Evidence | None:
    """Evidence for each value below 1 of an index, and for all its values from 1 on; or None."""
    index = first_values.begins_below_one(statement, bench.context)
    shown: list[Evidence] = []
    for part, context in first_values.parts(statement, index, bench.context) if index else ():
        evidence = search(Workbench(context, bench.deadline, bench.names), part)
        if evidence is None:
            return None
        shown.append(evidence)
    return FirstValues(index, tuple(shown)) if shown else None


def _search_terms(bench: Workbench, statement: Equal) -> Evidence | None:
    """Evidence for two sums term by term, or None."""
    terms = summand(statement, bench.context)
    if terms is None:
        return None
    evidence = search(Workbench(terms.context, bench.deadline, bench.names), terms.statement)
    return None if evidence is None else Termwise(evidence)


def _search_extreme(bench: Workbench, statement: Equal | Compare) -> Evidence | None:
    """Evidence for a claim about the greatest of some numbers, or None."""
    for way, each in enumerate(extremes.replaced(statement, bench.context)):
        try:
            evidence = search(Workbench(each.context, bench.deadline, bench.names), each.statement)
        except OutOfTime:
            raise
        except TooHard:
            continue
        if evidence is not None:
            return WithoutExtreme(way, evidence)
    return None


def _search_root(bench: Workbench, goal: Rel) -> Evidence | None:
    """Evidence for an equation with a square root from the facts, or None: s = 1 / √n, where n s² = 1."""
    facts = facts_of(bench)
    return steps.by_root(bench, facts, goal) if facts else None


def _search_silences(bench: Workbench, statement: Equal | Compare) -> Evidence | None:
    """Evidence for the values of the indices of which a claim speaks, where these are not all; or None."""
    context = silences.where_it_speaks(statement, bench.context)
    if context is None:
        return None
    evidence = search(Workbench(context, bench.deadline, bench.names), statement)
    return None if evidence is None else WhereItSpeaks(evidence)


def _check_silences(bench: Workbench, statement: Equal | Compare, evidence: WhereItSpeaks) -> bool:
    context = silences.where_it_speaks(statement, bench.context)
    return context is not None and check(Workbench(context, bench.deadline, bench.names), statement, evidence.part)


def _search_members(bench: Workbench, statement: Equal) -> Evidence | None:
    """Evidence for a claim with members of sequences as their recurrences give them, or None."""
    for way, each in enumerate(members.replaced(statement, bench.context)):
        evidence = equality.identity(bench.for_terms(terms_of(each)), each.left, each.right)
        if evidence is not None:
            return WithMembers(way, evidence)
    return None


def _check_members(bench: Workbench, statement: Equal, evidence: WithMembers) -> bool:
    ways = members.replaced(statement, bench.context)
    if not 0 <= evidence.way < len(ways):
        return False
    one = ways[evidence.way]
    return equality.check(bench.for_terms(terms_of(one)), one.left, one.right, evidence.part)


def _search_moments(bench: Workbench, statement: Equal) -> Evidence | None:
    """Evidence for a claim with what is normal in it written out, or None."""
    one = normal_terms.replaced(statement, bench.context)
    if one is None:
        return None
    evidence = equality.search(bench.for_terms(terms_of(one)), one.left, one.right)
    return None if evidence is None else WithMoments(evidence)


def _check_moments(bench: Workbench, statement: Equal, evidence: WithMoments) -> bool:
    one = normal_terms.replaced(statement, bench.context)
    return one is not None and equality.check(bench.for_terms(terms_of(one)), one.left, one.right, evidence.part)


def _check_extreme(bench: Workbench, statement: Equal | Compare, evidence: WithoutExtreme) -> bool:
    claims = extremes.replaced(statement, bench.context)
    if not 0 <= evidence.way < len(claims):
        return False
    one = claims[evidence.way]
    return check(Workbench(one.context, bench.deadline, bench.names), one.statement, evidence.part)


def _search_any(bench: Workbench, statement: Step) -> Evidence | None:
    """Evidence for a step with any numbers in place of defined ones, or None."""
    general = any_values.generalised(statement, bench.context)
    if general is None:
        return None
    evidence = search(Workbench(general[1], bench.deadline, bench.names), general[0])
    return None if evidence is None else WithAnyValues(evidence)


def _check_any(bench: Workbench, statement: Step, evidence: WithAnyValues) -> bool:
    general = any_values.generalised(statement, bench.context)
    return general is not None and check(Workbench(general[1], bench.deadline, bench.names), general[0], evidence.part)


def _search_slack(bench: Workbench, statement: Compare) -> Evidence | None:
    """Evidence for an inequality where quantities are less than their bounds by what is not negative, or None."""
    context = slacks.without_bounds(bench.context, statement)
    evidence = None if context is None else search(Workbench(context, bench.deadline, bench.names), statement)
    return None if evidence is None else WithSlack(evidence)


def _check_slack(bench: Workbench, statement: Compare, evidence: WithSlack) -> bool:
    context = slacks.without_bounds(bench.context, statement)
    return context is not None and check(Workbench(context, bench.deadline, bench.names), statement, evidence.part)


def _check_terms(bench: Workbench, statement: Equal, evidence: Termwise) -> bool:
    terms = summand(statement, bench.context)
    return terms is not None and check(
        Workbench(terms.context, bench.deadline, bench.names), terms.statement, evidence.part
    )


def _check_values(bench: Workbench, statement: Equal | Compare, evidence: FirstValues) -> bool:
    """Whether the evidence shows a claim at each value below 1 of an index, and at all from 1 on."""
    index = first_values.begins_below_one(statement, bench.context)
    parts = first_values.parts(statement, index, bench.context) if index == evidence.index and index else []
    return (
        bool(parts)
        and len(parts) == len(evidence.parts)
        and all(
            check(Workbench(context, bench.deadline, bench.names), part, shown)
            for (part, context), shown in zip(parts, evidence.parts, strict=True)
        )
    )


def check(bench: Workbench, statement: Statement, evidence: Evidence) -> bool:
    """Whether the evidence shows the statement; nothing the evidence says is believed."""
    bench = bench.for_terms(terms_of(statement))
    match statement:
        case Equal() | Compare() if isinstance(evidence, FirstValues):
            return _check_values(bench, statement, evidence)
        case Equal() | Compare() if isinstance(evidence, WithoutExtreme):
            return _check_extreme(bench, statement, evidence)
        case Compare() if isinstance(evidence, WithSlack):
            return _check_slack(bench, statement, evidence)
        case Equal() | Compare() if isinstance(evidence, WhereItSpeaks):
            return _check_silences(bench, statement, evidence)
        case Equal() if isinstance(evidence, WithMembers):
            return _check_members(bench, statement, evidence)
        case Equal() if isinstance(evidence, WithMoments):
            return _check_moments(bench, statement, evidence)
        case Equal() if isinstance(evidence, Termwise):
            return _check_terms(bench, statement, evidence)
        case Equal(left, right) if isinstance(evidence, ByCases):
            return pieces.check(bench, Rel("=", left, right), evidence)
        case Compare(op, left, right) if isinstance(evidence, ByCases):
            return pieces.check(bench, Rel(op, left, right), evidence)
        case Equal(left, right) if isinstance(evidence, SquareRoot):
            return steps.check_root(bench, facts_of(bench), Rel("=", left, right), evidence)
        case Equal():
            return constants.check_equal(bench, statement, evidence)
        case Compare(op, left, right):
            return inequalities.check(bench, op, left, right, evidence)
        case Step() if isinstance(evidence, WithAnyValues):
            return _check_any(bench, statement, evidence)
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
