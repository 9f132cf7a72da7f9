"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import derive

ROOT = Path(__file__).resolve().parents[2]
SOURCES = [path for path in sorted([*ROOT.glob("derive/**/*.py"), *ROOT.glob("proofs/**/*.py")]) if path.read_text()]
LOCK = (ROOT / "requirements.lock").read_text()


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_first_line_says_what_the_file_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text())), f"{path} has no docstring"
    assert path.name not in ("utils.py", "helpers.py", "misc.py", "common.py")


def test_lock_names_no_host_and_no_path() -> None:
    assert not re.search(r"https?:|file:|--|@|/\w+/", LOCK.partition("pip-compile --all-extras")[2].partition("\n")[2])


def test_lock_pins_every_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        *project["dependencies"],
        *(name for extra in project["optional-dependencies"].values() for name in extra),
    ]
    pinned = set(re.findall(r"^([a-z0-9-]+)==", LOCK, flags=re.MULTILINE))
    for requirement in wanted:
        name = re.split(r"[\[<>=]", requirement)[0].lower().replace("_", "-")
        assert name in pinned, f"{name} is not in requirements.lock: run `make lock`"


def test_ci_runs_the_two_commands_of_the_readme() -> None:
    commands = [line for line in (ROOT / ".ci" / "run").read_text().splitlines() if line.startswith("make ")]
    assert commands == ["make verify", "make test", "make pdf"]
    readme = re.findall(r"^ *(make \w+)", (ROOT / "README.md").read_text(), flags=re.MULTILINE)
    assert readme[:2] == commands[:2]


def test_every_dependency_is_judged() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text()
    for requirement in [*project["dependencies"], *project["optional-dependencies"]["dev"]]:
        assert f"`{re.split('[<>=]', requirement)[0]}`" in page


def test_public_names_are_there_and_few() -> None:
    assert len(derive.__all__) <= 12
    code = "import sys, derive; print(sorted(m for m in sys.modules if m.startswith(('derive.', 'sympy', 'numpy'))))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n", "importing derive must not import anything else"
    with pytest.raises(AttributeError, match="it has"):
        derive.nothing  # noqa: B018  # the access is the test


@pytest.mark.parametrize("name", derive.__all__)
def test_public_name(name: str) -> None:
    assert getattr(derive, name).__name__ == name
