"""Every command called in ways that cannot be answered: one clear line, exit status 2, and nothing left behind."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from derive.cli import app

ROOT = Path(__file__).resolve().parents[2]

BAD: list[tuple[str, str]] = [
    ("check", "missing argument 'PATH'"),
    ("check missing.md", "there is no such file or folder"),
    ("check empty.md", "nothing to check in empty.md"),
    ("check binary.md", "is it a binary file?"),
    ("check folder", "expected documents"),
    ("check good.ipynb", "expected a notebook"),
    ("check good.md --format xml", "'xml' is not one of 'text', 'json'"),
    ("check good.md --timeout soon", "'--timeout'"),
    ("check good.md --timeout 0", "'--timeout'"),
    ("check good.md --jobs 0", "'--jobs'"),
    ("check good.md --memory 1", "'--memory'"),
    ("check good.md --verbose", "no such option: --verbose"),
    ("check --watch -", "expected files or folders to watch"),
    ("check --watch --declaring good.md", "--declaring is for a check"),
    ("check --suggest-declarations missing.md", "there is no such file or folder"),
    ("check --suggest-declarations empty.md", "nothing to check in empty.md"),
    ("check --suggest-declarations --format sarif good.md", "as text or as json, not as sarif"),
    ("check good.md --format", "option '--format' requires an argument; derive check --help shows"),
    ("check good.md --quiet=yes", "does not take a value; derive check --help shows"),
    ("check good.rst", "expected a document (.tex .md .txt .ipynb), found “.rst”"),
    ("check good.md:3", "there is no such file or folder"),
    ("verify nothing", "no proof is named 'nothing'"),
    ("verify area/frst", "did you mean area/first"),
    ("verify area.first", "did you mean area/first?"),
    ("verify area/first.nothing", "no proof is named 'area/first.nothing'"),
    ("verify --format yaml", "'yaml' is not one of"),
    ("list nothing", "no proof is named 'nothing'"),
    ("explain", "missing argument"),
    ("explain nothing", "no proof is named 'nothing'"),
    ("explain good.md", "expected good.md:LINE"),
    ("explain good.md:9", "good.md has 3 lines, there is no line 9"),
    ("explain good.md:9:4", "good.md has 3 lines, there is no line 9"),
    ("explain good.md:x", "expected good.md:LINE, with the line to explain, found 'x'"),
    ("explain good.md:0", "nothing is stated in good.md at or before line 0"),
    ("explain missing.md:1", "there is no such file or folder"),
    ("equal a", "missing argument 'RHS'"),
    ("equal a=b c", "expected one relation such as a = b, found 2 in 'a=b = c'"),
    ("report missing.md --out made", "there is no such file or folder"),
    ("report empty.md --out made", "nothing to check in empty.md"),
    ("report good.md --out file.txt", "cannot write to file.txt"),
    ("report good.md --out file.txt/below", "cannot write to file.txt"),
    ("report good.md --format docx --out made", "'docx' is not one of"),
    ("kernels nothing", "no kernels are named 'nothing'"),
    ("batch --jobs 0", "'--jobs'"),
    ("batch more", "unexpected extra argument"),
    ("cache nothing", "no such command 'nothing'"),
    ("nothing", "no such command 'nothing'"),
    ("list area/silent", "silent.py:1: expected a derivation that claims something, found no claim"),
    ("report area/silent --out made", "silent.py:1: expected a derivation that claims something, found no claim"),
    ("verify --certificates file.txt", "file.txt cannot be written: expected a folder to write to, found file.txt"),
    ("verify --certificates file.txt/below", "file.txt/below cannot be written: expected a folder to write to"),
    ("verify --certificates /dev/null", "/dev/null cannot be written: expected a folder to write to"),
    ("replay missing", "no certificates in missing"),
    ("replay folder", "no certificates in folder"),
    ("replay good.md", "good.md is no certificate: line 1 is no JSON"),
    ("replay binary.md", "binary.md is no certificate: it is no text"),
    ("replay good.ipynb", "good.ipynb is no certificate: some part of one is not there"),
    *((f"{call} {'x' * 300}", "x" * 300) for call in ("check", "explain", "report", "replay")),
    (f"report good.md --out {'x' * 300}", "x" * 300),
    (f"verify --certificates {'x' * 300}", "x" * 300),
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=[call for call, _ in BAD])
def test_bad_calls(proofs: Any, tmp_path: Path, call: str, said: str) -> None:
    (tmp_path / "good.md").write_text("A line.\n\n$1 + 1 = 2$\n")
    (tmp_path / "empty.md").write_text("No formula here.\n")
    (tmp_path / "binary.md").write_bytes(b"\xff\x00\x01")
    (tmp_path / "good.ipynb").write_text('{"cells": 3}')
    (tmp_path / "file.txt").write_text("mine")
    (tmp_path / "good.rst").write_text("$1 + 1 = 2$")
    (tmp_path / "folder").mkdir()
    if "silent" in call:
        proofs.write(
            "area/silent", 'from derive import Derivation\nderivation = Derivation("area/silent", title="S")\n'
        )
    before = _files(tmp_path)
    status, out, err = proofs.run(*call.split())
    assert status == 2
    assert said in err
    assert err.startswith("derive: ")
    assert err.count("\n") == 1
    assert out == ""
    assert _files(tmp_path) == before
    assert (tmp_path / "file.txt").read_text() == "mine"


def _files(folder: Path) -> set[str]:
    found = {path.relative_to(folder).as_posix() for path in folder.rglob("*")}
    return {name for name in found if not name.startswith("cache") and "__pycache__" not in name}


def test_an_empty_name(proofs: Any) -> None:
    """``derive check "$NOTES"`` where nothing says what NOTES is: not everything below this folder."""
    status, out, err = proofs.run("check", "")
    assert (status, out) == (2, "")
    assert err == "derive: expected a document or a folder of them, found an empty name\n"


@pytest.mark.parametrize(
    "call", ["report --out", "report good.md --out", "verify --certificates", "kernels --out", "replay"]
)
def test_an_empty_name_of_a_folder(proofs: Any, tmp_path: Path, call: str) -> None:
    """``derive report --out "$OUT"``: not this folder."""
    before = _files(tmp_path)
    status, out, err = proofs.run(*call.split(), "")
    assert (status, out) == (2, "")
    assert "expected a folder, found an empty name" in err
    assert err.count("\n") == 1
    assert _files(tmp_path) == before


def test_folders_that_are_gone_by_now_are_passed(proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """``derive check /``: what runs comes and goes below /proc."""
    (tmp_path / "notes" / "gone").mkdir(parents=True)
    (tmp_path / "notes" / ".hidden").mkdir()
    for place in ("a.md", ".hidden/b.md", ".c.md"):
        (tmp_path / "notes" / place).write_text("$1 + 1 = 2$")
    found, scandir = [], os.scandir

    def there(place: Any) -> Any:
        found.append(str(place))
        if str(place).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", place)
        return scandir(place)

    monkeypatch.setattr(os, "scandir", there)
    status, out, _ = proofs.run("check", "notes")
    assert status == 0
    assert out.count("proved: all sizes") == 1
    assert any(place.endswith("gone") for place in found)
    assert not any(place.endswith(".hidden") for place in found)


def test_a_proof_that_claims_nothing(proofs: Any) -> None:
    proofs.write("area/silent", 'from derive import Derivation\nderivation = Derivation("area/silent", title="S")\n')
    status, out, err = proofs.run("verify", "area/silent")
    assert status == 2
    assert err.endswith("silent.py:1: expected a derivation that claims something, found no claim\n")
    assert "expected one" not in out
    status, out, _ = proofs.run("verify")
    assert status == 2
    assert "area/first" in out


def test_no_kernel_is_written_if_another_is_not_there(tmp_path: Path) -> None:
    done = _run(["kernels", "softmax", "nothing", "--out", "made"], tmp_path, stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("derive: no kernels are named 'nothing'; there are ")
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize("seconds", ["inf", "1e308"])
def test_no_end_of_time(proofs: Any, tmp_path: Path, seconds: str) -> None:
    (tmp_path / "a.md").write_text("$1 + 1 = 2$")
    status, out, err = proofs.run("check", "a.md", "--timeout", seconds, "--no-cache")
    assert (status, err) == (0, "")
    assert "proved: all sizes" in out


def test_closed_input(tmp_path: Path) -> None:
    """``derive check - <&-``."""
    done = subprocess.run(
        [sys.executable, "-m", "derive", "check", "-"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        preexec_fn=lambda: os.close(0),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "derive: expected a document on standard input, found it closed\n"


def test_what_can_be_used_of_a_folder_is_used_once(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$1 + 1 = 2$")
    (tmp_path / "b.md").write_bytes(b"\xff")
    status, out, err = proofs.run("check", ".", "a.md", "./a.md")
    assert status == 2
    assert out.count("proved: all sizes") == 1
    assert err.count("\n") == 1
    assert err.startswith("derive: b.md:")


def test_a_place_as_check_prints_it_is_explained(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("$1 + 1 = 2$")
    place = proofs.run("check", "a.md")[1].partition(": proved")[0]
    assert place.count(":") == 2
    status, out, _ = proofs.run("explain", place)
    assert status == 0
    assert "1 + 1 = 2" in out


@pytest.mark.parametrize("command", [each.name or each.callback.__name__ for each in app.registered_commands])  # type: ignore[union-attr]
def test_help_names_what_is_typed(proofs: Any, command: str) -> None:
    """No type of the program beside an argument, no bracket twice, an example, and a word on every argument."""
    status, out, _ = proofs.run(command, "--help")
    assert status == 0
    usage, _, rest = out.partition("\n")
    assert "[[" not in usage
    assert "......" not in usage
    assert "<list" not in out
    assert "<str>" not in out
    assert "Example: derive" in " ".join(rest.split())
    told = rest.partition("Arguments:\n")[2].partition("\n\n")[0]
    assert all(re.match(r" {2,}\S+ {2,}\w| {6,}\S", line) for line in told.splitlines()), told


def test_a_program_without_a_command_shows_its_help(proofs: Any) -> None:
    status, _, err = proofs.run()
    assert status == 2
    assert "derive check notes.md" in err


NOTES = "So $(a+b)^2 = a^2 + 2ab + b^2$.\n"

SAYING = [
    ["list"],
    ["equal", "1", "1"],
    ["check", "notes.md"],
    ["check", "notes.md", "--statistics", "--no-cache"],
    *(["check", "notes.md", "--format", each] for each in ("json", "sarif")),
    ["check", "-"],
    ["explain", "notes.md:1"],
    ["report", "notes.md", "--format", "md", "--out", "made"],
    ["verify", "networks/small.fits", "--format", "json"],
    ["--help"],
    ["--version"],
]


def _run(call: list[str], folder: Path, script: str = "", **where: Any) -> subprocess.CompletedProcess[str]:
    """A call of the program in a process of its own; ``script`` is a line of the shell with its own mounts, in which
    the call is ``"$@"``."""
    (folder / "notes.md").write_text(NOTES)
    command = [sys.executable, "-m", "derive", *call]
    return subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *command] if script else command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DERIVE_CACHE": str(folder / "cache")},
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL if call[-1] != "-" else None,
        input=NOTES if call[-1] == "-" else None,
        text=True,
        check=False,
        **where,
    )


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("call", SAYING, ids=" ".join)
def test_full_disk(call: list[str], tmp_path: Path) -> None:
    """What is printed into a file on a full disk: a line on standard error, no traceback."""
    with open("/dev/full", "w") as full:
        done = _run(call, tmp_path, stdout=full)
    assert done.returncode == 2
    assert done.stderr == "derive: what there is to say cannot be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_full_disk_behind_a_batch(tmp_path: Path) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "derive", "batch"],
            input='{"id": 1, "text": "$1 = 1$", "format": "md"}\n',
            env={**os.environ, "PYTHONPATH": str(ROOT), "DERIVE_CACHE": str(tmp_path)},
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr == "derive: the batch cannot go on: No space left on device\n"


def test_closed_output(tmp_path: Path) -> None:
    """``derive check notes.md >&-``."""
    done = _run(["check", "notes.md"], tmp_path, preexec_fn=lambda: os.close(1))
    assert done.returncode == 2
    assert done.stderr == "derive: what there is to say cannot be written: standard output is closed\n"


def _own_mounts() -> bool:
    """Whether this system lets a test mount a file system that nobody else sees."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


_SEEN = '{ "$@"; status=$?; ls -A disk; exit $status; }'
"""The call, and then what is left on the disk."""

WRITING = [
    ["report", "notes.md", "--out", "disk"],
    ["report", "notes.md", "--out", "disk/made"],
    ["report", "notes.md", "--format", "html", "--format", "tex", "--out", "disk/a/b"],
]


@pytest.mark.skipif(not _own_mounts(), reason="no file system of its own for a test")
@pytest.mark.parametrize(("options", "said"), [("ro", "Read-only file system"), ("size=4k", "No space left on device")])
@pytest.mark.parametrize("call", WRITING, ids=" ".join)
def test_folder_that_cannot_be_written_to(call: list[str], options: str, said: str, tmp_path: Path) -> None:
    """A read-only disk, and a full one: one line, and nothing left behind."""
    (tmp_path / "disk").mkdir()
    done = _run(call, tmp_path, f"mount -t tmpfs -o {options} none disk && {_SEEN}", stdout=subprocess.PIPE)
    assert done.returncode == 2
    assert done.stdout == ""
    assert said in done.stderr
    assert done.stderr.startswith("derive: cannot write to disk")
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not _own_mounts(), reason="no file system of its own for a test")
def test_the_root_of_another_disk(tmp_path: Path) -> None:
    """What is mounted for the reports alone, as a container has it: files cannot be moved there from beside it."""
    (tmp_path / "disk").mkdir()
    done = _run(WRITING[0], tmp_path, f"mount -t tmpfs none disk && {_SEEN}", stdout=subprocess.PIPE)
    assert (done.returncode, done.stdout, done.stderr) == (0, "disk/notes.html\nnotes.html\n", "")
