"""Records for a batch, as many as one likes, the same every time: good ones, wrong ones, mutants, garbage, bombs."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

from tests.fuzz.bombs import HARD, LET, QUIET, UNREADABLE, display
from tests.fuzz.mutants import mutant, originals

GOOD = [
    ("md", r"<!--: a \in \mathbb{R} --> $(a+{n})^2 = a^2 + {2n}a + {nn}$", ("+ {2n}a", "- {2n}a")),
    ("md", r"<!--: u, v > 0 --> $$\log(u^{{n}} v) = {n}\log u + \log v$$", (r"+ \log v", r"- \log v")),
    (
        "md",
        r"<!--: index k = 1..K ; a_k \in \mathbb{R} --> $$\sum_{k=1}^K {n} a_k = {n}\sum_{k=1}^K a_k$$",
        ("= {n}", "= -"),
    ),
    (
        "tex",
        "%: x \\in \\mathbb{R} ; function \\sigma = logistic\n"
        r"\[ \frac{\partial}{\partial x} \sigma({n}x) = {n}\sigma({n}x)(1-\sigma({n}x)) \]",
        (r"(1-\sigma", r"(1+\sigma"),
    ),
    (
        "tex",
        "%: X \\in \\mathbb{R}^{n\\times d} ; w \\in \\mathbb{R}^d ; y \\in \\mathbb{R}^n\n"
        r"\[ \nabla_w \|Xw - y\|^2 = 2 X^T (Xw - y) \]",
        ("(Xw - y) ", "(Xw + y) "),
    ),
    (
        "md",
        r"<!--: index n = 1..N ; \mathbf{w}, \mathbf{x}_n \in \mathbb{R}^d -->"
        r"<!--: t_n \in \{0,1\} ; function \sigma = logistic -->"
        "\nWith $y_n = \\sigma(\\mathbf{w}^T\\mathbf{x}_n)$ and\n"
        r"$$E = -{n}\sum_{n=1}^N \left[ t_n \log y_n + (1-t_n) \log (1-y_n) \right]$$"
        "\nthe gradient is\n"
        r"$$\nabla_{\mathbf{w}} E = {n}\sum_{n=1}^N (y_n - t_n) \mathbf{x}_n$$",
        ("(y_n - t_n)", "(t_n - y_n)"),
    ),
    ("md", r"<!--: x \in \mathbb{R} --> The mean of {n} numbers. $$\frac{x + x}{2} = x$$", ("= x$$", "= 2x$$")),
]

GARBAGE: list[Callable[[random.Random], bytes]] = [
    lambda draw: b"",
    lambda draw: draw.randbytes(draw.randint(1, 3000)).replace(b"\n", b"?"),
    lambda draw: b"[" * draw.randint(1, 100_000),
    lambda draw: b'{"id":' * draw.randint(1, 50_000),
    lambda draw: b'{"id": 1, "text": "' + b"x" * draw.randint(1, 10_000),
    lambda draw: b'{"id": %d, "text": [%s], "format": "md"}' % (draw.randint(0, 9), b"[]," * 1000 + b"1"),
    lambda draw: json.dumps({"id": "x" * draw.randint(1, 3000), "format": "md"}).encode(),
    lambda draw: b'{"id": 1, "text": "a\\ud800b", "format": "tex"}',
    lambda draw: json.dumps({"id": 1, "text": "a\0b", "format": "md"}).encode(),
    lambda draw: json.dumps({"id": 1, "text": "$x$", "format": draw.choice(["pdf", "", "TEX"])}).encode(),
    lambda draw: ("\N{SNOWMAN}" * draw.randint(1, 500)).encode("utf-16-le").replace(b"\n", b"?"),
]
BOMBS = [*UNREADABLE.values(), *QUIET.values()]
HARD_BOMBS = [
    *map(display, HARD.values()),
    "<!--: x \\in \\mathbb{R} ; let y_{0} := x + 1 -->" + LET + "$$y_{39} = 1$$",
]

SHARES = {"good": 40, "wrong": 15, "whole": 1, "part": 4, "mutant": 25, "garbage": 11, "bomb": 3, "hard": 1}
"""Of a hundred documents, how many are of which kind."""
LONG = 3000
"""Whole documents are cut after so many characters, or they would take most of the time."""


def lines(count: int, seed: int = 0, hard: bool = True) -> Iterator[bytes]:
    """Lines of a batch, none of them blank; ``hard`` documents are those that meet a limit."""
    draw = random.Random(seed)
    for number in range(count):
        (kind,) = draw.choices(list(SHARES), list(SHARES.values()))
        if kind == "hard" and not hard:
            kind = "good"
        line = _garbage(draw) if kind == "garbage" else _record(f"{number} {kind}", *_document(kind, draw))
        yield line + b"\n"


def _record(id: str, format: str, text: str) -> bytes:
    return json.dumps({"id": id, "text": text, "format": format}, ensure_ascii=False).encode("utf-8", "replace")


def _garbage(draw: random.Random) -> bytes:
    return draw.choice(GARBAGE)(draw).strip() or b"?"


def _document(kind: str, draw: random.Random) -> tuple[str, str]:
    """Format and text of a document of a kind."""
    if kind in ("good", "wrong"):
        return _stated(draw, kind == "wrong")
    if kind in ("whole", "part"):
        latex, text = draw.choice(originals())
        if kind == "whole":
            return ("tex" if latex else "md"), text if len(text) < LONG else text[:LONG]
        begin = draw.randrange(max(1, len(text) - 50))
        return ("tex" if latex else "md"), text[begin : begin + draw.randint(50, 1500)]
    if kind == "mutant":
        latex, text = mutant(draw.randrange(10**6))
        return ("tex" if latex else "md"), text
    return draw.choice(("tex", "md")), draw.choice(BOMBS) if kind == "bomb" else draw.choice(HARD_BOMBS)


def _stated(draw: random.Random, wrong: bool) -> tuple[str, str]:
    format, text, (right, slip) = draw.choice(GOOD)
    if wrong:
        text = text.replace(right, slip)
    n = draw.randint(2, 40)
    for name, value in (("{n}", n), ("{2n}", 2 * n), ("{nn}", n * n)):
        text = text.replace(name, str(value))
    return format, text
