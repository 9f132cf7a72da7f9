"""Terms one edit away: the slips people make (a sign, a factor, an index, a transpose …), each under a short name.

Pure: a term and a context give nearby terms. Some of them have no shape or mean the same as before; who uses them asks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from derive.language.context import Context
from derive.language.extents import Extent, Range
from derive.language.terms import (
    Array,
    Big,
    Cases,
    Entry,
    Expect,
    Index,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    children,
    rebuild,
    subterms,
)

Ranges = Mapping[str, Range]
Local = Callable[[Term, Context, Ranges], Iterator["Edit"]]

ONE = Num(Fraction(1))
TWO = Num(Fraction(2))
NEIGHBOURS = 3
"""How many other symbols (or indices) are tried in the place of one."""


@dataclass(frozen=True)
class Edit:
    """What was done, in a word, and the term after it."""

    name: str
    term: Term


def edits(term: Term, context: Context, ranges: Ranges = MappingProxyType({})) -> Iterator[Edit]:
    """Every term one edit away, outermost edits first.

    ``ranges`` are the indices in scope besides those that the context declares.

    >>> [e.name for e in edits(Op("transpose", (Sym("A"),)), Context())]
    ['sign', 'factor', 'transpose dropped']
    """
    yield from _scaled(term)
    yield from _edits(term, context, ranges)


def _edits(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    for local in LOCAL:
        yield from local(term, context, ranges)
    inside = {**ranges, **_bound(term)}
    for place, child in enumerate(children(term)):
        for edit in _edits(child, context, inside):
            yield Edit(edit.name, with_child(term, place, edit.term))


def _bound(term: Term) -> dict[str, Range]:
    match term:
        case Big(var=var, range=r):
            return {var: r}
        case Expect(var=var, domain=Range() as r):
            return {var: r}
        case Array(vars=pairs):
            return dict(pairs)
    return {}


def with_child(term: Term, place: int, child: Term) -> Term:
    """The term with another term in the place of one of its children (in the order of ``children``)."""
    count = -1

    def change(old: Term) -> Term:
        nonlocal count
        count += 1
        return child if count == place else old

    return rebuild(term, change)


def _scaled(term: Term) -> Iterator[Edit]:
    """The other sign; a factor too many."""
    match term:
        case Op("neg", (arg,)):
            yield Edit("sign", arg)
        case _:
            yield Edit("sign", Op("neg", (term,)))
    yield Edit("factor", Op("mul", (TWO, term)))


def _joined(name: str, args: tuple[Term, ...]) -> Term:
    return args[0] if len(args) == 1 else Op(name, args)


# -- one function per kind of place ------------------------------------------------------------------------------------
def _in_sum(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """a + b: a term with the other sign, doubled, or left out."""
    if not isinstance(term, Op) or term.name != "add":
        return
    for n, arg in enumerate(term.args):
        before, after = term.args[:n], term.args[n + 1 :]
        for edit in _scaled(arg):
            yield Edit({"factor": "doubled term"}.get(edit.name, edit.name), Op("add", (*before, edit.term, *after)))
        if before or after:
            yield Edit("dropped term", _joined("add", (*before, *after)))


def _in_product(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """a b: a factor left out, two neighbours in the other order, a bracket moved: a (b + c) to a b + c."""
    if not isinstance(term, Op) or term.name not in ("mul", "hadamard"):
        return
    args = term.args
    for n in range(len(args)):
        yield Edit("dropped factor", _joined(term.name, (*args[:n], *args[n + 1 :])) if len(args) > 1 else ONE)
    for n in range(len(args) - 1):
        yield Edit("order", Op(term.name, (*args[:n], args[n + 1], args[n], *args[n + 2 :])))
    last = args[-1]
    if isinstance(last, Op) and last.name == "add":
        first, *rest = last.args
        yield Edit("bracket", Op("add", (Op(term.name, (*args[:-1], first)), *rest)))


def _in_quotient(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """a / b: upside down, without b, times b."""
    if not isinstance(term, Op) or term.name not in ("div", "hadamard_div"):
        return
    above, below = term.args
    yield Edit("upside down", Op(term.name, (below, above)))
    yield Edit("divisor dropped", above)
    yield Edit("divisor as factor", Op("mul", (below, above)))


def _in_power(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """a ^ b: another exponent, none, or its negative."""
    match term:
        case Op("pow", (base, exponent)):
            yield Edit("exponent", Op("pow", (base, Op("add", (exponent, ONE)))))
            yield Edit("exponent sign", Op("pow", (base, Op("neg", (exponent,)))))
            yield Edit("exponent dropped", base)
        case Op("norm2", (base,)):
            yield Edit("exponent dropped", Op("norm", (base,)))
        case Op("sqrt" | "norm" | "factorial", (base,)):
            yield Edit("exponent", base if term.name != "norm" else Op("norm2", (base,)))


OTHER_FUNCTION = {
    "log": "exp",
    "tanh": "logistic",
    "logistic": "tanh",
    "softplus": "relu",
    "relu": "softplus",
    "sin": "cos",
    "cos": "sin",
    "trace": "det",
}


def _in_function(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """f(a): another function, none, the other sign inside, a bracket moved: f(a + b) to f(a) + b."""
    if not isinstance(term, Op) or term.name not in (*OTHER_FUNCTION, "exp", "softmax", "logsumexp", "abs"):
        return
    if term.name in OTHER_FUNCTION:
        yield Edit("function", Op(OTHER_FUNCTION[term.name], term.args))
    yield Edit("function dropped", term.args[0])
    for edit in _scaled(term.args[0]):
        yield Edit(edit.name, Op(term.name, (edit.term,)))
    inner = term.args[0]
    if isinstance(inner, Op) and inner.name == "add":
        first, *rest = inner.args
        yield Edit("bracket", Op("add", (Op(term.name, (first,)), *rest)))


def _in_matrix(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """A transpose or an inverse left out or put in; a diagonal."""
    match term:
        case Op("transpose", (arg,)):
            yield Edit("transpose dropped", arg)
        case Op("inverse", (arg,)):
            yield Edit("inverse dropped", arg)
            yield Edit("transpose added", Op("transpose", (term,)))
        case Op("diag", (arg,)):
            yield Edit("diagonal dropped", arg)
        case Sym(name) if name in context.symbols and len(context.symbols[name].shape) == 2:
            yield Edit("transpose added", Op("transpose", (term,)))
            yield Edit("inverse added", Op("inverse", (term,)))


def _in_selection(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """A delta or an indicator left out or turned round; the branches of a case distinction changed."""
    match term:
        case Op("delta" | "indicator"):
            yield Edit("selection dropped", ONE)
            yield Edit("selection reversed", Op("add", (ONE, Op("neg", (term,)))))
        case Cases(branches) if len(branches) > 1:
            (one, first), (two, second), *rest = branches
            yield Edit("branches swapped", Cases(((two, first), (one, second), *rest)))
        case Rel(op, left, right):
            for other in {"=": ("!=",), "!=": ("=",), "<": ("<=", ">"), ">": (">=", "<")}.get(op, ("<", ">")):
                yield Edit("relation", Rel(other, left, right))


def _in_number(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """Another number."""
    if isinstance(term, Num):
        yield Edit("number", Num(term.value + 1))
        if term.value not in (0, 1):
            yield Edit("number", Num(1 / term.value))
        if term.value:
            yield Edit("number", Num(-term.value))


def _in_subscript(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """An index for another of the same range."""
    if not isinstance(term, Index):
        return
    known = {**context.indices, **ranges}
    own = known.get(term.name)
    others = [name for name, r in known.items() if r == own and name != term.name]
    for name in others[:NEIGHBOURS]:
        yield Edit("index", Index(name))
    if own is not None:
        yield Edit("index", Num(Fraction(1)))


def _in_capital(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """An index for the last value it has: π_k for π_K."""
    decl = context.symbols.get(term.name) if isinstance(term, Sym) else None
    if not isinstance(term, Sym) or decl is None:
        return
    known = {**context.indices, **ranges}
    for place, (index, range_) in enumerate(zip(term.indices, decl.family, strict=False)):
        if isinstance(index, Size) and range_.high == Extent.of(index.name):
            for name in [name for name, r in known.items() if r == range_][:NEIGHBOURS]:
                changed = (*term.indices[:place], Index(name), *term.indices[place + 1 :])
                yield Edit("index", replace(term, indices=changed))


def _in_order_of_slots(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """a_ij for a_ji."""
    match term:
        case Entry(base, (i, j)) if i != j:
            yield Edit("slots swapped", Entry(base, (j, i)))
        case Sym(name, (i, j)) if i != j:
            yield Edit("slots swapped", Sym(name, (j, i)))


_HAT = re.compile(r"^\\(?:hat|tilde|bar|widehat|widetilde|overline|dot)\{(.*)\}$")


def _in_symbol(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """A symbol for another of the same shape and family; a hat left out or put on."""
    decl = context.symbols.get(term.name) if isinstance(term, Sym) and term.name not in ranges else None
    if decl is None or not isinstance(term, Sym):
        return
    bare = _HAT.sub(r"\1", term.name)
    alike = [
        other
        for other in context.symbols.values()
        if other.name != term.name
        and other.shape == decl.shape
        and other.family == decl.family
        and other.name not in context.functions  # f(x) is not written f
    ]
    hatted = [other for other in alike if _HAT.sub(r"\1", other.name) == bare]
    for other in hatted:
        yield Edit("hat", replace(term, name=other.name))
    for other in [o for o in alike if o not in hatted][:NEIGHBOURS]:
        yield Edit("symbol", replace(term, name=other.name))


def _in_range(term: Term, context: Context, ranges: Ranges) -> Iterator[Edit]:
    """A range one too short at either end; a condition on the index left out; part of the body outside."""
    if not isinstance(term, Big):
        return
    r = term.range
    yield Edit("range", replace(term, range=Range(r.low, r.high - 1)))
    yield Edit("range", replace(term, range=Range(r.low + 1, r.high)))
    if term.where is not None:
        yield Edit("condition dropped", replace(term, where=None))
    if term.kind in ("sum", "prod"):
        yield Edit("sum or product", replace(term, kind="prod" if term.kind == "sum" else "sum"))
    body = term.body
    if isinstance(body, Op) and body.name == "add":
        first, *rest = body.args
        if not any(isinstance(part, Index) and part.name == term.var for t in rest for part in subterms(t)):
            yield Edit("bracket", Op("add", (replace(term, body=first), *rest)))


LOCAL: tuple[Local, ...] = (
    _in_sum,
    _in_product,
    _in_quotient,
    _in_power,
    _in_function,
    _in_matrix,
    _in_selection,
    _in_number,
    _in_subscript,
    _in_capital,
    _in_order_of_slots,
    _in_symbol,
    _in_range,
)
"""Every kind of edit at one place; each gives nothing where it does not apply."""

__all__ = ["Edit", "edits", "with_child"]
