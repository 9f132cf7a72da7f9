"""``check_many``: the answers of ``derive batch``, from Python."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import derive
from derive import check_many
from derive.batch.client import BatchEnded, Program
from derive.checker import Limits

LIMITS = Limits(jobs=2)


def document(number: int, text: str | None = None) -> dict[str, object]:
    return {"id": number, "text": text or f"${number} = 1$", "format": "md"}


def test_answers_in_order() -> None:
    found = list(check_many([document(number) for number in range(20)], LIMITS))
    assert [answer["id"] for answer in found] == list(range(20))
    assert [answer["summary"]["proved"] for answer in found] == [0, 1] + [0] * 18


def test_none() -> None:
    assert list(check_many([], LIMITS)) == []


def test_endless_documents_are_read_as_they_are_needed() -> None:
    read = 0

    def endless() -> Iterator[dict[str, object]]:
        nonlocal read
        for number in itertools.count():
            read += 1
            yield document(number, "$1 = 1$ " + "." * 300_000)

    found = list(itertools.islice(check_many(endless(), LIMITS), 30))
    assert [answer["id"] for answer in found] == list(range(30))
    assert read < 30 + 12


def test_what_is_no_document_has_an_answer_of_its_own() -> None:
    endless: list[object] = []
    endless.append(endless)
    bad = [
        {},
        {"id": 1},
        {"id": {1}, "text": b"", "format": endless},
        document(2),
        {"id": 3, "text": "\ud800", "format": "md"},
    ]
    found = list(check_many(bad, LIMITS))
    assert [answer["id"] for answer in found] == [None, 1, None, 2, 3]
    assert ["error" in answer for answer in found] == [True, True, True, False, True]


def test_what_the_iterable_raises_comes_out() -> None:
    def failing() -> Iterator[dict[str, object]]:
        yield document(1)
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        list(check_many(failing(), LIMITS))


def test_no_process_is_left_when_it_is_left_early() -> None:
    with Program(LIMITS) as program:
        assert json.loads(program.ask(json.dumps(document(1)).encode() + b"\n"))["id"] == 1
        workers = children(program.process.pid)
        assert workers
    assert all(is_gone(pid) for pid in [program.process.pid, *workers])


def test_a_program_that_was_killed_is_told() -> None:
    with Program(LIMITS) as program:
        program.process.send_signal(signal.SIGKILL)
        with pytest.raises(BatchEnded, match="exit status -9"):
            list(program.answers(iter([b"[1]\n"] * 3)))


CALLER = """
import os, sys
from derive import check_many
from derive.checker import Limits
slow = "<!--: x > 0 -->" + "$$ (x+1)^{300}(x-1)^{301} = (x+1)^{300}(x-1)(x-1)^{300} $$" * 50
documents = [{"id": n, "text": slow if n else "$1 = 1$", "format": "md"} for n in range(9)]
for answer in check_many(documents, Limits(jobs=2)):
    print("here", flush=True)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_nothing_is_left_of_a_caller_that_is_killed() -> None:
    caller = subprocess.Popen([sys.executable, "-c", CALLER], stdout=subprocess.PIPE)
    assert caller.stdout is not None
    assert caller.stdout.readline() == b"here\n"
    (program,) = children(caller.pid)
    workers = children(program)
    caller.kill()
    caller.communicate()
    assert all(is_gone(pid) for pid in [program, *workers])


def children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def is_gone(pid: int) -> bool:
    """Whether a process ends, soon."""
    for _ in range(300):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


def test_it_is_public() -> None:
    assert "check_many" in derive.__all__
