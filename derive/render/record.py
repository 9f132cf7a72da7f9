"""What is told of one claim: the record that every format shows, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from string import ascii_uppercase
from typing import Any, Literal

from derive.language.claims import (
    Claim,
    Compare,
    Equal,
    HasShape,
    Misshapen,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
)
from derive.language.terms import Term
from derive.language.verdicts import Proved, Refuted, Undecided, Unread, Verdict, Witness
from derive.render.latex import statement_to_latex, to_latex

FORMAT = 1
"""The version of the JSON records; it grows when a field changes its meaning or goes."""

INTERRUPTED = 130
"""The exit status after Ctrl-C, as shells have it."""

VERDICTS = ("proved", "refuted", "undecided", "unread")

KINDS: Mapping[type, str] = {
    Equal: "equality",
    Compare: "comparison",
    Step: "step",
    Optimum: "optimum",
    SameOptimum: "same_optimum",
    HasShape: "shape",
    PositiveSemidefinite: "psd",
    Value: "value",
    Misshapen: "equality",
}


def kind_of(statement: Statement) -> str:
    """What kind of claim this is, in one word; of what is laid down, what it is."""
    return statement.role if isinstance(statement, WellDefined) else KINDS[type(statement)]


@dataclass(frozen=True)
class Result:
    """A claim's verdict, with what a reader needs to find and judge it.

    ``derivation`` and ``source`` say where it belongs and which passage it encodes, ``note`` why its author expects a
    refutation. ``follows_from_start`` is, in a chain, whether the line holds against the chain's first side.
    ``contradiction`` marks a claim both proved and refuted; ``cut`` one whose judging was cut off, by a limit or by an
    interrupt. ``excerpt`` is the line of the document it was read from,
    ``readings`` what its text may mean, where that makes a difference; ``given`` the equations that a step of a
    document starts from: it is proved where they hold. ``part`` is the part of its line that is claimed, in words.
    """

    id: str
    derivation: str
    file: str
    line: int
    column: int
    kind: str
    statement: str
    verdict: Verdict
    seconds: float
    expected: str | None = None
    note: str = ""
    source: str = ""
    follows_from_start: bool | None = None
    contradiction: bool = False
    cut: Literal["", "limit", "interrupt"] = ""
    excerpt: str = ""
    readings: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    part: str = ""

    @property
    def word(self) -> str:
        """The verdict in one word."""
        return word_of(self.verdict)

    @property
    def surprising(self) -> bool:
        """Whether the verdict is not the expected one."""
        return self.contradiction or self.word != (self.expected or "proved")

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from derive.render.table import results_table

        return results_table([self])


@dataclass(frozen=True)
class Report:
    """The results of a run in order; ``titles`` names each derivation, ``failures`` what could not be used at all.

    ``notes`` says what was taken for granted without being declared; ``statistics`` counts, for documents, the lines
    of declarations, the judged steps, the sides read and what was not read; ``left`` how many claims an interrupt left
    without a verdict.
    """

    results: tuple[Result, ...]
    titles: Mapping[str, str] = field(default_factory=dict)
    failures: tuple[str, ...] = ()
    seconds: float = 0.0
    notes: tuple[str, ...] = ()
    statistics: Mapping[str, int] = field(default_factory=dict)
    left: int = 0

    def summary(self) -> dict[str, int]:
        """How many verdicts of each kind."""
        words = [result.word for result in self.results]
        return {word: words.count(word) for word in VERDICTS}

    def exit_status(self) -> int:
        """0 all as expected, 1 not so, 2 something could not be used, 3 a contradiction (a bug of this program), 130 an
        interrupt."""
        if any(result.contradiction for result in self.results):
            return 3
        if self.left:
            return INTERRUPTED
        if self.failures:
            return 2
        return 1 if any(result.surprising for result in self.results) else 0

    def _repr_html_(self) -> str:
        """How a notebook shows it."""
        from derive.render.table import report_table

        return report_table(self)


def as_far_as_judged(report: Report) -> Report:
    """A report on those results that have a verdict; what an interrupt left without one is counted."""
    judged = tuple(result for result in report.results if result.cut != "interrupt")
    return replace(report, results=judged, left=len(report.results) - len(judged))


def result_of(claim: Claim, verdict: Verdict, seconds: float) -> Result:
    """The record of a claim and its verdict."""
    return Result(
        id=claim.id,
        derivation=claim.id.partition(".")[0],
        file=claim.file,
        line=claim.line,
        column=claim.column,
        kind=kind_of(claim.statement),
        statement=claim.text or statement_to_latex(claim.statement),
        verdict=verdict,
        seconds=seconds,
        expected=claim.expect,
        note=claim.reason,
        source=claim.source,
        readings=_readings(claim) if isinstance(verdict, Undecided) else (),
        given=_given(claim, verdict),
        part=claim.part,
    )


def _given(claim: Claim, verdict: Verdict) -> tuple[str, ...]:
    """What a step of a document is judged under, beyond what is declared: nobody wrote it beside that line. Nothing, if
    its conclusion needs nothing of it."""
    if not isinstance(claim.statement, Step) or not claim.text:
        return claim.only
    if isinstance(verdict, Proved) and verdict.everywhere:
        return claim.only
    return (*claim.only, *(to_latex(relation) for relation in claim.statement.hypotheses))


def _readings(claim: Claim) -> tuple[str, ...]:
    """The readings of a statement, lettered; brackets are written where the readings differ."""
    return tuple(
        f"{letter}: {statement_to_latex(each)}" for letter, each in zip(ascii_uppercase, claim.readings, strict=False)
    )


def condition_text(condition: Term | str) -> str:
    """A condition of a proof, or a repair, as LaTeX."""
    return condition if isinstance(condition, str) else to_latex(condition)


def word_of(verdict: Verdict) -> str:
    """``proved``, ``refuted``, ``undecided`` or ``unread``."""
    match verdict:
        case Proved():
            return "proved"
        case Refuted():
            return "refuted"
        case Undecided():
            return "undecided"
        case Unread():
            return "unread"


def short_path(file: str) -> str:
    """A path as short as it can be said from the working folder."""
    path, here = Path(file), Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else file


# -- JSON --------------------------------------------------------------------------------------------------------------
def verdict_to_json(verdict: Verdict) -> dict[str, Any]:
    """A verdict as plain data."""
    word = {"verdict": word_of(verdict)}
    match verdict:
        case Proved(scope, conditions, evidence, found, untested, on_lines, everywhere):
            plain = scope if isinstance(scope, str) else dict(scope)
            return {
                **word,
                "scope": plain,
                "conditions": [condition_text(each) for each in conditions],
                "evidence": evidence,
                "found": [[what, condition_text(value)] for what, value in found],
                "reason": f"not tested in numbers: {untested}" if untested else "",
                "untested": untested,
                "on_lines": on_lines,
                **({"everywhere": True} if everywhere else {}),
            }
        case Refuted(witness, suggestion, reason, instead_of):
            return {
                **word,
                "witness": _witness_to_json(witness),
                "suggestion": None if suggestion is None else condition_text(suggestion),
                "reason": reason,
                "instead_of": instead_of,
            }
        case Undecided(reason) | Unread(reason):
            return {**word, "reason": reason}


def verdict_from_json(data: Mapping[str, Any]) -> Verdict:
    """The verdict again; ``KeyError`` or ``TypeError`` where the data is not one."""
    match data["verdict"]:
        case "proved":
            found = tuple((what, value) for what, value in data["found"])
            return Proved(
                data["scope"],
                tuple(data["conditions"]),
                data["evidence"],
                found,
                data["untested"],
                data["on_lines"],
                data.get("everywhere", False),
            )
        case "refuted":
            return Refuted(Witness(**data["witness"]), data["suggestion"], data["reason"], data["instead_of"])
        case "undecided":
            return Undecided(data["reason"])
        case "unread":
            return Unread(data["reason"])
    raise KeyError(data["verdict"])


def _witness_to_json(witness: Witness) -> dict[str, Any]:
    return {
        "sizes": dict(witness.sizes),
        "values": {name: _plain(value) for name, value in witness.values.items()},
        "left": witness.left,
        "right": witness.right,
        "note": witness.note,
    }


def _plain(value: object) -> object:
    """Nested lists of texts and numbers, for values that may be tuples."""
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float) else str(value)


def record(result: Result) -> dict[str, Any]:
    """One result as in ``results`` of the JSON output."""
    data = verdict_to_json(result.verdict)
    return {
        "id": result.id,
        "file": short_path(result.file),
        "line": result.line,
        "column": result.column,
        "kind": result.kind,
        "statement": result.statement,
        "verdict": data["verdict"],
        "scope": data.get("scope"),
        "conditions": data.get("conditions", []),
        "reason": data.get("reason") or None,
        "suggestion": data.get("suggestion"),
        "witness": data.get("witness"),
        "follows_from_start": result.follows_from_start,
        "expected": result.expected,
        "seconds": round(result.seconds, 6),
        **({"readings": list(result.readings)} if result.readings else {}),
        **({"given": list(result.given)} if result.given else {}),
        **({"part": result.part} if result.part else {}),
        **({"replaces": data["instead_of"]} if data.get("instead_of") else {}),
    }


def slowest(results: Sequence[Result], count: int) -> list[Result]:
    """The results that took longest, longest first."""
    return sorted(results, key=lambda result: -result.seconds)[:count]
