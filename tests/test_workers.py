"""Work in processes: every piece has an outcome, whatever it does."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import pytest

from derive.workers import Died, Finished, Stopped, run


def outcomes(count: int, work: Any, jobs: int = 2, limit: float = 5.0) -> dict[int, Any]:
    found = dict(run(count, work, jobs, limit))
    assert sorted(found) == list(range(count))
    return found


def test_values_come_back() -> None:
    found = outcomes(20, lambda number: {"square": [number**2, "µ"]})
    assert [found[number].value["square"][0] for number in range(20)] == [number**2 for number in range(20)]
    assert all(isinstance(outcome, Finished) for outcome in found.values())


def test_nothing_to_do() -> None:
    assert outcomes(0, lambda number: 1) == {}


def test_more_processes_than_work() -> None:
    assert len(outcomes(1, lambda number: 1, jobs=8)) == 1


@pytest.mark.parametrize("jobs", [1, 3])
def test_what_hangs_is_stopped_and_the_rest_goes_on(jobs: int) -> None:
    found = outcomes(6, lambda number: time.sleep(60 if number in (0, 3) else 0), jobs, limit=0.3)
    assert {number for number, outcome in found.items() if isinstance(outcome, Stopped)} == {0, 3}


def test_what_dies_is_told() -> None:
    def work(number: int) -> str:
        if number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        if number == 2:
            os._exit(3)
        return "fine"

    found = outcomes(4, work)
    assert [type(found[number]) for number in range(4)] == [Finished, Died, Died, Finished]
    assert (found[1].code, found[2].code) == (-signal.SIGKILL, 3)


def test_long_answers_come_back_whole() -> None:
    assert all(len(outcome.value) == 1_000_000 for outcome in outcomes(3, lambda number: "x" * 1_000_000).values())


def test_workers_end_when_the_run_is_left_early() -> None:
    pids = []
    for _, outcome in run(10, lambda number: os.getpid(), 2, 5.0):
        pids.append(outcome.value)  # type: ignore[union-attr]
        if len(pids) == 4:
            break
    del outcome
    import gc

    gc.collect()
    for pid in set(pids):
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
