"""``Now let f(x) = …`` gives a function a new meaning, ``f' = …`` speaks of the one that it has."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SQUARE = r"""<!--: a > 0 ; b, c, x \in \mathbb{R} -->
Let $f(x) = a x^2$. Then $f'(x) = 2 a x$. """


@pytest.mark.parametrize(
    "said",
    [
        r"Now let $f(x) = b x^3$.",
        r"Let us instead take $$f(x) = b x^3.$$",
        r"Consider $$f(x) = b x^3.$$",
    ],
)
@pytest.mark.parametrize(
    ("line", "word"), [(r"f'(x) = 3 b x^2", "proved"), (r"f'(x) = 2 a x", "refuted"), (r"f(x) = a x^2", "refuted")]
)
def test_given_a_new_meaning(words: Judged, said: str, line: str, word: str) -> None:
    assert words(f"{SQUARE}\n\n{said} Then $${line}.$$")[-2:] == ["proved", word]


@pytest.mark.parametrize(
    ("line", "word"), [(r"f'(x) = 2 a x + c", "proved"), (r"f'(x) = 2 a x + c - c", "refuted")]
)  # fmt: skip
def test_something_more(words: Judged, line: str, word: str) -> None:
    text = rf"{SQUARE} Now we add a penalty: $$f(x) = a x^2 + c x.$$ The derivative is $${line}.$$"
    assert words(text)[-2:] == ["proved", word]


@pytest.mark.parametrize(
    "said", [r"Thus $f(x) = b x^3$.", r"We get $f(x) = b x^3$.", r"Let $x > 0$. Then $f(x) = b x^3$.", r"Hence $$f(x) = c.$$"]
)  # fmt: skip
def test_what_is_claimed_of_it(words: Judged, said: str) -> None:
    assert words(SQUARE + said)[-1] == "refuted"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("f' = 2 a x", "proved"),
        ("f' = 3 a x", "refuted"),
        ("f'' = 2 a", "proved"),
        ("f'' = 2 a x", "refuted"),
    ],
)
def test_a_derivative_without_its_argument(words: Judged, line: str, word: str) -> None:
    assert words(f"{SQUARE} We have ${line}$.")[-1] == word
