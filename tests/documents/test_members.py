"""Families told by a list of their members, from 1 or from another number on; lists that are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

SAID = {
    "vectors from 0 on": (
        r"Let $u_0, u_1, \dots, u_S \in \mathbb{R}^d$ and $v \in \mathbb{R}^d$, and "
        r"$$ f = \log \sum_{s=0}^S e^{v^\top u_s}, \qquad a_s = e^{v^\top u_s - f} . $$ Then "
        r"$$ \nabla_v f = \sum_{s=0}^S a_s u_s $$ $$ \nabla_{u_0} f = a_0 v $$ $$ \nabla_{u_s} f = a_s v $$ "
        r"$$ \nabla_{u_0} f = (1 - a_0) v $$ $$ \nabla_v f = \sum_{s=1}^S a_s u_s $$",
        "proved proved proved proved proved refuted refuted",
    ),
    "all but the first": (
        r"Let $b_0, \ldots, b_M \in \mathbb{R}$ and $g = \log \sum_{i=0}^M e^{b_i} - b_0$. For $i \ne 0$, "
        r"$$ \frac{\partial g}{\partial b_i} = \frac{e^{b_i}}{\sum_{j=0}^M e^{b_j}} . $$ For any $i$, "
        r"$$ \frac{\partial g}{\partial b_i} = \frac{e^{b_i}}{\sum_{j=0}^M e^{b_j}} . $$",
        "proved proved refuted",
    ),
    "up to one before the end": (
        r"Let $r_0, r_1, ..., r_{T-1} \in \mathbb{R}$ and $c \in \mathbb{R}$. Then "
        r"$$ \frac{\partial}{\partial c} \sum_{t=0}^{T-1} (r_t - c)^2 = 2 T c - 2 \sum_{t=0}^{T-1} r_t $$ and "
        r"$$ \frac{\partial}{\partial c} \sum_{t=0}^{T-1} (r_t - c)^2 = 2 (T - 1) c - 2 \sum_{t=0}^{T-1} r_t $$",
        "proved refuted",
    ),
    "dots that are typed": (
        r"Let $z_1, z_2, z_3, ..., z_n \in \mathbb{R}$. Then $$ \sum_{i=1}^n (z_i + 1) = n + \sum_{i=1}^n z_i $$",
        "proved",
    ),
    "a gap": (
        r"Let $x_0, x_2, \dots, x_N \in \mathbb{R}^d$. Then $$ \sum_{n=0}^N x_n^\top x_n = \sum_{n=0}^N \|x_n\|^2 $$",
        "unread",
    ),
    "no space is said": (
        r"Let $w \in \mathbb{R}^d$ and let $x_0, x_1, \dots, x_N$ be the data. Then $$ \sum_{n=0}^N w^\top x_n = 0 $$",
        "unread",
    ),
}


@pytest.mark.parametrize(("text", "verdicts"), SAID.values(), ids=SAID)
def test_lists_of_members(text: str, verdicts: str, tmp_path: Path) -> None:
    path = tmp_path / "d.md"
    path.write_text(text)
    report = check_documents([str(path)], Limits(jobs=1, timeout=60))
    assert " ".join(result.word for result in report.results) == verdicts
