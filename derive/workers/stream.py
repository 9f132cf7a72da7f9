"""Work without end, given piece by piece: as much is taken as the workers can do, and it is answered in order."""

from __future__ import annotations

import gc
import json
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait

from derive.workers.numbered import LATE, ended, worth_another_try
from derive.workers.outcomes import Died, Exhausted, Outcome, Stopped, from_json, to_json
from derive.workers.pieces import ANSWER, BEGUN, DONE, FULL, NAMED, Pieces, Reporting
from derive.workers.process import LOOK, Process, set_alarm, start

MOST_BYTES = 64 * 2**20
"""How much may be held: what was taken in and not answered, and answers that wait for one before them."""
MOST_HELD = 4096
"""How many pieces of work may be held."""
FULL_SHARE = 4
WORN = 96 * 2**20
"""A worker that holds more than this part of the limit of memory, or so many bytes, beyond what it was born with, is
replaced after its answer: what it keeps for the next piece of work would grow without end."""

Work = Callable[[bytes, Pieces], bytes]
"""What is done with what was given: it says what its pieces are, and has them done by ``pieces``."""


@dataclass(frozen=True)
class Bounds:
    """Limits of one piece of work; ``between`` is for what is done before, between and after the pieces."""

    seconds: float
    between: float
    memory: int | None = None


@dataclass
class _Job:
    """Something given; ``known`` is what has been found out about its pieces, ``failures`` counts how often a worker
    ended at each of them (``None``: at none of them)."""

    given: bytes
    known: dict[str, Outcome] = field(default_factory=dict)
    named: str = ""
    size: int = 0
    failures: Counter[str | None] = field(default_factory=Counter)
    answer: bytes | None = None
    lost: Outcome | None = None

    def is_ready(self) -> bool:
        """Whether nothing is left to be done for it."""
        return self.answer is not None or self.lost is not None


@dataclass(frozen=True)
class Answered:
    """The answer to what was given."""

    answer: bytes


@dataclass(frozen=True)
class Lost:
    """No answer: how its worker ended outside of any piece, and what the work was called, if that was known."""

    named: str
    outcome: Outcome


@dataclass
class _Worker:
    own: Process
    job: _Job | None = None
    piece: str | None = None
    since: float = 0.0

    def give(self, job: _Job) -> None:
        self.job, self.piece, self.since = job, None, time.perf_counter()
        known = {name: to_json(outcome) for name, outcome in job.known.items()}
        self.own.send(json.dumps(known).encode())
        self.own.send(job.given)


@dataclass
class Stream:
    """Workers for what is given by and by.

    ``wants_more`` says when to give, ``give`` gives, ``wait`` waits for something to happen, and ``answers`` are those
    that are ready, in the order of what was given; ``close`` ends everything.
    """

    work: Work
    jobs: int
    bounds: Bounds
    most_bytes: int = MOST_BYTES
    workers: list[_Worker] = field(default_factory=list)
    held: deque[_Job] = field(default_factory=deque)
    waiting: deque[_Job] = field(default_factory=deque)
    size: int = 0

    def wants_more(self) -> bool:
        """Whether there is room for more, and it would be begun soon: one piece of work at most waits for a worker."""
        room = not self.held or (self.size < self.most_bytes and len(self.held) < MOST_HELD)
        busy = sum(worker.job is not None for worker in self.workers)
        return room and len(self.waiting) + busy <= self.jobs

    def give(self, given: bytes) -> None:
        """Have something done."""
        job = _Job(given, size=len(given))
        self.size += job.size
        self.held.append(job)
        self.waiting.append(job)
        self._dispatch()

    def put(self, answer: bytes) -> None:
        """Have something answered in its turn that needs no work."""
        self.size += len(answer)
        self.held.append(_Job(b"", size=len(answer), answer=answer))

    def answers(self) -> Iterator[Answered | Lost]:
        """What is ready, as far as nothing before it is missing."""
        while self.held and self.held[0].is_ready():
            yield self._taken(self.held.popleft())

    def rest(self) -> Iterator[Answered | Lost]:
        """All that is ready, whatever is missing before it: for one who will not wait."""
        for job in self.held:
            if job.is_ready():
                yield self._taken(job)
        self.held.clear()

    def _taken(self, job: _Job) -> Answered | Lost:
        self.size -= job.size
        if job.answer is not None:
            return Answered(job.answer)
        return Lost(job.named, job.lost or Died(0, 0.0))

    def wait(self, others: Sequence[int] = ()) -> list[int]:
        """Wait until a worker has said something or has reached a limit, or one of the ``others`` (descriptors) can be
        read, and see to the workers; which of the others can be read."""
        busy = [worker for worker in self.workers if worker.job is not None]
        ready = wait([*others, *(worker.own.connection for worker in busy)], timeout=self._patience(busy))
        now = time.perf_counter()
        for worker in busy:
            if worker.own.connection in ready:
                self._listen(worker)
            elif now >= worker.since + self._limit(worker):
                self._failed(worker, Stopped(now - worker.since))
            elif worker.own.is_over(self.bounds.memory, now):
                self._failed(worker, Exhausted(now - worker.since))
        self._dispatch()
        return [other for other in others if other in ready]

    def close(self) -> None:
        """End all workers, whatever they do."""
        for worker in self.workers:
            worker.own.end()
        self.workers.clear()

    # -- what happens to the workers
    def _limit(self, worker: _Worker) -> float:
        return self.bounds.between if worker.piece is None else self.bounds.seconds

    def _patience(self, busy: Sequence[_Worker]) -> float | None:
        if not busy:
            return None
        if self.bounds.memory is not None:
            return LOOK
        now = time.perf_counter()
        return max(0.0, min(worker.since + self._limit(worker) - now for worker in busy))

    def _dispatch(self) -> None:
        """Give what waits to those who are idle, who are started as they are needed."""
        while self.waiting:
            idle = next((worker for worker in self.workers if worker.job is None), None)
            if idle is None:
                if len(self.workers) >= self.jobs:
                    return
                try:
                    idle = self._start()
                except OSError:  # there may be no more processes
                    if not self.workers:
                        raise
                    return
            idle.give(self.waiting.popleft())

    def _start(self) -> _Worker:
        gc.freeze()  # what is here now is shared with every worker, not copied by their collectors
        worker = _Worker(start(self._serve, self.bounds.memory, [worker.own for worker in self.workers]))
        self.workers.append(worker)
        return worker

    def _listen(self, worker: _Worker) -> None:
        """Take in what a worker has said."""
        job, now = worker.job, time.perf_counter()
        if job is None:
            return
        try:
            while worker.job is not None and worker.own.connection.poll():
                what, _, data = worker.own.connection.recv_bytes().partition(b" ")
                self._told(worker, job, what, data, now)
        except (EOFError, ConnectionResetError):
            self._failed(worker, ended(worker.own.exit_code(), now - worker.since))

    def _told(self, worker: _Worker, job: _Job, what: bytes, data: bytes, now: float) -> None:
        if what == BEGUN:
            worker.piece, worker.since = data.decode(), now
        elif what == DONE:
            name, outcome = json.loads(data)
            job.known[name] = from_json(outcome)
            job.size += len(data)
            self.size += len(data)
            worker.piece, worker.since, worker.own.fresh = None, now, False
        elif what == NAMED:
            job.named = data.decode()
        elif what == FULL:
            self._failed(worker, Exhausted(now - worker.since))
        elif what == ANSWER:
            self._answered(worker, job, data)

    def _answered(self, worker: _Worker, job: _Job, answer: bytes) -> None:
        self.size += len(answer) - job.size
        job.answer, job.size, job.given = answer, len(answer), b""
        job.known.clear()
        worker.job, worker.own.fresh = None, False
        if worker.own.grown() > min(WORN, (self.bounds.memory or FULL_SHARE * WORN) // FULL_SHARE):
            self._discard(worker)

    def _failed(self, worker: _Worker, outcome: Outcome) -> None:
        """A worker has ended, or must: its job goes on in another, without the piece that it was at."""
        job = worker.job
        self._discard(worker)
        if job is None:
            return
        job.failures[worker.piece] += 1
        if worth_another_try(outcome, worker.own, job.failures[worker.piece]):
            self.waiting.appendleft(job)
        elif worker.piece is not None:
            job.known[worker.piece] = outcome
            self.waiting.appendleft(job)
        else:
            self.size -= job.size
            job.lost, job.size, job.given = outcome, 0, b""
            job.known.clear()

    def _discard(self, worker: _Worker) -> None:
        worker.own.end()
        worker.job = None
        self.workers.remove(worker)

    def _serve(self, connection: Connection) -> None:
        """A worker's whole life."""
        while True:
            known = {name: from_json(outcome) for name, outcome in json.loads(connection.recv_bytes()).items()}
            given = connection.recv_bytes()
            pieces = Reporting(connection, known, self.bounds.seconds + LATE, self.bounds.between + LATE)
            try:
                set_alarm(pieces.between)
                pieces.tell(ANSWER, self.work(given, pieces))
                set_alarm(0)
            except MemoryError:
                pieces.tell(FULL)
