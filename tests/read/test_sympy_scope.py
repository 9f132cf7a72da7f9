"""Bound names: readings compared in numbers with plain Python loops, and the traps SymPy lays for indexed sums."""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest
import sympy

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Big, Cases, Deriv, Index, Num, Op, Rel, Size, Sym, Term, subterms
from derive.read.declarations import declare
from derive.read.scopes import Scope
from derive.read.symbols import (
    SympyReadError,
    argmax,
    array,
    at,
    cases,
    expectation,
    gradient,
    indices,
    power,
    quotient,
    sizes,
    sum_over,
    symbols,
)  # fmt: skip
from derive.read.sympy import to_term

N_, K_ = Range.upto("N"), Range.upto("K")
CONTEXT = Context(
    sizes={"N": 1, "K": 1},
    indices={"n": N_, "m": N_, "k": K_, "j": K_},
    symbols={
        "a": SymbolDecl("a"),
        "b": SymbolDecl("b"),
        "x": SymbolDecl("x", (N_,), ("n",)),
        "w": SymbolDecl("w", (N_,), ("n",)),
        "z": SymbolDecl("z", (K_,), ("k",)),
        "c": SymbolDecl("c", (N_, K_), ("n", "k")),
        "loss": SymbolDecl("loss"),
    },
    functions={"g": FunctionDecl("g")},
)
a, b, x, w, z, c, loss, g = symbols(CONTEXT, *"abxwzc", "loss", "g")
n, m, k, j = indices(CONTEXT, "n m k j")
N, K = sizes(CONTEXT, "N K")
Sum, Product = sympy.Sum, sympy.Product
SIZES = {"N": 3, "K": 2}
ENTRIES: dict[tuple[str, tuple[int, ...]], float] = {
    ("a", ()): 0.7, ("b", ()): -1.3,
    ("x", (1,)): 0.5, ("x", (2,)): -0.8, ("x", (3,)): 1.9,
    ("w", (1,)): 1.1, ("w", (2,)): 0.3, ("w", (3,)): -0.6,
    ("z", (1,)): 0.4, ("z", (2,)): 2.3,
    **{("c", (row, column)): 0.3 * row - 0.7 * column + 0.11 * row * column for row in (1, 2, 3) for column in (1, 2)},
}  # fmt: skip


def worth(
    term: Term, frame: Mapping[str, float], entries: Mapping[tuple[str, tuple[int, ...]], float] = ENTRIES
) -> float:
    """What a scalar term is worth, by the plainest reading of the language."""

    def of(part: Term) -> float:
        return worth(part, frame, entries)

    match term:
        case Num(value):
            return float(value)
        case Size(name):
            return SIZES[name]
        case Index(name):
            return frame[name]
        case Sym(name, subscripts):
            if not subscripts and name in frame:
                return frame[name]
            return entries[name, tuple(round(of(part)) for part in subscripts)]
        case Op("add", parts):
            return math.fsum(map(of, parts))
        case Op("mul", parts):
            return math.prod(map(of, parts))
        case Op("neg", (part,)):
            return -of(part)
        case Op("div", (top, bottom)):
            return of(top) / of(bottom)
        case Op("pow", (base, exponent)):
            return float(of(base) ** of(exponent))
        case Op("exp", (part,)):
            return math.exp(of(part))
        case Op("delta", (left, right)):
            return float(of(left) == of(right))
        case Rel("=", left, right):
            return float(of(left) == of(right))
        case Rel("!=", left, right):
            return float(of(left) != of(right))
        case Cases(branches):
            return of(next(value for value, when in branches if when is None or of(when)))
        case Big(kind, var, range_, body, where):
            ends = (range_.low.value({**SIZES, **frame}), range_.high.value({**SIZES, **frame}))  # type: ignore[dict-item]
            inner = [{**frame, var: i} for i in range(ends[0], ends[1] + 1)]
            kept = [more for more in inner if where is None or worth(where, more, entries)]
            values = [worth(body, more, entries) for more in kept]
            return math.fsum(values) if kind == "sum" else math.prod(values)
        case Deriv(body, Sym(name, subscripts)):
            place = (name, tuple(round(of(part)) for part in subscripts))
            ends_ = [worth(body, frame, {**entries, place: entries[place] + step}) for step in (1e-6, -1e-6)]
            return (ends_[0] - ends_[1]) / 2e-6
    raise AssertionError(term)


X = {i: ENTRIES["x", (i,)] for i in (1, 2, 3)}
W = {i: ENTRIES["w", (i,)] for i in (1, 2, 3)}
Z = {i: ENTRIES["z", (i,)] for i in (1, 2)}
C = {(i, q): ENTRIES["c", (i, q)] for i in (1, 2, 3) for q in (1, 2)}
A0, B0 = ENTRIES["a", ()], ENTRIES["b", ()]
NS, KS = (1, 2, 3), (1, 2)
HERE = {"n": 2, "m": 3, "k": 2, "j": 1}
"""The values of the free indices."""

SCOPES: list[tuple[Any, float]] = [
    # the innermost binder wins
    (Sum(x[n] * Sum(w[n], (n, 1, N)), (n, 1, N)), sum(X[i] * sum(W[q] for q in NS) for i in NS)),
    (Sum(x[n] * Sum(w[n] * x[n], (n, 1, N)), (n, 1, N)), sum(X[i] * sum(W[q] * X[q] for q in NS) for i in NS)),
    (Sum(Sum(x[n], (n, 1, N)), (n, 1, N)), 3 * sum(X.values())),
    (x[n] * Sum(x[n], (n, 1, N)), X[2] * sum(X.values())),
    (Sum(x[n], (n, 1, N)) ** 2, sum(X.values()) ** 2),
    (Sum(x[n], (n, 1, N)) * Sum(w[n], (n, 1, N)), sum(X.values()) * sum(W.values())),
    (Product(Sum(c[n, k], (k, 1, K)), (n, 1, N)), math.prod(sum(C[i, q] for q in KS) for i in NS)),
    (Sum(Product(c[n, k], (n, 1, N)), (k, 1, K)), sum(math.prod(C[i, q] for i in NS) for q in KS)),
    (Sum(sympy.exp(z[k]) / Sum(sympy.exp(z[k]), (k, 1, K)), (k, 1, K)), 1.0),
    # several limits: the first is the innermost, and may use the others
    (Sum(c[n, k], (k, 1, K), (n, 1, N)), sum(C.values())),
    (Sum(x[m] * w[n], (m, 1, n), (n, 1, N)), sum(X[q] * W[i] for i in NS for q in NS if q <= i)),
    (Sum(x[m] * w[n], (m, n + 1, N), (n, 1, N)), sum(X[q] * W[i] for i in NS for q in NS if q > i)),
    (Sum(x[n - m], (m, 1, n - 1), (n, 1, N)), sum(X[i - q] for i in NS for q in range(1, i))),
    (Sum(x[n + 1] - x[n], (n, 1, N - 1)), X[3] - X[1]),
    # the same word form
    (sum_over(x[n] * sum_over(w[n], n), n), sum(X[i] * sum(W[q] for q in NS) for i in NS)),
    (sum_over(z[j], j, where=sympy.Ne(j, k)), Z[1]),
    (sum_over(sum_over(c[n, j], j, where=sympy.Ne(j, k)), k), sum(C[2, q] for p in KS for q in KS if q != p)),
    (Sum(sum_over(x[n], n) * x[n], (n, 1, N)), sum(X.values()) ** 2),
    # conditions that name the bound index
    (Sum(sympy.KroneckerDelta(n, m) * x[n], (n, 1, N)), X[3]),
    (Sum(sympy.Piecewise((x[n], sympy.Eq(n, m)), (0, True)), (n, 1, N)), X[3]),
    (Sum(Product(cases((z[k], sympy.Eq(k, 1)), (x[n], None)), (k, 1, K)), (n, 1, N)), sum(Z[1] * X[i] for i in NS)),
    (Sum(a * Sum(sympy.Piecewise((z[k], sympy.Eq(k, 1)), (b, True)), (k, 1, K)), (n, 1, N)), 3 * A0 * (Z[1] + B0)),
    # derivatives: the variable stands outside the sum
    (sympy.Derivative(Sum(w[n] * x[n], (n, 1, N)), w[n]), X[2]),
    (sympy.Derivative(Sum(w[n] ** 2 * x[n], (n, 1, N)), w[m]), 2 * W[3] * X[3]),
    (gradient(Sum(w[n] * x[n], (n, 1, N)), w[n]), X[2]),
    (Sum(gradient(Sum(w[n] ** 2, (n, 1, N)), w[n]), (n, 1, N)), 2 * sum(W.values())),
    (Sum(sympy.Derivative(w[n] ** 2, w[n]), (n, 1, N)), 2 * sum(W.values())),
    (sympy.Derivative(Sum(w[n] * w[m], (n, 1, N), (m, 1, N)), w[n]), 2 * sum(W.values())),
    (gradient(gradient(Sum(w[n] ** 3, (n, 1, N)), w[n]), w[m]), 0.0),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "expected"), SCOPES, ids=[str(expr) for expr, _ in SCOPES])
def test_a_reading_is_worth_what_its_author_meant(expr: Any, expected: float) -> None:
    nested = isinstance(expr, sympy.Basic) and "gradient(gradient" in str(expr)
    tolerance = 1e-2 if nested else 1e-7
    assert worth(to_term(expr, CONTEXT), HERE) == pytest.approx(expected, rel=tolerance, abs=tolerance)


def test_capture_by_an_inner_sum_is_seen_as_a_difference() -> None:
    """The two readings of a clash differ in number, so the comparison above can fail."""
    meant = Sum(x[n] * Sum(w[n], (n, 1, N)), (n, 1, N))
    captured = Sum(x[n] * Sum(w[n], (m, 1, N)), (n, 1, N))
    assert abs(worth(to_term(meant, CONTEXT), HERE) - worth(to_term(captured, CONTEXT), HERE)) > 0.1


# -- what SymPy does, and why it does not reach us ---------------------------------------------------------------------


def test_differentiating_a_sum_in_its_own_index_is_captured_by_sympy_and_not_by_us() -> None:
    total = Sum(w[n] * x[n], (n, 1, N))
    assert sympy.diff(total, w[n]) == Sum(x[n], (n, 1, N))  # wrong: the derivative is x[n]
    assert to_term(gradient(total, w[n]), CONTEXT) == Deriv(to_term(total, CONTEXT), Sym("w", (Index("n"),)))


def test_a_derivative_that_mentions_no_name_of_its_variable_is_kept() -> None:
    assert sympy.diff(loss, w[n]) == 0  # wrong where the loss is defined through w
    expected = Deriv(Sym("loss"), Sym("w", (Index("n"),)))
    assert to_term(gradient(loss, w[n]), CONTEXT) == expected
    assert to_term(sympy.Derivative(loss, w[n]), CONTEXT) == expected


def test_a_range_that_would_have_negative_length_is_refused() -> None:
    assert Sum(1, (n, 1, N - 5)).doit().subs(N, 2) == -3  # the sum is empty
    with pytest.raises(SympyReadError, match="no length for the smallest sizes"):
        to_term(Sum(1, (n, 1, N - 5)), CONTEXT)
    assert isinstance(to_term(Sum(1, (n, 1, N - 5)), CONTEXT.with_size("N", 5)), Big)
    assert isinstance(to_term(Sum(1, (n, 1, N - 1)), CONTEXT), Big)


def test_a_piecewise_that_left_its_sum_is_refused() -> None:
    inner = Product(sympy.Piecewise((z[k], sympy.Eq(k, n)), (b, True)), (k, 1, K))
    moved = Sum(inner, (n, 1, N))
    assert isinstance(moved.function, sympy.Piecewise)  # its condition k = n now stands outside the product over k
    with pytest.raises(SympyReadError, match="write cases"):
        to_term(moved, CONTEXT)
    to_term(Sum(Product(cases((z[k], sympy.Eq(k, 1)), (b, None)), (k, 1, K)), (n, 1, N)), CONTEXT)


def test_a_cancelled_fraction_arrives_without_its_condition_and_a_quotient_keeps_it() -> None:
    assert to_term(a**2 / a, CONTEXT) == Sym("a")
    assert to_term(quotient(power(a, 2), a), CONTEXT) == Op("div", (to_term(a**2, CONTEXT), Sym("a")))


@pytest.mark.parametrize("other", [sympy.Symbol("n"), sympy.Dummy("n"), sympy.Symbol("n", positive=True)])
def test_a_second_symbol_of_the_same_name_under_a_binder_is_refused(other: Any) -> None:
    with pytest.raises(SympyReadError, match="two different SymPy symbols are called n"):
        to_term(Sum(x[other] * w[n], (n, 1, N)), CONTEXT)


def test_an_inner_binder_is_not_taken_for_the_outer_one_in_a_range() -> None:
    """With n bound again, m still runs to the outer n: x[n - m + 1] need not be inside."""
    outer = Sum(Sum(x[n - m + 1], (n, 1, N)) * 1, (m, 1, n), (n, 1, N))
    with pytest.raises(SympyReadError, match="may fall outside"):
        to_term(outer, CONTEXT)
    to_term(Sum(x[n - m + 1], (m, 1, n), (n, 1, N)), CONTEXT)


def test_words_stand_wherever_an_expression_may() -> None:
    word = sum_over(c[n, k], k)
    total = Sum(word, (n, 1, N))
    assert worth(to_term(word * x[n] / total, CONTEXT), HERE) == pytest.approx(
        sum(C[2, q] for q in KS) * X[2] / sum(C.values())
    )
    for around in (total, Product(word, (n, 1, N)), sympy.Integral(word * a, (a, 0, 1)), sympy.Derivative(word, x[n])):
        assert c.label in around.free_symbols
        to_term(1 / (1 + around), CONTEXT)


def test_words_under_sympy_are_left_alone() -> None:
    word = sum_over(x[n], n)
    assert Sum(word, (n, 1, N)).doit() == N * word
    assert (2 * word).doit() == 2 * word
    assert word.subs(a, 1) == word
    assert word.xreplace({a: b}) == word
    assert word != sum_over(x[m], m)


@pytest.mark.parametrize("act", [lambda e: e.subs(n, 1), lambda e: e.subs(x[n], 1), lambda e: e.xreplace({n: m}),
                                 lambda e: e.diff(n), lambda e: (a * e).diff(n),
                                 lambda e: (1 + sum_over(e, k)).subs(n, 1)])  # fmt: skip
@pytest.mark.parametrize("word", [sum_over(x[n], n), gradient(x[n], x[n]), at(x[n], a, n), array(x[n], n),
                                  expectation(x[n], n, w[n]), argmax(x[n], n)], ids=str)  # fmt: skip
def test_sympy_may_not_reach_into_a_word(act: Any, word: Any) -> None:
    with pytest.raises(SympyReadError):
        act(word)


def test_ranges_are_compared_for_every_admissible_size() -> None:
    scope = Scope(CONTEXT).bind("t", Range(Extent.of(2), Extent.of("N")))
    assert scope.inside(Extent.of("t") - 1, N_)
    assert not scope.inside(Extent.of("t") - 2, N_)
    assert not scope.inside(Extent.of("t") + 1, N_)
    assert not scope.inside(Extent.of("t"), K_)
    assert scope.inside(2 * Extent.of("t") - 3, Range.upto(2 * Extent.of("N")))
    assert not scope.inside(Extent.of("t") * "t", N_)
    assert scope.inside(Extent.of("N") - "n" + 1, N_)


def test_terms_do_not_depend_on_the_order_of_sets() -> None:
    """Read in fresh interpreters with different hash seeds."""
    code = (
        "import sys; sys.path.insert(0, '.')\n"
        "from tests.read.test_sympy_scope import SCOPES, CONTEXT, to_term\n"
        "print([to_term(e, CONTEXT) for e, _ in SCOPES])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in "123"
    }
    assert len(said) == 1


def test_a_label_that_a_sum_binds_is_bound_in_definitions_too() -> None:
    context = declare(
        r"index k = 1..K ; u \in \{1,\dots,K\} label ; let w_k := k^2 ; let v := w_u ; function f(s) := s v"
    )
    u, v, count = sympy.symbols("u v K")
    read = to_term(sympy.Sum(v, (u, 1, count)), context)
    assert isinstance(read, Big)
    assert Sym("v") not in [*subterms(read)]
    assert Index("u") in [*subterms(read.body)]
    with pytest.raises(SympyReadError, match="bound around"):
        to_term(sympy.Sum(sympy.Function("f")(3), (u, 1, count)), context)
