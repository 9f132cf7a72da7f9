"""What a section gives further on, or has given under another spelling: forms, operators, objectives, random numbers."""

from __future__ import annotations

from tests.documents.test_by_powers import notes, verdicts

BOUND = r"""The bound is $\mathcal{B} = \mathbb{E}_{r(h)}[\log f(y \mid h)] - \mathrm{KL}(r(h) \| f(h))$ with
$r(h) = \mathcal{N}(h; m, v^2)$ and $f(h) = \mathcal{N}(h; 0, 1)$.

1. We have $\mathrm{KL}(r \| f) = \frac12 (m^2 + v^2 - 1 - \log v^2)$.
2. Hence $\frac{\partial \mathrm{KL}}{\partial m} = m$ and $\frac{\partial \mathrm{KL}}{\partial v} = v - \frac1v$.
3. Let $f(y \mid h) = \mathcal{N}(y; c h, t^2)$ with $t > 0$.
4. Setting the derivatives of $\mathcal{B}$ with respect to $m$ and $v^2$ to zero we get
   $$m = \frac{c y}{c^2 + t^2}, \qquad v^2 = \frac{t^2}{c^2 + t^2}.$$
5. With $h = m + v \eta$, $\eta \sim \mathcal{N}(0,1)$, we have $\mathbb{E}[h^2] = m^2 + v^2$.
"""


def test_a_bound_that_is_given_piece_by_piece() -> None:
    assert "unread" not in verdicts(BOUND)
    assert set(verdicts(BOUND)) == {"proved"}
    assert "solving \\partial \\mathcal{B} / \\partial m = 0" in notes(BOUND)
    assert "let \\mathrm{KL} := \\mathrm{KL}(r \\| f)" in notes(BOUND)


def test_its_mistakes_are_found() -> None:
    for right, wrong in (
        (r"v - \frac1v", r"v + \frac1v"),
        (r"m = \frac{c y}", r"m = \frac{y}"),
        (r"v^2 = \frac{t^2}", r"v^2 = \frac{c^2}"),
        (r"[h^2] = m^2 + v^2", r"[h^2] = m^2"),
    ):
        assert verdicts(BOUND.replace(right, wrong)).count("refuted") == 1, wrong


def test_an_operator_of_two_values_has_none() -> None:
    """``KL`` alone is nothing where the section speaks of two divergences."""
    two = BOUND.replace(
        "2. Hence", r"   And $\mathrm{KL}(f \| r) = \frac12 (\frac{1 + m^2}{v^2} - 1 + \log v^2)$." + "\n2. Hence"
    )
    assert "unread" in verdicts(two)


def test_a_sum_of_derivatives_of_any_function() -> None:
    text = r"""For $v \in \mathbb{R}^T$ let $a = \frac{1}{T} \sum_{t=1}^T v_t$ and $c_t = v_t - a$, $o_t = h_t c_t$. Then
\[ \frac{\partial E}{\partial c_t} = h_t \frac{\partial E}{\partial o_t}. \]
"""
    zero = text + r"Adding these up we obtain $\sum_{s=1}^T \frac{\partial E}{\partial v_s} = 0$."
    assert "opaque E depends on o_t" in notes(zero)
    assert verdicts(zero)[-2:] == ["proved", "proved"]
    assert verdicts(zero.replace("v_s} = 0", "c_s} = 0"))[-1] == "refuted"
    assert verdicts(zero.replace("v_s} = 0", "q_s} = 0"))[-1] == "unread"
