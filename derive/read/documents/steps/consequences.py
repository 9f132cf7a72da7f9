"""Lines that need not hold everywhere: they follow from the equations that are being solved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import product

from derive.language.claims import Equal, Statement, Step
from derive.language.context import Context
from derive.language.dependencies import depends_on, direct, mentioned
from derive.language.terms import Apply, Num, Op, Rel, Sym, Term
from derive.read.documents.steps.passages import Block, Passage, names_of
from derive.read.latex import Link

MOST_READINGS = 16


Judged = tuple[tuple[Statement, ...], Statement | None]


def step(
    link: Link,
    first: tuple[Term, ...],
    start: Statement | None,
    known: tuple[Rel, ...],
    passage: Passage,
    context: Context,
    there: bool,
    together: bool = False,
) -> Judged | None:
    """A relation as a step from what is known, in all its readings, and from the equations alone; None where it has
    nothing to do with them: then it is claimed for itself.

    A value of what the author has defined, in terms of what is solved for (``φ(α) = …``), may be its value at the
    solution, or everywhere: both are stated, unless the words say that it is ``there``. ``together`` is whether what is
    known is supposed beside the equations that are being solved.
    """
    op, pairs = link.op, pairs_of(link)
    sides = tuple(side for pair in pairs for side in pair)
    alone = not together and any(relation.op == "=" for relation in known)  # what leads to an arrow is all it may use
    blocks = () if alone else passage.relevant(sides, context)
    hypotheses = tuple(dict.fromkeys((*known, *(relation for block in blocks for relation in block.known))))
    if not known and _reached(sides, context).isdisjoint(_reached(hypotheses, context)):
        return None
    roots = tuple(relation for block in blocks for relation in block.equations)
    conclusions = [Rel("=" if op == ":=" else op, left, right) for left, right in pairs]
    readings: tuple[Statement, ...] = tuple(Step(hypotheses, (conclusion,)) for conclusion in conclusions)
    if op in ("=", ":=") and not known and not there and _says_of_all(first, pairs, blocks, context):
        everywhere = tuple(Equal(left, right) for left, right in pairs)
        return (*everywhere, *readings), start
    return readings, Step(roots, (conclusions[0],)) if roots and len(conclusions) == 1 else None


def is_about(link: Link, passage: Passage, context: Context) -> bool:
    """Whether a link only compares what the equations of a passage speak of, and the passage leaves open."""
    names = {name for side in (*link.left, *link.right) for name in names_of(side) if name in context.symbols}
    roots = (root.written for block in passage.blocks for root in block.roots if root.written is not None)
    known = {name for equation in (*passage.known, *roots) for name in names_of(equation)}
    solved = {name for block in passage.blocks for name in block.variables}
    return bool(names) and names <= known and all(_is_left_open(name, solved, context) for name in names)


def is_beside(known: Sequence[Rel], link: Link, passage: Passage, context: Context) -> bool:
    """``Choosing $a = 0$ we obtain $f(\\mu) = …$`` where μ has been solved for, in equations that have nothing to do
    with a: what is said of μ, or of what is made of it, is still said of the solution."""
    solved = {name for block in passage.blocks for name in block.variables}
    supposed = {name for relation in known for name in _reached((relation,), context)}
    said = {name for side in (*link.left, *link.right) for name in _reached((side,), context)}
    return bool(solved & said) and supposed.isdisjoint(_reached(passage.equations, context))


def _is_left_open(name: str, solved: Collection[str], context: Context) -> bool:
    """Whether nothing defines a quantity, or only what has nothing to do with what is solved for."""
    plain = context.symbols[name].definition is None
    return plain or (bool(solved) and not any(depends_on(context, name, each) for each in solved))


def where_it_is_solved(
    statements: tuple[Statement, ...],
    known: tuple[Rel, ...],
    link: Link,
    passage: Passage,
    context: Context,
    together: bool = False,
) -> tuple[Statement, ...]:
    """A comparison that nothing says to hold at the solution, of quantities that the equations tie together: it may
    hold everywhere, or there, and both are stated."""
    if not passage or not (is_about(link, passage, context) or _is_made_of_solved(link, passage, context)):
        return statements
    judged = step(link, (), None, known, passage, context, there=True, together=together)
    more = () if judged is None else judged[0]
    return (*statements, *(each for each in more if each not in statements))


def _is_made_of_solved(link: Link, passage: Passage, context: Context) -> bool:
    """``Z_t \\le …`` of a Z_t that is made of the α_t which has just been solved for, and of which the link says
    nothing: what is meant may be its value there."""
    solved = {name for block in passage.blocks for name in block.variables}
    names = {name for side in (*link.left, *link.right) for name in names_of(side) if name in context.symbols}
    return not names & solved and any(depends_on(context, name, each) for name in names for each in solved)


def pairs_of(link: Link) -> list[tuple[Term, Term]]:
    """The sides of a link, read by the same choices where both were read together."""
    if link.continues or not link.pairs:
        return list(product(link.left, link.right))[:MOST_READINGS]
    return list(link.pairs)[:MOST_READINGS]


def _says_of_all(
    first: tuple[Term, ...], pairs: Sequence[tuple[Term, Term]], blocks: Sequence[Block], context: Context
) -> bool:
    """Whether a chain begins with what the author has defined, or with a sum of such (``f(x) - f(y) = …``), and goes on
    in terms of what is solved for."""
    if len(first) != 1 or not _is_defined(first[0], context) or isinstance(first[0], Num):
        return False
    solved = {name for block in blocks for name in block.variables}
    solved = solved or {name for block in blocks for equation in block.equations for name in names_of(equation)}
    return any(names_of(right) & solved for _, right in pairs)


def _is_defined(term: Term, context: Context) -> bool:
    match term:
        case Num():
            return True
        case Sym(name=name):
            return name in context.symbols and context.symbols[name].definition is not None
        case Apply(name=name):
            return name in context.functions and context.functions[name].body is not None
        case Op(name="add" | "neg", args=args):
            return all(_is_defined(part, context) for part in args)
    return False


def _reached(terms: Sequence[Term], context: Context) -> set[str]:
    """The quantities that terms mention or are made of."""
    found: set[str] = set()
    stack = [name for term in terms for name in mentioned(context, term)]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack.extend(direct(context, name))
    return found


__all__ = ["MOST_READINGS", "is_about", "is_beside", "pairs_of", "step", "where_it_is_solved"]
