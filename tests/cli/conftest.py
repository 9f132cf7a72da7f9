"""A small package of proofs on disk, and a judge whose answer is in the name of the claim."""

from __future__ import annotations

import os
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive import checker
from derive.cli import app
from derive.language.claims import Claim
from derive.language.verdicts import Contradiction, Proved, Refuted, Undecided, Unread, Verdict, Witness

FIRST = '''
    """A toy."""
    from derive.authoring import Derivation

    derivation = Derivation("area/first", title="The first", source="toy, page 1")
    derivation.equal("two", 2, 2, source="toy, eq. 1")
    derivation.equal("false_one", 1, 2, expect="refuted", reason="1 is not 2")
    derivation.equal("chain", 1, 1, 1)
'''
SECOND = '''
    """Another toy."""
    from derive.authoring import Derivation

    derivation = Derivation("area/second", title="The second")
    derivation.equal("three", 3, 3)
'''
WITNESS = Witness({"N": 1}, {"x": ["1/2", ["3"]]}, "0.5", "-0.5")


def judge(claim: Claim, deadline: float) -> Verdict:
    word = claim.id.rpartition("/")[2].partition(".")[2].partition("_")[0]
    match word:
        case "false":
            return Refuted(WITNESS, "1 = 1", "they differ")
        case "maybe":
            return Undecided("agrees at 200 random points")
        case "slow":
            time.sleep(0.4)
            return Undecided("no time left")
        case "unread":
            return Unread("shapes differ")
        case "both":
            raise Contradiction("x = 1")
        case "hang":
            time.sleep(60)
        case "crash":
            os._exit(7)
    return Proved("all sizes", ("x > 0",), "normal forms agree")


class Proofs:
    """The proofs on disk, and the command line over them."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, name: str, text: str) -> Path:
        path = self.root / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text).lstrip())
        for module in [module for module in sys.modules if module.startswith("toyproofs")]:
            del sys.modules[module]
        return path

    def claims(self, *lines: str) -> None:
        body = "".join(f"derivation.{line}\n" for line in lines)
        head = 'from derive.authoring import Derivation\nderivation = Derivation("area/more", title="More")\n'
        self.write("area/more", head + body)

    def run(self, *arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
        return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def proofs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proofs]:
    monkeypatch.setattr(checker.Limits, "judging", lambda limits: judge)
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path / "cache"))
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checker, "PACKAGE", "toyproofs")
    made = Proofs(tmp_path / "toyproofs")
    made.write("__init__", "")
    made.write("area/first", FIRST)
    made.write("area/second", SECOND)
    checker.proofs_folder.cache_clear()
    yield made
    checker.proofs_folder.cache_clear()


@pytest.fixture
def count_judged(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], int]:
    """How many claims have been judged so far (counted through a file, since workers are processes)."""
    log = tmp_path / "judged"

    def counting(claim: Claim, deadline: float) -> Verdict:
        with log.open("a") as file:
            file.write(f"{claim.id}\n")
        return judge(claim, deadline)

    monkeypatch.setattr(checker.Limits, "judging", lambda limits: counting)
    return lambda: len(log.read_text().splitlines()) if log.exists() else 0
