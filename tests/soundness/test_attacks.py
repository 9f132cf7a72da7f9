"""Every rule refuses the false claims made against it, and accepts the true ones beside them."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.verdicts import Proved
from tests.soundness import (
    attacks,
    attacks_bound,
    attacks_extremes,
    attacks_moments,
    attacks_nonzero,
    attacks_powers,
    attacks_recurrences,
    attacks_restricted,
    attacks_roots,
    attacks_series,
    attacks_spectra,
    attacks_values,
)
from tests.soundness.alone import proof, witness
from tests.soundness.attacks import Group

TABLES = (
    attacks,
    attacks_bound,
    attacks_extremes,
    attacks_moments,
    attacks_nonzero,
    attacks_powers,
    attacks_recurrences,
    attacks_restricted,
    attacks_roots,
    attacks_series,
    attacks_spectra,
    attacks_values,
)
GROUPS: tuple[Group, ...] = tuple(group for table in TABLES for group in table.GROUPS)
OPEN: frozenset[str] = frozenset()
"""Rules known to prove something false: each is a bug that is being mended."""


def rows(kind: str) -> list[object]:
    found = []
    for group in GROUPS:
        for number in range(1, len(getattr(group, kind)) + 1):
            name = f"{group.rule}-{number}"
            marks = (
                [pytest.mark.xfail(strict=False, reason="open bug")] if kind == "refused" and group.rule in OPEN else []
            )
            found.append(pytest.param(group, number - 1, id=name, marks=marks))
    return found


@pytest.mark.parametrize(("group", "number"), rows("refused"))
def test_false_claims_are_not_proved(group: Group, number: int) -> None:
    claim = group.claims("refused")[number]
    if group.by_judge:
        assert not isinstance(judge(claim), Proved)
    else:
        assert proof(claim) is None


@pytest.mark.parametrize(("group", "number"), rows("accepted"))
def test_true_claims_are_proved_and_not_refuted(group: Group, number: int) -> None:
    claim = group.claims("accepted")[number]
    assert proof(claim, seconds=20.0) is not None
    assert witness(claim) is None
