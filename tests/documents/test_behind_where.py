"""What a display gives behind the word *where*, in its own row; and several relations joined by *and*.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: index i = 1..n ; v_i, c_i \\in \\mathbb{R} ; q, r > 0 -->\n"
USES = "\n$$\\sum_{i=1}^n v_i (q + r) = q + r$$"


@pytest.mark.parametrize("word", [r"\text{ where }", r", \quad \text{where } ", r" \qquad \text{with } "])
def test_what_is_said_of_known_quantities_is_given(word: str, words: Judged) -> None:
    text = rf"{GIVEN}$$q + r = r + q {word} \sum_{{i=1}}^n v_i = 1$${USES}"
    assert words(text) == ["proved", "proved", "proved"] or words(text) == ["proved", "proved"]
    assert words(rf"{GIVEN}$$q + r = r + q$${USES}")[-1] == "refuted"


def test_and_goes_on(words: Judged) -> None:
    text = rf"{GIVEN}$$q + r = r + q \text{{ where }} q > 0 \text{{ and }} \sum_{{i=1}}^n v_i = 1$${USES}"
    assert "refuted" not in words(text)
    assert words(text)[-1] == "proved"


def test_what_is_not_behind_the_word_is_claimed(words: Judged) -> None:
    text = rf"{GIVEN}$$q + r = r + q \text{{ where }} q > 0 \\ \sum_{{i=1}}^n v_i = 1$$"
    assert words(text)[-1] == "refuted"
    assert words(rf"{GIVEN}$$q > 0 \text{{ and }} q + r = r$$") == ["proved", "refuted"]
    assert words(rf"{GIVEN}$$q > 0 \text{{ and }} q + r = r + q$$") == ["proved", "proved"]


def test_a_new_name_behind_it_is_defined(words: Judged) -> None:
    assert words(rf"{GIVEN}$$q + r = z \text{{ where }} z = r + q$$") == ["proved", "proved"]
    assert words(rf"{GIVEN}$$q + 2 r = z \text{{ where }} z = r + q$$")[0] == "refuted"
