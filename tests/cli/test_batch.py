"""``derive batch`` as a program: a stream in, a stream out, whatever happens around it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

HERE = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
COMMAND = [sys.executable, "-m", "derive.cli", "batch", "--no-cache"]


def line(id: object, text: str, format: str = "md") -> bytes:
    return json.dumps({"id": id, "text": text, "format": format}).encode() + b"\n"


MIXED = b"".join(
    [
        line(1, "$(a+b)^2 = a^2+2ab+b^2$"),
        b"garbage\n\n",
        line("two", r"$$\log x = 1$$ \[ y = y \]", "tex"),
        line(1, "$1 = 2$"),
        b"\xff\n",
        b"[" * 50_000 + b"\n",
        line(4, "no formula"),
        line(5, "$2 = 2$").rstrip(b"\n"),
    ]
)


def run(data: bytes, *options: str, **environment: str) -> tuple[int, bytes, str]:
    done = subprocess.run(
        [*COMMAND, *options], input=data, capture_output=True, env={**os.environ, **environment}, check=False
    )
    return done.returncode, done.stdout, done.stderr.decode()


@contextmanager
def running(*options: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program, waiting for lines."""
    process = subprocess.Popen(
        [*COMMAND, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ask(process: subprocess.Popen[bytes], given: bytes) -> dict[str, Any]:
    """One line in, one line out."""
    if process.stdin is None or process.stdout is None:
        raise ValueError("no pipes")
    process.stdin.write(given)
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def gone(pids: list[int]) -> bool:
    """Whether processes end, soon."""
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in pids):
            return True
        time.sleep(0.02)
    return False


def test_every_line_is_answered_in_order() -> None:
    status, out, err = run(MIXED)
    assert (status, err) == (0, "")
    answers = [json.loads(each) for each in out.splitlines()]
    assert [each["id"] for each in answers] == [1, None, "two", 1, None, None, 4, 5]
    assert ["summary" in each for each in answers] == [True, False, True, True, False, False, False, True]
    assert [answers[0]["summary"]["proved"], answers[3]["summary"]["refuted"]] == [1, 1]


def test_the_same_bytes_whatever_the_jobs_seed_locale_or_optimisation() -> None:
    first = run(MIXED, "--jobs", "1", PYTHONHASHSEED="1", LC_ALL="C", PYTHONUTF8="0")
    assert first[0] == 0
    assert run(MIXED, "--jobs", "3", PYTHONHASHSEED="2", LC_ALL="tr_TR.UTF-8") == first
    assert run(MIXED, "--jobs", "2", PYTHONHASHSEED="3", PYTHONOPTIMIZE="1") == first


def test_nothing_in_nothing_out() -> None:
    assert run(b"") == (0, b"", "")
    assert run(b"\n \n") == (0, b"", "")


def test_an_answer_does_not_wait_for_the_next_line() -> None:
    with running("--jobs", "2") as process:
        assert ask(process, line(1, "$1 = 1$"))["summary"]["proved"] == 1
        assert ask(process, b"nonsense\n")["id"] is None
        assert ask(process, line(3, "$1 = 2$"))["summary"]["refuted"] == 1


def test_an_interrupt_prints_what_is_done_and_ends_at_once() -> None:
    with running("--jobs", "2") as process:
        ask(process, line(1, "$1 = 1$"))
        workers = children(process.pid)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=5)
        assert process.returncode == 130
        assert (out, err) == (b"", b"derive: interrupted; 1 answered, 0 begun and left\n")
        assert gone(workers)


def test_killed_with_its_workers_at_any_moment() -> None:
    with running("--jobs", "2") as process:
        ask(process, line(1, "$1 = 1$"))
        workers = children(process.pid)
        assert workers
        process.kill()
        process.wait()
        assert gone(workers)


def test_a_killed_worker_costs_no_answer() -> None:
    with running("--jobs", "1") as process:
        for number in range(5):
            assert ask(process, line(number, "$1 = 1$"))["id"] == number
            for worker in children(process.pid):
                os.kill(worker, signal.SIGKILL)


def test_nobody_reads_the_answers() -> None:
    with running("--jobs", "2") as process:
        ask(process, line(1, "$1 = 1$"))
        workers = children(process.pid)
        if process.stdout is not None:
            process.stdout.close()
        assert process.wait(timeout=5) == 1
        assert process.stderr is not None
        assert process.stderr.read() == b""
        assert gone(workers)


@pytest.mark.parametrize("options", [("--jobs", "0"), ("--memory", "1"), ("--timeout", "0")])
def test_limits_that_cannot_be(options: tuple[str, ...]) -> None:
    status, out, err = run(b"", *options)
    assert (status, out) == (2, b"")
    assert options[0] in err


@pytest.mark.parametrize(
    ("redirected", "said"),
    [
        ("0> only_for_writing", "Bad file descriptor"),
        ("> /dev/full", "No space left on device"),
        ("<&-", "standard input"),
        (">&-", "standard output"),
    ],
)
def test_streams_that_cannot_be_used(redirected: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "lines").write_bytes(line(1, "$1 = 1$"))
    command = f"{' '.join(COMMAND)} {'' if redirected[0] in '0<' else '< lines'} {redirected}"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, cwd=tmp_path, check=False, env=HERE)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
