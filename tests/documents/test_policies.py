"""What words call a policy, a reward, or ``a softmax policy $\\pi_k = …$``: densities, numbers, and definitions."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

POLICY = (
    r"Let $\pi_\theta(a)$ be a policy over $K$ actions, differentiable in $\theta \in \mathbb{R}^m$, with rewards $r(a)$"
    r" and $J(\theta) = \sum_{a=1}^K \pi_\theta(a) r(a)$. "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\nabla_\theta J(\theta) = \sum_{a=1}^K \pi_\theta(a) r(a) \nabla_\theta \log \pi_\theta(a)", "proved"),
        (r"\nabla_\theta J(\theta) = \sum_{a=1}^K r(a) \nabla_\theta \log \pi_\theta(a)", "refuted"),
        (r"\sum_{a=1}^K \pi_\theta(a) = 1", "proved"),
        (r"\sum_{a=1}^K r(a) = 1", "refuted"),
        (r"\mathbb{E}_{a \sim \pi_\theta}[5 \nabla_\theta \log \pi_\theta(a)] = 0", "proved"),
        (r"\nabla_\theta \pi_\theta(a) = \pi_\theta(a) - \pi_\theta(a)", "refuted"),
    ],
)
def test_a_policy_is_a_density_of_its_first_argument(words: Judged, line: str, word: str) -> None:
    assert words(f"{POLICY}Then\n$${line}$$")[-1] == word


@pytest.mark.parametrize(
    "instead",
    [
        "be a policy that is not normalised, over",
        "be an unnormalised policy over",
        "be a bound on the policy over",
        "be the score of",
    ],
)
def test_what_is_not_called_a_policy_does_not_add_up_to_one(words: Judged, instead: str) -> None:
    text = POLICY.replace("be a policy over", instead)
    assert words(text + "Then\n" + r"$$\sum_{a=1}^K \nabla_\theta \pi_\theta(a) = 0$$")[-1] != "proved"


@pytest.mark.parametrize(
    ("begin", "line", "word"),
    [
        ("For a softmax policy", r"\frac{\partial \log p_k}{\partial h_l} = \delta_{kl} - p_l", "proved"),
        ("For a softmax policy", r"\frac{\partial \log p_k}{\partial h_l} = \delta_{kl} - p_k", "refuted"),
        ("With the softmax", r"\sum_{k=1}^K p_k = 1", "proved"),
        ("With the softmax", r"\sum_{k=1}^K p_k = 2", "refuted"),
    ],
)
def test_for_a_thing_that_is_called_so(words: Judged, begin: str, line: str, word: str) -> None:
    text = rf"{begin} $p_k = \frac{{e^{{h_k}}}}{{\sum_{{l=1}}^K e^{{h_l}}}}$ we have"
    assert words(f"{text}\n$${line}$$")[-1] == word


def test_for_a_thing_that_is_declared_nothing_is_defined(words: Judged) -> None:
    declared = r"<!--: index k, l = 1..K ; p_k > 0 ; h_k \in \mathbb{R} -->" + "\n"
    text = r"For a softmax policy $p_k = \frac{e^{h_k}}{\sum_{l=1}^K e^{h_l}}$ nothing changes, and always"
    assert (
        words(declared + text + "\n" + r"$$\frac{\partial p_k}{\partial h_l} = p_k (\delta_{kl} - p_k)$$")[-1]
        != "proved"
    )


GIVEN = (
    r"<!--: index a = 1..K ; index s = 1..S ; \theta \in \mathbb{R}^m ; c \in \mathbb{R} ;"
    r" function \pi_\theta(a | s) density positive ; function r(s, a) ; function v_\theta(a) positive -->" + "\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\sum_{a=1}^K \pi_\theta(a | s) \nabla_\theta \log \pi_\theta(a | s) = 0", "proved"),
        (r"\sum_{a=1}^K \nabla_\theta \log \pi_\theta(a | s) = 0", "refuted"),
        (r"\sum_{s=1}^S \pi_\theta(a | s) = 1", "refuted"),
        (
            r"\nabla_\theta \sum_{a=1}^K \pi_\theta(a | s) r(s, a) = \sum_{a=1}^K (r(s, a) - c) \nabla_\theta \pi_\theta(a | s)",
            "proved",
        ),
        (
            r"\nabla_\theta \sum_{a=1}^K \pi_\theta(a | s) r(s, a) = \sum_{a=1}^K (c - r(s, a)) \nabla_\theta \pi_\theta(a | s)",
            "refuted",
        ),
        (r"\sum_{a=1}^K v_\theta(a) = 1", "refuted"),  # of this one no such thing is declared
        (r"\sum_{a=1}^K \nabla_\theta v_\theta(a) = 0", "refuted"),
    ],
)
def test_probabilities_that_depend_on_a_parameter_are_tried_in_numbers(words: Judged, line: str, word: str) -> None:
    assert words(f"{GIVEN}$${line}$$")[-1] == word


SCORES = (
    r"The scores are $f_\theta(a)$ and $J = \sum_{a=1}^K f_\theta(a) r(a)$ for $\theta \in \mathbb{R}^m$. Then" + "\n"
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\nabla_\theta J = \sum_{a=1}^K r(a) \nabla_\theta f_\theta(a)", "proved"),
        (r"\nabla_\theta J = \sum_{a=1}^K \nabla_\theta f_\theta(a)", "refuted"),
        (r"\sum_{a=1}^K \nabla_\theta f_\theta(a) = 0", "refuted"),
    ],
)
def test_what_nothing_declares_varies_with_what_stands_below_its_name(words: Judged, line: str, word: str) -> None:
    assert words(f"{SCORES}$${line}$$")[-1] == word


def test_it_does_so_also_where_that_is_declared_later(words: Judged) -> None:
    text = (
        r"The sum of the scores is $J = \sum_{a=1}^K f_\theta(a) r(a)$."
        + "\n"
        + r"<!--: \theta \in \mathbb{R}^m -->"
        + "\n"
    )
    assert words(text + r"$$\nabla_\theta J = \sum_{a=1}^K \nabla_\theta f_\theta(a)$$")[-1] != "proved"
