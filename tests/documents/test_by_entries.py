r"""Vectors and matrices of which only the space is declared, and then what their entries are."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: a, t, y, z \in \mathbb{R}^K ; index j, k = 1..K ; \sum_k t_k = 1 ; S \in \mathbb{R}^{K \times K} -->
"""
SOFTMAX = r"$$y_k = \frac{e^{a_k}}{\sum_{j=1}^K e^{a_j}}$$ "


def test_entries_say_what_a_vector_is(words: Judged) -> None:
    text = DECLARED + SOFTMAX
    assert words(text) == ["proved"]
    assert words(text + r"$$\frac{\partial y_k}{\partial a_j} = y_k (\delta_{kj} - y_j)$$")[-1] == "proved"
    assert words(text + r"$$\frac{\partial y_k}{\partial a_j} = y_k (1 - y_j)$$")[-1] == "refuted"
    assert words(text + r"$$L = -\sum_k t_k \log y_k$$ $$\frac{\partial L}{\partial a} = y - t$$")[-1] == "proved"
    assert words(text + r"$$L = -\sum_k t_k \log y_k$$ $$\frac{\partial L}{\partial a} = t - y$$")[-1] == "refuted"


def test_entries_of_a_matrix(words: Judged) -> None:
    text = DECLARED + r"$$S_{jk} = a_j a_k$$ "
    assert words(text + r"$$S = a a^T$$") == ["proved", "proved"]
    assert words(text + r"$$S = a t^T$$") == ["proved", "refuted"]


@pytest.mark.parametrize(
    "before",
    [
        r"$$f = y^T a$$ ",
        r"$$\sum_k y_k = \sum_j y_j$$ ",
        r"<!--: assume \sum_k y_k = 1 -->",
        r"$$y = 2 a$$ ",
        r"Suppose that $y^T a = 1$. ",
    ],
)
def test_what_has_been_used_is_claimed(words: Judged, before: str) -> None:
    assert words(DECLARED + before + "\nThen\n" + SOFTMAX)[-1] in ("refuted", "undecided")


@pytest.mark.parametrize("line", [r"y_1 = e^{a_1}", r"y_k = y_k^2", r"S_{kk} = a_k^2"])
def test_one_entry_or_itself_says_nothing_of_all(words: Judged, line: str) -> None:
    assert words(f"{DECLARED}$${line}$$") != ["proved"]


@pytest.mark.parametrize("before", ["Show that", "We claim that", "If $a = z$, then"])
def test_in_a_case_or_claimed_it_defines_nothing(words: Judged, before: str) -> None:
    assert words(rf"{DECLARED}{before} $$y_k = 2 a_k$$")[-1] != "proved"


def test_what_is_declared_stays(words: Judged) -> None:
    declared = DECLARED.replace(r"z \in", r"p, z \in").replace(
        "-->", r"; P \in \mathbb{R}^{K \times K} posdef ; w \in \mathbb{R}^K simplex -->"
    )
    assert words(declared + r"$$P_{jk} = a_j a_k + S_{jk}$$ $$P^T = P$$") == ["proved", "proved"]
    assert words(declared + r"$$w_k = a_k$$ $$\sum_k a_k = 1$$")[-1] != "refuted"
    assert words(declared + r"$$w_k = a_k$$ $$a_k = 2$$")[-1] != "proved"


def test_what_depends_on_others_is_known(words: Judged) -> None:
    text = r"<!--: a, y \in \mathbb{R}^K ; index k = 1..K ; y depends on a -->" + "\n"
    assert words(text + r"$$y_k = a_k$$") != ["proved"]
    for known in ("let y := 2 a", "let z := 2 y"):
        assert words(text.replace("y depends on a", known) + r"$$y_k = a_k$$") != ["proved"]


def test_what_is_averaged_over_has_not_been_used(words: Judged) -> None:
    r"""The z of ``\mathbb{E}_{q(z)}[f(z)]`` stands for any value: no quantity z has been spoken of."""
    text = r"""<!--: index j = 1..J ; m, s, e, z \in \mathbb{R}^J ; function q(z) density ; function f(z) -->
$$\mathbb{E}_{q(z)}[2 f(z)] = 2 \mathbb{E}_{q(z)}[f(z)]$$
Reparameterisation: $z_j = m_j + s_j e_j$, so $$\frac{\partial z_j}{\partial s_j} = CLAIM$$"""
    assert words(text.replace("CLAIM", "e_j")) == ["proved"] * 3
    assert words(text.replace("CLAIM", "s_j"))[-1] == "refuted"
