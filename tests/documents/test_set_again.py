r"""A derivative that is set to zero again is still solved together with the constraint."""

from __future__ import annotations

from tests.documents.judging import Judged, notes

TEXT = r"""<!--: S \in \mathbb{R}^{D \times D} symmetric ; u \in \mathbb{R}^D -->
Maximise $u^T S u$ subject to $u^T u = 1$:
$$L = u^T S u + \lambda (1 - u^T u)$$
$$\frac{\partial L}{\partial u} = 2 S u - 2 \lambda u = 0$$
so $S u = \lambda u$. """


def test_the_constraint_holds_where_it_is_set_again(words: Judged) -> None:
    assert words(TEXT + r"Hence $u^T S u = \lambda$.")[-2:] == ["proved", "proved"]
    assert words(TEXT + r"Hence $u^T S u = 2 \lambda$.")[-2:] == ["proved", "refuted"]
    assert words(TEXT.replace(r" subject to $u^T u = 1$", "") + r"Hence $u^T S u = 2 \lambda$.")[-1] == "refuted"


RIDGE = r"""<!--: X \in \mathbb{R}^{m \times n} ; y \in \mathbb{R}^m ; c > 0 ; t, x \in \mathbb{R}^n -->
Let $J(t) = \|X t - y\|^2 + c \|t\|^2$. Then
$$\nabla_t J(t) = 2 X^T X t - 2 X^T y + 2 c t = 0$$
With $t = X^T a$ """


def test_what_is_solved_for_is_written_in_another_letter(words: Judged) -> None:
    assert words(RIDGE + r"the prediction is $t^T x = a^T X x$.")[-1] == "proved"
    assert words(RIDGE + r"the prediction is $t^T x = a^T x$.")[-1] != "proved"
    assert words(RIDGE + r"the prediction is $t^T x = 2 a^T X x$.")[-1] == "refuted"
    assert r"assume t = X^T a" in notes(RIDGE + "it is short.")
