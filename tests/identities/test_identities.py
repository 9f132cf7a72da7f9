"""Every row of the tables is proved for all sizes, its damaged twin is refuted with a witness."""

from __future__ import annotations

import time
from functools import partial

import pytest

from derive.judge import judge
from derive.language.verdicts import Proved, Refuted, Verdict
from tests.identities import (
    calculus,
    decisions,
    forms,
    gaussians,
    information,
    labels,
    likelihoods,
    matrix_calculus,
    sequences,
    softmax,
    spectral,
    statistics,
    sums,
)
from tests.identities.rows import Row, claim_of
from tests.work import counted

TABLES = (
    softmax,
    matrix_calculus,
    gaussians,
    statistics,
    likelihoods,
    information,
    decisions,
    calculus,
    sums,
    forms,
    spectral,
    sequences,
    labels,
)
ROWS: tuple[Row, ...] = tuple(row for table in TABLES for row in table.ROWS)
SECONDS = 20.0
"""What one row may take on a busy machine before it is given up."""
MOST_CALLS = 10_000_000


def verdict(row: Row, *, damaged: bool) -> Verdict:
    """The verdict on a row."""
    return judge(claim_of(row, damaged), time.monotonic() + SECONDS)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_row_is_proved(row: Row) -> None:
    found = verdict(row, damaged=False)
    assert isinstance(found, Proved), found
    assert found.scope == "all sizes"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_its_twin_is_refuted(row: Row) -> None:
    found = verdict(row, damaged=True)
    assert isinstance(found, Refuted), found
    assert found.witness.left or found.witness.note


def test_the_tables_are_what_they_say() -> None:
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)
    assert len(names) >= 500


def test_the_most_need_little_work() -> None:
    """Half of the rows are decided in 50,000 calls or fewer, about 50 ms (every tenth is asked)."""
    cases = [(row, damaged) for row in ROWS[::10] for damaged in (False, True)]
    costs = sorted(counted(partial(verdict, row, damaged=damaged), MOST_CALLS)[1] for row, damaged in cases)
    assert costs[len(costs) // 2] < 50_000
