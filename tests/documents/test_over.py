"""What an optimum is taken over, and what a claim holds on, is supposed; what is claimed beside it is not."""

from __future__ import annotations

from tests.documents.test_by_powers import notes, verdicts

QUOTIENT = r"""Let $A \in \mathbb{R}^{m\times m}$ be symmetric. We maximise
$$ R(u) = \frac{u^T A u}{u^T u} $$
over all $u \ne 0$. Then $R(2u) = R(u)$ and $R(2u) = 2 R(u)$."""


def test_a_domain_is_no_claim() -> None:
    assert verdicts(QUOTIENT) == ["proved", "proved", "refuted"]
    among = QUOTIENT.replace("over all", "among the nonzero vectors")
    assert verdicts(among) == ["proved", "proved", "refuted"]


def test_a_claim_may_stand_on_a_part_of_the_line() -> None:
    text = r"Let $f(t) = t + \frac1t$ with $t \in \mathbb{R}$. "
    assert verdicts(text + r"Over $t > 0$, $f(t) \ge 2$.") == ["proved", "proved"]
    assert verdicts(text + r"We have $f(t) \ge 2$ over all $t > 0$.") == ["proved", "proved"]
    assert verdicts(text + r"Over $t < 0$, $f(t) \ge 2$.") == ["proved", "refuted"]


def test_a_claim_beside_a_place_is_judged() -> None:
    text = r"Let $t > 0$ and $f(t) = t + \frac1t$. It is least at $t = 1$, and $f(t) \ge 2$."
    assert verdicts(text) == ["proved", "proved", "proved"]
    assert verdicts(text.replace("t = 1$", "t = 2$")) == ["proved", "refuted", "proved"]
    assert verdicts(text.replace(r"\ge 2", r"\ge 3")) == ["proved", "proved", "refuted"]


def test_a_claim_behind_a_bound_is_no_further_bound() -> None:
    """``x^2 > 4`` is claimed; supposed, it would let what is false behind it pass."""
    text = r"For $x > 2$ we have $x - 2 > 0$ and $x < 1$ and $x = 5$."
    assert verdicts(text) == ["proved", "refuted", "refuted"]
    further = r"Let $x, y \in \mathbb{R}$. For $x > 2$ and $y > 3$ we have $x y > 6$."
    assert verdicts(further) == ["proved"]


def test_conclusions_in_a_row_define_nothing() -> None:
    text = r"""Let $p_k > 0$ and $a_k > 0$. The Lagrangian is
$$ L = \sum_{k=1}^K a_k \log p_k + \mu (1 - \sum_{k=1}^K p_k) $$
Setting $\frac{\partial L}{\partial p_k} = \frac{a_k}{p_k} - \mu$ to zero gives $p_k = \frac{a_k}{\mu}$ and $\mu = \sum_k a_k$."""
    assert verdicts(text) == ["proved"] * 4
    assert "\\mu \\in \\mathbb{R}" in notes(text)
    assert verdicts(text.replace(r"\mu = \sum_k a_k", r"\mu = \sum_k p_k"))[-1] != "proved"
