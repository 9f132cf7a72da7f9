"""What the README promises is what the program does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from tests.docs.pages import blocks as all_blocks

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.S)


def test_the_first_document_is_answered_as_printed(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(blocks("markdown")[0], encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "derive.cli", "check", "notes.md", "--no-cache"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.startswith(blocks("text")[0])


def test_the_program_is_where_the_readme_says_it_is() -> None:
    """``make verify`` installs into the environment that is to be activated, and with it a command of this name."""
    makefile, project = ((ROOT / name).read_text(encoding="utf-8") for name in ("Makefile", "pyproject.toml"))
    (environment,) = re.findall(r"`\. (\S+)/activate`", README)
    assert re.search(rf"^BIN +:= {re.escape(environment)}$", makefile, flags=re.M)
    assert re.search(r"^derive = \"derive\.cli:main\"$", project, flags=re.M)
    assert f"`. {environment}/activate`" in (ROOT / "docs" / "first-hour.md").read_text(encoding="utf-8")


def test_the_proof_module_is_proved(tmp_path: Path) -> None:
    from derive import Proved
    from derive.judge import judge

    path = tmp_path / "readme_proof.py"
    path.write_text(blocks("python")[0], encoding="utf-8")
    spec = spec_from_file_location("readme_proof", path)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    assert all(isinstance(judge(claim), Proved) for claim in module.derivation.build().claims)


def test_the_calls_answer_what_is_asked(tmp_path: Path) -> None:
    """The calls that the README shows behind ``pip install .``, but for the one that ``make verify`` makes."""
    (shown,) = [block.text for block in all_blocks(README) if "pip install" in block.text]
    calls = [line for line in shown.splitlines() if line.startswith("derive ") and line != "derive verify"]
    assert len(calls) == 2
    for call in calls:
        program, *arguments = shlex.split(call)
        done = subprocess.run(
            [sys.executable, "-m", f"{program}.cli", *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(ROOT), "NO_COLOR": "1", "PATH": "", "DERIVE_CACHE": str(tmp_path / "cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("✓ proved") or "Usage:" in done.stdout
