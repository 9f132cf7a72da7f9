"""A function below an expectation whose body mentions what is averaged over: it is averaged as well."""

from __future__ import annotations

from tests.documents.test_by_powers import verdicts

NOISE = r"Let $z \sim \mathcal{N}(0, 1)$ and $m \in \mathbb{R}$. Let $f(m) = m + z$. "


def test_the_body_of_a_function_is_averaged_too() -> None:
    assert verdicts(NOISE + r"Then $\mathbb{E}[z f(m)] = 1$.") == ["proved", "proved"]
    assert verdicts(NOISE + r"Then $\mathbb{E}[z f(m)] = 0$.") == ["proved", "refuted"]
    assert verdicts(NOISE + r"Then $\mathbb{E}[z (f(m) - z)] = 0$.") == ["proved", "proved"]
    assert verdicts(NOISE + r"Then $\mathbb{E}[z f(m + 1)] = 1$.") == ["proved", "proved"]
    assert "proved" not in verdicts(NOISE + r"Then $\mathbb{E}[f(m)] = m + z$.")[1:]


def test_a_derivative_of_it_too() -> None:
    text = NOISE + r"Let $g(m) = m z^2$. Then $\mathbb{E}\left[z^2 \frac{\partial g}{\partial m}\right] = "
    assert verdicts(text + "3$.")[-1] == "proved"
    assert verdicts(text + "z^2$.")[-1] == "refuted"


DATA = r"""Let $t_k \sim \mathcal{N}(b, v^2)$ be independent for $k = 1, \dots, r$, where $v > 0$. Put
\[ A(b) = -\frac{r}{2} \log v^2 - \frac{1}{2 v^2} \sum_{k=1}^r (t_k - b)^2. \]
"""


def test_the_information_of_declared_normals() -> None:
    curvature = r"The information is $-\mathbb{E}\left[\frac{\partial^2 A}{\partial b^2}\right] = \frac{r}{v^2}$."
    assert set(verdicts(DATA + curvature)) == {"proved"}
    assert verdicts(DATA + curvature.replace(r"= \frac{r}", r"= \frac{1}"))[-1] == "refuted"
    score = r"The mean score is $\mathbb{E}\left[\frac{\partial A}{\partial b}\right] = 0$."
    assert verdicts(DATA + score)[-1] in ("proved", "undecided")
    assert verdicts(DATA + score.replace("= 0$", r"= \frac{r}{v^2}$"))[-1] != "proved"
