"""Letters that were numbers in one section and count in the next one; and subscripts that are two indices."""

from __future__ import annotations

import time

import pytest

from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved
from derive.read.documents.text.source import Source
from derive.render.latex import to_latex


def verdicts(text: str) -> list[str]:
    """The verdict on each claim of a document, and what could not be read."""
    document = read_document(Source("f", text))
    found = [type(judge(each, time.monotonic() + 60)).__name__.lower() for each in document.derivation.claims]
    return found + ["unread: " + each.reason for each in document.unread]


GIBBS = (
    "# Gibbs weights\n\nLet $g_w(u) = \\frac{e^{w_u}}{\\sum_{v=1}^M e^{w_v}}$ be a distribution over $M$ states. It does not "
    "change if a number is added: for every $h \\in \\mathbb{R}$, $\\sum_{u=1}^M (w_u + h) = M h + \\sum_{u=1}^M w_u$.\n\n"
)
CURVATURE = (
    "# Curvature\n\nThe matrix is $C_{vh} = \\sum_u g_w(u) \\frac{\\partial \\log g_w(u)}{\\partial w_v} "
    "\\frac{\\partial \\log g_w(u)}{\\partial w_h} = g_w(v) \\delta_{vh} SIGN g_w(v) g_w(h)$.\n\n"
)


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "refuted")])
def test_a_number_of_an_earlier_section_may_count_in_this_one(sign: str, verdict: str) -> None:
    assert verdicts(GIBBS + CURVATURE.replace("SIGN", sign)) == ["proved", "proved", "proved", verdict]


def test_it_is_a_number_again_in_the_next_section() -> None:
    text = GIBBS + CURVATURE.replace("SIGN", "-") + "# Shifts\n\nStill $h < M + 1$, which no index would break.\n"
    assert verdicts(text) == ["proved", "proved", "proved", "proved", "refuted"]


def test_a_letter_that_is_also_written_as_a_number_counts_nothing() -> None:
    text = GIBBS + CURVATURE.replace("SIGN", "-").replace("$.", "$, and $h + 1 > h$.")
    assert any(verdict.startswith("unread: w_h") for verdict in verdicts(text))


# -- subscripts j|i ----------------------------------------------------------------------------------------------------
SCORES = (
    "Let $u_1, \\dots, u_N \\in \\mathbb{R}^4$. The affinities are "
    "$$a_{s|r} = \\frac{e^{u_r^T u_s}}{\\sum_{h \\neq r} e^{u_r^T u_h}}.$$ "
)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ("so that $\\sum_{s \\ne r} a_{s|r} = 1$ for each $r$.", ["proved"]),
        ("so that $\\sum_{r \\ne s} a_{s|r} = 1$ for each $s$.", ["refuted"]),
        ("Hence $a_{s|r} = a_{r|s}$.", ["refuted"]),
        ("Hence $a_{s \\mid r} e^{-u_s^T u_r} = a_{h|r} e^{-u_r^T u_h}$.", ["proved"]),
    ],
)
def test_a_subscript_with_a_bar_is_two_indices(claim: str, expected: list[str]) -> None:
    assert verdicts(SCORES + claim) == ["proved", *expected]


def test_it_is_another_family_than_the_one_without_the_bar() -> None:
    text = SCORES + "Let $a_{sr} = \\frac{1}{2} (a_{s|r} + a_{r|s})$. Then $a_{sr} = a_{rs}$. But $a_{sr} = a_{s|r}$."
    assert verdicts(text) == ["proved", "proved", "proved", "refuted"]


def test_names_of_quantities_around_a_bar_are_one_name() -> None:
    text = "<!--: index i, j = 1..n ; x, y, \\mu_{x|y} \\in \\mathbb{R}^d ; w_{i|j} \\in \\mathbb{R} -->\n"
    document = read_document(Source("f", text + "$$\\mu_{x|y}^T x = x^T \\mu_{x|y}$$ $$w_{i|j} w_{i|j} = w_{i|j}^2$$"))
    symbols = document.derivation.claims[-1].context.symbols
    assert [decl.family_names for decl in symbols.values()] == [(), (), (), ("i", "j")]
    assert "\\mu_{x|y}" in symbols


def test_conditions_are_written_with_the_indices() -> None:
    text = "<!--: index i, j = 1..n ; w_{i|j} \\in \\mathbb{R} -->\n$$\\frac{w_{i|j}}{w_{i|j}} = 1$$"
    (claim,) = read_document(Source("f", text)).derivation.claims
    verdict = judge(claim, time.monotonic() + 60)
    assert isinstance(verdict, Proved)
    assert [each if isinstance(each, str) else to_latex(each) for each in verdict.conditions] == ["w_{i|j} \\neq 0"]


BAYES = (
    "<!--: index i = 1..m ; j = 1..n ; c = 1..K ; y_i, x_{ij} \\in \\{0,1\\} ; \\DECLARED \\in (0,1) -->\n"
    "$$g = \\sum_{i=1}^m \\sum_{j=1}^n y_i x_{ij} \\log \\phi_{j|y=1} + (1 - y_i) x_{ij} \\log \\phi_{j|y=0}$$ "
)


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (
            "$$\\frac{\\partial g}{\\partial \\phi_{j|y=1}} = \\sum_{i=1}^m \\frac{y_i x_{ij}}{\\phi_{j|y=1}}$$",
            "proved",
        ),
        (
            "$$\\frac{\\partial g}{\\partial \\phi_{j|y=1}} = \\sum_{i=1}^m \\frac{y_i x_{ij}}{\\phi_{j|y=0}}$$",
            "refuted",
        ),
        ("$$\\prod_{j=1}^n \\phi_{j|y=1} = \\phi_{1|y=1}^n$$", "refuted"),
    ],
)
def test_a_condition_with_a_number_belongs_to_the_name_of_a_family(claim: str, expected: str) -> None:
    declared = BAYES.replace("\\DECLARED", "\\phi_{j|y=0}, \\phi_{j|y=1}")
    assert verdicts(declared + claim)[-1] == expected


def test_a_condition_with_an_index_is_a_second_index() -> None:
    text = (
        "<!--: index j = 1..n ; c = 1..K ; \\phi_{j|y=c} > 0 ; t_c \\in \\mathbb{R} -->\n"
        "$$g = \\sum_{c=1}^K \\sum_{j=1}^n t_c \\log \\phi_{j|y=c}$$ "
        "$$\\frac{\\partial g}{\\partial \\phi_{j|y=c}} = \\frac{t_c}{\\phi_{j|y=c}}$$ "
        "$$\\frac{\\partial g}{\\partial \\phi_{j|y=1}} = \\frac{t_1}{\\phi_{j|y=1}}$$ "
        "$$\\frac{\\partial g}{\\partial \\phi_{j|y=1}} = \\frac{t_1}{\\phi_{j|y=2}}$$ "
    )
    assert verdicts(text) == ["proved", "proved", "proved", "refuted"]
