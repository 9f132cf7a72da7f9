"""A density of one number beside many of them, ``p(x; \\beta)`` called as ``p(x_i; \\beta)``, made of families."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

HEAD = r"<!--: index i = 1..m ; j = 1..k ; MEMBER > 0 ; \phi_j, \beta_j > 0 ; \sum_{j=1}^k \phi_j = 1 -->" + "\n"
DENSITY = r"$$ p(x SEP \phi, \beta) = \sum_{j=1}^k \frac{\phi_j}{\beta_j} e^{-x / \beta_j} $$ and "
LIKELIHOOD = r"$$ \ell(\phi, \beta) = \sum_{i=1}^m \log p(MEMBER SEP \phi, \beta) = RIGHT $$"


@pytest.mark.parametrize("member", ["x_i", "x^{(i)}"])
@pytest.mark.parametrize("sep", [";", r"\mid"])
@pytest.mark.parametrize(
    ("right", "word"),
    [
        (r"\sum_{i=1}^m \log \sum_{j=1}^k \frac{\phi_j}{\beta_j} e^{-MEMBER/\beta_j}", "proved"),
        (r"\sum_{i=1}^m \log \sum_{j=1}^k \phi_j e^{-MEMBER/\beta_j}", "refuted"),
    ],
)
def test_a_density_is_taken_of_each_member(words: Judged, member: str, sep: str, right: str, word: str) -> None:
    text = (HEAD + DENSITY + LIKELIHOOD.replace("RIGHT", right)).replace("MEMBER", member).replace("SEP", sep)
    assert words(text) == ["proved", "proved", word]


def test_the_likelihood_varies_with_what_it_is_made_of(words: Judged) -> None:
    text = (HEAD + DENSITY + LIKELIHOOD.split("= RIGHT")[0]).replace("MEMBER", "x_i").replace("SEP", ";")
    slope = r" $$ Hence $$ \frac{\partial \ell}{\partial \phi_j} = \sum_i \frac{e^{-x_i/\beta_j}}{\beta_j p(x_i; \phi, \beta)} $$"
    assert words(text + slope)[-1] == "proved"
    assert words(text + slope.replace(r"\beta_j p", "p"))[-1] == "refuted"


def test_without_a_call_of_one_member_nothing_is_told() -> None:
    assert "function p(x)" not in notes((HEAD + DENSITY).replace("MEMBER", "x_i").replace("SEP", ";"))
