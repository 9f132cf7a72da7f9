r"""``\mathbf{y} \in \mathbb{R}^N`` beside the numbers y_n is the vector of them, unless the author declares it apart."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

PAGE = r"""Let $\mathbf{x}_n \in \mathbb{R}^d$ and $y_n \in \mathbb{R}$, $\mathbf{w} \in \mathbb{R}^d$ and
\[ \ell(\mathbf{w}) = \sum_{n=1}^N y_n \mathbf{w}^\top \mathbf{x}_n . \]
With $\mathbf{X} \in \mathbb{R}^{N \times d}$ the matrix whose rows are the $\mathbf{x}_n^\top$, and $\mathbf{y} \in \mathbb{R}^SIZE$,
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (r"\nabla_{\mathbf{w}} \ell = \mathbf{X}^\top \mathbf{y}", "proved"),
        (r"\nabla_{\mathbf{w}} \ell = - \mathbf{X}^\top \mathbf{y}", "refuted"),
        (r"\mathbf{y}^\top \mathbf{y} = \sum_{n=1}^N y_n^2", "proved"),
        (r"\mathbf{y}^\top \mathbf{y} = \sum_{n=1}^N y_n", "refuted"),
    ],
)
def test_numbers_and_their_vector(words: Judged, line: str, expected: str) -> None:
    text = "%: index n = 1..N\n" + PAGE.replace("SIZE", "N") + rf"\[ {line} . \]"
    assert words(text)[-1] == expected


def test_what_is_of_another_length_or_declared_apart_is_another(words: Judged) -> None:
    line = r"\[ \mathbf{y}^\top \mathbf{y} = \sum_{n=1}^N y_n^2 . \]"
    assert words("%: index n = 1..N\n" + PAGE.replace("SIZE", "d") + line)[-1] != "proved"
    apart = r"%: index n = 1..N ; y_n \in \mathbb{R} ; \mathbf{y} \in \mathbb{R}^N" + "\n"
    assert words(apart + line) == ["undecided"]


@pytest.mark.parametrize(
    "said",
    [
        r"let $\mathbf{y} \in \mathbb{R}^N$ be the vector of predictions.",
        r"let the predictions be $\mathbf{y} \in \mathbb{R}^N$.",
        r"consider predictions $\mathbf{y} \in \mathbb{R}^N$.",
    ],
)
def test_what_is_called_something_else_is_another(words: Judged, said: str) -> None:
    text = "%: index n = 1..N\n" + rf"Let $y_n \in \mathbb{{R}}$ be targets and {said} Then "
    assert words(text + r"\[ \mathbf{y}^\top \mathbf{y} = \sum_{n=1}^N y_n^2 . \]")[-1] != "proved"
