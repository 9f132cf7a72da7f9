r"""Several equations set to zero in one sentence, what a conclusion uses, and what is said of what has been solved for."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TWO = r"""<!--: a, b, w, u \in \mathbb{R} -->
$$ E(w, u) = (w - a)^2 + (u - b)^2 + w u $$
Setting $\partial E / \partial w = 0$ and $\partial E / \partial u = 0$, we find
"""


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"w = \frac{4 a - 2 b}{3}, \quad u = \frac{4 b - 2 a}{3}", ["proved", "proved"]),
        (r"2 (w - a) + u = 0, \quad 2 (u - b) + w = 0", ["proved", "proved"]),
        (r"w = \frac{4 a + 2 b}{3}, \quad u = \frac{4 b - 2 a}{3}", ["refuted", "proved"]),
    ],
)
def test_two_derivatives_set_to_zero(words: Judged, line: str, verdict: list[str]) -> None:
    assert words(f"{TWO}$${line} .$$")[-2:] == verdict


PCA = r"""<!--: S \in \mathbb{R}^{D \times D} symmetric ; u \in \mathbb{R}^D ; \lambda \in \mathbb{R} -->
Maximise $$\mathcal{L}(u, \lambda) = u^\top S u + \lambda (1 - u^\top u).$$
Setting the gradient in $u$ to zero, $$S u = \lambda u.$$
"""


@pytest.mark.parametrize(
    "said", [r"from the left and using $u^\top u = 1$", r"and using $u^\top u = 1$", "on both sides"]
)
def test_the_constraint_of_a_function_of_its_multiplier(words: Judged, said: str) -> None:
    text = rf"{PCA}Multiplying by $u^\top$ {said}, $$u^\top S u = "
    assert words(rf"{text}\lambda .$$")[-1] == "proved"
    assert words(rf"{text}2 \lambda .$$")[-1] == "refuted"


def test_what_is_no_multiplier_is_none(words: Judged) -> None:
    text = PCA.replace(r"\lambda (1 - u^\top u)", r"\lambda u^\top u").replace(r"S u = \lambda u", r"S u = -\lambda u")
    assert words(rf"{text}Multiplying by $u^\top$, $$u^\top S u = -\lambda .$$")[-1] != "proved"


def test_a_matrix_that_is_defined_is_known_where_something_is_solved(words: Judged) -> None:
    text = PCA.replace(r"S \in \mathbb{R}^{D \times D} symmetric ;", r"index n = 1..N ; x_n \in \mathbb{R}^D ;")
    text = text.replace("Maximise", r"Let $S = \frac1N \sum_{n=1}^N x_n x_n^\top$. Maximise")
    text += r"Multiplying by $u^\top$ from the left and using $u^\top u = 1$, $$u^\top S u = "
    assert words(rf"{text}\lambda .$$")[-1] == "proved"
    assert words(rf"{text}\lambda^2 .$$")[-1] == "refuted"


GIBBS = r"""<!--: index k, j = 1..K ; p_k > 0 ; \sum_k p_k = 1 ; f_k \in \mathbb{R} ; \beta \in \mathbb{R} -->
We maximise the Lagrangian $$\Lambda = -\sum_k p_k \ln p_k + \gamma (\sum_k p_k - 1) + \beta \sum_k p_k f_k .$$
Its derivative is $$\frac{\partial \Lambda}{\partial p_k} = -\ln p_k - 1 + \gamma + \beta f_k ,$$ and at the optimum
$$p_k = e^{\gamma - 1 + \beta f_k} .$$ With $Z(\beta) = \sum_j e^{\beta f_j}$, $$p_k = \frac{e^{\beta f_k}}{Z(\beta)} .$$
"""


def test_a_derivative_that_is_given_with_what_was_solved_for(words: Judged) -> None:
    text = rf"{GIBBS}For this family, $$\frac{{d}}{{d\beta}} \ln Z(\beta) = "
    assert words(rf"{text}\sum_k p_k f_k .$$")[-1] == "proved"
    assert words(rf"{text}\sum_k p_k f_k^2 .$$")[-1] != "proved"


OPTIMUM = r"""<!--: u, v \in \mathbb{R} -->
$$S(u, v) = (u - 1)^2 + (v - 2)^2 + 3$$
$S$ is minimised by $u = 1$ and $v = 2$, where $S = """


def test_what_holds_at_an_optimum_right_behind_it(words: Judged) -> None:
    assert words(f"{OPTIMUM}3$.")[-1] == "proved"
    assert words(f"{OPTIMUM}4$.")[-1] == "refuted"


DIVERGENCE = r"""<!--: index k = 1..K ; p_k, q_k > 0 ; \sum_k p_k = 1 ; \sum_k q_k = 1 -->
$H(p) = -\sum_{k=1}^K p_k \ln p_k$ and $D(p \| q) = \sum_{k=1}^K p_k \ln \frac{p_k}{q_k}$.
"""


def test_relative_to_a_distribution_is_a_case(words: Judged) -> None:
    text = DIVERGENCE + r"Relative to the uniform distribution $q_k = 1 / K$, $$D(p \| q) = \ln K "
    assert words(f"{text}- H(p) .$$")[-1] == "proved"
    assert words(f"{text}+ H(p) .$$")[-1] == "refuted"


BOOSTING = r"""<!--: index i = 1..m ; t = 1..T ; y_i, h_t(x_i) \in \{-1, 1\} ; D_t(i) > 0 ; \sum_i D_t(i) = 1 ; \alpha_t > 0 -->
$$D_{t+1}(i) = \frac{D_t(i) e^{-\alpha_t y_i h_t(x_i)}}{Z_t}, \quad Z_t = \sum_i D_t(i) e^{-\alpha_t y_i h_t(x_i)}$$
$$\epsilon_t = \sum_i D_t(i) \mathbf{1}\{h_t(x_i) \ne y_i\}$$
The derivative
$$\frac{\partial Z_t}{\partial \alpha_t} = -(1 - \epsilon_t) e^{-\alpha_t} + \epsilon_t e^{\alpha_t}$$
vanishes for $$\alpha_t = \frac12 \ln \frac{1 - \epsilon_t}{\epsilon_t} .$$ For this choice """


def test_at_the_choice_just_made(words: Judged) -> None:
    assert words(rf"{BOOSTING}$$Z_t = 2 \sqrt{{\epsilon_t (1 - \epsilon_t)}} .$$")[-1] == "proved"
    assert words(rf"{BOOSTING}$$Z_t = \sqrt{{\epsilon_t (1 - \epsilon_t)}} .$$")[-1] != "proved"
