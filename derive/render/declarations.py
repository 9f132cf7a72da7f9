"""Suggested declarations as comments, ready to be pasted at the top of a document."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from derive.render.record import FORMAT, short_path


@dataclass(frozen=True)
class Suggested:
    """What to show of one document: its lines, other choices, and how many steps are read without and with them."""

    file: str
    latex: bool
    lines: tuple[str, ...]
    others: tuple[str, ...]
    before: tuple[int, int]
    after: tuple[int, int]


def comments(shown: Suggested) -> str:
    """The lines in the comments of the document's kind; other choices follow as comments that declare nothing."""
    if not shown.lines:
        return ""
    if shown.latex:
        return "\n".join([*(f"%: {line}" for line in shown.lines), *(f"% or %: {line}" for line in shown.others)])
    return "\n".join(["<!--:", *shown.lines, "-->", *(f"<!-- or {line} -->" for line in shown.others)])


def summary(shown: Suggested) -> str:
    """What the lines are good for, in one sentence."""
    file = short_path(shown.file)
    (read, unread), (now, left) = shown.before, shown.after
    if not shown.lines:
        helped = "nothing is missing" if not unread else f"{unread} not read, and no declaration was found that helps"
        return f"{file}: {_counted(read, 'step')} read; {helped}"
    verb = "is" if now == 1 else "are"
    return (
        f"{file}: with these lines {_counted(now, 'step')} {verb} read and {left} not; without them {read} and {unread}"
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' * (number != 1)}"


def to_json(shown: Sequence[Suggested]) -> str:
    """The suggestions for other programs."""
    rows = [
        {
            "file": short_path(each.file),
            "lines": list(each.lines),
            "alternatives": list(each.others),
            "read_before": each.before[0],
            "read_after": each.after[0],
            "unread_before": each.before[1],
            "unread_after": each.after[1],
        }
        for each in shown
    ]
    return json.dumps({"format": FORMAT, "suggestions": rows}, indent=1, ensure_ascii=False)
