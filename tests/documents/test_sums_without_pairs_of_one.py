r"""What is assumed of a sum over pairs without those of one with itself, ``\sum_k \sum_{l \ne k} p_{kl} = 1``, is used."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PAIRS = r"index i, j, k, l = 1..n ; y_i \in \mathbb{R}^2 ; p_{ij} > 0 ; c > 0"
SYMMETRIC = r"assume p_{ij} = p_{ji}"
WHOLE = r"assume \sum_{k=1}^n \sum_{l \neq k} p_{kl} = 1"
COST = r"""
Let $w_{ij} = (1 + \|y_i - y_j\|^2)^{-1}$, $Z = \sum_{k=1}^n \sum_{l \neq k} w_{kl}$ and $q_{ij} = w_{ij} / Z$. The cost is
$$ C = \sum_{k=1}^n \sum_{l \neq k} p_{kl} \log \frac{p_{kl}}{q_{kl}} $$
and its gradient
$$ \frac{\partial C}{\partial y_i} = ? $$
"""
RIGHT = r"4 \sum_{j \neq i} (p_{ij} - q_{ij}) w_{ij} (y_i - y_j)"


def given(*lines: str) -> str:
    return "<!--: " + " ; ".join(lines) + " -->\n"


def test_neighbour_embedding(words: Judged) -> None:
    assert words(given(PAIRS, SYMMETRIC, WHOLE) + COST.replace("?", RIGHT))[-1] == "proved"


@pytest.mark.parametrize(
    ("known", "value"),
    [
        ((PAIRS, SYMMETRIC, WHOLE), r"2 \sum_{j \neq i} (p_{ij} - q_{ij}) w_{ij} (y_i - y_j)"),
        ((PAIRS, SYMMETRIC, WHOLE), r"4 \sum_{j \neq i} (q_{ij} - p_{ij}) w_{ij} (y_i - y_j)"),
        ((PAIRS, SYMMETRIC, WHOLE), r"4 \sum_{j \neq i} (p_{ij} - q_{ij}) (y_i - y_j)"),
        ((PAIRS, SYMMETRIC), RIGHT),  # the p may add up to anything
        ((PAIRS, WHOLE), RIGHT),  # p_ij is not p_ji
        ((PAIRS, SYMMETRIC, r"assume \sum_{k=1}^n \sum_{l=1}^n p_{kl} = 1"), RIGHT),  # those of one are among them
    ],
)
def test_other_gradients(words: Judged, known: tuple[str, ...], value: str) -> None:
    assert words(given(*known) + COST.replace("?", value))[-1] != "proved"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_{k=1}^n \sum_{l \neq k} c p_{kl} = c", "proved"),
        (r"\sum_{k=1}^n \sum_{l=1}^n p_{kl} = 1 + \sum_{k=1}^n p_{kk}", "proved"),
        (r"\sum_{k=1}^n \sum_{l=1}^n p_{kl} = 1", "refuted"),
        (r"\sum_{k=1}^n \sum_{l=1}^n p_{kl} = 1 - \sum_{k=1}^n p_{kk}", "refuted"),
        (r"\frac{\partial}{\partial c} \sum_{k=1}^n \sum_{l \neq k} c p_{kl} = 1", "proved"),
    ],
)
def test_sums(words: Judged, claim: str, verdict: str) -> None:
    assert words(given(PAIRS, WHOLE) + f"$$ {claim} $$")[-1] == verdict


def test_a_derivative_in_what_adds_up_is_not_that_of_a_constant(words: Judged) -> None:
    claim = r"\frac{\partial}{\partial p_{12}} \sum_{k=1}^n \sum_{l \neq k} p_{kl} = 1 - 1"
    assert words(given(PAIRS + " ; size n >= 2", WHOLE) + f"$$ {claim} $$")[-1] != "proved"
