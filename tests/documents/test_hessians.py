r"""Second derivatives written as two gradients, ``\nabla\nabla q(w)``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: \mathbf{w}, \mathbf{u} \in \mathbb{R}^M ; A \in \mathbb{R}^{M \times M} symmetric -->
Let $q(\mathbf{w}) = \frac12 \mathbf{w}^T A \mathbf{w}$. Then
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\nabla\nabla q(\mathbf{w}) = A", "proved"),
        (r"\nabla\nabla q = A", "proved"),
        (r"\nabla\nabla q(\mathbf{w}) = 2 A", "refuted"),
        (r"\nabla\nabla q(\mathbf{w}) = A \mathbf{w}", "refuted"),
        (r"\nabla_{\mathbf{w}} \nabla_{\mathbf{w}} q(\mathbf{w}) = A", "proved"),
    ],
)
def test_two_gradients(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{GIVEN}$$ {claim} $$")[-1] == verdict


def test_a_name_for_it(words: Judged) -> None:
    text = (
        GIVEN + r"$$ \mathbf{H} = \nabla\nabla q(\mathbf{w}) = A $$ and $\mathbf{u}^T \mathbf{H} \mathbf{u} = VALUE$."
    )
    assert words(text.replace("VALUE", r"\mathbf{u}^T A \mathbf{u}"))[-1] == "proved"
    assert words(text.replace("VALUE", r"2 \mathbf{u}^T A \mathbf{u}"))[-1] == "refuted"


def test_what_is_used_of_numbers_that_nothing_defines(words: Judged) -> None:
    text = r"<!--: index n = 1..N ; k = 1..K ; t_{nk}, a_k \in \mathbb{R} -->" + "\n"
    text += r"Let $y_k = \frac{\exp(a_k)}{\sum_j \exp(a_j)}$. Using $CLAIM$ we get $\sum_{n,k} t_{nk} = N$."
    assert words(text.replace("CLAIM", r"\sum_k t_{nk} = 1"))[-1] == "proved"
    assert "refuted" in words(text.replace("CLAIM", r"\sum_k y_k = 2"))
    assert "refuted" in words(text.replace("CLAIM", r"\sum_k (t_{nk} + 1) = \sum_k t_{nk}"))
