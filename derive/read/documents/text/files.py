"""Documents in the file system: which files a call names, and what they include."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from derive.read.documents.text.notebook import notebook_source
from derive.read.documents.text.scanner import Opener, no_input
from derive.read.documents.text.source import MAX_BYTES, Source, UnusableDocument, decoded

LATEX = frozenset({".tex", ".ltx", ".latex"})
MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".qmd", ".rmd"})
NOTEBOOK = frozenset({".ipynb"})
TEXT = frozenset({".txt", ""})
MOST_DOCUMENTS = 10_000
_DECLARATION = re.compile(r"(?<![\\\d])%:|<!--:")


@dataclass(frozen=True)
class Input:
    """One document to read: its text, its kind, the name of its derivation, and how it opens what it includes."""

    source: Source
    latex: bool
    name: str
    opener: Opener = no_input


def text_input(text: str, file: str = "<text>") -> Input:
    """A document given as text: a notebook, LaTeX or Markdown, told apart by what it holds."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start == "{" and '"cells"' in text:
        return Input(notebook_source(text, file), False, _name(file))
    return Input(Source(file, text), looks_like_latex(text), _name(file))


def looks_like_latex(text: str) -> bool:
    """Whether text without a telling file name is LaTeX rather than Markdown."""
    if any(mark in text for mark in ("\\documentclass", "\\begin{document}", "\\section{", "\\usepackage")):
        return True
    lines = [line.lstrip() for line in text.splitlines()]
    return any(line.startswith("%") for line in lines) and not any(line.startswith(("<!--", "# ")) for line in lines)


def may_declare(text: str) -> bool:
    """Whether a text has the look of a document with declarations; one without was not written for this program.

    >>> may_declare("<!--: x > 0 -->"), may_declare("It costs $5, and 95%: $3.")
    (True, False)
    """
    return _DECLARATION.search(text) is not None


def inputs(paths: Sequence[str]) -> tuple[list[Input], list[str]]:
    """The documents that ``paths`` name, in order and each once, and what of them cannot be used."""
    found: list[Input] = []
    failures: list[str] = []
    taken: set[Path | None] = set()
    for path in paths:
        try:
            files: Sequence[Path | None] = [None] if path == "-" else named(path)
        except UnusableDocument as problem:
            failures.append(str(problem))
            continue
        for file in files:
            place = file.resolve() if file is not None else None
            if place in taken:
                continue
            taken.add(place)
            try:
                found.append(_opened(file) if file is not None else _standard_input())
            except UnusableDocument as problem:
                failures.append(str(problem))
    return _named(found), failures


def named(path: str) -> Sequence[Path]:
    """A file, or every document in a folder."""
    if not path:
        raise UnusableDocument("expected a document or a folder of them, found an empty name")
    place = Path(path)
    if place.is_dir():
        known = LATEX | MARKDOWN | NOTEBOOK
        files = sorted(each for each in _below(place) if each.suffix.lower() in known and each.is_file())
        if not files:
            raise UnusableDocument(f"{path}: expected documents (.tex .md .ipynb) in this folder, found none")
        if len(files) > MOST_DOCUMENTS:
            raise UnusableDocument(f"{path}: expected at most {MOST_DOCUMENTS} documents, found {len(files)}")
        return files
    if not place.exists():
        raise UnusableDocument(f"{path}: there is no such file or folder")
    if not place.is_file():
        raise UnusableDocument(f"{path}: expected a file or a folder, found something else")
    known = LATEX | MARKDOWN | NOTEBOOK | TEXT
    if place.suffix.lower() not in known:
        raise UnusableDocument(f"{path}: expected a document (.tex .md .txt .ipynb), found “{place.suffix}”")
    return [place]


def _below(folder: Path) -> Iterator[Path]:
    """The files below a folder but hidden ones; a folder that cannot be read, or is gone by now, holds none."""
    for place, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(place, name) for name in files if not name.startswith("."))


def _text_of(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return decoded(stream.read(MAX_BYTES + 1), str(path))
    except OSError as problem:
        raise UnusableDocument(f"{path}: {problem.strerror or 'cannot be read'}") from problem


def _opened(path: Path) -> Input:
    text, file = _text_of(path), str(path)
    suffix = path.suffix.lower()
    if suffix in NOTEBOOK:
        return Input(notebook_source(text, file), False, _name(file))
    latex = suffix in LATEX or (suffix in TEXT and looks_like_latex(text))
    return Input(Source(file, text), latex, _name(file), opener_in(path.parent))


def _standard_input() -> Input:
    if sys.stdin is None:
        raise UnusableDocument("expected a document on standard input, found it closed")
    return text_input(decoded(sys.stdin.buffer.read(MAX_BYTES + 1), "<stdin>"), "<stdin>")


def _name(file: str) -> str:
    path = Path(file)
    return path.with_suffix("").as_posix().replace(".", "_").strip("<>/") or "document"


def _named(found: list[Input]) -> list[Input]:
    """The documents with names that differ: the file's ending is added where two would be the same."""
    names = [each.name for each in found]
    out: list[Input] = []
    taken: dict[str, int] = {}
    for each in found:
        name = each.name
        if names.count(name) > 1:
            name += "-" + Path(each.source.file).suffix.lstrip(".")
        taken[name] = taken.get(name, 0) + 1
        if taken[name] > 1:
            name = f"{name}-{taken[name]}"
        out.append(Input(each.source, each.latex, name, each.opener))
    return out


def opener_in(folder: Path) -> Callable[[str, Source], Source | str]:
    """What ``\\input`` opens: files in ``folder`` and below, and no others."""
    root = folder.resolve()

    def open_(name: str, source: Source) -> Source | str:
        for suffix in ("", ".tex"):
            path = folder / (name + suffix)
            try:
                real = path.resolve()
            except (OSError, RuntimeError, ValueError):  # links in a circle, a zero byte
                return f"cannot read {name!r}"
            if not real.is_relative_to(root):
                return f"expected a file in the folder of the document, found {name}; it is left out"
            if real.is_file():
                try:
                    return Source(str(path), _text_of(path))
                except UnusableDocument as problem:
                    return str(problem)
        return f"there is no file {name} or {name}.tex beside the document"

    return open_
