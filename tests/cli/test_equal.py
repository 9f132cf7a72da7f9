"""`derive equal`: one question from the shell."""

from __future__ import annotations

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from derive import checker
from derive.cli import app
from derive.language.claims import Claim, Equal
from derive.language.verdicts import Proved, Refuted, Verdict, Witness


@pytest.fixture
def same(proofs: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The command line with a judge for whom only what is written alike is equal."""

    def alike(claim: Claim, deadline: float) -> Verdict:
        match claim.statement:
            case Equal(left, right) if left == right:
                return Proved("all sizes")
        return Refuted(Witness({}, {"a": "2"}, "2", "3"))

    monkeypatch.setattr(checker.Limits, "judging", lambda limits: alike)
    return proofs


def test_status_follows_the_verdict(same: Any) -> None:
    given = ("--given", "a > 0")
    status, out, _ = same.run("equal", "a+1", "a + 1", *given)
    assert status == 0
    assert out.startswith("✓ proved  all sizes")
    status, out, _ = same.run("equal", "a", "a + 1", *given)
    assert status == 1
    assert "✗ refuted" in out
    assert "left 2, right 3" in out
    assert "at a = 2" in out


def test_undeclared_names_are_inferred_and_said_to_be(same: Any) -> None:
    status, out, _ = same.run("equal", "u + v", "u + v")
    assert status == 0
    assert r"taken as declared: u \in \mathbb{R}" in out
    data = json.loads(same.run("equal", "u", "u", "--format", "json")[1])
    assert data["notes"] == [r"taken as declared: u \in \mathbb{R}"]
    assert data["results"][0]["id"] == "equal"


@pytest.mark.parametrize("side", [r"\sum_{n=1}^N n + N", r"N + \sum_{n=1}^N n"])
def test_undeclared_sizes_are_inferred(same: Any, side: str) -> None:
    status, out, _ = same.run("equal", side, side)
    assert status == 0
    assert "taken as declared: size N" in out
    assert "N \\in" not in out


def test_a_side_may_start_with_a_minus(same: Any) -> None:
    assert same.run("equal", "-a", "-a")[0] == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ("a +", "a"),
        (r"\foo", "a"),
        ("", "a"),
        ("a", "a", "--given", "a >"),
        ("a", "a", "--given", "index"),
        ("a = a", "a"),
        ("a",),
        ("{" * 3000, "a"),
        ("\x00", "a"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_cannot_be_read_is_status_2(same: Any, arguments: tuple[str, ...]) -> None:
    status, out, err = same.run("equal", *arguments)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_a_false_equation_is_corrected_as_it_was_written() -> None:
    result = CliRunner().invoke(app, ["equal", "(a-b)^2", "a^2 + 2 a b + b^2", "--no-cache"], catch_exceptions=False)
    assert "  - a^2 + 2 a b + b^2\n  + a^2 - 2 a b + b^2\n" in result.stdout
