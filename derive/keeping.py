"""Whole derivations and documents kept with their results: what did not change is not even read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from derive.cache import Store, digest
from derive.judging import Limits, worth_keeping
from derive.render.record import Result, verdict_from_json, verdict_to_json

if TYPE_CHECKING:  # reading documents is only loaded where there are some
    from derive.read.documents.text.files import Input
    from derive.read.documents.text.source import Source

_PLAIN = tuple(item.name for item in fields(Result) if item.name != "verdict")
_LISTS = ("readings", "given")


def rows_of(results: Sequence[Result]) -> list[dict[str, Any]]:
    """Results as plain data."""
    return [
        {**{name: getattr(result, name) for name in _PLAIN}, "verdict": verdict_to_json(result.verdict)}
        for result in results
    ]


def results_of(rows: Sequence[Mapping[str, Any]]) -> tuple[Result, ...]:
    """The results again; ``KeyError`` or ``TypeError`` where the data is not that."""
    return tuple(
        Result(**{**row, **{name: tuple(row[name]) for name in _LISTS}, "verdict": verdict_from_json(row["verdict"])})
        for row in rows
    )


# -- modules -----------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class KeptModule:
    """The title and the results of an encoded derivation."""

    title: str
    results: tuple[Result, ...]


def module_key(name: str, tree: str, folder: str, limits: Limits) -> str:
    """What an encoded derivation is found by: ``tree`` is a digest of all of them, which may use one another."""
    return digest(["module", name, tree, folder, limits.text()])


def keep_module(store: Store, key: str, title: str, results: Sequence[Result], limits: Limits) -> None:
    """Keep a derivation, if everything of it is settled."""
    if all(worth_keeping(result, limits) for result in results):
        store.put(key, {"title": title, "results": rows_of(results)})


def kept_module(store: Store, key: str) -> KeptModule | None:
    """A derivation of which nothing has changed."""
    data = store.get(key)
    if data is None:
        return None
    try:
        return KeptModule(data["title"], results_of(data["results"]))
    except (KeyError, TypeError):
        return None  # not what this program wrote


# -- documents ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Told:
    """What is told of a document: its name, title and file, its results, what was inferred, what was counted."""

    name: str
    title: str
    file: str
    results: tuple[Result, ...]
    notes: tuple[str, ...]
    statistics: Mapping[str, int]


class Opened:
    """A document whose included files are noted as they are opened."""

    def __init__(self, given: Input) -> None:
        self.opener = given.opener
        self.given = replace(given, opener=self._open)
        self.noted: dict[str, str] = {}

    def _open(self, name: str, source: Source) -> Source | str:
        found = self.opener(name, source)
        self.noted[name] = _content(found)
        return found


def _content(found: Source | str) -> str:
    """A digest of a file that was opened, or of why it was not."""
    return digest(["no file", found]) if isinstance(found, str) else digest([found.file, found.text])


def _key(given: Input, limits: Limits) -> str:
    source = given.source
    kind = f"{given.latex} {source.moves}"
    return digest(["document", given.name, source.file, kind, source.text, source.raw, limits.text()])


def keep_document(store: Store, opened: Opened, told: Told, limits: Limits) -> None:
    """Keep a document, if everything in it is settled."""
    if store.root is None or not all(worth_keeping(result, limits) for result in told.results):
        return
    data = {item.name: getattr(told, item.name) for item in fields(Told) if item.name != "results"}
    data |= {"results": rows_of(told.results), "included": opened.noted}
    store.put(_key(opened.given, limits), data)


def kept_document(store: Store, given: Input, limits: Limits) -> Told | None:
    """A document of which nothing has changed, nor what it includes."""
    data = store.get(_key(given, limits)) if store.root is not None else None
    if data is None:
        return None
    try:
        included = dict(data.pop("included"))
        told = Told(**{**data, "results": results_of(data["results"]), "notes": tuple(data["notes"])})
    except (KeyError, TypeError, ValueError):
        return None  # not what this program wrote
    same = all(_content(given.opener(name, given.source)) == seal for name, seal in included.items())
    return told if same else None
