"""A report as Markdown: headings, formulas between dollars, a correction as a diff of the author's own text."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from derive.render.formulas.tex import begins_with_sign, to_tex
from derive.render.report.given import Given
from derive.render.report.layout import Laid, laid_out
from derive.render.report.model import Heading, Line, Page, Part, Step, told_together
from derive.render.report.phrases import Claimed, Code, Formula, Inline, Phrase, Strong, stopped
from derive.render.report.summary import Entry, summary_of
from derive.render.report.telling import Correction, Counterexample
from derive.render.report.words import CHECKED, GIVEN, counted, verdict_word

ROOM = 60.0
Link = Callable[[str, int], str]

_MARKS = re.compile(r"([\\`*_<>\[\]|#$~])")


def to_markdown_report(page: Page, link: Link = lambda file, line: "") -> str:
    """The whole page."""
    lines = [f"# {_plain(page.title)}", "", _where(page, link), ""]
    lines += [text for each in page.about for text in (_phrase(each), "")]
    lines += [f"**{_plain(counted(page.lines))}**", "", *_false(page), "## The derivation", ""]
    for part in page.parts:
        lines += _part(part, page, link)
    lines += _conditions(page) + _assumed(page) + _checked()
    return "\n".join(lines).rstrip() + "\n"


def to_markdown_summary(pages: Sequence[Page]) -> str:
    """The page over all reports."""
    summary = summary_of(pages)
    lines = ["# All derivations", "", f"**{_plain(summary.head())}**", ""]
    lines += [f"| derivation | source | {' | '.join(summary.words)} |", f"|---|---|{'---:|' * len(summary.words)}"]
    for page in pages:
        counts = " | ".join(summary.counts(page))
        lines.append(f"| [{_plain(page.title)}]({page.name}.md) | {_phrase(page.source)} | {counts} |")
    lines += [f"| all | | {' | '.join(map(str, summary.totals))} |", ""]
    for head, groups in summary.sections():
        lines += [f"## {head}", ""]
        for page, own in groups:
            lines += [f"### [{_plain(page.title)}]({page.name}.md)", "", *map(_entry, own), ""]
    return "\n".join([*lines, *_checked()]).rstrip() + "\n"


def _entry(entry: Entry) -> str:
    """A line as it is stated, with its verdict and the reason."""
    line = entry.line
    called = " ".join(filter(None, [f"({line.number})", _plain(entry.name or f"line {line.line}")]))
    passage = f", {_phrase(entry.passage)}" if entry.passage else ""
    stated = _inline(Formula(line.row, line.text)) if line.row is not None else _code(line.text)
    said = _phrase(stopped(line.told.short))
    return f"- {called}{passage}:<br>{stated}<br>**{line.word}**{_expected(line)}: {said}"


def _where(page: Page, link: Link) -> str:
    target = link(page.file, 0)
    shown = f"[`{page.file}`]({target})" if target else f"`{page.file}`"
    return f"{shown}, {_phrase(page.source)}" if page.source else shown


def _expected(line: Line) -> str:
    return " as expected" if line.told.expected == line.word else ""


def _false(page: Page) -> list[str]:
    rows = []
    for line in page.lines:
        if line.word != "proved":
            said = stopped(line.told.short)
            rows.append(f"- ({line.number}) **{line.word}**{_expected(line)}: {_phrase(said)}")
    return [*rows, ""] if rows else []


def _part(part: Part, page: Page, link: Link) -> list[str]:
    match part:
        case Given():
            return _given(part)
        case Heading(text):
            return [f"### {_phrase(text)}", ""]
        case Step():
            return _step(part, page, link)


def _given(given: Given) -> list[str]:
    out: list[str] = []
    if given.items:
        head = GIVEN["here" if given.here else "anew" if given.anew else "on"]
        out += [f"*{head}*", "", *(f"- {_phrase(item)}" for item in given.items), ""]
    if given.gone:
        out += [f"*{GIVEN['gone']}* {'; '.join(_phrase(item) for item in given.gone)}.", ""]
    return out


def _step(step: Step, page: Page, link: Link) -> list[str]:
    first = step.lines[0]
    name = f"line {first.line}" if page.document else step.name
    target = link(first.file, first.line)
    head = f"[{_plain(name)}]({target})" if target else _plain(name)
    passage = f": {_phrase(step.passage)}" if step.passage else ""
    out = [f"#### {head}{passage}", "", *_display(step.lines), ""]
    for own in told_together(step.lines):
        out += [*_told(own), ""]
    return out


def _display(lines: Sequence[Line]) -> list[str]:
    if any(line.right is None for line in lines):
        return [text for line in lines for text in _fenced("", line.text)]
    rows = [_row(row) for row in laid_out(lines, ROOM)]
    return ["```math", r"\begin{aligned}", " \\\\\n".join(rows), r"\end{aligned}", "```"]


def _fenced(kind: str, text: str) -> list[str]:
    """Text as it stands, between fences longer than any in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return [f"{fence}{kind}", text, fence]


def _row(row: Laid) -> str:
    sign = "{}" if begins_with_sign(row.right) else ""
    number = rf" && \text{{({row.ends.number})}}" if row.ends is not None else ""
    indent = r"\quad " * row.indent
    return f"{to_tex(row.left)} & {indent}{sign}{to_tex(row.right)}{number}".strip()


def _told(own: Sequence[Line]) -> list[str]:
    told = own[0].told
    numbers = f"({own[0].number})" if len(own) == 1 else f"({own[0].number})–({own[-1].number})"
    said = "".join(f" {_phrase(each)}" for each in told.sentences)
    out = [f"{numbers} **{told.word}**{verdict_word(told)}{_phrase(stopped(told.short))}{said}"]
    out += _witness(told.witness) if told.witness is not None else []
    out += ["", *_correction(told.correction)] if told.correction is not None else []
    return out + [text for each in told.telling() for text in ("", _phrase(each))]


def _witness(witness: Counterexample) -> list[str]:
    point = ", ".join(f"{_inline(name)} = {_code(value)}" for name, value in witness.point)
    sides = ", ".join(
        f"{name} {_code(worth) if isinstance(worth, str) else _phrase(worth)}" for name, worth in witness.sides()
    )
    told = [f"at {point}" if point else "", sides, _phrase(witness.note)]
    return ["", f"Counterexample: {'; '.join(filter(None, told))}."] if any(told) else []


def _correction(correction: Correction) -> list[str]:
    rows = [f"- {' '.join(correction.before.split())}"] if correction.before else []
    return _fenced("diff", "\n".join([*rows, f"+ {' '.join(correction.after.split())}"]))


def _conditions(page: Page) -> list[str]:
    rows = [
        f"- {_inline(condition)} in {', '.join(f'({number})' for number in numbers)}"
        for condition, numbers in page.conditions
    ]
    head = "For the lines named, where it does not follow from what is given:"
    return ["## What must hold", "", head, "", *rows, ""] if rows else []


def _assumed(page: Page) -> list[str]:
    head = "The text does not say it; it was inferred from how it is written."
    rows = [f"- {_phrase(each)}" for each in page.assumed]
    return ["## What was taken for granted", "", head, "", *rows, ""] if rows else []


def _checked() -> list[str]:
    rows = [text for each in CHECKED for text in (_phrase(each), "")]
    return ["## How this was checked, and what is trusted", "", *rows]


def _phrase(phrase: Phrase) -> str:
    return "".join(_inline(part) for part in phrase)


def _inline(part: Inline) -> str:
    match part:
        case str():
            return _plain(part)
        case Formula(row):
            return f"$`{to_tex(row)}`$"
        case Code(text):
            return _code(text)
        case Strong(text):
            return f"**{_plain(text)}**"
        case Claimed(number):
            return f"({number})"
    return ""


def _code(text: str) -> str:
    """Text as it stands within a line."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    blank = " " if longest else ""
    return f"{fence}{blank}{' '.join(text.split())}{blank}{fence}"


def _plain(text: str) -> str:
    """Text in which nothing is taken as a mark."""
    return _MARKS.sub(r"\\\1", text)
