"""Unknown densities in steps: integrals of what is of the first degree in them, and nothing else."""

from __future__ import annotations

import pytest
from flint import fmpq

from derive.language.claims import Claim, Equal
from derive.read.declarations import declare
from derive.read.latex import read_relations
from derive.refute import arithmetic as ar
from derive.refute import stepped
from derive.refute.arithmetic import ONE, ZERO, CannotEvaluate, Undefined
from derive.refute.attack import attack, recheck
from derive.refute.stepped import Place, Stepped

DENSITIES = "function p(x) density positive ; function q(x) density positive ; function f(x) ; function g(x) positive"


def struck(text: str, declared: str = DENSITIES) -> bool:
    """Whether an equation is refuted, at a point that stands when it is looked at again."""
    context = declare(declared)
    (relation,) = read_relations(text, context)
    claim = Claim("c", Equal(relation.left, relation.right), context)
    found = attack(claim)
    assert found.witness is None or recheck(claim, found)
    assert found.witness is not None or found.agreed
    return found.witness is not None


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (
            r"\int p(x) \log \frac{p(x)}{p(x) + q(x)} dx = \int p(x) \log \frac{2 p(x)}{p(x) + q(x)} dx - \log 2",
            r"\int p(x) \log \frac{p(x)}{p(x) + q(x)} dx = \int p(x) \log \frac{2 p(x)}{p(x) + q(x)} dx - 2 \log 2",
        ),
        (
            r"\int \frac{(p(x) - q(x))^2}{p(x) + q(x)} dx = 2 - 4 \int \frac{p(x) q(x)}{p(x) + q(x)} dx",
            r"\int \frac{(p(x) - q(x))^2}{p(x) + q(x)} dx = 2 - 2 \int \frac{p(x) q(x)}{p(x) + q(x)} dx",
        ),
        (
            r"\int (\sqrt{p(x)} - \sqrt{q(x)})^2 dx = 2 - 2 \int \sqrt{p(x) q(x)} dx",
            r"\int (\sqrt{p(x)} - \sqrt{q(x)})^2 dx = 1 - \int \sqrt{p(x) q(x)} dx",
        ),
        (
            r"\int p(x) \log(1 + e^{f(x)}) dx = \int p(x) f(x) dx + \int p(x) \log(1 + e^{-f(x)}) dx",
            r"\int p(x) \log(1 + e^{f(x)}) dx = \int p(x) \log(1 + e^{-f(x)}) dx - \int p(x) f(x) dx",
        ),
        (
            r"\int \frac{p(x)^2}{p(x) + g(x) q(x)} dx = 1 - \int \frac{p(x) g(x) q(x)}{p(x) + g(x) q(x)} dx",
            r"\int \frac{p(x)^2}{p(x) + g(x) q(x)} dx = 1 - \int \frac{p(x) q(x)}{p(x) + g(x) q(x)} dx",
        ),
    ],
)
def test_what_is_true_agrees_and_what_is_false_does_not(right: str, wrong: str) -> None:
    assert not struck(right)
    assert struck(wrong)


def density(*weights: int) -> Stepped:
    return Stepped(1, ONE, tuple((fmpq(each),) for each in weights))


def test_an_integral_is_the_mean_over_the_parts() -> None:
    assert stepped.integral(density(1, 2, 3), 1) == 2
    assert stepped.integral(ZERO, 1) == 0


def test_what_is_not_of_the_first_degree_has_no_integral() -> None:
    p = density(1, 1, 1)
    for value in (p * p, p / p * fmpq(2) + fmpq(1), p.sqrt(), p * p.log(), p.reciprocal()):
        with pytest.raises((CannotEvaluate, Undefined)):
            stepped.integral(value, 1)
    with pytest.raises(CannotEvaluate):
        p + fmpq(1)


def test_the_variable_itself_has_no_value() -> None:
    for use in (lambda x: x + 1, lambda x: density(1, 2, 3) * x, ar.exp, lambda x: -x, lambda x: 2 * x):
        with pytest.raises(CannotEvaluate):
            use(Place(1))


def test_the_logarithm_of_the_common_density_must_cancel() -> None:
    p, q = density(1, 2, 3), density(3, 2, 1)
    with pytest.raises(CannotEvaluate):
        stepped.integral(p * ar.log(q), 1)
    found = stepped.integral(p * (ar.log(p) - ar.log(q)), 1)
    assert found > 0
    assert (found - stepped.integral(p * ar.log(p / q), 1)).contains(0)


@pytest.mark.parametrize("seed", ["a", "b", "c", "d"])
def test_a_density_integrates_to_one_and_is_positive(seed: str) -> None:
    value, _ = stepped.stand_in(1, frozenset({"density", "positive"}), seed)
    assert stepped.integral(value, 1) == 1
    assert all(part[0] > 0 for part in value.parts)


@pytest.mark.parametrize(
    ("words", "holds"),
    [
        ("positive", lambda v: v > 0),
        ("negative", lambda v: v < 0),
        ("open_unit", lambda v: 0 < v < 1),
        ("nonzero", lambda v: v != 0),
    ],
)
def test_functions_are_what_they_are_declared_to_be(words: str, holds: object) -> None:
    for seed in "abcdefgh":
        value, _ = stepped.stand_in(1, frozenset({words}), seed)
        assert value.degree == 0
        assert all(holds(part[0]) for part in value.parts)  # type: ignore[operator]


def test_a_function_is_not_taken_under_an_integral_and_outside_of_it() -> None:
    context = declare(DENSITIES + r" ; y \in \mathbb{R}")
    (relation,) = read_relations(r"\int \frac{p(x)^2}{p(x) + q(x)} dx = p(y)", context)
    found = attack(Claim("c", Equal(relation.left, relation.right), context))
    assert found.witness is None
    assert not found.agreed
