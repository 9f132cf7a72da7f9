"""Two sequences that are given together, ``c_t = … h_{t-1} …`` and ``h_t = … c_t …``: neither is fixed where the other varies."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TWO = r"""<!--: index t = 1..T ; a, b, x_t, h_0, h_t, c_0, c_t \in \mathbb{R} -->
$$c_t = a c_{t-1} + b h_{t-1}$$
$$h_t = c_t + x_t$$
"""
LOSS = r"$$L = \sum_{t=1}^T h_t^2$$" + "\nFor $t < T$,\n"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"h_t = a c_{t-1} + b h_{t-1} + x_t", "proved"),
        (r"h_t = a c_{t-1} + b h_{t-1} - x_t", "refuted"),
        (r"h_t = c_t - x_t", "refuted"),  # what it is has been said once
        (r"c_t = h_t - x_t", "proved"),
        (r"c_t = h_t + x_t", "refuted"),
    ],
)
def test_members(words: Judged, line: str, word: str) -> None:
    assert words(f"{TWO}Then\n$${line}$$")[-1] == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial L}{\partial h_t} = 2 h_t + b \frac{\partial L}{\partial c_{t+1}}", "proved"),
        (r"\frac{\partial L}{\partial h_t} = 2 h_t", "refuted"),
        (r"\frac{\partial L}{\partial h_t} = 2 h_t + b \frac{\partial L}{\partial c_t}", "refuted"),
        (
            r"\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t} + a \frac{\partial L}{\partial c_{t+1}}",
            "proved",
        ),
        (r"\frac{\partial L}{\partial c_t} = \frac{\partial L}{\partial h_t}", "refuted"),
    ],
)
def test_losses(words: Judged, line: str, word: str) -> None:
    assert words(f"{TWO}{LOSS}$${line}$$")[-1] == word


@pytest.mark.parametrize(
    "line",
    [
        r"\frac{\partial h_{t+1}}{\partial h_t} = 1 - 1",
        r"\frac{\partial}{\partial h_t} (h_{t+1} h_t) = h_{t+1}",
        r"\frac{\partial h_{t+1}}{\partial h_t} \frac{\partial L}{\partial h_{t+1}} = \frac{\partial L}{\partial h_{t+1}} - \frac{\partial L}{\partial h_{t+1}}",
    ],
)
def test_no_later_member_is_fixed(words: Judged, line: str) -> None:
    assert words(f"{TWO}{LOSS}$${line}$$")[-1] != "proved"
