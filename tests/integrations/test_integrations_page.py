"""What docs/integrations.md promises is what happens."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from derive.integrations.notebook import check_cell

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "integrations.md").read_text(encoding="utf-8")
HOOKS = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
FALSE = "<!--: a, b > 0 -->\n$$ (a+b)^2 = a^2 + b^2 $$\n"
TRUE = "<!--: a, b > 0 -->\n$$ (a+b)^2 = a^2 + 2ab + b^2 $$\n"


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, flags=re.S)


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / ".kept"))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS"):  # there pytest does not cut its summary to the width
        monkeypatch.delenv(name, raising=False)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_pytest_prints_what_the_page_shows(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(blocks("markdown")[0], encoding="utf-8")
    done = run("pytest", "-p", "derive.integrations.pytest_plugin", "--derive")
    assert done.returncode == 1
    assert blocks("text")[0].rstrip() in done.stdout


def test_the_configuration_for_pytest_is_understood(tmp_path: Path) -> None:
    (tmp_path / "pytest.ini").write_text(blocks("ini")[0] + "addopts = --strict-config\n", encoding="utf-8")
    for name, text in {
        "docs/deep/a.md": TRUE,
        "b.md": FALSE,
        "chapters/c.tex": "%: x > 0\n$x \\cdot x = x^2$\n",
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    done = run("pytest", "-p", "derive.integrations.pytest_plugin", "--derive", "-v")
    assert done.returncode == 0
    assert re.findall(r"(\S+)::(\d+) PASSED", done.stdout) == [("chapters/c.tex", "2"), ("docs/deep/a.md", "2")]


def field(name: str) -> str:
    """A field of our one hook; the file is flat, so that no reader of YAML is needed for it."""
    return re.findall(rf"^(?:- |  ){name}: (.*)$", HOOKS, flags=re.M)[0]


def test_the_hook_is_the_one_that_the_page_names() -> None:
    assert HOOKS.count("- id:") == 1
    assert re.findall(r"- id: (\S+)", blocks("yaml")[0]) == [field("id")]
    assert f"`{field('entry')}`" in PAGE
    files = re.compile(field("files"))
    assert [bool(files.search(name)) for name in ("a.tex", "b/c.md", "d.ipynb", "e.py", "md")] == [True] * 3 + [
        False
    ] * 2


@pytest.mark.parametrize(
    ("text", "status", "printed"),
    [
        (TRUE, 0, ""),
        (FALSE, 1, "a.md:2:14: refuted: (a+b)^2 = a^2 + b^2"),
        ("It costs $5, and then $6.\n", 0, ""),
        ("```\n<!--: x > 0 -->\n```\nA sample.\n", 0, ""),
        ("<!--: x is nice -->\n", 1, "a.md:1:"),
    ],
)
def test_the_hook_fails_where_something_is_wrong_and_says_nothing_else(
    tmp_path: Path, text: str, status: int, printed: str
) -> None:
    (tmp_path / "a.md").write_text(text, encoding="utf-8")
    program, *arguments = shlex.split(field("entry"))
    done = run(program, *arguments, "a.md")
    assert (done.returncode, done.stderr) == (status, "")
    assert done.stdout.startswith(printed)
    assert bool(done.stdout) == bool(printed)


def test_declaring_is_for_a_check_alone() -> None:
    done = run("derive", "check", "--declaring", "--watch", "a.md")
    assert done.returncode == 2
    assert done.stderr.startswith("derive: --declaring is for a check")


def test_the_workflow_writes_sarif_with_the_place(tmp_path: Path) -> None:
    (command,) = re.findall(r"- run: (derive .*)", blocks("yaml")[1])
    arguments, _, target = command.partition(" > ")
    assert f"sarif_file: {target}" in blocks("yaml")[1]
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(FALSE, encoding="utf-8")
    (tmp_path / "docs" / "plain.md").write_text("Nothing.", encoding="utf-8")
    done = run(*shlex.split(arguments))
    assert done.returncode == 1
    (one,) = json.loads(done.stdout)["runs"]
    (place,) = [found["locations"][0]["physicalLocation"] for found in one["results"]]
    assert place["artifactLocation"]["uri"] == "docs/a.md"
    assert place["region"]["startLine"] == 2


def test_the_cells_of_the_page() -> None:
    load, checked, python = blocks("python")
    assert load == "%load_ext derive\n"
    first, _, cell = checked.partition("\n")
    assert first == "%%derive"
    found = check_cell("", cell)
    assert [(result.line, result.word) for result in found.report.results] == [(3, "proved")]
    *before, last = python.rstrip().splitlines()
    shown = [*before, f"print({last}._repr_html_())"]
    answer = subprocess.run([sys.executable, "-c", "\n".join(shown)], capture_output=True, text=True, check=True)
    assert "1 claim: 1 proved" in answer.stdout
    assert answer.stdout.startswith("<table>")


def test_completion_gives_what_the_page_says() -> None:
    typed = "derive verify mixtures/g"
    assert typed in PAGE
    script = "from derive.cli import app; app(prog_name='derive')"
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "_DERIVE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": "2"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.split() == ["mixtures/gaussian"]


def test_the_package_is_typed_and_every_extra_is_on_the_page() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert (ROOT / "derive" / "py.typed").is_file()
    assert project["tool"]["setuptools"]["package-data"]["derive"] == ["py.typed"]
    extras = re.findall(r"^\| `(\w+)` \|", PAGE, flags=re.M)
    assert sorted(extras) == sorted(project["project"]["optional-dependencies"])
