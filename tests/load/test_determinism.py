"""The same documents give the same bytes, whatever the number of processes is and whatever was kept."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

PLANTED = Path(__file__).parents[1] / "documents" / "planted"
FILES = [str(PLANTED / name) for name in ("ridge.tex", "softmax.md", "logistic.md", "gauss.tex")]


def checked(*options: str, **environment: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "derive.cli", "check", *FILES, *options]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, **environment}, check=False)
    assert done.stderr == ""
    return done.returncode, done.stdout


def without_time(text: str) -> object:
    """What is told in JSON, but for the time it took."""
    data = json.loads(text)
    for result in data["results"]:
        result.pop("seconds")
    return data


@pytest.mark.parametrize("format", ["json", "text", "sarif"])
def test_jobs_seeds_and_what_was_kept(format: str, tmp_path: Path) -> None:
    first = checked("--format", format, "--no-cache", "--jobs", "1", PYTHONHASHSEED="1")
    kept = {"DERIVE_CACHE": str(tmp_path / "kept")}
    others = [checked("--format", format, "--jobs", jobs, PYTHONHASHSEED="2", **kept) for jobs in ("3", "1")]
    for status, out in others:
        assert status == first[0]
        if format == "json":
            assert without_time(out) == without_time(first[1])
        else:
            assert re.sub(r"\d+(\.\d+)? m?s\b", "", out) == re.sub(r"\d+(\.\d+)? m?s\b", "", first[1])
