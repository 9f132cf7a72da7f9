"""``V(D^*)`` where V(D) is made of the members of a family D; and ``If $p = q$`` of families."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GAME = r"""<!--: index i = 1..n ; p_i, q_i > 0 ; 0 < D_i < 1 -->
Let $V(D) = \sum_{i=1}^n p_i (D_i - 1)^2 + \sum_{i=1}^n q_i D_i^2$. Taking the derivative with respect to $D_i$ yields

$$\frac{\partial V}{\partial D_i} = 2 p_i(D_i - 1) + 2 q_iD_i,$$

which vanishes at

$$D_i^* = \frac{p_i}{p_i+q_i}.$$

"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"V(D^*) = \sum_i \frac{p_i q_i}{p_i + q_i}", "proved"),
        (r"V(D^*) = \sum_i \frac{p_i q_i^2}{(p_i + q_i)^2} + \sum_i \frac{q_i p_i^2}{(p_i + q_i)^2}", "proved"),
        (r"V(D^*) = \sum_i \frac{p_i^2 + q_i^2}{p_i + q_i}", "refuted"),
        (r"V(D^*) = \frac{p_i q_i}{p_i + q_i}", "refuted"),
        (r"V(D^*) \le V(D)", "proved"),
    ],
)
def test_the_value_at_other_numbers(words: Judged, line: str, word: str) -> None:
    assert words(f"{GAME}Hence ${line}$.")[-1] == word


OTHERS = r"""<!--: index i = 1..n ; j = 1..m ; x_i, y_i, z_j \in \mathbb{R} ; v \in \mathbb{R}^n -->
Let $V(x) = \sum_i x_i^2$ and $s = \sum_i x_i$ and $W(x) = s^2 + V(x)$ and $T(x) = \sum_i x_i \sum_j z_j$.
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"V(y) = \sum_i y_i^2", "proved"),
        (r"V(y) = \sum_i x_i^2", "refuted"),
        (r"V(v) = \|v\|^2", "proved"),
        (r"V(2 v) = 4 \|v\|^2", "proved"),
        (r"V(z) = \sum_j z_j^2", "unread"),
        (r"T(y) = \sum_i y_i \sum_j z_j", "proved"),
        (r"T(y) = T(x)", "refuted"),
    ],
)
def test_other_families(words: Judged, line: str, word: str) -> None:
    assert words(f"{OTHERS}Then ${line}$.")[-1] == word


@pytest.mark.parametrize("line", [r"W(y) = \sum_i y_i^2 + s^2", r"W(y) = \sum_i y_i^2 + (\sum_i y_i)^2"])
def test_what_is_made_of_them_further_down_is_not_guessed(words: Judged, line: str) -> None:
    assert words(f"{OTHERS}Then ${line}$.")[-1] != "proved"


WHOLE = r"""<!--: index i = 1..n ; j = 1..m ; x_i, y_i, z_j \in \mathbb{R} ; v \in \mathbb{R}^n -->
Let $s = \sum_i x_i$ and $V(x) = \sum_i x_i s$ and $T(x) = \sum_j z_j \sum_i x_i$.
"""


@pytest.mark.parametrize(
    "line",
    [
        r"V(y) = s \sum_i y_i",
        r"V(y) = (\sum_i y_i)^2",
        r"T(z_j v) = \sum_j z_j^2 \sum_i v_i",
        r"T(z_j v) = z_j \sum_i v_i \sum_j z_j",
    ],
)
def test_what_stands_further_down_or_would_be_bound_is_not_guessed(words: Judged, line: str) -> None:
    assert words(f"{WHOLE}Then ${line}$.")[-1] not in ("proved", "refuted")


CASE = r"""<!--: index i = 1..n ; p_i, q_i > 0 ; assume \sum_i p_i = 1 -->
Let $J = \sum_i p_i \log \frac{2 p_i}{p_i + q_i}$ and $r_i = \frac{p_i}{p_i + q_i}$.
"""


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("If $p = q$, then $J = 0$ and $r_i = \\frac12$.", ["proved", "proved"]),
        ("If $p = q$, then $J = 1$.", ["refuted"]),
        ("If $p = q$, then $r_i = 1$.", ["refuted"]),
        ("When $q = p$ we have $\\sum_i q_i = 1$.", ["proved"]),
        ("Suppose that $p = q$. Then $J = 0$.", ["proved"]),
        ("If $p = q$, then $J = 0$. In general, $r_i = \\frac12$.", ["proved", "refuted"]),
    ],
)
def test_equal_families_are_equal_member_by_member(words: Judged, said: str, found: list[str]) -> None:
    assert words(CASE + said)[-len(found) :] == found


@pytest.mark.parametrize("said", ["It is not true that $p = q$. So $J = 0$.", "Is $p = q$? We have $J = 0$."])
def test_what_is_claimed_of_families_is_not_supposed(words: Judged, said: str) -> None:
    assert "proved" not in words(CASE + said)[2:]
