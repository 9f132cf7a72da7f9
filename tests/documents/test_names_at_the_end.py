"""A new name at the end of a chain stands for what the chain has led to; a name that means something else does not.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = (
    "<!--: index i, j = 1..n ; z_i, t_i > 0 ; A \\in \\mathbb{R}^{m \\times n} ; v \\in \\mathbb{R}^n ; "
    "u \\in \\mathbb{R}^m -->\n"
)


def test_a_result_gets_its_name(words: Judged) -> None:
    text = f"{GIVEN}$$ A^T (A v - u) = A^T A v - A^T u = r $$\n\nso that\n\n"
    assert words(f"{text}$$ v^T r = \\|A v\\|^2 - v^T A^T u $$") == ["proved"] * 3
    assert words(f"{text}$$ v^T r = \\|A v\\|^2 + v^T A^T u $$")[-1] == "refuted"
    wrong = text.replace("- A^T u = r", "+ A^T u = r")
    assert words(wrong)[0] == "refuted"


def test_a_derivative_gets_its_name_at_once(words: Judged) -> None:
    text = f"{GIVEN}$$ F = \\frac12 \\|A v - u\\|^2 $$\n\n$$ \\frac{{\\partial F}}{{\\partial v}} = g $$\n\n"
    assert words(f"{text}$$ g = A^T (A v - u) $$") == ["proved"] * 3
    assert words(f"{text}$$ g = A^T (u - A v) $$")[-1] == "refuted"


def test_the_space_may_stand_behind(words: Judged) -> None:
    text = f"{GIVEN}$$ A^T (A v) = A^T A v = r \\in \\mathbb{{R}}^n $$\n\n$$ v^T r = CLAIM \\|A v\\|^2 $$"
    assert words(text.replace("CLAIM", "")) == ["proved"] * 4
    assert words(text.replace("CLAIM", "2"))[-1] == "refuted"


def test_a_summand_gets_its_name(words: Judged) -> None:
    text = f"{GIVEN}$$ E = \\sum_i (z_i - t_i)^2 = \\sum_i \\ell_i $$\n\n"
    assert words(f"{text}$$ \\frac{{\\partial \\ell_i}}{{\\partial z_i}} = 2 (z_i - t_i) $$") == ["proved"] * 3
    assert words(f"{text}$$ \\frac{{\\partial \\ell_i}}{{\\partial z_i}} = z_i - t_i $$")[-1] == "refuted"
    signed = text.replace("= \\sum_i \\ell_i", "= -\\sum_i \\ell_i")  # the summands of another sum
    assert words(signed)[-1] != "proved"


@pytest.mark.parametrize("name", ["z_1", "t_j", "\\hat v", "\\bar z", "v"])
def test_what_the_text_knows_is_claimed(name: str, words: Judged) -> None:
    assert words(f"{GIVEN}$$ \\sum_i z_i t_i = \\sum_j t_j z_j = {name} $$")[-1] != "proved"


def test_a_name_that_is_met_before_or_defined_elsewhere_is_claimed(words: Judged) -> None:
    chain = "$$ \\sum_i z_i t_i = \\sum_j t_j z_j = c $$\n\n"
    assert words(f"{GIVEN}Let $c = \\sum_i z_i$. Then\n\n{chain}")[-1] == "refuted"
    assert words(f"{GIVEN}{chain}Here\n\n$$ c = \\sum_i z_i $$")[1] != "proved"
    assert words(f"{GIVEN}A constant $c$ is given.\n\n{chain}")[-1] != "proved"


@pytest.mark.parametrize("said", ["is the number of classes", "is a constant", "are given numbers"])
def test_what_counts_or_is_given_names_no_result(said: str, words: Judged) -> None:
    chain = "$$ \\sum_i z_i t_i = \\sum_j t_j z_j = c $$\n\n"
    assert words(f"{GIVEN}{chain}where $c$ {said}.")[1] != "proved"


def test_one_equation_is_no_name(words: Judged) -> None:
    text = f"{GIVEN}We require\n\n$$ \\sum_i z_i = c $$\n\n$$ \\frac{{\\partial c}}{{\\partial z_1}} = 1 $$"
    assert words(text)[-1] != "proved"
