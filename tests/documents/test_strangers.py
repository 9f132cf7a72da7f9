"""Ways in which strangers write: gates as labels, names for what was just said, rows by small letters, numbers only.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged, notes


def unread(text: str) -> list[str]:
    return [each.reason for each in read_document(Source("f.md", text)).unread]


# -- labels, and names for what was stated ------------------------------------------------------------------------------
GATED = r"""Let $v_t \in \mathbb{R}^p$ and $s_{t-1} \in \mathbb{R}^q$, and let
$$ r_t = \tanh(W v_t + U s_{t-1}), \qquad k_t = \sigma(W_k v_t + U_k s_{t-1}), \qquad s_t = k_t \odot s_{t-1} + r_t, $$
with the sigmoid $\sigma$. For a loss $L$ we get
$$ \frac{\partial L}{\partial r_t} = \frac{\partial L}{\partial s_t}. $$
Call this vector $\rho$. Then $\frac{\partial L}{\partial k_t} = CLAIM$.
"""


@pytest.mark.parametrize(("claim", "verdict"), [(r"\rho \odot s_{t-1}", "proved"), (r"\rho \odot r_t", "refuted")])
def test_a_gate_names_its_matrices(words: Judged, claim: str, verdict: str) -> None:
    assert words(GATED.replace("CLAIM", claim)) == ["proved", "proved", "proved", "proved", verdict]


def test_a_letter_that_is_no_name_stays_an_index() -> None:
    text = r"Let $W \in \mathbb{R}^{p \times q}$ and $x \in \mathbb{R}^q$. Then $\sum_{j=1}^q W_{kj} x_j = (W x)_k$."
    assert "name W_k" not in notes(text)


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("Call this $c$.", True),
        ("We denote it by $c$.", True),
        ("Let us write $c$ for this.", True),
        ("It has a factor $c$.", False),
    ],
)
def test_what_was_stated_last_gets_a_name(said: str, named: bool) -> None:
    text = r"Let $a, b \in \mathbb{R}$. Now $(a + b)^2 = a^2 + 2 a b + b^2$. " + said + r" Then $c \geq 0$."
    assert ("c is what is stated right before" in notes(text)) == named


# -- functions ---------------------------------------------------------------------------------------------------------
BLOCK = r"Let $x \in \mathbb{R}^d$, $y = x + V \phi(A x)$ with $A \in \mathbb{R}^{k\times d}$, $V \in \mathbb{R}^{d \times k}$ and $\phi = FUNCTION$. "


@pytest.mark.parametrize(
    ("function", "verdict"), [(r"\tanh", "proved"), (r"\mathrm{sigmoid}", "refuted"), ("f", "unread")]
)
def test_a_function_is_equated_with_one_of_ours(words: Judged, function: str, verdict: str) -> None:
    claim = r"$$ \frac{\partial y}{\partial x} = I + V \operatorname{diag}(1 - \phi(A x) \odot \phi(A x)) A $$"
    assert words(BLOCK.replace("FUNCTION", function) + claim)[-1] == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(r"\frac{\partial p_k}{\partial z_j} = \frac{1}{c} p_k (\delta_{jk} - p_j)", "proved"),
     (r"\frac{\partial p_k}{\partial z_j} = \frac{1}{c} p_k (\delta_{jk} + p_j)", "refuted")],
)  # fmt: skip
def test_a_bracket_with_the_name_itself_is_a_factor(words: Judged, claim: str, verdict: str) -> None:
    text = r"Let $z \in \mathbb{R}^K$ and $c > 0$. Put $$ p_k(c) = \frac{e^{z_k / c}}{\sum_{j=1}^K e^{z_j/c}} . $$ Then $CLAIM$."
    assert words(text.replace("CLAIM", claim)) == ["proved", verdict]


def test_what_takes_an_index_is_no_number() -> None:
    text = r"Let $c_{jk} \in \mathbb{R}$ for $j, k = 1, \dots, K$. Then $\sum_{j=1}^K u(j) c_{jk} = \sum_{j=1}^K c_{jk} u(j)$."
    assert r"u \in \mathbb{R}" not in notes(text)


def test_what_a_call_defines_is_not_guessed() -> None:
    text = r"Let $z \in \mathbb{R}^K$. Put $q_k(s) = R_{s|k|z}$. Then $\log q_k = \log q_k + 1$ for $k = 1, \dots, K$."
    assert "q_k > 0" not in notes(text)


# -- rows, sizes, lists ------------------------------------------------------------------------------------------------
ROWS = r"Let $C, B \in \mathbb{R}^{n \times d}$; we write WORDS. Let $i, j = 1, \dots, n$. Then $(C B^\top)_{ij} = c_i^\top b_j$."


def test_small_letters_name_the_rows() -> None:
    assert "c_i is row i of C; b_i is row i of B" in notes(ROWS.replace("WORDS", "$c_i, b_i$ for the rows"))
    assert "is row i of" not in notes(ROWS.replace("WORDS", "$c_i, f_i$ for the rows"))
    assert "is row i of" not in notes(ROWS.replace("WORDS", "$c_i, b_i$ for the rows of $D$"))


def test_a_list_of_a_vector_and_of_values(words: Judged) -> None:
    text = r"Let $f(s) = w^\top \phi(s)$ with $w, \phi(s) \in \mathbb{R}^d$. Then $\nabla_w f(s) = \phi(s)$ and $\nabla_w f(s) = w$."
    assert words(text)[-2:] == ["proved", "refuted"]


@pytest.mark.parametrize(("claim", "verdict"), [("i+j-1", "undecided"), ("i+j", "refuted")])
def test_a_range_may_end_at_a_difference(words: Judged, claim: str, verdict: str) -> None:
    text = (
        r"Let $x \in \mathbb{R}^n$, $k \in \mathbb{R}^{r}$ and $y_i = \sum_{j=1}^r k_j x_{i+j-1}$ for $i = 1, \ldots, n-r+1$. For a "
        r"loss $L$ with $\delta_i = \partial L/\partial y_i$, $$ \frac{\partial L}{\partial k_j} = \sum_{i=1}^{n-r+1} \delta_i x_{CLAIM} . $$"
    )
    assert words(text.replace("CLAIM", claim))[-1] == verdict


# -- numbers only ------------------------------------------------------------------------------------------------------
SCALED = r"For values $x_1, \ldots, x_B \in \mathbb{R}$ put $y_b = \gamma x_b + \beta$ for $b = 1, \dots, B$. For a loss with $g_b = \partial \ell / \partial y_b$, "


def test_letters_among_numbers_are_numbers(words: Judged) -> None:
    claims = r"$\partial\ell/\partial\beta = \sum_b g_b$ and $\partial\ell/\partial\gamma = \sum_b g_b y_b$."
    assert words(SCALED + claims) == ["proved", "proved", "proved", "refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $y \in \mathbb{R}$. Then $a + y = y + a$.",  # only a claim has it
        r"Let $y \in \mathbb{R}$. Put $z = \gamma(y)$. Then $z = z + 1$.",  # it may be a function
    ],
)
def test_letters_that_may_be_something_else_are_not(text: str) -> None:
    assert unread(text)


# -- sequences ---------------------------------------------------------------------------------------------------------
def test_a_derivative_through_a_recurrence_is_not_judged() -> None:
    text = r"For the recursion $s_t = \lambda s_{t-1}$ with a scalar $\lambda$ we have $\frac{\partial s_T}{\partial s_0} = 0$."
    assert unread(text)


def test_a_member_of_a_sequence_is_not_defined_anew(words: Judged) -> None:
    text = (
        r"Consider the scalar recursion $s_t = \lambda s_{t-1}$ for $t = 1, \dots, T$. Then $s_T = \lambda^{T+1} s_0$."
    )
    assert words(text)[-1] == "refuted"


@pytest.mark.parametrize(("claim", "verdict"), [(r"\frac{1 - \gamma^T}{1 + \gamma}", "refuted"), ("0", "refuted")])
def test_a_recurrence_may_go_backwards(words: Judged, claim: str, verdict: str) -> None:
    text = r"Let $\gamma \in (0,1)$. Let $G_t = R_t + \gamma G_{t+1}$ for $t = 0, \dots, T-1$ with $G_T = 0$. If all $R_t = 1$, then $G_0 = CLAIM$."
    assert words(text.replace("CLAIM", claim))[-1] == verdict


def test_what_may_be_a_function_is_no_factor() -> None:
    text = (
        r"Let $x \in \mathbb{R}^p$, $W \in \mathbb{R}^{m \times p}$ and $u = \varphi(W x)$. Here $\varphi$ is applied entry by entry. "
        r"For $c \in \mathbb{R}^m$, $c^\top \varphi(W x) = \varphi(W x)^\top c$."
    )
    assert unread(text) == []
    assert r"\varphi \in" not in notes(text)
    assert len(unread(text.replace("is applied entry by entry", "is fixed"))) == 2
