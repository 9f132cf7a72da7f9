"""Numbers that words call a distribution: they add up to one where they are introduced so, and nowhere else."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

NUMBERS = "<!--: index i = 1..n ; p_i, q_i > 0 ; a_i \\in \\mathbb{R} ; v, w \\in \\mathbb{R}^n -->\n"


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Let $p$ and $q$ be probability distributions on a finite set, so", r"\sum_i p_i = \sum_i q_i = 1"),
        ("Let $p$ be a probability vector. Then", r"\sum_i (p_i + 1) = n + 1"),
        ("Suppose that $p_i$ and $q_i$ are two probability mass functions. Then", r"\sum_i (p_i - q_i) = 0"),
        ("For probability vectors $p$ and $q$ we have", r"\sum_i (p_i - q_i) = 0"),
        ("For distributions $p$ and $q$ on a finite set we have", r"\sum_i (p_i - q_i) = 0"),
        ("where $q$ lies in the probability simplex. Then", r"\sum_i q_i = 1"),
        ("Take positive weights $p_i$ that sum to one. Then", r"\sum_i 2 p_i = 2"),
        ("Let $p_i$ be weights which add up to one. Then", r"\sum_i 2 p_i = 2"),
        ("Let $v$ be a probability vector. Then", r"\sum_i v_i = 1"),
        ("Let $a$ be a discrete distribution. Then", r"\sum_i a_i \ge 0"),
        ("Let $a$ be a discrete distribution. Then", r"\sum_i a_i^2 \le 1"),
    ],
)
def test_they_add_up_to_one(words: Judged, said: str, claim: str) -> None:
    assert set(words(f"{NUMBERS}{said} ${claim}$.")) == {"proved"}


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("Let $p$ and $q$ be probability distributions. Then", r"\sum_i 3 p_i = 2"),
        ("Let $p$ be a probability vector. Then", r"\sum_i 3 q_i = 3"),
        ("Let $p$ be a vector. Then", r"\sum_i 3 p_i = 3"),
        ("Let $p_i$ be weights that need not sum to one. Then", r"\sum_i 3 p_i = 3"),
        ("Let $p_i$ be unnormalised weights. Then", r"\sum_i 3 p_i = 3"),
        ("Then $p$ is a probability vector:", r"\sum_i 3 p_i = 3"),
        ("Show that $p$ is a probability vector, i.e.", r"\sum_i 3 p_i = 3"),
        ("We do not assume that $p$ is a probability vector. Hence", r"\sum_i 3 p_i = 3"),
        ("Let $p$ and $q$ be as above. If $q$ is a distribution, then", r"\sum_i 3 p_i = 3"),
        ("Let $p$ be positive, not a probability vector. Then", r"\sum_i 3 p_i = 3"),
        ("Take the ratio of the probability distributions. Then", r"\sum_i 3 p_i = 3"),
    ],
)
def test_nothing_else_says_so(words: Judged, said: str, claim: str) -> None:
    assert "proved" not in words(f"{NUMBERS}{said} ${claim}$.")


def test_what_is_supposed_is_listed() -> None:
    said = NUMBERS + r"Let $p$ be a probability vector. Then $\sum_i p_i = 1$."
    assert r"assume \sum_{i} p_{i} = 1" in notes(said)


def test_numbers_that_nothing_declares(words: Judged) -> None:
    said = "<!--: index i = 1..n -->\nLet $r$ be a probability vector. Then "
    assert words(said + r"$\sum_i r_i = 1$ and $\sum_i r_i^2 = 1$.")[-1] == "refuted"


def test_numbers_that_are_declared_after_they_are_called_so(words: Judged) -> None:
    said = "<!--: index i = 1..n -->\nLet $p$ and $q$ be two probability vectors with entries $p_i, q_i > 0$. Then "
    assert words(said + r"$\sum_i 2 p_i = 2$ and $\sum_i (p_i - q_i) = 0$.") == ["proved", "proved"]
    assert words(said + r"$\sum_i 2 p_i = 1$.") == ["refuted"]
    ended = said.replace("two probability vectors", "vectors")
    assert words(ended + r"$\sum_i 2 p_i = 2$.") == ["refuted"]


SOFT = r"Let $a \in \mathbb{R}^K$ and $s_k = \frac{e^{a_k}}{\sum_j e^{a_j}}$."


@pytest.mark.parametrize("said", ["probabilities", "teacher probabilities", "soft labels", "the target probabilities"])
def test_probabilities_beside_others_over_the_same_values(words: Judged, said: str) -> None:
    text = SOFT + rf" With {said} $t_k$ let $G = -\sum_k t_k \log s_k$. Then "
    assert words(text + r"$$\frac{\partial G}{\partial a_j} = s_j - t_j$$")[-1] == "proved"
    assert words(text + r"$$\frac{\partial G}{\partial a_j} = t_j - s_j$$")[-1] == "refuted"
    assert words(text + r"$$\sum_k t_k^2 = 1$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        SOFT + r" With success probabilities $t_k$ let $G = -\sum_k t_k \log s_k$.",
        SOFT + r" With unnormalised probabilities $t_k$ let $G = -\sum_k t_k \log s_k$.",
        SOFT + r" With numbers $t_k$ let $G = -\sum_k t_k \log s_k$.",
        r"Let $a \in \mathbb{R}^K$ and $s_k = \frac{1}{1 + e^{-a_k}}$. With teacher probabilities $t_k$ let $G = -\sum_{k=1}^K t_k \log s_k$.",
        SOFT + r" With teacher probabilities $t_i$, $i = 1, \dots, n$, let $G = -\sum_{i=1}^n t_i$.",
    ],
)
def test_other_probabilities_need_not_sum_to_one(words: Judged, text: str) -> None:
    letter, last = ("i", "n") if "t_i" in text else ("k", "K")
    assert words(text + rf" Then $$\sum_{{{letter}=1}}^{last} 2 t_{letter} = 2$$")[-1] != "proved"


def test_a_vector_of_probabilities_beside_a_softmax(words: Judged) -> None:
    text = r"Let $a \in \mathbb{R}^K$, $s = \mathrm{softmax}(a)$ and the teacher probabilities $t \in \mathbb{R}^K$ be given. Then "
    assert words(text + r"$\sum_{k=1}^K 2 t_k = 2$.")[-1] == "proved"
    assert words(text.replace("teacher probabilities", "a vector") + r"$\sum_{k=1}^K 2 t_k = 2$.")[-1] == "refuted"
