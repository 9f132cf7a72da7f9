r"""Functions given by their spaces, ``$f : \mathbb{R}^d \to \mathbb{R}$``, and the points of a method that steps along them.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DESCENT = r"""Let $f : \mathbb{R}^d \to \mathbb{R}$ be convex with an $L$-Lipschitz gradient, $L > 0$, that is,
$$ f(y) \le f(x) + \langle \nabla f(x), y - x \rangle + \frac{L}{2} \| y - x \|^2 \qquad \text{for all } x, y \in \mathbb{R}^d . $$
We run
$$ x_{t+1} = x_t - \frac{1}{L} \nabla f(x_t), \qquad t = 0, 1, \dots, T-1 . $$
For each $t$,
$$ CLAIM $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\|x_{t+1} - x_t\|^2 = \frac{1}{L^2} \|\nabla f(x_t)\|^2", "proved"),
        (r"\|x_{t+1} - x_t\|^2 = \frac{1}{L} \|\nabla f(x_t)\|^2", "refuted"),
        (
            r"f(x_{t+1}) \le f(x_t) + \langle \nabla f(x_t), x_{t+1} - x_t \rangle + \frac{L}{2} \|x_{t+1} - x_t\|^2",
            "proved",
        ),
        (
            r"f(x_{t+1}) \le f(x_t) + \langle \nabla f(x_t), x_{t+1} - x_t \rangle + \frac{L}{4} \|x_{t+1} - x_t\|^2",
            "undecided",  # what is said of f is no rule that a counterexample is drawn from
        ),
        (r"\sum_{t=0}^{T-1} (f(x_t) - f(x_{t+1})) = f(x_0) - f(x_T)", "proved"),
        (r"\sum_{t=0}^{T-1} (f(x_t) - f(x_{t+1})) = f(x_0) - f(x_{T-1})", "refuted"),
        (r"\nabla f(x_{t+1}) = \nabla f(x_t)", "refuted"),
        (r"x_{t+1} - x_t = -\frac{1}{L} \nabla f(x_{t+1})", "refuted"),
    ],
)
def test_gradient_descent(words: Judged, claim: str, verdict: str) -> None:
    assert words(DESCENT.replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(("factor", "verdict"), [("2", "proved"), ("1", "refuted")])
def test_a_minimiser_is_another_point(words: Judged, factor: str, verdict: str) -> None:
    claim = (
        r"\|x_{t+1} - x^*\|^2 = \|x_t - x^*\|^2 - \frac{FACTOR}{L} \langle \nabla f(x_t), x_t - x^* \rangle "
        r"+ \frac{1}{L^2} \|\nabla f(x_t)\|^2"
    ).replace("FACTOR", factor)
    text = DESCENT.replace("CLAIM", r"x_{t+1} = x_t - \frac1L \nabla f(x_t)")
    assert words(f"{text} Let $x^*$ be a minimiser of $f$. Then\n$$ {claim} $$")[-1] == verdict


def test_a_derivative_through_a_recurrence_is_none_in_the_argument(words: Judged) -> None:
    text = (
        r"Let $f : \mathbb{R}^d \to \mathbb{R}$ and $x_{t+1} = x_t - \nabla f(x_t)$ for $t = 0, \dots, T-1$. Then "
        r"$$ \frac{\partial}{\partial x_t} f(x_{t+1}) = 0 . $$"
    )
    assert words(text)[-1] != "proved"


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        (r"f : \mathbb{R}^d \to \mathbb{R}", True),
        (r"f \colon \mathbb R^{d} \rightarrow \mathbb R", True),
        (r"f : \mathbb{R}^d \to \mathbb{R}^m", False),
        (r"f : X \to Y", False),
    ],
)
def test_which_formulas_introduce_a_function(said: str, noted: bool) -> None:
    assert ("function f" in notes(f"Let ${said}$ be given. Then $f(u) = f(u)$.")) == noted


def test_no_function_of_a_name_that_has_a_meaning(words: Judged) -> None:
    text = r"<!--: f, x \in \mathbb{R} --> Let $f : \mathbb{R} \to \mathbb{R}$. Then $f (x + 1) = f x + f$."
    assert words(text)[-1] == "proved"
