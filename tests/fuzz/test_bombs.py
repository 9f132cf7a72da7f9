"""Texts made to break a reader or a prover: deep, long, endless, huge. Each gets a clear answer, and soon."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive import check_many
from derive.checker import Limits
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


ALL = {**UNREADABLE, **QUIET, **{name: display(HARD[name]) for name in HARD}}


def test_bombs_through_a_batch() -> None:
    """Each has its answer, in its place, and nothing is proved or refuted."""
    documents: list[object] = [{"id": name, "text": ALL[name], "format": "md"} for name in ALL]
    documents += [{"id": "large", "text": "a" * 50_000_000, "format": "tex"}, {"id": "empty", "text": ""}]
    started = time.monotonic()
    answers = list(check_many(documents, Limits(jobs=2, timeout=0.5)))
    assert time.monotonic() - started < 120
    assert [each["id"] for each in answers] == [*ALL, "large", "empty"]
    assert all(each["summary"]["proved"] == each["summary"]["refuted"] == 0 for each in answers if "summary" in each)
    assert all("summary" in each or len(each["error"]) < 300 for each in answers)
    assert {each["id"] for each in answers if "error" in each} == {*QUIET, "large", "empty"} - {"comments"}


def test_bombs_as_files(tmp_path: Path) -> None:
    """``derive check`` of all of them: what is one is told with its place, and there is no traceback."""
    for name in (*UNREADABLE, *HARD):
        (tmp_path / f"{name}.md").write_text(ALL[name])
    result = CliRunner().invoke(app, ["check", str(tmp_path), "--no-cache", "--timeout", "0.5", "--format", "json"])
    assert result.exit_code == 1
    assert "Traceback" not in result.stderr
    found = json.loads(result.stdout)
    assert found["summary"]["proved"] == found["summary"]["refuted"] == 0
    assert {Path(each["file"]).stem for each in found["results"]} == {*UNREADABLE, *HARD}


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
