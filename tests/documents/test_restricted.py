"""Words beside a formula that say where it holds: a counterexample elsewhere is none."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = "<!--: y, h \\in \\{-1, 1\\} ; x \\in \\mathbb{R} ; u, v \\in \\mathbb{R}^d -->\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("We have $y h = 1$ for correct predictions.", "undecided"),
        ("We have $y h = 1$ at its maximum.", "undecided"),
        ("The energy of a unit vector is $$ u^T u = 1 . $$", "undecided"),
        ("We have $y h = 1$ for all predictions.", "refuted"),
        ("We have $y h = 1$ for every point.", "refuted"),
        ("We have $$ y h = 1 . $$ For correct predictions this is good.", "refuted"),
        ("The energy of a vector is $$ u^T u = 1 . $$", "refuted"),
    ],
)
def test_restricted_in_words(words: Judged, text: str, verdict: str) -> None:
    assert words(HEAD + text)[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("$$ J = \\frac{1}{x}, \\quad x \\ne 0 $$", ["proved", "proved"]),
        ("Hence $x \\ne 0$.", ["refuted"]),
        ("$$ x \\ne 0 $$", ["refuted"]),
        ("For $w \\in \\mathbb{R}^d$, $w \\ne 0$, let $r = \\|w\\|$.", ["proved", "proved"]),
        ("For $w \\in \\mathbb{R}^d$, let $r = \\|w\\|$. Then $w \\ne 0$.", ["proved", "refuted"]),
        ("Let $r = x^2$ be the energy, $r > 1$, and $s = 2 x$.", ["proved", "proved"]),
        ("Let $r = x^2$ be the energy. Then $r > 1$.", ["proved", "refuted"]),
    ],
)
def test_remarks(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text) == verdicts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("If $u$ is a direction, $u^T v = x$ with $x \\ge 0$, then $u^T v \\ge 0$.", "proved"),
        ("When both are equal, $u = v$, the product is the energy: $u^T v = u^T u$.", "proved"),
        ("When both are equal, $u = v$, the product is the energy: $u^T v = 2 u^T u$.", "refuted"),
        ("When both are long, $u^T v = 1$.", "undecided"),
        ("When both are long, $u^T v = 1$, and $u^T v = 1 + 0 x$.", "refuted"),
    ],
)
def test_supposed_in_words_and_as_a_formula(words: Judged, text: str, verdict: str) -> None:
    assert words(HEAD + text)[-1] == verdict
