"""LaTeX as tokens."""

import pytest

from derive.read.errors import ReadError
from derive.read.tokens import MAX_LENGTH, tokenize


def texts(text: str) -> list[str]:
    return [token.text for token in tokenize(text)[:-1]]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"a_{1}", ["a", "_", "{", "1", "}"]),
        (r"\left( x \right)", ["(", "x", ")"]),
        (r"\bigl[ x \bigr]", ["[", "x", "]"]),
        (r"\left. f \right|_{x}", ["f", "|)", "_", "{", "x", "}"]),
        (r"\left. f - g \right|_{x}", ["{", "f", "-", "g", "}", "|)", "_", "{", "x", "}"]),
        (r"\left. f + \left[ g \right] \right\vert_a", ["{", "f", "+", "[", "g", "]", "}", "|)", "_", "a"]),
        (r"\left. f - g \right| h", ["f", "-", "g", "|)", "h"]),
        (r"\left. f - g \right)", ["f", "-", "g", ")"]),
        (r"\left( f - g \right|_{x}", ["(", "f", "-", "g", "|)", "_", "{", "x", "}"]),
        (r"\leq \geq \neq", [r"\le", r"\ge", r"\ne"]),
        ("x ≤ y", ["x", r"\le", "y"]),
        ("σ²", [r"\sigma", "^", "{", "2", "}"]),
        (r"1..N", ["1", "..", "N"]),
        (r"1.098", ["1.098"]),
        (r"x % a comment", ["x"]),
        (r"a \tag{1} \label{eq:a}", ["a"]),
        (r"||x||", [r"\|", "x", r"\|"]),
        (r"s.t. x", ["s.t.", "x"]),
        (r"\operatorname{tr}", ["tr"]),
    ],
)
def test_tokens(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


def test_every_token_has_its_place() -> None:
    source = r"\frac{\alpha}{2} x"
    for token in tokenize(source)[:-1]:
        assert source[token.start : token.stop] == token.text


def test_an_unknown_character_is_refused_with_its_place() -> None:
    with pytest.raises(ReadError, match="found the character '☃'") as caught:
        tokenize("x + ☃")
    assert caught.value.span is not None
    assert caught.value.span.start == 4


def test_an_endless_text_is_refused() -> None:
    with pytest.raises(ReadError, match="characters in one expression"):
        tokenize("x" * (MAX_LENGTH + 1))
