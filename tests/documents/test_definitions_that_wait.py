"""Equations that say what declared quantities are, with names that nothing has declared yet."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

LOSS = " Let $L = \\frac12 \\|o\\|^2$.\n"


@pytest.mark.parametrize(
    "layer",
    [
        "Let $h \\in \\mathbb{R}^m$ and $o \\in \\mathbb{R}^K$. We consider $o = V h + c$.",
        "Let $h \\in \\mathbb{R}^m$ and $o \\in \\mathbb{R}^K$. The output is $o = V h + c$.",
        "Let $h \\in \\mathbb{R}^m$ and $o \\in \\mathbb{R}^K$, with $o = V h + c$.",
        "We consider $o = V h + c$, where $h \\in \\mathbb{R}^m$ and $o \\in \\mathbb{R}^K$.",
        "Let $h \\in \\mathbb{R}^m$ and $o \\in \\mathbb{R}^K$. We consider\n$$o = V h + c.$$",
    ],
)
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial L}{\partial V} = o h^\top", "proved"),
        (r"\frac{\partial L}{\partial V} = h o^\top", "refuted"),
        (r"\frac{\partial L}{\partial c} = o", "proved"),
        (r"\frac{\partial L}{\partial c} = V h", "refuted"),
        (r"\frac{\partial L}{\partial h} = V^\top o", "proved"),
        (r"\frac{\partial L}{\partial h} = h - h", "refuted"),
    ],
)
def test_a_layer_whose_weights_come_later(layer: str, claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{layer}{LOSS}$${claim}$$")[-1] == verdict


@pytest.mark.parametrize("value", ["b", "c a", "a + b"])
def test_what_was_used_before_is_claimed(value: str, words: Judged) -> None:
    text = (
        "<!--: a, b \\in \\mathbb{R}^n ; c \\in \\mathbb{R} -->\n"
        f"Then $$a^\\top a \\ge 0.$$ It follows that $$a = {value}.$$"
    )
    assert words(text)[-1] != "proved"


@pytest.mark.parametrize("parameters", ["\\mu, \\Sigma", "\\mu_1, \\dots, \\mu_K, \\Sigma", "\\{\\mu_k\\}, \\Sigma"])
def test_a_letter_between_the_brackets_for_all_members(parameters: str, words: Judged) -> None:
    text = (
        f"Let $x_n \\in \\mathbb{{R}}^d$, $n = 1, \\dots, N$, and let $$Q({parameters}) = \\sum_{{n=1}}^N \\sum_{{k=1}}^K "
        "r_{nk} \\log \\mathcal{N}(x_n \\mid \\mu_k, \\Sigma).$$ Then\n"
    )
    slope = r"\frac{\partial Q}{\partial \mu_k} = \sum_{n=1}^N r_{nk} \Sigma^{-1} (x_n - \mu_k)"
    assert words(f"{text}$${slope}$$")[-1] == "proved"
    wrong = slope.replace(r"(x_n - \mu_k)", r"(\mu_k - x_n)")
    assert words(f"{text}$${wrong}$$")[-1] == "refuted"


def test_one_hot_targets_with_an_index(words: Judged) -> None:
    text = (
        "Let $o_t \\in \\mathbb{R}^K$. With $\\hat{y}_t = \\operatorname{softmax}(o_t)$ and one-hot targets "
        "$\\mathbf{y}_t$ the loss is $$L = -\\sum_{t=1}^T \\sum_{k=1}^K y_{t,k} \\log \\hat{y}_{t,k}.$$ Then "
    )
    assert words(f"{text}$$\\frac{{\\partial L}}{{\\partial o_t}} = \\hat{{y}}_t - \\mathbf{{y}}_t$$")[-1] == "proved"
    assert words(f"{text}$$\\frac{{\\partial L}}{{\\partial o_t}} = \\mathbf{{y}}_t - \\hat{{y}}_t$$")[-1] == "refuted"


def test_what_stands_before_one_hot_targets_is_not(words: Judged) -> None:
    text = "Let $p, y \\in \\mathbb{R}^K$ be predictions $p$ and one-hot targets $y$. Then $$\\sum_{k=1}^K p_k = 1.$$"
    assert words(text)[-1] != "proved"


def test_a_whole_vector_at_the_class_of_the_text(words: Judged) -> None:
    text = (
        "Let $\\mathbf{x} \\in \\mathbb{R}^d$, $W \\in \\mathbb{R}^{K \\times d}$, $\\mathbf{z} = W \\mathbf{x}$ and "
        "$$p_k = \\frac{e^{z_k}}{\\sum_{j=1}^K e^{z_j}}.$$ For a label $c \\in \\{1, \\dots, K\\}$ the targets are "
        "$q_k = (1 - \\epsilon) \\delta_{kc} + \\frac{\\epsilon}{K}$, and $$L = -\\sum_{k=1}^K q_k \\log p_k.$$ Then "
    )
    slope = "\\frac{\\partial L}{\\partial \\mathbf{x}} = W^\\top (\\mathbf{p} - \\mathbf{q})"
    assert words(f"{text}$${slope}$$")[-1] == "proved"
    wrong = slope.replace(r"- \mathbf{q}", r"+ \mathbf{q}")
    assert words(f"{text}$${wrong}$$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("bound", "verdict"), [("t < T", "proved"), ("t \\le T - 1", "proved"), ("t \\le T", "refuted")]
)
def test_where_an_index_counts_less(bound: str, verdict: str, words: Judged) -> None:
    assert words(f"<!--: index t = 1..T -->\nFor ${bound}$ we have $$T - t \\ge 1.$$")[-1] == verdict


def test_elsewhere_it_counts_all(words: Judged) -> None:
    assert (
        words("<!--: index t = 1..T -->\nFor $t < T$ we have $$T - t \\ge 1.$$ Always $$T - t \\ge 1.$$")[-1]
        == "refuted"
    )
