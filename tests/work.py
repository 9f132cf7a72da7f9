"""How much work something is, counted in calls of Python functions: the same on a busy machine as on an idle one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

Answer = TypeVar("Answer")


class TooMuchWork(Exception):
    """What ran made more calls than it may."""


def counted(action: Callable[[], Answer], most: int) -> tuple[Answer, int]:
    """What ``action`` answers, and the calls it makes; it is ended by ``TooMuchWork`` after ``most`` of them."""
    made = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal made
        made += event == "call"
        if made > most:
            raise TooMuchWork(f"more than {most} calls")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        answer = action()
    finally:
        sys.setprofile(before)
    return answer, made
