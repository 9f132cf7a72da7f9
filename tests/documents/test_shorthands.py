r"""Shorthands of the field: powers entry by entry, logarithms to a base, signs, ``\pdv``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    r"<!--: index d = 1..D ; index n = 1..N ; x, w \in \mathbb{R}^D ; name x_d of x ; a > 0 ; b, c \in \mathbb{R} ; "
    r"X \in \mathbb{R}^{N\times D} -->"
)


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"x^{\odot 2} = x \odot x", "proved"),
        (r"(x^{\odot 3})_d = x_d^3", "proved"),
        (r"x^{\odot 3} = x \odot x", "refuted"),
        (r"X^{\odot 2} = X^{\circ 2} = X \odot X", "proved"),
        (r"(X^{\odot 2})_{nd} = 2 X_{nd}", "refuted"),
        (r"X^{\odot 2} = X^\top X", "refuted"),
        (r"\log_2 (a^2) = 2 \log_2 a", "proved"),
        (r"\log_2 a = \frac{\ln a}{\ln 2}", "proved"),
        (r"\log_2 a = \ln a", "refuted"),
        (r"(\log_2 8)^2 = 9", "proved"),
        (r"\log_2^2 8 = 9", "proved"),
        (r"\frac{d}{da} \log_{10} a = \frac{1}{a \ln 10}", "proved"),
        (r"\frac{d}{da} \log_{10} a = \frac{1}{a}", "refuted"),
        (r"\operatorname{sign}(a) = 1", "proved"),
        (r"\operatorname{sign}(-a) = -1", "proved"),
        (r"\operatorname{sign}(b) b = |b|", "proved"),
        (r"\operatorname{sgn}(b) b = b", "refuted"),
        (r"\operatorname{sign}(b)^2 = 1", "refuted"),
        (r"\operatorname{sign}(x)_d = \operatorname{sign}(x_d)", "proved"),
        (r"\pdv{(b^2 c)}{b} = 2 b c", "proved"),
        (r"\pdv{(b^2 c)}{b} = b c", "refuted"),
        (r"\pdv[2]{b^3 c}{b} = 6 b c", "proved"),
        (r"\pdv{b^3 c^2}{b}{c} = 6 b^2 c", "proved"),
        (r"\dv{b} b^3 = 3 b^2", "proved"),
        (r"\dv{b} b^3 = 2 b^2", "refuted"),
        (r"\pdv{(w^\top x)}{w} = x", "proved"),
    ],
)
def test_each(words: Judged, claim: str, verdict: str) -> None:
    found = words(f"{GIVEN}\n$$ {claim} $$")
    assert {*found} == {verdict}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbf{1}\{b > c\} + \mathbf{1}\{c > b\} = 1", "refuted"),
        (r"\mathbf{1}\{b \ge c\} + \mathbf{1}\{c > b\} = 1", "proved"),
        (r"b^2 + c^2 > 0", "refuted"),
        (r"a^2 + c^2 > 0", "proved"),
        (r"\mathbf{1}\{b^2 > 0\} = 1", "refuted"),
    ],
)
def test_what_fails_at_a_corner_alone(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{GIVEN}\n$$ {claim} $$") == [verdict]


def test_a_declaration_that_cannot_be_used_leaves_the_others_as_they_are(words: Judged) -> None:
    text = "<!--: w \\in \\mathbb{R}^D ; b ; a > 0 -->\n$$ w^\\top w = \\|w\\|^2 $$\n$$ |a| = a $$"
    assert words(text) == ["unread", "proved", "proved"]
