"""How a piece of work may end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finished:
    """An answer, and how long it took."""

    value: Any
    seconds: float


@dataclass(frozen=True)
class Stopped:
    """No answer within the limit of time."""

    seconds: float


@dataclass(frozen=True)
class Exhausted:
    """No answer within the limit of memory."""

    seconds: float


@dataclass(frozen=True)
class Died:
    """The worker ended without an answer; a negative ``code`` is the signal that ended it."""

    code: int
    seconds: float


Outcome = Finished | Stopped | Exhausted | Died


def to_json(outcome: Outcome) -> list[Any]:
    """An outcome as plain data."""
    match outcome:
        case Finished(value, seconds):
            return ["finished", seconds, value]
        case Stopped(seconds):
            return ["stopped", seconds]
        case Exhausted(seconds):
            return ["exhausted", seconds]
        case Died(code, seconds):
            return ["died", seconds, code]


def from_json(data: list[Any]) -> Outcome:
    """The outcome again."""
    match data:
        case ["finished", seconds, value]:
            return Finished(value, seconds)
        case ["stopped", seconds]:
            return Stopped(seconds)
        case ["exhausted", seconds]:
            return Exhausted(seconds)
        case ["died", seconds, code]:
            return Died(code, seconds)
    raise ValueError(f"expected an outcome, found {data!r}")
