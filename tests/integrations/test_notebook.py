"""The notebook extension: with a stand-in for IPython's shell, and with IPython itself where it is installed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import derive
from derive.integrations.notebook import SHOWN, CheckedCell, UnusableLine, check_cell

CELL = r"""<!--: a, b \in \mathbb{R} -->
$$ (a+b)^2 = a^2 + 2ab + b^2 $$
and
$$ (a-b)^2 = a^2 - b^2 $$
"""


@pytest.fixture(autouse=True)
def _kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DERIVE_CACHE", str(tmp_path))


class Shell:
    """As much of IPython's shell as an extension uses."""

    def __init__(self) -> None:
        self.magics: dict[tuple[str, str], Callable[..., Any]] = {}
        self.shown: dict[tuple[str, str], Callable[[Any], str]] = {}
        latex = SimpleNamespace(for_type_by_name=lambda module, name, show: self.shown.update({(module, name): show}))
        self.display_formatter = SimpleNamespace(formatters={"text/latex": latex})

    def register_magic_function(self, function: Callable[..., Any], magic_kind: str, magic_name: str) -> None:
        self.magics[magic_kind, magic_name] = function


def test_the_extension_brings_the_magic() -> None:
    shell = Shell()
    derive.load_ipython_extension(shell)
    assert shell.magics == {("cell", "derive"): check_cell}
    assert shell.shown == SHOWN


def test_a_cell_is_checked_and_shows_its_report() -> None:
    found = check_cell("", CELL)
    assert [(result.line, result.word) for result in found.report.results] == [(3, "proved"), (5, "refuted")]
    assert "<cell>:5:14: refuted: (a-b)^2 = a^2 - b^2" in repr(found)
    shown = found._repr_html_()
    page = unescape(re.findall(r'srcdoc="([^"]*)"', shown)[0])
    assert page.startswith("<!DOCTYPE html>")
    assert page.count("<math") >= 2
    assert "line 5" in page
    assert shown.count("<") == 2, "nothing of the page is outside of its frame"


@pytest.mark.parametrize("words", ["tex", "tex --timeout 20"])
def test_latex_is_latex(words: str) -> None:
    (result,) = check_cell(words, "%: a > 0\n\\begin{equation} a \\cdot a = a^2 \\end{equation}\n").report.results
    assert (result.line, result.word) == (3, "proved")


def test_a_cell_without_mathematics_says_so_and_is_escaped() -> None:
    found = check_cell("md", "Only <b>words</b>.")
    assert repr(found).startswith("nothing to check in <cell>:")
    assert found._repr_html_().startswith("<pre>nothing to check in &lt;cell&gt;:")


@pytest.mark.parametrize("line", ["latex", "--timeout", "--timeout soon", "--timeout -1", "--timeout nan"])
def test_what_is_not_understood_is_said(line: str) -> None:
    with pytest.raises(UnusableLine, match="expected "):
        check_cell(line, CELL)


def test_objects_show_themselves() -> None:
    built = derive.Derivation("toys/squares", title="Squares", context=r"a, b \in \mathbb{R}")
    built.equal("square", "(a+b)^2", "a^2 + 2ab + b^2")
    latex = {name: show for (module, name), show in SHOWN.items() if module != "derive.authoring"}
    claim = built.build().claims[0]
    (term,) = derive.read_term("a^2", built.context)
    assert latex["Term"](term) == r"$\displaystyle a^{2}$"
    assert latex["Claim"](claim).count("=") == 1
    assert latex["Derivation"](built.build()) == SHOWN["derive.authoring", "Derivation"](built)
    assert r"&\text{1.} && " in latex["Derivation"](built.build())


def test_a_report_shows_itself() -> None:
    built = derive.Derivation("toys/squares", title="Squares", context=r"a, b \in \mathbb{R}")
    built.equal("square", "(a+b)^2", "a^2 + 2ab + b^2")
    built.equal("slip", "(a+b)^2", "a^2 + b^2", expect="refuted", reason="<the mixed term>")
    report = derive.check(built)
    shown = report._repr_html_()
    assert shown.count("<tr>") == 3
    assert shown.count("<math") == 2
    assert "refuted</strong> (as expected)" in shown
    assert "2 claims: 1 proved, 1 refuted (1 as expected)" in shown
    assert report.results[0]._repr_html_().count("<tr>") == 2


def test_in_ipython() -> None:
    pytest.importorskip("IPython")
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell()
    shell.run_line_magic("load_ext", "derive")
    found = shell.run_cell(f"%%derive\n{CELL}").result
    assert isinstance(found, CheckedCell)
    shown, _ = shell.display_formatter.format(found)
    assert "<iframe" in shown["text/html"]
    built = derive.Derivation("toys/one", title="One")
    built.equal("one", "1", "1")
    assert "1 = 1" in shell.display_formatter.format(built)[0]["text/latex"]
    assert "1 = 1" in shell.display_formatter.format(built.build().claims[0])[0]["text/latex"]
