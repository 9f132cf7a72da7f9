"""One worker process: born with limits, watched from outside, and never outliving its parent."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # not there on Windows
    from multiprocessing.context import ForkProcess

PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096
LOOK = 0.1 if sys.platform == "linux" else 1.0
"""Seconds between two looks at how much memory a worker holds."""
SLACK = 256 * 2**20
"""Bytes beyond its limit that a worker may ask for before the system itself refuses: the watch comes first, but where
memory is asked for faster than it looks, this does."""
PR_SET_PDEATHSIG = 1
"""Linux: the signal to get when the parent ends (prctl(2))."""

Serve = Callable[[Connection], None]
"""A worker's life at its end of the connection."""


def can_fork() -> bool:
    """Whether processes can be forked (not on Windows)."""
    return "fork" in multiprocessing.get_all_start_methods()


@dataclass
class Process:
    """A worker as its parent sees it; ``base`` is what it held when it was born, most of it shared with its parent."""

    process: ForkProcess
    connection: Connection
    base: int
    looked: float = field(default_factory=time.perf_counter)
    fresh: bool = True

    @property
    def pid(self) -> int:
        """Its number, for the system."""
        return self.process.pid or 0

    def send(self, data: bytes) -> None:
        """Tell it something; if it has just died, reading from it will say so."""
        with suppress(BrokenPipeError, ConnectionResetError):
            self.connection.send_bytes(data)

    def grown(self) -> int:
        """How many bytes it holds beyond what it was born with."""
        return max(0, held_by(self.pid) - self.base)

    def is_over(self, memory: int | None, now: float) -> bool:
        """Whether it holds more than ``memory`` bytes of its own; it is looked at only every now and then."""
        if memory is None or now - self.looked < LOOK:
            return False
        self.looked = now
        return self.grown() > memory

    def end(self) -> None:
        """Kill it, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()

    def exit_code(self) -> int:
        """How a process that closed its connection ended."""
        self.process.join(timeout=1.0)
        code = self.process.exitcode
        self.end()
        return 0 if code is None else code


def start(serve: Serve, memory: int | None, others: Iterable[Process] = ()) -> Process:
    """A new worker. ``others`` are those that live: it closes what it inherits of them, or none of them would see
    their connection end with the parent."""
    ours, theirs = multiprocessing.Pipe()
    foreign = [ours, *(other.connection for other in others)]
    arguments = (theirs, foreign, serve, memory, os.getpid())
    process = multiprocessing.get_context("fork").Process(target=_live, args=arguments, daemon=True)
    with _no_interrupt():
        process.start()
    theirs.close()
    return Process(process, ours, held_by(process.pid or 0))


def _live(theirs: Connection, foreign: list[Connection], serve: Serve, memory: int | None, parent: int) -> None:
    """All that a worker does, from birth on."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the parent, who then ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    _end_with(parent)
    for connection in foreign:
        connection.close()
    _leave_standard_streams()
    if memory is not None:
        _refuse_beyond(memory + SLACK)
    gc.set_threshold(100_000, 50, 100)  # normal forms hold few cycles: looking for them took half the time
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):  # the parent is done, or gone
        serve(theirs)


def _end_with(parent: int) -> None:
    """Where the system can do it, have this process killed when its parent ends, even within a computation in C; where
    it cannot, the alarm of ``set_alarm`` and the end of the connection do it later."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def _leave_standard_streams() -> None:
    """A worker neither reads its parent's input nor writes among its answers."""
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    os.close(nothing)


def _refuse_beyond(memory: int) -> None:
    """Have the system refuse memory beyond this, and leave no core behind."""
    import resource  # not there on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = address_space()
    if size is None:
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = size + memory
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def set_alarm(seconds: float) -> None:
    """Have the system end this process after ``seconds``, whatever it computes and in what language; 0: not at all."""
    signal.setitimer(signal.ITIMER_REAL, seconds)


@contextmanager
def _no_interrupt() -> Iterator[None]:
    """Ctrl-C waits: a process that is being born must not take it for its own."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


# -- memory ------------------------------------------------------------------------------------------------------------
def held_by(pid: int) -> int:
    """How many bytes of memory a process holds; 0 if it is gone or nobody can say."""
    found = _statm(pid)
    if found is not None:
        return found[1]
    return 0 if os.path.isdir("/proc/self") else _told_by_ps(pid)


def address_space() -> int | None:
    """How many bytes of addresses this process has; ``None`` where nobody can say."""
    found = _statm(os.getpid())
    return None if found is None else found[0]


def _statm(pid: int) -> tuple[int, int] | None:
    """Addresses and memory of a process in bytes, on Linux."""
    try:
        with open(f"/proc/{pid}/statm", encoding="ascii") as file:
            size, resident, *_ = file.read().split()
    except (OSError, ValueError):
        return None
    return int(size) * PAGE, int(resident) * PAGE


def _told_by_ps(pid: int) -> int:
    """The memory of a process where there is no /proc (macOS)."""
    found = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return int(found.stdout) * 1024 if found.stdout.strip().isdigit() else 0
