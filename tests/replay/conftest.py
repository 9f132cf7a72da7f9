"""The replay's limits of work, lower than they are for users: what needs more is refused, and no test waits for it."""

from __future__ import annotations

import pytest

from derive.certify import normal
from derive.replay import algebra
from derive.replay import terms


@pytest.fixture(autouse=True)
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(algebra, "MOST_WORK", 30_000)
    monkeypatch.setattr(terms, "MOST_WORK", 150_000)
    monkeypatch.setattr(normal, "MOST_STEPS", 500)
