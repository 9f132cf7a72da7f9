"""Facts and suppositions that make a quantity vary with a variable: no derivative, mean or value takes it for fixed."""

from __future__ import annotations

import pytest

from derive.authoring import Derivation
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted
from tests.documents.judging import Judged

FACTS = (
    r"<!--: x, y, w, z \in \mathbb{R} ; c > 0 ; function p(s) density ; assume w = x^2 ; assume z = w + y -->" + "\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial w}{\partial x} = 2 x", "proved"),
        (r"\frac{\partial w}{\partial x} = 0", "refuted"),
        (r"\frac{\partial z}{\partial x} = 2 x", "proved"),
        (r"\frac{\partial z}{\partial y} = 1", "proved"),
        (r"\frac{\partial z}{\partial y} = 0", "refuted"),
        (r"\frac{\partial w}{\partial y} = 0", "proved"),
        (r"\frac{\partial}{\partial x} (x w) = w", "undecided"),  # either may be meant
        (r"\frac{\partial}{\partial x} (x w) = 3 x^2", "undecided"),
        (r"\mathbb{E}_{x \sim p}[w] = w", "undecided"),
        (r"\operatorname{Var}_{x \sim p}[w] = 0", "undecided"),
        (r"\int_0^1 w \, dx = w", "unread"),
        (r"\left. w \right|_{x = c} = w", "undecided"),
        (r"\arg\max_x (-w) = 3", "unread"),
        (r"\mathbb{E}_{y \sim p}[w] = w", "proved"),
    ],
)
def test_facts(words: Judged, line: str, word: str) -> None:
    assert words(FACTS + f"We see that ${line}$.")[-1] == word


DECLARED = (
    r"<!--: x, y, w, s \in \mathbb{R} ; index i, j = 1..n ; a_i \in \mathbb{R} ; c > 0 ; B \in \mathbb{R}^{m \times r} ;"
    r" A \in \mathbb{R}^{r \times n} ; u \in \mathbb{R}^n ; v \in \mathbb{R}^m ; let f := v^T B A u -->" + "\n"
)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"If $w = x^2$, then $\frac{\partial w}{\partial x} = 2x$.", "proved"),
        (r"If $w = x^2$, then $\frac{\partial w}{\partial x} = 0$.", "refuted"),
        (r"Given $s = \sum_i a_i$, $$\frac{\partial s}{\partial a_j} = 1$$", "proved"),
        (r"Given $s = \sum_i a_i$, $$\frac{\partial s}{\partial a_j} = 0$$", "refuted"),
        (r"If $x = 1$, then $\frac{\partial}{\partial x} x^2 = 2$.", "proved"),
        (r"If $x = 1$, then $\frac{\partial}{\partial x} x^2 = 0$.", "refuted"),
        (r"If $x = y$, then $\frac{\partial}{\partial x} (x y) = x$.", "proved"),  # where they are equal
        (r"If $x = y$, then $\frac{\partial}{\partial x} (x y) = 2 x$.", "refuted"),
        (r"If $B = 0$, then $\frac{\partial f}{\partial A} = 0$.", "proved"),
        (r"If $B = 0$, then $\frac{\partial f}{\partial B} = 0$.", "refuted"),
        (r"At initialisation $B = 0$, so $\frac{\partial f}{\partial A} = 0$.", "proved"),
        (r"At initialisation $B = 0$, so $\frac{\partial f}{\partial B} = 0$.", "refuted"),
    ],
)
def test_suppositions(words: Judged, text: str, word: str) -> None:
    assert words(DECLARED + text)[-1] == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"Hence $$\frac{\partial f}{\partial A} = 0$$", "refuted"),
        (r"$$\frac{\partial}{\partial x} x^2 = 0$$", "refuted"),
        (r"$$\frac{\partial}{\partial x} y^2 = 0$$", "proved"),
        (r"Setting the derivative to zero $$\frac{\partial}{\partial x} (x - y)^2 = 0$$ we find more.", "proved"),
        (r"Now $$\frac{\partial}{\partial x} (x - y)^2 = 0$$ so that $$x = y$$", "proved"),
        (r"Now $$\frac{\partial}{\partial x} (x - y)^2 = 0 \Rightarrow x = y$$", "proved"),
    ],
)
def test_that_a_derivative_is_zero_is_a_claim_unless_something_is_sought(words: Judged, text: str, word: str) -> None:
    assert words(DECLARED + text)[-1] == word


def test_a_supposition_holds_in_the_displays_of_its_sentence(words: Judged) -> None:
    text = (
        DECLARED
        + r"If $c = \sum_i a_i^2$ then"
        + "\n$$\\frac{\\partial c}{\\partial a_j} = 2 a_j$$\n$$c \\ge a_j^2 %s$$"
    )
    assert words(text % "")[-2:] == ["proved", "proved"]
    assert words((text % "").replace("2 a_j$$", "2 a_j .$$"))[-2:] == ["proved", "refuted"]


STATES = (
    r"<!--: index t = 1..T ; a, b \in \mathbb{R} ; h_t, u_t \in \mathbb{R} -->"
    + "\nThe states follow\n$$h_{t+1} = a h_t + b u_t$$\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial h_{t+1}}{\partial h_t} = a", "proved"),
        (r"\frac{\partial h_{t+1}}{\partial h_t} = b", "refuted"),
        (r"\frac{\partial h_{t+1}}{\partial h_t} = 0", "refuted"),
        (r"\frac{\partial h_{t+1}}{\partial u_t} = b", "proved"),
        (r"\frac{\partial h_{t+1}}{\partial u_t} = 0", "refuted"),
        (r"\frac{\partial h_{t+1}}{\partial a} = h_t", "unread"),  # h_t depends on a as well
        (r"\frac{\partial h_{t+1}}{\partial a} = 0", "unread"),
        (r"\frac{\partial h_t}{\partial u_t} = 1 - 1", "proved"),  # h_t is made of what comes before u_t
        (r"\frac{\partial h_t}{\partial u_t} = b", "refuted"),
        (r"\frac{\partial}{\partial u_t} (u_t h_t) = h_t", "proved"),
        (r"\frac{\partial}{\partial u_t} (u_t h_t) = h_t + b u_t", "refuted"),
        (r"\frac{\partial}{\partial u_t} (h_t + h_{t+1}) = b", "unread"),
        (r"\frac{\partial}{\partial u_1} h_t = 1 - 1", "unread"),
        (r"\frac{\partial}{\partial u_t} \sum_t h_t = b", "unread"),
        (r"\frac{\partial}{\partial u_t} h_{t+1}^2 = 0", "unread"),
    ],
)
def test_members_of_a_recurrence(words: Judged, line: str, word: str) -> None:
    assert words(STATES + f"We have $${line}$$")[-1] == word


def test_what_proofs_in_python_assume() -> None:
    d = Derivation("tests/tied", title="Facts about variables", context=r"x, w \in \mathbb{R} ; assume w = x^2")
    d.equal("slope", r"\frac{\partial w}{\partial x}", "2 x")
    d.equal("none", r"\frac{\partial w}{\partial x}", "0")
    slope, none = (judge(claim) for claim in d.build().claims)
    assert isinstance(slope, Proved)
    assert isinstance(none, Refuted)


TIED = "<!--: index k = 1..K ; s_k, t > 0 ; l_k, u \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    "text",
    [
        "Let $J = \\sum_k s_k^2$ and $H = \\sum_k l_k$. Assume $l_k = \\log s_k$. Then $$\\frac{\\partial J}{\\partial l_k} = 0$$",
        "Let $J = t^2 + u$ and $H = 2u$. Assume $u = \\log t$. Then $$\\frac{\\partial J}{\\partial u} = 1$$",
        "Let $J = t^2$ and $H = u$. Assume $u = \\log t$. Then $$\\frac{\\partial J}{\\partial u}\\Big|_{u=0} = 0$$",
        "Let $J = (t - 1)^2 + 3$ and $H = u$. Assume $u = \\log t$. Then $$\\arg\\min_u J = 7$$",
        "Let $J = t^2$ and $H = u$. If $u = \\log t$, then $$\\frac{\\partial J}{\\partial u} = 0$$",
    ],
)
def test_what_makes_the_variable_is_no_constant(text: str, words: Judged) -> None:
    assert words(TIED + text)[-1] not in ("proved", "refuted")


def test_where_it_is_evaluated_is_no_tie(words: Judged) -> None:
    text = "Let $J = (u - t)^2$. At $u = t$ we have $$\\frac{\\partial J}{\\partial u} = 0$$"
    assert words(TIED + text)[-1] == "proved"


@pytest.mark.parametrize("value", ["2 v", "c\\mathbf{1}", "\\mathbf{1}", "c v + \\mathbf{1}", "A v"])
def test_what_is_said_first_of_a_declared_vector(value: str, words: Judged) -> None:
    declared = "<!--: r, v \\in \\mathbb{R}^n ; c \\in \\mathbb{R} ; A \\in \\mathbb{R}^{n \\times n} -->\n"
    assert set(words(f"{declared}With $r = {value}$ we get $$\\|r\\|^2 = r^T ({value})$$")) == {"proved"}


NETWORK = r"""<!--: index t = 1..T ; h_t, h_0 \in \mathbb{R}^m ; x_t \in \mathbb{R}^d ; W \in \mathbb{R}^{m \times m}
U \in \mathbb{R}^{m \times d} -->
$$a_t = W h_{t-1} + U x_t, \qquad h_t = \tanh(a_t)$$
"""
NUMBERS = r"""<!--: index t = 1..T ; h_t, h_0, x_t, W, U \in \mathbb{R} -->
$$a_t = W h_{t-1} + U x_t, \qquad h_t = \tanh(a_t)$$
"""
ARRAY = r"""<!--: index i, j, k = 1..K ; index t = 1..T ; h, b \in \mathbb{R}^{T \times K} ; W \in \mathbb{R}^{K \times K} ; U \in \mathbb{R}^K -->
$$h_{1k} = U_k b_{1k}, \qquad h_{t+1,k} = b_{t+1,k} \sum_{j=1}^K h_{tj} W_{jk}$$
"""
VALUES = r"""<!--: index s, u = 1..S ; index a = 1..A ; W \in (0,1) ; P_{sau}, p_{sa} \ge 0 ; U_{sa} \in \mathbb{R}
V \in \mathbb{R}^S ; h \in \mathbb{R}^{S \times A} -->
The Bellman equations are $$V_s = \sum_a p_{sa} h_{sa}$$ $$h_{sa} = U_{sa} + W \sum_{u} P_{sau} V_u$$
"""
FIXED = r"""<!--: h, U \in \mathbb{R}^n ; P \in \mathbb{R}^{n \times n} ; W \in (0, 1) -->
The fixed-point equation is $h = U + W P h$.
"""


@pytest.mark.parametrize(
    ("model", "line"),
    [
        (NETWORK, r"\frac{\partial}{\partial U} \|h_t\|^2 = U - U"),
        (NETWORK, r"\frac{\partial \|h_t\|^2}{\partial W} = W - W"),
        (NUMBERS, r"\frac{\partial h_t}{\partial W} = 1 - 1"),
        (NUMBERS, r"\frac{\partial h_t^2}{\partial U} = 1 - 1"),
        (ARRAY, r"\frac{\partial h_{t+1,k}}{\partial W_{jk}} = 1 - 1"),
        (ARRAY, r"\frac{\partial}{\partial U_k} \sum_{j=1}^K h_{tj} = 1 - 1"),
        (ARRAY, r"\frac{\partial \|h\|_F^2}{\partial U_k} = 1 - 1"),
        (VALUES, r"\frac{\partial h_{sa}}{\partial W} = 1 - 1"),
        (VALUES, r"\frac{\partial V_s}{\partial W} = 1 - 1"),
        (VALUES, r"\frac{\partial V_s}{\partial U_{sa}} = 1 - 1"),
        (FIXED, r"\frac{\partial \|h\|^2}{\partial W} = 1 - 1"),
        (FIXED, r"\nabla_U \|h\|^2 = U - U"),
    ],
)
def test_what_is_given_through_others_is_no_constant(words: Judged, model: str, line: str) -> None:
    assert words(f"{model}We have $${line}$$")[-1] not in ("proved",)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - h_t^2) W", "proved"),
        (r"\frac{\partial h_t}{\partial h_{t-1}} = W \mathrm{diag}(1 - h_t^2)", "refuted"),
        (r"\frac{\partial h_t}{\partial h_{t-1}} = \mathrm{diag}(1 - a_t^2) W", "refuted"),
    ],
)
def test_one_step_of_a_network(words: Judged, line: str, word: str) -> None:
    assert words(f"{NETWORK}One step is $${line}$$") == ["proved", "proved", word]


@pytest.mark.parametrize(
    ("declared", "line", "word"),
    [
        (r"assume X^T X = c I", r"\frac{\partial}{\partial c} w^T X^T X w = c - c", "unread"),
        (r"assume X^T X = c I", r"\frac{\partial}{\partial c} (c w^T w) = w^T w", "proved"),
        (r"assume X^T X = c I", r"\frac{\partial}{\partial w} w^T X^T X w = 2 c w", "proved"),
        (r"assume A w = t w", r"\frac{\partial}{\partial t} w^T A w = t - t", "unread"),
        (r"assume A w = t w", r"\frac{\partial}{\partial w} w^T A w = 2 t w", "proved"),
        (r"assume A w = t w", r"\frac{\partial}{\partial A} w^T A w = w w^T", "proved"),
        (r"assume S A = I", r"\frac{\partial}{\partial A} w^T S w = A - A", "unread"),
        (r"assume S A = I", r"\frac{\partial}{\partial A} \log \det A = S^T", "proved"),
        (r"assume S^{-1} A = I", r"\frac{\partial}{\partial A} w^T S w = A - A", "unread"),
        (r"assume c t = 1", r"\frac{\partial}{\partial t} \log c = t - t", "unread"),
        (r"assume \frac{c}{t} = s + 1", r"\frac{\partial}{\partial t} \log c = t - t", "unread"),
        (r"assume c t = 1", r"\frac{\partial}{\partial t} \log t = c", "proved"),
        (r"assume c t = 1", r"\frac{\partial}{\partial t} \log s = t - t", "proved"),
    ],
)
def test_facts_that_give_nothing_by_itself(words: Judged, declared: str, line: str, word: str) -> None:
    kinds = (
        r"X \in \mathbb{R}^{n \times d} ; A, S \in \mathbb{R}^{d \times d} posdef ; w \in \mathbb{R}^d ; c, t, s > 0"
    )
    assert words(f"<!--: {kinds} ; {declared} -->\nWe see that ${line}$.")[-1] == word


@pytest.mark.parametrize("claim", [r"\int_0^1 w v \, dx = w v", r"\int_0^1 w \, dx = w"])
def test_what_a_fact_ties_to_the_variable_of_an_integral(words: Judged, claim: str) -> None:
    assert "proved" not in words(rf"<!--: w, v, x \in \mathbb{{R}} ; assume w v = x --> $$ {claim} $$")


UNIT = r"""
<!--: A \in \mathbb{R}^{d \times d} symmetric ; \lambda \in \mathbb{R} ; u \in \mathbb{R}^d -->
Let $u$ be a SORT eigenvector of $A$ with WHICH eigenvalue $\lambda$. Then $$ CLAIM $$
"""


@pytest.mark.parametrize("sort", ["unit", "normalized"])
@pytest.mark.parametrize("which", ["", "corresponding", "the associated"])
@pytest.mark.parametrize(
    ("claim", "word"),
    [
        (r"u^T A u = \lambda", "proved"),
        (r"u^T A u = \lambda^2", "refuted"),
        (r"\frac{\partial}{\partial \lambda} (u^T A u) = \lambda - \lambda", "unread"),
    ],
)
def test_unit_eigenvectors(words: Judged, sort: str, which: str, claim: str, word: str) -> None:
    text = UNIT.replace("SORT", sort).replace("WHICH", which).replace("CLAIM", claim)
    assert words(text)[-1] == word
