"""Verdicts kept on disk: JSON under the user's cache folder, found by the content of a claim and of this program."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from fractions import Fraction
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from derive.language.claims import Claim
from derive.language.context import Context

LIBRARIES = ("sympy", "numpy", "python-flint", "latex2sympy2_extended")
PROGRAMS_KEPT = 8
"""For how many versions of this program verdicts are kept; the longest unused go first."""


def default_folder() -> Path:
    """Where verdicts are kept: ``$DERIVE_CACHE``, or ``derive`` in the user's cache folder."""
    chosen = os.environ.get("DERIVE_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "derive"


@dataclass(frozen=True)
class Store:
    """One folder of answers of this very program; ``None`` for the folder keeps nothing."""

    folder: Path | None

    @staticmethod
    def of(folder: Path | None) -> Store:
        """The store below ``folder`` for this program as it is now."""
        return Store(folder / program_digest() if folder is not None else None)

    def get(self, key: str) -> dict[str, Any] | None:
        """What was put under ``key``, if it is there and whole."""
        if self.folder is None:
            return None
        try:
            data = json.loads((self.folder / f"{key}.json").read_bytes())
        except (OSError, ValueError):
            return None
        return data if isinstance(data, dict) else None

    def put(self, key: str, data: Mapping[str, Any]) -> None:
        """Keep ``data`` under ``key``; a folder that cannot be written to keeps nothing."""
        if self.folder is None:
            return
        with suppress(OSError):
            if not self.folder.is_dir():
                self.folder.mkdir(parents=True, mode=0o700)
                _forget_old(self.folder.parent)
            handle, name = tempfile.mkstemp(dir=self.folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file)
            os.replace(name, self.folder / f"{key}.json")


def _forget_old(folder: Path) -> None:
    programs = sorted((path for path in folder.iterdir() if path.is_dir()), key=lambda path: -path.stat().st_mtime)
    for path in programs[PROGRAMS_KEPT:]:
        for file in path.iterdir():
            file.unlink()
        path.rmdir()


# -- what a key is made of ---------------------------------------------------------------------------------------------
@cache
def program_digest() -> str:
    """A digest of this program's source, the libraries it computes with, and the Python it runs on."""
    parts = [sys.version, *(f"{name} {_version(name)}" for name in LIBRARIES)]
    return digest([*parts, tree_digest(Path(__file__).parent)])


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
    declaration in it once for all contexts that have it: those of a document grow line by line."""

    def __init__(self) -> None:
        self._contexts: dict[int, tuple[object, str]] = {}
        self._pieces: dict[int, tuple[object, str]] = {}

    def of(self, claim: Claim) -> str:
        """The digest of what an answer depends on: the statement in all its readings, the context, what is mended."""
        held = self._contexts.get(id(claim.context))
        if held is None:
            held = self._contexts[id(claim.context)] = (claim.context, digest(self._in_context(claim.context)))
        return digest([held[1], *_parts((claim.statement, claim.readings, claim.start, claim.written, claim.doubt))])

    def _in_context(self, context: Context) -> Iterable[str]:
        for item in fields(context):
            value = getattr(context, item.name)
            yield f"{item.name} {len(value)}"
            if isinstance(value, Mapping):
                for name, piece in sorted(value.items()):
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
