"""Two sums over one range, term by term."""

from __future__ import annotations

import pytest

from derive.language.claims import Equal
from derive.prove import prover
from derive.prove.evidence import Reduction, Termwise
from derive.prove.tactics.summands import summand
from derive.prove.workbench import Workbench
from tests.prove.normal import equal, sides

GIVEN = r"""
index i, j, k = 1..n
index l = 1..m
p_i > 0 ; w_l > 0 ; a_i, u_i, v_i \in \mathbb{R} ; p_{ij} > 0 ; q_{ij} \in \mathbb{R} ; c \in \mathbb{R}
x_i \in \mathbb{R}^d
let D := \sum_{i=1}^n p_i \log \frac{p_i}{a_i}
"""

TRUE = [
    (r"\sum_{i=1}^n p_i \log \frac{p_i}{a_i}", r"\sum_{i=1}^n p_i \log p_i - \sum_{i=1}^n p_i \log a_i"),
    ("D", r"\sum_{i=1}^n p_i \log p_i - \sum_{j=1}^n p_j \log a_j"),
    (
        r"\sum_{i=1}^n \sum_{j \neq i} p_{ij} \log \frac{p_{ij}}{q_{ij}}",
        r"\sum_{i=1}^n \sum_{j \neq i} p_{ij} \log p_{ij} - \sum_{i=1}^n \sum_{j \neq i} p_{ij} \log q_{ij}",
    ),
    (r"\sum_{i=1}^n x_i \log \frac{p_i}{a_i}", r"\sum_{i=1}^n (\log p_i - \log a_i) x_i"),
]
FALSE = [
    (r"\sum_{i=1}^n p_i \log \frac{p_i}{a_i}", r"\sum_{i=1}^n p_i \log p_i + \sum_{i=1}^n p_i \log a_i"),
    (r"\sum_{i=1}^n p_i \log \frac{p_i}{a_i}", r"\sum_{l=1}^m w_l \log w_l - \sum_{i=1}^n p_i \log a_i"),
    (r"\sum_{i=1}^n \log(u_i v_i)", r"\sum_{i=1}^n \log u_i^2 + \sum_{i=1}^n \log v_i"),
    (
        r"\sum_{i=1}^n \sum_{j \neq i} p_{ij} \log \frac{p_{ij}}{q_{ij}}",
        r"\sum_{i=1}^n \sum_{j \neq i} p_{ij} \log p_{ij} - \sum_{i=1}^n \sum_{j=1}^n p_{ij} \log q_{ij}",
    ),
    (r"\sum_{i=1}^n \log \frac{p_i}{a_i}", r"\sum_{i=1}^n \log p_i - \log a_1"),
    (r"\sum_{i=1}^n \log \frac{p_i}{a_i}", r"\sum_{i=1}^n \log p_i - \log c"),
]


@pytest.mark.parametrize(("left", "right"), TRUE)
def test_sums_that_are_equal_term_by_term(left: str, right: str) -> None:
    assert equal(GIVEN, left, right)


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_sums_that_are_not_equal(left: str, right: str) -> None:
    assert not equal(GIVEN, left, right)


def test_sums_that_are_equal_but_not_term_by_term_are_not_taken_apart_in_vain() -> None:
    bench, left, right = sides(GIVEN, r"\sum_{i=1}^n i", r"\sum_{i=1}^n (n + 1 - i)")
    evidence = prover.search(bench, Equal(left, right))
    assert evidence is None or not isinstance(evidence, Termwise)


def test_evidence_of_the_terms_is_gone_through_again() -> None:
    bench, left, right = sides(GIVEN, *TRUE[2])
    assert isinstance(prover.search(bench, Equal(left, right)), Termwise)
    assert not prover.check(bench, Equal(left, right), Termwise(Termwise(Termwise(Reduction()))))
    bench, left, right = sides(GIVEN, *FALSE[0])
    assert not prover.check(bench, Equal(left, right), Termwise(Reduction()))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\sum_{i=1}^n u_i", r"\sum_{l=1}^m w_l"),  # other ranges
        (r"\sum_{i=1}^n u_i", r"n c"),  # no sum
        (r"\sum_{i=1}^n \sum_{j=1}^i u_j", r"\sum_{i=1}^n \sum_{j=1}^{i} v_j + c"),
        (r"\sum_{j \neq i} u_j", r"\sum_{j=1}^n u_j"),
    ],
)
def test_what_is_not_taken_apart(left: str, right: str) -> None:
    bench, one, two = sides(GIVEN, left, right)
    assert summand(Equal(one, two), bench.context) is None


def test_the_index_of_the_terms_is_a_new_one() -> None:
    bench, left, right = sides(GIVEN, r"\sum_{j \neq i} u_j", r"\sum_{k \neq i} v_k")
    found = summand(Equal(left, right), bench.context)
    assert found is not None
    (name,) = set(found.context.indices) - set(bench.context.indices)
    assert name not in ("i", "j", "k")
    assert isinstance(Workbench(found.context), Workbench)
    assert len(found.context.facts) == len(bench.context.facts) + 1
