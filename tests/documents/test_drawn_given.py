r"""What is drawn given something that has been drawn: ``x \mid z \sim \mathcal{N}(\mu + \Lambda z, \Psi)``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: z, m \in \mathbb{R}^k ; x, \mu \in \mathbb{R}^d ; \Lambda \in \mathbb{R}^{d \times k} ; function q(z) density
\Psi \in \mathbb{R}^{d \times d} posdef ; V \in \mathbb{R}^{k \times k} posdef -->
"""
MODEL = DECLARED + r"The model is $z \sim \mathcal{N}(0, I)$ and $x BAR z \sim \mathcal{N}(\mu + \Lambda z, \Psi)$. "


@pytest.mark.parametrize("bar", ["|", r"\mid"])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x] = \mu", "proved"),
        (r"\mathbb{E}[x] = 2 \mu", "refuted"),
        (r"\mathrm{Cov}(x) = \Lambda \Lambda^T + \Psi", "proved"),
        (r"\mathrm{Cov}(x) = \Lambda \Lambda^T - \Psi", "refuted"),
        (r"\mathrm{Cov}(x, z) = \Lambda", "proved"),
        (r"\mathrm{Cov}(z, x) = \Lambda", "refuted"),
        (r"\mathbb{E}[x x^T] = \mu \mu^T + \Lambda \Lambda^T + \Psi", "proved"),
    ],
)
def test_moments_of_what_is_drawn(words: Judged, bar: str, claim: str, verdict: str) -> None:
    assert words(f"{MODEL.replace('BAR', bar)}Then $${claim}.$$") == [verdict]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}_{z \sim q}[x] = x", "proved"),
        (r"\mathbb{E}_{z \sim q}[x] = \mu", "refuted"),
        (r"\mathbb{E}_{q(z)}[x^T \Lambda z] = x^T \Lambda \mathbb{E}_{q(z)}[z]", "proved"),
        (
            r"\mathbb{E}_{z \sim \mathcal{N}(m, V)}[\|x - \Lambda z\|^2]"
            r" = \|x - \Lambda m\|^2 + \mathrm{tr}(\Lambda V \Lambda^T)",
            "proved",
        ),
        (r"\mathbb{E}_{z \sim \mathcal{N}(m, V)}[\|x - \Lambda z\|^2] = \|x - \Lambda m\|^2", "refuted"),
    ],
)
def test_under_another_distribution_it_is_observed(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{MODEL.replace('BAR', '|')}Then $${claim}.$$") == [verdict]


@pytest.mark.parametrize(
    "drawn",
    [
        r"$x | z \sim \mathcal{N}(\mu + \Lambda z, \Psi)$",  # nothing says how z is drawn
        r"$z \sim \mathcal{N}(0, I)$ and $x | z \sim p$",
        r"$z \sim \mathcal{N}(0, I)$ and $x | m \sim \mathcal{N}(\mu, \Psi)$",
    ],
)
@pytest.mark.parametrize("claim", [r"\mathbb{E}[x] = 2 \mu", r"\mathrm{Cov}(x) = \Psi"])
def test_a_moment_that_cannot_be_known_is_not_assumed(words: Judged, drawn: str, claim: str) -> None:
    assert words(f"{DECLARED}The model is {drawn}. Then $${claim}.$$") in (["unread"], ["refuted"], ["undecided"])
