r"""``Let $K$ be symmetric and $c > 0$``: what follows a property is laid down as well; what follows from it is not."""

from __future__ import annotations

import time

import pytest

from derive.read.documents.text.prose import Cue, cue_of
from tests.documents.judging import Judged

KNOWN = r"Let $c \in \mathbb{R}$. Then $c + 1 = 1 + c$."
SAID = [
    "be symmetric and",
    "be a positive semidefinite matrix and",
    "be symmetric, positive definite,",
    "be invertible,",
]


@pytest.mark.parametrize("said", SAID)
def test_a_number_that_was_known_before(words: Judged, said: str) -> None:
    text = rf"Let $K \in \mathbb{{R}}^{{n \times n}}$ {said} $c > 0$. Then $c^3 > 0$."
    assert words(f"{KNOWN}\n\n## Two\n\n{text}") == ["proved", "proved"]
    assert words(f"{KNOWN}\n\n## Two\n\n{text} Moreover $c > 1$.") == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "said", ["be symmetric, $B$ positive definite,", "be symmetric and $B$ positive definite, and"]
)
def test_one_of_two_matrices(words: Judged, said: str) -> None:
    text = rf"Let $S, B \in \mathbb{{R}}^{{d \times d}}$ {said} $w \in \mathbb{{R}}^d$. Then $w^T {{}} w \ge 0$."
    assert words(text.replace("{}", "B")) == ["proved"]
    assert words(text.replace("{}", "S")) == ["refuted"]


@pytest.mark.parametrize(
    "said", ["be symmetric, so", "be symmetric. Then", "be symmetric; hence", "be symmetric, then"]
)
def test_what_follows_is_claimed(words: Judged, said: str) -> None:
    text = rf"Let $K \in \mathbb{{R}}^{{n \times n}}$ {said} $c > 0$."
    assert words(f"{KNOWN} {text}") == ["proved", "refuted"]


def test_only_what_is_laid_down_goes_on() -> None:
    assert cue_of(" be symmetric and ", Cue.assumption) is Cue.assumption
    assert cue_of(" be symmetric and ", Cue.assertion) is Cue.assertion
    assert cue_of(" be symmetric ", Cue.assumption) is Cue.assertion
    assert cue_of(" be symmetric and not ", Cue.assumption) is Cue.assertion
    started = time.perf_counter()
    assert cue_of(" be" + " symmetric" * 200 + " indeed", Cue.assumption) is Cue.assertion
    assert time.perf_counter() - started < 1
