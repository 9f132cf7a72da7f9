r"""What a text calls random, ``y \mid z \sim …``, is no constant in an expectation, however little is known of it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"<!--: z, x, y \in \mathbb{R} ; s > 0 ; index i = 1..n ; u_i \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize(
    "drawn",
    [
        r"Let $z \sim \mathcal{N}(0, 1)$ and $y \mid z \sim \mathrm{Laplace}(z, s)$.",
        r"Let $y \mid z \sim \mathrm{Laplace}(z, s)$, where $z \sim \mathcal{N}(0, 1)$.",
        r"Let $(z, y) \sim \mathcal{N}(0, S)$ and $z \sim \mathcal{N}(0, 1)$.",
        r"Let $z \sim \mathcal{N}(0, 1)$. Given $z$, $y$ is drawn from a normal distribution with mean $z$.",
        r"Let $z \sim \mathcal{N}(0, 1)$ and let $y$ be correlated with $z$.",
        r"Let $z \sim \mathcal{N}(0, 1)$, and let $y$ be a random variable.",
        r"Let $z \sim \mathcal{N}(0, 1)$. There is a random variable $y$ that is made of it.",
    ],
)
@pytest.mark.parametrize("claim", [r"\mathbb{E}[y z] = 0", r"\operatorname{Cov}(y, z) = 0", r"\mathbb{E}[y z^2] = y"])
def test_random_in_a_way_that_is_not_known(words: Judged, drawn: str, claim: str) -> None:
    assert words(f"{DECLARED}{drawn} Then $${claim}.$$") == ["unread"]


def test_members_of_a_family(words: Judged) -> None:
    drawn = r"Let $z \sim \mathcal{N}(0, 1)$ and $u_i \mid z \sim \mathcal{N}(z, s)$. Then "
    assert words(rf"{DECLARED}{drawn}$$\mathbb{{E}}[u_i z] = 0.$$") == ["refuted"]
    assert words(rf"{DECLARED}{drawn}$$\mathbb{{E}}[u_i z] = 1.$$") == ["proved"]


@pytest.mark.parametrize(
    "said",
    [
        "Let $z \\sim \\mathcal{N}(0, 1)$.",
        "Let $z \\sim \\mathcal{N}(0, 1)$, where $y$ is not random.",
        "Let $z \\sim \\mathcal{N}(0, 1)$. The number $y$ is fixed, and $z$ is drawn anew.",
    ],
)
def test_what_nothing_calls_random_is_a_constant(words: Judged, said: str) -> None:
    claims = r"$$\mathbb{E}[y z^2] = y$$ and $$\mathbb{E}[y z^2] = 2 y.$$"
    assert words(f"{DECLARED}{said} Then {claims}") == ["proved", "refuted"]


def test_under_a_distribution_that_is_written_it_is_observed(words: Judged) -> None:
    text = r"Let $y \mid z \sim \mathrm{Laplace}(z, s)$. Then $$\mathbb{E}_{z \sim \mathcal{N}(0, 1)}[y z^2] = y.$$"
    assert words(DECLARED + text) == ["proved"]


CHAIN = (
    r"$z \sim \mathcal{N}(0, 1)$",
    r"$x \mid z \sim \mathcal{N}(z, s)$",
    r"$y \mid x \sim \mathcal{N}(x, s)$",
)


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (2, 1, 0)])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x z] = 1", "proved"),
        (r"\mathbb{E}[x z] = 0", "refuted"),
        (r"\mathbb{E}[x^2] = 1 + s", "proved"),
        (r"\mathbb{E}[x^2] = s", "refuted"),
    ],
)
def test_in_whatever_order_it_is_told(words: Judged, order: tuple[int, ...], claim: str, verdict: str) -> None:
    told = ", ".join(CHAIN[place] for place in order)
    assert words(f"{DECLARED}Let {told}. Then $${claim}.$$") == [verdict]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[y z] = 1", "proved"),
        (r"\mathbb{E}[y z] = 0", "refuted"),
        (r"\mathbb{E}[x y] = 1 + s", "proved"),
        (r"\mathbb{E}[x y] = 1", "refuted"),
        (r"\operatorname{Var}[y] = 1 + 2 s", "proved"),
        (r"\operatorname{Var}[y] = 1 + s", "refuted"),
    ],
)
def test_one_drawn_after_the_other(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{DECLARED}Let {CHAIN[0]}, {CHAIN[1]} and {CHAIN[2]}. Then $${claim}.$$") == [verdict]


PROBLEMS = r"""
<!--: X \in \mathbb{R}^{n \times d} ; s > 0 -->

## Problem 1

Let $w \in \mathbb{R}^d$ with the prior $w \sim \mathcal{N}(0, I)$.

## Problem 2

Because $y = X w + \epsilon$ with a fixed $w \in \mathbb{R}^d$ and $\mathbb{E}[\epsilon] = 0$, where $\epsilon \in \mathbb{R}^n$,

$$ \mathbb{E}[y] = ? $$
"""


@pytest.mark.parametrize(("value", "word"), [("X w", "proved"), ("2 X w", "refuted")])
def test_what_another_problem_drew(words: Judged, value: str, word: str) -> None:
    """Each problem has a model of its own."""
    assert words(PROBLEMS.replace("?", value))[-1] == word


NOISY = r"""<!--: w, z \in \mathbb{R} -->
Let $y = w z + e$, where $e$ is noise with $\mathbb{E}[e] = 0$ and $\mathrm{Var}[e] = s^2$. """


@pytest.mark.parametrize("line", [r"\log e = 1", r"e^2 = \exp(2)", r"\mathrm{Var}[y] = 0", r"\mathbb{E}[y] = w z + e"])
def test_noise_is_no_number_of_euler(words: Judged, line: str) -> None:
    assert "proved" not in words(f"{NOISY} Then $${line}.$$")[1:]


def test_moments_of_such_noise(words: Judged) -> None:
    said = words(rf"{NOISY} Then $$\mathbb{{E}}[y] = w z$$ and $$\mathrm{{Var}}[y] = s^2.$$")
    assert said[-2:] == ["proved", "proved"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial y}{\partial w} = z", "proved"),
        (r"\frac{\partial y}{\partial w} = 0 \cdot z", "refuted"),
        (r"\frac{\partial}{\partial w} (y - w z)^2 = -2 z (y - w z)", "proved"),
    ],
)
def test_an_observation_that_is_differentiated(words: Judged, line: str, word: str) -> None:
    """Itself, it is what its model makes it; in a loss it is what was seen."""
    assert words(f"{NOISY} Then $${line}.$$")[-1] == word
