"""Slips: every kind is found in its place in the author's text, with the brackets, sizes and commands around it."""

from __future__ import annotations

import pytest

from derive.read.declarations import declare
from derive.read.parser import parse
from derive.read.slips import Slip, differences, slips

CONTEXT = declare(
    r"""index n = 1..N ; k, j = 1..K
    x_n, a, b, \mu, \hat{\mu}, \lambda \in \mathbb{R} ; w_{nk} \in \mathbb{R} ; p^{(k)} > 0
    0 < q < 1 ; function \sigma = logistic
    \mathbf{u}, \mathbf{v} \in \mathbb{R}^d ; A, B \in \mathbb{R}^{d \times d}"""
)


def changed(text: str, before: str = "") -> dict[str, set[str]]:
    """The texts after each slip, by its name."""
    found: dict[str, set[str]] = {}
    for slip in slips(parse(text), text, before, CONTEXT):
        found.setdefault(slip.name, set()).add(slip.applied(text))
    return found


@pytest.mark.parametrize(
    ("text", "kind", "wanted"),
    [
        ("a - b", "sign", "a + b"),
        ("-a", "sign", "a"),
        ("a b", "sign", "-a b"),
        (r"e^{a}", "exponent", r"e^{-a}"),
        ("(a - b)", "order of terms", "(b - a)"),
        ("a + b", "dropped term", "a"),
        ("a - b", "dropped term", "- b"),
        ("2 a", "number", "a"),
        ("2 a", "number", "4 a"),
        ("a + 1", "number", "a + 2"),
        (r"\frac12 a", "divisor", r"2 1 a"),
        ("a b", "factor of two", "2 a b"),
        ("a b", "dropped factor", "b"),
        (r"\lambda a - b", "lost factor", r"\lambda a - \lambda b"),
        (r"A \mathbf{u} b", "dropped factor", r"\mathbf{u} b"),
        ("A B", "order", "B A"),
        (r"\mathbf{u}\mathbf{v}^\top", "order", r"\mathbf{v}^\top\mathbf{u}"),
        (r"\mathbf{u}\mathbf{v}^\top", "order", r"\mathbf{v}\mathbf{u}^\top"),
        (r"q \sigma(a)", "complement", r"q (1 - \sigma(a))"),
        (r"q a", "complement", r"(1 - q) a"),
        (r"\sum_{n=1}^N x_n a - N", "sum of weights", r"\sum_{n=1}^N x_n a - \sum_{n=1}^{N} x_n"),
        (r"\sum_{n=1}^N x_n", "missing mean", r"\frac{1}{K} \sum_{n=1}^N x_n"),
        ("A^T", "transpose", "A"),
        ("A", "transpose", "A^T"),
        (r"A \mathbf{u}^\top", "transpose", r"A^\top \mathbf{u}^\top"),
        ("A^{-1} B", "exponent", "A B"),
        ("a^2", "exponent", "a"),
        ("a^2", "number", "a^3"),
        ("a²", "exponent", "a"),
        (r"\sum_{n=1}^N w_{nk}", "index", r"\sum_{n=1}^N w_{kk}"),
        (r"\sum_{n=1}^N x_n", "range", r"\sum_{n=1}^{N-1} x_n"),
        (r"\sum_{n=1}^N x_n", "range", r"\sum_{n=0}^N x_n"),
        (r"\sum_{n=1}^N x_n", "sum dropped", "x_n"),
        (r"\sum_{n=1}^N x_n", "kind of sum", r"\prod_{n=1}^N x_n"),
        (r"\sum_{k=1}^K w_{nk} p^{(k)}", "index", r"\sum_{k=1}^K w_{nk} p^{(n)}"),
        ("w_{nk}", "swapped indices", "w_{kn}"),
        ("x_1 + x_n", "index", "x_n + x_n"),
        (r"\mu + a", "hat", r"\hat{\mu} + a"),
        (r"\lambda a", "symbol", "N a"),
        (r"\lambda a + \lambda", "symbol everywhere", "N a + N"),
        (r"\mathbf{u}", "symbol", r"\mathbf{v}"),
        ("(a + b) x_n", "bracket", "a + b x_n"),
        ("a + b x_n", "bracket", "(a + b) x_n"),
        (r"\sum_{n=1}^N x_n + a", "bracket", r"\sum_{n=1}^N (x_n + a)"),
        (r"\left( a + b \right) x_n", "bracket", "a + b x_n"),
        (r"\frac{a}{b} + 1", "bracket", r"\frac{a + 1}{b}"),
        (r"\frac{a}{b}", "upside down", r"\frac{b}{a}"),
        (r"\frac{\sum_i r_i}{N_k}", "upside down", r"\frac{N_k}{\sum_i r_i}"),
        (r"\frac{{a}{b}}{c}", "upside down", r"\frac{c}{{a}{b}}"),
        (r"\frac{a + b}{2}", "divisor", "(a + b)"),
        ("a (1 - a)", "complement", "a a"),
        ("a", "complement", "(1 - a)"),
        (r"\log a", "function", r"\exp a"),
        (r"\sqrt{a} b", "root", "a b"),
        ("a b", "root", r"\sqrt{a} b"),
    ],
)
def test_each_kind(text: str, kind: str, wanted: str) -> None:
    assert wanted in {" ".join(each.split()) for each in changed(text)[kind]}


def test_what_stands_on_the_other_side_may_be_missing() -> None:
    found = changed("a x_n", r"\lambda a x_n")["missing factor"]
    assert r"\lambda a x_n" in found


def test_the_likeliest_come_first() -> None:
    names = [slip.name for slip in slips(parse("2 (a - b)^2"), "2 (a - b)^2", "", CONTEXT)]
    assert names.index("sign") < names.index("exponent") < names.index("bracket") < names.index("one more")


def test_a_command_does_not_run_into_a_letter() -> None:
    assert Slip("x", ((7, 8, "b"),)).applied(r"\lambda a") == r"\lambda ba"
    assert Slip("x", ((7, 8, ""),)).applied(r"\lambda a") == r"\lambda a"


@pytest.mark.parametrize(
    ("before", "after"),
    [(r"\alpha x^T A", r"\alpha A^\top x"), ("a", ""), ("", "a b"), (r"\frac{a}{b}", r"\frac{b}{a}"), ("ab", "ab")],
)
def test_the_differences_of_two_texts_make_one_of_the_other(before: str, after: str) -> None:
    assert Slip("", differences(before, after)).applied(before) == after


@pytest.mark.parametrize("text", ["a", "((a))", r"\left[ \left( a \right) \right]", r"\frac{\frac{a}{b}}{\sqrt{a}}"])
def test_what_is_changed_can_still_be_cut_from_the_text(text: str) -> None:
    for slip in slips(parse(text), text, "", CONTEXT):
        for start, stop, _ in slip.changes:
            assert 0 <= start <= stop <= len(text)
            assert text[start:stop].count("{") == text[start:stop].count("}")


@pytest.mark.parametrize(
    ("text", "before", "kind", "wanted"),
    [
        (r"\frac{a}{1 - b}", "", "lost root", r"\frac{a}{\sqrt{1 - b}}"),
        ("a + a b", "", "square", "a + (a b)^2"),
        (r"\lambda A^\top A", "", "inverse of all", r"\lambda (A^\top A)^{-1}"),
        (r"\sum_{k=1}^K w_{nk}", r"\sum_{n=1}^N w_{nk}", "index summed", r"\sum_{n=1}^{N} w_{nk}"),
        ("1 - a", r"\mu", "missing divisor", r"\frac{1}{\mu} - a"),
        ("a + b", r"a + b + \lambda", "missing term", r"a + b + \lambda"),
        (r"\frac{a}{2}", r"\frac{a - \mu}{2}", "missing term", r"\frac{a - \mu}{2}"),
        (r"N a - \sum_{n=1}^N x_n b", "", "sum for size", r"\sum_{n=1}^N x_n a - \sum_{n=1}^N x_n b"),
        ("a + b", "", "lost function", r"a + \log b"),
        ("p^2 a", "", "complement", "p (1 - p) a"),
        (r"a x_n + b \mu", "", "changed over", r"b x_n + a \mu"),
        (r"a^2 \mu + b^2 \lambda", "", "changed over", r"b^2 \mu + a^2 \lambda"),
    ],
)
def test_slips_beside_the_other_side(text: str, before: str, kind: str, wanted: str) -> None:
    assert wanted in changed(text, before).get(kind, set())


def test_a_term_that_stands_on_both_sides_was_not_forgotten() -> None:
    assert "missing term" not in changed("a + b", "a + b")


def test_what_the_text_has_defined_may_be_a_factor() -> None:
    context = declare(r"let r_{n} := \frac{x_n}{a}", CONTEXT)
    text = r"\sum_{n=1}^N x_n"
    found = {slip.applied(text) for slip in slips(parse(text), text, "", context) if slip.name == "missing factor"}
    assert r"\sum_{n=1}^N x_n r_n" in found
    assert not any("w_" in each for each in found)
