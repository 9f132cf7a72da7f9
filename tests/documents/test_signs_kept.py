"""The sign that an author declares of a number stays what is assumed of it where the text says what the number is."""

from __future__ import annotations

from tests.documents.judging import Judged

SLACK = "<!--: index i = 1..n ; l_i, g_i \\ge 0 ; C > 0 -->\nWe obtain $$l_i = C - g_i$$\n"


def test_it_is_proved_and_not_refuted(words: Judged) -> None:
    assert words(f"{SLACK}$$l_i \\ge 0$$") == ["proved", "proved"]
    assert words(f"{SLACK}$$C - g_i \\ge 0$$")[1] != "refuted"


def test_what_does_not_follow_from_it_is_refuted(words: Judged) -> None:
    assert words(f"{SLACK}$$l_i > 0$$")[1] == "refuted"
    assert words(f"{SLACK}$$l_i = C + g_i$$")[1] == "refuted"
    assert words(f"{SLACK}$$g_i \\ge C$$")[1] == "refuted"


def test_without_a_sign_nothing_is_assumed(words: Judged) -> None:
    free = SLACK.replace("l_i, g_i \\ge 0", "l_i \\in \\mathbb{R} ; g_i \\ge 0")
    assert words(f"{free}$$l_i \\ge 0$$") == ["proved", "refuted"]


def test_what_has_the_sign_anyway(words: Judged) -> None:
    text = "<!--: index k = 1..K ; p_k > 0 ; a_k \\in \\mathbb{R} -->\n$$p_k = e^{a_k}$$ $$\\log p_k = a_k$$ $$\\log p_k = 2 a_k$$"
    assert words(text) == ["proved", "proved", "refuted"]
