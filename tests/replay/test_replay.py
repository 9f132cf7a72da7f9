"""A certificate is gone through by a checker of its own; what is wrong in it is found."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from derive.certify.writing import written
from derive.cli import app
from derive.language.context import Context
from derive.replay.data import read
from tests.replay.certified import NAMES, claim, data, text

WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""How a certificate that is none ends; ``Refused`` is a ``ValueError``."""


def bare(context: Context) -> Context:
    """A context without what is of no meaning to a proof."""
    return replace(context, options={}, notes=())


@pytest.mark.parametrize("name", NAMES)
def test_data_is_read_as_it_was_written(name: str) -> None:
    stated = claim(name)
    assert read(json.loads(json.dumps(written(stated.statement)))) == stated.statement
    again = read(json.loads(json.dumps(written(bare(stated.context)))))
    for part in ("sizes", "indices", "symbols", "functions", "facts"):
        assert getattr(again, part) == getattr(stated.context, part)


# -- the commands ------------------------------------------------------------------------------------------------------
def run(*args: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, args)
    return answer.exit_code, answer.output


def test_the_two_commands(tmp_path: Path) -> None:
    status, shown = run("verify", "networks/small", "--no-cache", "--jobs", "1", "--certificates", str(tmp_path))
    assert status == 0
    assert "proved claims have a certificate" in shown
    status, shown = run("replay", str(tmp_path))
    assert status == 0
    assert " hold, 0 do not" in shown
    path = tmp_path / "networks" / "small" / "fits.json"
    path.write_text(path.read_text().replace('"use": 1', '"use": 0'))
    status, shown = run("replay", str(tmp_path), "--format", "json")
    assert status == 1
    told = json.loads(shown)
    assert told["summary"]["fails"] == 1
    assert [each["id"] for each in told["results"] if not each["holds"]] == ["networks/small.fits"]


def test_another_statement_than_the_proof_states(tmp_path: Path) -> None:
    other = data("networks/small.logistic_derivative.1")
    other["id"] = "networks/small.fits"
    (tmp_path / "fits.json").write_text(json.dumps(other))
    status, shown = run("replay", str(tmp_path))
    assert status == 1
    assert "it shows something else than the encoded proof states" in shown
    other["id"] = "networks/small.nowhere"
    (tmp_path / "fits.json").write_text(json.dumps(other))
    assert "no encoded proof states this" in run("replay", str(tmp_path))[1]


@pytest.mark.parametrize(
    "bad",
    ["", "[]", "{}", '{"format": 1}', '{"format": 2}', "\x00", '"text"', "1e999", "[" * 5000, "9" * 5000, "\udcff"],
    ids=lambda bad: bad[:14],
)
def test_what_is_no_certificate_is_told(tmp_path: Path, bad: str) -> None:
    (tmp_path / "bad.json").write_text(bad, errors="surrogateescape")
    status, shown = run("replay", str(tmp_path))
    assert status == 2
    assert shown.startswith(f"derive: {tmp_path / 'bad.json'} is no certificate: ")
    assert shown.count("\n") == 1
    assert "Error" not in shown


@pytest.mark.parametrize(
    "changed",
    [
        {"statement": 1},
        {"context": []},
        {"proofs": 3},
        {"proofs": [[{}]]},
        {"context": {"Q": "1/0"}},
        {"statement": {"Sym": {"nam": "x"}}},
    ],
)
def test_what_is_written_otherwise_does_not_hold(tmp_path: Path, changed: dict[str, Any]) -> None:
    (tmp_path / "bad.json").write_text(json.dumps({**data("networks/small.fits"), **changed}))
    status, shown = run("replay", str(tmp_path))
    assert status == 1
    assert shown.startswith("FAILS  networks/small.fits: ")
    assert "Error" not in shown


def test_a_certificate_of_another_format(tmp_path: Path) -> None:
    (tmp_path / "new.json").write_text(json.dumps({**data("networks/small.fits"), "format": 99}))
    status, shown = run("replay", str(tmp_path))
    assert status == 1
    assert "expected a certificate of format 2" in shown


def test_a_certificate_is_written_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, text: str, encoding: str) -> None:
        path.write_bytes(text[:9].encode())
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_text", full)
    status, shown = run("verify", "networks/small.fits", "--quiet", "--certificates", str(tmp_path / "made"))
    assert status == 2
    assert shown.count("\n") == 1
    assert not [path for path in (tmp_path / "made").rglob("*") if path.is_file()]


def test_a_folder_without_certificates(tmp_path: Path) -> None:
    assert run("replay", str(tmp_path))[0] == 2
    assert run("replay", str(tmp_path / "nowhere"))[0] == 2


def test_the_same_bytes_in_each_run() -> None:
    shown = "text('mixtures/multinomial.eq45_pi'), text('networks/softmax.jacobian')"
    code = f"from tests.replay.certified import text; print({shown})"
    seen = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_what_is_read_is_data_alone() -> None:
    for wrong in ({"Fraction": {}}, {"eval": {"x": 1}}, {"Num": {"value": 1.5}}, {"Sym": {"name": "x", "more": 1}}):
        with pytest.raises(WRONG):
            read(wrong)


def certificate_names() -> list[Any]:
    return [json.loads(text(name))["id"] for name in NAMES]


def test_certificates_are_of_their_claims() -> None:
    assert certificate_names() == list(NAMES)
