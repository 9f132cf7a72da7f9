"""Sets of whole numbers from a bound on: what they declare, and what is no such set."""

from __future__ import annotations

import pytest

from derive.language.context import SymbolDecl
from derive.language.terms import Num
from derive.read.declarations import declare
from derive.read.errors import DeclarationError


def _declared(text: str) -> SymbolDecl:
    return declare(text).symbols["k"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"k \in \{0, 1, 2, \dots\}", "nonnegative"),
        (r"k \in \{1, 2, \ldots\}", "positive"),
        (r"k \in \mathbb{N}_0", "nonnegative"),
        (r"k \in \mathbb{Z}_{\ge 0}", "nonnegative"),
        (r"k \in \mathbb{Z}_{\geq 1}", "positive"),
        (r"k \in \mathbb{Z}_{>0}", "positive"),
        (r"k \in \mathbb{N}^+", "positive"),
        (r"k \in \mathbb{Z}_+", "nonnegative"),
    ],
)
def test_from_a_bound_on(text: str, word: str) -> None:
    assert _declared(text).properties == {"integer", word}


def test_from_another_number_on() -> None:
    decl = _declared(r"k \in \{2, 3, \dots\}")
    assert decl.properties == {"integer"}
    assert isinstance(decl.low, Num)
    assert decl.low.value == 2
    assert not decl.low_open


def test_all_of_them() -> None:
    assert _declared(r"k \in \{\dots, -1, 0, 1, \dots\}").properties == {"integer"}


def test_a_vector_of_them() -> None:
    assert [str(size) for size in _declared(r"k \in \mathbb{Z}_{\ge 0}^d").shape] == ["d"]


@pytest.mark.parametrize(
    "text",
    [r"k \in \{1, \dots\}", r"k \in \{0, 2, 4, \dots\}", r"k \in \{1, 2, 4, \dots\}", r"k \in \mathbb{Z}_5"],
)
def test_what_is_not_told_is_refused(text: str) -> None:
    with pytest.raises(DeclarationError):
        declare(text)
