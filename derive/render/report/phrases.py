"""Sentences with formulas in them, the same for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from derive.render.formulas.formula import FormulaError, read_formula
from derive.render.formulas.tree import Row

_BLANK = re.compile(r"(\s+)")
_CODE = re.compile(r"``([^`]+)``|`([^`]+)`|“(\\[^”]*)”")
_NAME = re.compile(r"_([A-Za-z0-9]{2,})")
_MARKED = re.compile(r"\\[A-Za-z]|[\w)}\]'*’̂-ͯ]\^[{\w(*+-]|\w_[{\w]", re.UNICODE)
_WORDS = re.compile(r"[A-Za-z]{2,}_[A-Za-z]{2,}|[A-Za-z]{2,}/|\.py|--")
_EDGES = re.compile(r"([(“\"]*)(.*?)([)”\".,;:?!]*)\Z", re.DOTALL)


@dataclass(frozen=True)
class Formula:
    """A formula within a sentence, with its LaTeX as it was given."""

    row: Row
    source: str


@dataclass(frozen=True)
class Code:
    """Text shown as it stands: a name of the program, or what is no formula."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words that stand out."""

    text: str


@dataclass(frozen=True)
class Claimed:
    """A reference to a line of the report by its number."""

    number: int


Inline = str | Formula | Code | Strong | Claimed
Phrase = tuple[Inline, ...]


@lru_cache(maxsize=4096)
def formula(text: str) -> Formula | Code:
    """A formula; the text itself where it is none that can be set."""
    try:
        return Formula(read_formula(text), text)
    except FormulaError:
        return Code(text)


def prose(text: str, latex: bool = True) -> Phrase:
    r"""Words with the formulas among them; ``latex`` says that the formulas are LaTeX already (else ``r_nk`` is
    :math:`r_{nk}`).

    >>> [part if isinstance(part, str) else part.source for part in prose(r"solve hypothesis 1 for \tilde{\pi}; done")]
    ['solve hypothesis 1 for ', '\\tilde{\\pi}', '; done']
    """
    out: list[Inline] = []
    at = 0
    for match in _CODE.finditer(text):
        out += _worded(text[at : match.start()], latex)
        out.append(Code(match[1] or match[2] or match[3]))
        at = match.end()
    out += _worded(text[at:], latex)
    return merged(out)


_PLAIN = (
    r"(?:non-negative|one-hot|[A-Za-z][a-z]{2,}|[EM]-step|an|as|at|by|in|is|it|no|of|on|or|to"
    r"|a(?= (?:case|constraint|counterexample|density|model|normal|special)\b))(?![A-Za-z}(^_])"
)
"""A word; what stands alone as ``a`` is one before these words, and else a name."""
_RUN = re.compile(rf"(?<![\\A-Za-z{{^_]){_PLAIN}(?:[ ,;:]+{_PLAIN})*")


def worded(text: str) -> Phrase:
    r"""A formula among whose marks words may stand, outside of all braces.

    >>> [part if isinstance(part, str) else part.source for part in worded(r"component \pi_{k} of \boldsymbol{\pi}")]
    ['component ', '\\pi_{k}', ' of ', '\\boldsymbol{\\pi}']
    """
    runs = [match for match in _RUN.finditer(text) if not _braces(text[: match.start()])]
    if not runs:
        whole = formula(text)
        return (whole,) if isinstance(whole, Formula) else prose(text)
    out: list[Inline] = []
    at = 0
    for match in runs:
        out += [*_between(text[at : match.start()]), match.group()]
        at = match.end()
    return merged([*out, *_between(text[at:])])


def _braces(text: str) -> int:
    return len(re.findall(r"(?<!\\)\{", text)) - len(re.findall(r"(?<!\\)\}", text))


def _between(text: str) -> list[Inline]:
    """A formula with the blanks and the punctuation around it."""
    match = re.fullmatch(r"((?:(?!:=)[\s,;:])*)(.*?)([\s,;:]*)", text, re.DOTALL)
    if match is None or not match[2]:
        return [text]
    found = formula(match[2])
    return [match[1], *((found,) if isinstance(found, Formula) else prose(match[2])), match[3]]


def dollars(text: str) -> Phrase:
    """Words of a document with formulas between dollars."""
    parts = text.split("$")
    return merged(formula(part) if number % 2 else part for number, part in enumerate(parts))


def _worded(text: str, latex: bool) -> list[Inline]:
    out: list[Inline] = []
    for word in _words(text):
        if not _MARKED.search(word) or (not latex and _WORDS.search(word)):
            out.append(word)
            continue
        before, body, after = _edges(word)
        found = formula(body if latex else _as_latex(body))
        shown = found if isinstance(found, Formula) else Code(body) if "\\" in body else body
        out += [before, shown, after]
    return out


def _words(text: str) -> list[str]:
    """Words and the blanks between them; what stands within braces, or in raised brackets, belongs to one word."""
    out: list[str] = []
    for piece in _BLANK.split(text):
        if out and _braces(out[-1]) > 0:
            out[-1] += piece
        else:
            out.append(piece)
        if _RAISED.search(out[-1]) and out[-1].count(")") > out[-1].count("("):
            _join_bracket(out)
    return out


_RAISED = re.compile(r"\)\^")


def _join_bracket(words: list[str]) -> None:
    """The last word with those before it back to the bracket that it closes: ``(1 - y)^{1 - t}``."""
    for at in range(len(words) - 2, -1, -1):
        whole = "".join(words[at:])
        if whole.count("(") == whole.count(")"):
            words[at:] = [whole]
            return


def _as_latex(word: str) -> str:
    """A formula of plain text as LaTeX: ``r_nk``, ``W^(1)``, ``relu(z)``."""
    word = _NAME.sub(r"_{\1}", re.sub(r"([_^])\(([^()]*)\)", r"\1{(\2)}", word))
    return re.sub(r"(?<![\\A-Za-z{])[A-Za-z]{3,}(?![A-Za-z])", r"\\operatorname{\g<0>}", word)


def _edges(word: str) -> tuple[str, str, str]:
    """Punctuation before a word, the word, and punctuation after it; brackets that belong together stay in it."""
    match = _EDGES.match(word)
    if match is None:
        return "", word, ""
    before, body, after = match.groups()
    while after.startswith(")") and body.count("(") > body.count(")"):
        body, after = body + ")", after[1:]
    while before.endswith("(") and body.count(")") > body.count("("):
        body, before = "(" + body, before[:-1]
    return before, body, after


def merged(parts: Iterable[Inline]) -> Phrase:
    """The parts with neighbouring texts put together, and formulas with nothing but blanks between them."""
    out: list[Inline] = []
    for part in parts:
        if part == "":
            continue
        if isinstance(part, str) and out and isinstance(out[-1], str):
            out[-1] += part
        else:
            out.append(part)
    return tuple(out)


def joined(parts: Iterable[Inline], between: str = ", ") -> Phrase:
    """Parts with something between them."""
    out: list[Inline] = []
    for part in parts:
        out += [between, part] if out else [part]
    return tuple(out)


def stopped(phrase: Phrase) -> Phrase:
    """A phrase with a full stop at its end."""
    last = phrase[-1] if phrase else ""
    return phrase if isinstance(last, str) and last.rstrip().endswith((".", "?", "!")) else merged([*phrase, "."])


def sentence(phrase: Phrase) -> Phrase:
    """A phrase that begins with a capital letter and ends with a full stop."""
    if not phrase:
        return ()
    first = phrase[0]
    begin = first[:1].upper() + first[1:] if isinstance(first, str) else first
    return stopped((begin, *phrase[1:]))
