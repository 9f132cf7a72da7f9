r"""What is said to be something right behind its first use: ``$w = \Phi^\top a$ with $$a = …$$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: a, x, y \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"We have $(x + 1)^2 = x^2 + a$ with $$a = 2 x + 1.$$", ["proved", "proved"]),
        (r"We have $$(x + 1)^2 = x^2 + a,$$ where $a = 2 x + 1$.", ["proved", "proved"]),
        (r"We have $(x + 1)^2 = x^2 + a$ with $$a = 2 x + 2.$$", ["refuted", "proved"]),
        (r"We have $(x + 1)^2 = x^2 + a$ with $$a = 2 x + 1.$$ $$a = 2 x.$$", ["proved", "proved", "refuted"]),
    ],
)
def test_its_definition_behind(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(DECLARED + text) == verdicts


def test_what_has_been_used_is_not_defined_so(words: Judged) -> None:
    text = r"Then $$a x = x a.$$ We have $(x + 1)^2 = x^2 + a$ with $$a = 2 x + 1.$$"
    assert words(DECLARED + text)[1] == "refuted"


def test_nor_what_is_only_a_further_statement(words: Judged) -> None:
    text = r"We have $(x + 1)^2 = x^2 + a$ and $$a = 2 x + 1.$$"
    assert words(DECLARED + text)[0] == "refuted"
