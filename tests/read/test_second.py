"""The second reader: it speaks up where precedence is a convention, and nowhere else."""

from __future__ import annotations

import random
import subprocess
import sys
import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Undecided
from derive.read.declarations import declare
from derive.read.latex import read_term
from derive.read.second import disagreement

CONTEXT = declare(
    r"index k = 1..K ; a, b, c, x, y, \alpha, \sigma, \lambda_0 > 0 ; \pi_k > 0 ; \mathbf{w} \in \mathbb{R}^d"
)


def other(text: str) -> str:
    return disagreement(text, read_term(text, CONTEXT)[0], CONTEXT)


@pytest.mark.parametrize(
    ("text", "taken_as"),
    [
        (r"\tanh^{-1} x", "atanh"),
        (r"\tanh^{-1}(x)", "atanh"),
        (r"\sin^{-1} x + 1", "asin"),
        (r"\cos^{-1}(a + x)", "acos"),
        (r"a \log a / b", r"\log{\left(\frac{a}{b}"),
    ],
)
def test_notation_that_two_readers_take_differently(text: str, taken_as: str) -> None:
    assert taken_as in other(text)


@pytest.mark.parametrize(
    "text",
    [
        "a/bc", "a/b c", r"a \cdot b / c \cdot x", "a/b/c", "-x^2/2y", r"\sin^2 x", r"\log^2 x", r"\tanh^2(x)",
        "a - (b - c) / x y", "a/b^2 c", r"\frac{a}{b}/c x", "(a+b)/2 \\lambda_0", "x^2/2\\sigma^2", "e^{-x/2 a}",
        r"\log x \cdot a / b", r"(\log x) / y", r"\log(x) / y", r"a / \log x", r"\log x / \log y",
        # its known defects, and what it cannot know
        r"\log x", r"\ln x", r"2 \frac{1}{2} x", r"2\pi/ab", r"\sqrt{x}/ab", r"|x|/ab", "1.5 x / a b",
        r"\exp(-x/2)^2", r"\alpha \sigma / 2 a", "2/3",
    ],
)  # fmt: skip
def test_notation_without_doubt(text: str) -> None:
    assert other(text) == ""


@pytest.mark.parametrize("text", [r"\pi_k / a b", r"\sum_{k=1}^K \pi_k / a b", r"\mathbf{w}^T \mathbf{w} / a b"])
def test_indices_and_vectors_are_not_its_business(text: str) -> None:
    assert other(text) == ""


def test_both_readers_agree_on_random_expressions() -> None:
    """Precedence of slash, products, powers and signs, as both readers have it."""
    rng = random.Random(7)

    def expression(depth: int) -> str:
        if depth == 0:
            return rng.choice(["a", "b", "c", "x", "y", "2", "3", r"\alpha"])
        one, two = expression(depth - 1), expression(depth - 1)
        shape = rng.choice(
            ["{} {}", "{} + {}", "{} - {}", r"\frac{{{}}}{{{}}}", "({} + {})", r"{} \cdot {}", "({})/({})"]
        )
        return shape.format(one, two)

    for _ in range(60):
        text = f"{expression(2)} / {rng.choice('abcxy')} {rng.choice('abcxy')}"
        terms = read_term(text, CONTEXT)
        if len(terms) == 1 and len(text) < 120:
            assert disagreement(text, terms[0], CONTEXT) == "", text


@pytest.mark.parametrize(
    "text",
    ["(" * 7 + "x/ab" + ")" * 7, "x/ab" + " + x/ab" * 60, r"x^{x^{x^{x^{x^{x^{x^{x/ab}}}}}}}", "a/b" + "c" * 140],
)
def test_text_that_is_long_or_deep_is_not_given_to_it(text: str) -> None:
    started = time.process_time()
    assert other(text) == ""
    assert time.process_time() - started < 10


def test_a_doubtful_line_is_never_proved() -> None:
    declared = "<!--: x \\in (0,1) -->\n"
    document = read_document(declared + r"$$ \tanh^{-1} x = \frac{1}{\tanh x} $$", latex=False)
    (claim,) = document.derivation.claims
    verdict = judge(claim)
    assert isinstance(verdict, Undecided)
    assert verdict.reason.startswith("ambiguous notation: a second reader takes ")
    assert verdict.reason.endswith("as it is read here it is proved")
    document = read_document(declared + r"$$ \frac{\cosh x}{\sinh x} = (\tanh x)^{-1} $$", latex=False)
    assert all(not claim.doubt for claim in document.derivation.claims)


def test_it_is_imported_only_when_it_is_asked() -> None:
    code = (
        "import sys; from derive.documents import read_document; "
        "read_document('<!--: x, y > 0 -->\\n$$ x/2 = y $$\\n$$ (x+y)^2 = x^2 + 2xy + y^2 $$'); "
        "print([name for name in ('sympy', 'antlr4', 'latex2sympy2_extended') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"
