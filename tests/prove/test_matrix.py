"""The matrix engine proves the true identities, not their false twins; its certificates are checked, forged ones refused."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from derive.prove.matrix import check, prove_equal
from tests.identities.matrix_inverses import INVERSES
from tests.identities.matrix_traces import DETERMINANTS, TRACES
from tests.identities.matrix_words import CONTEXT, Identity

ALL: Sequence[Identity] = (*INVERSES, *TRACES, *DETERMINANTS)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_true_is_proved_and_checked(row: Identity) -> None:
    proof = prove_equal(row.left, row.right, CONTEXT, row.given)
    assert proof is not None
    assert check(proof, row.left, row.right, CONTEXT, row.given)
    assert not check(proof, row.left, row.wrong, CONTEXT, row.given)


@pytest.mark.parametrize("row", ALL, ids=lambda row: row.name)
def test_false_twin_is_not_proved(row: Identity) -> None:
    assert prove_equal(row.left, row.wrong, CONTEXT, row.given) is None
