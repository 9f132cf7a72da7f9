"""What texts say of matrices, of classes and of special cases without saying it twice; and what they do not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

SOFT = r"Let $a_1, \dots, a_K \in \mathbb{R}$ and $p_k = \frac{e^{a_k}}{\sum_{j=1}^K e^{a_j}}$. "
ROWS = (
    r"Let $G \in \mathbb{R}^{n \times m}$, $h_1, \dots, h_n \in \mathbb{R}^d$, $q_1, \dots, q_m \in \mathbb{R}^d$ with "
    r"$H \in \mathbb{R}^{n \times d}$ and $Q \in \mathbb{R}^{m \times d}$, and let $$ F = \sum_{i=1}^n \sum_{j=1}^m "
    r"(g_{ij} - h_i^\top q_j)^2 . $$ "
)
SAID = {
    "rows of a matrix and entries by small letters": (
        ROWS + r"Then $$ F = \|G - H Q^\top\|_F^2 $$ $$ \nabla_H F = -2 (G - H Q^\top) Q $$ "
        r"$$ \nabla_{h_i} F = -2 \sum_{j=1}^m (g_{ij} - h_i^\top q_j) q_j $$ $$ \nabla_H F = 2 (G - H Q^\top) Q $$ "
        r"$$ \nabla_{h_i} F = -2 \sum_{j=1}^m g_{ij} q_j $$",
        "proved proved proved proved refuted refuted",
    ),
    "a square matrix has rows and columns": (
        r"Let $A \in \mathbb{R}^{n \times n}$ and $a_1, \dots, a_n \in \mathbb{R}^n$. Then "
        r"$$ \sum_{i=1}^n a_i a_i^\top = A^\top A . $$",
        "open",
    ),
    "a function of a matrix that is written with its rows": (
        r"Let $V \in \mathbb{R}^{n \times k}$ and $v_1, \dots, v_n \in \mathbb{R}^k$, where $V$ has rows $v_i^\top$, and "
        r"$$ R(V) = \sum_{i=1}^n \|v_i\|^2 . $$ Then $$ R(2 V) = 4 R(V) $$ $$ \nabla_{v_i} R = 2 v_i $$ $$ R(2 V) = R(V) $$",
        "proved proved proved refuted",
    ),
    "second derivatives in rows": (
        r"Let $W \in \mathbb{R}^{K \times d}$ have rows $w_1^\top, \dots, w_K^\top$, $x \in \mathbb{R}^d$, "
        r"$s_k = \frac{e^{w_k^\top x}}{\sum_{j=1}^K e^{w_j^\top x}}$ and $$ L = \log \sum_{k=1}^K e^{w_k^\top x} . $$ Then "
        r"$$ \nabla_{w_k} L = s_k x $$ $$ \frac{\partial^2 L}{\partial w_k \partial w_j^\top} = s_k (\delta_{kj} - s_j) x x^\top $$ "
        r"$$ \frac{\partial^2 L}{\partial w_k \partial w_j^\top} = s_k \delta_{kj} x x^\top $$",
        "proved proved proved proved refuted",
    ),
    "entries that are given": (
        r"Let $c_{nk} > 0$ for $n = 1, \dots, N$, $k = 1, \dots, K$, $r_{nk} = c_{nk}^2$, and let $C, R \in \mathbb{R}^{N \times K}$ "
        r"with $C_{nk} = c_{nk}$ and $R_{nk} = r_{nk}$. Then $$ \operatorname{tr}(C^\top C) = \mathbf{1}^\top R \mathbf{1} $$ "
        r"$$ \operatorname{tr}(C^\top C) = \mathbf{1}^\top C \mathbf{1} $$",
        "proved proved refuted",
    ),
    "a bold row of numbers": (
        r"Let $\mathbf{x}_n, \mathbf{a}_k \in \mathbb{R}^D$ and $$ p_{nk} = \frac{e^{\mathbf{a}_k^\top \mathbf{x}_n}}"
        r"{\sum_{j=1}^K e^{\mathbf{a}_j^\top \mathbf{x}_n}}, \quad n = 1, \dots, N, \quad k = 1, \dots, K . $$ Then "
        r"$$ \mathbf{1}^\top \mathbf{p}_n = 1 $$ $$ \mathbf{1}^\top \mathbf{p}_n = 2 $$",
        "proved proved refuted",
    ),
    "it is symmetric": (
        r"Let $x_1, \dots, x_n \in \mathbb{R}^d$ and $M \in \mathbb{R}^{n \times n}$ be the Gram matrix, "
        r"$M_{ij} = k(x_i, x_j)$; it is symmetric and positive semidefinite. Let $u \in \mathbb{R}^n$. Then "
        r"$$ M^\top = M $$ $$ u^\top M u \ge 0 $$ $$ u^\top M u > 0 $$",
        "proved proved refuted",
    ),
    "it is not symmetric": (
        r"Let $S \in \mathbb{R}^{n \times n}$. It is not symmetric. Then $$ S^\top = S $$",
        "open",
    ),
    "for any orthogonal matrix": (
        r"Let $U \in \mathbb{R}^{n \times k}$. For any orthogonal $Q \in \mathbb{R}^{k \times k}$ we have "
        r"$\|U Q\|_F^2 = \|U\|_F^2$. For any $T \in \mathbb{R}^{k \times k}$ we have $\|U T\|_F^2 = \|U\|_F^2$.",
        "proved refuted",
    ),
    "one-hot, said behind": (
        r"Let $\mathbf{t}_n \in \{0, 1\}^K$ be their one-hot labels, $n = 1, \dots, N$. Then "
        r"$$ \sum_{k=1}^K t_{nk} = 1 $$ and $$ \sum_{n=1}^N t_{nk} = 1 $$",
        "proved refuted",
    ),
    "not said to be one-hot": (
        r"Let $\mathbf{t}_n \in \{0, 1\}^K$, $n = 1, \dots, N$. Then $$ \sum_{k=1}^K t_{nk} = 1 $$",
        "refuted",
    ),
    "the true class": (
        SOFT + r"Let $t$ be one-hot with true class $c$. Then $$ - \sum_{k=1}^K t_k \log p_k = - \log p_c $$ "
        r"$$ \sum_{k=1}^K t_k p_k = p_c^2 $$",
        "proved proved refuted",
    ),
    "one size": (
        SOFT + r"For $K = 2$ we have $$ p_1 = \frac{1}{1 + e^{a_2 - a_1}} . $$ For $K = 2$ and $d = a_2 - a_1$ we get "
        r"$$ p_1 = \frac{1}{1 + e^{d}}, \quad p_1 = \frac{1}{1 + e^{-d}} . $$ In general $$ p_1 = \frac{1}{1 + e^{a_2 - a_1}} . $$",
        "proved proved proved proved refuted refuted",
    ),
    "what Moreover goes on with": (
        r"Let $A, B \in \mathbb{R}^{n \times n}$. If $A = B^\top$, then $$ A B = B^\top B . $$ Moreover $A^\top = B$. "
        r"In general $A^\top = B$.",
        "proved proved refuted",
    ),
    "divergences of numbers": (
        SOFT + r"Let $b_1, \dots, b_K \in \mathbb{R}$ and $q_k = \frac{e^{b_k}}{\sum_{j=1}^K e^{b_j}}$. Then "
        r"$$ \mathrm{KL}(q \| p) = \sum_{k=1}^K q_k \log \frac{q_k}{p_k} $$ "
        r"$$ \frac{\partial}{\partial a_k} D_{\mathrm{KL}}(q \,\|\, p) = p_k - q_k $$ "
        r"$$ \mathrm{KL}(q \| p) = \mathrm{KL}(p \| q) $$",
        "proved proved proved proved refuted",
    ),
    "an update with an index that is fixed": (
        r"Let $u_1, \dots, u_m, v_1, \dots, v_n \in \mathbb{R}^k$, $\eta > 0$, $c \in \mathbb{R}$, and for $i = 1, \dots, m$, "
        r"$j = 1, \dots, n$ let $e_{ij} = c - u_i^\top v_j$. $$ u_i^{+} = u_i + \eta e_{ij} v_j $$ "
        r"$$ u_i^{+} - u_i = \eta e_{ij} v_j $$ $$ u_i^{+} = u_i $$",
        "proved proved proved refuted",
    ),
    "one observation": (
        r"Let $y_1, \dots, y_n \in \mathbb{R}$ and $\mu_i = e^{y_i}$. For one observation with $y > 0$ let "
        r"$$ D(\mu) = y \log \mu - \mu . $$ Then $$ D'(\mu) = \frac{y}{\mu} - 1 $$ $$ D'(\mu) = \frac{y}{\mu} + 1 $$",
        "proved proved proved refuted",
    ),
    "an energy up to a constant": (
        r"Let $w \sim \mathcal{N}(0, a^{-1} I)$, $P \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $a > 0$. Up to a "
        r"constant the energy is $$ E(w) = \frac12 \|y - P w\|^2 + \frac{a}{2} w^\top w $$ with "
        r"$$ \nabla E(w) = a w - P^\top (y - P w) . $$ Also $$ \nabla E(w) = a w + P^\top (y - P w) . $$",
        "proved proved refuted",
    ),
    "what is minimised over": (
        r"Let $r_{ij}, c_j, b_i \in \mathbb{R}$, $i = 1, \dots, m$, $j = 1, \dots, n$. Minimising "
        r"$G = \frac12 \sum_{i,j} (r_{ij} - b_i - c_j)^2$ over $b_i$ gives $$ \frac{\partial G}{\partial b_i} = "
        r"-\sum_{j=1}^n (r_{ij} - b_i - c_j), \quad b_i = \frac1n \sum_{j=1}^n (r_{ij} - c_j) . $$ Minimising over $c_j$ gives "
        r"$$ \frac{\partial G}{\partial c_j} = -\sum_{i=1}^m (r_{ij} - b_i - c_j), \quad "
        r"c_j = \frac1n \sum_{i=1}^m (r_{ij} - b_i) . $$",
        "proved proved proved proved refuted",
    ),
    "nothing is minimised": (
        r"Let $r_j, b \in \mathbb{R}$, $j = 1, \dots, n$ and $G = \sum_{j=1}^n (r_j - b)^2$. Then "
        r"$$ \frac{\partial G}{\partial b} = -2 \sum_{j=1}^n (r_j - b), \quad b = \frac1n \sum_{j=1}^n r_j . $$",
        "proved proved refuted",
    ),
    "a function in terms of what its body is made of": (
        r"Let $x_1, \dots, x_N, w \in \mathbb{R}^d$, $y_n \in \mathbb{R}$, $a_n = w^\top x_n$, $p_n = e^{a_n}$ and "
        r"$$ f(w) = \sum_{n=1}^N (p_n - y_n a_n) . $$ Then $$ \frac{\partial f}{\partial a_n} = p_n - y_n $$ "
        r"$$ \frac{\partial f}{\partial a_n} = p_n $$",
        "proved proved proved proved refuted",
    ),
    "a function that is made of more": (
        r"Let $x_1, \dots, x_N \in \mathbb{R}^d$, $w \in \mathbb{R}^d$, $a_n = w^\top x_n$ and "
        r"$$ f(w) = \sum_{n=1}^N a_n^2 + w^\top w . $$ Then $$ \frac{\partial f}{\partial a_n} = 2 a_n $$",
        "proved proved unread",
    ),
    "a power of e beside the numbers e_ij": (
        r"Let $y_1, \dots, y_n \in \mathbb{R}^2$ and $e_{ij} = \|y_i - y_j\|^2$ for $i, j = 1, \dots, n$, and "
        r"$s_i = \sum_{k \neq i} e_{ik}$. Then $$ \sum_{k} e_{ik} = s_i $$ $$ e^{-e_{ij}} = \exp(-e_{ij}) $$ "
        r"$$ \sum_k e_{ik} = 2 s_i $$",
        "proved proved proved proved refuted",
    ),
    "a sum over pairs, or for each": (
        r"Let $e_{ij} > 0$ for $i, j = 1, \dots, n$ and $$ Z = \sum_{k \neq l} e_{kl} . $$",
        "unread",
    ),
    "marks below": (
        r"Let $S \in \mathbb{R}^{d \times d}$ be symmetric positive definite, $u \in \mathbb{R}^d$, $c > 0$. Put "
        r"$S_{+}^{-1} = S^{-1} + c u u^\top$. Then $$ S_{+} = S - \frac{c S u u^\top S}{1 + c u^\top S u} $$ "
        r"$$ S_{+} = S + \frac{c S u u^\top S}{1 + c u^\top S u} $$",
        "proved proved refuted",
    ),
    "vectors of families said behind": (
        r"Let $x_i \in \mathbb{R}^p$, $y_i \in \{0, 1, 2\}$, $b \in \mathbb{R}^p$, $m_i = e^{x_i^\top b}$, $i = 1, \dots, n$, "
        r"and $$ f(b) = \sum_{i=1}^n (y_i x_i^\top b - m_i) . $$ Then $$ \nabla f(b) = X^\top (y - m), $$ where "
        r"$X \in \mathbb{R}^{n \times p}$ has rows $x_i^\top$, $y = (y_1, \dots, y_n)^\top$ and $m = (m_1, \dots, m_n)^\top$. "
        r"But $$ \nabla f(b) = X^\top (y + m) . $$",
        "proved proved proved refuted",
    ),
}


@pytest.mark.parametrize(("text", "wanted"), SAID.values(), ids=SAID)
def test_what_is_said(text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    report = check_documents([str(path)], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    found = [result.word for result in report.results]
    assert len(found) == len(wanted.split())
    for word, expected in zip(found, wanted.split(), strict=True):
        assert word == expected or (expected == "open" and word in ("refuted", "undecided")), found
