"""Notation of coursework: the 1-norm, derivatives with slashes, bold reals, entries declared before their vectors."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NORMS = (
    "<!--: \\beta \\in \\mathbb{R}^d ; y \\in \\mathbb{R}^n ; X \\in \\mathbb{R}^{n \\times d} ; index j = 1..d ; "
    "index i = 1..n -->\n"
)


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("\\|\\beta\\|_1 = \\sum_{j=1}^d |\\beta_j|", "proved"),
        ("\\|2 \\beta\\|_1 = 2 \\|\\beta\\|_1", "proved"),
        ("\\|-2 \\beta\\|_1 = -2 \\|\\beta\\|_1", "refuted"),
        ("\\|\\beta\\|_1 \\ge 0", "proved"),
        ("\\|\\beta\\|_1 = \\|\\beta\\|_2", "refuted"),
        ("\\|\\beta\\|_1 = \\sum_{j=1}^d \\beta_j", "refuted"),
        ("\\|y - X \\beta\\|_1 = \\sum_{i=1}^n |y_i - (X \\beta)_i|", "proved"),
        ("\\|X\\|_1 \\ge 0", "unread"),
        ("\\|\\beta\\|_0 \\ge 0", "unread"),
    ],
)
def test_the_norm_1(words: Judged, claim: str, word: str) -> None:
    assert words(f"{NORMS}$${claim}$$")[-1] == word


LOSS = "<!--: index i = 1..n ; f_i, b_i, c \\in \\mathbb{R} -->\nLet $\\ell = \\sum_i (b_i f_i^3 + c f_i)$. Then\n"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("\\partial \\ell / \\partial f_i = 3 b_i f_i^2 + c", "proved"),
        ("\\partial^2 \\ell / \\partial f_i^2 = 6 b_i f_i", "proved"),
        ("\\partial^{2} \\ell / \\partial f_i^{2} = 3 b_i f_i", "refuted"),
        (
            "\\frac{\\partial \\ell / \\partial f_i}{\\partial^2 \\ell / \\partial f_i^2} = \\frac{3 b_i f_i^2 + c}{6 b_i f_i}",
            "proved",
        ),
        (
            "\\frac{\\partial \\ell / \\partial f_i}{\\partial \\ell / \\partial c} = \\frac{3 b_i f_i^2 + c}{\\sum_i f_i}",
            "proved",
        ),
        ("\\frac{\\partial \\ell / \\partial f_i}{\\partial \\ell / \\partial c} = 3 b_i f_i^2 + c", "refuted"),
        ("\\partial^2 \\ell / \\partial f_i = 6 b_i f_i", "unread"),
    ],
)
def test_derivatives_with_slashes(words: Judged, claim: str, word: str) -> None:
    assert words(f"{LOSS}$${claim}$$")[-1] == word


def test_bold_reals(words: Judged) -> None:
    declared = "<!--: u \\in \\mathbf{R}^d ; a \\in \\mathbf{R} ; \\mathbf{R} \\in \\mathbf{R}^{d \\times d} -->\n"
    assert words(f"{declared}$$u^T \\mathbf{{R}} u = u^T \\mathbf{{R}}^T u + a - a$$") == ["proved"]
    assert words(f"{declared}$$u^T \\mathbf{{R}} u = a$$") == ["refuted"]


LABELS = (
    "<!--: index i = 1..n ; index k = 1..K ; y_{ik} \\in VALUES FACT ; let z_i := \\sum_k y_{ik} -->\n"
    "<!--: \\mathbf{y}_i \\in \\mathbb{R}^K ; component y_{ik} of \\mathbf{y}_i -->\n"
)


@pytest.mark.parametrize(
    ("values", "claim", "word"),
    [
        ("\\{0,1\\}", "\\sum_k y_{ik} = 1", "proved"),
        ("\\{0,1\\}", "\\mathbf{1}^T \\mathbf{y}_i = z_i", "proved"),
        ("\\{0,1\\}", "y_{ik}^2 = y_{ik}", "proved"),
        ("\\{-1,1\\}", "y_{ik}^2 = 1", "proved"),
        ("\\{-1,1\\}", "y_{ik}^2 = y_{ik}", "refuted"),
        ("[2, 5]", "|y_{ik}| = y_{ik}", "proved"),
        ("[-2, 5]", "|y_{ik}| = y_{ik}", "refuted"),
    ],
)
def test_what_was_said_of_entries(words: Judged, values: str, claim: str, word: str) -> None:
    fact = "; assume \\sum_k y_{ik} = 1" if "0,1" in values else ""
    assert words(f"{LABELS.replace('VALUES', values).replace('FACT', fact)}$${claim}$$")[-1] == word


def test_one_hot_beside_a_family(words: Judged) -> None:
    text = (
        "<!--: index i = 1..n ; index k = 1..K ; \\mathbf{y}_i \\in \\mathbb{R}^K -->\n"
        "Let $\\mathbf{p} = \\operatorname{softmax}(\\mathbf{a})$ with $\\mathbf{a} \\in \\mathbb{R}^K$ and let "
        "$\\mathbf{y} \\in \\{0,1\\}^K$ be one-hot. With $e = -\\mathbf{y}^\\top \\log \\mathbf{p}$ we get "
    )
    assert words(f"{text}$$\\nabla_{{\\mathbf{{a}}}} e = \\mathbf{{p}} - \\mathbf{{y}}.$$")[-1] == "proved"
    assert words(f"{text}$$\\mathbf{{1}}^T \\mathbf{{y}}_i = 1.$$")[-1] == "refuted"


def test_an_exponential_beside_a_loss_e(words: Judged) -> None:
    text = "<!--: a, b, y \\in \\mathbb{R} -->\nWith the error $e = a - y$ we get "
    assert words(f"{text}$$\\frac{{\\partial}}{{\\partial b}} e^{{-(b - a)}} = -e^{{-(b - a)}}.$$")[-1] == "proved"
    assert words(f"{text}$$\\frac{{\\partial e^2}}{{\\partial a}} = 2 e.$$")[-1] == "proved"
    assert words(f"{text}$$\\frac{{\\partial e^2}}{{\\partial a}} = 2 e^2.$$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (
            "\\left( \\sum_{i=1}^I w_i q_i q_i^\\top + \\lambda I \\right) p = \\sum_{i=1}^I w_i q_i (q_i^\\top p) + \\lambda p",
            "proved",
        ),
        (
            "\\left( \\sum_{i=1}^I w_i q_i q_i^\\top + \\lambda I \\right) p = \\sum_{i=1}^I w_i q_i (q_i^\\top p) + I p",
            "refuted",
        ),
        ("\\sum_{i=1}^I (1 + \\lambda) = I + \\lambda I", "proved"),
        ("\\sum_{i=1}^I (1 + \\lambda) = I + \\lambda", "refuted"),
    ],
)
def test_an_identity_beside_a_size_of_that_letter(words: Judged, claim: str, word: str) -> None:
    declared = "<!--: index i = 1..I ; q_i, p \\in \\mathbb{R}^f ; \\lambda > 0 ; w_i \\in \\mathbb{R} -->\n"
    assert words(f"{declared}$${claim}$$")[-1] == word


def test_a_calligraphic_letter_of_plain_tex(words: Judged) -> None:
    declared = "<!--: w \\in \\mathbb{R}^d ; c \\in \\mathbb{R} -->\n"
    text = f"{declared}$${{\\cal L}} = \\|w\\|^2 + c$$ $$\\frac{{\\partial {{\\cal L}}}}{{\\partial w}} = 2 w$$"
    assert words(text) == ["proved", "proved"]
    assert words(text.replace("2 w$$", "w$$")) == ["proved", "refuted"]
    assert words(f"{text} $$\\mathcal{{L}} = w^\\top w + c$$")[2] == "proved"


def test_a_short_dagger(words: Judged) -> None:
    declared = "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n -->\n"
    text = f"{declared}With $X^\\dag = (X^\\top X)^{{-1}} X^\\top$ we have $$X^\\dag X = I$$"
    assert words(text)[-1] == "proved"
    assert words(text.replace("X = I", "X = 2 I"))[-1] == "refuted"
