"""What nouns, factors and places say of names that nothing declares; and what they must not be taken to say."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

SAID = {
    "how many points": (
        r"Let $W \in \mathbb{R}^{d \times q}$. For $N$ points $L = \frac{N}{2} \operatorname{tr}(W W^\top)$. "
        r"Then $\nabla_W L = N W$ and $\nabla_W L = 2 N W$.",
        "proved proved refuted",
    ),
    "a list of rewards": (
        r"Let $\theta \in \mathbb{R}^K$ and $\pi_a = \frac{\exp(\theta_a)}{\sum_{b=1}^K \exp(\theta_b)}$. The rewards "
        r"are $r_1, \dots, r_K$. Let $V = \sum_{a=1}^K \pi_a r_a$. "
        r"Then $$ \frac{\partial V}{\partial \theta_c} = \pi_c (r_c - V) $$ $$ \sum_{a=1}^K \pi_a r_a = 1 $$",
        "proved proved proved refuted",
    ),
    "entries of a vector": (
        r"Let $p_1, \dots, p_K > 0$. For a vector $v$ with entries $v_k$, $\sum_{k=1}^K p_k v_k^2 \ge 0$. "
        r"Then $\sum_{k=1}^K p_k v_k \ge 0$.",
        "proved refuted",
    ),
    "the mutual information": (
        r"Let $p_1, \dots, p_n > 0$ with $\sum_{i=1}^n p_i = 1$. Let $$ I = -\sum_{i=1}^n p_i \log p_i . $$ "
        r"Then $2 I = -\sum_{i=1}^n p_i \log p_i^2$ and $I = \sum_{i=1}^n p_i \log p_i$.",
        "proved proved refuted",
    ),
    "an interval behind a function": (
        r"The entropy is $h(u) = -u \log u - (1-u) \log (1-u)$, where $u \in (0, 1)$. "
        r"Then $$h'(u) = \log \frac{1-u}{u}$$ and $$h'(u) = \log \frac{u}{1-u}.$$",
        "proved proved refuted",
    ),
    "a rate before a bracket": (
        r"Let $w, g \in \mathbb{R}^d$. Then $$ w - \eta (g + \lambda w) = (1 - \eta \lambda) w - \eta g $$ and "
        r"$$ w - \eta (g + \lambda w) = (1 + \eta \lambda) w - \eta g. $$",
        "proved refuted",
    ),
    "a function is no rate": (r"Let $w, g \in \mathbb{R}^d$. Then $$ f(w + g) = f w + f g. $$", "unread"),
    "what is transposed is no rate": (
        r"Let $w \in \mathbb{R}^d$ and $A \in \mathbb{R}^{d \times d}$. Then $$ \alpha w = w \alpha, "
        r"\qquad A \alpha^\top = A \alpha $$",
        "unread unread",
    ),
    "the minimiser": (
        r"Given $s_1, \dots, s_n > 0$ let $B(t) = \frac1n \sum_{i=1}^n (s_i - t)^2$. "
        r"Since $B'(t) = -\frac2n \sum_{i=1}^n (s_i - t)$, the minimiser is $t = \frac1n \sum_{i=1}^n s_i$.",
        "proved proved proved",
    ),
    "no minimiser": (
        r"Given $s_1, \dots, s_n > 0$ let $B(t) = \frac1n \sum_{i=1}^n (s_i - t)^2$. "
        r"Since $B'(t) = -\frac2n \sum_{i=1}^n (s_i - t)$, the minimiser is $t = \sum_{i=1}^n s_i$.",
        "proved proved refuted",
    ),
    "the maximiser, and why": (
        r"Let $a, b > 0$ and $u \in (0, 1)$. We have $$\frac{d}{du}[u^a(1-u)^b] = u^{a-1}(1-u)^{b-1}(a(1-u) - bu)$$ "
        r"and the maximiser is $u = \frac{a}{a+b}$, where $a(1-u) - bu = 0$.",
        "proved proved proved",
    ),
    "a special case": (
        r"Let $p, q \in \mathbb{R}^k$, $\lambda > 0$, $\eta \in \mathbb{R}$ and $f = \lambda p^\top q$. "
        r"With $\lambda = 1$, we have $$ f = p^\top q. $$ In general $$ f = p^\top q. $$",
        "proved proved refuted",
    ),
    "a number has no entries": (
        r"We factorise ratings $r_{ui}$ ($u = 1,\dots,U$, $i = 1, \dots, I$) as $p_u^\top q_i$ with $p_u, q_i \in "
        r"\mathbb{R}^k$. $$ L = \sum_{u=1}^U \sum_{i=1}^I (r_{ui} - p_u^\top q_i)^2 $$ $$ \nabla_{p_u} L = -2 "
        r"\sum_{i=1}^I (r_{ui} - p_u^\top q_i) q_i $$"
        + "\n\n## One rating\nNow let $r \\in \\mathbb{R}$. Then $r^2 \\ge 0$.",
        "proved proved proved",
    ),
    "a space of a later section": (
        "## One\nLet $A \\in \\mathbb{R}^{n\\times n}$ be symmetric and $b \\in \\mathbb{R}^n$. Then "
        "$\\nabla_x (x^\\top A x - b^\\top x) = 2 A x - b$.\n\n## Two\nLet $x \\in \\mathbb{R}^d$. Then $x^\\top x \\ge 0$.",
        "proved proved",
    ),
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_words_and_places_say(name: str, tmp_path: Path) -> None:
    text, wanted = SAID[name]
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    report = check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    assert [result.word for result in report.results] == wanted.split()
