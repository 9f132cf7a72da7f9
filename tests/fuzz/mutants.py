"""Documents nobody would write: pieces of real ones, cut, doubled, spliced, and sprinkled with stumbling blocks."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

HOME = Path(__file__).parents[2]
FOLDERS = ("proofs/solutions", "tests/documents/planted", "tests/read/corpus")

PIECES = [
    *(
        r"\frac { } [ ] ( ) \left( \right) \begin{aligned} \end{aligned} & \\ $ $$ \( \[ \] ^ _ = \le <!--: --> %: \b"
        r" \def\b{\b\b} \newcommand{\a}[2][x]{#1\a#2} \input{x} \mathbb{E} \nabla_w \int | , ; \{ \} ' \partial 0 ~ !"
        r" \verb| \begin{verbatim} \argmax_x \log \bar \hat \mathcal{N} \begin{cases} \begin{pmatrix} \substack{ :="
        r" \Rightarrow \in \mathbb{R}^{n\times d} ^{(k)} ^{-1} ^T \sum_{i=1}^N \text{and} ``` é θ ∑ 𝐱 let index"
        r" assume skip \propto \sim \dots \operatorname{tr} \det \left| \right| \lVert \% \$ \mathbf{1}\{ \prod_{j}"
    ).split(" "),
    "\x00",
    "\r\n",
    "\n\n",
    "\u202e",
    "\ufeff",
    " where ",
    "expect refuted",
    "9" * 400,
]


@cache
def originals() -> tuple[tuple[bool, str], ...]:
    """The documents to start from, and whether each is LaTeX."""
    files = [
        file for folder in FOLDERS for file in sorted((HOME / folder).rglob("*")) if file.suffix in (".md", ".tex")
    ]
    return tuple((file.suffix == ".tex", file.read_text("utf-8")) for file in files)


def mutant(seed: int) -> tuple[bool, str]:
    """The document of this number, and whether it is LaTeX; the same every time."""
    draw = random.Random(seed)
    latex, text = draw.choice(originals())
    begin = draw.randrange(max(1, len(text) - 50))
    text = text[begin : begin + draw.randint(50, 2500)]
    for _ in range(draw.choice((0, 1, 2, 4, 8, 30))):
        text = draw.choice(DAMAGE)(draw, text)
    return latex, text


def _insert(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + draw.choice(PIECES) + text[at:]


def _cut(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text) + 1)
    return text[:at] + text[at + draw.randint(1, 40) :]


def _repeat(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text) + 1)
    stop = at + draw.randint(1, 40)
    return text[:stop] + text[at:stop] * draw.choice((1, 1, 2, 20)) + text[stop:]


def _splice(draw: random.Random, text: str) -> str:
    other = draw.choice(originals())[1]
    begin, at = draw.randrange(len(other)), draw.randrange(len(text) + 1)
    return text[:at] + other[begin : begin + draw.randint(1, 200)] + text[at:]


def _character(draw: random.Random, text: str) -> str:
    at = draw.randrange(len(text) + 1)
    low, high = draw.choice(((32, 127), (128, 0x2FFF), (0x1D400, 0x1D7FF)))
    return text[:at] + chr(draw.randrange(low, high)) + text[at + 1 :]


def _exchange(draw: random.Random, text: str) -> str:
    return text.replace(draw.choice(PIECES), draw.choice(PIECES), 1)


DAMAGE = (_insert, _cut, _repeat, _splice, _character, _exchange)
