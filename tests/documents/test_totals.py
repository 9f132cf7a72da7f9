"""Names of one letter with fewer indices: totals beside their members, something new beside a table, one name for all."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

TABLE = "<!--: index n = 1..N ; c = 1..C ; v, u = 1..V ; t_{nc}, x_{nv} \\in \\mathbb{R} -->\n"
COUNTS = "$$S_{cv} = \\sum_{n=1}^N t_{nc} x_{nv}, \\qquad S_c = \\sum_{v=1}^V S_{cv}.$$\n"
NUMBERS = "<!--: X \\in \\mathbb{R}^{n \\times d} ; y \\in \\mathbb{R}^n ; index j = 1..d ; b_j \\in \\mathbb{R} -->\n"


@pytest.mark.parametrize(
    ("claim", "word"),
    [
        ("S_c = \\sum_{n=1}^N \\sum_{v=1}^V t_{nc} x_{nv}", "proved"),
        ("S_c = \\sum_{n=1}^N \\sum_{v=1}^V x_{nv}", "refuted"),
        ("S_{cv} = \\sum_{n=1}^N t_{nc} x_{nv}", "proved"),
        ("\\sum_{v=1}^V S_{cv} = 2 S_c", "refuted"),
    ],
)
def test_a_total_beside_its_members(words: Judged, claim: str, word: str) -> None:
    assert words(f"{TABLE}{COUNTS}Then $${claim}.$$")[-1] == word


def test_a_total_of_declared_numbers(words: Judged) -> None:
    declared = "<!--: index d = 1..D ; w = 1..W ; n_{dw} \\ge 0 -->\n"
    text = f"{declared}Let $n_d = \\sum_{{w=1}}^W n_{{dw}}$. Then "
    assert words(f"{text}$$\\sum_{{d=1}}^D n_d = \\sum_{{d=1}}^D \\sum_{{w=1}}^W n_{{dw}}.$$")[-1] == "proved"
    assert words(f"{text}$$\\sum_{{d=1}}^D n_d = \\sum_{{w=1}}^W n_{{dw}}.$$")[-1] == "refuted"


def test_a_vector_is_no_total(words: Judged) -> None:
    text = f"{TABLE}$$S_{{cv}} = \\sum_{{n=1}}^N t_{{nc}} x_{{nv}}.$$ Hence $$S_c = \\sum_{{n=1}}^N t_{{nc}} x_n.$$"
    assert words(text)[-1] == "proved"


def test_something_new_with_fewer_indices(words: Judged) -> None:
    text = f"{TABLE}For a new document with counts $x_v \\ge 0$, let $$a = \\sum_{{v=1}}^V x_v.$$ Then "
    assert words(f"{text}$$a = \\sum_{{u=1}}^V x_u.$$")[-1] == "proved"
    assert words(f"{text}$$a = \\sum_{{v=1}}^V x_{{nv}}.$$")[-1] == "refuted"


@pytest.mark.parametrize("said", ["Let $b = X^T y$.", "We put $b = X^T y$.", "Define $b := X^T y$."])
def test_all_of_them_at_once(words: Judged, said: str) -> None:
    assert words(f"{NUMBERS}{said} Then $$b^T b = y^T X X^T y.$$")[-1] == "proved"
    assert words(f"{NUMBERS}{said} Then $$b^T b = y^T X^T X y.$$")[-1] != "proved"


def test_what_has_been_spoken_of_is_not_defined_so(words: Judged) -> None:
    text = f"{NUMBERS}We have $$\\sum_{{j=1}}^d b_j^2 \\ge 0.$$ Hence $$b = X^T y.$$"
    assert words(text)[-1] == "refuted"


SOLVED = """
<!--: index n = 1..N ; v = 1..V ; x_{nv} \\ge 0 ; \\theta_v > 0 ; \\sum_v \\theta_v = 1 -->
# Counts

$$S_v = \\sum_{n=1}^N x_{nv}.$$

# Estimate

$$\\ell = \\sum_{n=1}^N \\sum_{v=1}^V x_{nv} \\log \\theta_v$$

With a multiplier $\\mu$: $$\\Lambda = \\ell + \\mu \\left( 1 - \\sum_{v=1}^V \\theta_v \\right)$$

$$\\frac{\\partial \\Lambda}{\\partial \\theta_v} = \\frac{S_v}{\\theta_v} - \\mu = 0$$

Therefore $S_v = SIDE$.
"""


def test_what_is_concluded_gives_no_name_a_new_meaning(words: Judged) -> None:
    assert words(SOLVED.replace("SIDE", "\\mu \\theta_v"))[-1] == "proved"
    assert words(SOLVED.replace("SIDE", "\\mu / \\theta_v"))[-1] == "refuted"
