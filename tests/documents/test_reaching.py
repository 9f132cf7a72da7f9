r"""How far sums reach, functions of one variable after another, and what goes when a letter is used anew."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"<!--: index i = 1..m ; k = 1..K ; y_i \in \{0,1\} ; p_i \in (0,1) ; a_i, c, b_k \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize(
    ("body", "value", "verdict"),
    [
        (r"\sum_{i=1}^m a_i + 2 a_i", r"3 \sum_i a_i", "proved"),
        (r"\sum_{i=1}^m a_i + c + 2 a_i", r"3 \sum_i a_i + m c", "proved"),
        (r"\sum_{i=1}^m a_i + c + 2 a_i", r"3 \sum_i a_i + c", "refuted"),
        (r"\sum_{i=1}^m a_i + c", r"c + \sum_i a_i", "proved"),
        (r"\sum_{i=1}^m a_i + c", r"m c + \sum_i a_i", "refuted"),
        (r"\sum_{i=1}^m a_i + c - \sum_i a_i", "c", "proved"),
        (r"-\frac{1}{m} \sum_{i=1}^m a_i - p_i", r"\frac1m \sum_i p_i - \frac1m \sum_i a_i", "proved"),
        (r"\sum_{k=1}^K \left( \sum_{i=1}^m a_i + b_k \right)", r"K \sum_i a_i + \sum_k b_k", "proved"),
    ],
)
def test_what_a_name_stands_for(words: Judged, body: str, value: str, verdict: str) -> None:
    assert words(f"{GIVEN}$$ V = {body} $$ Then $V = {value}$.") == ["proved", verdict]


def test_a_claim_is_read_strictly(words: Judged) -> None:
    assert words(GIVEN + r"$$ \sum_{i=1}^m a_i + 2 a_i = 3 \sum_i a_i $$") == ["refuted"]
    assert words(GIVEN + r"$$ \sum_{i=1}^m a_i + b_k = b_k + \sum_{i=1}^m a_i $$") == ["proved"]
    assert words(GIVEN + r"$$ a_i + \sum_{k=1}^K b_k = \sum_{k=1}^K b_k + a_i $$") == ["proved"]


CROSS_ENTROPY = r"$$ L = -\sum_{i=1}^m y_i \log p_i + (1 - y_i) \log (1 - p_i) $$" + "\n"


def test_a_cross_entropy(words: Judged) -> None:
    right = r"$$ \frac{\partial L}{\partial p_i} = \frac{1 - y_i}{1 - p_i} - \frac{y_i}{p_i} $$"
    assert words(GIVEN + CROSS_ENTROPY + right)[-1] == "proved"
    assert words(GIVEN + CROSS_ENTROPY + right.replace("} - ", "} + "))[-1] == "refuted"


NEW_LETTER = r"""<!--: index i = 1..m ; x_i, t \in \mathbb{R}^n ; A \in \mathbb{R}^{n \times n} -->
Let $g(z) = 1/(1+e^{-z})$ and $h(x) = g(t^T x)$. Then $g'(z) = g(z) (1 - g(z))$.
For any $z \in \mathbb{R}^n$,
$$ z^T A z = z^T A^T z, \qquad h(x_i) = VALUE(t^T x_i). $$
"""


def test_a_function_stays_when_its_letter_is_used_anew(words: Judged) -> None:
    assert words(NEW_LETTER.replace("VALUE", "g"))[-2:] == ["proved", "proved"]
    assert words(NEW_LETTER.replace("VALUE", "2 g"))[-2:] == ["proved", "refuted"]


LIKELIHOODS = r"""<!--: index i = 1..m ; x_i, \mu \in \mathbb{R}^n ; y_i \in \{0, 1\} ; \phi \in (0,1) -->
The log-likelihood as a function of $\phi$ is $\ell(\phi) = \sum_i \left( y_i \log \phi + (1 - y_i) \log (1 - \phi) \right)$.
Keeping only the terms that involve $\mu$,
$$ \ell(\mu) = -\frac12 \sum_{i=1}^m y_i \|x_i - \mu\|^2, \qquad \nabla_\mu \ell = SIGN \sum_{i=1}^m y_i (x_i - \mu). $$
"""


def test_a_function_of_another_variable(words: Judged) -> None:
    assert words(LIKELIHOODS.replace("SIGN", ""))[-1] == "proved"
    assert words(LIKELIHOODS.replace("SIGN", "-"))[-1] == "refuted"


def test_a_function_at_another_point_is_the_same(words: Judged) -> None:
    text = r"<!--: a, b \in \mathbb{R} -->" + "\nLet $f(a) = a^2$. Then $f(b) = VALUE$."
    assert words(text.replace("VALUE", "b^2"))[-1] == "proved"
    assert words(text.replace("VALUE", "b^3"))[-1] == "refuted"
