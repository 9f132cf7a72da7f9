r"""Divergences of distributions that are written with their parameters only."""

from __future__ import annotations

import pytest

from .judging import Judged

GIVEN = (
    "<!--: s, t > 0 ; m, k \\in \\mathbb{R} ; 0 < p < 1 ; 0 < q < 1 ; a, b > 0 ; u, v \\in \\mathbb{R}^d -->\n"
    "<!--: index j = 1..d ; s_j, t_j > 0 ; m_j, k_j \\in \\mathbb{R} -->\n"
)
DIVERGENCES = [
    (r"\mathcal{N}(m, s^2)", r"\mathcal{N}(k, t^2)", r"\log\frac{t}{s} + \frac{s^2 + (m - k)^2}{2 t^2} - \frac12"),
    (
        r"\mathcal{N}(m_j, s_j^2)",
        r"\mathcal{N}(k_j, t_j^2)",
        r"\log\frac{t_j}{s_j} + \frac{s_j^2 + (m_j - k_j)^2}{2 t_j^2} - \frac12",
    ),
    (r"\mathcal{N}(u, I)", r"\mathcal{N}(v, I)", r"\frac12 \|u - v\|^2"),
    (r"\mathrm{Bern}(p)", r"\mathrm{Bern}(q)", r"p \log\frac{p}{q} + (1 - p) \log\frac{1 - p}{1 - q}"),
    (r"\mathrm{Exp}(a)", r"\mathrm{Exp}(b)", r"\log\frac{a}{b} + \frac{b}{a} - 1"),
]


@pytest.mark.parametrize(("one", "other", "value"), DIVERGENCES)
def test_the_variable_is_a_letter_of_its_own(one: str, other: str, value: str, words: Judged) -> None:
    right = rf"$$ \mathrm{{KL}}({one} \,\|\, {other}) = {value} . $$"
    wrong = rf"$$ \mathrm{{KL}}({other} \,\|\, {one}) = {value} + 1 . $$"
    assert words(GIVEN + right + "\n" + wrong) == ["proved", "refuted"]


def test_the_mean_is_no_variable(words: Judged) -> None:
    assert words(GIVEN + r"$$ \mathbb{E}_{\mathcal{N}(m, s^2)}[m] = m . $$") == ["unread"]
    assert words(GIVEN + r"$$ \mathbb{E}_{x \sim \mathcal{N}(m, s^2)}[x] = m . $$") == ["proved"]


def test_a_product_of_normal_densities(words: Judged) -> None:
    """log f(x) of independent entries is the sum of theirs."""
    text = GIVEN + (
        r"Let $x \in \mathbb{R}^d$ and $f = \prod_{j=1}^d \mathcal{N}(m_j, s_j^2)$. Then "
        r"$$ \log f(x) = -\sum_{j=1}^d \left( \log s_j + \frac{(x_j - m_j)^2}{SPREAD} \right) - \frac{d}{2} \log(2\pi) . $$"
    )
    assert words(text.replace("SPREAD", "2 s_j^2")) == ["proved"]
    assert words(text.replace("SPREAD", "s_j^2")) == ["refuted"]
    assert "refuted" not in words(text.replace("^d \\mathcal", "^n \\mathcal").replace("SPREAD", "s_j^2"))


DEFINED = (
    "<!--: index i = 1..n ; p_i, q_i > 0 ; \\sum_i p_i = 1 ; \\sum_i q_i = 1 -->\n"
    "$$D(p \\| q) = \\sum_{i=1}^n p_i \\log \\frac{p_i}{q_i}.$$ Let $u_i = 1/n$. "
)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"D(p \| q) - D(q \| p) = \sum_i (p_i + q_i) \log \frac{p_i}{q_i}",
            r"D(p \| q) - D(q \| p) = \sum_i (p_i - q_i) \log \frac{p_i}{q_i}",
        ),
        (r"D(p \| u) = \sum_i p_i \log p_i + \log n", r"D(p \| u) = \sum_i p_i \log p_i - \log n"),
        (r"D(p \| p) = 0", r"D(p \| p) = 1"),
        (r"D(q \| p) = \sum_i q_i \log \frac{q_i}{p_i}", r"D(q \| p) = \sum_i p_i \log \frac{p_i}{q_i}"),
    ],
)
def test_a_divergence_that_the_text_defines_is_one_of_any_two(right: str, wrong: str, words: Judged) -> None:
    assert words(f"{DEFINED}Then $${right}.$$")[-1] == "proved"
    assert words(f"{DEFINED}Then $${wrong}.$$")[-1] == "refuted"


def test_between_normal_distributions_with_a_plain_letter(words: Judged) -> None:
    text = r"<!--: m, k \in \mathbb{R} ; s, t > 0 -->" + "\n"
    value = r"\log \frac{t}{s} + \frac{s^2 + (m - k)^2}{2 t^2} - \frac12"
    assert words(rf"{text}$$KL(N(m, s^2) \| N(k, t^2)) = {value}$$") == ["proved"]
    assert words(rf"{text}$$D_{{KL}}(N(m, s^2) \| N(k, t^2)) = {value} + 1$$") == ["refuted"]
    other = text.replace("-->", "; function N(a, b) -->")
    assert words(rf"{other}$$KL(N(m, s^2) \| N(k, t^2)) = {value}$$") != ["proved"]


SHANNON = (
    r"<!--: x \in \mathbb{R}^d ; function p(x) density ; function q(x) density ; index i = 1..n ; a_i, b_i > 0 -->"
    + "\n"
)


@pytest.mark.parametrize("name", ["JS", "D_{JS}", "\\mathrm{JSD}"])
def test_the_mean_of_two_divergences_from_the_middle(words: Judged, name: str) -> None:
    middle = r"\frac{p + q}{2}"
    assert words(rf"{SHANNON}$${name}(p \| q) = \frac12 KL(p \| {middle}) + \frac12 KL(q \| {middle})$$") == ["proved"]
    assert words(rf"{SHANNON}$${name}(p \| q) = KL(p \| {middle}) + KL(q \| {middle})$$") == ["refuted"]
    assert words(rf"{SHANNON}$${name}(p(x) \| q(x)) = {name}(q \| p)$$") == ["proved"]
    terms = [r"\frac12 a_i \log \frac{2 a_i}{a_i + b_i}", r"\frac12 b_i \log \frac{2 b_i}{a_i + b_i}"]
    assert words(rf"{SHANNON}$${name}(a \| b) = \sum_i {terms[0]} + \sum_i {terms[1]}$$") == ["proved"]
    assert words(rf"{SHANNON}$${name}(a \| b) = \sum_i {terms[0]} - \sum_i {terms[1]}$$") == ["refuted"]


def test_a_mixture_of_densities_is_one(words: Judged) -> None:
    whole = r"\int p(x) \log \frac{2 p(x)}{p(x) + q(x)} \, dx"
    assert words(rf"{SHANNON}$$KL(p \| \tfrac{{p + q}}{{2}}) = {whole}$$") == ["proved"]
    assert words(rf"{SHANNON}$$KL(p \| \tfrac{{p + q}}{{2}}) = 2 {whole}$$") == ["refuted"]
    assert words(rf"{SHANNON}$$KL(p \| \tfrac{{p + 1}}{{2}}) = {whole}$$") == ["unread"]
