"""A parameter of a function that is being defined is a name of its own: ``f(x) = (x - 2)^2``, whatever x was before."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, is_undeclared, primitive
from derive.read.documents.definitions.forgetting import letters_in, without_names
from derive.read.documents.definitions.taking import forms_of
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError, ShapeRefusal, WrongIndices
from derive.read.latex import node_readings
from derive.read.notation import NORMALS, is_transpose
from derive.read.targets import add_option


def misfits(head: s.Node, body: s.Node, context: Context) -> tuple[str, ...]:
    """The parameters of ``head`` whose shapes of before are why ``body`` has none, and with which as numbers it is a
    number; nothing if it is not so."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(" | "[", items=items))):
            pass
        case _:
            return ()
    names = tuple(
        item.text for item in items if isinstance(item, s.Name) and _has_shape(context.symbols.get(item.text))
    )
    if not names or not _is_refused(body, context):
        return ()
    try:
        numbers = all(not typed.shape for typed in node_readings(body, as_numbers(names, context)))
    except ReadError:
        return ()
    return names if numbers else ()


def transposed(head: s.Node, body: s.Node, context: Context) -> str:
    """A parameter that nothing declares and that ``body`` transposes, so that it is no number: ``f(x) = x^T A x``, or
    ``(x - m)^T A (x - m)``."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(" | "[", items=items))):
            pass
        case _:
            return ""
    places = (context.symbols, context.functions, context.sizes, context.indices)
    names = {item.text for item in items if isinstance(item, s.Name) and not any(item.text in each for each in places)}
    for part in s.walk(body):
        match part:
            case s.Script(base=s.Name(text=text), sub=None, sup=s.Node() as sup) if text in names:
                if is_transpose(sup, context):
                    return text
            case s.Script(base=s.Group(bracket="(", items=(inside,)), sub=None, sup=s.Node() as sup):
                here = [each.text for each in _terms(inside) if isinstance(each, s.Name) and each.text in names]
                if here and is_transpose(sup, context):
                    return here[0]
            case s.Juxt(parts=parts):
                between = [_between(*three, names, context) for three in zip(parts, parts[1:], parts[2:], strict=False)]
                if any(between):
                    return next(filter(None, between))
    return ""


def _between(left: s.Node, middle: s.Node, right: s.Node, names: Collection[str], context: Context) -> str:
    """The matrix of ``v^T M v`` and ``v^T M^{-1} v``, a capital among these names."""
    if not isinstance(left, s.Script) or left.sup is None or not is_transpose(left.sup, context):
        return ""
    inverse = isinstance(middle, s.Script) and middle.sub is None and middle.sup is not None
    base = middle.base if isinstance(middle, s.Script) and inverse and s.key(middle.sup or middle) == "-1" else middle
    capital = isinstance(base, s.Name) and base.text in names and re.fullmatch(r"\\?[A-Z][a-z]*", base.text)
    return base.text if capital and isinstance(base, s.Name) and isinstance(right, s.Name | s.Group | s.Script) else ""


def _terms(node: s.Node) -> Sequence[s.Node]:
    """The terms of a sum, or the one thing that it is."""
    return [term for _, term in node.terms] if isinstance(node, s.Sum) else [node]


def members(head: s.Node, body: s.Node, context: Context) -> Defined | None:
    """``D(\\lambda) = y \\log \\lambda - \\lambda`` beside the numbers λ_i: λ is another number, if the body can be
    read with that and not with the vector of them all."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items))):
            names = [item.text for item in items if isinstance(item, s.Name)]
        case _:
            return None
    families = [name for name in names if (decl := context.symbols.get(name)) is not None and decl.family]
    indexed = {part.base.text for part in s.walk(body) if isinstance(part, s.Script) and part.sub is not None
               and isinstance(part.base, s.Name)}  # fmt: skip
    if not families or indexed & {*families} or not _is_refused(body, context):
        return None
    done = context
    for name in families:
        found = one_more(name, "\\in \\mathbb{R}", done)
        if found is None:
            return None
        done = found
    try:
        numbers = all(not typed.shape for typed in node_readings(body, done))
    except ReadError:
        return None
    return Defined(done, " ; ".join(f"{name} \\in \\mathbb{{R}}" for name in families)) if numbers else None


def one_more(name: str, space: str, context: Context) -> Context | None:
    """The context in which the bare letter of a family of numbers is one number more, beside its members."""
    decl = context.symbols.get(name)
    if decl is None or not decl.family or decl.shape:
        return None
    whole = context.options.get("whole")
    if isinstance(whole, tuple) and name in whole:
        context = context.with_option("whole", tuple(each for each in whole if each != name))
    try:
        done = declare(f"{name} \\in \\mathbb{{R}}", context)
        return declare(f"{name} {space}", done) if space != "\\in \\mathbb{R}" else done
    except DeclarationError:
        return None


def is_call(head: s.Node, body: s.Node, context: Context) -> bool:
    """Whether ``p_k(\\tau) = …``, after words that define, cannot be the product of a defined number and of another
    one: it has that other one as its parameter, of which the number itself is not made."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script() as name, s.Group(bracket="(", items=(s.Name(text=parameter),)))):
            pass
        case _:
            return False
    decl = context.symbols.get(parameter)
    if decl is None or decl.shape or decl.family or decl.definition is not None:
        return False
    try:
        (old,), (new,) = node_readings(name, context), node_readings(body, context)
    except (ReadError, ValueError):
        return False
    if not isinstance(old.term, Sym) or old.shape or old.term.name not in context.symbols:
        return False
    defined = context.symbols[old.term.name].definition is not None
    made_of = parameter in letters_in(new.term) and not depends_on(context, old.term.name, parameter)
    return defined and made_of


def said_later(head: s.Node, body: s.Node, texts: Sequence[str], context: Context) -> Defined | None:
    """``f(w) = a^T w, $w \\in \\mathbb{R}^d$``: a parameter that nothing declares is of the space which a later formula
    (as tokens with spaces) gives it, if the body can then be read."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items))):
            pass
        case _:
            return None
    said: list[str] = []
    for name in (s.key(item) for item in items if isinstance(item, s.Name)):
        known = any(name in place for place in (context.symbols, context.functions, context.sizes, context.indices))
        spaces = dict.fromkeys(space for text in texts if (space := _space_in(text, name)))
        said += [f"{name} \\in {space}" for space in spaces] if not known and len(spaces) == 1 else []
    try:
        done = declare(" ; ".join(said), context) if said else context
        node_readings(body, done)
    except (DeclarationError, ReadError):
        return None
    return Defined(done, " ; ".join(said)) if said else None


def of_mean(head: s.Node, body: s.Node, context: Context) -> Defined | None:
    """``q(z) = \\mathcal{N}(z | m, S)``: a point that nothing declares is of the space of the mean, if that is no
    number and the body can then be read."""
    match head:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items))):
            names = {s.key(item) for item in items if isinstance(item, s.Name)}
        case _:
            return None
    for part in s.walk(body):
        match part:
            case s.Juxt(parts=(s.Name(text=text), s.Group(items=(point, mean, _)))) if text in NORMALS:
                name = s.key(point)
            case _:
                continue
        if name not in names or not is_undeclared(point, context):
            continue
        try:
            shapes = {typed.shape for typed in node_readings(mean, context)}
            if len(shapes) != 1 or shapes == {()}:
                return None
            sizes = " \\times ".join(map(str, shapes.pop()))
            text = f"{name} \\in \\mathbb{{R}}^{{{sizes}}}"
            done = declare(text, context)
            node_readings(body, done)
        except (DeclarationError, ReadError):
            return None
        return Defined(done, text)
    return None


def is_said_later(name: str, texts: Sequence[str]) -> bool:
    """Whether a later formula gives a name a space; one that could not be taken does not fit."""
    return any(_space_in(text, name) for text in texts)


_SPACE = re.compile(r"(?P<names>[^=<>]+?) \\in (?P<space>\\mathbb (?:\{ R \}|R) \^ (?:\{[^{}]*\}|\S+))")


def _space_in(text: str, name: str) -> str:
    """The space of vectors or matrices that a formula which only gives spaces gives a name."""
    found = _SPACE.fullmatch(text.strip(" .,;"))
    names = found["names"].split(" , ") if found is not None else []
    return found["space"] if found is not None and spaced(name) in names else ""


def of_new(node: s.Node, body: s.Node, context: Context) -> str:
    """``x`` of ``x(t) = x + t v``, where x is a quantity, and t has not been met but as what functions are functions
    of: no product of x, whose meaning this leaves alone. Nothing where t is something already."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() as head, s.Group(bracket="(", items=(s.Name(text=name) as item,)))):
            pass
        case _:
            return ""
    met = (context.symbols, context.functions, context.sizes, context.indices)
    new = not any(name in place for place in met) and is_undeclared(item, context)
    if not (new or _is_parameter(name, context) or _stands_apart(head, name, body, context)):
        return ""
    if forms_of(node, context):
        return ""
    try:
        (old,), readings = node_readings(head, context), node_readings(body, as_numbers((name,), context))
    except (ReadError, ValueError):
        return ""
    if not isinstance(old.term, Sym) or old.term.name not in context.symbols or old.term.name in context.functions:
        return ""
    if depends_on(context, old.term.name, name):
        return ""
    return s.key(head) if all(name in letters_in(new.term) for new in readings) else ""


def _stands_apart(head: s.Node, name: str, body: s.Node, context: Context) -> bool:
    """Whether ``q_i(T) = e^{a_i/T} / …`` cannot be the product of a quantity q_i that nothing defines and a number T:
    nothing relates the two, and the other side is not made of q."""
    decl, found = context.symbols.get(name), primitive(head, context)
    if decl is None or found is None or decl.shape or decl.family or decl.definition is not None or decl.depends:
        return False
    try:
        terms = [typed.term for typed in node_readings(body, context)]
    except (ReadError, ValueError):
        return False
    about = [letters_in(fact.statement) for fact in context.facts]
    if any({name, found.name} <= {*letters} for letters in about):
        return False
    return not any(depends_on(context, other, found.name) for term in terms for other in letters_in(term))


def _is_parameter(name: str, context: Context) -> bool:
    """Whether a name is that of a number of which no more is known, and functions of it have been defined."""
    return context.symbols.get(name) == SymbolDecl(name) and any(
        name in function.params and function.body is not None for function in context.functions.values()
    )


def beside(node: s.Node, context: Context) -> Context:
    """The context in which the function that this call has just defined stands beside a quantity of the same name, if
    it does: ``p_k(1 - p_j)`` is then a product."""
    if not isinstance(node, s.Juxt):
        return context
    try:
        (call,), (alone,) = node_readings(node, context), node_readings(node.parts[0], context)
    except (ReadError, ValueError):
        return context
    decl = context.symbols.get(alone.term.name) if isinstance(alone.term, Sym) else None
    if decl is None or not isinstance(call.term, Apply):
        return context
    value = decl.definition.body if decl.definition is not None else decl
    if isinstance(value, Apply) and value.name == call.term.name:
        return context
    return add_option(context, "beside", (call.term.name,))


def _has_shape(decl: SymbolDecl | None) -> bool:
    return decl is not None and bool(decl.shape or decl.family) and decl.definition is None


def _is_refused(body: s.Node, context: Context) -> bool:
    try:
        node_readings(body, context)
    except (ShapeRefusal, WrongIndices):
        return True
    except ReadError:
        return False
    return False


def as_numbers(names: tuple[str, ...], context: Context) -> Context:
    """The context in which these names are numbers of which nothing is known; what was made of them is as it was."""
    for name in names:
        context = context.with_symbol(SymbolDecl(name))
    return context


def anew(names: tuple[str, ...], context: Context) -> Context:
    """The context in which these names are numbers, and nothing is left of what they were."""
    return as_numbers(names, without_names(context, frozenset(names)))


def given_back(names: tuple[str, ...], done: Context, before: Context) -> Context:
    """The context with a function that was defined while its parameters were numbers, in which they are again what
    they were ``before``."""
    symbols = {**done.symbols, **{name: before.symbols[name] for name in names}}
    return replace(done, symbols=MappingProxyType(symbols))


__all__ = [
    "anew",
    "as_numbers",
    "beside",
    "given_back",
    "is_call",
    "is_said_later",
    "members",
    "misfits",
    "of_new",
    "one_more",
    "said_later",
]
