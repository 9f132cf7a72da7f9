"""Functions at what they are made of, quantities written otherwise for a while, letters and rows that nobody explains."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts


# -- derivatives at a point that the function is made of ----------------------------------------------------------------
def test_a_derivative_at_what_the_function_is_made_of() -> None:
    text = r"Let $p, s \in \mathbb{R}$ and let $g(t) = p (t - s)$ be a line. Then $g(s) = 0$ and $g'(s) = p$. "
    assert verdicts(text) == ["proved"] * 3
    assert verdicts(text.replace("g'(s) = p", "g'(s) = 0"))[-1] == "refuted"
    bowl = r"Let $a, u \in \mathbb{R}^d$ and $h(w) = a^T (w - u)$ for $w \in \mathbb{R}^d$. Then $\nabla h(u) = a$."
    assert verdicts(bowl) == ["proved", "proved"]
    assert verdicts(bowl.replace(r"\nabla h(u) = a", r"\nabla h(u) = 0 a"))[-1] == "refuted"


def test_a_function_is_defined_before_a_display_that_calls_it() -> None:
    text = r"""We consider $f(x) = \frac12 x^\top A x$ with $A \in \mathbb{R}^{n\times n}$ symmetric and $b \in \mathbb{R}^n$.
With $z = A A b$ the value is
\[ f(z) = \frac12 b^\top A^5 b . \]"""
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("A^5", "A^4"))[-1] == "refuted"


def test_errors_of_iterates() -> None:
    text = r"""Let $A \in \mathbb{R}^{n\times n}$, $x \in \mathbb{R}^n$, $b \in \mathbb{R}^n$ and $\eta > 0$. The method
$x_{k+1} = x_k - \eta (A x_k - A b)$ has the error $e_k = x_k - b$, which satisfies
\[ e_{k+1} = (I - \eta A) e_k . \]"""
    assert verdicts(text)[-1] == "proved"
    assert verdicts(text.replace("(I - ", "(I + "))[-1] == "refuted"


# -- written otherwise --------------------------------------------------------------------------------------------------
SUM = r"Let $a, b, t > 0$ and $s = a + b$. "


def test_with_a_defined_quantity_written_otherwise() -> None:
    text = SUM + r"With $s = 2 t$ we have $a = 2 t - b$."
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text.replace("2 t - b$.", "t - b$."))[-1] == "refuted"
    assert verdicts(text + r" Further $a = 2 t - b$.")[-1] == "refuted"  # t is any number again


def test_what_is_no_rewriting_is_claimed() -> None:
    assert verdicts(SUM + r"With $s = 2 a$ we have $a = b$.")[1] == "refuted"


ENTROPY = r"""Let $p_1, \dots, p_K > 0$ with $\sum_k p_k = 1$ and $S = -\sum_k p_k \log p_k$. If $p_k = \frac{e^{\beta r_k}}{Z}$
with $Z = \sum_j e^{\beta r_j}$ and $\beta \in \mathbb{R}$, then
$$ \frac{\partial \log Z}{\partial \beta} = \sum_{k=1}^K p_k r_k . $$
"""


def test_made_of_new_names_where_these_are_spoken_of() -> None:
    assert verdicts(ENTROPY) == ["proved"] * 4
    assert "index j = 1..K" in notes(ENTROPY)
    assert verdicts(ENTROPY + r"Hence $S = \log Z - \beta \sum_k p_k r_k$.")[-1] == "proved"
    assert verdicts(ENTROPY + r"Hence $S = \log Z + \beta \sum_k p_k r_k$.")[-1] == "refuted"


def test_elsewhere_it_is_what_it_was() -> None:
    """What holds for two equal weights only is not proved because the weights are, for a while, made of others."""
    text = r"Let $w, u \in \mathbb{R}^d$ and $f = w^T w$. If $w = \gamma_1 u$ with $\gamma_1 \in \mathbb{R}$, then "
    assert verdicts(text + r"$f = \gamma_1^2 u^T u$.")[-1] == "proved"
    assert verdicts(text + r"$f = \gamma_1^2 u^T u$. Always $(w^T u)^2 = (w^T w)(u^T u)$.")[-1] == "refuted"


# -- rows, entries, letters ---------------------------------------------------------------------------------------------
def test_rows_may_be_assumed_to_be_centred() -> None:
    text = r"""Let $X \in \mathbb{R}^{N \times D}$ have rows $x_n^\top$ with $\sum_{n=1}^N x_n = 0$. """
    assert verdicts(text + r"Then $X^\top \mathbf{1} = 0$.") == ["proved"]
    assert verdicts(text + r"Then $x_1 = 0$.") == ["refuted"]


@pytest.mark.parametrize("words", ["with non-negative entries", "whose entries are nonnegative", "of positive weights"])
def test_entries_said_to_have_a_sign(words: str) -> None:
    text = rf"Let $V \in \mathbb{{R}}^{{n\times n}}$ be a symmetric matrix {words}, and let $z \in \mathbb{{R}}^n$. "
    claim = r"Then $\sum_{i=1}^n \sum_{j=1}^n V_{ij} (z_i - z_j)^2 \ge 0$"
    assert verdicts(text + claim + ".") == ["proved"]
    assert verdicts(text.replace(words, "") + claim + ".") == ["refuted"]
    assert verdicts(text.replace(words, "with no positive entries") + claim + ".") == ["refuted"]


def test_what_is_concluded_of_entries_is_judged() -> None:
    text = r"Let $Q \in \mathbb{R}^{n\times n}$ be symmetric. Then $Q_{ij} = Q_{ji}$ and $Q_{ij} \ge 0$."
    assert verdicts(text) == ["proved", "refuted"]


def test_a_prime_on_what_is_written_with_an_argument() -> None:
    text = r"""Let $p_1, \dots, p_K > 0$ and $q_k > 0$. For a fixed $k$ let $D \in (0,1)$ and
$$ V(D) = p_k \log D + q_k \log(1 - D), \qquad V'(D) = \frac{p_k}{D} - \frac{q_k}{1 - D}. $$
Setting $V'(D) = 0$ gives $D = \frac{p_k}{p_k + q_k}$."""
    assert verdicts(text) == ["proved"] * 4
    assert verdicts(text.replace(r"{1 - D}. $$", r"{D}. $$"))[1] == "refuted"
    assert verdicts(text.replace(r"D = \frac{p_k}", r"D = \frac{q_k}"))[-1] == "refuted"


def test_what_is_set_and_cannot_be_read_leaves_its_consequence_unread() -> None:
    text = r"Let $D \in (0,1)$ and $q > 0$. Setting $V'(D) = 0$ gives $D = \frac{1}{1 + q}$."
    assert "refuted" not in verdicts(text)


# -- random numbers -----------------------------------------------------------------------------------------------------
SAMPLE = r"""Let $X$ be a random variable with mean $\mu$ and variance $\sigma^2$. Then $\mathbb{E}[X^2] = \mu^2 + \sigma^2$.

If $X_1, \dots, X_n$ are i.i.d. with mean $\mu$ and variance $\sigma^2$ and $\bar X = \frac1n \sum_{i=1}^n X_i$, then
$$ \mathbb{E}[\bar X] = \mu, \qquad \operatorname{Var}(\bar X) = \frac{\sigma^2}{n}. $$"""


def test_a_sample_takes_the_place_of_one_random_number() -> None:
    assert verdicts(SAMPLE) == ["proved"] * 4
    assert verdicts(SAMPLE.replace(r"\frac{\sigma^2}{n}", r"\sigma^2"))[-1] == "refuted"


def test_what_nobody_calls_random_has_no_expectation() -> None:
    copies = SAMPLE.replace(r"i.i.d. with mean $\mu$ and variance $\sigma^2$", "i.i.d. copies of $X$")
    assert "refuted" not in verdicts(copies)
