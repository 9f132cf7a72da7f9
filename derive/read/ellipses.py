"""Sums with dots: ``a_1 + \\dots + a_K``."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.notation import place_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


@dataclass(frozen=True)
class Enumeration:
    """The general member of ``a_1, a_2, …, a_K``: ``member`` with ``letter`` where 1, 2 and K stand."""

    letter: str
    low: s.Node
    high: s.Node
    member: s.Node


def enumeration(items: tuple[s.Node, ...], letter: str) -> Enumeration | None:
    """What is enumerated in ``a_1, a_2, …, a_K``, if the members written are alike but for one number each."""
    dots = [place for place, item in enumerate(items) if isinstance(item, s.Dots)]
    if len(dots) != 1 or dots[0] != len(items) - 2 or not dots[0]:
        return None
    found: list[tuple[s.Node, s.Node]] = []
    member = _between(items[0], items[-1], letter, found)
    if member is None or not found:
        return None
    low, high = found[0]
    if any(s.key(a) != s.key(low) or s.key(b) != s.key(high) for a, b in found):
        return None
    if not isinstance(low, s.Number) or not low.text.isdigit():
        return None
    for step, item in enumerate(items[: dots[0]]):
        if s.key(item) != s.key(s.put(member, letter, s.Number(0, 0, str(int(low.text) + step)))):
            return None
    return Enumeration(letter, low, high, member)


def _between(first: object, last: object, letter: str, found: list[tuple[s.Node, s.Node]]) -> s.Node | None:
    """``first`` with the letter where ``last`` differs from it; None if they are not built alike."""
    if not isinstance(first, s.Node) or not isinstance(last, s.Node):
        return None
    if isinstance(first, s.Number) and isinstance(last, s.Number | s.Name | s.Sum) and s.key(first) != s.key(last):
        found.append((first, last))
        return s.Name(first.start, first.stop, letter)
    if type(first) is not type(last):
        return None
    new: dict[str, object] = {}
    for item in fields(first):
        one, two = getattr(first, item.name), getattr(last, item.name)
        if item.name in ("start", "stop") or one == two:
            continue
        if isinstance(one, tuple) and isinstance(two, tuple) and len(one) == len(two):
            parts = [a if a == b else _between(a, b, letter, found) for a, b in zip(one, two, strict=True)]
            if any(part is None for part in parts):
                return None
            new[item.name] = tuple(parts)
        else:
            part = _between(one, two, letter, found)
            if part is None:
                return None
            new[item.name] = part
    return replace(first, **new)  # type: ignore[arg-type]


def as_sum(r: Resolver, terms: tuple[tuple[str, s.Node], ...], node: s.Node) -> s.BigOp | None:
    """``a_1 + … + a_K`` as a sum; None if nothing is left out."""
    if not any(isinstance(part, s.Dots) for _, part in terms):
        return None
    found = enumeration(tuple(part for _, part in terms), f"i_{r.fitting.fresh()}")
    if found is None or any(sign == "-" for sign, _ in terms):
        raise ReadError("cannot tell what the dots leave out", place_of(node), "write \\sum_{k=1}^K")
    letter = s.Name(node.start, node.start, found.letter)
    return s.BigOp(
        node.start, node.stop, "sum", s.Relation(node.start, node.stop, letter, (("=", found.low),)), found.high,
        found.member,
    )  # fmt: skip
