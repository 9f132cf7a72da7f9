"""Work counted in steps: what limits a search must depend neither on the machine nor on what else that has to do."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

SECOND = 100_000
"""About how many steps a processor of 2024 does in a second; limits are written in parts of it."""


class Meter:
    """The steps done in this process, and at how many of them the work at hand must end."""

    __slots__ = ("done", "end")

    def __init__(self) -> None:
        self.done = 0
        self.end = inf

    @property
    def is_spent(self) -> bool:
        """Whether the work that is allowed is done."""
        return self.done > self.end

    @contextmanager
    def at_most(self, steps: float, share: float = 1.0) -> Iterator[None]:
        """Allow so many steps inside the block, but no more than a share of those that are left around it.

        >>> meter = Meter()
        >>> with meter.at_most(10), meter.at_most(100, share=0.5):
        ...     meter.done += 6
        ...     print(meter.is_spent)
        True
        >>> meter.is_spent
        False
        """
        before = self.end
        self.end = self.done + min(steps, share * max(0.0, before - self.done))
        try:
            yield
        finally:
            self.end = before


METER = Meter()
"""The meter of this process: one claim is judged at a time."""


def is_over(deadline: float | None) -> bool:
    """Whether the time is up (``time.monotonic()``), or the work that is allowed is done."""
    return METER.done > METER.end or (deadline is not None and time.monotonic() > deadline)
