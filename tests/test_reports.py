"""The committed reports are those that this program makes."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest

from derive.render.markdown import to_markdown
from derive.render.record import Report

REPORTS = Path(__file__).resolve().parents[1] / "reports"


@pytest.mark.xdist_group("verified")
def test_verdicts(verified: Report) -> None:
    kept = (REPORTS / "verdicts.md").read_text().splitlines()
    made = to_markdown(verified).splitlines()
    changed = "\n".join(islice(unified_diff(kept, made, "reports/verdicts.md", "as made now", lineterm="", n=1), 60))
    assert not changed, f"run `make reports` and look at what changed:\n{changed}"
