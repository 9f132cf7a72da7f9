"""Claims about a special case: one size (``For $K = 2$ this is …``), functions that are one (``If $p = q$, …``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.language.at_sizes import at_sizes, context_at
from derive.language.same_functions import are_alike, as_one, context_as_one
from derive.read import syntax as s
from derive.read.documents.reading.state import Entry, Only, Reading
from derive.read.documents.text.prose import BECOMES
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import chains_of, one_line

_CASE = re.compile(r"(?i)\b(?:for|when|if|with|in\s+the\s+(?:special\s+)?case(?:\s+of|\s+where)?|where)\s*\Z")
_SAME = re.compile(
    r"(?i)\b(?:for|when(?:ever)?|if(?:\s+and\s+only\s+if)?|with|where|once|assuming|supposing|suppose|"
    r"in\s+the\s+(?:special\s+)?case(?:\s+of|\s+where|\s+that)?|at(?:\s+the)?(?:\s+[a-z-]+){0,2},?(?:\s+where)?)\s*\Z"
)
"""Words before functions that are the same in this sentence: ``At the optimum $p = q$``."""
MOST = 9
"""The greatest size that a text speaks of by itself."""


def note_case(reading: Reading, found: Found, node: s.Relation, words: str) -> bool:
    """Whether a formula in running text says which size is meant in this sentence, or which functions are the same in
    it; then that is noted."""
    said = one_line(found.math.text if found.math is not None else "").strip(" .,;")
    more = _case(reading, node, words, said)
    if more is None:
        return False
    reading.only = reading.only.and_also(more)
    reading.note(found.place, f"a special case: {said}")
    return True


def behind(reading: Reading, texts: Sequence[str]) -> Only | None:
    """The case that formulas behind a claim restrict it to: ``$…$ for $K = 2$``; None if they say anything else."""
    only = Only()
    for text in texts:
        chain = next(iter(chains_of(text, reading.context)), None)
        node = chain.node if chain is not None else None
        more = _case(reading, node, "if", text) if isinstance(node, s.Relation) else None
        if more is None:
            return None
        only = only.and_also(more)
    return only if only.said else None


def _case(reading: Reading, node: s.Relation, words: str, said: str) -> Only | None:
    rules = (_size, _same, _same_everywhere)
    more = next((each for rule in rules if (each := rule(reading, node, words)) is not None), None)
    return None if more is None else replace(more, said=(said,))


def _size(reading: Reading, node: s.Relation, words: str) -> Only | None:
    match node:
        case s.Relation(first=s.Name(text=name), rest=(("=", s.Number(text=number)),)) if (
            name in reading.context.sizes and number.isdigit() and _CASE.search(words)
        ):
            size = int(number)
            return Only(sizes={name: size}) if reading.context.sizes[name] <= size <= MOST else None
    return None


def _same(reading: Reading, node: s.Relation, words: str) -> Only | None:
    if len(node.rest) != 1 or node.rest[0][0] not in ("=", "\\equiv") or not _SAME.search(words):
        return None
    one, other = s.key(node.first), s.key(node.rest[0][1])
    return Only(same={other: one}) if are_alike(one, other, reading.context) else None


def _same_everywhere(reading: Reading, node: s.Relation, words: str) -> Only | None:
    """``If $p(x) = q(x)$ for all $x$, …``."""
    match node:
        case s.Relation(
            first=s.Juxt(parts=(s.Node() as one, s.Group(bracket="(", items=(s.Name() as letter,)))),
            rest=(("=", s.Juxt(parts=(s.Node() as other, s.Group(bracket="(", items=(s.Name() as again,))))),),
        ) if s.key(letter) == s.key(again) and _EVERYWHERE.match(reading.words.after):
            bare = s.Relation(node.start, node.stop, one, (("=", other),))
            return _same(reading, bare, words)
    return None


_EVERYWHERE = re.compile(
    r"(?i)\s*,?\s*(?:for\s+(?:all|every|each|any|almost\s+every)\b|(?:almost\s+)?everywhere\b|identically\b)"
)


def end(reading: Reading) -> None:
    """A sentence is over: what was only said for it holds no longer, but for a claim that goes on with ``this is``."""
    if reading.only.said or len(reading.entries) > reading.only_before[1]:
        reading.only_before = (reading.only, len(reading.entries))
    reading.only = Only()


def here(reading: Reading, words: str) -> Only:
    """The special case that a claim is about; ``With $a = 0$ this is …`` goes on with that of the sentence before."""
    before = reading.only_before[0] if BECOMES.search(words) else Only()
    return before.and_also(reading.only)


def in_case(entry: Entry, only: Only) -> Entry:
    """A claim that is made in this case only. No correction of it is sought: that would be one for all cases."""
    what = entry.what
    start, context = entry.start, entry.context
    if only.sizes:
        what, start, context = at_sizes(what, only.sizes), at_sizes(start, only.sizes), context_at(context, only.sizes)
    if only.same:
        what, start, context = as_one(what, only.same), as_one(start, only.same), context_as_one(context, only.same)
    return replace(entry, what=what, start=start, context=context, written=None, only=only.said)


__all__ = ["behind", "end", "here", "in_case", "note_case"]
