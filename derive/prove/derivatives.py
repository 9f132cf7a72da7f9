"""Derivatives of terms: in a quantity, through definitions, in a parameter of a function, and at a value."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from derive.language.dependencies import depends_on, is_moved_inside
from derive.language.extents import Range
from derive.language.operators import ShapeError
from derive.language.terms import (
    Apply,
    Deriv,
    Entry,
    Index,
    Size,
    Sym,
    Term,
    subterms,
)
from derive.prove.algebra import INTEGRAL, TooHard
from derive.prove.atoms import ZERO, Atom, Ix, Poly, of_atom
from derive.prove.differentiate import Target, differentiate, logarithmic
from derive.prove.scope import Bound, Env, Slots

if TYPE_CHECKING:
    from derive.prove.lower import Lowering


def derivative(reader: Lowering, term: Deriv, slots: Slots, env: Env) -> Poly:
    """An entry of a derivative."""
    bound = _parameter(reader, term.wrt, env)
    if bound is not None:
        return _in_parameter(reader, term, bound, slots, env)
    moved = _indices_of(reader, term, env)
    if moved is None:
        return _derivative_at(reader, term, slots, env)
    shape = reader.shape(term, {})
    names = reader.generic("'d", [reader.key(e) for e in shape])
    known = reader._derivatives.get(term)
    if known is None:
        known = reader._derivatives[term] = _derivative_at(reader, term, tuple(map(Ix, names)), {})
    return reader.algebra.rename(known, {**moved, **dict(zip(names, slots, strict=True))})


def _indices_of(reader: Lowering, term: Deriv, env: Env) -> dict[str, Ix] | None:
    """Where the indices of a term that mentions nothing else in scope stand, if they are the context's own; else
    None."""
    used = reader._names.get(term)
    if used is None:
        used = reader._names[term] = frozenset(
            part.name for part in subterms(term) if isinstance(part, Index | Sym | Apply | Size)
        )
    moved: dict[str, Ix] = {}
    for name in used & env.keys():
        bound = env[name]
        declared = reader.context.indices.get(name)
        if bound.ix is None or bound.kind != "ix" or declared is None or declared != bound.scope:
            return None
        if name not in reader.algebra.range_of:
            return None
        moved[name] = bound.ix
    return moved


def _derivative_at(reader: Lowering, term: Deriv, slots: Slots, env: Env) -> Poly:
    target, name, count = _target(reader, term.wrt, env)
    body_rank = len(reader.shape(term.body, env))
    inner_slots, wrt_slots = slots[:body_rank], slots[body_rank:]
    if len(wrt_slots) != count:
        raise ShapeError(f"a derivative in {name} with {len(wrt_slots)} slots, expected {count}")
    full = Target(target.kind, target.name, (*target.ix, *wrt_slots))
    cuts = reader.cuts | ({name} if target.kind == "ent" else frozenset())
    body = term.body
    if term.local:
        defined = frozenset(
            n for n, d in reader.context.symbols.items() if d.definition is not None or d.depends is not None
        )
        inner = reader._with(defined | cuts, name)
        whole, entry = (body.base, body.indices) if isinstance(body, Entry) else (body, ())
        decl = reader.context.symbols.get(whole.name) if isinstance(whole, Sym) and whole.name not in env else None
        if isinstance(whole, Sym) and decl is not None and (decl.definition or decl.depends) and decl.name != name:
            p = inner.unfolded(decl, (*(reader.ix(i, env) for i in (*whole.indices, *entry)), *inner_slots))
        else:
            p = inner.lower(body, inner_slots, env)
    else:
        inner = reader._with(cuts, name)
        p = inner.lower(body, inner_slots, env)
    return reader.settle(inner.differentiated(p, full), inner)


def differentiated(reader: Lowering, p: Poly, target: Target) -> Poly:
    """The derivative of a normal form read here; folded quantities by the chain rule through their definitions."""
    return differentiate(reader.algebra, p, target, partial(_through, reader) if reader.folded else None)


def _through(reader: Lowering, atom: Atom, target: Target) -> Poly:
    decl = reader.context.symbols.get(atom.head)
    if decl is None or decl.definition is None or atom.head not in reader.folded or atom.head in reader.cuts:
        return ZERO
    if target.kind == "ent" and not depends_on(reader.context, atom.head, target.name):
        return ZERO
    key = (atom, target)
    if key not in reader._slopes:
        reader._slopes[key] = _slope(reader, atom, reader.unfolded(decl, atom.ix), target)
    return reader._slopes[key]


def _slope(reader: Lowering, atom: Atom, definition: Poly, target: Target) -> Poly:
    """The derivative of a folded entry, said with the entry itself where its definition is one product: y' = y (log
    y)'."""
    single = definition.single
    if single is None or single[1] != 1 or not single[0].factors:
        return reader.differentiated(definition, target)
    if len(single[0].factors) > 1:
        if any(a.kind not in ("exp", "pow", "pp", "prod") for a, _ in single[0].factors):
            return reader.differentiated(definition, target)  # (log y)' would divide by what may be zero
        inner = logarithmic(reader.algebra, single[0], target, partial(_through, reader))
        return reader.algebra.mul(of_atom(atom), inner) if inner.terms else ZERO
    whole, e = single[0].factors[0]
    slope = reader.differentiated(definition, target)
    if e != 1 or whole.kind != "fn":
        return slope
    put = frozenset((f"{whole.head}()",))
    return reader.algebra.replace(slope, lambda a: of_atom(atom) if a is whole else None, within=put)


def _parameter(reader: Lowering, wrt: Term, env: Env) -> Bound | None:
    """What a function's parameter stands for, where that is more than a quantity."""
    base = wrt.base if isinstance(wrt, Entry) else wrt
    while isinstance(base, Sym) and not base.indices and base.name in env:
        bound = env[base.name]
        if bound.term is None or bound.env is None:
            return None
        if not isinstance(bound.term, Sym):
            return bound
        base, env = bound.term, bound.env
    return None


def _in_parameter(reader: Lowering, term: Deriv, bound: Bound, slots: Slots, env: Env) -> Poly:
    """A derivative in a function's parameter: first in a variable in its place, which then takes the argument's
    value."""
    base, indices = (term.wrt.base, term.wrt.indices) if isinstance(term.wrt, Entry) else (term.wrt, ())
    if not isinstance(base, Sym) or isinstance(bound.scope, Range) or bound.term is None or bound.env is None:
        raise TooHard("a derivative in something that is not a quantity")
    name = reader.algebra.fresh(INTEGRAL + ",".join(reader.key(e) for e in bound.scope))
    here = {**env, base.name: Bound("var", ix=Ix(name), scope=bound.scope)}
    rank = len(reader.shape(term.body, here))
    p = reader.lower(term.body, slots[:rank], here)
    wrt = (Ix(name), *(reader.ix(i, env) for i in indices), *slots[rank:])
    done = reader.differentiated(p, Target("var", base.name, wrt))
    argument, scope = bound.term, bound.env

    def change(atom: Atom) -> Poly | None:
        return reader.lower(argument, atom.ix[1:], scope) if atom.kind == "var" and atom.ix[0].base == name else None

    return reader.algebra.replace(done, change)


def settle(reader: Lowering, p: Poly, inner: Lowering) -> Poly:
    """A result of another reader in this one: what only it held fixed is unfolded, symmetry comes back."""
    extra = inner.cuts - reader.cuts
    symbols = reader.context.symbols

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head not in extra:
            return None
        decl = symbols.get(atom.head)
        if decl is None or (decl.definition is None and decl.depends is None):
            return None
        return reader.quantity(decl, atom.ix) if decl.name not in reader.folded else None

    return reader.algebra.replace(p, change, within=None if inner.algebra is not reader.algebra else extra)


def _target(reader: Lowering, wrt: Term, env: Env) -> tuple[Target, str, int]:
    indices: Slots = ()
    base = wrt
    if isinstance(base, Entry):
        indices = tuple(reader.ix(i, env) for i in base.indices)
        base = base.base
    while isinstance(base, Sym) and not base.indices and base.name in env and env[base.name].term is not None:
        bound = env[base.name]
        if bound.term is None or bound.env is None:
            break
        base, env = bound.term, bound.env
    if not isinstance(base, Sym):
        raise TooHard("a derivative in something that is not a quantity")
    if not base.indices and base.name in env:
        ix = env[base.name].ix
        if env[base.name].kind != "var" or ix is None:
            raise ShapeError(f"{base.name} is an index, not something to differentiate in")
        rank = len(reader.shape(base, env)) - len(indices)
        return Target("var", base.name, (ix, *indices)), base.name, rank
    decl = reader.context.symbols.get(base.name)
    if decl is None:
        raise ShapeError(f"{base.name} is not declared")
    family = tuple(reader.ix(i, env) for i in base.indices)
    return Target("ent", base.name, (*family, *indices)), base.name, len(decl.shape) - len(indices)


def at_value(reader: Lowering, body: Term, var: Sym, value: Term, slots: Slots, env: Env) -> Poly:
    """An entry of a term with a quantity set to a value: derivatives inside are taken first."""
    decl = reader.context.symbols.get(var.name)
    if decl is None or var.name in env:
        raise TooHard(f"a value for {var.name}, which is not a declared quantity")
    if is_moved_inside(reader.context, body, var.name):
        raise TooHard(f"a value for {var.name} in a derivative in what it is made of")
    family = tuple(reader.ix(i, env) for i in var.indices)
    # In the body the variable is any number: what is declared of it need not hold of the value, unless it is a name
    # with the same declaration.
    other = reader.context.symbols.get(value.name) if isinstance(value, Sym) and value.name not in env else None
    alike = other is not None and not decl.family and other == replace(decl, name=other.name)
    bare = replace(decl, properties=frozenset(), low=None, high=None, values=(), label_range=None)
    unfolded = frozenset(name for name in reader.folded if depends_on(reader.context, name, var.name))
    inner = reader.beside(reader.algebra.about(decl if alike else bare), reader.cuts | {var.name}, unfolded)
    p = inner.lower(body, slots, env)

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head != var.name:
            return None
        if atom.ix[: len(family)] != family:
            raise TooHard(f"another member of {var.name} beside the one that is set")
        return reader.lower(value, atom.ix[len(family) :], env)

    return reader.algebra.replace(p, change)
