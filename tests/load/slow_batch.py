"""The big run: ten thousand documents through ``derive batch``; what it holds in memory, how busy it keeps two cores.

``DERIVE_LOAD`` says how many documents, if not ten thousand.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from tests.load.documents import lines

COUNT = int(os.environ.get("DERIVE_LOAD", "10000"))
JOBS = 2
SECONDS = 2.0
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass
class Watch:
    """What is seen of a process and its workers: the memory of each in megabytes, and for how many seconds each was on
    a core or in line for one (on a machine that others use, too, that is what an idle one would have given it)."""

    pid: int
    parent: list[float] = field(default_factory=list)
    workers: list[float] = field(default_factory=list)
    ready: dict[int, float] = field(default_factory=dict)
    ended: bool = False

    def run(self) -> None:
        """Look ten times a second."""
        while not self.ended:
            self.look()
            time.sleep(0.1)

    def look(self) -> None:
        """Look once."""
        try:
            self.parent.append(held(self.pid))
            for worker in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split():
                self.workers.append(held(int(worker)))
                self.ready[int(worker)] = ready(int(worker))
            self.ready[self.pid] = ready(self.pid)
        except (FileNotFoundError, ProcessLookupError, ValueError):
            pass  # one of them has just ended


def ready(pid: int) -> float:
    """For how many seconds a process has been on a core or in line for one."""
    run, waited, _ = Path(f"/proc/{pid}/schedstat").read_text().split()
    return (int(run) + int(waited)) / 1e9


def held(pid: int) -> float:
    """Megabytes that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE / 1e6


def test_the_big_run(tmp_path: Path) -> None:
    given, out, err = tmp_path / "given", tmp_path / "out", tmp_path / "err"
    with given.open("wb") as file:
        file.writelines(lines(COUNT, seed=2026))
    before = os.times()
    started = time.monotonic()
    with given.open("rb") as source, out.open("wb") as sink, err.open("wb") as errors:
        options = ["--jobs", str(JOBS), "--timeout", str(SECONDS), "--no-cache"]
        command = [sys.executable, "-m", "derive.cli", "batch", *options]
        process = subprocess.Popen(command, stdin=source, stdout=sink, stderr=errors)
        watch = Watch(process.pid)
        thread = threading.Thread(target=watch.run)
        thread.start()
        status = process.wait()
        watch.ended = True
        thread.join()
    wall, after = time.monotonic() - started, os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    assert status == 0
    counted = tally(given, out)
    report(counted, wall, used, watch)
    assert err.read_text() == "", "a crash of ours, or something else that was said"
    assert b"this is a bug" not in out.read_bytes()
    early, late = thirds(watch.parent)
    assert late < 1.2 * early + 10, f"the parent held {early:.0f} MB in the first third and {late:.0f} in the last"
    early, late = thirds(watch.workers)
    assert late < 1.3 * early + 20, f"workers held {early:.0f} MB in the first third and {late:.0f} in the last"


def tally(given: Path, out: Path) -> Counter[tuple[str, str]]:
    """What became of each kind; every record has one answer, in its place."""
    counted: Counter[tuple[str, str]] = Counter()
    with given.open("rb") as records, out.open("rb") as answers:
        for record, answer in zip(records, answers, strict=True):
            found = json.loads(answer)
            wanted = id_of(record)
            assert found["id"] == wanted or (wanted is None and "error" in found), (record[:200], answer[:200])
            kind = str(wanted).partition(" ")[2] if wanted is not None else "garbage"
            words = [word for word, number in found.get("summary", {}).items() if number]
            counted[kind or "garbage", " ".join(words) or "error"] += 1
    return counted


def id_of(record: bytes) -> object:
    """The id of a record that has one."""
    try:
        data = json.loads(record)
    except (ValueError, RecursionError):
        return None
    id = data.get("id") if isinstance(data, dict) else None
    return id if isinstance(id, str | int) and len(str(id)) <= 1000 else None


def thirds(seen: list[float]) -> tuple[float, float]:
    """The middle of what was seen in the first third, and in the last."""
    part = max(1, len(seen) // 3)
    first, last = sorted(seen[:part]), sorted(seen[-part:])
    return first[len(first) // 2], last[len(last) // 2]


def report(counted: Counter[tuple[str, str]], wall: float, used: float, watch: Watch) -> None:
    """The figures for docs/trust.md."""
    print(f"\n{COUNT} records, {sum(counted.values())} answers, each in its place; {wall:.0f} s with {JOBS} workers")
    print(f"{used:.0f} s of processor time: {100 * used / wall / JOBS:.0f} % of {JOBS} cores;", end=" ")
    print(f"on a core or in line for one: {100 * sum(watch.ready.values()) / wall / JOBS:.0f} %")
    for name, seen in (("parent", watch.parent), ("workers", watch.workers)):
        early, late = thirds(seen)
        print(f"{name}: {early:.0f} MB in the first third, {late:.0f} MB in the last, {max(seen):.0f} MB at most")
    for (kind, words), number in sorted(counted.items()):
        print(f"  {kind:8} {words:40} {number}")
