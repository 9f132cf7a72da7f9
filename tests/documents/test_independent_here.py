"""Two random variables of which nothing is known: independent from where that is said, or in one sentence."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PRODUCT = "$$\\mathbb{E}[X Y] = \\mathbb{E}[X] \\mathbb{E}[Y]$$ "
SUM = "$$\\operatorname{Var}(X + Y) = \\operatorname{Var}(X) + \\operatorname{Var}(Y)$$ "
SCALED = "$$\\operatorname{Var}(2X - Y) = 4 \\operatorname{Var}(X) - \\operatorname{Var}(Y)$$ "


@pytest.mark.parametrize(
    "said",
    [
        "Let $X$ and $Y$ be independent random variables. Then ",
        "Let $X, Y$ be independent random variables. Then ",
        "Consider independent random variables $X$ and $Y$. We have ",
        "Let $X$ and $Y$ be random variables. Suppose that $X$ and $Y$ are independent. Then ",
        "Let $X$ and $Y$ be random variables such that $X$ is independent of $Y$. Then ",
    ],
)
def test_of_independent_variables(words: Judged, said: str) -> None:
    assert words(said + PRODUCT + SUM + SCALED) == ["proved", "proved", "refuted"]


def test_not_before_it_is_said(words: Judged) -> None:
    first = "Let $X$ and $Y$ be random variables. "
    then = "Suppose now that $X$ and $Y$ are independent. Then "
    assert words(first + SUM + then + SUM) == ["refuted", "proved"]


def test_in_one_sentence(words: Judged) -> None:
    first = "Let $X$ and $Y$ be random variables. If $X$ and $Y$ are independent, then "
    assert words(first + SUM + "In general, " + SUM) == ["proved", "refuted"]
    inline = SUM.replace("$$", "$").strip() + ". Without that, "
    assert words(first + inline + SUM) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "said",
    [
        "Let $X$ and $Y$ be random variables that are not independent. Then ",
        "Let $X$ and $Y$ be random variables. They need not be independent: ",
        "Let $X$ and $Y$ be random variables. Whether $X$ and $Y$ are independent is not known. Then ",
    ],
)
def test_not_independent(words: Judged, said: str) -> None:
    assert "proved" not in words(said + PRODUCT + SUM)


def test_a_vector_of_the_only_length(words: Judged) -> None:
    said = "Let $X$ be a random vector with mean $\\mu$ and covariance $\\Sigma$. Then "
    right, wrong = "$$\\mathbb{E}[X X^T] = \\Sigma + \\mu \\mu^T$$ ", "$$\\mathbb{E}[X X^T] = \\Sigma$$"
    assert words(said + right + wrong) == ["proved", "refuted"]
    head = "Let $A \\in \\mathbb{R}^{n \\times n}$ and $b \\in \\mathbb{R}^n$. "
    assert words(head + said + "$$\\mathrm{Cov}(A X + b) = A \\Sigma A^T$$ $$\\mathrm{Cov}(A X) = A \\Sigma$$") == [
        "proved",
        "refuted",
    ]


def test_beside_conditional_means(words: Judged) -> None:
    first = "Let $X$ and $Y$ be random variables. "
    tower = "By the tower property $$\\mathbb{E}[\\mathbb{E}[X \\mid Y]] = \\mathbb{E}[X]$$ Also "
    assert sorted(words(first + tower + SUM)) == ["refuted", "unread"]
    given = "Let $X$ and $Y$ be random variables with $\\mathbb{E}[X \\mid Y] = Y$. Then $$\\mathbb{E}[X] = \\mathbb{E}[Y]$$"
    assert "refuted" not in words(given)


def test_noise_with_the_identity_as_covariance(words: Judged) -> None:
    said = (
        "Let $z \\in \\mathbb{R}^k$ be a random vector with mean $0$ and covariance $I$, and let $\\epsilon$ be noise "
        "independent of $z$ with mean $0$ and covariance $\\sigma^2 I$. We observe $x = W z + \\mu + \\epsilon$ with "
        "$W \\in \\mathbb{R}^{d \\times k}$ and $\\mu \\in \\mathbb{R}^d$. Then "
    )
    right = "$$\\mathbb{E}[x] = \\mu, \\qquad \\mathrm{Cov}(x) = W W^\\top + \\sigma^2 I$$ "
    assert words(said + right)[-2:] == ["proved", "proved"]
    assert words(said + "$$\\mathrm{Cov}(x) = W W^\\top + \\sigma I$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        "It is wrong to assume that $X$ and $Y$ are independent. ",
        "The assumption that $X$ and $Y$ are independent fails. ",
        "Some authors assume that $X$ and $Y$ are independent. ",
        "Here $X$ and $Y$ are independent or identical. ",
        "Suppose that $X$ and $Y$ are independent. Suppose now that they are not. ",
    ],
)
def test_not_where_the_words_take_it_back(words: Judged, said: str) -> None:
    told = words("Let $X$ and $Y$ be random variables. " + said + "Then " + PRODUCT)
    assert told
    assert "proved" not in told
