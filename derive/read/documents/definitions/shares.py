r"""Shares of a whole: ``r_{nk} = a_{nk} / \sum_j a_{nj}``, which sum to one over k by what they are."""

from __future__ import annotations

from collections import Counter

from derive.language.calls import written_out
from derive.language.context import Context, SymbolDecl
from derive.language.terms import Apply, Big, Index, Op, Sym, Term
from derive.read.dependencies import with_names
from derive.read.errors import ReadError


def are_shares(decl: SymbolDecl, context: Context) -> bool:
    """Whether a family is defined as what it divides by the sum of just that."""
    if decl.definition is None:
        return False
    match _written_out(decl.definition.body, context):
        case Op("div", (one, below)):
            return any(_is_sum(_written_out(below, context), one, each) for each in decl.definition.params)
    return False


def _written_out(term: Term, context: Context) -> Term:
    """What a name alone, or a call alone, stands for."""
    match term:
        case Sym(name=name) if (decl := context.symbols.get(name)) is not None and decl.definition is not None:
            try:
                return with_names(decl.definition.body, dict(zip(decl.definition.params, term.indices, strict=True)))
            except ReadError:
                return term
        case Apply():
            return written_out(context, term) or _whole(term, context) or term
    return term


def _whole(call: Apply, context: Context) -> Term | None:
    """The body of a function that is called with its own parameters: ``p(x_n)`` where it was defined as ``p(x_n)``."""
    decl = context.functions.get(call.name)
    own = decl is not None and call.args == tuple(Sym(name) for name in decl.params)
    return decl.body if decl is not None and own and not call.indices else None


def _is_sum(whole: Term, one: Term, index: str) -> bool:
    """Whether ``whole`` is the sum of what ``one`` is, over this index of it."""
    match whole:
        case Big(kind="sum", var=var, body=body, where=None):
            try:
                member = with_names(body, {var: Index(index)})
            except ReadError:
                return False
            return _factors(member) == _factors(one)
    return False


def _factors(term: Term) -> Counter[tuple[bool, Term]]:
    """The factors of a product, and those below its bars, in any order."""
    match term:
        case Op("mul", args):
            return sum((_factors(each) for each in args), Counter())
        case Op("div", (above, below)):
            return _factors(above) + Counter(
                {(not under, each): count for (under, each), count in _factors(below).items()}
            )
    return Counter({(False, term): 1})
