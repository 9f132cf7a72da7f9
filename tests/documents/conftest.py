"""What tests of documents share."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from tests.documents.judging import Judged


@pytest.fixture
def words(tmp_path: Path) -> Judged:
    """A document as ``derive check`` judges it."""

    def judged(text: str) -> list[str]:
        path = tmp_path / "f.md"
        path.write_text(text, encoding="utf-8")
        return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]

    return judged
