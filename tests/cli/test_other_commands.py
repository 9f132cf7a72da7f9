"""`derive list`, `explain`, `--version`, and how fast the command line starts."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

HEAVY = ("sympy", "numpy", "flint", "latex2sympy2_extended", "rich", "derive.checker")


def test_list(proofs: Any) -> None:
    status, out, _ = proofs.run("list")
    assert status == 0
    assert "area/first  The first  (toy, page 1)" in out
    assert "false_one  toy, page 1  expected: refuted" in out
    data = json.loads(proofs.run("list", "area/second", "--format", "json")[1])
    assert data["proofs"][0]["claims"][0]["statement"] == "3 = 3"
    assert proofs.run("list", "area/thrd")[0] == 2


def test_explain(proofs: Any) -> None:
    status, out, _ = proofs.run("explain", "area/first.false_one")
    assert status == 0
    for text in ("states    1 = 2", "left 0.5, right -0.5", "expected  refuted: 1 is not 2", "first.py:6"):
        assert text in out
    out = proofs.run("explain", "area/first.two")[1]
    assert "provided  x > 0" in out
    assert "evidence  normal forms agree" in out
    data = json.loads(proofs.run("explain", "area/first.two", "--format", "json")[1])
    assert data["results"][0]["source"] == "toy, eq. 1"


def test_explain_by_place(proofs: Any) -> None:
    out = proofs.run("explain", "toyproofs/area/first.py:5")[1]
    assert out.startswith("area/first.two ")
    out = proofs.run("explain", "toyproofs/area/first.py:99")[1]
    assert out.count("area/first.chain.") == 2
    assert proofs.run("explain", "toyproofs/area/first.py:1")[0] == 2
    assert proofs.run("explain", "nowhere.py:1")[0] == 2


def test_version(proofs: Any) -> None:
    status, out, _ = proofs.run("--version")
    assert status == 0
    assert out.startswith("derive ")


def test_start_imports_nothing_heavy() -> None:
    code = f"import sys, derive.cli; print([name for name in {HEAVY!r} if name in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "[]\n"


def test_language_does_not_need_sympy() -> None:
    code = "import sys, derive.language.claims, derive.language.shapes; print('sympy' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "False\n"
