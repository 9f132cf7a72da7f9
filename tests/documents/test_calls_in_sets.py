r"""``h_t(x_i) \in \{-1, 1\}``, ``D_t(i) > 0``: declarations of numbers that are written as calls."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.read.errors import DeclarationError
from tests.documents.judging import Judged

DECLARED = (
    "<!--: index i = 1..n ; y_i \\in \\{-1, 1\\} ; \\alpha_t \\in \\mathbb{R} ; x_i \\in \\mathbb{R}^d\n"
    "D_t(i) > 0 ; \\sum_{i=1}^n D_t(i) = 1 ; h_t(x_i) \\in \\{-1, 1\\} -->\n"
)


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (
            r"\sum_i D_t(i) e^{-\alpha_t y_i h_t(x_i)} = (1 - \epsilon_t) e^{-\alpha_t} + \epsilon_t e^{\alpha_t}",
            "proved",
        ),
        (
            r"\sum_i D_t(i) e^{-\alpha_t y_i h_t(x_i)} = \epsilon_t e^{-\alpha_t} + (1 - \epsilon_t) e^{\alpha_t}",
            "refuted",
        ),
        (r"h_t(x_i)^2 = 1", "proved"),
        (r"h_t(x_i) = 1", "refuted"),
        (r"\log D_t(i)^2 = 2 \log D_t(i)", "proved"),
        (r"\sum_i D_t(i) y_i h_t(x_i) = 1 - 2 \epsilon_t", "proved"),
    ],
)
def test_boosting(words: Judged, line: str, verdict: str) -> None:
    text = DECLARED + r"Let $\epsilon_t = \sum_{i=1}^n D_t(i) \mathbf{1}\{h_t(x_i) \ne y_i\}$. Then $$ LINE . $$"
    assert words(text.replace("LINE", line))[-1] == verdict


def test_they_are_a_family() -> None:
    context = declare(r"index i = 1..n ; g(x_i) \in \{0, 1\} ; p(i) > 0")
    assert context.symbols["g(x_i)"].family == (context.indices["i"],)
    assert "binary" in context.symbols["g(x_i)"].properties
    assert not context.functions.keys() & {"g"}


@pytest.mark.parametrize(
    "text",
    [
        r"h(x) \in \{-1, 1\}",  # at which points?
        r"index i = 1..n ; h(x, x_i) \in \{-1, 1\}",
        r"index i = 1..n ; f(x_i) > 0",  # of an f of which nothing is known: where does it say which function?
        r"D(i) > 0",  # i counts nothing
    ],
)
def test_what_is_not_taken(text: str) -> None:
    with pytest.raises(DeclarationError):
        declare(text)


def test_a_fact_about_a_function_stays_one() -> None:
    context = declare(r"index i = 1..n ; function f(j) := 2 j ; f(i) > 0")
    assert context.functions["f"].body is not None
    assert len(context.facts) == 1


def test_rows_may_come_before_their_matrix(words: Judged) -> None:
    text = "<!--: index i = 1..n ; rows z_i of X ; z_i, w \\in \\mathbb{R}^d ; X \\in \\mathbb{R}^{n \\times d} -->\n"
    assert words(text + r"$$ \|X w\|^2 = \sum_i (w^T z_i)^2 $$") == ["proved"]
    assert words(text + r"$$ \|X w\|^2 = \sum_i w^T z_i $$") == ["refuted"]
    with pytest.raises(DeclarationError, match="rows of a declared matrix"):
        declare(r"index i = 1..n ; rows z_i of X ; z_i \in \mathbb{R}^d")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_i w_i y_i h(x_i) = 1 - 2 \sum_i w_i \mathbf{1}\{h(x_i) \ne y_i\}", "proved"),
        (r"\sum_i w_i y_i h(x_i) = 1 - \sum_i w_i \mathbf{1}\{h(x_i) \ne y_i\}", "refuted"),
        (r"\sum_t g_t(x_i)^2 = \sum_t g_t(x_i)", "proved"),
        (r"\sum_t g_t(x_i)^2 = 1", "refuted"),
    ],
)
@pytest.mark.parametrize("keyword", ["function ", ""])
def test_a_function_of_the_data(words: Judged, keyword: str, claim: str, verdict: str) -> None:
    declared = (
        r"<!--: index i = 1..n ; t = 1..T ; x_i \in \mathbb{R}^d ; y_i \in \{-1, 1\} ; w_i > 0 ; \sum_i w_i = 1 ; "
        rf"{keyword}h(x) \in \{{-1, 1\}} ; {keyword}g_t(x) \in \{{0, 1\}} -->"
    )
    assert words(f"{declared}\n$${claim}$$") == [verdict]


def test_a_function_of_what_is_no_data_is_refused(words: Judged) -> None:
    text = "<!--: x \\in \\mathbb{R} ; function h(x) \\in \\{-1, 1\\} -->\n$$h(x)^2 = 1$$"
    assert words(text) in (["unread", "unread"], ["unread", "undecided"])
