r"""When two expressions are the same because they are proportional: of densities alone, and of all that varies."""

from __future__ import annotations

import pytest

from derive.language.terms import At, Op, Sym, Term, subterms
from derive.read.declarations import declare
from derive.read.documents.steps.proportional import elsewhere, logarithm, proportional, same_density
from derive.read.latex import node_readings
from derive.read.parser import parse
from tests.documents.judging import Judged, notes

CONTEXT = declare(
    r"""X, A \in \mathbb{R}^{n \times n} ; w, v, t \in \mathbb{R}^n ; s \in \mathbb{R} ; let m := X w
    function f(w) := \exp(-m^\top m) ; function g(w) := \exp(-w^\top w)
    function q(w) := \frac{\exp(-w^\top w)}{\int \exp(-w^\top w) \, dw}"""
)
W = (Sym("w"),)


def _term(text: str) -> Term:
    (typed,) = node_readings(parse(text), CONTEXT)
    return typed.term


def test_of_two_densities() -> None:
    assert same_density(_term("q(w)"), _term(r"\mathcal{N}(w | 0, A)"), CONTEXT) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\exp(-w^\top w)", r"\mathcal{N}(w | 0, A)"),  # no density
        ("g(w)", r"\mathcal{N}(w | 0, A)"),
        ("q(w)", r"\mathcal{N}(w | w, A)"),  # a density of something else
        ("q(w)", r"\mathcal{N}(w | 0, (w^\top w) A)"),
        ("q(w)", r"\mathcal{N}(t | w, A)"),
        ("q(w)", r"2 \mathcal{N}(w | 0, A)"),
        ("q(w)", r"\mathcal{N}(m | 0, A)"),
    ],
)
def test_of_nothing_else(left: str, right: str) -> None:
    assert same_density(_term(left), _term(right), CONTEXT) is None


def test_a_factor_of_a_density_matters(words: Judged) -> None:
    text = "<!--: w \\in \\mathbb{R}^d -->\n"
    assert words(text + r"$$ \exp(-\frac12 w^\top w) = \mathcal{N}(w | 0, I) $$") == ["refuted"]


def test_what_varies_with_it_is_no_constant() -> None:
    fixed, varying = (
        logarithm(_term(rf"\mathcal{{N}}(t | w, {spread})"), W, CONTEXT) for spread in ("A", r"(w^\top w) A")
    )
    assert isinstance(fixed, Op)
    assert fixed.name == "mul"
    assert isinstance(varying, Op)
    assert varying.name == "log"


@pytest.mark.parametrize("text", [r"s \exp(s)", r"w^\top w", r"\exp(s) - \exp(-s)", r"-\exp(s)", "0"])
def test_what_may_not_be_positive_has_no_logarithm_here(text: str) -> None:
    assert logarithm(_term(text), W, CONTEXT) is None


@pytest.mark.parametrize("text", [r"\exp(s) \exp(-w^\top w)", r"2 \exp(s)", "g(v)", "f(v)", r"\frac{g(w)}{\exp(s)}"])
def test_what_is_has_one(text: str) -> None:
    assert logarithm(_term(text), W, CONTEXT) is not None


def test_what_is_made_of_a_variable_moves_with_it() -> None:
    _, (made, plain) = elsewhere(Sym("w"), (_term(r"m^\top m"), _term(r"w^\top t")), CONTEXT)
    assert isinstance(made, At)
    assert Sym("w") not in {*subterms(plain)}
    assert Sym("w'") in {*subterms(plain)}


def test_vectors_are_compared_by_logarithms_where_there_are_some() -> None:
    done = proportional(_term("g(w)"), _term(r"\exp(-w^\top w + s)"), W, CONTEXT)
    assert not any(isinstance(part, Op) and part.name == "exp" for part in subterms(done.statement.left))
    other = proportional(_term(r"w^\top t"), _term(r"2 w^\top t"), W, CONTEXT)
    assert any(isinstance(part, Op) and part.name == "div" for part in subterms(other.statement.right))


def test_a_prior_that_is_drawn_from_something_drawn_tells_no_posterior() -> None:
    text = (
        "<!--: W \\in \\mathbb{R}^{D \\times q} ; x \\in \\mathbb{R}^D ; z, u \\in \\mathbb{R}^q ; \\sigma > 0 -->\n"
        "Let $u \\sim \\mathcal{N}(0, I)$, $z \\sim \\mathcal{N}(MEAN, I)$ and $x = W z + \\epsilon$ with "
        "$\\epsilon \\sim \\mathcal{N}(0, \\sigma^2 I)$. Then $$ p(z | x) = \\mathcal{N}(z | 0, I) . $$"
    )
    assert r"\int" in notes(text.replace("MEAN", "0"))
    assert r"\int" not in notes(text.replace("MEAN", "u"))
