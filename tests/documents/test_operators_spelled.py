r"""``\mathrm{cov}[x]``, ``\mathrm{var}[x]`` and ``D_{\mathbb{KL}}`` are the covariance, the variance and the divergence:
what a text writes of them is a claim. The expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

MODEL = r"""<!--: z \in \mathbb{R}^M ; e, x \in \mathbb{R}^D ; W \in \mathbb{R}^{D \times M} ; s > 0 -->
Let $z \sim \mathcal{N}(0, I)$ and $x = W z + e$ with $e \sim \mathcal{N}(0, s^2 I)$ independent of $z$. Then
"""


@pytest.mark.parametrize("word", [r"\mathrm{cov}", r"\operatorname{cov}", r"\text{cov}"])
def test_covariances(words: Judged, word: str) -> None:
    assert words(f"{MODEL}$${word}[x] = W W^T + s^2 I$$")[-1] == "proved"
    assert words(f"{MODEL}$${word}[x] = W W^T + s I$$")[-1] == "refuted"
    assert words(rf"{MODEL}$${word}\left[x\right] = W W^T$$")[-1] == "refuted"
    assert words(f"{MODEL}$${word}[x] = W^T W + s^2 I$$")[-1] not in ("proved", "definition")


def test_variances(words: Judged) -> None:
    assert words(rf"{MODEL}$$\mathrm{{var}}[e_1] = s^2$$")[-1] == "proved"
    assert words(rf"{MODEL}$$\mathrm{{var}}(e_1) = s$$")[-1] == "refuted"


def test_of_data_it_may_be_a_name(words: Judged) -> None:
    text = r"<!--: index i = 1..n ; x_i, m \in \mathbb{R} -->" + "\n"
    text += r"$$\mathrm{var} = \frac1n \sum_{i=1}^n (x_i - m)^2$$ $$n \, \mathrm{var} = \sum_{i=1}^n (x_i - m)^2$$"
    assert words(text) == ["proved", "proved"]


def test_divergences(words: Judged) -> None:
    text = r"<!--: x \in \mathbb{R} ; function p(x) density positive ; function q(x) density positive -->" + "\n"
    one = r"$$D_{\mathbb{KL}}(p \| q) = \int p(x) \log \frac{p(x)}{q(x)} \, dx$$"
    assert words(text + one) == ["proved"]
    assert words(text + one.replace(r"p(x) \log", r"q(x) \log")) == ["refuted"]
