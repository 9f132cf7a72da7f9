r"""A sample that the sentence speaks of behind what is made of it: ``the mean $\bar Y = …$ of independent $Y_i$ with …``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

MEAN = r"$\bar Y = \frac1m \sum_{i=1}^m Y_i$"
SAID = [
    rf"For the mean {MEAN} of i.i.d. $Y_i$ with mean $a$ and variance $b^2$,",
    rf"Let {MEAN} be the mean of independent samples $Y_i$ with mean $a$ and variance $b^2$. Then",
    rf"Given $m$ i.i.d. observations $Y_1, \dots, Y_m$ from a distribution with mean $a$ and variance $b^2$, let {MEAN}. Then",
    rf"Let $Y_i$ be i.i.d. with $\mathbb{{E}}[Y_i] = a$ and $\mathrm{{Var}}(Y_i) = b^2$, $i = 1, \dots, m$, and let {MEAN}. Then",
]


@pytest.mark.parametrize("said", SAID)
def test_they_are_random(words: Judged, said: str) -> None:
    assert (
        words(rf"{said} $$\mathbb{{E}}[\bar Y] = a, \quad \mathrm{{Var}}(\bar Y) = \frac{{b^2}}{{m}}$$")[-2:]
        == ["proved"] * 2
    )
    assert words(rf"{said} $$\mathrm{{Var}}(\bar Y) = b^2$$")[-1] == "refuted"
    assert words(rf"{said} $$\mathbb{{E}}[\bar Y^2] = a^2$$")[-1] == "refuted"
    spread = r"\mathbb{E}\left[\sum_{i=1}^m (Y_i - \bar Y)^2\right]"
    assert words(rf"{said} $${spread} = (m - 1) b^2$$")[-1] == "proved"
    assert words(rf"{said} $${spread} = m b^2$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said", [SAID[0].replace("i.i.d. ", ""), SAID[1].replace("independent ", ""), SAID[2].replace("i.i.d. ", "")]
)
def test_not_where_nothing_says_that_they_are_independent(words: Judged, said: str) -> None:
    assert words(rf"{said} $$\mathrm{{Var}}(\bar Y) = \frac{{b^2}}{{m}}$$")[-1] != "proved"


def test_beside_something_else_that_is_random(words: Judged) -> None:
    before = r"Let $\mathbb{E}[v] = 0$ and $\mathrm{Var}(v) = s^2$. "
    assert words(rf"{before}{SAID[0]} $$\mathrm{{Var}}(\bar Y) = \frac{{b^2}}{{m}}$$")[-1] == "proved"
    assert words(rf"{before}{SAID[0]} $$\mathbb{{E}}[v \bar Y] = 0$$")[-1] == "unread"  # nothing says how they depend
    drawn = r"Let $z \sim \mathcal{N}(0, 1)$. "
    assert "Y" not in "".join(each for each in notes(drawn + SAID[0]).splitlines() if "Cov" in each)
