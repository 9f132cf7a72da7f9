r"""Models with two random parts: ``x = \mu + \Lambda z + \epsilon``, with z and ε independent."""

from __future__ import annotations

import pytest

from .judging import Judged

DECLARED = (
    "<!--: \\Lambda \\in \\mathbb{R}^{n \\times k} ; \\Psi \\in \\mathbb{R}^{n \\times n} symmetric posdef -->\n"
    "<!--: \\mu, x \\in \\mathbb{R}^n ; z \\in \\mathbb{R}^k -->\n"
)
MODEL = r"The model is $z \sim \mathcal{N}(0, I)$, $\epsilon \sim \mathcal{N}(0, \Psi)$ and $x = \mu + \Lambda z + \epsilon$"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x] = \mu", "proved"),
        (r"\mathbb{E}[x] = 2 \mu", "refuted"),
        (r"\mathrm{Cov}(x) = \Lambda \Lambda^T + \Psi", "proved"),
        (r"\mathrm{Cov}(x) = \Psi", "refuted"),
        (r"\mathbb{E}[z (x - \mu)^T] = \Lambda^T", "proved"),
    ],
)
@pytest.mark.parametrize(
    "said",
    [
        r", with $\epsilon$ and $z$ independent.",
        r", where $z$ and $\epsilon$ are independent.",
        r", for $z$ and $\epsilon$ mutually independent.",
    ],
)
def test_parts_that_are_independent(said: str, claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{DECLARED}{MODEL}{said} Then $$ {claim} . $$")[-1] == verdict


@pytest.mark.parametrize(
    "said",
    [
        ".",
        r", with $\epsilon$ and $z$ not independent.",
        r", with $\epsilon$ and $x$ independent.",
        r", with $z$ random.",
    ],
)
def test_parts_of_which_nothing_is_said(said: str, words: Judged) -> None:
    for claim in (r"\mathrm{Cov}(x) = \Lambda \Lambda^T + \Psi", r"\mathrm{Cov}(x) = \Psi"):
        assert words(f"{DECLARED}{MODEL}{said} Then $$ {claim} . $$")[-1] not in ("proved", "refuted")


def test_a_conditional_mean_is_no_entry_of_the_mean(words: Judged) -> None:
    text = DECLARED + r"Let $$ \mu_{z|x} = \Lambda^T (x - \mu) . $$ Then "
    assert words(text + r"$$ \Lambda \mu_{z|x} = \Lambda \Lambda^T x - \Lambda \Lambda^T \mu . $$")[-1] == "proved"
    assert words(text + r"$$ \Lambda \mu_{z|x} = \Lambda \Lambda^T x . $$")[-1] == "refuted"
