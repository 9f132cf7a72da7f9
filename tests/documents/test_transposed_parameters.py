"""Parameters of a density that is written out: what is transposed is a vector, what stands between two is a matrix.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

from tests.documents.judging import Judged, notes

DENSITY = (
    "<!--: size q -->\n$$g(v | c, R) = \\frac{1}{(2\\pi)^{q/2} |R|^{1/2}} "
    "\\exp\\left(-\\frac12 (v - c)^\\top R^{-1} (v - c)\\right)$$"
)


def test_vectors_and_a_matrix(words: Judged) -> None:
    assert words(DENSITY) == ["proved"]
    said = notes(DENSITY)
    assert "v \\in \\mathbb{R}^{n}" in said
    assert "R \\in \\mathbb{R}^{n \\times n}" in said


def test_numbers_stay_numbers() -> None:
    text = "$$g(v | c, r) = \\frac{1}{\\sqrt{2\\pi r}} \\exp\\left(-\\frac{(v - c)^2}{2 r}\\right)$$"
    assert "v \\in \\mathbb{R};" in notes(text)


def test_a_normal_density_of_vectors_is_not_judged_of_numbers(words: Judged) -> None:
    normal = DENSITY.replace("g(", "\\mathcal{N}(")
    assert words(normal)[-1] not in ("refuted", "proved")
    assert (
        words("<!--: v, c \\in \\mathbb{R}^q ; R \\in \\mathbb{R}^{q \\times q} symmetric posdef -->\n" + normal)[-1]
        == "proved"
    )
