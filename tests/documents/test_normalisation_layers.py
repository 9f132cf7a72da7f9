"""Layers that normalise, losses that are only named, and spreads on a diagonal: what nothing declares is inferred.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

BATCH = (
    "Let $h_1, \\dots, h_m$ be activations and $\\mu = \\frac1m \\sum_{i=1}^m h_i$, $v = \\frac1m \\sum_{i=1}^m (h_i - \\mu)^2$,"
    "$$\\hat h_i = \\frac{h_i - \\mu}{\\sqrt{v + \\epsilon}}, \\qquad z_i = \\gamma \\hat h_i + \\beta$$"
    "with $\\epsilon > 0$. For a loss $E$ depending on $z_1, \\dots, z_m$, $$%s$$"
)
SLOPE = (
    "\\frac{\\partial E}{\\partial h_i} = \\frac{\\gamma}{m \\sqrt{v + \\epsilon}} \\left( m \\frac{\\partial E}{\\partial z_i} "
    "- \\sum_{j=1}^m \\frac{\\partial E}{\\partial z_j} - \\hat h_i \\sum_{j=1}^m \\frac{\\partial E}{\\partial z_j} \\hat h_j \\right)"
)


def test_batch_normalisation(words: Judged) -> None:
    assert words(BATCH % SLOPE)[-1] == "proved"
    assert words(BATCH % SLOPE.replace("- \\hat h_i", "+ \\hat h_i"))[-1] == "refuted"
    assert words(BATCH % SLOPE.replace("( m \\frac", "( \\frac"))[-1] == "refuted"
    true = "\\frac{\\partial E}{\\partial \\gamma} = \\sum_{i=1}^m \\frac{\\partial E}{\\partial z_i} \\hat h_i"
    assert words(BATCH % true)[-1] == "proved"
    assert words(BATCH % true.replace("\\hat h_i", "h_i"))[-1] == "refuted"


def test_a_capital_in_a_formula_may_be_a_matrix(words: Judged) -> None:
    """γ is told to be a number only where no other capital is in a formula."""
    text = "Let $h_1, \\dots, h_m$ be inputs, $\\mu = \\frac1m \\sum_{i=1}^m h_i$. With $z_i = \\gamma h_i$ we have $$\\gamma A = A \\gamma$$"
    assert words(text)[-1] != "proved"


WEIGHT = (
    "Let $\\mathbf{w} = \\frac{g}{\\|\\mathbf{v}\\|} \\mathbf{v}$ with $\\mathbf{v} \\in \\mathbb{R}^d$ and $g \\in \\mathbb{R}$, and let "
    "$\\mathcal{L}$ be a function of $\\mathbf{w}$. Then $$%s$$"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (
            "\\frac{\\partial \\mathcal{L}}{\\partial g} = \\frac{\\mathbf{v}^\\top \\nabla_{\\mathbf{w}} \\mathcal{L}}{\\|\\mathbf{v}\\|}",
            "proved",
        ),
        (
            "\\frac{\\partial \\mathcal{L}}{\\partial g} = \\mathbf{v}^\\top \\nabla_{\\mathbf{w}} \\mathcal{L}",
            "refuted",
        ),
        ("\\mathbf{v}^\\top \\nabla_{\\mathbf{v}} \\mathcal{L} = 0", "proved"),
        ("\\mathbf{w}^\\top \\nabla_{\\mathbf{v}} \\mathcal{L} + 1 = 2", "undecided"),
        ("\\mathbf{w}^\\top \\nabla_{\\mathbf{w}} \\mathcal{L} = 1 - 1", "undecided"),
        (
            "\\| \\mathbf{v} - \\eta \\nabla_{\\mathbf{v}} \\mathcal{L} \\|^2 = \\|\\mathbf{v}\\|^2 + \\eta^2 \\| \\nabla_{\\mathbf{v}} \\mathcal{L} \\|^2",
            "proved",
        ),
        (
            "\\| \\mathbf{v} - \\eta \\nabla_{\\mathbf{v}} \\mathcal{L} \\|^2 = \\|\\mathbf{v}\\|^2 - \\eta^2 \\| \\nabla_{\\mathbf{v}} \\mathcal{L} \\|^2",
            "refuted",
        ),
    ],
)
def test_weight_normalisation(words: Judged, claim: str, verdict: str) -> None:
    """What holds of some L is not refuted; η is told by the gradient that it stands before."""
    known = "\\mathbf{v}^\\top \\nabla_{\\mathbf{v}} \\mathcal{L} = 0$$ and so $$"
    assert words(WEIGHT % (known + claim))[-1] == verdict


def test_a_loss_of_several_things(words: Judged) -> None:
    """Where it depends on v directly as well, v^T ∇_v L need not be zero."""
    text = WEIGHT.replace("of $\\mathbf{w}$.", "of $\\mathbf{w}$ and $\\mathbf{v}$.")
    assert words(text % "\\mathbf{v}^\\top \\nabla_{\\mathbf{v}} \\mathcal{L} = 0")[-1] != "proved"


NORMALS = (
    "Let $q(\\mathbf{z}) = \\mathcal{N}(\\mathbf{z} \\mid \\boldsymbol\\mu, \\operatorname{diag}(\\boldsymbol\\sigma^2))$ and "
    "$p(\\mathbf{z}) = \\mathcal{N}(\\mathbf{z} \\mid \\mathbf{0}, \\mathbf{I})$ with $\\mathbf{z} \\in \\mathbb{R}^d$. Then "
    "$$\\mathrm{KL}(q \\| p) = \\frac12 \\sum_{i=1}^d \\left( \\mu_i^2 + \\sigma_i^2 - \\log \\sigma_i^2 %s 1 \\right)$$"
)


def test_spreads_on_a_diagonal(words: Judged) -> None:
    assert words(NORMALS % "-")[-1] == "proved"
    assert words(NORMALS % "+")[-1] == "refuted"
    assert "positive" in notes(NORMALS % "-")


def test_spreads_of_numbers(words: Judged) -> None:
    text = (
        "$$\\mathrm{KL}(\\mathcal{N}(m_1, s_1^2) \\| \\mathcal{N}(m_2, s_2^2)) "
        "= \\log \\frac{s_2}{s_1} + \\frac{s_1^2 + (m_1 - m_2)^2}{2 s_2^2} - \\frac12$$"
    )
    assert words(text) == ["proved"]
    assert words(text.replace("2 s_2^2}", "2 s_1^2}")) == ["refuted"]


GATES = (
    "<!--: index t = 1..T ; function \\sigma = logistic -->\n## Gates\n"
    "Let $x_t \\in \\mathbb{R}^d$ be the input and $h_t \\in \\mathbb{R}^m$ the state. $$f_t = \\sigma(W_f x_t + U_f h_{t-1})$$ %s\n"
    "## Another model\nLet $W \\in \\mathbb{R}^{m \\times m}$ and $y \\in \\mathbb{R}^m$. $$y^\\top W y = y^\\top W^\\top y$$"
)


def test_a_matrix_of_another_section(words: Judged) -> None:
    """W_f of one section is no entry of a W that only a later one declares."""
    assert words(GATES % "") == ["proved", "proved"]


GRADIENT = (
    "<!--: index a, b = 1..A -->\n## Values\nLet $u, v \\in \\mathbb{R}^p$. $$u^\\top v = v^\\top u$$\n## Policy\n"
    "Let $\\pi_a = e^{\\theta_a} / \\sum_{b=1}^A e^{\\theta_b}$ and $J = \\sum_{a=1}^A \\pi_a q_a$. Then "
    "$$\\frac{\\partial J}{\\partial \\theta_b} = \\pi_b (q_b %s J)$$"
)


def test_numbers_beside_vectors_of_another_section(words: Judged) -> None:
    assert words(GRADIENT % "-")[-1] == "proved"
    assert words(GRADIENT % "+")[-1] == "refuted"
