"""Definitions, derivatives through them, families, labels, unknown functions."""

from __future__ import annotations

import pytest

from derive.language.claims import Compare, Equal
from derive.language.context import Context, Definition, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Deriv,
    Entry,
    Expect,
    Index,
    Matrix,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.refute.attack import attack
from tests.refute.models import (
    ONE,
    TWO,
    ZERO,
    claim,
    context,
    d,
    defined,
    family,
    i,
    j,
    k,
    n,
    op,
    plain,
    q,
    total,
)

t = Index("t")
T = Range.upto("N")


def holds(left: Term, right: Term, where: Context) -> bool:
    """Whether the attack finds the two sides equal at several points."""
    found = attack(claim(Equal(left, right), where))
    if found.witness is None and found.agreed < 3:
        raise AssertionError(found)
    return found.witness is None


def recurrent() -> Context:
    """h_t = tanh(w h_{t-1} + x_t), h_0 = 0."""
    before = Cases(((ZERO, Rel("=", n, ONE)), (Sym("h", (n - ONE,)), None)))
    return context(
        plain("w"),
        family("x", over=("n",)),
        defined("h", ("n",), op("tanh", Sym("w") * before + Sym("x", (n,)))),
    )


def test_total_and_local_derivatives() -> None:
    where = context(plain("x"), defined("a", (), Sym("x") ** TWO), defined("b", (), Sym("a") * Sym("x")))
    x, a, b = Sym("x"), Sym("a"), Sym("b")
    assert holds(Deriv(b, x), q(3) * x**TWO, where)
    assert holds(Deriv(b, x, local=True), a, where)
    assert holds(Deriv(b, a), x, where)
    assert holds(Deriv(a * x, x, local=True), a, where)
    assert not holds(Deriv(b, x), a, where)


def test_a_held_quantity_stays_held_through_others() -> None:
    where = context(
        plain("x"),
        defined("z", (), op("exp", Sym("x"))),
        defined("a", (), Sym("z") ** TWO),
        defined("L", (), Sym("a") + Sym("z") * Sym("x")),
    )
    assert holds(Deriv(Sym("L"), Sym("z")), TWO * Sym("z") + Sym("x"), where)
    assert holds(Deriv(Sym("L"), Sym("z"), local=True), Sym("x"), where)


def _slope(h: Term) -> Term:
    return ONE - h**TWO


def test_recurrence() -> None:
    where = recurrent().with_size("N", 3)
    h1, h2, h3 = (Sym("h", (q(at),)) for at in (1, 2, 3))
    assert holds(Deriv(h3, h1), _slope(h3) * Sym("w") * _slope(h2) * Sym("w"), where)
    assert holds(Deriv(h2, Sym("w")), _slope(h2) * (h1 + Sym("w") * ZERO), where)
    assert holds(Deriv(h2, Sym("w"), local=True), _slope(h2) * h1, where)
    assert holds(Deriv(h3, Sym("w")), _slope(h3) * (h2 + Sym("w") * _slope(h2) * h1), where)
    assert not holds(Deriv(h3, Sym("w")), _slope(h3) * h2, where)


def test_a_definition_does_not_see_the_names_around_it() -> None:
    where = context(family("a", over=("n",)), defined("s", (), total("n", "N", Sym("a", (n,)))))
    assert holds(total("n", "N", Sym("s")), Size("N") * Sym("s"), where)
    assert holds(total("n", "N", total("n", "N", Sym("a", (n,)))), Size("N") * Sym("s"), where)


def test_substitution_reaches_definitions() -> None:
    where = context(plain("x"), defined("y", (), Sym("x") ** TWO))
    assert holds(At(Sym("y"), Sym("x"), q(3)), q(9), where)
    assert holds(At(Deriv(Sym("y"), Sym("x")), Sym("x"), q(3)), q(6), where)


def test_families_in_the_derivative() -> None:
    where = context(family("x", over=("n",), shape=(d,)), family("w", over=("k",), shape=(d,)))
    x, w = Sym("x", (n,)), Sym("w", (k,))
    score = op("inner", w, x)
    below = total("j", "K", op("exp", op("inner", Sym("w", (j,)), x)))
    likelihood = total("n", "N", score - op("log", below))
    assert holds(Deriv(likelihood, w), total("n", "N", (ONE - op("exp", score) / below) * x), where)
    other = Deriv(likelihood, Sym("w", (j,)))
    expected = total(
        "n",
        "N",
        (op("delta", j, k) - op("exp", op("inner", Sym("w", (j,)), x)) / total("k", "K", op("exp", op("inner", w, x))))
        * x,
    )
    assert holds(other, expected, where)


def test_entries() -> None:
    where = context(plain("A", shape=(d, d)), plain("x", shape=(d,)))
    A, x = Sym("A"), Sym("x")
    form = op("transpose", x) * A * x
    assert holds(Deriv(form, Entry(A, (i, i))), Entry(x, (i,)) ** TWO, where)
    assert holds(Deriv(form, Entry(A, (i,))), Entry(x, (i,)) * x, where)
    assert holds(Array((("i", Range.upto("d")),), Entry(x, (i,))), x, where)
    assert holds(
        Big("max", "i", Range.upto("d"), Entry(x, (i,))), -Big("min", "i", Range.upto("d"), -Entry(x, (i,))), where
    )
    assert holds(
        Entry(x, (Big("argmax", "i", Range.upto("d"), Entry(x, (i,))),)),
        Big("max", "i", Range.upto("d"), Entry(x, (i,))),
        where,
    )


def test_written_matrices_and_products() -> None:
    where = context(plain("a"), plain("b"))
    a, b = Sym("a"), Sym("b")
    written = Matrix(((a, b), (b, a)))
    assert holds(op("det", written), a**TWO - b**TWO, where)
    assert holds(Matrix(((a,), (b,))), op("transpose", Matrix(((a, b),))), where)
    assert holds(Big("prod", "n", Range.upto("N"), a), a ** Size("N"), where)
    assert holds(total("n", "N", a, Rel("!=", n, ONE)), (Size("N") - ONE) * a, where)


def test_expectation_over_a_range() -> None:
    where = context(family("p", "simplex", over=("k",)), family("a", over=("k",)))
    mean = Expect("k", Range.upto("K"), Sym("p", (k,)), Sym("a", (k,)))
    assert holds(mean, total("k", "K", Sym("p", (k,)) * Sym("a", (k,))), where)
    assert holds(Expect("k", Range.upto("K"), Sym("p", (k,)), ONE), ONE, where)


def test_unknown_functions() -> None:
    g = FunctionDecl("g", ("u",), ((),), ())
    f = FunctionDecl("f", ("u",), ((),), (), body=Apply("g", (Sym("u") ** TWO,)))
    h = FunctionDecl("h", ("u",), ((),), (), properties=frozenset({"positive"}))
    where = context(plain("x"), plain("y"), functions=(g, f, h))
    x, y = Sym("x"), Sym("y")
    assert holds(Apply("f", (x,)), Apply("g", (x * x,)), where)
    assert holds(Deriv(Apply("f", (x,)), x), TWO * x * At(Deriv(Apply("g", (y,)), y), y, x**TWO), where)
    assert holds(op("exp", op("log", Apply("h", (x,)))), Apply("h", (x,)), where)
    assert not holds(Apply("g", (x + y,)), Apply("g", (x,)) + Apply("g", (y,)), where)
    assert holds(Deriv(Apply("g", (x,)) ** TWO, Apply("g", (x,))), TWO * Apply("g", (x,)), where)


def test_opaque_quantities() -> None:
    L = SymbolDecl("L", depends=(Sym("z", (n,)),))
    where = context(family("x", over=("n",)), defined("z", ("n",), Sym("x", (n,)) ** TWO), L)
    x, z = Sym("x", (n,)), Sym("z", (n,))
    assert holds(Deriv(Sym("L"), x), Deriv(Sym("L"), z) * TWO * x, where)
    assert not holds(Deriv(Sym("L"), x), Deriv(Sym("L"), z), where)


@pytest.mark.parametrize("wrong", [Sym("nowhere"), Entry(Sym("x"), (ONE,)), Index("unbound"), Apply("nothing", (ONE,))])
def test_what_has_no_meaning_is_said(wrong: Term) -> None:
    found = attack(claim(Equal(wrong, ZERO), context(plain("x"))))
    assert found.witness is None
    assert found.note


def test_undefined_points_say_nothing() -> None:
    where = context(plain("x"))
    found = attack(claim(Equal(ONE / (Sym("x") - Sym("x")), ZERO), where))
    assert found.witness is None
    assert not found.agreed
    assert "undefined" in found.note
    self_made = context(SymbolDecl("s", definition=Definition((), Sym("s") + ONE)))
    assert attack(claim(Equal(Sym("s"), ONE), self_made)).note


def test_a_condition_between_vectors_is_refused() -> None:
    where = context(plain("x", shape=(d,)))
    found = attack(claim(Equal(Cases(((ONE, Rel("=", Sym("x"), Sym("x"))), (ZERO, None))), ONE), where))
    assert found.witness is None
    assert "as a whole" in found.note


def test_the_value_of_a_builtin_is_no_variable() -> None:
    sigma = FunctionDecl("sigma", ("u",), ((),), (), builtin="logistic")
    where = context(plain("x"), functions=(sigma,))
    value = Apply("sigma", (Sym("x"),))
    found = attack(claim(Equal(Deriv(value**TWO, value), TWO * value), where))
    assert found.witness is None
    assert found.note


def test_bijective_functions() -> None:
    g = FunctionDecl("G", ("u",), ((d,),), (d,), properties=frozenset({"bijective"}))
    where = context(plain("x", shape=(d,)), plain("y", shape=(d,)), functions=(g,))
    slope = Deriv(Apply("G", (Sym("x"),)), Sym("x"))
    found = attack(claim(Compare("!=", op("det", slope), ZERO), where))
    assert found.witness is None
    assert found.agreed >= 4
    strange = FunctionDecl("h", ("u",), ((),), (), properties=frozenset({"integer"}))
    assert attack(claim(Equal(Apply("h", (ONE,)), ONE), context(functions=(strange,)))).note


def test_assumptions_about_unknown_functions_are_not_met_by_chance() -> None:
    g = FunctionDecl("g", ("u",), ((),))
    where = context(plain("x"), functions=(g,), facts=(Rel("=", Apply("g", (Sym("x"),)), Sym("x")),))
    found = attack(claim(Equal(Deriv(Apply("g", (Sym("x"),)), Sym("x")), ONE), where))
    assert found.witness is None
    assert "unknown function" in found.note
