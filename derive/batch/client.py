"""Documents by the thousand from Python: ``derive batch`` in a process of its own.

Of its own, since workers are forked: that is safe in a program without threads, and nobody knows what runs in the one
that calls.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO, cast

from derive.batch.lines import CHUNK, Lines
from derive.checker import Limits
from derive.workers import can_fork

FIELDS = ("id", "text", "format")
LEAST_MEMORY, ANY_MEMORY = 16, 2**20
"""In megabytes, as the program takes them."""


class BatchEnded(RuntimeError):
    """``derive batch`` has ended before it answered everything; the message has what it said."""


def check_many(
    documents: Iterable[Mapping[str, object]], limits: Limits | None = None, cluster: str | None = None
) -> Iterator[dict[str, Any]]:
    """An answer for each document, in order, as soon as it is ready; all cores are at work meanwhile.

    A document is a mapping with an ``id`` (text or whole number), a ``text``, and a ``format``, ``"tex"`` or ``"md"``.
    An answer has its ``id`` and either ``results`` and ``summary``, as in the JSON of ``derive check``, or an ``error``
    that says what was expected. ``limits`` are those of each claim; ``cluster`` is the address of a Dask
    scheduler, whose workers do it instead of this machine.

    ``documents`` may be endless: a little more of it is read than can be judged at once, and while it has nothing to
    give, nothing is answered. Raises :class:`BatchEnded` where the work cannot go on at all.

    >>> found = check_many([{"id": 1, "text": "$(a+b)^2 = a^2+2ab+b^2$", "format": "md"}])
    >>> [answer["summary"]["proved"] for answer in found]
    [1]
    """
    limits = limits or Limits()
    lines = (_line(document) for document in documents)
    if not can_fork():
        from derive.batch.records import answer
        from derive.workers import InThisProcess

        for line in lines:
            yield json.loads(answer(line, InThisProcess(), limits))
        return
    with Program(limits, cluster) as program:
        for found in program.answers(lines):
            yield json.loads(found)


def _line(document: Mapping[str, object]) -> bytes:
    """A document as a line; what JSON does not know is left for the reader of the line to complain of."""
    return json.dumps({name: _plain(document[name]) for name in FIELDS if name in document}).encode() + b"\n"


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | float | None) else []


class Program:
    """``derive batch``, running."""

    def __init__(self, limits: Limits, cluster: str | None = None) -> None:
        options = ["--timeout", repr(limits.timeout), "--jobs", str(limits.processes())]
        memory = ANY_MEMORY if limits.memory is None else max(LEAST_MEMORY, limits.memory // 2**20)
        options += ["--memory", str(memory)]
        if limits.folder is None:
            options.append("--no-cache")
        if cluster is not None:
            options += ["--cluster", cluster]
        home = str(Path(__file__).parents[2])
        environment = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([home, *filter(None, [os.environ.get("PYTHONPATH")])]),
        }
        if limits.folder is not None:
            environment["DERIVE_CACHE"] = str(limits.folder)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "derive.cli", "batch", *options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is for the caller, who then ends this
        )
        self.into = cast(BinaryIO, self.process.stdin)
        self.out = cast(BinaryIO, self.process.stdout)
        self.lines = Lines(sys.maxsize)

    def __enter__(self) -> Program:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """End it, whatever it does; its workers end with it."""
        self.process.kill()
        self.process.wait()
        with suppress(BrokenPipeError):
            self.into.close()
        self.out.close()

    def ask(self, line: bytes) -> bytes:
        """The answer to one line, waited for."""
        (found,) = self.answers(iter([line]), last=False)
        return found

    def answers(self, given: Iterator[bytes], last: bool = True) -> Iterator[bytes]:
        """The answers to some lines, in order; a line is asked for when there is room for it. After the ``last`` lines
        the program has nothing more to read."""
        os.set_blocking(self.into.fileno(), False)
        asked, answered, pending, ended = 0, 0, memoryview(b""), False
        with selectors.DefaultSelector() as selector:
            selector.register(self.out, selectors.EVENT_READ)
            selector.register(self.into, selectors.EVENT_WRITE)
            while True:
                if not pending and not ended:
                    line = next(given, None)
                    asked += line is not None
                    ended, pending = line is None, memoryview(line or b"")
                    if ended:
                        selector.unregister(self.into)
                    if ended and last:
                        self.into.close()
                if ended and answered == asked:
                    return
                ready = [key.fileobj for key, _ in selector.select()]
                if self.into in ready:
                    pending = pending[self._written(pending) :]
                if self.out in ready:
                    for found in self._read():
                        answered += 1
                        yield found

    def _written(self, pending: memoryview) -> int:
        """How much of it the program takes now."""
        try:
            return os.write(self.into.fileno(), pending[:CHUNK])
        except BlockingIOError:
            return 0
        except BrokenPipeError as problem:
            raise self._ended() from problem

    def _read(self) -> list[bytes]:
        """The answers that have come."""
        chunk = os.read(self.out.fileno(), CHUNK)
        if not chunk:
            raise self._ended()
        return [line for line in self.lines.feed(chunk) if line is not None]

    def _ended(self) -> BatchEnded:
        return BatchEnded(
            f"`derive batch` ended with exit status {self.process.wait()}; what it said is on standard error"
        )
