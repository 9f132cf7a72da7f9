"""Documents of which nothing has changed are not read again, and others are."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive import documents
from derive.checker import Limits, check_documents
from derive.render.record import Report, record

TEXT = r"""
%: x > 0 ; y > 0
\begin{document}
\[ \log (x y) = \log x + \log y \]
\input{more}
\[ (x + y)^2 = x^2 + y^2 \]
\end{document}
"""
MORE = r"\[ x (x + y) = x^2 + x y \]"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "paper.tex"
    path.write_text(TEXT)
    (tmp_path / "more.tex").write_text(MORE)
    return path


def checked(path: Path, timeout: float = 10.0) -> Report:
    return check_documents([str(path)], Limits(timeout, jobs=1, folder=path.parent / "cache"))


def told(report: Report) -> list[object]:
    return [{**record(each), "seconds": 0} for each in report.results]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the documents that were read since."""
    seen: list[str] = []
    read = documents.read_document

    def counting(*arguments: object, **named: object) -> object:
        seen.append(str(named["name"]))
        return read(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(documents, "read_document", counting)
    return seen


def test_nothing_changed(paper: Path, unread: list[str]) -> None:
    first = checked(paper)
    assert [each.word for each in first.results] == ["proved", "proved", "refuted"]
    assert len(unread) == 1
    again = checked(paper)
    assert len(unread) == 1
    assert told(again) == told(first)
    assert (again.titles, again.notes, again.statistics) == (first.titles, first.notes, first.statistics)


def test_the_text_changed(paper: Path, unread: list[str]) -> None:
    checked(paper)
    paper.write_text(TEXT.replace("x^2 + y^2", "x^2 + 2 x y + y^2"))
    assert [each.word for each in checked(paper).results] == ["proved", "proved", "proved"]
    assert len(unread) == 2


def test_an_included_file_changed(paper: Path, unread: list[str]) -> None:
    checked(paper)
    (paper.parent / "more.tex").write_text(MORE.replace("x y", "2 x y"))
    assert [each.word for each in checked(paper).results] == ["proved", "refuted", "refuted"]
    assert len(unread) == 2


def test_an_included_file_went_and_came_back(paper: Path, unread: list[str]) -> None:
    (paper.parent / "more.tex").unlink()
    assert [each.word for each in checked(paper).results] == ["proved", "unread", "refuted"]
    (paper.parent / "more.tex").write_text(MORE)
    assert [each.word for each in checked(paper).results] == ["proved", "proved", "refuted"]
    assert len(unread) == 2


def test_other_limits_are_another_question(paper: Path, unread: list[str]) -> None:
    checked(paper)
    checked(paper, timeout=5.0)
    assert len(unread) == 2


def test_what_is_undecided_for_lack_of_time_is_not_kept(paper: Path, unread: list[str]) -> None:
    first = checked(paper, timeout=1e-6)
    assert "undecided" in {each.word for each in first.results}
    checked(paper, timeout=1e-6)
    assert len(unread) == 2
