"""Calls: which declared form of a function an expression is written in, and the value it stands for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.context import FunctionDecl, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.extents import SCALAR, Range, show_shape
from derive.language.operators import OPERATORS
from derive.language.terms import Apply, Array, At, Deriv, Entry, Index, Num, Op, Span, Sym, Term, subterms
from derive.read import calculus, joint_densities, lookup
from derive.read import syntax as s
from derive.read.at_parameter import at_parameter
from derive.read.errors import NeedsPlace, NoSuchForm, ReadError, ShapeRefusal, Undeclared
from derive.read.families_put import at_members
from derive.read.fitting import Typed, zeros
from derive.read.functionals import at_functions
from derive.read.names import (
    PARAMETER_BUNDLES,
    Candidate,
    Form,
    Signature,
    Slot,
    candidates,
    fits_form,
    option,
    parts_of,
)
from derive.read.notation import (
    BUILTIN_WORDS,
    EXPECTATIONS,
    INDICATORS,
    NORMALS,
    PROBABILITIES,
    call_group,
    moved,
    place_of,
    word_of,
    words_of,
)
from derive.read.parametrised import parameters_of

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def as_call(
    r: Resolver,
    head: tuple[str, s.Node | None, s.Node | None],
    parts: tuple[s.Node, ...],
    at: int,
    following: s.Node | None,
) -> tuple[Typed, int] | None:
    """``f(x)``, ``p(x|θ)``, ``f_k(x)``, ``P(d, c_d = k)``: only names that are declared as functions."""
    group, script = call_group(following)
    if group is None:
        return None
    base, sub, sup = head
    if base in NORMALS and base not in r.signatures and base not in r.context.functions and sub is None and sup is None:
        typed = normal_density(r, group, parts[at])
        return r.after_call(typed, script, parts[at]), at + 2
    form = formed(r, head, parts[at], group)
    if form is not None:
        return r.after_call(form, script, parts[at]), at + 2
    if base.endswith("'") and sup is None:
        primed = primed_value(r, _primed_name(r, base, sub), group, parts[at])
        if primed is not None:
            return r.after_call(primed, script, parts[at]), at + 2
    for candidate in lookup.shares(r, base, sub, sup):
        signatures = signatures_of(r, candidate.name)
        if signatures and _is_factor(r, candidate.name, signatures, parts[at], group):
            continue
        if signatures:
            signatures = tuple(each for each in signatures if subscripts(r, each) == len(candidate.indices))
            if not signatures:
                continue
            if candidate.rest is not None and s.key(candidate.rest) == "-1":
                candidate, signatures = inverse_of(r, candidate, signatures, parts[at])
            typed = declared_call(r, candidate, signatures, group, parts[at])
            span = Span(parts[at].start, group.stop)
            typed = Typed(moved(typed.term, span), typed.shape)
            if candidate.rest is not None:
                typed = r.scripted(typed, None, candidate.rest, parts[at])
            return r.after_call(typed, script, parts[at]), at + 2
    if (
        group.seps
        and any(sep in ("|", ";", ",") for sep in group.seps)
        and base not in EXPECTATIONS | PROBABILITIES | INDICATORS
    ):
        word = word_of(base)
        if word in BUILTIN_WORDS or word in ("KL", "Var", "Cov", "max", "min") or base == "\\delta":
            return None
        name = s.key(parts[at])
        raise Undeclared(name, place_of(parts[at]), f"declare “function {name}{s.key(group)}”")
    return None


def _is_factor(r: Resolver, name: str, signatures: tuple[Signature, ...], node: s.Node, group: s.Group) -> bool:
    """Whether ``p_k(1 - p_j)`` multiplies the quantity p_k, where ``p_k(t)`` is a function of t ``beside`` it: a sum
    with more in it than plain names, and no t. :class:`ReadError` where it may be either."""
    if name in r.context.symbols and len(group.items) == 1 and _mentions_itself(node, group.items[0]):
        return True
    beside = words_of(r.context.options.get("beside"))
    if name not in r.context.symbols or len(group.items) != 1 or all(each.name not in beside for each in signatures):
        return False
    item, slots = group.items[0], {slot.param for signature in signatures for slot in signature.slots}
    inside = tuple(s.walk(item))
    names = [part for part in inside if isinstance(part, s.Name)]
    if isinstance(item, s.Name | s.Script) or not names or any(part.text in slots for part in names):
        return False
    if isinstance(item, s.Sum) and any(isinstance(part, s.Script | s.BigOp) for part in inside):
        return True
    shown = f"{s.key(node)}{s.key(group)}"
    raise ReadError(
        f"expected a product or a value of a function, found {shown}, which may be either",
        Span(node.start, group.stop),
        f"write {s.key(node)} \\cdot {s.key(group)} for the product",
    )


def _mentions_itself(node: s.Node, item: s.Node) -> bool:
    """``p_k (\\delta_{jk} - p_j)``: whether a sum in brackets has what stands before them, without an argument: nobody
    puts a function itself into it."""
    head = parts_of(node)
    if head is None or not isinstance(item, s.Sum):
        return False
    calls = {id(part.parts[at]) for part in s.walk(item) if isinstance(part, s.Juxt)
             for at in range(len(part.parts) - 1) if isinstance(part.parts[at + 1], s.Group)}  # fmt: skip
    names = [part for part in s.walk(item) if isinstance(part, s.Script | s.Name) and id(part) not in calls]
    return any((parts := parts_of(part)) is not None and parts[0] == head[0] for part in names)


def formed(r: Resolver, head: tuple[str, s.Node | None, s.Node | None], node: s.Node, group: s.Group) -> Typed | None:
    """A quantity that was defined together with its arguments: ``l(\\theta)``."""
    for candidate in lookup.shares(r, *head):
        forms = r.called.get(candidate.name)
        for form in forms if isinstance(forms, tuple) else ():
            if form.name not in r.context.symbols:
                continue
            given: dict[str, s.Node] = {}
            if not fits_form(form.group.items, group.items, form.indices, given):
                continue
            if not _same_bars(form.group.seps, group.seps):
                continue
            heads = list(candidate.indices)
            decl = r.context.symbols[form.name]
            implied = form.name in words_of(r.context.options.get("implied"))
            if len(heads) + implied != sum(name not in given for name in decl.family_names):
                continue
            chosen = [
                given[name] if name in given else heads.pop(0) for name in decl.family_names if name in given or heads
            ]
            typed = lookup.place(r, form.name, tuple(chosen), s.Juxt(node.start, group.stop, ()))
            return r.scripted(typed, None, candidate.rest, node)
    return _by_class(r, head, node, group) or _at_other_members(r, head, node, group)


def _at_other_members(
    r: Resolver, head: tuple[str, s.Node | None, s.Node | None], node: s.Node, group: s.Group
) -> Typed | None:
    """``V(D^*)`` where ``V(D)`` is made of the members of a family D."""
    if any(sep not in (",", "||") for sep in group.seps):
        return None
    for candidate in lookup.shares(r, *head):
        forms = r.called.get(candidate.name) if not candidate.indices else None
        for form in forms if isinstance(forms, tuple) else ():
            put = at_members(r, form, group, node)
            if put is not None:
                return r.scripted(put, None, candidate.rest, node)
    return None


def _by_class(
    r: Resolver, head: tuple[str, s.Node | None, s.Node | None], node: s.Node, group: s.Group
) -> Typed | None:
    """``p(x_i | y_i)`` where ``p(x | y = 0)`` and ``p(x | y = 1)`` are defined and y_i is 0 or 1: the one to the power
    1 - y_i times the other to the power y_i. Parameters after a semicolon say nothing more."""
    stop = group.seps.index(";") + 1 if ";" in group.seps else len(group.items)
    items = group.items[:stop]
    if len(items) != 2 or group.seps[:1] != ("|",) or head[1] is not None or head[2] is not None:
        return None
    if any(s.key(item) not in r.context.symbols for item in group.items[stop:]):
        return None
    forms = r.called.get(head[0])
    found: dict[str, Form] = {}
    for form in forms if isinstance(forms, tuple) else ():
        match form.group:
            case s.Group(items=(s.Name(), s.Relation(first=label, rest=(("=", s.Number(text="0" | "1" as value)),)))):
                parts = parts_of(items[1])
                if form.name in r.context.symbols and parts is not None and parts[0] == s.key(label):
                    found[value] = form
    variables = {s.key(form.group.items[0]) for form in found.values()}
    if set(found) != {"0", "1"} or len(variables) != 1:
        return None
    variable = variables.pop()
    decl = r.context.symbols.get(variable)
    point, label_value = r.expression(items[0]), r.expression(items[1])
    if decl is None or decl.definition is not None or r.fitting.settle(point.shape) != decl.shape or label_value.shape:
        return None
    if not isinstance(label_value.term, Sym) or not lookup.is_binary(r.context.symbols.get(label_value.term.name)):
        return None
    span = Span(node.start, group.stop)
    one = Typed(Num(Fraction(1), span=span), ())
    powers = (r.op("add", [one, r.op("neg", [label_value], node)], node), label_value)
    values = [Typed(At(Sym(found[each].name), Sym(variable), point.term, span=span), ()) for each in ("0", "1")]
    return r.op("mul", [r.op("pow", [v, w], node) for v, w in zip(values, powers, strict=True)], node)


def primed_value(r: Resolver, base: str, group: s.Group, node: s.Node) -> Typed | None:
    """``f'(x)``: the derivative of a function of one scalar, declared or with a name of its own; entry by entry on a
    vector."""
    name = base.rstrip("'")
    if name != base and len(group.items) == 1 and name in r.called and name not in r.context.functions:
        return _primed_form(r, base, group, node)
    if name == base or len(group.items) != 1:
        return None
    usual, orders = _usual(name), len(base) - len(name)
    forms = signatures_of(r, name)
    decl = r.context.functions.get(name) if forms else usual
    if decl is None and len(forms) == 1:  # R' of R(m), which stands beside a quantity R
        decl = r.context.functions.get(forms[0].name)
    if decl is None or decl.family:
        return None
    name = decl.name
    arg = r.expression(group.items[0])
    shape = r.fitting.settle(arg.shape)
    inside = at_parameter(r, name, arg, orders, node) if not shape else None
    if inside is not None:
        return inside
    if not isinstance(arg.term, Sym | Entry):
        return _primed_at(r, base, decl, Typed(arg.term, shape), node)
    if len(shape) > 1:
        raise ReadError(f"expected a variable in {base}(…)", place_of(group), "name the argument with “let”")
    places = tuple(f"i_{r.fitting.fresh()}" for _ in shape)
    variable = calculus.entries(arg.term, tuple(Index(place, span=place_of(node)) for place in places))
    span = place_of(node)
    value: Term = Op(decl.builtin, (variable,), span=span) if decl.builtin else Apply(name, (variable,), span=span)
    for _ in range(orders):
        value = Deriv(value, variable, span=place_of(node))
    pairs = tuple((place, Range.upto(extent)) for place, extent in zip(places, shape, strict=True))
    return Typed(Array(pairs, value, span=place_of(node)) if pairs else value, shape)


def _primed_name(r: Resolver, base: str, sub: s.Node | None) -> str:
    """``L_2'`` for ``L'`` with the subscript 2, where a function has the name ``L_2``; nothing if none is called so."""
    if sub is None:
        return base
    name = base.rstrip("'")
    named = (each.name for each in candidates(name, sub, None) if not each.indices and each.rest is None)
    known = next((each for each in named if each in r.context.functions), "")
    return known + base[len(name) :] if known else ""


def _usual(name: str) -> FunctionDecl | None:
    """``\\tanh`` and its like: the function of a number that goes by this name."""
    builtin = BUILTIN_WORDS.get(word_of(name), "")
    row = OPERATORS.get(builtin)
    return FunctionDecl(name, builtin=builtin) if row is not None and row.elementwise else None


def _primed_form(r: Resolver, base: str, group: s.Group, node: s.Node) -> Typed | None:
    """``V'(D)`` of a quantity that is written ``V(D)``: its derivative in D."""
    name = base.rstrip("'")
    value, variable = formed(r, (name, None, None), node, group), r.expression(group.items[0])
    if (
        value is None
        or r.fitting.settle(value.shape)
        or r.fitting.settle(variable.shape)
        or not isinstance(variable.term, Sym)
    ):
        return None
    term = value.term
    for _ in range(len(base) - len(name)):
        term = Deriv(term, variable.term, span=place_of(node))
    return Typed(term, ())


PLACE = "\\square"
"""The variable of a derivative that is taken at something else."""


def _primed_at(r: Resolver, base: str, decl: FunctionDecl, arg: Typed, node: s.Node) -> Typed:
    """``f'(a + b)``: the derivative in a variable of its own, at the argument; of a vector, at each entry."""
    if PLACE not in r.context.symbols:
        raise NeedsPlace(f"expected a variable in {base}(…)", place_of(node), "name the argument with “let”")
    variable = Sym(PLACE, span=place_of(node))
    span = place_of(node)
    value: Term = Op(decl.builtin, (variable,), span=span) if decl.builtin else Apply(decl.name, (variable,), span=span)
    for _ in range(len(base) - len(base.rstrip("'"))):
        value = Deriv(value, variable, span=span)
    places = tuple(Index(f"i_{r.fitting.fresh()}", span=span) for _ in arg.shape)
    at = At(value, variable, calculus.entries(arg.term, places), span=span)
    pairs = tuple((place.name, Range.upto(extent)) for place, extent in zip(places, arg.shape, strict=True))
    return Typed(Array(pairs, at, span=span) if pairs else at, arg.shape)


def signatures_of(r: Resolver, name: str) -> tuple[Signature, ...]:
    """The declared forms of a function."""
    found = r.signatures.get(name)
    if isinstance(found, tuple):
        return tuple(each for each in found if each.name in r.context.functions or each.name in r.context.symbols)
    decl = r.context.functions.get(name)
    if decl is None:
        return ()
    arity = (OPERATORS[decl.builtin].arity or 1) if decl.builtin else 0
    params = decl.params or tuple(f"u_{place}" for place in range(arity))
    return (Signature(name, tuple(Slot(param=param) for param in params)),)


def inverse_of(
    r: Resolver, candidate: Candidate, signatures: tuple[Signature, ...], node: s.Node
) -> tuple[Candidate, tuple[Signature, ...]]:
    """``g^{-1}(z)``: the declared inverse of g; one over its value is written otherwise."""
    decls = [r.context.functions.get(signature.name) for signature in signatures]
    names = [decl.inverse for decl in decls if decl is not None and decl.inverse]
    if len(names) != 1:
        raise ReadError(
            "expected a value; no inverse of this function is declared",
            place_of(node),
            f"declare “function r(z) inverse of {candidate.name}”, or write 1/{candidate.name}(…)",
        )
    slots = tuple(Slot(param=param) for param in r.context.functions[names[0]].params)
    return Candidate(names[0], candidate.indices, None), (Signature(names[0], slots),)


def subscripts(r: Resolver, signature: Signature) -> int:
    """How many subscripts the function itself takes."""
    decl: FunctionDecl | SymbolDecl | None = r.context.functions.get(signature.name)
    decl = decl or r.context.symbols.get(signature.name)
    if decl is None:
        return -1
    return len(decl.family) - sum(slot.param in decl.family_names for slot in _open(signature))


def declared_call(
    r: Resolver, candidate: Candidate, signatures: tuple[Signature, ...], group: s.Group, node: s.Node
) -> Typed:
    """A call in the one declared form that fits."""
    fits = [
        (signature, args)
        for signature in signatures
        if _same_bars(signature.seps, group.seps) and (args := _match(signature, group)) is not None
    ]
    fits = [
        fit
        for fit in fits
        if not _another_density(r, fit[0], group) and not _of_another_quantity(r, fit[0], signatures, group)
    ]
    if len(fits) > 1:
        fits = _closest(fits, group)
    if not fits and ";" in group.seps:
        short = _without_parameters(r, group)
        if short is not None:
            return declared_call(r, candidate, signatures, short, node)
    if not fits:
        fits = [(signature, ()) for signature in signatures if _is_of_all(r, signature, group)]
    if not fits and (value := at_functions(r, signatures, group, node)) is not None:
        return value
    if len(fits) != 1:
        known = " or ".join(show_signature(signature) for signature in signatures)
        place, call, hint = Span(node.start, group.stop), f"{s.key(node)}{s.key(group)}", f"declared: {known}"
        if fits:
            raise ReadError(f"more than one declared form fits {call}", place, hint)
        if not candidate.indices and (part := joint_densities.of_joint(r, group, node)) is not None:
            return r.expression(part)
        raise NoSuchForm(f"no declared form fits {call}", candidate.name, place, hint)
    signature, nodes = fits[0]
    if (made := joint_densities.of_factors(r, signature, nodes, node)) is not None:
        return r.expression(made)
    try:
        return apply_signature(r, signature, nodes, candidate, node)
    except ShapeRefusal:
        named = _by_name(signature, nodes)
        if named is None:
            raise
        return apply_signature(r, signature, named, candidate, node)


def _without_parameters(r: Resolver, group: s.Group) -> s.Group | None:
    """``p(y_i; \\phi)`` without the declared quantities after the semicolon: they are what p is made of anyway."""
    stop = group.seps.index(";") + 1
    if any(s.key(item) not in r.context.symbols for item in group.items[stop:]):
        return None
    return s.Group(group.start, group.stop, group.bracket, group.items[:stop], group.seps[: stop - 1])


def _by_name(signature: Signature, nodes: tuple[s.Node, ...]) -> tuple[s.Node, ...] | None:
    """``p(z, x)`` where ``p(x, z)`` is declared: a density of the same quantities, named in another order."""
    params = [slot.param for slot in _open(signature)]
    found = {s.key(node): node for node in nodes}
    if len(found) != len(nodes) or set(found) != set(params) or [*found] == params:
        return None
    return tuple(found[param] for param in params)


def _is_of_all(r: Resolver, signature: Signature, group: s.Group) -> bool:
    """Whether ``L(w)`` is ``L(\\theta)``, where θ stands for all parameters: L depends on every argument."""
    if len(signature.slots) != 1 or signature.slots[0].decoration not in PARAMETER_BUNDLES:
        return False
    for item in group.items:
        try:
            term = r.expression(item).term
        except ReadError:
            return False
        while isinstance(term, Array | Entry):
            term = term.body if isinstance(term, Array) else term.base
        if not isinstance(term, Sym) or not depends_on(r.context, signature.name, term.name):
            return False
    return bool(group.items)


def apply_signature(
    r: Resolver, signature: Signature, nodes: tuple[s.Node, ...], candidate: Candidate, node: s.Node
) -> Typed:
    """The value of a declared form: its index parameters become family indices, the others arguments."""
    decl: FunctionDecl | SymbolDecl = r.context.functions.get(signature.name) or r.context.symbols[signature.name]
    slots = _open(signature) or tuple(Slot(param="") for _ in nodes)
    own = len(decl.family_names) - sum(slot.param in decl.family_names for slot in slots)
    if len(candidate.indices) != own:
        raise ReadError(f"{signature.name} takes {own} subscript(s), found {len(candidate.indices)}", place_of(node))
    nodes = tuple(_in_its_parameter(r, slot, item) for slot, item in zip(slots, nodes, strict=True))
    given = {slot.param: item for slot, item in zip(slots, nodes, strict=True)}
    heads = [r.index(item) for item in candidate.indices]
    indices = tuple(heads.pop(0) if name not in given else r.index(given[name]) for name in decl.family_names)
    if isinstance(decl, SymbolDecl):
        for name, item in given.items():
            if name in decl.family_names:
                lookup.refuse_quantity(r, item)
        return lookup.symbol_value(r, decl, indices, node)
    if (itself := _as_it_is_given(r, decl, slots, nodes)) is not None:
        return itself
    args = [
        argument_value(r, item) for slot, item in zip(slots, nodes, strict=True) if slot.param not in decl.family_names
    ]
    if decl.builtin is not None:
        return r.op(decl.builtin, args, node)
    hidden = parameters_of(decl, len(args)) if decl.body is None and args else ()
    args += [argument_value(r, s.Name(node.start, node.stop, name)) for name in hidden]
    return applied(r, decl, args, indices, node)


def _as_it_is_given(r: Resolver, decl: FunctionDecl, slots: Sequence[Slot], nodes: Sequence[s.Node]) -> Typed | None:
    """``p(\\theta | x)``, written as it was given, where the condition x is only the letter of the data ``x_i``, or
    ``x_{1:n}``: what the formula for it says, which has no x by itself."""
    same = all(slot.param == s.key(item) for slot, item in zip(slots, nodes, strict=True))
    if decl.body is None or decl.family or not same:
        return None
    known = {slot.param: r.context.symbols.get(slot.param) for slot in slots}
    data = {name for name, each in known.items() if (each.family if each is not None else name not in r.scope)}
    mentioned = {part.name for part in subterms(decl.body) if isinstance(part, Sym) and not part.indices}
    return Typed(decl.body, decl.shape) if data and not data & mentioned else None


def _in_its_parameter(r: Resolver, slot: Slot, item: s.Node) -> s.Node:
    """``f(x; \\mu)`` where the text uses μ, defined by λ, as parameter of ``f(x; \\lambda)``: f at that λ."""
    if not isinstance(item, s.Name) or item.text not in words_of(r.context.options.get("reparametrised")):
        return item
    if not slot.param or slot.param == item.text or not depends_on(r.context, item.text, slot.param):
        return item
    return s.Name(item.start, item.stop, slot.param)


def applied(r: Resolver, decl: FunctionDecl, args: list[Typed], indices: tuple[Term, ...], node: s.Node) -> Typed:
    """A declared function applied, its shapes checked."""
    if _is_of_each_entry(r, decl, args):
        return mapped(r, decl, args[0], indices, node)
    args = list(args)
    for at, (wanted, arg) in enumerate(zip(decl.param_shapes, args, strict=False)):
        if wanted and arg.term == Num(Fraction(0)):
            args[at] = Typed(zeros(wanted, arg.term.span), wanted)
            continue
        found = r.fitting.settle(arg.shape)
        r.fitting.same([wanted, found])
        found = r.fitting.settle(found)
        if wanted != found:
            raise ShapeRefusal(
                f"{decl.name} expects {show_shape(wanted)}, found {show_shape(found)}", arg.term.span or place_of(node)
            )
    return Typed(Apply(decl.name, tuple(arg.term for arg in args), indices, span=place_of(node)), decl.shape)


def _is_of_each_entry(r: Resolver, decl: FunctionDecl, args: Sequence[Typed]) -> bool:
    """Whether a function is taken of each entry: where it is declared so, and where it is defined by a formula of one
    number, whose value is a number, and stands before a vector or a matrix."""
    if len(args) != 1:
        return False
    if decl.name in words_of(r.context.options.get("elementwise_functions")):
        return True
    of_a_number = decl.body is not None and decl.param_shapes == (SCALAR,) and decl.shape == SCALAR
    if of_a_number and decl.name in _DENSITIES and _has_other_forms(r, decl.name) and isinstance(args[0].term, Sym):
        return False
    return of_a_number and 1 <= len(r.fitting.settle(args[0].shape)) <= 2


_DENSITIES = ("p", "P")


def _has_other_forms(r: Resolver, letter: str) -> bool:
    """Whether ``p`` has been written as ``p(x | y = 1)`` too: then ``p(x)`` is no ``p(y)``, but what x itself has."""
    return sum(len(words_of(option(r.context, kind).get(letter))) for kind in ("called", "signatures")) > 1


def mapped(r: Resolver, decl: FunctionDecl, arg: Typed, indices: tuple[Term, ...], node: s.Node) -> Typed:
    """A function of a scalar, declared elementwise, of every entry."""
    shape = r.fitting.settle(arg.shape)
    places = tuple(f"i_{r.fitting.fresh()}" for _ in shape)
    entry = calculus.entries(arg.term, tuple(Index(place, span=place_of(node)) for place in places))
    body = Apply(decl.name, (entry,), indices, span=place_of(node))
    pairs = tuple((place, Range.upto(extent)) for place, extent in zip(places, shape, strict=True))
    return Typed(Array(pairs, body, span=place_of(node)) if pairs else body, shape)


def argument_value(r: Resolver, node: s.Node) -> Typed:
    """An argument as a value."""
    if isinstance(node, s.Relation):
        raise ReadError("expected a value as argument, found a relation", place_of(node))
    return r.expression(node)


def normal_density(r: Resolver, group: s.Group, node: s.Node) -> Typed:
    """``\\mathcal{N}(x | m, S)``."""
    if len(group.items) != 3:
        raise ReadError(
            f"expected \\mathcal{{N}}(x | m, S), found {len(group.items)} argument(s)", Span(node.start, group.stop),
            "the distribution \\mathcal{N}(m, S) alone has no value",
        )  # fmt: skip
    args = [r.expression(item) for item in group.items]
    shapes = [r.fitting.settle(arg.shape) for arg in args]
    if len(shapes[0]) == 1 and args[1].term == Num(Fraction(0)):
        args[1] = Typed(zeros(shapes[0], args[1].term.span), shapes[0])
    diagonal = len(shapes[0]) == 1 and len(shapes[2]) == 1
    return r.op("gaussian_diag" if diagonal else "gaussian", args, s.Group(node.start, group.stop, "(", ()))


def _match(signature: Signature, group: s.Group) -> tuple[s.Node, ...] | None:
    """The arguments for a signature's parameters, or None if the call is not written that way."""
    if not _has_data_in_place(signature, group):
        return None
    decorations = {slot.decoration for slot in signature.slots if slot.decoration}
    items = [item for item in group.items if s.key(item) not in decorations]
    slots = [slot for slot in signature.slots if not slot.decoration]
    if not signature.slots and items and not any(isinstance(item, s.Relation) for item in items):
        return tuple(items)
    if len(items) != len(slots):
        return None
    args: list[s.Node] = []
    for slot, item in zip(slots, items, strict=True):
        if not slot.left:
            if isinstance(item, s.Relation):
                if not _sets(item, slot.param):
                    return None
                item = item.rest[0][1]
            args.append(item)
            continue
        named = parts_of(item)
        if named is not None and named[0] == slot.left and named[1] is not None and not slot.literal:
            args.append(item)  # p(x_i, z_i) where p(x, z = k) is declared: the value of the label z_i
            continue
        if not isinstance(item, s.Relation) or len(item.rest) != 1 or item.rest[0][0] != "=":
            return None
        if slot.literal and s.key(item.rest[0][1]) != slot.literal:
            return None
        left = parts_of(item.first)
        if left is None or left[0] != slot.left:
            return None
        if not slot.literal:
            args.append(item.rest[0][1])
    return tuple(args)


def _has_data_in_place(signature: Signature, group: s.Group) -> bool:
    """Whether what decorates ``p(D|w)`` before its bar stands there too: neither ``p(w)`` nor ``p(w|D)`` is that."""
    if "|" not in signature.seps:
        return True
    own = signature.seps.index("|") + 1
    data, given = ({slot.decoration for slot in part} - {""} for part in (signature.slots[:own], signature.slots[own:]))
    bar = group.seps.index("|") + 1 if "|" in group.seps else 0
    before = {s.key(item) for item in group.items[:bar]}
    return data <= before and given.isdisjoint(before)


def _another_density(r: Resolver, signature: Signature, group: s.Group) -> bool:
    """Whether ``p(x, z)`` is written where ``p(x | z)`` is declared, or the other way round: not the same function."""
    decl = r.context.functions.get(signature.name)
    if decl is None or decl.builtin is not None or ";" in (*signature.seps, *group.seps):
        return False
    params = [slot.param for slot in signature.slots]
    given = [s.key(item) for item in group.items]
    if "|" in group.seps and given != params and sorted(given) == sorted(params):
        return True  # p(z | x) where p(x | z) is declared
    return bool(signature.seps and group.seps) and ("|" in signature.seps) != ("|" in group.seps)


def _of_another_quantity(r: Resolver, signature: Signature, signatures: tuple[Signature, ...], group: s.Group) -> bool:
    """Whether ``p(x)`` is written where ``p(z)`` and ``p(x | z)`` are declared, or densities ``p(z)`` and ``p(x, z)``:
    no value of the density of z."""
    if len(signature.slots) != 1 or len(group.items) != 1 or signature.slots[0].left:
        return False
    named = parts_of(group.items[0])
    if named is None or _same_name(signature.slots[0].param, group.items[0]):
        return False
    others = [other for other in signatures if len(other.slots) > 1]
    joint = [other for other in others if "density" in _properties(r, other) & _properties(r, signature)]
    if any(slot.param == s.key(group.items[0]) for other in joint for slot in other.slots):
        return True
    return any("|" in other.seps and other.slots[0].param == named[0] for other in others)


def _properties(r: Resolver, signature: Signature) -> frozenset[str]:
    decl = r.context.functions.get(signature.name)
    return frozenset() if decl is None else decl.properties


def _sets(item: s.Relation, param: str) -> bool:
    """``p(y = 1)``: the parameter y, set to 1."""
    return len(item.rest) == 1 and item.rest[0][0] == "=" and s.key(item.first) == param


def _closest(
    fits: list[tuple[Signature, tuple[s.Node, ...]]], group: s.Group
) -> list[tuple[Signature, tuple[s.Node, ...]]]:
    """Among forms that fit: the same separators, then most values spelled out (``y = 0``) and most parameter names."""
    same_seps = [fit for fit in fits if _bars(fit[0].seps) == _bars(group.seps)]
    fits = same_seps or fits
    scores = [
        sum(bool(slot.literal) for slot in sig.slots)
        + sum(_same_name(slot.param, arg) for slot, arg in zip(_open(sig), args, strict=False))
        for sig, args in fits
    ]
    best = max(scores)
    return [fit for fit, score in zip(fits, scores, strict=True) if score == best]


def _open(signature: Signature) -> tuple[Slot, ...]:
    return tuple(slot for slot in signature.slots if not slot.decoration and not slot.literal)


def _same_bars(declared: tuple[str, ...], found: tuple[str, ...]) -> bool:
    """Whether a bar stands where it was declared: ``P(a, b)`` is not ``P(a | b)``; a semicolon may be either."""
    if len(declared) != len(found):
        return True
    return all(a == b or ";" in (a, b) or "|" not in (a, b) for a, b in zip(declared, found, strict=True))


def _bars(seps: tuple[str, ...]) -> tuple[str, ...]:
    return tuple("|" if sep == ";" else sep for sep in seps)


def _same_name(param: str, arg: s.Node) -> bool:
    parts = parts_of(arg)
    return parts is not None and (parts[0] == param or s.key(arg) == param)


def show_signature(signature: Signature) -> str:
    """A declared form as it is written."""
    words = [
        slot.decoration or (f"{slot.left}={slot.param or slot.literal}" if slot.left else slot.param)
        for slot in signature.slots
    ]
    seps = signature.seps or (",",) * (len(words) - 1)
    base = signature.name.partition("(")[0]
    return base + "(" + "".join(f"{word}{sep}" for word, sep in zip(words, (*seps, ""), strict=False)) + ")"
