"""Formulas that declare: definitions by a first ``X = …``, spaces and bounds of names, sizes that a range needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TypeGuard

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.extents import Shape
from derive.language.terms import Apply, Index, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.dependencies import holding, without_holding
from derive.read.documents.definitions.by_powers import inverse_of, squared_function
from derive.read.documents.definitions.rounds import is_marked
from derive.read.errors import DeclarationError, NoSuchForm, ReadError, Undeclared, WrongIndices, WrongRange
from derive.read.latex import is_readable, node_readings
from derive.read.models import OPTION as MODELS
from derive.read.names import BELOW_MARKS, Signature, items_of, option, parts_of, plain, script, split_superscript
from derive.read.notation import EXPECTATIONS, NORMALS, PROBABILITIES
from derive.read.parser import parse
from derive.read.targets import target

BOUNDS = frozenset({"in", "<", "<=", ">", ">="})


@dataclass(frozen=True)
class Defined:
    """The context with what a formula declares, and that as declaration text."""

    context: Context
    text: str


NEVER_DEFINED = frozenset(f"\\mathbb{{{letter}}}" for letter in "EV") | frozenset(
    f"\\mathrm{{{word}}}" for word in ("E", "Var", "Cov", "KL", "V")
)
"""Operators whose values a text states, and does not define: ``\\mathbb{E}[z] = m``."""


def head_of(node: s.Node) -> s.Node | None:
    """The name that ``X = …`` or ``X(a) = …`` would define, or None.

    ``f(0) = 1`` says something of f and does not define it, nor does ``f'(x) = 2x``.
    """
    match node:
        case s.Name() | s.Script() | s.Word():
            return node
        case s.Juxt(parts=(head, s.Group(bracket="(" | "[") as group)) if isinstance(head, s.Name | s.Script | s.Word):
            primed = isinstance(head, s.Script) and head.primes
            operator = s.key(head.base if isinstance(head, s.Script) else head)
            if operator in NEVER_DEFINED and not _is_posterior(operator, head, group):
                return None
            return head if not primed and any(isinstance(part, s.Name) for part in s.walk(group)) else None
    return None


def _is_posterior(operator: str, head: s.Node, group: s.Group) -> bool:
    """Whether this is ``\\mathbb{P}[z = k | x]``, ``\\mathbb{E}[\\theta | x]`` or ``\\mathbb{E}_{Z | X}[…]``, which a
    text may define."""
    sub = head.sub if isinstance(head, s.Script) else None
    under = isinstance(sub, s.Group) and "|" in sub.seps
    return under or (operator in PROBABILITIES | NEVER_DEFINED and "|" in group.seps)


def logarithm_of(node: s.Node) -> tuple[str, s.Node] | None:
    """The sign and the call (or the name) in ``-\\log p(w | y)``: what is said of its logarithm defines it."""
    sign = ""
    if isinstance(node, s.Sum) and len(node.terms) == 1:
        sign, node = node.terms[0][0].replace("+", ""), node.terms[0][1]
    match node:
        case s.Juxt(parts=(s.Word(text="log" | "ln"), head, s.Group(bracket="(" | "[") as group)) if head_of(head):
            return sign, s.Juxt(head.start, group.stop, (head, group))
        case s.Juxt(parts=(s.Word(text="log" | "ln"), s.Name() | s.Script() as head)) if not _is_raised_name(head):
            return sign, head
    return None


def _is_raised_name(node: s.Node) -> bool:
    """``q^2``: of a power, the logarithm may be stated."""
    return isinstance(node, s.Script) and (node.sup is not None or node.primes > 0)


def is_undeclared(node: s.Node, context: Context) -> bool:
    """Whether nothing declares the name at the head of this side."""
    head = head_of(node)
    if head is None or _is_of_drawn(node, context):
        return False
    if isinstance(node, s.Juxt) and _names_a_function(s.key(head), node, context):
        return True
    try:
        node_readings(node, context)
    except (Undeclared, NoSuchForm) as problem:
        spelled = (s.key(head), _mark_first(head), _index_below(head))
        return any(plain(each).startswith(plain(problem.name)) for each in spelled if each) or is_marked(node, context)
    except WrongIndices as problem:
        return s.key(head) == problem.name or is_marked(node, context)
    except ReadError:
        return is_marked(node, context)
    return False


def _is_of_drawn(node: s.Node, context: Context) -> bool:
    """Whether a side is ``P(x = 0)`` or ``\\mathbb{E}[x | x > 0]`` of an x whose distribution has been told, or
    ``\\mathbb{E}[z | x]`` of two of which it has been: that is no definition."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() | s.Word() as head, s.Group(items=(first, *_) as items, seps=seps))):
            base = s.key(head.base if isinstance(head, s.Script) else head)
        case _:
            return False
    bar = seps.index("|") + 1 if "|" in seps else len(items)
    if base in EXPECTATIONS | _SPREADS and bar < len(items):
        told = [_is_any_told(side, context) for side in (items[:bar], items[bar:])]
        if all(told):
            return True
    if base in EXPECTATIONS:
        given = {s.key(part) for item in items[1:] for part in s.walk(item)} if "|" in seps else set()
        asked = [first] if s.key(first) in given else []
    else:
        probability = base in PROBABILITIES | {"p", "P"}
        asked = [item.first for item in items[:bar] if isinstance(item, s.Relation)] if probability else []
    drawn = option(context, "distributed")
    return any(s.key(each) in drawn for each in asked)


_SPREADS = frozenset({"\\mathrm{Var}", "\\mathrm{Cov}", "\\mathbb{V}"})


def _is_any_told(items: Sequence[s.Node], context: Context) -> bool:
    return any(_is_told(part, context) for item in items for part in _whole_names(item))


def _whole_names(node: s.Node) -> Iterator[s.Node]:
    """The names in a side, each with its scripts."""
    parts = list(s.walk(node))
    bases = {part.base for part in parts if isinstance(part, s.Script)}
    yield from (part for part in parts if isinstance(part, s.Script) or part not in bases)


def _is_told(node: s.Node, context: Context) -> bool:
    """Whether the text has told how a quantity, or a member of its family, is drawn or comes about."""
    if not isinstance(node, s.Name | s.Script):
        return False
    parts = parts_of(node)
    bases = {name for key in option(context, "distributed") if (name := _base(key))}
    known = {*option(context, "distributed"), *option(context, MODELS), *bases}
    if s.key(node) in known or parts is None:
        return s.key(node) in known
    member = all(s.key(item) in context.indices or s.key(item).isdigit() for item in items_of(parts[1]))
    return parts[2] is None and parts[0] in known and member  # y_* is none of the y that there are


def _base(key: str) -> str:
    """``z`` of ``z_n``."""
    parts = parts_of(parse(key))
    return parts[0] if parts is not None else ""


def _mark_first(node: s.Node) -> str:
    """``u_i^{+}`` as the name ``u^+_i``; nothing if it is not marked so."""
    parts = parts_of(node)
    mark = split_superscript(parts[2]).marked if parts is not None else ""
    return "" if parts is None or parts[1] is None or not mark else f"{parts[0]}^{mark}_{s.key(parts[1])}"


def _index_below(node: s.Node) -> str:
    """``o^{(t)}`` as the name ``o_t``; nothing if no index in brackets stands above it."""
    parts = parts_of(node)
    split = split_superscript(parts[2]) if parts is not None and parts[1] is None else None
    if parts is None or split is None or split.rest is not None or split.marked or not split.items:
        return ""
    return parts[0] + script("_", ",".join(map(s.key, split.items)))


def _names_a_function(head: str, node: s.Juxt, context: Context) -> bool:
    """``E(w) = …`` is no expectation, ``\\pi(x) = …`` no multiple of 3.14…, ``p(x) = …`` none of a size, ``I(λ) = …``
    none of the identity, and ``\\mathbb{E}[x] = …`` says what it is, where no distribution has been given."""
    group = node.parts[1]
    if head in context.functions or head in context.symbols or f"{head}{s.key(group)}" in context.symbols:
        return False
    if head == "E":
        return isinstance(group, s.Group) and group.bracket == "("
    if head == "\\pi" or (head in context.sizes and head in _DENSITIES):  # nobody writes 3.14…, or p, times x so
        return isinstance(group, s.Group) and group.bracket == "(" and all(isinstance(i, s.Name) for i in group.items)
    if re.fullmatch(r"I(?:_\w|_\{\w+\})?", head) and isinstance(group, s.Group) and len(group.items) == 1:
        decl = context.symbols.get(s.key(group.items[0]))
        return decl is not None and not decl.shape and not decl.family
    if head not in EXPECTATIONS or option(context, "random") or not isinstance(group, s.Group):
        return False
    if "|" in group.seps and is_readable(node, context):
        return False
    try:
        return all(bool(node_readings(item, context)) for item in group.items)
    except ReadError:
        return False


_DENSITIES = frozenset("pqf")
"""Letters of densities, also where one of them is a size."""


def primitive(node: s.Node, context: Context) -> Sym | None:
    """The quantity that this side names, if it is declared, defined by nothing, and written with its own indices."""
    if head_of(node) is None:
        return None
    try:
        readings = node_readings(node, context)
    except ReadError:
        return None
    term = readings[0].term
    if len(readings) != 1 or not isinstance(term, Sym):
        return None
    decl = context.symbols.get(term.name)
    names = [index.name for index in term.indices if isinstance(index, Index)]
    if decl is None or decl.definition is not None or decl.depends or len(set(names)) != len(decl.family):
        return None
    return term


def parameters(node: s.Node, context: Context) -> Context | None:
    """The context in which the arguments of ``\\mathcal{N}(x; \\mu, \\Sigma) = …``, written as bare names that nothing
    declares, are any values that they may take; None if there are none."""
    match node:
        case s.Juxt(parts=(s.Name(text=name), s.Group(bracket="(", items=(x, mean, spread)))):
            decl = context.functions.get(name)
            if not (decl.builtin == "gaussian" if decl is not None else name in NORMALS):
                return None
        case _:
            return None
    shape = _shape_of_name(x, context)
    squared = isinstance(spread, s.Script) and isinstance(spread.sup, s.Number) and spread.sup.text == "2"
    bare = spread.base if squared and isinstance(spread, s.Script) else spread
    if shape is None or len(shape) > 1 or (squared and shape):
        return None
    new: Context = context
    for item in (x, mean):
        if isinstance(item, s.Name) and _is_new(item, context):
            new = new.with_symbol(SymbolDecl(item.text, shape=shape))
    if isinstance(bare, s.Name) and _is_new(bare, context):
        words = frozenset({"symmetric", "posdef"}) if shape else frozenset({"positive"})
        new = new.with_symbol(SymbolDecl(bare.text, shape=shape * 2, properties=words))
    return None if new is context else new


def _shape_of_name(node: s.Node, context: Context) -> Shape | None:
    """The shape of a quantity; of a bare name, that of the family it is the name of; scalar if nothing is known."""
    try:
        return node_readings(node, context)[0].shape
    except ReadError:
        decl = context.symbols.get(s.key(node))
        return decl.shape if decl is not None else () if isinstance(node, s.Name) else None


def is_unknown_function(node: s.Node, context: Context) -> bool:
    """Whether this is a declared function of which nothing is known, written at its own parameters."""
    match node:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=items))):
            decl = context.functions.get(s.key(head))
            return (
                decl is not None
                and decl.body is None
                and decl.builtin is None
                and not decl.inverse
                and (tuple(s.key(item) for item in items) == decl.params or (not decl.params and len(items) == 1))
            )
    return False


def is_free(symbol: Sym, context: Context) -> bool:
    """Whether nothing but its shape is said of a quantity."""
    decl = context.symbols[symbol.name]
    if decl.properties - {"real"} or decl.values or decl.low is not None or decl.high is not None:
        return False
    return not any(mentions(fact.statement, symbol.name) for fact in context.facts)


def mentions(term: Term, name: str) -> bool:
    """Whether a quantity occurs in a term."""
    return any(isinstance(part, Sym) and part.name == name for part in subterms(term))


def define(
    names: Sequence[str],
    nodes: Sequence[s.Node],
    body: str,
    context: Context,
    kept: frozenset[str] = frozenset(),
    fixed: frozenset[str] = frozenset(),
) -> Defined:
    """The context in which each of ``names`` (LaTeX, first written first) is ``body``. Bare names among the ``kept``
    ones mean what they meant; the ``fixed`` ones do not move with the parameters of a function."""
    texts: list[str] = []
    for name, node in reversed(list(zip(names, nodes, strict=True))):
        context, text = _defined(name, node, body, context, kept, fixed)
        texts.append(text)
    return Defined(context, " ; ".join(reversed(texts)))


def _defined(
    name: str, node: s.Node, body: str, context: Context, kept: frozenset[str], fixed: frozenset[str]
) -> tuple[Context, str]:
    """``X := …``; a call with plain parameters becomes a function, and its bare name the value at the declared ones."""
    let = inverse_of(node, body, context)
    if let:
        return declare(let, context), let
    squared = squared_function(node, body, context)
    if squared and isinstance(node, s.Juxt) and isinstance(node.parts[1], s.Group):
        with_function, parameters = _with_parameters(declare(squared, context), node.parts[1], body)
        return with_function, "; ".join([*parameters, squared])
    let = f"let {name} := {body}"
    plain_name = isinstance(node, s.Script) and (node.sub is None or _is_label(node.sub, context))
    if plain_name and isinstance(node, s.Script) and isinstance(node.sup, s.Number) and not node.primes:
        return _square_defined(name, node, body, context)
    if not isinstance(node, s.Juxt) or not isinstance(node.parts[1], s.Group) or _indexed(node.parts[1], context):
        return declare(let, context), let
    if _gathers_family(node.parts[1], body, context):
        _refuse_undeclared(node.parts[1], body, context)
        return declare(let, context), let
    function = f"function {name} := {body}"
    try:
        declared = without_holding(declare(function, holding(context, fixed, map(s.key, node.parts[1].items))))
        with_function, parameters = _with_parameters(declared, node.parts[1], body)
        node_readings(node, with_function)
    except (DeclarationError, ReadError):
        _refuse_undeclared(node.parts[1], body, context)
        return declare(let, context), let
    function = "; ".join([*parameters, function])
    if not set(with_function.functions) - set(context.functions):
        return with_function, function
    bare = re.sub(r"\s*(?:\\left\s*|\\[bB]igg?l?\s*)?[(\[].*\Z", "", name, count=1, flags=re.DOTALL)
    try:
        if is_undeclared(head_of(node) or node, context):
            return declare(f"let {bare} := {name}", with_function), function
        key = s.key(node.parts[0])
        if key in kept or _is_form(key, with_function):
            return with_function, function
        with_bare = _with_bare(bare, name, node.parts[0], with_function)
        return with_bare, function if with_bare is with_function else f"{function} ; let {bare} := {name}"
    except DeclarationError:
        return with_function, function


def _is_label(sub: s.Node, context: Context) -> bool:
    """Whether a subscript only tells a name from others: a mark, a number, a size (``\\sigma_N^2``), a capital letter
    that is no index (``\\sigma_B^2``), or the name of a quantity (``\\sigma_x^2``)."""
    if s.key(sub) in BELOW_MARKS or (isinstance(sub, s.Number) and sub.text.isdigit()):
        return True
    if not isinstance(sub, s.Name) or sub.text in context.indices:
        return False
    capital = re.fullmatch(r"[A-Z]|\\mathcal\{[A-Z]\}", sub.text) is not None
    return capital or sub.text in context.sizes or sub.text in context.symbols


def _gathers_family(group: s.Group, body: str, context: Context) -> bool:
    """``J(\\theta) = \\sum_a \\pi_\\theta(a) r_a`` where the θ_a are declared: θ is all of them, and no number, as the
    body has no θ without an index but below names."""
    gathered = {item.text for item in group.items if isinstance(item, s.Name) and _is_family(item.text, context)}
    return bool(gathered) and gathered.isdisjoint({*_standing_alone(parse(body))} - _decorations(context))


def _decorations(context: Context) -> set[str]:
    """The families that are written in the calls of functions which are made of them: the β of ``p(x; \\beta)``."""
    forms = (form for known in option(context, "signatures").values() if isinstance(known, tuple) for form in known)
    slots = (slot for form in forms if isinstance(form, Signature) for slot in form.slots)
    return {slot.decoration for slot in slots if slot.decoration and _is_family(slot.decoration, context)}


def _is_family(name: str, context: Context) -> bool:
    decl = context.symbols.get(name)
    return decl is not None and bool(decl.family) and decl.definition is None


def _standing_alone(node: object) -> Iterator[str]:
    """Every name that a formula has without a subscript, but for those in subscripts, and for the probabilities on both
    sides of a divergence, ``D_{KL}(p \\| q)``."""
    if isinstance(node, tuple):
        for item in node:
            yield from _standing_alone(item)
    elif isinstance(node, s.Script) and node.sub is not None:
        yield from () if isinstance(node.base, s.Name) else _standing_alone(node.base)
        yield from _standing_alone(node.sup)
    elif isinstance(node, s.Group) and node.seps == ("||",):
        yield from _standing_alone(tuple(item for item in node.items if not isinstance(item, s.Name)))
    elif isinstance(node, s.Name):
        yield node.text
    elif isinstance(node, s.Node):
        for each in fields(node):
            yield from _standing_alone(getattr(node, each.name))


def _refuse_undeclared(group: s.Group, body: str, context: Context) -> None:
    """``L(\\pi, \\nu) = …`` with the family π declared and ν not: what ν is has to be known first."""
    try:
        node_readings(parse(body), context)
    except Undeclared as problem:
        if problem.name in [s.key(item) for item in group.items]:
            raise DeclarationError(problem.message) from problem
    except ReadError:
        return


def _is_form(name: str, context: Context) -> bool:
    """Whether a quantity is written with arguments somewhere: ``L(\\pi, \\lambda)`` may be the quantity L. What is
    written so beside it may also be a function of that name."""
    places = ("called",) if name in context.functions else ("called", "signatures")
    forms = [option(context, place).get(name) for place in places]
    return any(form.name == name for each in forms if isinstance(each, tuple) for form in each)


def _with_bare(bare: str, call: str, head: s.Node, context: Context) -> Context:
    """The context in which the bare name, where it was a defined quantity, is what its latest definition says."""
    old = context.symbols.get(s.key(head))
    if old is None or old.definition is None or old.family:
        return context
    term = node_readings(parse(call), context)[0].term
    if any(isinstance(part, Sym) and depends_on(context, part.name, old.name) for part in subterms(term)) or (
        isinstance(term, Apply) and _body_needs(term, old.name, context)
    ):
        return context
    symbols = {name: decl for name, decl in context.symbols.items() if name != old.name}
    return declare(f"let {bare} := {call}", replace(context, symbols=MappingProxyType(symbols)))


def _body_needs(call: Apply, name: str, context: Context) -> bool:
    """Whether a function is defined through a quantity."""
    decl = context.functions.get(call.name)
    if decl is None or decl.body is None:
        return True
    return any(isinstance(part, Sym) and depends_on(context, part.name, name) for part in subterms(decl.body))


def _square_defined(name: str, node: s.Script, body: str, context: Context) -> tuple[Context, str]:
    """``\\sigma^2 = …`` where nothing declares σ: σ² is one name, and σ its square root."""
    root = s.key(replace(node, sup=None)) if node.sub is not None else s.key(node.base)
    if s.key(node) in context.symbols or not isinstance(node.sup, s.Number) or node.sup.text != "2":
        return declare(f"let {name} := {body}", context), f"let {name} := {body}"
    text = f"name {name} ; let {name} := {body} ; let {root} := \\sqrt{{{name}}}"
    return declare(text.replace(" ; ", "\n"), context), text


def _with_parameters(context: Context, group: s.Group, body: str) -> tuple[Context, list[str]]:
    """Parameters that nothing declares are real numbers, as the function takes them to be."""
    texts: list[str] = []
    used = {param for function in context.functions.values() for param in function.params}
    for item in group.items:
        name = s.key(item)
        if name in used and isinstance(item, s.Name) and _is_new(item, context):
            texts.append(f"{name} \\in \\mathbb{{R}}")
            context = declare(texts[-1], context)
    return _with_support(context, [s.key(item) for item in group.items if isinstance(item, s.Name)], body), texts


def _with_support(context: Context, names: Sequence[str], body: str) -> Context:
    """``p(y | \\theta) = \\theta^y e^{-\\theta} / y!``: as a random quantity, y counts, up to the next density
    of a y."""
    before = option(context, "support")
    support = {name: value for name, value in before.items() if name not in names or value != "whole"}
    for name in names:
        if re.search(rf"(?<![A-Za-z\\_^]){re.escape(name)}\s*!", body):
            support[name] = "whole"
    return context if support == before else context.with_option("support", MappingProxyType(support))


def _indexed(group: s.Group, context: Context) -> bool:
    """Whether the arguments of a call carry an index, or fix the value of one that does: then they are no parameters.
    ``z = k`` beside bare names is a parameter as they are."""
    return any(
        isinstance(part, s.Name) and part.text in context.indices
        for item in group.items
        for part in s.walk(item.first if _names_value(item, context) else item)
    ) or any(isinstance(item, s.Relation) and not _names_value(item, context) for item in group.items)


def _names_value(item: s.Node, context: Context) -> TypeGuard[s.Relation]:
    """Whether an argument is ``z = k``, with a bare name that nothing declares and an index."""
    match item:
        case s.Relation(first=s.Name() as first, rest=(("=", s.Name(text=value)),)):
            try:
                node_readings(first, context)
            except ReadError:
                return value in context.indices
    return False


def bound(items: Sequence[s.Node], text: str, context: Context) -> Defined | None:
    """``x, y \\in \\mathbb{R}^d`` or ``\\pi_k > 0`` about names that nothing declares yet, as a declaration."""
    subjects: list[s.Node] = []
    waiting: list[s.Node] = []
    for item in items:
        if isinstance(item, s.Relation) and all(op in BOUNDS for op, _ in item.rest):
            subject = item.rest[0][1] if isinstance(item.first, s.Number) else item.first
            subjects += [*waiting, subject]
            waiting = []
        else:
            waiting.append(item)
    calls_new = [isinstance(subject, s.Juxt) and is_undeclared(subject, context) for subject in subjects]
    if waiting or not subjects or not any((*calls_new, *(_is_new(subject, context) for subject in subjects))):
        return None
    if any(_is_raised(subject, context) for subject in subjects):
        bounded = (op for item in items if isinstance(item, s.Relation) for op, _ in item.rest)
        if any(op != "in" for op in bounded):
            return None  # x^p > 0 may be said of a power
    calls = [subject for subject in subjects if isinstance(subject, s.Juxt) and head_of(subject) is not None]
    if calls:
        spaces = [item.rest[0][1] for item in items if isinstance(item, s.Relation) and item.rest[0][0] == "in"]
        alone = len(subjects) == 1 and is_undeclared(subjects[0], context)
        if not alone and (len(spaces) != 1 or not all(is_undeclared(subject, context) for subject in subjects)):
            return None
        each = [
            f"{'function ' if one in calls else ''}{s.key(one)} \\in {s.key(spaces[0])}" for one in subjects if spaces
        ]
        text = f"function {text}" if alone else " ; ".join(each)
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def _is_raised(node: s.Node, context: Context) -> bool:
    """Whether a letter that is no index stands above a name."""
    parts = parts_of(node)
    above = split_superscript(parts[2]).rest if parts is not None else None
    return isinstance(above, s.Name) and above.text not in context.indices


def probability(items: Sequence[s.Node], context: Context) -> Defined | None:
    """``\\phi_{jk} = p(x_j = 1 | y = k) \\in (0, 1)``: a parameter, and what it is the probability of."""
    call, name, space = of_probability(items)
    if call is None or name is None or s.key(call.parts[0]) not in ("p", "P", "\\Pr", "\\mathbb{P}"):
        return None
    number = s.key(name) == "\\pi" and "\\pi" not in context.symbols  # a probability is no 3.14…
    if not isinstance(name, s.Name | s.Script) or not (number or _is_new(name, context)):
        return None
    if space is None and is_readable(call, context):
        return None  # a probability that the text has given: the name is defined by it
    text = f"{s.key(name)} \\in {'(0, 1)' if space is None else s.key(space)}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError:
        return None


def of_probability(items: Sequence[s.Node]) -> tuple[s.Juxt | None, s.Node | None, s.Node | None]:
    """The probability, the parameter that it is, and the space of that: in either order, of an event ``x = 1``."""
    match items:
        case (s.Relation(first=first, rest=(("=", second), *more)),) if len(more) <= 1:
            space = more[0][1] if more and more[0][0] == "in" else None
            if more and space is None:
                return None, None, None
        case _:
            return None, None, None
    for call, name in ((first, second), (second, first)):
        match call:
            case s.Juxt(parts=(_, s.Group(bracket="(", items=(s.Relation(), *_)))):
                return call, name, space
    return None, None, None


def nonzero(items: Sequence[s.Node], context: Context) -> Defined | None:
    """``c \\ne 0`` about a name that nothing declares: a number."""
    match items:
        case (s.Relation(first=s.Name() as first, rest=(("!=", s.Number(text="0")),)),) if _is_new(first, context):
            text = f"{s.key(first)} \\in \\mathbb{{R}}"
            try:
                return Defined(declare(text, context), text)
            except DeclarationError:
                return None
    return None


def _is_new(node: s.Node, context: Context) -> bool:
    try:
        node_readings(node, context)
    except (Undeclared, WrongIndices):
        return True
    except WrongRange as problem:
        return _has_other_indices(node, problem.name, context)
    except ReadError:
        return False
    return False


def _has_other_indices(node: s.Node, name: str, context: Context) -> bool:
    """``x_v`` beside numbers ``x_{nv}`` of which no row counts so: something else of that letter."""
    parts = parts_of(node)
    decl = context.symbols.get(name)
    if parts is None or parts[0] != name or decl is None or decl.shape or decl.definition is not None:
        return False
    try:
        _, names, _ = target(context, node)
    except (ReadError, ValueError):
        return False
    return 0 < len(set(names)) == len(names) < len(decl.family)


_MARKED = (
    re.compile(r"\^\s*\{?\s*(?:\*|\\star|\\ast|\\dagger)\s*\}?"),
    re.compile(r"\^\s*\{\s*\\(?:text|mathrm|textrm|rm|mathit|textit)\s*\{?\s*[A-Za-z]+\s*\}?\s*\}"),
    re.compile(r"\^\s*\{\s*(?:new|opt|old|ML|MLE|MAP)\s*\}"),
    re.compile(r"\^\s*\{\s*\(?\s*t\s*\+\s*1\s*\)?\s*\}"),
    re.compile(r"_\s*\{\s*\\(?:text|mathrm|textrm|rm)\s*\{?\s*[A-Za-z]+\s*\}?\s*\}"),
    re.compile(r"_\s*\{\s*(?:ML|MLE|MAP|opt|new|OLS|LS)\s*\}"),
    re.compile(r"_\s*(?:\{\s*(?:\*|\\star|\\ast)\s*\}|\*|\\star(?![A-Za-z])|\\ast(?![A-Za-z]))"),
    re.compile(
        r"_\s*(?:\{\s*\\(?:lambda|alpha|eta|gamma|tau|rho|epsilon|delta)\s*\}|\\(?:lambda|alpha|eta|gamma|tau|rho|epsilon|delta)(?![A-Za-z]))"
    ),
    re.compile(r"_\s*\{\s*[a-z]{3,}\s*\}"),
)
_OF_PARAMETER = re.compile(r"_\s*\{?\s*\\(?:lambda|alpha|gamma|tau|eta|beta|nu|mu|rho)\s*\}?\s*\Z")
"""What a solution depends on, below its name: ``\\hat w_\\lambda``."""
_HATTED = re.compile(r"\\(?:hat|widehat|tilde|widetilde|bar)\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\?[A-Za-z]+))")


def unmarked(name: str) -> list[str]:
    """The names of which ``\\hat\\pi_k``, ``\\pi_k^*`` or ``\\pi_k^{(t+1)}`` may be the optimal value.

    >>> unmarked(r"\\hat{\\mu}_k"), unmarked(r"\\pi_k^{(t+1)}")
    (['\\\\mu_k'], ['\\\\pi_k'])
    """
    found: list[str] = []
    for mark in _MARKED:
        if mark.search(name):
            found.append(mark.sub("", name))
    found += [
        _HATTED.sub(lambda match: match.group(1) or match.group(2), each)
        for each in (name, *found)
        if _HATTED.search(each)
    ]
    found += [_OF_PARAMETER.sub("", each) for each in found if _OF_PARAMETER.search(each)]
    return found
