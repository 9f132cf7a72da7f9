r"""What stands below a brace: a name for what is above it, or what that is."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: index n = 1..N ; k, j = 1..K ; x_n, m_k \in \mathbb{R} ; w_k, s > 0 ; a, b \in \mathbb{R} -->
"""
NAMED = (
    GIVEN
    + r"""We solve
$$ 0 = \sum_n \underbrace{\frac{w_k \mathcal{N}(x_n \mid m_k, s)}{\sum_j w_j \mathcal{N}(x_n \mid m_j, s)}}_{\gamma(z_{nk})} (x_n - m_k) $$
for the means. Let $N_k = \sum_n \gamma(z_{nk})$. Then $\sum_k N_k = TOTAL$.
"""
)


def test_a_name_below_a_brace(words: Judged) -> None:
    assert words(NAMED.replace("TOTAL", "N"))[-1] == "proved"
    assert words(NAMED.replace("TOTAL", "K"))[-1] == "refuted"
    assert words(NAMED.replace("underbrace", "overbrace").replace("}_{\\gamma", "}^{\\gamma").replace("TOTAL", "N"))[
        -1
    ] == ("proved")


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"$$ a + b = \underbrace{a - b}_{c} + 2 b $$ Now $c = a - b$.", ["proved", "proved", "proved"]),
        (r"$$ a + b = \underbrace{a - b}_{c} + 2 b $$ Now $c = a + b$.", ["proved", "proved", "refuted"]),
        (r"$$ a = \underbrace{b - b}_{= 0} + a $$", ["proved", "proved"]),
        (r"$$ a = \underbrace{(b - a)}_{=0} + 2 a - b $$", ["proved", "refuted"]),
        (r"$$ a = \underbrace{a + b}_{\text{first}} - \underbrace{b}_{(ii)} $$", ["proved"]),
        (r"$$ a = \underbrace{a + b}_{A} - b $$", ["proved"]),
    ],
)
def test_what_a_brace_says(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(GIVEN + text) == verdicts


def test_what_a_brace_says_of_each_term_of_a_sum(words: Judged) -> None:
    assert words(GIVEN + r"$$ \sum_{i=1}^K \underbrace{w_i - w_i}_{= 0} = 0 $$") == ["proved", "proved"]
    assert words(GIVEN + r"$$ \sum_{h=1}^3 \underbrace{h - h}_{= 0} = 0 $$")[0] == "proved"
