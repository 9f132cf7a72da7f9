"""A name that a chain gives a value on its way, and nothing else does: no numbers speak against it.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged

GIVEN = "Let $a, b, c > 0$. We have\n\n$$ V = c s_p = c (a^2 + b^2)^{1/2} $$\n\n"


def test_what_may_say_what_a_name_is_is_not_refuted(words: Judged) -> None:
    assert words(GIVEN) == ["proved", "undecided"]
    assert words(f"{GIVEN}so that\n\n$$ c s_p^2 = c (a^2 + b^2) $$") == ["proved", "undecided", "undecided"]


def test_other_names_are_as_they_were(words: Judged) -> None:
    assert words(f"{GIVEN}and\n\n$$ a + b = a - b $$")[-1] == "refuted"
    assert words(f"{GIVEN}and\n\n$$ V / c = s_p $$")[-1] == "proved"


def test_a_name_that_the_text_has_before_is_judged(words: Judged) -> None:
    before = "<!--: s_p \\in \\mathbb{R} -->\n"
    assert words(before + GIVEN) == ["proved", "refuted"]
    told = "Let $s_p = (a^2 + b^2)^{1/2}$.\n\n"
    assert words(GIVEN.replace("We have", told + "We have")) == ["proved"] * 3
    assert words(GIVEN.replace("We have", told + "We have").replace("= c (a^2", "= 2 c (a^2"))[-1] == "refuted"


def test_a_name_on_both_sides_is_judged(words: Judged) -> None:
    assert words("Let $a > 0$.\n\n$$ V = a r = 2 a r $$") == ["proved", "refuted"]


def test_a_name_that_another_formula_has_first_is_judged(words: Judged) -> None:
    first = "Let $a, b, c > 0$ and\n\n$$ U = a + s_p . $$\n\n"
    assert words(first + GIVEN.partition("We have")[2]) == ["proved", "proved", "refuted"]
