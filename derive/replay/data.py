"""Certificates as data: terms, contexts and statements from JSON and back. Nothing is executed, nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from fractions import Fraction
from typing import Any

from derive.language import claims, context, extents, terms


class Refused(ValueError):
    """A step does not hold, or nothing here shows it. The message says which and why."""


CLASSES = {
    name: each
    for module in (terms, extents, context, claims)
    for name, each in vars(module).items()
    if is_dataclass(each) and isinstance(each, type)
}


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


def read(data: Any) -> Any:
    """What ``written`` wrote."""
    if isinstance(data, list):
        return tuple(read(item) for item in data)
    if not isinstance(data, dict):
        if isinstance(data, float):
            raise Refused("a number that is not exact")
        return data
    ((name, parts),) = data.items()
    if name == "Q":
        if not re.fullmatch(r"-?[0-9]+(/[0-9]+)?", parts):
            raise Refused("a rational number was expected")
        return Fraction(parts)
    if name == "set":
        return frozenset(parts)
    if name == "map":
        return {key: read(item) for key, item in parts.items()}
    if name not in CLASSES:
        raise Refused(f"no data is called {name}")
    return CLASSES[name](**{key: read(item) for key, item in parts.items()})
