"""A printed value of something that is left open is not confirmed."""

from __future__ import annotations

from derive import declare
from derive.language.claims import Value
from derive.language.terms import Index
from derive.refute.values import confirms


def test_a_free_index_has_no_one_value() -> None:
    assert not confirms(Value(Index("k"), (("1",),)), declare("index k = 1..3"))
