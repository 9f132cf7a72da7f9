"""What is differentiated, written with other variables of integration before it is."""

from __future__ import annotations

from itertools import product
from typing import Any

from derive.certify.integrals import changes
from derive.certify.search import DEEPEST, Search
from derive.certify.writing import Step
from derive.language.context import Context
from derive.language.terms import Deriv
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.goals import Goal, differentiated, under
from derive.replay.terms import ordered

SHORT = 100_000
"""The work for each."""


def rewritten(context: Context, goal: Goal) -> Steps | dict[str, Any] | None:
    """The steps that show a goal, what is differentiated in it rewritten or as it stands."""
    ways = [_ways(context, goal, each) for each in differentiated(goal, context)]
    choices = sorted(product(*ways), key=lambda each: sum(map(bool, each)))
    for inside in choices if any(len(each) > 2 for each in ways) else ():
        most = t.MOST_WORK
        t.MOST_WORK = min(most, t.spent() + SHORT)
        try:
            search = Search(context, under(goal, context, list(inside)))
            steps = search.zero(search.proof.start(), DEEPEST)
        except Refused:
            continue
        finally:
            t.MOST_WORK = most
        if steps is not None:
            return {"under": list(inside), "do": steps} if any(inside) else steps
    return None


def _ways(context: Context, goal: Goal, each: Deriv) -> list[Steps]:
    """As it stands, in its normal form, and with each new variable in all its integrals."""
    search = Search(context, goal)
    value = search.proof.reader.read(each.body, {})
    found: list[Steps] = [[]]
    if value.rank:
        return found
    p, begun = search.normal.simple(value.number)
    found += [begun] if begun else []
    for by in sorted({step["by"] for (step,) in changes(search, p)}):
        q, steps = p, list(begun)
        for a in [a for a in ordered(p) if a[0] == "int"]:
            change: Step = {"change": ordered(q).index(a), "by": by}
            try:
                q, more = search.normal.simple(search.proof.run(q, [change]))
            except Refused:
                continue
            steps += [change, *more]
        found.append(steps)
    return found
