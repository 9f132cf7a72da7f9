"""SymPy expressions in index notation, read into terms without losing scope.

SymPy is only taken apart here, never asked to compute. A name is bound by the innermost ``Sum``, ``Product``,
``Integral`` or word around it, else it means what the context declares; everything else is refused with a message.

>>> import sympy
>>> from derive.read.declarations import declare
>>> context = declare(r"index n = 1..N ; x_n \\in \\mathbb{R}")
>>> (x, n, N) = symbols(context, "x", "n", "N")
>>> to_term(sympy.Sum(x[n], (n, 1, N)), context)  # doctest: +ELLIPSIS
Big(kind='sum', var='n', ..., body=Sym(name='x', indices=(Index(name='n'),)), where=None)

What SymPy has already rewritten cannot be seen any more: ``x**2/x`` arrives as ``x``, without its condition; ``X*X.I``
as the identity. Where that matters, use the words of ``derive.read.symbols`` (``quotient``, ``power``, ``inv`` …):
SymPy leaves them alone.
"""

from __future__ import annotations

from collections.abc import Iterable

from sympy.core.sympify import SympifyError, _sympify

from derive.language.context import Context
from derive.language.extents import Range, Shape
from derive.language.terms import Term
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError, indices, sizes, symbols
from derive.read.sympy import binders, expressions, matrices, names, words
from derive.read.sympy.reading import READERS, read_expr

__all__ = ["SympyReadError", "indices", "sizes", "symbols", "to_term"]

for _part in (names, expressions, binders, matrices, words):
    READERS.update(_part.ROWS)


def to_term(expr: object, context: Context, scope: Iterable[tuple[str, Range | Shape]] = ()) -> Term:
    """The term that a SymPy expression says, in this context; ``scope`` lists names bound around it, outermost first.

    ``SympyReadError`` says what cannot be read. Whether the two sides of a sum or an equation have one shape is left to
    ``language.shapes``.

    >>> import sympy
    >>> to_term(sympy.Symbol("y"), Context())
    Traceback (most recent call last):
    ...
    derive.read.symbols.SympyReadError: y is not declared; declared are no names
    """
    around = Scope(context)
    for name, what in scope:
        around = around.bind(name, what)
    try:
        found = _sympify(expr)
    except SympifyError as error:
        found_text = f"{type(expr).__name__}: {expr!r}"
        raise SympyReadError(f"expected a SymPy expression or a number, found {found_text}") from error
    return read_expr(found, around)
