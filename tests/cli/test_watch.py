"""`derive check --watch`: what changes is checked again, what does not keeps its results, Ctrl-C ends it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive.checker import Limits
from derive.cli import app
from derive.language.claims import Claim
from derive.language.verdicts import Proved, Undecided, Verdict
from derive.watch import Round, rounds

GOOD = "<!--: a, b \\in \\mathbb{R} -->\n$$ (a+b)^2 = a^2 + 2ab + b^2 $$\n"
BAD = "<!--: a, b \\in \\mathbb{R} -->\n$$ (a+b)^2 = a^2 + b^2 $$\n"


class Folder:
    """Documents on disk, watched with a judge that notes what it is asked; ``steps`` are done while it waits."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked = root / "asked"
        self.steps: list[Callable[[], None]] = []
        self.clock = 1

    def write(self, name: str, text: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self.clock += 1
        os.utime(path, (self.clock, self.clock))

    def judge(self, claim: Claim, deadline: float) -> Verdict:
        with self.asked.open("a") as log:
            log.write(f"{claim.text}\n")
        return Undecided("not sure") if "x" in claim.text else Proved("all sizes")

    def count(self) -> int:
        return len(self.asked.read_text().splitlines()) if self.asked.exists() else 0

    def watch(self, *paths: str) -> Iterator[Round]:
        def pause() -> None:
            if not self.steps:
                raise KeyboardInterrupt
            self.steps.pop(0)()

        chosen = [str(self.root / path) for path in paths] or [str(self.root / "docs")]
        return rounds(chosen, Limits(jobs=1, judge=self.judge), pause)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def files(found: Round) -> list[str]:
    return [Path(file).name for file in found.changed]


def test_only_what_changes_is_checked_again(folder: Folder) -> None:
    folder.write("docs/a.md", GOOD)
    folder.write("docs/b.md", GOOD.replace("a", "c"))
    folder.steps = [lambda: None, lambda: folder.write("docs/b.md", BAD), lambda: None]
    seen = folder.watch()
    first = next(seen)
    assert files(first) == ["a.md", "b.md"]
    before = folder.count()
    second = next(seen)
    assert files(second) == ["b.md"]
    assert [result.statement for result in second.report.results] == ["(a+b)^2 = a^2 + b^2"]
    assert len(second.whole.results) == 2
    assert folder.count() == before + 1
    with pytest.raises(KeyboardInterrupt):
        next(seen)


def test_in_a_changed_document_only_new_claims_are_judged_also_undecided_ones(folder: Folder) -> None:
    line = "<!--: x, y, a \\in \\mathbb{R} -->\n$$ x = y $$\n$$ a = a $$\n"
    folder.write("docs/a.md", line)
    folder.steps = [lambda: folder.write("docs/a.md", f"{line}\nMore.\n$$ y = a $$\n")]
    seen = folder.watch()
    next(seen)
    assert folder.count() == 2
    second = next(seen)
    assert [result.word for result in second.report.results] == ["undecided", "proved", "proved"]
    assert folder.count() == 3


def test_new_and_removed_files_and_a_touch_without_a_change(folder: Folder) -> None:
    folder.write("docs/a.md", GOOD)
    folder.steps = [
        lambda: folder.write("docs/a.md", GOOD),
        lambda: folder.write("docs/deep/b.tex", "%: a > 0\n\\[ a = a \\]\n"),
        lambda: (folder.root / "docs/a.md").unlink(),
    ]
    seen = folder.watch()
    next(seen)
    assert files(next(seen)) == ["b.tex"]
    third = next(seen)
    assert files(third) == ["a.md"]
    assert len(third.whole.results) == 1


def test_an_included_file(folder: Folder) -> None:
    folder.write("main.tex", "%: a > 0\n\\input{part}\n\\[ a = a \\]\n")
    folder.write("part.tex", "\\[ 2 a = a + a \\]\n")
    folder.steps = [lambda: folder.write("part.tex", "\\[ 3 a = a + a + a \\]\n")]
    seen = folder.watch("main.tex")
    assert len(next(seen).report.results) == 2
    second = next(seen)
    assert files(second) == ["main.tex"]
    assert second.report.results[0].statement == "3 a = a + a + a"


def test_a_file_that_becomes_unusable_is_said_and_watched_on(folder: Folder) -> None:
    folder.write("a.md", GOOD)
    folder.steps = [lambda: (folder.root / "a.md").write_bytes(b"\x00"), lambda: folder.write("a.md", GOOD)]
    seen = folder.watch("a.md")
    next(seen)
    assert next(seen).report.failures
    assert not next(seen).report.failures


def test_what_cannot_be_watched(tmp_path: Path) -> None:
    for path in ("-", str(tmp_path / "none.md")):
        result = CliRunner().invoke(app, ["check", "--watch", path], catch_exceptions=False)
        assert result.exit_code == 2
        assert result.stderr.startswith("derive: ")


def test_ctrl_c_ends_it_without_a_traceback(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(GOOD, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "derive.cli", "check", "--watch", "--no-cache", str(path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None
    assert "a.md:2:" in process.stdout.readline()
    path.write_text(BAD, encoding="utf-8")
    lines = ""
    deadline = time.monotonic() + 60
    while "refuted" not in lines and time.monotonic() < deadline:
        lines += process.stdout.readline()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert "refuted" in lines + out
    assert "Traceback" not in err
    assert "Ctrl-C ends" in err
    assert process.returncode == 1
