"""A batch on this machine: lines from a descriptor, answers to a file, all cores at work, little held in memory."""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib import import_module
from typing import Any, BinaryIO, Protocol

from derive.batch.lines import CHUNK, MOST_LINE, Lines
from derive.batch.records import answer, error_line, lost_line
from derive.judging import GRACE, Limits
from derive.workers import Answered, Bounds, InThisProcess, Lost, Stream, can_fork

BETWEEN = 60.0
"""Seconds for what is no claim: reading a document, writing its answer."""
TOO_LONG = error_line(None, f"expected at most {MOST_LINE // 2**20} MB on a line, found more; split the document")
NEEDED = (
    "derive.judge",
    "derive.repair",
    "derive.documents",
    "derive.prove.matrix.definite",
    "derive.prove.matrix.search",
    "derive.prove.matrix.signs",
    "derive.prove.matrix.solve",
)
"""What a worker uses, whatever it is given."""


class Workers(Protocol):
    """Who answers lines: the workers of :class:`derive.workers.Stream`, or those of a cluster."""

    held: Any

    def wants_more(self) -> bool:
        """Whether to give."""

    def give(self, given: bytes, /) -> None:
        """Have a line answered."""

    def put(self, answer: bytes, /) -> None:
        """Have an answer given in its turn."""

    def wait(self, others: Sequence[int] = ()) -> list[int]:
        """Wait for something to happen."""

    def answers(self) -> Iterator[Answered | Lost]:
        """What is ready, in order."""

    def rest(self) -> Iterator[Answered | Lost]:
        """What is ready."""

    def close(self) -> None:
        """End it."""


class NoCluster(RuntimeError):
    """A cluster that cannot be used; the message says why."""


class Interrupted(KeyboardInterrupt):
    """Ctrl-C; ``answered`` records had their answer, ``left`` had been begun and had none."""

    def __init__(self, answered: int, left: int) -> None:
        super().__init__()
        self.answered, self.left = answered, left


def run(descriptor: int, out: BinaryIO, limits: Limits, cluster: str | None = None) -> None:
    """Answer every line that can be read from a descriptor, in order, each as soon as it and those before it are ready.
    Nothing is read that nobody could see to soon. ``cluster`` is the address of a Dask scheduler, if there is one."""
    if cluster is None and not can_fork():
        _alone(descriptor, out, limits)
        return
    stream = _workers(limits, cluster)
    batch = _Batch(descriptor, out, limits, stream)
    try:
        batch.run()
    except KeyboardInterrupt as problem:
        left = sum(not job.is_ready() for job in stream.held)
        batch.write(stream.rest())
        raise Interrupted(batch.count, left) from problem
    finally:
        stream.close()


def _bounds(limits: Limits) -> Bounds:
    return Bounds(limits.timeout + GRACE, max(BETWEEN, limits.timeout), limits.memory)


def _workers(limits: Limits, cluster: str | None) -> Workers:
    if cluster is not None:
        from derive.batch.cluster import Cluster

        return Cluster(cluster, limits)
    _load()
    return Stream(partial(answer, limits=limits), limits.processes(), _bounds(limits))


def _load() -> None:
    """Load what workers need before there are any: they share it."""
    for name in NEEDED:
        import_module(name)


@dataclass
class _Batch:
    """Lines on their way to the workers, and answers on their way out."""

    descriptor: int
    out: BinaryIO
    limits: Limits
    stream: Workers
    lines: Lines = field(default_factory=Lines)
    pending: deque[bytes | None] = field(default_factory=deque)
    ended: bool = False
    count: int = 0

    def run(self) -> None:
        """Until the input ends and everything is answered."""
        listener = _pipe(self.out)
        while True:
            self._give()
            self.write(self.stream.answers())
            if self.ended and not self.pending and not self.stream.held:
                return
            wanted = not self.ended and not self.pending and self.stream.wants_more()
            watched = [self.descriptor] if wanted else []
            ready = self.stream.wait([*watched, *listener])
            if self.descriptor in ready:
                self._read()
            if any(each in ready for each in listener):
                raise BrokenPipeError("nobody reads the answers any more")

    def write(self, answers: Iterator[Answered | Lost]) -> None:
        """Write answers out at once."""
        for each in answers:
            line = each.answer if isinstance(each, Answered) else lost_line(each, self.limits)
            self.count += 1  # first: an interrupt that comes while it is written leaves it in the buffer, to be flushed
            self.out.write(line + b"\n")
            self.out.flush()

    def _give(self) -> None:
        while self.pending and self.stream.wants_more():
            line = self.pending.popleft()
            if line is None:
                self.stream.put(TOO_LONG)
            else:
                self.stream.give(line)

    def _read(self) -> None:
        chunk = os.read(self.descriptor, CHUNK)
        self.ended = not chunk
        self.pending.extend(self.lines.feed(chunk) if chunk else self.lines.end())


def _pipe(out: BinaryIO) -> list[int]:
    """The descriptor of an output that is a pipe: it can be read only in so far as its other end is closed."""
    try:
        descriptor = out.fileno()
        return [descriptor] if stat.S_ISFIFO(os.fstat(descriptor).st_mode) else []
    except OSError:  # an output in memory
        return []


def _alone(descriptor: int, out: BinaryIO, limits: Limits) -> None:
    """Where processes cannot be forked: one line after the other, here."""
    lines = Lines()
    while True:
        chunk = os.read(descriptor, CHUNK)
        for line in list(lines.feed(chunk) if chunk else lines.end()):
            out.write((TOO_LONG if line is None else answer(line, InThisProcess(), limits)) + b"\n")
            out.flush()
        if not chunk:
            return
