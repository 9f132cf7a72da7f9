r"""Names of several letters that are typed as products: ``MSE = …``, ``JS(p, q)``, ``Var(x)``."""

from __future__ import annotations

from tests.documents.judging import Judged, notes

DECLARED = r"""<!--: index i = 1..n ; p_i, q_i > 0 ; y_i, \hat{y}_i \in \mathbb{R} ; a > 0 -->
"""
ERROR = r"$$MSE = \frac1n \sum_{i=1}^n (y_i - \hat{y}_i)^2$$ "


def test_an_abbreviation_is_one_name(words: Judged) -> None:
    text = DECLARED + ERROR
    assert words(text + r"$$\frac{\partial MSE}{\partial \hat{y}_i} = -\frac{2}{n} (y_i - \hat{y}_i)$$")[-1] == "proved"
    assert words(text + r"$$\frac{\partial MSE}{\partial \hat{y}_i} = \frac{2}{n} (y_i - \hat{y}_i)$$")[-1] == "refuted"
    assert words(text + r"$$\frac{MSE}{2} = \frac{1}{n} \sum_{i=1}^n (y_i - \hat{y}_i)^2$$")[-1] == "refuted"
    assert "MSE is one name" in notes(text)


def test_a_product_of_letters_that_stand_alone_is_one(words: Judged) -> None:
    text = r"<!--: M, S, E \in \mathbb{R}^{n \times n} ; x \in \mathbb{R}^n -->" + "\n"
    assert words(text + r"$$MSE x = M (S E x)$$") == ["proved"]
    assert words(text + r"$$MSE = E S M$$") == ["refuted"]


def test_what_is_called_with_probabilities(words: Judged) -> None:
    text = (
        DECLARED
        + r"$$JS(p, q) = \frac12 D_{KL}(p \| q) + \frac12 D_{KL}(q \| p)$$ $$TV(p, q) = \sum_{i=1}^n |p_i - q_i|$$ "
    )
    assert words(text + "$$JS(q, p) = JS(p, q)$$")[-1] == "proved"
    assert words(text + "$$JS(q, p) = 2 JS(p, q)$$")[-1] == "refuted"
    assert words(text + "$$TV(q, p) = TV(p, q)$$")[-1] == "proved"
    assert words(text + "$$TV(q, p) = 2 TV(p, q)$$")[-1] == "refuted"


def test_variances(words: Judged) -> None:
    text = r"<!--: a > 0 ; x \in \mathbb{N} ; x \sim \mathrm{Poisson}(a) -->" + "\n"
    assert words(text + "$$Var(x) = a$$") == ["proved"]
    assert words(text + "$$Var(x) = a^2$$") == ["refuted"]


def test_distributions(words: Judged) -> None:
    text = r"Let $x \sim Bernoulli(p)$ with $p \in (0, 1)$, and let $z \sim Poisson(c)$ with $c > 0$. Then "
    assert words(text + "$$E[x] = p$$")[-1] == "proved"
    assert words(text + "$$Var(x) = p$$")[-1] == "refuted"
    assert words(text + "$$E[z^2] = c^2 + c$$")[-1] == "proved"


def test_a_divergence_without_its_arguments(words: Judged) -> None:
    text = r"<!--: index j = 1..k ; m_j \in \mathbb{R} ; s_j > 0 -->" + "\n"
    text += r"$$KL = \frac12 \sum_{j=1}^k (m_j^2 + s_j^2 - 1 - \log s_j^2)$$ "
    assert words(text + r"$$\frac{\partial KL}{\partial s_j} = s_j - \frac{1}{s_j}$$")[-1] == "proved"
    assert words(text + r"$$\frac{\partial KL}{\partial s_j} = s_j - \frac{1}{2 s_j}$$")[-1] == "refuted"
