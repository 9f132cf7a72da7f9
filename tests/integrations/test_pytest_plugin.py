"""``pytest --derive``: what is collected, what fails, and that nothing happens without the option."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).resolve().parents[2]
PLUGIN = "derive.integrations.pytest_plugin"

NOTES = r"""# Squares

<!--: a, b \in \mathbb{R} -->
$$ (a+b)^2 = a^2 + 2ab + b^2 $$
Carelessly,
$$ (a-b)^2 = a^2 - b^2 $$
<!--: expect refuted: a slip that students make -->
$$ (a+b)^3 = a^3 + b^3 $$
"""
PROOF = r'''
"""A toy."""
from derive import Derivation

derivation = Derivation("toys/squares", title="Squares", context=r"a, b \in \mathbb{R}")
derivation.equal("chain", "(a+b)(a-b)", "a^2 - ab + ba - b^2", "a^2 - b^2")
derivation.equal("slip", "(a+b)^2", "a^2 + b^2", expect="refuted", reason="the mixed term")
derivation.equal("wrong", "(a-b)^2", "a^2 - b^2")
'''


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, pytester: pytest.Pytester) -> None:
    """The plugin by its module name, as it is loaded from a source tree too; nothing kept outside of the test."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", PLUGIN)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("DERIVE_CACHE", str(pytester.path / ".kept"))


def write(pytester: pytest.Pytester, **files: str) -> None:
    for name, text in files.items():
        stem, _, suffix = name.rpartition("_")
        (pytester.path / f"{stem}.{suffix}").write_text(text, encoding="utf-8")


def run(pytester: pytest.Pytester, *arguments: str) -> pytest.RunResult:
    return pytester.runpytest_subprocess("-rA", *arguments)


def test_the_entry_point_is_the_plugin() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["entry-points"]["pytest11"] == {"derive": PLUGIN}
    assert callable(import_module(PLUGIN).pytest_addoption)


def test_each_line_is_a_test_and_fails_with_the_words_of_check(pytester: pytest.Pytester) -> None:
    write(pytester, notes_md=NOTES)
    result = run(pytester, "--derive")
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["PASSED notes.md::4", "PASSED notes.md::8", "FAILED notes.md::6*"])
    checked = subprocess.run(
        [sys.executable, "-m", "derive", "check", "notes.md"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 1
    lines = checked.stdout.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("notes.md:6:"))
    end = next(number for number, line in enumerate(lines) if line.startswith("notes.md:8:"))
    assert lines[start].startswith("notes.md:6:14: refuted:")
    assert "\n".join(lines[start:end]) in result.stdout.str()
    assert "Traceback" not in result.stdout.str()


def test_a_line_is_chosen_by_its_number(pytester: pytest.Pytester) -> None:
    write(pytester, notes_md=NOTES)
    run(pytester, "--derive", "notes.md::4").assert_outcomes(passed=1)


def test_what_cannot_be_read_fails(pytester: pytest.Pytester) -> None:
    write(pytester, notes_tex="%: a \\in \\mathbb{R}\n$a = \\frac{1}$ and $a = a$\n\n$\\frobnicate{a} = 1$\n")
    result = run(pytester, "--derive")
    result.assert_outcomes(failed=2)
    result.stdout.fnmatch_lines(["notes.tex:2:*: unread:*", "notes.tex:4:*: unread:*"])


def test_each_claim_of_a_proof_is_a_test(pytester: pytest.Pytester) -> None:
    write(pytester, squares_py=PROOF)
    result = run(pytester, "--derive")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        ["squares.py:8:*: refuted: *", "PASSED squares.py::chain.1", "PASSED squares.py::slip", "FAILED *::wrong*"]
    )


def test_a_proof_that_cannot_be_built_is_an_error_at_its_place(pytester: pytest.Pytester) -> None:
    write(
        pytester, squares_py=PROOF.replace('"a^2 - b^2")\nderivation.equal("slip"', '"c^2")\nderivation.equal("slip"')
    )
    result = run(pytester, "--derive")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["squares.py:6: *c*"])
    assert "Traceback" not in result.stdout.str()


def test_only_what_declares_or_is_named_is_collected(pytester: pytest.Pytester) -> None:
    write(pytester, prose_md="No mathematics.\n", other_md="One has $2 + 2 = 4$.\n", main_py="derivation = 1\n")
    run(pytester, "--derive").assert_outcomes()
    run(pytester, "--derive", "other.md").assert_outcomes(passed=1)
    empty = run(pytester, "--derive", "prose.md")
    empty.assert_outcomes(errors=1)
    empty.stdout.fnmatch_lines(["nothing to check in prose.md: *"])


def test_patterns_name_the_files(pytester: pytest.Pytester) -> None:
    write(pytester, notes_md=NOTES, other_md="One has $2 + 2 = 4$.\n", main_py="derivation = 1\n", squares_py=PROOF)
    pytester.makeini("[pytest]\nderive_documents = oth*.md\nderive_proofs = main.py")
    result = run(pytester, "--derive", "--continue-on-collection-errors")
    result.assert_outcomes(passed=1, errors=1)
    result.stdout.fnmatch_lines(["main.py: expected a variable `derivation` (a derive.Derivation), found 1"])


def test_without_the_option_nothing_happens(pytester: pytest.Pytester) -> None:
    write(pytester, notes_md=NOTES, squares_py=PROOF)
    pytester.makepyfile(
        test_other="""
        import sys

        def test_nothing_of_derive_is_loaded(request):
            loaded = [name for name in sys.modules if name.startswith(("derive", "sympy", "numpy", "flint"))]
            assert sorted(loaded) == ["derive", "derive.integrations", "derive.integrations.pytest_plugin"]
            assert not request.config.pluginmanager.has_plugin("derive-collecting")
        """
    )
    run(pytester).assert_outcomes(passed=1)
    assert not (pytester.path / ".kept").exists()


def test_the_time_limit_is_that_of_the_call(pytester: pytest.Pytester) -> None:
    write(pytester, squares_py=PROOF)
    pytester.makeconftest(
        """
        from derive.integrations import pytest_plugin

        def pytest_collection_finish(session):
            limits = pytest_plugin._limits(session.config)
            assert (limits.timeout, limits.folder, limits.jobs) == (3.0, None, 0)
        """
    )
    run(pytester, "--derive", "--derive-timeout=3", "--derive-no-cache").assert_outcomes(passed=3, failed=1)
    assert not (pytester.path / ".kept").exists()
