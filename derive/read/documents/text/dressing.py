r"""What is put on formulas and says nothing of its own: frames, colours, strokes, and marks over their relations.

All is taken off without moving a character: ``\boxed{a = b}`` becomes ``a = b`` with blanks around it.
"""

from __future__ import annotations

import re

from derive.language.terms import Span
from derive.read.documents.text.habits import as_meant
from derive.read.documents.text.macros import Expanded, balanced
from derive.read.errors import ReadError
from derive.read.tokens import ROW_BREAK

_WRAPPED = re.compile(
    r"\\(?P<word>boxed|Aboxed|fbox|framebox|ovalbox|bbox|colorbox|fcolorbox|textcolor|mathcolor|color|cancel|bcancel|xcancel|"
    r"cancelto|smash|mathclap|mathllap|mathrlap|mathrel|mathbin|mathord|mathopen|mathclose|mathinner|mathpunct|"
    r"ensuremath|intertext|shortintertext|(?:over|under)set|stackrel)(?![A-Za-z])\s*(?:\[[^\]\n]*\]\s*)?(?=\{)"
)
_NAMED_FIRST = {"color": 1, "colorbox": 1, "textcolor": 1, "mathcolor": 1, "fcolorbox": 2, "cancelto": 1}
"""How many arguments stand before what is wrapped: colours, and what a term tends to."""
_SPOKEN = frozenset({"intertext", "shortintertext"})
_LABELLED = frozenset({"overset", "underset", "stackrel"})
_RELATION = re.compile(
    r"\s*(?:=|:=|<|>|\\(?:leq?|geq?|leqslant|geqslant|approx|simeq|sim|propto|equiv|Rightarrow|Leftrightarrow|implies|iff|"
    r"Longrightarrow|Longleftrightarrow|[lg]t|neq?)(?![A-Za-z]))\s*\Z"
)
_DEFINES = re.compile(
    r"(?i)\s*(?:\\(?:text|mathrm|rm)\s*\{?\s*def\.?\s*\}?|def\.?|\\(?:Delta|triangle|bigtriangleup)|:)\s*\Z"
)
_LABEL = re.compile(
    r"(?i)\s*(?:\\(?:text\w*|mathrm|scriptstyle|scriptsize|mathsf)\s*(?=[\s({]))*\{?\s*"
    r"(?:\(\s*(?:[a-z]{1,4}|\d+|\\(?:star|ast|dagger|text\s*\{[a-z\d]{1,4}\})|\*+)'*\s*\)|\d+|\*+|!|[ab]|"
    r"\\(?:star|ast|dagger|checkmark)|\(?\s*\\(?:eq)?ref\s*\{[^{}]*\}\s*\)?|"
    r"(?P<words>[a-z][a-z.,;:' -]{2,}))\s*\}?\s*\Z"
)
_WEAKER = re.compile(
    r"(?i)\b(?:const\w*|dist\w*|law|prob\w*|asymp\w*|order|leading|approx\w*|limit\w*|weak\w*|up\s+to|a\.?\s?s\.?|w\.?\s?p|"
    r"almost|large|small|about|roughly|mod\w*|max|min|sup|inf|arg\w*|lim)(?![a-z])"
)
"""Words above a relation that make it say less, or something else."""
_TOP = re.compile(r"\\\\|\\[A-Za-z]+|\\[\s\S]|[{}()\[\]&=<>+-]")
_RELATED = frozenset(
    "leq le geq ge leqslant geqslant approx simeq sim propto equiv Rightarrow implies iff neq ne".split()
)
_ALONE_BEFORE = re.compile(
    r"(?:\A|[=<>&,;:+]|" + ROW_BREAK + r"|\\(?:leq?|geq?|approx|propto|equiv|implies|Rightarrow|iff|"
    r"quad|qquad|[,;:! ]|therefore|displaystyle)|\\text\w*\s*\{[^{}]*\}|\\(?:begin|end)\s*\{\w+\*?\})\s*\Z"
)
_ALONE_AFTER = re.compile(
    r"\s*(?:\Z|[=<>&,;.+-]|\\\\|\\(?:leq?|geq?|approx|propto|equiv|implies|Rightarrow|iff|quad|qquad|[,;:! ]|"
    r"text\w*|tag\*?|label|end|nonumber|notag)(?![A-Za-z]))"
)
MOST_TAKEN_OFF = 400
DEEPEST = 5


def undressed(math: Expanded) -> Expanded:
    """The mathematics without what is only put on it."""
    text = undressed_text(as_meant(math.text))
    return math if text is math.text else Expanded(text, math.starts, math.places, math.macros)


def undressed_text(text: str) -> str:
    r"""The text without it, as long as it was.

    >>> undressed_text(r"\boxed{a = b}").strip(), undressed_text(r"a \overset{(i)}{=} b").split()
    ('a = b', ['a', '=', 'b'])
    >>> undressed_text(r"2 \boxed{a + b}").split(), undressed_text(r"X \overset{d}{=} Y")
    (['2', '{a', '+', 'b}'], 'X \\overset{d}{=} Y')
    """
    for _ in range(DEEPEST):
        before, at = text, 0
        for _ in range(MOST_TAKEN_OFF):
            found = _WRAPPED.search(text, at)
            if found is None:
                break
            at = found.end()
            try:
                text = _taken_off(text, found)
            except ReadError:
                continue
        if text == before:
            return before
    return text


def _taken_off(text: str, found: re.Match[str]) -> str:
    """The text without one wrapping; the same where it says something."""
    word, start, at = found["word"], found.start(), found.end()
    if word in _LABELLED:
        return _without_label(text, start, at)
    for _ in range(_NAMED_FIRST.get(word, 0)):
        at = _next_group(text, balanced(text, at))
    stop = balanced(text, at)
    if word in _SPOKEN:
        return text[:start] + r"\\" + r"\text".rjust(at - start - 2) + text[at:]  # what follows is a row of its own
    inside = text[at + 1 : stop - 1]
    if inside.strip()[:1] == "$" == inside.strip()[-1:] and inside.count("$") == 2:
        inside = inside.replace("$", " ")
    braces = "{}" if _is_a_part(text, start, stop, inside) else "  "
    return text[:start] + " " * (at - start) + braces[0] + inside + braces[1] + text[stop:]


def _next_group(text: str, at: int) -> int:
    """Where the next argument begins."""
    while at < len(text) and text[at].isspace():
        at += 1
    if text[at : at + 1] != "{":
        raise ReadError("expected “{”", Span(at, at + 1))
    return at


def _without_label(text: str, start: int, at: int) -> str:
    """A relation without the mark over or under it, or as ``:=`` where that says "by definition"."""
    middle = balanced(text, at)
    second = _next_group(text, middle)
    stop = balanced(text, second)
    mark, relation = text[at + 1 : middle - 1], text[second + 1 : stop - 1]
    if _RELATION.match(relation) is None:
        return text
    label = _LABEL.match(mark)
    if relation.strip() == "=" and _DEFINES.match(mark):
        relation = ":="
    elif label is None or (label["words"] and _WEAKER.search(label["words"])):
        return text
    return text[:start] + relation.strip().center(stop - start) + text[stop:]


def _is_a_part(text: str, start: int, stop: int, inside: str) -> bool:
    """Whether what is wrapped is a sum, or something with a script on it, inside a larger expression: then its braces
    keep it together."""
    if text[stop : stop + 1] in ("^", "_", "'"):
        return True
    level, first = 0, True
    sums = False
    for match in _TOP.finditer(inside):
        bit = match.group()
        if bit in ("{", "(", "["):
            level += 1
        elif bit in ("}", ")", "]"):
            level -= 1
        elif level == 0 and (bit in ("\\\\", "&", "=", "<", ">") or bit[1:] in _RELATED):
            return False
        elif level == 0 and bit in ("+", "-"):
            sums = sums or not first or bool(inside[: match.start()].strip())
        first = False
    return sums and not (_ALONE_BEFORE.search(text[:start]) and _ALONE_AFTER.match(text, stop))
