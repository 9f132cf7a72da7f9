"""Means, variances and samples that sentences give, and expectations over several random quantities at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

TWO = (
    r"Let $\epsilon \sim \mathcal{N}(0,1)$ and $a, b \in \mathbb{R}$. Let $y = a \epsilon + b \eta$ with "
    r"$\eta \sim \mathcal{N}(0,1)$ "
)
SAID = {
    "a mean and a variance": (
        r"Let $X$ be a random variable with mean $\mu$ and variance $\sigma^2$, and $Y = 2X$. Then $\mathbb{E}[Y] = 2\mu$, "
        r"$\mathrm{Var}(Y) = 4\sigma^2$ and $\mathrm{Var}(Y) = 2\sigma^2$.",
        "proved proved proved refuted",
    ),
    "has": (
        r"$X$ has mean $\mu$ and variance $\sigma^2$. Then $\mathbb{E}[X^2] = \mu^2 + \sigma^2$ and "
        r"$\mathbb{E}[X^2] = \mu^2$.",
        "proved refuted",
    ),
    "of the third moment nothing is known": (
        r"$X$ has mean $\mu$ and variance $\sigma^2$. Then $\mathbb{E}[X^3] = \mu^3 + 3 \mu \sigma^2$.",
        "undecided",
    ),
    "of one of two nothing is known of both": (
        r"$X$ has mean $\mu$ and variance $\sigma^2$. $Y$ has mean $\nu$ and variance $\tau^2$. "
        r"Then $\operatorname{Var}(X + Y) = \sigma^2 + \tau^2$.",
        "unread",
    ),
    "a sample of a named distribution": (
        r"Let $X_1, \dots, X_n$ be i.i.d. $\mathrm{Bernoulli}(p)$. Then "
        r"$$\mathbb{E}\left[\frac1n \sum_{i=1}^n X_i\right] = p$$ and "
        r"$$\operatorname{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \frac{p(1-p)}{n}$$ and "
        r"$$\operatorname{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \frac{p(1-p)}{n^2}.$$",
        "proved proved refuted",
    ),
    "a sample with its distribution in the list": (
        r"Let $X_1, \dots, X_n \sim \mathrm{Bernoulli}(p)$ be independent. Then "
        r"$\mathbb{E}\left[\frac1n \sum_{i=1}^n X_i\right] = p$ and $\mathbb{E}\left[\sum_{i=1}^n X_i\right] = p$.",
        "proved refuted",
    ),
    "a sample of which two moments are known": (
        r"Let $X_1, \dots, X_n$ be i.i.d. with mean $\mu$ and variance $\sigma^2$. "
        r"Let $\bar X = \frac1n\sum_{i=1}^n X_i$. Then $\mathbb{E}[\bar X] = \mu$, "
        r"$\operatorname{Var}(\bar X) = \frac{\sigma^2}{n}$ and $\operatorname{Var}(\bar X) = \sigma^2$.",
        "proved proved proved refuted",
    ),
    "a sample that nobody calls independent": (
        r"Let $X_1, \dots, X_n$ be random variables with mean $\mu$ and variance $\sigma^2$. Then "
        r"$$\operatorname{Var}\left(\frac1n \sum_{i=1}^n X_i\right) = \frac{\sigma^2}{n}.$$",
        "unread",
    ),
    "two independent normals": (
        TWO + r"independent of $\epsilon$. Then $\mathbb{E}[y] = 0$, $\operatorname{Var}(y) = a^2 + b^2$ and "
        r"$\operatorname{Var}(y) = a^2 + 2 a b + b^2$.",
        "proved proved proved refuted",
    ),
    "two normals": (TWO + r"as well. Then $\operatorname{Var}(y) = a^2 + b^2$.", "proved unread"),
    "the same letter in two sections": (
        "Let $X$ be a random variable with mean $\\mu$. Then $\\mathbb{E}[X] = 2/3$.\n\n# Next\n\n"
        "Let $X$ be a random variable with mean $\\mu$. Then $\\mathbb{E}[X] = \\mu$.\n\n# Last\n\n"
        "Let $X$ be a random variable with mean $\\nu$. Then $\\mathbb{E}[X] = \\nu$ and $\\mathbb{E}[X] = \\mu$.",
        "refuted proved proved refuted",
    ),
    "a mean that is concluded of noise of which nothing is said": (
        r"Let $x, w \in \mathbb{R}$. We observe $y = w x + \epsilon$ with noise. Then $\mathbb{E}[y] = 2 w x$.",
        "proved unread",
    ),
    "a mean that is concluded of noise that is centred": (
        r"Let $x, w \in \mathbb{R}$. We observe $y = w x + \epsilon$ with noise $\mathbb{E}[\epsilon] = 0$. "
        r"Then $\mathbb{E}[y] = w x$. It follows that $\mathbb{E}[y] = 2 w x$.",
        "proved proved refuted",
    ),
    "two normals that depend": (
        TWO + r"not independent of $\epsilon$. Then $\operatorname{Var}(y) = a^2 + b^2$.",
        "proved unread",
    ),
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_what_sentences_say_of_random_quantities(name: str, tmp_path: Path) -> None:
    text, wanted = SAID[name]
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    report = check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    assert [result.word for result in report.results] == wanted.split()
