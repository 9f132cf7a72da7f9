"""Quantities with indices in brackets that nothing declares: values, rewards, policies over finite sets."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document
from derive.read.documents.source import Source

Judged = Callable[[str], list[str]]


@pytest.fixture
def words(tmp_path: Path) -> Judged:
    def judged(text: str) -> list[str]:
        path = tmp_path / "f.md"
        path.write_text(text, encoding="utf-8")
        return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]

    return judged


def notes(text: str) -> str:
    return "\n".join(read_document(Source("f.md", text)).notes)


PROCESS = r"""
Consider states $x \in \mathcal{X}$, actions $u \in \mathcal{U}$, transition probabilities $T(x' \mid x, u)$, costs $c(x, u)$ and $\beta \in (0, 1)$.
For a policy $\mu(u \mid x)$ the value function satisfies
$$W(x) = \sum_{u \in \mathcal{U}} \mu(u \mid x) \left( c(x, u) + \beta \sum_{x' \in \mathcal{X}} T(x' \mid x, u) W(x') \right).$$
Let $Z(x, u) = c(x, u) + \beta \sum_{x'} T(x' \mid x, u) W(x')$. Then $CLAIM$.
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"W(x) = \sum_u \mu(u \mid x) Z(x, u)", "proved"),
        (r"W(x) = \sum_u Z(x, u)", "refuted"),
        (r"\sum_u \mu(u \mid x) (Z(x, u) - W(x)) = 0", "proved"),
        (r"\sum_{x'} T(x' \mid x, u) = 1", "proved"),
        (r"\sum_x T(x' \mid x, u) = 1", "unread"),
    ],
)
def test_a_decision_process(words: Judged, claim: str, verdict: str) -> None:
    assert words(PROCESS.replace("CLAIM", claim))[-1] == verdict


def test_without_words_of_probabilities_nothing_sums_to_one() -> None:
    text = PROCESS.replace("transition probabilities", "weights").replace("policy", "rule").replace("CLAIM", "1 = 1")
    assert "assume" not in notes(text)


def test_a_set_over_which_nothing_is_summed_is_no_range() -> None:
    text = r"Consider inputs $x \in \mathcal{X}$. Then $f(x) + 1 = 1 + f(x)$."
    assert "index x" not in notes(text)


def test_a_name_that_also_stands_alone_is_no_family() -> None:
    text = r"For $i = 1, \dots, n$ we have $\sum_{i=1}^n (v(i) + v) = \sum_{i=1}^n v(i)$."
    assert "v(i) \\in" not in notes(text)
