"""`derive report`: the files it writes, and the calls that leave nothing behind."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from derive import publish
from derive.render.report import pdf

DOCUMENT = "<!--: x > 0 -->\n# Logarithms\n\nAs $\\log x^2 = 2 \\log x$, and $\\log x^3 = 2 \\log x$.\n"


def _files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_all_proofs(proofs: Any, tmp_path: Path) -> None:
    status, out, _ = proofs.run("report", "--format", "html", "--format", "md", "--format", "tex", "--out", "made")
    assert status == 0
    names = {"area/first", "area/second", "index"}
    assert _files(tmp_path / "made") == {f"{name}.{kind}" for name in names for kind in ("html", "md", "tex")}
    assert "made/area/first.html" in out
    page = (tmp_path / "made/area/first.html").read_text()
    assert '<a href="../index.html">' in page
    assert "../../toyproofs/area/first.py#L5" in page
    assert "1 is not 2" in (tmp_path / "made/index.md").read_text()


def test_one_proof_and_html_as_default(proofs: Any, tmp_path: Path) -> None:
    assert proofs.run("report", "area/first", "--out", "made")[0] == 0
    assert _files(tmp_path / "made") == {"area/first.html"}


def test_documents(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(DOCUMENT)
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "notes.md").write_text(DOCUMENT)
    status, _, _ = proofs.run("report", "notes.md", "sub/notes.md", "--format", "md", "--out", "made")
    assert status == 0
    assert _files(tmp_path / "made") == {"notes.md", "notes-2.md", "index.md"}
    text = (tmp_path / "made/notes.md").read_text()
    assert text.startswith("# Logarithms\n")
    assert "[line 4](../notes.md#L4)" in text


def test_what_a_folder_holds_besides_is_left_out(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("So $1 + 1 = 2$.\n")
    (tmp_path / "notes" / "README.md").write_text("What is here.\n")
    status, out, err = proofs.run("report", "notes", "--out", "made")
    assert (status, out, err) == (0, "made/a.html\n", "")
    for call in (["notes/README.md"], ["notes", "notes/README.md"]):
        status, out, err = proofs.run("report", *call, "--out", "other")
        assert (status, out) == (2, "")
        assert err.startswith("derive: nothing to check in notes/README.md")
    (tmp_path / "notes" / "a.md").unlink()
    status, out, err = proofs.run("report", "notes", "--out", "other")
    assert status == 2
    assert not (tmp_path / "other").exists()


def test_again_over_what_is_there(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "kept.txt").write_text("mine")
    for _ in range(2):
        assert proofs.run("report", "area/first", "--out", "made")[0] == 0
    assert _files(tmp_path / "made") == {"area/first.html", "kept.txt"}


BAD: list[tuple[list[str], str]] = [
    (["report", "area/frst", "--out", "made"], "no proof is named"),
    (["report", "nowhere.md", "--out", "made"], "there is no such file"),
    (["report", "empty.md", "--out", "made"], "nothing to check in empty.md"),
    (["report", "area/first", "--format", "docx", "--out", "made"], "docx"),
    (["report", "area/first", "--out", "file.txt"], "file.txt"),
    (["report", "area/first", "--out", "file.txt/below"], "file.txt"),
]


@pytest.mark.parametrize(("call", "said"), BAD, ids=lambda each: each if isinstance(each, str) else "")
def test_bad_calls_leave_nothing(proofs: Any, tmp_path: Path, call: list[str], said: str) -> None:
    (tmp_path / "empty.md").write_text("No formula here.\n")
    (tmp_path / "file.txt").write_text("mine")
    before = _files(tmp_path)
    status, out, err = proofs.run(*call)
    assert status == 2
    assert said in err
    assert not out
    assert "Traceback" not in err
    assert {name for name in _files(tmp_path) - before if "cache" not in name and "__pycache__" not in name} == set()
    assert (tmp_path / "file.txt").read_text() == "mine"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_unwritable_folder(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0o500)
    status, _, err = proofs.run("report", "area/first", "--out", "closed/made")
    assert status == 2
    assert "cannot write to" in err


def test_failure_while_writing_leaves_nothing(proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device", "made")

    monkeypatch.setattr(publish.os, "replace", full)
    status, _, err = proofs.run("report", "area/first", "--out", "made")
    assert status == 2
    assert "No space left on device" in err
    assert not list(tmp_path.glob(".derive-*"))
    assert not (tmp_path / "made").exists()


def test_a_folder_stands_where_a_page_is_to_be(proofs: Any, tmp_path: Path) -> None:
    (tmp_path / "made" / "index.html").mkdir(parents=True)
    status, _, err = proofs.run("report", "--out", "made")
    assert status == 2
    assert err == "derive: cannot write to made/index.html: Is a directory; choose another folder with --out\n"
    assert [path.name for path in (tmp_path / "made").iterdir()] == ["index.html"]


def test_no_latex_engine(proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf.shutil, "which", lambda tool: None)
    status, _, err = proofs.run("report", "area/first", "--format", "pdf", "--out", "made")
    assert status == 2
    assert "apt install texlive-latex-base" in err
    assert err.count("\n") == 1
    assert not (tmp_path / "made").exists()


@pytest.mark.skipif(shutil.which("latexmk") is None, reason="no latexmk")
def test_pdf(proofs: Any, tmp_path: Path) -> None:
    assert proofs.run("report", "area/first", "--format", "pdf", "--out", "made")[0] == 0
    assert _files(tmp_path / "made") == {"area/first.pdf"}
    assert (tmp_path / "made/area/first.pdf").read_bytes().startswith(b"%PDF")


def test_titles_and_headings() -> None:
    assert publish.title_of("\\title{Two  words}\n") == "Two words"
    assert publish.title_of("text\n# A title #\n") == "A title"
    assert publish.title_of("\\title{\\input{x}}") == ""
    assert publish.title_of("# A *very* `plain` title\n") == "A very plain title"
    assert publish.headings_of("# t\n\n## One\n\\subsection{Two}\n") == [(3, 1, "One"), (4, 2, "Two")]
    styled = "## The *whole* of it, and _then_ **all**\n## The *case $a * b$*, 2 * 3 of a_b and \\_c\n"
    assert [text for _, _, text in publish.headings_of(styled)] == [
        "The whole of it, and then all",
        "The case $a * b$, 2 * 3 of a_b and _c",
    ]
