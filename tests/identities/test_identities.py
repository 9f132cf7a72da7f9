"""Every row of the tables is proved for all sizes, its damaged twin is refuted with a witness, and both quickly."""

from __future__ import annotations

import time
from functools import cache

import pytest

from derive.judge import judge
from derive.language.verdicts import Proved, Refuted, Verdict
from tests.identities import (
    calculus,
    decisions,
    forms,
    gaussians,
    information,
    likelihoods,
    matrix_calculus,
    softmax,
    statistics,
    sums,
)
from tests.identities.rows import Row, claim_of

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
)
ROWS: tuple[Row, ...] = tuple(row for table in TABLES for row in table.ROWS)
SECONDS = 2.0
"""What one row may take: four times what is aimed at, since the machine may be busy."""


@cache
def verdict(row: Row, *, damaged: bool) -> tuple[Verdict, float]:
    """The verdict on a row, and the processor time it took."""
    claim = claim_of(row, damaged)
    started = time.process_time()
    found = judge(claim, time.monotonic() + 10 * SECONDS)
    return found, time.process_time() - started


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_row_is_proved(row: Row) -> None:
    found, seconds = verdict(row, damaged=False)
    assert isinstance(found, Proved), found
    assert found.scope == "all sizes"
    assert seconds < SECONDS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_its_twin_is_refuted(row: Row) -> None:
    found, seconds = verdict(row, damaged=True)
    assert isinstance(found, Refuted), found
    assert found.witness.left or found.witness.note
    assert seconds < SECONDS


def test_the_tables_are_what_they_say() -> None:
    names = [row.name for row in ROWS]
    assert len(set(names)) == len(names)
    assert len(names) >= 400


def test_the_most_are_quick() -> None:
    """Half of the rows take 50 ms or less (every tenth is asked)."""
    costs = sorted(verdict(row, damaged=damaged)[1] for row in ROWS[::10] for damaged in (False, True))
    assert costs[len(costs) // 2] < 0.05
