"""What is read twice in one context is worked out once, answers the same each time, and is kept in bounds."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.language.context import Context, SymbolDecl
from derive.read import kept
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import read_term, side_readings
from derive.read.parser import parse
from derive.read.resolver import Resolver
from derive.read.tokens import tokenize

X = Context().with_symbol(SymbolDecl("x"))


@pytest.fixture
def resolved(monkeypatch: pytest.MonkeyPatch) -> list[Context]:
    """The contexts in which a reading was begun, one entry for each time."""
    begun: list[Context] = []
    made = Resolver.__init__

    def counting(self: Resolver, context: Context, *rest: object, **named: object) -> None:
        begun.append(context)
        made(self, context, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Resolver, "__init__", counting)
    return begun


def test_a_side_is_resolved_once(resolved: list[Context]) -> None:
    first = side_readings("x^2 + x", X, ())
    once = len(resolved)
    assert side_readings("x^2 + x", X, ()) == first
    assert len(resolved) == once > 0


def test_the_same_text_in_another_context_is_read_anew(resolved: list[Context]) -> None:
    vector = read_document(r"<!--: \mathbf{v} \in \mathbb{R}^d --> $$ \mathbf{v} = \mathbf{v} $$")
    there = vector.derivation.claims[0].context
    with pytest.raises(Undeclared):
        side_readings(r"\mathbf{v}", X, ())
    begun = len(resolved)
    assert side_readings(r"\mathbf{v}", there, there.symbols[r"\mathbf{v}"].shape)
    assert len(resolved) > begun


def test_an_error_is_told_each_time_without_its_history() -> None:
    seen = []
    for _ in range(3):
        with pytest.raises(ReadError) as caught:
            side_readings("x + y", X, ())
        seen.append((str(caught.value), caught.value.span, len(caught.traceback)))
    assert len(set(seen)) == 1


def test_tokens_and_trees_are_those_of_the_text_and_its_place() -> None:
    assert tokenize("x + y", 3)[0].start == 3
    assert tokenize("x + y")[0].start == 0
    tokenize("x + y").clear()  # a list of its own for every caller
    assert [token.text for token in tokenize("x + y")] == ["x", "+", "y", ""]
    assert parse("x + y", 5).start == 5
    assert parse("x + y").start == 0


def test_what_is_kept_has_an_end() -> None:
    contexts = [X.with_symbol(SymbolDecl(f"y_{n}")) for n in range(3 * kept.CONTEXTS)]
    for context in contexts:
        read_term("x", context)
        read_term("x + 1", context)
    assert len(kept._KEPT) <= kept.CONTEXTS
    for n in range(kept.READINGS + 10):
        kept.once(X, "test", object(), n, lambda: n)  # noqa: B023 - asked at once
    assert len(kept._KEPT[id(X)][1]) <= kept.READINGS
