"""Equations set within a sentence, of what nothing has declared yet: what follows rests on them, and on nothing more."""

from __future__ import annotations

from tests.documents.test_by_powers import verdicts

SQUARES = r"""Let $J(w) = \|Xw - y\|^2$ with $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$. Setting
$\nabla J(w) = 0$ gives
$$X^\top X w = X^\top y$$
Hence
$$w = (X^\top X)^{-1} X^\top y$$
"""
PARABOLA = r"""Let $f(x) = a x^2 + b x + c$ with $a > 0$. We set $f'(x) = 0$. Then
$$2 a x = -b$$
$$x = -\frac{b}{2a}$$
where
$$f(x) = c - \frac{b^2}{4a}$$
"""
CASES = r"""Let $f(x) = a x^2 + b x + c$ with $a > 0$. If $x = 0$, then $f(x) = c$.

When $x = 1$, we have $f(x) = a + b + c$. In general,
$$f(x) - c = x (a x + b)$$
"""


def test_a_derivative_set_to_zero_within_a_sentence() -> None:
    assert set(verdicts(SQUARES)) == {"proved"}
    assert set(verdicts(PARABOLA)) == {"proved"}


def test_their_mistakes_are_found() -> None:
    for text, right, wrong in (
        (SQUARES, "X^\\top X w = X^\\top y", "X^\\top X w = 2 X^\\top y"),
        (SQUARES, "w = (X^\\top X)^{-1} X^\\top y", "w = (X^\\top X)^{-1} X^\\top X y"),
        (SQUARES, "w = (X^\\top X)^{-1} X^\\top y", "w = 2 (X^\\top X)^{-1} X^\\top y"),
        (PARABOLA, "x = -\\frac{b}{2a}", "x = \\frac{b}{2a}"),
        (PARABOLA, "f(x) = c - \\frac", "f(x) = c + \\frac"),
    ):
        assert text.count(right) == 1
        found = verdicts(text.replace(right, wrong))
        assert {*found} in ({"proved", "refuted"}, {"proved", "unread"}), wrong


def test_a_case_of_what_is_not_declared_yet() -> None:
    assert set(verdicts(CASES)) == {"proved"}


def test_a_case_holds_for_its_own_sentence_only() -> None:
    assert verdicts(CASES.replace("f(x) = c$.", "f(x) = b$.")).count("refuted") == 1
    assert verdicts(CASES.replace("= a + b + c", "= a + b")).count("refuted") == 1
    assert (
        verdicts(CASES.replace("In general,\n$$f(x) - c = x (a x + b)$$", "In general,\n$$f(x) = a + b + c$$"))[-1]
        == "refuted"
    )
    later = CASES.replace("In general,\n$$f(x) - c = x (a x + b)$$", "\n\nAnother line:\n$$f(x) = c$$")
    assert verdicts(later)[-1] in ("refuted", "undecided")


def test_a_case_that_is_never_read_leaves_what_follows_unread() -> None:
    """Of q nothing is known: what holds where it is 0 is not judged as if it held everywhere."""
    text = r"Let $f(x) = a x^2 + c$ with $a > 0$. If $q = 0$, then $f(x) = c$. $$f(x) - c = a x^2$$"
    assert "refuted" not in verdicts(text)
