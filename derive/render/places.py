"""Results of documents as a compiler prints them: place, verdict, the line with a caret, the counterexample."""

from __future__ import annotations

from derive.language.verdicts import Proved, Refuted, Undecided, Unread
from derive.render.record import Report, Result, condition_text, short_path
from derive.render.text import PLAIN, Style, correction, summary_line, witness_lines

_WIDEST = 160
_GIVEN = 60
LAID_DOWN = {
    "definition": "a definition",
    "assumption": "an assumption from here on",
    "equation": "an equation to solve",
    "objective": "what is optimised",
}
"""What is not claimed but laid down: it only has to make sense."""


def to_text(report: Report, style: Style = PLAIN, statistics: bool = False) -> str:
    """Every result at its place; with a quiet style only those that were not expected. Nothing if there is nothing."""
    if not report.results and report.failures:
        return ""
    lines: list[str] = []
    for result in report.results:
        if result.surprising or not style.quiet:
            lines += result_lines(result, style)
    if report.notes and not style.quiet:
        lines += ["", "inferred:", *(f"  {note}" for note in report.notes)]
    if statistics:
        lines += ["", *statistics_lines(report)]
    if not style.quiet or report.exit_status():
        lines += [*([""] if lines else []), summary_line(report)]
    return "\n".join(lines)


def _given(result: Result) -> list[str]:
    """The equation that a step starts from, and of how many more it makes use."""
    if not result.given:
        return []
    first = result.given[0] if len(result.given[0]) <= _GIVEN else result.given[0][: _GIVEN - 1] + "…"
    more = len(result.given) - 1
    return [f"given {first}" + (f" and {more} more" if more else "")]


def result_lines(result: Result, style: Style) -> list[str]:
    """One result: a line, and below it what a reader needs to see why."""
    place = style.paint("bold", f"{short_path(result.file)}:{result.line}:{result.column}:")
    head = f"{place} {style.paint(result.word, result.word)}"
    match result.verdict:
        case Proved(scope, conditions, untested=untested):
            sizes = scope if isinstance(scope, str) else ", ".join(f"{name} = {size}" for name, size in scope.items())
            facts = [LAID_DOWN.get(result.kind, sizes), *filter(None, [result.part]), *_given(result)]
            facts += [f"if {', '.join(condition_text(each) for each in conditions)}"] if conditions else []
            facts += ["not tested in numbers"] if untested else []
            facts += ["but was expected to be refuted"] if result.expected == "refuted" else []
            facts += ["follows from a line that was already wrong"] if result.follows_from_start is False else []
            return [f"{head}: {', '.join(facts)}", *(excerpt(result) if result.surprising else [])]
        case Refuted(witness, _, reason):
            head += " (as expected)" if not result.surprising else ""
            right = "does not follow from the line above, but is right" if result.follows_from_start else ""
            lines = [
                f"{head}: {'; '.join(filter(None, [result.statement, result.part, reason, right]))}",
                *excerpt(result),
            ]
            lines += [f"    {line}" for line in witness_lines(witness)]
            return [*lines, *(f"    {line}" for line in correction(result.verdict, style))]
        case Undecided(reason) | Unread(reason):
            return [
                f"{head}: {'; '.join(filter(None, [result.part, reason]))}",
                *excerpt(result),
                *(f"    {each}" for each in result.readings),
            ]


def explained(result: Result, style: Style) -> str:
    """What there is to say of what could not be read."""
    return "\n".join(result_lines(result, style))


def excerpt(result: Result) -> list[str]:
    """The line of the source and a caret below the place; a long line is cut around it."""
    text, at = result.excerpt, result.column - 1
    if not text.strip():
        return []
    cut = max(0, min(at - _WIDEST // 3, len(text) - _WIDEST))
    shown = text[cut : cut + _WIDEST]
    lead = "…" if cut else ""
    tail = "…" if cut + _WIDEST < len(text) else ""
    blank = "".join("\t" if character == "\t" else " " for character in shown[: at - cut])
    return [f"    {lead}{shown}{tail}", f"    {' ' * len(lead)}{blank}^"]


def statistics_lines(report: Report) -> list[str]:
    """How much was declared, inferred and judged."""
    counts = dict(report.statistics)
    steps = counts.get("steps", 0)
    ratio = f"{counts.get('declaration_lines', 0) / steps:.2f} declaration lines a step" if steps else "no steps"
    shown = ", ".join(f"{number} {name.replace('_', ' ')}" for name, number in counts.items())
    return [f"statistics: {shown}; {ratio}"]
