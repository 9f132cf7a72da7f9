r"""``p(\theta_{jc}) \propto …``: the prior of every member of a family, as one density."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"<!--: index k = 1..K ; 0 < \theta_k < 1 ; n_k, m_k, \alpha > 0 -->"
PRIOR = r"We put the prior $p(\theta_k) \propto \theta_k^\alpha (1 - \theta_k)^\alpha$ on every parameter. "


def test_one_density_for_all(words: Judged) -> None:
    text = rf"{GIVEN} {PRIOR} Then $$\frac{{p(\theta_k)}}{{p(1 - \theta_k)}} = 1$$ $$\frac{{p(\theta_k)}}{{p(\theta_k^2)}} = 1$$"
    assert words(text) == ["proved", "proved", "refuted"]


@pytest.mark.parametrize(("factor", "word"), [("2", "proved"), ("", "refuted")])
def test_what_is_solved_behind_it(words: Judged, factor: str, word: str) -> None:
    text = rf"""{GIVEN} {PRIOR} The log posterior is, up to a constant,
$$J = \sum_{{k=1}}^K \left[ (n_k + \alpha) \log \theta_k + (m_k + \alpha) \log (1 - \theta_k) \right]$$
Setting its derivative with respect to $\theta_k$ to zero gives
$$\hat\theta_k = \frac{{n_k + \alpha}}{{n_k + m_k + {factor} \alpha}}$$"""
    assert words(text)[-1] == word


@pytest.mark.parametrize(
    "text",
    [
        r"Let $\theta_k \sim \mathrm{Beta}(\alpha, \alpha)$. Then $$p(\theta_k) \propto \theta_k^\alpha (1 - \theta_k)^\alpha$$",
        r"We have $$p(\theta_k) \propto \theta_k^\alpha (1 - \theta_1)^\alpha$$",
        r"We have $$p(\theta_1) \propto \theta_1^\alpha$$",
    ],
)
def test_not_defined(words: Judged, text: str) -> None:
    """Where the text has said how it is drawn, where other members are in it, or of one member alone."""
    assert words(f"{GIVEN} {text}")[-1] in ("unread", "refuted")
