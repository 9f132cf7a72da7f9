"""Probabilities of all values of a label sum to one; of something else, or over something else, they need not."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

CHAIN = r"Let $s_t \in \{1, \dots, M\}$ be the regime at time $t = 1, \dots, L$. "
Q = r"Let $Q_{ab} = P(s_{t+1} = b \mid s_t = a)$ "


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHAIN + Q + r"so that $\sum_{b=1}^M Q_{ab} = 1$ for every $a = 1, \dots, M$.", "proved"),
        (CHAIN + Q + r"for $a, b = 1, \dots, M$. Then $\sum_{a=1}^M \sum_{b=1}^M Q_{ab} = M$.", "proved"),
        (CHAIN + Q + r"for $a, b = 1, \dots, M$. Then $\sum_{a=1}^M Q_{ab} = 1$.", "refuted"),
        (CHAIN + Q + r"for $a, b = 1, \dots, M$. Then $\sum_{b=1}^M Q_{ab}^2 = 1$.", "refuted"),
    ],
)
def test_of_a_label(text: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(text, tmp_path)[-1] == expected


def test_it_is_told() -> None:
    document = read_document(CHAIN + Q + r"for $a, b = 1, \dots, M$. Then $\sum_{b=1}^M Q_{ab} = 1$.")
    assert any(r"assume \sum_{b} Q_{a,b} = 1" in note for note in document.notes)


@pytest.mark.parametrize("event", ["c = v, d = u", r"c = 1 \mid d = u", r"c = v \mid d = v"])
def test_what_is_no_distribution(event: str, tmp_path: Path) -> None:
    words = rf"Let $R_{{uv}} = P({event})$ for $u, v = 1, \dots, M$. Then $\sum_{{v=1}}^M R_{{uv}} = 1$."
    assert verdicts(r"Let $c, d \in \{1, \dots, M\}$. " + words, tmp_path)[-1] == "refuted"
    assert verdicts(words, tmp_path)[-1] == "refuted"


def test_a_label_of_more_values(tmp_path: Path) -> None:
    words = r"Let $c \in \{1, \dots, K\}$ and $r_v = P(c = v)$ for $v = 1, \dots, M$. Then $\sum_{v=1}^M r_v^2 = 1$."
    document = read_document(words)
    assert not any("assume" in note for note in document.notes)
    assert verdicts(words, tmp_path)[-1] == "refuted"


UNSAID = r"Let $R_{uv} = P(c = v \mid d = u)$ for $u, v = 1, \dots, M$, so that "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\sum_{v=1}^M R_{uv} = 1$. Then $\sum_{u=1}^M R_{uv} = 1$.", ["proved", "refuted"]),
        (r"$\sum_{v=1}^M R_{uv} = 1$. Then $\sum_{u=1}^M \sum_{v=1}^M R_{uv} = M$.", ["proved", "proved"]),
        (r"$\sum_{u=1}^M R_{uv} = 1$.", ["refuted"]),
        (r"$\sum_{v=1}^M R_{uv} = 2$.", ["refuted"]),
    ],
)
def test_of_what_nothing_declares_the_sum_is_assumed(text: str, expected: list[str], tmp_path: Path) -> None:
    assert verdicts(UNSAID + text, tmp_path) == expected
