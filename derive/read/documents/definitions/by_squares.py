r"""``\sigma_j^2 = \frac1N \sum_i (x_{ij} - \mu_j)^2``: the spread σ_j is the positive root of what the text says."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context
from derive.language.terms import Sym
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, is_undeclared, primitive
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

_SPREAD = re.compile(r"(?:\\(?:hat|tilde|bar|widehat|widetilde)\{)?(?:\\sigma|\\tau|s|\\nu|\\rho|\\omega|\\kappa)\}?")
"""Letters of which the square is what texts speak of."""


def root_of(node: s.Node) -> s.Node | None:
    """``\\sigma_j`` of ``\\sigma_j^2``, for letters of a spread."""
    match node:
        case s.Script(base=s.Name(text=letter) as base, sup=s.Number(text="2"), primes=0) if _SPREAD.fullmatch(letter):
            return base if node.sub is None else replace(node, sup=None)
    return None


def declared_root(node: s.Node, body: s.Node, context: Context) -> Sym | None:
    """The declared number, defined by nothing, of which a side is the square and ``body`` the value of that."""
    root = root_of(node)
    found = primitive(root, context) if root is not None else None
    return found if found is not None and _is_number(node, context) and _is_number(body, context) else None


def is_new_member(node: s.Node, body: s.Node, context: Context) -> bool:
    """Whether nothing declares σ_j, and the ``body`` has the indices below it: ``s_j^2 = 1`` says of s_j that it is 1
    or -1. ``\\sigma^2`` is one name where nothing declares σ."""
    root = root_of(node)
    if not isinstance(root, s.Script) or root.sub is None or not is_undeclared(root, context):
        return False
    below = {part.text for part in s.walk(root.sub) if isinstance(part, s.Name) and part.text in context.indices}
    return bool(below) and below <= {part.text for part in s.walk(body) if isinstance(part, s.Name)}


def defined(node: s.Node, text: str, context: Context) -> Defined | None:
    """The definition of the root, if what it is said to square to is a number for each value of its indices."""
    root = root_of(node)
    if root is None:
        return None
    let = f"let {s.key(root)} := \\sqrt{{{text}}}"
    try:
        return Defined(declare(let, context), let) if _is_number(parse(text), context) else None
    except DeclarationError:
        return None


def _is_number(node: s.Node, context: Context) -> bool:
    """Whether a side is a number in each of its readings."""
    try:
        return not any(typed.shape for typed in node_readings(node, context))
    except ReadError:
        return False


__all__ = ["declared_root", "defined", "is_new_member", "root_of"]
