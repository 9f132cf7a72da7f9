"""Functionals: ``V(D^*)`` where ``V(D) := \\int p(x) \\log D(x) dx`` is declared of the function D."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, Sym, Term, bound_names, rebuild, subterms
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.names import Signature

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def at_functions(r: Resolver, signatures: tuple[Signature, ...], group: s.Group, node: s.Node) -> Typed | None:
    """The value of a functional at other functions than it is declared of; None if it is not declared of any.

    The functions put in take as many arguments; of anything else the value is not guessed.
    """
    if len(signatures) != 1 or len(signatures[0].slots) != len(group.items) or group.seps != signatures[0].seps:
        return None
    context, signature = r.context, signatures[0]
    own = [slot.decoration for slot in signature.slots]
    given = [s.key(item) for item in group.items]
    changed = {old: new for old, new in zip(own, given, strict=True) if old != new}
    if not changed or not any(name in context.functions for name in changed):
        return None
    decl = context.symbols.get(signature.name)
    if decl is None or decl.definition is None or decl.family:
        return None
    for old, new in changed.items():
        if not _is_alike(old, new, context) and not _takes_alike(decl.definition.body, old, new, context):
            message = f"expected a function like {old} in {signature.name}({', '.join(own)}), found {new}"
            raise ReadError(message, node.span, f"declare “function {new}(…)”")
    body = decl.definition.body
    if _reaches(body, changed, context) or _captures(body, changed.values(), context):
        named = ", ".join(changed)
        raise ReadError(f"expected {signature.name} to be made of {named} directly", node.span, "write it out")
    return Typed(_with_functions(body, changed), decl.shape)


def _is_alike(old: str, new: str, context: Context) -> bool:
    one, other = context.functions.get(old), context.functions.get(new)
    if one is None or other is None or one.family != other.family:
        return False
    return (len(one.params), one.param_shapes, one.shape) == (len(other.params), other.param_shapes, other.shape)


def _takes_alike(body: Term, old: str, new: str, context: Context) -> bool:
    """Whether a function of which only the name is known is one of as many numbers, wherever the body has it, as the
    other one takes."""
    one, other = context.functions.get(old), context.functions.get(new)
    if one is None or other is None or one.params or one.body is not None or one.builtin is not None or one.family:
        return False
    taken = [part.args for part in subterms(body) if isinstance(part, Apply) and part.name == old]
    numbers = other.shape == () and not other.family and all(shape == () for shape in other.param_shapes)
    return numbers and all(
        len(args) == len(other.params) and all(_is_number(each, context) for each in args) for args in taken
    )


def _is_number(argument: Term, context: Context) -> bool:
    decl = context.symbols.get(argument.name) if isinstance(argument, Sym) else None
    return isinstance(argument, Sym) and (decl is None or not decl.shape)


def _captures(body: Term, functions: Iterable[str], context: Context) -> bool:
    """Whether the body binds a name that one of these functions is made of, beside its arguments."""
    bound = {name for part in subterms(body) for name in bound_names(part)}
    for name in functions:
        decl = context.functions[name]
        inside = mentioned(context, decl.body) if decl.body is not None else ()
        if any(depends_on(context, each, other) for each in inside if each not in decl.params for other in bound):
            return True
    return False


def _reaches(body: Term, changed: Mapping[str, str], context: Context) -> bool:
    """Whether what the body mentions is itself made of one of the functions: then changing the body is not enough."""
    seen: set[str] = set()
    stack = [part for part in subterms(body) if isinstance(part, Sym | Apply) and part.name not in changed]
    while stack:
        part = stack.pop()
        if isinstance(part, Apply) and part.name in changed:
            return True
        if part.name not in seen:
            seen.add(part.name)
            inside = [each for whole in _made_of(part, context) for each in subterms(whole)]
            stack += [each for each in inside if isinstance(each, Sym | Apply)]
    return False


def _made_of(part: Sym | Apply, context: Context) -> tuple[Term, ...]:
    """What a quantity, or a function, is defined by or depends on."""
    if isinstance(part, Apply):
        function = context.functions.get(part.name)
        return (function.body,) if function is not None and function.body is not None else ()
    decl = context.symbols.get(part.name)
    if decl is None:
        return ()
    return (*((decl.definition.body,) if decl.definition is not None else ()), *(decl.depends or ()))


def _with_functions(term: Term, changed: Mapping[str, str]) -> Term:
    """A term with other functions in the place of some."""
    new = rebuild(term, lambda part: _with_functions(part, changed))
    return replace(new, name=changed[new.name]) if isinstance(new, Apply) and new.name in changed else new
