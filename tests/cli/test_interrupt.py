"""Ctrl-C: what is done by then is shown, and nothing is left behind."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from derive import checker
from derive.language.claims import Claim
from derive.language.verdicts import Proved, Verdict
from derive.render.report import pdf


@pytest.fixture(autouse=True)
def interrupting(proofs: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A judge that presses Ctrl-C at ``1 = 3`` and then hangs."""

    def judge(claim: Claim, deadline: float) -> Verdict:
        if claim.text == "1 = 3" or claim.id.endswith("third"):
            os.kill(os.getppid(), signal.SIGINT)
            time.sleep(60)
        return Proved("all sizes", (), "normal forms agree")

    monkeypatch.setattr(checker.Limits, "judging", lambda limits: judge)


def test_verify(proofs: Any) -> None:
    proofs.claims('equal("first", 1, 1)', 'equal("second", 2, 2)', 'equal("third", 1, 3)', 'equal("fourth", 4, 4)')
    started = time.monotonic()
    status, out, err = proofs.run("verify", "area/more", "--jobs", "1", "--format", "json")
    assert time.monotonic() - started < 5
    assert status == 130
    assert [each["id"] for each in json.loads(out)["results"]] == ["area/more.first", "area/more.second"]
    assert err == "derive: interrupted; 2 results, 2 claims not judged\n"
    assert multiprocessing.active_children() == []


def test_check(proofs: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("$1 = 1$\n\n$2 = 2$\n\n$1 = 3$\n\n$4 = 4$\n")
    status, out, err = proofs.run("check", str(path), "--jobs", "1")
    assert status == 130
    assert "a.md:1" in out
    assert "a.md:3" in out
    assert "a.md:5" not in out
    assert "a.md:7" not in out
    assert "interrupted" in err


def test_what_was_done_is_kept_and_the_rest_is_not(proofs: Any, tmp_path: Path) -> None:
    proofs.claims('equal("first", 1, 1)', 'equal("third", 1, 3)')
    assert proofs.run("verify", "area/more", "--jobs", "1")[0] == 130
    assert proofs.run("cache", "info")[1].count("1 answers") == 1


@pytest.mark.parametrize("names", [["area/more"], [], ["a.md"]], ids=["a proof", "all proofs", "a document"])
def test_a_report_on_a_part_is_not_written(proofs: Any, tmp_path: Path, names: list[str]) -> None:
    (tmp_path / "a.md").write_text("$1 = 1$\n\n$1 = 3$\n")
    proofs.claims('equal("first", 1, 1)', 'equal("third", 1, 3)')
    status, out, err = proofs.run("report", *names, "--jobs", "1", "--out", "made")
    assert (status, out) == (130, "")
    assert err == "derive: interrupted; no report is written\n"
    assert not (tmp_path / "made").exists()


def test_a_report_that_is_interrupted_while_it_is_set(
    proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*arguments: object, **more: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(pdf, "require_engine", lambda: None)
    monkeypatch.setattr(pdf.subprocess, "run", interrupted)
    status, out, err = proofs.run("report", "area/first", "--format", "pdf", "--out", "made")
    assert (status, out, err) == (130, "", "derive: interrupted; no report is written\n")
    assert not (tmp_path / "made").exists()
    assert not list(tmp_path.glob(".derive-*"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_report_that_is_told_to_end_leaves_nothing(
    proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: signal.Signals
) -> None:
    begun: list[Path] = []

    def ended(*arguments: object, **more: object) -> None:
        begun.extend(tmp_path.glob(".derive-*"))
        os.kill(os.getpid(), number)
        time.sleep(60)

    monkeypatch.setattr(pdf, "require_engine", lambda: None)
    monkeypatch.setattr(pdf.subprocess, "run", ended)
    assert proofs.run("report", "area/first", "--format", "pdf", "--out", "made")[0] == 128 + number
    assert len(begun) == 1
    assert not (tmp_path / "made").exists()
    assert not list(tmp_path.glob(".derive-*"))
    assert signal.getsignal(number) is signal.SIG_DFL


def test_while_a_document_is_read_there_is_nothing_to_show(
    proofs: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "a.md"
    path.write_text("$1 = 1$\n")
    monkeypatch.setattr("derive.documents.read_document", interrupted)
    assert proofs.run("check", str(path), "--jobs", "1") == (130, "", "derive: interrupted\n")
