"""Tables whose rows, or whose columns, are distributions: a multiplier for each, whatever the table's sides are."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

LAGRANGIAN = """
<!--: index i, j = 1..{rows} ; index k, l = 1..{columns} ; A, N \\in \\mathbb{{R}}^{{{rows} \\times {columns}}} ; N_{{jk}} > 0 -->

$$Q = \\sum_{{j=1}}^{{{rows}}} \\sum_{{k=1}}^{{{columns}}} N_{{jk}} \\log A_{{jk}}$$

We maximise it subject to $\\sum_{over} A_{{jk}} = 1$.

$$\\mathcal{{L}} = Q + \\sum_{other} \\lambda_{other} \\left(1 - \\sum_{over} A_{{jk}}\\right)$$

$$\\frac{{\\partial \\mathcal{{L}}}}{{\\partial A_{{jk}}}} = \\frac{{N_{{jk}}}}{{A_{{jk}}}} - \\lambda_{other} = 0$$

$$A_{{jk}} = {solution}$$
"""


def verdict(text: str, folder: Path) -> str:
    path = folder / "a.md"
    path.write_text(text)
    return check_documents([str(path)], Limits(jobs=1, timeout=60)).results[-1].word


@pytest.mark.parametrize(("rows", "columns"), [("K", "K"), ("J", "K")])
@pytest.mark.parametrize(
    ("over", "solution", "expected"),
    [
        ("k", r"\frac{N_{jk}}{\sum_{l} N_{jl}}", "proved"),
        ("k", r"\frac{N_{jk}}{\sum_{i} N_{ik}}", "refuted"),
        ("k", r"\frac{N_{jk}}{\sum_i \sum_l N_{il}}", "refuted"),
        ("j", r"\frac{N_{jk}}{\sum_{i} N_{ik}}", "proved"),
        ("j", r"\frac{N_{jk}}{\sum_{l} N_{jl}}", "refuted"),
    ],
)
def test_rows_or_columns_sum_to_one(
    rows: str, columns: str, over: str, solution: str, expected: str, tmp_path: Path
) -> None:
    other = "j" if over == "k" else "k"
    text = LAGRANGIAN.format(rows=rows, columns=columns, over=over, other=other, solution=solution)
    assert verdict(text, tmp_path) == expected


def test_without_the_constraint(tmp_path: Path) -> None:
    """Nothing says that the rows of the table sum to one."""
    text = LAGRANGIAN.format(
        rows="K", columns="K", over="k", other="j", solution=r"\frac{N_{jk}}{\sum_{l} N_{jl}}"
    ).replace("We maximise it subject to $\\sum_k A_{jk} = 1$.", "")
    text = text.replace(
        r"\sum_j \lambda_j \left(1 - \sum_k A_{jk}\right)", r"\sum_j \lambda_j \left(2 - \sum_k A_{jk}\right)"
    )
    assert verdict(text, tmp_path) == "refuted"
