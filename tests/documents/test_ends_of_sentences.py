"""A full stop before a comment ends a sentence; what a name is the place of, around which something is measured."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from tests.documents.judging import Answers

PAGE = r"""%: index n = 1..N ; k, j = 1..K ; x_n, w_k \in \mathbb{R}^D ; y_n \in \mathbb{R} ; \pi_k > 0
Each expert predicts $y_n$ with density
\begin{equation}
p(y_n | x_n, k) = \frac{1}{\sqrt{2\pi}} \exp\left( -\frac{(y_n - w_k^T x_n)^2}{2} \right). COMMENT
\end{equation}
The responsibilities are
\begin{equation}
r_{nk} = \frac{\pi_k p(y_n | x_n, k)}{\sum_{j=1}^K \pi_j p(y_n | x_n, j)}. COMMENT
\end{equation}
The M-step maximises
\begin{equation}
Q = \sum_{n=1}^N \sum_{k=1}^K r_{nk} \left[ \log \pi_k - \frac{(y_n - w_k^T x_n)^2}{2} \right] COMMENT
\end{equation}
up to a constant.
"""


@pytest.mark.parametrize("comment", ["", "% see above", "% (7.3), up to here"])
def test_a_comment_of_the_author_says_nothing(comment: str, tmp_path: Path) -> None:
    path = tmp_path / "f.tex"
    path.write_text(PAGE.replace("COMMENT", comment))
    found = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    assert [(each.word, each.kind) for each in found] == [("proved", "definition")] * 3


HEAD = "<!--: index n, m = 1..N ; x_n \\in \\mathbb{R}^d ; a \\in \\mathbb{R}^d -->\n"
SCATTER = r"\sum_{n=1}^N \|x_n - \bar x\|^2 = \frac{1}{FACTOR N} \sum_{n=1}^N \sum_{m=1}^N \|x_n - x_m\|^2"


@pytest.mark.parametrize(("factor", "verdict"), [("2", "proved"), ("", "refuted")])
def test_around_a_place_with_a_name(answers: Answers, factor: str, verdict: str) -> None:
    text = r"The scatter around $\bar x = \frac{1}{N} \sum_{n=1}^N x_n$ satisfies"
    assert answers(f"{HEAD}{text} $${SCATTER.replace('FACTOR', factor)}$$")[-1] == (verdict, "equality")


def test_around_a_case(answers: Answers) -> None:
    text = r"Expanding around $a = \sum_n x_n$ we have $$a^T a = \|\sum_n x_n\|^2$$"
    assert answers(HEAD + text)[-1][0] == "refuted"
