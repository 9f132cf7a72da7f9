"""Words in another language may say what is supposed: they are not taken for words that say nothing.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "Let $c, b \\in \\mathbb{R}$.\n\n"


@pytest.mark.parametrize(
    "said",
    [
        "其中 $b^2 = b$ 成立。",
        "где $b^2 = b$.",
        "여기서 $b^2 = b$ 이다.",
        "trong đó các số dương có tổng $b^2 = b$.",
    ],
)
def test_a_claim_beside_such_words_is_not_refuted(said: str, words: Judged) -> None:
    assert words(GIVEN + said) == ["undecided"]


@pytest.mark.parametrize(
    "said",
    [
        "Clearly $b^2 = b$.",
        "By Hölder and Poincaré, then, $b^2 = b$.",
        "The naïve estimate says that $b^2 = b$.",
        "So we get $b^2 = b$.",
    ],
)
def test_english_words_are_read(said: str, words: Judged) -> None:
    assert words(GIVEN + said) == ["refuted"]


def test_a_name_that_such_words_are_about_may_be_anything(words: Judged) -> None:
    text = "Let $a, b \\in \\mathbb{R}$.\n\n设 $a$ 为正数。\n\nHence\n\n$$ \\sqrt{a^2} = CLAIM $$"
    assert words(text.replace("CLAIM", "a")) == ["undecided"]
    assert words(text.replace("\\sqrt{a^2}", "\\sqrt{b^2}").replace("CLAIM", "b")) == ["refuted"]


def test_what_is_proved_stays_proved(words: Judged) -> None:
    assert words("Let $a, b \\in \\mathbb{R}$.\n\n因此\n\n$$ (a + b)^2 = a^2 + 2 a b + b^2 $$") == ["proved"]
