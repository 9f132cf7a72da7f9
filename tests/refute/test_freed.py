"""What is worked out at a point is freed by itself when it is done with: looking for it is slow and holds memory."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

import pytest

from derive.documents import read_document
from derive.judge import afresh, judge
from derive.language.verdicts import Proved
from derive.read.documents.text.source import Source
from derive.refute.state import Point, State

STEP = r"""
<!--: index n = 1..N ; k = 1..K ; x_n, m_k \in \mathbb{R} ; r_{nk} > 0 -->
Let $E = \sum_{n=1}^N \sum_{k=1}^K r_{nk} (x_n - m_k)^2$. Then
$$ \frac{\partial E}{\partial m_k} = 0 \Rightarrow m_k = \frac{\sum_{n=1}^N r_{nk} x_n}{\sum_{n=1}^N r_{nk}}. $$
"""


@pytest.fixture
def _uncollected() -> Iterator[None]:
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def _alive(kind: type) -> int:
    return sum(type(each) is kind for each in gc.get_objects())


@pytest.mark.usefixtures("_uncollected")
def test_states_below_a_point_are_freed() -> None:
    claim = read_document(Source("f.md", STEP)).derivation.claims[-1]
    states, points = _alive(State), _alive(Point)
    with afresh():
        assert isinstance(judge(claim, time.monotonic() + 60), Proved)
        assert _alive(State) - states <= 2 * (_alive(Point) - points) + 2  # those of the points that are kept
