"""Results as a page to read and to compare: each claim with its passage, statement and verdict; no times, no places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.verdicts import Proved, Refuted, Undecided, Unread
from derive.render.record import VERDICTS, Report, Result, condition_text
from derive.render.text import against_start, show_sizes, witness_lines

_MARKS = re.compile(r"([\\`*_<\[|])")


def to_markdown(report: Report) -> str:
    """The whole report: a table of the derivations, then each with its claims in the order of the proof."""
    lines = ["# Verdicts", "", f"{_counted(report.results)}.", "", *_table(report), ""]
    for name, title in report.titles.items():
        lines += [f"## {name}", "", _plain(title), ""]
        for result in _own(report, name):
            lines += _claim(result)
    return "\n".join(lines).rstrip()


def _own(report: Report, name: str) -> list[Result]:
    return [result for result in report.results if result.derivation == name]


def _table(report: Report) -> list[str]:
    """How many verdicts of each kind every derivation has."""
    words = [word for word, count in report.summary().items() if count]
    lines = [f"| derivation | {' | '.join(words)} |", f"|---|{'---:|' * len(words)}"]
    for name in report.titles:
        found = [result.word for result in _own(report, name)]
        anchor = name.replace("/", "")
        lines.append(f"| [{name}](#{anchor}) | {' | '.join(str(found.count(word) or '') for word in words)} |")
    return lines


def _counted(results: Sequence[Result]) -> str:
    found = [result.word for result in results]
    parts = [f"{found.count(word)} {word}" for word in VERDICTS if word in found]
    surprising = [f"`{result.id}`" for result in results if result.surprising]
    told = f"not as expected: {', '.join(surprising)}" if surprising else "every verdict is the expected one"
    return f"{len(results)} claims: {', '.join(parts)}; {told}"


def _claim(result: Result) -> list[str]:
    """One claim: its name and verdict, the passage, the statement, and what the verdict says."""
    source = [_plain(result.source), ""] if result.source else []
    lines = [f"### {result.id}: {result.word}", "", *source, "```math", result.statement, "```", ""]
    told = [*_verdict(result), *(f"The line {_plain(text)}." for text in against_start(result))]
    return [*lines, *(line for text in told for line in (text, ""))]


def _verdict(result: Result) -> list[str]:
    match result.verdict:
        case Proved(scope, conditions, untested=untested):
            where = f"For {scope if isinstance(scope, str) else show_sizes(scope)}"
            wanted = [f"$`{condition_text(each)}`$" for each in conditions]
            told = [f"{where}, provided {', '.join(wanted)}." if wanted else f"{where}."]
            return told + ([f"Not tested in numbers: {_plain(untested)}."] if untested else [])
        case Refuted(witness, suggestion, reason):
            lines = [f"Known to be false: {_plain(result.note)}."] if result.expected == "refuted" else []
            lines += [_sentence(reason)] if reason else []
            lines += ["\n".join(f"- `{line}`" for line in witness_lines(witness))]
            return lines + ([f"True would be $`{condition_text(suggestion)}`$."] if suggestion else [])
        case Undecided(reason) | Unread(reason):
            return [_sentence(reason)]


def _sentence(text: str) -> str:
    return f"{_plain(text[:1].upper() + text[1:])}."


def _plain(text: str) -> str:
    """Text in which nothing is taken as a mark."""
    return _MARKS.sub(r"\\\1", text)
