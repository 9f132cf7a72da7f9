"""Points that meet vector equations in which a matrix stands: an eigenvector with its value, of more than one row."""

from __future__ import annotations

import pytest
from flint import fmpq

from derive import Derivation
from derive.language.claims import Claim
from derive.language.context import SymbolDecl
from derive.refute.arrays import Arr
from derive.refute.attack import attack, recheck
from derive.refute.ties import together

CONTEXT = r"""
index i, j = 1..d
S \in \mathbb{R}^{d \times d} symmetric ; P \in \mathbb{R}^{d \times d} posdef ; D \in \mathbb{R}^{d \times d} diagonal
M \in \mathbb{R}^{d \times d} ; X \in \mathbb{R}^{n \times d}
u, v \in \mathbb{R}^d ; \lambda, \mu, \nu \in \mathbb{R}
let C := \frac{1}{n} X^T X
"""
UNIT = "u^T u = 1"
EIGEN = [r"S u = \lambda u", UNIT]
SECOND = [r"2 S u - 2 \lambda u - \mu v = 0", r"S v = \nu v", "v^T v = 1", UNIT, "u^T v = 0"]
FALSE = [
    (EIGEN, r"u^T S u = 2 \lambda"),
    (EIGEN, r"\operatorname{tr}(S) = \lambda"),  # true of one row
    (EIGEN, r"S = \lambda u u^T"),
    ([r"P u = \lambda u", UNIT], r"\det(P) = \lambda"),
    ([r"D u = \lambda u", UNIT], r"\operatorname{tr}(D) = d \lambda"),
    ([r"S u = \lambda P u", "u^T P u = 1"], r"u^T S u = 2 \lambda"),
    ([r"X^T X u = \lambda u", UNIT], r"\operatorname{tr}(X^T X) = \lambda"),
    ([r"C u = \lambda u", UNIT], r"\operatorname{tr}(C) = \lambda"),
    (SECOND, r"\mu = 1"),
    (SECOND, r"\lambda = \nu"),
    ([r"\sum_{j=1}^d S_{ij} = 0"], r"\operatorname{tr}(S) = 0"),  # only S can be moved
    ([r"P v = v + u", "u = 2 v"], r"\operatorname{tr}(P) = 3"),
]
TRUE = [
    (EIGEN, r"u^T S u = \lambda"),
    (EIGEN, r"u^T S S u = \lambda^2"),
    ([r"P u = \lambda u", UNIT], r"u^T P^{-1} u = \frac{1}{\lambda}"),
    ([r"X^T X u = \lambda u", UNIT], r"\|X u\|^2 = \lambda"),
    ([r"M u = \lambda u", UNIT], r"u^T M u = \lambda"),
    (SECOND, r"\mu = 0"),
    (SECOND, r"u^T S u = \lambda"),
]


def step(known: list[str], wanted: str) -> Claim:
    found = Derivation("refute/stationary", title="stationary", context=CONTEXT)
    found.step("one", hypotheses=known, conclusions=[wanted])
    return found.build().claims[0]


@pytest.mark.parametrize(("known", "wanted"), FALSE)
def test_what_does_not_follow_is_refuted(known: list[str], wanted: str) -> None:
    claim = step(known, wanted)
    found = attack(claim)
    assert found.witness is not None, found.note
    assert recheck(claim, found)


@pytest.mark.parametrize(("known", "wanted"), TRUE)
def test_what_follows_holds_at_points_of_more_than_one_row(
    known: list[str], wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = step(known, wanted)
    rows: list[int] = []
    monkeypatch.setattr("derive.refute.attack.decided", _noting(rows))
    found = attack(claim)
    assert found.witness is None
    assert any(number > 1 for number in rows), found.note


def _noting(rows: list[int]) -> object:
    from derive.refute.attack import decided

    def noted(check: object, point: object, *rest: object) -> object:
        rows.append(point.sizes["d"])  # type: ignore[attr-defined]
        return decided(check, point, *rest)  # type: ignore[arg-type]

    return noted


@pytest.mark.parametrize(
    ("properties", "groups"),
    [
        ((), [[0], [1], [2], [3]]),
        (("invertible",), [[0], [1], [2], [3]]),
        (("symmetric",), [[0], [1, 2], [3]]),
        (("psd",), [[0], [1, 2], [3]]),
        (("posdef", "symmetric"), [[0], [1, 2], [3]]),
        (("diagonal", "posdef"), [[0], [3]]),
    ],
)
def test_entries_that_move_together(properties: tuple[str, ...], groups: list[list[int]]) -> None:
    decl = SymbolDecl("A", properties=frozenset(properties))
    matrix, vector = Arr((2, 2), [fmpq(0)] * 4), Arr((3,), [fmpq(0)] * 3)
    assert together(decl, {(1,): matrix}) == groups
    twice = together(decl, {(1,): matrix, (2,): matrix})
    assert twice == groups + [[4 + at for at in group] for group in groups]
    assert together(decl, {(): vector}) == [[0], [1], [2]]
    assert together(decl, {(): fmpq(1)}) == [[0]]
