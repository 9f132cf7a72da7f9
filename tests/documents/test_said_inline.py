"""What running text gives of quantities: weights that sum to one, residuals to consider, a claim behind a colon, the range
over which a density is normalised."""

from __future__ import annotations

from tests.documents.test_by_powers import notes, verdicts

CLUSTERS = r"""Given points $x_1, \ldots, x_n \in \mathbb{R}^d$ and centres $\mu_1, \ldots, \mu_K \in \mathbb{R}^d$, let
$$J = \sum_{i=1}^n \sum_{k=1}^K r_{ik} \|x_i - \mu_k\|^2$$
where $r_{ik} \in \{0, 1\}$ says whether $i$ is in cluster $k$, so that $\sum_{k=1}^K r_{ik} = 1$. Let
$n_k = \sum_{i=1}^n r_{ik}$ be the size of a cluster.

The sizes add up to the number of points: $\sum_{k=1}^K n_k = n$.
"""


def test_assignments_sum_to_one_as_given() -> None:
    assert set(verdicts(CLUSTERS)) == {"proved"}


def test_only_a_sum_to_one_over_one_index_is_given() -> None:
    for wrong in (
        r"so that $\sum_{k=1}^K r_{ik} = 2$",
        r"so that $\sum_{k=1}^K r_{ik}^2 = 3$",
        r"so that $\sum_{k=1}^K 2 r_{ik} = 1$",
    ):
        assert "refuted" in verdicts(CLUSTERS.replace(r"so that $\sum_{k=1}^K r_{ik} = 1$", wrong)), wrong


def test_what_is_defined_is_not_given() -> None:
    """Weights with a formula of their own are claimed to sum to one."""
    text = r"""Let $a_{ik} > 0$ for $i = 1, \ldots, n$ and $k = 1, \ldots, K$, and
$$q_{ik} = \frac{a_{ik}}{\sum_{j=1}^K a_{ij}}$$
so that $\sum_{k=1}^K q_{ik} = 1$.
"""
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("so that $\\sum_{k=1}^K q_{ik}", "so that $\\sum_{i=1}^n q_{ik}"))[-1] == "refuted"


def test_a_claim_behind_a_colon_is_judged() -> None:
    assert verdicts(CLUSTERS.replace(r"\sum_{k=1}^K n_k = n$", r"\sum_{k=1}^K n_k = 2 n$"))[-1] == "refuted"
    assert verdicts(CLUSTERS.replace("to the number of points: $", "to this number in the end: $"))[-1] == "proved"


RESIDUALS = r"""Let $x_i \in \mathbb{R}^p$, $y_i \in \mathbb{R}$ for $i = 1, \dots, n$, and consider the residuals
$e_i = y_i - x_i^\top \beta$ and the risk
$$R(\beta) = \sum_{i=1}^n e_i^2.$$
Its gradient is
$$\nabla R(\beta) = -2 \sum_{i=1}^n e_i x_i.$$
"""


def test_residuals_to_consider_are_defined() -> None:
    assert set(verdicts(RESIDUALS)) == {"proved"}
    assert verdicts(RESIDUALS.replace("= -2", "= 2"))[-1] == "refuted"


def test_a_case_to_consider_is_no_definition() -> None:
    text = r"Let $f(x) = x^2 + b$ with $x, b \in \mathbb{R}$. Consider the case $b = 3$. $$f(x) = x^2 + 3$$"
    assert "proved" not in verdicts(text)[1:]


PRIOR = r"""Let $0 < \theta < 1$. With a prior $p(\theta) \propto \theta^{a - 1} (1 - \theta)^{b - 1}$, where $a, b > 0$,
$$\log p(\theta) - (a - 1) \log \theta - (b - 1) \log (1 - \theta) = \log p(\tfrac12) + (a + b - 2) \log 2$$
"""


def test_a_density_is_normalised_over_what_its_variable_may_be() -> None:
    assert any("\\int_0^1" in note for note in notes(PRIOR))


def test_a_range_that_is_no_number_leaves_it_unread() -> None:
    other = PRIOR.replace("$0 < \\theta < 1$", "$c > 0$ and $0 < \\theta < c$")
    assert not any("\\int" in note for note in notes(other))
