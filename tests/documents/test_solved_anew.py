r"""A name of a solution, ``\hat w``, that a second problem solves for as well."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

LEAST_SQUARES = r"""<!--: X \in \mathbb{R}^{m \times n} ; w \in \mathbb{R}^n ; y \in \mathbb{R}^m ; c > 0 -->
$$L(w) = \|X w - y\|^2$$
$$\nabla_w L(w) = 2 X^T X w - 2 X^T y$$
Setting this to 0, where $X^T X$ is invertible,
$$\hat{w} = (X^T X)^{-1} X^T y$$
The fit is $\hat{y} = X \hat{w}$.

"""
DERIVATIVE = r"\nabla_w \left(\|X w - y\|^2 + c \|w\|^2\right) = 2 X^T (X w - y) + 2 c w"
RIDGE = r"(X^T X + c I)^{-1} X^T y"
WRONG = r"(X^T X + 2 c I)^{-1} X^T y"
NEXT = [
    f"With a penalty $${DERIVATIVE} = 0$$ so ",
    f"With a penalty $${DERIVATIVE}$$ Setting this to zero gives ",
    f"## Ridge\n\nWith a penalty $${DERIVATIVE}$$ Setting this to zero gives ",
]


@pytest.mark.parametrize("before", NEXT)
def test_a_second_problem_has_its_own_solution(words: Judged, before: str) -> None:
    text = LEAST_SQUARES + before
    assert words(rf"{text}$$\hat{{w}} = {RIDGE}$$")[-1] == "proved"
    assert words(rf"{text}$$\hat{{w}} = {WRONG}$$")[-1] == "refuted"
    assert words(rf"{text}$$\hat{{w}} = (X^T X)^{{-1}} X^T y$$")[-1] == "refuted"


@pytest.mark.parametrize("before", NEXT)
def test_it_is_the_second_one_from_there_on(words: Judged, before: str) -> None:
    text = rf"{LEAST_SQUARES}{before}$$\hat{{w}} = {RIDGE}$$ so that "
    assert words(rf"{text}$$(X^T X + c I) \hat{{w}} = X^T y$$")[-1] == "proved"
    assert words(rf"{text}$$X^T X \hat{{w}} = X^T y$$")[-1] == "refuted"
    assert words(rf"{text}$$\hat{{y}} = X (X^T X)^{{-1}} X^T y$$")[-1] != "refuted"


def test_without_another_problem_it_stays(words: Judged) -> None:
    assert words(rf"{LEAST_SQUARES}Now $$\hat{{w}} = {RIDGE}$$")[-1] == "refuted"
    text = LEAST_SQUARES + NEXT[0] + "$w$ changes. Recall that "
    assert words(rf"{text}$\hat{{w}} = (X^T X)^{{-1}} X^T y$. Hence $X^T X \hat{{w}} = X^T y$.")[-1] == "proved"


@pytest.mark.parametrize(
    "said", ["Using the SVD of", "With the singular value decomposition of", "By the factorization of"]
)
def test_a_decomposition_of_a_matrix_is_given(words: Judged, said: str) -> None:
    declared = r"<!--: X, S \in \mathbb{R}^{m \times n} ; U \in \mathbb{R}^{m \times m} orthogonal ; V \in \mathbb{R}^{n \times n} -->"
    text = f"{declared}\n{said} $X = U S V^T$, "
    assert words(text + "$$X^T X = V S^T S V^T$$")[-1] == "proved"
    assert words(text + "$$X^T X = V S^T S V$$")[-1] != "proved"
    assert words(text + "$$X^T X = 2 V S^T S V^T$$")[-1] == "refuted"


@pytest.mark.parametrize("line", [r"\hat{y} = 7 y", r"\hat{y} = X \hat{w}", r"y^T \hat{y} = 1"])
def test_what_was_made_of_the_old_solution_is_not_defined_by_any_line(words: Judged, line: str) -> None:
    text = rf"{LEAST_SQUARES}{NEXT[1]}$$\hat{{w}} = {RIDGE}$$ so that $${line}$$"
    assert words(text)[-1] == "unread"
    if line.startswith(r"\hat"):
        assert words(text.replace("so that", "Let now"))[-1] == "proved"


@pytest.mark.parametrize("said", ["Compare this with the above:", "We already had", "Recall the one before:"])
def test_what_was_found_before_stays(words: Judged, said: str) -> None:
    assert words(rf"{LEAST_SQUARES}{NEXT[1]}{said} $$\hat{{w}} = (X^T X)^{{-1}} X^T y$$")[-1] == "proved"


def test_a_false_line_about_the_same_problem_changes_nothing(words: Judged) -> None:
    text = rf"{LEAST_SQUARES}Now $$\hat{{w}} = 2 (X^T X)^{{-1}} X^T y$$ Here "
    assert words(rf"{text}$$X^T X \hat{{w}} = X^T y$$")[-2:] == ["refuted", "proved"]
    assert words(rf"{text}$$X^T X \hat{{w}} = 2 X^T y$$")[-2:] == ["refuted", "refuted"]
