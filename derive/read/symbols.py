"""The words to write mathematics with in Python: SymPy symbols of declared names, and operators SymPy leaves alone.

SymPy rewrites what it is given: ``x**2/x`` becomes ``x``, a product of vectors is sorted by name, ``A*A**-1`` is 1, a
``Piecewise`` under a sum is moved outside every other sum in the body (even out of the reach of its own bound index).
A condition or an order that is lost on construction cannot be recovered when the expression is read. The words of this
file keep what was written: a ``Word`` looks like one symbol to SymPy, which then neither evaluates nor reorders what it
holds. ``derive.read.sympy.to_term`` opens it.

>>> import sympy
>>> x = sympy.Symbol("x")
>>> x**2 / x, quotient(x**2, x)
(x, quotient(x**2, x))
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from typing import Any

import sympy
from sympy.core.expr import AtomicExpr
from sympy.core.sympify import SympifyError, _sympify

from derive.language.context import Context
from derive.language.operators import OPERATORS
from derive.read.errors import ReadError
from derive.read.names import option


class SympyReadError(ReadError):
    """A SymPy expression that cannot be read without guessing. The message says what was expected and what to write."""


class Word(AtomicExpr):  # type: ignore[misc]  # SymPy has no types
    """An operator applied to arguments that SymPy cannot reach: ``word`` names it, ``payload`` holds them.

    Substituting or differentiating through it raises, because SymPy does either without regard for bound names.
    """

    __slots__ = ("payload", "word")
    is_commutative = True

    word: str
    payload: tuple[Any, ...]

    def __new__(cls, word: str, *payload: object) -> Word:
        """``word`` applied to arguments; text among them is refused, never parsed."""
        self: Word = AtomicExpr.__new__(cls)
        self.word = word
        self.payload = tuple(_held(word, item) for item in payload)
        return self

    def __getnewargs__(self) -> tuple[Any, ...]:
        return (self.word, *self.payload)

    def _hashable_content(self) -> tuple[Any, ...]:
        return (self.word, *self.payload)

    @property
    def free_symbols(self) -> set[Any]:
        """Every symbol it mentions, bound ones too: SymPy must not take it for a constant."""
        return {symbol for item in self.payload for symbol in item.free_symbols}

    def mentions(self, part: Any) -> bool:
        """Whether ``part`` occurs in what it holds, at any depth."""
        nodes = [node for item in self.payload for node in sympy.preorder_traversal(item)]
        return any(node == part or (isinstance(node, Word) and node.mentions(part)) for node in nodes)

    def _subs(self, old: Any, new: Any, **hints: object) -> Any:
        if self == old:
            return new
        if self.mentions(old):
            raise SympyReadError(f"SymPy cannot substitute {old} in {self} safely; write at(…, {old}, {new}) around it")
        return self

    def _xreplace(self, rule: Any) -> tuple[Any, bool]:
        if self in rule:
            return rule[self], True
        for old, new in rule.items():
            if old != new and self.mentions(old):  # SymPy replaces a bound index by itself to find what is free
                raise SympyReadError(f"SymPy cannot replace {old} in {self} safely; build the expression anew")
        return self, False

    def xreplace(self, rule: Any, hack2: bool = False) -> Any:
        """``_xreplace``, which SymPy passes by where a symbol stands alone."""
        return self._xreplace(rule)[0]

    def _eval_derivative(self, wrt: Any) -> Any:
        raise SympyReadError(f"SymPy cannot differentiate {self}; write gradient({self}, {wrt})")

    def _eval_derivative_n_times(self, wrt: Any, times: Any) -> Any:
        return self._eval_derivative(wrt)

    def doit(self, **hints: object) -> Word:
        """Itself: there is nothing SymPy may do here."""
        return self

    def _sympystr(self, printer: Any) -> str:
        return f"{self.word}({', '.join(printer._print(item) for item in self.payload)})"

    def _latex(self, printer: Any) -> str:
        inside = ", ".join(printer._print(item) for item in self.payload)
        name = self.word.replace("_", r"\_")
        return rf"\operatorname{{{name}}}\left({inside}\right)"


def _held(word: str, value: object) -> Any:
    """A Python or SymPy value as a SymPy object. Text is never parsed (SymPy would execute it)."""
    if value is None:
        return sympy.Tuple()
    try:
        return _sympify(value)
    except SympifyError as error:
        raise SympyReadError(
            f"{word} takes SymPy expressions and numbers, found {type(value).__name__} {value!r}; "
            f"ask symbols(context, name) for a declared name"
        ) from error


# -- names ------------------------------------------------------------------------------------------------------------


def symbols(context: Context, *names: str) -> tuple[Any, ...]:
    """The SymPy object of each declared name.

    An ``IndexedBase`` if it takes subscripts or is a vector or a matrix, a ``Function`` for a function, an integer
    ``Symbol`` for a size or an index, else a ``Symbol``.

    A name may be asked for without its styling (``mu`` for ``\\boldsymbol{\\mu}``) if only one declared name fits.

    >>> from derive.language.context import SymbolDecl
    >>> from derive.language.extents import Extent, Range
    >>> decl = SymbolDecl(r"\\boldsymbol{\\mu}", family=(Range.upto("K"),), shape=(Extent.of("d"),))
    >>> mu, K = symbols(Context(sizes={"K": 1, "d": 1}).with_symbol(decl), "mu", "K")
    >>> print(mu[1], K)
    \\boldsymbol{\\mu}[1] K
    """
    return tuple(_object(context, find_name(context, name)) for name in names)


def indices(context: Context, names: str) -> tuple[Any, ...]:
    """Integer symbols for declared index names, separated by blanks or commas.

    >>> from derive.language.extents import Range
    >>> indices(Context().with_index("n", Range.upto("N")), "n")
    (n,)
    """
    return tuple(_integer(name, context.indices, "an index", "index {0} = 1..N") for name in _split(names))


def sizes(context: Context, names: str) -> tuple[Any, ...]:
    """Integer symbols for declared sizes, separated by blanks or commas.

    >>> sizes(Context(sizes={"N": 1, "K": 2}), "N K")
    (N, K)
    """
    return tuple(_integer(name, context.sizes, "a size", "size {0} >= 1") for name in _split(names))


def find_name(context: Context, asked: str) -> str:
    """The declared name that ``asked`` means: itself, or the only one that differs in styling alone."""
    declared = (*context.symbols, *context.functions, *context.indices, *context.sizes, *_other_names(context))
    if asked in declared:
        return asked
    fitting = [name for name in declared if _bare(name) == _bare(asked)]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise SympyReadError(f"{asked} may be {' or '.join(fitting)}; ask for one of them")
    near = difflib.get_close_matches(asked, declared, n=3)
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; declared are {', '.join(declared) or 'no names'}"
    raise SympyReadError(f"{asked} is not declared{hint}")


def _other_names(context: Context) -> tuple[str, ...]:
    """Names declared by ``component`` and ``alias``."""
    names = (*option(context, "component"), *option(context, "alias"))
    return tuple(name for name in names if name not in context.symbols)


def _bare(name: str) -> str:
    """A name without styling: no font command, backslash, brace or blank."""
    plain = re.sub(r"\\(?:mathbf|mathbb|mathcal|mathrm|mathit|boldsymbol|bm|text|operatorname)(?![a-zA-Z])", "", name)
    return re.sub(r"[\\{}\s]", "", plain)


def _split(names: str) -> list[str]:
    return names.replace(",", " ").split()


def _integer(name: str, declared: Iterable[str], kind: str, declaration: str) -> Any:
    if name not in declared:
        known = ", ".join(declared) or "none"
        raise SympyReadError(f"{name} is not declared as {kind} (declared: {known}); write {declaration.format(name)}")
    return sympy.Symbol(name, integer=True)


def _object(context: Context, name: str) -> Any:
    if name in context.symbols:
        decl = context.symbols[name]
        return sympy.IndexedBase(name) if decl.family or decl.shape else sympy.Symbol(name)
    if name in context.functions:
        return sympy.Function(name)
    if name in _other_names(context):
        alias = option(context, "alias").get(name)
        if isinstance(alias, str):
            return _object(context, alias)
        if alias is not None:
            raise SympyReadError(f"{name} stands for an expression; write that expression")
        return sympy.IndexedBase(name)
    return sympy.Symbol(name, integer=True)


# -- derivatives ------------------------------------------------------------------------------------------------------


def gradient(expr: object, wrt: object) -> Word:
    """The derivative of ``expr`` in a quantity, an entry or a function value; a scalar's has the shape of ``wrt``."""
    return Word("gradient", expr, wrt)


def partial(expr: object, wrt: object) -> Word:
    """The derivative along one edge of the computation: other defined quantities that ``expr`` uses are held fixed."""
    return Word("partial", expr, wrt)


def hessian(expr: object, wrt: object, then: object | None = None) -> Word:
    """The second derivative: in ``wrt``, then in ``then`` (by default ``wrt`` again)."""
    return Word("hessian", expr, wrt, wrt if then is None else then)


def at(expr: object, var: object, value: object) -> Word:
    """``expr`` where the quantity ``var`` has this value; derivatives inside are taken first."""
    return Word("at", expr, var, value)


# -- functions --------------------------------------------------------------------------------------------------------


def logistic(u: object) -> Word:
    """1 / (1 + e^-u)."""
    return Word("logistic", u)


def softplus(u: object) -> Word:
    """log(1 + e^u)."""
    return Word("softplus", u)


def relu(u: object) -> Word:
    """max(u, 0)."""
    return Word("relu", u)


def entrywise(function: str, u: object) -> Word:
    """exp, sqrt, log … of each entry of a vector or a matrix. (SymPy merges ``exp(a)*exp(b)`` as if numbers.)"""
    row = OPERATORS.get(function)
    if row is None or not row.elementwise:
        known = ", ".join(name for name, row in OPERATORS.items() if row.elementwise)
        raise SympyReadError(f"entrywise takes one of {known}; found {function}")
    return Word("entrywise", sympy.Symbol(function), u)


def softmax(z: object) -> Word:
    """The vector e^{z_i} / sum_j e^{z_j} of a vector; take an entry of it with ``entry(softmax(z), i)``."""
    return Word("softmax", z)


def logsumexp(z: object) -> Word:
    """log sum_j e^{z_j} of a vector."""
    return Word("logsumexp", z)


def gaussian(x: object, m: object, S: object) -> Word:
    """The normal density of ``x`` with mean ``m`` and covariance (for scalars: variance) ``S``."""
    return Word("gaussian", x, m, S)


def call(function: object, *args: object, at: Sequence[object] = ()) -> Word:
    """A declared function applied to terms; ``at`` are its subscripts: ``call(p, x, at=(k,))`` is p_k(x)."""
    name = getattr(function, "name", None) or getattr(function, "__name__", None) or function
    if not isinstance(name, str):
        raise SympyReadError(f"call takes a declared function, found {function!r}")
    return Word("call", sympy.Symbol(name), sympy.Tuple(*(_held("call", i) for i in at)), *args)


# -- arithmetic kept as written ---------------------------------------------------------------------------------------


def plus(*terms: object) -> Word:
    """The sum in the order written; like terms are not collected."""
    return Word("plus", *terms)


def quotient(top: object, bottom: object) -> Word:
    """A fraction as written; nothing is cancelled."""
    return Word("quotient", top, bottom)


def power(base: object, exponent: object) -> Word:
    """A power as written."""
    return Word("power", base, exponent)


# -- vectors and matrices ---------------------------------------------------------------------------------------------


def matmul(*factors: object) -> Word:
    """The product in the order written; a scalar factor scales."""
    return Word("matmul", *factors)


def matvec(A: object, x: object) -> Word:
    """The product of a matrix and a vector."""
    return Word("matvec", A, x)


def dot(a: object, b: object) -> Word:
    """a^T b."""
    return Word("dot", a, b)


def outer(a: object, b: object) -> Word:
    """a b^T."""
    return Word("outer", a, b)


def transpose(A: object) -> Word:
    """A^T."""
    return Word("transpose", A)


def inv(A: object) -> Word:
    """A^-1."""
    return Word("inv", A)


def det(A: object) -> Word:
    """The determinant."""
    return Word("det", A)


def trace(A: object) -> Word:
    """The sum of the diagonal."""
    return Word("trace", A)


def diag(v: object) -> Word:
    """A vector as a diagonal matrix; of a square matrix, its diagonal."""
    return Word("diag", v)


def hadamard(*factors: object) -> Word:
    """The entry by entry product."""
    return Word("hadamard", *factors)


def norm2(x: object) -> Word:
    """The squared Euclidean (Frobenius) norm."""
    return Word("norm2", x)


def entry(v: object, *indices: object) -> Word:
    """An entry of a vector or matrix expression, counted from 1; one index on a matrix takes a row."""
    return Word("entry", v, *indices)


def array(body: object, *limits: object) -> Word:
    """The vector (one limit) or matrix (two) of ``body``; a limit is a declared index or ``(i, low, high)``."""
    return Word("array", body, _limits("array", limits))


def identity(n: object) -> Word:
    """The n × n identity matrix."""
    return Word("identity", n)


def ones(*lengths: object) -> Word:
    """A vector (one length) or matrix (two) of ones."""
    return Word("ones", *lengths)


def zeros(*lengths: object) -> Word:
    """A vector (one length) or matrix (two) of zeros."""
    return Word("zeros", *lengths)


# -- conditions -------------------------------------------------------------------------------------------------------


def relation(left: object, op: str, right: object) -> Word:
    """A relation as written (``op`` one of = != < <= > >=). ``Eq(x, x)`` is ``true`` to SymPy; this it leaves alone."""
    if op not in ("=", "!=", "<", "<=", ">", ">="):
        raise SympyReadError(f"relation takes one of = != < <= > >=, found {op!r}")
    return Word("relation", sympy.Symbol(op), left, right)


def indicator(condition: object) -> Word:
    """1 where the condition holds, else 0."""
    return Word("indicator", condition)


def cases(*branches: tuple[object, object | None]) -> Word:
    """``cases((value, condition), …, (value, None))``: the first branch whose condition holds; ``None`` means else."""
    return Word("cases", *(sympy.Tuple(_held("cases", value), _held("cases", when)) for value, when in branches))


# -- binders ----------------------------------------------------------------------------------------------------------


def sum_over(body: object, *limits: object, where: object | None = None) -> Word:
    """The sum of ``body`` over indices, innermost first; a limit is a declared index or ``(i, low, high)``.

    ``where`` restricts the innermost index: ``sum_over(x[j], j, where=sympy.Ne(j, k))``.
    """
    return Word("sum_over", body, _limits("sum_over", limits), where)


def prod_over(body: object, *limits: object, where: object | None = None) -> Word:
    """The product of ``body`` over indices; arguments as for ``sum_over``."""
    return Word("prod_over", body, _limits("prod_over", limits), where)


def max_over(body: object, *limits: object, where: object | None = None) -> Word:
    """The greatest value of ``body`` over indices."""
    return Word("max_over", body, _limits("max_over", limits), where)


def min_over(body: object, *limits: object, where: object | None = None) -> Word:
    """The least value of ``body`` over indices."""
    return Word("min_over", body, _limits("min_over", limits), where)


def argmax(body: object, index: object, where: object | None = None) -> Word:
    """The index at which ``body`` is greatest. (For the best value of a variable, claim an ``Optimum``.)"""
    return Word("argmax", body, _limits("argmax", (index,)), where)


def argmin(body: object, index: object, where: object | None = None) -> Word:
    """The index at which ``body`` is least."""
    return Word("argmin", body, _limits("argmin", (index,)), where)


def integral(body: object, var: object, low: object | None = None, high: object | None = None) -> Word:
    """The integral over ``var``: all of ℝ (ℝ^d if ``var`` is declared a vector), or from ``low`` to ``high``."""
    return Word("integral", body, var, low, high)


def expectation(body: object, var: object, density: object) -> Word:
    """E[body] where ``var`` has this density: a sum for a declared index or ``(i, low, high)``, else an integral."""
    return Word("expectation", body, _limit("expectation", var), density)


def _limits(word: str, limits: Sequence[object]) -> Any:
    if not limits:
        raise SympyReadError(f"{word} needs an index: a declared index, or (i, low, high)")
    return sympy.Tuple(*(_limit(word, limit) for limit in limits))


def _limit(word: str, limit: object) -> Any:
    """One binder: a symbol, or ``(symbol, low, high)``."""
    if isinstance(limit, (tuple, sympy.Tuple)):
        if len(limit) != 3:
            raise SympyReadError(f"{word} takes (i, low, high), found {len(limit)} parts in {limit}")
        return sympy.Tuple(*(_held(word, part) for part in limit))
    return _held(word, limit)
