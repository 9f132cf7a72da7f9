"""`derive explain FILE:LINE` for a line of a document: what was read, in which context, why the verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive.cli import app

TEXT = r"""
# Logistic

<!--: \mathbf{w}, \mathbf{x}_n \in \mathbb{R}^d ; function \sigma = logistic ; b \in \mathbb{R} -->

Let $a_n = \mathbf{w}^T \mathbf{x}_n$ for $n = 1, \dots, N$, and $c > 0$. Then

$$ \sum_{n=1}^N \sigma(a_n) + \sum_{n=1}^N \sigma(-a_n) = N $$

$$ \sqrt{c^2} = -c, \qquad \log \frac{1}{b} = -\log b $$

$$ \log x y = y \log q $$
"""


@pytest.fixture
def document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "notes.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


def explained(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["explain", *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_a_proof(document: Path) -> None:
    status, out, _ = explained("notes.md:8")
    assert status == 0
    assert "at        notes.md:8" in out
    assert r"states    \sum_{n=1}^N \sigma(a_n)" in out
    assert "read as   " in out
    assert r"let a_{n} := \mathbf{w}^{\top} \mathbf{x}_{n}" in out
    assert "inferred  " in out
    assert "evidence  " in out
    assert "b real" not in out  # only what the line is about
    assert "b positive" not in out


def test_a_refutation_with_its_correction_and_a_condition(document: Path) -> None:
    status, out, _ = explained("notes.md:10")
    assert status == 1
    first, second = out.strip().split("\n\n")
    assert "witness   at c = " in first
    assert "suggested - -c" in first
    assert "+ c" in first
    assert "verdict   proved" in second
    assert "provided  b > 0" in second or r"provided  \frac{1}{b} > 0" in second


def test_the_line_before_if_nothing_is_stated_there(document: Path) -> None:
    assert explained("notes.md:9")[1] == explained("notes.md:8")[1]


def test_what_was_not_read(document: Path) -> None:
    status, out, _ = explained("notes.md:12")
    assert status == 1
    assert "notes.md:12:" in out
    assert "unread: " in out
    data = json.loads(explained("notes.md:12", "--format", "json")[1])
    assert data["results"][0]["verdict"] == "unread"


def test_json(document: Path) -> None:
    (row,) = json.loads(explained("notes.md:8", "--format", "json")[1])["results"]
    assert row["verdict"] == "proved"
    assert row["line"] == 8
    assert any(line.startswith("let a_{n}") for line in row["context"])
    assert any("a_n" in note for note in row["inferred"])
    assert len(row["read_as"]) == 1


@pytest.mark.parametrize("place", ["notes.md:1", "none.md:3", "notes.pdf:3"])
def test_what_cannot_be_explained(document: Path, place: str) -> None:
    status, out, err = explained(place)
    assert (status, out) == (2, "")
    assert err.startswith("derive: ")
