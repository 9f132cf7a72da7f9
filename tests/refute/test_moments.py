"""Facts about an unknown density that restrict nothing else, and facts that may."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.refute.moments import always_met

DENSITY = (
    "\\epsilon \\in \\mathbb{R}^n ; \\sigma \\in \\mathbb{R} ; S \\in \\mathbb{R}^{n\\times n} ; "
    "P \\in \\mathbb{R}^{n\\times n} psd ; function p(\\epsilon) density ; "
)
MEAN = "assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon] = \\mathbf{0}"
CENTRED = "\\epsilon-\\mathbb{E}_{p(\\epsilon)}[\\epsilon]"


def covariance(value: str) -> str:
    return f"assume \\mathbb{{E}}_{{p(\\epsilon)}}[({CENTRED})({CENTRED})^T] = {value}"


NUMBER = "\\epsilon, \\rho \\in \\mathbb{R} ; \\sigma \\in \\mathbb{R} ; c > 0 ; function p(\\epsilon) density ; "


def variance(value: str) -> str:
    return f"assume \\mathbb{{E}}_{{p(\\epsilon)}}[({CENTRED})({CENTRED})] = {value}"


@pytest.mark.parametrize("value", ["\\sigma^2 I", "P", "I"])
def test_a_mean_and_a_covariance_are_always_met(value: str) -> None:
    assert len(always_met(declare(f"{DENSITY}{MEAN} ; {covariance(value)}"))) == 2


@pytest.mark.parametrize("value", ["\\sigma^2", "2", "c", "1"])
def test_a_variance_of_a_number_is_always_met(value: str) -> None:
    assert len(always_met(declare(f"{NUMBER}{variance(value)}"))) == 1


@pytest.mark.parametrize(
    "facts",
    [
        MEAN + " ; " + covariance("\\sigma I"),  # σ may be negative
        MEAN + " ; " + covariance("\\sigma^3 I"),  # so may its cube
        MEAN + " ; " + covariance("-1 I"),
        MEAN + " ; " + covariance("S"),  # S need not be psd
        MEAN + " ; " + covariance("P P"),  # a product of two matrices: nothing is said of those
        MEAN + " ; " + covariance("P + S"),
        MEAN + " ; " + covariance("I") + " ; " + covariance("2 I"),  # against each other
        MEAN + " ; assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon^T\\epsilon] = 1",  # neither of the two kinds
        "assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon \\epsilon^T] = I",  # not centred: the mean counts in it
        "assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon] = \\mathbb{E}_{p(\\epsilon)}[S\\epsilon]",  # about itself
        MEAN + " ; assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon] > \\mathbf{1}",
    ],
)
def test_other_facts_are_not(facts: str) -> None:
    assert always_met(declare(DENSITY + facts)) == {}


@pytest.mark.parametrize("value", ["\\rho", "-1", "\\rho^3", "\\epsilon^2"])
def test_what_may_be_negative_is_no_variance(value: str) -> None:
    assert always_met(declare(f"{NUMBER}{variance(value)}")) == {}


@pytest.mark.parametrize(
    "of",
    [
        "\\epsilon \\in \\mathbb{R} positive",  # no density of positive numbers has mean -1
        "\\epsilon \\in \\{0, 1\\}",
        "\\epsilon \\in (0, 1)",
    ],
)
def test_a_variable_that_is_not_free_has_no_free_mean(of: str) -> None:
    declared = f"{of} ; function p(\\epsilon) density ; assume \\mathbb{{E}}_{{p(\\epsilon)}}[\\epsilon] = -1"
    assert always_met(declare(declared)) == {}


def test_a_density_that_is_known_meets_nothing_by_itself() -> None:
    known = "\\epsilon \\in \\mathbb{R} ; function p(\\epsilon) := \\mathcal{N}(\\epsilon | 1, 1) ; "
    assert always_met(declare(known + "assume \\mathbb{E}_{p(\\epsilon)}[\\epsilon] = 0")) == {}


def test_a_density_that_a_definition_uses_is_restricted_elsewhere() -> None:
    used = f"{DENSITY}let m := \\mathbb{{E}}_{{p(\\epsilon)}}[\\epsilon^T \\epsilon] ; "
    assert len(always_met(declare(DENSITY + MEAN))) == 1
    assert always_met(declare(used + MEAN)) == {}


SAMPLE = "size n >= 1 ; \\lambda > 0 ; p \\in (0, 1) ; b \\ge 0 ; x \\in \\mathbb{R}^n %s ; function f(x) density ; "


def of_each(mean: str, variance: str) -> str:
    return (
        f"assume \\mathbb{{E}}_{{f(x)}}[x] = {mean} \\mathbf{{1}} ; "
        "assume \\mathbb{E}_{f(x)}[(x - \\mathbb{E}_{f(x)}[x]) (x - \\mathbb{E}_{f(x)}[x])^T] = " + f"{variance} I"
    )


@pytest.mark.parametrize(
    ("kind", "mean", "variance", "met"),
    [
        ("nonnegative integer", "\\lambda", "\\lambda", True),
        ("nonnegative integer", "\\lambda", "2 \\lambda", False),
        ("binary", "p", "p (1 - p)", True),
        ("binary", "p", "p", False),
        ("binary", "\\lambda", "\\lambda (1 - \\lambda)", False),
        ("positive", "\\lambda", "\\lambda^2", True),
        ("positive", "b", "\\lambda", False),
        ("positive", "-\\lambda", "\\lambda", False),
        ("open_unit", "p", "p", False),
    ],
)
def test_moments_of_what_has_only_some_values(kind: str, mean: str, variance: str, met: bool) -> None:
    assert bool(always_met(declare(SAMPLE % kind + of_each(mean, variance)))) is met
