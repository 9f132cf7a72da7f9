"""Work that is found out while it is done: a worker says which piece it begins, so that each has limits of its own, and
what hung or died is not begun again."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import Any, Protocol

from derive.workers.outcomes import Finished, Outcome, to_json
from derive.workers.process import set_alarm

BEGUN, DONE, NAMED, ANSWER, FULL = b"begun", b"done", b"named", b"answer", b"full"
"""What a worker tells: a piece is begun, or done; what the work is called; its answer; it has no memory left."""


class Pieces(Protocol):
    """How the pieces of some work are done."""

    def name(self, text: str) -> None:
        """Say what the work is called, in case that it never answers."""

    def run(self, names: Sequence[str], work: Callable[[int], Any]) -> Iterator[tuple[int, Outcome]]:
        """The outcome of ``work(number)`` for each name, in order; no two pieces of some work have one name."""


class Reporting:
    """Pieces done in a worker, each reported to its parent; those in ``known`` were done by a worker before it."""

    def __init__(self, connection: Connection, known: Mapping[str, Outcome], seconds: float, between: float) -> None:
        self.connection, self.known = connection, known
        self.seconds, self.between = seconds, between

    def name(self, text: str) -> None:
        """Say what the work is called."""
        self.tell(NAMED, text.encode())

    def run(self, names: Sequence[str], work: Callable[[int], Any]) -> Iterator[tuple[int, Outcome]]:
        """The outcomes, in order; the limit of time ends this process from outside."""
        for number, name in enumerate(names):
            outcome = self.known.get(name)
            if outcome is None:
                self.tell(BEGUN, name.encode())
                set_alarm(self.seconds)
                started = time.perf_counter()
                value = work(number)
                outcome = Finished(value, time.perf_counter() - started)
                self.tell(DONE, json.dumps([name, to_json(outcome)]).encode())
            yield number, outcome

    def tell(self, what: bytes, data: bytes = b"") -> None:
        """A message to the parent, who may take its time; what comes then has the limit of what is between pieces."""
        set_alarm(0)
        self.connection.send_bytes(what + b" " + data)
        set_alarm(self.between)


class InThisProcess:
    """Pieces done here, without limits but their own: where processes cannot be forked."""

    def name(self, text: str) -> None:
        """Nobody needs to be told."""

    def run(self, names: Sequence[str], work: Callable[[int], Any]) -> Iterator[tuple[int, Outcome]]:
        """The outcomes, in order."""
        for number in range(len(names)):
            started = time.perf_counter()
            yield number, Finished(work(number), time.perf_counter() - started)
