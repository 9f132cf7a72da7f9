"""Texts made to break a reader or a prover: deep, long, endless, huge. Each gets a clear answer, and soon."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive.cli import app
from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Undecided
from tests.fuzz.bombs import HARD, LET, QUIET, UNREADABLE, display
from tests.work import counted


@pytest.mark.parametrize("latex", [False, True], ids=["md", "tex"])
@pytest.mark.parametrize("name", [*UNREADABLE, *QUIET])
def test_reading_a_bomb(name: str, latex: bool) -> None:
    text = (UNREADABLE | QUIET)[name]
    document, _ = counted(lambda: read_document(text, latex=latex), 2_000_000 + 40 * len(text))
    assert document.derivation.claims == ()
    if not latex and name in UNREADABLE:
        assert document.unread
        assert all(0 < len(each.reason) < 300 for each in document.unread)


@pytest.mark.parametrize("name", HARD)
def test_judging_a_bomb(name: str) -> None:
    assert_undecided(display(HARD[name]))


def test_definitions_that_double() -> None:
    assert_undecided("<!--: x \\in \\mathbb{R} ; let y_{0} := x + 1 -->" + LET + "$$y_{39} = 1$$")


def assert_undecided(text: str) -> None:
    claims = read_document(text, latex=False).derivation.claims
    assert len(claims) == 1
    verdict, _ = counted(lambda: judge(claims[0], time.monotonic() + 0.5), 30_000_000)
    assert isinstance(verdict, Undecided)


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("large.tex", b"a" * 50_000_000, "at most 10 MB"),
        ("binary.tex", bytes(range(256)) * 40, "binary"),
        ("latin.tex", "naïve $x = x$".encode("latin-1"), "UTF-8"),
        ("empty.tex", b"", "nothing"),
    ],
)
def test_unusable_files(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    result = CliRunner().invoke(app, ["check", str(file)])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert name in result.stderr
    assert message in result.stderr
