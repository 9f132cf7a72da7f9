r"""Matrices that a normal density which is written out shows to be its covariance: with ``|\Sigma|^{1/2}`` below and
``\Sigma^{-1}`` in the exponent, that is a density only if Σ is symmetric and positive definite."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read.documents.text.spelling import spaced

_TWO_PI = re.compile(r"(?<!\S)2 (?:\\cdot )?\\pi(?!\S)")
_EXPONENT = re.compile(r"\\exp(?!\S)|(?<!\S)e \^|\\(?:log|ln)(?!\S)")
_BELOW = r"(?: _ (?:\{ [^{}]* \}|[^\s{}]+))?"


def covariances(text: str, context: Context) -> tuple[str, ...]:
    r"""The declared square matrices that a formula divides the exponential of a quadratic form in their inverse by the
    root of their determinant by, beside a power of 2π.

    >>> from derive.read.declarations import declare
    >>> context = declare(r"A, B \in \mathbb{R}^{n \times n} ; x \in \mathbb{R}^n", Context())
    >>> covariances(r"\frac{1}{(2\pi)^{n/2} |A|^{1/2}} \exp(-\frac12 x^T A^{-1} x) + |B|", context)
    ('A',)
    """
    text = spaced(text)
    if _TWO_PI.search(text) is None or _EXPONENT.search(text) is None:
        return ()
    found = []
    for name, decl in context.symbols.items():
        if len(decl.shape) != 2 or decl.shape[0] != decl.shape[1] or decl.definition is not None or decl.depends:
            continue
        matrix = re.escape(spaced(name)) + _BELOW
        determinant = rf"(?:\||\\lvert|\\det(?: \()?) (?:2 \\pi )?{matrix}(?: (?:\||\\rvert|\)))?(?!\S)"
        inverse = rf"(?<!\S){matrix} \^ \{{ - 1 \}}"
        if re.search(determinant, text) and re.search(inverse, text):
            found.append(name)
    return tuple(found)


__all__ = ["covariances"]
