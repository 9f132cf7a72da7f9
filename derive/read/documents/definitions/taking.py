"""Names that a text takes for itself: one with a built-in meaning, one of an earlier section, one defined anew."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.dependencies import depends_on, direct, mentioned
from derive.language.extents import Range
from derive.language.terms import Apply, Const, Index, Op, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import head_of, is_undeclared
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.fitting import Typed
from derive.read.latex import lacks_a_name, node_readings
from derive.read.names import PARAMETER_BUNDLES, option, parts_of
from derive.read.targets import ranges_of, target

REDEFINING = re.compile(
    r"(?i)(?<![A-Za-z])(?:(?:let|given|suppose|define|consider)(?:\s+(?:now|that|us|instead|the|define|a))*|"
    r"instead\s+(?:take|choose|use|set)|"
    r"(?:again|another|new|this\s+time)[^.;:⟨]*\bLagrangian(?:\s+function)?(?:\s+(?:is|becomes|reads))?\s*:?)\s*\Z"
)
"""Words right before a formula that make it a definition even of a name that is defined already."""


@dataclass(frozen=True)
class Earlier:
    """What the sections before this one declare."""

    symbols: Mapping[str, SymbolDecl] = field(default_factory=dict)
    functions: Mapping[str, FunctionDecl] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)
    indices: Mapping[str, Range] = field(default_factory=dict)


def takes_over(node: s.Node, others: Sequence[s.Node], context: Context) -> bool:
    """Whether ``\\delta_{1,i} = …`` or ``e = …`` cannot speak of the Kronecker delta, of Euler's number: it defines."""
    if _calls_euler(node, context):
        return True
    if isinstance(node, s.Name) and _is_letter_of_family(node.text, context):
        return any(not typed.shape for each in others if (typed := _read(each, context)) is not None)
    if isinstance(node, s.Script) and _has_fewer_indices(node, context):
        return bool(others) and (typed := _read(others[0], context)) is not None and not typed.shape
    found = _read(node, context)
    if found is None and s.key(node) == "I" and "I" not in context.symbols:
        return any(not typed.shape for each in others if (typed := _read(each, context)) is not None)
    if found is None or found.shape or not isinstance(found.term, Const | Op) or head_of(node) is None:
        return False
    if isinstance(found.term, Op) and found.term.name != "delta":
        return False
    if isinstance(found.term, Op) and _over_different_ranges(found.term, context):
        return True
    other = next((typed for each in others if (typed := _read(each, context)) is not None), None)
    if other is None:  # e = \\partial L / \\partial o, before anything says what L is: made of names, so no 2.718
        return _is_euler(found.term) and any(lacks_a_name(each, context) for each in others)
    return bool(other.shape) or (_is_euler(found.term) and any(isinstance(part, Sym) for part in subterms(other.term)))


def _is_letter_of_family(name: str, context: Context) -> bool:
    """``\\eta`` beside numbers ``\\eta_k``, where nothing else is called so."""
    if name in context.sizes or f"{name}{{}}" in context.symbols:
        return False  # N = \sum_k N_k says what all the N_k add up to; and an N beside them may be known
    decl = context.symbols.get(name)
    other = name in option(context, "component") or name in option(context, "alias")
    return decl is not None and bool(decl.family) and not decl.shape and not other


def _has_fewer_indices(node: s.Script, context: Context) -> bool:
    """``S_c`` beside numbers ``S_{cv}``, with declared indices: what a number is said to be is no row of them."""
    parts = parts_of(node)
    if parts is None or not _is_letter_of_family(parts[0], context) or node.sup is not None or node.primes:
        return False
    try:
        name, names, _ = target(context, node)
    except (ReadError, ValueError):
        return False
    decl = context.symbols[parts[0]]
    row = _read(node, context)
    fewer = name == parts[0] and 0 < len(set(names)) == len(names) < len(decl.family)
    return fewer and row is not None and bool(row.shape)


def _over_different_ranges(delta: Op, context: Context) -> bool:
    """``\\delta_{nc}`` of an n and a c that count different things: these are never compared."""
    ranges = [context.indices.get(each.name) for each in delta.args if isinstance(each, Index)]
    return len(ranges) == 2 and None not in ranges and ranges[0] != ranges[1]


def _calls_euler(node: s.Node, context: Context) -> bool:
    """``e(w)``: nobody writes Euler's number times w so."""
    match node:
        case s.Juxt(parts=(s.Name(text="e") as head, s.Group(bracket="(", items=items))) if (
            "e" not in context.functions
        ):
            euler = _read(head, context)
            names = all(isinstance(item, s.Name | s.Script) for item in items)
            return names and euler is not None and _is_euler(euler.term)
    return False


def _is_euler(term: Term) -> bool:
    return isinstance(term, Const) and term.name == "e"


def _read(node: s.Node, context: Context) -> Typed | None:
    try:
        readings = node_readings(node, context)
    except ReadError:
        return None
    return readings[0] if len(readings) == 1 else None


def is_new(node: s.Node, context: Context, earlier: Earlier) -> bool:
    """Whether nothing declares the name at the head of this side, as it is written here; what an earlier section
    declares over other ranges does not count."""
    return (
        is_undeclared(node, context)
        or _is_bundled(node, context)
        or _counts_otherwise(node, context, earlier)
        or _was_a_size(node, context, earlier)
        or bool(of_earlier_section(node, context, earlier))
        or _is_other_form(node, context)
    )


def _is_other_form(node: s.Node, context: Context) -> bool:
    """``\\ell(\\Lambda)`` beside a function ``\\ell(\\mu)`` that takes nothing of the shape of Λ, where Λ stands for
    itself: another function, with the same letter."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() as head, s.Group(bracket="(", items=items))):
            pass
        case _:
            return False
    forms = option(context, "signatures").get(s.key(head))
    written = tuple(s.key(item) for item in items)
    if not isinstance(forms, tuple) or not all(isinstance(item, s.Name | s.Script) for item in items):
        return False
    if any(getattr(context.functions.get(form.name), "params", None) == written for form in forms):
        return False
    if any(context.functions[form.name].body is None for form in forms if form.name in context.functions):
        return False  # of a function that is not known yet this may be a claim
    try:
        node_readings(node, context)
    except ShapeRefusal:
        return all(not isinstance(item, s.Name) or item.text in context.symbols for item in items)
    except ReadError:
        return False
    return False


def _is_bundled(node: s.Node, context: Context) -> bool:
    """``L(\\theta)`` with a θ that nothing declares: no product, whatever L is."""
    if not isinstance(node, s.Juxt) or head_of(node) is None or _read(node, context) is not None:
        return False
    group = node.parts[1]
    return isinstance(group, s.Group) and all(
        s.key(item) in PARAMETER_BUNDLES and s.key(item) not in context.symbols for item in group.items
    )


def _was_a_size(node: s.Node, context: Context, earlier: Earlier) -> bool:
    """``p(z)`` where an earlier section has a size p, and z is a quantity: a function of z."""
    if not isinstance(node, s.Juxt) or head_of(node) is None:
        return False
    group, name = node.parts[1], s.key(node.parts[0])
    if name not in earlier.sizes or name in context.functions or name in context.symbols:
        return False
    return isinstance(group, s.Group) and all(s.key(item) in context.symbols for item in group.items)


def _counts_otherwise(node: s.Node, context: Context, earlier: Earlier) -> bool:
    if not isinstance(node, s.Script):
        return False
    try:
        name, names, _ = target(context, node)
    except (ReadError, ValueError):
        return False
    old = context.symbols.get(name)
    if old is None or earlier.symbols.get(name) is not old or not names or len(set(names)) != len(names):
        return False
    return old.family != ranges_of(context, names) and _read(node, context) is None


def vector_of_earlier_section(node: s.Node, context: Context, earlier: Earlier) -> frozenset[str]:
    """The vector o of an earlier section of which ``o_m``, with an m that does not count its entries, is none."""
    if not isinstance(node, s.Script) or not _counts_otherwise(node, context, earlier):
        return frozenset()
    name, _, _ = target(context, node)
    return frozenset({name}) if context.symbols[name].shape and not context.symbols[name].family else frozenset()


def of_earlier_section(node: s.Node, context: Context, earlier: Earlier) -> frozenset[str]:
    """The functions of earlier sections that have this name, if what is written here is no call of them."""
    if head_of(node) is None or _can_be_read(node, context):
        return frozenset()
    names = forms_of(node, context)
    kept = (context.functions.get(name, context.symbols.get(name)) for name in names)
    old = [earlier.functions.get(name, earlier.symbols.get(name)) for name in names]
    return names if names and all(a is b and a is not None for a, b in zip(kept, old, strict=True)) else frozenset()


def forms_of(node: s.Node, context: Context) -> frozenset[str]:
    """All that is written with the name at the head of this side: ``L(\\theta)``, ``L(\\pi; \\lambda)``."""
    head = head_of(node)
    key = s.key(head) if head is not None else ""
    forms = [option(context, place).get(key) for place in ("signatures", "called")]
    return frozenset(form.name for each in forms if isinstance(each, tuple) for form in each)


def _can_be_read(node: s.Node, context: Context) -> bool:
    try:
        node_readings(node, context)
    except ReadError:
        return False
    return True


def redefined(node: s.Node, others: Sequence[s.Node], context: Context) -> str:
    """The defined quantity that this side names, with its own indices, or the function that it calls at its own
    parameters, if the other sides do not depend on it."""
    called = _called_function(node, context)
    if called is not None and called.body is not None:
        bodies = [typed.term for other in others if (typed := _read(other, context)) is not None]
        uses = any(isinstance(part, Apply) and part.name == called.name for body in bodies for part in subterms(body))
        return called.name if bodies and bodies[0] != called.body and not uses else ""
    found = _read(node, context)
    if found is None or head_of(node) is None or not isinstance(found.term, Sym):
        return ""
    decl = context.symbols.get(found.term.name)
    names = {index.name for index in found.term.indices if isinstance(index, Index)}
    if decl is None or decl.definition is None or len(names) != len(decl.family):
        return ""
    for other in others:
        typed = _read(other, context)
        if typed is not None and _reaches(typed.term, decl.name, context):
            return ""
    first = _read(others[0], context) if others else None
    return decl.name if first is not None and first.term != decl.definition.body else ""


def of_other_things(node: s.Node, others: Sequence[s.Node], context: Context, earlier: Earlier) -> str:
    """The quantity of an earlier section that this side names, if that one and the other sides are made of different
    things, each of some that the other is not: then they are no equation about it, but define it anew."""
    called = _called_function(node, context)
    if called is not None and earlier.functions.get(called.name) is called and called.body is not None:
        return called.name if _are_other_things(called.body, others, context) else ""
    name = redefined(node, others, context)
    if name not in context.symbols or earlier.symbols.get(name) is not context.symbols[name]:
        return ""
    return name if _are_other_things(Sym(name), others, context) else ""


def of_an_example(node: s.Node, others: Sequence[s.Node], context: Context, earlier: Earlier) -> str:
    """The function of an earlier section that this side calls, ``A(\\eta)``, if that one is made of functions of which
    nothing is known, ``\\log \\int h(x) e^{\\eta T(x)} dx``, and the other side of none, but of what it is a function
    of: what it is for an example of these."""
    called = _called_function(node, context)
    if called is None or called.body is None or earlier.functions.get(called.name) is not called or not others:
        return ""
    typed = _read(others[0], context)
    if typed is None or not {*called.params} <= {part.name for part in subterms(typed.term) if isinstance(part, Sym)}:
        return ""
    return called.name if _unknown_in(called.body, context) and not _unknown_in(typed.term, context) else ""


def _unknown_in(term: Term, context: Context) -> bool:
    """Whether a term is made of functions of which nothing is known, not even that they are densities."""
    for part in subterms(term):
        decl = context.functions.get(part.name) if isinstance(part, Apply) else None
        if decl is not None and decl.body is None and decl.builtin is None and "density" not in decl.properties:
            return True
    return False


def _called_function(node: s.Node, context: Context) -> FunctionDecl | None:
    """The function that a side calls at its own parameters, and nothing more."""
    found = _read(node, context)
    if found is None or head_of(node) is None or not isinstance(found.term, Apply):
        return None
    decl = context.functions.get(found.term.name)
    if decl is None:
        return None
    arguments = zip(found.term.args, decl.params, strict=False)
    return decl if all(isinstance(part, Sym) and part.name == name for part, name in arguments) else None


def _are_other_things(old: Term, others: Sequence[s.Node], context: Context) -> bool:
    """Whether a quantity and the first of the other sides that can be read are each made of something that the other
    is not made of."""
    before = _made_of(old, context)
    for other in others:
        typed = _read(other, context)
        if typed is not None:
            now = _made_of(typed.term, context)
            return bool(before - now and now - before)
    return False


def _made_of(term: Term, context: Context) -> frozenset[str]:
    """The quantities that nothing defines which a term is made of in the end."""
    found: set[str] = set()
    seen: set[str] = set()
    stack = list(mentioned(context, term))
    while stack:
        name = stack.pop()
        below = () if name in seen else direct(context, name)
        if name in context.symbols and context.symbols[name].definition is None:
            found.add(name)
        seen.add(name)
        stack.extend(below)
    return frozenset(found)


def _reaches(term: Term, name: str, context: Context) -> bool:
    return any(isinstance(part, Sym) and depends_on(context, part.name, name) for part in subterms(term))


_FOR_ALL = re.compile(
    r"\\forall\s*(?P<open>\()?(?P<names>[^()]*?)(?(open)\))\s*\\in\s*\\mathbb\s*\{?R\}?\s*(?:\^\s*\{?(?P<power>\w+)\}?)?"
    r"\s*(?P<without>\\setminus\s*(?:\\\{)?\s*(?:\((?:0\s*,\s*)*0\)|0|\\(?:mathbf|boldsymbol)\s*\{?0\}?)\s*(?:\\\})?)?"
)


def for_all(text: str, context: Context) -> tuple[str, ...] | None:
    """``\\forall (a, b) \\in \\mathbb{R}^2 \\setminus (0, 0)`` as declarations, if the names are new.

    >>> for_all(r"\\forall (a, b) \\in \\mathbb{R}^2 \\setminus (0, 0)", Context())
    ('a, b \\\\in \\\\mathbb{R}', 'assume a^{2} + b^{2} > 0')
    """
    found = _FOR_ALL.fullmatch(text)
    if found is None or not found["open"]:
        return None
    names = [name.strip() for name in found["names"].split(",")]
    if found["power"] != str(len(names)) or not all(_NEW.fullmatch(name) for name in names):
        return None
    if any(name in place for name in names for place in (context.symbols, context.indices, context.sizes)):
        return None
    squares = " + ".join(f"{name}^{{2}}" for name in names)
    texts = (f"{', '.join(names)} \\in \\mathbb{{R}}",)
    return (*texts, f"assume {squares} > 0") if found["without"] else texts


_NEW = re.compile(r"[A-Za-z]|\\[A-Za-z]+")
