"""Declarations that speak of what a document names only further on."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

NORM = r"""<!--: index i, j = 1..m -->
<!--: x_i, g \in \mathbb{R} ; s > 0 ; opaque L depends on y_i -->
Let $\hat{x}_i = x_i / s$ and $y_i = g \hat{x}_i$. Then
$$ \frac{\partial L}{\partial x_i} = \frac{g}{s} \frac{\partial L}{\partial y_i} $$
$$ \frac{\partial L}{\partial g} = \sum_{i=1}^m \frac{\partial L}{\partial y_i} %s $$
"""


@pytest.mark.parametrize(("factor", "word"), [(r"\hat{x}_i", "proved"), ("x_i", "refuted")])
def test_an_unknown_function_of_what_is_defined_below(tmp_path: Path, factor: str, word: str) -> None:
    path = tmp_path / "a.md"
    path.write_text(NORM % factor, encoding="utf-8")
    words = [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]
    assert words == ["proved", "proved", "proved", word]


def test_a_name_that_never_comes_is_reported_where_it_was_declared() -> None:
    document = read_document("<!--: opaque L depends on q -->\n$$ 1 + 1 = 2 $$\n", latex=False)
    (unread,) = document.unread
    assert (unread.place.line, unread.reason) == (1, "q is not declared (declare it)")


def test_an_assumption_holds_from_where_its_name_is_known() -> None:
    text = "<!--: x > 0 ; assume z = 1 -->\nLet $z = x^2$.\n$$ x^2 = 1 $$\n"
    document = read_document(text, latex=False)
    assert not document.unread
    assert len(document.derivation.claims[-1].context.facts) == 1
    assert not document.derivation.claims[0].context.facts
