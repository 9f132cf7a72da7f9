r"""Posteriors of vectors with a normal prior: Bayesian regression, probabilistic components, factor analysis."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

NAMES = (
    "<!--: X \\in \\mathbb{R}^{n \\times d} ; w \\in \\mathbb{R}^d ; t \\in \\mathbb{R}^n ; \\alpha, \\beta > 0 -->\n"
    "Let $S = (\\alpha I + \\beta X^\\top X)^{-1}$. "
)
SAID = {
    "by densities": r"The prior is $p(w) = \mathcal{N}(w \mid 0, \alpha^{-1} I)$ and the likelihood is "
    r"$p(t \mid w) = \mathcal{N}(t \mid X w, \beta^{-1} I)$. Then ",
    "by distributions": r"Let $w \sim \mathcal{N}(0, \alpha^{-1} I)$ and $t \mid w \sim \mathcal{N}(X w, \beta^{-1} I)$. Then ",
    "by noise": r"We put $w \sim \mathcal{N}(0, \alpha^{-1} I)$ and observe $t = X w + \epsilon$ with "
    r"$\epsilon \sim \mathcal{N}(0, \beta^{-1} I)$. Then ",
}


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"p(w \mid t) = \mathcal{N}(w \mid \beta S X^\top t, S)", "proved"),
        (r"p(w \mid t) = \mathcal{N}(w \mid \beta S X^\top t, \beta S)", "refuted"),
        (r"p(w \mid t) = \mathcal{N}(w \mid S X^\top t, S)", "refuted"),
        (r"\log p(w \mid t) = -\frac{\beta}{2} \|t - X w\|^2 - \frac{\alpha}{2} \|w\|^2 + \text{const}", "proved"),
        (r"\log p(w \mid t) = -\frac{\beta}{2} \|t - X w\|^2 - \alpha \|w\|^2 + \text{const}", "refuted"),
        (r"p(w \mid t) \propto \exp(-\frac12 (w - \beta S X^\top t)^\top S^{-1} (w - \beta S X^\top t))", "proved"),
        (r"p(w \mid t) \propto \exp(-\frac12 (w - \beta S X^\top t)^\top S (w - \beta S X^\top t))", "refuted"),
    ],
)
def test_it_follows(words: Judged, said: str, line: str, verdict: str) -> None:
    assert words(f"{NAMES}{SAID[said]}$$ {line} . $$")[-1] == verdict


def test_what_both_are_given_is_the_same(words: Judged) -> None:
    text = NAMES + SAID["by densities"].replace(r"t \mid w", r"t \mid X, w")
    right = r"$$ p(w \mid X, t) \propto \exp(-\frac{\beta}{2} \|t - X w\|^2 - \frac{\alpha}{2} \|w\|^2) $$"
    assert words(text + right)[-1] == "proved"
    assert words(text + right.replace(r"\frac{\alpha}{2}", r"\alpha"))[-1] == "refuted"


def test_the_data_do_not_know_the_parameters(words: Judged) -> None:
    """What is said of p(w) tells nothing of the posterior where nothing is said of the data."""
    text = NAMES + r"The prior is $p(w) = \mathcal{N}(w \mid 0, \alpha^{-1} I)$. Then "
    assert r"\int" not in notes(text + r"$$ p(w \mid t) = \mathcal{N}(w \mid \beta S X^\top t, S) . $$")


MODEL = (
    "<!--: W \\in \\mathbb{R}^{D \\times M} ; \\boldsymbol{\\mu}, \\mathbf{x} \\in \\mathbb{R}^D ; \\mathbf{z} \\in \\mathbb{R}^M ;"
    " \\sigma > 0 -->\nThe model is $\\mathbf{z} \\sim \\mathcal{N}(\\mathbf{0}, \\mathbf{I})$ and $\\mathbf{x} = W \\mathbf{z} + "
    "\\boldsymbol\\mu + \\boldsymbol\\epsilon$ with independent $\\boldsymbol\\epsilon \\sim \\mathcal{N}(\\mathbf{0}, \\sigma^2 "
    "\\mathbf{I})$. With $M = W^\\top W + \\sigma^2 \\mathbf{I}$ we get $$ p(\\mathbf{z} | \\mathbf{x}) = "
    "\\mathcal{N}(\\mathbf{z} \\mid M^{-1} W^\\top (\\mathbf{x} - \\boldsymbol\\mu), SPREAD) $$"
)


@pytest.mark.parametrize(
    ("spread", "verdict"), [(r"\sigma^2 M^{-1}", "proved"), (r"\sigma^{-2} M", "refuted"), (r"M^{-1}", "refuted")]
)
def test_a_latent_variable(words: Judged, spread: str, verdict: str) -> None:
    text = MODEL.replace("{M}", "{q}").replace("\\times M", "\\times q").replace("^M", "^q")
    assert words(text.replace("SPREAD", spread))[-1] == verdict


def test_not_where_the_latent_variable_is_drawn_otherwise(words: Judged) -> None:
    text = MODEL.replace("{M}", "{q}").replace("\\times M", "\\times q").replace("^M", "^q")
    text = text.replace("\\mathcal{N}(\\mathbf{0}, \\mathbf{I})$", "p_0$").replace("SPREAD", r"\sigma^2 M^{-1}")
    assert "proved" not in words(text)[-1:] or r"\int" not in notes(text)
