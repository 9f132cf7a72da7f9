"""Derivatives of functions with a subscript in their name: ``L_2'(h)``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: index k = 1..K ; a, h, b, c_k \\in \\mathbb{R} -->\n$$ L_a(h) = a h^2, \\qquad L_2(h) = (h - b)^2 $$\n"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"L_2'(h) = 2 (h - b)", "proved"),
        (r"L_{2}'(h) = 2 (h - b)", "proved"),
        (r"L'_2(h) = 2 (h - b)", "proved"),
        (r"L_2'(b) = 0", "proved"),
        (r"L_2''(h) = 2", "proved"),
        (r"L_a'(h) = 2 a h", "proved"),
        (r"L_2'(h) = 2 (h + b)", "refuted"),
        (r"L_2''(h) = 1", "refuted"),
        (r"L_2'(h) = L_a'(h)", "refuted"),
        (r"L_3'(h) = 2 h", "unread"),
        (r"L'(h) = 2 h", "unread"),
    ],
)
def test_it_is_the_derivative_of_that_function(words: Judged, line: str, word: str) -> None:
    assert words(f"{HEAD}$$ {line} $$")[-1] == word


@pytest.mark.parametrize("prime", ["'", r"^\prime", r"^{\prime}", r"^ { \prime }"])
@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("L_2'(h) = 2 (h - b)", "proved"),
        ("L'_2(h) = 2 (h - b)", "proved"),
        ("L_2'(h) = 2 (h + b)", "refuted"),
        (r"\sum_{k'=1}^K c_{k'} = \sum_{k=1}^K c_k", "proved"),
        (r"\sum_{k'=1}^K c_{k} = \sum_{k=1}^K c_k", "refuted"),
    ],
)
def test_a_prime_by_its_command(words: Judged, prime: str, line: str, word: str) -> None:
    written = line.replace("'", prime)
    assert words(f"{HEAD}$$ {written} $$")[-1] == word


@pytest.mark.parametrize("primes", ["''", r"^{\prime\prime}", r"^{\prime \prime}", r"'^\prime"])
def test_two_primes(words: Judged, primes: str) -> None:
    assert words(f"{HEAD}$$ L_2{primes}(h) = 2 $$")[-1] == "proved"
    assert words(f"{HEAD}$$ L_2{primes}(h) = 2 (h - b) $$")[-1] == "refuted"


@pytest.mark.parametrize("mark", [r"^{\prime 2}", r"^{2 \prime}", r"^\primed"])
def test_what_is_more_than_primes_is_none(words: Judged, mark: str) -> None:
    assert words(f"{HEAD}$$ L_2{mark}(h) = 2 (h - b) $$")[-1] == "unread"
