"""What documents on optimisation and linear algebra say in words: orthonormal vectors, conditions behind a display,
initial values, suppositions of what is defined, functions that are convex; and quantities that their author declares
with properties before the text says what they are."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Refuted, Undecided, Verdict
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged, notes


def last(text: str) -> Verdict:
    """The verdict on the last line."""
    return judge(read_document(Source("f.md", text)).derivation.claims[-1], time.monotonic() + 60)


# -- what a declared quantity is ---------------------------------------------------------------------------------------
COVARIANCE = r"""
<!--: index i = 1..m ; a_i \in \mathbb{R}^p ; u \in \mathbb{R}^p ; C \in \mathbb{R}^{p \times p} symmetric psd -->
The second moment is
$$ C = \frac1m \sum_{i=1}^m a_i a_i^\top $$
and therefore
"""


def test_a_declared_matrix_is_what_the_text_first_says_it_is(words: Judged) -> None:
    assert words(COVARIANCE + r"$$ u^\top C u = \frac1m \sum_{i=1}^m (a_i^\top u)^2. $$") == ["proved", "proved"]
    assert words(COVARIANCE + r"$$ u^\top C u = \sum_{i=1}^m (a_i^\top u)^2. $$") == ["proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"<!--: C, B \in \mathbb{R}^{p \times p} symmetric -->$$ C B = B C $$ $$ C = B^2 $$",  # C has been used
        r"<!--: C, B \in \mathbb{R}^{p \times p} symmetric -->$$ C = C^2 $$",  # C by itself
        r"<!--: C, B \in \mathbb{R}^{p \times p} symmetric ; assume \operatorname{tr}(C) = 3 -->$$ C = B^2 $$",
        r"<!--: a \in \{0, 1\} -->$$ a = 1 $$",
    ],
)
def test_what_says_something_of_it_defines_nothing(words: Judged, text: str) -> None:
    assert words(text)[-1] == "refuted"


# -- orthonormal vectors -----------------------------------------------------------------------------------------------
BASIS = r"""
<!--: index a, b = 1..m ; q_a \in \mathbb{R}^m ; s_a \in \mathbb{R} ; M \in \mathbb{R}^{m \times m} ; y \in \mathbb{R}^m -->
WORDS and put $$ M = \sum_{a=1}^m s_a q_a q_a^\top. $$ Then
"""
SAID = (
    "Take orthonormal vectors $q_a$",
    "Let $q_1, \\dots, q_m$ be orthonormal",
    "The $q_a$ form an orthonormal basis",
)


@pytest.mark.parametrize("said", SAID)
def test_orthonormal_vectors(words: Judged, said: str) -> None:
    claims = r"""$$ M q_b = s_b q_b $$ $$ \operatorname{tr} M = \sum_{a=1}^m s_a $$
    $$ \|y\|^2 = \sum_{a=1}^m (q_a^\top y)^2 $$ $$ M^2 = \sum_{a=1}^m s_a q_a q_a^\top $$"""
    judged = words(BASIS.replace("WORDS", said) + claims)
    assert judged[-4:] == ["proved", "proved", "proved", "refuted"]


def test_words_that_do_not_say_it(words: Judged) -> None:
    for said in ("The $q_a$ are not orthonormal", "It is open whether the $q_a$ are orthonormal"):
        assert "assume" not in notes(BASIS.replace("WORDS", said))
        assert words(BASIS.replace("WORDS", said) + r"$$ M q_b = s_b q_b $$")[-1] == "refuted"


def test_fewer_vectors_than_entries_are_no_basis(words: Judged) -> None:
    text = r"""<!--: index a = 1..k ; q_a, y \in \mathbb{R}^m -->
    Let $q_1, \dots, q_k$ be orthonormal. Then $$ \|y\|^2 = \sum_{a=1}^k (q_a^\top y)^2. $$"""
    assert words(text) == ["refuted"]


APART = "\n" * 30 + "In general,"


# -- conditions --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (r"(I - 2 v v^\top)^2 = I \quad \text{for } \|v\| = 1.", "proved"),
        (r"(I - v v^\top)^2 = I \quad \text{for } \|v\| = 1.", "refuted"),
        (r"v^\top B v = c \quad \text{if } B v = c v \text{ and } v^\top v = 1", "proved"),
        (r"v^\top B v = c \quad \text{if } B v = c v", "refuted"),
    ],
)
def test_a_condition_behind_a_displayed_claim(words: Judged, claim: str, word: str) -> None:
    declared = r"<!--: v \in \mathbb{R}^m ; c \in \mathbb{R} ; B \in \mathbb{R}^{m \times m} -->"
    assert words(f"{declared}\n$$ {claim} $$") == [word]


def test_a_condition_ends_with_its_claim(words: Judged) -> None:
    text = r"""<!--: v \in \mathbb{R}^m -->
    $$ v^\top v = 1 \quad \text{for } \|v\| = 1, $$ APART $$ v^\top v = 1. $$"""
    assert words(text.replace("APART", APART)) == ["proved", "refuted"]


def test_a_sentence_goes_on_behind_a_display(words: Judged) -> None:
    text = r"""<!--: a, b \in \mathbb{R} -->
    If $a = 2 b$, then $$ a - b = b, $$ and $$ a + b = 3 b. $$ STOP $$ a + b = 3 b $$"""
    assert words(text.replace("STOP", APART)) == ["proved", "proved", "refuted"]


def test_for_every_declared_vector(words: Judged) -> None:
    declared = r"<!--: z \in \mathbb{R}^m ; B \in \mathbb{R}^{k \times m} -->"
    claim = r"$$ z^\top B^\top B z = \|B z\|^2. $$"
    assert words(f"{declared}\nFor every $z \\in \\mathbb{{R}}^m$, {claim}") == ["proved"]
    assert words(f"{declared}\nFor every $z \\in \\mathbb{{R}}^k$, {claim}") == ["unread"]


def test_a_supposition_about_what_is_defined(words: Judged) -> None:
    text = r"""<!--: index i = 1..m ; p_i > 0 -->
    Let $r = \sum_{i=1}^m p_i$. WORDS $r < 1$. Then $$ 1 - r > 0. $$"""
    assert words(text.replace("WORDS", "We suppose that"))[-1] == "proved"
    assert "refuted" in words(text.replace("WORDS", "It is clear that"))


def test_iff_behind_words_is_no_claim(words: Judged) -> None:
    assert words(r"<!--: a, b \in \mathbb{R} -->The roots are real iff $a^2 \ge 4 b$.") == []


# -- functions of which only words are said ----------------------------------------------------------------------------
CONVEX = r"<!--: function h ; x, y \in \mathbb{R}^m ; s > 0 -->Suppose that $h$ is WORDS. Then "


@pytest.mark.parametrize(
    "words_", ["convex", "$s$-strongly convex", "$s$-smooth", "Lipschitz continuous", "an even function"]
)
def test_a_bound_may_hold_of_such_functions(words_: str) -> None:
    verdict = last(CONVEX.replace("WORDS", words_) + r"$$ h(y) \ge h(x) + \nabla h(x)^\top (y - x). $$")
    assert isinstance(verdict, Undecided)
    assert "in line 1, which may be about h" in verdict.reason


def test_an_equation_that_holds_of_no_function(words: Judged) -> None:
    wrong = r"$$ \|y - s \nabla h(x)\|^2 = \|y\|^2 - s \nabla h(x)^\top y + s^2 \|\nabla h(x)\|^2. $$"
    assert isinstance(last(CONVEX.replace("WORDS", "convex") + wrong), Refuted)
    assert isinstance(last(CONVEX.replace("WORDS", "not convex") + wrong), Refuted)
    odd = r"$$ h(x) = h(-x) $$"
    assert isinstance(last(CONVEX.replace("WORDS", "an even function") + odd), Undecided)
    assert isinstance(last(CONVEX.replace("WORDS", "not convex") + odd), Refuted)


# -- sequences ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "begin",
    ["We initialise $a_0 = 0$ and iterate $$ a_t = c a_{t-1} + z_t. $$", "Set $a_0 = 0$. $$ a_t = c a_{t-1} + z_t $$",
     r"$$ a_t = c a_{t-1} + z_t, \qquad a_0 = 0. $$"],
)  # fmt: skip
def test_the_number_that_a_sequence_begins_with(words: Judged, begin: str) -> None:
    text = r"<!--: index t, j = 1..T ; a_t, z_t \in \mathbb{R} ; c > 0 -->" + begin
    assert words(text + r" Then $$ a_t = \sum_{j=1}^t c^{t-j} z_j. $$")[-1] == "proved"
    assert words(text + r" Then $$ a_t = \sum_{j=1}^t c^{t-j+1} z_j. $$")[-1] == "refuted"


def test_another_member_is_claimed(words: Judged) -> None:
    text = r"<!--: index t = 1..T ; a_t, z_t \in \mathbb{R} ; c > 0 -->$$ a_t = c a_{t-1} + z_t, \qquad a_2 = 0. $$"
    assert words(text)[-1] == "refuted"
    assert words(text.replace("a_2", "a_1")) == ["proved"]  # where it begins, as its index does


# -- what is minimised -------------------------------------------------------------------------------------------------
RIDGE = r"""<!--: B \in \mathbb{R}^{m \times p} ; t \in \mathbb{R}^m ; v \in \mathbb{R}^p ; c > 0 -->
Find the minimiser of $F(v) = \frac{1}{2 m} \|B v - t\|^2 + \frac{c}{2} \|v\|^2$. """


def test_the_function_whose_minimiser_is_sought_has_its_name(words: Judged) -> None:
    assert words(RIDGE + r"$$ \nabla F(v) = \frac1m B^\top (B v - t) + c v $$") == ["proved", "proved"]
    assert words(RIDGE + r"$$ \nabla F(v) = B^\top (B v - t) + c v $$") == ["proved", "refuted"]


def test_the_minimiser_of_a_formula_is(words: Judged) -> None:
    text = r"<!--: r, g \in \mathbb{R} -->The minimiser of $\frac12 (r - g)^2 + r$ is $$ r = POINT. $$"
    assert words(text.replace("POINT", "g - 1")) == ["proved"]
    assert words(text.replace("POINT", "g + 1")) == ["refuted"]


def test_a_function_between_a_name_and_what_it_is(words: Judged) -> None:
    text = r"<!--: c > 0 ; z \in \mathbb{R} -->Put $$ v = R_c(z) = \max(z - c, 0). $$"
    assert words(text + r" $$ R_c(z) = \max(z, c) - c $$")[-1] == "proved"
    assert words(text + r" $$ R_c(z) = \max(z, c) + c $$")[-1] == "refuted"


# -- names -------------------------------------------------------------------------------------------------------------
def test_a_declaration_counts_more_than_what_was_inferred(words: Judged) -> None:
    text = r"""<!--: index i = 1..m -->
    The indicator has $z_i \in \{0, 1\}$.
    <!--: z \in \{0, 1\}^m ; component z_i of z -->
    $$ z^\top z = \sum_{i=1}^m z_i $$ $$ z^\top z = m $$"""
    assert words(text) == ["proved", "refuted"]


def test_the_exponential_beside_an_index_of_its_letter(words: Judged) -> None:
    text = r"<!--: index c, e = 1..k ; r_c, x \in \mathbb{R} -->"
    assert words(text + r"$$ \sum_{e=1}^k e^{r_e} = \sum_{c=1}^k \exp(r_c) $$") == ["proved"]
    assert words(text + r"$$ \sum_{e=1}^k e^2 = \frac{k(k+1)(2k+1)}{6} $$") == ["proved"]
    assert words(r"<!--: e > 0 ; x \in \mathbb{R} -->$$ \frac{d}{dx} e^{x} = e^{x} $$") == ["refuted"]


# -- properties in a sentence ------------------------------------------------------------------------------------------
SQUARE = r"<!--: B \in \mathbb{R}^{m \times m} ; u, v \in \mathbb{R}^m -->"


def test_a_property_that_a_sentence_supposes(words: Judged) -> None:
    swapped = r"$$ u^\top B v = v^\top B u. $$"
    assert words(f"{SQUARE}\nIf $B$ is symmetric, then {swapped} {APART} {swapped}") == ["proved", "refuted"]
    assert words(f"{SQUARE}\nIf $B$ is not symmetric, then {swapped}") == ["refuted"]
    assert words(f"{SQUARE}\nIf $B$ is positive definite, then $$ u^\\top B u \\ge 0. $$") == ["proved"]


def test_several_suppositions(words: Judged) -> None:
    text = r"<!--: index i = 1..m ; p_i > 0 -->Let $r = \sum_{i=1}^m p_i$. Suppose that $r < 2$ and $3 r > 1$. Then "
    assert words(text + r"$$ 2 - r > 0, \qquad 3 r - 1 > 0. $$")[-2:] == ["proved", "proved"]
    assert words(text + r"$$ 1 - r > 0. $$")[-1] == "refuted"


def test_an_argument_of_a_function_beside_declarations(words: Judged) -> None:
    text = r"""<!--: function \sigma = logistic ; x \in \mathbb{R} -->
    Since $\sigma'(u) = WHAT$, we get $$ \frac{d}{dx} \sigma(2 x) = 2 \sigma(2 x) (1 - \sigma(2 x)). $$

## Problem 2
    <!--: index j = 1..h ; u_j \in \mathbb{R} -->
    $$ \sum_{j=1}^h u_j^2 = \sum_{j=1}^h u_j $$"""
    assert words(text.replace("WHAT", r"\sigma(u)(1 - \sigma(u))")) == ["proved", "proved", "refuted"]
    assert words(text.replace("WHAT", r"\sigma(u)(1 + \sigma(u))")) == ["refuted", "proved", "refuted"]


# -- what functions satisfy everywhere ---------------------------------------------------------------------------------
SMOOTH = r"""<!--: function h ; x, y, a, b \in \mathbb{R}^m ; s > 0 -->
Let $h$ be $s$-smooth, that is,
$$ h(y) \le h(x) + \nabla h(x)^\top (y - x) + \frac{s}{2} \|y - x\|^2 QUANTIFIER $$
Put $b = a - \frac{1}{s} \nabla h(a)$. Then
"""
FOR_ALL = r"\quad \text{for all } x, y."


def test_what_holds_everywhere_holds_at_the_points_of_a_claim(words: Judged) -> None:
    text = SMOOTH.replace("QUANTIFIER", FOR_ALL)
    assert words(text + r"$$ h(b) \le h(a) - \frac{1}{2 s} \|\nabla h(a)\|^2. $$")[-1] == "proved"
    assert words(text + r"$$ h(b) \le h(a) - \frac{1}{s} \|\nabla h(a)\|^2. $$")[-1] == "undecided"
    assert words(text + r"$$ h(y) \le h(x) + \nabla h(x)^\top (y - x). $$")[-1] == "undecided"


@pytest.mark.parametrize("quantifier", ["", r"\quad \text{for all } x", r"\quad \text{for all } x, s"])
def test_what_is_said_of_some_points_only(words: Judged, quantifier: str) -> None:
    text = SMOOTH.replace("QUANTIFIER", quantifier)
    assert words(text + r"$$ h(b) \le h(a) - \frac{1}{2 s} \|\nabla h(a)\|^2. $$")[-1] == "undecided"


def test_points_that_are_bounded_are_not_all_points(words: Judged) -> None:
    text = r"""<!--: function h ; x, y > 0 ; a, b \in \mathbb{R} -->
    Let $h$ be convex, that is, $$ h(y) \ge h(x) + h'(x) (y - x) \quad \text{for all } x, y. $$
    $$ h(a) \ge h(b) + h'(b) (a - b) $$"""
    assert words(text)[-1] == "undecided"
    assert words(text.replace("x, y > 0", r"x, y \in \mathbb{R}"))[-1] == "proved"


# -- values for a while ------------------------------------------------------------------------------------------------
def test_members_that_are_all_equal(words: Judged) -> None:
    text = r"<!--: index t = 1..T ; z_t \in \mathbb{R} -->If the inputs are constant, $z_t = z$, then "
    assert words(text + r"$$ \sum_{t=1}^T z_t^2 = T z^2. $$") == ["proved"]
    assert words(text + r"$$ \sum_{t=1}^T z_t^2 = T^2 z^2. $$") == ["refuted"]
    assert words(text + r"$$ \sum_{t=1}^T z_t = T z. $$" + APART + r" $$ \sum_{t=1}^T z_t = T z. $$")[-1] == "refuted"


def test_a_value_chosen_in_a_section(words: Judged) -> None:
    text = r"""<!--: c > 0 ; a \in \mathbb{R} -->
# One
$$ (c + a)^2 = c^2 + 2 a c + a^2 $$
With $c = \frac{1}{2}$ this is
$$ (c + a)^2 = \frac14 + a + a^2. $$
HEADING
$$ c + a = \frac12 + a $$"""
    assert words(text.replace("HEADING", "")) == ["proved", "proved", "proved"]
    assert words(text.replace("HEADING", APART + "\n# Two\n")) == ["proved", "proved", "refuted"]


def test_another_function_of_the_name_satisfies_nothing(words: Judged) -> None:
    text = r"""<!--: function h ; x, y, a, b \in \mathbb{R} -->
    Let $h$ be convex, that is, $$ h(y) \ge h(x) + h'(x) (y - x) \quad \text{for all } x, y. $$
    WORDS $$ h(a) \ge h(b) + h'(b) (a - b) $$"""
    assert words(text.replace("WORDS", "Then"))[-1] == "proved"
    assert words(text.replace("WORDS", "Now let $h(x) = -x^2$. Then"))[-1] == "refuted"


# -- sentences that go further -----------------------------------------------------------------------------------------
def test_if_moreover(words: Judged) -> None:
    text = r"""<!--: a, b, c \in \mathbb{R} -->
    If $a = 2 b$, then $$ a + b = 3 b. $$ WORDS $b = 2 c$, then $$ a = 4 c. $$"""
    assert words(text.replace("WORDS", "If moreover"))[-1] == "proved"
    assert words(text.replace("WORDS", "If")) != ["proved", "proved"]


def test_a_diagonal_matrix_with_its_entries(words: Judged) -> None:
    declared = r"<!--: B \in \mathbb{R}^{m \times m} symmetric posdef ; index k = 1..m -->"
    text = declared + r"If $B$ is diagonal with entries $r_1, \dots, r_m$, then "
    assert words(text + r"$$ \operatorname{tr}(B) = \sum_{k=1}^m r_k. $$") == ["proved"]
    assert words(text + r"$$ \operatorname{tr}(B^2) = \sum_{k=1}^m r_k. $$") == ["refuted"]


def test_another_thing_of_the_letter_of_a_sequence(words: Judged) -> None:
    text = r"""# A
<!--: index t = 1..T ; index i = 1..T ; a, s > 0 -->
Let $f(w) = \frac{a}{2} w^2$. The iteration $w_t = w_{t-1} - s f'(w_{t-1})$ is
$$ w_t = (1 - s a) w_{t-1}. $$

# B
The weights $w_i = 2 i$ grow."""
    assert "refuted" not in words(text)
    assert words(text.replace("The weights", "We have"))[-1] == "refuted"
