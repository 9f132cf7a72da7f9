"""Finds the mathematics, the declarations and the prose of a LaTeX or Markdown document, in order and in one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from derive.read.documents.text.abbreviations import as_written, spelled_out
from derive.read.documents.text.dressing import undressed
from derive.read.documents.text.habits import one_a_line
from derive.read.documents.text.macros import DEFINING, Expanded, Macros
from derive.read.documents.text.source import Place, Source
from derive.read.documents.text.usual_macros import USUAL
from derive.read.errors import ReadError
from derive.read.tokens import MAX_LENGTH

MATH_ENVIRONMENTS = frozenset(
    f"{name}{star}"
    for name in (
        "equation align aligned alignat alignedat flalign gather gathered multline multlined split eqnarray "
        "displaymath math dmath dgroup IEEEeqnarray"
    ).split()
    for star in ("", "*")
)
INLINE_ENVIRONMENTS = frozenset({"math"})
WITH_COLUMNS = frozenset({"alignat", "alignat*", "alignedat", "alignedat*", "IEEEeqnarray", "IEEEeqnarray*"})
VERBATIM = frozenset(
    "verbatim verbatim* Verbatim lstlisting minted comment filecontents filecontents* tikzpicture alltt python".split()
)
WIDEST_INDENT = 200
MOST_FILES = 200
DEEPEST_INPUT = 20
MOST_BROKEN = 500
LONGEST_SPAN = 8_000
"""How far the end of a code span, or of inline mathematics in Markdown, is looked for."""


@dataclass(frozen=True)
class Found:
    """One piece of a document. ``kind`` is display, inline, declaration, prose or broken.

    ``start`` and ``stop`` bound its content in the source; ``math`` is that content with macros written out,
    ``remarks`` are the bounds of comments in prose. ``message`` and ``hint`` are for what is broken. A declaration that
    only ``follows`` from others is not its author's.
    """

    kind: str
    source: Source
    start: int
    stop: int
    math: Expanded | None = None
    message: str = ""
    hint: str = ""
    remarks: tuple[tuple[int, int], ...] = ()
    follows: bool = False

    @cached_property
    def text(self) -> str:
        """The content as written; prose without its comments, and with abbreviations spelled out."""
        written = "".join(self.source.text[start:stop] for start, stop in self._written())
        return spelled_out(written) if self.kind == "prose" else written

    def at(self, offset: int) -> int:
        """Where in the source a character of ``text`` stands."""
        if self.kind == "prose":
            offset = as_written("".join(self.source.text[start:stop] for start, stop in self._written()), offset)
        for start, stop in self._written():
            if offset < stop - start:
                return start + offset
            offset -= stop - start
        return self.stop

    def _written(self) -> Iterator[tuple[int, int]]:
        start = self.start
        for first, last in self.remarks:
            yield start, first
            start = last
        yield start, self.stop

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.source.place(self.start)


Opener = Callable[[str, Source], Source | str]
"""What ``\\input{name}`` in a source stands for: another source, or the reason why it is not read."""


def no_input(name: str, source: Source) -> Source | str:
    """For documents that have no folder."""
    return f"expected a document in one piece, found \\input{{{name}}}"


_LATEX = re.compile(
    r"(?P<verb>\\(?:verb\*?|lstinline(?:\[[^\]\n]*\])?|mintinline\{\w+\})(?=[^A-Za-z\s]))"
    r"|(?P<begin>\\begin\s*\{(?P<environment>[A-Za-z]+\*?)\})"
    r"|(?P<open>\\[\[(])|(?P<command>\\[A-Za-z@]+)|(?P<escaped>\\[\s\S])"
    r"|(?P<dollar>\$\$?)|(?P<declared>%:)|(?P<comment>%[^\n]*)"
)
_MARKDOWN = re.compile(
    r"(?P<fence>(?m:^)[ \t]*(?:>[ \t]*)*(?P<ticks>`{3,}|~{3,})[ \t]*(?P<language>[^\n`]*)(?:\n|\Z))"
    r"|(?P<code>`+)|(?P<html><!--)|(?P<declared>(?m:^)[ \t]*%:)"
    r"|(?P<begin>\\begin\s*\{(?P<environment>[A-Za-z]+\*?)\})"
    r"|(?P<open>\\\\?[\[(])|(?P<command>\\[A-Za-z@]+)|(?P<escaped>\\[\s\S])|(?P<dollar>\$\$?)"
)
_MEANT_TO_DECLARE = re.compile(
    r"(?:%|<!--)\s*(?:derive\s*:|:\s*(?:index|size|component|function|let|assume|skip|expect)\b)"
)
_BLANK = re.compile(r"\n[ \t\r]*(?:>[ \t]*)*\n")
_DECLARED_LINES = re.compile(r"(?:[ \t]*%:[^\n]*(?:\n|\Z))+")
_INPUT = re.compile(r"\s*\{([^{}\n]*)\}|\s+([^\s{}%\\]+)")
_IN_MATH = re.compile(r"\\begin\s*\{(?P<begin>[A-Za-z]+\*?)\}|\\[\s\S]|\$\$?|%[^\n]*|[{}]")
_TEXTUAL = re.compile(r"\\(?:text\w*|mbox|hbox|fbox|intertext|shortintertext|tag\*?)\s*\Z")
_BLOCK = re.compile(r"(?m)^[ \t]*\$\$(?:[^$\n]*\$\$)?[ \t\r]*$")
_ONE_DOLLAR = re.compile(r"(?<![$\\])\$(?!\$)[^$\n]*(?<![$\\])\$(?!\$)")
_WORD = re.compile(r"[A-Za-z]{2}")
_WORDS_OF_PROSE = re.compile(r"(?:(?<![\\A-Za-z])[A-Za-z]{2,}[,;:]?[ \n]+){3}")
_COLUMNS = re.compile(r"\s*\{[^{}]*\}")
_END_OF_LINE = re.compile(r"[ \t\r]*\n")
_RESUME = re.compile(r"\n[ \t\r]*\n|\\(?:section|subsection|chapter|paragraph|end\s*\{document\})")


@dataclass
class _Scan:
    """Where the scan of one source is."""

    source: Source
    latex: bool
    at: int = 0
    prose: int = 0
    remarks: list[tuple[int, int]] = field(default_factory=list)
    found_at: dict[str, tuple[int, int]] = field(default_factory=dict)


class Scanner:
    """One pass over a document and what it includes; ``found`` grows in document order."""

    def __init__(self, opener: Opener = no_input) -> None:
        self.macros = Macros(USUAL)
        self.found: list[Found] = []
        self.opener = opener
        self.stack: list[_Scan] = []
        self.sources: list[Source] = []
        self.broken = 0

    def scan(self, source: Source, latex: bool) -> list[Found]:
        """Everything in ``source``; call again for the next part of the same document."""
        self.stack = [_Scan(source, latex)]
        while self.stack:
            here = self.stack[-1]
            if self.broken > MOST_BROKEN:
                self._give_up(here)
                break
            match = (_LATEX if here.latex else _MARKDOWN).search(here.source.text, here.at)
            if match is None:
                self._prose_until(here, len(here.source.text))
                self.stack.pop()
                continue
            kind = match.lastgroup or ""
            kind = {"environment": "begin", "ticks": "fence", "language": "fence"}.get(kind, kind)
            here.at = match.end()
            _RULES[kind](self, here, match)
        return self.found

    def _give_up(self, here: _Scan) -> None:
        message = f"more than {MOST_BROKEN} formulas do not close; what follows is not read"
        self.found.append(Found("broken", here.source, here.at, len(here.source.text), None, message))

    # -- what every rule uses --------------------------------------------------------------------------------------
    def _prose_until(self, here: _Scan, stop: int) -> None:
        """What stands between the last piece and ``stop`` is prose."""
        if stop > here.prose:
            self.found.append(Found("prose", here.source, here.prose, stop, remarks=tuple(here.remarks)))
        here.prose = max(stop, here.prose)
        here.remarks = []

    def _leave_out(self, here: _Scan, start: int, stop: int) -> None:
        self._prose_until(here, start)
        here.prose = here.at = stop

    def _broken(self, here: _Scan, start: int, message: str, hint: str = "", stop: int | None = None) -> None:
        """Report what begins at ``start`` and go on at ``stop``, or at the next paragraph."""
        self._prose_until(here, start)
        self.broken += 1
        if stop is None:
            match = _RESUME.search(here.source.text, start + 1)
            stop = len(here.source.text) if match is None else match.start()
        self.found.append(Found("broken", here.source, start, stop, None, message, hint))
        here.prose = here.at = max(stop, start + 1)

    def _math(self, here: _Scan, kind: str, outer: int, start: int, stop: int, after: int) -> None:
        """Mathematics from ``start`` to ``stop``, with its marks from ``outer`` to ``after``."""
        self._prose_until(here, outer)
        here.prose = here.at = after
        text = here.source.text[start:stop]
        if len(text) > MAX_LENGTH:
            message = f"expected at most {MAX_LENGTH} characters in one display, found {len(text)}"
            self.found.append(Found("broken", here.source, start, stop, None, message, "split it into several"))
            return
        try:
            math = self.macros.expand(text, start)
        except ReadError as problem:
            at = problem.span.start if problem.span else start
            self.found.append(Found("broken", here.source, at, stop, None, problem.message, problem.hint))
            return
        math = undressed(math)
        one_each = kind == "display" and not here.latex
        self.found.append(Found(kind, here.source, start, stop, one_a_line(math) if one_each else math))

    def _find(self, here: _Scan, what: str, at: int) -> int:
        """The first ``what`` at or after ``at``, or -1; remembered, so that all searches together stay linear."""
        begin, place = here.found_at.get(what, (len(here.source.text) + 1, -1))
        if begin <= at and (place < 0 or at <= place):
            return place
        place = here.source.text.find(what, at)
        here.found_at[what] = (at, place)
        return place

    # -- what is left out ------------------------------------------------------------------------------------------
    def comment(self, here: _Scan, match: re.Match[str]) -> None:
        self._remark(here, match.start(), match.end(), "%: …")

    def _remark(self, here: _Scan, start: int, stop: int, form: str) -> None:
        """A comment that is not for us; one that seems to declare something and would be overlooked is said."""
        if _MEANT_TO_DECLARE.match(here.source.text, start, stop):
            self._broken(here, start, f"this comment declares nothing (a declaration is written “{form}”)", "", stop)
        else:
            here.remarks.append(_whole_lines(here.source.text, start, stop))
            here.at = here.remarks[-1][1]

    def escaped(self, here: _Scan, match: re.Match[str]) -> None:
        pass

    def verb(self, here: _Scan, match: re.Match[str]) -> None:
        text = here.source.text
        mark = {"{": "}"}.get(text[match.end()], text[match.end()])
        stop = text.find(mark, match.end() + 1, match.end() + 1000)
        self._leave_out(here, match.start(), match.end() if stop < 0 else stop + 1)

    def fence(self, here: _Scan, match: re.Match[str]) -> None:
        """A fenced block: code, or mathematics if it says so."""
        text, ticks = here.source.text, match["ticks"]
        close = re.compile(rf"(?m)^[ \t]*(?:>[ \t]*)*{ticks[0]}{{{len(ticks)},}}[ \t\r]*$").search(text, match.end())
        stop, after = (len(text), len(text)) if close is None else (close.start(), close.end())
        if match["language"].strip().strip("{}.").lower() not in ("math", "latex-math"):
            self._leave_out(here, match.start(), after)
        elif close is None:
            self._broken(here, match.start(), f"expected “{ticks}” to close this block of mathematics")
        else:
            self._math(here, "display", match.start(), match.end(), stop, after)

    def code(self, here: _Scan, match: re.Match[str]) -> None:
        """A code span ends at as many backticks as began it, in the same paragraph; ``$`…`$`` is mathematics."""
        text, ticks = here.source.text, match.group()
        for close in re.compile(r"`+|\n[ \t\r]*\n").finditer(text, match.end(), match.end() + LONGEST_SPAN):
            if close.group() == ticks:
                if text[match.start() - 1 : match.start()] == "$" and text[close.end() : close.end() + 1] == "$":
                    self._math(here, "inline", match.start() - 1, match.end(), close.start(), close.end() + 1)
                else:
                    self._leave_out(here, match.start(), close.end())
                return
            if close.group()[0] == "\n":
                return

    def html(self, here: _Scan, match: re.Match[str]) -> None:
        text = here.source.text
        stop = self._find(here, "-->", match.end())
        declares = text[match.end() : match.end() + 1] == ":"
        if stop < 0:
            if declares:
                self._broken(here, match.start(), "expected “-->” to close this comment")
            return
        if declares:
            self._declared_text(here, match.start(), match.end() + 1, stop, stop + 3)
        else:
            self._remark(here, match.start(), stop + 3, "<!--: … -->")

    def declared(self, here: _Scan, match: re.Match[str]) -> None:
        lines = _DECLARED_LINES.match(here.source.text, match.start())
        stop = lines.end() if lines else match.end()
        self._declared_text(here, match.start(), match.start(), stop, stop)

    def _declared_text(self, here: _Scan, outer: int, start: int, stop: int, after: int) -> None:
        self._prose_until(here, outer)
        here.prose = here.at = after
        text = re.sub(r"(?m)^([ \t]*)%:", r"\1  ", here.source.text[start:stop])
        try:
            written = self.macros.expand(text, start)
        except ReadError as problem:
            at = problem.span.start if problem.span else start
            self.found.append(Found("broken", here.source, at, stop, None, problem.message, problem.hint))
            return
        self.found.append(Found("declaration", here.source, start, stop, written))

    # -- commands --------------------------------------------------------------------------------------------------
    def command(self, here: _Scan, match: re.Match[str]) -> None:
        word = match.group()[1:]
        if word in DEFINING:
            self._define(here, match, word)
        elif word in ("input", "include", "subfile") and here.latex:
            self._input(here, match)
        elif match.group() in self.macros.opening:
            environment = self.macros.opening[match.group()]
            if environment == "[":
                self._bracketed(here, match.start(), match.end(), "\\]", "display")
            else:
                self._environment(here, match.start(), match.end(), environment)
        elif word == "iffalse" and here.latex:
            stop = self._find(here, "\\fi", match.end())
            self._leave_out(here, match.start(), match.end() if stop < 0 else stop + 3)

    def _define(self, here: _Scan, match: re.Match[str], word: str) -> None:
        try:
            stop = self.macros.define(here.source.text, match.end(), word)
        except ReadError as problem:
            if word in ("def", "let") or not here.latex:  # these may be words of TeX that need not concern us
                return
            line = here.source.text.find("\n", match.end())
            self._broken(here, match.start(), problem.message, "", len(here.source.text) if line < 0 else line)
        else:
            self._leave_out(here, match.start(), stop)

    def _input(self, here: _Scan, match: re.Match[str]) -> None:
        name = _INPUT.match(here.source.text, match.end())
        if name is None:
            return
        self._leave_out(here, match.start(), name.end())
        wanted = (name.group(1) or name.group(2) or "").strip()
        if len(self.stack) > DEEPEST_INPUT or len(self.sources) >= MOST_FILES:
            opened: Source | str = f"expected at most {MOST_FILES} files, {DEEPEST_INPUT} deep"
        else:
            opened = self.opener(wanted, here.source)
        if isinstance(opened, Source) and any(opened.file == scan.source.file for scan in self.stack):
            opened = f"{wanted} includes itself"
        if isinstance(opened, str):
            self.found.append(Found("broken", here.source, match.start(), name.end(), None, opened))
        else:
            self.sources.append(opened)
            self.stack.append(_Scan(opened, latex=True))

    # -- mathematics -----------------------------------------------------------------------------------------------
    def begin(self, here: _Scan, match: re.Match[str]) -> None:
        name = match["environment"]
        if name in VERBATIM:
            close = self._find(here, f"\\end{{{name}}}", match.end())
            if close < 0:
                self._broken(here, match.start(), f"expected “\\end{{{name}}}”")
            else:
                self._leave_out(here, match.start(), close + len(f"\\end{{{name}}}"))
        elif name in MATH_ENVIRONMENTS or name in self.macros.environments:
            self._environment(here, match.start(), match.end(), name)

    def _environment(self, here: _Scan, outer: int, start: int, name: str) -> None:
        """From ``\\begin{name}`` to its end, or to where it must have ended."""
        text = here.source.text
        closers = [rf"\\end\s*\{{{re.escape(name)}\}}"]
        closers += [re.escape(macro) + r"(?![A-Za-z])" for macro, ended in self.macros.closing.items() if ended == name]
        close = re.compile("|".join(closers))
        wrong = ("equation", "align", "gather", "multline", "eqnarray", "displaymath", "document")
        for found in re.compile(rf"{close.pattern}|{_IN_MATH.pattern}|{_BLANK.pattern}").finditer(text, start):
            bit = found.group()
            if close.match(text, found.start()):
                columns = _COLUMNS.match(text, start) if name in WITH_COLUMNS else None
                kind = "inline" if name in INLINE_ENVIRONMENTS else "display"
                self._math(here, kind, outer, columns.end() if columns else start, found.start(), found.end())
                return
            opened = (found["begin"] or "").rstrip("*")
            if opened in wrong or (bit[0] == "\n" and (here.latex or _prose_follows(text, found.end()))):
                break
        self._broken(here, outer, f"expected “\\end{{{name}}}” to close “\\begin{{{name}}}”")

    def open(self, here: _Scan, match: re.Match[str]) -> None:
        mark = match.group()
        close = mark[:-1] + {"[": "]", "(": ")"}[mark[-1]]
        self._bracketed(here, match.start(), match.end(), close, "display" if mark[-1] == "[" else "inline")

    def _bracketed(self, here: _Scan, outer: int, start: int, close: str, kind: str) -> None:
        text = here.source.text
        if self._find(here, close, start) < 0 and not here.latex:
            return
        for found in re.compile(rf"{re.escape(close)}|\\[\s\S]|%[^\n]*|{_BLANK.pattern}").finditer(text, start):
            bit = found.group()
            if bit == close:
                inside = text[start : found.start()]
                if (
                    here.latex or kind == "inline" or re.search(r"\\[A-Za-z]|[=^_<>+]", inside)
                ):  # in Markdown, \[link\] is only text
                    self._math(here, kind, outer, start, found.start(), found.end())
                return
            if bit[0] == "\n" and (here.latex or kind == "inline" or _prose_follows(text, found.end())):
                break
        if here.latex:
            self._broken(here, outer, f"expected “{close}” to close “{text[outer:start]}”")

    def dollar(self, here: _Scan, match: re.Match[str]) -> None:
        mark, text = match.group(), here.source.text
        if not here.latex and mark == "$" and text[match.end() : match.end() + 1] == "`":
            return  # the code span that follows is taken as mathematics
        close = self._closing_dollar(here, match.end(), mark)
        if close is None:
            if here.latex or mark == "$$":
                self._broken(here, match.start(), f"expected “{mark}” to close this mathematics")
            return
        stop, wide = close
        if not here.latex and mark == "$" and not _is_inline_math(text, match.end(), stop):
            return
        if wide != len(mark):
            self._broken(here, match.start(), f"expected “{mark}”, found “{'$' * wide}”", "", stop + wide)
            return
        display = mark == "$$" and (here.latex or not _is_among_words(text, match.start(), stop + wide))
        self._math(here, "display" if display else "inline", match.start(), match.end(), stop, stop + wide)

    def _closing_dollar(self, here: _Scan, start: int, mark: str) -> tuple[int, int] | None:
        """Where the mathematics ends, and with how many dollars; what stands in ``\\text{…}`` does not count."""
        text = here.source.text
        groups: list[bool] = []
        stop = start + (LONGEST_SPAN if mark == "$" and not here.latex else 2 * MAX_LENGTH)
        for found in re.compile(rf"{_IN_MATH.pattern}|{_BLANK.pattern}|<!--").finditer(text, start, stop):
            bit = found.group()
            if bit == "<!--":
                if mark == "$" and not here.latex:
                    return None
            elif bit == "{":
                groups.append(bool(_TEXTUAL.search(text, max(start, found.start() - 20), found.start())))
            elif bit == "}" and groups:
                groups.pop()
            elif bit[0] == "$" and not any(groups):
                return found.start(), 1 if mark == "$" else len(bit)
            elif bit[0] == "\n" and (here.latex or mark == "$" or _prose_follows(text, found.end())):
                return None
        return None


def _is_inline_math(text: str, start: int, stop: int) -> bool:
    """Whether ``$…$`` in Markdown is mathematics rather than two prices."""
    inside = text[start:stop]
    if not inside.strip():
        return False
    tight = not inside[0].isspace() and not inside[-1].isspace()
    if tight:
        return not text[stop + 1 : stop + 2].isdigit()
    return bool(re.search(r"\\[A-Za-z]|[=^_]", inside))


def _is_among_words(text: str, start: int, stop: int) -> bool:
    """Whether ``$$…$$`` of a page stands in a line of words, with some before it and some behind it: kramdown sets it
    there as others do ``$…$``, which such a page does not have, and in a paragraph of its own as a display."""
    if not _has_two_dollars_only(text):
        return False
    before = text[max(0, start - LONGEST_SPAN) : start].rpartition("\n")[2]
    behind = text[stop : stop + LONGEST_SPAN].partition("\n")[0]
    inside = "\n" in text[start:stop] or "\\begin" in text[start:stop]
    return not inside and bool(_WORD.search(before.split("$$")[-1]) and _WORD.search(behind.split("$$")[0]))


@lru_cache(maxsize=8)
def _has_two_dollars_only(text: str) -> bool:
    return _BLOCK.search(text) is not None and _ONE_DOLLAR.search(text) is None


def _whole_lines(text: str, start: int, stop: int) -> tuple[int, int]:
    """A comment, and the end of its line if it stands there alone."""
    line = text[max(0, start - WIDEST_INDENT) : start].rpartition("\n")
    alone = (bool(line[1]) or start <= WIDEST_INDENT) and not line[2].strip()
    end = _END_OF_LINE.match(text, stop)
    return start, end.end() if alone and end else stop


def _prose_follows(text: str, at: int) -> bool:
    """Whether the paragraph that begins at ``at`` is prose (or a heading): mathematics cannot go on there."""
    stop = text.find("\n\n", at, at + 400)
    paragraph = text[at : stop if stop >= 0 else at + 400]
    return paragraph.lstrip()[:1] == "#" or bool(_WORDS_OF_PROSE.search(paragraph))


_RULES: Mapping[str, Callable[[Scanner, _Scan, re.Match[str]], None]] = {
    "verb": Scanner.verb,
    "begin": Scanner.begin,
    "open": Scanner.open,
    "command": Scanner.command,
    "escaped": Scanner.escaped,
    "dollar": Scanner.dollar,
    "declared": Scanner.declared,
    "comment": Scanner.comment,
    "fence": Scanner.fence,
    "code": Scanner.code,
    "html": Scanner.html,
}
