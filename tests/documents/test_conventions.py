"""What documents take for granted: what is read from it, and what is left unread or refuted instead."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

SOFTMAX = (
    r"Let $z \in \mathbb{R}^K$ and $p_i = \frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}$." + "\n<!--: index i, k = 1..K -->\n"
)
ATTENTION = (
    "Let $S \\in \\mathbb{R}^{n \\times m}$ and $V \\in \\mathbb{R}^{m \\times d}$.\n<!--: index i = 1..n ; j, l = 1..m -->\n"
    "$$ A_{ij} = \\frac{e^{S_{ij}}}{\\sum_l e^{S_{il}}} $$\n"
)
LAYER = "<!--: index i = 1..D ; w_i, x_i \\in \\mathbb{R} -->\nLet $y_i = w_i x_i$"
SOLVED = (
    "<!--: x, b \\in \\mathbb{R}^n ; A \\in \\mathbb{R}^{n\\times n} symmetric posdef ; \\alpha > 0 -->\n"
    "Let $f(x) = \\frac12 x^T A x - b^T x$. Then $\\nabla f(x) = Ax - b$. Setting the gradient to zero gives $x = A^{-1} b$.\n"
    "With $g = Ax - b$ the function $\\varphi(\\alpha) = f(x - \\alpha g)$ is\n"
)
RECURRENCE = "<!--: index k = 0..K ; x_k, b \\in \\mathbb{R} ; a > 0 ; assume b = 0 -->\n"
NORMAL = "<!--: m, s \\in \\mathbb{R} ; s > 0 -->\n"
DENSITY = "<!--: x \\in \\mathbb{R}^n ; z \\in \\mathbb{R}^n ; function p(x|z) density ; function p(z) density -->\n"
RIGHT: dict[str, str] = {
    "a family written whole": ATTENTION + r"$$ A V \in \mathbb{R}^{n\times d} $$",
    "rows of a softmax": ATTENTION + r"That is, $A = \operatorname{softmax}(S)$ for each row.",
    "derivative in a family written whole": ATTENTION
    + r"Let $O = A V$ and let $L$ be the loss, $G = \frac{\partial L}{\partial O}$. "
    + r"$$ \frac{\partial L}{\partial V} = A^\top G, \qquad \frac{\partial L}{\partial A} = G V^\top $$",
    "rows named": r"Let $Q \in \mathbb{R}^{n\times d}$, $K \in \mathbb{R}^{m\times d}$ <!--: index i = 1..n ; j = 1..m --> "
    r"and write $q_i, k_j$ for the rows of $Q$, $K$. Then $$ (Q K^\top)_{ij} = q_i^\top k_j $$",
    "the loss": LAYER + r" and let $L$ be the loss, $g_i = \frac{\partial L}{\partial y_i}$. Then "
    r"$$ \frac{\partial L}{\partial w_i} = g_i x_i $$",
    "a sum over a set": r"<!--: index a \in \mathcal{A} ; q_a \in \mathbb{R} ; c \in \mathbb{R} -->"
    r"$$ \sum_{a \in \mathcal{A}} c q_a = c \sum_a q_a $$",
    "an index that is implied": SOFTMAX + r"Let $g_i = \frac{\partial \log p_i}{\partial z_k}$. Then "
    r"$$ g_i = \delta_{ik} - p_k $$",
    "a case in words": SOFTMAX + r"For $i \neq k$ we get $$ \frac{\partial p_i}{\partial z_k} = -p_i p_k $$",
    "a case in the formula": SOFTMAX
    + r"$$ \frac{\partial p_i}{\partial z_k} = -p_i p_k \quad \text{if } i \ne k, \qquad "
    r"\frac{\partial p_i}{\partial z_i} = p_i (1 - p_i) $$",
    "what follows from what is supposed": r"<!--: x, y, c \in \mathbb{R} ; c > 0 -->"
    r"Solving $y = c x$ for $x$ gives $x = y / c$.",
    "an expectation of a stated distribution": NORMAL
    + r"For $z \sim \mathcal{N}(m, s^2)$ we have $\mathbb{E}[z] = m$ and $$ \mathbb{E}[z^2] = m^2 + s^2 $$",
    "a variance of a stated distribution": NORMAL
    + r"Let $z \sim \mathcal{N}(m, s^2)$. $$ \operatorname{Var}(2 z) = 4 s^2 $$",
    "an expectation over the noise": NORMAL + r"Let $\epsilon \sim \mathcal{N}(0, 1)$. "
    r"$$ \mathbb{E}_\epsilon[(m + s \epsilon)^2] = m^2 + s^2 $$",
    "the expectation of an unknown function": NORMAL + r"<!--: function f -->Let $\epsilon \sim \mathcal{N}(0, 1)$. "
    r"$$ \frac{\partial}{\partial m} \mathbb{E}_\epsilon[f(m + s \epsilon)] = \mathbb{E}_\epsilon[f'(m + s \epsilon)] $$",
    "a divergence of bare densities": r"<!--: m, s, z \in \mathbb{R} ; s > 0 ; function q(z) ; function p(z) -->"
    r"Let $q(z) = \mathcal{N}(z | m, s^2)$ and $p(z) = \mathcal{N}(z | 0, 1)$. "
    r"$$ \mathrm{KL}(q \| p) = \frac12 (m^2 + s^2 - 1) - \log s $$",
    "a product density": r"<!--: index j = 1..J ; z, \mu \in \mathbb{R}^J ; function q(z) -->"
    r"Let $q(z) = \prod_{j=1}^J \mathcal{N}(z_j | \mu_j, 1)$. $$ \mathbb{E}_{q(z)}[z_j] = \mu_j $$",
    "joint, conditional and marginal are three functions": DENSITY + r"Let $p(x, z) = p(x|z) p(z)$ and "
    r"$p(z | x) = \frac{p(x, z)}{\int p(x, z) dz}$. Then $$ p(x | z) p(z) = p(x, z) $$",
    "a recurrence": RECURRENCE + r"The iteration is $x_{k+1} = x_k - a (x_k - b)$. "
    r"The error $e_k = x_k - b$ satisfies $$ e_{k+1} = (1 - a) e_k $$",
    "an equation solved for what it mentions": r"<!--: v, r \in \mathbb{R}^n ; P \in \mathbb{R}^{n\times n} ; c > 0 -->"
    r"The values are $v = r + c P v$. Solving for $v$, $$ v = (I - c P)^{-1} r $$",
    "a value everywhere after equations were solved": SOLVED
    + r"$$ \varphi(\alpha) = f(x) - \alpha g^T g + \frac{\alpha^2}{2} g^T A g . $$",
    "both derivatives set to zero": r"<!--: m \in \mathbb{R} ; s > 0 --> Let $D = \frac12 (m^2 + s^2) - \log s$. "
    r"$$ \frac{\partial D}{\partial m} = m, \qquad \frac{\partial D}{\partial s} = s - \frac{1}{s} $$ "
    r"Setting the derivatives to zero we get $m = 0$ and $s = 1$.",
    "a name at the end": r"<!--: x > 0 -->$$ \log x^2 = 2 \log x =: y $$ and $$ y = \log x + \log x $$",
    "a form given to an unknown function": r"<!--: function f ; x \in \mathbb{R} -->As a test take $f(x) = x^2$. "
    r"Then $$ f'(x) = 2 x $$",
    "a bold name of the only size": r"Let $\mathbf{a} \in \mathbb{R}^n$. Then $$ \mathbf{a}^\top \mathbf{c} = \mathbf{c}^\top \mathbf{a} $$",
    "a one-hot target": SOFTMAX + r"If $y$ is the one-hot target, $$ \sum_i y_i = 1 $$",
    "a vector beside a family": r"Let $\mathbf{v} \in \mathbb{R}^d$ be a centre word, $\mathbf{u}_o$ an outside word and "
    r"$\mathbf{u}_1, \dots, \mathbf{u}_K \in \mathbb{R}^d$ negative samples."
    r"$$ J = \mathbf{u}_o^\top \mathbf{v} + \sum_{k=1}^K \mathbf{u}_k^\top \mathbf{v} $$ has "
    r"$$ \frac{\partial J}{\partial \mathbf{u}_o} = \mathbf{v} $$",
    "a letter above a function": r"<!--: index a \in \mathcal{A} ; function \pi(a) ; function Q^\pi(a) -->"
    r"Let $A^\pi(a) = Q^\pi(a) - \pi(a)$. $$ \sum_a A^\pi(a) = \sum_a Q^\pi(a) - \sum_a \pi(a) $$",
    "a size that becomes a vector": "Let $x \\in \\mathbb{R}^d$.\n\n# Next\n\nLet $P \\in \\mathbb{R}^{n\\times n}$, "
    "$r \\in \\mathbb{R}^n$. The vector $d = P r$ has $$ d^\\top d = r^\\top P^\\top P r $$",
    "a name given anew in a new section": "<!--: x \\in \\mathbb{R} -->\n$f(x) = x^2$.\n\n# Next\n\n"
    "For the function $f(x) = x^3$ we have $$ f'(x) = 3 x^2 $$",
    "a derivative in a parameter that others use": r"<!--: s > 0 --> Let $D = \frac12 (s^2 - \log s^2)$ and $\ell = \log s^2$. "
    r"$$ \frac{\partial D}{\partial \ell} = \frac12 (e^\ell - 1) $$",
    "a transpose beside a temperature": r"<!--: T > 0 -->Let $x \in \mathbb{R}^n$ and $W \in \mathbb{R}^{n\times n}$. "
    r"$$ x^T W x = x^T W^T x, \qquad T^2 = T \cdot T $$",
    "a square that is defined": r"<!--: index i = 1..D ; x_i \in \mathbb{R} ; c > 0 -->"
    r"$$ \mu = \frac1D \sum_{i=1}^D x_i , \qquad \sigma^2 = \frac1D \sum_{i=1}^D (x_i - \mu)^2 $$ "
    r"and $$ \frac{\partial \sigma^2}{\partial x_i} = \frac2D (x_i - \mu) $$",
}
"""Every claim in these is proved."""

WRONG: dict[str, tuple[str, str]] = {
    "a sum over a part of the range": (
        r"<!--: index i = 1..N ; x_i \in \mathbb{R} -->$$ \sum_{i \in \mathcal{B}} x_i = \sum_{i=1}^N x_i $$",
        "unread: expected the declared range",
    ),
    "softmax of a matrix, rows or columns": (
        ATTENTION
        + r"Columns are keys. Their weights come from a softmax of what the queries say of them, as in most papers "
        r"on this, and so in one step we have that $$ A = \operatorname{softmax}(S) $$",
        "undecided",
    ),
    "a product with a gradient": (
        LAYER + r" and let $L$ be the loss, $g_i = \frac{\partial L}{\partial y_i}$."
        r"$$ x_i \frac{\partial L}{\partial w_i} = w_i g_i x_i = 0 $$",
        "refuted",
    ),
    "a wrong gradient of the loss": (
        LAYER
        + r" and let $L$ be the loss. $$ \frac{\partial L}{\partial w_i} = \frac{\partial L}{\partial y_i} w_i $$",
        "refuted",
    ),
    "an implied index under its own sum": (
        SOFTMAX + r"Let $g_i = \frac{\partial \log p_i}{\partial z_k}$. Then $$ \sum_{k=1}^K g_i = 0 $$",
        "unread: g is meant at one k",
    ),
    "a case that is left": (
        SOFTMAX + r"For $i = k$ this is easy. $$ \frac{\partial p_i}{\partial z_k} = p_i (1 - p_k) $$",
        "refuted",
    ),
    "the wrong case": (
        SOFTMAX + r"$$ \frac{\partial p_i}{\partial z_k} = p_i (1 - p_k) \text{ for } i \ne k $$",
        "refuted",
    ),
    "an enumeration is no case": (
        SOFTMAX + r"For $i = 1, \dots, K$ we have $$ p_i = p_1 $$",
        "refuted",
    ),
    "a definition in one case only": (
        SOFTMAX + r"$$ y_i = 1 \text{ if } i = 1 $$",
        "unread: y_i is not declared",
    ),
    "not what follows": (
        r"<!--: x, y, c \in \mathbb{R} ; c > 0 -->Solving $y = c x$ for $x$ gives $x = c y$.",
        "refuted",
    ),
    "nothing follows after the sentence": (
        r"<!--: x, y, c \in \mathbb{R} ; c > 0 -->We solve $y = c x$ for $x$. It is late. $$ x = y / c $$",
        "refuted",
    ),
    "two random variables": (
        NORMAL + r"Let $z \sim \mathcal{N}(m, s^2)$ and $w \sim \mathcal{N}(m, s^2)$. $$ \mathbb{E}[z w] = m^2 $$",
        "unread: expected one random variable",
    ),
    "the wrong moment": (NORMAL + r"For $z \sim \mathcal{N}(m, s^2)$ we have $\mathbb{E}[z^2] = s^2$.", "refuted"),
    "a conditional the other way round": (
        "<!--: x, z \\in \\mathbb{R} ; function p(x|z) density -->$$ p(z | x) p(x | z) = p(x | z)^2 $$",
        "unread",
    ),
    "no recurrence": (r"<!--: x \in \mathbb{R} -->$$ x = x + 1 $$", "refuted"),
    "a wrong step of a recurrence": (
        RECURRENCE + r"The iteration is $x_{k+1} = x_k - a (x_k - b)$. "
        r"The error $e_k = x_k - b$ satisfies $$ e_{k+1} = (1 + a) e_k $$",
        "refuted",
    ),
    "a value that holds only where the equations do": (
        SOLVED + r"$$ \varphi(\alpha) = f(x) - 7 \alpha g^T g + \frac{\alpha^2}{2} g^T A g . $$",
        "undecided: holds under reading B only",
    ),
    "a found value is not assumed": (
        r"<!--: m \in \mathbb{R} ; s > 0 --> Let $D = \frac12 (m^2 + s^2) - \log s$. "
        r"$$ \frac{\partial D}{\partial s} = s - \frac{1}{s} $$ Setting the derivative to zero we get $s = 1$."
        "\n\n# Next\n\n$$ \\log s = 0 $$",
        "refuted",
    ),
    "a bold name of two sizes": (
        r"Let $\mathbf{a} \in \mathbb{R}^n$ and $\mathbf{b} \in \mathbb{R}^m$. $$ 2 \mathbf{c} = \mathbf{c} + \mathbf{c} $$",
        "unread",
    ),
    "a name used again in its section": (
        "<!--: x \\in \\mathbb{R} -->\n$f(x) = x^2$. For the function $f(x) = x^3$ we have $$ f'(x) = 3 x^2 $$",
        "undecided",
    ),
}
"""What is said of the last claim (or of what cannot be read)."""


def results(text: str, folder: Path) -> list[tuple[str, str]]:
    path = folder / "notes.md"
    path.write_text(text, encoding="utf-8")
    report = check_documents([str(path)], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    return [(result.word, getattr(result.verdict, "reason", "")) for result in report.results]


@pytest.mark.parametrize("name", RIGHT)
def test_proved(name: str, tmp_path: Path) -> None:
    found = results(RIGHT[name], tmp_path)
    assert found
    assert {word for word, _ in found} == {"proved"}, found


@pytest.mark.parametrize("name", WRONG)
def test_not_proved(name: str, tmp_path: Path) -> None:
    text, expected = WRONG[name]
    found = results(text, tmp_path)
    word, _, reason = expected.partition(": ")
    assert any(one == word and reason in why for one, why in found), found
