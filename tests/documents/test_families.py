"""Families of numbers that nothing declares are read as numbers where nothing else would do; max and min of two."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

SAID = {
    "counts in a likelihood": (
        r"The log-likelihood is $$ f = \sum_{k=1}^K n_k \log \theta_k $$ and "
        r"$$ \frac{\partial f}{\partial \theta_k} = \frac{n_k}{\theta_k} $$ and "
        r"$$ \frac{\partial f}{\partial \theta_k} = \frac{\theta_k}{n_k} $$",
        "proved proved refuted",
    ),
    "what they add up to is given": (
        r"A die with $K$ faces is thrown $N$ times; face $k$ comes up $n_k$ times, so $\sum_{k=1}^K n_k = N$. Then "
        r"$$ \sum_{k=1}^K \frac{n_k}{N} = 1 $$ and $$ \sum_{k=1}^K 2 n_k = N $$",
        "proved proved refuted",
    ),
    "two indices": (
        r"Let $\lambda \in \mathbb{R}^K$ and $s_y = \sum_{k=1}^K \lambda_k F_{yk}$. With $Z = \sum_{y=1}^M e^{s_y}$, "
        r"$$ \frac{\partial Z}{\partial \lambda_k} = \sum_{y=1}^M e^{s_y} F_{yk} $$ and "
        r"$$ \frac{\partial Z}{\partial \lambda_k} = \sum_{y=1}^M e^{s_y} $$",
        "proved proved proved refuted",
    ),
    "vectors beside a vector are no numbers": (
        r"Let $w \in \mathbb{R}^d$ and $$ f = \sum_{n=1}^N (w^\top x_n)^2 . $$ Then "
        r"$$ \nabla_w f = 2 \sum_{n=1}^N (w^\top x_n) x_n $$",
        "proved proved",
    ),
    "what may be either is neither": (
        r"Let $w \in \mathbb{R}^d$ and $$ f = \sum_{n=1}^N \|w - x_n\|^2 . $$ Let $$ g = \sum_{n=1}^N z_n . $$",
        "proved unread",
    ),
    "a transposed member is no number": (
        r"Let $s \in \mathbb{R}$. Then $$ \sum_{n=1}^N a_n^\top a_n = \sum_{n=1}^N a_n a_n $$",
        "unread",
    ),
    "the greater of two": (
        r"Let $s \in \mathbb{R}$ and $\psi(s) = \max(s, 0.1 s)$. Then $\psi(s) = s$ for $s \ge 0$, and for $s < 0$, "
        r"$\psi(s) = s$.",
        "proved proved refuted",
    ),
    "both of two": (
        r"Let $a, b \in \mathbb{R}$. Then $\max(a, b) + \min(a, b) = a + b$ and $\max(a, b) = \min(a, b)$.",
        "proved refuted",
    ),
    "vectors have no greater one": (
        r"Let $a, b \in \mathbb{R}^d$. Then $$ \max(a, b) + \min(a, b) = a + b $$",
        "unread",
    ),
    "a score that vanishes": (
        r"Let $z_1, \dots, z_K \in \mathbb{R}$ and $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$, and so the score vanishes: "
        r"$$ \sum_{c=1}^K p_c (\delta_{ck} - p_k) = 0 $$ but $$ \sum_{c=1}^K p_c (\delta_{ck} + p_k) = 0 $$",
        "proved proved refuted",
    ),
    "a gradient that vanishes at the optimum": (
        r"Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$ and $f(w) = \|Xw - y\|^2$. Since the "
        r"gradient vanishes at the optimum, we have $$ X^\top (X w - y) = 0 $$ and so $$ w = (X^\top X)^{-1} X^\top y. $$",
        "proved proved proved",
    ),
    "where a gradient vanishes": (
        r"Let $c, m \in \mathbb{R}$ and $t > 0$. The gradient of $J(x) = c x - m x - \frac{t}{2} x^2$ is "
        r"$$ J'(x) = c - m - t x , $$ which vanishes where $x = \frac{c - m}{t}$. It vanishes where $x = \frac{c + m}{t}$.",
        "proved proved proved refuted",
    ),
    "a name with a mark is where a gradient vanishes": (
        r"Let $c, m \in \mathbb{R}$ and $t > 0$. The gradient of $J(x) = c x - m x - \frac{t}{2} x^2$ is "
        r"$$ J'(x) = c - m - t x . $$ It vanishes at $$ \hat x = \frac{c + m}{t} . $$ It vanishes at $x^* = \frac{c - m}{t}$.",
        "proved proved refuted proved",
    ),
    "a name with a mark that no derivative was taken in": (
        r"Let $c, m \in \mathbb{R}$ and $t > 0$. The gradient of $J(x) = c x - \frac{t}{2} x^2$ is $$ J'(x) = c - t x . $$ "
        r"It vanishes at $$ \hat m = c + 1 . $$",
        "proved proved proved",
    ),
    "a bound of what is made of other defined quantities": (
        "<!--: index i, j = 1..n ; a_i, b_i \\in \\mathbb{R}^m -->\n"
        r"Let $u_{ij} = a_i^\top b_j$ and $L = -\frac1n \sum_{i=1}^n \log\frac{e^{u_{ii}}}{\sum_j e^{u_{ij}}}$. "
        r"Then $L \ge 0$, and $L \ge 1$.",
        "proved proved proved refuted",
    ),
    "a bound that is known": (
        "<!--: index k = 1..K ; p_k > 0 ; n_k > 0 -->\n"
        r"Weights, where $p_k > 0$ for each $k$. Put $$ F(p) = \sum_{k=1}^K n_k \log p_k , $$ which under $\sum_k p_k = 1$ is "
        r"maximised by $$ p_k = \frac{n_k}{\sum_{j=1}^K n_j} . $$",
        "proved proved proved",
    ),
    "a function that is called e": (
        r"Let $k, w \in \mathbb{R}^n$ and $t > 0$. Put $$ e(w) = t - 2 w^\top k + w^\top w . $$ Then $\nabla e(w) = 2 w - 2 k$, "
        r"$e(k) = t - k^\top k$ and $e(k) = t + k^\top k$. As before $e^t > 0$.",
        "proved proved proved refuted proved",
    ),
    "a multiplier for a constraint": (
        r"Let $c_1, \dots, c_K > 0$, $s = \sum_{k=1}^K c_k$ and $Q = \sum_{k=1}^K c_k \log p_k$. With the multiplier $a$ for "
        r"$\sum_k p_k = 1$, $$ \frac{\partial}{\partial p_k} \left( Q - a \sum_{k=1}^K p_k \right) = \frac{c_k}{p_k} - a . $$ "
        r"Setting it to zero and summing over $k$ gives $a = s$ and $$ p_k = \frac{c_k}{s} . $$ So $$ p_k = c_k . $$",
        "proved proved proved proved proved refuted",
    ),
    "under an equation": (
        r"Let $s, t > 0$ and $m \in \mathbb{R}$. Put $$ K = \log\frac{t}{s} + \frac{s^2 + m^2}{2 t^2} - \frac12 . $$ "
        r"For $s = t$ we have $K = \frac{m^2}{2 t^2}$. For $s = t$ we have $K = \frac{m^2}{t^2}$.",
        "proved proved refuted",
    ),
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_is_declared_nowhere(name: str, tmp_path: Path) -> None:
    text, wanted = SAID[name]
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    report = check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    assert [result.word for result in report.results] == wanted.split()
