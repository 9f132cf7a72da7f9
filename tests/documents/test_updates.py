"""Iterations and optima in documents: parameters of a round, what is announced and written out, cases, tables."""

from __future__ import annotations

import time

import pytest

from derive.documents import Document, read_document
from derive.judge import judge
from derive.language.claims import Optimum, SameOptimum, Step, Value
from derive.language.verdicts import Proved, Refuted


def words(text: str) -> list[str]:
    """The verdicts on a document, in order; what cannot be read comes last."""
    document = read_document(text)
    found = [type(judge(claim, time.monotonic() + 60)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


def kinds(text: str) -> list[type]:
    return [type(claim.statement) for claim in read_document(text).derivation.claims]


def reasons(text: str) -> list[str]:
    return [each.reason for each in read_document(text).unread]


# -- bundles and rounds ------------------------------------------------------------------------------------------------
MIXTURE = r"""
<!--: index i = 1..N ; index k, l = 1..K ; y_i \in \mathbb{R} -->
The parameters are $\theta = \{(\pi_k, \mu_k)\}_{k=1}^K$ with $\pi_k > 0$, $\mu_k \in \mathbb{R}$, and the density is

$$ p(y, z = k; \theta) = \pi_k \exp(-(y - \mu_k)^2) $$

<!--: y \in \mathbb{R} -->
"""


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\pi_k^{(t)} \exp(-(y_i - \mu_k^{(t)})^2)", "proved"),
        (r"\pi_k \exp(-(y_i - \mu_k^{(t)})^2)", "refuted"),
        (r"\pi_k^{(t)} \exp(-(y_i - \mu_k)^2)", "refuted"),
    ],
)
def test_a_model_with_the_parameters_of_a_round(right: str, verdict: str) -> None:
    assert words(rf"{MIXTURE} Then $$ p(y_i, z_i = k; \theta^{{(t)}}) = {right} $$")[-1] == verdict


def test_a_bundle_with_an_unknown_member_gives_no_model() -> None:
    text = MIXTURE.replace(r"(\pi_k, \mu_k)", r"(\pi_k, \mu_k, \tau_k)")
    assert "unread" in words(rf"{text} Then $$ 2 p(y_i, z_i = k; \theta^{{(t)}}) = 2 \pi_k^{{(t)}} $$")


def test_a_declared_index_is_no_round() -> None:
    text = r"<!--: index t = 1..T ; x^{(t)}, a \in \mathbb{R} --> $$ x^{(t)} = a $$"
    document = read_document(text)
    assert [note for note in document.notes if "round" in note] == []


# -- optima that are announced -----------------------------------------------------------------------------------------
LEAST_SQUARES = r"""
Let $X \in \mathbb{R}^{N \times d}$, $y \in \mathbb{R}^N$, $w \in \mathbb{R}^d$ and

$$ J(w) = \|y - Xw\|_2^2 $$

The estimator is

$$ w^* = \arg\min_w J(w) $$

and so

"""


def test_the_announced_optimum_is_what_is_judged() -> None:
    right = LEAST_SQUARES + r"$$ w^* = (X^T X)^{-1} X^T y $$"
    assert kinds(right)[-1] is Optimum
    assert words(right)[-1] == "proved"
    assert words(LEAST_SQUARES + r"$$ w^* = 2 (X^T X)^{-1} X^T y $$")[-1] == "refuted"


def test_a_minimum_is_no_maximum() -> None:
    assert words(LEAST_SQUARES.replace("min", "max") + r"$$ w^* = (X^T X)^{-1} X^T y $$")[-1] != "proved"


def test_another_name_is_a_definition() -> None:
    assert Optimum not in kinds(LEAST_SQUARES + r"$$ v = (X^T X)^{-1} X^T y $$")


UPDATES = r"""
<!--: index i = 1..N ; index k, l = 1..K ; x_i, \mu_k \in \mathbb{R} ; r_{ik} > 0 -->

$$ q_{ik} = \frac{r_{ik}}{\sum_{l=1}^K r_{il}} $$

$$ Q(\mu) = -\sum_{i=1}^N \sum_{k=1}^K q_{ik} (x_i - \mu_k)^2 $$

$$ \mu_k^{(t+1)} = \arg\max_{\mu_k} Q(\mu) $$

"""


def test_constants_with_definitions_are_any_numbers_of_their_sign() -> None:
    mean = r"\frac{\sum_{i=1}^N q_{ik} x_i}{\sum_{i=1}^N q_{ik}}"
    assert words(UPDATES + rf"$$ \mu_k^{{(t+1)}} = {mean} $$")[-1] == "proved"
    assert words(UPDATES + r"$$ \mu_k^{(t+1)} = \sum_{i=1}^N q_{ik} x_i $$")[-1] == "refuted"
    least = UPDATES.replace("= -", "= ")
    assert words(least + rf"$$ \mu_k^{{(t+1)}} = {mean} $$")[-1] != "proved"


def test_two_announcements_side_by_side_are_compared() -> None:
    text = r"<!--: x, a \in \mathbb{R} --> $$ \arg\min_x (x - a)^2 = \arg\min_x 2 (x - a)^2 $$"
    assert kinds(text) == [SameOptimum]
    assert words(text) == ["proved"]


# -- expectations of labels --------------------------------------------------------------------------------------------
LABELS = r"""
<!--: index i = 1..N ; index k, l = 1..K ; z_i \in \{1,\dots,K\} label ; a_{ik} > 0 ; g_k \in \mathbb{R} -->

$$ \mathbb{P}[z_i = k \mid x_i] = \frac{a_{ik}}{\sum_{l=1}^K a_{il}} $$

"""


@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (r"\frac{\sum_{k=1}^K a_{ik} g_k}{\sum_{l=1}^K a_{il}}", "proved"),
        (r"\sum_{k=1}^K a_{ik} g_k", "refuted"),
    ],
)
def test_the_expectation_of_a_label_under_its_posterior(right: str, verdict: str) -> None:
    assert words(LABELS + rf"$$ \mathbb{{E}}_{{z_i | x_i}} [g_{{z_i}}] = {right} $$")[-1] == verdict


def test_an_expectation_under_a_posterior_that_nothing_defines_is_unread() -> None:
    found = reasons(LABELS + r"$$ 2 \mathbb{E}_{z_i | y_i} [g_{z_i}] = 2 g_1 $$")
    assert found == ["the probability of z_i = k under this expectation is not declared"]


# -- cases -------------------------------------------------------------------------------------------------------------
CASES = r"""<!--:
index i = 1..N ; y_i \in \{0,\dots,K\} label ; a_i \in \mathbb{R} ; let b_i := \mathbf{1}\{y_i = 0\} a_i
-->"""


def test_a_case_on_labels_holds_in_that_case_only() -> None:
    assert words(CASES + r" If $y_i = 0$, then $$ b_i = a_i $$") == ["proved"]
    assert words(CASES + r" If $y_i = 1$, then $$ b_i = a_i $$") == ["refuted"]
    assert words(CASES + r" If $y_i = 0$, well. Now $$ b_i = a_i $$") == ["refuted"]


# -- tables, sums with dots, remarks -----------------------------------------------------------------------------------
MATRIX = r"<!--: let A := \begin{bmatrix} 2 & 1 \\ 1 & 2 \end{bmatrix} ; let V := \operatorname{eigenvectors}(A) -->"


def table(*rows: str) -> str:
    return r"\begin{bmatrix} " + r" \\ ".join(rows) + r" \end{bmatrix}"


@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        ("V", table("0.7071 & 0.7071", "-0.7071 & 0.7071"), "proved"),
        ("V", table("-0.7071 & 0.7071", "0.7071 & 0.7071"), "proved"),
        ("V", table("0.7071 & 0.7071", "0.7071 & 0.7071"), "refuted"),
        ("V", table("0.7071 & 0.7071", "-0.7071 & 0.7072"), "refuted"),
        ("V^T A V", table("1.00 & 0.00", "0.00 & 3.00"), "proved"),
        ("V^T A V", table("-1.00 & 0.00", "0.00 & 3.00"), "refuted"),
        ("V^T", table("0.7071 & 0.7071", "0.7071 & 0.7071"), "refuted"),
    ],
)
def test_printed_tables(left: str, right: str, verdict: str) -> None:
    text = rf"{MATRIX} $$ {left} \approx {right} $$"
    assert kinds(text) == [Value]
    assert words(text) == [verdict]


def test_a_sum_with_dots() -> None:
    declared = r"<!--: index k = 1..K ; a_k \in \mathbb{R} -->"
    assert words(declared + r"$$ 2 (a_1 + a_2 + \ldots + a_K) = \sum_{k=1}^K 2 a_k $$") == ["proved"]
    assert reasons(declared + r"$$ 2 (a_1 + a_3 + \ldots + a_K) = \sum_{k=1}^K 2 a_k $$") == [
        "cannot tell what the dots leave out"
    ]


def test_what_a_remark_says_is_stated() -> None:
    text = r"<!--: x \in \mathbb{R} --> $$ y = 2 a \quad \text{where } a = x^2 $$ $$ y = 2 x^2 $$"
    assert words(text)[-1] == "proved"
    assert kinds(r"<!--: x, y \in \mathbb{R} --> $$ x + y = y + x \quad \text{if } x = 2 y $$") == [Step]


def test_the_density_of_a_gaussian_at_any_parameters() -> None:
    text = r"$$ \mathcal{N}(x; \mu, \rho) = \frac{1}{\sqrt{2\pi\rho}} \exp\left(-\frac{(x - \mu)^2}{%s\rho}\right) $$"
    assert words("<!--: x \\in \\mathbb{R} --> " + text % "2") == ["proved"]
    assert words("<!--: x \\in \\mathbb{R} --> " + text % "") == ["refuted"]


# -- derivatives -------------------------------------------------------------------------------------------------------
def test_the_derivative_of_what_a_variable_is_made_of() -> None:
    scalar = r"<!--: x > 0 ; let u := x^2 --> $$ \frac{\partial x}{\partial u} = \frac{1}{%s x} $$"
    assert words(scalar % "2") == ["proved"]
    assert words(scalar % "3") == ["refuted"]
    vector = r"<!--: x \in \mathbb{R}^n ; let u := x^T x --> $$ \frac{\partial x}{\partial u} = x $$"
    assert words(vector) == ["unread"]


# -- names of an earlier section ---------------------------------------------------------------------------------------
def test_a_family_of_a_later_section_has_nothing_to_do_with_an_earlier_name() -> None:
    text = r"""# One
Let $x \in \mathbb{R}^d$ and $$ f = x^T x $$

# Two
Let $x_1, \dots, x_N \in \mathbb{R}$ and

$$ s = \sum_{i=1}^N x_i $$
"""
    document: Document = read_document(text)
    assert document.unread == ()
    context = document.derivation.claims[-1].context
    assert [str(range_) for range_ in context.symbols["x"].family] == ["1..N"]


def test_verdict_types_are_what_these_tests_name() -> None:
    assert {Proved.__name__.lower(), Refuted.__name__.lower()} == {"proved", "refuted"}


# -- entries -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("right", "verdict"),
    [
        (table("W_{11} & W_{12}", "W_{21} & W_{22}") + table("X_1", "X_2"), "proved"),
        (table("W_{11} X_1 + W_{12} X_2", "W_{21} X_1 + W_{22} X_2"), "proved"),
        (table("W_{11} & W_{21}", "W_{12} & W_{22}") + table("X_1", "X_2"), "refuted"),
    ],
)
def test_a_product_of_small_matrices_entry_by_entry(right: str, verdict: str) -> None:
    text = r"<!--: W \in \mathbb{R}^{2 \times 2} ; X \in \mathbb{R}^2 --> $$ W X = " + right + " $$"
    assert words(text) == [verdict]


# -- best points on a line ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "right", "verdict"),
    [
        (r"\arg\min_x (x-a)^2", r"\arg\min_x 2 (x-a)^2 + 1", "proved"),
        (r"\arg\min_x (x-a)^2", r"\arg\min_x (x-a-1)^2", "refuted"),
        (r"\arg\max_x -(x-a)^2", r"\arg\max_x -(x+a)^2", "refuted"),
        (r"\arg\min_x e^x + e^{-x}", r"\arg\min_x e^x + 2 e^{-x}", "refuted"),
        (r"\arg\min_x e^x", r"\arg\min_x e^{-x}", "undecided"),  # neither has one, so they are the same
        (r"\arg\min_x x^3", r"\arg\min_x (x-1)^2", "refuted"),  # 1 is best for one, and the other falls there
        (r"\arg\min_x x^3", r"\arg\min_x x^5", "undecided"),  # neither is seen to be convex
    ],
)
def test_the_best_points_of_two_convex_functions(left: str, right: str, verdict: str) -> None:
    assert words(rf"<!--: x, a \in \mathbb{{R}} --> $$ {left} = {right} $$") == [verdict]


# -- constraints in words ----------------------------------------------------------------------------------------------
PROJECTION = r"""
<!--: S \in \mathbb{R}^{d \times d} symmetric -->
To maximise $u^T S u$ with $u \in \mathbb{R}^d$ subject to $u^T u = 1$ we take
$$\mathcal{L}(u, \lambda) = u^T S u + \lambda (1 - u^T u).$$
Setting the derivative with respect to $u$ to zero gives
$$2 S u - 2 \lambda u = 0 \quad\Rightarrow\quad S u = \lambda u,$$
"""


def test_a_constraint_in_words_holds_where_the_optimum_is_solved_for() -> None:
    assert words(PROJECTION + r"and therefore $u^T S u = \lambda$.")[-2:] == ["proved", "proved"]
    assert words(PROJECTION + r"and therefore $u^T S u = 2 \lambda$.")[-1] != "proved"
    without = PROJECTION.replace("subject to $u^T u = 1$", "").replace(
        "symmetric -->", r"symmetric ; \lambda \in \mathbb{R} -->"
    )
    without = without.replace(r"(u, \lambda) = u^T S u + \lambda (1 - u^T u)", r"(u) = u^T S u - \lambda u^T u")
    assert words(without + r"and therefore $u^T S u = \lambda$.")[-1] != "proved"


def test_a_constraint_in_words_says_nothing_of_what_stands_for_all() -> None:
    text = r"<!--: u, v \in \mathbb{R}^d --> We look for $u$ subject to $u^T u = 1$. For all: $$v^T v u^T u = v^T v$$"
    assert words(text)[-1] == "refuted"


def test_a_bold_question_begins_a_section() -> None:
    text = r"\textbf{Question 1.} Subject to $u^T u = 1$ with $u \in \mathbb{R}^d$: $2 u = 0$. \textbf{Question 2.} $u^T u = 1$"
    assert "proved" not in words(text)[-1:]


# -- iterates of what has a meaning itself -----------------------------------------------------------------------------
DESCENT = r"""
Let $A \in \mathbb{R}^{d \times d}$ be invertible, $b \in \mathbb{R}^d$ and $f(w) = \frac12 w^T A w - b^T w$.
Gradient descent is $w_{t+1} = w_t - \eta (A w_t - b)$. With $w^* = A^{-1} b$,

$$ w_{t+1} - w^* = (I ? \eta A)(w_t - w^*) $$
"""


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_iterates_beside_the_variable_of_a_function(sign: str, verdict: str) -> None:
    assert words(DESCENT.replace("?", sign))[-1] == verdict


def test_a_letter_that_stands_elsewhere_too_steps_along_nothing() -> None:
    assert "unread" in words(DESCENT.replace("?", "-").replace("\\eta", "\\eta t"))


@pytest.mark.parametrize(("sign", "verdict"), [("", "proved"), ("-", "refuted")])
def test_an_argmin_over_a_letter_that_nothing_declares(sign: str, verdict: str) -> None:
    line = rf"\arg\min_\eta \|u - \eta v\|^2 = {sign}\frac{{u^T v}}{{v^T v}}"
    assert words(rf"Let $v, u \in \mathbb{{R}}^d$. $${line}$$") == [verdict]


# -- Lagrangians whose constraints nothing else names ------------------------------------------------------------------
LAGRANGIAN = r"""
Let $p_1, \dots, p_K > 0$ and $c_1, \dots, c_K > 0$. The Lagrangian is
$\mathcal{L}(p, \lambda) = \sum_{k=1}^K c_k \log p_k + \lambda (1 - \sum_{k=1}^K p_k)$.

$$ \frac{\partial \mathcal{L}}{\partial p_k} = \frac{c_k}{p_k} - \lambda = 0 \;\Rightarrow\; p_k = \frac{c_k}{\lambda} $$

Summing over $k$, $\lambda = ?$.
"""


@pytest.mark.parametrize(("value", "verdict"), [(r"\sum_{k=1}^K c_k", "proved"), (r"K", "refuted")])
def test_a_lagrangian_is_stationary_in_its_multiplier_too(value: str, verdict: str) -> None:
    assert words(LAGRANGIAN.replace("?", value))[-1] == verdict


@pytest.mark.parametrize(
    "change",
    [
        ("The Lagrangian is", "The penalised objective is"),  # λ is no multiplier
        ("The Lagrangian is", "By the KKT conditions we look at the Lagrangian"),  # it may be of an inequality
        ("> 0$. The", "> 0$ and $\\lambda \\ge 0$. The"),  # it has a sign
        ("p_k)$.", "p_k) + \\lambda^2$."),  # it stands elsewhere too
    ],
)
def test_no_constraint_is_taken_from_what_may_be_something_else(change: tuple[str, str]) -> None:
    assert change[0] in LAGRANGIAN
    assert words(LAGRANGIAN.replace(*change).replace("?", r"\sum_{k=1}^K c_k"))[-1] != "proved"


# -- optima under a constraint, in words -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        (r"with $p_k > 0$ under $\sum_{k=1}^K p_k = 1$ is maximal for $p_k = 1/K$", "proved"),
        (r"with $p_k > 0$ under $\sum_{k=1}^K p_k = 1$ is minimal for $p_k = 1/K$", "refuted"),
        (r"with $p_k > 0$ under $\sum_{k=1}^K p_k = 1$ is maximal for $p_k = 2/K$", "refuted"),
        (r"with $p_k > 0$ subject to $\sum_{k=1}^K p_k = 2$ is maximal at $p_k = 1/K$", "refuted"),
    ],
)
def test_an_optimum_under_a_constraint_in_words(sentence: str, verdict: str) -> None:
    assert words(f"The entropy $H(p) = -\\sum_{{k=1}}^K p_k \\log p_k$ {sentence}.")[1] == verdict
