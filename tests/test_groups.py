"""Work of one group is done by one worker in order, the heaviest group first."""

from __future__ import annotations

import os
import time

import pytest

from derive.workers import Finished, can_fork, run

GROUPS = ("light", "heavy", "light", "middle", "heavy", "light")
WEIGHTS = (1.0, 40.0, 1.0, 5.0, 1.0, 1.0)


def report(jobs: int) -> list[tuple[int, int]]:
    """For each piece of work, as it was begun, its number and its process."""

    def work(number: int) -> list[float]:
        time.sleep(0.01)
        return [time.monotonic(), os.getpid()]

    found = []
    for number, outcome in run(len(GROUPS), work, jobs, 10.0, GROUPS, None, WEIGHTS):
        assert isinstance(outcome, Finished)
        found.append((*outcome.value, number))
    return [(number, process) for _, process, number in sorted(found)]


@pytest.mark.skipif(not can_fork(), reason="processes cannot be forked")
def test_one_worker_begins_with_the_heaviest() -> None:
    assert [number for number, _ in report(1)] == [1, 4, 3, 0, 2, 5]


@pytest.mark.skipif(not can_fork(), reason="processes cannot be forked")
def test_a_group_stays_with_one_worker_in_order() -> None:
    found = report(3)
    for group in set(GROUPS):
        own = [(number, process) for number, process in found if GROUPS[number] == group]
        assert len({process for _, process in own}) == 1
        assert [number for number, _ in own] == sorted(number for number, _ in own)
