"""A report as one HTML file: readable offline and without scripts, light and dark, on paper; formulas as MathML."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import pairwise

from derive.render.figures.svg import to_svg
from derive.render.formulas.breaking import lines as broken
from derive.render.formulas.mathml import items as marks_of
from derive.render.formulas.mathml import to_mathml
from derive.render.formulas.tree import Row
from derive.render.formulas.width import cramped, width
from derive.render.report.given import Given
from derive.render.report.layout import Laid, laid_out
from derive.render.report.model import Heading, Line, Page, Part, Step, told_together
from derive.render.report.phrases import Claimed, Code, Formula, Inline, Phrase, Strong, stopped
from derive.render.report.style import STYLE
from derive.render.report.summary import Entry, summary_of
from derive.render.report.telling import Correction, Counterexample
from derive.render.report.words import CHECKED, GIVEN, counted, verdict_word

ROOM = 40.0
"""How wide a formula may be before it is broken, in em; on a narrower screen it is scrolled sideways."""
_IN_TEXT = 30.0
_SCREEN = 15.0
"""How wide a formula may be before a narrow screen has it scrolled, in em."""
_CLINGING = tuple(".,;:)")
"""What no line begins with: it stays beside the formula before it."""
_SIGNS = {"proved": "✓", "refuted": "✗", "undecided": "?", "unread": "!"}

Link = Callable[[str, int], str]
"""Where a line of a file is found from where the report will lie; empty if there is no such place."""


def no_link(file: str, line: int) -> str:
    """For reports that lie nowhere in particular."""
    return ""


def to_html(page: Page, link: Link = no_link, summary: str = "") -> str:
    """The whole page; ``summary`` is where the page over all lies."""
    body = [
        *([f'<nav><a href="{escape(summary)}">All derivations</a></nav>'] if summary else []),
        "<header>",
        f"<h1>{escape(page.title)}</h1>",
        f'<p class="where">{_file(page.file, link)}{f" · {phrase(page.source)}" if page.source else ""}</p>',
        "</header>",
        "<main>",
        *_summary(page),
        *_about(page),
        *(to_svg(each, f"figure-{number}") for number, each in enumerate(page.figures, start=1)),
        '<section aria-labelledby="derivation">',
        '<h2 id="derivation">The derivation</h2>',
        *(text for part, depth in _depths(page.parts) for text in _part(part, depth, page, link)),
        "</section>",
        *_conditions(page),
        *_assumed(page),
        *_checked(),
        "</main>",
    ]
    return document(page.title, body)


def document(title: str, body: Sequence[str]) -> str:
    """A page with its style, complete in itself."""
    head = [
        "<!DOCTYPE html>",
        '<html lang="en">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{escape(title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        '<a class="skip" href="#derivation">To the derivation</a>'
        if any('id="derivation"' in part for part in body)
        else "",
    ]
    return "\n".join([*filter(None, head), *body, "</body>", "</html>", ""])


def to_html_summary(pages: Sequence[Page]) -> str:
    """The page over all reports."""
    summary = summary_of(pages)
    heads = "".join(f'<th scope="col" class="number">{word}</th>' for word in summary.words)
    rows = [
        f'<tr><th scope="row"><a href="{escape(page.name)}.html">{escape(page.title)}</a><br>'
        f'<span class="where">{" · ".join(filter(None, [_code(page.name), phrase(page.source)]))}</span></th>'
        f"{_counts(summary.words, summary.counts(page))}</tr>"
        for page in pages
    ]
    body = [
        "<header><h1>All derivations</h1></header>",
        "<main>",
        f'<p class="counted">{escape(summary.head())}</p>',
        f'<div class="wide"><table class="list"><caption>Each derivation and its verdicts</caption><thead><tr>'
        f'<th scope="col">derivation</th>{heads}</tr></thead><tbody>',
        *rows,
        f'</tbody><tfoot><tr><th scope="row">all</th>{_counts(summary.words, map(str, summary.totals))}</tr></tfoot>',
        "</table></div>",
        *(text for head, groups in summary.sections() for text in _section(head, groups)),
        *_checked(),
        "</main>",
    ]
    return document("All derivations", body)


def _counts(words: Sequence[str], counts: Iterable[str]) -> str:
    return "".join(f'<td class="number {word}">{count}</td>' for word, count in zip(words, counts, strict=True))


def _section(head: str, groups: Sequence[tuple[Page, Sequence[Entry]]]) -> list[str]:
    """What is not proved, each line as it is stated, with the way to it and the reason."""
    out = [f"<section><h2>{escape(head)}</h2>"]
    for page, own in groups:
        out.append(f'<h3 class="section"><a href="{escape(page.name)}.html">{escape(page.title)}</a></h3>')
        for each in own:
            line, where = each.line, f"{page.name}.html#{_anchor(each.line)}"
            called = f"({line.number}) {each.name or f'line {line.line}'}"
            passage = f'<span class="passage">{phrase(each.passage)}</span>' if each.passage else ""
            shown = _lines(line.row, ROOM) if line.row is not None else ""
            out += [
                f'<article class="step {line.word}">',
                f'<h4 class="name"><a href="{escape(where)}">{escape(called)}</a> {passage}</h4>',
                f'<div class="wide"{_reached(width(line.row))}>{shown or f"<code>{escape(line.text)}</code>"}</div>',
                f'<p class="verdict">{_judged(line)}</p>',
                "</article>",
            ]
    return [*out, "</section>"]


def _judged(line: Line) -> str:
    expected = " as expected" if line.told.expected == line.word else ""
    return f"{_badge(line.word)}{expected}: {phrase(stopped(line.told.short))}"


def _false_table(page: Page, found: Sequence[Line]) -> str:
    """What is not proved, with the way there and the reason: what a reader looks for first."""
    rows = []
    for line in found:
        where = f"#{_anchor(line)}"
        expected = " as expected" if line.told.expected == line.word else ""
        said = stopped(line.told.short)
        rows.append(
            f'<tr><td class="number"><a href="{where}">({line.number})</a></td>'
            f'<td class="whole">{_badge(line.word)}{expected}</td>'
            f'<td class="whole"><a href="{where}">{escape(_called(page, line))}</a></td>'
            f"<td>{phrase(said)}</td></tr>"
        )
    return (
        '<div class="wide"><table class="list false"><caption>What is not proved</caption><thead><tr>'
        '<th scope="col">no.</th><th scope="col">verdict</th><th scope="col">line</th><th scope="col">why</th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _called(page: Page, line: Line) -> str:
    return f"line {line.line}" if page.document else line.id.removeprefix(f"{page.name}.")


# -- parts -------------------------------------------------------------------------------------------------------------
def _summary(page: Page) -> list[str]:
    """How many of each verdict, and where what is not proved stands."""
    out = [f'<p class="counted">{escape(counted(page.lines))}</p>']
    found = [line for line in page.lines if line.word != "proved"]
    return [*out, _false_table(page, found)] if found else out


def _about(page: Page) -> list[str]:
    return [f"<p>{phrase(each)}</p>" for each in page.about]


def _depths(parts: Sequence[Part]) -> list[tuple[Part, int]]:
    """Each part with the level of its heading: a step stands below the heading of the document that it belongs to."""
    out, below = [], 3
    for part in parts:
        out.append((part, 3 if isinstance(part, Heading) else below))
        below = 4 if isinstance(part, Heading) else below
    return out


def _part(part: Part, depth: int, page: Page, link: Link) -> list[str]:
    match part:
        case Given():
            return _given(part)
        case Heading(text):
            return [f'<h3 class="section">{phrase(text)}</h3>']
        case Step():
            return _step(part, depth, page, link)


def _given(given: Given) -> list[str]:
    out: list[str] = []
    if given.items:
        head = GIVEN["here" if given.here else "anew" if given.anew else "on"]
        rows = "".join(f"<li{_reached(_widest(item))}>{phrase(item, tall=True)}</li>" for item in given.items)
        out.append(f'<div class="given"><p>{head}</p><ul>{rows}</ul></div>')
    if given.gone:
        gone = "; ".join(phrase(item) for item in given.gone)
        out.append(f'<div class="given"><p>{GIVEN["gone"]} {gone}.</p></div>')
    return out


def _step(step: Step, depth: int, page: Page, link: Link) -> list[str]:
    first = step.lines[0]
    words = {line.word for line in step.lines}
    worst = next(word for word in ("refuted", "unread", "undecided", "proved") if word in words)
    passage = f'<span class="passage">{phrase(step.passage)}</span>' if step.passage else ""
    name = f'<a class="self" href="#{_anchor(first)}">{escape(step.name)}</a> {passage} '
    place = f'<span class="place">{_place(first, page, link)}</span>'
    head = f'<h{depth} class="name">{"" if page.document else name}{place}</h{depth}>'
    return [f'<article class="step {worst}">', head, *_display(step.lines), *_told(step.lines), "</article>"]


def _display(lines: Sequence[Line]) -> list[str]:
    if any(line.right is None for line in lines):
        return [f'<pre id="{_anchor(line)}"><code>{escape(line.text)}</code></pre>' for line in lines]
    laid = laid_out(lines, ROOM)
    rows = "".join(_row(row) for row in laid)
    held = _reached(max(width(row.left) for row in laid) + max(width(row.right) for row in laid))
    return [f'<div class="wide"{held}><table class="chain" role="presentation"><tbody>{rows}</tbody></table></div>']


def _row(row: Laid) -> str:
    end = row.ends
    number = f'<span class="no">({end.number})</span>' if end is not None else ""
    sign = f'<span class="sign {end.word}">{_said(_SIGNS[end.word], end.word)}</span>' if end is not None else ""
    anchor = f' id="{_anchor(end)}"' if end is not None else ""
    marked = f' class="{row.word}"' if row.word != "proved" else ""
    left = f'<td class="left">{_math(row.left)}</td>' if row.left.items else '<td class="left"></td>'
    right = f'<td class="in{row.indent}">{_math(row.right, goes_on=True)}</td><td class="end">{number} {sign}</td>'
    return f"<tr{anchor}{marked}>{left}{right}</tr>"


def _math(row: Row, goes_on: bool = False) -> str:
    return f'<math display="block">{marks_of(row, goes_on)}</math>' if row.items else ""


def _lines(row: Row, room: float) -> str:
    """A formula in lines of its own."""
    return "".join(_math(each, number > 0) for number, each in enumerate(broken(row, room)))


def _told(lines: Sequence[Line]) -> list[str]:
    """The verdict on each line, with what belongs to it; neighbours that say the same together."""
    out: list[str] = []
    for own in told_together(lines):
        told, numbers = own[0].told, f"({own[0].number})"
        if len(own) > 1:
            numbers += f"–({own[-1].number})"
        said = " ".join(phrase(each) for each in told.sentences)
        short = f"{verdict_word(told)}{phrase(stopped(told.short))}"
        held = _reached(max(map(_widest, (told.short, *told.sentences))))
        out.append(f'<p class="verdict"{held}>{numbers} {_badge(told.word)}{short} {said}</p>')
        out += _witness(told.witness) if told.witness is not None else []
        out += _correction(told.correction) if told.correction is not None else []
    return out + _details(lines)


def _badge(word: str) -> str:
    return f'<strong class="badge {word}"><span aria-hidden="true">{_SIGNS[word]}</span> {word}</strong>'


def _witness(witness: Counterexample) -> list[str]:
    point = ", ".join(f"{inline(name)} = <code>{escape(value)}</code>" for name, value in witness.point)
    out = [f"at {point}"] if point else []
    sides = [f"{name} {_code(worth) if isinstance(worth, str) else phrase(worth)}" for name, worth in witness.sides()]
    out += [", ".join(sides)] if sides else []
    out += [phrase(witness.note)] if witness.note else []
    return [f'<p class="witness">Counterexample: {"; ".join(out)}.</p>'] if out else []


def _correction(correction: Correction) -> list[str]:
    rows, wide = [], 0.0
    for sign, text, shown in correction.rows():
        name, mark = ("del", "−") if sign == "-" else ("ins", "+")
        if isinstance(shown, Code):
            body = _code(text)
        else:
            body, wide = _lines(shown.row, ROOM - 3), max(wide, width(shown.row))
        word = "written:" if name == "del" else "right is:"
        rows.append(f'<tr><td class="diff">{_said(mark, word)}</td><td><{name}>{body}</{name}></td></tr>')
    table = f'<table class="correction" role="presentation"><tbody>{"".join(rows)}</tbody></table>'
    return [f'<div class="wide"{_reached(wide)}>{table}</div>']


def _details(lines: Sequence[Line]) -> list[str]:
    """Evidence, readings, and a correction as its author would type it, folded away."""
    rows = []
    for line in lines:
        said = [(name, _reached(_widest(each)), phrase(each)) for name, each in line.told.details]
        if line.told.correction is not None:
            typed = "\n".join(f"{sign} {' '.join(text.split())}" for sign, text, _ in line.told.correction.rows())
            said.append(("LaTeX", "", f"<pre><code>{escape(typed)}</code></pre>"))
        rows += [f"<dt>({line.number}) {escape(name)}</dt><dd{held}>{each}</dd>" for name, held, each in said]
    return [f"<details><summary>Evidence</summary><dl>{''.join(rows)}</dl></details>"] if rows else []


# -- the end -----------------------------------------------------------------------------------------------------------
def _conditions(page: Page) -> list[str]:
    if not page.conditions:
        return []
    by_number = {line.number: line for line in page.lines}
    rows = "".join(
        f"<li{_reached(_widest((condition,)))}>{inline(condition)} in "
        + ", ".join(f'<a href="#{_anchor(by_number[number])}">({number})</a>' for number in numbers)
        + "</li>"
        for condition, numbers in page.conditions
    )
    return [
        "<section><h2>What must hold</h2>",
        "<p>For the lines named, where it does not follow from what is given:</p>",
        f'<ul class="told">{rows}</ul></section>',
    ]


def _assumed(page: Page) -> list[str]:
    if not page.assumed:
        return []
    rows = "".join(f"<li{_reached(_widest(each))}>{phrase(each)}</li>" for each in page.assumed)
    return [
        "<section><h2>What was taken for granted</h2>",
        "<p>The text does not say it; it was inferred from how it is written.</p>",
        f'<ul class="told">{rows}</ul></section>',
    ]


def _checked() -> list[str]:
    paragraphs = "".join(f"<p>{phrase(each)}</p>" for each in CHECKED)
    return [f"<section><h2>How this was checked, and what is trusted</h2>{paragraphs}</section>"]


def _reached(wide: float) -> str:
    """What is scrolled on a narrow screen can be reached without a mouse."""
    return ' tabindex="0"' if wide > _SCREEN else ""


def _widest(parts: Phrase) -> float:
    return max((width(part.row) for part in parts if isinstance(part, Formula)), default=0.0)


# -- inline ------------------------------------------------------------------------------------------------------------
def phrase(parts: Phrase, tall: bool = False) -> str:
    """A sentence; ``tall`` gives formulas the height that they have on lines of their own."""
    shown = [inline(part, tall) for part in parts]
    for at, (before, after) in enumerate(pairwise(parts)):
        if isinstance(before, Formula) and isinstance(after, str) and after[:1] in _CLINGING:
            shown[at] = f'<span class="tied">{shown[at]}{after[0]}</span>'
            shown[at + 1] = escape(after[1:])
    return "".join(shown)


def inline(part: Inline, tall: bool = False) -> str:
    """A part of a sentence."""
    match part:
        case str():
            return escape(part)
        case Formula(row):
            return to_mathml(row, tall=tall or cramped(row))
        case Code(text):
            return _code(text)
        case Strong(text):
            return f"<strong>{escape(text)}</strong>"
        case Claimed(number):
            return f'<a href="#line-{number}">({number})</a>'
    return ""


def _said(sign: str, word: str) -> str:
    """A sign to look at, and what it says to who does not see it."""
    return f'<span aria-hidden="true" title="{word}">{sign}</span><span class="unseen">{word}</span>'


def _code(text: str) -> str:
    return f"<code>{escape(text)}</code>"


def _anchor(line: Line) -> str:
    return f"line-{line.number}"


def _place(line: Line, page: Page, link: Link) -> str:
    shown = f"line {line.line}" if line.file == page.file else f"{line.file}:{line.line}"
    target = link(line.file, line.line)
    return f'<a href="{escape(target)}">{escape(shown)}</a>' if target else escape(shown)


def _file(file: str, link: Link) -> str:
    target = link(file, 0)
    shown = f"<code>{escape(file)}</code>"
    return f'<a href="{escape(target)}">{shown}</a>' if target else shown
