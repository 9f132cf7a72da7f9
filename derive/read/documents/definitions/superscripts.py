r"""Letters above a name that belong to it: ``p_k^\tau := …`` of a temperature τ is no power of p."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Shape
from derive.read import syntax as s
from derive.read.documents.text.spelling import spaced
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import TRANSPOSE_MARKS, parts_of, script
from derive.read.notation import is_transpose, words_of
from derive.read.targets import MARKS, add_option


def with_mark(
    node: s.Node, body: s.Node, context: Context, texts: tuple[str, ...], said: bool
) -> tuple[Context, str] | None:
    """The context in which the letter above the name that a formula defines is part of that name, and the name; None if
    it may be an exponent, an index or a transpose. ``said`` is whether the text says that it defines."""
    parts = parts_of(node)
    if parts is None or parts[2] is None or not isinstance(parts[2], s.Name):
        return None
    base, sub, above = parts[0], parts[1], parts[2]
    name = base + script("^", above.text)
    if name in context.symbols or not _may_mark(node, above, context):
        return None
    depends = any(isinstance(part, s.Name) and part.text == above.text for part in s.walk(body))
    if not depends and above.text in context.symbols:
        return None
    if not said and (_is_readable(base, sub, context) or not depends or _stands_without(base, texts)):
        return None
    return add_option(context, MARKS, (name,)), name


def is_marked(node: s.Node, context: Context) -> bool:
    """Whether this is a name with a letter above it that has been made part of it, and that nothing defines yet."""
    parts = parts_of(node)
    if parts is None or not isinstance(parts[2], s.Name):
        return False
    name = parts[0] + script("^", parts[2].text)
    return name in words_of(context.options.get(MARKS)) and name not in context.symbols


def _may_mark(node: s.Node, above: s.Name, context: Context) -> bool:
    """Whether a letter is neither an index, nor a size or a whole number, nor transposes what is below it."""
    decl = context.symbols.get(above.text)
    if above.text in context.indices or above.text in context.sizes or (decl is not None and decl.shape):
        return False
    if decl is None and above.text in TRANSPOSE_MARKS:
        return False
    if decl is not None and ("integer" in decl.properties or decl.values):
        return False
    return not is_transpose(above, context, _shape_below(node, context))


def _shape_below(node: s.Node, context: Context) -> Shape:
    try:
        return node_readings(_without(node), context)[0].shape
    except ReadError:
        return ()


def _without(node: s.Node) -> s.Node:
    """The name without what stands above it."""
    match node:
        case s.Script(base=base, sub=None):
            return base
        case s.Script(start=start, stop=stop, base=base, sub=sub, primes=primes):
            return s.Script(start, stop, base, sub, None, primes)
    return node


def _is_readable(base: str, sub: s.Node | None, context: Context) -> bool:
    """Whether something is called so without the letter: then this may be its power."""
    known = (context.symbols, context.functions, context.sizes)
    if any(base in names for names in known):
        return True
    node: s.Node = s.Name(0, 0, base)
    try:
        node_readings(node if sub is None else s.Script(0, 0, node, sub), context)
    except Undeclared:
        return False
    except ReadError:
        return True
    return True


def _stands_without(base: str, texts: tuple[str, ...]) -> bool:
    """Whether a section has the name without the letter above it as well."""
    scripts = r"(?: _ (?:\{[^{}]*\}|\S+))?"
    plain = re.compile(rf"(?<!\S){re.escape(spaced(base))}{scripts}(?!\S)(?! [_^])")
    return any(plain.search(text) for text in texts)


__all__ = ["is_marked", "with_mark"]
