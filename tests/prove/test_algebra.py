"""The normal form: powers, exponentials, logarithms, content, deltas, ranges, flattening, capture, products."""

from __future__ import annotations

import pytest

from derive.prove.algebra import TooHard
from derive.prove.atoms import ONE, Ix, add, of_atom, scale
from derive.prove.evidence import Options
from tests.prove.normal import bench_of, gap, same, sides

GIVEN = r"""
index i, j, k = 1..N ; m = 1..M
x, y, z \in \mathbb{R} ; p, q > 0 ; u \geq 0 ; n_0 \in \mathbb{R} integer ; t \in \{0,1\} ; h \in (0,1)
a_i, b_i \in \mathbb{R} ; c_i, w_i > 0 ; A_{ij} \in \mathbb{R} ; B_{im} \in \mathbb{R}
S \in \mathbb{R}^{d \times d} symmetric posdef ; v \in \mathbb{R}^d ; U \in \mathbb{R}^{d \times d} orthogonal
function \sigma = logistic
"""

SAME = [
    # arithmetic
    ("(x + y)^2", "x^2 + 2 x y + y^2"),
    ("(x - y)(x + y)", "x^2 - y^2"),
    (r"\frac{x}{p} + \frac{y}{p}", r"\frac{x + y}{p}"),
    (r"\frac{x p}{p}", "x"),
    ("x - (y - z)", "x - y + z"),
    # powers
    (r"\sqrt{p} \sqrt{p}", "p"),
    ("p^{x} p^{y}", "p^{x + y}"),
    ("(p q)^{x}", "p^{x} q^{x}"),
    ("(p^{x})^{y}", "p^{x y}"),
    ("p^{-1/2} p^{3/2}", "p"),
    (r"\sqrt{4 p}", r"2 \sqrt{p}"),
    (r"\sqrt{p^2}", "p"),
    ("2^{x} 2^{y}", "2^{x + y}"),
    (r"\frac{1}{(2 x + 2 y)^2}", r"\frac{1}{4 (x + y)^2}"),
    # exponentials and logarithms
    ("e^x e^y", "e^{x + y}"),
    ("(e^x)^2", "e^{2 x}"),
    (r"e^{\log p}", "p"),
    (r"\log e^x", "x"),
    (r"\log (p q)", r"\log p + \log q"),
    (r"\log \frac{p}{q}", r"\log p - \log q"),
    (r"\log p^{x}", r"x \log p"),
    (r"\log \sqrt{p}", r"\frac{1}{2} \log p"),
    (r"\log \prod_{i=1}^N c_i", r"\sum_{i=1}^N \log c_i"),
    # functions
    (r"\tanh(-x)", r"-\tanh(x)"),
    (r"\cos(-x)", r"\cos(x)"),
    (r"\sin(0)", "0"),
    (r"|{-x}|", "|x|"),
    ("|p|", "p"),
    # deltas and ranges
    (r"\sum_{i=1}^N \delta_{ij} a_i", "a_j"),
    (r"\sum_{i=1}^N \sum_{j=1}^N \delta_{ij} A_{ij}", r"\sum_{i=1}^N A_{ii}"),
    (r"\delta_{ij} a_i", r"\delta_{ij} a_j"),
    (r"\delta_{ij} \delta_{ij}", r"\delta_{ij}"),
    (r"\sum_{i=1}^N 1", "N"),
    (r"\sum_{i=1}^N x", "N x"),
    # flattening and capture
    (r"\sum_{i=1}^N a_i \sum_{j=1}^N b_j", r"(\sum_{i=1}^N a_i)(\sum_{i=1}^N b_i)"),
    (r"\sum_{i=1}^N \sum_{m=1}^M B_{im}", r"\sum_{m=1}^M \sum_{i=1}^N B_{im}"),
    (r"\sum_{i=1}^N (a_i + b_i)", r"\sum_{i=1}^N a_i + \sum_{j=1}^N b_j"),
    (r"\sum_{i=1}^N a_i (\sum_{i=1}^N b_i)", r"\sum_{j=1}^N \sum_{i=1}^N a_j b_i"),
    (r"a_i \sum_{i=1}^N a_i", r"\sum_{j=1}^N a_i a_j"),
    # products
    (r"\prod_{i=1}^N (x c_i)", r"x^N \prod_{i=1}^N c_i"),
    (r"\prod_{i=1}^N e^{a_i}", r"e^{\sum_{i=1}^N a_i}"),
    # matrices
    ("S^{-1} S v", "v"),
    (r"v^T S v", r"(S v)^T v"),
    ("U^T U v", "v"),
]
DIFFERENT = [
    ("(x + y)^2", "x^2 + y^2"),
    (r"\sqrt{x^2}", "x"),
    (r"\sqrt{x^2}", "-x"),
    ("(x^2)^{1/2} x", "x^2"),
    ("e^{x y}", "e^x e^y"),
    (r"\log(p + q)", r"\log p + \log q"),
    (r"\tanh(x + y)", r"\tanh(x) + \tanh(y)"),
    (r"|x|", "x"),
    (r"\sum_{i=1}^N \delta_{ij} a_i", "a_i"),
    (r"\delta_{ij}", "1"),
    (r"\sum_{i=1}^N a_i b_i", r"(\sum_{i=1}^N a_i)(\sum_{i=1}^N b_i)"),
    (r"\sum_{i=1}^N x", "M x"),
    (r"\sum_{m=1}^M 1", "N"),
    (r"a_i \sum_{i=1}^N a_i", r"\sum_{i=1}^N a_i a_i"),
    (r"\prod_{i=1}^N (x c_i)", r"x \prod_{i=1}^N c_i"),
    (r"\prod_{i=1}^N (1 + c_i)", r"1 + \prod_{i=1}^N c_i"),
    ("S^{-1} v", "S v"),
    ("U v", "v"),
    (r"\sqrt{4 p}", r"4 \sqrt{p}"),
]


@pytest.mark.parametrize(("left", "right"), SAME)
def test_one_normal_form(left: str, right: str) -> None:
    assert same(GIVEN, left, right)


@pytest.mark.parametrize(("left", "right"), DIFFERENT)
def test_two_normal_forms(left: str, right: str) -> None:
    assert not same(GIVEN, left, right)


def test_the_length_of_a_range_is_its_own() -> None:
    """A delta whose index may lie outside the sum's range does not select."""
    given = r"index i = 1..N ; m = 1..M ; a_i \in \mathbb{R} ; B \in \mathbb{R}^{N \times M}"
    assert same(given, r"\sum_{i=1}^N \delta_{i1} a_i", "a_1")
    assert not same(given, r"\sum_{i=1}^N \delta_{im} a_i", "0")
    assert not same(given, r"\sum_{i=1}^N \delta_{im}", "1")


def test_content_is_taken_out_whole() -> None:
    algebra, p = gap(GIVEN, "2 p x + 4 p y", "0")
    content, rest = algebra.content(p)
    assert algebra.mul(content, rest) == p
    assert all(abs(c) in (1, 2) for c in rest.terms.values())
    assert algebra.content(of_atom(*next(iter(gap(GIVEN, "p", "0")[1].terms)).factors[0]))[1] == ONE


def test_renaming_does_not_capture() -> None:
    """Σ_j A_ij with i renamed to j is Σ_k A_jk."""
    algebra, p = gap(GIVEN, r"\sum_{j=1}^N A_{ij}", "0")
    moved = algebra.rename(p, {"i": Ix("j")})
    assert moved == gap(GIVEN, r"\sum_{k=1}^N A_{jk}", "0")[1]
    assert moved != gap(GIVEN, r"\sum_{k=1}^N A_{kk}", "0")[1]


def test_a_bound_name_that_is_renamed_outside_stays_as_it_is_inside() -> None:
    """a_# Σ_# a_# with the outer # renamed to j is a_j Σ_# a_#, not a_j Σ_# a_j."""
    algebra, total = gap(GIVEN, r"\sum_{i=1}^N a_i", "0")
    (bound,) = total.atoms()[0].bound
    both = algebra.mul(total, algebra.entry("a", (Ix(bound),)), algebra.entry("b", (Ix(bound),)))
    moved = algebra.rename(both, {bound: Ix("j")})
    assert moved == algebra.mul(total, algebra.entry("a", (Ix("j"),)), algebra.entry("b", (Ix("j"),)))
    double = gap(GIVEN, r"\sum_{i=1}^N A_{ik}", "0")[1]
    (bound,) = double.atoms()[0].bound
    with_outer = algebra.mul(double, algebra.entry("a", (Ix(bound),)))
    moved = algebra.rename(with_outer, {bound: Ix("j"), "k": Ix("j")})
    assert moved == algebra.mul(gap(GIVEN, r"\sum_{i=1}^N A_{ij}", "0")[1], algebra.entry("a", (Ix("j"),)))


def test_a_bound_name_says_what_it_ranges_over() -> None:
    """The same body under two ranges is two bodies: what is known of one is not said of the other."""
    given = r"index i = 1..N ; m = 1..M ; a_i, b_m \in \mathbb{R}"
    one, two = (gap(given, side, "0")[1] for side in (r"\sum_{i=1}^N a_i", r"\sum_{m=1}^M b_m"))
    assert set(one.atoms()[0].bound).isdisjoint(two.atoms()[0].bound)


def test_a_name_that_is_bound_stands_for_nothing_else_in_a_matrix() -> None:
    algebra, inverse = gap(GIVEN, r"[(S + v v^T)^{-1}]_{11}", "0")
    atom = next(a for a in inverse.atoms() if a.kind == "inv")
    (row, key), (column, _) = algebra.open(atom)[1]
    body = algebra.rename(atom.args[0], dict(zip(atom.bound, (Ix(row), Ix(column)), strict=True)))
    with pytest.raises(TooHard):  # a slot
        algebra.matrix_atom("inv", key, body, row, column, (Ix(atom.bound[0]), Ix("", 1)))
    taken = add(body, algebra.mul(algebra.entry("v", (Ix(atom.bound[0]),)), algebra.entry("v", (Ix(row),))))
    for kind in ("inv", "det"):
        with pytest.raises(TooHard):  # an entry
            algebra.matrix_atom(kind, key, taken, row, column, (Ix("", 1), Ix("", 1)))


def test_splitting_on_a_binary_quantity() -> None:
    for left, right, holds in (
        ("p^t q^{1-t}", "t p + (1-t) q", True),
        ("t^2", "t", True),
        (r"e^{t x}", "1 + t (e^x - 1)", True),
        (r"e^{t x}", "1 + t e^x", False),
        (r"h^2", "h", False),
    ):
        bench, one, two = sides(GIVEN, left, right)
        assert bench.difference(one, two, Options(split_binary=True))[1].is_zero == holds


def test_too_much_work_is_said() -> None:
    bench = bench_of(GIVEN)
    algebra = bench.reader().algebra
    with pytest.raises(TooHard, match="terms"):
        algebra.tick(10**9)


def test_a_power_of_a_sum_is_hash_consed_up_to_its_content() -> None:
    _, p = gap(GIVEN, r"\frac{1}{2 x + 4 y}", "0")
    _, q = gap(GIVEN, r"\frac{1}{x + 2 y}", "0")
    assert add(scale(p, 2), scale(q, -1)).is_zero
