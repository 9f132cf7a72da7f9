r"""A derivative that is set to zero again is still solved together with the constraint."""

from __future__ import annotations

from tests.documents.judging import Judged

TEXT = r"""<!--: S \in \mathbb{R}^{D \times D} symmetric ; u \in \mathbb{R}^D -->
Maximise $u^T S u$ subject to $u^T u = 1$:
$$L = u^T S u + \lambda (1 - u^T u)$$
$$\frac{\partial L}{\partial u} = 2 S u - 2 \lambda u = 0$$
so $S u = \lambda u$. """


def test_the_constraint_holds_where_it_is_set_again(words: Judged) -> None:
    assert words(TEXT + r"Hence $u^T S u = \lambda$.")[-2:] == ["proved", "proved"]
    assert words(TEXT + r"Hence $u^T S u = 2 \lambda$.")[-2:] == ["proved", "refuted"]
    assert words(TEXT.replace(r" subject to $u^T u = 1$", "") + r"Hence $u^T S u = 2 \lambda$.")[-1] == "refuted"
