"""Normal equations are solved as least squares where the weights have roots, and nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from derive.kernels.compile import rewritten
from derive.kernels.passes.squares import as_least_squares, least_squares
from derive.kernels.program import Let, Program, product, quotient, sum_over
from derive.kernels.support import _least_squares
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Array, Entry, Index, Op, Sym, Term
from tests.kernels.exact import exact
from tests.kernels.samples import sample
from tests.kernels.test_values import assembled, call

N, M = (Range.upto(Extent.of(size)) for size in "NM")
X, Z = (lambda n, a, name=name: Sym(name, (Index(n), Index(a))) for name in "xz")
Y = Sym("y", (Index("j"),))


def weight(n: str) -> Term:
    return Sym("r", (Index(n),))


def program(left: Term, right: Term, properties: frozenset[str] = frozenset({"positive"})) -> Program:
    """u_a = Σ_b ((left over i)⁻¹)_ab right over j, where r has some properties."""
    symbols = [SymbolDecl(name, (N, M)) for name in "xz"] + [
        SymbolDecl("y", (N,)),
        SymbolDecl("c", properties=properties),
    ]
    context = Context()
    for decl in [*symbols, SymbolDecl("r", (N,), properties=properties)]:
        context = context.with_symbol(decl)
    whole = Array((("p", M), ("q", M)), left)
    entry = Entry(Op("inverse", (whole,)), (Index("a"), Index("b")))
    body = sum_over("b", M, Op("mul", (entry, right)))
    ranges = {**dict.fromkeys("ij", N), **dict.fromkeys("abpq", M)}
    return Program((), {}, (Let("u", ("a",), body),), context, ranges, {"N": 2000, "M": 3})


def matrix(*more: Term) -> Term:
    return sum_over("i", N, product(*more, X("i", "p"), X("i", "q")))


def vector(*more: Term) -> Term:
    return sum_over("j", N, product(*more, X("j", "b"), Y))


def recognised(given: Program) -> bool:
    after = as_least_squares(given)
    return least_squares(after.results[0].body, after.ranges) is not None


def test_weighted_and_plain_squares_are_recognised() -> None:
    assert recognised(program(matrix(weight("i")), vector(weight("j"))))
    assert recognised(program(matrix(), vector()))
    assert recognised(program(matrix(), vector(weight("j"))))  # r y is what is fitted


def test_what_the_sums_have_in_common_cancels_and_is_proved() -> None:
    c = Sym("c")
    given = program(quotient(matrix(weight("i")), c), quotient(vector(weight("j")), c))
    after, proved = rewritten(given)
    assert least_squares(after.results[0].body, after.ranges) is not None
    assert proved >= 1


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (matrix(weight("i")), vector()),
        (sum_over("i", N, product(X("i", "p"), Z("i", "q"))), vector()),
        (matrix(), sum_over("j", N, product(Z("j", "b"), Y))),
        (matrix(), sum_over("j", N, product(X("j", "b"), X("j", "b")))),
        (product(X("j", "p"), matrix()), vector()),
    ],
    ids=["one weighs", "two matrices", "another vector", "no answer", "not a sum alone"],
)
def test_what_is_no_least_squares(left: Term, right: Term) -> None:
    assert not recognised(program(left, right))


def test_weights_that_may_be_negative_have_no_roots() -> None:
    given = program(matrix(weight("i")), vector(weight("j")), frozenset())
    after = as_least_squares(given)
    assert after.results[0].body == given.results[0].body
    assert least_squares(after.results[0].body, after.ranges) is None


# -- the helper --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [3, 10, 1000, 20_000])
def test_columns_that_depend_on_each_other_are_an_error(n: int) -> None:
    rng = np.random.default_rng(n)
    x = rng.normal(size=(n, 3)) + 100
    x[:, 2] = x[:, 0] + x[:, 1]
    with pytest.raises(np.linalg.LinAlgError, match="singular: the result is not determined"):
        _least_squares(x, x[:, 0], rng.uniform(size=(2, n)))


def test_fewer_samples_than_coefficients_are_an_error() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="singular: the result is not determined"):
        _least_squares(np.array([[1.0, 2.0]]), np.array([1.0]))


def test_coefficients_far_from_the_origin() -> None:
    """An offset of 1e6 costs its own digits, not those of its square."""
    rng = np.random.default_rng(0)
    x = rng.normal(size=(5000, 2)) + 1e6
    weights = rng.uniform(size=(3, 5000))
    found = _least_squares(x, x @ [2.0, -1.0], weights)
    np.testing.assert_allclose(found, [[2.0, -1.0]] * 3, rtol=1e-8)


@pytest.mark.parametrize(("offset", "most"), [(0.0, 1e-10), (1e4, 1e-8), (1e6, 1e-6)])
def test_a_step_of_a_linear_mixture(offset: float, most: float) -> None:
    for seed in range(10):
        arguments = sample("linear_mixture", "em_step", np.random.default_rng(seed), offset=offset)
        wanted = exact(assembled("linear_mixture", "em_step"), arguments)
        for one, two in zip(call("linear_mixture", "em_step", arguments), wanted, strict=True):
            assert np.all(np.abs(one - two) <= most * np.max(np.abs(two)))
