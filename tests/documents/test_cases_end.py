"""What was concluded in a case, or from something supposed, is used in that case alone."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: index n = 1..N ; x_n \\in \\mathbb{R} ; a, b > 0 ; w, x, y, \\lambda \\in \\mathbb{R} ; v \\in \\mathbb{R}^d ; "
    "A \\in \\mathbb{R}^{d \\times d} -->\n"
)
SOLVED = (
    "Let $L(w) = a (w - x)^2 + b (w - y)^2$. Setting the derivative to zero gives $$ w = \\frac{a x + b y}{a + b} . $$ "
)
CASES = {
    "a case of what was solved": (
        SOLVED + "If $a = b$, we get $$ w = \\frac{x + y}{2} . $$ In general we have $$ w = \\frac{x + y}{2} . $$",
        "proved proved proved refuted",
    ),
    "what follows in the case": (
        SOLVED + "For $y = 0$ this becomes $$ w = \\frac{a x}{a + b} . $$ Hence $$ (a + b) w = a x . $$ "
        "We always have $$ (a + b) w = a x . $$",
        "proved proved proved proved refuted",
    ),
    "two equal ones": (
        SOLVED + "With $x = y$ we find $w = x$. It follows that $w - x = 0$. In general $w - x = 0$.",
        "proved proved proved proved refuted",
    ),
    "substituted": (
        "Let $g(w) = w x$. Then $g(1) = x$. Substituting $x = y$ into $x + y$ gives $x + y = 2 y$. "
        "In the original problem, $x + y = 2 y$.",
        "proved proved proved refuted",
    ),
    "the special case where": (
        "In the special case where $A = I$ we have $A v = v$. The general case is $A v = v$.",
        "proved refuted",
    ),
    "a property, and what follows": (
        "If $A$ is orthogonal, $A^\\top A = I$. It follows that $\\|A v\\| = \\|v\\|$. For any matrix, $\\|A v\\| = \\|v\\|$.",
        "proved undecided refuted",
    ),
    "dropped": (
        "Assume for the moment that $a = b$. Then $a - b = 0$. Now drop this assumption. Then $a - b = 0$.",
        "proved proved refuted",
    ),
    "cases one after the other": (
        "Consider first the case $a = 1$. Then $a^2 = 1$. Next consider the case $a = 2$. Then $a^2 = 4$. "
        "We always have $a^2 = 4$.",
        "proved proved refuted",
    ),
    "instead": (
        "Suppose that $a > b$. Then $a - b > 0$. If instead $a < b$, then $a - b > 0$.",
        "proved refuted",
    ),
    "suppose instead": (
        "Suppose that $a > b$. Then $a - b > 0$. Now suppose instead that $a < b$. Then $a - b < 0$. Hence $a > b$.",
        "proved proved refuted",
    ),
    "initially": (
        "Initially $w = 0$, so $w + 1 = 1$. After the first step $w + 1 = 1$.",
        "proved refuted",
    ),
    "the next section": (
        "# First\n\nAssume that $a = b$. Then $a - b = 0$.\n\n# Second\n\nWe have $a - b = 0$.",
        "proved refuted",
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_case_is_over(name: str, words: Judged) -> None:
    text, wanted = CASES[name]
    assert words(DECLARED + text) == wanted.split()


def test_weights_that_take_two_of_their_values(words: Judged) -> None:
    declared = "<!--: index n = 1..N ; index k = 1..K ; x_n, \\mu_k \\in \\mathbb{R} ; r_{nk} \\ge 0 -->\n"
    told = words(
        f"{declared}Let $J = \\sum_n \\sum_k r_{{nk}} (x_n - \\mu_k)^2$. With hard assignments, $r_{{nk}} \\in \\{{0, 1\\}}$, "
        "so that $r_{nk}^2 = r_{nk}$ and $J = \\sum_{n,k} r_{nk}^2 (x_n - \\mu_k)^2$.\n\n# Soft\n\nHere $r_{nk}^2 = r_{nk}$."
    )
    assert told == ["proved", "proved", "proved", "refuted"]
