"""Equations with a square root: A = c √D, as A² = c² D where A and c are surely of one sign.

So ``P = (s + √(s² + 4 s w)) / 2`` is shown of a P with ``P² = s P + s w`` and ``2 P ≥ s``.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.language.claims import Equal
from derive.language.context import SymbolDecl
from derive.language.shapes import shape_of
from derive.language.terms import (
    At,
    Deriv,
    Index,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)
from derive.prove.workbench import Workbench

MOST = 2
"""How many different roots a goal may have."""
ROOT = "\\surd"
"""The name of any number in the place of a root."""
ZERO, ONE, TWO = Num(Fraction(0)), Num(Fraction(1)), Num(Fraction(2))


@dataclass(frozen=True)
class Isolated:
    """A goal as ``rest + factor √inside = 0``, which holds if ``is_linear`` does, for any number in the place of the
    root."""

    rest: Term
    factor: Term
    inside: Term
    is_linear: Equal

    def goals(self, *, upwards: bool) -> tuple[Rel, Rel, Rel]:
        """What shows the goal: equal squares, and the root on one side and the rest on the other of one sign."""
        square = Op("mul", (Op("pow", (self.factor, TWO)), self.inside))
        above, below = (">=", "<=") if upwards else ("<=", ">=")
        return (
            Rel(above, self.rest, ZERO),
            Rel(below, self.factor, ZERO),
            Rel("=", Op("pow", (self.rest, TWO)), square),
        )


def isolated(bench: Workbench, goal: Rel) -> list[Isolated]:
    """The ways to write a goal between numbers with one of its roots by itself."""
    if goal.op != "=" or ROOT in bench.context.symbols:
        return []
    goal = Rel("=", _above(goal.left), _above(goal.right))
    parts = tuple(subterms(goal))
    if any(isinstance(part, Deriv | At) for part in parts):
        return []
    roots = dict.fromkeys(part for part in parts if isinstance(part, Op) and part.name == "sqrt")
    bound = {name for part in parts for name in bound_names(part)}
    if not 1 <= len(roots) <= MOST or shape_of(goal.left, bench.context) or shape_of(goal.right, bench.context):
        return []
    outside = [root for root in roots if not bound & _names(root)]
    return [_with_alone(goal, root) for root in outside if not shape_of(root.args[0], bench.context)]


def with_root(bench: Workbench) -> Workbench:
    """The workbench in which there is any number in the place of a root."""
    context = bench.context.with_symbol(SymbolDecl(ROOT))
    return bench.once("square root", lambda: Workbench(context, bench.deadline, bench.names, bench.assumed))


def _above(term: Term) -> Term:
    """``a / √D`` as ``a √D / D``: where one has a value, so has the other, and it is the same."""
    term = rebuild(term, _above)
    if not isinstance(term, Op) or term.name != "div":
        return term
    top, bottom = term.args
    factors = bottom.args if isinstance(bottom, Op) and bottom.name == "mul" else (bottom,)
    place = next((n for n, each in enumerate(factors) if isinstance(each, Op) and each.name == "sqrt"), None)
    if place is None:
        return term
    root = factors[place]
    others = (*factors[:place], *root.args, *factors[place + 1 :]) if isinstance(root, Op) else factors
    return Op("div", (Op("mul", (top, root)), Op("mul", others) if len(others) > 1 else others[0]))


def _with_alone(goal: Rel, root: Op) -> Isolated:
    at = {value: _gap(goal, root, value) for value in (ZERO, ONE, Sym(ROOT))}
    rest = at[ZERO]
    factor = Op("add", (at[ONE], Op("neg", (rest,))))
    line = Op("add", (rest, Op("mul", (factor, Sym(ROOT)))))
    return Isolated(rest, factor, root.args[0], Equal(at[Sym(ROOT)], line))


def _gap(goal: Rel, root: Term, value: Term) -> Term:
    """left - right with a value in the place of the root."""
    return Op("add", (_put(goal.left, root, value), Op("neg", (_put(goal.right, root, value),))))


def _put(term: Term, root: Term, value: Term) -> Term:
    return value if term == root else rebuild(term, lambda part: _put(part, root, value))


def _names(term: Term) -> set[str]:
    return {part.name for part in subterms(term) if isinstance(part, Sym | Index)}


__all__ = ["Isolated", "isolated", "with_root"]
