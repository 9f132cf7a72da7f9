r"""Vectors that stand on a diagonal and that nothing declares: ``W = \operatorname{diag}(w)``, as long as W is wide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.found import once
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import declared
from derive.read.documents.undeclared.members import listed_family
from derive.read.documents.undeclared.numbers import nodes_in
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import items_of, parts_of

_SMALL = re.compile(r"(?:\\(?:mathbf|boldsymbol|bm|vec)\s*)?\{?(?:[a-z]|\\[a-z]+)\}?\Z")


def on_diagonal(name: str, nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """The context with the vector of this name, if all that its diagonal matrix is multiplied with has one length."""
    if not _SMALL.match(name) or name in context.symbols or name in context.sizes or name in context.functions:
        return None
    if not stands_on_diagonal(name, nodes):
        return None
    relations = (node for node in nodes_in(tuple(nodes)) if isinstance(node, s.Relation))
    heads = {s.key(node.first) for node in relations if _names_it(node, name)}
    found = {extent for node in nodes_in(tuple(nodes)) for extent in _beside(node, name, heads, context)}
    if len(found) != 1:
        return None
    return declared(f"{name} \\in \\mathbb{{R}}^{{{found.pop()}}}", context)


_LAST = r"(?P=name) _ (?:(?P<last>[A-Za-z])|\{ (?P<braced>[A-Za-z]) \})"
_LISTED = re.compile(
    r"(?:⟦diag⟧|\\diag|diag) (?:\\left )?\( (?P<name>\S+(?: \{ \S+ \})?) _ 1 , (?:(?P=name) _ 2 , )?"
    rf"(?:\\[lc]?dots[cb]?|\. \. \.) , {_LAST} "
)


def listed(name: str, texts: Sequence[str], context: Context) -> Defined | None:
    r"""``\operatorname{diag}(s_1, \dots, s_d)``: numbers, each of which has its place."""
    for text in texts:
        for found in _LISTED.finditer(f"{text} "):
            base = found["name"].replace(" ", "")
            if not name.startswith(f"{base}_"):
                continue
            made = listed_family(
                f"{base}_1, \\dots, {base}_{found['last'] or found['braced']}", context, "\\in \\mathbb{R}"
            )
            done = None if made is None else declared("\n".join(made), context)
            if done is not None:
                return Defined(done.context, " ; ".join(made or ()))
    return None


def stands_on_diagonal(name: str, nodes: Sequence[s.Node]) -> bool:
    """Whether some formula has the diagonal matrix of this name: then it is a vector, and its own."""
    return any(name in once(node, _on_diagonals) for node in nodes)


def squared_on_diagonal(name: str, nodes: Sequence[s.Node]) -> bool:
    """``\\operatorname{diag}(\\sigma^2)``: what is squared entry by entry on a diagonal is a vector."""
    for item in (_diagonal(part) for node in nodes for part in s.walk(node)):
        match item:
            case s.Script(base=base, sub=None, sup=s.Number()) if s.key(base) == name:
                return True
    return False


def with_squares_on_diagonal(name: str, nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """The context with the vector of which ``\\operatorname{diag}(\\sigma^2)`` has the squares, where its entries
    ``\\sigma_j`` have an index: standard deviations, which are positive."""
    if name in context.symbols or not squared_on_diagonal(name, nodes):
        return None
    found: set[Extent] = set()
    for part in (each for node in nodes for each in s.walk(node) if isinstance(each, s.Script)):
        parts = parts_of(part)
        letters = [s.key(item) for item in items_of(parts[1])] if parts is not None and parts[0] == name else []
        range_ = context.indices.get(letters[0]) if len(letters) == 1 else None
        if range_ is not None and range_.low == Extent.of(1):
            found.add(range_.high)
    if len(found) != 1:
        return None
    return declared(f"{name} \\in \\mathbb{{R}}^{{{found.pop()}}} positive", context)


def _on_diagonals(node: s.Node) -> frozenset[str]:
    """What stands on the diagonals of the matrices in a formula."""
    found = (_diagonal(part) for part in s.walk(node))
    return frozenset(s.key(item) for item in found if item is not None)


def entry_on_diagonal(items: Sequence[s.Node], nodes: Sequence[s.Node], context: Context) -> Defined | None:
    """``w_i > 0`` of such a vector: each entry of it, as i counts nothing else here."""
    match items:
        case (s.Relation(first=s.Script() as first, rest=(((">" | ">=" | "<" | "<=") as op, s.Number(text=number)),)),):
            parts = parts_of(first)
        case _:
            return None
    if parts is None or parts[2] is not None or len(items_of(parts[1])) != 1:
        return None
    letter = s.key(items_of(parts[1])[0])
    if not re.fullmatch(r"[a-z]", letter) or letter in context.symbols or letter in context.sizes:
        return None
    done = on_diagonal(parts[0], nodes, context)
    if done is None:
        return None
    sign = {">": ">", ">=": "\\ge", "<": "<", "<=": "\\le"}[op]
    said = f"{parts[0]} {sign} {number}"
    try:
        return Defined(declare(said, done.context), f"{done.text} ; {said}")
    except DeclarationError:
        return None


def _is_diagonal(node: s.Node, name: str) -> bool:
    item = _diagonal(node)
    return item is not None and s.key(item) == name


def _diagonal(node: s.Node) -> s.Node | None:
    """What stands on the diagonal, where this is a matrix that is said to have no more."""
    match node:
        case s.Juxt(parts=(s.Word(text="diag"), s.Group(bracket="(" | "[", items=(item,)))):
            return item
    return None


def _names_it(node: s.Relation, name: str) -> bool:
    """Whether this is ``W = \\\\operatorname{diag}(w)``."""
    return node.rest[0][0] in ("=", ":=") and _is_diagonal(node.rest[0][1], name)


def _beside(node: s.Node, name: str, heads: set[str], context: Context) -> Iterator[Extent]:
    """The lengths of what the matrix is multiplied with in one product: of rows before it, of columns behind it."""
    parts = node.parts if isinstance(node, s.Juxt) else ()
    for place, part in enumerate(parts):
        word = isinstance(part, s.Word) and part.text == "diag"
        after = place + 2 if word else place + 1
        if word:
            group = parts[place + 1] if place + 1 < len(parts) else None
            if not isinstance(group, s.Group) or [s.key(item) for item in group.items] != [name]:
                continue
        elif s.key(part) not in heads:
            continue
        before = _shape(parts[place - 1], context) if place else ()
        behind = _shape(parts[after], context) if after < len(parts) else ()
        if len(before) == 2:
            yield before[1]
        if behind:
            yield behind[0]


def _shape(node: s.Node, context: Context) -> tuple[Extent, ...]:
    """The shape of a factor; of a sum in brackets that cannot be read, that of a term of it."""
    try:
        return node_readings(node, context)[0].shape
    except ReadError:
        terms = _terms(node)
        return next((shape for term in terms if (shape := _shape(term, context))), ())


def _terms(node: s.Node) -> list[s.Node]:
    match node:
        case s.Group(items=(s.Sum(terms=terms),)):
            return [term for _, term in terms]
    return []


__all__ = ["entry_on_diagonal", "on_diagonal", "squared_on_diagonal", "stands_on_diagonal", "with_squares_on_diagonal"]
