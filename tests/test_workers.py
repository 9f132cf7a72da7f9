"""Work in processes: every piece has an outcome, whatever it does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from derive.workers import Died, Exhausted, Finished, Stopped, run
from derive.workers.process import set_alarm, start


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


def test_what_was_killed_from_elsewhere_is_tried_again(tmp_path: Path) -> None:
    def work(number: int) -> str:
        first = tmp_path / str(number)
        if not first.exists():
            first.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return "fine"

    assert all(isinstance(outcome, Finished) for outcome in outcomes(3, work).values())


def test_a_computation_in_c_does_not_outlive_its_limit() -> None:
    def work(number: int) -> int:
        return (3**30_000_000 % 7) if number == 1 else number  # one call of C that hears no signal handler

    started = time.perf_counter()
    found = outcomes(3, work, limit=0.3)
    assert isinstance(found[1], Stopped)
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("slowly", [True, False])
def test_what_takes_too_much_memory_is_stopped_and_the_rest_goes_on(slowly: bool) -> None:
    def work(number: int) -> int:
        if number == 1 and slowly:
            held = []
            while True:
                held.append(bytearray(2**20))
                time.sleep(0.0005)
        return len(bytearray(2**40 if number == 1 else 2**20))

    found = dict(run(4, work, 2, 30.0, memory=64 * 2**20))
    assert [type(found[number]) for number in range(4)] == [Finished, Exhausted, Finished, Finished]


def test_a_worker_full_of_earlier_work_is_no_reason_to_refuse_more() -> None:
    held: list[bytearray] = []

    def work(number: int) -> int:
        held.append(bytearray(b"x" * (30 * 2**20)))
        time.sleep(0.3)
        return len(held)

    found = dict(run(6, work, 1, 30.0, memory=100 * 2**20))
    assert all(isinstance(outcome, Finished) for outcome in found.values())


LEFT_ALONE = """
import os, sys, time
from derive.workers import run

def work(number):
    with open(sys.argv[1], "a") as file:
        print(os.getpid(), file=file, flush=True)
    return 3**300_000_000 % 7  # deaf to everything but a kill

list(run(2, work, 2, 60.0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the alarm ends them, when their limit is over")
def test_workers_end_with_their_parent_even_within_c(tmp_path: Path) -> None:
    log = tmp_path / "pids"
    parent = subprocess.Popen([sys.executable, "-c", LEFT_ALONE, str(log)])
    pids = waited_for(lambda: log.read_text().split() if log.exists() else [], 2)
    parent.kill()
    parent.wait()
    assert waited_for(lambda: [pid for pid in pids if is_gone(int(pid))], 2) == pids


def waited_for(found: Callable[[], list[str]], count: int) -> list[str]:
    """What is found once there are ``count`` of it; after a while, whatever there is."""
    for _ in range(500):
        if len(found()) >= count:
            break
        time.sleep(0.02)
    return found()


def is_gone(pid: int) -> bool:
    """Whether there is no such process, or only what is left of one that nobody has asked for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_an_alarm_ends_a_worker_that_nobody_watches() -> None:
    process = start(lambda connection: set_alarm(0.1) or time.sleep(60), None)  # type: ignore[func-returns-value]
    process.process.join(10)
    assert process.exit_code() == -signal.SIGALRM
