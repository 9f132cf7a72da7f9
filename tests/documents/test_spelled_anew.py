"""Letters that a new problem writes otherwise than everything before it mean something else there."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

COUNTS = r"""# Counts
We observe $(x_i, y_i)$ for $i = 1, \dots, n$ with $x_i \in \mathbb{R}^d$ and $w \in \mathbb{R}^d$. Then
$$\sum_{i=1}^n (w^\top x_i)^2 = \sum_{i=1}^n w^\top x_i x_i^\top w.$$

# Coins
"""


def test_one_number_behind_a_family_of_vectors(words: Judged) -> None:
    text = COUNTS + r"Let $x \in \{0, 1\}$ and $m \in (0, 1)$. Then $$m^x (1 - m)^{1 - x} = x m + (1 - x) (1 - m).$$"
    assert words(text)[-1] == "proved"
    assert words(text.replace("= x m +", "= x m -"))[-1] == "refuted"


TITLED = r"""**1. Exponentiated gradient.** Over the simplex $\sum_{i=1}^d p_i = 1$ we minimise
$$F(p) = \eta \sum_{i=1}^d g_i p_i + \sum_{i=1}^d p_i \log\frac{p_i}{q_i}.$$

**2. Quadratics.** Let $f(x) = \frac12 x^T A x$ with $A$ symmetric. Then $$\nabla f(x) = A x.$$

**3. Machines.** With labels $y_i \in \{-1, 1\}$ the Lagrangian is
$$\mathcal L(w, b, \alpha) = \frac12 \|w\|^2 - \sum_{i=1}^n \alpha_i \left(y_i (w^T x_i + b) - 1\right).$$ Then """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial \mathcal L}{\partial w} = w - \sum_{i=1}^n \alpha_i y_i x_i", "proved"),
        (r"\frac{\partial \mathcal L}{\partial w} = w + \sum_{i=1}^n \alpha_i y_i x_i", "refuted"),
        (r"\frac{\partial \mathcal L}{\partial b} = -\sum_{i=1}^n \alpha_i", "refuted"),
    ],
)
def test_numbered_paragraphs_with_titles_are_problems_of_their_own(words: Judged, claim: str, verdict: str) -> None:
    found = words(f"{TITLED} $${claim}.$$")
    assert "unread" not in found
    assert "refuted" not in found[:-1]
    assert found[-1] == verdict


def test_what_a_letter_stood_for_stays_where_it_is_written_alike(words: Judged) -> None:
    text = r"""# One
Let $w \in \mathbb{R}^d$ and $f = \|w\|^2$.

# Two
Then $\frac{\partial f}{\partial w_j} = 2 w_j$ and $\frac{\partial f}{\partial w_j} = w_j + 1$."""
    assert words(text)[-2:] == ["proved", "refuted"]
