"""LaTeX documents to PDF with latexmk, away from everything else: no shell, no files but its own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

TOOLS = ("latexmk", "pdflatex")
PACKAGES = "texlive-latex-base texlive-latex-recommended texlive-latex-extra lmodern latexmk"
SECONDS = 300

_COMPLAINT = re.compile(r"^(?:! (?P<error>.*)|.*?LaTeX Error: (?P<latex>.*))$", re.MULTILINE)


class NoEngine(ValueError):
    """There is no LaTeX engine, or it cannot set the report; the message says what to do."""


def require_engine() -> None:
    """Complain, before anything is done, if there is nothing to make a PDF with."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        raise NoEngine(
            f"no {' and no '.join(missing)} found, which PDF needs (on Debian and Ubuntu: apt install {PACKAGES}); "
            "--format tex or html needs nothing"
        )


def compiled(folder: Path, sources: Sequence[str]) -> list[str]:
    """The PDFs of some LaTeX files below ``folder``, by name; :class:`NoEngine` if one of them cannot be made."""
    require_engine()
    return [_one(folder, source) for source in sources]


def _one(folder: Path, source: str) -> str:
    path = folder / source
    command = [
        "latexmk", "-norc", "-pdf", "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape",
        f"-jobname={path.stem}", path.name,
    ]  # fmt: skip
    # openin and openout are "paranoid": files outside of the folder of the report are not read, and not written.
    environment = {
        **os.environ,
        "openin_any": "p",
        "openout_any": "p",
        "SOURCE_DATE_EPOCH": "0",
        "max_print_line": "500",
    }
    try:
        done = subprocess.run(
            command, cwd=path.parent, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired as problem:
        raise NoEngine(f"LaTeX did not finish {source} within {SECONDS} s; try --format tex") from problem
    pdf = path.with_suffix(".pdf")
    if done.returncode or not pdf.is_file():
        log = path.with_suffix(".log")
        found = _COMPLAINT.search(log.read_text(encoding="utf-8", errors="replace")) if log.is_file() else None
        reason = (found["error"] or found["latex"]) if found else f"latexmk ended with {done.returncode}"
        raise NoEngine(f"LaTeX cannot set {source}: {reason}; try --format tex and look at it, or --format html")
    return str(Path(source).with_suffix(".pdf"))
