"""Expectations over several random quantities: without words on their independence, only sums of their means."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.read.documents.text.source import Source

TWO = r"Let $u, v \in \mathbb{R}$, $a, b \in \mathbb{R}$. Suppose $\mathbb{E}[u] = a$ and $\mathbb{E}[v] = b$. "


def verdicts(text: str) -> list[str]:
    document = read_document(Source("f", text))
    found = [type(judge(claim, time.monotonic() + 60)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


PRODUCT = r"$$\mathbb{E}[uv] = ab$$"


def test_the_mean_of_a_product_needs_words() -> None:
    assert verdicts(TWO + PRODUCT) == ["unread"]


def test_the_mean_of_a_sum_needs_none() -> None:
    assert verdicts(TWO + r"$$\mathbb{E}[2u - v] = 2a - b$$") == ["proved"]


def test_nor_is_the_variance_of_a_sum_told() -> None:
    text = r"$$\operatorname{Var}(u + v) = \operatorname{Var}(u) + \operatorname{Var}(v)$$"
    assert verdicts(TWO + text) == ["unread"]
    assert verdicts(TWO + "Here $u$ and $v$ are independent. " + text) == ["proved"]


@pytest.mark.parametrize(
    "words",
    [
        "Here $u$ and $v$ are independent. ",
        "Here $v$ is independent of $u$. ",
        "The variables $u, v$ are mutually independent. ",
        "These are independent random variables $u$ and $v$. ",
    ],
)
def test_words_that_say_so(words: str) -> None:
    assert verdicts(TWO + words + PRODUCT) == ["proved"]


@pytest.mark.parametrize(
    "words",
    [
        "Here $u$ and $v$ are not independent. ",
        "Here $u$ and $v$ are linearly independent. ",
        "Here $u$ is independent of $a$. ",
        "If $u$ and $v$ were independent, we would know more. ",
        "Here $u$ and $v$ are dependent. ",
    ],
)
def test_words_that_do_not(words: str) -> None:
    assert verdicts(TWO + words + PRODUCT) == ["unread"]


def test_another_section_says_nothing_of_new_ones() -> None:
    text = "## One\n" + TWO + "Here $u$ and $v$ are independent.\n\n## Two\nNow let $u, v$ be other random numbers. "
    assert "proved" not in verdicts(text + TWO + PRODUCT)


def test_in_particular_states_and_supposes_nothing() -> None:
    text = r"Let $x \in \mathbb{R}$. In particular $x + x = 2x$, and in fact $x - x = 1$."
    assert verdicts(text) == ["proved", "refuted"]
