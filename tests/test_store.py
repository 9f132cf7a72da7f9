"""The store on disk: many writers, killed ones, no room, no right to write, damage; it may forget, never be wrong."""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derive.cache import PROGRAMS_KEPT, Store, clear, default_folder, info, store
from derive.cache.store import FILE

WRITER = """
import sys
from pathlib import Path
from derive.cache import Store

kept = Store(Path(sys.argv[1]), "program")
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    kept.put(f"key{number}", {"number": number, "long": "x" * (number % 3000)})
    print(number, flush=True)
"""


def writer(folder: Path, first: int, last: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WRITER, str(folder), str(first), str(last)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def numbers(kept: Store, count: int) -> list[int]:
    """Which of the answers of writers are there; one that is there must be the right one."""
    found = []
    for number in range(count):
        data = kept.get(f"key{number}")
        if data is not None:
            assert data == {"number": number, "long": "x" * (number % 3000)}
            found.append(number)
    return found


def closed(folder: Path) -> Path:
    """The file, with nothing of this process at it."""
    store._closed(folder)
    return folder / FILE


def test_it_returns_what_was_put(tmp_path: Path) -> None:
    kept = Store(tmp_path, "program")
    assert kept.get("k") is None
    kept.put("k", {"a": [1, "µ"]})
    assert kept.get("k") == {"a": [1, "µ"]}
    kept.put("k", {"a": 2})
    assert kept.get("k") == {"a": 2}
    assert Store(tmp_path, "another").get("k") is None
    assert Store(None).get("k") is None


def test_many_write_at_once(tmp_path: Path) -> None:
    writers = [writer(tmp_path, 100 * number, 100 * number + 150) for number in range(4)]
    for each in writers:
        assert each.communicate(timeout=60)[1] == b""
    assert numbers(Store(tmp_path, "program"), 450) == list(range(450))


def test_writers_that_are_killed_lose_nothing_that_was_kept(tmp_path: Path) -> None:
    chance = random.Random(3)
    done: set[int] = set()
    for turn in range(6):
        process = writer(tmp_path, 1000 * turn, 1000 * turn + 1000)
        time.sleep(0.15 + chance.random() / 5)
        process.send_signal(signal.SIGKILL)
        told = process.communicate()[0].split()
        done |= {int(each) for each in told[:-1]}  # the last may have been cut short
    assert done <= set(numbers(Store(tmp_path, "program"), 6000))


def test_threads_may_share_it(tmp_path: Path) -> None:
    kept = Store(tmp_path, "program")
    threads = [threading.Thread(target=kept.put, args=(f"k{number}", {"n": number})) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [kept.get(f"k{number}") for number in range(8)] == [{"n": number} for number in range(8)]


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"no database" * 1000),
        lambda file: file.write_bytes(b""),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes()[:4052] + b"\x80" + file.read_bytes()[4053:]),  # in a name
        lambda file: file.write_bytes(file.read_bytes()[:100] + os.urandom(8000)),
        lambda file: file.write_bytes(
            bytes(byte ^ (255 * (place > 4096)) for place, byte in enumerate(file.read_bytes()))
        ),
        lambda file: (file.unlink(), foreign(file)),
        lambda file: file.write_bytes(file.read_bytes()[:18] + b"\x09" + file.read_bytes()[19:]),  # not to be written
        lambda file: file.write_bytes(file.read_bytes()[:47] + b"\x09" + file.read_bytes()[48:]),  # of the future
    ],
    ids=["text", "empty", "cut", "name", "noise", "flipped", "foreign", "version", "format"],
)
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: object, caplog: pytest.LogCaptureFixture) -> None:
    kept = Store(tmp_path, "program")
    for number in range(50):
        kept.put(f"key{number}", {"number": number, "long": "x" * number})
    file = closed(tmp_path)
    assert file.exists()
    assert callable(damage)
    damage(file)
    with caplog.at_level(logging.WARNING):
        numbers(kept, 50)  # wrong answers would be seen here
        for number in range(50):
            kept.put(f"key{number}", {"number": number, "long": "x" * number})
    assert numbers(kept, 50) == list(range(50))
    assert len(caplog.records) <= 1
    assert all("were damaged; they are made anew" in each.message for each in caplog.records)


def foreign(file: Path) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("CREATE TABLE answers (something)")


def test_damage_is_told(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    kept = Store(tmp_path, "program")
    kept.put("k", {})
    closed(tmp_path).write_bytes(b"no database" * 1000)
    assert kept.get("k") is None
    assert [record.message for record in caplog.records] == [
        f"derive: the kept verdicts in {tmp_path / FILE} were damaged; they are made anew"
    ]


def test_an_answer_that_was_changed_is_none(tmp_path: Path) -> None:
    kept = Store(tmp_path, "program")
    kept.put("a", {"verdict": "proved"})
    kept.put("b", {"verdict": "refuted"})
    with closing(sqlite3.connect(closed(tmp_path))) as database, database:
        database.execute("UPDATE answers SET key = 'c' WHERE key = 'a'")
        database.execute("UPDATE answers SET data = replace(data, 'refuted', 'proved') WHERE key = 'b'")
    assert [kept.get(key) for key in "abc"] == [None, None, None]


def test_damage_seen_by_many_at_once(tmp_path: Path) -> None:
    Store(tmp_path, "program").put("k", {})
    closed(tmp_path).write_bytes(b"no database" * 1000)
    writers = [writer(tmp_path, 100 * number, 100 * number + 100) for number in range(4)]
    for each in writers:
        each.communicate(timeout=60)
        assert each.returncode == 0
    again = writer(tmp_path, 0, 400)
    again.communicate(timeout=60)
    assert numbers(Store(tmp_path, "program"), 400) == list(range(400))


FULL = """
import resource, sys
from pathlib import Path
from derive.cache import Store

kept = Store(Path(sys.argv[1]), "program")
kept.put("first", {"number": 0})
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for number in range(200):
    kept.put(f"key{number}", {"number": number, "long": "x" * (number % 3000)})
print(kept.get("first"))
"""


def test_a_full_disk_keeps_what_it_can(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("{'number': 0}\n", "", 0)
    kept = Store(tmp_path, "program")
    assert 0 < len(numbers(kept, 200)) < 200
    kept.put("after", {"room": True})
    assert kept.get("after") == {"room": True}


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Store(tmp_path / "file", "program")
    kept.put("k", {})
    assert kept.get("k") is None
    assert (tmp_path / "file").read_text() == ""


READ_ONLY = """
import os, sys
from pathlib import Path
from derive.cache import Store

if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
kept = Store(Path(sys.argv[1]), "program")
kept.put("new", {})
print(kept.get("new"))
"""


def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    Store(folder, "program").put("k", {"a": 1})
    closed(folder)
    for path in (*tmp_path.parents[:2], tmp_path):
        path.chmod(0o755)
    folder.chmod(0o555)
    done = subprocess.run([sys.executable, "-c", READ_ONLY, str(folder)], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("None\n", "")
    folder.chmod(0o755)
    assert Store(folder, "program").get("k") == {"a": 1}


def test_the_clock_has_no_part_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = Store(tmp_path, "program")
    for moment in (2e9, 1.0, 4e9):
        monkeypatch.setattr(time, "time", lambda moment=moment: moment)
        kept.put(f"k{moment}", {"at": moment})
    assert [kept.get(f"k{moment}") for moment in (2e9, 1.0, 4e9)] == [{"at": 2e9}, {"at": 1.0}, {"at": 4e9}]


def test_old_programs_are_forgotten(tmp_path: Path) -> None:
    programs = [f"{number:040x}" for number in range(PROGRAMS_KEPT + 3)]
    for program in programs:
        Store(tmp_path, program).put("k", {})
        (tmp_path / program).mkdir()
        Store(tmp_path, programs[0]).get("k")
        closed(tmp_path)
    left = [program for program in programs if Store(tmp_path, program).get("k") is not None]
    assert left == [programs[0], *programs[-PROGRAMS_KEPT + 1 :]]


def test_room_is_made_where_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "MOST_BYTES", 200_000)
    monkeypatch.setattr(store, "LOOK", 10)
    kept = Store(tmp_path, "program")
    for number in range(500):
        kept.put(f"key{number}", {"number": number, "long": "x" * (number % 3000)})
    there = numbers(kept, 500)
    assert there[-1] == 499
    assert 20 < len(there) < 400
    assert closed(tmp_path).stat().st_size < 400_000


def test_info_and_clear_touch_only_what_is_ours(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    kept = Store.of(tmp_path)
    kept.put("k", {})
    Store(tmp_path, "0" * 40).put("k", {})
    assert kept.folder is not None
    kept.folder.mkdir()
    (kept.folder / "gmm.py").write_text("kernel")
    found = info(tmp_path)
    assert (found.answers, found.versions, found.others) == (1, 1, 1)
    assert found.size > 4096
    assert clear(tmp_path) == found.size
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    assert kept.get("k") is None
    assert info(tmp_path / "nowhere").size == 0


@pytest.mark.parametrize(
    ("environment", "folder"),
    [
        ({"DERIVE_CACHE": "/a/b"}, "/a/b"),
        ({"XDG_CACHE_HOME": "/x"}, "/x/derive"),
        ({"HOME": "/home/me"}, "/home/me/.cache/derive"),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the folder is another")
def test_where_it_lies(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], folder: str) -> None:
    for name in ("DERIVE_CACHE", "XDG_CACHE_HOME", "HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert str(default_folder()) == folder


def test_nobody_else_may_read_it(tmp_path: Path) -> None:
    Store(tmp_path / "kept", "program").put("k", json.loads("{}"))
    assert (tmp_path / "kept").stat().st_mode & 0o077 == 0


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_bytes_are_in_the_file_no_answer_is_wrong(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        kept = Store(folder, "program")
        for number in range(20):
            kept.put(f"key{number}", {"number": number, "long": "x" * number})
        file = closed(folder)
        content = bytearray(file.read_bytes())
        for _ in range(data.draw(st.integers(1, 8))):
            content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
        file.write_bytes(content[: data.draw(st.none() | st.integers(0, len(content)))])
        numbers(kept, 20)
        kept.put("new", {"a": 1})
        assert kept.get("new") in ({"a": 1}, None)
        numbers(kept, 20)
        closed(folder)
