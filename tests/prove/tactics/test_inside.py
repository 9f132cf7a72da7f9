r"""Optima at points that lie in an open domain only for some values: proved there, with that as a printed condition."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted, Verdict
from derive.render.latex import to_latex

WEIGHTS = r"index k, j = 1..K ; n_k nonnegative ; a_k > 0 ; p_k > 0"
MAP = r"$$ F(p) = \sum_{k=1}^K (n_k + a_k - 1) \log p_k $$ which subject to $\sum_k p_k = 1$ is %s by $$ p_k = %s . $$"
BEST = r"\frac{n_k + a_k - 1}{\sum_{j=1}^K (n_j + a_j - 1)}"


def judged(declared: str, text: str) -> Verdict:
    document = read_document(f"<!--: {declared} -->\n{text}")
    assert not document.unread
    return judge(document.derivation.claims[-1])


def printed(verdict: Verdict) -> list[str]:
    assert isinstance(verdict, Proved)
    return [to_latex(condition) for condition in verdict.conditions]


def test_the_mode_of_a_posterior() -> None:
    """Weights n_k + a_k - 1 may be negative; where all are positive the greatest value is at their shares."""
    conditions = printed(judged(WEIGHTS, MAP % ("maximised", BEST)))
    assert any("> 0" in each and "n_{k} + a_{k} - 1" in each for each in conditions)
    assert printed(judged(WEIGHTS + "; assume n_k + a_k > 1", MAP % ("maximised", BEST)))


@pytest.mark.parametrize(
    ("said", "point"),
    [
        ("minimised", BEST),
        ("maximised", r"\frac{n_k + a_k}{\sum_{j=1}^K (n_j + a_j)}"),
        ("maximised", r"\frac{n_k + a_k - 1}{\sum_{j=1}^K (n_j + a_j) - 1}"),
        ("maximised", r"\frac{n_k - a_k - 1}{\sum_{j=1}^K (n_j - a_j - 1)}"),
    ],
)
def test_what_is_no_optimum_inside_either(said: str, point: str) -> None:
    assert not isinstance(judged(WEIGHTS, MAP % (said, point)), Proved)


def test_a_domain_with_an_edge_has_its_optimum_there() -> None:
    """The least value of (x - b)^2 over x ≥ 0 is at max(b, 0), not at b."""
    text = r"$$ f(x) = (x - b)^2 $$ which is minimised at $$ x = b . $$"
    assert isinstance(judged(r"x \ge 0 ; b \in \mathbb{R}", text), Refuted)
    assert printed(judged(r"x > 0 ; b \in \mathbb{R}", text)) == ["b > 0"]


@pytest.mark.parametrize("point", ["-b", "-b^2", r"\frac{-1}{b^2}"])
def test_a_point_that_is_never_inside_is_no_optimum(point: str) -> None:
    text = rf"$$ f(x) = (x - ({point}))^2 $$ which is minimised at $$ x = {point} . $$"
    assert isinstance(judged(r"x, b > 0", text), Refuted)


def test_a_fact_about_one_index_says_nothing_of_the_others() -> None:
    one = r"index k = 1..K ; a_k \in \mathbb{R} ; n_k > 0 ; size K >= 2 ; assume a_1 + n_1 > 0"
    assert not isinstance(judged(one, r"$$ \sum_{k=1}^K (a_k + n_k) \ge 0 $$"), Proved)
    every = r"index k = 1..K ; a_k \in \mathbb{R} ; n_k > 0 ; assume a_k + n_k > 0"
    assert isinstance(judged(every, r"$$ \sum_{k=1}^K (a_k + n_k) n_k^2 \ge 0 $$"), Proved)
    assert not isinstance(judged(every, r"$$ \sum_{k=1}^K (a_k + n_k) a_k \ge 0 $$"), Proved)
    assert not isinstance(judged(every, r"$$ \sum_{k=1}^K \sum_{k=1}^K (a_k + 2 n_k - 1) \ge 0 $$"), Proved)


@pytest.mark.parametrize(
    ("point", "proved"),
    [
        (r"(W^\top W + a I)^{-1} W^\top x", True),
        (r"(W^\top W + I)^{-1} W^\top x", False),
        (r"\frac1a (W^\top W + a I)^{-1} W^\top x", False),
    ],
)
def test_a_gradient_with_a_factor_is_solved(point: str, proved: bool) -> None:
    """The gradient is (W'x - W'Wz)/a - z: zero where (W'W + a I) z = W'x."""
    declared = r"W \in \mathbb{R}^{d \times q} ; x \in \mathbb{R}^d ; z \in \mathbb{R}^q ; a > 0"
    objective = r"-\frac{1}{2a} \|x - W z\|^2 - \frac12 \|z\|^2"
    verdict = judged(declared, rf"$$ \nabla_z \left( {objective} \right) = 0 \Rightarrow z = {point} $$")
    assert isinstance(verdict, Proved) == proved
