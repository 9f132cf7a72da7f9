"""What a report says, before any format: givens and steps in order, verdicts in words, what was taken for granted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from inspect import cleandoc
from itertools import groupby

from derive.language.claims import Claim
from derive.language.verdicts import Proved, Refuted
from derive.render.figures.drawing import Drawing
from derive.render.formulas import marks
from derive.render.formulas.formula import FormulaError, read_formula
from derive.render.formulas.tex import to_tex
from derive.render.formulas.tree import Mark, Row, Sized
from derive.render.record import VERDICTS, Result, condition_text
from derive.render.report.given import PROPERTIES, Given, changes, laid_down
from derive.render.report.phrases import (
    Code,
    Formula,
    Inline,
    Phrase,
    dollars,
    formula,
    joined,
    merged,
    prose,
    sentence,
    worded,
)
from derive.render.report.telling import Correction, Told, alike, tell

_ALIGNED = frozenset("= < > \\le \\leq \\ge \\geq \\ne \\neq \\approx \\in \\propto \\sim \\succ \\succeq".split())


@dataclass(frozen=True)
class Line:
    """One claim: its number in the report, how it is written, and what is told of it. In a chain, ``left`` is empty
    where the line goes on from the one above. ``row`` is ``None`` where the text cannot be set; then ``text`` is
    shown."""

    number: int
    id: str
    text: str
    row: Row | None
    left: Row | None
    right: Row | None
    told: Told
    file: str
    line: int

    @property
    def word(self) -> str:
        """The verdict in one word."""
        return self.told.word


@dataclass(frozen=True)
class Step:
    """A claim, or the claims of a chain, with the passage they come from."""

    name: str
    passage: Phrase
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of the document, where it stands; ``depth`` is 1 for a section."""

    text: Phrase
    depth: int = 1


Part = Given | Step | Heading


@dataclass(frozen=True)
class Page:
    """The report on one derivation. ``about`` is its introduction, ``conditions`` what must hold for which lines,
    ``assumed`` what its author did not say and was taken for granted."""

    name: str
    title: str
    source: Phrase
    file: str
    about: tuple[Phrase, ...]
    parts: tuple[Part, ...]
    conditions: tuple[tuple[Formula | Code, tuple[int, ...]], ...] = ()
    assumed: tuple[Phrase, ...] = ()
    document: bool = False
    figures: tuple[Drawing, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(line for part in self.parts if isinstance(part, Step) for line in part.lines)

    def counts(self) -> dict[str, int]:
        """How many verdicts of each kind there are."""
        words = [line.word for line in self.lines]
        return {word: words.count(word) for word in VERDICTS if word in words}

    def surprises(self) -> tuple[Line, ...]:
        """The lines whose verdict is not the expected one."""
        return tuple(line for line in self.lines if line.told.surprising)


@dataclass(frozen=True)
class Material:
    """What a report is made from: results in order, the claim of each (``None`` for what was not read)."""

    name: str
    title: str
    file: str
    results: Sequence[Result]
    claims: Mapping[str, Claim]
    source: str = ""
    about: str = ""
    notes: Sequence[str] = ()
    document: bool = False
    figures: Sequence[Drawing] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    headings: Sequence[tuple[int, int, str]] = ()
    """The headings of a document: line, depth, text."""
    written_out: Callable[[str], str] = str
    """What a text of the document is without its author's macros."""


def page_of(material: Material) -> Page:
    """The report on what was judged."""
    results = material.results
    numbers = {result.id: number for number, result in enumerate(results, start=1)}
    givens = _givens(material)
    parts: list[Part] = []
    waiting = list(material.headings)
    for _, group in groupby(results, key=_stem):
        own = list(group)
        while waiting and own[0].file == material.file and waiting[0][0] <= own[0].line:
            _, depth, text = waiting.pop(0)
            parts.append(Heading(dollars(text), depth))
        for each in own:
            parts += givens.get(each.id, ())
        for bundle in _bundles([_line(each, numbers, material) for each in own]):
            first = next(each for each in own if each.id == bundle[0].id)
            parts.append(Step(_short(_stem(first), material.name), prose(first.source, latex=False), bundle))
    return Page(
        material.name,
        material.title,
        prose(material.source, latex=False),
        material.places.get(material.file, material.file),
        _paragraphs(material.about),
        tuple(
            part for part, following in zip(parts, [*parts[1:], None], strict=False) if not _is_empty(part, following)
        ),
        _conditions(results, numbers),
        tuple(_noted(note, material.places) for note in material.notes),
        material.document,
        tuple(material.figures),
    )


def _is_empty(part: Part, following: Part | None) -> bool:
    """Whether a heading has nothing below it: the next one is no deeper."""
    return isinstance(part, Heading) and isinstance(following, Heading) and following.depth <= part.depth


def _stem(result: Result) -> str:
    """The name of the claim, or of the chain that it is a link of."""
    stem, _, last = result.id.rpartition(".")
    return stem if last.isdigit() and stem.startswith(f"{result.derivation}.") else result.id


def _short(name: str, derivation: str) -> str:
    return name.removeprefix(f"{derivation}.")


def _givens(material: Material) -> dict[str, list[Given]]:
    known = [material.claims[result.id] for result in material.results if result.id in material.claims]
    found = changes([claim.context for claim in known], laid_down(known))
    return {claim.id: given for claim, given in zip(known, found, strict=True)}


# -- lines -------------------------------------------------------------------------------------------------------------
def _line(result: Result, numbers: Mapping[str, int], material: Material) -> Line:
    text = result.statement.strip() or result.excerpt.strip()
    try:
        row = read_formula(text) if result.statement.strip() else None
    except FormulaError:
        row = None
    left, right = _sides(row) if row is not None else (None, None)
    corrected = _corrected(result, material)
    beside = numbers.get(f"{result.id}_corrected")
    false = (each for each in reversed(material.results) if each.file == result.file and each.word == "refuted")
    told = tell(
        result, material.claims.get(result.id), corrected, beside, {each.line: numbers[each.id] for each in false}
    )
    file = material.places.get(result.file, result.file)
    return Line(numbers[result.id], result.id, text, row, left, right, told, file, result.line)


def _corrected(result: Result, material: Material) -> Correction | None:
    """What would be right: what the search found, else what the author states beside it, by its name."""
    if not isinstance(result.verdict, Refuted):
        return None
    if result.verdict.suggestion is not None:
        after = condition_text(result.verdict.suggestion)
        return _correction(result.verdict.instead_of or _right_side(result.statement, after), after, material)
    beside = next((each for each in material.results if each.id == f"{result.id}_corrected"), None)
    if beside is None or beside.word != "proved" or beside.statement == result.statement:
        return None  # or it is what is given that is corrected
    return _correction(result.statement, beside.statement, material)


def _right_side(statement: str, after: str) -> str:
    """What a correction of the right side takes the place of, as the marks of that side; nothing where the correction
    is no such side, or there is none."""
    try:
        (_, right), (left, _) = (_sides(read_formula(each)) for each in (statement, after))
    except FormulaError:
        return ""
    return to_tex(Row(right.items[1:])) if len(right.items) > 1 and not left.items else ""


def _correction(before: str, after: str, material: Material) -> Correction:
    return Correction(before, after, *(formula(material.written_out(each)) for each in (before, after)))


def _sides(row: Row) -> tuple[Row, Row]:
    """What stands before the first relation, and the rest with its sign; what has none stands at the right."""
    depth = 0
    for at, item in enumerate(row.items):
        kind = item.kind if isinstance(item, Mark) else ""
        if isinstance(item, Sized):
            kind = {"l": marks.OPEN, "r": marks.CLOSE}.get(item.size[-1], "")
        depth += {marks.OPEN: 1, marks.CLOSE: -1}.get(kind, 0)
        if depth <= 0 and at and isinstance(item, Mark) and item.text in _ALIGNED:
            return Row(row.items[:at]), Row(row.items[at:])
    return Row(()), row


def _bundles(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Lines that go on from one another, together: the right side of each is the left side of the next."""
    out: list[list[Line]] = []
    for line in lines:
        above = out[-1][-1] if out else None
        if above is not None and _goes_on(above, line):
            out[-1].append(replace(line, left=None))
        else:
            out.append([line])
    return [tuple(bundle) for bundle in out]


def _goes_on(above: Line, line: Line) -> bool:
    if above.right is None or line.left is None or not line.left.items:
        return False
    return above.right.items[1:] == line.left.items


# -- what belongs to the whole report ----------------------------------------------------------------------------------
def _conditions(
    results: Sequence[Result], numbers: Mapping[str, int]
) -> tuple[tuple[Formula | Code, tuple[int, ...]], ...]:
    """Every condition, with the lines that it is a condition of."""
    found: dict[str, list[int]] = {}
    for result in results:
        if isinstance(result.verdict, Proved):
            for condition in result.verdict.conditions:
                found.setdefault(condition_text(condition), []).append(numbers[result.id])
    return tuple((formula(text), tuple(own)) for text, own in found.items())


_PLACE = re.compile(r"(?P<file>\S+?):(?P<line>\d+): (?P<rest>.*)\Z", re.DOTALL)
_RANGE = re.compile(r"(?<!\.)\.\.(?!\.)")
_PROPERTY = re.compile(r"(?<=[ })])(?:posdef|psd|onehot|nonnegative)(?= |\Z)")
"""Words of declarations that are told in full; the others are words already."""
_DECLARED = re.compile(
    r"(?P<word>function|let|assume|index|size|component|alias|opaque|name) (?P<rest>.*)\Z", re.DOTALL
)


def _noted(note: str, places: Mapping[str, str]) -> Phrase:
    """What was taken for granted, with the line that it was taken from."""
    match = _PLACE.match(note)
    place = f" (line\u00a0{match['line']})" if match else ""
    text = match["rest"] if match else note
    out: list[Inline] = []
    for number, declaration in enumerate(re.split(r" ; |\s*\n\s*", text)):
        head = _DECLARED.match(declaration)
        said = _RANGE.sub(r", \\dots, ", head["rest"] if head else declaration)
        said = _PROPERTY.sub(lambda found: PROPERTIES[found[0]], said)
        out += ["; "] if number else []
        out += [f"{head['word']} " if head else "", *worded(said)]
    return merged([*out, place])


_SPACED = re.compile(r" {2,}")


def _paragraphs(text: str) -> tuple[Phrase, ...]:
    """An introduction, in paragraphs; what is set apart by an indent keeps its lines."""
    out: list[Phrase] = []
    for block in re.split(r"\n\s*\n", cleandoc(text)):
        rows = block.splitlines() if block.startswith(" ") else [" ".join(block.split())]
        out += [prose(_SPACED.sub("\u2003", row.strip()), latex=False) for row in rows if row.strip()]
    return tuple(out)


def told_together(lines: Sequence[Line]) -> list[tuple[Line, ...]]:
    """Neighbours of which the same is said, together."""
    out: list[list[Line]] = []
    for line in lines:
        if out and alike(out[-1][-1].told, line.told):
            out[-1].append(line)
        else:
            out.append([line])
    return [tuple(group) for group in out]


__all__ = [
    "Given",
    "Heading",
    "Line",
    "Material",
    "Page",
    "Part",
    "Step",
    "joined",
    "page_of",
    "sentence",
    "told_together",
]
