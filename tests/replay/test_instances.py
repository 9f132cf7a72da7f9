"""Lines of the table at values that are undefined somewhere, and that cancel: what a product becomes is worth the same
wherever it had a value, and has one there.

``test_table.py`` tries each line at numbers; here letters are terms, so that 1/u times u can become 1.
"""

from __future__ import annotations

import ast
import itertools
import math
import random
from collections.abc import Iterable
from functools import partial
from typing import Any

import pytest

from derive import Derivation
from derive.language.claims import Equal
from derive.language.terms import Rel
from derive.replay import Refused
from derive.replay import terms as t
from derive.replay.check import CONDITIONS, Goal, Proof
from derive.replay.quantities import lines
from derive.replay.table import RULES
from derive.replay.terms import Poly, parsed, syntax
from tests.replay.test_table import worth

CONTEXT = r"""
index i, j = 1..N ; x_i, u \in \mathbb{R} ; s > 0 ; h \geq 0 ; b \in \{0, 1\} ; p_i > 0
A \in \mathbb{R}^{N \times N} symmetric posdef
"""
BASIC = ("'u'[()]", "'h'[()]", "'b'[()]", "'s'[()]")
NUMBERS = (
    *BASIC, "1/'u'[()]", "1/'h'[()]", "1/'b'[()]", "'u'[()]**(1/2)", "'h'[()]**(1/2)", "'h'[()]**(-1/2)",
    "log('u'[()])",
    "log('h'[()])", "'s'[()] - log('u'[()])", "'u'[()] - log('h'[()])", "'u'[()]*'b'[()]", "'u'[()]/'b'[()]",
    "'s'[()]*'h'[()]", "'s'[()]/'h'[()]", "'u'[()] + 's'[()]", "1 - 'b'[()]", "-'u'[()]", "'b'[()] + 's'[()]", "1", "2",
    "-'b'[()]", "1/'b'[()] - 'u'[()]", "exp('u'[()])", "exp(-'u'[()])", "'b'[()]**2*'u'[()]", "0",
)  # fmt: skip
EXPONENTS = ("-1", "1/2", "2", "-1/2", "1", "-2", "3")
ENDS = ("1", "'N'", "0", "'N' - 1", "2", "'j'", "'N' + 1")
SUMMANDS = (
    "'x'[{i}]", "'p'[{i}]", "'b'[()]*'x'[{i}]", "'x'[{i}]/'b'[()]", "1/'x'[{i}]", "1/'b'[()]", "'b'[()]", "'u'[()]",
    "'u'[()]*'p'[{i}]", "'p'[{i}]/'u'[()]", "'h'[()]*'x'[{i}]", "1/'h'[()]", "'x'[{i}]**2", "1/'u'[()]",
    "'p'[{i}]**(1/2)", "'x'[{i}]**(1/2)", "delta({i} - 'j')", "1", "'h'[()]**(1/2)",
)  # fmt: skip
ENTRIES = ("'A'[{r}, {c}]", "'b'[()]*'A'[{r}, {c}]", "'A'[{r}, {c}]/'b'[()]", "delta({r} - {c})")
POINTS = [
    {"u": u, "h": h, "b": b, "s": s, "N": n, "j": j, "x": x}
    for (u, h), b, s, n, j, x in itertools.product(
        ((-2.0, 0.0), (0.0, 1.5), (1.25, 0.0), (0.5, 2.0)), (0, 1), (0.5,), (1, 3), (1,), ((0, -1, 2), (0.5, 3, 1))
    )
]
LINES = {name: said for name, said, _ in lines(RULES) if "int(" not in said}


class Named(ast.NodeTransformer):
    """Entries as calls and names as names, for the evaluator of the table."""

    def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
        assert isinstance(node.value, ast.Constant)
        slots = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return ast.Call(ast.Name(f"entry {node.value.value}"), [self.visit(x) for x in slots], [])

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Name(node.value) if isinstance(node.value, str) else node


def value(p: Poly, at: dict[str, Any]) -> float | None:
    """What a polynomial is worth at a point, or that it has no value there."""
    known: dict[str, Any] = {**at, **{f"entry {n}": partial(at.get, n) for n in "uhbs"}}
    known["entry x"] = lambda i: _one(at["x"], i)
    known["entry p"] = lambda i: 0.5 + _one((0, 1, 2), i)
    known["entry A"] = lambda r, c: 2.0 + r if r == c else 0.25
    try:
        return float(worth(Named().visit(ast.parse(t.text(p), mode="eval")).body, known))
    except (ArithmeticError, ValueError):
        return None


def _one(of: tuple[float, ...], i: float) -> float:
    """An entry; where there is none, any number (what is declared of the entries holds of it)."""
    return of[int(i) - 1] if i in (1, 2, 3) else 1 + math.sin(3 * i)


def _names(nodes: Iterable[ast.AST]) -> set[str]:
    return {n.id for node in nodes for n in ast.walk(node) if isinstance(n, ast.Name)}


def letters(rng: random.Random, text: str) -> dict[str, str]:
    """Values of the letters of a line: exponents, ends of ranges, functions, terms."""
    found: dict[str, str] = {}
    nodes = list(ast.walk(ast.parse(text, mode="eval")))
    bound = {a.arg for node in nodes if isinstance(node, ast.Lambda) for a in node.args.args}
    powers = _names(node.right for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow))
    calls = [node for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)]
    ends = _names(a for call in calls if _names([call.func]) & {"sum", "prod"} for a in call.args[:2])
    for name in sorted(_names(nodes) - bound - set(t.HEADS)):
        if name == "M":
            found[name] = "lambda r, c: " + rng.choice(ENTRIES).format(r="r", c="c")
        elif name.isupper():
            two = "F(i, j)" in text
            body = rng.choice(SUMMANDS).format(i="i")
            found[name] = f"lambda i, j: {body}*{rng.choice(SUMMANDS).format(i='j')}" if two else f"lambda i: {body}"
        elif name in powers or name == "q":
            found[name] = rng.choice(EXPONENTS)
        elif name == "n":
            found[name] = "'N'"
        elif name in ends:
            found[name] = rng.choice(ENDS)
        elif name in ("i", "j", "e"):
            found[name] = rng.choice(("'j'", "1", "'N'", "0"))
        else:
            found[name] = rng.choice(NUMBERS)
    return found


def rewritten(name: str, many: int) -> int:
    """How many instances of a line were taken; each is compared in numbers."""
    made = Derivation("replay/instances", title="instances", context=CONTEXT)
    made.equal("one", "x_j", "x_j")
    claim = made.build().claims[0]
    assert isinstance(claim.statement, Equal)
    rng, taken = random.Random(name), 0
    text = LINES[name]
    for _ in range(many):
        t.begin()
        own = letters(rng, text.replace(" = ", " - "))
        proof = Proof(claim.context, Goal((), Rel("=", claim.statement.left, claim.statement.right)))
        try:
            known = {letter: parsed(syntax(said), {}) for letter, said in own.items()}
            left = parsed(syntax(text.split(" = ")[0]), known)
            right = proof.run(left, [{"rule": name, "with": own}])
        except (Refused, TypeError, KeyError):
            continue
        taken += 1
        for at in POINTS:
            before = value(left, at)
            if before is not None and abs(before) < 1e9:  # more is 1/0, rounded
                after = value(right, at)
                assert after is not None, f"{name} {own}: {t.text(left)} becomes {t.text(right)}, undefined at {at}"
                assert math.isclose(before, after, rel_tol=1e-6, abs_tol=1e-9), (
                    f"{name} {own} at {at}: {before} {after}"
                )
    return taken


@pytest.mark.parametrize("name", LINES)
def test_an_instance_is_worth_the_same_wherever_it_was_defined(name: str) -> None:
    rewritten(name, 100)


@pytest.mark.parametrize("name", ["take-out", "scaled-2", "abs-mul", "group-mul"])
def test_it_would_be_seen(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing asks whether what cancels is defined, a line makes something undefined of what is not."""
    monkeypatch.setattr(Proof, "whole", lambda proof, said, known: parsed(said, known))
    monkeypatch.setitem(CONDITIONS, "total", lambda proof, x: True)
    with pytest.raises(AssertionError, match="undefined at"):
        rewritten(name, 600)


def test_most_lines_are_tried() -> None:
    counts = {name: rewritten(name, 40) for name in LINES}
    assert sum(n > 0 for n in counts.values()) > 0.7 * len(counts), counts
