"""Work spread over processes, each piece within a time limit: what hangs is stopped, what dies is reported."""

from __future__ import annotations

import gc
import json
import multiprocessing
import signal
import time
from collections.abc import Callable, Iterator
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


def run(count: int, work: Work, jobs: int, limit: float) -> Iterator[tuple[int, Outcome]]:
    """The outcome of ``work(0) … work(count - 1)``, in the order they are ready, each within ``limit`` seconds.

    Where processes cannot be forked (Windows) the work is done here, in order; the limit is left to ``work`` itself.
    """
    if "fork" not in multiprocessing.get_all_start_methods():
        for number in range(count):
            started = time.perf_counter()
            yield number, Finished(work(number), time.perf_counter() - started)
        return
    pool = _Pool(work, limit)
    try:
        yield from pool.outcomes(count, max(1, min(jobs, count)))
    finally:
        pool.close()


@dataclass
class _Worker:
    process: ForkProcess
    connection: Connection
    number: int = -1
    started: float = 0.0

    def give(self, number: int) -> None:
        self.number, self.started = number, time.perf_counter()
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
    busy: list[_Worker] = field(default_factory=list)

    def outcomes(self, count: int, jobs: int) -> Iterator[tuple[int, Outcome]]:
        """Keep ``jobs`` workers at work until everything has an outcome."""
        gc.freeze()  # what is here now is shared with every worker, not copied by their collectors
        waiting = iter(range(count))
        for number in (next(waiting) for _ in range(min(jobs, count))):
            self._start(number)
        while self.busy:
            for worker in self._ready():
                outcome = self._outcome(worker)
                self.busy.remove(worker)
                following = next(waiting, None)
                number = worker.number
                if following is None:
                    worker.end()
                elif isinstance(outcome, Finished):
                    worker.give(following)
                    self.busy.append(worker)
                else:
                    self._start(following)
                yield number, outcome

    def close(self) -> None:
        """Stop what is still at work."""
        for worker in self.busy:
            worker.end()

    def _start(self, number: int) -> None:
        ours, theirs = multiprocessing.Pipe()
        process = multiprocessing.get_context("fork").Process(target=_serve, args=(theirs, self.work), daemon=True)
        process.start()
        theirs.close()
        worker = _Worker(process, ours)
        worker.give(number)
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
