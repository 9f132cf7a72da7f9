"""The replay's limit of work, lower than it is for users: what needs more is refused, and no test waits for it."""

from __future__ import annotations

import pytest

from derive.replay import algebra


@pytest.fixture(autouse=True)
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(algebra, "MOST_WORK", 30_000)
