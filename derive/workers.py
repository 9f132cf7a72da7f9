"""Work spread over processes, each piece within a time limit: what hangs is stopped, what dies is reported."""

from __future__ import annotations

import gc
import json
import multiprocessing
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from typing import Any

Work = Callable[[int], Any]
"""One piece of work by number, run in a worker; its answer is plain data (it travels as JSON)."""


@dataclass(frozen=True)
class Finished:
    """An answer, and how long it took."""

    value: Any
    seconds: float


@dataclass(frozen=True)
class Stopped:
    """No answer within the limit."""

    seconds: float


@dataclass(frozen=True)
class Died:
    """The worker ended without an answer; a negative ``code`` is the signal that ended it."""

    code: int
    seconds: float


Outcome = Finished | Stopped | Died


def run(count: int, work: Work, jobs: int, limit: float, groups: Sequence[str] = ()) -> Iterator[tuple[int, Outcome]]:
    """The outcome of ``work(0) … work(count - 1)``, in the order they are ready, each within ``limit`` seconds.

    Work of one group (``groups[number]``) goes to one worker as far as that keeps all of them busy: what it has
    computed for one claim of a derivation serves the next.

    Where processes cannot be forked (Windows) the work is done here, in order; the limit is left to ``work`` itself.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        for number in range(count):
            started = time.perf_counter()
            yield number, Finished(work(number), time.perf_counter() - started)
        return
    pool = _Pool(work, limit, _Queue(groups or [""] * count))
    try:
        yield from pool.outcomes(count, max(1, min(jobs, count)))
    finally:
        pool.close()


class _Queue:
    """What is still to be done, group by group."""

    def __init__(self, groups: Sequence[str]) -> None:
        self.left: dict[str, deque[int]] = {}
        for number, group in enumerate(groups):
            self.left.setdefault(group, deque()).append(number)
        self.begun: set[str] = set()

    def take(self, group: str | None = None) -> tuple[int, str] | None:
        """The next number: of this group, else of the longest group that nobody has begun, else of the longest."""
        if group is None or not self.left.get(group):
            fresh = [name for name, numbers in self.left.items() if numbers and name not in self.begun]
            open_ = fresh or [name for name, numbers in self.left.items() if numbers]
            if not open_:
                return None
            group = max(open_, key=lambda name: len(self.left[name]))
            self.begun.add(group)
        return self.left[group].popleft(), group


@dataclass
class _Worker:
    process: ForkProcess
    connection: Connection
    group: str = ""
    number: int = -1
    started: float = 0.0

    def give(self, number: int, group: str) -> None:
        self.number, self.group, self.started = number, group, time.perf_counter()
        with suppress(BrokenPipeError):  # it has just died; reading from it will say so
            self.connection.send_bytes(str(number).encode())

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.connection.close()

    def exit_code(self) -> int:
        """How a process that closed its connection ended."""
        self.process.join(timeout=1.0)
        code = self.process.exitcode
        self.end()
        return 0 if code is None else code


@dataclass
class _Pool:
    work: Work
    limit: float
    queue: _Queue
    busy: list[_Worker] = field(default_factory=list)

    def outcomes(self, count: int, jobs: int) -> Iterator[tuple[int, Outcome]]:
        """Keep ``jobs`` workers at work until everything has an outcome."""
        gc.freeze()  # what is here now is shared with every worker, not copied by their collectors
        for _ in range(min(jobs, count)):
            self._start(self.queue.take())
        while self.busy:
            for worker in self._ready():
                outcome = self._outcome(worker)
                self.busy.remove(worker)
                following = self.queue.take(worker.group)
                number = worker.number
                if following is None:
                    worker.end()
                elif isinstance(outcome, Finished):
                    worker.give(*following)
                    self.busy.append(worker)
                else:
                    self._start(following)
                yield number, outcome

    def close(self) -> None:
        """Stop what is still at work."""
        for worker in self.busy:
            worker.end()

    def _start(self, given: tuple[int, str] | None) -> None:
        if given is None:
            return
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        worker.give(*given)
        self.busy.append(worker)

    def _ready(self) -> list[_Worker]:
        """Workers with an answer, or dead, or out of time; at least one, waiting for it."""
        while True:
            now = time.perf_counter()
            first = min(worker.started for worker in self.busy)
            answered = wait([worker.connection for worker in self.busy], timeout=max(0.0, first + self.limit - now))
            now = time.perf_counter()
            ready = [w for w in self.busy if w.connection in answered or now - w.started >= self.limit]
            if ready:
                return ready

    def _outcome(self, worker: _Worker) -> Outcome:
        seconds = time.perf_counter() - worker.started
        if not worker.connection.poll():
            worker.end()
            return Stopped(seconds)
        try:
            took, value = json.loads(worker.connection.recv_bytes())
        except (EOFError, ConnectionResetError):
            return Died(worker.exit_code(), seconds)
        return Finished(value, took)


def _serve(connection: Connection, work: Work) -> None:
    """A worker's whole life: a number in, an answer out, until the other end closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent, who then ends its workers
    gc.set_threshold(100_000, 50, 100)  # normal forms hold few cycles: looking for them took half the time
    while True:
        try:
            number = int(connection.recv_bytes())
        except EOFError:
            return
        started = time.perf_counter()
        value = work(number)
        connection.send_bytes(json.dumps([time.perf_counter() - started, value]).encode())
