r"""Values that an equation gives through others: ``V_s = \max_a Q_{sa}`` where Q is made of V."""

from __future__ import annotations

from tests.documents.judging import Judged, notes

DECLARED = r"""<!--: index s, u = 1..S ; a = 1..A ; P_{sau}, c \ge 0 ; R_{sa}, V_s \in \mathbb{R} -->
"""
VALUES = r"$$Q_{sa} = R_{sa} + c \sum_{u=1}^S P_{sau} V_u$$ "


def test_an_equation_in_all_values_is_given(words: Judged) -> None:
    text = DECLARED + "The Bellman equations are\n" + VALUES + r"$$V_s = \max_a Q_{sa}$$"
    assert words(text) == ["proved", "proved"]
    assert r"given: V_s = \max_a Q_{sa}" in notes(text)
    again = text + r" Hence $V_s = 2 \max_a Q_{sa}$."
    assert words(again)[-1] == "refuted"


def test_a_claim_about_free_numbers_is_judged(words: Judged) -> None:
    mean = r"<!--: index i, j = 1..n ; x_i \in \mathbb{R} -->" + "\n"
    assert words(mean + r"$$m = \frac1n \sum_{j=1}^n x_j$$ Then $$x_i = m$$")[-1] == "refuted"
    soft = r"<!--: index k, j = 1..K ; a_k \in \mathbb{R} -->" + "\nThe value function is a softmax.\n"
    assert words(soft + r"$$y_k = e^{a_k} / \sum_{j=1}^K e^{a_j}$$ $$a_k = \log y_k$$")[-1] == "refuted"
