"""A counterexample counts only where nothing that the text says of its names was left out."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted, Undecided, Verdict
from derive.read.documents.text.source import Source

from .judging import Judged


def last(text: str) -> Verdict:
    """The verdict on the last line."""
    return judge(read_document(Source("f.md", text)).derivation.claims[-1], time.monotonic() + 60)


ROTATION = "Let $A \\in \\mathbb{R}^{m \\times m}$ and $u \\in \\mathbb{R}^m$. WORDS Then $$\\|A u\\|^2 = \\|u\\|^2.$$"


def test_a_property_that_nothing_took_up() -> None:
    verdict = last(ROTATION.replace("WORDS", "Multiplication with $A$ takes every orthonormal basis to another one."))
    assert isinstance(verdict, Undecided)
    assert "does not hold (at" in verdict.reason
    assert "nothing was made of “orthonormal” in line 1, which may be about A" in verdict.reason


@pytest.mark.parametrize(
    "words",
    [
        "",
        "Nothing is orthogonal here.",
        "We do not ask that $A$ be orthogonal.",
        "Note that $A u = 0$ is orthogonal to everything.",
        "Let $A$ be symmetric.",  # taken up
    ],
)
def test_what_is_no_property_of_it_or_was_taken_up_changes_nothing(words: str) -> None:
    assert isinstance(last(ROTATION.replace("WORDS", words)), Refuted)


def test_what_one_problem_says_is_nothing_to_the_next() -> None:
    first = "## Problem 1\n\nMultiplication with $A$ takes every orthonormal basis to another one.\n\n## Problem 2\n\n"
    assert isinstance(last(first + ROTATION.replace("WORDS", "")), Refuted)


PIXELS = "Let $G \\in \\mathbb{R}^{m \\times n}$ be an image. <!--: index i = 1..m ; j = 1..n --> WORDS Then "


@pytest.mark.parametrize(
    ("words", "undecided"),
    [
        ("Let $g_{ij} \\in \\mathbb{R}$ be its grey values.", True),
        ("Let $h_{ij} \\in \\mathbb{R}$ be other grey values.", False),
        ("Let $g_{ij} = G_{ij}^2$.", False),
        ("<!--: component g_{ij} of G -->", False),
    ],
)
def test_a_matrix_and_its_entries_that_nothing_links(words: str, undecided: bool) -> None:
    letter = "h" if "h_" in words else "g"
    text = PIXELS.replace("WORDS", words) + f"$$\\|G\\|_F^2 = 2 \\sum_{{i=1}}^m \\sum_{{j=1}}^n {letter}_{{ij}}^2.$$"
    verdict = last(text)
    assert isinstance(verdict, Undecided if undecided else Refuted)
    if isinstance(verdict, Undecided):
        assert "g_{i,j} and G are taken as having nothing to do with each other" in verdict.reason


def test_a_supposition_that_could_not_be_read() -> None:
    text = "Let $a, b \\in \\mathbb{R}$ be such that $$WORDS.$$ Then $$a b = 1.$$"
    assert isinstance(last(text.replace("WORDS", r"a \bowtie b")), Undecided)
    assert isinstance(last(text.replace("WORDS", "a > 0")), Refuted)
    behind = "Let $a, b \\in \\mathbb{R}$. Then $$a b = 1.$$\n\nNow suppose that $$a \\bowtie b.$$"
    assert isinstance(last(behind), Refuted)


DEFINED = "<!--: index i = 1..n ; u_i \\in \\mathbb{R} -->\nLet $s_i = u_i^2$ and $T = \\sum_{i=1}^n s_i$. "


def test_a_supposition_about_what_is_defined_counts_right_behind_it() -> None:
    supposed = DEFINED + "If all of them are equal, $s_i = c$, then $T = VALUE$."
    assert isinstance(last(supposed.replace("VALUE", "n")), Refuted)
    assert isinstance(last(supposed.replace("VALUE", "n c")), Proved)
    assert isinstance(
        last(DEFINED + "If all of them are equal, $s_i = c$, we stop.\n\n\n\n\nIn general $T = n$."), Refuted
    )


CASE = "<!--: index i = 1..n ; u_i, v_i \\in \\mathbb{R} -->\nLet $T = \\sum_{i=1}^n (u_i + v_i)^2$. "


def test_a_text_may_go_on_with_a_case_and_not_say_so() -> None:
    """With v = 0 the derivative of T in u_j is 2 u_j; it never is 3 u_j, and without the case neither is meant."""
    case = CASE + "With $v_i = 0$ this becomes $$T = \\sum_{i=1}^n u_i^2.$$ "
    then = "Its derivative is $$\\frac{\\partial T}{\\partial u_j} = %s u_j.$$"
    verdict = last(case + then % "2")
    assert isinstance(verdict, Undecided)
    assert "it holds where what line 2 supposes does, not in general (at" in verdict.reason
    assert isinstance(last(case + then % "3"), Refuted)
    assert isinstance(last(CASE + then % "2"), Refuted)
    assert isinstance(last(case + "\n" * 20 + then % "2"), Refuted)


def test_a_case_that_is_over() -> None:
    case = CASE + "With $v_i = 0$ this becomes $$T = \\sum_{i=1}^n u_i^2.$$ "
    assert isinstance(last(case + "In general, $$T = \\sum_{i=1}^n u_i^2.$$"), Refuted)
    assert isinstance(last(case + "Also $$\\sum_{i=1}^n (u_i + v_i) = \\sum_{i=1}^n u_i.$$"), Refuted)


QUADRATIC = (
    "<!--: A \\in \\mathbb{R}^{d\\times d} symmetric posdef ; x, y, b \\in \\mathbb{R}^d ; L > 0 -->\n"
    r"Let $f(x) = \frac12 x^T A x - b^T x$. "
)


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        ("If $f$ is $L$-smooth,", r"f(y) \le f(x) + \nabla f(x)^T (y - x) + \frac L2 \|y - x\|^2", "undecided"),
        (
            "The gradient is $L$-Lipschitz.",
            r"f(y) \le f(x) + \nabla f(x)^T (y - x) + \frac L2 \|y - x\|^2",
            "undecided",
        ),
        ("Let $L = 2$.", r"f(y) \le f(x) + \nabla f(x)^T (y - x) + \frac L2 \|y - x\|^2", "refuted"),
        ("The gradient is $L$-Lipschitz.", r"\|b\|^2 - \frac{1}{2 L} \|b\|^2 = \frac{1}{2 L} \|b\|^2", "refuted"),
        ("The gradient is $L$-Lipschitz.", r"L^2 \ge L", "refuted"),
        ("The gradient is $L$-Lipschitz.", r"f(y) \ge f(x)", "refuted"),
    ],
)
def test_a_constant_that_bounds_how_a_function_varies(said: str, claim: str, verdict: str, words: Judged) -> None:
    """Which numbers are constants of a known function is not known here; what holds for none of them is refuted."""
    assert words(f"{QUADRATIC}{said} Then $$ {claim} . $$")[-1] == verdict


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (r"If $g_j$ is the gradient of the loss with respect to $\hat x_j$, then", "refuted"),
        (r"If $g_j$ denotes the derivative of the objective in $\hat x_j$, then", "refuted"),
        (r"If $g_j$ is the gradient of a convex function, then", "undecided"),
    ],
)
def test_what_only_names_the_gradient_of_a_loss_supposes_nothing(said: str, verdict: str, words: Judged) -> None:
    text = (
        "<!--: index i, j = 1..d ; x_i, g_i \\in \\mathbb{R} -->\n"
        + r"Let $m = \frac1d \sum_{i=1}^d x_i$ and $\hat x_i = x_i - m$. "
    )
    claim = r"$$ \sum_{j=1}^d g_j \frac{\partial \hat x_j}{\partial x_i} = g_i - \sum_{j=1}^d g_j . $$"
    assert words(f"{text}{said} {claim}")[-1] == verdict
