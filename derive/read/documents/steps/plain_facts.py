"""Relations that assert nothing: facts about what nothing defines, cases, constraints."""

from __future__ import annotations

from derive.language.context import Context, Fact
from derive.language.terms import Apply, Array, Entry, Index, Num, Rel, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.steps.chains import ORDER
from derive.read.documents.steps.passages import is_zero, variables_of
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import Link, node_readings


def assumed(text: str, node: s.Node | None, context: Context, moment: bool = False) -> Context | None:
    """The context with ``text`` as a fact, if it is an equation between quantities that nothing defines, or gives a
    ``moment`` of one that has an unknown density."""
    if not isinstance(node, s.Relation) or any(op not in ORDER and op != "!=" for op, _ in node.rest):
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


def is_density(name: str, context: Context) -> bool:
    """Whether a function is a density of which nothing else is known."""
    decl = context.functions.get(name)
    return decl is not None and decl.body is None and "density" in decl.properties
