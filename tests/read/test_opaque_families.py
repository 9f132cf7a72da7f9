"""A loss that depends on numbers written without their index depends on all of them."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal
from derive.read.declarations import DeclarationError, declare
from derive.read.latex import read_relations

NUMBERS = r"index i, j = 1..m ; u_i, a, b \in \mathbb{R} ; let v_i := a u_i + b ; "


@pytest.mark.parametrize("said", ["opaque E depends on v", "opaque E depends on v_i", "E depends on v"])
@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"\frac{\partial E}{\partial a} = \sum_i \frac{\partial E}{\partial v_i} u_i", "Proved"),
        (r"\frac{\partial E}{\partial a} = \sum_i \frac{\partial E}{\partial v_i}", "Refuted"),
        (r"\frac{\partial E}{\partial u_j} = a \frac{\partial E}{\partial v_j}", "Proved"),
        (r"\frac{\partial E}{\partial u_j} = b \frac{\partial E}{\partial v_j}", "Refuted"),
    ],
)
def test_it_depends_on_all_of_them(said: str, text: str, word: str) -> None:
    context = declare(NUMBERS + said)
    (relation,) = read_relations(text, context)
    assert type(judge(Claim("c", Equal(relation.left, relation.right), context))).__name__ == word


@pytest.mark.parametrize("text", ["opaque E depends on w", r"E depends on \{1, 2\}"])
def test_on_nothing_declared_it_does_not_depend(text: str) -> None:
    with pytest.raises(DeclarationError):
        declare(NUMBERS + text)
