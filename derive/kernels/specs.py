"""Which functions a family of kernels has, and which proved claims they compute: ``proofs/kernels/<family>.toml``."""

from __future__ import annotations

import builtins
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from keyword import iskeyword
from pathlib import Path
from typing import Any

from derive.checker import proofs_folder
from derive.kernels.program import KernelError

FOLDER = "kernels"
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
_TAKEN = frozenset({"np", "xp", "Any", "ArrayLike", "NDArray", "Floats", "Number", *dir(builtins)})
"""What a module of kernels calls by these names itself."""


@dataclass(frozen=True)
class Function:
    """One function: its parameters and what they stand for, what is bound to a claim on the way, and its results.

    ``takes`` maps a parameter to the quantities it stands for; ``where`` a quantity to the claim (``area/name.claim``,
    its right-hand side, or its left with ``:left``) that says what it is, ``gives`` each result likewise.
    """

    name: str
    doc: str
    takes: tuple[tuple[str, tuple[str, ...]], ...]
    where: tuple[tuple[str, str], ...]
    gives: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Family:
    """The functions of one module; ``sizes`` are typical lengths, by which an order of work is chosen."""

    name: str
    title: str
    sizes: Mapping[str, int]
    functions: tuple[Function, ...]


def families() -> tuple[str, ...]:
    """The names of all families, in order."""
    folder = proofs_folder() / FOLDER
    return tuple(sorted(path.stem for path in folder.glob("*.toml")))


def family(name: str) -> Family:
    """A family by name; ``KernelError`` names those that are there."""
    path = proofs_folder() / FOLDER / f"{name}.toml"
    if not _WORD.match(name) or not path.is_file():
        raise KernelError(f"no kernels are named {name!r}; there are {', '.join(families())}")
    return parsed(name, path.read_text(encoding="utf-8"), path)


def parsed(name: str, text: str, path: Path) -> Family:
    """A family from the text of its file; a mistake in it is named with the file and the table it stands in."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise KernelError(f"{path.name}: {problem}") from problem
    title = _text(data.pop("title", None), f"{path.name}: title")
    sizes = data.pop("sizes", {})
    if not isinstance(sizes, dict) or not all(isinstance(v, int) and v > 0 for v in sizes.values()):
        raise KernelError(f"{path.name}: sizes: expected a table of whole numbers, found {sizes!r}")
    functions = tuple(_function(key, value, f"{path.name}: [{key}]") for key, value in data.items())
    if not functions:
        raise KernelError(f"{path.name}: expected a table for each function, found none")
    return Family(name, title, sizes, functions)


def _is_name(name: str) -> bool:
    """Whether a module can call a function, a parameter or a result so."""
    return _WORD.match(name) is not None and not iskeyword(name) and name not in _TAKEN


def _function(name: str, data: Any, place: str) -> Function:
    if not isinstance(data, dict) or not _is_name(name):
        raise KernelError(f"{place}: expected a table named like a Python function (no keyword, nothing built in)")
    unknown = sorted(data.keys() - {"doc", "takes", "where", "gives"})
    if unknown:
        raise KernelError(f"{place}: expected doc, takes, where and gives, found {', '.join(unknown)}")
    doc = _text(data.get("doc"), f"{place}: doc")
    takes, gives = (_table(data.get(key), f"{place}: {key}") for key in ("takes", "gives"))
    for key in (*takes, *gives):
        if not _is_name(key):
            raise KernelError(f"{place}: expected a Python name (no keyword, nothing built in), found {key!r}")
    if not gives:
        raise KernelError(f"{place}: gives: expected a result and the claim that states it, found none")
    return Function(
        name,
        doc,
        tuple((key, tuple(value) if isinstance(value, list) else (value,)) for key, value in takes.items()),
        tuple(_table(data.get("where", {}), f"{place}: where").items()),
        tuple(gives.items()),
    )


def _text(value: Any, place: str) -> str:
    if not isinstance(value, str) or not value:
        raise KernelError(f"{place}: expected a text, found {value!r}")
    return value


def _table(value: Any, place: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise KernelError(f"{place}: expected a table, found {value!r}")
    for key, item in value.items():
        for part in item if isinstance(item, list) else [item]:
            _text(part, f"{place}.{key}")
    return value
