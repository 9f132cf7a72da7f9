r"""``g'(u)`` and ``\nabla h(u)`` where g or h is itself made of u, ``\nabla h(0)``: the derivative in the parameter, at
what stands there."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from derive.language.context import FunctionDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Shape
from derive.language.terms import Apply, At, Entry, Num, Sym
from derive.read import calculus
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.fitting import Typed, zeros
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
    if not _may_vary(r, decl, r.fitting.settle(arg.shape)):
        hint = f"declare {param}, so that the derivative can be taken in {param} first"
        raise ReadError(f"{name} is made of {variable.name} elsewhere, too", place_of(node), hint)
    return _at(r, decl, arg, order, node)


def _may_vary(r: Resolver, decl: FunctionDecl, shape: Shape) -> bool:
    """Whether the one parameter of a function names a quantity of this shape that nothing defines."""
    known = r.context.symbols.get(decl.params[0])
    plain = known is not None and known.definition is None and not known.family
    return plain and known is not None and known.shape == shape and not decl.shape


def _at(r: Resolver, decl: FunctionDecl, arg: Typed, order: int, node: s.Node) -> Typed:
    """The derivative of a function in its parameter, at a value."""
    name, param, shape = decl.name, decl.params[0], r.fitting.settle(arg.shape)
    with r.binding({param: shape}):
        value = Typed(Apply(name, (Sym(param),), span=place_of(node)), ())
        slope = calculus.differentiated(r, value, (parse(param),) * order, node)
    return Typed(At(slope.term, Sym(param), arg.term, span=place_of(node)), slope.shape)


def gradient_inside(
    r: Resolver, sub: s.Node | None, sup: s.Node | None, parts: tuple[s.Node, ...], at: int
) -> tuple[Typed, int] | None:
    """``\\nabla h(u)`` and ``\\nabla^2 h(u)`` where h is made of u elsewhere, too, or where u is no name but a 0: the
    value, with the mark behind it (``\\nabla h(u)^T``), and where the next factor begins."""
    if sub is not None or at + 2 >= len(parts):
        return None
    last = parts[at + 2]
    group, mark = (last.base, last.sup) if isinstance(last, s.Script) and last.sub is None else (last, None)
    order = calculus.order_of(sup)
    argument = calculus.only_argument(r, parts, at + 1)
    if argument is not None:
        slope = at_parameter(r, s.key(parts[at + 1]), r.expression(argument), order, parts[at])
    else:
        slope = _at_zero(r, parts[at + 1], group, order)
    if slope is None:
        return None
    return slope if mark is None else r.scripted(slope, None, mark, last), at + 3


def _at_zero(r: Resolver, head: s.Node, group: s.Node, order: int) -> Typed | None:
    """``\\nabla h(0)``: in the parameter of h, which has the shape of what it is declared to be."""
    if not isinstance(group, s.Group) or group.bracket != "(" or len(group.items) != 1:
        return None
    decl = r.context.functions.get(s.key(head))
    if decl is None or decl.body is None or len(decl.params) != 1:
        return None
    (shape,) = decl.param_shapes
    if not shape or not _may_vary(r, decl, shape) or r.expression(group.items[0]).term != Num(Fraction(0)):
        return None
    return _at(r, decl, Typed(zeros(shape), shape), order, head)


__all__ = ["at_parameter", "gradient_inside"]
