"""What tests of documents share."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from tests.documents.judging import Answers, Judged


@pytest.fixture
def answers(tmp_path: Path) -> Answers:
    """A document as ``derive check`` judges it, with what kind of line each is."""

    def judged(text: str) -> list[tuple[str, str]]:
        path = tmp_path / "f.md"
        path.write_text(text, encoding="utf-8")
        return [(found.word, found.kind) for found in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]

    return judged


@pytest.fixture
def words(answers: Answers) -> Judged:
    """A document as ``derive check`` judges it."""
    return lambda text: [word for word, _ in answers(text)]
