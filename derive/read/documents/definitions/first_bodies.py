r"""``p(x) = e^{-x^2/2} / \sqrt{2\pi}`` of a function that its author has declared and no more: that is what it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.dependencies import mentioned
from derive.language.terms import Apply, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.captured import at_arguments
from derive.read.documents.definitions.defining import Defined, define
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.text.spelling import spaced
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import option


def unknown_function(node: s.Node, context: Context) -> str:
    """The function, declared and no more, that a side calls with bare names alone; nothing if it is not one."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items))):
            if not items or not all(isinstance(item, s.Name) for item in items):
                return ""
        case _:
            return ""
    try:
        readings = node_readings(node, context)
    except ReadError:
        return ""
    match [typed.term for typed in readings]:
        case [Apply(name=name, args=args, indices=())] if all(isinstance(arg, Sym) and not arg.indices for arg in args):
            decl = context.functions.get(name)
        case _:
            return ""
    if decl is None or decl.body is not None or decl.inverse or decl.family:
        return ""
    return "" if "bijective" in decl.properties or _is_used(name, context) else name


def _is_used(name: str, context: Context) -> bool:
    """Whether something is defined, or assumed, by means of a function."""
    bodies: list[Term] = [decl.definition.body for decl in context.symbols.values() if decl.definition is not None]
    bodies += [decl.body for decl in context.functions.values() if decl.body is not None]
    bodies += [fact.statement for fact in context.facts]
    return any(isinstance(part, Apply) and part.name == name for body in bodies for part in subterms(body))


def is_spelled(node: s.Node, formulas: Iterable[str], context: Context) -> bool:
    """Whether formulas have the name at the head of a call; where it heads calls of several forms, this one."""
    head = node.parts[0] if isinstance(node, s.Juxt) else node
    base = head.base if isinstance(head, s.Script) else head
    forms = option(context, "signatures").get(s.key(head))
    several = isinstance(forms, tuple) and len(forms) > 1
    written = re.compile(rf"(?<!\S){re.escape(spaced(s.key(node if several else base)))}(?!\S)")
    return any(written.search(spaced(text)) for text in formulas)


def defined(name: str, node: s.Node, texts: tuple[str, str], context: Context) -> Defined | None:
    """The context in which the function is what is written; None if that cannot be told, or has it itself."""
    bare = without_names(context, frozenset({name}))
    old = context.functions[name]
    try:
        done = define(texts[:1], [node], texts[1], bare)
        new = next(decl for key, decl in done.context.functions.items() if bare.functions.get(key) is not decl)
        params = old.params or new.params  # a function that has been declared without arguments has these
        if new.body is None or len(new.params) != len(params) or (old.shape and old.shape != new.shape):
            return None
        made_of = {*mentioned(done.context, new.body)}
        if made_of & {*params} - {*new.params}:
            return None  # g(x) = x u of a declared g(u): this u is another one
        values = {param: Sym(other) for param, other in zip(new.params, params, strict=True)}
        body = at_arguments(new.body, values, name)
    except (DeclarationError, ReadError, StopIteration):
        return None
    known = replace(
        old, params=params, body=body, shape=new.shape, param_shapes=new.param_shapes, properties=frozenset()
    )
    functions = MappingProxyType({**context.functions, name: known})
    return Defined(replace(context, functions=functions), f"function {texts[0]} := {texts[1]}")


__all__ = ["defined", "is_spelled", "unknown_function"]
