r"""``x_0`` declared beside ``x_t``, ``m_0 = 0`` beside ``m_k``: the member before the first one."""

from __future__ import annotations

import pytest

from .judging import Judged

LINEAR = (
    "<!--: index t = 1..T ; w \\in \\mathbb{R} ; s_t, s_0, v_t \\in \\mathbb{R} -->\n"
    "Consider the linear recurrence $s_t = w s_{t-1} + v_t$. Then\n"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("s_2 = w^2 s_0 + w v_1 + v_2", "proved"),
        ("s_2 = w^2 s_0 + v_1 + w v_2", "refuted"),
        ("s_3 = w s_2 + v_3", "proved"),
        ("s_3 = w s_2 + v_2", "refuted"),
        (r"\frac{\partial s_2}{\partial w} = 2 w s_0 + v_1", "proved"),
        (r"\frac{\partial s_2}{\partial w} = w s_0 + v_1", "refuted"),
        (r"\frac{\partial s_1}{\partial w} = s_0", "proved"),
        (r"\frac{\partial s_1}{\partial w} = v_1 - v_1", "refuted"),
        (r"\frac{\partial s_2}{\partial s_0} = w^2", "proved"),
        (r"\frac{\partial s_2}{\partial s_1} = w", "proved"),
        (r"\frac{\partial s_2}{\partial s_1} = w^2", "refuted"),
        (r"\frac{\partial s_3}{\partial v_1} = w^2", "proved"),
        (r"\frac{\partial s_1}{\partial v_2} = w", "refuted"),
    ],
)
def test_members_by_number_are_written_out(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{LINEAR}$$ {claim} . $$")[-1] == verdict


@pytest.mark.parametrize(
    "claim", [r"\frac{\partial s_t}{\partial w} = s_{t-1}", r"\frac{\partial s_T}{\partial w} = w - w"]
)
def test_members_at_any_step_are_not(claim: str, words: Judged) -> None:
    assert words(f"{LINEAR}$$ {claim} . $$")[-1] == "unread"


def test_through_what_the_members_are_made_of(words: Judged) -> None:
    text = (
        "<!--: index t = 1..T ; h_t, h_0, x_t \\in \\mathbb{R} ; w, u \\in \\mathbb{R} -->\n"
        "$$ a_t = w h_{t-1} + u x_t, \\qquad h_t = \\tanh(a_t) . $$ Then\n"
    )
    right = r"\frac{\partial h_2}{\partial w} = (1 - h_2^2) (h_1 + w (1 - h_1^2) h_0)"
    assert words(f"{text}$$ {right} . $$")[-1] != "refuted"
    assert words(f"{text}$$ {right.replace('h_1 + ', '')} . $$")[-1] == "refuted"


MOMENT = "<!--: index k = 1..n ; 0 < b < 1 ; g_k, m_k \\in \\mathbb{R} ; m_0 = VALUE -->\nWith $m_k = b m_{k-1} + (1 - b) g_k$\n"


@pytest.mark.parametrize(("value", "verdict"), [("0", "proved"), ("1", "refuted")])
def test_what_numbers_begin_with_is_declared(value: str, verdict: str, words: Judged) -> None:
    assert words(f"{MOMENT.replace('VALUE', value)}$$ m_2 = (1 - b) (g_2 + b g_1) . $$")[-1] == verdict


def test_a_later_member_is_not_declared_so(words: Judged) -> None:
    text = "<!--: index k = 2..n ; b \\in \\mathbb{R} ; m_k \\in \\mathbb{R} ; m_0 = 0 -->\nWith $m_k = b m_{k-1}$ $$ m_2 = m_0 . $$"
    assert "proved" not in words(text)[-1]


def test_what_is_less_than_the_others_stays_apart(words: Judged) -> None:
    text = "<!--: index t = 1..T ; c > 0 ; p_t > 0 ; p_0 \\in \\mathbb{R} -->\nConsider $p_t = c p_{t-1}$. Then $$ p_0 > 0 . $$"
    assert words(text)[-1] != "proved"


ROWS = (
    "<!--: index i, j, k, l = 1..n ; Q, K \\in \\mathbb{R}^{n \\times d} ; q_i, k_i \\in \\mathbb{R}^d ; "
    "rows q_i of Q ; rows k_i of K -->\n"
)


@pytest.mark.parametrize(
    ("right", "verdict"), [("q_i^\\top k_j", "proved"), ("q_j^\\top k_i", "refuted"), ("k_i^\\top k_j", "refuted")]
)
def test_rows_whose_letter_counts(right: str, verdict: str, words: Judged) -> None:
    assert words(f"{ROWS}With $S = Q K^\\top$ we have $$ S_{{ij}} = {right} . $$")[-1] == verdict


FORWARD = (
    "<!--: index t = 1..T ; 0 < \\beta_t < 1 ; x_t, x_0, \\epsilon \\in \\mathbb{R}^d -->\n"
    "With $\\alpha_t = 1 - \\beta_t$ and $\\bar\\alpha_t = \\prod_{s=1}^t \\alpha_s$ the marginal is\n"
    "$$ q(x_t \\mid x_0) = \\mathcal{N}(x_t; \\sqrt{\\bar\\alpha_t} x_0, (1 - \\bar\\alpha_t) I) . $$ Equivalently,\n"
    "$$ x_t = \\sqrt{\\bar\\alpha_t} x_0 + FACTOR \\epsilon, \\qquad \\epsilon \\sim \\mathcal{N}(0, I) . $$\n"
)


@pytest.mark.parametrize(
    ("factor", "verdict"),
    [
        ("\\sqrt{1 - \\bar\\alpha_t}", "proved"),
        ("(1 - \\bar\\alpha_t)", "refuted"),
        ("\\sqrt{1 - \\alpha_t}", "refuted"),
    ],
)
def test_noise_behind_a_density_is_a_claim(factor: str, verdict: str, words: Judged) -> None:
    assert words(FORWARD.replace("FACTOR", factor))[3] == verdict


def test_noise_that_is_not_told_claims_nothing(words: Judged) -> None:
    text = FORWARD.replace("FACTOR", "2").replace(", \\qquad \\epsilon \\sim \\mathcal{N}(0, I)", "")
    assert words(text)[3:] == ["proved"]


def test_what_one_section_was_given_may_be_used_further_on_and_refutes_nothing(words: Judged) -> None:
    text = FORWARD.replace("FACTOR", "\\sqrt{1 - \\bar\\alpha_t}")
    claim = "$$ x_t - \\sqrt{\\bar\\alpha_t} x_0 = \\sqrt{1 - \\bar\\alpha_t} \\epsilon . $$"
    assert words(f"{text}\n## The score\n\nWe have {claim}")[-1] in ("proved", "undecided")
    assert words(f"{text}\n## The score\n\nWe have {claim.replace('= ', '= 2 ')}")[-1] != "proved"
    assert words(f"{text}\n## The score\n\nWe have $$ \\epsilon = 2 \\epsilon . $$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"m_1 = (1 - b) g_1", "proved"),
        (r"m_2 = (1 - b) (g_2 + b g_1)", "proved"),
        (r"m_3 = b m_2 + (1 - b) g_3", "proved"),
        (r"m_2 = (1 - b) (g_1 + b g_2)", "refuted"),
        (r"m_2 = b (g_2 + b g_1)", "refuted"),
        (r"m_1 = g_1", "refuted"),
    ],
)
def test_equations_between_members_by_number(words: Judged, line: str, word: str) -> None:
    declared = r"<!--: index t = 1..T ; b, g_t, m_t \in \mathbb{R} ; m_0 = 0 -->"
    assert words(f"{declared} Let $$m_t = b m_{{t-1}} + (1 - b) g_t.$$ Then $${line}.$$")[-1] == word
