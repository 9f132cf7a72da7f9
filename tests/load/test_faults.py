"""What goes wrong around the program: no room, no right to write, clocks that jump, other locales, Python -O.

And what it may never do, whatever a document holds: reach the network, write elsewhere, read what it was not given.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import textwrap
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from tests.load.documents import lines

COUNT = 25
DATA = b"".join(lines(COUNT, seed=3, hard=False))
HOSTILE = [
    r"\input{/etc/passwd} $1 = 1$",
    r"\input{../secret} \include{secret} \lstinputlisting{secret} \bibliography{secret} $1 = 1$",
    r"\write18{touch here} \immediate\write18{id > here} \openout\f=here \write\f{x} $1 = 1$",
    r"\usepackage{secret} \includegraphics{secret} $1 = 1$",
    r"$\input{secret} = 1$",
    r"$x = __import__('os').system('touch here')$",
    r"$x = \operatorname{eval}(\text{open('here','w')})$",
    r"%: function open = __import__('os').system",
    r"%: let x := __import__('os').getcwd()",
    r"![](http://localhost:1/a.png) <script src='http://localhost:1/'></script> $1 = 1$",
    "```{python}\nopen('here', 'w')\n```\n$1 = 1$",
    '{"cells": [{"cell_type": "code", "source": "open(\'here\')"}]}',
]


def batch(
    data: bytes,
    *options: str,
    before: str = "",
    python: tuple[str, ...] = (),
    folder: Path | None = None,
    **environment: str,
) -> tuple[int, bytes, str]:
    """``derive batch`` on some lines, after some code has run in its process."""
    code = f"{textwrap.dedent(before)}\nimport sys\nsys.argv = ['derive', 'batch', *sys.argv[1:]]\n"
    code += "from derive.cli import main\nmain()"
    home = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, *python, "-c", code, *options],
        input=data,
        capture_output=True,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": home, **environment},
        check=False,
    )
    return done.returncode, done.stdout, done.stderr.decode()


@pytest.fixture(scope="module")
def expected() -> bytes:
    """What is answered where nothing goes wrong."""
    status, out, err = batch(DATA, "--no-cache", "--jobs", "2")
    assert (status, err) == (0, "")
    assert out.count(b"\n") == COUNT
    return out


@pytest.mark.parametrize("jobs", ["1", "3"])
def test_jobs_and_seeds(expected: bytes, jobs: str) -> None:
    assert batch(DATA, "--no-cache", "--jobs", jobs, PYTHONHASHSEED=jobs) == (0, expected, "")


@pytest.mark.parametrize("locale", ["C", "de_DE.UTF-8", "tr_TR.UTF-8"])
def test_locales(expected: bytes, locale: str) -> None:
    assert batch(DATA, "--no-cache", LC_ALL=locale, PYTHONUTF8="0", PYTHONIOENCODING="ascii") == (0, expected, "")


def test_optimised(expected: bytes) -> None:
    assert batch(DATA, "--no-cache", python=("-O",)) == (0, expected, "")
    assert batch(DATA, "--no-cache", python=("-OO",)) == (0, expected, "")


def test_answers_that_were_kept_are_the_same(expected: bytes, tmp_path: Path) -> None:
    for _ in range(2):
        assert batch(DATA, DERIVE_CACHE=str(tmp_path / "kept")) == (0, expected, "")
    assert (tmp_path / "kept").exists()


def test_a_cache_that_is_full(expected: bytes, tmp_path: Path) -> None:
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))"
    for _ in range(2):
        assert batch(DATA, before=limit, DERIVE_CACHE=str(tmp_path / "kept")) == (0, expected, "")


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="mounting takes the rights to do so")
def test_a_disk_that_is_full(expected: bytes, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(disk)], check=False).returncode:
        pytest.skip("no tmpfs can be mounted here")
    try:
        for _ in range(2):
            assert batch(DATA, DERIVE_CACHE=str(disk / "kept")) == (0, expected, "")
        with pytest.raises(OSError, match="No space left"):  # it really was full
            (disk / "filler").write_bytes(b"x" * 70_000)
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_cache_that_may_not_be_written(expected: bytes, tmp_path: Path) -> None:
    for folder in ("/proc/kept", "/dev/null", str(tmp_path / "file")):
        (tmp_path / "file").write_text("mine")
        assert batch(DATA, DERIVE_CACHE=folder) == (0, expected, "")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_cache_that_is_damaged_is_made_anew(expected: bytes, tmp_path: Path) -> None:
    (tmp_path / "verdicts-1.sqlite3").write_bytes(b"no database" * 1000)
    status, out, err = batch(DATA, DERIVE_CACHE=str(tmp_path))
    assert (status, out) == (0, expected)
    assert "were damaged; they are made anew" in err
    assert batch(DATA, DERIVE_CACHE=str(tmp_path)) == (0, expected, "")


CLOCK = """
import itertools, time
jumps = itertools.cycle([0.0, 4e9, -1e9, 1.5])
time.time = lambda: next(jumps)
time.time_ns = lambda: int(next(jumps) * 1e9)
"""


def test_a_clock_that_jumps(expected: bytes, tmp_path: Path) -> None:
    for _ in range(2):
        assert batch(DATA, before=CLOCK, DERIVE_CACHE=str(tmp_path / "kept")) == (0, expected, "")


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_killed_at_any_moment(expected: bytes, tmp_path: Path) -> None:
    chance, kept, seen = random.Random(8), str(tmp_path / "kept"), 0
    for _ in range(6):
        command = [sys.executable, "-m", "derive.cli", "batch", "--jobs", "2"]
        environment = {**os.environ, "DERIVE_CACHE": kept, "PYTHONPATH": str(Path(__file__).parents[2])}
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, env=environment)
        feeder = threading.Thread(target=feed, args=(process,))
        feeder.start()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        while not children.read_text():  # it is still being loaded
            time.sleep(0.02)
        time.sleep(chance.random())
        workers = children.read_text().split()
        seen += len(workers)
        process.kill()
        process.wait()
        feeder.join()
        assert all(soon_gone(int(worker)) for worker in workers)
    assert seen
    assert batch(DATA, DERIVE_CACHE=kept) == (0, expected, "")


def feed(process: subprocess.Popen[bytes]) -> None:
    with suppress(BrokenPipeError):
        process.communicate(DATA)


def soon_gone(pid: int) -> bool:
    """Whether a process ends within some seconds."""
    for _ in range(200):
        if not Path(f"/proc/{pid}").exists():
            return True
        time.sleep(0.02)
    return False


def test_no_home(expected: bytes, tmp_path: Path) -> None:
    environment = {"HOME": str(tmp_path / "nowhere"), "XDG_CACHE_HOME": "", "DERIVE_CACHE": ""}
    assert batch(DATA, **environment) == (0, expected, "")


AUDIT = """
import os, sys

log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

def note(event, arguments):
    writing = event == "open" and arguments[0] is not None and isinstance(arguments[2], int) and arguments[2] & 3
    reading = event == "open" and not writing
    others = event.startswith(("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.remove",
        "os.rename", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "shutil.", "urllib.",
        "ftplib.", "smtplib.", "webbrowser.", "ctypes.dlopen", "sqlite3.connect", "compile", "exec", "tempfile."))
    if writing or reading or others:
        what = " ".join(str(each)[:200] for each in arguments[:1])
        os.write(log, f"{{'write' if writing else 'read' if reading else event}}\\t{{what!r}}\\n".encode())

import derive.batch.local, derive.cli
derive.batch.local._load()
import derive.cache, sqlite3
derive.cache.program_digest()
sys.addaudithook(note)
"""


def test_nothing_is_reached_written_or_read_that_should_not_be(tmp_path: Path) -> None:
    log, kept = tmp_path / "log", tmp_path / "kept"
    (tmp_path / "secret.tex").write_text("$$ 3 = 3 $$")
    records = [
        json.dumps({"id": number, "text": text, "format": format}).encode()
        for number, text in enumerate(HOSTILE)
        for format in ("tex", "md")
    ]
    data = b"\n".join([*records, DATA])
    status, out, err = batch(
        data, "--jobs", "2", before=AUDIT.format(log=str(log)), folder=tmp_path, DERIVE_CACHE=str(kept)
    )
    assert (status, err) == (0, "")
    assert b"3 = 3" not in out
    assert b"root:" not in out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kept", "log", "secret.tex"]
    library = (sys.prefix, sys.base_prefix, str(Path(__file__).parents[2] / "derive"), "/proc/", "/usr/lib", "/lib")
    strange = [each for each in log.read_text().splitlines() if not is_allowed(*each.split("\t"), kept, library)]
    assert strange == []
    assert not any(each in log.read_text() for each in ("secret.tex", "touch", "passwd", "getcwd"))
    assert "sqlite3.connect" in log.read_text()


def is_allowed(event: str, what: str, kept: Path, library: tuple[str, ...]) -> bool:
    """Whether something the program did is what it is there to do; a pipe between two processes is a socket, too."""
    name = what.strip("'\"")
    if event == "read":
        return name.startswith(library) or name.isdecimal() or name == "/dev/null"
    if event == "write":
        return name == "/dev/null" or name.isdecimal()
    if event in ("sqlite3.connect", "os.mkdir"):
        return name.startswith(str(kept))
    return event in ("sqlite3.connect/handle", "compile", "exec", "ctypes.dlopen", "socket.__new__")


@pytest.mark.parametrize(
    ("event", "what", "allowed"),
    [
        ("read", "'/etc/passwd'", False),
        ("write", "'/tmp/here'", False),
        ("socket.connect", "'<socket>'", False),
        ("subprocess.Popen", "'id'", False),
        ("sqlite3.connect", "'/kept/a'", True),
        ("sqlite3.connect", "'/elsewhere'", False),
    ],
)
def test_it_would_be_seen(event: str, what: str, allowed: bool) -> None:
    assert is_allowed(event, what, Path("/kept"), ("/usr/lib",)) == allowed
