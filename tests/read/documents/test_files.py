"""Files: notebooks, kinds told apart, what cannot be used, and what a document may include."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from derive.documents import read_document
from derive.read.documents.text.files import inputs, looks_like_latex, opener_in
from derive.read.documents.text.notebook import notebook_source
from derive.read.documents.text.source import MAX_BYTES, Source, UnusableDocument, decoded


def test_notebook_places() -> None:
    cells = [
        {
            "cell_type": "markdown",
            "metadata": {},
            "source": ["<!--: x > 0 -->\n", "Is $$\\log x^2 = \n", "2 \\log x$$?"],
        },
        {"cell_type": "code", "source": ["$$a = b$$"], "outputs": []},
        {"cell_type": "markdown", "source": "and $$x \\le \\sqrt{x^2}$$"},
    ]
    text = json.dumps({"metadata": {"cells": 1}, "cells": cells}, indent=1)
    document = read_document(notebook_source(text, "n.ipynb"))
    lines = text.splitlines()
    claims = document.derivation.claims
    assert [lines[claim.line - 1][claim.column - 1 :][:4] for claim in claims] == ["2 \\\\", "\\\\sq"]
    assert document.unread == ()


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', "[" * 100_000])
def test_notebook_that_is_none(text: str) -> None:
    with pytest.raises(UnusableDocument, match="expected a notebook"):
        notebook_source(text, "n.ipynb")


def test_bytes_that_are_no_text() -> None:
    assert decoded(b"\xef\xbb\xbfab", "f") == "ab"
    with pytest.raises(UnusableDocument, match=r"f:2: expected UTF-8 text, found the byte 0xff"):
        decoded(b"a\n\xff", "f")
    with pytest.raises(UnusableDocument, match="binary"):
        decoded(b"\x7fELF\0", "f")
    with pytest.raises(UnusableDocument, match="split the document"):
        decoded(b"a" * (MAX_BYTES + 1), "f")


def test_paths(tmp_path: Path) -> None:
    for name in ("b.tex", "a.md", "a.tex", "c.png", ".hidden.md"):
        (tmp_path / name).write_text("")
    found, failures = inputs([str(tmp_path), str(tmp_path / "none.md"), str(tmp_path / "c.png")])
    assert [Path(each.source.file).name for each in found] == ["a.md", "a.tex", "b.tex"]
    assert len({each.name for each in found}) == 3
    assert [failure.rpartition(": ")[2] for failure in failures] == [
        "there is no such file or folder",
        "expected a document (.tex .md .txt .ipynb), found “.png”",
    ]


def test_include_stays_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.tex").write_text("$1$")
    (tmp_path / "in" / "part.tex").write_text("$2$")
    (tmp_path / "in" / "link.tex").symlink_to(tmp_path / "secret.tex")
    open_ = opener_in(tmp_path / "in")
    here = Source("main.tex", "")
    assert isinstance(open_("part", here), Source)
    for name in ("../secret", "link", str(tmp_path / "secret.tex")):
        assert "expected a file in the folder" in str(open_(name, here))
    assert "there is no file" in str(open_("other", here))


def test_what_cannot_be_included_is_told(tmp_path: Path) -> None:
    (tmp_path / "loop.tex").symlink_to(tmp_path / "loop.tex")
    (tmp_path / "folder.tex").mkdir()
    (tmp_path / "zeros.tex").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.tex")
    (tmp_path / "large.tex").write_bytes(b"a" * (MAX_BYTES + 1))
    open_, here = opener_in(tmp_path), Source("main.tex", "")
    for name in ("loop", "a\0b", "folder", "zeros", "pipe", "large"):
        assert isinstance(open_(name, here), str), name


def test_files_that_include_one_another_without_end(tmp_path: Path) -> None:
    """Nine files, each with ten copies of the next, and one that includes itself: little of it is read."""
    for k in range(9):
        (tmp_path / f"l{k}.tex").write_text(f"\\input{{l{k + 1}}}\n" * 10)
    (tmp_path / "l9.tex").write_text("$1 = 1$ \\input{l9}")
    source = Source(str(tmp_path / "l0.tex"), (tmp_path / "l0.tex").read_text())
    document = read_document(source, latex=True, opener=opener_in(tmp_path))
    assert document.unread
    assert len(document.derivation.claims) < 1000


def test_kind_of_text() -> None:
    assert looks_like_latex("\\section{A}")
    assert looks_like_latex("% a comment\n$x$")
    assert not looks_like_latex("# A\n% not a comment\n$x$")
