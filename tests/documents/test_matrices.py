"""Matrices, kernels and networks as people write them: what is read, what is found wrong, and what stays unread."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.render.record import Result

NETWORK = (
    r"Let $x \in \mathbb{R}^d$, $W \in \mathbb{R}^{m\times d}$, $w \in \mathbb{R}^m$, $a = W x$, $h = \tanh(a)$ and "
    r"$\ell = w^\top h$. Then "
)
BATCH = (
    r"Let $X \in \mathbb{R}^{n\times d}$, $V \in \mathbb{R}^{d\times m}$, $G \in \mathbb{R}^{n\times m}$, $A = X V$, "
    r"$H = \tanh(A)$ and $L = \operatorname{tr}(G^\top H)$. Then "
)
MOVING = r"Let $X \in \mathbb{R}^{n\times n}$ be invertible. "
KERNEL = (
    r"Let $K \in \mathbb{R}^{n\times n}$ be symmetric, $\theta \in \mathbb{R}$, $\sigma > 0$, $y \in \mathbb{R}^n$ and "
    r"$C = K + \sigma^2 I$. "
)
BLOCKS = (
    r"Let $A \in \mathbb{R}^{p\times p}$ and $B \in \mathbb{R}^{q \times q}$ be symmetric positive definite and "
    r"$C \in \mathbb{R}^{p\times q}$, and let $S = B - C^\top A^{-1} C$ be invertible. "
)
M = r"\begin{pmatrix} A & C \\ C^\top & B \end{pmatrix}"
GRAM = (
    r"Let $K \in \mathbb{R}^{n \times n}$ be symmetric, $K_{ij} = k(x_i, x_j)$ and $\alpha \in \mathbb{R}^n$. "
    r"Then $f(\cdot) = \sum_{i=1}^n \alpha_i k(x_i, \cdot)$. "
)
PENALTY = r"Let $w \in \mathbb{R}^d$ and $X \in \mathbb{R}^{n\times d}$, $y \in \mathbb{R}^n$. "
SVM = (
    r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $y_i \in \{-1, 1\}$ for $i = 1, \dots, n$, $w \in \mathbb{R}^d$, "
    r"$b \in \mathbb{R}$. "
)


def judged(text: str, folder: Path) -> list[Result]:
    path = folder / "a.md"
    path.write_text(text, encoding="utf-8")
    report = check_documents([str(path)], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    return list(report.results)


RIGHT: dict[str, str] = {
    "a square beside an entrywise product": NETWORK + r"$$\frac{\partial \ell}{\partial a} = w \odot (1 - h^2)$$",
    "a diagonal matrix of it": NETWORK + r"$$\frac{\partial h}{\partial a} = \operatorname{diag}(1 - h^2)$$",
    "one less a matrix": BATCH + r"$$\frac{\partial L}{\partial A} = G \odot (1 - H \odot H)$$",
    "a power of what is not square": BATCH + r"$$\frac{\partial L}{\partial A} = G \odot (1 - H^2)$$",
    "rows": r"Let $E \in \mathbb{R}^{n\times c}$. $$E^\top \mathbf{1} = \sum_{i=1}^n E_{i,:}^\top$$",
    "rows as vectors": r"Let $E \in \mathbb{R}^{n\times c}$ and $v \in \mathbb{R}^c$. "
    r"$$v^\top E^\top \mathbf{1} = \sum_{i=1}^n v^\top E_{i,:}$$",
    "columns": r"Let $E \in \mathbb{R}^{n\times c}$ and $v \in \mathbb{R}^c$. $$E v = \sum_{j=1}^c v_j E_{:,j}$$",
    "an update": r"Let $w, g \in \mathbb{R}^d$ and $\eta, c \in \mathbb{R}$. "
    r"$$ w \leftarrow w - \eta (g + c w) = (1 - \eta c) w - \eta g $$",
    "derivative of an inverse": MOVING + r"If $X = X(t)$, then $$\frac{d X^{-1}}{dt} = -X^{-1} \frac{dX}{dt} X^{-1}$$",
    "differentials": MOVING + r"$$ d(X^{-1}) = -X^{-1}\, dX\, X^{-1} $$",
    "a hyperparameter": KERNEL
    + r"$$\frac{\partial}{\partial\theta}\left(y^\top C^{-1} y\right) = -y^\top C^{-1} \frac{\partial C}{\partial\theta} C^{-1} y$$",
    "an inverse by blocks": BLOCKS
    + rf"$${M}^{{-1}} = \begin{{pmatrix}} A^{{-1}} + A^{{-1}}CS^{{-1}}C^\top A^{{-1}} & -A^{{-1}}CS^{{-1}} \\ "
    r"-S^{-1}C^\top A^{-1} & S^{-1} \end{pmatrix}$$",
    "names for blocks": BLOCKS
    + rf"$${M}^{{-1}} = \begin{{pmatrix}} P_{{11}} & P_{{12}} \\ P_{{21}} & P_{{22}} \end{{pmatrix}}$$ "
    r"Then $$ P_{22} = S^{-1}, \qquad P_{12} = -A^{-1} C S^{-1} $$",
    "zeros of the size that fits": BLOCKS
    + rf"$${M} - \begin{{pmatrix}} A & C \\ C^\top & 0 \end{{pmatrix}} = \begin{{pmatrix}} 0 & 0 \\ 0 & B \end{{pmatrix}}$$",
    "values of a kernel": GRAM + r"Hence $$ f(x_j) = (K \alpha)_j $$",
    "a penalty": PENALTY + r"$$J(w) = \|X w - y\|^2 + \frac{\lambda}{2}\|w\|^2$$ "
    r"$$\nabla_w J = 2 X^\top (X w - y) + \lambda w$$",
    "a point beside a family": SVM
    + r"For a point $x_0$ let $x_p = x_0 - \frac{w^\top x_0 + b}{\|w\|^2} w$. Then $$ w^\top x_p + b = 0 $$",
    "labels": SVM + r"$$ y_i^2 = 1, \qquad y_i^3 = y_i $$",
    "a set that is named": SVM + r"The hyperplane $w^\top x_1 + b = 0$ is thin. $$ w^\top x_1 + b = b + x_1^\top w $$",
    "what is supposed of several": r"Let $u, v, w \in \mathbb{R}$ and $f = u v + w$. For $u = 2$, $v = 3$ and $w = 1$ this is "
    r"$$ f = 7 $$",
    "normal distributions": r"For $p = \mathcal N(m, S)$ and $q = \mathcal N(r, T)$ on $\mathbb{R}^d$ let "
    r"$D = (m - r)^\top T^{-1} (m - r)$. Then $$\nabla_m D = 2 T^{-1} (m - r)$$",
    "a constraint behind an objective": r"Let $A \in \mathbb{R}^{d\times d}$ be symmetric and $u \in \mathbb{R}^d$. We solve "
    r"$$ \max_u \; u^\top A u \quad \text{subject to} \quad u^\top u = 1. $$ With $c \in \mathbb{R}$ and "
    r"$L = u^\top A u - c (u^\top u - 1)$ we need $$ \frac{\partial L}{\partial u} = 2 A u - 2 c u = 0 $$ "
    r"and so $$ u^\top A u = c $$",
}


@pytest.mark.parametrize("name", sorted(RIGHT))
def test_read_and_proved(name: str, tmp_path: Path) -> None:
    found = [(result.word, result.statement) for result in judged(RIGHT[name], tmp_path)]
    assert found
    assert {word for word, _ in found} == {"proved"}, found


WRONG: dict[str, str] = {
    "a square beside an entrywise product": NETWORK + r"$$\frac{\partial \ell}{\partial a} = w \odot (1 + h^2)$$",
    "derivative of an inverse": MOVING + r"If $X = X(t)$, then $$\frac{d X^{-1}}{dt} = X^{-1} \frac{dX}{dt} X^{-1}$$",
    "derivative of a determinant": MOVING
    + r"Let $t \in \mathbb{R}$. $$\frac{d}{dt} \det X = 2 \det X \operatorname{tr}\left(X^{-1} \frac{dX}{dt}\right)$$",
    "differentials": MOVING + r"$$ d(X^{-1}) = X^{-1}\, dX\, X^{-1} $$",
    "a hyperparameter": KERNEL
    + r"$$\frac{\partial}{\partial\theta}\left(y^\top C^{-1} y\right) = y^\top C^{-1} \frac{\partial C}{\partial\theta} C^{-1} y$$",
    "an inverse by blocks": BLOCKS
    + rf"$${M}^{{-1}} = \begin{{pmatrix}} A^{{-1}} & -A^{{-1}}CS^{{-1}} \\ -S^{{-1}}C^\top A^{{-1}} & S^{{-1}} \end{{pmatrix}}$$",
    "names for blocks": BLOCKS
    + rf"$${M}^{{-1}} = \begin{{pmatrix}} P_{{11}} & P_{{12}} \\ P_{{21}} & P_{{22}} \end{{pmatrix}}$$ "
    r"Then $$ P_{22} = B^{-1} $$",
    "values of a kernel": GRAM + r"Hence $$ f(x_j) = 2 (K \alpha)_j $$",
    "a penalty": PENALTY + r"$$J(w) = \|X w - y\|^2 + \frac{\lambda}{2}\|w\|^2$$ "
    r"$$\nabla_w J = 2 X^\top (X w - y) + 2 \lambda w$$",
    "labels": SVM + r"$$ y_i^3 = 1 $$",
    "what is supposed of several": r"Let $u, v, w \in \mathbb{R}$ and $f = u v + w$. For $u = 2$, $v = 3$ and $w = 1$ this is "
    r"$$ f = 6 $$",
    "an update": r"Let $w, g \in \mathbb{R}^d$ and $\eta, c \in \mathbb{R}$. "
    r"$$ w \leftarrow w - \eta (g + c w) = (1 + \eta c) w - \eta g $$",
    "a solution of another name": r"Let $x_1, \dots, x_N \in \mathbb{R}$ and $s > 0$. Let $\lambda = 1 / s$ and "
    r"$$ f = \frac{N}{2} \log \lambda - \frac{\lambda}{2} \sum_{n=1}^N x_n^2 . $$ "
    r"$$ \frac{\partial f}{\partial \lambda} = \frac{N}{2 \lambda} - \frac12 \sum_{n=1}^N x_n^2 $$ "
    r"Setting this to zero gives $$ \hat s = \frac{2}{N} \sum_{n=1}^N x_n^2 $$",
}


@pytest.mark.parametrize("name", sorted(WRONG))
def test_read_and_refuted(name: str, tmp_path: Path) -> None:
    found = [(result.word, result.statement) for result in judged(WRONG[name], tmp_path)]
    assert [word for word, _ in found if word != "proved"] == ["refuted"], found


def test_a_missing_transpose_is_its_authors_mistake(tmp_path: Path) -> None:
    (*_, last) = judged(NETWORK + r"$$\frac{\partial \ell}{\partial x} = W (w \odot (1 - h^2))$$", tmp_path)
    assert last.word == "refuted"
    assert last.verdict.reason.startswith("shape: cannot multiply")  # type: ignore[union-attr]
    assert last.verdict.suggestion == r"W^T (w \odot (1 - h^2))"  # type: ignore[union-attr]


UNREAD: dict[str, str] = {
    "no slip mends it": NETWORK + r"$$\frac{\partial \ell}{\partial x} = W (w + h x)$$",
    "a shape that was only guessed": PENALTY + r"$$ q = X^\top y $$ $$ X^\top X w = X v $$",
    "a square that nothing makes entrywise": NETWORK + r"$$ h^2 = h $$",
    "a number and a vector": NETWORK + r"$$ 1 - h = - h + 1 $$",
    "a parameter that only a claim has": PENALTY + r"$$ \lambda \|w\|^2 = \lambda w^\top w $$",
    "a parameter of two shapes": PENALTY + r"$$ g = 2 \gamma $$ $$ \gamma + \gamma = 2 \gamma $$",
    "blocks that do not fit": BLOCKS + r"$$ \begin{pmatrix} A & C \\ C & B \end{pmatrix} = A $$",
    "what is supposed and cannot be read": r"Let $u \in \mathbb{R}$ and $f = u^2$. For $u = \operatorname{foo}(q)$ this becomes "
    r"$$ f = 7 $$",
}


@pytest.mark.parametrize("name", sorted(UNREAD))
def test_left_unread(name: str, tmp_path: Path) -> None:
    results = judged(UNREAD[name], tmp_path)
    assert results[-1].word == "unread", [(result.word, result.statement) for result in results]


def test_derivatives_that_are_zero_may_be_said_to_be(tmp_path: Path) -> None:
    """What does not depend on a number is no function of it just because its derivative is written."""
    (*_, last) = judged(r"Let $u, t \in \mathbb{R}$. $$\frac{\partial u}{\partial t} = 0$$", tmp_path)
    assert last.word == "proved"


@pytest.mark.parametrize(
    ("words", "bias", "none"),
    [
        ("If there is a bias $c \\in \\mathbb{R}^n$ in it, $z = X w + c$", "proved", "refuted"),
        ("If $z = c$ for some $c \\in \\mathbb{R}^n$", "refuted", "proved"),  # supposed, and forgotten
    ],
)
def test_a_definition_gets_more_terms_but_no_other_meaning(words: str, bias: str, none: str, tmp_path: Path) -> None:
    text = (
        r"Let $X \in \mathbb{R}^{n\times d}$, $w \in \mathbb{R}^d$ and $z = X w$. " + words + r", we think. Now "
        r"$$ z = X w + c $$ $$ z = X w $$"
    )
    assert [result.word for result in judged(text, tmp_path)][-2:] == [bias, none]


def test_a_property_is_not_said_of_what_comes_after_an_and(tmp_path: Path) -> None:
    text = (
        r"Here $A \in \mathbb{R}^{n\times n}$ is symmetric positive definite and $B \in \mathbb{R}^{n\times n}$ is square. "
        r"$$ A^\top = A $$ $$ B^\top = B $$"
    )
    assert [result.word for result in judged(text, tmp_path)] == ["proved", "refuted"]
