"""The committed reports are those that this program makes."""

from __future__ import annotations

from difflib import unified_diff
from itertools import islice
from pathlib import Path

import pytest

from derive.publish import pages_of_proofs, texts
from derive.render.markdown import to_markdown
from derive.render.record import Report

REPORTS = Path(__file__).resolve().parents[1] / "reports"


@pytest.mark.xdist_group("verified")
def test_verdicts(verified: Report) -> None:
    _compare("verdicts.md", to_markdown(verified) + "\n")


@pytest.mark.xdist_group("verified")
def test_reports(verified: Report) -> None:
    made = texts(pages_of_proofs((), verified), ("html", "tex", "md"), REPORTS)
    for name, text in made.items():
        _compare(name, text)
    kept = {path.relative_to(REPORTS).as_posix() for path in REPORTS.rglob("*") if path.is_file()}
    assert kept == {*made, "verdicts.md"}, "run `make reports` and remove what is not made any more"


def _compare(name: str, made: str) -> None:
    """A committed page and the same as it is made now, to the byte."""
    kept = (REPORTS / name).read_bytes().decode() if (REPORTS / name).exists() else ""
    lines = unified_diff(kept.splitlines(), made.splitlines(), f"reports/{name}", "as made now", lineterm="", n=1)
    assert kept == made, "run `make reports` and look at what changed:\n" + "\n".join(islice(lines, 60))
