"""Unknown functions whose values are matrices, unit vectors, and points that only the solved equations choose."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flint import fmpq

from derive.judge import judge
from derive.language.claims import Claim, Equal, Step
from derive.language.terms import Sym
from derive.language.verdicts import Proved, Refuted
from derive.read.declarations import declare
from derive.read.latex import read_relation
from derive.refute.draws import is_matrix
from derive.refute.unknown import Unknowns


@pytest.mark.parametrize("words", [{"symmetric"}, {"posdef", "symmetric"}, {"psd"}, {"diagonal"}, {"invertible"}])
@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_a_matrix_has_the_properties_that_are_asked_for(words: set[str], seed: str) -> None:
    found = Unknowns(seed).value("K", (), [fmpq(1, 2)], (3, 3), frozenset(words))
    assert is_matrix(found, frozenset(words))  # type: ignore[arg-type]


@pytest.mark.parametrize("words", ["symmetric", "symmetric psd", ""])
def test_a_derivative_of_an_unknown_matrix(words: str) -> None:
    square = "\\in \\mathbb{R}^{n\\times n}"
    context = declare(f"K {square} {words} ; \\theta \\in \\mathbb{{R}} ; C {square}")
    context = context.with_symbol(replace(context.symbols["K"], depends=(Sym("\\theta"),)))

    def verdict(text: str) -> object:
        stated = read_relation(text, context)
        return judge(Claim("t", Equal(stated.left, stated.right), context))

    true = "\\frac{\\partial K^{-1}}{\\partial\\theta} = -K^{-1} \\frac{\\partial K}{\\partial\\theta} K^{-1}"
    assert isinstance(verdict(true), Proved)
    assert isinstance(verdict(true.replace("= -", "= ")), Refuted)
    assert isinstance(verdict("\\frac{\\partial C}{\\partial\\theta} = 0"), Proved)
    turned = "\\frac{\\partial K}{\\partial\\theta}^T = \\frac{\\partial K}{\\partial\\theta}"
    assert isinstance(verdict(turned), Refuted) != bool(words)


def test_an_eigenvector_of_length_one() -> None:
    """At a point where S u = λ u and u^T u = 1, with lines concluded from it, a false line fails."""
    context = declare("S \\in \\mathbb{R}^{d\\times d} symmetric ; u \\in \\mathbb{R}^d ; \\lambda \\in \\mathbb{R}")
    roots = tuple(read_relation(text, context) for text in ("S u = \\lambda u", "u^T u = 1"))
    lines = ("u^T S u = \\lambda u^T u", "\\lambda u^T u = \\lambda", "u^T S u = \\lambda", "u^T S = \\lambda u^T")
    known = (*roots, *(read_relation(text, context) for text in lines))

    def verdict(text: str) -> object:
        goal = read_relation(text, context)
        return judge(Claim("t", Step(known, (goal,)), context, start=Step(roots, (goal,))))

    assert isinstance(verdict("u^T S S u = \\lambda^2"), Proved)
    assert isinstance(verdict("u^T S S u = \\lambda"), Refuted)
    assert isinstance(verdict("u^T S u = -\\lambda"), Refuted)
