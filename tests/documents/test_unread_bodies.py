"""A derivative of what an unread equation gives is not judged: what it is made of is not known."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"Let $h, w, b \in \mathbb{R}$ and $$h = \mathcal{Q}_7[w \star 2].$$ Let $L = h^2 + w + 2 b$. Then "


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial L}{\partial w} = 1", "unread"),
        (r"\frac{\partial L}{\partial w} = 2", "unread"),
        (r"\frac{\partial L}{\partial b} = 2", "proved"),
        (r"\frac{\partial L}{\partial h} = 2 h", "proved"),
        (r"L - h^2 = w + 2 b", "proved"),
    ],
)
def test_how_it_varies_is_not_known(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{GIVEN}$${claim}$$")[-1] == verdict


def test_through_another_that_is_unread(words: Judged) -> None:
    text = (
        r"Let $h, a, w \in \mathbb{R}$ and $$a = \mathcal{Q}_7[w \star 2].$$ $$h = \mathcal{R}[a].$$ Let $L = h^2 + w$. Then "
        r"$$\frac{\partial L}{\partial w} = 1$$"
    )
    assert words(text)[-1] == "unread"


def test_in_another_section_it_is_free(words: Judged) -> None:
    text = (
        f"{GIVEN}nothing.\n\n# Another\n\n"
        + r"Let $h, w \in \mathbb{R}$. $$\frac{\partial}{\partial w} (h^2 + w) = 1$$"
    )
    assert words(text)[-1] == "proved"
