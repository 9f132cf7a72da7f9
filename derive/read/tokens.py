"""LaTeX mathematics as tokens, each with its place in the source."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from derive.language.terms import Span
from derive.read.errors import ReadError


class Token(NamedTuple):
    """One token. ``kind`` is num, name, cmd, word, op, row (``\\\\``), wide (``\\quad``), begin, end or stop."""

    kind: str
    text: str
    start: int
    stop: int


GREEK = frozenset(
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi omicron pi varpi rho "
    "varrho sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi "
    "Omega ell hbar infty partial nabla top intercal star emptyset Re Im imath jmath aleph varnothing".split()
)
SPACES = frozenset(
    ", ; ! : > / displaystyle textstyle scriptstyle limits nolimits nonumber notag hfill space "
    "allowbreak thinspace enspace noindent square mathstrut strut "
    "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge".split()
) | {" ", "\n", "\t"}
SIZED = frozenset(
    side.format(size) for size in ("big", "Big", "bigg", "Bigg") for side in ("{}", "{}l", "{}r", "{}m")
) | {"left", "right", "middle"}
WITH_ARGUMENT_DROPPED = frozenset("tag label hspace vspace hphantom vphantom phantom nonumber color".split())
WORDS = frozenset(
    "operatorname operatorname* text mathrm mbox textrm textit textbf mathop textsf texttt mathsf".split()
)
LAYOUT_ENVIRONMENTS = frozenset(
    f"{name}{star}"
    for name in "split aligned align gather gathered equation eqnarray multline alignat alignedat flalign".split()
    for star in ("", "*")
)
SYNONYMS = {
    "leq": "le",
    "leqslant": "le",
    "geq": "ge",
    "geqslant": "ge",
    "neq": "ne",
    "dfrac": "frac",
    "tfrac": "frac",
    "cfrac": "frac",
    "lbrace": "{",
    "rbrace": "}",
    "vert": "|",
    "Vert": "\\|",
    "ldots": "dots",
    "cdots": "dots",
    "dotsc": "dots",
    "dotsb": "dots",
    "vdots": "dots",
    "ddots": "dots",
    "bm": "boldsymbol",
    "pmb": "boldsymbol",
    "bf": "mathbf",
    "cal": "mathcal",
    "dag": "dagger",
    "bold": "mathbf",
    "widehat": "hat",
    "widetilde": "tilde",
    "overline": "bar",
    "implies": "Rightarrow",
    "Longrightarrow": "Rightarrow",
    "iff": "Leftrightarrow",
    "Longleftrightarrow": "Leftrightarrow",
    "leftrightarrow": "Leftrightarrow",
    "to": "rightarrow",
    "longrightarrow": "rightarrow",
    "ast": "*",
    "colon": ":",
    "land": "wedge",
    "lor": "vee",
    "lnot": "neg",
    "mathds": "mathbb",
    "lVert": "\\|",
    "rVert": "\\|",
    "coloneqq": "coloneq",
    "triangleq": "coloneq",
    "doteq": "coloneq",
    "defeq": "coloneq",
    "eqdef": "coloneq",
    "backslash": "setminus",
    "parallel": "\\|",
}
ORNAMENTS = frozenset("blacksquare Box qed qedhere qedsymbol checkmark".split())
"""Signs at the end of an argument, which say nothing there."""
SPOKEN = frozenset("therefore because".split())
"""Signs that stand for a word."""
UNICODE = {
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "∑": r"\sum",
    "∏": r"\prod",
    "∫": r"\int",
    "≤": r"\le",
    "≥": r"\ge",
    "≠": r"\ne",
    "≈": r"\approx",
    "∈": r"\in",
    "∂": r"\partial",
    "∇": r"\nabla",
    "√": r"\sqrt",
    "∞": r"\infty",
    "⊙": r"\odot",
    "⊗": r"\otimes",
    "∘": r"\circ",
    "−": "-",
    "–": "-",
    "…": r"\dots",
    "⋯": r"\dots",
    "‖": r"\|",
    "⊤": r"^{\top}",
    "ᵀ": "^{T}",
    "²": "^{2}",
    "³": "^{3}",
    "⁻¹": "^{-1}",
    "′": "'",
    "ℝ": r"\mathbb{R}",
    "ℕ": r"\mathbb{N}",
    "ℤ": r"\mathbb{Z}",
    "𝔼": r"\mathbb{E}",
    "ℙ": r"\mathbb{P}",
    "∼": r"\sim",
    "→": r"\rightarrow",
    "⇒": r"\Rightarrow",
    "⇔": r"\Leftrightarrow",
    "≔": ":=",
    "½": r"\frac{1}{2}",
    "ℓ": r"\ell",
    "∀": r"\forall",
    "𝟙": r"\mathbb{1}",
    "∝": r"\propto",
    "≡": r"\equiv",
    "∧": r"\wedge",
    "∨": r"\vee",
    "¬": r"\neg",
    "∣": r"\mid",
    **{digit: f"_{{{i}}}" for i, digit in enumerate("₀₁₂₃₄₅₆₇₈₉")},
    **{letter: f"_{{{plain}}}" for letter, plain in zip("ᵢⱼₖₙₘₜ", "ijknmt", strict=True)},
    **{letter: f"^{{{plain}}}" for letter, plain in zip("ⁿⁱ", "ni", strict=True)},
    **{
        letter: "\\" + name
        for letter, name in zip(
            "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΦΨΩϵϕϑ",
            (
                "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon "
                "varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega epsilon phi vartheta"
            ).split(),
            strict=True,
        )
    },
}

ROW_BREAK = (
    r"\\\\\*?(?:\s*\[\s*[-+]?\s*[\d.,]*\s*(?:(?:true\s*)?(?:pt|em|ex|mu|mm|cm|in|pc|sp|bp|dd|cc)|"
    r"\\(?:jot|(?:normal)?baselineskip|lineskip|parskip|(?:small|med|big)skipamount|(?:above|below)displayskip))\s*\])?"
)
"""The end of a row, with how far the next is to stand below it; any other bracket after it belongs to the next row."""
_SCAN = re.compile(
    rf"(?P<space>\s+|~|%[^\n]*)|(?P<row>{ROW_BREAK})|"
    r"(?P<primes>\^\s*(?:\\prime(?![A-Za-z])|\{\s*(?:\\prime(?![A-Za-z])\s*)+\}))|"
    r"\\(?P<cmd>[A-Za-z]+\*?|[^A-Za-z])"
    r"|(?P<num>\d+(?:\.\d+)?(?:[eE][-+]\d+)?|\.\d+)|(?P<op>:=|=:|<=|>=|!=|\|\||\.\.\.|\.\.|[-+*/=<>!|,;:'.&^_()\[\]{}])"
    r"|(?P<such>s\.\s?t\.)|(?P<name>[A-Za-z])",
)
_GROUP = re.compile(r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_LETTER = re.compile(r"\s*([A-Za-z0-9])")
_LAST = re.compile(r"\s*(?:%[^\n]*\s*)*(?:\Z|[.,;})]|\\\\|\\end(?![A-Za-z])|\\qquad|\\quad)")
_LETTERS = re.compile(r"\s*([A-Za-z]+)")
_FONTS = frozenset("mathrm mathsf textrm".split())
"""Commands that take one letter without braces, as in ``\\mathsf T``."""
_ALONE = frozenset(
    "cdot times le ge ne in to approx equiv sim dots odot otimes circ oslash forall exists mid pm div bullet propto "
    "Rightarrow Leftrightarrow rightarrow leftarrow exp log ln det sum prod max min".split()
)
"""Commands that take no argument: braces without anything in them behind one say nothing."""
MAX_LENGTH = 40_000
MAX_KEPT = 2_000


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """The tokens of ``text``, with a ``stop`` token last; ``offset`` is added to every place.

    >>> [t.text for t in tokenize(r"\\frac{1}{2}\\,x_n")]
    ['\\\\frac', '{', '1', '}', '{', '2', '}', 'x', '_', 'n', '']
    """
    if len(text) > MAX_LENGTH:
        raise ReadError(f"expected at most {MAX_LENGTH} characters in one expression, found {len(text)}", Span(0, 1))
    return _tokens(text, offset) if len(text) > MAX_KEPT else list(_kept(text, offset))


@lru_cache(maxsize=1024)
def _kept(text: str, offset: int) -> tuple[Token, ...]:
    """The tokens of a text of ordinary length: the same ones are asked for again and again."""
    return tuple(_tokens(text, offset))


def _tokens(text: str, offset: int) -> list[Token]:
    out: list[Token] = []
    at = 0
    while at < len(text):
        at = _one(text, at, offset, out)
    out.append(Token("stop", "", len(text) + offset, len(text) + offset))
    return out


def _one(text: str, at: int, offset: int, out: list[Token]) -> int:
    match = _SCAN.match(text, at)
    if match is None:
        return _unicode(text, at, offset, out)
    kind, stop = match.lastgroup or "", match.end()
    found = match.group()
    if kind == "space":
        return stop
    if kind == "such":
        out.append(Token("word", "s.t.", at + offset, stop + offset))
        return stop
    if kind == "primes":
        out += [Token("op", "'", at + offset, stop + offset)] * found.count("\\prime")
        return stop
    if kind == "cmd":
        return _command(text, match.group("cmd"), at, stop, offset, out)
    if found == "{" and (empty := _EMPTY.match(text, at)) is not None and not _takes_group(out):
        return empty.end()
    if kind == "op" and found == "||":
        kind, found = "cmd", "\\|"
    elif kind == "op" and found == "...":
        kind, found = "cmd", "\\dots"
    elif kind == "op" and found in _ASCII_RELATIONS:
        found = _ASCII_RELATIONS[found]
        kind = "cmd"
    out.append(Token(kind, found, at + offset, stop + offset))
    return stop


_EMPTY = re.compile(r"\{\s*\}(?!\s*[_^'])")
"""A group without anything in it, which only ends the name of a command, ``\\Sigma{}``; not one with scripts."""


def _takes_group(out: list[Token]) -> bool:
    """Whether a group that stands here belongs to what is before it: a script, or a command with an argument."""
    if not out:
        return False
    last = out[-1]
    if last.text in ("_", "^", "}") or (last.kind == "op" and last.text in "+-*/=<>([,"):
        return True
    return last.kind == "cmd" and last.text[1:] not in _ALONE


_ASCII_RELATIONS = {"<=": "\\le", ">=": "\\ge", "!=": "\\ne"}


def _unicode(text: str, at: int, offset: int, out: list[Token]) -> int:
    for length in (2, 1):
        meaning = UNICODE.get(text[at : at + length])
        if meaning is not None:
            inner = tokenize(meaning)[:-1]
            out.extend(Token(t.kind, t.text, at + offset, at + length + offset) for t in inner)
            return at + length
    place = Span(at + offset, at + offset + 1)
    raise ReadError(f"expected mathematics, found the character {text[at]!r}", place, "write it as a LaTeX command")


def _command(text: str, name: str, at: int, stop: int, offset: int, out: list[Token]) -> int:
    """One ``\\command``: dropped if it is only layout, taken with its argument if it is a word."""
    if name.endswith("*") and name not in WORDS:
        name, stop = name[:-1], stop - (name[:-1] not in WITH_ARGUMENT_DROPPED)
    name = SYNONYMS.get(name, name)
    if name in SPACES or (name in ORNAMENTS and _LAST.match(text, stop)):
        return stop
    if name in ("mathbf", "boldsymbol") and (mean := _MEAN.match(text, stop)) is not None:
        inner = tokenize("\\mathbb{E}")[:-1]
        out.extend(token._replace(start=at + offset, stop=mean.end() + offset) for token in inner)
        return mean.end()
    if name in ("quad", "qquad"):
        out.append(Token("wide", name, at + offset, stop + offset))
        return stop
    if name in SIZED:
        return _sized(text, name, stop, offset, out)
    group = _GROUP.match(text, stop)
    if name in _FONTS and group is None:
        group = _LETTER.match(text, stop)
    if name in WITH_ARGUMENT_DROPPED:
        return group.end() if group else stop
    if name in SPOKEN:
        out.append(Token("word", name, at + offset, stop + offset))
        return stop
    if name == "rm" and (letters := _LETTERS.match(text, stop)) is not None:
        out.append(Token("word", letters.group(1), at + offset, letters.end() + offset))
        return letters.end()
    if name in WORDS and group:
        faced = _FACED.fullmatch(group.group(1))
        if faced is not None:
            inner = tokenize(faced.group(), group.start(1) + offset)[:-1]
            out.extend(token._replace(start=at + offset, stop=group.end() + offset) for token in inner)
            return group.end()
        out.append(Token("word", _word(group.group(1)), at + offset, group.end() + offset))
        return group.end()
    if name in ("begin", "end") and group:
        if group.group(1) not in LAYOUT_ENVIRONMENTS:
            out.append(Token(name, group.group(1), at + offset, group.end() + offset))
        return _skip_array_columns(text, group, name)
    if name == "eqqcolon":
        out.append(Token("op", "=:", at + offset, stop + offset))
    elif name in "{}":
        out.append(Token("op", "\\" + name, at + offset, stop + offset))
    elif name in ("*", ":", "|") or (len(name) == 1 and name in "%&#_$"):
        text_of = "\\|" if name == "|" and text[at : at + 2] == "\\|" else name
        out.append(Token("cmd" if text_of == "\\|" else "op", text_of, at + offset, stop + offset))
    elif name == "\\|":
        out.append(Token("cmd", "\\|", at + offset, stop + offset))
    else:
        out.append(Token("name" if name in GREEK else "cmd", "\\" + name, at + offset, stop + offset))
    return stop


def _skip_array_columns(text: str, group: re.Match[str], name: str) -> int:
    if name == "begin" and group.group(1) in ("array", "alignat", "alignedat", "alignat*"):
        columns = _GROUP.match(text, group.end())
        if columns:
            return columns.end()
    return group.end()


_MEAN = re.compile(
    r"\s*(?:\{\s*E\s*\}|(?<=\s)E)(?=\s*(?:_\s*(?:\{(?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})*\}|[a-z])\s*)?"
    r"(?:\\(?:left|[bB]igg?l?)\s*)?\[)"
)
"""A bold E of which something is in square brackets: an expectation, ``\\mathbf{E}_{x \\sim p}[x]``."""
_FACED = re.compile(r"\s*\\math(?:bb|bf|cal|scr)\s*\{\s*[A-Za-z]+\s*\}\s*")
"""An upright word that is one letter in a face of its own: ``\\operatorname{\\mathbb{E}}``."""
_UPRIGHT = re.compile(r"\s*\\(?:mathrm|text|rm|operatorname|mathsf|sf)\s*(?:\{([^{}]*)\}|(?![A-Za-z])([^{}]*))\s*\Z")


def _word(inner: str) -> str:
    upright = _UPRIGHT.match(inner)
    inner = inner if upright is None else upright.group(1) or upright.group(2) or ""
    return re.sub(r"\s+", " ", inner.replace("\\,", " ").replace("~", " ").replace("$", "")).strip()


_AFTER_SIZE = re.compile(r"\s*(\\[{}|]|\\[lr]?[vV]ert|\\[a-z]+|[()\[\]|./])")


_PAIRED = re.compile(r"\\(left|right)(?![A-Za-z])")
_SIGN = re.compile(r"[-+]|\\(?:pm|mp)(?![A-Za-z])")
_VALUE_BAR = re.compile(r"\s*(?:\||\\r?vert(?![A-Za-z]))\s*_")


@lru_cache(maxsize=16)
def _evaluated(text: str) -> tuple[tuple[int, int], ...]:
    """Where ``\\left.`` and its ``\\right|_{x = a}`` end, around what has a sign: all between them is evaluated."""
    found: list[tuple[int, int]] = []
    opened: list[int] = []
    for each in _PAIRED.finditer(text):
        if each[1] == "left":
            opened.append(each.end())
        elif opened:
            start = opened.pop()
            inside = text[start : each.start()].lstrip()
            if inside.startswith(".") and _SIGN.search(inside) and _VALUE_BAR.match(text, each.end()):
                found.append((start, each.end()))
    return tuple(found)


def _sized(text: str, name: str, at: int, offset: int, out: list[Token]) -> int:
    """``\\left`` and its like: only the bars are marked, since they would be ambiguous otherwise."""
    match = _AFTER_SIZE.match(text, at)
    if match is None:
        return at
    bar = match.group(1)
    if bar == ".":
        if name == "left" and any(start == at for start, _ in _evaluated(text)):
            out.append(Token("op", "{", match.start(1) + offset, match.end() + offset))
        return match.end()
    if name == "right" and any(stop == at for _, stop in _evaluated(text)):
        out.append(Token("op", "}", match.start(1) + offset, match.start(1) + offset))
    if bar in ("|", r"\vert", r"\lvert", r"\rvert"):
        mark = "|(" if name == "left" or name.endswith("l") else "|)" if name == "right" or name.endswith("r") else "|"
        out.append(Token("op", mark, match.start(1) + offset, match.end() + offset))
        return match.end()
    return match.start(1)
