"""Certificates as data: terms, contexts and statements from JSON. Nothing is executed, nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import is_dataclass
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


def read(data: Any) -> Any:
    """Terms, contexts and statements from JSON data: a class is {"Name": {field: …}}, without what is as by default."""
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
