"""What is held fixed in the body of a function does not move with its parameter."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HELD = r"""%: index n = 1..N ; W \in \mathbb{R}^{D \times M} ; x_n \in \mathbb{R}^D
The posterior mean is \[ m_n = W^\top x_n . \] Let the $m_n$ be fixed. The expected loss is
\[ Q(W) = \sum_{n=1}^N m_n^\top W^\top x_n . \] Then """
STEP = r"""%: index n = 1..N
Let $\theta \in (0,1)$ and $y_n \in \{0, 1\}$. In the E-step we compute
\[ g_n = \frac{\theta^{y_n}}{\theta^{y_n} + (1 - \theta)^{y_n}} . \] In the M-step we maximise
\[ R(\theta) = \sum_{n=1}^N g_n \log \theta . \] Then """


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HELD + r"\[ \nabla_W Q = \sum_{n=1}^N x_n m_n^\top . \]", "proved"),
        (HELD + r"\[ \nabla_W Q(W) = \sum_{n=1}^N x_n m_n^\top . \]", "proved"),
        (HELD + r"\[ \nabla_W Q = 2 \sum_{n=1}^N x_n m_n^\top . \]", "refuted"),
        (HELD + r"\[ Q(2 W) = 2 Q(W) . \]", "proved"),
        (HELD + r"\[ Q(2 W) = 4 Q(W) . \]", "refuted"),
        (STEP + r"\[ R'(\theta) = \frac{1}{\theta} \sum_{n=1}^N g_n . \]", "proved"),
        (STEP + r"\[ R'(\theta) = \frac{1}{\theta^2} \sum_{n=1}^N g_n . \]", "refuted"),
        (HELD.replace("Let the $m_n$ be fixed.", "") + r"\[ \nabla_W Q = \sum_{n=1}^N x_n m_n^\top . \]", "refuted"),
        (HELD.replace("Let the $m_n$ be fixed.", "") + r"\[ Q(2 W) = 4 Q(W) . \]", "proved"),
    ],
)
def test_what_is_fixed_stays(words: Judged, text: str, expected: str) -> None:
    assert words(text)[-1] == expected


def test_a_constant_that_is_let_be_is_declared_as_before(words: Judged) -> None:
    assert words(r"Let $c \in \mathbb{R}$ be a constant. Then \[ 2 c + c = 3 c . \]") == ["proved"]
