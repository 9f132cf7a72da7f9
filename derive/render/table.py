"""Results as an HTML table without a style sheet, as notebooks show an object."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from derive.language.verdicts import Proved, Refuted, Undecided, Unread
from derive.render.formulas.mathml import to_mathml
from derive.render.record import Report, Result, condition_text, short_path
from derive.render.report.phrases import Formula, formula
from derive.render.text import correction, show_sizes, summary_line, witness_lines

_COLOURS = {"proved": "#17692f", "refuted": "#b3261e", "undecided": "#8a5a00", "unread": "#6b3fa0"}
_LEFT = 'style="text-align: left; vertical-align: top"'


def report_table(report: Report) -> str:
    """All results, what could not be used, and how many there are of each kind."""
    failures = "".join(f"<p>{escape(failure)}</p>" for failure in report.failures)
    return f"{failures}{results_table(report.results)}<p>{escape(summary_line(report))}</p>"


def results_table(results: Sequence[Result]) -> str:
    """A row for each result: the verdict, where it is stated, what is stated, and why."""
    rows = "".join(_row(result) for result in results)
    heads = "".join(f'<th scope="col" {_LEFT}>{name}</th>' for name in ("verdict", "where", "statement", "why"))
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>" if results else ""


def _row(result: Result) -> str:
    word = f'<strong style="color: {_COLOURS[result.word]}">{result.word}</strong>'
    expected = " (as expected)" if result.expected == "refuted" and not result.surprising else ""
    place = f"{short_path(result.file)}:{result.line}" if result.file else result.id
    why = "<br>".join(escape(line) for line in _why(result))
    cells = (word + expected, escape(place), _set(result.statement), why)
    return f"<tr>{''.join(f'<td {_LEFT}>{cell}</td>' for cell in cells)}</tr>"


def _set(statement: str) -> str:
    """A statement as a formula; as it was written where it cannot be set."""
    found = formula(statement)
    return to_mathml(found.row) if isinstance(found, Formula) else f"<code>{escape(statement)}</code>"


def _why(result: Result) -> list[str]:
    match result.verdict:
        case Proved(scope, conditions):
            lines = [scope if isinstance(scope, str) else f"for {show_sizes(scope)}"]
            return lines + [f"if {condition_text(each)}" for each in conditions]
        case Refuted(witness, _, reason):
            return [*filter(None, [reason]), *witness_lines(witness), *correction(result.verdict)]
        case Undecided(reason) | Unread(reason):
            return [reason]
