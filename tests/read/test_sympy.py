"""Every kind of SymPy node: what is read, and what is refused with which advice."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
import sympy
from sympy import oo

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)  # fmt: skip
from derive.read.symbols import (
    SympyReadError,
    argmax,
    argmin,
    array,
    at,
    call,
    cases,
    det,
    diag,
    dot,
    entry,
    entrywise,
    expectation,
    gaussian,
    gradient,
    hadamard,
    hessian,
    identity,
    indicator,
    indices,
    integral,
    inv,
    logistic,
    logsumexp,
    matmul,
    matvec,
    max_over,
    min_over,
    norm2,
    ones,
    outer,
    partial,
    plus,
    power,
    prod_over,
    quotient,
    relation,
    relu,
    sizes,
    softmax,
    softplus,
    sum_over,
    symbols,
    trace,
    transpose,
    zeros,
)  # fmt: skip
from derive.read.sympy import to_term

MU = r"\boldsymbol{\mu}"
N_, K_, d_ = (Range.upto(size) for size in "NKd")
D = Extent.of("d")

CONTEXT = Context(
    sizes={"N": 1, "K": 1, "d": 1, "T": 3},
    indices={"n": N_, "k": K_, "j": K_, "i": d_, "e": d_},
    symbols={
        decl.name: decl
        for decl in (
            SymbolDecl("a"),
            SymbolDecl("b"),
            SymbolDecl("s", (N_,), ("n",)),
            SymbolDecl("r", (N_, K_), ("n", "k")),
            SymbolDecl(MU, (K_,), ("k",), (D,)),
            SymbolDecl("v", shape=(D,)),
            SymbolDecl("w", shape=(D,)),
            SymbolDecl("A", shape=(D, D)),
            SymbolDecl("B", shape=(D, D)),
            SymbolDecl("S", (K_,), ("k",), (D, D)),
            SymbolDecl("h", (Range(Extent.of(0), Extent.of("T")),), ("t",)),
            SymbolDecl("y", (N_,), ("n",), properties=frozenset({"label"}), label_range=K_),
            SymbolDecl("X", shape=(Extent.of("N"), D)),
        )
    },
    functions={
        "g": FunctionDecl("g"),
        "f2": FunctionDecl("f2", params=("x", "y"), param_shapes=((), ())),
        "sigma": FunctionDecl("sigma", builtin="logistic"),
        "p": FunctionDecl("p", params=("x",), param_shapes=((),), family=(K_,)),
    },
)
a, b, s, r, mu, v, w, A, B, S, h, y, X = symbols(CONTEXT, "a", "b", "s", "r", "mu", *"vwABShyX")
n, k, j, i, e = indices(CONTEXT, "n, k j i e")
N, K, d, T = sizes(CONTEXT, "N K d T")
t, u, m = sympy.symbols("t u m", integer=True)
g, f2, sigma = symbols(CONTEXT, "g", "f2", "sigma")
AA, BB = sympy.MatrixSymbol("A", d, d), sympy.MatrixSymbol("B", d, d)
vv = sympy.MatrixSymbol("v", d, 1)

ta, tb = Sym("a"), Sym("b")
tv, tw, tA, tB = Sym("v"), Sym("w"), Sym("A"), Sym("B")
tn, tk, tj, ti = Index("n"), Index("k"), Index("j"), Index("i")


def num(top: int, bottom: int = 1) -> Num:
    return Num(Fraction(top, bottom))


def op(name: str, *args: Term) -> Op:
    return Op(name, args)


def sn(index: Term = tn) -> Sym:
    return Sym("s", (index,))


READ: list[tuple[Any, Term]] = [
    # numbers and names
    (3, num(3)),
    (sympy.Rational(-2, 3), num(-2, 3)),
    (sympy.pi, Const("pi")),
    (sympy.E, Const("e")),
    (a, ta),
    (N, Size("N")),
    (n, tn),
    (v, tv),
    (sympy.Symbol("a", positive=True), ta),
    (sympy.Idx("n", N), tn),
    # subscripts: first the family, then the entries
    (s[n], sn()),
    (r[n, k], Sym("r", (tn, tk))),
    (mu[k], Sym(MU, (tk,))),
    (mu[k, i], Entry(Sym(MU, (tk,)), (ti,))),
    (v[i], Entry(tv, (ti,))),
    (A[i, e], Entry(tA, (ti, Index("e")))),
    (A[i], Entry(tA, (ti,))),
    (S[k, i, e], Entry(Sym("S", (tk,)), (ti, Index("e")))),
    (s[1], sn(num(1))),
    (h[0], Sym("h", (num(0),))),
    (h[3], Sym("h", (num(3),))),
    (mu[y[n]], Sym(MU, (Sym("y", (tn,)),))),
    (mu[argmax(r[n, k], k)], Sym(MU, (Big("argmax", "k", K_, Sym("r", (tn, tk))),))),
    # arithmetic
    (a + b, op("add", ta, tb)),
    (-a, op("neg", ta)),
    (a - b, op("add", ta, op("neg", tb))),
    (a * b, op("mul", ta, tb)),
    (2 * a, op("mul", num(2), ta)),
    (-a / 2, op("neg", op("mul", num(1, 2), ta))),
    (a / b, op("div", ta, tb)),
    (1 / (a * b), op("div", num(1), op("mul", ta, tb))),
    (a**-2, op("div", num(1), op("pow", ta, num(2)))),
    (a ** (-b), op("div", num(1), op("pow", ta, tb))),
    (a**b, op("pow", ta, tb)),
    (sympy.sqrt(a), op("sqrt", ta)),
    (1 / sympy.sqrt(a), op("div", num(1), op("sqrt", ta))),
    (a * v, op("mul", ta, tv)),
    (v / a, op("div", tv, ta)),
    (v - w, op("add", tv, op("neg", tw))),
    # functions
    (sympy.exp(a), op("exp", ta)),
    (sympy.exp(-a), op("exp", op("neg", ta))),
    (sympy.log(a), op("log", ta)),
    (sympy.tanh(v), op("tanh", tv)),
    (sympy.sin(a), op("sin", ta)),
    (sympy.cos(a), op("cos", ta)),
    (sympy.Abs(a), op("abs", ta)),
    (sympy.factorial(N), op("factorial", Size("N"))),
    (sympy.floor(a), op("floor", ta)),
    (sympy.Max(a, 0), op("relu", ta)),
    (sympy.Max(a, b), Cases(((ta, Rel(">=", ta, tb)), (tb, None)))),
    (sympy.Min(a, b), Cases(((ta, Rel("<=", ta, tb)), (tb, None)))),
    (sympy.KroneckerDelta(j, k), op("delta", tj, tk)),
    (g(a), Apply("g", (ta,))),
    (f2(a, b), Apply("f2", (ta, tb))),
    (sigma(a), op("logistic", ta)),
    (call("p", a, at=(k,)), Apply("p", (ta,), (tk,))),
    (call(g, a), Apply("g", (ta,))),
    # conditions
    (sympy.Eq(a, b), Rel("=", ta, tb)),
    (sympy.Ne(a, b), Rel("!=", ta, tb)),
    (sympy.Lt(a, b), Rel("<", ta, tb)),
    (a <= b, Rel("<=", ta, tb)),
    (a > b, Rel(">", ta, tb)),
    (a >= b, Rel(">=", ta, tb)),
    (relation(a, "=", a), Rel("=", ta, ta)),
    (sympy.Piecewise((a, sympy.Eq(j, k)), (b, True)), Cases(((ta, Rel("=", tj, tk)), (tb, None)))),
    (cases((a, sympy.Eq(j, k)), (b, None)), Cases(((ta, Rel("=", tj, tk)), (tb, None)))),
    (indicator(sympy.Ne(j, k)), op("indicator", Rel("!=", tj, tk))),
    (sympy.Eq(a, b) | (a > 1), op("or", Rel("=", ta, tb), Rel(">", ta, num(1)))),
    (sympy.Not(sympy.Eq(a, b) & (a > 1)), op("not", op("and", Rel("=", ta, tb), Rel(">", ta, num(1))))),
    # binders
    (sympy.Sum(s[n], (n, 1, N)), Big("sum", "n", N_, sn())),
    (sympy.Product(s[n], (n, 1, N)), Big("prod", "n", N_, sn())),
    (sympy.Sum(r[n, k], (k, 1, K), (n, 1, N)), Big("sum", "n", N_, Big("sum", "k", K_, Sym("r", (tn, tk))))),
    (sympy.Sum(h[t - 1], (t, 1, T)),
     Big("sum", "t", Range.upto("T"), Sym("h", (op("add", Index("t"), num(-1)),)))),
    (sum_over(s[n], n), Big("sum", "n", N_, sn())),
    (sum_over(r[n, k], k, n), Big("sum", "n", N_, Big("sum", "k", K_, Sym("r", (tn, tk))))),
    (sum_over(r[n, j], j, where=sympy.Ne(j, k)), Big("sum", "j", K_, Sym("r", (tn, tj)), Rel("!=", tj, tk))),
    (prod_over(s[n], (n, 1, N)), Big("prod", "n", N_, sn())),
    (max_over(s[n], n), Big("max", "n", N_, sn())),
    (min_over(s[n], n), Big("min", "n", N_, sn())),
    (argmin(s[n], n), Big("argmin", "n", N_, sn())),
    (sympy.Integral(a, (a, -oo, oo)), Integral("a", ta)),
    (sympy.Integral(u, (u, 0, a)), Integral("u", Sym("u"), (), num(0), ta)),
    (sympy.Integral(u, (u, -oo, 0)), Integral("u", Sym("u"), (), op("neg", Const("inf")), num(0))),
    (integral(dot(v, v), v), Integral("v", op("mul", op("transpose", tv), tv), (D,))),
    (integral(v[i], v), Integral("v", Entry(tv, (ti,)), (D,))),
    (integral(a, a, 0, 1), Integral("a", ta, (), num(0), num(1))),
    (expectation(a**2, a, g(a)), Expect("a", (), Apply("g", (ta,)), op("pow", ta, num(2)))),
    (expectation(r[n, k], k, s[1]), Expect("k", K_, sn(num(1)), Sym("r", (tn, tk)))),
    (expectation(m, (m, 1, K), a), Expect("m", K_, ta, Index("m"))),
    (array(r[n, k], k), Array((("k", K_),), Sym("r", (tn, tk)))),
    (array(r[n, k], n, k), Array((("n", N_), ("k", K_)), Sym("r", (tn, tk)))),
    # derivatives
    (sympy.Derivative(g(a), a), Deriv(Apply("g", (ta,)), ta)),
    (sympy.Derivative(g(a), a, a), Deriv(Deriv(Apply("g", (ta,)), ta), ta)),
    (sympy.Derivative(g(a), g(a)), Deriv(Apply("g", (ta,)), Apply("g", (ta,)))),
    (sympy.Derivative(sympy.log(sympy.Determinant(AA)), AA), Deriv(op("log", op("det", tA)), tA)),
    (sympy.Subs(a * b, a, 0), At(op("mul", ta, tb), ta, num(0))),
    (gradient(a, mu[k]), Deriv(ta, Sym(MU, (tk,)))),
    (gradient(a, mu[k, i]), Deriv(ta, Entry(Sym(MU, (tk,)), (ti,)))),
    (partial(a, b), Deriv(ta, tb, local=True)),
    (hessian(a, v), Deriv(Deriv(ta, tv), tv)),
    (hessian(a, v, w), Deriv(Deriv(ta, tv), tw)),
    (at(a * b, a, 0), At(op("mul", ta, tb), ta, num(0))),
    # words: functions, arithmetic as written, vectors and matrices
    (logistic(a), op("logistic", ta)),
    (softplus(a), op("softplus", ta)),
    (relu(v), op("relu", tv)),
    (entrywise("exp", v), op("exp", tv)),
    (softmax(v), op("softmax", tv)),
    (logsumexp(v), op("logsumexp", tv)),
    (gaussian(v, mu[k], S[k]), op("gaussian", tv, Sym(MU, (tk,)), Sym("S", (tk,)))),
    (plus(a, a), op("add", ta, ta)),
    (quotient(a, a), op("div", ta, ta)),
    (power(a, 1), op("pow", ta, num(1))),
    (matmul(A, B, v), op("mul", tA, tB, tv)),
    (matvec(A, v), op("mul", tA, tv)),
    (dot(v, w), op("mul", op("transpose", tv), tw)),
    (outer(v, w), op("outer", tv, tw)),
    (transpose(A), op("transpose", tA)),
    (inv(A), op("inverse", tA)),
    (det(A), op("det", tA)),
    (trace(A), op("trace", tA)),
    (diag(v), op("diag", tv)),
    (hadamard(v, w), op("hadamard", tv, tw)),
    (norm2(v), op("norm2", tv)),
    (entry(softmax(v), i), Entry(op("softmax", tv), (ti,))),
    (identity(d), op("identity", Size("d"))),
    (ones(d), op("ones", Size("d"))),
    (zeros(N, d), op("zeros", Size("N"), Size("d"))),
    (dot(v, w) * v, op("mul", tv, op("mul", op("transpose", tv), tw))),
    (a * matvec(A, v), op("mul", ta, op("mul", tA, tv))),
    # SymPy's matrix expressions
    (AA, tA),
    (vv, tv),
    (AA * BB, op("mul", tA, tB)),
    (BB * AA, op("mul", tB, tA)),
    (-AA * BB, op("neg", op("mul", tA, tB))),
    (AA + BB, op("add", tA, tB)),
    (AA.T, op("transpose", tA)),
    (AA.I, op("inverse", tA)),
    (AA**2, op("pow", tA, num(2))),
    (AA**-2, op("pow", op("inverse", tA), num(2))),
    (sympy.Determinant(AA), op("det", tA)),
    (sympy.Trace(AA), op("trace", tA)),
    (sympy.Identity(d), op("identity", Size("d"))),
    (sympy.ZeroMatrix(N, d), op("zeros", Size("N"), Size("d"))),
    (sympy.OneMatrix(d, 1), op("ones", Size("d"), num(1))),
    (sympy.HadamardProduct(AA, BB), op("hadamard", tA, tB)),
    (sympy.HadamardPower(AA, 2), op("hadamard", tA, tA)),
    (sympy.KroneckerProduct(AA, BB), op("kron", tA, tB)),
    (sympy.DiagMatrix(vv), op("diag", tv)),
    (AA[i, e], Entry(tA, (ti, Index("e")))),
    (vv[i, 0], Entry(tv, (ti,))),
    (vv.T * AA * vv, op("mul", op("transpose", tv), tA, tv)),
    (sympy.Matrix([[a, b], [1, 0]]), Matrix(((ta, tb), (num(1), num(0))))),
    (trace(AA * BB), op("trace", op("mul", tA, tB))),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "expected"), READ, ids=[str(expr) for expr, _ in READ])
def test_read(expr: Any, expected: Term) -> None:
    assert to_term(expr, CONTEXT) == expected


P, Q = sympy.symbols("P Q", commutative=False)

REFUSED: list[tuple[Any, str]] = [
    # values SymPy or Python has spoiled
    (sympy.Float("0.1"), "write it exactly"),
    (sympy.nan, "division by zero"),
    (sympy.zoo, "division by zero"),
    (oo, "infinity outside"),
    ("a + b", "expected a SymPy expression"),
    (sympy.true, "already decided"),
    (sympy.I, "cannot read ImaginaryUnit"),
    (sympy.gamma(a), "cannot read gamma"),
    # names and subscripts
    (sympy.Symbol("q"), "q is not declared"),
    (sympy.Symbol("mu"), "did you mean"),
    (sympy.IndexedBase("q")[n], "q is not declared"),
    (sympy.Symbol("s"), r"s takes 1 subscript \(n\); found 0"),
    (s[n, k], "s takes 1 subscript .* found 2"),
    (r[n], "r takes 2 subscripts .* found 1"),
    (mu[k, i, e], r"takes 1 subscript \(k\), then up to 1 for an entry of \(d\); found 3"),
    (s[k], r"subscript k of s runs over 1\.\.K; this slot runs over 1\.\.N"),
    (r[k, n], "subscript k of r runs over"),
    (mu[k, k], "subscript k of .* runs over"),
    (s[0], r"subscript 0 of s may fall outside; this slot runs over 1\.\.N"),
    (s[2], "declare the least size"),
    (s[n + 1], "may fall outside"),
    (h[-1], "may fall outside"),
    (h[T + 1], "may fall outside"),
    (s[a], "declare it a label"),
    (s[y[n]], "may fall outside"),
    (s[sympy.Rational(1, 2)], "expected a size"),
    (sympy.IndexedBase("N")[n], "takes no subscripts"),
    (sympy.IndexedBase("g")[n], "g is a function"),
    (sympy.Symbol("g"), "g is a function"),
    # products whose order is lost
    (A * v, "order is lost"),
    (a * A * v, "order is lost"),
    (mu[k] * v, "order is lost"),
    (matvec(A, v) * v, "order is lost"),
    (v / w, "vector or a matrix"),
    (v**2, "vector or a matrix"),
    (A**-1, "write inv"),
    (sympy.sqrt(v), "entrywise"),
    (sympy.exp(v), "entrywise"),
    (AA * v, "moves it ahead"),
    # functions
    (g(a) * sympy.Function("q")(a), "q is not declared"),
    (sympy.Function("s")(n), "not a function"),
    (f2(a), "f2 takes 2 arguments, found 1"),
    (sigma(a, b), "sigma takes 1 argument, found 2"),
    (sympy.Function("p")(a), r"p takes 1 subscript, found 0; write call\(p"),
    (call("p", a, at=(n,)), "subscript n of p runs over"),
    (call("q", a), "q is not declared"),
    (sympy.Max(a, b, 0), "expected two values"),
    (sympy.KroneckerDelta(i, j, (1, 3)), "expected two indices"),
    # conditions
    (indicator(sympy.Eq(n, n)), "already decided"),
    (indicator(a), "expected a condition"),
    (sum_over(s[n], n, where=n), "expected a condition"),
    # binders
    (sum_over(s[1], m), "m has no declared range"),
    (sympy.Sum(s[1], (N, 1, 5)), "N is a size and cannot be bound"),
    (integral(a, N), "N is a size and cannot be bound"),
    (sympy.Sum(s[1], (n, 1, n)), "rename the bound index"),
    (sympy.Sum(s[n], (n, 1, K)), r"subscript n of s runs over 1\.\.K"),
    (sympy.Sum(s[n], (n, 0, N)), r"subscript n of s runs over 0\.\.N"),
    (sympy.Sum(s[n], (n, 1, oo)), "runs over 1"),
    (sympy.Sum(s[n], (n, 1, a)), "as a subscript, a limit or a length"),
    (sympy.Sum(sympy.IndexedBase(n)[1], (n, 1, N)), "n is a bound index here"),
    (sympy.Integral(a, a), "gives no limits"),
    (sympy.Integral(v[i], (sympy.Symbol("v"), 0, 1)), "has no limits"),
    (array(r[n, n], n, n), "different names"),
    # derivatives
    (gradient(a, mu), "takes 1 subscript"),
    (gradient(a, n), "to differentiate in"),
    (gradient(a, a * b), "to differentiate in"),
    (sympy.Derivative(g(a), (a, N)), "whole number of derivatives"),
    (sympy.Derivative(a, mu[k], mu[j]), "exchanged"),
    (at(a, v[i], 0), "expected a quantity to be set"),
    (sympy.Subs(a * b, (a, b), (0, 1)), "several variables"),
    # matrices
    (sympy.MatrixSymbol("A", N, d), r"declared as \(d × d\), this MatrixSymbol is \(N × d\)"),
    (AA[0, 1], "counts entries from 0"),
    ((AA * BB)[i, e], r"runs over 0\.\.d - 1"),
    (sympy.MatPow(AA, sympy.Symbol("N")), "whole number as the exponent"),
    (sympy.HadamardPower(AA, sympy.Rational(1, 2)), "expected a positive whole number"),
    (entry(v, i, e), r"2 subscripts on something of shape \(d\)"),
    (entry(v, n), "runs over"),
    (entry(matvec(A, X), i), "cannot multiply"),
    (identity(a), "expected a size"),
    (sympy.Matrix(0, 0, []), "at least one entry"),
]  # fmt: skip


@pytest.mark.parametrize(("expr", "message"), REFUSED, ids=[str(expr) for expr, _ in REFUSED])
def test_refused(expr: Any, message: str) -> None:
    with pytest.raises(SympyReadError, match=message):
        to_term(expr, CONTEXT)


def test_the_scope_given_is_bound() -> None:
    scope = (("q", (D,)), ("t", Range.upto("T")))
    assert to_term(sympy.IndexedBase("q")[i] * h[t], CONTEXT, scope) == op(
        "mul", Sym("h", (Index("t"),)), Entry(Sym("q"), (ti,))
    )


def test_a_declared_least_size_admits_a_subscript() -> None:
    assert to_term(s[2], CONTEXT.with_size("N", 2)) == sn(num(2))


def test_a_noncommutative_product_keeps_its_order() -> None:
    context = CONTEXT.with_symbol(SymbolDecl("P", shape=(D, D))).with_symbol(SymbolDecl("Q", shape=(D, D)))
    assert to_term(Q * P * 2, context) == op("mul", num(2), Sym("Q"), Sym("P"))
    with pytest.raises(SympyReadError, match="order is lost"):
        to_term(Q * P * v, context)


def test_names_are_found_without_their_styling() -> None:
    assert symbols(CONTEXT, "mu", r"\mu", MU) == (mu, mu, mu)
    with pytest.raises(SympyReadError, match="did you mean sigma"):
        symbols(CONTEXT, "sigmo")
    with pytest.raises(SympyReadError, match="may be"):
        symbols(CONTEXT.with_symbol(SymbolDecl(r"\mathbf{\mu}")), "mu")


def test_an_index_and_a_size_must_be_declared() -> None:
    with pytest.raises(SympyReadError, match="q is not declared as an index"):
        indices(CONTEXT, "n q")
    with pytest.raises(SympyReadError, match="n is not declared as a size"):
        sizes(CONTEXT, "N n")


def test_a_name_declared_twice_is_refused() -> None:
    with pytest.raises(SympyReadError, match="declared twice"):
        to_term(n, CONTEXT.with_symbol(SymbolDecl("n")))


@pytest.mark.parametrize("make", [lambda: gradient("a", a), lambda: sum_over(a), lambda: sum_over(a, (n, 1)),
                                  lambda: relation(a, "==", b), lambda: entrywise("softmax", v),
                                  lambda: call(3, a)])  # fmt: skip
def test_a_word_refuses_what_it_cannot_hold(make: Any) -> None:
    with pytest.raises(SympyReadError):
        make()
