"""What a verdict says, in sentences: scope, conditions, the witness of what is false, what would be right, and how."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from derive.language.claims import Claim
from derive.language.verdicts import Proved, Refuted, Undecided, Unread
from derive.render.latex import statement_to_latex
from derive.render.record import Result, condition_text
from derive.render.report.phrases import (
    Claimed,
    Code,
    Formula,
    Inline,
    Phrase,
    formula,
    joined,
    merged,
    prose,
    sentence,
    stopped,
    worded,
)
from derive.render.text import show_sizes

LAID_DOWN = {
    "definition": "a definition",
    "assumption": "an assumption from here on",
    "equation": "an equation to solve",
    "objective": "what is optimised",
}


_PLAIN = frozenset({"normal form", "shape inference", "matrix algebra"})
"""Evidence that tells a reader nothing about the line."""
_HEADS = {"Evidence": "How: ", "Found": "Found: "}


@dataclass(frozen=True)
class Correction:
    """The author's text and what it would be if it were right, and both as formulas; ``before`` is empty where only the
    latter is known."""

    before: str
    after: str
    wrong: Formula | Code
    right: Formula | Code

    def rows(self) -> tuple[tuple[str, str, Formula | Code], ...]:
        """What is taken away and what is put in its place, as there is: its sign, its text, its formula."""
        found = (("-", self.before, self.wrong), ("+", self.after, self.right))
        return tuple(row for row in found if row[1])


@dataclass(frozen=True)
class Counterexample:
    """A point, as names and values, and what both sides are worth there; ``note`` says what else differs."""

    point: tuple[tuple[Formula | Code, str], ...]
    left: str = ""
    right: str = ""
    note: Phrase = ()

    def sides(self) -> tuple[tuple[str, str | Phrase], ...]:
        """What the sides are worth, each with its name; in words where they are no value."""
        named = (("left", self.left), ("right", self.right))
        return tuple(
            (name, prose(worth) if "\\" in worth else worth) for name, worth in named if worth not in ("", "-")
        )


@dataclass(frozen=True)
class Told:
    """All there is to say of one claim. ``short`` is the verdict in a few words, ``sentences`` what belongs beside it,
    ``details`` what only a reader who wants to know more looks at."""

    word: str
    surprising: bool
    expected: str | None
    short: Phrase
    sentences: tuple[Phrase, ...] = ()
    witness: Counterexample | None = None
    correction: Correction | None = None
    details: tuple[tuple[str, Phrase], ...] = ()

    def telling(self) -> tuple[Phrase, ...]:
        """The details that help to follow the line: the moves of the proof, and what it had to find."""
        told = [(name, phrase) for name, phrase in self.details if name in ("Evidence", "Found")]
        return tuple(
            merged([_HEADS[name], *stopped(phrase)]) for name, phrase in told if not _PLAIN.issuperset(map(str, phrase))
        )


def alike(one: Told, other: Told) -> bool:
    """Whether two proved lines are told in the same words, so that they may be told together."""
    said = [(each.short, each.sentences, each.telling()) for each in (one, other)]
    return one.word == other.word == "proved" and said[0] == said[1]


def tell(
    result: Result,
    claim: Claim | None,
    corrected: Correction | None,
    beside: int | None,
    numbers: Mapping[int, int],
) -> Told:
    """What is told of a result; ``beside`` is the number of the line that states what is right, ``numbers`` are
    those of what is false on the lines of its file."""
    short, said = _verdict(result, numbers)
    if result.part:
        proved = isinstance(result.verdict, Proved)
        short = merged([*short, ": ", *worded(result.part)] if proved else [*worded(result.part), "; ", *short])
    if isinstance(result.verdict, Refuted) and beside is not None:
        said.append(("What is right is stated in ", Claimed(beside), "."))
    if result.word == "refuted" and result.follows_from_start:
        said.append(("It does not follow from the line above, but is right.",))
    if result.word == "proved" and result.follows_from_start is False:
        said.append(("It follows from a line that was already wrong.",))
    witness = _counterexample(result.verdict, short) if isinstance(result.verdict, Refuted) else None
    return Told(
        result.word,
        result.surprising,
        result.expected,
        short,
        tuple(said),
        witness,
        corrected,
        tuple(_details(result, claim)),
    )


def _verdict(result: Result, numbers: Mapping[int, int]) -> tuple[Phrase, list[Phrase]]:
    """The verdict in a few words, and the sentences that belong to it."""
    match result.verdict:
        case Proved(scope, conditions, untested=untested):
            laid_down = LAID_DOWN.get(result.kind)
            parts: list[Inline] = [laid_down or f"for {scope if isinstance(scope, str) else show_sizes(scope)}"]
            if conditions:
                parts += [", provided ", *joined([formula(condition_text(each)) for each in conditions])]
            said = [_given(result.given)] if result.given else []
            said += [sentence(merged(["not tested in numbers: ", *prose(untested)]))] if untested else []
            said += [("It was expected to be refuted.",)] if result.expected == "refuted" else []
            return merged(parts), said
        case Refuted(witness, reason=reason):
            why = _carried(reason, numbers) or prose(reason)
            if result.expected == "refuted" and result.note:
                return prose(result.note, latex=False), [sentence(why)] if reason else []
            return why or prose(witness.note or "there is an allowed point at which the two sides differ"), []
        case Undecided(reason) | Unread(reason):
            return prose(reason), [sentence(prose(each)) for each in result.readings]


def _carried(reason: str, numbers: Mapping[int, int]) -> Phrase:
    """Of which numbered line a refuted one is a consequence, where that is why."""
    found = _OF_LINE.fullmatch(reason)
    number = numbers.get(int(found["line"])) if found is not None else None
    return () if found is None or number is None else (found["before"], Claimed(number), found["after"])


_OF_LINE = re.compile(r"(?P<before>it follows from )line (?P<line>\d+)(?P<after>, which is false)")


def _given(given: Sequence[str]) -> Phrase:
    return sentence(merged(["given ", *joined([formula(each) for each in given])]))


def _counterexample(refuted: Refuted, told: Phrase) -> Counterexample:
    """The point and what the sides are there; ``told`` is the verdict as it is told beside it."""
    witness = refuted.witness
    said = not witness.note or witness.note in refuted.reason or prose(witness.note) == told
    point = [(formula(name), str(size)) for name, size in witness.sizes.items()]
    point += [(formula(name), value_text(value)) for name, value in witness.values.items()]
    return Counterexample(tuple(point), witness.left, witness.right, () if said else prose(witness.note))


def value_text(value: object) -> str:
    """A value of a witness as it is printed: nested lists in brackets."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(value_text(item) for item in value)}]"
    return str(value)


_LETTER = re.compile(r"\b(for|by|over|at|to) ([A-Za-z](?:[+-]1)?)(?![\w\\\\{^])")


def _evidence(text: str) -> Phrase:
    """The moves of a proof; a letter that a move is about is a formula too."""
    out: list[Inline] = []
    at = 0
    for found in _LETTER.finditer(text):
        out += [*prose(text[at : found.start(2)]), formula(found[2])]
        at = found.end()
    return merged([*out, *prose(text[at:])])


def _details(result: Result, claim: Claim | None) -> list[tuple[str, Phrase]]:
    """How it was proved, what the proof had to find, and how the text was read."""
    out: list[tuple[str, Phrase]] = []
    if isinstance(result.verdict, Proved):
        if result.verdict.evidence:
            out.append(("Evidence", _evidence(result.verdict.evidence)))
        found = [merged([f"{what} ", formula(condition_text(value))]) for what, value in result.verdict.found]
        out += [("Found", each) for each in found]
    if claim is not None and claim.text:
        understood = claim.readings or (claim.statement,)
        out += [("Read as", (formula(statement_to_latex(each)),)) for each in understood]
    return out
