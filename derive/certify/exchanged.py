"""Entries whose last two subscripts may change places because it is assumed: ``w_{ij} = w_{ji}``, or ``W = W^T``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from derive.certify.writing import said
from derive.replay import terms as t
from derive.replay.check import Steps
from derive.replay.data import Refused
from derive.replay.terms import Atom, name

if TYPE_CHECKING:
    from derive.certify.normal import Normal

Exchange = tuple[int, str, tuple[str, ...]]
"""The number of an equation, the quantity, and its indices there; of an equation between matrices none."""


def exchanges(normal: Normal) -> list[Exchange]:
    """The assumed equations that say so."""
    found = []
    for n, relation in enumerate(normal.proof.given):
        try:
            left, right = (normal.proof.reader.read(side, {}) for side in (relation.left, relation.right))
        except Refused:
            continue
        slots = (name("?a"), name("?b")) if left.rank else (t.ONE, t.ONE)
        one, two = left.at(*slots), right.at(*slots)
        a, b = (next(iter(next(iter(p))[0]), (("",), 0))[0] if len(p) == 1 else ("",) for p in (one, two))
        alike = one == t.of(a) and two == t.of(b) and len(a) > 3 and a[0] == b[0] == "entry"
        if relation.op == "=" and alike and left.rank in (0, 2) and b == (*a[:-2], a[-1], a[-2]):
            names = tuple(next((x[1] for m, _ in s for x, _ in m if x[0] == "name"), "") for s in a[2:])
            if left.rank == 2 or (all(map(_is_name, a[2:], names)) and len(set(names)) == len(names)):
                found.append((n, a[1], () if left.rank else names))
    return found


def _is_name(p: t.Poly, n: str) -> bool:
    return p == name(n)


def exchanged(normal: Normal, a: Atom, k: int) -> Iterator[Steps]:
    """The step that writes an entry with its last two subscripts the other way round."""
    for n, own, names in normal.exchanges:
        if own == a[1] and (not names or len(names) == len(a) - 2):
            values = list(map(said, a[2:]))
            there = {"with": dict(zip(names, values, strict=True))} if names else {"entry": values[-2:]}
            yield [{"use": n, **there, "times": "1", "of": k}]
