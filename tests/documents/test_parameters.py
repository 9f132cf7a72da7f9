"""Parameters that nobody declares: a number beside a norm and an identity."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved
from derive.read.documents.text.source import Source

RISK = r"""Let $x_1, \dots, x_n \in \mathbb{R}^d$, targets $t_i \in \{-1, 1\}$ and costs $q_i > 0$. The loss is

$$ R(v) = \sum_{i=1}^n q_i \log(1 + e^{-t_i v^\top x_i}) + \frac{\kappa}{2} \|v\|^2 . $$

With $r_i = t_i v^\top x_i$ its gradient is $\nabla R(v) = -\sum_{i=1}^n \frac{q_i t_i}{1 + e^{r_i}} x_i + \kappa v$ and

$$ \nabla^2 R(v) = """


@pytest.mark.parametrize(
    ("second", "holds"),
    [
        (r"\sum_{i=1}^n q_i \frac{e^{r_i}}{(1 + e^{r_i})^2} x_i x_i^\top + \kappa I", True),
        (r"\sum_{i=1}^n q_i \frac{e^{r_i}}{(1 + e^{r_i})^2} x_i x_i^\top + 2 \kappa I", False),
        (r"\sum_{i=1}^n q_i \frac{e^{r_i}}{(1 + e^{r_i})^2} t_i x_i x_i^\top + \kappa I", False),
    ],
)
def test_a_number_of_which_the_size_of_an_identity_says_nothing(second: str, holds: bool) -> None:
    document = read_document(Source("f", RISK + second + " . $$"))
    assert not document.unread
    verdicts = [judge(each, time.monotonic() + 60) for each in document.derivation.claims]
    assert isinstance(verdicts[-1], Proved) is holds
