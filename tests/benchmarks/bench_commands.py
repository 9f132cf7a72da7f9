"""Whole commands: how long they take from start to end, beside what they may take.

``make bench`` prints the table: seconds by the clock, seconds of processor (of the program and its workers), and the
most memory that any of its processes held. Nothing here asserts a time; that two runs say the same is asserted.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LONG = sorted((ROOT / "proofs" / "solutions").glob("2-*.md"))[0]
"""About thirty pages: 169 judged steps."""
SHORT = r"""
<!--: x > 0 ; y > 0 -->
$$ \log (x y) = \log x + \log y $$
$$ (x + y)^2 = x^2 + 2 x y + y^2 $$
"""


@dataclass(frozen=True)
class Run:
    """What a command took, and what it said."""

    clock: float
    processor: float
    memory: int
    said: str


def run(arguments: list[str], cache: Path) -> Run:
    """One run of the program on two processors, with a folder for what is kept."""
    command = [sys.executable, "-m", "derive.cli", *arguments]
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "DERIVE_CACHE": str(cache)}, text=True
    )
    assert process.stdout is not None
    said = process.stdout.read()
    _, _, used = os.wait4(process.pid, 0)
    process.returncode = 0
    return Run(time.perf_counter() - started, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024, said)


def show(name: str, took: Run, bar: float) -> None:
    print(f"{name:36} {took.clock:7.2f} s {took.processor:9.2f} s {took.memory:7} MB {bar:9.1f} s")


def test_commands(tmp_path: Path) -> None:
    short = tmp_path / "short.md"
    short.write_text(SHORT)
    solutions = [str(path) for path in sorted((ROOT / "proofs" / "solutions").glob("*.md"))]
    page = str(tmp_path / "pages")
    rows = (
        ("help", ["--help"], "a", 0.2),
        ("check of three lines", ["check", str(short)], "a", 1.0),
        ("check of 30 pages, cold", ["check", "--quiet", "-j", "2", str(LONG)], "a", 5.0),
        ("check of 30 pages, nothing changed", ["check", "--quiet", "-j", "2", str(LONG)], "a", 1.0),
        ("check of all five solutions, cold", ["check", "--quiet", "-j", "2", *solutions], "b", 20.0),
        ("verify, cold", ["verify", "--quiet", "-j", "2"], "a", 10.0),
        ("verify, nothing changed", ["verify", "--quiet", "-j", "2"], "a", 1.0),
        ("report of all proofs, cold", ["report", "--quiet", "-j", "2", "--out", page], "c", 10.0),
        ("report of all proofs, again", ["report", "--quiet", "-j", "2", "--out", page], "c", 5.0),
    )
    run(["--help"], tmp_path)  # what Python compiles once is compiled now
    print(f"\n{'command':36} {'clock':>9} {'processor':>11} {'memory':>10} {'bar':>11}")
    for name, arguments, cache, bar in rows:
        show(name, run(arguments, tmp_path / cache), bar)


@pytest.mark.parametrize("jobs", [1, 2])
def test_two_runs_say_the_same(jobs: int, tmp_path: Path) -> None:
    arguments = ["check", "--no-cache", "--timeout", "60", "--format", "json", "-j", str(jobs), str(LONG)]
    one, other = (json.loads(run(arguments, tmp_path).said)["results"] for _ in range(2))
    for result in (*one, *other):
        del result["seconds"]
    assert one == other
