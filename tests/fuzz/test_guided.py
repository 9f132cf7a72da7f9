"""A little of what `make fuzz` does: fuzzing that follows coverage, on every target."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("atheris", reason="no wheel of atheris for this Python and this system")

TARGETS = ("formula", "declarations", "document", "record", "cached")
RUNS = 400
START = "import sys, tests.fuzz.guided as guided; sys.argv[0] = 'guided'; "


def fuzz(target: str, folder: Path, first: str = "pass") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"{START}{first}; guided.main()", target, str(folder), f"-runs={RUNS}", "-seed=1"]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)


@pytest.mark.parametrize("target", TARGETS)
def test_nothing_unforeseen_comes_out(target: str, tmp_path: Path) -> None:
    done = fuzz(target, tmp_path)
    assert done.returncode == 0, done.stderr[-3000:] + done.stdout[-3000:]
    (executed,) = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
    assert int(executed) >= RUNS


def test_it_finds_what_is_wrong(tmp_path: Path) -> None:
    """A parser that stumbles over a root."""
    wrong = "guided.TARGETS['formula'] = lambda data: 1 / (b'sqrt' not in data)"
    done = fuzz("formula", tmp_path, first=wrong)
    assert done.returncode != 0
    assert "ZeroDivisionError" in done.stdout + done.stderr
