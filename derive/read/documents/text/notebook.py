"""Jupyter notebooks: the text of their Markdown cells, with the place of each character in the file."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from derive.read.documents.text.source import Source, UnusableDocument

_MARK = re.compile(r'[{}\[\]]|"(?:[^"\\]|\\.)*"|[^\s{}\[\]",:]+|[:,]')
_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|.)")


def notebook_source(text: str, file: str) -> Source:
    """The Markdown cells of a notebook as one text, a blank line between two cells."""
    try:
        data = json.loads(text)
    except (ValueError, RecursionError) as problem:
        raise UnusableDocument(f"{file}: expected a notebook (JSON): {problem}") from problem
    if not isinstance(data, dict) or not isinstance(data.get("cells"), list):
        raise UnusableDocument(f"{file}: expected a notebook with cells, found other JSON")
    parts: list[str] = []
    moves: list[tuple[int, int]] = []
    length = 0
    for cell in _cells(text):
        for start, stop in cell:
            for piece, place in _decoded(text, start + 1, stop - 1):
                moves.append((length, place))
                parts.append(piece)
                length += len(piece)
        parts.append("\n\n")
        length += 2
    return Source(file, "".join(parts), text, tuple(moves) or ((0, 0),))


def _cells(text: str) -> Iterator[list[tuple[int, int]]]:
    """For each Markdown cell, the bounds of the strings of its ``source``."""
    path: list[str | int] = []
    keys: list[str] = []
    strings: list[tuple[int, int]] = []
    kind, expecting_key = "", False
    for match in _MARK.finditer(text):
        mark = match.group()
        if mark in "{[":
            path.append(mark)
            keys.append("")
            expecting_key = mark == "{"
        elif mark in "}]":
            path.pop()
            keys.pop()
            expecting_key = False
            if len(path) == 2 and keys[0] == "cells":
                if kind == "markdown":
                    yield strings
                kind, strings = "", []
        elif mark == ",":
            expecting_key = bool(path) and path[-1] == "{"
        elif mark == ":":
            expecting_key = False
        elif mark[0] == '"' and expecting_key:
            keys[-1] = json.loads(mark)
        elif mark[0] == '"' and keys[:1] == ["cells"] and keys[2:3] == ["cell_type"] and len(path) == 3:
            kind = json.loads(mark)
        elif mark[0] == '"' and keys[:1] == ["cells"] and keys[2:3] == ["source"] and len(path) in (3, 4):
            strings.append((match.start(), match.end()))


def _decoded(text: str, start: int, stop: int) -> Iterator[tuple[str, int]]:
    """The characters of a JSON string, in runs that stand together in the file."""
    at = start
    for match in _ESCAPE.finditer(text, start, stop):
        if match.start() > at:
            yield text[at : match.start()], at
        decoded = json.loads(f'"{match.group()}"')
        if "\ud800" <= decoded <= "\udfff":  # half of a pair: not mathematics
            decoded = "\ufffd"
        yield decoded, match.start()
        at = match.end()
    if at < stop:
        yield text[at:stop], at
