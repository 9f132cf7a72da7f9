"""Words that deny a formula, ask about it, leave it to others, or make it one of several cases: nothing rests on it."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

DECLARED = "<!--: x, y \\in \\mathbb{R}^d ; A, B \\in \\mathbb{R}^{d \\times d} ; a, b \\in \\mathbb{R} -->\n"
CONDITIONS = {
    "words": ("$A$ and $B$ commute", "$(A+B)^2 = A^2 + 2AB + B^2$"),
    "sign": ("$a$ is positive", "$|a| = a$"),
    "bound": ("$a > 0$", "$|a| = a$"),
    "equation": ("$a = b$", "$a^2 = a b$"),
}
DOUBTED = (
    "It is not true that {condition}. Still, {claim}.",
    "It is a common mistake to assume that {condition}. In fact, {claim}.",
    "It would be wrong to suppose that {condition}. We have {claim}.",
    "We do not assume that {condition}. We have {claim}.",
    "One cannot simply assume {condition}. We have {claim}.",
    "Some authors assume that {condition}. We have {claim}.",
    "Smith (1999) assumes that {condition}. Here, {claim}.",
    "Assuming that {condition} would be too strong. We have {claim}.",
    "Had we assumed that {condition}, all would be easy. Here, {claim}.",
    "As he writes: “let {condition}”. Here, {claim}.",
    "Is it true that {condition}? We have {claim}.",
    "Can we assume that {condition}? No. But {claim}.",
    "The statement that {condition} is untrue. We have {claim}.",
    "Suppose for contradiction that {condition}. This is absurd. Hence {claim}.",
    "If the assumption that {condition} is dropped, then {claim}.",
    "If the hypothesis that {condition} fails, {claim}.",
    "Even if we do not assume that {condition}, we have {claim}.",
    "Not only if {condition}, but always, {claim}.",
    "No matter if {condition}, we have {claim}.",
    "Except when {condition}, {claim}.",
    "If {condition} or $b = 7$, then {claim}.",
    "Suppose that either $b = 7$ or {condition}. Then {claim}.",
    "If {condition} on average, we have {claim}.",
    "If {condition} up to an error of order $h$, then {claim}.",
    "Suppose that {condition} only approximately. Then {claim}.",
    "Suppose that {condition} in the limit. Then {claim}.",
    "As everybody knows (for example if {condition}), {claim}.",
)
SUPPOSED = (
    "If {condition}, then {claim}.",
    "When {condition}, we have {claim}.",
    "Suppose that {condition}. Then {claim}.",
    "We do not know more. If {condition}, then {claim}.",
    "This is not needed; if {condition}, then {claim}.",
    "Some authors do this: if {condition}, then {claim}.",
)


@pytest.mark.parametrize("name", sorted(CONDITIONS))
@pytest.mark.parametrize("text", DOUBTED)
def test_nothing_rests_on_what_is_doubted(text: str, name: str, words: Judged) -> None:
    condition, claim = CONDITIONS[name]
    told = words(DECLARED + text.format(condition=condition, claim=claim))
    assert told
    assert "proved" not in told


@pytest.mark.parametrize("name", sorted(CONDITIONS))
@pytest.mark.parametrize("text", SUPPOSED)
def test_what_is_supposed_still_is(text: str, name: str, words: Judged) -> None:
    condition, claim = CONDITIONS[name]
    assert words(DECLARED + text.format(condition=condition, claim=claim))[-1] == "proved"


def test_what_is_denied_is_not_judged(words: Judged) -> None:
    text = DECLARED + "It is not true that $(a + b)^2 = a^2 + b^2$. Rather, $(a + b)^2 = a^2 + 2 a b + b^2$."
    assert words(text) == ["proved"]
    assert "neither claimed nor supposed" in notes(text)
    assert words(DECLARED + "Is $a^2 = a$? No, but $a = a$.") == ["proved"]


def test_what_is_left_out_is_neither(words: Judged) -> None:
    for said in ("We relax the constraint", "Ignoring the constraint", "The test rejects", "Unlike", "Contrary to"):
        assert words(f"{DECLARED}{said} $a = b$, $a^2 = a b$.")[-1:] != ["proved"]
    assert words(DECLARED + "The formula is $a + a = 2 a$, not $a + a = a$.") == ["proved"]
    assert words(DECLARED + "The conjecture $a = b$ is open. We have $a^2 = a b$.") == ["refuted"]


@pytest.mark.parametrize("name", ["bound", "equation"])
@pytest.mark.parametrize("words_before", ["If", "Whenever", "Consider the case"])
def test_a_condition_in_a_display_is_no_definition(words_before: str, name: str, words: Judged) -> None:
    condition, claim = (each.strip("$") for each in CONDITIONS[name])
    end = "." if words_before.startswith("Consider") else ","
    text = f"{DECLARED}{words_before}\n$$ {condition}{end} $$\nThen" if end == "." else ""
    text = text or f"{DECLARED}{words_before}\n$$ {condition}, $$\nthen"
    assert words(f"{text} ${claim}$.\n\nIn general, ${claim}$.") == ["proved", "refuted"]


def test_a_denied_display(words: Judged) -> None:
    assert words(DECLARED + "It is not true that\n$$ a = b . $$\nHence $$a^2 = a b .$$")[-1] != "proved"
    assert words(DECLARED + "Suppose that\n$$ a = b $$\nfails. Then $$a^2 = a b .$$")[-1] != "proved"


def test_words_of_how_it_is_seen_suppose_nothing(words: Judged) -> None:
    for said in ("With a little algebra", "Given these facts", "Writing it out", "With the chain rule"):
        assert words(f"{DECLARED}{said}, $a b = a$. So $a b - a = 0$.") == ["refuted", "refuted"]
    assert words(DECLARED + "With equal numbers, $a = b$, we get $a^2 = a b$.")[-1] == "proved"


def test_a_claim_behind_a_denial_is_judged(words: Judged) -> None:
    assert words(DECLARED + "This is not the case, so $a = a + 1$.") == ["refuted"]
    assert words(DECLARED + "We do not need this, as $a = a + 1$.") == ["refuted"]


def test_what_may_hold_in_a_doubted_case_is_not_refuted(words: Judged) -> None:
    assert words(DECLARED + "If $a = 0$ or $b = 0$, then $a b = 0$.") == ["undecided"]
    assert words(DECLARED + "Suppose that either $a = 0$ or $b = 0$. Then $a b = 0$.") == ["undecided"]
    assert words(DECLARED + "Had we chosen $b = 0$, we would get $a + b = a$.") == ["undecided"]
    assert words(DECLARED + "If $a$ is positive or negative, then $a^2 > 0$.") == ["undecided"]


def test_what_would_be_is_a_case(words: Judged) -> None:
    assert words(DECLARED + "With $b = 0$ we would get $a + b = a$. In general, $a + b = a$.") == ["proved", "refuted"]


def test_both_bounds_behind_a_claim_are_meant(words: Judged) -> None:
    assert "proved" not in words(DECLARED + "We have $|a| = a$ for $a > 0$ and for $a < 0$.")
    assert words(DECLARED + "We have $|a| = a$ for $a > 0$, and $a = a$.") == ["proved", "proved"]


def test_with_this_supposes_nothing(words: Judged) -> None:
    assert words(DECLARED + "We have $a = a$. With this, $a + 1 = a$. Then $1 = 0$.") == [
        "proved",
        "refuted",
        "refuted",
    ]


FAMILIES = "<!--: index i, j = 1..n ; x_i, y_i \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    "said",
    [
        "If $x_i = y_i$ for some $i$, then",
        "Suppose $x_i = y_i$ for most $i$. Then",
        "Suppose $x_i = y_i$ for odd $i$. Then",
        "Suppose $x_i = y_i$ for all $i$ but one. Then",
        "Suppose there is an $i$ with $x_i = y_i$. Then",
        "Suppose not all $x_i = y_i$. Then",
        "Suppose no $i$ has $x_i = y_i$. Then",
    ],
)
def test_what_holds_for_some_is_not_supposed_of_all(said: str, words: Judged) -> None:
    assert words(f"{FAMILIES}{said} $\\sum_i x_i = \\sum_i y_i$.") in (["undecided"], ["refuted"])
    assert words(f"{FAMILIES}Suppose $x_i = y_i$ for all $i$. Then $\\sum_i x_i = \\sum_i y_i$.")[-1] == "proved"


def test_what_there_is_is_no_definition(words: Judged) -> None:
    assert words(DECLARED + "There are $a$ and $b$ with $a = b$. We have $a^2 = a b$.")[-1] != "proved"


@pytest.mark.parametrize("second", ["$f(x) = 0$ for $x < 0$", "$f(x) = 0$ otherwise", "$f(x) = 0$, if $x < 0$"])
def test_one_case_of_several_is_no_definition(second: str, words: Judged) -> None:
    declared = "<!--: x \\in \\mathbb{R} -->\n"
    assert words(f"{declared}Let $f(x) = x^2$ for $x \\ge 0$ and {second}. Then $f(-1) = 1$.")[-1] != "proved"
    assert words(f"{declared}We have $|x| = x$ for $x \\ge 0$ and $|x| = -x$ for $x < 0$.") == ["proved", "proved"]
