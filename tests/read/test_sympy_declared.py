"""SymPy expressions over contexts made from declaration text: mixtures, components, aliases, captured definitions."""

from __future__ import annotations

from typing import Any

import pytest
import sympy

from derive.language.extents import Extent
from derive.language.shapes import shape_of
from derive.language.terms import Array, Deriv, Entry, Expect, Index, Op, Sym, Term
from derive.read.declarations import declare
from derive.read.symbols import (
    SympyReadError,
    expectation,
    gaussian,
    gradient,
    indices,
    integral,
    inv,
    logsumexp,
    matvec,
    plus,
    sizes,
    symbols,
)
from derive.read.sympy import to_term

MIXTURE = declare(
    r"""
    index n = 1..N ; j, k = 1..K
    \mathbf{x}_n, \boldsymbol{\mu}_k \in \mathbb{R}^d
    \boldsymbol{\Sigma}_k \in \mathbb{R}^{d\times d} symmetric posdef
    \pi_k > 0
    function p(\mathbf{x}) := \sum_{k=1}^K \pi_k \mathcal{N}(\mathbf{x}|\boldsymbol{\mu}_k,\boldsymbol{\Sigma}_k)
    let L := \sum_{n=1}^N \log p(\mathbf{x}_n)
    """
)


def test_a_mixture_gradient_is_written_as_on_paper() -> None:
    x, mu, S, pi, L = symbols(MIXTURE, "x", "mu", "Sigma", "pi", "L")
    n, k, j = indices(MIXTURE, "n k j")
    N, K = sizes(MIXTURE, "N K")
    total = sympy.Sum(pi[j] * gaussian(x[n], mu[j], S[j]), (j, 1, K))
    r = pi[k] * gaussian(x[n], mu[k], S[k]) / total
    stated = to_term(sympy.Sum(r * matvec(inv(S[k]), plus(x[n], -mu[k])), (n, 1, N)), MIXTURE)
    assert shape_of(stated, MIXTURE) == (Extent.of("d"),)
    derived = Deriv(Sym("L"), Sym(r"\boldsymbol{\mu}", (Index("k"),)))
    assert to_term(gradient(L, mu[k]), MIXTURE) == derived


def test_a_component_is_an_entry_of_its_vector() -> None:
    context = declare(r"index i = 1..d ; \mathbf{x} \in \mathbb{R}^d ; component x_i of \mathbf{x}")
    component, whole = symbols(context, "x", r"\mathbf{x}")
    (i,) = indices(context, "i")
    expected = Entry(Sym(r"\mathbf{x}"), (Index("i"),))
    assert to_term(component[i], context) == to_term(whole[i], context) == expected


def test_a_family_declared_as_a_vector_may_stand_alone() -> None:
    context = declare(r"index k = 1..K ; a_k \in \mathbb{R} ; component a_k of \mathbf{a}")
    (vector,) = symbols(context, r"\mathbf{a}")
    range_ = context.indices["k"]
    expected: Term = Op("logsumexp", (Array((("k'", range_),), Sym("a", (Index("k'"),))),))
    assert to_term(logsumexp(vector), context) == expected


def test_an_alias_is_what_it_stands_for() -> None:
    context = declare(r"index n = 1..N ; \mathbf{x}_n \in \mathbb{R}^d ; alias \boldsymbol{x}_n = \mathbf{x}_n")
    (x,) = symbols(context, r"\boldsymbol{x}")
    (n,) = indices(context, "n")
    expected = Sym(r"\mathbf{x}", (Index("n"),))
    assert to_term(x[n], context) == to_term(sympy.IndexedBase(r"\boldsymbol{x}")[n], context) == expected


CAPTURE = declare(
    r"z, \theta \in \mathbb{R} ; let u := z + \theta ; let w := 2 \theta ; function q(a) ; function h(a) := a z"
    r" ; function m(z) := z + \theta"
)


@pytest.mark.parametrize("bind", [lambda body, z, q: integral(body, z), lambda body, z, q: expectation(body, z, q(z)),
                                  lambda body, z, q: sympy.Integral(body, (z, -sympy.oo, sympy.oo))])  # fmt: skip
def test_a_definition_is_written_out_under_a_variable_it_mentions(bind: Any) -> None:
    z, u, w, q = symbols(CAPTURE, *"zuwq")
    inside = to_term(bind(u * w, z, q), CAPTURE)
    assert inside.body == Op("mul", (Op("add", (Sym("z"), Sym(r"\theta"))), Sym("w")))  # type: ignore[attr-defined]
    assert to_term(u, CAPTURE) == Sym("u")


def test_a_function_that_mentions_a_bound_variable_is_refused() -> None:
    z, q, h, m = symbols(CAPTURE, *"zqhm")
    with pytest.raises(SympyReadError, match="make it a parameter"):
        to_term(integral(h(1) * q(z), z), CAPTURE)
    assert isinstance(to_term(expectation(m(z), z, q(z)), CAPTURE), Expect)
