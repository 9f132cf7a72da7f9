"""Definitions by a power, vectors on a diagonal, named normals, "this is f" in a case, a gradient set to zero around a
display: each read, with its mistakes found, and what is not told left alone."""

from __future__ import annotations

import re
import time

from derive.documents import Document, read_document
from derive.judge import judge
from derive.read.documents.text.source import Source


def read(text: str) -> Document:
    return read_document(Source("f", text))


def verdicts(text: str) -> list[str]:
    document = read(text)
    found = [type(judge(claim, time.monotonic() + 20)).__name__.lower() for claim in document.derivation.claims]
    return found + ["unread"] * len(document.unread)


def notes(text: str) -> list[str]:
    return [re.sub(r"^f:\d+: ", "", note) for note in read(text).notes]


# -- powers ------------------------------------------------------------------------------------------------------------
PRECISION = r"Let $F \in \mathbb{R}^{n \times k}$, $a > 0$, $v \in \mathbb{R}^n$. Put $P_n^{-1} = a I + F^\top F$. "


def test_an_inverse_defines_its_matrix() -> None:
    assert "let P_n := (a I + F^\\top F)^{-1}" in notes(PRECISION)
    assert verdicts(PRECISION + r"Then $P_n (a I + F^\top F) = I$.") == ["proved", "proved"]
    assert verdicts(PRECISION + r"Then $P_n = a I + F^\top F$.") == ["proved", "refuted"]


def test_what_is_not_square_has_no_inverse() -> None:
    assert "proved" not in verdicts(r"Let $F \in \mathbb{R}^{n \times k}$. Put $P^{-1} = F$.")


def test_an_inverse_of_something_declared_is_no_definition() -> None:
    text = r"Let $P, Q \in \mathbb{R}^{k \times k}$ be invertible. Then $P^{-1} = Q$."
    assert verdicts(text) == ["refuted"]


SPREAD = r"Let $Q \in \mathbb{R}^{k \times k}$ be symmetric positive definite, $x \in \mathbb{R}^k$. The variance is $s^2(x) = 1 + x^\top Q x$. "


def test_a_function_by_its_square() -> None:
    assert verdicts(SPREAD + r"Then $s^2(x) - 1 = x^\top Q x$.") == ["proved", "proved"]
    assert verdicts(SPREAD + r"Then $s^2(x) = x^\top Q x$.") == ["proved", "refuted"]


def test_not_of_a_letter_that_is_a_number() -> None:
    text = r"Let $s > 0$ and $x \in \mathbb{R}$. The variance is $s^2(x) = 1 + x$."
    assert "proved" not in verdicts(text)


# -- diagonals ---------------------------------------------------------------------------------------------------------
WEIGHTS = r"Let $A \in \mathbb{R}^{m \times p}$ and $D = \operatorname{diag}(g)$ with $g_i > 0$. "


def test_a_vector_on_a_diagonal_has_the_length_of_its_product() -> None:
    assert "g \\in \\mathbb{R}^{m} ; g > 0" in notes(WEIGHTS + r"Then $(A^\top D A)^\top = A^\top D A$.")
    assert verdicts(WEIGHTS + r"Then $(A^\top D A)^\top = A^\top D A$.") == ["proved", "proved"]
    assert verdicts(WEIGHTS + r"Then $A^\top D A = A^\top A$.") == ["proved", "refuted"]


def test_any_length_where_nothing_is_multiplied_with_it() -> None:
    assert verdicts(WEIGHTS + r"Then $D^\top = D$.") == ["proved", "proved"]
    assert not {"g \\in \\mathbb{R}^{m}", "g \\in \\mathbb{R}^{p}"} & set(notes(WEIGHTS + r"Then $D^\top = D$."))


def test_nothing_where_two_lengths_are_possible() -> None:
    assert not any(note.startswith("g \\in") for note in notes(WEIGHTS + r"Then $A^\top D A = A D A^\top$."))


# -- normals and cases -------------------------------------------------------------------------------------------------
PAIR = r"""For $f = \mathcal{N}(a_1, b_1^2)$ and $g = \mathcal{N}(a_2, b_2^2)$,
$$ \mathrm{KL}(f\|g) = \log\frac{b_2}{b_1} + \frac{b_1^2 + (a_1 - a_2)^2}{2 b_2^2} - \frac12 . $$
"""


def test_the_divergence_of_two_named_normals() -> None:
    assert verdicts(PAIR) == ["proved"]
    assert verdicts(PAIR.replace(r"\frac12", "1")) == ["refuted"]


def test_this_is_what_it_is_in_a_case() -> None:
    case = r"For $b_1 = b_2 = b$ this is "
    assert verdicts(PAIR + case + r"$\frac{(a_1 - a_2)^2}{2 b^2}$.") == ["proved", "proved"]
    assert verdicts(PAIR + case + r"$\frac{(a_1 - a_2)^2}{b^2}$.") == ["proved", "refuted"]


def test_one_case_says_nothing_of_the_next() -> None:
    text = (
        PAIR + r"For $b_1 = b_2 = b$ this is $\frac{(a_1 - a_2)^2}{b^2}$. For $a_1 = a_2$ and $b_2 = b_1$ this is $0$."
    )
    assert verdicts(text) == ["proved", "refuted", "proved"]


def test_this_is_without_a_case_states_nothing() -> None:
    text = r"For $t > 0$: $$(t + 1)^2 = t^2 + 2 t + 1.$$ For large inputs this is $t^2$ plus lower terms."
    assert verdicts(text) == ["proved"]


def test_a_gradient_set_to_zero_around_a_display() -> None:
    text = r"""Let $A \in \mathbb{R}^{m \times p}$, $u \in \mathbb{R}^p$, $z \in \mathbb{R}^m$ and $E(u) = \|A u - z\|^2$. Setting the gradient
$$ \nabla_u E = 2 A^\top (A u - z) $$
to zero gives the equations $A^\top A u = """
    assert verdicts(text + r"A^\top z$.")[-2:] == ["proved", "proved"]
    assert verdicts(text + r"2 A^\top z$.")[-1] == "refuted"


PREDICTIVE = r"Let $S_N \in \mathbb{R}^{d \times d}$ be symmetric, $b > 0$ and $x \in \mathbb{R}^d$. The variance is "


def test_the_square_of_a_function_with_a_mark_below() -> None:
    defined = r"$$\sigma_N^2(x) = b + x^\top S_N x .$$ "
    assert verdicts(PREDICTIVE + defined + r"$$\sigma_N^2(x) - b = x^\top S_N x$$") == ["proved", "proved"]
    assert verdicts(PREDICTIVE + defined + r"$$\sigma_N^2(x) = 2 b + x^\top S_N x$$") == ["proved", "refuted"]
