"""Chains of relations as statements: identities, equations to solve, steps from what is known, optima, shapes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from derive.language.claims import (
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Value,
    WellDefined,
)
from derive.language.context import Context, Fact
from derive.language.dependencies import depends_on, mentioned
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Array, Deriv, Entry, Index, Matrix, Num, Op, Rel, Span, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.dependencies import with_names
from derive.read.documents.definitions.defining import unmarked
from derive.read.documents.definitions.forgetting import letters_in, without
from derive.read.documents.steps import consequences
from derive.read.documents.steps.consequences import pairs_of
from derive.read.documents.steps.eigen import is_up_to_sign
from derive.read.documents.steps.passages import Passage, Root, is_zero, variables_of
from derive.read.documents.text.prose import HEADING
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import Chain, chains_of
from derive.read.errors import DeclarationError, ReadError, ShapeRefusal
from derive.read.fitting import size_term
from derive.read.latex import ARROWS, Link, node_readings, plain_links
from derive.read.parser import parse
from derive.read.spaces import dimensions, is_space

UPDATE = "<-"
"""The relation of ``w \\leftarrow w - \\eta g``."""
MOST_DISPLAYS = 8
"""Pieces after a display among which the words that explain its names are sought."""
LONGEST_CHAIN = 200
"""Links after which a line is no longer compared with the start of its chain."""
SIGNS = {
    "<=": r"\le",
    ">=": r"\ge",
    "!=": r"\ne",
    "~=": r"\approx",
    "in": r"\in",
    "~": r"\sim",
    "=>": r"\Rightarrow",
    "<=>": r"\Leftrightarrow",
    "->": r"\rightarrow",
    "propto": r"\propto",
    "psd": r"\succeq",
    "pd": r"\succ",
    "<-": r"\leftarrow",
}
_ORDER = {"=": 0, "<=": 1, "<": 1, ">=": -1, ">": -1}


@dataclass(frozen=True)
class Tail:
    """Where a chain ended, so that a row or display beginning with a relation can go on: its first side, its last side,
    its relations so far."""

    first: tuple[Term, ...]
    last: tuple[Term, ...]
    ops: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Segment:
    """The relations between two arrows. ``arrow`` leads to it (or is empty), ``leads`` is whether one follows.
    ``constants`` says of which sides a constant has been left out."""

    nodes: tuple[s.Node, ...]
    ops: tuple[str, ...]
    sides: tuple[Span, ...]
    arrow: str = ""
    leads: bool = False
    missing: bool = False
    constants: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Told:
    """What stands before an arrow; if it was not ``read``, what follows defines nothing. ``root`` is the equation that
    it sets out to solve, where it is one."""

    relations: tuple[Rel, ...]
    both: bool
    read: bool = True
    root: Rel | None = None


@dataclass(frozen=True)
class Whole:
    """A segment with its links, and the chain it goes on from."""

    segment: Segment
    links: tuple[Link, ...]
    tail: Tail | None = None

    @property
    def first(self) -> tuple[Term, ...]:
        """The readings of the first side of the chain."""
        return self.tail.first if self.tail else self.links[0].left

    @property
    def left_text(self) -> str:
        """The side that the first relation goes on from."""
        return self.tail.text if self.tail else ""

    def ops_to(self, place: int) -> tuple[str, ...]:
        """The relations from the first side of the chain to the right side of a link."""
        return (*(self.tail.ops if self.tail else ()), *self.segment.ops[: place + 1])


# -- pieces ------------------------------------------------------------------------------------------------------------
def sections(pieces: Sequence[Found], heads: Set[int] = frozenset()) -> dict[int, int]:
    """Where each section begins, and where it ends; ``heads`` are places that begin one without looking like it."""
    starts = [0]
    for number, piece in enumerate(pieces):
        if number and (number in heads or (piece.kind == "prose" and HEADING.search(piece.text))):
            starts.append(number)
    return dict(zip(starts, [*starts[1:], len(pieces)], strict=True))


def case_follows(pieces: Sequence[Found], number: int) -> bool:
    """Whether the words after a formula say that it holds in a case only."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    return (
        after is not None
        and after.kind == "prose"
        and bool(re.match(r"\s*,?\s*(?:only\s+)?(?:when|if|iff|whenever|provided|unless|in\s+case)\b", after.text))
    )


def words_after(pieces: Sequence[Found], number: int) -> str:
    """The words right after a formula."""
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    return after.text if after is not None and after.kind == "prose" else ""


def where_follows(pieces: Sequence[Found], number: int) -> bool:
    """Whether the words after a display, or after those that follow it without words, say what its names mean."""
    for piece in pieces[number + 1 : number + 1 + MOST_DISPLAYS]:
        if piece.kind == "prose" and piece.text.strip():
            return bool(
                re.match(
                    r"[\s.,;]*(?:and\s+)?(?:that|where|with|here|in which|such that|in terms of|Here|Where|Let|let)\b",
                    piece.text,
                )
            )
        if piece.kind == "display" and re.match(r"\s*(?:&\s*)?\\text\w*\s*\{\s*(?:where|with|and)\b", piece.text):
            return True
        if piece.kind not in ("prose", "display"):
            return False
    return False


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


def segments(chain: Chain) -> list[Segment]:
    """A chain cut at its arrows."""
    node = chain.node
    if not isinstance(node, s.Relation):
        return []
    found: list[Segment] = []
    spans = chain.sides
    if chain.begins and len(spans) == len(node.rest):
        spans = (Span(node.start, node.start), *spans)
    nodes, ops, sides, arrow = [node.first], list[str](), [spans[0]], ""
    missing = chain.begins
    for place, (op, side) in enumerate(node.rest):
        if op in ARROWS:
            found.append(Segment(tuple(nodes), tuple(ops), tuple(sides), arrow, True, missing))
            nodes, ops, sides, arrow, missing = [side], [], [spans[place + 1]], ARROWS[op], False
        elif op == UPDATE and not found and not ops and not missing:
            nodes, sides = [side], [spans[place + 1]]  # what is put in the place of a quantity is no claim about it
        else:
            nodes.append(side)
            ops.append(op)
            sides.append(spans[place + 1])
    return [*found, Segment(tuple(nodes), tuple(ops), tuple(sides), arrow, False, missing)]


def relates(chain: Chain, text: str) -> bool:
    """Whether a formula that cannot be parsed was meant as a relation."""
    return bool(re.search(r"=|\\(?:le|ge|leq|geq|approx|equiv|neq|ne)\b", text[chain.span.start : chain.span.stop]))


def links_of(segment: Segment, tail: Tail | None, context: Context) -> list[Link]:
    """The links of a segment; the first goes on from ``tail`` if its left side is not written."""
    nodes = segment.nodes
    relation = s.Relation(nodes[0].start, nodes[-1].stop, nodes[0], tuple(zip(segment.ops, nodes[1:], strict=True)))
    links = plain_links(relation, context)
    if segment.missing and links:
        left = tail.last if tail else ()
        if tail:
            links[0] = replace(links[0], left=left, continues=True)
        else:
            links[0] = replace(links[0], problem=ReadError("expected a side before the relation"))
    return links


# -- what a context must give up, or take on ---------------------------------------------------------------------------
def with_room(text: str, context: Context) -> Context:
    """The context without the names that ``text`` declares to be something else: a size that is now an index, or an
    index that is now a size."""
    letters = [name.strip() for names in re.findall(r"\bindex\b([^=]*)=", text) for name in names.split(",")]
    letters += re.findall(r"[;,]\s*(\w)\s*=\s*\d+\s*\.\.", text)
    for letter in letters:
        if letter in context.sizes:
            context = without(context, letter)
    dims = re.findall(r"\\mathbb\s*\{?R\}?\s*\^\s*(\{[^{}]*\}|\w)", text)
    for letter in [name for dim in dims for name in re.findall(r"(?<![A-Za-z\\_])[A-Za-z](?![A-Za-z])", dim)]:
        if letter in context.indices and letter not in letters:
            context = without(context, letter)
    for names in re.findall(r"(?m)(?:^|;)([^;=\n]*)\\in\s*\\mathbb\s*\{?R\}?(?!\w)", text):
        for letter in [name.strip() for name in names.split(",")]:
            if letter in context.indices and letter not in letters:
                context = without(context, letter)
    return context


def settled(old: Context, new: Context) -> Context:
    """The new context without what was made of a quantity that now has another shape, or of other indices."""
    changed = [
        name
        for name, decl in new.symbols.items()
        if name in old.symbols and (decl.shape, decl.family) != (old.symbols[name].shape, old.symbols[name].family)
    ]
    stale = [
        name
        for name, decl in new.symbols.items()
        if decl is old.symbols.get(name) and any(depends_on(old, name, other) for other in changed if other != name)
    ]
    gone = {*changed, *stale}
    functions = {
        name: decl
        for name, decl in new.functions.items()
        if decl is not old.functions.get(name)
        or decl.body is None
        or not gone & ({*mentioned(old, decl.body)} - {*decl.params})
    }
    if not changed:
        return new
    symbols = {name: decl for name, decl in new.symbols.items() if name not in stale}
    facts = tuple(fact for fact in new.facts if fact not in old.facts or not gone & {*mentioned(old, fact.statement)})
    return replace(new, symbols=MappingProxyType(symbols), functions=MappingProxyType(functions), facts=facts)


def with_sizes_for(items: Iterable[s.Node], context: Context) -> Context:
    """The context in which a letter that measures a space is no index of the same name, if no quantity needs that."""
    for item in items:
        if isinstance(item, s.Relation):
            for op, side in item.rest:
                if op == "in" and isinstance(side, s.Script) and side.sup is not None and is_space(side):
                    context = _freed(side.sup, context)
    return context


def _freed(node: s.Node, context: Context) -> Context:
    try:
        names = [name for extent in dimensions(node) for name in sorted(extent.names)]
    except ReadError:
        return context
    for name in names:
        if name in context.indices and not any(name in decl.family_names for decl in context.symbols.values()):
            context = without(context, name)
    return context


def names_in(term: Term) -> dict[str, None]:
    """The quantities in a term, in the order met."""
    return {part.name: None for part in subterms(term) if isinstance(part, Sym)}


def is_density(name: str, context: Context) -> bool:
    """Whether a function is a density of which nothing else is known."""
    decl = context.functions.get(name)
    return decl is not None and decl.body is None and "density" in decl.properties


def only_primitive(term: Term, context: Context) -> bool:
    """Whether a term is about quantities that nothing defines (and about some)."""
    found = False
    for part in subterms(term):
        if isinstance(part, Apply) and not is_density(part.name, context):
            return False
        if isinstance(part, Sym) and part.name in context.symbols:
            found = True
            if context.symbols[part.name].definition is not None and not _names_entries(part.name, context):
                return False
    return found


def _names_entries(name: str, context: Context) -> bool:
    """Whether a quantity is only another name of entries of one that nothing defines: the rows of a matrix."""
    decl = context.symbols[name]
    match decl.definition.body if decl.definition is not None else None:
        case Array(body=Entry(base=Sym(name=whole))) | Entry(base=Sym(name=whole)):
            return whole in context.symbols and context.symbols[whole].definition is None
    return False


def assumed(text: str, node: s.Node | None, context: Context, moment: bool = False) -> Context | None:
    """The context with ``text`` as a fact, if it is an equation between quantities that nothing defines, or gives a
    ``moment`` of one that has an unknown density."""
    if not isinstance(node, s.Relation) or any(op not in _ORDER and op != "!=" for op, _ in node.rest):
        return None
    try:
        with_it = declare(f"assume {text}", context)
    except DeclarationError:
        return None
    new = with_it.facts[len(context.facts) :]
    if not new or not (moment or all(only_primitive(fact.statement, context) for fact in new)):
        return None
    return with_it


def is_case(node: s.Node | None, context: Context) -> bool:
    """Whether an equation singles out some members of a family (``examples with y_i = 0``), or can hold in no case: its
    sides have different shapes (``in one dimension, with Σ = σ^2``)."""
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] != "=":
        return False
    try:
        left, right = (node_readings(side, context)[0] for side in (node.first, node.rest[0][1]))
    except ReadError:
        return False
    if left.shape != right.shape and not (is_zero(right.term) or (left.shape and right.shape)):
        return True
    picked = isinstance(left.term, Sym) and any(isinstance(index, Index) for index in left.term.indices)
    return picked and isinstance(right.term, Num | Index)


def is_constraint(link: Link, context: Context, said: bool) -> bool:
    """Whether a row beside the equations to solve only restricts the unknowns: ``\\sum_k \\pi_k = 1``; if nobody has
    ``said`` so, ``… = 0`` may as well be a conclusion."""
    if not said and link.right and is_zero(link.right[0]):
        return False
    if link.op != "=" or len(link.left) != 1 or len(link.right) != 1:
        return False
    if not said and isinstance(link.left[0], Sym | Entry):
        return False  # what a quantity is found to be
    constant = not any(isinstance(part, Sym) for part in subterms(link.right[0]))
    return constant and not variables_of(link.left[0]) and only_primitive(link.left[0], context)


def with_fact(link: Link, context: Context, text: str) -> Context:
    """The context with a link as a fact."""
    fact = Fact(Rel(link.op, link.left[0], link.right[0]), source=text)
    return context if fact in context.facts else context.with_fact(fact)


# -- statements --------------------------------------------------------------------------------------------------------
def relations_of(link: Link) -> tuple[Rel, ...]:
    """A link, in its first reading, as a relation that others may follow from."""
    return readings_of(link)[:1]


def readings_of(link: Link) -> tuple[Rel, ...]:
    """Every reading of a link as a relation that others may follow from."""
    if link.op not in ("=", ":=", "!=", "<", "<=", ">", ">=") or not link.left or not link.right:
        return ()
    return tuple(Rel("=" if link.op == ":=" else link.op, left, right) for left, right in pairs_of(link))


def is_condition(whole: Whole, told: Told | None, leads: bool) -> bool:
    """Whether the last relation before an arrow is a condition rather than an assertion: ``f = 0 \\Rightarrow …``."""
    if not leads or told is not None or not whole.links:
        return False
    link = whole.links[-1]
    if not link.left or not link.right:
        return False
    derivative = any(variables_of(term) for term in link.left)
    return is_zero(link.right[0]) or is_zero(link.left[0]) or (len(whole.links) == 1 and not derivative)


def _is_plain_derivative(term: Term) -> bool:
    """Whether a side is a derivative (or a sum of such, with factors): ``v^T ∇L = 0`` states something about one."""
    match term:
        case Deriv() | Array(body=Deriv()):
            return True
        case Op(name="add" | "neg", args=args):
            return all(_is_plain_derivative(part) for part in args if variables_of(part))
        case Op(name="mul", args=args):
            others = [part for part in args if not isinstance(part, Deriv)]
            return len(others) < len(args) and all(isinstance(part, Num) for part in others)
    return False


def root_of(whole: Whole, place: int, sets_to_zero: bool, context: Context) -> Root | None:
    """The equation to solve that a link ``… = 0`` is, or None if it is a claim."""
    link = whole.links[place]
    if link.op != "=" or not link.left or not link.right:
        return None
    zero = is_zero(link.right[0]) or is_zero(link.left[0])
    if not zero or (is_zero(link.right[0]) and is_zero(link.left[0])):
        return None
    first = whole.first[0] if whole.first else link.left[0]
    variables = variables_of(first) if all(op == "=" for op in whole.ops_to(place)) else ()
    if not sets_to_zero and not (variables and _is_plain_derivative(first)):
        return None
    side = link.left[0] if is_zero(link.right[0]) else link.right[0]
    nothing = link.right[0] if is_zero(link.right[0]) else link.left[0]
    written = Rel("=", side, nothing)
    member = of_each_member(first, context)
    if member is not None:
        return Root(Rel("=", member, Num(Fraction(0))), variables_of(member), written)
    return Root(Rel("=", first, nothing) if variables else written, variables, written)


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


def statements(
    whole: Whole,
    place: int,
    known: tuple[Rel, ...],
    passage: Passage,
    context: Context,
    there: bool = False,
) -> tuple[tuple[Statement, ...], Statement | None]:
    """Every statement that a link may make, and the line against the start of its chain.

    After equations have been solved, an equation is a step from them, which the judge tries as an identity first; an
    inequality is one where the words say that it holds ``there``.
    """
    link = whole.links[place]
    if link.left_argument or link.right_argument:
        return _optimum(link), None
    equation = link.op in ("=", ":=")
    pairs = _of_one_shape(pairs_of(link), context) if equation else pairs_of(link)
    if (equation or (there and link.op in _ORDER)) and (known or passage) and not is_gradient(whole, place, context):
        stepped = consequences.step(link, whole.first, _start(whole, place), known, passage, context, there)
        if stepped is not None:
            return stepped
    match link.op:
        case "=" | ":=":
            plain: tuple[Statement, ...] = tuple(Equal(left, right) for left, right in pairs)
        case "<=" | "<" | ">=" | ">" | "!=":
            plain = tuple(Compare(link.op, left, right) for left, right in pairs)
        case "in" if link.shape is not None:
            plain = tuple(HasShape(left, link.shape) for left in link.left)
        case "~=":
            tables = [(left, table) for left, right in pairs if (table := printed_table(right))]
            plain = tuple(Value(left, table, is_up_to_sign(left, context)) for left, table in tables)
        case "psd" | "pd" if link.right and is_zero(link.right[0]):
            plain = tuple(PositiveSemidefinite(left) for left in link.left)
        case _:
            plain = ()
    return plain, _start(whole, place) if plain else None


def _of_one_shape(pairs: list[tuple[Term, Term]], context: Context) -> list[tuple[Term, Term]]:
    """The readings of which both sides have one shape; all, if none has."""
    if len(pairs) < 2:
        return pairs
    try:
        fitting = [(left, right) for left, right in pairs if shape_of(left, context) == shape_of(right, context)]
    except ShapeError:
        return pairs
    return fitting or pairs


def printed_table(term: Term) -> tuple[tuple[str, ...], ...]:
    """The printed digits of a number, or of each entry of a table; nothing if any of them is more than digits."""
    rows = term.rows if isinstance(term, Matrix) else ((term,),)
    table = tuple(tuple(_digits(cell) for cell in row) for row in rows)
    return table if all(digits for row in table for digits in row) else ()


def is_printed(link: Link) -> bool:
    """Whether the right side of ≈ is printed digits, in some reading."""
    return any(printed_table(right) for right in link.right)


def _digits(term: Term) -> str:
    """The printed digits of a number, with its sign."""
    match term:
        case Num(text=text):
            return text
        case Op(name="neg", args=(Num(text=text),)):
            return f"-{text}"
    return ""


def _start(whole: Whole, place: int) -> Statement | None:
    """A line of a chain against the chain's first side."""
    if place > LONGEST_CHAIN:
        return None
    ops, link = whole.ops_to(place), whole.links[place]
    if len(ops) < 2 or len(whole.first) != 1 or len(link.right) != 1 or any(op not in _ORDER for op in ops):
        return None
    directions = {_ORDER[op] for op in ops} - {0}
    if not directions:
        return Equal(whole.first[0], link.right[0])
    if len(directions) == 2:
        return None
    strict = any(op in ("<", ">") for op in ops)
    sign = {1: "<" if strict else "<=", -1: ">" if strict else ">="}[directions.pop()]
    return Compare(sign, whole.first[0], link.right[0])


def all_fit(links: Sequence[Link], context: Context) -> bool:
    """Whether every link can be read, with sides of one shape."""
    return all(
        link.problem is None and all(has_shape(relation, context) for relation in relations_of(link)) for link in links
    )


def relevant(given: Sequence[Rel], link: Link) -> tuple[Rel, ...]:
    """What the text has given about quantities and functions that a link mentions."""
    here = {name for term in (*link.left, *link.right) for name in letters_in(term)}
    return tuple(relation for relation in given if letters_in(relation.left) & here) if given else ()


def has_shape(relation: Rel, context: Context) -> bool:
    """Whether the sides of a relation fit each other; one that does not says nothing that could be used."""
    try:
        shape_of(relation, context)
    except ShapeError:
        return False
    return True


def is_gradient(whole: Whole, place: int, context: Context) -> bool:
    """Whether a link goes on working out a derivative, or a quantity that is defined as one: that holds everywhere,
    whatever is being solved."""
    if not whole.first or any(op not in ("=", ":=") for op in whole.ops_to(place)):
        return False
    first = whole.first[0]
    decl = context.symbols.get(first.name) if isinstance(first, Sym) else None
    body = decl.definition.body if decl is not None and decl.definition is not None else first
    return bool(variables_of(first) or variables_of(body))


def _optimum(link: Link) -> tuple[Statement, ...]:
    """``argmax f = argmax g``, ``argmax f = x``; ``x = argmax f`` only says what is looked for."""
    left, right = link.left_argument, link.right_argument
    if not link.left or not link.right or link.op not in ("=", ":=", "in"):
        return tuple(WellDefined(term, "objective") for term in link.right) if right and link.right else ()
    if left and right:
        if left.variables != right.variables:
            return ()
        kind, names, other = left.kind.removeprefix("arg"), _names(left.variables), left.kind != right.kind
        return tuple(
            SameOptimum(kind, names, one, Op("neg", (two,)) if other else two)  # where -f is greatest, f is least
            for one, two in pairs_of(link)
        )
    argument, objective, point = (left, link.left[0], link.right[0]) if left else (right, link.right[0], link.left[0])
    if argument is None or len(argument.variables) != 1:
        return ()
    if isinstance(point, Sym):
        return (WellDefined(objective, "objective"),)
    return (Optimum(argument.kind.removeprefix("arg"), objective, _names(argument.variables), (point,)),)


def _names(variables: Sequence[Term]) -> tuple[Sym, ...]:
    return tuple(variable for variable in variables if isinstance(variable, Sym))


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


def is_solution(text: str, tails: Sequence[Tail], context: Context) -> bool:
    """Whether ``\\mu_j = 0`` is about a variable of these derivatives: it is not set to zero, it comes of that."""
    try:
        return _gives_variable(parse(text.strip(" .,;")), tails, context)
    except ReadError:
        return False


def has_solution(text: str, tails: Sequence[Tail], context: Context) -> bool:
    """Whether the first statement of a display is about a variable of these derivatives, and gives its value."""
    if is_solution(text, tails, context):
        return True
    first = next(iter(chains_of(text, context)), None)
    if first is None or first.begins or not isinstance(first.node, s.Relation) or len(first.node.rest) != 1:
        return False
    return _gives_variable(first.node, tails, context)


def _gives_variable(node: s.Node, tails: Sequence[Tail], context: Context) -> bool:
    """Whether a relation begins with a variable of these derivatives, or with its name under a mark that makes it a
    value: ``\\hat w``."""
    if not isinstance(node, s.Relation):
        return False
    variables = [variable for tail in tails for first in tail.first for variable in variables_of(first)]
    text = s.key(node.first)
    return any(_stands_for(each, variables, context) for each in (text, *unmarked(text)))


def _stands_for(text: str, variables: Sequence[Term], context: Context) -> bool:
    try:
        return node_readings(parse(text), context)[0].term in variables
    except ReadError:
        return False


def is_argument(node: s.Node) -> bool:
    """Whether a side is an argmax or argmin: it names nothing that can be written out."""
    return isinstance(node, s.BigOp) and node.kind.startswith("arg")


def why_not(link: Link) -> tuple[str, str]:
    """Why a link makes no statement, and what to do."""
    match link.op:
        case "propto":
            return "expected a relation that can be judged, found ∝", "write the factor, or “skip” before the block"
        case "~":
            return "expected a relation that can be judged, found ∼", "a distribution is assumed, not proved: “skip” it"
        case "~=":
            return "expected a printed number after ≈", "an approximation without digits cannot be judged"
        case "in":
            return "expected a space such as \\mathbb{R}^{n\\times d} after ∈", ""
    return f"expected a relation that can be judged, found {SIGNS.get(link.op, link.op)}", ""
