"""Parts of a display that words speak of by their place, and families beside others of the same letter."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SPREAD = r"""<!--: index i = 1..n ; x_i, c \in \mathbb{R} -->
With $m = \frac1n \sum_i x_i$,
$$\sum_i (x_i - c)^2 = \sum_i (x_i - m)^2 + 2 (m - c) \sum_i (x_i - m) + \sum_i (m - c)^2.$$
"""


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"The last sum is $n (m - c)^2$.", "proved"),
        (r"The last sum is $n (m + c)^2$.", "refuted"),
        (r"The middle sum is $0$.", "proved"),
        (r"The second term equals $0$.", "proved"),
        (r"The first sum is $0$.", "refuted"),
    ],
)
def test_a_part_by_its_place(words: Judged, text: str, verdict: str) -> None:
    assert words(SPREAD + text) == ["proved", "proved", verdict]


@pytest.mark.parametrize(
    "text", [r"The fourth sum is $0$.", r"The last person is $0$.", r"In the last sum $c$ is free."]
)
def test_other_words_claim_nothing(words: Judged, text: str) -> None:
    assert words(SPREAD + text) == ["proved", "proved"]


COUNTS = r"""<!--: index n = 1..N ; k = 1..K ; j = 1..d ; r_{nk} \ge 0 ; x_{nj} \in \{0,1\} -->
Let $N_k = \sum_n r_{nk}$ and $N_{kj} = \sum_n r_{nk} x_{nj}$. """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_n r_{nk} (1 - x_{nj}) = N_k - N_{kj}", "proved"),
        (r"\sum_n r_{nk} (1 - x_{nj}) = N_k + N_{kj}", "refuted"),
        (r"\sum_k N_k = N_{kj}", "refuted"),
        (r"\sum_k N_k = \sum_n \sum_k r_{nk}", "proved"),
    ],
)
def test_families_of_one_letter(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{COUNTS} Then $${claim}$$") == ["proved", "proved", verdict]


def test_too_many_subscripts_are_no_member(words: Judged) -> None:
    assert words(COUNTS + r"Then $$\sum_k N_{kjn} = 0.$$")[-1] == "unread"


ANEW = r"""# Vectors

<!--: u, v \in \mathbb{R}^d -->
We have $u^T v = v^T u$.

# Numbers

<!--: index n = 1..N ; y_n \in \mathbb{R} -->
Let $u = \frac1N \sum_n y_n$. """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(r"\sum_n (y_n - u) = 0", "proved"), (r"\sum_n y_n = u", "refuted"), (r"v^T v = u", "refuted")],
)
def test_a_name_of_an_earlier_section_with_another_shape(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{ANEW} Then ${claim}$.") == ["proved", "proved", verdict]


def test_within_a_section_a_shape_is_kept(words: Judged) -> None:
    text = ANEW.replace("# Numbers\n", "").replace("Let $u", "Hence $u")
    assert words(text)[-1] in ("refuted", "unread")
