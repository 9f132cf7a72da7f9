"""Proofs whose condition is ruled out by what they rest on; derivatives that words announce before they set them to zero."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.judge import judge
from derive.language.verdicts import Proved
from tests.documents.judging import Judged

SEARCH = r"""<!--: A \in \mathbb{R}^{n \times n} symmetric posdef ; b \in \mathbb{R}^n ; \eta > 0 -->
Consider $f(w) = \frac{1}{2} w^\top A w - b^\top w$. The gradient is
$$\nabla f(w) = A w - b$$
The exact step is found by setting the derivative to zero. With $g = \nabla f(w)$ and $\phi(\eta) = f(w - \eta g)$,
$$\phi'(\eta) = -g^\top g + \eta g^\top A g$$
so that $\eta = %s$.
"""


@pytest.mark.parametrize(
    ("step", "word"),
    [
        (r"\frac{g^\top g}{g^\top A g}", "proved"),
        (r"\frac{g^\top A g}{g^\top g}", "refuted"),
        (r"\frac{g^\top g}{2 g^\top A g}", "refuted"),
        (r"-\frac{g^\top g}{g^\top A g}", "refuted"),
    ],
)
def test_the_derivative_that_is_announced(words: Judged, step: str, word: str) -> None:
    assert words(SEARCH % step)[-1] == word


@pytest.mark.parametrize(
    ("given", "line"),
    [
        (r"g = 0", r"u = \frac{g u}{g}"),
        (r"g = 0", r"u = \frac{v}{g}"),
        (r"g + v = v", r"v = \frac{v u}{g u}"),
    ],
)
def test_nothing_follows_where_it_is_undefined(given: str, line: str) -> None:
    derivation = Derivation("test", title="A step", context=r"g, u, v \in \mathbb{R}")
    derivation.step("line", [given], [line])
    (claim,) = derivation.build().claims
    assert not isinstance(judge(claim), Proved)
