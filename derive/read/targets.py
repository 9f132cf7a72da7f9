"""What a declaration is about: the name, the family it belongs to, and what is known of it so far."""

from __future__ import annotations

import itertools
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Span
from derive.read import syntax as s
from derive.read.errors import DeclarationError, ReadError
from derive.read.names import (
    MARK_WORDS,
    TRANSPOSE_MARKS,
    Split,
    Whole,
    conditional,
    items_of,
    option,
    parts_of,
    script,
    split_superscript,
)
from derive.read.notation import words_of
from derive.read.parser import Parser, parsed
from derive.read.tokens import tokenize


def parse_at(text: str, offset: int) -> s.Node:
    """The tree of a piece of a declaration that begins at ``offset``."""
    return parsed(tokenize(text, offset))


@lru_cache(maxsize=1024)
def items_at(text: str, offset: int) -> tuple[s.Node, ...]:
    """The trees of a list with commas; the same list is asked for again and again."""
    parser = Parser(tokenize(text, offset))
    items, _ = parser.items("")
    if parser.here.kind != "stop":
        raise parser.fail("a comma or the end")
    return items


def with_sizes(context: Context, extents: tuple[Extent, ...]) -> Context:
    """The context with every name in these extents as a size."""
    for extent in extents:
        for name in sorted(extent.names):
            if name in context.indices:
                raise DeclarationError(f"expected a size, found the index {name}; give one of them another letter")
            if name not in context.sizes:
                context = _counted(context, name).with_size(name)
    return context


def _counted(context: Context, name: str) -> Context:
    """The context without a whole number that is a length: ``d \\in \\mathbb{N} ; x \\in \\mathbb{R}^d``."""
    decl = context.symbols.get(name)
    if decl is None or decl.shape or decl.family or decl.definition is not None or "integer" not in decl.properties:
        return context
    symbols = {key: each for key, each in context.symbols.items() if key != name}
    return replace(context, symbols=MappingProxyType(symbols))


def put(context: Context, name: str, entry: str, value: object) -> Context:
    """The context with one more entry in a mapping among its options."""
    return context.with_option(name, MappingProxyType({**option(context, name), entry: value}))


def add_option(context: Context, name: str, values: tuple[str, ...]) -> Context:
    """The context with more words in an option that is a list."""
    old = context.options.get(name)
    return context.with_option(name, tuple(dict.fromkeys((*(old if isinstance(old, tuple) else ()), *values))))


def target(context: Context, node: s.Node) -> tuple[str, tuple[str, ...], bool]:
    """The name a declaration is about, its family's index names, and whether a bare superscript is an index."""
    parts = parts_of(node)
    if parts is None:
        raise ReadError(f"expected a name, found {s.key(node)}", Span(node.start, node.stop))
    base, sub, sup = parts
    other = option(context, "alias").get(base)
    if isinstance(sup, s.Group) and isinstance(other, str) and not isinstance(other, Whole):
        base = other  # \\mu^{(t+1)} of an alias \\mu is that of the thing itself
    split = split_superscript(sup)
    above, raised = split.items, False
    if split.rest is not None:
        mark = letter_mark(context, base, split.rest)
        if not mark and s.key(split.rest) not in context.indices:
            raise ReadError(
                f"expected a name without an exponent, found {s.key(node)}",
                Span(node.start, node.stop),
                "write “name …” if the whole is a name",
            )
        above, raised = (above, False) if mark else ((split.rest,), True)
        split = Split(split.items, None, mark) if mark else split
    for given, indices in conditional(sub):
        letters = tuple(s.key(item) for item in indices)
        declared = {*letters} <= {*context.indices} and len({*letters}) == len(letters)
        if declared and not above and not split.marked:
            return f"{base}_{{{given}}}", letters, False
    families, named = shared_items(context, above)
    more, below = shared_items(context, items_of(sub))
    joined = "" if isinstance(sub, s.Juxt) else ","
    tail = script("_", joined.join(below)) + script("^", split.marked)
    tail += script("^", f"({','.join(named)})" if named else "")
    return base + tail, (*families, *more), raised


MARKS = "marks"
"""The notation switch that lists the names whose last letter above them is part of them: ``p^\\tau``."""


def letter_mark(context: Context, base: str, above: s.Node) -> str:
    """The letter above a name that belongs to it: one that nothing declares (``W^z``, beside ``W``), or one that a text
    has made a mark of this name. A number or a size is an exponent, ``T`` transposes."""
    if not isinstance(above, s.Name) or above.text in context.indices:
        return ""
    if base + script("^", above.text) in words_of(context.options.get(MARKS)):
        return above.text
    known = (context.symbols, context.sizes, context.functions)
    letter = above.text.lstrip("\\").isalpha() and above.text not in TRANSPOSE_MARKS
    return above.text if letter and not any(above.text in names for names in known) else ""


def shared_items(context: Context, items: tuple[s.Node, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Which scripts are declared indices, and which belong to the name."""
    texts = [s.key(item) for item in items]
    inside = [text for text in texts if text in context.indices]
    word = "".join(texts) in MARK_WORDS
    if 1 < len(texts) <= 3 and inside and len(inside) < len(texts) and _run_of_letters(items) and not word:
        other = next(text for text in texts if text not in context.indices)
        raise DeclarationError(
            f"expected a declared index, found {other}; write x_{{{','.join(texts)}}} if it is part of the name"
        )
    if len(texts) > 1 and all(text.isalpha() for text in texts) and not all(text in context.indices for text in texts):
        outside = [item for item in items if s.key(item) not in context.indices]
        if len(outside) == len(texts) or all(item.stop - item.start == 1 for item in items):
            return (), texts
    return tuple(text for text in texts if text in context.indices), [
        text for text in texts if text not in context.indices
    ]


def ranges_of(context: Context, names: tuple[str, ...]) -> tuple[Range, ...]:
    """The ranges of index names."""
    return tuple(context.indices[name] for name in names)


def declared_so_far(context: Context, node: s.Node, whole_name: bool = False) -> tuple[Context, SymbolDecl]:
    """The declaration of a name so far: an old one, or a new scalar."""
    if whole_name:
        name, raised = s.key(node), False
        names: tuple[str, ...] = ()
    else:
        name, names, raised = target(context, node)
    if name in context.indices and not names:
        raise ReadError(f"{name} is declared as an index", Span(node.start, node.stop))
    context, name = variant_key(context, name, names)
    old = context.symbols.get(name)
    if raised:
        context = add_option(context, "superscript", (name,))
    return context, old or SymbolDecl(name, ranges_of(context, names), names)


def variant_key(context: Context, name: str, names: tuple[str, ...]) -> tuple[Context, str]:
    """The key of a quantity: its name, unless ``λ`` and ``λ_k`` are both declared; then the later one is told apart."""
    more = option(context, "variants").get(name)
    keys = (name, *more) if isinstance(more, tuple) else (name,)
    if name in context.indices and names and name not in context.symbols and len(keys) == 1:
        return _told_apart(context, name, names, keys)  # vectors k_j beside the index k, which a sum may bind
    for key in keys:
        decl = context.symbols.get(key)
        if decl is None or decl.family == ranges_of(context, names):
            return context, key
    return _told_apart(context, name, names, keys)


def _told_apart(context: Context, name: str, names: tuple[str, ...], keys: tuple[str, ...]) -> tuple[Context, str]:
    other = f"{name}_{{{','.join(names)}}}" if names else f"{name}{{}}"
    return put(context, "variants", name, (*keys[1:], other)), other


def _run_of_letters(items: tuple[s.Node, ...]) -> bool:
    """Whether the items are single letters with nothing between them."""
    letters = all(isinstance(item, s.Name) and item.text.isalpha() for item in items)
    return letters and all(a.stop == b.start for a, b in itertools.pairwise(items))
