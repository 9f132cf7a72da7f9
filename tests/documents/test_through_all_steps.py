"""Derivatives of a loss through all steps of a recurrence, for any number of them."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from tests.documents.judging import Judged

NUMBERS = (
    "<!--: index t = 1..T ; x_t, y_t, w, u, v, h_0 \\in \\mathbb{R} -->\n"
    "The state is $h_t = \\tanh(w h_{t-1} + u x_t)$ and the loss $L = \\frac12 \\sum_{t=1}^T (v h_t - y_t)^2$. Then\n"
)
VECTORS = (
    "<!--: index t = 1..T -->\n"
    "Let $x_t \\in \\mathbb{R}^d$, $y_t \\in \\mathbb{R}^K$ and $h_t \\in \\mathbb{R}^m$. We consider "
    "$a_t = W h_{t-1} + U x_t + b$, $h_t = \\tanh(a_t)$ and $o_t = V h_t + c$, with the loss "
    "$L = \\frac12 \\sum_{t=1}^T \\|o_t - y_t\\|^2$. Then\n"
)
CELLS = (
    "<!--: index t = 1..T ; function \\sigma = logistic -->\n"
    "Let $x_t \\in \\mathbb{R}^d$ and $h_t, c_t, y_t \\in \\mathbb{R}^m$. The gates are "
    "$$f_t = \\sigma(W x_t + U h_{t-1}), \\qquad g_t = \\tanh(V x_t + Z h_{t-1}), \\qquad "
    "q_t = \\sigma(P x_t + Q h_{t-1}),$$ the cell is "
    "$$c_t = f_t \\odot c_{t-1} + (1 - f_t) \\odot g_t, \\qquad h_t = q_t \\odot \\tanh(c_t),$$ "
    "and the loss is $L = \\frac12 \\sum_{t=1}^T \\|h_t - y_t\\|^2$. Then\n"
)


@pytest.mark.parametrize(
    ("model", "claim", "verdict"),
    [
        (NUMBERS, r"\frac{\partial L}{\partial h_T} = v (v h_T - y_T)", "proved"),
        (NUMBERS, r"\frac{\partial L}{\partial h_T} = v (h_T - y_T)", "refuted"),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial h_t} = v (v h_t - y_t) + w (1 - h_{t+1}^2) \frac{\partial L}{\partial h_{t+1}}",
            "proved",
        ),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial h_t} = v (v h_t - y_t) + w (1 - h_t^2) \frac{\partial L}{\partial h_{t+1}}",
            "refuted",
        ),
        (NUMBERS, r"\frac{\partial L}{\partial h_t} = v (v h_t - y_t)", "refuted"),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial w} = \sum_{t=1}^T (1 - h_t^2) h_{t-1} \frac{\partial L}{\partial h_t}",
            "proved",
        ),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial w} = \sum_{t=1}^T (1 - h_t^2) h_t \frac{\partial L}{\partial h_t}",
            "refuted",
        ),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial w} = \sum_{t=1}^T (1 - h_t^2) h_{t-1} v (v h_t - y_t)",
            "refuted",
        ),
        (NUMBERS, r"\frac{\partial L}{\partial v} = \sum_{t=1}^T (v h_t - y_t) h_t", "proved"),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial x_t} = u (1 - h_t^2) \frac{\partial L}{\partial h_t}",
            "proved",
        ),
        (
            NUMBERS,
            r"\frac{\partial L}{\partial x_t} = u \frac{\partial L}{\partial h_t}",
            "refuted",
        ),
        (
            VECTORS,
            r"\frac{\partial L}{\partial a_t} = \operatorname{diag}(1 - h_t^2) \frac{\partial L}{\partial h_t}",
            "proved",
        ),
        (VECTORS, r"\frac{\partial L}{\partial a_t} = a_t - a_t", "refuted"),
        (
            VECTORS,
            r"\frac{\partial L}{\partial W} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^\top",
            "proved",
        ),
        (
            VECTORS,
            r"\frac{\partial L}{\partial W} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_t^\top",
            "refuted",
        ),
        (VECTORS, r"\frac{\partial L}{\partial b} = \sum_{t=1}^T \frac{\partial L}{\partial a_t}", "proved"),
        (VECTORS, r"\frac{\partial L}{\partial b} = \sum_{t=1}^T \frac{\partial L}{\partial h_t}", "refuted"),
        (VECTORS, r"\frac{\partial L}{\partial h_0} = W^\top \frac{\partial L}{\partial a_1}", "proved"),
        (
            VECTORS,
            r"\frac{\partial L}{\partial h_t} = V^\top (o_t - y_t) + W^\top \frac{\partial L}{\partial a_{t+1}}",
            "proved",
        ),
        (
            VECTORS,
            r"\frac{\partial L}{\partial h_t} = V^\top (o_t - y_t) + W \frac{\partial L}{\partial a_{t+1}}",
            "refuted",
        ),
        (CELLS, r"\frac{\partial L}{\partial q_t} = \tanh(c_t) \odot \frac{\partial L}{\partial h_t}", "proved"),
        (CELLS, r"\frac{\partial L}{\partial q_t} = \tanh(c_t) \odot \frac{\partial L}{\partial c_t}", "refuted"),
        (
            CELLS,
            r"\frac{\partial L}{\partial c_t} = q_t \odot (1 - \tanh(c_t)^2) \odot \frac{\partial L}{\partial h_t} "
            r"+ f_{t+1} \odot \frac{\partial L}{\partial c_{t+1}}",
            "proved",
        ),
        (
            CELLS,
            r"\frac{\partial L}{\partial c_t} = q_t \odot (1 - \tanh(c_t)^2) \odot \frac{\partial L}{\partial h_t}",
            "refuted",
        ),
        (
            CELLS,
            r"\frac{\partial L}{\partial f_t} = (c_{t-1} - g_t) \odot \frac{\partial L}{\partial c_t}",
            "proved",
        ),
        (CELLS, r"\frac{\partial L}{\partial f_t} = c_{t-1} \odot \frac{\partial L}{\partial c_t}", "refuted"),
    ],
)
def test_through_all_steps(model: str, claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{model}$${claim}.$$")[-1] == verdict


@pytest.mark.parametrize(
    "model",
    [
        "$a_t = W h_{t-1} + x_t$, $h_t = \\tanh(a_t)$",
        "$h_t = \\tanh(a_t)$, $a_t = W h_{t-1} + x_t$",
        "$h_t = \\tanh(W h_{t-1} + x_t)$",
    ],
)
@pytest.mark.parametrize("declared", ["$h_0 \\in \\mathbb{R}^m$", "$h_t \\in \\mathbb{R}^m$"])
def test_a_gradient_cut_short_is_refuted(model: str, declared: str, words: Judged) -> None:
    text = (
        "<!--: index t = 1..T -->\n"
        f"Let $x_t \\in \\mathbb{{R}}^m$, $W \\in \\mathbb{{R}}^{{m \\times m}}$ and {declared}. Let {model} and "
        "$L = \\frac12 \\sum_{t=1}^T \\|h_t\\|^2$. Then\n"
    )
    cut = r"\frac{\partial L}{\partial W} = \sum_{t=1}^T \operatorname{diag}(1 - h_t^2) h_t h_{t-1}^\top"
    whole = cut.replace("h_t h_{t-1}", r"\frac{\partial L}{\partial h_t} h_{t-1}")
    assert words(f"{text}$${cut}.$$")[-1] == "refuted"
    assert words(f"{text}$${whole}.$$")[-1] == "proved"


def test_what_is_assumed_beside_a_recurrence_is_not_passed_over(words: Judged) -> None:
    tied = NUMBERS.replace("h_0 \\in \\mathbb{R} -->", "h_0 \\in \\mathbb{R} ; assume v = w^2 -->")
    claim = r"\frac{\partial L}{\partial w} = \sum_{t=1}^T (1 - h_t^2) h_{t-1} \frac{\partial L}{\partial h_t}"
    assert words(f"{tied}$${claim}.$$")[-1] != "proved"


def test_members_that_are_made_of_each_other_in_a_step_are_not(words: Judged) -> None:
    text = (
        "<!--: index t = 1..T ; w \\in \\mathbb{R} ; index s = 0..T ; h_s, g_s \\in \\mathbb{R} -->\n"
        "<!--: assume h_t = w g_t + h_{t-1} ; assume g_t = w h_t + g_{t-1} ; let L := \\sum_{t=1}^T h_t -->\n"
        "Then $$\\frac{\\partial L}{\\partial w} = \\sum_{t=1}^T g_t \\frac{\\partial L}{\\partial h_t}.$$"
    )
    assert words(text)[-1] != "proved"


STEPWISE = (
    "<!--: index t = 1..T ; x_t, y_t, w, u, v, h_0 \\in \\mathbb{R} -->\n"
    "The state is $h_t = \\tanh(w h_{t-1} + u x_t)$, the loss of a step $L_t = \\frac12 (v h_t - y_t)^2$, and "
    "$L = \\sum_{t=1}^T L_t$. Then\n"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (
            r"\frac{\partial L}{\partial h_t} = \frac{\partial L_t}{\partial h_t} "
            r"+ w (1 - h_{t+1}^2) \frac{\partial L}{\partial h_{t+1}}",
            "proved",
        ),
        (r"\frac{\partial L}{\partial h_t} = \frac{\partial L_t}{\partial h_t}", "refuted"),
        (r"\frac{\partial L}{\partial h_T} = \frac{\partial L_T}{\partial h_T}", "proved"),
        (r"\frac{\partial L_t}{\partial w} = (1 - h_t^2) h_{t-1} v (v h_t - y_t)", "unread"),
    ],
)
def test_the_loss_of_one_step(claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{STEPWISE}$${claim}$$")[-1] == verdict


def _state(w: float, u: float, x: list[float], h: float) -> list[float]:
    found = [h]
    for each in x:
        found.append(math.tanh(w * found[-1] + u * each))
    return found


def _loss(w: float, u: float, v: float, x: list[float], y: list[float], h: float) -> float:
    return sum((v * one - two) ** 2 for one, two in zip(_state(w, u, x, h)[1:], y, strict=True)) / 2


@pytest.mark.parametrize("steps", [1, 2, 3, 5])
def test_the_chain_rule_in_numbers(steps: int) -> None:
    """What is proved above of numbers, against differences of the loss itself: no derivative of ours."""
    x, y = [0.3 * n - 0.7 for n in range(steps)], [0.5 - 0.2 * n * n for n in range(steps)]
    w, u, v, start, tiny = 0.8, -0.6, 1.3, 0.4, 1e-6

    def slope(change: Callable[[float], float]) -> float:
        return (change(tiny) - change(-tiny)) / (2 * tiny)

    h = _state(w, u, x, start)
    after = [0.0] * (steps + 2)
    for t in range(steps, 0, -1):
        later = w * (1 - h[t + 1] ** 2) * after[t + 1] if t < steps else 0.0
        after[t] = v * (v * h[t] - y[t - 1]) + later
    in_w = sum((1 - h[t] ** 2) * h[t - 1] * after[t] for t in range(1, steps + 1))
    assert in_w == pytest.approx(slope(lambda e: _loss(w + e, u, v, x, y, start)), rel=1e-6)
    in_first = u * (1 - h[1] ** 2) * after[1]
    assert in_first == pytest.approx(slope(lambda e: _loss(w, u, v, [x[0] + e, *x[1:]], y, start)), rel=1e-6)
