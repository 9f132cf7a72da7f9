r"""Conditions behind claims, equations put for others, ``In this case``: what is claimed is judged where it is claimed."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: a, b > 0 ; c \ge 0 ; u, v \in \mathbb{R}^d ; S \in \mathbb{R}^{d \times d} symmetric posdef -->
Define
$$ q = a + b c, \qquad m = S u + c v. $$
"""


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("For $S = I$ and $c = 0$ these reduce to\n$$ q = a, \\qquad m = u. $$", ["proved", "proved"]),
        ("For $S = I$ and $c = 0$ these reduce to\n$$ q = b, \\qquad m = u. $$", ["refuted", "proved"]),
        ("For $S = I$ and $v = 0$ they become\n$$ m = u. $$", ["proved"]),
        ("When $c = 0$ the expression collapses to $q = a$.", ["proved"]),
        ("When $c = 0$ the expression collapses to $q = b$.", ["refuted"]),
        ("The choice $c = 0$ leads to $q = a$.", ["proved"]),
        ("The choice $c = 0$ leads to $q = b$.", ["refuted"]),
        ("Observe that $q = a$ when $c = 0$.", ["proved"]),
        ("Observe that $q = b$ when $c = 0$.", ["refuted"]),
        ("Then $m = S u$ for $v = 0$.", ["proved"]),
        ("Then $m = u$ for $v = 0$.", ["refuted"]),
        ("We have $m = u$ for $v = 0$ and $S = I$.", ["proved"]),
        ("We have $m = u$ for $v = 0$ and $S = 2 I$.", ["refuted"]),
        ("We have $m = S u$ for $v = 0$ and $q = a$.", ["proved", "refuted"]),
        ("We have $m = S u$ for $v = 0$, and $q = a$.", ["proved", "refuted"]),
        ("We have $m = S u$ for $v = 0$ and $q = a$ for $c = 0$.", ["proved", "proved"]),
        ("Then $q = a$ for $c = 0$. In general, $q = a$.", ["proved", "refuted"]),
    ],
)
def test_what_is_claimed_in_a_case(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(GIVEN + text)[2:] == verdicts


def test_in_this_case_goes_on_with_the_case(words: Judged) -> None:
    assert words(GIVEN + "For $c = 0$, $q = a$. In this case $m = S u$.")[2:] == ["proved", "proved"]
    assert words(GIVEN + "For $c = 0$, $q = a$. In this case $m = u$.")[2:] == ["proved", "refuted"]
    assert words(GIVEN + "For $c = 0$, $q = a$. In that case also $m = u$.")[2:] == ["proved", "refuted"]


def test_a_claim_under_words_is_judged(words: Judged) -> None:
    assert words(GIVEN + "Note that $q = a + b c$ when the noise vanishes.")[2:] == ["proved"]
    assert words(GIVEN + "Note that $q = 2 a$ when the noise vanishes.")[2:] == ["undecided"]
    assert words(GIVEN + "Here $z = 1$ if the example is positive. So $z = 1$.")[2:] != ["proved"]


SCORE = r"""<!--: index n = 1..N ; x_n, \mu \in \mathbb{R} ; v > 0 -->
Let $\hat m = \frac1N \sum_n x_n$. The score in $v$ is
$$ s = \frac{1}{2 v^2} \sum_n (x_n - \mu)^2 - \frac{N}{2 v}. $$
"""


@pytest.mark.parametrize(
    "words_before",
    [
        r"Substituting $\hat m$ for $\mu$ we get",
        r"Replacing $\mu$ by $\hat m$, we find",
        r"Hence, with $\mu$ replaced by $\hat m$, we obtain",
        r"Plugging in the estimate $\hat m$ for $\mu$, this becomes",
    ],
)
def test_one_quantity_put_for_another(words: Judged, words_before: str) -> None:
    line = r"$$ s = \frac{1}{2 v^2} \sum_n (x_n - \hat m)^2 - \frac{N}{2 v}. $$"
    assert words(f"{SCORE}{words_before}\n{line}")[-1] == "proved"
    assert words(f"{SCORE}{words_before}\n{line.replace('{2 v}', '{v}')}")[-1] == "refuted"
    later = "In general,\n" + line
    assert words(f"{SCORE}{words_before}\n{line}\n\n{later}")[-1] == "refuted"


def test_the_reciprocal_of_a_new_name_beside_known_ones(words: Judged) -> None:
    text = r"<!--: \sigma, \sigma_0 > 0 ; size N -->" + "\nCompleting the square we find\n"
    text += r"$$ \frac{1}{\sigma_N^2} = \frac{1}{\sigma_0^2} + \frac{N}{\sigma^2}. $$ Note that $\sigma_N^2 = VALUE$."
    right = r"\frac{\sigma^2 \sigma_0^2}{N \sigma_0^2 + \sigma^2}"
    assert words(text.replace("VALUE", right)) == ["proved", "proved"]
    assert words(text.replace("VALUE", right.replace("+", "-"))) == ["proved", "refuted"]


MEMBERS = r"<!--: index i = 1..m ; index j = 1..m ; D \in \mathbb{R}^{m \times m} diagonal ; A \in \mathbb{R}^{m \times m} -->"


@pytest.mark.parametrize("word", ["for", "if", "when", "whenever"])
def test_which_members_a_claim_is_about(words: Judged, word: str) -> None:
    assert words(rf"{MEMBERS} Hence $2 D_{{ij}} = 0$ {word} $i \neq j$.") == ["proved"]
    assert words(rf"{MEMBERS} Hence $2 D_{{ij}} = D_{{ii}}$ {word} $i \neq j$.") == ["refuted"]
    assert words(rf"{MEMBERS} Hence $D_{{ij}} = 0$ {word} $i = j$.") == ["refuted"]
    assert words(rf"{MEMBERS} Hence $D_{{ij}} = 0$ {word} $i \neq j$. So $D_{{ij}} = 0$.") == ["proved", "refuted"]


@pytest.mark.parametrize("condition", [r"A \succ 0", r"f(x) > 0", r"m \to \infty", r"A \in S"])
def test_a_condition_that_nothing_is_made_of_is_told(words: Judged, condition: str) -> None:
    claim = r"$\operatorname{tr}(A + A^\top) = "
    assert words(rf"{MEMBERS} Hence {claim} 2 \operatorname{{tr}}(A)$ if ${condition}$.")[0] == "proved"
    assert words(rf"{MEMBERS} Hence {claim} 3 \operatorname{{tr}}(A)$ whenever ${condition}$.")[0] == "undecided"
