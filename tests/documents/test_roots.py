"""``A^{1/2}`` of a positive definite matrix: the one R, as A is, with R R = A."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""
<!--: A \in \mathbb{R}^{p \times p} symmetric posdef ; B \in \mathbb{R}^{q \times q} symmetric posdef ; C \in \mathbb{R}^{p \times q}
S \in \mathbb{R}^{p \times p} symmetric psd ; D \in \mathbb{R}^{p \times p} symmetric ; u \in \mathbb{R}^p ; P \in \mathbb{R}^{p \times p} posdef -->
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"A^{1/2} A^{1/2} = A", "proved"),
        (r"A^{-\frac12} A A^{-1/2} = I", "proved"),
        (r"(A^{1/2})^\top = A^{1/2}", "proved"),
        (r"\|A^{1/2} u\|^2 = u^\top A u", "proved"),
        (r"\log\det A^{1/2} = \frac12 \log\det A", "proved"),
        (r"A^{3/2} A^{-1/2} = A", "proved"),
        (r"S^{1/2} S^{1/2} = S", "proved"),
        (r"A^{-1/2} C B^{-1/2} (A^{-1/2} C B^{-1/2})^\top = A^{-1/2} C B^{-1} C^\top A^{-1/2}", "proved"),
        (r"A^{1/2} A^{1/2} = A^2", "refuted"),
        (r"A^{1/2} A = A A^{-1/2}", "refuted"),
        (r"A^{1/2} D = D A^{1/2}", "refuted"),
        (r"A^{-1/2} C B^{-1/2} (A^{-1/2} C B^{-1/2})^\top = A^{-1} C B^{-1} C^\top", "refuted"),
        (r"D^{1/2} D^{1/2} = D", "unread"),
        (r"P^{1/2} P^{1/2} = P", "unread"),
        (r"A^{1/2} B^{1/2} = I", "unread"),
    ],
)
def test_roots(words: Judged, claim: str, verdict: str) -> None:
    assert words(GIVEN + f"$${claim}$$")[-1] == verdict


def test_a_claim_without_the_root_is_one_about_the_matrix(words: Judged) -> None:
    text = GIVEN + r"$$A^{1/2} A^{1/2} = A$$ $$\frac{\partial}{\partial A} \operatorname{tr}(A) = I$$"
    assert words(text) == ["proved", "proved"]


def test_another_matrix_has_not_that_root(words: Judged) -> None:
    first, again = r"$$A^{1/2} A^{1/2} = A$$", "\n# Next\n" + r"Let $A \in \mathbb{R}^{n\times n}$ be symmetric. "
    assert words(GIVEN + first + again + first) == ["proved", "unread"]
