"""A step whose lines before it cannot all hold is still refuted as a consequence of the equations that are solved."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

RIDGE = r"""<!--: X \in \mathbb{R}^{n\times d} ; y \in \mathbb{R}^n ; w \in \mathbb{R}^d ; a > 0 -->
Let $J(w) = \|Xw - y\|^2 + a\|w\|^2$. Then
$$\nabla_w J = 2X^\top(Xw-y) + 2 a w = 0 \quad\Rightarrow\quad w = (X^\top X + a I)^{-1}X^\top y .$$
The hat matrix $H = X (X^\top X + a I)^{-1} X^\top$ satisfies
$$ %s $$
and
$$ %s $$
"""
WRONG = r"H + I = H^\top"
RIGHT = r"H = H^\top"
TRUE = r"H^2 = H - a X(X^\top X + a I)^{-2} X^\top"
FALSE = r"H^2 = H - a X(X^\top X + a I)^{-1} X^\top"


@pytest.mark.parametrize(
    ("before", "line", "words"),
    [
        (RIGHT, TRUE, ["proved", "proved"]),
        (RIGHT, FALSE, ["proved", "refuted"]),
        (WRONG, FALSE, ["refuted", "refuted"]),
    ],
)
def test_after_a_wrong_line(tmp_path: Path, before: str, line: str, words: list[str]) -> None:
    path = tmp_path / "a.md"
    path.write_text(RIDGE % (before, line), encoding="utf-8")
    results = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    assert [result.word for result in results][-2:] == words


def test_a_true_line_after_a_wrong_one_is_not_refuted(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(RIDGE % (WRONG, TRUE), encoding="utf-8")
    results = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    assert [result.word for result in results][-2:] in (["refuted", "proved"], ["refuted", "undecided"])
