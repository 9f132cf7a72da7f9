"""Work by number, known in full before it begins: what hangs is stopped, what dies is reported."""

from __future__ import annotations

import gc
import json
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from derive.workers.outcomes import Died, Exhausted, Finished, Outcome, Stopped
from derive.workers.process import LOOK, Process, can_fork, set_alarm, start

Work = Callable[[int], Any]
"""One piece of work by number, run in a worker; its answer is plain data (it travels as JSON)."""

LATE = 2.0
"""Seconds after its limit at which the system ends a worker that its parent has not ended: the parent may be gone."""


def run(
    count: int,
    work: Work,
    jobs: int,
    limit: float,
    groups: Sequence[str] = (),
    memory: int | None = None,
    weights: Sequence[float] = (),
) -> Iterator[tuple[int, Outcome]]:
    """The outcome of ``work(0) … work(count - 1)``, in the order they are ready, each within ``limit`` seconds and
    ``memory`` bytes.

    Work of one group (``groups[number]``) is done by one worker, in order: what it has computed for one claim of a
    context serves the next, and what was computed before does not depend on who was free when. The groups of the
    greatest weight (of ``weights[number]``, 1 if there are none) are begun first. What dies, or finds its worker full
    of what was done before it, is tried once more in a fresh one.

    Where processes cannot be forked (Windows) the work is done here, in order; the limits are left to ``work`` itself.
    """
    if not can_fork():
        for number in range(count):
            started = time.perf_counter()
            yield number, Finished(work(number), time.perf_counter() - started)
        return
    pool = _Pool(work, limit, memory, _Queue(groups or [str(number) for number in range(count)], weights))
    try:
        yield from pool.outcomes(count, max(1, min(jobs, count)))
    finally:
        pool.close()


class _Queue:
    """What is still to be done, group by group, the heaviest first."""

    def __init__(self, groups: Sequence[str], weights: Sequence[float]) -> None:
        self.left: dict[str, deque[int]] = {}
        heavy: dict[str, float] = {}
        for number, group in enumerate(groups):
            self.left.setdefault(group, deque()).append(number)
            heavy[group] = heavy.get(group, 0.0) + (weights[number] if weights else 1.0)
        self.fresh = deque(sorted(self.left, key=lambda name: -heavy[name]))

    def take(self, group: str | None = None) -> tuple[int, str] | None:
        """The next number: of this group, else of the heaviest that nobody has begun."""
        if group is None or not self.left[group]:
            if not self.fresh:
                return None
            group = self.fresh.popleft()
        return self.left[group].popleft(), group


@dataclass
class _Worker:
    own: Process
    group: str = ""
    number: int = -1
    started: float = 0.0
    tries: int = 1

    def give(self, number: int, group: str) -> None:
        self.number, self.group, self.started = number, group, time.perf_counter()
        self.own.send(str(number).encode())


@dataclass
class _Pool:
    work: Work
    limit: float
    memory: int | None
    queue: _Queue
    busy: list[_Worker] = field(default_factory=list)

    def outcomes(self, count: int, jobs: int) -> Iterator[tuple[int, Outcome]]:
        """Keep ``jobs`` workers at work until everything has an outcome."""
        gc.freeze()  # what is here now is shared with every worker, not copied by their collectors
        for _ in range(min(jobs, count)):
            self._start(self.queue.take())
        while self.busy:
            for worker in self._ready():
                outcome, number = self._outcome(worker), worker.number
                if worth_another_try(outcome, worker.own, worker.tries):
                    self.busy.remove(worker)
                    self._start((number, worker.group), worker.tries + 1)
                    continue
                yield number, outcome  # before anything else can happen to it
                self.busy.remove(worker)
                self._go_on(worker, self.queue.take(worker.group), outcome)

    def close(self) -> None:
        """Stop what is still at work."""
        for worker in self.busy:
            worker.own.end()

    def _start(self, given: tuple[int, str] | None, tries: int = 1) -> None:
        if given is None:
            return
        own = start(self._serve, self.memory, [worker.own for worker in self.busy])
        worker = _Worker(own, tries=tries)
        self.busy.append(worker)
        worker.give(*given)

    def _go_on(self, worker: _Worker, following: tuple[int, str] | None, outcome: Outcome) -> None:
        """What comes next, in the same worker if it is still fit for it."""
        if following is None:
            worker.own.end()
        elif isinstance(outcome, Finished):
            worker.own.fresh, worker.tries = False, 1
            self.busy.append(worker)
            worker.give(*following)
        else:
            self._start(following)

    def _ready(self) -> list[_Worker]:
        """Workers with an answer, or dead, or beyond a limit; at least one, waiting for it."""
        while True:
            now = time.perf_counter()
            first = min(worker.started for worker in self.busy)
            patience = max(0.0, first + self.limit - now)
            look = patience if self.memory is None else min(patience, LOOK)
            answered = wait([worker.own.connection for worker in self.busy], timeout=look)
            now = time.perf_counter()
            ready = [
                worker
                for worker in self.busy
                if worker.own.connection in answered
                or now - worker.started >= self.limit
                or worker.own.is_over(self.memory, now)
            ]
            if ready:
                return ready

    def _outcome(self, worker: _Worker) -> Outcome:
        seconds = time.perf_counter() - worker.started
        if not worker.own.connection.poll():
            worker.own.end()
            return Stopped(seconds) if seconds >= self.limit else Exhausted(seconds)
        try:
            answer = worker.own.connection.recv_bytes()
        except (EOFError, ConnectionResetError):
            return ended(worker.own.exit_code(), seconds)
        if not answer:
            worker.own.end()
            return Exhausted(seconds)
        took, value = json.loads(answer)
        return Finished(value, took)

    def _serve(self, connection: Connection) -> None:
        """A worker's whole life: a number in, an answer out, until the other end closes."""
        while True:
            number = int(connection.recv_bytes())
            started = time.perf_counter()
            try:
                set_alarm(self.limit + LATE)
                value = self.work(number)
                set_alarm(0)
                answer = json.dumps([time.perf_counter() - started, value]).encode()
            except MemoryError:
                answer = b""
            connection.send_bytes(answer)


def worth_another_try(outcome: Outcome, own: Process, tries: int) -> bool:
    """Whether a piece of work is given to a fresh worker: its own may have been killed from elsewhere, or have been
    full of what was done before."""
    return tries == 1 and (isinstance(outcome, Died) or (isinstance(outcome, Exhausted) and not own.fresh))


def ended(code: int, seconds: float) -> Outcome:
    """The outcome of a worker that ended by itself, or by the alarm that it was given."""
    return Stopped(seconds) if code == -signal.SIGALRM else Died(code, seconds)
