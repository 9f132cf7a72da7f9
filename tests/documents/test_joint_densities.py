"""Joint densities of which a section says no more than that, and a density beside them: bounds on the evidence."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SAID = [
    "Let $x$ be the observed data and $z$ the latent variable with joint density $p(x, z)$, and let $q(z)$ be any density.",
    r"Let $p(x, z) = p(x \mid z) p(z)$ be a latent variable model and $q(z)$ any distribution over $z$.",
    r"Let $x \in \mathbb{R}^d$ and $z \in \mathbb{R}^k$ have the joint density $p(x, z)$, and let $q(z)$ be a density.",
    r"We approximate the posterior of a model $p(x, z)$ by a density $q(z)$, with $z \in \mathbb{R}^k$ and $x \in \mathbb{R}^d$.",
]
RATIO = r"\mathbb{E}_{q(z)}\left[\log \frac{p(x, z)}{q(z)}\right]"


@pytest.mark.parametrize("said", SAID)
def test_the_evidence(words: Judged, said: str) -> None:
    begin = f"## The bound\n\n{said} Then\n"
    assert words(begin + rf"$$\log p(x) = {RATIO} + \mathrm{{KL}}(q(z) \,\|\, p(z \mid x))$$")[-1] == "proved"
    assert words(begin + rf"$$\log p(x) = {RATIO} - \mathrm{{KL}}(q(z) \,\|\, p(z \mid x))$$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (rf"\log p(x) \ge {RATIO}", "proved"),
        (rf"\log p(x) \le {RATIO}", "refuted"),
        (r"\log p(x) = \log \int p(x, z) \, dz", "proved"),
        (r"p(z \mid x) = \frac{p(x, z)}{p(x)}", "proved"),
        (r"p(z \mid x) = \frac{p(x, z)}{p(z)}", "refuted"),
        (rf"{RATIO} = \mathbb{{E}}_{{q(z)}}[\log p(x \mid z)] - \mathrm{{KL}}(q(z) \,\|\, p(z))", "proved"),
        (rf"{RATIO} = \mathbb{{E}}_{{q(z)}}[\log p(x \mid z)] + \mathrm{{KL}}(q(z) \,\|\, p(z))", "refuted"),
    ],
)
def test_lines(words: Judged, line: str, word: str) -> None:
    assert words(f"{SAID[0]} Then, for $p(x, z)$ and $q(z)$, $${line}$$")[-1] == word


@pytest.mark.parametrize(
    "said",
    [
        SAID[0] + r" Here $q(z) = \mathcal{N}(z \mid 0, I)$.",
        SAID[0].replace("any density", "any discrete distribution"),
        SAID[0] + r" The sum $\sum_z q(z)$ is one.",
        "Let $p(x, z)$ be the price of $x$ at $z$ and $q(z)$ the amount.",
    ],
)
def test_what_is_said_otherwise(words: Judged, said: str) -> None:
    assert words(said + rf" Then $$\log p(x) \ge {RATIO}$$")[-1] != "proved"
