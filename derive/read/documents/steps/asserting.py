"""What a link of a chain asserts: identities, comparisons, optima, printed values, shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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
from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.extents import Shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Big, Deriv, Index, Matrix, Num, Op, Rel, Sym, Term
from derive.read.documents.steps import consequences
from derive.read.documents.steps.chains import ORDER, SIGNS, Whole
from derive.read.documents.steps.consequences import pairs_of
from derive.read.documents.steps.eigen import is_up_to_sign
from derive.read.documents.steps.passages import Passage, is_zero, variables_of
from derive.read.latex import Link

LONGEST_CHAIN = 200
"""Links after which a line is no longer compared with the start of its chain."""


def statements(
    whole: Whole,
    place: int,
    known: tuple[Rel, ...],
    passage: Passage,
    context: Context,
    there: bool = False,
    together: bool = False,
    concludes: bool = False,
) -> tuple[tuple[Statement, ...], Statement | None]:
    """Every statement that a link may make, and the line against the start of its chain. That something is in a space
    is a claim where the words conclude it (``concludes``), or of what is not declared to be in another.

    After equations have been solved, an equation is a step from them, which the judge tries as an identity first; an
    inequality is one where the words say that it holds ``there``. A derivative rests on what is ``known`` alone, and so
    does an equation, but ``together`` with what is being solved where it is about that.
    """
    link = whole.links[place]
    if link.left_argument or link.right_argument:
        return _optimum(link, context), _optimum_from_start(whole, place, context)
    equation = link.op in ("=", ":=")
    if equation and names_best_index(link, context):
        return tuple(WellDefined(term) for term in link.right), None
    pairs = _of_one_shape(pairs_of(link), context) if equation else pairs_of(link)
    if is_gradient(whole, place, context) and not _says_of_the_solution(whole.first, link, passage, context):
        passage = Passage()
    if (equation or (there and link.op in ORDER)) and (known or passage):
        stepped = consequences.step(link, whole.first, _start(whole, place), known, passage, context, there, together)
        if stepped is not None:
            return stepped
    match link.op:
        case "=" | ":=":
            plain: tuple[Statement, ...] = tuple(Equal(left, right) for left, right in pairs)
        case "<=" | "<" | ">=" | ">" | "!=":
            plain = tuple(Compare(link.op, left, right) for left, right in pairs)
        case "in" if link.shape is not None:
            plain = tuple(
                HasShape(left, link.shape)
                for left in link.left
                if concludes or not is_elsewhere(left, link.shape, context)
            )
        case "~=":
            tables = [(left, table) for left, right in pairs if (table := printed_table(right))]
            plain = tuple(Value(left, table, is_up_to_sign(left, context)) for left, table in tables)
        case "psd" | "pd" if link.right and is_zero(link.right[0]):
            plain = tuple(PositiveSemidefinite(left) for left in link.left)
        case _:
            plain = ()
    return plain, _start(whole, place) if plain else None


def names_best_index(link: Link, context: Context) -> bool:
    """``c_i = \\arg\\min_j f_j`` of a label c_i of which nothing is known but its values: what it is, no claim."""
    if len(link.left) != 1 or not link.right or not isinstance(link.left[0], Sym):
        return False
    name = link.left[0].name
    letters = [index.name for index in link.left[0].indices if isinstance(index, Index)]
    if len({*letters}) != len(link.left[0].indices):
        return False
    decl = context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or decl.label_range is None:
        return False
    if any(name in mentioned(context, fact.statement) for fact in context.facts):
        return False
    return all(
        isinstance(term, Big) and term.kind.startswith("arg") and name not in mentioned(context, term)
        for term in link.right
    )


def is_elsewhere(side: Term, shape: Shape | None, context: Context) -> bool:
    """Whether a quantity that nothing defines is said to be in another space than before: no claim."""
    decl = context.symbols.get(side.name) if isinstance(side, Sym) and not side.indices else None
    return decl is not None and decl.definition is None and not decl.family and decl.shape != shape


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
    if len(ops) < 2 or len(whole.first) != 1 or len(link.right) != 1 or any(op not in ORDER for op in ops):
        return None
    directions = {ORDER[op] for op in ops} - {0}
    if not directions:
        return Equal(whole.first[0], link.right[0])
    if len(directions) == 2:
        return None
    strict = any(op in ("<", ">") for op in ops)
    sign = {1: "<" if strict else "<=", -1: ">" if strict else ">="}[directions.pop()]
    return Compare(sign, whole.first[0], link.right[0])


def is_gradient(whole: Whole, place: int, context: Context) -> bool:
    """Whether a link goes on working out a derivative, or a quantity that is defined as one: that holds everywhere,
    whatever is being solved."""
    if not whole.first or any(op not in ("=", ":=") for op in whole.ops_to(place)):
        return False
    first = whole.first[0]
    if _is_of_unknown(first, context):
        return False  # ∇A(θ) = …, of an A of which nothing is known: nothing to work out, this follows from something
    decl = context.symbols.get(first.name) if isinstance(first, Sym) else None
    body = decl.definition.body if decl is not None and decl.definition is not None else first
    return bool(variables_of(first) or variables_of(body))


def _says_of_the_solution(first: Sequence[Term], link: Link, passage: Passage, context: Context) -> bool:
    """``\\frac{d}{d\\beta} \\ln Z(\\beta) = \\sum_k p_k f_k`` where p has been solved for and Z is not made of it: only
    the p that was found can be meant."""
    solved = {name for block in passage.blocks for name in block.variables}
    of = {name for term in first for name in mentioned(context, term)}
    new = solved & {name for term in link.right for name in names_in(term)}
    return bool(new) and not any(depends_on(context, name, each) for name in of for each in solved)


def _is_of_unknown(term: Term, context: Context) -> bool:
    """Whether a side is the derivative of an unknown function at a quantity, and no more."""
    if not isinstance(term, Deriv) or not isinstance(term.body, Apply):
        return False
    decl = context.functions.get(term.body.name)
    return decl is not None and decl.body is None and decl.builtin is None and term.body.args == (term.wrt,)


def _optimum(link: Link, context: Context) -> tuple[Statement, ...]:
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
    own = {variable.name for variable in argument.variables if isinstance(variable, Sym)}
    if isinstance(point, Sym) and (
        link.op == "in" or point.name in own or not _is_known(point, objective, left is not None, context)
    ):
        return (WellDefined(objective, "objective"),)
    return (Optimum(argument.kind.removeprefix("arg"), objective, _names(argument.variables), (point,)),)


def _optimum_from_start(whole: Whole, place: int, context: Context) -> Statement | None:
    """A line of a chain of optima in the same variables against the first of them, unless that is the line above."""
    link = whole.links[place]
    first = link
    for above in reversed(whole.links[max(0, place - LONGEST_CHAIN) : place]):
        own, below = above.left_argument, first.left_argument
        if above.op not in ("=", ":=") or own is None or below is None or own.variables != below.variables:
            break
        first = above
    if first is link or len(first.left) != 1 or len(link.right) != 1:
        return None
    found = _optimum(replace(link, left=first.left, left_argument=first.left_argument, pairs=()), context)
    return found[0] if len(found) == 1 and not isinstance(found[0], WellDefined) else None


def _is_known(point: Sym, objective: Term, last: bool, context: Context) -> bool:
    """Whether a name for the place of an optimum is one that the text has given a meaning: what is optimised is made of
    it, or it stands ``last`` and has a definition."""
    decl = context.symbols.get(point.name)
    defined = last and decl is not None and decl.definition is not None
    return defined or point.name in mentioned(context, objective)


def _names(variables: Sequence[Term]) -> tuple[Sym, ...]:
    return tuple(variable for variable in variables if isinstance(variable, Sym))


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
            if link.shape is not None and link.left:
                return "expected the space that this was in before, found another", "declare the one that holds"
            return "expected a space such as \\mathbb{R}^{n\\times d} after ∈", ""
    return f"expected a relation that can be judged, found {SIGNS.get(link.op, link.op)}", ""
