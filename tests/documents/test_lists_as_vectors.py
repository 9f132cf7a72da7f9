"""Numbers in brackets with commas between them, as a vector; and functions declared by their spaces."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: x, w, z \in \mathbb{R}^2 ; a, b \in \mathbb{R} ; A \in \mathbb{R}^{2 \times 2} -->" + "\n"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"x = (x_1, x_2)", "proved"),
        (r"x = [x_1, x_2]^T", "proved"),
        (r"x^T = (x_1, x_2)", "proved"),
        (r"x = (x_2, x_1)^\top", "refuted"),
        (r"x^T = (x_2, x_1)", "refuted"),
        (r"w^T x = (w_1, w_2)^T (x_1, x_2)", "proved"),
        (r"A x = (A_{11} x_1 + A_{12} x_2, A_{21} x_1 + A_{22} x_2)", "proved"),
        (r"A x = (A_{11} x_1 + A_{21} x_2, A_{12} x_1 + A_{22} x_2)", "refuted"),
        (r"\nabla_x \frac{1}{2} x^T x = (x_1, x_2)^T", "proved"),
        (r"\nabla_x (x_1^2 x_2) = (2 x_1 x_2, x_1^2)", "proved"),
        (r"\nabla_x (x_1^2 x_2) = (x_1^2, 2 x_1 x_2)", "refuted"),
        (r"(a, b) = (b, a)", "refuted"),
        (r"x = (x_1, x_2, 0 x_1)", "refuted"),  # one entry too many
        (r"x = (x, w)", "unread"),  # no numbers
        (r"a = (0, 1)", "unread"),  # an interval
    ],
)
def test_lists(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{HEAD}We have $${claim}.$$") == [verdict]


MAP = r"<!--: x, z \in \mathbb{R}^2 ; \phi : \mathbb{R}^2 \to \mathbb{R}^3 -->" + "\n"


@pytest.mark.parametrize("body", [r"(x_1^2, \sqrt{2} x_1 x_2, x_2^2)", r"(x_1^2, \sqrt{2} x_1 x_2, x_2^2)^T"])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\phi(x)^T \phi(z) = (x^T z)^2", "proved"),
        (r"\|\phi(x)\|^2 = \|x\|^4", "proved"),
        (r"\|\phi(x) - \phi(z)\|^2 = \|x\|^4 - 2 (x^T z)^2 + \|z\|^4", "proved"),
        (r"\|\phi(x) - \phi(z)\|^2 = \|x\|^4 - (x^T z)^2 + \|z\|^4", "refuted"),
        (r"\phi(x)^T \phi(z) = x^T z", "refuted"),
    ],
)
def test_feature_maps(words: Judged, body: str, claim: str, verdict: str) -> None:
    assert words(f"{MAP}With $$\\phi(x) = {body}$$ we have $${claim}.$$") == ["proved", verdict]


def test_a_declared_map_has_the_shape_of_its_space(words: Judged) -> None:
    found = words(f"{MAP}$$\\phi(x) = (x_1, x_2)$$")
    assert found != ["proved"]
