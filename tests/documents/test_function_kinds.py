"""What words such as *convex* and *L-smooth* say of an unknown function, and what a formula says of it everywhere."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

STEP = r"""
Gradient descent is
$$x_{t+1} = x_t - \frac{1}{L} \nabla f(x_t) .$$
Then
"""
DESCENT = r"$$f(x_{t+1}) \le f(x_t) - \frac{1}{2L} \|\nabla f(x_t)\|^2$$"
TOO_MUCH = r"$$f(x_{t+1}) \le f(x_t) - \frac{1}{L} \|\nabla f(x_t)\|^2$$"
TANGENT = r"$$f(x_t) + \nabla f(x_t)^\top (x_{t+1} - x_t) \le f(x_{t+1})$$"
F = r"$f : \mathbb{R}^d \to \mathbb{R}$"


@pytest.mark.parametrize(
    "said",
    [
        f"Let {F} be convex and $L$-smooth with $L > 0$.",
        f"Let {F} be convex and differentiable, and let $f$ be $L$-smooth.",
        f"Throughout, {F} is a convex, $L$-smooth function.",
        f"Let {F} be a convex function with $L$-Lipschitz gradient.",
        f"Let {F} be $L$-smooth. Assume in addition that $f$ is convex.",
        f"Consider a convex and $L$-smooth function {F}.",
    ],
)
def test_words(words: Judged, said: str) -> None:
    assert words(said + STEP + DESCENT)[-1] == "proved"
    assert words(said + STEP + TANGENT)[-1] == "proved"
    assert words(said + STEP + TOO_MUCH)[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        f"Let {F} be differentiable.",
        f"Let {F} be $L$-smooth with $L > 0$; it need not be convex.",
        f"Let {F} not be convex, with $L > 0$.",
        f"Let {F} be differentiable and $L > 0$. Show that $f$ is convex.",
        f"Let {F} be differentiable and $L > 0$. If $f$ is convex, all is simple.",
        f"Let {F} be convex on the unit ball, with $L > 0$.",
        f"Let {F} be convex along every ray, with $L > 0$.",
        f"Let {F} and $g : \\mathbb{{R}}^d \\to \\mathbb{{R}}$ be differentiable. We assume that $g$ is convex.",
        f"Let {F} be concave and $L > 0$.",
        f"Let {F} be quasi-convex and $L > 0$.",
        f"Let {F} be differentiable and $L > 0$. Assume that the restriction of $f$ is convex.",
        f"Let {F} be differentiable and $L > 0$. Suppose that the set where $f$ is convex is empty.",
        f"Let {F} be differentiable and $L > 0$. Assume that $f$ is convex at $0$.",
        f"Let {F} be differentiable and $L > 0$. Assume that $f$ is convex or $L$-smooth.",
        f"Let {F} be convex and $L > 0$. Suppose now that $f$ is no longer convex.",
        f"Let {F} be convex and $L > 0$. Without convexity, less is known.",
        f"Let {F} be convex and $L > 0$. We now drop the assumption of convexity.",
    ],
)
def test_no_tangent_below(words: Judged, said: str) -> None:
    assert words(said + STEP + TANGENT)[-1] != "proved"


DISPLAYED = r"$$f(y) \le f(x) + \nabla f(x)^\top (y - x) + \frac{L}{2} \|y - x\|^2"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        (f"{F} is $L$-smooth, that is,", r"\quad \text{for all } x, y \in \mathbb{R}^d , $$ with $L > 0$."),
        (f"Let {F} be $L$-smooth, that is,", r"$$ for all $x, y \in \mathbb{R}^d$."),
        (f"Let {F} be $L$-smooth: for all $x, y \\in \\mathbb{{R}}^d$,", ".$$"),
        (f"Assume that {F} satisfies", r"\qquad \forall x, y \in \mathbb{R}^d .$$ Here $L > 0$."),
        (f"Since {F} is $L$-smooth with $L > 0$,", r"$$ holds for all $x$ and $y$ in $\mathbb{R}^d$."),
        (f"Let {F} be an $L$-smooth function, $L > 0$:", r", \quad x, y \in \mathbb{R}^d .$$"),
        (f"By $L$-smoothness of {F}, we have for any $x, y \\in \\mathbb{{R}}^d$", ".$$"),
    ],
)
def test_what_holds_everywhere(words: Judged, before: str, behind: str) -> None:
    said = f"{before} {DISPLAYED} {behind}"
    assert words(said + STEP + DESCENT)[-1] == "proved"
    assert words(said + STEP + TOO_MUCH)[-1] != "proved"


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        (f"Let {F} be differentiable and $L > 0$. Is it so that", r"\quad \text{for all } x, y \in \mathbb{R}^d ?$$"),
        (f"Let {F} be convex and $L > 0$. Show that it satisfies", r"\quad \text{for all } x, y \in \mathbb{R}^d .$$"),
        (
            f"A function {F} is called smooth, $L > 0$, if",
            r"\quad \text{for all } x, y \in \mathbb{R}^d .$$ We need not have this.",
        ),
        (
            f"It is not true that the convex {F} satisfies, with $L > 0$,",
            r"\quad \text{for all } x, y \in \mathbb{R}^d .$$",
        ),
    ],
)
def test_what_is_asked_or_denied(words: Judged, before: str, behind: str) -> None:
    assert words(f"{before} {DISPLAYED} {behind}" + STEP + DESCENT)[-1] != "proved"


SECTIONS = rf"""# Descent
Throughout, {F} is $L$-smooth, $L > 0$, and
$$x_{{t+1}} = x_t - \eta \nabla f(x_t)$$
with $\eta > 0$.

## The lemma
We have
$$f(x_{{t+1}}) \le f(x_t) - \eta \left(1 - \frac{{L \eta}}{{2}}\right) \|\nabla f(x_t)\|^2 .$$

## Convex functions
Let $f$ be convex and let $x^*$ be a minimiser of $f$. Then
"""


@pytest.mark.parametrize(
    ("line", "proved"),
    [
        (r"$$f(x_t) - f(x^*) \le \nabla f(x_t)^\top (x_t - x^*)$$", True),
        (r"$$f(x_t) \ge f(x^*)$$", True),
        (r"$$f(x_t) \le f(x^*)$$", False),
        (r"$$f(x_t) - f(x^*) \le \nabla f(x^*)^\top (x_t - x^*)$$", False),
        (
            r"$$\|x_{t+1} - x^*\|^2 = \|x_t - x^*\|^2 - 2 \eta \nabla f(x_t)^\top (x_t - x^*) + \eta^2 \|\nabla f(x_t)\|^2$$",
            True,
        ),
        (
            r"$$\|x_{t+1} - x^*\|^2 = \|x_t - x^*\|^2 - \eta \nabla f(x_t)^\top (x_t - x^*) + \eta^2 \|\nabla f(x_t)\|^2$$",
            False,
        ),
    ],
)
def test_sections(words: Judged, line: str, proved: bool) -> None:
    found = words(SECTIONS + line)
    assert "unread" not in found
    assert found[-2] == "proved"
    assert (found[-1] == "proved") is proved


def test_another_recurrence_takes_its_place(words: Judged) -> None:
    text = SECTIONS + "The momentum method is $$x_{t+1} = x_t + v_t .$$ It has\n"
    assert words(text + r"$$\|x_{t+1} - x_t\|^2 = \eta^2 \|\nabla f(x_t)\|^2$$")[-1] != "proved"


@pytest.mark.parametrize(
    "point", ["a local minimiser of $f$", "a minimiser of $f$ over the ball", "a stationary point of $f$"]
)
def test_other_points_are_not_best(words: Judged, point: str) -> None:
    text = f"Let {F} be differentiable and let $x^*$ be {point}. " + r"For all $x \in \mathbb{R}^d$ $$f(x^*) \le f(x)$$"
    assert words(text)[-1] != "proved"
