"""A module gives each of its names once: a second function or pattern of the same name would stand in for the first."""

from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "derive"


def bound(tree: ast.Module) -> list[str]:
    """The names of the functions, classes and constants of a module, as often as they are given."""
    names: list[str] = []
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.decorator_list:
            names.append(node.name)
        elif isinstance(node, ast.Assign):
            names += [target.id for target in node.targets if isinstance(target, ast.Name)]
    return names


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: str(path.relative_to(SOURCE)))
def test_each_name_is_given_once(path: Path) -> None:
    names = Counter(bound(ast.parse(path.read_text(encoding="utf-8"))))
    assert [name for name, times in names.items() if times > 1] == []


def test_a_second_one_is_seen() -> None:
    assert bound(ast.parse("A = 1\ndef f(): pass\nA = 2\n")) == ["A", "f", "A"]
