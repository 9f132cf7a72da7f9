"""One side of a statement as text that can be changed: where each node stands, with its brackets and their sizes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from derive.language.context import Context
from derive.read import syntax as s

Change = tuple[int, int, str]
"""The characters from the first place up to the second become this text."""

_OPENED = re.compile(r"\\(?:left|[bB]igg?[lrm]?)\s*\Z")
_BRACE = re.compile(r"\\[\s\S]|[{}]")
_LETTER = re.compile(r"[A-Za-z]")


@dataclass(frozen=True)
class Slip:
    """A small change to a text, under a short name of what it does."""

    name: str
    changes: tuple[Change, ...]

    def applied(self, text: str) -> str:
        """The text after the change."""
        for start, stop, new in sorted(self.changes, reverse=True):
            text = joined(text[:start], new, text[stop:])
        return text


_MARK = re.compile(r"\\[A-Za-z]+|\\.|\s+|.", re.DOTALL)


def differences(before: str, after: str) -> tuple[Change, ...]:
    """The changes that make one text of another, mark by mark.

    >>> differences("a - b", "a + b")
    ((2, 3, '+'),)
    """
    one, other = ([match.group() for match in _MARK.finditer(text)] for text in (before, after))
    places = [0]
    for mark in one:
        places.append(places[-1] + len(mark))
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    return tuple((places[a], places[b], "".join(other[c:d])) for kind, a, b, c, d in steps if kind != "equal")


def joined(before: str, new: str, after: str) -> str:
    """Three pieces of LaTeX side by side: a command does not run into a letter."""
    out = new if new or not (_ends_in_command(before) and _LETTER.match(after)) else " "
    if _ends_in_command(before) and _LETTER.match(out):
        out = f" {out}"
    if _ends_in_command(before + out) and _LETTER.match(after):
        out += " "
    return before + out + after


def _ends_in_command(text: str) -> bool:
    return bool(re.search(r"\\[A-Za-z]+\Z", text[-40:]))


@dataclass(frozen=True)
class Page:
    """A side and what may be said in it: ``before`` is the side it is compared with, ``atoms`` the names (with their
    scripts) written in both, those that only ``before`` has first; ``terms`` are those of its sums that are not written
    here, ``sums`` the sums over an index of both."""

    text: str
    tree: s.Node
    context: Context
    atoms: tuple[str, ...]
    transpose: str
    indices: tuple[str, ...]
    terms: tuple[str, ...] = ()
    sums: tuple[str, ...] = ()
    _extents: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)
    _numbers: dict[tuple[int, int], bool] = field(default_factory=dict, compare=False, repr=False)

    def extent(self, node: s.Node) -> tuple[int, int]:
        """Where a node stands, up to the braces that it opens and with the size of its first bracket."""
        place = (node.start, node.stop)
        known = self._extents.get(place)
        if known is None:
            known = self._extents[place] = self._extent(*place)
        return known

    def _extent(self, start: int, stop: int) -> tuple[int, int]:
        level = 0
        for match in _BRACE.finditer(self.text, start):
            if match.start() >= stop and level <= 0:
                break
            level += (match.group() == "{") - (match.group() == "}")
            if level < 0:
                break
            stop = max(stop, match.end()) if level == 0 else stop
        opened = _OPENED.search(self.text, max(0, start - 12), start)
        return (opened.start() if opened else start), stop

    def of(self, node: s.Node) -> str:
        """The text of a node."""
        start, stop = self.extent(node)
        return self.text[start:stop]

    def is_number(self, node: s.Node) -> bool:
        """Whether a part is made of numbers alone, by what is declared of every name in it."""
        place = (node.start, node.stop)
        known = self._numbers.get(place)
        if known is None:
            parts = list(s.walk(node))
            members = {part.base for part in parts if isinstance(part, s.Script) and part.sub is not None}
            known = self._numbers[place] = all(self._is_numeric(part, part in members) for part in parts)
        return known

    def _is_numeric(self, part: s.Node, member: bool) -> bool:
        if isinstance(part, s.MatrixRows | s.CaseRows):
            return False
        if not isinstance(part, s.Name) or part.text in self.context.indices or part.text in self.context.sizes:
            return True
        decl = self.context.symbols.get(part.text)
        return decl is not None and not decl.shape and decl.depends is None and (member or not decl.family)

    def replaced(self, name: str, node: s.Node, new: str) -> Slip:
        """Another text in the place of a node."""
        return Slip(name, ((*self.extent(node), new),))

    def before(self, name: str, node: s.Node, new: str) -> Slip:
        """A text put before a node."""
        start = self.extent(node)[0]
        return Slip(name, ((start, start, new),))

    def after(self, name: str, node: s.Node, new: str) -> Slip:
        """A text put after a node."""
        stop = self.extent(node)[1]
        return Slip(name, ((stop, stop, new),))

    def removed(self, name: str, start: int, stop: int) -> Slip:
        """Nothing where something was; nor the blanks before it, if it was the last."""
        if self.text[stop : stop + 1] in ("", "}", ")", "]", " "):
            start = len(self.text[:start].rstrip())
        return Slip(name, ((start, stop, ""),))
