r"""Densities related by a change of variables: ``p(z)\,dz = q(x)\,dx`` where x is computed from z."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.text.statements import one_line
from derive.read.errors import ReadError
from derive.read.latex import node_readings


def without_differentials(nodes: tuple[s.Node, ...], text: str, context: Context) -> tuple[str, str] | None:
    """``p(z) = q(x) |det ∂x/∂z|`` for ``p(z) dz = q(x) dx`` (both sides as LaTeX); None if these are no two
    differentials. ``text`` is what the nodes were parsed from."""
    if len(nodes) != 2:
        return None
    left, right = (_differential(node, text, context) for node in nodes)
    if left is None or right is None:
        return None
    swapped = depends_on(context, left.variable.name, right.variable.name)
    computed, free = (left, right) if swapped else (right, left)
    if left.variable.name == right.variable.name or not depends_on(context, computed.variable.name, free.variable.name):
        names = f"{s.key(left.node)} and {s.key(right.node)}"
        raise ReadError(f"expected one of {names} to be computed from the other", None, "define it, as in x = g(z)")
    if not _is_density(computed.body, context):
        raise ReadError("expected a density beside these differentials", None, "declare “function q(x) density”")
    derivative = f"\\frac{{\\partial {s.key(computed.node)}}}{{\\partial {s.key(free.node)}}}"
    if node_readings(computed.node, context)[0].shape:
        derivative = f"\\det {derivative}"
    changed = f"{computed.text} \\left| {derivative} \\right|"
    return (changed, free.text) if swapped else (free.text, changed)


def are_measures(nodes: tuple[s.Node, ...], text: str, context: Context) -> bool:
    """Whether both sides end in a differential, as ``p(z) dz`` does."""
    return len(nodes) == 2 and all(_differential(node, text, context) is not None for node in nodes)


@dataclass(frozen=True)
class Differential:
    """``body dx``: the body, the variable as written and as read, the LaTeX of the body."""

    body: s.Node
    node: s.Node
    variable: Sym
    text: str


def _differential(node: s.Node, text: str, context: Context) -> Differential | None:
    if not isinstance(node, s.Juxt) or len(node.parts) < 3:
        return None
    *before, letter, variable = node.parts
    if s.key(letter) not in ("d", "\\mathrm{d}") or variable.start - letter.stop > 1:
        return None
    try:
        terms = [typed.term for typed in node_readings(variable, context)]
    except ReadError:
        return None
    if len(terms) != 1 or not isinstance(terms[0], Sym):
        return None
    body = before[0] if len(before) == 1 else s.Juxt(node.start, before[-1].stop, tuple(before))
    return Differential(body, variable, terms[0], one_line(text[node.start : before[-1].stop]))


def _is_density(node: s.Node, context: Context) -> bool:
    """Whether a side is a declared density of its variable."""
    try:
        term: Term = node_readings(node, context)[0].term
    except ReadError:
        return False
    names = [part.name for part in subterms(term) if isinstance(part, Apply)]
    decl = context.functions.get(names[0]) if names else None
    return decl is not None and "density" in decl.properties
