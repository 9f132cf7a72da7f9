r"""Logarithms of what is one fraction: ``\log(1 - a/(a+b))`` is ``\log b - \log(a+b)``, also inside of integrals."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"<!--: x \in \mathbb{R} ; function p(x) density ; function q(x) density ; a, b, c > 0 -->" + "\n"
SHARE = r"\frac{p(x)}{p(x) + q(x)}"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (rf"\int q(x) \log (1 - {SHARE}) \, dx = \int q(x) \log \frac{{q(x)}}{{p(x) + q(x)}} \, dx", "proved"),
        (rf"\int q(x) \log (1 + {SHARE}) \, dx = \int q(x) \log \frac{{q(x)}}{{p(x) + q(x)}} \, dx", "refuted"),
        (rf"\int q(x) \log (1 - 2 {SHARE}) \, dx = \int q(x) \log \frac{{q(x)}}{{p(x) + q(x)}} \, dx", "undecided"),
        (r"\log \left(1 - \frac{a}{a + b} - \frac{c}{a + b + c}\right) = \log \frac{b}{a + b}", "refuted"),
        (r"\log \left(\frac{1}{a} - \frac{1}{a + b}\right) = \log b - \log a - \log (a + b)", "proved"),
        (r"\log \left(\frac{1}{a} - \frac{1}{a + b}\right) = \log b - \log a", "refuted"),
    ],
)
def test_logarithms_of_fractions(words: Judged, line: str, word: str) -> None:
    assert words(f"{DECLARED}$${line}$$") == [word]
