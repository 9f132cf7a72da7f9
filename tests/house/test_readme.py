"""What the README shows is what happens."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive import check
from derive.cli import app

README = (Path(__file__).resolve().parents[2] / "README.md").read_text()
COMMANDS = re.findall(r"^(derive (?:equal .*|--help|list))$", README, flags=re.MULTILINE)


def test_the_proof_it_shows_is_proved(tmp_path: Path) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", README, flags=re.DOTALL)
    path = tmp_path / "logistic.py"
    path.write_text(code)
    spec = importlib.util.spec_from_file_location("logistic", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    report = check(module.derivation)
    assert [result.word for result in report.results] == ["proved"]


def test_it_shows_commands() -> None:
    assert any(command.startswith("derive equal") for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_its_commands_succeed(command: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path))
    result = CliRunner().invoke(app, shlex.split(command)[1:], catch_exceptions=False)
    assert result.exit_code == 0, result.output
