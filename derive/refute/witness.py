"""A counterexample in words: exact fractions, or decimals with only the digits that are certain."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from derive.language.verdicts import Witness
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import Number
from derive.refute.arrays import Arr, Worth
from derive.refute.state import Point


@dataclass(frozen=True)
class Failure:
    """How a claim fails at a point: what the two sides are worth, for which free indices."""

    left: str
    right: str
    note: str = ""
    frame: tuple[tuple[str, int], ...] = ()


def shown_number(value: Number, digits: int = 12) -> str:
    """An exact fraction, or a decimal with its certain digits, at most so many."""
    value = ar.primal(value)
    if isinstance(value, fmpq):
        return str(value)
    text = str(value.str(digits, radius=False))
    if value.contains(0):
        return "0.0"
    if "e" in text or "." not in text:
        return text
    short = text.rstrip("0")
    return short + "0" if short.endswith(".") else short


def shown(value: Worth) -> str:
    """A number, or an array by rows."""
    nested = nested_text(value)
    return nested if isinstance(nested, str) else _flat(nested)


def _flat(value: object) -> str:
    return value if isinstance(value, str) else "[" + ", ".join(_flat(item) for item in value) + "]"  # type: ignore[attr-defined]


def nested_text(value: Worth) -> object:
    """The value as text, in nested lists."""
    if not isinstance(value, Arr):
        return shown_number(value)
    return _nest([shown_number(entry) for entry in value.data], value.dims)


def _nest(flat: list[object] | list[str], dims: tuple[int, ...]) -> object:
    if len(dims) <= 1:
        return list(flat)
    step = len(flat) // dims[0] if dims[0] else 0
    return [_nest(flat[i * step : (i + 1) * step], dims[1:]) for i in range(dims[0])]


def witness_of(point: Point, failure: Failure, sizes: tuple[str, ...]) -> Witness:
    """The point and the failure, in words."""
    values: dict[str, object] = {}
    for name, members in point.values.items():
        if members:
            values[name] = _family_text(members)
    for name, formula in point.unknowns.used.items():
        values[name] = formula
    for name, at in failure.frame:
        values[name] = str(at)
    return Witness({name: point.sizes[name] for name in sizes}, values, failure.left, failure.right, failure.note)


def _family_text(members: dict[tuple[int, ...], Worth]) -> object:
    if () in members:
        return nested_text(members[()])

    def level(rows: list[tuple[tuple[int, ...], Worth]]) -> object:
        if len(rows) == 1 and not rows[0][0]:
            return nested_text(rows[0][1])
        groups: dict[int, list[tuple[tuple[int, ...], Worth]]] = {}
        for place, value in rows:
            groups.setdefault(place[0], []).append((place[1:], value))
        return [level(group) for group in groups.values()]

    return level(list(members.items()))
