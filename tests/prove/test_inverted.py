"""What a logistic function or a hyperbolic tangent is taken of, where it is known what it is."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved
from derive.read.documents.text.source import Source

HEAD = (
    r"<!--: u, v, x, y \in \mathbb{R} ; 0 < q < 1 ; a > 0 ; index i = 1..n ; w_i \in \mathbb{R} -->"
    "\n<!--: function \\sigma = logistic -->\n"
)


def proved(text: str) -> bool:
    return isinstance(judge(read_document(Source("f.md", HEAD + text)).derivation.claims[-1]), Proved)


@pytest.mark.parametrize(
    "text",
    [
        r"If $\sigma(u) = q$, then $u = \log \frac{q}{1 - q}$.",
        r"If $q = \sigma(u)$, then $u = \log q - \log (1 - q)$.",
        r"If $\sigma(a u + v) = q$, then $u = \frac{1}{a} \left(\log \frac{q}{1 - q} - v\right)$.",
        r"If $\sigma(u) = 1 - q$, then $u = \log \frac{1 - q}{q}$.",
        r"If $\sigma(u) = \frac12$, then $u = 0$.",
        r"If $\sigma(u) = \sigma(v)$, then $u = v$.",
        r"If $\tanh u = q$, then $u = \frac12 \log \frac{1 + q}{1 - q}$.",
        r"If $\sigma(w_i) = q$, then $w_i = \log \frac{q}{1 - q}$.",
    ],
)
def test_what_follows(text: str) -> None:
    assert proved(text)


@pytest.mark.parametrize(
    "text",
    [
        r"If $\sigma(u) = q$, then $u = \log \frac{1 - q}{q}$.",
        r"If $\sigma(u) = q$, then $u = \log q$.",
        r"If $\sigma(a u) = q$, then $u = a \log \frac{q}{1 - q}$.",
        r"If $\tanh u = q$, then $u = \log \frac{1 + q}{1 - q}$.",
        r"If $\sigma(u) = q$, then $2 v = 2 \log \frac{q}{1 - q}$.",
        r"If $\sigma(u) \geq q$, then $2 u = 2 \log \frac{q}{1 - q}$.",
        r"If $\sigma(u) = x^2$, then $x > 0$.",
    ],
)
def test_what_does_not(text: str) -> None:
    assert not proved(text)
