"""Every slip of one side, the likeliest first: each rule asked at each node."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.text.statements import one_line
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.names import TRANSPOSE_MARKS, parts_of
from derive.read.parser import parse
from derive.read.slips import atoms, copied, shape
from derive.read.slips.text import Page, Slip

RANK = {
    name: rank
    for rank, names in enumerate(
        (
            "sign|number|index|hat",
            "transpose|exponent|symbol|family|inverse|relation",
            "factor of two|order of terms|order|dropped factor|function|range",
            "complement|lost factor|missing mean|missing size|sum of weights|bracket|upside down|divisor|"
            "swapped indices|symbol everywhere|lost root|square|inverse of all|index summed|changed over",
            "dropped term|sum dropped|kind of sum|root|other atom|sum for size|lost function|missing term",
            "missing factor|missing divisor|missing sum|one more",
        )
    )
    for name in names.split("|")
}
"""How likely a slip is: the smaller, the likelier."""

MOST_ATOMS = 12
MOST_DEFINED = 3


def rank(slip: Slip) -> int:
    """How unlikely a slip is."""
    return RANK[slip.name]


def slips(node: s.Node, text: str, before: str, context: Context) -> tuple[Slip, ...]:
    r"""Every change to ``text`` (of which ``node`` is the tree) that mends one slip, likeliest first.

    >>> [slip.applied("a - b") for slip in slips(parse("a - b"), "a - b", "", Context())][:2]
    ['a + b', '-a - b']
    """
    page = _page(node, text, before, context)
    found: dict[str, Slip] = {}
    for slip in sorted(_whole(page, node), key=rank):
        found.setdefault(slip.applied(text), slip)
    return tuple(found.values())


def variables(node: s.Node, text: str, context: Context) -> tuple[Slip, ...]:
    r"""Derivatives in another quantity: every change of ``\frac{\partial L}{\partial X}`` or ``\nabla_X L`` to one in
    a quantity without indices."""
    page = Page(text, node, context, (), "", ())
    found: list[Slip] = []
    for part in s.walk(node):
        match part:
            case s.Diff(variables=(s.Name() as variable,)):
                old = variable
            case s.Script(base=s.Name(text="\\nabla"), sub=s.Name() as variable):
                old = variable
            case _:
                continue
        names = [name for name, decl in context.symbols.items() if not decl.family and name != old.text]
        found += [page.replaced("symbol", old, name) for name in names]
    return tuple(found)


def _page(node: s.Node, text: str, before: str, context: Context) -> Page:
    own = _atoms(node, text, context)
    here = _bare(node, text)
    try:
        plain = one_line(before)
        above = _bare(parse(plain), plain)
        other = _atoms(above.tree, plain, context)
    except ReadError:
        above, other = None, ()
    terms = [term for term in copied.terms_of(above) if term not in copied.terms_of(here)] if above else []
    sums = dict.fromkeys((*copied.sums_of(here), *(copied.sums_of(above) if above else ())))
    both = [*(atom for atom in other if atom not in own), *own]
    atoms_here = [atom for atom in both if _is_known(atom, context)]
    raised = [part.sup for part in s.walk(node) if isinstance(part, s.Script)]
    marks = [sup.text for sup in raised if isinstance(sup, s.Name) and sup.text in TRANSPOSE_MARKS]
    indices = tuple(dict.fromkeys(name for name in context.indices if name in text or name in before))
    return replace(
        _bare(node, text),
        context=context,
        atoms=(*tuple(atoms_here)[:MOST_ATOMS], *_defined(atoms_here, indices, context)),
        transpose=marks[0] if marks else _mark(before),
        indices=indices,
        terms=tuple(term for term in terms if _is_known(term, context)),
        sums=tuple(each for each in sums if _is_known(each, context)),
    )


def _bare(node: s.Node, text: str) -> Page:
    """A side by itself."""
    return Page(text, node, Context(), (), "", ())


def _defined(atoms_here: Sequence[str], indices: Sequence[str], context: Context) -> tuple[str, ...]:
    """The names that the text has defined last, with the indices of this line: a factor may be one of them."""
    found: list[str] = []
    for decl in reversed(list(context.symbols.values())):
        names = decl.family_names
        if decl.definition is None or decl.name in context.functions:
            continue
        if not set(names) <= set(indices) or not re.fullmatch(r"\\?[A-Za-z]+", decl.name):
            continue
        text = decl.name + (f"_{{{''.join(names)}}}" if len(names) > 1 else f"_{names[0]}" if names else "")
        if text not in atoms_here and _is_known(text, context):
            found.append(text)
    return tuple(found[:MOST_DEFINED])


def _is_known(atom: str, context: Context) -> bool:
    """Whether a name stands for something outside of every sum."""
    try:
        return bool(node_readings(parse(atom), context))
    except ReadError:
        return False


def _mark(before: str) -> str:
    return r"\top" if r"\top" in before else "T"


def _atoms(node: s.Node, text: str, context: Context) -> tuple[str, ...]:
    """The names with their scripts, as they are spelled; not those of functions that are called."""
    page = _bare(node, text)
    called = {part for juxt in s.walk(node) if isinstance(juxt, s.Juxt) for part in _called(juxt, context)}
    found: list[str] = []
    stack: list[s.Node] = [node]
    while stack:
        here = stack.pop()
        if here in called:
            continue
        if isinstance(here, s.Name) or (isinstance(here, s.Script) and isinstance(here.base, s.Name)):
            found.append(page.of(here))
        elif not isinstance(here, s.Word | s.Number):
            stack.extend(reversed(here.variables if isinstance(here, s.Diff) else ()))
            stack.extend(reversed(shape.below(here)))
    return tuple(dict.fromkeys(found))


def _called(node: s.Juxt, context: Context) -> Iterator[s.Node]:
    """The functions in a row of factors that are called: their arguments stand right behind them."""
    for head, arguments in pairwise(node.parts):
        name = parts_of(head)
        if name is not None and name[0] in context.functions and isinstance(arguments, s.Group):
            yield head


def _whole(page: Page, node: s.Node) -> Iterator[Slip]:
    """The side as a whole, then everything in it."""
    if not isinstance(node, s.Sum):
        yield page.before("sign", node, "-")
        yield from shape.multiplied(page, node)
    if isinstance(node, s.Name | s.Script):
        yield page.replaced("dropped factor", node, "1")
    yield from _at(page, node)


def _at(page: Page, node: s.Node) -> Iterator[Slip]:
    """The rules at a node that has a value, then at those below it."""
    for rule in (*shape.RULES, *atoms.RULES, *copied.RULES):
        yield from rule(page, node)
    if isinstance(node, s.Script):
        yield from _scripts(page, node)
    for child in shape.below(node):
        yield from _at(page, child)


def _scripts(page: Page, node: s.Script) -> Iterator[Slip]:
    """The slips in subscripts, and in a superscript that is an exponent."""
    if node.sub is not None:
        yield from atoms.in_subscript(page, node.sub)
    if node.sup is not None and isinstance(node.sup, s.Group) and node.sup.bracket in ("(", "["):
        yield from atoms.in_subscript(page, node.sup)
