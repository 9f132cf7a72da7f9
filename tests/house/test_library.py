"""What no file of the library may do, and what only one of them may."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = sorted(ROOT.glob("derive/**/*.py"))

VERDICTS = {"Proved", "Refuted", "Undecided", "Unread"}
MAKERS = {
    "derive/judge.py": None,
    "derive/render/record.py": "verdict_from_json",  # reads back what the judge said, from a worker or from the cache
}
"""The files that make verdicts, and the one function in them that does (``None``: any)."""

RUNS_TEXT = {"eval", "exec", "sympify", "parse_expr", "compile", "__import__", "literal_eval"}
"""Calls that turn text into code or into SymPy's guess of it. (SymPy's own ``_sympify`` refuses text.)"""

CATCHES_ALL = {"Exception", "BaseException"}


def called(node: ast.Call) -> str:
    """The last name of what is called: ``eval`` in ``builtins.eval(…)``."""
    match node.func:
        case ast.Name(name) | ast.Attribute(attr=name):
            return name
    return ""


def calls_by_function(tree: ast.AST, inside: str = "") -> Iterator[tuple[str, ast.Call]]:
    """Every call, with the name of the function it stands in."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Call):
            yield inside, node
        yield from calls_by_function(node, node.name if isinstance(node, ast.FunctionDef) else inside)


def caught(handler: ast.ExceptHandler) -> set[str]:
    """The names a handler catches; a bare one catches everything."""
    if handler.type is None:
        return set(CATCHES_ALL)
    return {part.id for part in ast.walk(handler.type) if isinstance(part, ast.Name)}


def forbidden(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Lines that no library file may have, and what stands there."""
    for node in ast.walk(tree):
        match node:
            case ast.Call() if called(node) in RUNS_TEXT and not is_method_of_own(node):
                yield node.lineno, called(node)
            case ast.Assert():
                yield node.lineno, "assert"
            case ast.ExceptHandler() if caught(node) & CATCHES_ALL:
                yield node.lineno, "except Exception"


def is_method_of_own(node: ast.Call) -> bool:
    """``re.compile`` and the refuter's ``program.compile`` make no code from text."""
    return called(node) == "compile" and isinstance(node.func, ast.Attribute) and not is_named(node.func, "builtins")


def is_named(node: ast.Attribute, name: str) -> bool:
    return isinstance(node.value, ast.Name) and node.value.id == name


def verdicts_made(path: Path) -> list[str]:
    """Where a file makes a verdict it may not make."""
    place = path.relative_to(ROOT).as_posix()
    return [
        f"{place}:{node.lineno}: {called(node)}"
        for function, node in calls_by_function(ast.parse(path.read_text()))
        if called(node) in VERDICTS and (place not in MAKERS or MAKERS[place] not in (None, function))
    ]


def test_only_the_judge_makes_verdicts() -> None:
    assert [found for path in LIBRARY for found in verdicts_made(path)] == []


@pytest.mark.parametrize("path", LIBRARY, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_forbidden(path: Path) -> None:
    assert list(forbidden(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("eval('1')", "eval"),
        ("builtins.exec('1')", "exec"),
        ("sympy.sympify(text)", "sympify"),
        ("compile(text, 'f', 'exec')", "compile"),
        ("assert x", "assert"),
        ("try:\n    f()\nexcept Exception:\n    pass", "except Exception"),
        ("try:\n    f()\nexcept (KeyError, BaseException):\n    pass", "except Exception"),
        ("try:\n    f()\nexcept:\n    pass", "except Exception"),
    ],
)
def test_it_would_be_seen(code: str, found: str) -> None:
    assert [what for _, what in forbidden(ast.parse(code))] == [found]


@pytest.mark.parametrize("code", ["re.compile('a')", "program.compile(term)", "evaluate(x)", "_sympify(x)"])
def test_what_is_allowed(code: str) -> None:
    assert list(forbidden(ast.parse(code))) == []
