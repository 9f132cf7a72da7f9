"""``\\sum_i a_i x_i`` in a text that never says how many there are: the letter counts from 1 to a length of its own.

Letters that stand in the same place below the same name count the same things. Where a text says anything of what one
of them counts, or has members with a number, nothing is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from derive.language.extents import Range

LENGTHS = ("n", "m", "K", "N", "M", "d", "p", "q", "r", "h", "R", "P", "Q", "H")
_USUAL = "ijklmnpq"
"""Letters that are indices where they stand below a name."""
_LETTER = r"[a-z]"
_LETTERS = rf"{_LETTER}(?: ,? ?{_LETTER})*"
_SUM = re.compile(
    rf"\\(?:sum|prod)(?: \\(?:no)?limits)? _ "
    rf"(?:(?P<alone>{_LETTER})|\{{ (?P<braced>{_LETTERS}|{_LETTER} \\neq? {_LETTER}) \}})"
    r"(?! \^)(?!\S)"
)
_NAME = (
    r"(?:\\(?:hat|bar|tilde|mathbf|boldsymbol|bm|vec|overline|widehat|mathrm|mathcal|mathsf) (?:\{ [^{}]+ \}|[^\s{}]+)|"
    r"\\[A-Za-z]+|[A-Za-z])"
)
_ONE = r"[^\s{}]+"
_BELOW = re.compile(
    rf"(?<!\S)(?P<name>{_NAME}) (?:_ (?:(?P<alone>{_ONE})|\{{ (?P<braced>[^{{}}]*) \}})|"
    r"\^ \{ \( (?P<above>[^{}()]*) \) \})(?!\S)"
)
_PAIR = re.compile(rf"_ \{{ ({_LETTER}) \\neq? ({_LETTER}) \}}")
_OPERATORS = frozenset(
    r"\sum \prod \max \min \int \bigcup \nabla \log \lim \exp \arg \limits \partial \mathbb \frac \left \right "
    r"\mathcal".split()
)
_CALL = re.compile(r"\( [^()=+]* \)")
"""What may be the arguments of a function."""
_COMPARED = re.compile(rf"(?<!\S)(?<!_ )(?<!\^ )(?P<one>{_LETTER}) (?:=|\\neq?) (?P<other>{_LETTER})(?!\S)")


@dataclass
class _Places:
    """Which letters stand in which places below names, and which letters may be anything else."""

    letters: dict[str, dict[str, None]] = field(default_factory=dict)
    spoilt: set[str] = field(default_factory=set)
    together: list[tuple[str, ...]] = field(default_factory=list)


def unbounded(
    texts: Sequence[str], everywhere: Sequence[str], known: Mapping[str, Range], taken: Sequence[str]
) -> list[tuple[tuple[str, ...], str]]:
    """Letters that sums bind without a word of what they run over, those that count the same thing together, each with
    a new length. ``texts`` are the formulas of a section (tokens with spaces between), ``everywhere`` all that the
    document says: its formulas, and its words.

    >>> section = ["w = \\\\sum _ i a _ i x _ i", "\\\\sum _ j a _ j"]
    >>> unbounded(section, section, {}, [])
    [(('i', 'j'), 'n')]
    >>> unbounded(section, [*section, "a _ 1 + a _ 2"], {}, []), unbounded(section, ["i = 1 , 2"], {}, [])
    ([], [])
    """
    bound = {letter for text in texts for match in _SUM.finditer(text) for letter in _listed(match)}
    if not bound:
        return []
    everywhere = tuple(everywhere)
    places = _places(everywhere)
    groups = _joined(places, texts)
    spelled, given = _spelled(everywhere), _given(everywhere)
    free = iter(each for each in LENGTHS if each not in spelled and each not in taken)
    found: list[tuple[tuple[str, ...], str]] = []
    for group in groups:
        if not bound & group or group & (given | {*taken} | known.keys()):
            continue
        below = [name for name, letters in places.letters.items() if group & letters.keys()]
        if not below or any(name in places.spoilt for name in below) or _has_entries(below, everywhere):
            continue
        if any(_stands_alone(each, texts) for each in group):
            continue
        length = next(free, "")
        if length:
            found.append((tuple(sorted(group)), length))
    return found


def beside_bound(
    texts: Sequence[str], everywhere: Sequence[str], known: Mapping[str, Range], taken: Sequence[str]
) -> dict[str, Range]:
    """Letters that stand free where an index stands, below the same name, and nowhere else: they count the same things.

    >>> from derive.language.extents import Extent
    >>> section = ["s _ j = e ^ { z _ j } / \\\\sum _ { k = 1 } ^ K e ^ { z _ k }"]
    >>> beside_bound(section, section, {"k": Range.upto(Extent.of("K"))}, []) == {"j": Range.upto(Extent.of("K"))}
    True
    """
    found: dict[str, Range] = {}
    for group in _joined(_places(tuple(texts)), texts):
        ranges = {known[letter] for letter in group if letter in known}
        if len(ranges) != 1 or group & {*taken}:
            continue
        paired = {
            letter for text in texts for pair in _PAIR.findall(text) for letter in pair
        }  # may be summed over, too
        new = sorted((group - known.keys() - paired) & {*_USUAL})
        if not any(_is_given(each, everywhere) or _stands_alone(each, texts) for each in new):
            found.update(dict.fromkeys(new, ranges.pop()))
    return found


@lru_cache(maxsize=2)
def _spelled(everywhere: tuple[str, ...]) -> frozenset[str]:
    """The tokens of a document, the same for each of its sections."""
    return frozenset(token for text in everywhere for token in text.split())


@lru_cache(maxsize=2)
def _given(everywhere: tuple[str, ...]) -> frozenset[str]:
    """The letters of which a document says what they count."""
    return frozenset(letter for letter in "abcdefghijklmnopqrstuvwxyz" if _is_given(letter, everywhere))


def _listed(match: re.Match[str]) -> list[str]:
    return re.findall(rf"(?<![\\A-Za-z]){_LETTER}(?![A-Za-z])", match["alone"] or match["braced"])


@lru_cache(maxsize=2)
def _places(texts: tuple[str, ...]) -> _Places:
    """What stands below names: each place has a name, with its number."""
    found = _Places()
    for text in texts:
        for name, items in _subscripts(text):
            row: list[str] = []
            for number, item in enumerate(items):
                place = f"{name}/{len(items)}/{number}"
                found.letters.setdefault(place, {})
                if re.fullmatch(_LETTER, item):
                    found.letters[place][item] = None
                    row.append(item)
                else:
                    found.spoilt.add(place)
            found.together.append(tuple(row))
    return found


def _subscripts(text: str) -> Iterator[tuple[str, list[str]]]:
    """Every name with something below it, or in brackets above it, and its parts."""
    for match in _BELOW.finditer(text):
        if match["name"] in _OPERATORS:
            continue
        if match["above"] is not None:
            yield f"{match['name']}^", [match["above"].strip()]
            continue
        inside = (match["alone"] or match["braced"]).strip()
        if re.fullmatch(_LETTERS, inside):
            yield match["name"], re.findall(_LETTER, inside)
        else:
            yield match["name"], [inside]


def _joined(places: _Places, texts: Sequence[str]) -> list[set[str]]:
    """Letters that count the same things: in one place below one name, or compared with each other."""
    links = [{*letters} for letters in places.letters.values()]
    links += [{match["one"], match["other"]} for text in texts for match in _COMPARED.finditer(text)]
    groups: list[set[str]] = []
    for link in links:
        if not link:
            continue
        apart = [group for group in groups if not group & link]
        groups = [*apart, link.union(*(group for group in groups if group & link))]
    return groups


def _has_entries(below: Sequence[str], everywhere: Sequence[str]) -> bool:
    """Whether what stands below these names counts entries of what a text has a name for, as often as that has any: of
    one that it says the space of, or computes with; or of each of them."""
    names = {name.partition("/")[0].rstrip("^").rsplit(" ", 1)[-1] for name in below}
    bare = {name: rf"(?:\\(?:mathbf|boldsymbol|bm|vec) (?:\{{ )?)?{re.escape(name)}(?: \}})?" for name in names}
    alone = [
        name for name in names if any(re.fullmatch(rf"{bare[name]}(?: [,;.])?", text.strip()) for text in everywhere)
    ]
    formulas = [_CALL.sub(" ", text) for text in everywhere]
    used = [
        re.compile(rf"(?<!\S){bare[name]} \\in(?!\S)|(?<!\S){re.escape(name)}(?! (?:_|\^ \{{? ?\())(?!\S)")
        for name in names
    ]
    matrices = {name.partition("/")[0] for name in below if "/2/" in name}  # a_{ij} beside A: entries of it
    used += [
        re.compile(rf"(?<!\S){name.upper()}(?! (?:_|\())(?!\S)") for name in matrices if re.fullmatch("[a-z]", name)
    ]
    return len(alone) == len(names) or any(
        wanted.search(text) for wanted in used for text in formulas if "=" in text or "\\in" in text
    )


def _is_given(letter: str, everywhere: Sequence[str]) -> bool:
    """Whether a text says something of what a letter counts: ``i = 1``, ``i \\in S``, ``1 \\le i``, ``index i``."""
    alone = rf"(?<!_ )(?<!\^ )(?<![A-Za-z\\_^]){letter}"
    said = re.compile(
        rf"{alone} ?(?:=|:=|\.\.) ?-?\d|{alone} (?:\\in|<|>|\\leq?|\\geq?)(?![a-z])|\\leq? {letter}(?!\S)|"
        rf"\bindex {letter}\b|\\in \\mathbb (?:\{{ )?R(?: \}})? \^ (?:\{{ )?{letter}(?!\S)"
    )
    return any(said.search(text) for text in everywhere)


def _stands_alone(letter: str, texts: Sequence[str]) -> bool:
    """Whether a letter stands anywhere but below names and sums, in brackets above names, and beside another index."""
    for text in texts:
        rest = _COMPARED.sub(" ", _SUM.sub(" ", text))
        rest = re.sub(r"_ (?:\{ [^{}]* \}|\S+)", " ", rest)
        rest = re.sub(r"\^ \{ \( [^{}]* \) \}", " ", rest)
        rest = re.sub(r"⟦[^⟧]*⟧", " ", rest)
        if re.search(rf"(?<!\S){letter}(?!\S)", rest) and text.strip() != letter:
            return True
    return False


__all__ = ["LENGTHS", "beside_bound", "unbounded"]
