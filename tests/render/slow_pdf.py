"""Every report set by LaTeX (`make pdf`), those of the proofs and of all documents that we own: no warnings of
substance, no formula beyond the margin; and no LaTeX left in the HTML of the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REPORTS = sorted((ROOT / "reports").rglob("*.tex"))
DOCUMENTS = sorted([*(ROOT / "proofs" / "solutions").glob("*.md"), *(ROOT / "tests/documents/planted").iterdir()])
SLACK = 1.0
"""How many points a line may be too wide: nobody sees one."""

sys.path.insert(0, str(Path(__file__).parent))


def _engine() -> None:
    if shutil.which("latexmk") is None:
        if os.environ.get("CI"):
            pytest.fail("continuous integration is to install latexmk: see .ci/run")
        pytest.skip("no latexmk")


def _set(folder: Path, text: str) -> str:
    """The log of LaTeX over a document."""
    (folder / "report.tex").write_text(text, encoding="utf-8")
    command = ["latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "report.tex"]
    environment = {**os.environ, "max_print_line": "500"}
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env=environment, check=False)
    log = (folder / "report.log").read_text(encoding="utf-8", errors="replace")
    assert done.returncode == 0, log[-3000:]
    return log


def _complaints(log: str) -> list[str]:
    wide = [found[0] for found in re.finditer(r"Overfull \\hbox \(([\d.]+)pt.*", log) if float(found[1]) > SLACK]
    return wide + re.findall(r"(?:LaTeX|Package \w+) (?:Font )?Warning:.*", log)


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.relative_to(ROOT / "reports").as_posix())
def test_report(path: Path, tmp_path: Path) -> None:
    _engine()
    assert _complaints(_set(tmp_path, path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_report_on_a_document(path: Path, tmp_path: Path) -> None:
    _engine()
    from test_report import remnants

    from derive.checker import Limits
    from derive.publish import made, texts

    files = texts(made([str(path)], Limits(timeout=60)), ("tex", "html"), tmp_path)
    (tex,) = (text for name, text in files.items() if name.endswith(".tex"))
    (html,) = (text for name, text in files.items() if name.endswith(".html"))
    assert remnants(html) == []
    assert _complaints(_set(tmp_path, tex)) == []


def test_there_are_reports() -> None:
    assert len(REPORTS) > 10
    assert len(DOCUMENTS) > 30


def test_hostile_text(tmp_path: Path) -> None:
    """What tries to get out of its braces is shown, and nothing else happens."""
    _engine()
    from test_report import _hostile

    from derive.render.report.latex import to_latex_document

    _set(tmp_path, to_latex_document(_hostile()))
    assert not (tmp_path / "owned").exists()
