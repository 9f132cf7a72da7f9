"""Noise of which a sentence says only how it is distributed, beside what is made of it: ``z = μ + σ ⊙ ε``, ``ε ~ N(0, I)``.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

MADE = (
    r"Let $\mu \in \mathbb{R}^d$ and $\sigma_j > 0$ for $j = 1, \dots, d$, $\sigma \in \mathbb{R}^d$. SAID $$ CLAIM $$"
)
SAID = [
    r"With $z = \mu + \sigma \odot \varepsilon$, $\varepsilon \sim \mathcal{N}(0, I)$, we have",
    r"Let $z = \mu + \sigma \odot \varepsilon$ with $\varepsilon \sim \mathcal{N}(0, I)$. Then",
    r"Let $\varepsilon \sim \mathcal{N}(0, I)$ and $z = \mu + \sigma \odot \varepsilon$. Then",
    r"Let $q(z) = \mathcal{N}(z \mid \mu, \operatorname{diag}(\sigma^2))$ with $z \in \mathbb{R}^d$. "
    r"With $z = \mu + \sigma \odot \varepsilon$, $\varepsilon \sim \mathcal{N}(0, I)$, we have $\mathbb{E}[z] = \mu$ and",
]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[z] = \mu", "proved"),
        (r"\mathbb{E}[\|z\|^2] = \|\mu\|^2 + \sum_{j=1}^d \sigma_j^2", "proved"),
        (r"\mathbb{E}[\|z\|^2] = \|\mu\|^2 + \sum_{j=1}^d \sigma_j", "refuted"),
        (r"\mathbb{E}[\varepsilon] = 0", "proved"),
        (r"\mathbb{E}[\varepsilon] = \varepsilon", "refuted"),
    ],
)
def test_moments_of_what_is_made_of_noise(words: Judged, said: str, claim: str, verdict: str) -> None:
    assert words(MADE.replace("SAID", said).replace("CLAIM", claim))[-1] == verdict


def test_a_mean_in_the_same_sentence_is_claimed_of_what_is_made(words: Judged) -> None:
    text = MADE.replace("SAID", SAID[3].replace(r"\mathbb{E}[z] = \mu", r"\mathbb{E}[z] = 2 \mu"))
    assert "refuted" in words(text.replace("CLAIM", r"\mathbb{E}[\varepsilon] = 0"))


@pytest.mark.parametrize("said", ["", r"Here $\varepsilon$ has mean zero."])
def test_noise_of_which_nothing_says_how_it_is_distributed_is_no_plain_vector(words: Judged, said: str) -> None:
    text = MADE.replace("SAID", rf"Let $z = \mu + \sigma \odot \varepsilon$. {said} Then")
    assert words(text.replace("CLAIM", r"\mathbb{E}[\varepsilon] = \varepsilon"))[-1] != "proved"
    assert r"\varepsilon \sim" not in notes(text)


NOISY = r"""
<!--: index i = 1..N ; w, x_i \in \mathbb{R}^k ; b, y_i \in \mathbb{R} ; \sigma > 0 -->

Let $f(x) = w^T x + b$, and let $\eta_i \sim \mathcal{N}(0, \sigma^2 I_k)$ disturb every input.

$$ \mathbb{E}\left[\frac{1}{2N}\sum_{i=1}^N (f(x_i + \eta_i) - y_i)^2\right] = \frac{1}{2N}\sum_{i=1}^N (f(x_i) - y_i)^2 + ? $$
"""


@pytest.mark.parametrize(
    ("rest", "word"),
    [
        (r"\frac{\sigma^2}{2} \|w\|^2", "proved"),
        (r"\frac{\sigma^2}{2N} \|w\|^2", "refuted"),
        (r"\frac{\sigma}{2} \|w\|^2", "refuted"),
        (r"\frac{\sigma^2}{2}", "refuted"),
    ],
)
def test_vectors_of_noise_that_nothing_declares(words: Judged, rest: str, word: str) -> None:
    """They have the shape of their distribution; N and the mark of a transpose are not random for being capitals."""
    text = NOISY.replace("?", rest)
    assert words(text)[-1] == word
    assert not any("random" in note for note in notes(text))
