"""The mean of what counts, where the text gives the formula of its density: claimed, whatever else is called like it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DENSITY = r"For the Poisson distribution, $$p(y \mid \theta) = \frac{\theta^y e^{-\theta}}{y!}$$ "


@pytest.mark.parametrize("given", ["", r" ; y \in \mathbb{N}", r" ; index i = 1..n ; y_i \in \mathbb{N}"])
def test_mean(words: Judged, given: str) -> None:
    text = rf"<!--: \theta > 0{given} --> {DENSITY}"
    assert words(text + r"$$\mathbb{E}[y] = \theta$$ $$\mathbb{E}[y] = 2 \theta$$")[-2:] == ["proved", "refuted"]


def test_mean_of_numbers(words: Judged) -> None:
    """Without a factorial nothing says that x counts."""
    text = r"<!--: r > 0 ; x > 0 --> We have $$p(x \mid r) = r e^{-r x} .$$ Then $$\mathbb{E}[x] = r$$"
    assert words(text)[-1] == "refuted"
