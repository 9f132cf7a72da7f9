"""What t counts in a recurrence of numbers that begins at 0, where the text does not say it; letters of earlier sections
that are members of a sequence in a later one."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

MOMENTUM = r"""The momentum method averages gradients with $\beta \in (0, 1)$:

$$v_t = \beta v_{t-1} + g_t, \qquad v_0 = 0.$$

"""
ADAM = r"""Adam keeps two averages,
$$m_t = a m_{t-1} + (1 - a) g_t, \qquad u_t = b u_{t-1} + (1 - b) g_t^2$$
with $m_0 = u_0 = 0$ and $a, b \in (0, 1)$. Hence
"""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^{t-s} g_s$$", "proved"),
        (MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^{t-s+1} g_s$$", "refuted"),
        (MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^s g_s$$", "refuted"),
        (MOMENTUM + r"We have $v_1 = g_1$.", "proved"),
        (MOMENTUM + r"We have $v_1 = \beta g_1$.", "refuted"),
        (ADAM + r"$$m_t = (1 - a) \sum_{s=1}^t a^{t-s} g_s$$", "proved"),
        (ADAM + r"$$m_t = \sum_{s=1}^t a^{t-s} g_s$$", "refuted"),
        (ADAM + r"$$u_t = (1 - b) \sum_{s=1}^t b^{t-s} g_s^2$$", "proved"),
        (ADAM + r"$$u_t = (1 - b) \sum_{s=1}^t b^{t-s} g_s$$", "refuted"),
    ],
)
def test_recurrences_that_begin_at_zero(words: Judged, text: str, word: str) -> None:
    assert words(text)[-1] == word


@pytest.mark.parametrize(
    "text",
    [
        r"$$v_t = \beta v_{t-1} + g_t$$ Then $$v_t = \sum_{s=1}^t \beta^{t-s} g_s$$",  # nothing says where it begins
        r"Let $T = 3$. $$v_t = \beta v_{t-1} + g_t, \qquad v_0 = 0$$ Then $$v_t = \sum_{s=1}^t \beta^{s} g_s$$",
    ],
)
def test_nothing_is_counted_otherwise(words: Judged, text: str) -> None:
    assert words(text)[-1] != "proved"


COUNTED = r"<!--: index t = 0..T -->" + "\n"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (COUNTED + MOMENTUM + r"Then $v_1 = 2 g_1$.", "refuted"),
        (COUNTED + MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^{t-s+1} g_s$$", "refuted"),
        (COUNTED + MOMENTUM + r"Then $v_0 = 1$.", "refuted"),
    ],
)
def test_where_t_is_declared_to_count_from_zero(words: Judged, text: str, word: str) -> None:
    assert words(text)[-1] == word


EARLIER = r"""## 1
<!--: index t = 1..T ; x \in \mathbb{R}^n -->
Let $g = 2 x$. We have $g^\top x = 2 \|x\|^2$.

## 2
"""


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (EARLIER + MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^{t-s} g_s$$", "proved"),
        (EARLIER + MOMENTUM + r"$$v_t = \sum_{s=1}^t \beta^{s} g_s$$", "refuted"),
        (
            EARLIER + r"The entries are $g_i = x_i$ for $i = 1, \dots, n$.",
            "refuted",
        ),  # no steps: entries of that vector
        (EARLIER + MOMENTUM + r"$$g^\top x = 2 \|x\|^2$$", "proved"),  # it stands as the vector that it is
        (EARLIER + MOMENTUM + r"$$g^\top x = \|x\|^2$$", "refuted"),
    ],
)
def test_letters_of_a_section_before(words: Judged, text: str, word: str) -> None:
    assert words(text)[-1] == word
