"""A certificate, and what it shows: each thing that has to be shown, with its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from derive.language.claims import HasShape, Optimum, Statement, Value, WellDefined
from derive.language.context import Context
from derive.replay import terms as t
from derive.replay.check import Proof
from derive.replay.data import Refused, read
from derive.replay.enclosures import shown
from derive.replay.goals import at_most_outside, goals, ground, is_bare, setting, strictly, under
from derive.replay.reading import Reader

FORMAT = 2


def replay(data: Mapping[str, Any]) -> tuple[Statement, Context]:
    """The statement that a certificate shows, and in which context; ``Refused`` where it does not."""
    if data.get("format") != FORMAT:
        raise Refused(f"expected a certificate of format {FORMAT}")
    t.begin()
    statement, context = read(data["statement"]), read(data["context"])
    if not isinstance(context, Context):
        raise Refused("a certificate without a context")
    if isinstance(statement, Value):
        shown(statement, context, data["proofs"])
        return statement, context
    for proof, steps in proofs(statement, context, data["proofs"]):
        if not proof.ended(proof.run(proof.start(), steps)):
            raise Refused("what is left is not known to be what it is to be")
    if isinstance(statement, HasShape | WellDefined):
        reader = Reader(context)
        value = reader.read(statement.term, {})
        if isinstance(statement, HasShape) and (value.rows, value.columns) != reader.grid(statement.shape):
            raise Refused("it has another shape")
    return statement, context


def proofs(statement: Statement, context: Context, steps: list[Any]) -> list[tuple[Proof, Any]]:
    """What has to be shown, each with its steps."""
    base = ground(statement, context)
    found = []
    for goal, each in zip(goals(statement, base), steps, strict=True):
        how, own = next(iter(each.items())) if isinstance(each, dict) else ("", each)
        if how == "same":
            goal = replace(goal, times=each["times"], rest=each["rest"])
        elif how == "under":
            goal, own = under(goal, base, own), each["do"]
        elif how == "strict":
            first, goal = strictly(goal, base)
            found.append((Proof(base, first), each["least"]))
        elif how:
            goal = {"if": at_most_outside}[how](goal, base)
        found.append((Proof(setting(statement, goal, base), goal), own))
    return found


def conditions(data: Mapping[str, Any]) -> list[str]:
    """What a certificate shows its statement under: that a best point is not at the edge of its open domain."""
    t.begin()
    if not any(isinstance(each, dict) and "if" in each for each in data["proofs"]):
        return []
    shown_under = proofs(read(data["statement"]), read(data["context"]), data["proofs"])
    return [f"{t.text(proof.start())} is not 0" for proof, _ in shown_under if proof.goal.kind == "edge"]


def says_the_same(statement: Statement, context: Context, other: Statement, wider: Context) -> bool:
    """Whether a certificate shows what is claimed: the same statement, from nothing that is not declared there so."""
    parts = ("sizes", "indices", "symbols", "functions")
    mine = all(getattr(context, part).items() <= getattr(wider, part).items() for part in parts)
    own, known = ([fact.statement for fact in each.facts] for each in (context, wider))
    needed = all(fact in own for fact in known if is_bare(fact) or isinstance(statement, Optimum))
    return mine and needed and statement == other and all(fact in known for fact in own)
