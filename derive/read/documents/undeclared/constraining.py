r"""A letter that nothing declares and that stands before a constraint: the λ of ``\lambda (1 - \sum_k \pi_k)``."""

from __future__ import annotations

import re
from itertools import pairwise

from derive.read import syntax as s
from derive.read.names import TRANSPOSE_MARKS, parts_of

_LETTER = re.compile(r"\\(?:lambda|nu|alpha|beta|eta|xi|kappa|zeta|mu|rho|gamma|tau|omega|theta)")


def multiplies_constraint(name: str, node: s.Node | None) -> bool:
    """Whether ``name`` is a factor before a difference of a sum and a number: then it is no function, but a number.

    >>> from derive.read.parser import parse
    >>> multiplies_constraint(r"\\lambda", parse(r"L = f + \\lambda (1 - \\sum_k p_k)"))
    True
    >>> multiplies_constraint(r"\\lambda", parse(r"L = \\lambda (x - 1)"))
    False
    >>> multiplies_constraint(r"\\lambda", parse(r"u^T S u - \\lambda (u^T u - 1)"))
    True
    >>> multiplies_constraint(r"\\rho", parse(r"a^T C b - \\frac{\\rho}{2} (a^T S a - 1)"))
    True
    """
    for part in s.walk(node) if node is not None else ():
        match part:
            case s.Juxt(parts=parts):
                pairs = pairwise(parts)
            case s.Product(first=first, rest=((op, second), *_)) if op == "*":
                pairs = pairwise((first, second))
            case _:
                continue
        if any(_is_letter(one, name) and _is_constraint(two) for one, two in pairs):
            return True
    return False


def _is_letter(node: s.Node, name: str) -> bool:
    """The letter, or a fraction of it: ``\\frac{\\rho}{2} (\\dots)``."""
    if isinstance(node, s.Frac) and isinstance(node.bottom, s.Number):
        node = node.top
    parts = parts_of(node)
    return parts is not None and s.key(node) == name and _LETTER.fullmatch(parts[0]) is not None


def _is_length(node: s.Node) -> bool:
    """``u^T u``, ``u^T S u`` and ``\\|u\\|^2``."""
    match node:
        case s.Juxt(parts=(first, s.Name() | s.Script(), last)):
            return _is_length(s.Juxt(node.start, node.stop, (first, last)))
        case s.Juxt(parts=(s.Script(base=base, sub=sub, sup=s.Node() as mark), other)):
            plain = base if sub is None else s.Script(node.start, node.stop, base, sub, None)
            return s.key(mark) in TRANSPOSE_MARKS and s.key(plain) == s.key(other)
        case s.Script(base=s.Group(bracket="||"), sub=None):
            return True
    return False


def _is_constraint(node: s.Node) -> bool:
    """``(1 - \\sum_k p_k)`` or ``(\\sum_k p_k - 1)``, in any brackets."""
    match node:
        case s.Group(bracket="(" | "[" | "\\{", items=(s.Sum(terms=((one, first), (other, second))),)):
            sums = [(isinstance(each, s.BigOp) and each.kind == "sum") or _is_length(each) for each in (first, second)]
            plain = [isinstance(each, s.Number | s.Name) for each in (first, second)]
            return "-" in (one, other) and ((sums[0] and plain[1]) or (sums[1] and plain[0]))
    return False
