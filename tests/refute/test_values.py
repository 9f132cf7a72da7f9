"""Printed values: every digit counts, a sign belongs to a whole column."""

from __future__ import annotations

import pytest

from derive.language.claims import Value
from derive.language.terms import Matrix, Term
from derive.refute.attack import attack
from derive.refute.values import confirms
from tests.refute.models import claim, context, op, q

VECTOR = Matrix(((op("sqrt", q(2)),), (-op("sqrt", q(3)),)))
TABLE = Matrix(((q(1, 3), op("exp", q(1))), (-q(2, 3), q(5))))
EMPTY = context()


@pytest.mark.parametrize(
    ("term", "printed", "up_to_sign", "right"),
    [
        (op("sqrt", q(2)), (("1.414",),), False, True),
        (op("sqrt", q(2)), (("1.4142136",),), False, True),
        (op("sqrt", q(2)), (("1.4142135",),), False, False),
        (op("exp", q(10)), (("2.2026e4",),), False, True),
        (op("exp", q(10)), (("2.2027e4",),), False, False),
        (q(1, 3), (("1/3",),), False, True),
        (q(1, 3), (("0.33",),), False, True),
        (q(5, 2), (("2.5",),), False, True),
        (VECTOR, (("1.41", "-1.73"),), False, True),
        (VECTOR, (("1.41",), ("-1.73",)), False, True),
        (VECTOR, (("-1.41", "1.73"),), True, True),
        (VECTOR, (("1.41", "1.73"),), True, False),
        (TABLE, (("0.33", "2.72"), ("-0.67", "5")), False, True),
        (TABLE, (("-0.33", "2.72"), ("0.67", "5")), True, True),
        (TABLE, (("-0.33", "2.72"), ("-0.67", "5")), True, False),
        (TABLE, (("0.33", "2.71"), ("-0.67", "5")), False, False),
    ],
)
def test_printed_values(term: Term, printed: tuple[tuple[str, ...], ...], up_to_sign: bool, right: bool) -> None:
    value = Value(term, printed, up_to_sign)
    assert (attack(claim(value, EMPTY)).witness is None) == right
    assert confirms(value, EMPTY) == right


@pytest.mark.parametrize("printed", [(("1.4", "1"),), (("abc",),), (("",),), (("1e99999",),)])
def test_what_cannot_be_compared_is_said(printed: tuple[tuple[str, ...], ...]) -> None:
    found = attack(claim(Value(op("sqrt", q(2)), printed), EMPTY))
    assert found.witness is None
    assert found.note
