"""A name that words give another meaning: nothing is proved of it, nor refuted, with the meaning that it had."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: x, z \\in \\mathbb{R} -->\n"
SQUARE = "Let $f(z) = z^2$. Then $f'(x) = 2 x$. "
ANEW = {
    "now let": "Now let $f$ be the inverse of this function. Then $f'(x) = 2 x$.",
    "from here on": "From here on, $f$ denotes the loss of a network. Then $f'(x) = 2 x$.",
    "in this section": "In this section, $f$ is the density of the data. Hence $f'(x) = 2 x$.",
    "is now": "Here $f$ is now the loss. Then $f'(x) = 2 x$.",
    "for the second": "For the second network, $f$ is the cross-entropy loss. Then $f'(x) = 2 x$.",
    "replaced": "Now $f$ is replaced by its square root. Then $f'(x) = 2 x$.",
    "we replace": "We replace $f$ by a smoother function. Then $f'(x) = 2 x$.",
    "case": "Consider the case where $f$ is the entropy. Then $f'(x) = 2 x$.",
    "take": "Next we take $f$ to be the entropy of a coin. Then $f'(x) = 2 x$.",
    "redefine": "We redefine $f$ as the entropy of a coin. Then $f'(x) = 2 x$.",
    "the other hand": "If, on the other hand, $f$ is the entropy, then $f'(x) = 2 x$.",
    "for a kind": "For $f$ the entropy function we get $f'(x) = 2 x$.",
    "using": "Using the entropy for $f$, we get $f'(x) = 2 x$.",
    "what is made of it": "Let $g(z) = f(z) + 1$. Now let $f$ be the entropy. Then $g'(x) = 2 x$.",
}
SAME = {
    "says what it is": "Here $f$ is the square. Then $f'(x) = 2 x$.",
    "where": "We use $f'(x) = 2 x$, where $f$ is the function above. Then $f'(z) = 2 z$.",
    "its place": "At the point where $f$ is a minimum, we have $x^2 = f(x)$.",
    "defined": "Now let $f$ be the function $f(z) = z^3$. Then $f'(x) = 3 x^2$.",
}


@pytest.mark.parametrize("name", sorted(ANEW))
def test_words_that_give_a_name_another_meaning(name: str, words: Judged) -> None:
    assert words(DECLARED + SQUARE + ANEW[name])[-1] == "unread"
    assert "refuted" not in words(DECLARED + SQUARE + ANEW[name].replace("2 x", "3 x"))


@pytest.mark.parametrize("name", sorted(SAME))
def test_words_that_give_it_none(name: str, words: Judged) -> None:
    assert words(DECLARED + SQUARE + SAME[name])[-1] == "proved"
    assert words(DECLARED + SQUARE + SAME[name].replace("2 x", "4 x").replace("3 x", "4 x"))[-1] != "unread"


def test_a_function_with_a_usual_name_is_known(words: Judged) -> None:
    told = DECLARED + SQUARE + "Now let $f$ be the hyperbolic tangent. Then "
    assert words(told + "$f'(x) = 1 - f(x)^2$.")[-1] == "proved"
    assert words(told + "$f'(x) = 2 x$.")[-1] == "refuted"


def test_a_case_is_over_with_its_sentence(words: Judged) -> None:
    told = DECLARED + SQUARE + "If $f$ is the identity, then $f'(x) = 2 x$. We have $f'(z) = 2 z$."
    assert words(told)[-2:] == ["unread", "proved"]
    assert words("Let $g$ be the sigmoid. If instead $g$ is the identity, $g(1)^2 = g(1)$.")[-1] == "unread"


def test_an_equation_that_is_used_instead(words: Judged) -> None:
    text = DECLARED + "Let $u = x + z$. Now we use $u = x - z$ instead. Then $u + z = x + 2 z$."
    assert words(text) == ["proved", "unread"]


def test_a_name_that_is_called_two_things(words: Judged) -> None:
    declared = "<!--: u \\in \\mathbb{R} -->\n"
    first = r"Let $\sigma$ be the hyperbolic tangent. "
    second = r"Now let $\sigma$ be the logistic function. "
    one, other = r"$$\sigma'(u) = \sigma(u) (1 - \sigma(u)).$$ ", r"$$\sigma'(u) = 1 - \sigma(u)^2.$$ "
    # a formula that would recall which of them it is decides nothing
    assert words(f"{declared}{first}Then {one}{second}Then {other}") == ["refuted", "refuted"]
    assert words(f"{declared}{first}Then {other}{second}Then {one}") == ["proved", "proved"]
