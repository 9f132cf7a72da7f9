r"""``\int q(z) f(z)\,dz`` where q is a function that the text has said to be a normal density."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""
<!--: index j = 1..J ; \mu, \sigma \in \mathbb{R}^J ; \sigma_j > 0 ; z \in \mathbb{R}^J ; m \in \mathbb{R} ; s > 0 ; u \in \mathbb{R} -->

Let $q(z) = \mathcal{N}(z | \mu, \operatorname{diag}(\sigma^2))$, $p(z) = \mathcal{N}(z | 0, I)$ and $r(v) = \mathcal{N}(v | m, s^2)$.

"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (
            r"\int q(z) \log p(z) dz = -\frac{J}{2}\log(2\pi) - \frac12 \sum_{j=1}^J (\mu_j^2 + \sigma_j^2)",
            "proved",
        ),
        (r"\int q(z) \log p(z) dz = -\frac{J}{2}\log(2\pi) - \frac12 \sum_{j=1}^J (\mu_j + \sigma_j)^2", "refuted"),
        (
            r"\int q(z) \log q(z) dz = -\frac{J}{2}\log(2\pi) - \frac12 \sum_{j=1}^J (1 + \log\sigma_j^2)",
            "proved",
        ),
        (r"\int q(z) \log q(z) dz = -\frac{J}{2}\log(2\pi) - \frac12 \sum_{j=1}^J \log\sigma_j^2", "refuted"),
        (r"\int q(z) z^T z dz = \mu^T \mu + \sum_{j=1}^J \sigma_j^2", "proved"),
        (r"\int q(z) z^T z dz = \mu^T \mu + \sum_{j=1}^J \sigma_j", "refuted"),
        (r"\int r(u) u^2 du = m^2 + s^2", "proved"),
        (r"\int r(u) u^2 du = m^2 + s", "refuted"),
    ],
)
def test_moments(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{GIVEN}$$ {claim} $$")[-1] == verdict


@pytest.mark.parametrize(
    "claim",
    [
        r"\int r(2u) u\, du = m",  # not the density of u
        r"\int r(u) r(u)\, du = 1",
        r"\int r(u) p(z)\, du = 2 p(z)",
    ],
)
def test_what_is_no_mean(words: Judged, claim: str) -> None:
    assert words(f"{GIVEN}$$ {claim} $$")[-1] != "proved"


def test_a_mean_that_moves_with_the_variable(words: Judged) -> None:
    """What is integrated over is another z than the one that the density has as its mean."""
    given = r"<!--: z, u \in \mathbb{R} ; function r(v) := \mathcal{N}(v | z, 1) -->"
    assert words(rf"{given} $$ \int r(z) z\, dz = 0 $$")[-1] != "proved"
    assert words(rf"{given} $$ \int r(u) u\, du = z $$")[-1] == "proved"
