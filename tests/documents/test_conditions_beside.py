"""Conditions on indices beside a statement, however they are written: it is claimed in that case, and in no other."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SOFTMAX = (
    r"<!--: index i, j = 1..C ; z_i \in \mathbb{R} -->" + "\n"
    r"Let $p_i = \frac{e^{z_i}}{\sum_j e^{z_j}}$. Then" + "\n"
)
CLAIM = r"\frac{\partial p_i}{\partial z_j} = -p_i p_j"


@pytest.mark.parametrize(
    "line",
    [
        r"$$ CLAIM \qquad (i \neq j) $$",
        r"$$ CLAIM, \quad i \neq j $$",
        r"$$\begin{aligned} CLAIM, && i &\neq j \end{aligned}$$",
        r"$$ CLAIM, \ \forall\, i \neq j. $$",
        r"$$ CLAIM \quad [i \neq j] $$",
        r"$$ CLAIM \quad \text{for all } i \neq j $$",
        r"$$ CLAIM \quad (\text{for } i \neq j) $$",
        r"$$ i \neq j: \quad CLAIM $$",
        r"$$ \text{Case } i \neq j: \quad CLAIM $$",
        r"$$ (i \neq j) \quad CLAIM $$",
        "- $i \\neq j$: $CLAIM$\n",
        "**$i \\neq j$:** $CLAIM$\n",
    ],
)
def test_a_condition_beside_a_statement_is_its_case(words: Judged, line: str) -> None:
    other = line.replace(r"\neq", "=")
    found = [words(SOFTMAX + each.replace("CLAIM", CLAIM))[-1] for each in (line, other)]
    assert found == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("line", "verdicts"),
    [
        (r"p_i = p_i + 1, \quad i = 1, \dots, C", ["refuted"]),
        (r"p_i = p_i, \quad \sum_i p_i = 1", ["proved", "proved"]),
        (r"p_i = p_i, \quad p_i = p_j", ["proved", "refuted"]),
        (r"\sum_{i \neq j} p_i = 1 - p_j, \quad (p_i = 1)", ["proved"]),
    ],
)
def test_other_things_beside_a_statement_are_no_conditions(words: Judged, line: str, verdicts: list[str]) -> None:
    assert words(f"{SOFTMAX}$$ {line} $$")[1:] == verdicts
