"""A batch on a Dask cluster: each of its threads has a ``derive batch`` of its own, and lines go to them."""

from __future__ import annotations

import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import wait
from threading import local
from typing import Any

from derive.batch.client import BatchEnded, Program
from derive.batch.local import NoCluster
from derive.batch.records import BadRecord, error_line, record_of
from derive.cache import default_folder, program_digest
from derive.checker import Limits
from derive.workers import Answered, Lost

MOST_BYTES = 64 * 2**20
MOST_HELD = 4096
SECONDS_TO_CONNECT = 20
_ADDRESS = re.compile(r"(?:\w+://)?\S+:\d+|inproc://\S+")
AHEAD = 2
"""How many lines are sent for each thread of the cluster: one to work on, one to go on with."""


@dataclass
class _Task:
    """A line and what came of it. The answer is fetched as soon as there is one: on the cluster it would be lost with
    the worker that holds it, and what is done a second time is not told a second time."""

    line: bytes
    answer: bytes | None = None
    problem: BaseException | None = None
    future: Any = None

    @property
    def size(self) -> int:
        """How many bytes are held for it."""
        return len(self.line if self.answer is None else self.answer)

    def is_ready(self) -> bool:
        """Whether nothing is left to be done for it."""
        return self.answer is not None or self.problem is not None

    def fetch(self, client: Any, future: Any) -> None:
        """Keep what came of it, here, for good."""
        for answer in client.gather([future], errors="skip"):  # made again if its worker has died meanwhile
            self.answer = answer
        if self.answer is None:
            self.problem = future.exception()


class Cluster:
    """The workers of a cluster, with the face of those of one machine (:class:`derive.workers.Stream`)."""

    def __init__(self, address: str, limits: Limits) -> None:
        try:
            from distributed import Client
        except ImportError as problem:
            raise NoCluster("a cluster needs Dask; run `pip install 'derive[dask]'`") from problem
        if not _ADDRESS.fullmatch(address):  # the client would say so too, but end a minute later
            raise NoCluster(f"expected the address of a Dask scheduler such as tcp://HOST:8786, found {address!r}")
        try:
            self.client = Client(address, timeout=SECONDS_TO_CONNECT, set_as_default=False)
        except (OSError, ValueError) as problem:
            raise NoCluster(f"expected a Dask scheduler at {address}, found none: {problem}") from problem
        self.limits = replace(limits, jobs=1, progress=None, kept=None, pieces=None)
        self.held: deque[_Task] = deque()
        self.heard, self.tell = os.pipe()
        self.threads = max(1, sum(self.client.nthreads().values()))

    def wants_more(self) -> bool:
        """Whether there is room for more, and it would be begun soon."""
        if not self.held:
            return True
        under_way = sum(not task.is_ready() for task in self.held)
        room = sum(task.size for task in self.held) < MOST_BYTES and len(self.held) < MOST_HELD
        return room and under_way < AHEAD * self.threads

    def give(self, line: bytes) -> None:
        """Have a line answered."""
        task = _Task(line)
        task.future = self.client.submit(_answered, line, self.limits, program_digest(), pure=False)
        task.future.add_done_callback(lambda future: self._fetched(task, future))
        self.held.append(task)

    def _fetched(self, task: _Task, future: Any) -> None:
        """In a thread of the client's: something is ready."""
        task.fetch(self.client, future)
        os.write(self.tell, b".")

    def put(self, answer: bytes) -> None:
        """Have something answered in its turn that needs no work."""
        self.held.append(_Task(b"", answer))

    def answers(self) -> Iterator[Answered | Lost]:
        """What is ready, as far as nothing before it is missing."""
        while self.held and self.held[0].is_ready():
            yield self._taken(self.held.popleft())

    def rest(self) -> Iterator[Answered | Lost]:
        """All that is ready, whatever is missing before it."""
        ready = [task for task in self.held if task.is_ready()]
        self.held.clear()
        yield from (self._taken(task) for task in ready)

    def _taken(self, task: _Task) -> Answered:
        if task.answer is not None:
            return Answered(task.answer)
        if isinstance(task.problem, NoCluster):
            raise task.problem
        # workers have died of it, again and again
        why = f"{type(task.problem).__name__}: {task.problem}"
        return Answered(error_line(_id(task.line), f"the cluster gave no answer: {why}"))

    def wait(self, others: Sequence[int] = ()) -> list[int]:
        """Wait until something is ready, or one of the ``others`` (descriptors) can be read; which of them can."""
        ready = wait([*others, self.heard])
        if self.heard in ready:
            os.read(self.heard, 1 << 16)
        return [other for other in others if other in ready]

    def close(self) -> None:
        """Leave the cluster; what is under way there is called off."""
        self.client.cancel([task.future for task in self.held if task.future is not None])
        self.client.close()
        os.close(self.heard)


def _id(line: bytes) -> str | int | None:
    try:
        return record_of(line).id
    except BadRecord as problem:
        return problem.id


# -- in a worker of the cluster ----------------------------------------------------------------------------------------
_HERE = local()


def _answered(line: bytes, limits: Limits, program: str) -> bytes:
    """The answer to a line, from this thread's own program."""
    if program != program_digest():
        raise NoCluster("the cluster has another version of derive, of Python or of a library than this machine")
    key = limits.text()
    if getattr(_HERE, "key", None) != key:
        _leave()
        folder = None if limits.folder is None else default_folder()
        _HERE.key, _HERE.program = key, Program(replace(limits, folder=folder))
    try:
        return bytes(_HERE.program.ask(line + b"\n"))
    except BatchEnded:
        _leave()
        raise


def _leave() -> None:
    program = getattr(_HERE, "program", None)
    _HERE.key = _HERE.program = None
    if program is not None:
        program.close()
