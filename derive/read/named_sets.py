"""Sets with a usual name: the probability simplex ``\\Delta^{K-1}``, symmetric matrices ``\\mathbb{S}^n_+``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.read import syntax as s
from derive.read.spaces import node_extent

_MATRICES = {"": "symmetric", "+": "symmetric psd", "++": "symmetric posdef"}


def named_set(node: s.Node, name: str, context: Context) -> tuple[Shape, frozenset[str]] | None:
    """The shape of what is in a set with a usual name, and its properties; None for another set, or where the letter is
    declared to be something else. ``\\Delta^{K-1}`` and ``\\Delta_K`` have K numbers each."""
    if not isinstance(node, s.Script) or not isinstance(node.base, s.Name):
        return None
    letter, sup, sub = node.base.text, node.sup, node.sub
    if letter == "\\Delta" and letter not in context.symbols and (sup is None) != (sub is None):
        of = sup or sub
        if of is None or re.fullmatch(r"[A-Za-z]+|\{?[A-Za-z]+-1\}?|\d+", s.key(of)) is None:
            return None
        length = node_extent(of)
        return (length + Extent.of(1) if "-" in s.key(of) else length,), frozenset({"simplex"})
    sign = s.key(sub) if sub is not None else ""
    matrix = re.fullmatch(
        r"(?:\\(?:mathbf|boldsymbol|bm)\{)?(?:[A-Z]|\\(?:Sigma|Lambda|Omega|Theta|Psi|Phi|Gamma))\}?(?:_.*)?", name
    )
    if letter in ("\\mathbb{S}", "\\mathcal{S}") and sup is not None and sign in _MATRICES and matrix:
        if re.fullmatch(r"[a-z]|\{[a-z]\}|\d+", s.key(sup)) is None:
            return None
        length = node_extent(sup)
        return (length, length), frozenset(_MATRICES[sign].split())
    return None


__all__ = ["named_set"]
