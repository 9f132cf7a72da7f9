"""What a text withdraws holds no longer; where it is not known what, nothing is judged."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: index i = 1..n -->\n<!--: x_i, \\mu \\in \\mathbb{R} -->\n"
MEAN = "$$\\frac1n\\sum_{i=1}^n x_i = \\mu.$$\n"
SUPPOSED = f"{DECLARED}Suppose that $x_i = \\mu$ for all $i$. Then {MEAN}"


@pytest.mark.parametrize(
    "said",
    [
        "Without this, the mean is ",
        "Without this assumption we still have ",
        "Dropping the assumption, we get ",
        "If we no longer assume this, then ",
        "If this condition is violated, we have ",
        "Otherwise, ",
    ],
)
def test_what_is_withdrawn_holds_no_longer(said: str, words: Judged) -> None:
    assert words(SUPPOSED)[-1] == "proved"
    assert words(SUPPOSED + said + MEAN)[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "Without loss of generality, ",
        "Without this trick one sees at once that ",
        "Hence, by the assumption, ",
        "We do not assume anything else, and ",
    ],
)
def test_other_words_withdraw_nothing(said: str, words: Judged) -> None:
    assert words(SUPPOSED + said + MEAN)[-1] == "proved"


def test_a_fact_that_is_withdrawn(words: Judged) -> None:
    declared = "<!--: index k = 1..K ; p_k > 0 -->\nAssume that $\\sum_{k=1}^K p_k = 1$. Then "
    claim = "$$\\sum_{k=1}^K 2 p_k = 2.$$\n"
    assert words(declared + claim)[-1] == "proved"
    assert words(f"{declared}{claim}Without this restriction, {claim}")[-1] == "refuted"


def test_nothing_is_judged_where_it_is_not_known_what_is_withdrawn(words: Judged) -> None:
    declared = "<!--: index k = 1..K ; p_k > 0 ; assume \\sum_{k=1}^K p_k = 1 -->\n"
    claim = "$$\\sum_{k=1}^K 2 p_k = 2.$$\n"
    assert words(f"{declared}Without this constraint, {claim}")[-1] == "unread"
    assert words(f"{declared}Without this constraint, {claim}With it, {claim}")[-1] == "proved"


def test_what_is_withdrawn_in_another_section(words: Judged) -> None:
    text = f"# One\n\n{SUPPOSED}\n# Two\n\n"
    assert words(f"{text}Without this assumption, {MEAN}")[-1] == "refuted"
    assert words(f"{text}Let us go on. Without this assumption, {MEAN}")[-1] == "refuted"
    assert words(f"{text}Let $a = 2$. Without this assumption, {MEAN}")[-1] == "unread"


@pytest.mark.parametrize(
    "before",
    [
        "If $a$ and $b$ are equal, then $a - b = 0$.",
        "When $a = b$ we have $a - b = 0$. All is well.",
        "If $a = b$, so is $2 a = 2 b$.",
    ],
)
def test_what_a_sentence_supposed_for_itself_is_over(words: Judged, before: str) -> None:
    head = "<!--: a, b \\in \\mathbb{R} -->\n"
    assert words(f"{head}{before} Without any such assumption, $$ (a - b)^2 = a^2 - 2 a b + b^2. $$")[-1] == "proved"
    assert words(f"{head}{before} Without any such assumption, $$ (a - b)^2 = 0. $$")[-1] == "refuted"


def test_a_question_is_no_supposition(words: Judged) -> None:
    head = "<!--: a, b \\in \\mathbb{R} -->\nIt is small for $a = b$. "
    assert words(f"{head} Without this assumption, $$ (a - b)^2 = 0. $$")[-1] == "unread"


NUMBERS = "<!--: A, B \\in \\mathbb{R}^{d \\times d} ; a, b \\in \\mathbb{R} -->\n"
SUPPOSITIONS = {
    "words": ("$A$ and $B$ commute", "$A B = B A$"),
    "sign": ("$a$ is positive", "$|a| = a$"),
    "bound": ("$a > 0$", "$|a| = a$"),
    "equation": ("$a = b$", "$a^2 = a b$"),
}


@pytest.mark.parametrize("name", sorted(SUPPOSITIONS))
@pytest.mark.parametrize(
    "said",
    [
        "Now suppose that this is not so. Then ",
        "The case where this does not hold is similar: ",
        "If this assumption is false, ",
        "Otherwise, ",
    ],
)
def test_what_words_suppose_is_withdrawn_too(said: str, name: str, words: Judged) -> None:
    condition, claim = SUPPOSITIONS[name]
    text = f"{NUMBERS}Suppose that {condition}. Then {claim}. "
    assert words(text)[-1] == "proved"
    assert words(f"{text}{said}{claim}.")[-1] == "refuted"


@pytest.mark.parametrize("name", sorted(SUPPOSITIONS))
@pytest.mark.parametrize("said", ["More generally, ", "In general, ", "In the other case, ", "For other values, "])
def test_what_is_left_aside_for_a_sentence(said: str, name: str, words: Judged) -> None:
    condition, claim = SUPPOSITIONS[name]
    text = f"{NUMBERS}Suppose that {condition}. Then {claim}. {said}"
    assert words(f"{text}{claim}. Hence {claim}.")[-2:] == ["undecided", "proved"]
    assert words(f"{text}$a + a = 2 a$.")[-1] == "proved"
    assert words(f"{text}$2 a + 1 = 2 a$.")[-1] in ("refuted", "undecided")


@pytest.mark.parametrize("name", sorted(SUPPOSITIONS))
def test_what_a_lemma_supposes_is_not_supposed_in_a_theorem(name: str, words: Judged) -> None:
    condition, claim = SUPPOSITIONS[name]
    text = f"{NUMBERS}**Lemma.** Suppose that {condition}. Then {claim}.\n\n*Proof.* Note that {claim}.\n\n"
    assert words(f"{text}**Theorem.** We have {claim}.")[-2:] == ["proved", "refuted"]
    before = f"{NUMBERS}Suppose that {condition}.\n\n**Lemma.** Then {claim}.\n\n**Theorem.** Then {claim}."
    assert words(before)[-2:] == ["proved", "proved"]


@pytest.mark.parametrize("name", sorted(SUPPOSITIONS))
def test_what_a_section_supposes_in_words_is_not_supposed_in_the_next(name: str, words: Judged) -> None:
    condition, claim = SUPPOSITIONS[name]
    text = f"{NUMBERS}## One\n\nSuppose that {condition}. Then {claim}.\n\n## Two\n\nWe have {claim}."
    assert words(text)[-2:] == ["proved", "refuted"]
