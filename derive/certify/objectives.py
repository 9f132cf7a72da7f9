"""Two objectives with one best point: the multiple, and what is more beside it, that makes the one of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from derive.certify.search import Search
from derive.certify.writing import one, said
from derive.language.context import Context
from derive.language.terms import Term
from derive.replay import terms as t
from derive.replay.goals import Goal
from derive.replay.terms import ONE, ZERO, Poly, minus, mul, number, power


def related(context: Context, goal: Goal) -> dict[str, Any] | None:
    """The steps that show it, with the multiple and what is more."""
    search = Search(context, replace(goal, at=(), kind=""))
    left, right = (_settled(search, side) for side in (goal.relation.left, goal.relation.right))
    for times in _multiples(search, left, right, goal.at):
        rest, _ = search.normal.simple(minus(left, mul(times, right)))
        if t.free(rest).isdisjoint(goal.at):
            wanted = replace(goal, times=said(times), rest=said(rest))
            steps = Search(context, wanted).found()
            if steps is not None:
                return {"same": steps, "times": wanted.times, "rest": wanted.rest}
    return None


def _settled(search: Search, side: Term) -> Poly:
    return search.normal.simple(search.proof.reader.settled(search.proof.reader.read(side, {}).number))[0]


def _multiples(search: Search, left: Poly, right: Poly, names: tuple[str, ...]) -> Iterator[Poly]:
    yield ONE
    for m, c in sorted(left, key=lambda f: said(one(f[0]))):
        for n, d in sorted(right, key=lambda f: said(one(f[0]))):
            found = mul(one(m), power(one(n), -1), number(c), power(number(d), -1))
            if t.free(one(n)) & set(names) and t.free(found).isdisjoint(names) and found != ZERO:
                yield found
