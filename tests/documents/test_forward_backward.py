r"""Recurrences over families of two indices, as members or as calls: ``\alpha_{t+1}(j) = b_{t+1,j} \sum_i \alpha_t(i) A_{ij}``.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import re

import pytest

from derive.language.context import Context
from derive.read.declarations import declare as declarations
from derive.refute.relevance import subject_of
from tests.documents.judging import Judged, notes

GIVEN = r"""<!--: index t = 1..T ; index i, j, k = 1..K ; \pi_i > 0 ; A_{ij} > 0 ; b_{tj} > 0 ; \sum_{j=1}^K A_{ij} = 1 -->
The forward variables are $\alpha_{1,i} = \pi_i b_{1,i}$ and $$\alpha_{t+1,j} = b_{t+1,j} \sum_{i=1}^K \alpha_{t,i} A_{ij}.$$
The backward variables are $\beta_{T,i} = 1$ and $$\beta_{t,i} = \sum_{j=1}^K A_{ij} b_{t+1,j} \beta_{t+1,j}.$$
"""


def as_calls(text: str) -> str:
    """The same with members as calls."""
    return re.sub(r"(\\(?:alpha|beta))_\{([^{},]*),([ij])\}", r"\1_{\2}(\3)", text)


@pytest.mark.parametrize("spelled", [str, as_calls])
@pytest.mark.parametrize(
    ("claim", "verdicts"),
    [
        (r"\sum_{i=1}^K \alpha_{t,i} \beta_{t,i} = \sum_{i=1}^K \alpha_{t+1,i} \beta_{t+1,i}", {"proved"}),
        (r"\sum_{i=1}^K \alpha_{T,i} \beta_{T,i} = \sum_{i=1}^K \alpha_{T,i}", {"proved"}),
        (r"\sum_{i=1}^K \alpha_{t,i} \beta_{t,i} = \sum_{i=1}^K \alpha_{T,i}", {"proved", "undecided"}),
        (r"\sum_{i=1}^K \alpha_{1,i} \beta_{1,i} = \sum_{i=1}^K \alpha_{1,i}", {"refuted"}),
        (r"\alpha_{2,j} = b_{2,j} \sum_{i=1}^K \pi_i b_{1,i} A_{ij}", {"proved", "undecided"}),
        (r"\alpha_{2,j} = b_{2,j} \sum_{i=1}^K \pi_i b_{1,i} A_{ji}", {"refuted"}),
        (r"\sum_{i=1}^K \alpha_{T-1,i} \beta_{T-1,i} = \sum_{i=1}^K \alpha_{T,i}", {"proved", "undecided"}),
        (r"\beta_{T,i} = 2", {"refuted"}),
    ],
)
def test_forward_and_backward(spelled: type[str], claim: str, verdicts: set[str], words: Judged) -> None:
    assert words(spelled(f"{GIVEN}Then $${claim}.$$"))[-1] in verdicts


def test_calls_are_members_only_where_nothing_else_is_written() -> None:
    assert r"\alpha_t(i) is the member" in notes(as_calls(GIVEN))
    assert r"\alpha_t(i) is the member" not in notes(as_calls(GIVEN) + r" And $\alpha_t(x) = x$.")
    assert "is the member" not in notes(r"Let $f_1(i) = i$ and $f_2(i) = i^2$.")


SEQUENCE = "index t = 1..T ; index i, j = 1..K ; h_{ti}, w \\in \\mathbb{R} ; "


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (r"assume h_{1,i} = w ; assume h_{t+1,j} = w \sum_{i=1}^K h_{t,i}", 0),
        (r"assume h_{T,i} = w ; assume h_{t,j} = w \sum_{i=1}^K h_{t+1,i}", 0),
        (r"assume h_{1,i} = w ; assume h_{1,i} = 3", 2),  # these say what w is
        (r"assume h_{t+1,j} = w h_{t,j} ; assume h_{t+1,j} = h_{t,j}", 2),
        (r"assume h_{t,j} = w h_{t,j}", 1),
        (r"assume w h_{t+1,j} = h_{t,j}", 1),
        (r"assume h_{1,i} = w ; assume h_{t+1,j} = w h_{t,j} ; assume h_{T,i} = 2", 3),
        (r"h_{ti} > 0 ; assume h_{t+1,j} = w h_{t,j}", 1),  # then w > 0
        (r"assume \sum_{i=1}^K h_{t,i} = w", 1),
        (r"assume h_{t,1} = w ; assume h_{t+1,j} = w h_{t,j}", 2),  # then w = w^2
        (r"assume h_{t+1,2} = w h_{t,2}", 1),
        (r"assume h_{t+1,j} = h_{t,j} / w", 1),  # then w is not zero
        (r"assume h_{t+1,j} = e^{h_{t,j}} - w", 0),
        (r"let v := 1 / w ; assume h_{t+1,j} = v h_{t,j}", 1),
        (r"assume h_{T,i} = w ; assume h_{t+1,j} = w h_{t,j}^2", 2),  # then w^2 h_{T-1}^4 = w
        (r"assume h_{1,i} = w ; assume h_{t,j} = w h_{t+1,j}^2", 2),
        (r"assume h_{2,i} = w ; assume h_{t+1,j} = w h_{t,j}^2", 2),
        (r"assume h_{1,j+1} = w", 1),
        (r"let g_{ti} := w t ; assume g_{t+1,j} = w g_{t,j}", 1),
        (r"c_{ti} \in \{1, \dots, K\} ; assume c_{t+1,j} = c_{t,j} + w", 1),  # then w is a whole number
    ],
)
def test_what_only_says_what_a_sequence_is_needs_no_values(said: str, kept: int) -> None:
    context = declarations(SEQUENCE + said, Context())
    claim = declarations("assume w^2 = w", context).facts[-1].statement
    assert len(subject_of([claim], (), context).facts) == kept
