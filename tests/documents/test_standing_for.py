r"""A number without an index that stands for a member of a family: ``With $a = \alpha_t$``."""

from __future__ import annotations

import pytest

from .judging import Judged, notes

STEPS = (
    "<!--: index t = 1..T ; \\beta_t \\in (0,1) ; a, c \\in (0,1) ; x, x_0, \\epsilon \\in \\mathbb{R}^d ; y, z \\in \\mathbb{R} ; v_t \\in \\mathbb{R}^d -->\n"
    r"Let $\alpha_t = 1 - \beta_t$ and $\bar\alpha_t = \prod_{s=1}^t \alpha_s$. "
)


@pytest.mark.parametrize(
    ("said", "claim", "verdict"),
    [
        (r"With $a = \alpha_t$ we have", r"1 - a = \beta_t", "proved"),
        (r"With $a = \alpha_t$ we have", r"a = \beta_t", "refuted"),
        (r"With $a = \alpha_t$ we have", r"\sum_{t=1}^T a = T a", "unread"),
        (r"With $a = \alpha_t$, $c = \bar\alpha_{t-1}$ we have", r"a c = \bar\alpha_t", "proved"),
        (r"With $a = \alpha_t$, $c = \bar\alpha_{t-1}$ we have", r"a c = \bar\alpha_{t-1}", "refuted"),
        (r"Let $a = \alpha_t$ and $y = a + \beta_t$. Then", "y = 1", "proved"),
        (r"With $x = \sqrt{\alpha_t} x_0 + \epsilon$ we have", r"\epsilon = x - \sqrt{\alpha_t} x_0", "proved"),
        (r"With $x = \sqrt{\alpha_t} x_0 + \epsilon$ we have", r"\epsilon = x - \sqrt{\beta_t} x_0", "refuted"),
    ],
)
def test_a_name_for_a_member(said: str, claim: str, verdict: str, words: Judged) -> None:
    assert words(f"{STEPS}{said} $$ {claim} $$")[-1].split(":")[0] == verdict


@pytest.mark.parametrize(
    "said",
    [
        r"We see that $y = \alpha_t$.",
        r"Then $y = \alpha_t$ holds.",
        r"We have $y > \beta_t$. Hence $y = \alpha_t$.",
        r"Let $y = x$.",
        r"With $y = v_t v_t^T$, nothing fits.",
        r"Let $z = 2 y$. With $y = z + \alpha_t$, nothing is defined.",
        r"With $y = y + \alpha_t$, nothing is defined.",
    ],
)
def test_what_is_claimed_or_does_not_fit_stands_for_nothing(said: str) -> None:
    assert "stands for" not in notes(STEPS + said)
