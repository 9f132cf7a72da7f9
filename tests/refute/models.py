"""Contexts the refuter's tests share, built by hand."""

from __future__ import annotations

from fractions import Fraction
from types import MappingProxyType

from derive.language.claims import Claim, Statement
from derive.language.context import Context, Definition, Fact, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range, Shape
from derive.language.terms import Big, Index, Num, Op, Rel, Sym, Term

n, m, k, j, i = (Index(name) for name in "nmkji")
N, K, d = (Extent.of(name) for name in "NKd")
ZERO, ONE, TWO = (Num(Fraction(value)) for value in (0, 1, 2))


def q(top: int, bottom: int = 1) -> Num:
    """A rational number as a term."""
    return Num(Fraction(top, bottom))


def op(name: str, *args: Term) -> Op:
    """A built-in applied to terms."""
    return Op(name, args)


def total(var: str, high: str | Extent, body: Term, where: Term | None = None) -> Big:
    """A sum from one."""
    return Big("sum", var, Range.upto(high), body, where)


def context(*symbols: SymbolDecl, functions: tuple[FunctionDecl, ...] = (), facts: tuple[Rel, ...] = ()) -> Context:
    """Sizes N, K, d; indices n, m over N, k, j over K and i over d."""
    made = Context(
        sizes=MappingProxyType({"N": 1, "K": 1, "d": 1}),
        indices=MappingProxyType(
            {
                "n": Range.upto("N"),
                "m": Range.upto("N"),
                "k": Range.upto("K"),
                "j": Range.upto("K"),
                "i": Range.upto("d"),
            }
        ),
    )
    for symbol in symbols:
        made = made.with_symbol(symbol)
    for function in functions:
        made = made.with_function(function)
    for fact in facts:
        made = made.with_fact(Fact(fact))
    return made


def plain(name: str, *properties: str, shape: Shape = ()) -> SymbolDecl:
    """A quantity that is not a family."""
    return SymbolDecl(name, shape=shape, properties=frozenset(properties))


def family(name: str, *properties: str, over: tuple[str, ...], shape: Shape = ()) -> SymbolDecl:
    """A family over index names n, m (to N), k, j (to K), i (to d)."""
    highs = {"n": "N", "m": "N", "k": "K", "j": "K", "i": "d"}
    ranges = tuple(Range.upto(highs[name]) for name in over)
    return SymbolDecl(name, ranges, over, shape, frozenset(properties))


def defined(name: str, over: tuple[str, ...], body: Term, shape: Shape = ()) -> SymbolDecl:
    """A defined family."""
    decl = family(name, over=over, shape=shape)
    return SymbolDecl(name, decl.family, over, shape, definition=Definition(over, body))


def claim(statement: Statement, where: Context) -> Claim:
    """A claim without a source."""
    return Claim("test", statement, where)


def mixture() -> Context:
    """A Gaussian mixture with responsibilities r."""
    x, mean, spread, weight = gaussian_parts(n, k)
    joint = weight * op("gaussian", x, mean, spread)
    _, mean_j, spread_j, weight_j = gaussian_parts(n, j)
    below = total("j", "K", weight_j * op("gaussian", x, mean_j, spread_j))
    return context(
        family("x", over=("n",), shape=(d,)),
        family("mu", over=("k",), shape=(d,)),
        family("S", "symmetric", "posdef", over=("k",), shape=(d, d)),
        family("pi", "positive", over=("k",)),
        defined("r", ("n", "k"), joint / below),
        facts=(Rel("=", total("k", "K", Sym("pi", (k,))), ONE),),
    )


def gaussian_parts(point: Index, part: Index) -> tuple[Sym, Sym, Sym, Sym]:
    """x_n, μ_k, Σ_k, π_k."""
    return Sym("x", (point,)), Sym("mu", (part,)), Sym("S", (part,)), Sym("pi", (part,))


def log_likelihood() -> Term:
    """Σ_n log Σ_k π_k N(x_n | μ_k, Σ_k)."""
    x, mean, spread, weight = gaussian_parts(n, k)
    return total("n", "N", op("log", total("k", "K", weight * op("gaussian", x, mean, spread))))
