r"""``Maximising $\ell$ with respect to $\mu$ gives $$\mu = …$$``: there its derivative is zero."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GAUSSIAN = r"""<!--: index n = 1..N ; x_n, \mu \in \mathbb{R} ; \sigma > 0 -->
The log-likelihood is
$$\ell(\mu, \sigma^2) = -\frac{1}{2 \sigma^2} \sum_{n=1}^N (x_n - \mu)^2 - \frac{N}{2} \ln \sigma^2.$$
"""
MEAN, WRONG = r"\frac{1}{N} \sum_{n=1}^N x_n", r"\frac{1}{N-1} \sum_{n=1}^N x_n"


@pytest.mark.parametrize("name", [r"\mu", r"\hat\mu", r"\mu_{\mathrm{ML}}"])
@pytest.mark.parametrize(
    "said",
    [
        r"Maximising with respect to $\mu$ gives the sample mean",
        r"Maximizing $\ell$ over $\mu$ yields",
        r"Maximisation with respect to $\mu$ leads to",
        r"If we maximise the log-likelihood over $\mu$, we obtain",
        r"The maximum likelihood estimate of $\mu$ is",
        r"Hence the MLE is",
        r"The maximiser is",
    ],
)
def test_an_optimum_is_where_the_derivative_is_zero(said: str, name: str, words: Judged) -> None:
    assert words(f"{GAUSSIAN}{said}\n$${name} = {MEAN}.$$")[-1] == "proved"
    assert words(f"{GAUSSIAN}{said}\n$${name} = {WRONG}.$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"Maximising over $\mu$ subject to $\mu \ge 2$ gives",
        r"We do not maximise over $\mu$. Yet we have",
        r"Let us maximise it with respect to $\mu$. Before that,",
        r"The maximiser under the constraint is",
    ],
)
def test_other_words_set_nothing_to_zero(said: str, words: Judged) -> None:
    assert words(f"{GAUSSIAN}{said}\n$$\\mu = {MEAN}.$$")[-1] != "proved"


@pytest.mark.parametrize(
    "declared",
    [r"w \in \mathbb{R}^d ; assume \sum_{i=1}^d w_i = 1", r"w \in \mathbb{R}^d simplex", r"w \in \{0,1\}^d onehot"],
)
def test_what_is_tied_has_another_optimum(declared: str, words: Judged) -> None:
    given = f"<!--: index i = 1..d ; {declared} ; component w_i of w ; a \\in \\mathbb{{R}}^d -->\n"
    loss = "Let $J = \\|w - a\\|^2$. Minimising $J$ with respect to $w$ gives\n$$w = a.$$"
    assert words(given + loss)[-1] != "proved"
    free = "<!--: a, w \\in \\mathbb{R}^d -->\n"
    assert words(free + loss)[-1] == "proved"


@pytest.mark.parametrize(
    "said",
    [r"maximising with respect to $\sigma^2$ gives", r"setting the derivative with respect to $\sigma$ to zero gives"],
)
def test_a_second_optimum_is_at_the_first(said: str, words: Judged) -> None:
    first = f"{GAUSSIAN}Maximising with respect to $\\mu$ gives $$\\mu_{{\\mathrm{{ML}}}} = {MEAN},$$ and {said} "
    name = r"\sigma^2_{\mathrm{ML}}" if "^2" in said else r"\sigma_{\mathrm{ML}}^2"
    assert words(first + rf"$${name} = \frac1N \sum_{{n=1}}^N (x_n - \mu_{{\mathrm{{ML}}}})^2.$$")[-1] == "proved"
    assert (
        words(first + rf"$${name} = \frac{{1}}{{N-1}} \sum_{{n=1}}^N (x_n - \mu_{{\mathrm{{ML}}}})^2.$$")[-1]
        == "refuted"
    )
    assert words(first + rf"$${name} = \frac1N \sum_{{n=1}}^N x_n^2.$$")[-1] == "refuted"


@pytest.mark.parametrize("name", ["w", "w^*", r"\hat w"])
def test_what_is_least_is_not_where_it_is_greatest(name: str, words: Judged) -> None:
    given = "<!--: w \\in \\mathbb{R} -->\nLet $J(w) = (w - 1)^2 + 3$. "
    assert words(f"{given}Minimising over $w$ gives $${name} = 1.$$")[-1] == "proved"
    assert words(f"{given}Maximising over $w$ gives $${name} = 1.$$")[-1] == "refuted"


SECOND = r"""<!--: w, a, b \in \mathbb{R} ; c > 0 -->
Let $f(w) = (w - a)^2$. Its derivative is $f'(w) = 2 (w - a)$. With a penalty the objective is
$$g(w) = (w - b)^2 + c w.$$
"""


@pytest.mark.parametrize(
    ("said", "here", "before"),
    [
        ("The minimiser is", r"b - \frac c2", "a"),
        ("Setting the derivative to zero gives", r"b - \frac c2", "a"),
        ("Setting the derivative of $f$ to zero gives", "a", r"b - \frac c2"),
        ("Minimising $f$ over $w$ gives", "a", r"b - \frac c2"),
        ("Minimising $g$ over $w$ gives", r"b - \frac c2", "a"),
    ],
)
def test_a_later_objective_is_meant(said: str, here: str, before: str, words: Judged) -> None:
    assert words(f"{SECOND}{said} $$w = {here}.$$")[-1] == "proved"
    assert words(f"{SECOND}{said} $$w = {before}.$$")[-1] == "refuted"


@pytest.mark.parametrize("said", ["The minimiser is", "Setting the derivative to zero gives"])
def test_what_a_derivative_is_made_of_is_no_later_objective(said: str, words: Judged) -> None:
    given = "<!--: w, a, b \\in \\mathbb{R} -->\nLet $f(w) = (w - a)^2 / 2$. Its derivative is $$f'(w) = r(w),$$ where $$r(w) = w - a.$$\n"
    assert words(f"{given}{said} $$w = a.$$")[-1] == "proved"
    assert words(f"{given}{said} $$w = b.$$")[-1] == "refuted"


@pytest.mark.parametrize(("root", "verdict"), [("N", "proved"), ("N-1", "refuted")])
def test_an_optimum_at_another_one_is_judged_by_the_derivative(root: str, verdict: str, words: Judged) -> None:
    first = f"{GAUSSIAN}Maximising with respect to $\\mu$ gives $$\\mu_{{\\mathrm{{ML}}}} = {MEAN},$$ and maximising over $\\sigma$ "
    second = (
        rf"$$\sigma_{{\mathrm{{ML}}}} = \sqrt{{\frac{{1}}{{{root}}} \sum_{{n=1}}^N (x_n - \mu_{{\mathrm{{ML}}}})^2}}.$$"
    )
    assert words(f"{first}gives {second}")[-1] == verdict
