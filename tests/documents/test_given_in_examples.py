r"""What a passage says for itself alone: which density p is in it, what a parameter is called there, that two rates differ.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DENSITIES = r"""<!--: function p(x) density ; function q(x) density ; s > 0 -->
$$ \int (p(x) - q(x)) \, dx = 0 $$

## A normal example

Take $p = \mathcal{N}(0, 1)$ and $q = \mathcal{N}(0, s^2)$. Then
$$ \frac{p(x)}{q(x)} = CLAIM $$

## In general

We have
$$ \frac{p(x)}{q(x)} = s \exp\left( -\frac{x^2}{2} + \frac{x^2}{2 s^2} \right) . $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"s \exp\left( -\frac{x^2}{2} + \frac{x^2}{2 s^2} \right)", "proved"),
        (r"s \exp\left( \frac{x^2}{2} + \frac{x^2}{2 s^2} \right)", "refuted"),
        (r"\exp\left( -\frac{x^2}{2} + \frac{x^2}{2 s^2} \right)", "refuted"),
    ],
)
def test_a_density_is_chosen_up_to_the_next_heading(words: Judged, claim: str, verdict: str) -> None:
    found = words(DENSITIES.replace("CLAIM", claim))
    assert found[1] == verdict
    assert found[-1] != "proved"


@pytest.mark.parametrize("said", ["We see that", "Hence", "One shows that"])
def test_an_asserted_density_is_not_chosen(said: str) -> None:
    text = DENSITIES.replace("Take", said).replace("CLAIM", "1")
    assert r"function p(x) := \mathcal{N}" not in notes(text)


FAMILY = r"""<!--: \eta \in \mathbb{R} ; function h(x) positive ; function T(x) ; let A(\eta) := \log \int h(x) e^{\eta T(x)} \, dx -->
$$ A'(\eta) = \int T(x) h(x) e^{\eta T(x) - A(\eta)} \, dx $$

## Example: Bernoulli

Let $x \in \{0,1\}$ and $0 < \mu < 1$. Here the natural parameter is $\eta = \log \frac{\mu}{1-\mu}$. Then
$$ CLAIM $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mu = \frac{1}{1 + e^{-\eta}}", "proved"),
        (r"\mu = \frac{1}{1 + e^{\eta}}", "refuted"),
        (r"-\log(1-\mu) = \log(1 + e^\eta)", "proved"),
        (r"A(\eta) = \log(1 + e^\eta)", "undecided"),  # of which family, only words say
    ],
)
def test_a_parameter_is_given_a_value_in_an_example(words: Judged, claim: str, verdict: str) -> None:
    assert words(FAMILY.replace("CLAIM", claim))[-1] == verdict


def test_it_is_what_it_was_behind_the_example(words: Judged) -> None:
    text = FAMILY.replace("CLAIM", r"\mu = \frac{1}{1 + e^{-\eta}}") + "\n## Again\n\n$$ e^\\eta (1 - \\mu) = \\mu $$\n"
    assert words(text)[-1] == "refuted"


@pytest.mark.parametrize(("said", "verdict"), [("Hence", "refuted"), ("Therefore the claim", "refuted")])
def test_other_words_claim_it(words: Judged, said: str, verdict: str) -> None:
    text = FAMILY.replace("Here the natural parameter is", said).replace("CLAIM", r"\mu > 0")
    assert verdict in words(text)


RUIN = r"""<!--: index i, j = 1..n ; p_{ij} \ge 0 -->
**1. Ruin.** With $0 < p < 1$, $q = 1 - p$ and $p \ne q$, put $r = q/p$. Then
$$ \frac{1 - r^2}{1 - r} = 1 + r $$
and $p r = q$SAID.
"""


@pytest.mark.parametrize(("said", "last"), [("", "proved"), (" and thus $q < p$", "refuted")])
def test_two_rates_differ(words: Judged, said: str, last: str) -> None:
    found = words(RUIN.replace("SAID", said))
    assert found[-1] == last
    assert found.count("refuted") == (last == "refuted")


STOCHASTIC = r"""**3. PageRank.** Let $S \in \mathbb{R}^{n \times n}$ be column-stochastic, $\mathbf{1}^\top S = \mathbf{1}^\top$. Then
$$ \mathbf{1}^\top S S = RIGHT $$
"""


@pytest.mark.parametrize(("right", "verdict"), [(r"\mathbf{1}^\top", "proved"), (r"2 \mathbf{1}^\top", "refuted")])
def test_an_equation_says_what_a_matrix_is_to_be(words: Judged, right: str, verdict: str) -> None:
    assert words(STOCHASTIC.replace("RIGHT", right)) == [verdict]


def test_an_equation_behind_then_is_claimed(words: Judged) -> None:
    text = r"Let $S \in \mathbb{R}^{n \times n}$ be symmetric. Then $\mathbf{1}^\top S = \mathbf{1}^\top$."
    assert words(text) == ["refuted"]


BALANCE = r"""<!--: index i, j = 1..n -->
Let $\pi_i > 0$ with $\sum_{i=1}^n \pi_i = 1$ and let $p_{ij} \ge 0$ with $\sum_{j=1}^n p_{ij} = 1$. Suppose that
$\pi_i p_{ij} = \pi_j p_{ji}$ for all $i, j$. Then
$$ CLAIM $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_{i=1}^n \pi_i p_{ij} = \sum_{i=1}^n \pi_j p_{ji} = \pi_j", "proved proved"),
        (r"\sum_{i=1}^n \pi_i p_{ij} = \pi_j", "proved"),
        (r"\sum_{i=1}^n \pi_i p_{ij} = 2 \pi_j", "refuted"),
        (r"\sum_{i=1}^n p_{ij} = 1", "refuted"),
    ],
)
def test_a_supposition_is_summed(words: Judged, claim: str, verdict: str) -> None:
    assert words(BALANCE.replace("CLAIM", claim)) == verdict.split()


MAXIMUM = r"""<!--: index n = 1..N ; u_n \in \mathbb{R}^m ; \theta \in \mathbb{R}^m ; function G(\theta) -->
$$ \ell(\theta) = \sum_{n=1}^N \theta^\top u_n - N G(\theta), \qquad \nabla_\theta \ell = \sum_{n=1}^N u_n - N \nabla_\theta G(\theta) . $$
SAID
$$ \nabla_\theta G(\theta) = CLAIM \sum_{n=1}^N u_n . $$
"""


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        ("At the maximum the gradient is zero, and", r"\frac{1}{N}", "proved"),
        ("Stationary points satisfy", r"\frac{1}{N}", "proved"),
        ("Setting it to zero gives", r"\frac{1}{N}", "proved"),
        ("At the maximum the gradient is zero, and", r"\frac{2}{N}", "refuted"),
        ("Everywhere we have", r"\frac{1}{N}", "refuted"),
    ],
)
def test_the_slope_of_an_unknown_function_at_a_maximum(words: Judged, said: str, claim: str, verdict: str) -> None:
    assert words(MAXIMUM.replace("SAID", said).replace("CLAIM", claim))[-1] == verdict


BEHIND = r"""We observe $x_n \in \mathbb{R}^p$, $n = 1, \dots, N$.

<!--: index n = 1..N -->

$$ m = \frac1N \sum_{n=1}^N x_n, \qquad \sum_{n=1}^N (x_n - m) = RIGHT $$
"""


@pytest.mark.parametrize(("right", "verdict"), [("0", "proved"), ("m", "refuted")])
def test_an_index_is_declared_behind_the_first_formulas(words: Judged, right: str, verdict: str) -> None:
    assert words(BEHIND.replace("RIGHT", right))[-1] == verdict


def test_a_letter_that_was_a_number_before_is_no_index_there() -> None:
    text = "Let $n > 0$ and $x_n = n^2$.\n\n<!--: index n = 1..N -->\n\n$$ \\sum_{n=1}^N n^2 \\ge 0 $$"
    assert "x_n = n^2" not in notes(text)


FACTORS = r"""# EM

We observe $x_n \in \mathbb{R}^p$, $n = 1, \dots, N$, and model
$$ x_n = \Lambda z_n + \epsilon_n $$
with $z_n \in \mathbb{R}^k$ and $\Lambda \in \mathbb{R}^{p \times k}$.

## E-step

Let $B = (I + \Lambda^\top \Lambda)^{-1} \Lambda^\top$. We use the posterior moments $m_n = B x_n$ and
$$ S_n = (I + \Lambda^\top \Lambda)^{-1} + m_n m_n^\top . $$

## M-step

We maximise
$$ Q = \sum_{n=1}^N \left( x_n^\top \Lambda m_n - \frac12 \operatorname{tr}(\Lambda^\top \Lambda S_n) \right) . $$
The derivative is
$$ \frac{\partial Q}{\partial \Lambda} = \sum_{n=1}^N (x_n m_n^\top - FACTOR \Lambda S_n) . $$
"""


@pytest.mark.parametrize(("factor", "verdict"), [("", "proved"), ("2", "refuted")])
def test_what_an_e_step_computes_and_what_is_observed_do_not_vary(words: Judged, factor: str, verdict: str) -> None:
    assert words(FACTORS.replace("FACTOR", factor))[-1] == verdict
