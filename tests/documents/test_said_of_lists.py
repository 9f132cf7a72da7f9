"""What is said behind a display of the matrices in it, in a list; bounds on both sides of a new number in a display."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts

COST = r"""Let $x \in \mathbb{R}^n$, $u \in \mathbb{R}^m$, $A \in \mathbb{R}^{n \times n}$ and $B \in \mathbb{R}^{n \times m}$.
The cost is
$$C(u) = x^\top Q x + u^\top R u + (A x + B u)^\top P (A x + B u),$$
where %s.
The gradient is
$$\nabla_u C = 2 (R + B^\top P B) u + 2 B^\top P A x.$$
"""


@pytest.mark.parametrize(
    "said",
    [
        r"$Q, P$ are symmetric positive semidefinite and $R$ is symmetric positive definite",
        r"$Q$ and $P$ are symmetric, and $R$ is symmetric",
        r"$Q, P, R$ are symmetric",
    ],
)
def test_matrices_in_a_list_are_what_is_said_of_them(said: str) -> None:
    assert verdicts(COST % said)[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        r"$Q, P$ are not symmetric and $R$ is symmetric",
        r"$Q, P$ are square matrices and $R$ is symmetric",
        r"$Q$ and $R$ are symmetric",
        r"$P$ is square and $R$ is symmetric",
    ],
)
def test_nothing_is_said_of_the_others(said: str) -> None:
    """With a P that is not symmetric the gradient is another one."""
    assert verdicts(COST % said)[-1] == "refuted"


NAIVE = r"""Let $x_j \in \{0, 1\}$ for $j = 1, \dots, d$ and
$$q = \prod_{j=1}^d \theta_j^{x_j} (1 - \theta_j)^{1 - x_j}, \qquad 0 < \theta_j < 1.$$
Then
$$\log q = \sum_{j=1}^d \left( x_j \log \theta_j + (1 - x_j) \log (1 - \theta_j) \right).$$
"""


def test_a_new_number_between_two_bounds() -> None:
    assert any("0 < \\theta_j < 1" in note for note in notes(NAIVE))
    assert set(verdicts(NAIVE)) == {"proved"}
    assert "refuted" in verdicts(NAIVE.replace("+ (1 - x_j) \\log", "- (1 - x_j) \\log"))


def test_bounds_on_what_is_known_are_claims() -> None:
    assert verdicts(r"Let $x \in \mathbb{R}$. $$0 < x < 1$$").count("refuted") >= 1
    assert verdicts(r"Let $x > 0$ and $q = \frac{x}{1 + x}$. Then $$0 < q < 1.$$")[-1] == "proved"
    assert verdicts(r"Let $x > 0$ and $q = 1 + x$. Then $$0 < q < 1.$$")[-1] == "refuted"
