"""``dW`` as the name of a gradient, where the text says so; formulas of pages among words; constants in a parameter."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

SHAPES = (
    "<!--: index i = 1..d ; index j = 1..m ; A \\in \\mathbb{R}^{n \\times d} ; V \\in \\mathbb{R}^{d \\times m} -->\n"
)
SAID = SHAPES + "Here $dV$ stands for $\\frac{\\partial L}{\\partial V}$, where $L$ is the loss.\n$$H = A V$$\n"


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("dV = A^T dH", "proved"),
        ("dA = dH V^T", "proved"),
        ("dA = dH V", "refuted"),
        ("dV = -A^T dH", "refuted"),
        ("dV_{ij} = \\sum_{k=1}^n A_{ki} dH_{kj}", "proved"),
    ],
)
def test_gradients_by_their_short_names(claim: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(f"{SAID}$${claim}$$", tmp_path)[-1] == expected
    said = SAID.replace(
        "Here $dV$ stands for $\\frac{\\partial L}{\\partial V}$",
        "We write $\\frac{\\partial L}{\\partial V}$ (denoted $dV$)",
    )
    assert verdicts(f"{said}$${claim}$$", tmp_path)[-1] == expected


def test_a_name_that_nothing_explains_is_no_length_times_a_matrix(tmp_path: Path) -> None:
    text = SHAPES + "$$G = A V$$ $$dV = A^T dG$$"
    assert "refuted" not in verdicts(text, tmp_path)
    assert "dG, dV are names" in read_document(text).notes


@pytest.mark.parametrize("how", ["We write $dV$ for $G$", "We use $G$ to denote $dV$", "Denote $G$ by $dV$"])
def test_what_is_written_for_what(how: str, tmp_path: Path) -> None:
    text = f"{SHAPES}{how.replace('G', chr(92) + 'frac{' + chr(92) + 'partial L}{' + chr(92) + 'partial V}')}.\n$$H = A V$$\n"
    assert verdicts(f"{text}$$dV = A^T dH$$", tmp_path)[-1] == "proved"
    assert verdicts(f"{text}$$dV = 2 A^T dH$$", tmp_path)[-1] == "refuted"


def test_small_letters_beside_are_no_products(tmp_path: Path) -> None:
    text = "<!--: W \\in \\mathbb{R}^{m \\times d} ; x, y \\in \\mathbb{R}^d ; g \\in \\mathbb{R}^m -->\n$$dW = dg \\, x^T$$ "
    assert "dW, dg are names" in read_document(text).notes
    assert "proved" not in verdicts(f"{text}$$dg = d g$$", tmp_path)[1:]
    assert verdicts(f"{text}$$x^T dy = dy^T x$$", tmp_path)[-1] == "proved"  # d times y: no equation gives dy


def test_the_loss_itself_moves(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(SAID + "$$dL = \\operatorname{tr}(V^T dV)$$")
    assert "dL" in check_documents([str(path)], Limits(jobs=1, timeout=60)).results[-1].statement


def test_where_d_is_no_length_nothing_is_a_name() -> None:
    text = "<!--: V \\in \\mathbb{R}^{n \\times m} -->\n$$dV = 2 dV - dV$$"
    assert not any("names" in note for note in read_document(text).notes)


@pytest.mark.parametrize(
    "text",
    [
        SAID + "$$\\int A_{11} dA_{11}$$",
        SAID + "$$dL = \\operatorname{tr}(A^T dA)$$",
        "<!--: V \\in \\mathbb{R}^{d \\times m} -->\n$$2 dV = dV + dV$$",
    ],
)
def test_differentials_stay(text: str) -> None:
    document = read_document(text)
    assert not any("mathrm{d" in note for note in document.notes)


def test_two_dollars_among_words_are_inline(tmp_path: Path) -> None:
    block = "<!--: index j, k = 1..N ; u_j \\in \\mathbb{R} -->\n\n$$\\sum_j u_j = \\sum_k u_k$$\n\n"
    text = block + "It is 1 if $$k=j$$, and else $$0$$ as said.\n"
    assert verdicts(text, tmp_path) == ["proved"]
    assert verdicts(text + "\nSo $$k = j$$\n", tmp_path) == ["proved", "refuted"]
    assert verdicts(text + "\n$$k = j$$ for all of them\n", tmp_path) == ["proved", "refuted"]


def test_where_a_page_has_single_dollars_two_of_them_are_a_display(tmp_path: Path) -> None:
    block = "<!--: index j, k = 1..N ; u_j \\in \\mathbb{R} -->\n\n$$\\sum_j u_j = \\sum_k u_k$$\n\n"
    assert verdicts(block + "So for $j$ we have $$k=j$$ as said.\n", tmp_path) == ["proved", "refuted"]


def test_the_constant_may_be_one_in_the_parameter(tmp_path: Path) -> None:
    declared = "<!--: c, u, v \\in \\mathbb{R} ; function p_c(u) positive ; function g_c(v) positive -->\n"
    assert verdicts(declared + "$$\\log p_c(u) = \\log g_c(v) + \\text{const}$$", tmp_path) == ["undecided"]
    assert verdicts(declared + "$$\\log p_c(u) = \\log g_c(u) + \\text{const}$$", tmp_path) == ["refuted"]
    assert verdicts(declared + "$$\\log p_c(u) = 2 v + \\text{const}$$", tmp_path) == ["refuted"]


def test_a_function_of_an_index_stays_declared_in_the_next_section(tmp_path: Path) -> None:
    declared = "<!--: index v \\in \\mathcal{V} ; function r(v) ; function q(v) -->\n"
    text = declared + "$$M = \\sum_v q(v) r(v)$$\n\n## Next\n\n$$2 M = \\sum_v 2 q(v) \\cdot r(v)$$"
    assert verdicts(text, tmp_path) == ["proved", "proved"]


def test_an_unknown_function_for_which_the_text_has_an_equation_may_be_that(tmp_path: Path) -> None:
    declared = "<!--: c \\in \\mathbb{R} ; index v \\in \\mathcal{V} ; function B_c(v) positive ; function g_c(v) positive -->\n"
    claim = "$$\\frac{d}{dc} \\log B_c(v) = 2 \\frac{d}{dc} \\log g_c(v)$$"
    assert verdicts(declared + claim, tmp_path) == ["refuted"]
    assert verdicts(declared + "$$B_c(v) = g_c(v)^2$$" + claim, tmp_path) == ["refuted", "undecided"]


def test_an_integral_over_a_capital_is_one(tmp_path: Path) -> None:
    text = (
        SHAPES.replace(" -->", " ; T \\in \\mathbb{R} -->")
        + "$$G = A V$$ $$dV = A^T dG$$ $$\\int_0^1 T dT = \\frac12$$"
    )
    assert verdicts(text, tmp_path)[-1] == "proved"


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("\\frac{\\partial L}{\\partial V} = A^T dH", "proved"),
        ("\\frac{\\partial L}{\\partial A} = dH V^T", "proved"),
        ("\\frac{\\partial L}{\\partial A} = dH V", "refuted"),
        ("\\frac{\\partial L}{\\partial V} = 2 A^T dH", "refuted"),
    ],
)
@pytest.mark.parametrize(
    "said", ["Let $dH = \\frac{\\partial L}{\\partial H}$.", "$$dH = \\frac{\\partial L}{\\partial H}$$"]
)
def test_gradients_that_an_equation_names(said: str, claim: str, expected: str, tmp_path: Path) -> None:
    text = SHAPES.replace(" -->", " ; opaque L depends on H -->") + f"$$H = A V$$\n{said}\n\n$${claim}$$"
    assert verdicts(text, tmp_path)[-1] == expected


def test_the_gradient_of_another_is_no_name(tmp_path: Path) -> None:
    text = SHAPES.replace(" -->", " ; opaque L depends on H -->") + (
        "$$H = A V$$\nLet $dH = \\frac{\\partial L}{\\partial A}$.\n\n$$\\frac{\\partial L}{\\partial A} = dH$$"
    )
    assert verdicts(text, tmp_path)[-1] != "proved"
