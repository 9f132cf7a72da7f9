"""Certificates are looked for with little work here."""

from __future__ import annotations

import pytest

from derive.certify import normal
from derive.replay import terms


@pytest.fixture(autouse=True)
def _little_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "MOST_WORK", 150_000)
    monkeypatch.setattr(normal, "MOST_STEPS", 500)
