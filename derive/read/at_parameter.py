r"""``g'(u)`` and ``\nabla h(u)`` where g or h is itself made of u: the derivative in the parameter, at u."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, At, Entry, Sym
from derive.read import calculus
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import Typed
from derive.read.notation import place_of
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def at_parameter(r: Resolver, name: str, arg: Typed, order: int, node: s.Node) -> Typed | None:
    """The derivative of a declared function of one argument where the argument stands in its body, too; None where it
    does not: then the derivative in the argument is the same."""
    decl = r.context.functions.get(name)
    variable = arg.term.base if isinstance(arg.term, Entry) else arg.term
    if decl is None or decl.body is None or len(decl.params) != 1 or not isinstance(variable, Sym):
        return None
    (param,) = decl.params
    made_of = [each for each in mentioned(r.context, decl.body) if each != param]
    if variable.name == param or not any(depends_on(r.context, each, variable.name) for each in made_of):
        return None
    known, shape = r.context.symbols.get(param), r.fitting.settle(arg.shape)
    if known is None or known.definition is not None or known.family or known.shape != shape or decl.shape:
        hint = f"declare {param}, so that the derivative can be taken in {param} first"
        raise ReadError(f"{name} is made of {variable.name} elsewhere, too", place_of(node), hint)
    with r.binding({param: shape}):
        value = Typed(Apply(name, (Sym(param),), span=place_of(node)), ())
        slope = calculus.differentiated(r, value, (parse(param),) * order, node)
    return Typed(At(slope.term, Sym(param), arg.term, span=place_of(node)), slope.shape)


def gradient_inside(
    r: Resolver, sub: s.Node | None, sup: s.Node | None, parts: tuple[s.Node, ...], at: int
) -> Typed | None:
    """``\\nabla h(u)`` and ``\\nabla^2 h(u)`` where h is made of u elsewhere, too."""
    argument = calculus.only_argument(r, parts, at + 1) if sub is None else None
    if argument is None:
        return None
    order = 2 if isinstance(sup, s.Number) and sup.text == "2" else 1
    return at_parameter(r, s.key(parts[at + 1]), r.expression(argument), order, parts[at])


__all__ = ["at_parameter", "gradient_inside"]
