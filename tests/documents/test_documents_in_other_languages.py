"""Documents in a language that is not read: a formula alone may be a case or a constraint, a chain is what it is.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: index i = 1..n ; p_i \\in \\mathbb{R} ; q, r \\in \\mathbb{R} -->\n"
FRENCH = "Nous cherchons une solution qui est donnée par les poids, avec la contrainte "
GERMAN = "Wir suchen die Gewichte, und für diese ist auch die Nebenbedingung gegeben, also "
CHINESE = "我们在下面的约束条件下最小化这个目标函数，其中权重满足 "
ENGLISH = "We are looking for the weights of this, and it is clear that with these we have "


@pytest.mark.parametrize("said", [FRENCH, GERMAN, CHINESE])
@pytest.mark.parametrize("form", ["${}$", "\n$${}$$\n", "\n$${}, \\quad \\forall i = 1, \\dots, n$$\n"])
def test_one_relation_is_not_refuted(said: str, form: str, words: Judged) -> None:
    assert words(GIVEN + said + form.format("\\sum_{i=1}^n p_i = 1"))[-1] == "undecided"


@pytest.mark.parametrize("said", [FRENCH, GERMAN, CHINESE])
def test_a_chain_is_judged(said: str, words: Judged) -> None:
    chain = "\n$$(q + r)^2 = q^2 + 2 q r + r^2 = q^2 + q r + r^2$$"
    assert words(GIVEN + said + chain) == ["proved", "refuted"]


def test_english_is_read(words: Judged) -> None:
    assert words(f"{GIVEN}{ENGLISH}$\\sum_{{i=1}}^n p_i = 1$")[-1] == "refuted"
    name = "Nous (a French word) is the title of the page, and that is all. "
    assert words(f"{GIVEN}{name}{ENGLISH}$\\sum_{{i=1}}^n p_i = 1$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said", ["Si nous avons {}, alors pour tout $b$", "当 {} 时，我们有下面的结果，所以对于所有的"]
)
def test_a_value_in_other_words_is_no_definition(said: str, words: Judged) -> None:
    text = "<!--: b \\in \\mathbb{R} -->\nLes poids sont une famille de nombres. " + said.format("$c = 0$")
    assert "proved" not in words(f"{text}\n$$c b = 0$$")
