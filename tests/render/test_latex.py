"""What every kind of term and statement looks like, and where brackets stand."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction
from typing import get_args

import pytest

from derive.language import claims, terms
from derive.language.extents import Extent, Range
from derive.language.operators import LITERAL_OPERATORS, OPERATORS
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
)
from derive.read.declarations import declare
from derive.read.latex import read_term
from derive.render.latex import statement_to_latex, to_latex

a, b, c, x = Sym("a"), Sym("b"), Sym("c"), Sym(r"\mathbf{x}")
i, j, k, n = Index("i"), Index("j"), Index("k"), Index("n")
mu = Sym(r"\boldsymbol{\mu}", (k,))
K, N = Range.upto("K"), Range.upto("N")
d = (Extent.of("d"),)


def number(top: int, bottom: int = 1, text: str = "") -> Num:
    return Num(Fraction(top, bottom), text)


def op(name: str, *args: Term) -> Op:
    return Op(name, args)


def total(body: Term) -> Big:
    return Big("sum", "k", K, body)


NODES = [
    (number(3), "3"),
    (number(-3), "-3"),
    (number(1, 2), r"\frac{1}{2}"),
    (number(1098, 1000, "1.098"), "1.098"),
    (Const("pi"), r"\pi"),
    (Const("inf"), r"\infty"),
    (Size("N"), "N"),
    (n, "n"),
    (mu, r"\boldsymbol{\mu}_{k}"),
    (Sym("r", (n, k)), "r_{nk}"),
    (Sym("h", (number(0),)), "h_{0}"),
    (Sym("h", (op("add", n, number(1)), k)), "h_{n + 1, k}"),
    (Sym("W_o", (k,)), "{W_o}_{k}"),
    (Sym("p^{(k)}") ** 2, r"\left(p^{(k)}\right)^{2}"),
    (Entry(mu, (i,)), r"\boldsymbol{\mu}_{ki}"),
    (Entry(x, (number(1), number(2))), r"\mathbf{x}_{1, 2}"),
    (Entry(a + b, (i,)), r"\left(a + b\right)_{i}"),
    (Apply("g", (a, b)), r"g\left(a, b\right)"),
    (Apply("g", (a,), (k,)), r"g_{k}\left(a\right)"),
    (total(a * b), r"\sum_{k=1}^{K} a b"),
    (total(a + b), r"\sum_{k=1}^{K} \left(a + b\right)"),
    (Big("sum", "k", K, a, Rel("!=", k, j)), r"\sum_{k=1,\, k \neq j}^{K} a"),
    (Big("prod", "n", Range(Extent.of(2), Extent.of("N") - 1), a), r"\prod_{n=2}^{N - 1} a"),
    (Big("argmax", "k", K, a), r"\arg\max_{1 \leq k \leq K} a"),
    (Integral("u", Apply("f", (Sym("u"),))), r"\int f\left(u\right) \, du"),
    (Integral("u", a, (), number(0), number(1)), r"\int_{0}^{1} a \, du"),
    (Integral("u", a + b, d), r"\int_{\mathbb{R}^{d}} \left(a + b\right) \, du"),
    (Expect("z", d, Apply("q", (Sym("z"),)), a + b), r"\mathbb{E}_{z \sim q\left(z\right)}\left[a + b\right]"),
    (Deriv(a, mu), r"\frac{\partial a}{\partial \boldsymbol{\mu}_{k}}"),
    (Deriv(a * b, b), r"\frac{\partial}{\partial b} \left(a b\right)"),
    (Deriv(Deriv(a, b), c), r"\frac{\partial}{\partial c} \frac{\partial a}{\partial b}"),
    (Deriv(a, b, local=True), r"\left. \frac{\partial a}{\partial b} \right|_{\text{direct}}"),
    (At(a, b, number(0)), r"\left. a \right|_{b = 0}"),
    (Array((("i", N),), a), r"\left[a\right]_{i = 1 \ldots N}"),
    (Array((("i", N), ("j", K)), a), r"\left[a\right]_{i = 1 \ldots N,\, j = 1 \ldots K}"),
    (Matrix(((a, b), (c, a))), r"\begin{pmatrix} a & b \\ c & a \end{pmatrix}"),
    (
        Cases(((a, Rel(">", a, number(0))), (b, None))),
        r"\begin{cases} a & \text{if } a > 0 \\ b & \text{otherwise} \end{cases}",
    ),
    (Rel("!=", a, b + c), r"a \neq b + c"),
]

OPERATORS_WRITTEN = [
    (op("add", a, b, op("neg", c)), "a + b - c"),
    (op("neg", a), "-a"),
    (op("mul", a, b, c), "a b c"),
    (op("div", a, b + c), r"\frac{a}{b + c}"),
    (op("pow", a, b), "a^{b}"),
    (op("sqrt", a), r"\sqrt{a}"),
    (op("abs", a), r"\left|a\right|"),
    (op("factorial", a + b), r"\left(a + b\right)!"),
    (op("floor", a), r"\left\lfloor a \right\rfloor"),
    (op("exp", op("neg", a)), r"\exp\left(-a\right)"),
    (op("log", a), r"\log a"),
    (op("logistic", a), r"\operatorname{logistic}\left(a\right)"),
    (op("softplus", a), r"\operatorname{softplus}\left(a\right)"),
    (op("tanh", a + b), r"\tanh\left(a + b\right)"),
    (op("sin", a), r"\sin a"),
    (op("cos", a), r"\cos a"),
    (op("relu", a), r"\operatorname{ReLU}\left(a\right)"),
    (op("softmax", x), r"\operatorname{softmax}\left(\mathbf{x}\right)"),
    (op("logsumexp", x), r"\operatorname{logsumexp}\left(\mathbf{x}\right)"),
    (op("total", x), r"\operatorname{sum}\left(\mathbf{x}\right)"),
    (op("transpose", x), r"\mathbf{x}^{\top}"),
    (op("inverse", a * b), r"\left(a b\right)^{-1}"),
    (op("det", a), r"\det a"),
    (op("trace", a * b), r"\operatorname{tr}\left(a b\right)"),
    (op("diag", a), r"\operatorname{diag}\left(a\right)"),
    (op("eigenvalues", a), r"\operatorname{eigenvalues}\left(a\right)"),
    (op("eigenvectors", a), r"\operatorname{eigenvectors}\left(a\right)"),
    (op("outer", a, b), r"a b^{\top}"),
    (op("inner", a, b), r"\left\langle a, b \right\rangle"),
    (op("hadamard", a, b + c), r"a \odot \left(b + c\right)"),
    (op("hadamard_div", a, b), r"a \oslash b"),
    (op("broadcast_add", a, b), "a + b"),
    (op("kron", a, b), r"a \otimes b"),
    (op("norm2", a - b), r"\left\|a - b\right\|^{2}"),
    (op("norm", a), r"\left\|a\right\|"),
    (op("delta", n, k), r"\delta_{nk}"),
    (op("delta", n, number(1)), r"\delta_{n, 1}"),
    (op("indicator", Rel(">=", a, b)), r"\mathbf{1}\left\{a \geq b\right\}"),
    (op("and", Rel("=", a, b), Rel("<", b, c)), r"a = b \land b < c"),
    (op("or", Rel("=", a, b), Rel("<", b, c)), r"a = b \lor b < c"),
    (op("not", Rel("=", a, b)), r"\lnot \left(a = b\right)"),
    (op("gaussian", x, mu, a), r"\mathcal{N}\left(\mathbf{x} \mid \boldsymbol{\mu}_{k}, a\right)"),
    (
        op("gaussian_diag", x, mu, a),
        r"\mathcal{N}\left(\mathbf{x} \mid \boldsymbol{\mu}_{k}, \operatorname{diag}\left(a\right)\right)",
    ),
    (op("identity", Size("d")), r"\mathbf{I}_{d}"),
    (op("ones", Size("n"), Size("m")), r"\mathbf{1}_{n \times m}"),
    (op("zeros", Size("n")), r"\mathbf{0}_{n}"),
]

DEGENERATE = op("mul", a + b)
BRACKETS = [
    (a - (b - c), r"a - \left(b - c\right)"),
    (a - b - c, "a - b - c"),
    (a + number(-2), "a - 2"),
    (number(-2) + a, "-2 + a"),
    (a + (b + c), r"a + \left(b + c\right)"),
    (-(a + b), r"-\left(a + b\right)"),
    (op("neg", -a), r"-\left(-a\right)"),
    (-total(a), r"-\sum_{k=1}^{K} a"),
    (a * (b * c), r"a \left(b c\right)"),
    ((a * b) * c, "a b c"),
    (a * (-b), r"a \left(-b\right)"),
    (number(2) * number(3), r"2 \cdot 3"),
    (a * number(2), r"a \cdot 2"),
    (number(1, 2) * a, r"\frac{1}{2} a"),
    (DEGENERATE, r"\left(a + b\right)"),
    ((-a) ** 2, r"\left(-a\right)^{2}"),
    ((a**2) ** b, r"\left(a^{2}\right)^{b}"),
    (a ** (b**c), "a^{b^{c}}"),
    (a.T.T, r"\left(a^{\top}\right)^{\top}"),
    (number(1, 2) ** 2, r"\left(\frac{1}{2}\right)^{2}"),
    (total(a) * b, r"\left(\sum_{k=1}^{K} a\right) b"),
    (b * total(a), r"b \sum_{k=1}^{K} a"),
    ((b * total(a)) * c, r"\left(b \sum_{k=1}^{K} a\right) c"),
    (total(a) + b, r"\sum_{k=1}^{K} a + b"),
    (b + total(a), r"b + \sum_{k=1}^{K} a"),
    (total(a) ** 2, r"\left(\sum_{k=1}^{K} a\right)^{2}"),
    (op("hadamard", total(a), b), r"\left(\sum_{k=1}^{K} a\right) \odot b"),
    (op("hadamard", b * c, total(a)), r"b c \odot \sum_{k=1}^{K} a"),
    (op("hadamard", a, b) * c, r"\left(a \odot b\right) c"),
    (op("log", b) * a, r"\log\left(b\right) a"),
    (a * op("log", b), r"a \log b"),
    (op("log", b) ** 2, r"\left(\log b\right)^{2}"),
    (op("log", a / b), r"\log\left(\frac{a}{b}\right)"),
    (Deriv(a, b) * c, r"\frac{\partial a}{\partial b} c"),
    (Deriv(a * b, b) * c, r"\left(\frac{\partial}{\partial b} \left(a b\right)\right) c"),
]


@pytest.mark.parametrize(
    ("term", "written"), [*NODES, *OPERATORS_WRITTEN, *BRACKETS], ids=lambda value: str(value)[:40]
)
def test_written(term: Term, written: str) -> None:
    assert to_latex(term) == written


def test_every_kind_of_term_is_written() -> None:
    kinds = {cls for cls in vars(terms).values() if isinstance(cls, type) and issubclass(cls, Term) and cls is not Term}
    assert {type(term) for term, _ in NODES} | {Op} == kinds


def test_every_operator_is_written() -> None:
    assert {term.name for term, _ in OPERATORS_WRITTEN} == set(OPERATORS) | LITERAL_OPERATORS


STATEMENTS = [
    (claims.Equal(a, b), "a = b"),
    (claims.Compare("<=", a, b), r"a \leq b"),
    (claims.Step((Rel("=", a, b),), (Rel("=", b, a),)), r"a = b \;\Rightarrow\; b = a"),
    (claims.Step((Rel("=", a, b),), (Rel("=", b, a),), both=True), r"a = b \;\Leftrightarrow\; b = a"),
    (
        claims.Optimum("max", a, (b,), (c,), (Rel("=", b, number(1)),)),
        r"b^{*} = \arg\max_{b} a = c \quad \text{s.t. } b = 1",
    ),
    (claims.SameOptimum("min", (b,), a, c), r"\arg\min_{b} a = \arg\min_{b} c"),
    (claims.HasShape(a, d), r"a \in \mathbb{R}^{d}"),
    (claims.PositiveSemidefinite(a), r"a \succeq 0"),
    (claims.Value(a, (("1.5",),)), r"a \approx 1.5"),
    (claims.Value(a, (("1", "2"), ("3", "4"))), r"a \approx \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}"),
    (claims.WellDefined(a), r"a \text{ is well defined}"),
    (claims.Misshapen(a, "shapes differ"), r"a = \text{something that has no shape}"),
]


@pytest.mark.parametrize(("statement", "written"), STATEMENTS, ids=lambda value: str(value)[:40])
def test_statement(statement: claims.Statement, written: str) -> None:
    assert statement_to_latex(statement) == written


def test_every_kind_of_statement_is_written() -> None:
    assert {type(statement) for statement, _ in STATEMENTS} == set(get_args(claims.Statement))
    assert all(fields(statement) for statement, _ in STATEMENTS)


READABLE = declare(r"index i, j, k = 1..K ; a, b, c \in \mathbb{R}")


@pytest.mark.parametrize("written", [written for term, written in BRACKETS if term != DEGENERATE])
def test_what_is_written_is_read_back(written: str) -> None:
    (term,) = read_term(written, READABLE)
    assert to_latex(term) == written


def test_functions_that_are_kept_under_what_they_are_called_with() -> None:
    """``p(z|x)`` at z and x is written once; at other arguments they are shown."""
    name, z = r"p_{\theta}(\mathbf{z}|\mathbf{x})", Sym(r"\mathbf{z}")
    assert to_latex(Apply(name, (z, x))) == name
    assert to_latex(Apply(name, (x, z))) == rf"{name}\left(\mathbf{{x}}, \mathbf{{z}}\right)"
    assert to_latex(Apply(name, (z, number(2)))) == rf"{name}\left(\mathbf{{z}}, 2\right)"
    weights = Array((("k", K),), Sym(r"\pi", (k,)))
    assert to_latex(Apply(r"L(\boldsymbol{\pi})", (weights,))) == r"L(\boldsymbol{\pi})"
    others = Array((("k", K),), Sym(r"\rho", (k,)))
    assert to_latex(Apply(r"L(\boldsymbol{\pi})", (others,))) != r"L(\boldsymbol{\pi})"


def test_families_that_are_kept_with_their_index() -> None:
    following = Op("add", (k, number(1)))
    assert to_latex(Sym("x_{k}", (following,))) == to_latex(Sym("x_k", (following,))) == "x_{k + 1}"
    assert to_latex(Sym("x_k", (k,))) == "x_{k}"
    assert to_latex(Sym("w_o", (following,))) == "{w_o}_{k + 1}"  # a label
    assert to_latex(Entry(Sym("x_k"), (following,))) == "{x_k}_{k + 1}"  # an entry of x_k
    assert to_latex(Sym("k_*")) == "k_*"
    assert to_latex(Sym("k_*", (k,))) == "{k_*}_{k}"
    assert to_latex(Big("sum", "r_", K, Sym("q", (Index("r_"),)))) == r"\sum_{r'=1}^{K} q_{r'}"
