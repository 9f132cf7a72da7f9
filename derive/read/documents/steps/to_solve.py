"""Equations to solve: which lines are, and which lines give their solution."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from derive.language.context import Context
from derive.language.dependencies import names_in
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Array, Deriv, Index, Num, Op, Rel, Sym, Term
from derive.read import syntax as s
from derive.read.dependencies import with_names
from derive.read.documents.definitions.defining import unmarked
from derive.read.documents.definitions.forgetting import letters_in
from derive.read.documents.steps.chains import Tail, Whole
from derive.read.documents.steps.passages import Root, is_zero, variables_of
from derive.read.documents.text.statements import chains_of
from derive.read.errors import ReadError, ShapeRefusal
from derive.read.fitting import size_term
from derive.read.latex import node_readings
from derive.read.parser import parse


def root_of(whole: Whole, place: int, sets_to_zero: bool, context: Context, itself: bool = False) -> Root | None:
    """The equation to solve that a link ``… = 0`` is, or any that the words say is ``itself`` solved; None if it is
    a claim."""
    link = whole.links[place]
    if link.op != "=" or not link.left or not link.right:
        return None
    if itself and len(whole.links) == 1:
        equation = Rel("=", link.left[0], link.right[0])
        return Root(equation, (), equation)
    zero = is_zero(link.right[0]) or is_zero(link.left[0])
    if not zero or (is_zero(link.right[0]) and is_zero(link.left[0])):
        return None
    first = whole.first[0] if whole.first else link.left[0]
    variables = variables_of(first) if all(op == "=" for op in whole.ops_to(place)) else ()
    if not sets_to_zero and not is_of_unread(whole, place) and not (variables and _is_plain_derivative(first)):
        return None
    side = link.left[0] if is_zero(link.right[0]) else link.right[0]
    nothing = link.right[0] if is_zero(link.right[0]) else link.left[0]
    written = Rel("=", side, nothing)
    member = of_each_member(first, context)
    if member is not None:
        return Root(Rel("=", member, Num(Fraction(0))), variables_of(member), written)
    return Root(Rel("=", first, nothing) if variables else written, variables, written)


def is_of_unread(whole: Whole, place: int) -> bool:
    """Whether a chain begins with a derivative that could not be read: what that is worth is an equation by itself."""
    return not whole.first and place > 0 and _writes_derivative(whole.segment.nodes[0])


def _writes_derivative(node: s.Node) -> bool:
    """Whether a side that could not be read is the derivative of something: ``\\nabla R(\\beta)``."""
    head = node.parts[0] if isinstance(node, s.Juxt) else node
    head = head.base if isinstance(head, s.Script) else head
    return isinstance(head, s.Diff) or (isinstance(head, s.Name) and head.text == "\\nabla")


def root_past(whole: Whole, place: int, context: Context) -> Root | None:
    """The equation to solve that ``\\partial L / \\partial b = … = 0`` is, where what stands between has no shape."""
    link = whole.links[place]
    if not link.right or not is_zero(link.right[0]) or not isinstance(link.problem, ShapeRefusal):
        return None
    if len(whole.first) != 1 or any(op != "=" for op in whole.ops_to(place)):
        return None
    first = whole.first[0]
    variables = variables_of(first)
    if link.left or not variables or not _is_plain_derivative(first) or is_zero(first):
        return None
    return Root(Rel("=", first, link.right[0]), variables, Rel("=", first, link.right[0]))


def _is_plain_derivative(term: Term) -> bool:
    """Whether a side is a derivative (or a sum of such, with factors): ``v^T ∇L = 0`` states something about one."""
    match term:
        case Deriv() | Array(body=Deriv()):
            return True
        case Op(name="add" | "neg", args=args):
            return all(_is_plain_derivative(part) for part in args if variables_of(part))
        case Op(name="mul", args=args):
            others = [part for part in args if not isinstance(part, Deriv)]
            inner = [part for part in args if isinstance(part, Deriv)]
            return bool(inner) and all(isinstance(part, Num) or _is_inner(part, inner[0]) for part in others)
    return False


def _is_inner(term: Term, derivative: Deriv) -> bool:
    """The ``1 / (2 s)`` of a derivative in ``s^2``, as one in s."""
    match term:
        case Op(name="div", args=(Num(), below)):
            return {*names_in(below)} == {*names_in(derivative.wrt)} and isinstance(derivative.wrt, Sym)
    return False


def of_each_member(term: Term, context: Context) -> Term | None:
    """The gradient in a family written whole as the derivative in its member, for any index."""
    if not isinstance(term, Array) or len(term.vars) != 1 or not isinstance(term.body, Deriv):
        return None
    ((name, range_),) = term.vars
    taken = letters_in(term)
    index = next((other for other, r in context.indices.items() if r == range_ and other not in taken), "")
    try:
        return with_names(term.body, {name: Index(index)}) if index else None
    except ReadError:
        return None


def gradient_set_to_zero(tail: Tail | None, context: Context) -> Root | None:
    """The equation that "setting this to zero" speaks of, after a chain that works out a derivative."""
    if tail is None or len(tail.first) != 1 or len(tail.last) != 1 or any(op != "=" for op in tail.ops):
        return None
    variables = variables_of(tail.first[0])
    if not variables:
        return None
    try:
        shape = shape_of(tail.last[0], context)
    except ShapeError:
        return None
    if len(shape) > 2:
        return None
    zero: Term = Op("zeros", tuple(size_term(extent, None) for extent in shape)) if shape else Num(Fraction(0))
    return Root(Rel("=", tail.first[0], zero), variables, Rel("=", tail.last[0], zero))


def marked_unknown(text: str, relations: Sequence[Rel], context: Context) -> s.Node | None:
    """The unknown of some equations of which ``\\hat\\pi_k`` is the solution, if there is one."""
    unknowns = {name for relation in relations for name in names_in(relation)}
    unknowns |= {other for name in unknowns if (other := _function_of(name, context))}
    for name in unmarked(text):
        try:
            node = parse(name)
            terms = [typed.term for typed in node_readings(node, context)]
        except ReadError:
            continue
        if len(terms) == 1 and any(found in unknowns for found in names_in(terms[0])):
            return node
    return None


def _function_of(name: str, context: Context) -> str:
    """The only quantity that a defined one is made of: Σ for Λ = Σ⁻¹, so that who solves for Λ solves for Σ."""
    decl = context.symbols.get(name)
    found = names_in(decl.definition.body) if decl is not None and decl.definition is not None else {}
    return next(iter(found)) if len(found) == 1 and decl is not None and not decl.family else ""


def is_plain_call(text: str, context: Context) -> bool:
    """Whether the name of a solution is a call with bare names that are no indices, ``D^*(x)``: a function."""
    match parse(text):
        case s.Juxt(parts=(s.Name() | s.Script(), s.Group(bracket="(", items=items))):
            return all(isinstance(item, s.Name) and item.text not in context.indices for item in items)
    return False


def is_solution(text: str, tails: Sequence[Tail], context: Context) -> bool:
    """Whether ``\\mu_j = 0`` is about a variable of these derivatives: it is not set to zero, it comes of that."""
    try:
        return _gives_variable(parse(text.strip(" .,;")), _variables(tails), context)
    except ReadError:
        return False


def has_solution(text: str, tails: Sequence[Tail], context: Context) -> bool:
    """Whether the first statement of a display is about a variable of these derivatives, and gives its value."""
    return is_solution(text, tails, context) or gives_value(text, _variables(tails), context)


def gives_value(text: str, variables: Sequence[Term], context: Context) -> bool:
    """Whether the first statement of a display says what one of these variables is."""
    first = next(iter(chains_of(text, context)), None)
    if first is None or first.begins or not isinstance(first.node, s.Relation):
        return False
    if len(first.node.rest) > 1 and any(op != "=" for op, _ in first.node.rest):
        return False
    return _gives_variable(first.node, variables, context)


def _variables(tails: Sequence[Tail]) -> list[Term]:
    return [variable for tail in tails for first in tail.first for variable in variables_of(first)]


def _gives_variable(node: s.Node, variables: Sequence[Term], context: Context) -> bool:
    """Whether a relation begins with one of these variables, or with its name under a mark that makes it a value:
    ``\\hat w``."""
    if not isinstance(node, s.Relation):
        return False
    text = s.key(node.first)
    return any(_stands_for(each, variables, context) for each in (text, *unmarked(text)))


def _stands_for(text: str, variables: Sequence[Term], context: Context) -> bool:
    """Whether this is one of the variables, or a power of one: ``\\sigma_k^2``."""
    try:
        term = node_readings(parse(text), context)[0].term
    except ReadError:
        return False
    if isinstance(term, Op) and term.name == "pow" and isinstance(term.args[1], Num):
        term = term.args[0]
    return term in variables
