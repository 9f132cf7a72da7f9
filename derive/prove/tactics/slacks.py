"""What is assumed to be at most something is that less what is not negative: x_k ≤ m as x_k = m - s_k with s_k ≥ 0.

Whatever values meet the assumption, such s_k exist, and what holds of all of them holds of those.
"""

from __future__ import annotations

from dataclasses import replace

from derive.language.claims import Compare
from derive.language.context import Context, Definition, Fact, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Range
from derive.language.instances import free_indices
from derive.language.terms import Array, At, Deriv, Entry, Index, Op, Rel, Sym, Term, subterms
from derive.prove.restricted import restrictions

MARK = "′"
"""What makes a name new."""


def without_bounds(context: Context, statement: Compare) -> Context | None:
    """The context in which quantities that facts bound by others are defined by these; None if there are none, or if
    something is differentiated: a defined quantity is not what it was."""
    about = [statement.left, statement.right, *(fact.statement for fact in context.facts)]
    if any(isinstance(part, Deriv | At) for each in about for part in subterms(each)):
        return None
    changed = context
    for fact in context.facts:
        found = _with_slack(changed, fact)
        changed = changed if found is None else found
    return None if changed is context else changed


def _with_slack(context: Context, fact: Fact) -> Context | None:
    """The context without one fact, whose quantity is defined by what bounds it."""
    if not isinstance(fact.statement, Rel) or fact.statement.op not in ("<=", ">="):
        return None
    relation = fact.statement
    for bounded, bound, below in (
        (relation.left, relation.right, relation.op == "<="),
        (relation.right, relation.left, relation.op == ">="),
    ):
        body, sign = bounded, below
        if isinstance(bounded, Op) and bounded.name == "neg":
            body, sign, bound = bounded.args[0], not below, Op("neg", (bound,))
        decl = _free_quantity(body, bound, context)
        if decl is None:
            continue
        name = decl.name + MARK
        while name in context.symbols:
            name += MARK
        slack = replace(decl, name=name, properties=frozenset({"nonnegative"}), low=None, high=None)
        own = _places(body)
        less: Term = Sym(name, body.indices if isinstance(body, Sym) else ())
        if isinstance(body, Entry):
            less = Entry(less, body.indices)
        value: Term = Op("add", (bound, Op("neg", (less,)) if sign else less))
        if isinstance(body, Entry):
            value = Array(tuple((place, context.indices[place]) for place in own), value)
        definition = Definition(own if isinstance(body, Sym) else (), value)
        facts = tuple(each for each in context.facts if each is not fact)
        context = replace(context, facts=facts).with_symbol(slack)
        return context.with_symbol(replace(decl, definition=definition))
    return None


def _places(body: Term) -> tuple[str, ...]:
    """The indices of x_{nk}, or of the entry k of x."""
    places = body.indices if isinstance(body, Sym | Entry) else ()
    return tuple(place.name for place in places if isinstance(place, Index))


def _free_quantity(body: Term, bound: Term, context: Context) -> SymbolDecl | None:
    """The quantity of which a fact bounds every number, if nothing else ties it."""
    whole = body.base if isinstance(body, Entry) else body
    if not isinstance(whole, Sym) or (isinstance(body, Entry) and whole.indices):
        return None
    decl = context.symbols.get(whole.name)
    if decl is None or decl.definition is not None or decl.depends is not None or decl.values or decl.label_range:
        return None
    places = _places(body)
    family: tuple[Range, ...] = decl.family
    if isinstance(body, Entry):
        family = tuple(Range.upto(extent) for extent in decl.shape)
    elif decl.shape:
        return None
    if len(set(places)) != len(places) or tuple(context.indices.get(place) for place in places) != family:
        return None
    if decl.properties - {"real", "positive", "nonnegative"} or decl.low is not None or decl.high is not None:
        return None
    if any(depends_on(context, each, decl.name) for each in mentioned(context, bound)):
        return None
    restricted = {place for about in restrictions(context) for place in about}
    if not free_indices(bound) - context.sizes.keys() <= {*places} or not restricted.isdisjoint(places):
        return None
    opaque = (each for each in context.symbols.values() if each.depends is not None)
    if any(isinstance(part, Sym) and part.name == decl.name for each in opaque for part in each.depends or ()):
        return None
    return decl


__all__ = ["without_bounds"]
