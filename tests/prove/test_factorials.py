"""Factorials of sums, and the integrals of powers with symbolic exponents that come to them."""

from __future__ import annotations

import pytest

from tests.documents.conftest import answers, words  # noqa: F401 - fixtures
from tests.documents.judging import Judged

GIVEN = r"<!--: a, b, r > 0 ; n \in \mathbb{N} ; c, x \in \mathbb{R} ; function \Gamma(u) := (u - 1)! -->"
TRUE = [
    r"(n + 1)! = (n + 1) n!",
    r"(n + 3)! = (n + 3) (n + 2) (n + 1)!",
    r"\Gamma(a + 1) = a \Gamma(a)",
    r"\Gamma(a + b + 2) = (a + b + 1) (a + b) \Gamma(a + b)",
    r"\int_0^\infty x^{a-1} e^{-r x} \, dx = \frac{\Gamma(a)}{r^a}",
    r"\int_0^\infty x^{a} e^{c - r x} \, dx = \frac{a e^c \Gamma(a)}{r^{a + 1}}",
    r"\int_0^\infty x^{n} e^{-r x} \, dx = \frac{n!}{r^{n + 1}}",
    r"\int_0^1 x^{a-1} (1 - x)^{b-1} \, dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}",
    r"\int_0^1 x^{a} (1 - x)^{b} \, dx = \frac{a b}{(a + b) (a + b + 1)} \int_0^1 x^{a-1} (1 - x)^{b-1} \, dx",
    r"\int_0^1 x^{a-1} \, dx = \frac{1}{a}",
]
FALSE = [
    r"(n + 1)! = n \, n!",
    r"\Gamma(a + 1) = (a + 1) \Gamma(a)",
    r"\int_0^\infty x^{a-1} e^{-r x} \, dx = \frac{\Gamma(a + 1)}{r^a}",
    r"\int_0^\infty x^{n} e^{-r x} \, dx = \frac{n!}{r^{n}}",
    r"\int_0^1 x^{a-1} (1 - x)^{b-1} \, dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b + 1)}",
    r"\int_0^1 x^{a} (1 - x)^{b-1} \, dx = \frac{b}{a + b} \int_0^1 x^{a-1} (1 - x)^{b-1} \, dx",
]
UNKNOWN = [
    r"\int_0^\infty x^{c-1} e^{-r x} \, dx = \frac{\Gamma(c)}{r^c}",
    r"\int_0^\infty x^{a-1} e^{c x} \, dx = \frac{\Gamma(a)}{(-c)^a}",
    r"\int_0^\infty x^{a-2} e^{-r x} \, dx = \frac{\Gamma(a - 1)}{r^{a - 1}}",
    r"\int_0^1 x^{a-1} (1 - x)^{c-1} \, dx = \frac{\Gamma(a) \Gamma(c)}{\Gamma(a + c)}",
    r"\int_0^2 x^{a-1} (1 - x)^{b-1} \, dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}",
    r"\int_0^1 x^{a-1} (1 + x)^{b-1} \, dx = \frac{\Gamma(a) \Gamma(b)}{\Gamma(a + b)}",
]
"""What may have no value, or another."""


@pytest.mark.parametrize("claim", TRUE)
def test_true(words: Judged, claim: str) -> None:  # noqa: F811
    assert words(f"{GIVEN} $${claim}$$") == ["proved"]


@pytest.mark.parametrize("claim", FALSE)
def test_false(words: Judged, claim: str) -> None:  # noqa: F811
    assert words(f"{GIVEN} $${claim}$$") == ["refuted"]


@pytest.mark.parametrize("claim", UNKNOWN)
def test_not_known(words: Judged, claim: str) -> None:  # noqa: F811
    assert words(f"{GIVEN} $${claim}$$") != ["proved"]
