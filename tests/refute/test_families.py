"""Derivatives in all members of a family at once: the same as in each by itself, also where one has no meaning."""

from __future__ import annotations

import pytest

from derive.language.claims import Claim, Equal
from derive.read.declarations import declare
from derive.read.latex import read_statement
from derive.refute import derivatives
from derive.refute.arrays import Worth
from derive.refute.attack import Attack, attack
from derive.refute.state import Place

CONTEXT = declare(
    r"index j, k = 1..K ; index n = 1..N ; x_k \in \mathbb{R} ; y_k > 0 ; A_{nk} \in \mathbb{R} ; "
    r"let S := \sum_{k=1}^K x_k^2 y_k ; let T := \sum_{n=1}^N \sum_{k=1}^K A_{nk}^2 x_k"
)
TRUE = (
    r"\frac{\partial S}{\partial x_k} = 2 x_k y_k",
    r"\frac{\partial T}{\partial A_{nk}} = 2 A_{nk} x_k",
    r"\frac{\partial}{\partial x_k} \left(S + x_k y_k^2\right) = 2 x_k y_k + y_k^2",
    r"\frac{\partial}{\partial x_k} \sum_{j=1}^K e^{x_j} = e^{x_k}",
    r"\frac{\partial}{\partial y_k} \sum_{j=1}^K y_j \log y_j = \log y_k + 1",
    r"\frac{\partial}{\partial x_k} \sum_{j=1}^K \frac{\partial S}{\partial x_j} = 2 y_k",
)
FALSE = (
    r"\frac{\partial S}{\partial x_k} = 2 x_k y_1",
    r"\frac{\partial T}{\partial A_{nk}} = 2 A_{1k} x_k",
    r"\frac{\partial}{\partial x_k} \left(S + x_k y_k^2\right) = 2 x_k y_k + y_1^2",
    r"\frac{\partial}{\partial x_k} \sum_{j=1}^K \frac{\partial S}{\partial x_j} = 2 y_1",
    r"\frac{\partial}{\partial x_k} \sum_{j=1}^K e^{x_j} = e^{x_1}",
    r"\frac{\partial}{\partial y_k} \sum_{j=1}^K y_j \log y_j = \log y_1 + 1",
    r"\frac{\partial}{\partial x_k} \log \sum_{j=1}^K e^{x_j} = \frac{e^{x_k}}{\sum_{j=1}^K e^{2 x_j}}",
)


def struck(text: str) -> Attack:
    (link,) = read_statement(text, CONTEXT)
    return attack(Claim("claim", Equal(link.left[0], link.right[0]), CONTEXT))


@pytest.mark.parametrize("text", TRUE)
def test_what_is_true_holds(text: str) -> None:
    found = struck(text)
    assert found.witness is None
    assert found.agreed == found.points > 0


@pytest.mark.parametrize("text", FALSE)
def test_what_is_false_fails(text: str) -> None:
    assert struck(text).witness is not None


@pytest.mark.parametrize("text", [*TRUE, *FALSE])
def test_the_same_as_each_by_itself(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    together = struck(text)
    monkeypatch.setattr(derivatives, "_is_of_a_family", lambda *_: False)
    alone = struck(text)
    assert (together.witness, together.points, together.agreed) == (alone.witness, alone.points, alone.agreed)


def test_balls_come_from_one_run_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    alone: list[object] = []
    seeded = derivatives._seeded

    def counted(value: Worth, place: Place, tag: int) -> tuple[Worth, tuple[int, ...]]:
        alone.append(value)
        return seeded(value, place, tag)

    monkeypatch.setattr(derivatives, "_seeded", counted)
    assert struck(
        r"\frac{\partial}{\partial x_k} \log \sum_{j=1}^K e^{x_j} = \frac{e^{x_k}}{\sum_{j=1}^K e^{x_j}}"
    ).agreed
    assert not alone
    assert struck(r"\frac{\partial}{\partial x_1} e^{x_1} = e^{x_1}").agreed
    assert alone  # a member by its number is one by itself
