"""What a kept verdict is found by: the content of its claim, the limits it was judged under, and this very program."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from derive.language.claims import Claim
from derive.language.context import Context

LIBRARIES = ("sympy", "numpy", "python-flint", "latex2sympy2_extended")


@cache
def program_digest() -> str:
    """A digest of this program's source, the libraries it computes with, and the Python it runs on."""
    parts = [sys.version, *(f"{name} {_version(name)}" for name in LIBRARIES)]
    return digest([*parts, tree_digest(Path(__file__).parents[1])])


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def tree_digest(root: Path) -> str:
    """A digest of every file below ``root`` (but what Python compiles), by path and content."""
    total = hashlib.sha256()
    files = (path for path in root.rglob("*") if "__pycache__" not in path.parts and path.is_file())
    for path in sorted(files):
        content = path.read_bytes()
        total.update(f"{path.relative_to(root).as_posix()} {len(content)}\n".encode())
        total.update(content)
    return total.hexdigest()


def digest(parts: Iterable[str]) -> str:
    """A digest of texts in order."""
    total = hashlib.sha256()
    for part in parts:
        total.update(f"{len(part)} {part}".encode())
    return total.hexdigest()[:40]


class ClaimDigests:
    """Digests of claims by statement and context, the same under every hash seed. Each context is walked once, and each
    declaration in it once for all contexts that have it: those of a document grow line by line. ``limits`` says under
    which limits they are judged: what is undecided may be so because of them."""

    def __init__(self, limits: str = "") -> None:
        self._limits = limits
        self._contexts: dict[int, tuple[object, str]] = {}
        self._pieces: dict[int, tuple[object, str]] = {}

    def of(self, claim: Claim) -> str:
        """The digest of what an answer depends on: the statement in all its readings, the context, what is mended."""
        held = self._contexts.get(id(claim.context))
        if held is None:
            parts = [self._limits, *self._in_context(claim.context)]
            held = self._contexts[id(claim.context)] = (claim.context, digest(parts))
        told = (claim.doubt, claim.unheeded, claim.case, claim.unnamed, claim.worked_out, claim.solved_before)
        return digest([held[1], *_parts((claim.statement, claim.readings, claim.start, claim.written, told))])

    def _in_context(self, context: Context) -> Iterable[str]:
        for item in fields(context):
            value = getattr(context, item.name)
            yield f"{item.name} {len(value)}"
            if isinstance(value, Mapping):
                for name, piece in value.items():  # points are drawn, and told, in the order declared
                    yield name
                    yield self._piece(piece)
            else:
                yield from map(self._piece, value)

    def _piece(self, value: object) -> str:
        """The digest of one declaration, fact or switch; the object is held, so that its id stays its own."""
        held = self._pieces.get(id(value))
        if held is None:
            held = self._pieces[id(value)] = (value, digest(_parts(value)))
        return held[1]


def _parts(value: object) -> Iterable[str]:
    """A value as a flat run of texts from which it could be rebuilt; sets and mappings in sorted order."""
    match value:
        case None | bool() | int() | str() | Fraction():
            yield f"{type(value).__name__}:{value}"
        case tuple() | list():
            yield f"tuple {len(value)}"
            for item in value:
                yield from _parts(item)
        case Mapping():
            yield f"mapping {len(value)}"
            for key, item in sorted(value.items(), key=lambda pair: str(pair[0])):
                yield from (*_parts(key), *_parts(item))
        case frozenset() | set():
            yield f"set {len(value)}"
            yield from sorted("\0".join(_parts(item)) for item in value)
        case _ if is_dataclass(value):
            yield type(value).__name__
            for item in fields(value):
                if item.name != "span":
                    yield from _parts(getattr(value, item.name))
        case _:
            raise TypeError(f"no digest for {type(value).__name__}: {value!r}")
