"""Derivatives: gradients, partial derivatives, chains of Jacobians, values at a point."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import SCALAR, Extent, Range, Shape
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Array, At, Big, Deriv, Entry, Index, Num, Op, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.adjoints import is_through
from derive.read.dependencies import local_differs, with_names
from derive.read.errors import ReadError, ShapeRefusal, Undeclared
from derive.read.fitting import Typed, typed_product
from derive.read.folding import in_terms_of
from derive.read.names import Form, candidates, items_of, parts_of
from derive.read.notation import is_transpose, place_of, words_of
from derive.read.parametrised import check_varies
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

T = TypeVar("T")
_VECTOR = (Extent.of(1),)
"""The shape of some vector: what a transpose may be of."""


def nabla(r: Resolver, sub: s.Node | None, sup: s.Node | None, parts: tuple[s.Node, ...], at: int) -> tuple[Typed, int]:
    """``\\nabla_w f`` and ``\\nabla_w^2 f``: the value, and where the next factor begins."""
    node = parts[at]
    order = 1 if _is_second(r, sup, parts, at) else order_of(sup)
    if sub is None:
        of = _behind_gradients(parts, at + 1)
        sub = only_argument(r, parts, of) or _only_parameter(r, parts, of) or _gathered(r, parts, of)
    if sub is None:
        _await_function(r, parts, at + 1)
        raise ReadError("expected the variable of this gradient", place_of(node), "write \\nabla_{w}")
    variables = tuple(items_of(sub)) if not isinstance(sub, s.Script | s.Name) else (sub,)
    if len(variables) == 1:
        variables = variables * order
    marked = _marked(r, parts, at + 1, order)
    if marked is not None:
        body, mark, after = marked
        slope = differentiated(r, body, variables, s.Juxt(node.start, parts[after - 1].stop, ()))
        return r.scripted(slope, None, mark, parts[after - 1]), after
    body, after = r.operand(parts, at + 1, node, variables)
    slope = differentiated(r, body, variables, s.Juxt(node.start, parts[after - 1].stop, ()))
    below = parts[at + 1]
    if isinstance(below, s.Script) and _is_second(r, below.sup, parts, at + 1):
        if len(r.fitting.settle(slope.shape)) != 2:
            raise ReadError("expected a matrix of second derivatives", place_of(below), "differentiate in vectors")
        slope = r.op("transpose", [slope], node)
    return slope, after


def _behind_gradients(parts: tuple[s.Node, ...], at: int) -> int:
    """Where what is differentiated twice begins in ``\\nabla \\nabla f(x)``."""
    while at < len(parts):
        match parts[at]:
            case s.Name(text="\\nabla") | s.Script(base=s.Name(text="\\nabla"), sub=None):
                at += 1
            case _:
                break
    return at


def _is_second(r: Resolver, sup: s.Node | None, parts: tuple[s.Node, ...], at: int) -> bool:
    """Whether this is the second of ``\\nabla_u \\nabla_v^T f``, the matrix with a row for each entry of u and a column
    for each of v."""
    here, before = parts[at], parts[at - 1] if at else None
    if not isinstance(here, s.Script) or sup is None or not is_transpose(sup, r.context, _VECTOR):
        return False
    bases = (here.base, before.base if isinstance(before, s.Script) and before.sup is None else before)
    return all(isinstance(base, s.Name) and base.text == "\\nabla" for base in bases)


def order_of(sup: s.Node | None) -> int:
    """How often ``\\nabla`` or ``\\nabla^2`` differentiates."""
    if sup is None:
        return 1
    if isinstance(sup, s.Number) and sup.text == "2":
        return 2
    raise ReadError(f"expected \\nabla or \\nabla^2, found \\nabla^{{{s.key(sup)}}}", place_of(sup))


def _marked(r: Resolver, parts: tuple[s.Node, ...], at: int, order: int) -> tuple[Typed, s.Node, int] | None:
    """``f(x)^T``, ``\\log f(x)^T`` or ``f^T`` behind a gradient, of a number f: f, the mark, and where the
    next factor begins. A number is not transposed, so the mark is that of the gradient; and that of
    ``\\nabla^2 f(x)^{-1}`` is the matrix's."""
    prefix: tuple[s.Node, ...] = ()
    match parts[at : at + 1]:
        case (s.Word(text="log" | "ln"),):
            prefix, at = parts[at : at + 1], at + 1
    head_parts = parts_of(parts[at]) if at < len(parts) else None
    known = (r.context.symbols, r.context.functions, r.called)
    if head_parts is None or not any(each.name in names for each in candidates(*head_parts) for names in known):
        return None
    last = parts[at + 1] if at + 1 < len(parts) else None
    plain: tuple[s.Node, ...]
    match parts[at], last:
        case s.Node() as head, s.Script(base=s.Group(bracket="(") as group, sub=None, sup=s.Node() as mark):
            plain, after, inverse = (head, group), at + 2, order == 2 and s.key(mark) == "-1"
        case s.Script(base=base, sub=sub, sup=s.Node() as mark, primes=0), _ if not isinstance(last, s.Group):
            inner = base if sub is None else s.Script(parts[at].start, parts[at].stop, base, sub)
            plain, after, inverse = (inner,), at + 1, False
        case _:
            return None
    if not inverse and not is_transpose(mark, r.context, _VECTOR):
        return None
    plain = (*prefix, *plain)
    body, end = r.one(plain, 0)
    return (body, mark, after) if end == len(plain) and r.fitting.settle(body.shape) == () else None


def is_constant(r: Resolver, first: Typed, rest: tuple[s.Node, ...], variables: tuple[s.Node, ...]) -> bool:
    """Whether a factor depends on none of the variables, and one of the rest is written with something that does; or
    is the row of ``x^T A x``, which nobody differentiates alone."""
    if variables and isinstance(first.term, Op) and first.term.name == "transpose" and _closes_row(r, first, rest):
        return True
    targets = [name for variable in variables for name in _names_of(variable)]
    if not targets or any(depends_on(r.context, each, t) for each in mentioned(r.context, first.term) for t in targets):
        return False
    names = {name for part in rest for node in s.walk(part) for name in _names_of(node)}
    return any(depends_on(r.context, each, target) for each in sorted(names) for target in targets)


def _closes_row(r: Resolver, row: Typed, rest: tuple[s.Node, ...]) -> bool:
    """Whether matrices and at last a vector, all of them names, stand behind a row."""
    if (
        len(row.shape) != 2
        or row.shape[0] != Extent.of(1)
        or not all(isinstance(each, s.Name | s.Script) for each in rest)
    ):
        return False
    return [len(r.expression(each).shape) for each in rest] == [*(2 for _ in rest[1:]), 1]


def _names_of(node: s.Node) -> list[str]:
    head = parts_of(node)
    return [] if head is None else [candidate.name for candidate in candidates(*head)]


def only_argument(r: Resolver, parts: tuple[s.Node, ...], at: int) -> s.Node | None:
    """``x`` after the gradient in ``\\nabla f(x)``, if f is a declared function and x, its only argument, a name."""
    group = parts[at + 1] if at + 1 < len(parts) else None
    group = group.base if isinstance(group, s.Script) and group.sub is None else group
    head = parts_of(parts[at]) if group is not None else None
    if head is None or not isinstance(group, s.Group) or group.bracket != "(" or len(group.items) != 1:
        return None
    names = [candidate.name for candidate in candidates(*head)]
    declared = any(name in r.context.functions or name in r.called for name in names)
    return group.items[0] if declared and parts_of(group.items[0]) is not None else None


def _only_parameter(r: Resolver, parts: tuple[s.Node, ...], at: int) -> s.Node | None:
    """``x`` of ``\\nabla^2 f``, where f alone stands for ``f(x)``, with one argument, which nothing defines."""
    head = parts_of(parts[at]) if at + 1 == len(parts) else None
    value = r.context.symbols.get(head[0]) if head is not None and head[1:] == (None, None) else None
    match value.definition.body if value is not None and value.definition is not None else None:
        case Apply(name=function, args=(Sym(name=name, indices=()),), indices=()):
            decl, known = r.context.symbols.get(name), r.context.functions.get(function)
        case _:
            return None
    if known is None or known.builtin is not None or decl is None or decl.definition is not None or decl.family:
        return None
    return parse(name)


def _gathered(r: Resolver, parts: tuple[s.Node, ...], at: int) -> s.Node | None:
    """``\\theta`` of ``\\nabla J``, where J is defined as ``J(\\theta)`` only, and θ gathers the numbers θ_a."""
    head = parts_of(parts[at]) if at + 1 == len(parts) else None
    forms = r.called.get(head[0]) if head is not None and head[1:] == (None, None) else None
    match forms:
        case (Form(group=s.Group(items=(s.Name(text=name) as argument,))),):
            decl = r.context.symbols.get(name)
            return argument if decl is not None and decl.family and decl.definition is None else None
    return None


def _await_function(r: Resolver, parts: tuple[s.Node, ...], at: int) -> None:
    """``\\nabla f(x)``, or ``\\nabla f``, of an f that nothing declares yet."""
    called = at + 1 < len(parts) and isinstance(parts[at + 1], s.Group)
    head = parts_of(parts[at]) if called or at + 1 == len(parts) else None
    if head is not None and not any(name in place for name in [each.name for each in candidates(*head)]
                                    for place in (r.context.functions, r.called, r.context.symbols)):  # fmt: skip
        raise Undeclared(s.key(parts[at]), place_of(parts[at]), "declare it")


def differentiated(r: Resolver, body: Typed, variables: tuple[s.Node, ...], node: s.Node) -> Typed:
    """The derivative in each variable in turn."""
    for variable in variables:
        if isinstance(variable, s.Script) and variable.sup is not None and is_transpose(variable.sup, r.context):
            variable = (
                variable.base
                if variable.sub is None
                else s.Script(variable.start, variable.stop, variable.base, variable.sub)
            )
        wrt = r.expression(variable)
        if isinstance(wrt.term, Array):
            body = in_family(r, body, wrt.term, variable, node)
            continue
        row = _row_of(r, wrt.term)
        if row is not None:
            body = _in_row(r, body, row, node)
            continue
        curve = _curve_of(r, wrt.term, node)
        if curve is not None:
            body = in_curve(r, body, *curve, node)
            continue
        root = _squared_spread(r, wrt.term, variable)
        if root is not None:
            body = in_square(r, body, root, node)
            continue
        if isinstance(wrt.term, Op) and wrt.term.name == "inverse" and isinstance(wrt.term.args[0], Sym):
            body = in_inverse(r, body, Typed(wrt.term.args[0], wrt.shape), node)
            continue
        if not isinstance(wrt.term, Sym | Entry | Apply):
            raise ReadError("expected a variable to differentiate in", place_of(variable), "name it with “let”")
        undone = inverse_derivative(r, body, wrt, node)
        body = one_derivative(r, body, wrt, node) if undone is None else undone
    return body


def _squared_spread(r: Resolver, term: Term, variable: s.Node) -> Typed | None:
    """The positive number σ_j of a variable ``\\sigma_j^2``: one that is declared so, or defined as a root."""
    match term:
        case Op(name="pow", args=(Sym(name=name) as root, Num(value=two))) if two == 2:
            decl = r.context.symbols.get(name)
        case _:
            return None
    if decl is None or decl.shape or not isinstance(variable, s.Script):
        return None
    body = decl.definition.body if decl.definition is not None else None
    rooted = isinstance(body, Op) and body.name == "sqrt"
    return Typed(root, SCALAR) if rooted or "positive" in decl.properties else None


def in_square(r: Resolver, body: Typed, root: Typed, node: s.Node) -> Typed:
    """The derivative in the square of a positive number: that in the number, divided by what its square changes by."""
    slope = one_derivative(r, body, root, node)
    twice = r.op("mul", [Typed(Num(Fraction(2), span=place_of(node)), SCALAR), root], node)
    return r.op("div", [slope, twice], node)


Row = tuple[Typed, tuple[Term | None, Term | None], Extent]
"""A matrix, the subscripts of one of its rows or columns with None for the free one, and how long that is."""


def _row_of(r: Resolver, term: Term) -> Row | None:
    """The matrix of which ``x_i`` is defined as a row or a column, if nothing defines that."""
    if not isinstance(term, Sym) or len(term.indices) != 1:
        return None
    decl = r.context.symbols.get(term.name)
    match decl.definition.body if decl is not None and decl.definition is not None else None:
        case Array(((free, _),), Entry(Sym(name, ()), (Index() as one, Index() as two))):
            matrix = r.context.symbols.get(name)
        case _:
            return None
    if matrix is None or matrix.definition is not None or matrix.family or len(matrix.shape) != 2:
        return None
    if {one.name, two.name} != {free, *(decl.family_names if decl is not None else ())}:
        return None
    slots = (None, term.indices[0]) if one.name == free else (term.indices[0], None)
    return Typed(Sym(name), matrix.shape), slots, matrix.shape[0 if one.name == free else 1]


def _in_row(r: Resolver, body: Typed, row: Row, node: s.Node) -> Typed:
    """The derivative in a row of a matrix: that row of the derivative in the matrix. Of a row of such a derivative, the
    matrix of all second derivatives."""
    matrix, slots, extent = row
    shape, name = r.fitting.settle(body.shape), f"i_{r.fitting.fresh()}"
    one, two = (Index(name) if slot is None else slot for slot in slots)
    if shape == ():
        slope = one_derivative(r, body, matrix, node)
        return Typed(Array(((name, Range.upto(extent)),), Entry(slope.term, (one, two))), (extent,))
    if len(shape) != 1 or not isinstance(body.term, Array) or not isinstance(body.term.body, Entry):
        raise ReadError("expected a number to differentiate in a row of a matrix", place_of(node))
    if not isinstance(body.term.body.base, Deriv):
        raise ReadError("expected a number to differentiate in a row of a matrix", place_of(node))
    other = f"i_{r.fitting.fresh()}"
    entry = Typed(Entry(body.term, (Index(other),)), SCALAR)
    slope = one_derivative(r, entry, matrix, node)
    pairs = ((other, Range.upto(shape[0])), (name, Range.upto(extent)))
    return Typed(Array(pairs, Entry(slope.term, (one, two))), (shape[0], extent))


def in_inverse(r: Resolver, body: Typed, matrix: Typed, node: s.Node) -> Typed:
    """``∂f/∂S^{-1} = -S^T (∂f/∂S) S^T`` of a number f: from ``dS = -S d(S^{-1}) S``."""
    if r.fitting.settle(body.shape):
        raise ReadError("expected a number to differentiate in an inverse", place_of(node))
    slope = one_derivative(r, body, matrix, node)
    side = r.op("transpose", [matrix], node)
    return r.op("neg", [r.op("mul", [side, slope, side], node)], node)


def in_family(r: Resolver, body: Typed, family: Array, variable: s.Node, node: s.Node) -> Typed:
    """The derivative in ``\\boldsymbol{\\pi}`` where only the π_k are declared: in each of them."""
    names = tuple(Index(f"i_{r.fitting.fresh()}", span=place_of(node)) for _ in family.vars)
    member = entries(family, names)
    if not isinstance(member, Sym) or member.indices[len(member.indices) - len(names) :] != names:
        raise ReadError("expected a variable to differentiate in", place_of(variable), "name it with “let”")
    outer = r.fitting.settle(body.shape)
    outer_names = tuple(Index(f"i_{r.fitting.fresh()}", span=place_of(node)) for _ in outer)
    entry = Typed(entries(body.term, outer_names), ())
    value = one_derivative(r, entry, Typed(member, ()), node)
    pairs = (
        *((index.name, Range.upto(extent)) for index, extent in zip(outer_names, outer, strict=True)),
        *((index.name, range_) for index, (_, range_) in zip(names, family.vars, strict=True)),
    )
    shape = (*outer, *(range_.length for _, range_ in family.vars))
    return Typed(Array(pairs, value.term, span=place_of(node)), shape)


def derived(r: Resolver, variables: tuple[s.Node, ...], node: s.Node, read: Callable[[], T]) -> tuple[Typed, T]:
    """The derivative of what ``read`` reads. Under a binder that opens the definition of the variable
    (``E_{p(ε)}[\\partial f(z) / \\partial z]`` where z is made of ε) it is taken in any z, and then at that one."""
    value = _opened(r, variables[0]) if len(variables) == 1 else None
    if value is None:
        found = read()
        slope = differentiated(r, _body_of(found), variables, node)
        held = _value_of_density(r, _body_of(found), variables[0]) if len(variables) == 1 else None
        if held is not None:
            through = (one_derivative(r, _body_of(found), held, node), differentiated(r, held, variables, node))
            slope = r.op("add", [slope, r.op("neg", [r.op("mul", list(through), node)], node)], node)
        return slope, found
    name = s.key(variables[0])
    with r.binding({name: value.shape}):
        found = read()
        slope = differentiated(r, _body_of(found), variables, node)
    return Typed(At(slope.term, Sym(name), value.term, span=place_of(node)), slope.shape), found


def _value_of_density(r: Resolver, body: Typed, variable: s.Node) -> Typed | None:
    """The number ``z`` of ``∂/∂μ \\log \\mathcal{N}(z | μ, s)`` where z is made of μ, if the density is differentiated
    at this z. Whether it is, or z moves with μ, is open; of ``\\mathcal{N}(z | 0, 1)`` it is not."""
    densities = [part for part in subterms(body.term) if isinstance(part, Op) and part.name == "gaussian"]
    values = {part.args[0] for part in densities}
    value = values.pop() if len(values) == 1 else None
    decl = r.context.symbols.get(value.name) if isinstance(value, Sym) and not value.indices else None
    if decl is None or decl.definition is None or decl.name in r.scope or decl.shape or r.fitting.settle(body.shape):
        return None
    wrt = r.expression(variable)
    name = wrt.term.name if isinstance(wrt.term, Sym) and not r.fitting.settle(wrt.shape) else ""
    if name in ("", decl.name) or name in r.scope or not depends_on(r.context, decl.name, name):
        return None
    parameters = {each for part in densities for arg in part.args[1:] for each in mentioned(r.context, arg)}
    if not any(each == name or depends_on(r.context, each, name) for each in parameters):
        return None
    r.open_choices.add("held")
    return Typed(Sym(decl.name), ()) if r.policy.held else None


def _body_of(found: object) -> Typed:
    body = found[0] if isinstance(found, tuple) and not isinstance(found, Typed) else found
    if not isinstance(body, Typed):
        raise TypeError(f"expected something typed, found {type(body).__name__}")
    return body


def _opened(r: Resolver, variable: s.Node) -> Typed | None:
    """What a defined variable stands for where a binder around it opens its definition; None elsewhere."""
    if not isinstance(variable, s.Name) or not r.scope or variable.text in r.scope:
        return None
    decl = r.context.symbols.get(variable.text)
    if decl is None or decl.definition is None or decl.family:
        return None
    value = r.expression(variable)
    return None if isinstance(value.term, Sym) else value


def inverse_derivative(r: Resolver, body: Typed, wrt: Typed, node: s.Node) -> Typed | None:
    """``\\partial \\epsilon / \\partial z`` where z is made of ε: the inverse of ``\\partial z / \\partial \\epsilon``
    (of a number, one over it); None if the variable is not made of what is differentiated."""
    if not isinstance(body.term, Sym) or not isinstance(wrt.term, Sym) or body.term.name == wrt.term.name:
        return None
    decl = r.context.symbols.get(body.term.name)
    if decl is None or decl.definition is not None or not depends_on(r.context, wrt.term.name, body.term.name):
        return None
    shape = r.fitting.settle(body.shape)
    if shape != r.fitting.settle(wrt.shape) or len(shape) > 1 or body.term.indices or wrt.term.indices:
        raise ReadError(
            f"cannot differentiate {s.key(node)}: the variable is made of what is differentiated", place_of(node)
        )
    back = one_derivative(r, wrt, body, node)
    if shape:
        return r.op("inverse", [back], node)
    one = Typed(Num(Fraction(1), span=place_of(node)), SCALAR)
    return r.op("div", [one, back], node)


def _curve_of(r: Resolver, term: Term, node: s.Node) -> tuple[Sym, Typed] | None:
    r"""The positive number that ``σ^2``, ``σ^{-2}`` or ``\\log σ`` tells, and how fast that changes with it."""
    match term:
        case Op("pow", (Sym() as root, exponent)) if _is_number(exponent):
            rest = r.op("add", [Typed(exponent, ()), r.op("neg", [_one(node)], node)], node)
            slope = r.op("mul", [Typed(exponent, ()), r.power(Typed(root, ()), rest, node)], node)
        case Op("log", (Sym() as root,)):
            slope = r.op("div", [_one(node), Typed(root, ())], node)
        case _:
            return None
    decl = r.context.symbols.get(root.name)
    if decl is None or "positive" not in decl.properties or decl.shape or decl.definition is not None:
        return None
    return root, slope


def _is_number(term: Term) -> bool:
    """Whether an exponent is a number other than 0."""
    if isinstance(term, Op) and term.name == "neg":
        return _is_number(term.args[0])
    return isinstance(term, Num) and term.value != 0


def _one(node: s.Node) -> Typed:
    return Typed(Num(Fraction(1), text="1", span=place_of(node)), ())


def in_curve(r: Resolver, body: Typed, root: Sym, slope: Typed, node: s.Node) -> Typed:
    """The derivative in ``σ^2`` where σ is positive: that in σ, divided by 2σ."""
    return r.op("mul", [r.op("div", [_one(node), slope], node), one_derivative(r, body, Typed(root, ()), node)], node)


def derivatives_in(node: s.Node) -> list[s.Diff]:
    """The derivatives that are factors of a product, or of the body of a big operator, in the order written."""
    found: list[s.Diff] = []
    stack = [node]
    while stack:
        here = stack.pop()
        if isinstance(here, s.Diff):
            found.append(here)
        else:
            stack.extend(reversed(s.children(here)))
    return found


def is_chain(node: s.Node) -> bool:
    """Whether a term multiplies derivatives, as the chain rule does."""
    return len(derivatives_in(node)) > 1


def is_chain_factor(parts: tuple[s.Node, ...]) -> bool:
    """Whether factors side by side make a chain: several derivatives, or one beside the adjoint of what it
    differentiates, as in ``\\bar{y}_i \\frac{\\partial y_i}{\\partial z}``."""
    derivatives = [part for part in parts if isinstance(part, s.Diff) and part.body is not None]
    if len(derivatives) != 1:
        return len(derivatives) > 1 or sum(isinstance(part, s.Diff) for part in parts) > 1
    body = derivatives[0].body
    return body is not None and any(_without_bar(part) == s.key(body) for part in parts)


def _without_bar(node: s.Node) -> str:
    """The name that an adjoint ``\\bar{y}_i`` belongs to, as a key."""
    match node:
        case s.Name(text=text) if text.startswith("\\bar{"):
            return text.removeprefix("\\bar{")[:-1]
        case s.Script(base=s.Name(text=text)) if text.startswith("\\bar{"):
            return s.key(replace(node, base=s.Name(node.start, node.stop, _without_bar(node.base))))
    return ""


def _has_adjoint(node: s.Node, chain: list[s.Diff]) -> bool:
    """Whether a term multiplies its only derivative by the adjoint of what that differentiates."""
    return len(chain) == 1 and isinstance(node, s.Juxt) and chain[0] in node.parts and is_chain_factor(node.parts)


def is_sum_over_edges(terms: tuple[tuple[str, s.Node], ...]) -> bool:
    """Whether terms are chains through different quantities to one variable: each then is one way through the graph."""
    ends: list[str] = []
    through: list[str] = []
    for _, term in terms:
        chain = derivatives_in(term)
        if len(chain) > 1 or _has_adjoint(term, chain):
            ends.append(" ".join(map(s.key, chain[-1].variables)))
            through.append("" if chain[-1].body is None else s.key(chain[-1].body))
    return len(ends) > 1 and len(set(ends)) == 1 and len(set(through)) == len(through)


def one_derivative(r: Resolver, body: Typed, wrt: Typed, node: s.Node) -> Typed:
    """One derivative. As a factor of a chain it may be one edge of the computation graph; in a sum over edges it is."""
    local = False
    variable = wrt.term.base if isinstance(wrt.term, Entry) else wrt.term
    if isinstance(variable, Sym):
        check_varies(body.term, variable.name, r.context)
    if isinstance(variable, Sym) and variable.name not in r.scope:
        try:
            body = Typed(in_terms_of(r.context, body.term, variable.name), body.shape)
        except ReadError:
            ratio = _by_its_root(r, body, wrt, node)
            if ratio is not None:
                return ratio
            if not is_through(body.term, variable.name, r.context):
                raise
    if r.chain and local_differs(r.context, body.term, wrt.term):
        worked_out = pair_of(body.term, wrt.term) in words_of(r.context.options.get("total"))
        local = r.edges or (r.policy.local and not worked_out)
        if not r.edges and not worked_out:
            r.open_choices.add("local")
    top, bottom = r.fitting.settle(body.shape), r.fitting.settle(wrt.shape)
    shape = (*top, *bottom)
    term: Term = Deriv(body.term, wrt.term, local, span=place_of(node))
    if r.context.options.get("layout") == "jacobian" and not top and len(bottom) == 1:
        return r.op("transpose", [Typed(term, shape)], node)
    return Typed(term, shape)


def _by_its_root(r: Resolver, body: Typed, wrt: Typed, node: s.Node) -> Typed | None:
    """``∂D/∂ℓ_j`` where ``ℓ_j = \\log σ_j^2`` depends on the number σ_j alone: ``∂D/∂σ_j`` by ``∂ℓ_j/∂σ_j``."""
    decl = r.context.symbols.get(wrt.term.name) if isinstance(wrt.term, Sym) else None
    if not isinstance(wrt.term, Sym) or decl is None or decl.definition is None or r.fitting.settle(wrt.shape):
        return None
    value = with_names(decl.definition.body, dict(zip(decl.definition.params, wrt.term.indices, strict=True)))
    if any(isinstance(part, Big | Array | Apply) for part in subterms(value)):
        return None
    whole = {part.base for part in subterms(value) if isinstance(part, Entry)}
    roots = {part for part in subterms(value) if isinstance(part, Entry | Sym) and part not in whole}
    if len(roots) != 1:
        return None
    root = roots.pop()
    base = root.base if isinstance(root, Entry) else root
    made = r.context.symbols.get(base.name) if isinstance(base, Sym) else None
    if made is None or made.definition is not None or made.depends or shape_of(root, r.context, r.scope):
        return None
    above = one_derivative(r, body, Typed(root, ()), node)
    below = Typed(Deriv(value, root, span=place_of(node)), ())
    return r.op("div", [above, below], node)


def pair_of(body: Term, wrt: Term) -> str:
    """Which derivative this is, whatever the indices: one that the text has worked out alone is total from there on."""
    names = [part.base if isinstance(part, Entry) else part for part in (body, wrt)]
    return " ".join(part.name for part in names if isinstance(part, Sym))


def chained(r: Resolver, factors: list[Typed], node: s.Node) -> Typed | None:
    """``∂L/∂y ∂y/∂z``: neighbours that share a variable are summed over its entries."""
    out = [factors[0]]
    changed = False
    for factor in factors[1:]:
        product = joined(r, out[-1], factor, node)
        if product is None:
            out.append(factor)
        else:
            out[-1] = product
            changed = True
    if not changed:
        return None
    return typed_product(r.fitting, out, place_of(node))


def joined(r: Resolver, left: Typed, right: Typed, node: s.Node) -> Typed | None:
    """Two neighbours of a chain, summed over the entries of the variable they share; None if they share none."""
    tail = _last_derivative(left.term)
    if tail is None or not isinstance(right.term, Deriv) or not is_same(r, tail, right.term.body):
        return None
    shared = shape_of_variable(r, tail)
    outer, inner = left.shape[: len(left.shape) - len(shared)], right.shape[len(shared) :]
    names = [Index(f"i_{r.fitting.fresh()}", span=place_of(node)) for _ in (*outer, *shared, *inner)]
    first, middle, last = (
        names[: len(outer)],
        names[len(outer) : len(outer) + len(shared)],
        names[len(outer) + len(shared) :],
    )
    body: Term = Op(
        "mul", (entries(left.term, (*first, *middle)), entries(right.term, (*middle, *last))), span=place_of(node)
    )
    for index, extent in zip(reversed(middle), reversed(shared), strict=True):
        body = Big("sum", index.name, Range.upto(extent), body, span=place_of(node))
    pairs = tuple((index.name, Range.upto(e)) for index, e in zip((*first, *last), (*outer, *inner), strict=True))
    return Typed(Array(pairs, body, span=place_of(node)) if pairs else body, (*outer, *inner))


def is_same(r: Resolver, variable: Term, body: Term) -> bool:
    """Whether a derivative is of the variable of the one before it, by name or by definition."""
    if variable == body:
        return True
    decl = r.context.symbols.get(variable.name) if isinstance(variable, Sym) else None
    return decl is not None and decl.definition is not None and not decl.family and decl.definition.body == body


def shape_of_variable(r: Resolver, term: Term) -> Shape:
    """The shape of the variable of a derivative."""
    return shape_of(term, r.context, r.scope)


def evaluated(r: Resolver, body: Typed, at: s.Node, node: s.Node) -> Typed:
    """``f|_{α = 0}``."""
    if not isinstance(at, s.Relation) or len(at.rest) != 1 or at.rest[0][0] != "=":
        raise ReadError("expected “variable = value” after the bar", place_of(at))
    variable, value = r.expression(at.first), r.expression(at.rest[0][1])
    if not isinstance(variable.term, Sym):
        raise ReadError("expected a variable before “=”", place_of(at.first))
    if r.fitting.settle(variable.shape) != r.fitting.settle(value.shape):
        raise ShapeRefusal(f"{variable.term.name} is set to something of another shape", place_of(at))
    return Typed(At(body.term, variable.term, value.term, span=place_of(node)), body.shape)


def _last_derivative(term: Term) -> Term | None:
    """The variable of the derivative that a chain so far ends with."""
    match term:
        case Deriv(wrt=wrt):
            return wrt
        case At(body=body, var=var, value=value):
            inner = _last_derivative(body)
            return value if inner == var else inner
        case Array(body=body) | Big(kind="sum", body=body):
            return _last_derivative(body)
        case Op("mul", args):
            return _last_derivative(args[-1])
        case Entry(base=base):
            return _last_derivative(base)
    return None


def entries(term: Term, indices: tuple[Term, ...]) -> Term:
    """One entry of a term; of an array, its body there."""
    if not indices:
        return term
    if isinstance(term, Array) and len(term.vars) == len(indices):
        names = {name: index for (name, _), index in zip(term.vars, indices, strict=True)}
        return _renamed(term.body, names)
    return Entry(term, indices, span=term.span)


def _renamed(term: Term, names: dict[str, Term]) -> Term:
    if isinstance(term, Index):
        return names.get(term.name, term)
    return rebuild(term, lambda part: _renamed(part, names))
