"""Equations that are set themselves, ``Setting $N_k / p_k - a = 0$``, and solutions right behind a derivative."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

LAGRANGIAN = r"""%: index n = 1..N ; k = 1..K ; g_{nk} > 0 ; x_n, m_k \in \mathbb{R}
Let $p_k > 0$ with $\sum_k p_k = 1$, and $N_k = \sum_n g_{nk}$.
\[ Q = -\sum_{n=1}^N \sum_{k=1}^K g_{nk} (x_n - m_k)^2 . \]
\[ \frac{\partial Q}{\partial m_k} = 2 \sum_{n=1}^N g_{nk} (x_n - m_k) . \]
Setting the derivative to zero gives \[ m_k = \frac{1}{N_k} \sum_{n=1}^N g_{nk} x_n . \]
For the weights \[ L = \sum_{k=1}^K N_k \log p_k + a \left( 1 - \sum_{k=1}^K p_k \right) . \]
\[ \frac{\partial L}{\partial p_k} = \frac{N_k}{p_k} SIGN a . \]
"""


@pytest.mark.parametrize("sign", ["-", "+"])
def test_another_equation_is_set_beside_what_has_been_solved(words: Judged, sign: str) -> None:
    text = LAGRANGIAN.replace("SIGN", sign) + r"Setting $\frac{N_k}{p_k} - a = 0$ gives $N_k = a p_k$."
    assert words(text)[-3:] == ["proved" if sign == "-" else "refuted", "proved", "proved"]


def test_what_follows_from_it_is_judged(words: Judged) -> None:
    text = LAGRANGIAN.replace("SIGN", "-") + r"Setting $\frac{N_k}{p_k} - a = 0$ gives $N_k = - a p_k$."
    assert words(text)[-1] == "refuted"


SCORE = r"""%: index n = 1..N
Let $t_n > 0$ be data, $b, c > 0$ and \[ J(b) = \sum_{n=1}^N (\log b - b t_n). \]
We find \[ \frac{\partial J}{\partial b} = \frac{N}{b} - \sum_{n=1}^N t_n, \] and hence """


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"b = \frac{N}{\sum_{n=1}^N t_n}", "proved"),
        (r"b = \frac{\sum_{n=1}^N t_n}{N}", "refuted"),
        (r"b = \frac{1}{N} \sum_{n=1}^N t_n^2", "refuted"),
        (r"c = \frac{N}{\sum_{n=1}^N t_n}", "refuted"),
    ],
)
def test_a_value_of_the_variable_behind_its_derivative(words: Judged, line: str, expected: str) -> None:
    assert words(SCORE + rf"\[ {line} . \]")[-1] == expected


RATIO = r"""%: m \in \mathbb{R}^d ; S \in \mathbb{R}^{d \times d} symmetric posdef ; w \in \mathbb{R}^d nonzero
We maximise \[ J(w) = \frac{(m^\top w)^2}{w^\top S w} . \] Setting the gradient to zero gives
\[ m m^\top w = J(w) S w . \] Let $w^* = S^{-1} m$. Then """


@pytest.mark.parametrize(("power", "expected"), [("^{-1}", "proved"), ("", "refuted")])
def test_a_point_that_the_author_lets_be_is_no_solution(words: Judged, power: str, expected: str) -> None:
    assert words(RATIO + rf"\[ J(w^*) = m^\top S{power} m . \]")[-2:] == ["proved", expected]


CORRELATIONS = r"""Let $a \in \mathbb{R}^p$, $b \in \mathbb{R}^q$, $C \in \mathbb{R}^{p \times q}$, and let $S \in \mathbb{R}^{p \times p}$
and $T \in \mathbb{R}^{q \times q}$ be symmetric positive definite. We maximise $a^\top C b$ subject to $a^\top S a = 1$ and
$b^\top T b = 1$. The Lagrangian is
\[ F(a, b) = a^\top C b - \frac{\rho}{2} (a^\top S a - 1) - \frac{\tau}{2} (b^\top T b - 1) . \]
\[ \nabla_a F = C b - \rho S a \] \[ \nabla_b F = C^\top a - \tau T b \]
At a stationary point $C b = \rho S a$ and $C^\top a = \tau T b$. Multiplying by $a^\top$ and $b^\top$ and using the constraints,
"""


def test_multipliers_over_a_number_of_quadratic_constraints(words: Judged) -> None:
    assert set(words(CORRELATIONS + r"\[ \rho = a^\top C b = \tau . \]")) == {"proved"}
    assert words(CORRELATIONS + r"\[ \rho = 2 a^\top C b . \]")[-1] != "proved"


SAMPLES = r"Let $x_1, \dots, x_n SPACE$ be independent with mean $\mu$ and variance $\sigma^2 > 0$, and \[ \bar{x} = \frac1n \sum_{i=1}^n x_i . \]"


@pytest.mark.parametrize("space", ["", r"\in \mathbb{R}"])
@pytest.mark.parametrize(("value", "expected"), [(r"\frac{\sigma^2}{n}", "proved"), (r"\sigma^2", "refuted")])
def test_a_variance_with_its_bound(words: Judged, space: str, value: str, expected: str) -> None:
    text = SAMPLES.replace(" SPACE", f" {space}") + rf" Then \[ \operatorname{{Var}}(\bar{{x}}) = {value} . \]"
    assert words(text)[-1] == expected


PROBLEMS = r"""## Problem 1
Let $\theta \in \mathbb{R}$ be the parameter, $\hat\theta$ an estimator with finite variance, and write $m = \mathbb{E}[\hat\theta]$.
$$\mathbb{E}[(\hat\theta - \theta)^2] = \operatorname{Var}(\hat\theta) + (m - \theta)^2.$$

## Problem 2
Let $x_1, \dots, x_n$ be independent with mean $\mu$ and variance $\sigma^2 > 0$. For the sample mean
$$\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i$$ we have $$\mathbb{E}[\bar{x}] = \mu .$$

## Problem 3
"""


def test_what_another_problem_draws_is_in_nobodys_way(words: Judged) -> None:
    assert words(PROBLEMS)[-1] == "proved"


@pytest.mark.parametrize("name", [r"\hat\theta", r"\hat{\theta}"])
@pytest.mark.parametrize(
    "line", [r"\operatorname{Var}(NAME) = 1 - 1", r"\mathbb{E}[NAME \bar{x}] = NAME \mu", r"\mathbb{E}[NAME] = NAME"]
)
def test_what_is_spoken_of_later_stays_random(words: Judged, name: str, line: str) -> None:
    assert words(f"{PROBLEMS}We see $${line.replace('NAME', name)}$$")[-1] != "proved"
