"""Verdicts in one SQLite file of the user's cache folder: many may write it at once, and any of them may be killed.

Nothing here may cost more than what is kept: a file that cannot be read or written keeps nothing, a damaged one is made
anew. Every answer carries a digest of itself, so that what was damaged without the file's notice is no answer.
"""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import get_ident
from typing import Any, TypeVar

from derive.cache.keys import digest, program_digest

FILE = "verdicts-1.sqlite3"
"""The name grows when the tables change; what was kept before is not read."""
PROGRAMS_KEPT = 8
"""For how many versions of this program verdicts are kept; the longest unused go first."""
MOST_BYTES = 2**30
"""How large the file may grow; then the older half of its answers goes."""
PATIENCE = 10.0
"""Seconds to wait for others who write."""
LOOK = 256
"""After so many answers kept, the size of the file is looked at."""

TABLES = """
CREATE TABLE IF NOT EXISTS programs (id INTEGER PRIMARY KEY, digest TEXT UNIQUE NOT NULL, used INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS answers (
    id INTEGER PRIMARY KEY, program INTEGER NOT NULL, key TEXT NOT NULL, data TEXT NOT NULL, seal TEXT NOT NULL,
    UNIQUE (program, key)
);
"""
KNOWN = "SELECT id, used = (SELECT max(used) FROM programs) FROM programs WHERE digest = ?"
USE = (
    "INSERT INTO programs (digest, used) VALUES (?, (SELECT coalesce(max(used), 0) + 1 FROM programs))"
    " ON CONFLICT (digest) DO UPDATE SET used = excluded.used"
)
FORGET = (
    "DELETE FROM answers WHERE program IN (SELECT id FROM programs ORDER BY used DESC LIMIT -1 OFFSET ?)",
    "DELETE FROM programs WHERE id IN (SELECT id FROM programs ORDER BY used DESC LIMIT -1 OFFSET ?)",
)
HALVE = "DELETE FROM answers WHERE id <= (SELECT (min(id) + max(id)) / 2 FROM answers)"

log = logging.getLogger("derive.cache")

Found = TypeVar("Found")


def default_folder() -> Path | None:
    """Where verdicts are kept: ``$DERIVE_CACHE``, or ``derive`` in the user's cache folder; ``None`` if there is
    none."""
    chosen = os.environ.get("DERIVE_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
    if base:
        return Path(base) / "derive"
    own = ("Library", "Caches") if sys.platform == "darwin" else (".cache",)
    try:
        return Path.home().joinpath(*own, "derive")
    except RuntimeError:  # a user without a home
        return None


@dataclass(frozen=True)
class Store:
    """Answers of one program, kept below ``root``; ``None`` for it keeps nothing."""

    root: Path | None
    program: str = ""

    @staticmethod
    def of(root: Path | None) -> Store:
        """The store below ``root`` for this program as it is now."""
        return Store(root, program_digest() if root is not None else "")

    @property
    def folder(self) -> Path | None:
        """A folder for what this program keeps as files."""
        return None if self.root is None else self.root / self.program

    def get(self, key: str) -> dict[str, Any] | None:
        """What was put under ``key``, if it is there and whole."""
        row = self._at(lambda file: file.get(self.program, key))
        if row is None or row[1] != _seal(key, row[0]):
            return None
        try:
            data = json.loads(row[0])
        except ValueError:
            return None
        return data if isinstance(data, dict) else None

    def put(self, key: str, data: Mapping[str, Any]) -> None:
        """Keep ``data`` under ``key``; a folder that cannot be written to keeps nothing."""
        text = json.dumps(data)
        self._at(lambda file: file.put(self.program, key, text, _seal(key, text)))

    def _at(self, do: Callable[[_File], Found]) -> Found | None:
        """Something done with the file; a damaged one is made anew, and it is tried once more."""
        if self.root is None:
            return None
        for _ in range(2):
            try:
                return do(_opened(self.root))
            except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
                if not _is_damage(problem, self.root) or not _renewed(self.root):
                    return None
            except OSError:
                return None
        return None


def _seal(key: str, text: str) -> str:
    return digest(["answer", key, text])


# -- the file ----------------------------------------------------------------------------------------------------------
class _File:
    """The open file of a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.put_here = folder, 0
        self.programs: dict[str, int] = {}
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.database = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            self.database.execute("PRAGMA journal_mode = WAL")  # readers and a writer do not wait for each other
            self.database.execute("PRAGMA synchronous = NORMAL")  # a crash of the system may cost the last answers
            self.database.executescript(TABLES)
        except (sqlite3.Error, UnicodeDecodeError):
            self.database.close()
            raise

    def get(self, program: str, key: str) -> tuple[str, str] | None:
        """The text kept under a key, and its seal."""
        query = "SELECT data, seal FROM answers WHERE program = ? AND key = ?"
        row = self.database.execute(query, (self._program(program, new=False), key)).fetchone()
        return row if row is not None and all(isinstance(each, str) for each in row) else None

    def put(self, program: str, key: str, text: str, seal: str) -> None:
        """Keep a text under a key, in place of what was there."""
        row = (self._program(program), key, text, seal)
        self.database.execute("INSERT OR REPLACE INTO answers (program, key, data, seal) VALUES (?, ?, ?, ?)", row)
        self.put_here += 1
        if self.put_here % LOOK == 0:
            self._make_room()

    def _program(self, program: str, new: bool = True) -> int | None:
        """The number of a program, which is now the one used last. When one is used for the first time, the longest
        unused are forgotten; one that is not ``new`` either has a number or gets none."""
        if program in self.programs:
            return self.programs[program]
        row = self.database.execute(KNOWN, (program,)).fetchone()
        if row is None and not new:
            return None
        if row is None or not row[1]:
            with self._together():
                self.database.execute(USE, (program,))
                for forget in FORGET:
                    self.database.execute(forget, (PROGRAMS_KEPT,))
                row = self.database.execute(KNOWN, (program,)).fetchone()
                left = {each for (each,) in self.database.execute("SELECT digest FROM programs").fetchall()}
            _forget(self.folder, left)
        self.programs[program] = row[0]
        return self.programs[program]

    def _make_room(self) -> None:
        """Where the file is too large, the older half of the answers goes; its pages are used again."""
        pages, free, size = (
            self.database.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size > MOST_BYTES:
            self.database.execute(HALVE)

    @contextmanager
    def _together(self) -> Iterator[None]:
        """All of it or nothing."""
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except sqlite3.Error:
            with suppress(sqlite3.Error):  # the first problem is the one to tell
                self.database.execute("ROLLBACK")
            raise
        self.database.execute("COMMIT")


_FILES: dict[tuple[Path, int, int], _File] = {}
"""What is open, by process and thread: SQLite carries nothing from a process into those that it forks."""


def _opened(folder: Path) -> _File:
    here = (folder, os.getpid(), get_ident())
    if here not in _FILES:
        _FILES[here] = _File(folder)
    return _FILES[here]


def _closed(folder: Path) -> None:
    file = _FILES.pop((folder, os.getpid(), get_ident()), None)
    if file is not None:
        file.database.close()


class _Damaged(sqlite3.DatabaseError):
    """A file whose parts do not fit together."""


def _is_damage(problem: sqlite3.DatabaseError | UnicodeDecodeError, folder: Path) -> bool:
    """Whether the file is no whole database of ours (rather than locked, full, or not to be written). Where a damaged
    name stands in what SQLite has to say, that cannot be decoded. Of our own statements nothing is wrong: where SQLite
    finds fault with one, its tables are not ours. A file that may be written but holds no database to write is damaged.
    """
    if isinstance(problem, UnicodeDecodeError | _Damaged):
        return True
    name = getattr(problem, "sqlite_errorname", "")
    if name.startswith("SQLITE_READONLY"):
        return os.access(folder, os.W_OK) and os.access(folder / FILE, os.W_OK)
    return name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CONSTRAINT")) or name == "SQLITE_ERROR"


def _renewed(folder: Path) -> bool:
    """Make a damaged file anew, unless somebody else has done so meanwhile; whether there is a whole one now."""
    _closed(folder)
    try:
        _check(_opened(folder).database)
    except (sqlite3.DatabaseError, UnicodeDecodeError) as problem:
        _closed(folder)
        if not _is_damage(problem, folder):
            return False
    except OSError:
        return False
    else:
        return True
    try:
        for ending in ("-wal", "-shm", ""):
            (folder / f"{FILE}{ending}").unlink(missing_ok=True)
    except OSError:
        return False
    log.warning("derive: the kept verdicts in %s were damaged; they are made anew", folder / FILE)
    return True


def _check(database: sqlite3.Connection) -> None:
    database.execute("SELECT id, digest, used FROM programs LIMIT 1")
    database.execute("SELECT id, program, key, data, seal FROM answers LIMIT 1")
    (found,) = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok":
        raise _Damaged(found)
    database.execute("BEGIN IMMEDIATE")
    database.execute("ROLLBACK")


def _forget(folder: Path, programs: set[str]) -> None:
    """Remove the folders of programs whose answers are forgotten."""
    with suppress(OSError):
        for path in folder.iterdir():
            if path.is_dir() and re.fullmatch(r"[0-9a-f]{40}", path.name) and path.name not in programs:
                shutil.rmtree(path, ignore_errors=True)


# -- what a user may ask -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Info:
    """What is kept: where, how many bytes, how many answers of this program and of how many other versions of it."""

    folder: Path
    size: int
    answers: int
    versions: int
    others: int


def info(folder: Path) -> Info:
    """What is kept below a folder."""
    size = sum(path.stat().st_size for path in _own(folder) for path in ([path] if path.is_file() else path.rglob("*")))
    answers, versions, others = 0, 0, 0
    if (folder / FILE).exists():
        counted = Store.of(folder)._at(_counts) or []
        mine = program_digest()
        answers = sum(count for program, count in counted if program == mine)
        others = sum(count for program, count in counted if program != mine)
        versions = sum(program != mine for program, _ in counted)
    return Info(folder, size, answers, versions, others)


def _counts(file: _File) -> list[tuple[str, int]]:
    query = "SELECT digest, count(answers.id) FROM programs LEFT JOIN answers ON program = programs.id GROUP BY digest"
    return file.database.execute(query).fetchall()


def clear(folder: Path) -> int:
    """Remove everything that this program keeps below a folder, and nothing else; how many bytes that were. An
    ``OSError`` says what cannot be removed."""
    size = info(folder).size
    _closed(folder)
    for path in _own(folder):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    return size


def _own(folder: Path) -> list[Path]:
    """What of a folder is this program's."""
    if not folder.is_dir():
        return []
    pattern = re.compile(r"verdicts-\d+\.sqlite3(-wal|-shm|-journal)?|[0-9a-f]{40}")
    return sorted(path for path in folder.iterdir() if pattern.fullmatch(path.name))
