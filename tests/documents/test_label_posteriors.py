r"""Behind ``p(z = k)`` and ``p(x | z = k)``, what a text writes of ``p(z = k | x)`` and ``p(x)`` is a claim."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = r"""<!--: index n = 1..N, k = 1..K ; \pi_k > 0 ; assume \sum_k \pi_k = 1 ; x, x_n, \mu_k \in \mathbb{R}^d -->
"""
MODELS = {
    "one label": (r"Let $p(z = k) = \pi_k$ and $p(x | z = k) = \mathcal{N}(x | \mu_k, I)$.", "z = k", "x"),
    "of each": (r"Let $p(z_n = k) = \pi_k$ and $p(x_n | z_n = k) = \mathcal{N}(x_n | \mu_k, I)$.", "z_n = k", "x_n"),
    "one-hot": (r"Let $p(z_k = 1) = \pi_k$ and $p(x | z_k = 1) = \mathcal{N}(x | \mu_k, I)$.", "z_k = 1", "x"),
    "drawn": (r"Let $z \sim \mathrm{Cat}(\pi)$ and $x | z = k \sim \mathcal{N}(\mu_k, I)$.", "z = k", "x"),
    "two letters": (r"Let $P(z = k) = \pi_k$ and $p(x | z = k) = \mathcal{N}(x | \mu_k, I)$.", "z = k", "x"),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"p({z} | {x}) = \frac{{\pi_k \mathcal{{N}}({x} | \mu_k, I)}}{{\sum_j \pi_j \mathcal{{N}}({x} | \mu_j, I)}}", "proved"),
        (r"p({z} | {x}) = \frac{{\mathcal{{N}}({x} | \mu_k, I)}}{{\sum_j \mathcal{{N}}({x} | \mu_j, I)}}", "refuted"),
        (r"p({z} | {x}) = \pi_k \mathcal{{N}}({x} | \mu_k, I)", "refuted"),
        (r"p({z}, {x}) = \pi_k \mathcal{{N}}({x} | \mu_k, I)", "proved"),
        (r"p({z}, {x}) = \mathcal{{N}}({x} | \mu_k, I)", "refuted"),
        (r"p({x}) = \sum_k \pi_k \mathcal{{N}}({x} | \mu_k, I)", "proved"),
        (r"p({x}) = \sum_k \mathcal{{N}}({x} | \mu_k, I)", "refuted"),
    ],
)  # fmt: skip
def test_by_the_rule_of_bayes(words: Judged, model: str, line: str, word: str) -> None:
    said, label, seen = MODELS[model]
    assert words(f"{DECLARED}{said} Then $${line.format(z=label, x=seen)}.$$")[-1] == word


TWO = r"""<!--: x, \mu_0, \mu_1 \in \mathbb{R}^d ; \phi \in (0, 1) -->
"""
LIKELIHOODS = r"$p(x | y = 0) = \mathcal{N}(x | \mu_0, I)$ and $p(x | y = 1) = \mathcal{N}(x | \mu_1, I)$"
PRIORS = (
    rf"Let $p(y = 1) = \phi$ and $p(y = 0) = 1 - \phi$, with {LIKELIHOODS}.",
    rf"Let $p(y = 1) = \phi$, with {LIKELIHOODS}.",
    rf"Let $y \sim \mathrm{{Bernoulli}}(\phi)$, with {LIKELIHOODS}.",
    r"Let $y \sim \mathrm{Ber}(\phi)$, $x | y = 0 \sim \mathcal{N}(\mu_0, I)$ and $x | y = 1 \sim \mathcal{N}(\mu_1, I)$.",
)


@pytest.mark.parametrize("said", PRIORS)
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"p(y = 1 | x) = \frac{\phi p(x | y = 1)}{\phi p(x | y = 1) + (1 - \phi) p(x | y = 0)}", "proved"),
        (r"p(y = 1 | x) = \frac{p(x | y = 1)}{p(x | y = 1) + p(x | y = 0)}", "refuted"),
        (r"p(y = 0 | x) = \frac{\phi p(x | y = 0)}{\phi p(x | y = 1) + (1 - \phi) p(x | y = 0)}", "refuted"),
        (r"p(x) = \phi p(x | y = 0) + (1 - \phi) p(x | y = 1)", "refuted"),
    ],
)
def test_two_labels(words: Judged, said: str, line: str, word: str) -> None:
    assert words(f"{TWO}{said} Then $${line}.$$")[-1] == word


MIXTURE = r"The mixture is $p(x) = \sum_{k=1}^K \pi_k \mathcal{N}(x | \mu_k, I)$. "


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"p(z = k | x) = \frac{\pi_k \mathcal{N}(x | \mu_k, I)}{p(x)}", "proved"),
        (r"p(z = k | x) = \frac{\mathcal{N}(x | \mu_k, I)}{p(x)}", "refuted"),
        (r"\gamma_{nk} = p(z_n = k | x_n) = \frac{\pi_k \mathcal{N}(x_n | \mu_k, I)}{\sum_j \pi_j \mathcal{N}(x_n | \mu_j, I)}", "proved"),
        (r"\gamma_{nk} = p(z_n = k | x_n) = \frac{\mathcal{N}(x_n | \mu_k, I)}{\sum_j \mathcal{N}(x_n | \mu_j, I)}", "refuted"),
    ],
)  # fmt: skip
def test_a_mixture_alone(words: Judged, line: str, word: str) -> None:
    assert words(f"{DECLARED}{MIXTURE}The posterior is $${line}.$$")[-1] == word


@pytest.mark.parametrize(
    "said",
    [
        r"Let $p(z = k) = \pi_k$.",
        r"Let $p(x | z = k) = \mathcal{N}(x | \mu_k, I)$.",
        r"Let $q(z = k) = \pi_k$ and $p(x | z = k) = \mathcal{N}(x | \mu_k, I)$.",
        r"Let $p(y = k) = \pi_k$ and $p(x | z = k) = \mathcal{N}(x | \mu_k, I)$.",
        r"Let $p(z = k) = \pi_k$ and $p(x | z = k, w) = \mathcal{N}(x | w \mu_k, I)$ with $w > 0$.",
    ],
)
def test_what_does_not_tell_it(words: Judged, said: str) -> None:
    """Then a posterior is what the text says that it is, and no more is claimed of it."""
    line = r"p(z = k | x) = \frac{\mathcal{N}(x | \mu_k, I)}{\sum_j \mathcal{N}(x | \mu_j, I)}"
    assert words(f"{DECLARED}{said} Write $${line}.$$")[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [
        r"Now let $p(x) = \mathcal{N}(x | m, I)$.",
        "\n\n## Another model\n\n" + r"A normal vector has the density $$p(x) = \mathcal{N}(x | m, I).$$",
    ],
)
def test_another_model(words: Judged, said: str) -> None:
    model = MODELS["one label"][0]
    assert words(rf"{DECLARED}<!--: m \in \mathbb{{R}}^d --> {model} {said}")[-1] == "proved"


MASS = r"""<!--: x, \mu_0, \mu_1 \in \mathbb{R}^d ; \phi \in (0, 1) -->
We model $p(y) = \phi^y (1 - \phi)^{1 - y}$, $p(x | y = 0) = \mathcal{N}(x | \mu_0, I)$ and $p(x | y = 1) = \mathcal{N}(x | \mu_1, I)$. By Bayes' rule,
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"p(y = 1 | x) = \frac{p(x | y = 1) p(y = 1)}{p(x | y = 1) p(y = 1) + p(x | y = 0) p(y = 0)}", "proved"),
        (r"p(y = 1 | x) = \frac{p(x | y = 0) p(y = 1)}{p(x | y = 1) p(y = 1) + p(x | y = 0) p(y = 0)}", "refuted"),
        (r"p(y = 0 | x) = \frac{p(x | y = 1) \phi}{\phi p(x | y = 1) + (1 - \phi) p(x | y = 0)}", "refuted"),
        (r"p(x) = \phi p(x | y = 1) + (1 - \phi) p(x | y = 0)", "proved"),
        (r"p(x) = \phi p(x | y = 1) - (1 - \phi) p(x | y = 0)", "refuted"),
        (r"p(x) = \phi p(x | y = 0) + (1 - \phi) p(x | y = 1)", "refuted"),
    ],
)
def test_one_formula_for_both_values_of_a_label(words: Judged, line: str, word: str) -> None:
    assert words(f"{MASS}$${line}$$")[-1] == word
    later = (
        MASS + r"$$p(y = 1 | x) = \frac{\phi p(x | y = 1)}{\phi p(x | y = 1) + (1 - \phi) p(x | y = 0)}$$" + "\nAlso"
    )
    assert words(f"{later} $${line}$$")[-1] == word
