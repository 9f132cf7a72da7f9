"""What names in scope stand for while a term is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.language.extents import Extent, Range, Shape
from derive.language.terms import Term
from derive.prove.atoms import Ix

Slots = tuple[Ix, ...]
ONE_EXTENT = Extent.of(1)


@dataclass(frozen=True)
class Bound:
    """What a name in scope stands for: an index reference, an integration variable, or a term with its own scope."""

    kind: str
    ix: Ix | None = None
    term: Term | None = None
    env: Env | None = None
    scope: Range | Shape = ()


Env = Mapping[str, Bound]
