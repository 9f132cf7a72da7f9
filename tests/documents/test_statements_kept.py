"""Formulas are cut into statements once, wherever what is known means nothing for how they are cut."""

from __future__ import annotations

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.text.statements import chains_of

WORDS = r"a = b \text{ and } c"
CASE = r"a_j = 0 \text{ if } j \ne k"


def test_the_very_same_statements() -> None:
    plain = chains_of("x = y + 1", Context())
    again = chains_of("x = y + 1", declare(r"x, y \in \mathbb{R}", Context()))
    assert plain == again
    assert plain[0].node is again[0].node
    assert plain is not again


def test_a_word_that_is_a_name_is_no_prose() -> None:
    named = declare(r"x, \mathrm{so} \in \mathbb{R}", Context())
    assert r"\mathrm{so}" in named.symbols
    text = r"x = \text{so}"
    for _ in range(2):
        assert chains_of(text, Context()) != chains_of(text, named)
    assert chains_of(WORDS, Context())[0].node is chains_of(WORDS, named)[0].node


def test_a_condition_counts_where_its_letters_do() -> None:
    counting = declare("index j, k = 1..K", Context())
    for _ in range(2):
        assert [len(chain.cases) for chain in chains_of(CASE, Context())] != [1]
        assert [len(chain.cases) for chain in chains_of(CASE, counting)] == [1]
