"""Sequences that assumptions give member by member, or row by row: ``h_1 = c`` and ``h_{t+1} = f(h_t)``, or from the
last one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from derive.language.terms import Term
from derive.refute.arithmetic import Imprecise, Undefined
from derive.refute.arrays import Worth, put
from derive.refute.evaluate import Program
from derive.refute.facts import FactRow, whole
from derive.refute.state import Frame, Place, Point, State

Allowed = Callable[[Frame, tuple[str, ...], Point], bool]
Movable = Callable[[str], bool]
Fits = Callable[[str, dict[Place, Worth]], bool]

MOST_PASSES = 12
"""How many passes are made over sequences that are made of each other."""


def assign(
    rows: Sequence[FactRow], program: Program, point: Point, allows: Allowed, movable: Movable, fits: Fits
) -> None:
    """Give the members of sequences the values that equations state outright: first where they begin or end, then one
    after the other. What cannot stand stays as it was drawn."""
    given = [row for row in rows if row.member is not None and movable(row.member.name)]
    left: list[FactRow] = []
    for row in sorted(given, key=lambda row: row.recurs):
        for backward in (False, True) if row.recurs else (False,):
            members = _in_turn(row, program, point, allows, backward)
            if members is None:
                continue
            name = row.member.name if row.member is not None else ""
            state = State(program, point, point.state(program), {name: members})
            if _hold(row, state, point, allows, _others(row, given)) and fits(name, members):
                point.put(name, members)
                _note(row, point)
                break
        else:
            left.append(row)
    if any(row.recurs and not is_worked_out(row, point) for row in given):
        _together([row for row in given if row in left or row.recurs], program, point, allows, fits)


def is_worked_out(row: FactRow, point: Point) -> bool:
    """Whether members were worked out by an equation, and nothing that it speaks of was moved since."""
    known = point.given.get(row.statement)
    return known is not None and all(point.values.get(name) is members for name, members in known.items())


def _note(row: FactRow, point: Point) -> None:
    """What an equation has worked out, and from what."""
    point.given[row.statement] = {name: point.values[name] for name in row.made_of if name in point.values}


def _together(rows: Sequence[FactRow], program: Program, point: Point, allows: Allowed, fits: Fits) -> None:
    """Give sequences that are made of each other their values: pass after pass over all of them, each step from what
    the one before has settled. Nothing is changed where that comes to no end."""
    before = {row.member.name: point.values[row.member.name] for row in rows if row.member is not None}
    passes = 2 + max((sum(1 for _ in row.frames(point.sizes)) for row in rows), default=0)
    for _ in range(passes if passes <= MOST_PASSES else 0):
        for row in rows:
            members = _in_turn(row, program, point, allows, backward=False)
            if members is None or row.member is None:
                break
            point.put(row.member.name, members)
        else:
            state = point.state(program)
            if all(_hold(row, state, point, allows) for row in rows):
                if all(fits(name, point.values[name]) for name in before):
                    for row in rows:
                        _note(row, point)
                    return
                break
            continue
        break
    for name, old in before.items():
        point.put(name, old)


def _in_turn(
    row: FactRow, program: Program, point: Point, allows: Allowed, backward: bool
) -> dict[Place, Worth] | None:
    """The members that one equation gives, each from those before it (or behind it)."""
    member = row.member
    if member is None:
        return None
    members = dict(point.values[member.name])
    frames = list(row.frames(point.sizes))
    try:
        for frame in reversed(frames) if backward else frames:
            if not allows(frame, row.free, point):
                continue
            place, entry = _values(member.place, frame), _values(member.entry, frame)
            if place is None or place not in members or entry is None:
                return None
            state = State(program, point, point.state(program), {member.name: dict(members)})
            members[place] = put(members[place], entry, row.right(frame, state))
    except (Undefined, Imprecise):
        return None
    return members


def _values(subscripts: tuple[Term, ...], frame: Frame) -> tuple[int, ...] | None:
    found = [whole(index, frame) for index in subscripts]
    known = tuple(each for each in found if each is not None)
    return known if len(known) == len(found) else None


def _others(row: FactRow, rows: Sequence[FactRow]) -> list[FactRow]:
    """The other equations that give members of the same sequence."""
    name = row.member.name if row.member is not None else ""
    return [each for each in rows if each is not row and each.member is not None and each.member.name == name]


def _hold(row: FactRow, state: State, point: Point, allows: Allowed, others: Sequence[FactRow] = ()) -> bool:
    """Whether an equation holds; where only enclosures come out the same again, the ``others`` must hold as well, or
    nothing could be moved for them in a way that can be certified."""
    frames = [frame for frame in row.frames(point.sizes) if allows(frame, row.free, point)]
    if all(row.holds(state, frame) for frame in frames):
        return True
    try:
        again = all(row.gives_again(state, frame) for frame in frames)
    except (Undefined, Imprecise):
        return False
    return again and all(_hold(each, state, point, allows) for each in others)


__all__ = ["assign"]
