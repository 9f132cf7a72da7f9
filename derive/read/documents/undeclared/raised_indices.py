"""``w^{(i)}`` of a w that nothing declares, where i counts: to the rules it is ``w_i``, wherever it stands."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import Any

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.text.spelling import spaced
from derive.read.documents.undeclared.evidence import Evidence, parts_of_name
from derive.read.names import split_superscript


def lowered(name: str, context: Context, evidence: Evidence) -> Evidence:
    """The evidence with the index of this name below it, if it is written above."""
    parts = parts_of_name(name)
    index = parts[1] if parts is not None and parts[2] is None else None
    if parts is None or not isinstance(index, s.Name) or index.text not in context.indices:
        return evidence
    base, letter = parts[0], index.text
    raised = re.compile(rf"(?<!\S){re.escape(spaced(base))} \^ \{{ \( {re.escape(letter)} \) \}}(?!\S)")
    if not any(raised.search(text) for text in evidence.formulas):
        return evidence

    def written(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(raised.sub(lambda _: f"{spaced(base)} _ {letter}", text) for text in texts)

    return replace(
        evidence,
        formulas=written(evidence.formulas),
        node=None if evidence.node is None else _lowered(evidence.node, base, letter),
        section=[_lowered(node, base, letter) for node in evidence.section],
        defining=None if evidence.defining is None else written(evidence.defining),
        texts=written(evidence.texts),
    )


def _lowered(node: s.Node, base: str, letter: str) -> s.Node:
    """A formula in which ``w^{(i)}`` is ``w_i``."""
    match node:
        case s.Script(base=inner, sub=None, sup=s.Node() as sup) if s.key(inner) == base:
            split = split_superscript(sup)
            if [s.key(item) for item in split.items] == [letter]:
                below = s.Script(node.start, node.stop, inner, split.items[0], None, node.primes)
                return below if split.rest is None else replace(below, sup=split.rest)
    found: dict[str, Any] = {item.name: _inside(getattr(node, item.name), base, letter) for item in fields(node)}
    return replace(node, **found) if any(getattr(node, name) is not value for name, value in found.items()) else node


def _inside(value: object, base: str, letter: str) -> object:
    if isinstance(value, s.Node):
        return _lowered(value, base, letter)
    if isinstance(value, tuple):
        new = tuple(_inside(item, base, letter) for item in value)
        return new if any(one is not other for one, other in zip(new, value, strict=True)) else value
    return value


__all__ = ["lowered"]
