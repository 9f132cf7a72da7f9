"""Beta distributions: densities and moments, also of the posterior of a coin."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"p(\theta) = \frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} \theta^{a-1} (1-\theta)^{b-1}", "proved"),
        (r"p(\theta) = \frac{\Gamma(a+b)}{\Gamma(a) \Gamma(b)} \theta^a (1-\theta)^{b-1}", "refuted"),
        (r"\mathbb{E}[\theta] = \frac{a}{a+b}", "proved"),
        (r"\mathbb{E}[\theta] = \frac{b}{a+b}", "refuted"),
        (r"\operatorname{Var}(\theta) = \frac{a b}{(a+b)^2 (a+b+1)}", "proved"),
        (r"\operatorname{Var}(\theta) = \frac{a b}{(a+b)^3}", "refuted"),
    ],
)
def test_densities_and_moments(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"Let $\\theta \\sim \\mathrm{{Beta}}(a, b)$ with $a, b > 0$. Then $${claim}.$$")[-1] == verdict


@pytest.mark.parametrize(
    ("drawn", "claim", "verdict"),
    [
        (r"\mathrm{Exp}(\lambda)", r"\lambda e^{-\lambda x}", "proved"),
        (r"\mathrm{Exp}(\lambda)", r"\lambda^2 e^{-\lambda x}", "refuted"),
        (r"\mathrm{Exp}(\lambda)", r"e^{-\lambda x}", "refuted"),
    ],
)
def test_densities_of_named_families(words: Judged, drawn: str, claim: str, verdict: str) -> None:
    assert words(f"Let $x \\sim {drawn}$ with $\\lambda > 0$. Then $p(x) = {claim}$.")[-1] == verdict


@pytest.mark.parametrize("data", [r"x_1, \dots, x_n", "x", "x_{1:n}", r"\mathcal{D}", r"\mathbf{x}"])
@pytest.mark.parametrize(("mean", "verdict"), [(r"\frac{a+s}{a+b+n}", "proved"), (r"\frac{a+s}{a+n}", "refuted")])
def test_posteriors_of_a_coin(words: Judged, data: str, mean: str, verdict: str) -> None:
    text = rf"""Let $\theta \sim \mathrm{{Beta}}(a, b)$ and let $x_1, \dots, x_n$ be coin flips with $s = \sum_i x_i$ heads.
The posterior is $$ p(\theta \mid {data}) \propto \theta^{{s + a - 1}} (1-\theta)^{{n - s + b - 1}}, $$ with mean
$$ \mathbb{{E}}[\theta \mid {data}] = {mean}. $$"""
    assert words(text)[-1] == verdict
