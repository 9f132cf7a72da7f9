"""Work in processes that can be killed, each piece within limits of time and memory that are kept from outside."""

from __future__ import annotations

from derive.workers.numbered import run
from derive.workers.outcomes import Died, Exhausted, Finished, Outcome, Stopped
from derive.workers.pieces import InThisProcess, Pieces
from derive.workers.process import can_fork
from derive.workers.stream import Answered, Bounds, Lost, Stream

__all__ = [
    "Answered",
    "Bounds",
    "Died",
    "Exhausted",
    "Finished",
    "InThisProcess",
    "Lost",
    "Outcome",
    "Pieces",
    "Stopped",
    "Stream",
    "can_fork",
    "run",
]
