"""What certificates are written with: terms as data; polynomials, functions and steps as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from typing import Any

from derive.replay import terms as t
from derive.replay.terms import Mono, Poly

Step = dict[str, Any]


def written(value: object) -> Any:
    """A term, context or statement as JSON data: a class is {"Name": {field: …}}, without the fields left at their
    default."""
    if isinstance(value, Fraction):
        return {"Q": str(value)}
    if isinstance(value, tuple):
        return [written(item) for item in value]
    if isinstance(value, frozenset):
        return {"set": sorted(value)}
    if isinstance(value, Mapping):
        return {"map": {key: written(item) for key, item in value.items()}}
    if is_dataclass(value):
        kept = [(item, getattr(value, item.name)) for item in fields(value) if item.compare]
        parts = {item.name: written(part) for item, part in kept if item.default is MISSING or part != item.default}
        return {type(value).__name__: parts}
    return value


def one(m: Mono, c: t.Exponent = 1) -> Poly:
    """A monomial."""
    return t.made({m: c})


def said(p: Poly) -> str:
    """A polynomial as certificates have it."""
    return t.text(p)


def function(p: Poly, *names: str) -> str:
    """A function of some names, as certificates have it."""
    inside = t.closed(p, list(names))
    over = ", ".join(f"b{len(names) - 1 - k}" for k in range(len(names)))
    return f"lambda {over}: {t.text(inside, len(names))}"


def ruled(rule: str, **values: str) -> Step:
    """A line of the table at some values."""
    return {"rule": rule, "with": values} if values else {"rule": rule}
