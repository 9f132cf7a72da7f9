r"""Normal distributions with a name: ``p = \mathcal{N}(m_0, S_0)`` on ``\mathbb{R}^d`` says what m_0 and S_0 are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from derive.language.context import Context
from derive.language.extents import Shape
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import is_undeclared
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.normal_numbers import of_normal
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.spelling import spaced
from derive.read.documents.words.named_densities import named
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.names import parts_of
from derive.read.notation import NORMALS
from derive.read.parser import parse
from derive.read.spaces import is_space, read_space

NEAR = 8
"""How many pieces of the text after it may say on what space a distribution is."""


@dataclass(frozen=True)
class Named:
    """The context with the parameters of a distribution, and what was laid down."""

    context: Context
    texts: tuple[str, ...]


def named_normal(
    node: s.Node | None,
    pieces: Sequence[Found],
    number: int,
    context: Context,
    earlier: frozenset[str] = frozenset(),
    texts_here: Sequence[str] = (),
) -> Named | None:
    """What ``p = \\mathcal{N}(m, S)`` lays down of m and S, if nothing declares them, and p as the density that it is
    where that can be told; None if this is anything else. ``earlier`` is what other sections have named."""
    match node:
        case s.Relation(
            first=first, rest=((("=" | ":="), s.Juxt(parts=(head, s.Group(items=(mean, spread)) as group))),)
        ):
            if s.key(head) not in NORMALS or parts_of(first) is None or not is_undeclared(first, context):
                return None
        case _:
            return None
    texts: list[str] = [f"{s.key(first)} is a normal distribution"]
    if _is_square(spread):
        context = _without_wholes((mean, spread), context, earlier, texts_here)
        for said in of_normal(s.Juxt(node.start, node.stop, (head, group)), context) or ():
            context = declare(said, context)
            texts.append(said)
    shape = _shape(mean, context)
    shape = _space(pieces, number) if shape is None else shape
    if shape is None:
        return None
    for item, word, extents in ((mean, "", shape), (spread, " symmetric posdef" if shape else "", shape * 2)):
        if _shape(item, context) is not None or parts_of(item) is None:
            continue
        sizes = " \\times ".join(map(str, extents))
        text = f"{s.key(item)} \\in \\mathbb{{R}}^{{{sizes}}}{word}" if extents else f"{s.key(item)} > 0"
        try:
            context = declare(text, context)
        except DeclarationError:
            return None
        texts.append(text)
    try:
        done = named(node, context)
    except ReadError:
        return Named(context, tuple(texts))
    return Named(context, tuple(texts)) if done is None else Named(done.context, (*texts, done.text))


def _is_square(node: s.Node) -> bool:
    """Whether this is ``s^2``: the variance of a number."""
    return isinstance(node, s.Script) and node.sup is not None and s.key(node.sup) == "2"


def _without_wholes(
    items: Sequence[s.Node], context: Context, earlier: frozenset[str], texts: Sequence[str]
) -> Context:
    """``\\mu_1`` in a section that has no μ by itself is no entry of the vector μ of an earlier one, and no value of a
    function that it nowhere calls."""
    gone: set[str] = set()
    for item in items:
        parts = parts_of(item)
        if parts is None or parts[1] is None or parts[0] not in earlier:
            continue
        then = r"(?: \^ \S+)? [(]" if parts[0] in context.functions else "(?! _)"
        bare = re.compile(rf"(?<!\S){re.escape(spaced(parts[0]))}(?!\S){then}")
        if not any(bare.search(text) for text in texts):
            gone.add(parts[0])
    return without_names(context, frozenset(gone)) if gone else context


def _shape(node: s.Node, context: Context) -> Shape | None:
    try:
        return node_readings(node, context)[0].shape
    except ReadError:
        return None


def _space(pieces: Sequence[Found], number: int) -> Shape | None:
    """The space ``\\mathbb{R}^d`` that stands alone behind a formula, in the same sentence."""
    for piece in pieces[number + 1 : number + 1 + NEAR]:
        if piece.kind == "prose" and "." in piece.text:
            return None
        if piece.kind != "inline" or piece.math is None:
            continue
        try:
            node = parse(piece.math.text.strip(" .,;"))
            if is_space(node):
                return read_space(node, None)
        except ReadError:
            continue
    return None


def specialised(node: s.Node | None, words: str, context: Context) -> Named | None:
    """``Take $p = \\mathcal{N}(0, 1)$`` of an unknown density p of a number that has been declared: from here to the
    next heading it is that one. Not where the words only suppose it for a claim, or assert it."""
    match node:
        case s.Relation(
            first=s.Name(text=name), rest=((("=" | ":="), s.Juxt(parts=(head, s.Group(items=(mean, spread))))),)
        ) if s.key(head) in NORMALS:
            decl = context.functions.get(name)
        case _:
            return None
    if decl is None or decl.body is not None or decl.builtin is not None or len(decl.params) != 1 or decl.family:
        return None
    if (
        not _CHOOSES.search(words)
        or _shape(mean, context) not in ((), None)
        or _shape(spread, context) not in ((), None)
    ):
        return None
    texts = [f"{s.key(item)} > 0" for item in (spread,) if _shape(item, context) is None and parts_of(item) is not None]
    text = f"function {name}({decl.params[0]}) := \\mathcal{{N}}({decl.params[0]} | {s.key(mean)}, {s.key(spread)})"
    functions = {key: other for key, other in context.functions.items() if key != name}
    try:
        for each in texts:
            context = declare(each, context)
        done = declare(text, replace(context, functions=MappingProxyType(functions)))
    except DeclarationError:
        return None
    return Named(context.with_function(done.functions[name]), (*texts, text))


_CHOOSES = re.compile(
    r"(?i)(?:\b(?:take|let|choose|consider|set|put|for\s+(?:example|instance),?)(?:\s+(?:now|both|first))?|\A\s*,?\s*(?:and|,))\s*\Z"
)
"""Words right before which choose one, and those that join another to it."""


__all__ = ["Named", "named_normal", "specialised"]
