"""LaTeX expressions, relations and chains of relations, read in a context."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import product
from typing import TypeVar

from derive.language.context import Context
from derive.language.extents import Extent, Range, Shape, show_shape
from derive.language.terms import Num, Rel, Span, Term
from derive.read import kept, lists
from derive.read import syntax as s
from derive.read.errors import ReadError, ShapeRefusal, Undeclared
from derive.read.fitting import Typed, zeros
from derive.read.names import BUNDLES, PARAMETER_BUNDLES, option
from derive.read.notation import RELATION_OPS
from derive.read.parser import parsed
from derive.read.resolver import Policy, Resolver
from derive.read.rows import cut_remark, split_statements, strip_remarks
from derive.read.spaces import is_space, read_space
from derive.read.tokens import Token, tokenize
from derive.read.vocabulary import RELATIONS

CHOICES = ("local", "held", "wide", "columns", "inside", "upright")
ARROWS = {"=>": "=>", "->": "=>", "<=>": "<=>"}


@dataclass(frozen=True)
class Argument:
    """``argmax_{x}``: a side that is where its readings are greatest (or least) in ``variables``."""

    kind: str
    variables: tuple[Term, ...]


@dataclass(frozen=True)
class Link:
    """One relation of a chain: ``left op right``, with every reading of each side.

    ``op`` is one of = != < <= > >= ~= (approximately) := =: in ~ => <=>. For ``in`` the right side is a ``shape``. For
    an arrow both sides are relations (``Rel``). ``problem`` says why a side has no reading; it is then empty. ``pairs``
    are the readings of both sides by the same choices: an author does not change conventions within a line.
    """

    op: str
    left: tuple[Term, ...]
    right: tuple[Term, ...]
    span: Span
    shape: Shape | None = None
    left_argument: Argument | None = None
    right_argument: Argument | None = None
    problem: ReadError | None = None
    continues: bool = False
    pairs: tuple[tuple[Term, Term], ...] = ()


T = TypeVar("T")
Scope = dict[str, Range | Shape]


# -- one expression --------------------------------------------------------------------------------
def read_term(text: str, context: Context, scope: Scope | None = None, offset: int = 0) -> tuple[Term, ...]:
    """Every reading of one expression: usually one. :class:`ReadError` if there is none.

    >>> read_term("2 + 1", Context())[0]
    Op(name='add', args=(Num(value=Fraction(2, 1), text='2'), Num(value=Fraction(1, 1), text='1')))
    """
    return tuple(typed.term for typed in read_typed(text, context, scope, offset))


def read_typed(text: str, context: Context, scope: Scope | None = None, offset: int = 0) -> tuple[Typed, ...]:
    """Every reading of one expression, with its shape."""
    node = parsed(strip_remarks(tokenize(text, offset), context))
    return node_readings(node, context, scope)


def read_definition(text: str, context: Context, scope: Scope | None = None, offset: int = 0) -> Typed:
    """The one reading of the body of a definition, with its shape."""
    node = parsed(strip_remarks(tokenize(text, offset), context))

    def once(resolver: Resolver) -> Typed:
        typed = resolver.expression(node)
        return Typed(resolver.fitting.finish(typed.term), resolver.fitting.settle(typed.shape))

    return the_reading(context, once, scope, Span(node.start, node.stop))


def node_readings(node: s.Node, context: Context, scope: Scope | None = None) -> tuple[Typed, ...]:
    """Every reading of a parsed expression."""

    def once(resolver: Resolver) -> Typed:
        typed = resolver.expression(node)
        return Typed(resolver.fitting.finish(typed.term), resolver.fitting.settle(typed.shape))

    if scope:
        return readings(context, once, scope)
    return kept.once(context, "node", node, None, lambda: readings(context, once))


def is_readable(node: s.Node, context: Context) -> bool:
    """Whether an expression stands for something in a context."""
    try:
        node_readings(node, context)
    except ReadError:
        return False
    return True


def lacks_a_name(node: s.Node, context: Context) -> bool:
    """Whether an expression stands for nothing because a name in it is not declared."""
    try:
        node_readings(node, context)
    except Undeclared:
        return True
    except ReadError:
        return False
    return False


def readings(context: Context, read: Callable[[Resolver], T], scope: Scope | None = None) -> tuple[T, ...]:
    """``read`` under every choice that the notation leaves open; only choices that were met are tried."""
    found: list[T] = []
    for value in readings_by_policy(context, read, scope).values():
        if value not in found:
            found.append(value)
    return tuple(found)


def readings_by_policy(context: Context, read: Callable[[Resolver], T], scope: Scope | None = None) -> dict[Policy, T]:
    """The same, by the choices made."""
    found: dict[Policy, T] = {}
    error: ReadError | None = None
    todo, done = [Policy()], []
    while todo:
        policy = todo.pop(0)
        done.append(policy)
        resolver = Resolver(context, policy, scope)
        try:
            found[policy] = read(resolver)
        except ReadError as problem:
            error = error or problem
        for choice in CHOICES:
            if choice in resolver.open_choices:
                other = replace(policy, **{choice: True})
                if other not in done + todo:
                    todo.append(other)
    if not found and error is not None:
        raise error
    return found


def the_reading(context: Context, read: Callable[[Resolver], T], scope: Scope | None, span: Span) -> T:
    """What is defined or assumed has one reading (of derivatives, the total one), or it is refused."""
    found = readings_by_policy(context, read, scope)
    total = [value for policy, value in found.items() if not policy.local and not policy.held]
    lines = [value for policy, value in found.items() if policy == replace(Policy(), columns=policy.columns)]
    if any(value != lines[0] for value in lines):
        raise ReadError("expected one reading, found two: a softmax of the rows, or of the columns", span, "say which")
    if any(value != total[0] for value in total):
        raise ReadError(
            "expected one reading, found two: how far a function or a slash reaches is not clear",
            span,
            "write brackets, as in \\log(x y) or (\\log x) y",
        )
    return total[0] if total else next(iter(found.values()))


# -- relations --------------------------------------------------------------------------------
def read_relation(text: str, context: Context, scope: Scope | None = None, offset: int = 0) -> Rel:
    """One relation, such as ``\\sum_{k=1}^K \\pi_k = 1``."""
    relations = read_relations(text, context, scope, offset)
    if len(relations) != 1:
        raise ReadError(f"expected one relation, found a chain of {len(relations)}", Span(offset, offset + len(text)))
    return relations[0]


def read_relations(text: str, context: Context, scope: Scope | None = None, offset: int = 0) -> tuple[Rel, ...]:
    """A chain of relations as one relation per link; the first reading of each."""
    node = parsed(strip_remarks(tokenize(text, offset), context))
    if not isinstance(node, s.Relation):
        raise ReadError("expected a relation such as a = b", Span(node.start, node.stop))
    span = Span(node.start, node.stop)
    return the_reading(context, lambda resolver: relation_terms(resolver, node), scope, span)


def relation_terms(resolver: Resolver, node: s.Relation) -> tuple[Rel, ...]:
    """The links of a chain as ``Rel`` terms, with zeros and open sizes fitted."""
    sides = [node.first, *(side for _, side in node.rest)]
    typed = fit_sides(resolver, [resolver.expression(side) for side in sides])
    out: list[Rel] = []
    for place, (op, right) in enumerate(node.rest):
        if op not in RELATION_OPS:
            raise ReadError(f"expected =, ≠, <, ≤, > or ≥, found {op}", Span(right.start, right.stop))
        out.append(related(op, typed[place], typed[place + 1], Span(sides[place].start, right.stop)))
    return tuple(out)


def related(op: str, left: Typed, right: Typed, span: Span) -> Rel:
    """One link, its shapes checked."""
    if left.shape != right.shape and ((left.shape and right.shape) or op in ("=", "!=")):
        raise ShapeRefusal(
            f"the sides have different shapes: {show_shape(left.shape)} and {show_shape(right.shape)}", span
        )
    return Rel(op, left.term, right.term, span=span)


def fit_sides(resolver: Resolver, sides: list[Typed]) -> list[Typed]:
    """The sides of a chain with I, 1 and 0 in the size that fits; a bare 0 beside a vector is the zero vector."""
    fitting = resolver.fitting
    fitting.same([side.shape for side in sides])
    shapes = [fitting.settle(side.shape) for side in sides]
    wide = next((shape for shape in shapes if shape), ())
    out = []
    for side, shape in zip(sides, shapes, strict=True):
        if wide and not shape and isinstance(side.term, Num) and side.term.value == Fraction(0) and len(wide) <= 2:
            out.append(Typed(zeros(wide, side.term.span), wide))
        else:
            out.append(Typed(fitting.finish(side.term), shape))
    return out


# -- chains --------------------------------------------------------------------------------
def read_statement(text: str, context: Context, *, strict: bool = True, offset: int = 0) -> list[Link]:
    """The links of everything stated in a display: chains over rows, continuation rows, side conditions.

    With ``strict`` a side that cannot be read raises its :class:`ReadError`; otherwise its links carry it as
    ``problem``.
    """
    links: list[Link] = []
    for tokens in split_statements(tokenize(text, offset), context):
        if tokens[0].kind == "stop":
            continue
        begins = tokens[0].text in RELATIONS
        try:
            node = chain_node(tokens)
        except ReadError as problem:
            links.append(Link("", (), (), Span(tokens[0].start, tokens[-2].stop), problem=problem))
            continue
        if isinstance(node, s.Relation):
            found = chain_links(node, context)
            if begins and found:
                found[0] = replace(
                    found[0], left=(), continues=True, problem=None if found[0].right else found[0].problem
                )
            links += found
    if not links and strict:
        raise ReadError("expected a statement such as a = b", Span(offset, offset + len(text)))
    if strict:
        for link in links:
            if link.problem is not None:
                raise link.problem
    return links


def sides_of(text: str, offset: int = 0, context: Context | None = None) -> list[s.Node]:
    """Every side of every chain in a display, parsed but not resolved."""
    out: list[s.Node] = []
    for tokens in split_statements(tokenize(text, offset), context or Context()):
        if tokens[0].kind != "stop":
            node = chain_node(tokens)
            out += [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else [node]
    return out


def chain_node(tokens: list[Token]) -> s.Node:
    """One statement parsed; a chain may begin with its relation (then ``first`` is an empty group)."""
    first = tokens[0]
    return parsed(tokens, goes_on=first.text in RELATIONS and first.kind in ("op", "cmd"))


def chain_links(node: s.Relation, context: Context) -> list[Link]:
    """The links of one chain; arrows join the relations before them with those after."""
    segments: list[tuple[str, s.Relation | s.Node]] = []
    first, arrow = node.first, ""
    pairs: list[tuple[str, s.Node]] = []
    for op, side in node.rest:
        if op in ARROWS:
            segments.append((arrow, _segment(first, pairs)))
            first, pairs, arrow = side, [], ARROWS[op]
        else:
            pairs.append((op, side))
    segments.append((arrow, _segment(first, pairs)))
    links: list[Link] = []
    for place, (arrow, segment) in enumerate(segments):
        if isinstance(segment, s.Relation):
            if len(segments) == 1:
                links += plain_links(segment, context)
        elif len(segments) > 1:
            raise ReadError("expected a relation beside the arrow", Span(segment.start, segment.stop))
        if place:
            links.append(arrow_link(arrow, segments[place - 1][1], segment, context))
    return links


def _segment(first: s.Node, pairs: list[tuple[str, s.Node]]) -> s.Node:
    return s.Relation(first.start, pairs[-1][1].stop, first, tuple(pairs)) if pairs else first


def arrow_link(op: str, before: s.Node, after: s.Node, context: Context) -> Link:
    """``f = 0 \\Rightarrow g = 0``: the relations on both sides."""
    span = Span(before.start, after.stop)
    try:
        left = the_reading(context, lambda resolver: relation_terms(resolver, _relation(before)), None, span)
        right = the_reading(context, lambda resolver: relation_terms(resolver, _relation(after)), None, span)
    except ReadError as problem:
        return Link(op, (), (), span, problem=problem)
    return Link(op, left, right, span)


def _relation(node: s.Node) -> s.Relation:
    if not isinstance(node, s.Relation):
        raise ReadError("expected a relation beside the arrow", Span(node.start, node.stop))
    return node


@dataclass
class Side:
    """One side of a chain while it is read."""

    node: s.Node
    typed: Mapping[Policy, Typed] = field(default_factory=dict)
    problem: ReadError | None = None
    argument: Argument | None = None
    terms: Mapping[Policy, Term] = field(default_factory=dict)


def _spaces(node: s.Relation, sides: list[Side], context: Context) -> dict[int, Shape]:
    """The spaces among the sides after ``\\in``; one that cannot be read is the problem of its side."""
    spaces: dict[int, Shape] = {}
    for place, (op, side) in enumerate(node.rest):
        if op == "in" and is_space(side):
            try:
                spaces[place + 1] = read_space(side, context)
            except ReadError as problem:
                sides[place + 1].problem = problem
    return spaces


def plain_links(node: s.Relation, context: Context) -> list[Link]:
    """The links of a chain without arrows."""
    sides = [Side(node.first), *(Side(side) for _, side in node.rest)]
    spaces = _spaces(node, sides, context)
    known: Shape | None = None
    for place, side in enumerate(sides):
        if place not in spaces and not is_missing(side.node) and side.problem is None:
            _read_side(side, context, wanted=known)
            known = known or _known_shape([side])
    for side in sides:
        if side.problem is not None and not side.typed and not is_space(side.node):
            side.problem, again = None, side.problem
            _read_side(side, context, wanted=_known_shape(sides))
            side.problem = side.problem and again
    wide = _known_shape(sides) or ()
    for side in sides:
        side.terms = {policy: _zero(typed, wide) for policy, typed in side.typed.items()}
    out: list[Link] = []
    for place, (op, right_node) in enumerate(node.rest):
        before = place
        while before in spaces:
            before -= 1
        left, right = sides[before], sides[place + 1]
        problem = left.problem or right.problem
        span = Span(left.node.start, right_node.stop)
        shape = spaces.get(place + 1)
        terms = tuple(dict.fromkeys(left.terms.values())), tuple(dict.fromkeys(right.terms.values()))
        arguments = left.argument, right.argument
        out.append(Link(op, *terms, span, shape, *arguments, problem, pairs=_pairs(left.terms, right.terms)))
    return out


def _pairs(left: Mapping[Policy, Term], right: Mapping[Policy, Term]) -> tuple[tuple[Term, Term], ...]:
    """Both sides read by the same choices; a choice that a side does not leave open makes no difference to it."""
    found: list[tuple[Term, Term]] = []
    for policy in dict.fromkeys((*left, *right)):
        one = [term for chosen, term in left.items() if _agrees(chosen, policy, left)]
        other = [term for chosen, term in right.items() if _agrees(chosen, policy, right)]
        found += product(one, other)
    return tuple(dict.fromkeys(found))


def _agrees(chosen: Policy, policy: Policy, side: Mapping[Policy, Term]) -> bool:
    """Whether a reading of a side goes with a policy: it made the same choices as far as the side has them."""
    return all(
        len({getattr(each, choice) for each in side}) == 1 or getattr(chosen, choice) == getattr(policy, choice)
        for choice in CHOICES
    )


def side_readings(text: str, context: Context, wanted: Shape) -> tuple[Term, ...]:
    """Every reading of one side of a relation, beside another side of the shape ``wanted``."""
    tokens = cut_remark(tokenize(text))
    side = Side(parsed(strip_remarks(tokens, context)))
    _read_side(side, context, wanted)
    if side.problem is not None:
        raise side.problem
    return tuple(dict.fromkeys(_zero(typed, wanted) for typed in side.typed.values()))


def is_missing(node: s.Node) -> bool:
    """Whether this stands for a left side that was not written."""
    return isinstance(node, s.Group) and node.start == node.stop and not node.items


def _known_shape(sides: Iterable[Side]) -> Shape | None:
    for side in sides:
        for typed in side.typed.values():
            if typed.shape and not side.argument:
                return typed.shape
    return None


def _read_side(side: Side, context: Context, wanted: Shape | None) -> None:
    """The readings of one side; literals take the shape ``wanted`` where their own is open."""
    node = side.node
    if isinstance(node, s.BigOp) and node.kind.startswith("arg") and node.sub is not None:
        found = _free_argument(node, context)
        if found is not None:
            side.argument, node = found, node.body

    def once(resolver: Resolver) -> Typed:
        typed = resolver.expression(node)
        if wanted and lists.is_list(node) and wanted == (Extent.of(1), *resolver.fitting.settle(typed.shape)):
            typed = resolver.op("transpose", [typed], node)  # a list beside a row is one
        if wanted:
            resolver.fitting.same([typed.shape, wanted])
        return Typed(resolver.fitting.finish(typed.term), resolver.fitting.settle(typed.shape))

    try:
        side.typed = kept.once(context, "side", node, wanted or None, lambda: readings_by_policy(context, once))
    except ReadError as problem:
        side.problem = problem


def _free_argument(node: s.BigOp, context: Context) -> Argument | None:
    """The variables of an argmax over quantities, or None if it runs over an index."""
    sub = node.sub
    items = sub.items if isinstance(sub, s.Group) and sub.bracket == "{" else (sub,)
    variables: list[Term] = []
    for item in items:
        name = item.first if isinstance(item, s.Relation) else item
        if name is None or s.key(name).rstrip("'") in context.indices:
            return None
        found = _gathered(name, context)
        if found is None:
            return None
        variables += found
    return Argument(node.kind, tuple(variables))


def _gathered(name: s.Node, context: Context) -> list[Term] | None:
    """The quantity of this name; or those that a bundle ``θ`` stands for, if it is known (else none of them)."""
    texts = option(context, BUNDLES).get(s.key(name), () if s.key(name) in PARAMETER_BUNDLES else None)
    try:
        return [node_readings(name, context)[0].term]
    except ReadError:
        if not isinstance(texts, tuple):
            return None
    try:
        return [node_readings(parsed(tokenize(text)), context)[0].term for text in texts]
    except ReadError:
        return None


def _zero(typed: Typed, wide: Shape) -> Term:
    if wide and not typed.shape and isinstance(typed.term, Num) and typed.term.value == 0 and len(wide) <= 2:
        return zeros(wide, typed.term.span)
    return typed.term
