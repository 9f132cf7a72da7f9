"""``c_i = \\arg\\min_j f_j`` of a label that is declared says what it is; two such places are compared."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index i = 1..m ; j = 1..K ; x^{(i)}, \\mu_j \\in \\mathbb{R}^n ; c^{(i)} \\in \\{1, \\dots, K\\} ; "
    "y^{(i)} \\in \\{0, 1\\} ; a_i \\in \\mathbb{R} -->\n"
)


@pytest.mark.parametrize("op", [":=", "="])
def test_it_is_no_claim(words: Judged, op: str) -> None:
    text = f"{DECLARED}Set $$c^{{(i)}} {op} \\arg\\min_j \\|x^{{(i)}} - \\mu_j\\|^2$$"
    assert words(text) == ["proved"]
    sums = "$$\\sum_{i=1}^m \\|x^{(i)} - \\mu_{c^{(i)}}\\|^2 = \\sum_{i=1}^m \\sum_{j=1}^K \\mathbf{1}\\{c^{(i)} = j\\} \\|x^{(i)} - \\mu_j\\|^2$$"
    assert words(text + sums) == ["proved", "proved"]
    assert words(text + sums.replace("= \\sum_{i=1}^m", "= 2 \\sum_{i=1}^m"))[1] == "refuted"


def test_two_places_are_compared(words: Judged) -> None:
    best = "\\arg\\min_j \\|x^{(i)} - \\mu_j\\|^2"
    assert words(f"{DECLARED}$${best} = \\arg\\max_j (\\mu_j^\\top x^{{(i)}} - \\|\\mu_j\\|^2)$$") == ["refuted"]
    assert words(f"{DECLARED}$${best} = \\arg\\max_j (2 \\mu_j^\\top x^{{(i)}} - \\|\\mu_j\\|^2)$$") != ["refuted"]


def test_a_label_that_is_known_is_claimed(words: Judged) -> None:
    known = DECLARED.replace(" -->", " ; assume c^{(i)} = 1 -->")
    assert words(f"{known}$$c^{{(i)}} = \\arg\\min_j \\|x^{{(i)}} - \\mu_j\\|^2$$") != ["proved"]


@pytest.mark.parametrize(
    ("again", "word"),
    [
        ("\\arg\\min_j f_{ij}", "proved"),
        ("\\arg\\max_j f_{ij}", "refuted"),
        ("\\arg\\min_j (f_{ij} + g_j)", "refuted"),
        ("\\arg\\max_j (-f_{ij})", "undecided"),
        ("\\arg\\min_j 2 f_{ij}", "undecided"),
    ],
)
def test_what_it_is_said_to_be_again_is_claimed(words: Judged, again: str, word: str) -> None:
    declared = DECLARED.replace(
        " -->", " ; index l = 1..m ; f_{ij}, g_j \\in \\mathbb{R} ; c_i \\in \\{1, \\dots, K\\} -->"
    )
    text = f"{declared}$$c_i = \\arg\\min_j f_{{ij}}$$ and then "
    assert words(f"{text}$$c_i = {again}$$")[1] == word
    assert words(f"{text}$$c_l = {again.replace('f_{ij}', 'f_{lj}')}$$")[1] == word
    assert words(f"{text}$$c_1 = \\arg\\min_j f_{{2j}}$$")[1] == "refuted"
    assert words(f"{declared}$$c_1 = \\arg\\min_j f_{{2j}}$$") == ["refuted"]
