"""Names that a new problem writes otherwise than everything before it: ``x`` behind ``x_i``, ``y_i`` behind ``y``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import direct
from derive.read import syntax as s
from derive.read.documents.definitions.forgetting import letters_in
from derive.read.documents.text.prose import ranges
from derive.read.documents.text.scanner import Found
from derive.read.documents.undeclared import conventions


def names(top: Sequence[Found], before: Sequence[Found], here: Sequence[Found], context: Context) -> frozenset[str]:
    """The quantities of before that these pieces write with subscripts alone, where they had none so far, or without
    any, where they had some: they mean something else. So do vectors of which only members are written that run over
    another range, and numbers that are transposed. Not those of which something is assumed, that are made of what is
    written here too, or that stand in the ``top``, before the first problem."""
    now = _forms(here, context)
    known = [name for name in context.symbols if name in now and now.keys().isdisjoint(direct(context, name))]
    if not known:
        return frozenset()
    standing = _forms(top, context)
    then, transposed = _forms(before, context), _transposed(here, context)
    assumed = {letter for fact in context.facts for letter in letters_in(fact.statement)}
    texts = [piece.math.text for piece in here if piece.math is not None and piece.kind != "declaration"]
    ends = {each.name: str(each.high) for each in ranges(texts, ()).values()}
    return frozenset(
        name
        for name in known
        if name in then
        and name not in assumed
        and name not in standing
        and (
            _is_apart(context.symbols[name], then[name], now[name])
            or _runs_otherwise(context.symbols[name], now[name], ends)
            or (name in transposed and not context.symbols[name].shape and not context.symbols[name].family)
        )
    )


def _is_apart(decl: SymbolDecl, then: set[str], now: set[str]) -> bool:
    """Whether one is written with subscripts alone and the other without any: a family of vectors and one thing, or one
    thing and a family. The letter of numbers with an index may stand for all of them."""
    if decl.family:
        return bool(decl.shape) and "" not in then and now == {""}
    return then == {""} and "" not in now


def _runs_otherwise(decl: SymbolDecl, now: set[str], ends: Mapping[str, str]) -> bool:
    """Whether only members of a vector are written, and these run over another range than its own."""
    if decl.family or len(decl.shape) != 1 or "" in now:
        return False
    found = {ends[sub] for sub in now if sub in ends}
    return len(found) == 1 and len(decl.shape[0].names) == 1 and found != decl.shape[0].names


def _forms(pieces: Sequence[Found], context: Context) -> dict[str, set[str]]:
    """With which subscripts these pieces write each letter; without one is the empty one."""
    found: dict[str, set[str]] = {}
    for node in conventions.formulas([piece for piece in pieces if piece.kind != "declaration"], context):
        for name, sub in _written(node):
            found.setdefault(name, set()).add(sub)
    return found


def _transposed(pieces: Sequence[Found], context: Context) -> set[str]:
    nodes = conventions.formulas([piece for piece in pieces if piece.kind != "declaration"], context)
    return {
        part.base.text
        for node in nodes
        for part in s.walk(node)
        if isinstance(part, s.Script) and isinstance(part.base, s.Name) and part.sup is not None
        if part.sub is None and s.key(part.sup) in ("T", "\\top", "\\intercal")
    }


def _written(node: s.Node) -> Iterator[tuple[str, str]]:
    match node:
        case s.Name(text=text):
            yield text, ""
            return
        case s.Script(base=s.Name(text=text), sub=sub, sup=sup):
            yield text, "" if sub is None else s.key(sub)
            for part in (sub, sup):
                if part is not None:
                    yield from _written(part)
            return
    for part in s.children(node):
        yield from _written(part)


__all__ = ["names"]
