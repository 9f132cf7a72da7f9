"""What does not change in a loop is computed before it, once: on the statements of the loop as they will be written."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence


def hoisted(lines: Sequence[str], held: str, fresh: Callable[[], str]) -> tuple[list[str], list[str]]:
    """The statements that go before a loop, and its body; ``held`` is the variable that the loop runs.

    >>> hoisted(["t = a * x[rows]", "y += np.sqrt(b / c) * t"], "rows", lambda: "t_2")
    (['t_2 = np.sqrt(b / c)'], ['t = a * x[rows]', 'y += t_2 * t'])
    """
    body = ast.parse("\n".join(lines)).body
    changing = {held, *(name for node in body for name in _assigned(node))}
    work = _Hoisting(changing, fresh)
    found = [ast.unparse(ast.fix_missing_locations(work.visit(node))) for node in body]
    return [f"{name} = {code}" for code, name in work.before.items()], [
        row for text in found for row in text.split("\n")
    ]


def _assigned(node: ast.stmt) -> set[str]:
    """The names that a statement gives a value to, or writes into."""
    found: set[str] = set()
    for part in ast.walk(node):
        targets: list[ast.expr] = []
        match part:
            case ast.Assign(targets=several):
                targets = several
            case ast.AugAssign(target=target) | ast.AnnAssign(target=target) | ast.For(target=target):
                targets = [target]
            case ast.keyword(arg="out", value=target):
                targets = [target]
        found |= {name.id for target in targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return found


class _Hoisting(ast.NodeTransformer):
    """Replaces each expression that stays the same by a name."""

    def __init__(self, changing: set[str], fresh: Callable[[], str]) -> None:
        self.changing = changing
        self.fresh = fresh
        self.before: dict[str, str] = {}

    def visit_Assign(self, node: ast.Assign) -> ast.Assign:
        """What is written to stays as it is."""
        node.value = self.visit(node.value)
        return node

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.AugAssign:
        """What is written to stays as it is."""
        node.value = self.visit(node.value)
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        """The body of an inner loop."""
        node.body = [self.visit(part) for part in node.body]
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        """A call: as a whole, or its arguments."""
        if self._stays(node):
            return self._named(node)
        node.args = [self.visit(part) for part in node.args]
        for keyword in node.keywords:
            if keyword.arg not in ("out", "axis", "dtype"):
                keyword.value = self.visit(keyword.value)
        return node

    def visit_Subscript(self, node: ast.Subscript) -> ast.expr:
        """A part of an array: as a whole, or the array."""
        if self._stays(node):
            return self._named(node)
        node.value = self.visit(node.value)
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        """An operation: as a whole, or its operands."""
        if self._stays(node):
            return self._named(node)
        node.left, node.right = self.visit(node.left), self.visit(node.right)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        """A sign: with its operand, or that alone."""
        if self._stays(node):
            return self._named(node)
        node.operand = self.visit(node.operand)
        return node

    def _stays(self, node: ast.expr) -> bool:
        names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
        return bool(names) and names.isdisjoint(self.changing) and "np.empty" not in ast.unparse(node)

    def _named(self, node: ast.expr) -> ast.expr:
        code = ast.unparse(node)
        if code not in self.before:
            self.before[code] = self.fresh()
        return ast.Name(self.before[code], ast.Load())
