r"""Functions that their author has declared and no more: the first equation for all of their values defines them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: u, x, z \in \mathbb{R} ; function g(u) ; function p(z) density ; function p(x|z) density ; function D(u) \in (0, 1) -->
"""
NORMAL = r"\frac{1}{\sqrt{2 \pi}}"


def test_what_a_function_is(words: Judged) -> None:
    assert words(DECLARED + r"$$g(u) = u^2 + 1$$ $$g'(u) = 2 u$$") == ["proved", "proved"]
    assert words(DECLARED + r"$$g(u) = u^2 + 1$$ $$g'(u) = u$$") == ["proved", "refuted"]
    assert words(DECLARED + r"$$g(u) = u^2$$ $$g(u) = u^2 + 1$$") == ["proved", "refuted"]


def test_under_another_parameter(words: Judged) -> None:
    assert words(DECLARED + r"$$g(x) = x^2$$ $$g(3) = 9$$") == ["proved", "proved"]
    assert words(DECLARED + r"$$g(x) = x u$$ $$g(3) = 9$$")[-1] != "proved"
    assert words(DECLARED + r"$$g(x) = x z$$ $$g(3) = 3 z$$") == ["proved", "proved"]


def test_what_densities_are(words: Judged) -> None:
    text = rf"$$p(z) = {NORMAL} e^{{-z^2/2}}$$ $$p(x|z) = {NORMAL} e^{{-(x-z)^2/2}}$$ "
    both = r"\log p(x|z) + \log p(z) = - \frac{(x-z)^2}{2} - \frac{z^2}{2}"
    assert words(rf"{DECLARED}{text}$${both} - \log (2 \pi)$$") == ["proved"] * 3
    assert words(rf"{DECLARED}{text}$${both}$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "before",
    [
        r"$$h = g(u) + 1$$",
        r"$$\int g(u) \, du = \int g(x) \, dx$$",
        r"<!--: assume g(0) = 1 -->",
        r"Suppose that $g(0) = 2$.",
    ],
)
def test_what_has_been_used_is_claimed(words: Judged, before: str) -> None:
    assert words(f"{DECLARED}{before}\nThen\n$$g(u) = u^2 + 1$$")[-1] in ("refuted", "undecided")


@pytest.mark.parametrize("line", ["g(2) = 4", "g(u) = g(x) + 1", "g(u) = 2 g(u)", "g(x^2) = x"])
def test_other_equations_define_nothing(words: Judged, line: str) -> None:
    assert words(f"{DECLARED}$${line}$$") != ["proved"]


def test_what_is_solved_for_is_no_definition(words: Judged) -> None:
    text = r"$$V(D) = \int p(z) \log D(z) \, dz$$ Then $$D(u) = \frac12$$"
    assert words(DECLARED + text)[-1] == "refuted"


@pytest.mark.parametrize(
    "before",
    ["When $u > 0$,", "Show that", "We claim that", "It is known that", "If $u = z$, then"],
)
def test_in_a_case_or_claimed_it_defines_nothing(words: Judged, before: str) -> None:
    assert words(rf"{DECLARED}{before} $$g(u) = u^2 + 1$$")[-1] != "proved"


def test_a_case_behind_it(words: Judged) -> None:
    text = DECLARED + r"$$g(u) = u \quad \text{if } u > 0$$ $$g(u) = u$$"
    assert "proved" not in words(text)


@pytest.mark.parametrize(
    "line",
    [r"h(u) = u + 1", r"k(u) = u + 1", r"r(u) = u - 1", r"p_\theta(x) = \theta x", r"g(u = x) = x^2", r"\sigma(u) = u"],
)
def test_what_is_known_otherwise_is_claimed(words: Judged, line: str) -> None:
    more = r" ; \theta \in \mathbb{R} ; function h(u) bijective ; function k(u) bijective ; function r(u) inverse of h ; function p_\theta(x) positive"
    declared = DECLARED.replace(" -->", rf"{more} ; function \sigma = logistic -->")
    assert words(f"{declared}$${line}$$")[-1] in ("refuted", "undecided", "unread")


def test_what_is_a_condition_is_not_laid_down(words: Judged) -> None:
    assert words(DECLARED + r"If $$g(u) = u^2 + 1$$ then something follows. In general $$g(2) = 5$$")[-1] == "refuted"
