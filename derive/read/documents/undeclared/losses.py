"""The loss of which a text gives only derivatives: an unknown function of the layers that lie nearest to it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from derive.language.context import Context
from derive.language.terms import Array, Entry, Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.text.scanner import Found
from derive.read.documents.undeclared.conventions import whole_family
from derive.read.documents.undeclared.last_layers import last_layers
from derive.read.errors import DeclarationError, ReadError, WrongIndices
from derive.read.inline_derivatives import with_derivatives
from derive.read.latex import node_readings
from derive.read.parser import parse

_LOSS = re.compile(
    r"(?i)\b(?:loss|objective|cost|error|risk|criterion|scalar)\b|"
    r"\b(?:be|is|for)\s+(?:an?|any|some)\s+(?:(?!convex|linear|concave|quadratic|constant|known)[a-z-]+\s+){0,2}function\s+of\b"
)


_CALLED = (
    re.compile(r"(?i)\b(?:loss|objective|cost|error|risk)(?:\s+function)?\s*\Z"),
    re.compile(r"(?i)^\s*(?:is|be|denotes?)\s+(?:an?|the|some|any)\s+(?:\w+\s+)?(?:loss|objective|cost|error|risk)\b"),
)


def called_losses(pieces: Sequence[Found]) -> frozenset[str]:
    """The names that the text calls a loss: ``the loss $L$``, ``let $L$ be a scalar loss``."""
    found: set[str] = set()
    for number, each in enumerate(pieces):
        if each.kind != "inline" or each.math is None or len(each.math.text) > 20:
            continue
        before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        if _CALLED[0].search(before[-60:]) or _CALLED[1].match(after[:60]):
            try:
                found.add(s.key(parse(each.math.text.strip(" .,;"))))
            except ReadError:
                continue
    return frozenset(found)


_OF = re.compile(
    r"(?i)^\s*(?:(?:be|is|denotes?)\s+)?(?:[a-z-]+\s+){0,6}?(?:function\s+of|depend(?:s|ing)?\s+(?:only\s+)?on)\s*(?:the\s+)?\Z"
)


_MORE = re.compile(
    r"(?i)^\s*(?:,\s*)?(?:(?:and|or|as\s+well\s+as|and\s+(?:also|directly))(?!\s+(?:let|that|write|so|then|we)\b)|,\s*\Z)"
)


def said_to_depend(name: str, pieces: Sequence[Found]) -> tuple[s.Node, ...]:
    """What the words say that a loss depends on: ``$L$ be a function of $w$``; nothing where that is no name, or is one
    of several."""
    for place, (one, words, other) in enumerate(zip(pieces, pieces[1:], pieces[2:], strict=False), 3):
        after = pieces[place].text if place < len(pieces) and pieces[place].kind == "prose" else ""
        if _MORE.match(after) is not None:
            continue
        if one.math is None or other.math is None or words.kind != "prose" or not _OF.match(words.text):
            continue
        try:
            if s.key(parse(one.math.text.strip(" .,;"))) == name:
                node = parse(other.math.text.strip(" .,;"))
                return (node,) if isinstance(node, s.Name | s.Script) else ()
        except ReadError:
            continue
    return ()


def loss(
    name: str, words: str, nodes: Sequence[s.Node], context: Context, of: tuple[s.Node, ...] = ()
) -> Defined | None:
    """``L`` of which only derivatives are written, and which the text calls a loss: an unknown function of those
    quantities in which it is differentiated, or which the text says that it is ``of``, and on which no other of them
    depends.

    ``nodes`` are the formulas of its section, ``words`` the prose before it. Nothing is inferred where the section
    gives L a value, or differentiates it in what is not declared yet.
    """
    if not _LOSS.search(words) or name in context.symbols or name in context.functions or name in context.sizes:
        return None
    variables: dict[str, s.Node] = {s.key(each): each for each in of}
    for node in nodes:
        if _gives_value(node, name):
            return None
        for variable in _differentiated_in(node, name):
            variables.setdefault(s.key(variable), variable)
    found: dict[str, str] = {}
    for key, variable in variables.items():
        try:
            term = node_readings(variable, context)[0].term
        except WrongIndices as problem:
            if whole_family(problem, context) is None:
                return None
            family = ",".join(context.symbols[problem.name].family_names)
            found.setdefault(problem.name, f"{problem.name}_{{{family}}}")
            continue
        except ReadError:
            return None
        if isinstance(term, Array) and isinstance(term.body, Sym):
            found.setdefault(term.body.name, key)
        elif isinstance(term, Entry) and isinstance(term.base, Sym):
            found.setdefault(term.base.name, term.base.name if not term.base.indices else key)
        elif isinstance(term, Sym):
            found.setdefault(term.name, key)
        else:
            return None
    last = last_layers(found, context)
    if last is None:
        return None
    text = f"opaque {name} depends on {', '.join(found[each] for each in last.names)}"
    try:
        return Defined(declare(text, last.context), text)
    except DeclarationError:
        return None


def _gives_value(node: s.Node, name: str) -> bool:
    """Whether a chain has ``L`` or ``L(…)`` as a side."""
    if not isinstance(node, s.Relation):
        return False
    for side in (node.first, *(side for _, side in node.rest)):
        head = side.parts[0] if isinstance(side, s.Juxt) and len(side.parts) == 2 else side
        called = isinstance(side, s.Juxt) and isinstance(side.parts[1], s.Group)
        if s.key(head) == name and (head is side or called):
            return True
    return False


def _differentiated_in(node: object, name: str) -> list[s.Node]:
    """The variables of every derivative of ``name`` in a tree."""
    if isinstance(node, tuple):
        return [variable for part in node for variable in _differentiated_in(part, name)]
    if not isinstance(node, s.Node):
        return []
    found: list[s.Node] = []
    if isinstance(node, s.Diff) and node.body is not None and s.key(node.body) == name:
        found += node.variables
    if isinstance(node, s.Product):
        written = with_derivatives(node)
        if written is not node:
            return _differentiated_in(written, name)
    if isinstance(node, s.Juxt):
        for first, second in zip(node.parts, node.parts[1:], strict=False):
            if s.key(second) != name:
                continue
            if isinstance(first, s.Script) and s.key(first.base) == "\\nabla" and first.sub is not None:
                found.append(first.sub)
            if isinstance(first, s.Diff) and first.body is None:
                found += first.variables
    return found + [
        variable
        for item in fields(node)
        if item.name not in ("start", "stop")
        for variable in _differentiated_in(getattr(node, item.name), name)
    ]


__all__ = ["called_losses", "loss", "said_to_depend"]
