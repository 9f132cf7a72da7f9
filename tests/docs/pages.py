"""A page of documentation as a session: the files that are written, the commands shown, and what they answer."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_FENCE = re.compile(
    r"(?:<!-- (?P<mark>[^:>][^>]*?):? -->\n+)?^```(?P<language>\w*)\n(?P<text>.*?)^```$", flags=re.M | re.S
)
_PLACE = re.compile(r"(?P<name>\S+)(?:, (?P<above>above )?line (?P<line>\d+))?\Z")
_TIME = re.compile(r" +\d+(?:\.\d+)? m?s\b")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, the comment that stands right above it, its text, and its line in the page."""

    language: str
    mark: str
    text: str
    line: int


def blocks(page: str) -> Iterator[Block]:
    """The fenced blocks of a page, in order."""
    for match in _FENCE.finditer(page):
        line = page.count("\n", 0, match.start("language")) + 1
        yield Block(match["language"], match["mark"] or "", match["text"], line)


def commands(text: str) -> Iterator[tuple[str, str]]:
    """The commands of a console block, each with what is printed below it."""
    for part in re.split(r"^\$ ", text, flags=re.M)[1:]:
        command, _, answer = re.sub(r"\\\n", "\\\0", part).partition("\n")
        yield command.replace("\\\0", "\\\n"), answer


def agrees(shown: str, printed: str) -> bool:
    """Whether a program printed what a page shows: times apart, and ``…`` standing for anything."""
    wanted = [re.escape(piece) for piece in _timeless(shown).split("…")]
    return re.fullmatch(".*".join(wanted), _timeless(printed), flags=re.S) is not None


def _timeless(text: str) -> str:
    return _TIME.sub(" (time)", text).strip()


@dataclass
class Session:
    """A folder with a shell, in which ``derive`` is this program and ``proofs`` what the page writes there."""

    folder: Path
    status: int = 0
    env: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        programs = self.folder / "programs"
        programs.mkdir()
        for name, call in (("derive", f'"{sys.executable}" -m derive.cli'), ("python", f'"{sys.executable}"')):
            (programs / name).write_text(f'#!/bin/sh\nexec {call} "$@"\n', encoding="utf-8")
            (programs / name).chmod(0o755)
        self.here = self.folder / "here"
        self.here.mkdir()
        self.env = {
            "PATH": os.pathsep.join((str(programs), "/usr/bin", "/bin")),
            "PYTHONPATH": os.pathsep.join((str(self.here), str(ROOT))),
            "DERIVE_CACHE": str(self.folder / "cache"),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
            "LC_ALL": "C.UTF-8",
        }

    def write(self, mark: str, text: str) -> None:
        """Write a file, or one place of it, as the mark above a block says."""
        place = _PLACE.match(mark)
        assert place is not None, mark
        path = self.here / place["name"]
        if place["line"]:
            lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
            at = int(place["line"]) - 1
            lines[at : at if place["above"] else at + 1] = [text]
            text = "".join(lines)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if place["name"].startswith("proofs/"):
            (self.here / "proofs" / "__init__.py").touch()

    def run(self, command: str) -> str:
        """What a command prints, on either stream; ``$?`` in it is the status of the one before."""
        done = subprocess.run(
            ["/bin/sh", "-c", f"(exit {self.status}); {command}"],
            cwd=self.here,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )
        self.status = done.returncode
        return done.stdout
