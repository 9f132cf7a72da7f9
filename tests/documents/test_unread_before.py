"""A name that an equation gives which cannot be read, and that another one gives: the second may be a claim."""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers

DECLARED = "<!--: x \\in \\mathbb{R} -->\n"
UNREAD = r"$$y = \operatorname{foo}[x]$$ "


@pytest.mark.parametrize(
    ("first", "words", "second"),
    [
        (UNREAD, "", "y = x^2"),
        (UNREAD, "so that", "y = x^2"),
        (UNREAD, "and $$z = x + 1$$ so that", "y = z^2"),
        (r"$$f(x) = \operatorname{foo}[x]$$ ", "which is", "f(x) = x^2"),
        (r"$$y \; = \; \mathcal{F}\{x\}(k)$$ ", "Then", "y = x^2"),
    ],
)
def test_what_cannot_be_compared(answers: Answers, first: str, words: str, second: str) -> None:
    assert answers(f"{DECLARED}{first}{words} $${second}.$$")[-1] == ("unread", "unread")


def test_later_lines_are_judged_with_it(answers: Answers) -> None:
    found = answers(f"{DECLARED}{UNREAD} so that $$y = x^2$$ and hence $$y + 1 = x^2 + 1,$$ $$y + 1 = x^2.$$")
    assert [word for word, _ in found][:3] == ["unread", "unread", "proved"]
    assert found[-1][0] in ("refuted", "undecided")  # what was unread may have said something else


@pytest.mark.parametrize(
    ("first", "words", "second"),
    [
        (UNREAD, "Now let", "y = x^2"),
        (UNREAD, "Instead we use", "y = x^2"),
        (UNREAD, "\n\n## Squares\n\nHere is", "y = x^2"),
        (UNREAD, "so that", "u = x^2"),
        (r"$$y_1 = \operatorname{foo}[x]$$", "so that", "y = x^2"),
        (r"$$\operatorname{foo}[x] = y$$", "so that", "y = x^2"),
        (r"$$y < \operatorname{foo}[x]$$", "so that", "y = x^2"),
        (r"$$y = x$$", "and there is", "z = x^2"),
    ],
)
def test_what_says_what_a_name_is(answers: Answers, first: str, words: str, second: str) -> None:
    assert answers(f"{DECLARED}{first} {words} $${second}.$$")[-1] == ("proved", "definition")
