r"""A report as a LaTeX document: numbered equations, chains broken at the width of the page, links.

What comes from a document is never copied: formulas are written again from their marks (``derive.render.formulas``),
and words are escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from derive.render.figures.tikz import DEFINITIONS, to_tikz
from derive.render.formulas.breaking import lines as broken
from derive.render.formulas.tex import begins_with_sign, plain, to_tex
from derive.render.formulas.tree import Row
from derive.render.formulas.width import cramped, width
from derive.render.report.given import Given
from derive.render.report.layout import Laid, laid_out
from derive.render.report.model import Heading, Line, Page, Part, Step, told_together
from derive.render.report.phrases import Claimed, Code, Formula, Inline, Phrase, Strong, stopped
from derive.render.report.summary import Entry, summary_of
from derive.render.report.telling import Correction, Counterexample
from derive.render.report.words import CHECKED, GIVEN, counted, verdict_word

ROOM = 37.5
"""How wide a formula may be beside its number, in em."""
_IN_TEXT = 26.0
"""How wide a formula may be within a sentence."""

PREAMBLE = r"""\documentclass[11pt,a4paper,fleqn]{article}
\usepackage[T1]{fontenc}
\usepackage{lmodern}
\usepackage{textcomp}
\usepackage[margin=24mm]{geometry}
\usepackage{amsmath,amssymb}
\usepackage{xcolor}
\usepackage{enumitem}
\usepackage{array}
\usepackage{graphicx}
\usepackage[final]{microtype}
\usepackage[colorlinks,allcolors=links]{hyperref}
\definecolor{links}{HTML}{1F4E9C}
\definecolor{proved}{HTML}{17692F}
\definecolor{refuted}{HTML}{B3261E}
\definecolor{undecided}{HTML}{8A5A00}
\definecolor{unread}{HTML}{6B3FA0}
\definecolor{faint}{HTML}{5A5F66}
\allowdisplaybreaks[2]
\setlength{\mathindent}{1.2em}
\setlength{\parindent}{0pt}
\setlength{\parskip}{0.45em plus 0.15em}
\setlist{nosep,leftmargin=1.4em,beginpenalty=10000,before=\lineskiplimit2pt\lineskip4pt\raggedright}
\emergencystretch=3em
\raggedbottom
\AtBeginDocument{\setlength{\abovedisplayskip}{4pt plus 2pt}\setlength{\belowdisplayskip}{5pt plus 2pt}}
\newcommand{\named}[1]{\hspace*{-1.2em}{\bfseries #1}\quad}
\newcommand{\passage}[1]{{\small\itshape #1}\quad}
\newcommand{\place}[1]{{\small\color{faint}\ttfamily #1}}
\newcommand{\judged}[1]{{\color{#1}\bfseries #1}}
\postdisplaypenalty=10000
\makeatletter
\newcommand{\step}[1]{\par\if@nobreak\else\pagebreak[2]\fi\medskip\noindent\hspace*{1.2em}#1}
\newcommand{\going}{\par\nobreak\@afterheading}
\newenvironment{told}{\par\nobreak\@beginparpenalty=10000\begin{list}{}{\leftmargin=1.2em\topsep=0pt\itemsep=0pt\parsep=0.15em}%
  \item[]\small\raggedright\lineskiplimit2pt\lineskip3pt\interlinepenalty=500\widowpenalty=10000\@clubpenalty=10000%
  \clubpenalty=10000\displaywidowpenalty=10000}{\end{list}}
\makeatother
"""


def to_latex_document(page: Page) -> str:
    """The whole document."""
    parts = [PREAMBLE, *([DEFINITIONS] if page.figures else [])]
    parts += [
        rf"\hypersetup{{pdftitle={{{_ascii(page.title)}}},pdfcreator={{derive}},pdflang={{en}}}}",
        rf"\title{{{plain(page.title)}}}",
        r"\author{checked by derive}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        *_opening(page),
        *(to_tikz(figure) for figure in page.figures),
        r"\section{The derivation}",
        *(text for part in page.parts for text in _part(part, page)),
        *_conditions(page),
        *_assumed(page),
        *_checked(page),
        r"\end{document}",
        "",
    ]
    return "\n".join(parts)


def to_latex_summary(pages: Sequence[Page]) -> str:
    """The page over all reports."""
    summary = summary_of(pages)
    room, columns = 0.86 - 0.09 * len(summary.words), "r" * len(summary.words)
    rows = [rf"{_linked(page)} & {' & '.join(summary.counts(page))} \\" for page in pages]
    parts = [
        PREAMBLE,
        r"\usepackage{longtable}",
        r"\hypersetup{pdftitle={All derivations},pdfcreator={derive},pdflang={en}}",
        r"\title{All derivations}\author{checked by derive}\date{}",
        r"\begin{document}\maketitle",
        rf"\textbf{{{plain(summary.head())}}}",
        rf"\begin{{longtable}}{{@{{}}>{{\raggedright\arraybackslash}}p{{{room:.2f}\linewidth}}{columns}@{{}}}}",
        rf"derivation & {' & '.join(summary.words)} \\ \hline\endhead",
        *rows,
        rf"\hline all & {' & '.join(map(str, summary.totals))} \\",
        r"\end{longtable}",
        *(text for head, groups in summary.sections() for text in _section(head, groups)),
        *_checked(None),
        r"\end{document}",
        "",
    ]
    return "\n".join(parts)


_QUAD = r"\quad "
_DISPLAYED = r"\displaystyle "


def _linked(page: Page) -> str:
    source = rf" \quad {_phrase(page.source)}" if page.source else ""
    return (
        rf"\href{{run:{page.name}.pdf}}{{{plain(page.title)}}} \newline {{\small\texttt{{{plain(page.name)}}}{source}}}"
    )


def _section(head: str, groups: Sequence[tuple[Page, Sequence[Entry]]]) -> list[str]:
    """What is not proved, each line as it is stated, with the reason."""
    out = [rf"\section{{{plain(head)}}}"]
    for page, own in groups:
        out += [
            rf"\subsection*{{\href{{run:{page.name}.pdf}}{{{plain(page.title)}}}}}",
            r"\begin{itemize}[itemsep=4pt,before={\raggedright\interlinepenalty=10000\lineskiplimit2pt\lineskip4pt}]",
        ]
        for each in own:
            line = each.line
            called = plain(each.name or f"line {line.line}")
            stated = _formula(line.row) if line.row is not None else rf"{{\small\ttfamily {_breakable(line.text)}}}"
            out += [
                rf"\item ({line.number}) \textbf{{{called}}} \quad {{\small\itshape {_phrase(each.passage)}}}\newline",
                rf"{{\everymath{{\displaystyle}}{stated}}}\newline",
                rf"\judged{{{line.word}}}: {_phrase(stopped(line.told.short))}",
            ]
        out.append(r"\end{itemize}")
    return out


# -- parts -------------------------------------------------------------------------------------------------------------
def _opening(page: Page) -> list[str]:
    """What it is about, how many of each verdict, and where what is false stands."""
    out = [
        rf"{{\small\ttfamily {_breakable(page.file)}}}" + (rf" \quad {_phrase(page.source)}" if page.source else ""),
        "",
    ]
    out += [text for phrase in page.about for text in (_phrase(phrase), "")]
    out += [rf"\textbf{{{plain(counted(page.lines))}}}", ""]
    false = [line for line in page.lines if line.word != "proved"]
    if false:
        rows = [
            rf"\item \hyperref[{_label(line)}]{{({line.number})}} \judged{{{line.word}}}"
            rf"{' as expected' if line.told.expected and not line.told.surprising else ''}"
            rf": {_phrase(stopped(line.told.short))}"
            for line in false
        ]
        out += [r"\begin{itemize}", *rows, r"\end{itemize}"]
    return out


def _part(part: Part, page: Page) -> list[str]:
    match part:
        case Given():
            return _given(part)
        case Heading(text, depth):
            return [rf"\{'sub' * min(depth, 2)}section*{{{_phrase(text)}}}"]
        case Step():
            return _step(part, page)


def _given(given: Given) -> list[str]:
    out: list[str] = []
    if given.items:
        head = GIVEN["here" if given.here else "anew" if given.anew else "on"]
        rows = [rf"\item \everymath{{\displaystyle}}{_phrase(item)}" for item in given.items]
        out += [rf"\par\medskip\textit{{{head}}}", r"\begin{itemize}[endpenalty=10000]", *rows, r"\end{itemize}"]
    if given.gone:
        gone = rf"\textit{{{GIVEN['gone']}}} {'; '.join(_phrase(item) for item in given.gone)}."
        out += [r"{\raggedright", rf"{gone}\par}}", ""]
    return [*out, r"\going"]


def _step(step: Step, page: Page) -> list[str]:
    first = step.lines[0]
    place = f"line {first.line}" if page.file == first.file else f"{first.file}:{first.line}"
    name = "" if page.document else rf"\named{{{plain(step.name)}}}"
    passage = rf"\passage{{{_phrase(step.passage)}}}" if step.passage else ""
    place = plain(place).replace(" ", "~")
    out = [rf"\step{{{name}{passage}\place{{{place}}}}}"]
    if all(line.right is not None for line in step.lines):
        out += _display(step.lines)
    else:
        out += [text for line in step.lines for text in _verbatim(line)]
    return [*out, r"\begin{told}", *_told(step.lines), r"\end{told}"]


def _display(lines: Sequence[Line]) -> list[str]:
    rows = laid_out(lines, ROOM)
    written = [_row(row) for row in rows]
    return [r"\begin{align}", " \\\\\n".join(written), r"\end{align}"]


def _row(row: Laid) -> str:
    sign = "{}" if begins_with_sign(row.right) else ""
    colour = rf"\color{{{row.word}}}" if row.word != "proved" else ""
    end = r" \notag" if row.ends is None else rf" \label{{{_label(row.ends)}}}"
    return f"{to_tex(row.left)} &{colour}{_QUAD * row.indent}{sign}{to_tex(row.right)}{end}"


def _verbatim(line: Line) -> list[str]:
    """A line that cannot be set: its text as it stands, with its number."""
    return [
        r"\begin{equation}\parbox{0.85\linewidth}{\raggedright\small\ttfamily "
        rf"{_breakable(line.text)}}}\label{{{_label(line)}}}\end{{equation}}"
    ]


def _told(lines: Sequence[Line]) -> list[str]:
    """The verdicts, those that say the same together."""
    out: list[str] = []
    for own in told_together(lines):
        told = own[0].told
        numbers = f"({own[0].number})" if len(own) == 1 else f"({own[0].number})--({own[-1].number})"
        said = " ".join(_phrase(phrase) for phrase in told.sentences)
        out.append(rf"{numbers} \judged{{{told.word}}}{verdict_word(told)}{_phrase(stopped(told.short))} {said}")
        out += _witness(told.witness) if told.witness is not None else []
        out += _correction(told.correction) if told.correction is not None else []
        out += [rf"\par\nobreak {_phrase(each)}" for each in told.telling()]
        out.append(r"\par")
    return out[:-1]


def _witness(witness: Counterexample) -> list[str]:
    point = ", ".join(rf"{_inline(name)} $=$ {_value(value)}" for name, value in witness.point)
    worth = [f"{name} {_value(worth) if isinstance(worth, str) else _phrase(worth)}" for name, worth in witness.sides()]
    sides = ", ".join(worth)
    note = _phrase(witness.note)
    told = "; ".join(filter(None, [f"at {point}" if point else "", sides, note]))
    return [rf"\par\nobreak Counterexample: {told}."] if told else []


def _value(text: str) -> str:
    """A value of a witness; a sign is a minus."""
    return plain(text).replace("-", r"\textminus{}")


def _correction(correction: Correction) -> list[str]:
    """The author's text and what it should be, one below the other."""
    rows = []
    for sign, text, shown in correction.rows():
        colour = "refuted" if sign == "-" else "proved"
        if isinstance(shown, Code):
            box = rf"\parbox{{0.8\linewidth}}{{\raggedright\small\ttfamily {_breakable(text)}}}"
            rows.append(rf"\color{{{colour}}}{sign}\quad&\color{{{colour}}}{box}")
            continue
        for number, row in enumerate(broken(shown.row, ROOM - 3)):
            lead = rf"\color{{{colour}}}{sign}\quad" if number == 0 else ""
            mark = "{}" if begins_with_sign(row) else ""
            rows.append(rf"{lead}&\color{{{colour}}}{_QUAD if number else ''}{mark}{to_tex(row)}")
    return [r"\begin{align*}", " \\\\\n".join(rows), r"\end{align*}"]


# -- the end -----------------------------------------------------------------------------------------------------------
def _conditions(page: Page) -> list[str]:
    if not page.conditions:
        return []
    rows = [rf"\item {_inline(condition)} \quad in {_references(numbers)}" for condition, numbers in page.conditions]
    head = r"\section{What must hold}" + "\nFor the lines named, where it does not follow from what is given:"
    return [head, r"\begin{itemize}", *rows, r"\end{itemize}"]


def _references(numbers: Iterable[int]) -> str:
    return ", ".join(f"({number})" for number in numbers)


def _assumed(page: Page) -> list[str]:
    if not page.assumed:
        return []
    rows = [rf"\item {_phrase(each)}" for each in page.assumed]
    head = (
        r"\section{What was taken for granted}" + "\nThe text does not say it; it was inferred from how it is written."
    )
    return [head, r"\begin{itemize}", *rows, r"\end{itemize}"]


def _checked(page: Page | None) -> list[str]:
    return [
        r"\section{How this was checked, and what is trusted}",
        *(text for each in CHECKED for text in (_phrase(each), "")),
    ]


# -- inline ------------------------------------------------------------------------------------------------------------
def _phrase(phrase: Phrase) -> str:
    return "".join(_inline(part) for part in phrase)


def _inline(part: Inline) -> str:
    match part:
        case str():
            return plain(part)
        case Formula(row):
            return _formula(row)
        case Code(text):
            return rf"{{\ttfamily {_breakable(text)}}}"
        case Strong(text):
            return rf"\textbf{{{plain(text)}}}"
        case Claimed(number):
            return f"({number})"
    return ""


def _formula(row: Row) -> str:
    """A formula in a sentence; a wide one in lines of its own."""
    if width(row, display=False) <= _IN_TEXT:
        return f"${_DISPLAYED if cramped(row) else ''}{to_tex(row)}$"
    parts = [f"{'{}' if begins_with_sign(each) else ''}{to_tex(each)}" for each in broken(row, ROOM - 4)]
    if len(parts) == 1:
        return f"${_DISPLAYED}{parts[0]}$"
    between = r" \\ & \quad \displaystyle "
    return rf"$\begin{{aligned}}[t]& \displaystyle {between.join(parts)}\end{{aligned}}$"


def _breakable(text: str) -> str:
    """Text that may go on in the next line after any mark."""
    return "".join(plain(each) + (r"\allowbreak{}" if not each.isalnum() and each != "\\" else "") for each in text)


def _label(line: Line) -> str:
    return f"line:{line.number}"


def _ascii(text: str) -> str:
    return "".join(each for each in text if each.isascii() and (each.isalnum() or each in " ,.:-"))
