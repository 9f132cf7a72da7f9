"""What a sentence says of the model with a part left out is not judged by the model with it.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

BLOCK = r"""<!--: x, r \in \mathbb{R}^n ; W \in \mathbb{R}^{n \times n} ; b \in \mathbb{R}^n -->
Let $y = x + W x + b$ and $L = \frac12 \|y - r\|^2$. """
WITH, WITHOUT = r"(I + W)^\top (y - r)", r"W^\top (y - r)"


@pytest.mark.parametrize(
    "said",
    [
        "Without the skip connection we would have",
        "Without a shortcut, ",
        "In the absence of the residual connection this is",
        "If there were no skip connection, the gradient would be",
        "If we drop the bias, then",
    ],
)
@pytest.mark.parametrize("form", ["${}$.", "\n$${}.$$"])
def test_another_model_is_not_judged(said: str, form: str, words: Judged) -> None:
    for claim in (WITH, WITHOUT):  # neither is claimed of the model above
        judged = words(f"{BLOCK}{said} " + form.format(rf"\frac{{\partial L}}{{\partial x}} = {claim}"))
        assert judged[-1] not in ("proved", "refuted")


@pytest.mark.parametrize(
    "said",
    [
        "Without loss of generality,",
        "Without further computation,",
        "Without writing the bias again,",
        "There is no doubt that",
        "The gradient without any further terms is",
        "Without the skip connection things differ. With it,",
    ],
)
def test_what_is_not_about_the_model_changes_nothing(said: str, words: Judged) -> None:
    claim = rf"$$\frac{{\partial L}}{{\partial x}} = {WITHOUT}.$$"
    assert words(f"{BLOCK}{said} {claim}")[-1] == "refuted"


@pytest.mark.parametrize("said", ["Without a penalty ($c = 0$)", "When there is no penalty, i.e. $c = 0$,"])
def test_a_case_that_is_written_is_judged(said: str, words: Judged) -> None:
    given = "<!--: x, a \\in \\mathbb{R}^n ; c \\ge 0 -->\nLet $f = \\|x - a\\|^2 + c \\|x\\|^2$. "
    assert words(rf"{given}{said} we have $$\nabla_x f = 2 (x - a).$$")[-1] == "proved"
    assert words(rf"{given}{said} we have $$\nabla_x f = x - a.$$")[-1] == "refuted"


def test_a_model_that_is_written_out_is_a_definition(words: Judged) -> None:
    text = rf"{BLOCK}Without the skip connection the output is $v = W x + b$. Then $$\nabla_x \|v\|^2 = 2 W^\top v.$$"
    assert words(text)[-1] == "proved"
