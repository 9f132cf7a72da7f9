"""Terms made from normal forms are worth the same: they have the same normal form again."""

from __future__ import annotations

import pytest

from derive import declare, read_term
from derive.prove.atoms import subtract
from derive.prove.raising import NotShown, raised
from derive.prove.workbench import Workbench

CONTEXT = declare(
    r"""
    index n, i = 1..N ; k, j = 1..K
    x_n > 0 ; w_{nk} \in \mathbb{R} ; a \in \mathbb{R} ; S \in \mathbb{R}^{d \times d} symmetric posdef ; function g
    A, B \in \mathbb{R}^{d \times d}
    """
)

SHOWN = [
    r"\frac{1}{N} \sum_{n=1}^N x_n",
    r"\sum_{n=1}^N \sum_{k=1}^K w_{nk} x_n - a^2",
    r"\frac{a \exp(-a x_n)}{\sum_{k=1}^K \exp(w_{nk})}",
    r"\sqrt{x_n} \log(x_n) + \frac{3}{4}",
    r"\log \det S",
    r"\prod_{n=1}^N x_n",
    r"g(a) x_n^a",
    r"\left(\sum_{i=1}^N x_i\right)^2 x_n",
    r"\sum_{k=1}^K \left(\sum_{n=1}^N w_{nk}\right)^2",
]


@pytest.mark.parametrize("text", SHOWN)
def test_there_and_back(text: str) -> None:
    reader = Workbench(CONTEXT).reader()
    (term,) = read_term(text, CONTEXT)
    p = reader.lower(term, (), {})
    assert subtract(reader.lower(raised(reader.algebra, p), (), {}), p).is_zero


def test_an_inverse_without_a_name_is_not_shown() -> None:
    reader = Workbench(CONTEXT).reader()
    (term,) = read_term(r"\operatorname{tr}((A + B)^{-1})", CONTEXT)
    p = reader.lower(term, (), {})
    with pytest.raises(NotShown):
        raised(reader.algebra, p)
