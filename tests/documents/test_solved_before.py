"""Steps that use what was solved further above, for a quantity that they no longer mention; and steps that may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.verdicts import Proved
from derive.render.record import Result

RIDGE = r"""
<!--: index i = 1..N ; x_i, y_i \in \mathbb{R} ; w, b \in \mathbb{R} ; \lambda > 0 -->

Let $\bar{x} = \frac{1}{N} \sum_{i=1}^N x_i$ and $\bar{y} = \frac{1}{N}\sum_{i=1}^N y_i$. The loss is
$$ L(w,b) = \frac{1}{2N} \sum_{i=1}^N (y_i - (w x_i + b))^2 + \frac{\lambda}{2} w^2 $$

$$\begin{aligned}
\frac{\partial L}{\partial b} &= -\frac{1}{N}\sum_{i=1}^N (y_i - w x_i - b) = 0 \Rightarrow b = \bar{y} - w\bar{x} \\
\frac{\partial L}{\partial w} &= -\frac{1}{N}\sum_{i=1}^N (y_i - w x_i - b) x_i + \lambda w = 0 \\
\Rightarrow w &= ?
\end{aligned}$$
"""


def last(tmp_path: Path, text: str) -> Result:
    path = tmp_path / "solved.md"
    path.write_text(text)
    return list(check_documents([str(path)], Limits(timeout=30, jobs=1)).results)[-1]


def test_what_was_put_in_is_a_condition(tmp_path: Path) -> None:
    right = r"\frac{\sum_{i=1}^N (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^N (x_i - \bar{x})^2 + N\lambda}"
    verdict = last(tmp_path, RIDGE.replace("?", right)).verdict
    assert isinstance(verdict, Proved)
    assert verdict.conditions


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{\sum_{i=1}^N (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^N (x_i - \bar{x})^2 - N\lambda}",
        r"\frac{\sum_{i=1}^N (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^N x_i^2 + N\lambda}",
        r"\frac{\sum_{i=1}^N x_i y_i}{\sum_{i=1}^N x_i^2 + N\lambda}",  # as if b were 0
        r"\frac{\sum_{i=1}^N x_i (y_i - \bar{y})}{\sum_{i=1}^N x_i^2 + N\lambda}",  # as if b were the mean
    ],
)
def test_what_does_not_follow_with_it_either(tmp_path: Path, wrong: str) -> None:
    assert last(tmp_path, RIDGE.replace("?", wrong)).word == "refuted"


def test_a_missing_size_is_the_correction(tmp_path: Path) -> None:
    wrong = r"\frac{\sum_{i=1}^N (x_i - \bar{x})(y_i - \bar{y})}{\sum_{i=1}^N (x_i - \bar{x})^2 + \lambda}"
    result = last(tmp_path, RIDGE.replace("?", wrong))
    assert result.word == "refuted"
    assert getattr(result.verdict, "suggestion", "") == wrong.replace(r"+ \lambda", r"+ N \lambda")


def test_what_the_line_still_mentions_is_not_put_in(tmp_path: Path) -> None:
    """With b in it the line says something of every b, and that is wrong."""
    wrong = r"\frac{\sum_{i=1}^N (x_i - \bar{x})(y_i - b - \bar{y})}{\sum_{i=1}^N (x_i - \bar{x})^2 + \lambda}"
    assert last(tmp_path, RIDGE.replace("?", wrong)).word == "refuted"


OTHER = r"""
<!--: a, b, c, w \in \mathbb{R} -->

Let $f(b) = (b - c)^2$. Setting $\frac{\partial f}{\partial b} = 2 (b - c) = 0$ gives $b = c$.

Let $g(w) = (w - a)^2$. Setting $\frac{\partial g}{\partial w} = 2 (w - a) = 0$ gives $w = ?$.
"""


@pytest.mark.parametrize(("value", "word"), [("a", "proved"), ("c", "refuted"), ("2 a", "refuted")])
def test_equations_of_something_else_give_nothing(tmp_path: Path, value: str, word: str) -> None:
    result = last(tmp_path, OTHER.replace("?", value))
    assert result.word == word
    assert not getattr(result.verdict, "conditions", ())


CLASSES = r"""
<!--:
index n = 1..N ; x_n, m_1, m_2 \in \mathbb{R} ; v > 0 ; t_n \in \{0,1\} ; \pi \in (0,1)
-->

Let $\ell = \sum_{n=1}^N [ t_n (\ln\pi - \frac12 \ln v - \frac{(x_n - m_1)^2}{2v}) + (1-t_n) (\ln(1-\pi) - \frac12 \ln v - \frac{(x_n - m_2)^2}{2v}) ]$
and $N_1 = \sum_{n=1}^N t_n$. Then

$$ \frac{\partial \ell}{\partial m_1} = \frac{1}{v} \sum_{n=1}^N t_n (x_n - m_1) = 0 \Rightarrow m_1 = \frac{1}{N_1} \sum_{n=1}^N t_n x_n $$

and in the spread we get $v = ?$.
"""


def test_what_is_at_its_best_as_well(tmp_path: Path) -> None:
    right = r"\frac{1}{N} \sum_{n=1}^N [t_n (x_n - m_1)^2 + (1 - t_n) (x_n - m_2)^2]"
    verdict = last(tmp_path, CLASSES.replace("?", right)).verdict
    assert isinstance(verdict, Proved)
    assert verdict.conditions


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{1}{N_1} \sum_{n=1}^N [t_n (x_n - m_1)^2 + (1 - t_n) (x_n - m_2)^2]",
        r"\frac{1}{N} \sum_{n=1}^N t_n (x_n - m_1)^2",
        r"\frac{1}{N} \sum_{n=1}^N [t_n (x_n - m_1) + (1 - t_n) (x_n - m_2)]",
    ],
)
def test_what_is_not_best(tmp_path: Path, wrong: str) -> None:
    assert last(tmp_path, CLASSES.replace("?", wrong)).word in ("refuted", "undecided")


MARGIN = r"""
<!--: index i = 1..n ; x_i, w \in \mathbb{R}^d ; b, \xi_i \in \mathbb{R} ; y_i \in \{-1, 1\} ; C > 0 ; \alpha_i, \mu_i \ge 0 -->

The Lagrangian is
$$ L(w, b, \xi) = \frac{1}{2} w^T w + C \sum_{i=1}^n \xi_i - \sum_{i=1}^n \alpha_i (y_i (w^T x_i + b) - 1 + \xi_i) - \sum_{i=1}^n \mu_i \xi_i $$
and
$$ \frac{\partial L}{\partial \xi_i} = C - \alpha_i - \mu_i = 0 \Rightarrow \alpha_i = C ? \mu_i $$
"""


@pytest.mark.parametrize(("sign", "word"), [("-", "proved"), ("+", "refuted")])
def test_a_multiplier_is_not_at_its_best(tmp_path: Path, sign: str, word: str) -> None:
    """What is stationary in a multiplier says nothing of the multiplier itself."""
    assert last(tmp_path, MARGIN.replace("?", sign)).word == word
