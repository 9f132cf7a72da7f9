"""Work without end: every piece answered once, in order, whatever it does to its worker."""

from __future__ import annotations

import errno
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from derive.workers import Answered, Bounds, Died, Exhausted, Finished, Lost, Pieces, Stopped, Stream, outcomes
from derive.workers.process import start

BOUNDS = Bounds(seconds=1.5, between=1.5, memory=96 * 2**20)
Work = Callable[[bytes, Pieces], bytes]


def echo(given: bytes, pieces: Pieces) -> bytes:
    return given


@contextmanager
def opened(work: Work, jobs: int = 2, bounds: Bounds = BOUNDS, **options: int) -> Iterator[Stream]:
    stream = Stream(work, jobs, bounds, **options)
    try:
        yield stream
    finally:
        stream.close()


def answers(work: Work, given: list[bytes], jobs: int = 2) -> list[Answered | Lost]:
    with opened(work, jobs) as stream:
        return drained(stream, given)


def drained(stream: Stream, given: list[bytes]) -> list[Answered | Lost]:
    left, found = given[::-1], []
    while left or stream.held:
        while left and stream.wants_more():
            stream.give(left.pop())
        found += stream.answers()
        if stream.held:
            stream.wait()
    return found


def texts(found: list[Answered | Lost]) -> list[bytes]:
    return [each.answer for each in found if isinstance(each, Answered)]


def by_piece(given: bytes, pieces: Pieces) -> bytes:
    """Does what each word of it says, as a piece of its own."""
    words = given.decode().split()
    pieces.name(words[0])
    names = [f"{number} {word}" for number, word in enumerate(words)]
    done = [type(outcome).__name__ for _, outcome in pieces.run(names, lambda number: do(words[number]))]
    return " ".join(done).encode()


def do(word: str) -> str:
    if word == "hang":
        time.sleep(60)
    if word == "c":
        return str(3**300_000_000 % 7)
    if word == "die":
        os._exit(3)
    if word == "full":
        return str(len(bytearray(2**40)))
    if word == "grow":
        held = b"x" * (200 * 2**20)  # more than it may, less than the system refuses
        time.sleep(60 + len(held))
    return word


def test_answers_come_in_order() -> None:
    def work(given: bytes, pieces: Pieces) -> bytes:
        time.sleep(random.Random(given).random() / 50)
        return given

    given = [str(number).encode() for number in range(60)]
    assert texts(answers(work, given, jobs=4)) == given


def test_a_piece_that_ends_badly_costs_only_itself() -> None:
    (found,) = texts(answers(by_piece, [b"a hang b die c full d grow e"]))
    expected = "Finished Stopped Finished Died Stopped Exhausted Finished Exhausted Finished"
    assert found.decode() == expected


def test_pieces_that_were_done_are_not_done_again(tmp_path: Path) -> None:
    def work(given: bytes, pieces: Pieces) -> bytes:
        def note(number: int) -> int:
            with (tmp_path / "done").open("a") as file:
                file.write(f"{number}\n")
            if number == 2:
                os._exit(1)
            return number

        return " ".join(type(outcome).__name__ for _, outcome in pieces.run("abcd", note)).encode()

    assert texts(answers(work, [b""])) == [b"Finished Finished Died Finished"]
    assert (tmp_path / "done").read_text().split() == ["0", "1", "2", "2", "3"]


def test_what_ends_badly_outside_of_any_piece_is_lost_and_the_rest_goes_on() -> None:
    def work(given: bytes, pieces: Pieces) -> bytes:
        pieces.name(given.decode())
        return do(given.decode()).encode()

    found = answers(work, [b"a", b"hang", b"b", b"die", b"full", b"grow", b"d"])
    assert texts(found) == [b"a", b"b", b"d"]
    lost = [(each.named, type(each.outcome)) for each in found if isinstance(each, Lost)]
    assert lost == [("hang", Stopped), ("die", Died), ("full", Exhausted), ("grow", Exhausted)]


def test_workers_killed_at_any_moment_change_no_answer() -> None:
    def work(given: bytes, pieces: Pieces) -> bytes:
        done = pieces.run([str(number) for number in range(5)], lambda number: time.sleep(0.002) or number)
        return given + b"".join(str(o.value).encode() for _, o in done if isinstance(o, Finished))

    chance = random.Random(1)
    given = [b"%d:" % number for number in range(80)]
    with opened(work, 3) as stream:
        left, found = given[::-1], []
        while left or stream.held:
            while left and stream.wants_more():
                stream.give(left.pop())
            found += stream.answers()
            if stream.held:
                stream.wait()
            if len(found) % 4 == 0 and stream.workers:
                victim = chance.choice(stream.workers)
                if victim.job is None or not victim.job.failures:
                    with suppress(ProcessLookupError):  # the last one is not yet missed
                        os.kill(victim.own.pid, signal.SIGKILL)
                    time.sleep(0.002)
    assert texts(found) == [each + b"01234" for each in given]


def test_no_more_is_taken_than_can_be_held() -> None:
    def work(given: bytes, pieces: Pieces) -> bytes:
        if given == b"0":
            time.sleep(0.3)
        return b"x" * 100_000

    most, taken, found = 0, 0, 0
    with opened(work, 2, most_bytes=1_000_000) as stream:
        while found < 40:
            while taken < 40 and stream.wants_more():
                stream.give(b"%d" % taken)
                taken += 1
            found += len(list(stream.answers()))
            most = max(most, stream.size)
            if stream.held:
                stream.wait()
    assert 500_000 < most < 1_400_000


def test_what_needs_no_work_is_answered_in_its_turn() -> None:
    with opened(echo) as stream:
        stream.give(b"1")
        stream.put(b"2")
        stream.give(b"3")
        found: list[Answered | Lost] = []
        while stream.held:
            stream.wait()
            found += stream.answers()
    assert texts(found) == [b"1", b"2", b"3"]


def test_what_is_ready_can_be_had_without_what_is_not() -> None:
    with opened(by_piece, bounds=Bounds(30.0, 30.0)) as stream:
        stream.give(b"hang")
        stream.give(b"b")
        while not stream.held[1].is_ready():
            stream.wait()
        assert list(stream.answers()) == []
        assert texts(list(stream.rest())) == [b"Finished"]


def test_a_worker_that_has_grown_is_replaced() -> None:
    kept: list[bytes] = []

    def work(given: bytes, pieces: Pieces) -> bytes:
        kept.append(b"x" * int(given) * 2**20)
        return str(os.getpid()).encode()

    with opened(work, jobs=1, bounds=replace(BOUNDS, memory=400 * 2**20)) as stream:
        assert len(set(texts(drained(stream, [b"200"] * 4)))) == 4
    for memory in (None, 2**40):  # it is replaced long before it meets a limit, and not at once
        with opened(work, jobs=1, bounds=replace(BOUNDS, memory=memory)) as stream:
            assert len(set(texts(drained(stream, [b"40"] * 6)))) == 2


def test_all_workers_are_gone_when_it_is_closed() -> None:
    with opened(by_piece) as stream:
        stream.give(b"hang")
        stream.give(b"c")
        pids = [worker.own.pid for worker in stream.workers]
    assert len(pids) == 2
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_outcomes_travel() -> None:
    for outcome in (Finished([1, "a"], 0.5), Stopped(1.0), Exhausted(2.0), Died(-9, 0.1)):
        assert outcomes.from_json(outcomes.to_json(outcome)) == outcome


def test_fewer_workers_where_there_can_be_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    born: list[int] = []

    def scarce(*arguments: Any) -> Any:
        if born:
            raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")
        born.append(1)
        return start(*arguments)

    monkeypatch.setattr("derive.workers.stream.start", scarce)
    given = [str(number).encode() for number in range(20)]
    assert texts(answers(echo, given, jobs=4)) == given


def test_no_worker_at_all_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*arguments: Any) -> Any:
        raise BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("derive.workers.stream.start", none)
    with pytest.raises(BlockingIOError):
        answers(echo, [b"1"])
