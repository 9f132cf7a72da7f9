"""A symmetric matrix that is a function of a number: so are its derivatives symmetric, and the data beside it stay."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    r"%: C \in \mathbb{R}^{N \times N} symmetric posdef ; \theta \in \mathbb{R} ; y \in \mathbb{R}^N ; D \in \mathbb{R}^{N \times N}"
    + "\n"
)
SLOPE = r"\frac{\partial C}{\partial \theta}"
FORM = r"-\frac{\partial}{\partial \theta} (y^\top C^{-1} y)"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (rf"{FORM} = (C^{{-1}} y)^\top {SLOPE} C^{{-1}} y", "proved"),
        (rf"{FORM} = \operatorname{{tr}}(C^{{-1}} y (C^{{-1}} y)^\top {SLOPE})", "proved"),
        (rf"{SLOPE} = \left({SLOPE}\right)^\top", "proved"),
        (rf"{FORM} = -(C^{{-1}} y)^\top {SLOPE} C^{{-1}} y", "refuted"),
        (rf"C {SLOPE} = {SLOPE} C", "refuted"),
        (r"\frac{\partial D}{\partial \theta} = \left(\frac{\partial D}{\partial \theta}\right)^\top", "refuted"),
        (rf"{FORM.replace('C', 'D')} = (D^{{-1}} y)^\top {SLOPE.replace('C', 'D')} D^{{-1}} y", "refuted"),
    ],
)
def test_derivatives_of_a_symmetric_matrix_are_symmetric(words: Judged, line: str, expected: str) -> None:
    assert words(f"{GIVEN}\\[ {line} \\]") == [expected]


LIKELIHOOD = (
    GIVEN
    + r"""The log likelihood is \[ \ell = -\frac12 y^\top C^{-1} y - \frac12 \log \det C . \]
We use \[ \frac{\partial C^{-1}}{\partial \theta} = -C^{-1} \frac{\partial C}{\partial \theta} C^{-1} . \] Then """
)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (rf"\frac12 y^\top C^{{-1}} {SLOPE} C^{{-1}} y - \frac12 \operatorname{{tr}}(C^{{-1}} {SLOPE})", "proved"),
        (rf"\frac12 y^\top C^{{-1}} {SLOPE} C^{{-1}} y + \frac12 \operatorname{{tr}}(C^{{-1}} {SLOPE})", "refuted"),
        (rf"\frac12 y^\top C^{{-1}} {SLOPE} C^{{-1}} y - \frac12 \operatorname{{tr}}(C {SLOPE})", "refuted"),
    ],
)
def test_data_beside_a_matrix_that_is_differentiated_stay(words: Judged, line: str, expected: str) -> None:
    assert words(LIKELIHOOD + rf"\[ \frac{{\partial \ell}}{{\partial \theta}} = {line} . \]")[-1] == expected


def test_nothing_known_to_vary_all_of_it_varies(words: Judged) -> None:
    text = GIVEN + r"Let \[ f = y^\top C y . \] Then \[ \frac{\partial f}{\partial \theta} = 1 - 1 . \]"
    assert words(text)[-1] != "proved"


FORMS = r"""%: \theta \in \mathbb{R}
Let $C \in \mathbb{R}^{N \times N}$ be symmetric and positive definite, SAID Let \[ L = y^\top C y . \]
\[ \frac{\partial L}{\partial \theta} = y^\top \frac{\partial C}{\partial \theta} y , \] MORE"""


@pytest.mark.parametrize(
    ("said", "more", "expected"),
    [
        (r"depending on a parameter $\theta$, and let $y \in \mathbb{R}^N$.", "", "proved"),
        (r"and $y \in \mathbb{R}^N$.", "", "proved"),
        (r"and $y \in \mathbb{R}^N$, both depending on a parameter $\theta$.", "", "refuted"),
        (r"and $y \in \mathbb{R}^N$. Both depend on $\theta$.", "", "refuted"),
        (r"and $y \in \mathbb{R}^N$. Here $y$ is a function of $\theta$.", "", "refuted"),
        (r"and $y \in \mathbb{R}^N$, which may vary with $\theta$.", "", "refuted"),
        (r"and $y \in \mathbb{R}^N$.", r"where $y$ depends on $\theta$.", "refuted"),
    ],
)
def test_what_the_words_say_to_vary_does(words: Judged, said: str, more: str, expected: str) -> None:
    assert words(FORMS.replace("SAID", said).replace("MORE", more))[1] == expected
