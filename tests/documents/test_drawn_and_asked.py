r"""``P(x = 0) = …`` of an x whose distribution the text has told is no definition."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DRAWN = "<!--: \\lambda > 0 ; p \\in (0, 1) -->\nLet $x \\sim \\mathrm{Poisson}(\\lambda)$ and $b \\sim \\mathrm{Bernoulli}(p)$. Then "


@pytest.mark.parametrize(
    "line",
    [
        r"P(x = 0) = 1 - e^{-\lambda}",
        r"p(b = 1) = 1 - p",
        r"\Pr(b = 1) = 1 - p",
        r"\mathbb{P}(b = 1) = 1 - p",
        r"\mathbb{E}[x | x > 0] = \lambda",
        r"\mathbb{E}[x | x] = \lambda",
    ],
)
def test_it_is_not_laid_down(words: Judged, line: str) -> None:
    assert words(f"{DRAWN}$${line}$$")[-1] in ("unread", "undecided", "refuted")


def test_of_what_nothing_is_told_it_is(words: Judged) -> None:
    declared = "<!--: index k = 1..K ; \\pi_k > 0 ; z \\in \\{1, \\dots, K\\} -->\n"
    assert words(declared + r"$$P(z = k) = \pi_k$$ $$P(z = k) = 2 \pi_k$$") == ["proved", "refuted"]
