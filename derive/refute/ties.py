"""Which entries of a matrix move together: those of a symmetric one in pairs, of a diagonal one only the diagonal."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.context import SymbolDecl
from derive.refute.arrays import Arr, Worth, entries
from derive.refute.state import Place

SYMMETRIC = frozenset({"symmetric", "posdef", "psd"})


def together(decl: SymbolDecl, members: Mapping[Place, Worth]) -> list[list[int]]:
    """The entries of all members of a quantity, counted in their order, that move together; not those that stay."""
    found: list[list[int]] = []
    start = 0
    for value in members.values():
        found += [[start + at for at in group] for group in _groups(decl, value)]
        start += len(entries(value))
    return found


def _groups(decl: SymbolDecl, value: Worth) -> list[list[int]]:
    if isinstance(value, Arr) and len(value.dims) == 2 and value.dims[0] == value.dims[1]:
        n = value.dims[0]
        if "diagonal" in decl.properties:
            return [[i * n + i] for i in range(n)]
        if decl.properties & SYMMETRIC:
            return [sorted({i * n + j, j * n + i}) for i in range(n) for j in range(i, n)]
    return [[at] for at in range(len(entries(value)))]
