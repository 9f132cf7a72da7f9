"""Shapes of names that nothing declares, solved together by unification: the most general ones."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from derive.documents import Document, read_document
from derive.judge import judge
from derive.language.context import Context
from derive.language.verdicts import Proved, Refuted, Undecided
from derive.read.documents.text.source import Source
from derive.read.documents.undeclared.principal_shapes import principal_shapes
from derive.read.documents.undeclared.shape_declarations import is_length
from derive.read.documents.undeclared.unification import NUMBER, Open
from derive.read.parser import parse

RIDGE = r"""$$ J(w) = \|y - X w\|^2 + \lambda \|w\|^2 . $$
The gradient is
$$ \nabla J(w) = GRADIENT . $$
"""


def shapes(*formulas: str) -> dict[str, tuple[str, str]]:
    """The shapes of names, each open length by a letter in the order in which they are met."""
    found = principal_shapes([parse(each) for each in formulas], Context())[1]
    letters: dict[object, str] = {}
    named: dict[str, tuple[str, str]] = {}
    for name, dims in found.items():
        rows, columns = (
            letters.setdefault(length, "abcdefgh"[len(letters)]) if isinstance(length, Open) else str(length)
            for length in dims
        )
        named[name] = (rows, columns)
    return named


def read(text: str) -> Document:
    return read_document(Source("f", text))


def missing(document: Document) -> Sequence[str]:
    return [each.reason for each in document.unread]


@pytest.mark.parametrize(
    ("formulas", "expected"),
    [
        ([r"\|y - X w\|^2 + \lambda \|w\|^2"], {"y": "a1", "X": "ab", "w": "b1", "\\lambda": "11"}),
        ([r"f = x^\top A x", r"g = 2 A x + b"], {"x": "a1", "A": "aa", "b": "a1", "f": "11", "g": "a1"}),
        ([r"C = W W^\top + \sigma^2 I_d", r"M = W^\top W + I_q"], {"W": "dq", "C": "dd", "M": "qq", "\\sigma": "11"}),
        (
            [r"p_{ij} = \exp(u_i^\top v_j / \tau)", r"\sum_{i=1}^n \sum_{j=1}^n p_{ij}"],
            {"u": "a1", "v": "a1", "\\tau": "11"},
        ),
        ([r"z = \tanh(W x + b)", r"x^\top x"], {"x": "a1", "W": "ba", "b": "b1", "z": "b1"}),
        ([r"\operatorname{tr}(A B)", r"A u", r"\|u\|"], {"u": "a1", "A": "ba", "B": "ab"}),
        ([r"h = (1 - z) \odot g + z \odot c", r"\|g\|"], {"g": "a1", "z": "a1", "c": "a1", "h": "a1"}),
    ],
)
def test_what_all_formulas_allow(formulas: list[str], expected: dict[str, str]) -> None:
    found = shapes(*formulas)
    letters: dict[str, str] = {}
    for name, dims in expected.items():
        for have, want in zip(found[name], dims, strict=True):
            assert letters.setdefault(want, have) == have, (name, found)
    assert len(set(letters.values())) == len(letters), found


@pytest.mark.parametrize(
    ("formulas", "name"),
    [
        (["y = a x + b"], "x"),  # numbers or vectors
        (["f = C c"], "C"),  # a constant, or a matrix
        ([r"A = \exp(\eta^\top t)", r"\eta = \log \frac{\mu}{1 - \mu}", r"(1 - \mu)^2"], "\\eta"),  # two of that name
    ],
)
def test_what_is_left_open(formulas: list[str], name: str) -> None:
    assert name not in shapes(*formulas)


def test_a_claim_makes_no_matrix_square() -> None:
    found = shapes(r"J = \|y - X w\|^2", r"X^\top X + I = X X^\top + I")
    assert found["X"][0] != found["X"][1]
    assert shapes(r"B = X X^\top + C", r"C = X^\top X")["X"] != NUMBER


@pytest.mark.parametrize(
    ("gradient", "verdict"),
    [
        (r"2 X^\top (X w - y) + 2 \lambda w", Proved),
        (r"2 X^\top (y - X w) + 2 \lambda w", Refuted),
        (r"2 X^\top (X w - y) + \lambda w", Refuted),
    ],
)
def test_a_document_without_declarations(gradient: str, verdict: type) -> None:
    document = read(RIDGE.replace("GRADIENT", gradient))
    assert not document.unread
    assert {"f:1: X \\in \\mathbb{R}^{d \\times n}", "f:1: X \\in \\mathbb{R}^{n \\times d}"} & set(document.notes)
    assert isinstance(judge(document.derivation.claims[-1], time.monotonic() + 30), verdict)


SQUARED = r"$$ J(w) = \frac1n \|y - K w\|^2 . $$ Then $\operatorname{tr}(K^\top K + n I) = \operatorname{tr}(K^\top K) + CLAIM$."


@pytest.mark.parametrize(
    ("given", "claim", "verdict"),
    [
        ("", "n^2", Undecided),  # holds for a square K
        ("", "2 n^2", Refuted),
        (r"size n ; K \in \mathbb{R}^{n \times n}", "n^2", Proved),
        (r"index i = 1..n ; K \in \mathbb{R}^{n \times d}", "n d", Proved),
        (r"index i = 1..n ; K \in \mathbb{R}^{n \times d}", "n^2", Refuted),
    ],
)
def test_a_divisor_is_the_length_that_is_summed_over(given: str, claim: str, verdict: type) -> None:
    document = read(f"<!--: {given} -->\n\n" * bool(given) + SQUARED.replace("CLAIM", claim))
    assert not document.unread
    assert any("y \\in \\mathbb{R}^{n}" in note for note in document.notes)
    assert isinstance(judge(document.derivation.claims[-1], time.monotonic() + 30), verdict)


@pytest.mark.parametrize(
    ("formula", "name"),
    [
        (r"\frac{1}{2n} \|X w - y\|^2", "n"),
        (r"\frac{(X w - y)^\top (X w - y)}{n}", "n"),
        (r"Q K^\top / \sqrt{d_k}", "d_k"),
        (r"\frac{\|y - X w\|^2}{c}", ""),  # c is no letter of a length
        (r"\frac{\lambda}{n} s", ""),
        (r"\frac1n \|X w - y\|^2 + \frac1n \|w\|^2", ""),  # of two lengths
    ],
)
def test_what_divides(formula: str, name: str) -> None:
    found = [letter for letter in ("n", "c", "d_k") if is_length(letter, [parse(f"F = {formula}")], Context())]
    assert found == ([name] if name else [])


def test_what_may_be_a_function_is_no_number() -> None:
    text = r"Let $x \in \mathbb{R}^d$, $y = x + V \phi(A x)$ with $A \in \mathbb{R}^{k\times d}$, $V \in \mathbb{R}^{d \times k}$ and $\phi = f$."
    assert {r"\phi is not declared", "f is not declared"} & set(missing(read(text)))
    assert not any(note.endswith((r"f \in \mathbb{R}", r"\phi \in \mathbb{R}")) for note in read(text).notes)


def test_what_is_differentiated_is_no_constant() -> None:
    document = read(
        r"Let $z = W x$ with $x \in \mathbb{R}^d$, $W \in \mathbb{R}^{m \times d}$. $$ \frac{\partial E}{\partial x} = W^\top \frac{\partial E}{\partial z} . $$"
    )
    assert not any(note.endswith("E \\in \\mathbb{R}") for note in document.notes)


def test_what_is_random_is_no_constant() -> None:
    document = read(r"We have $$ \mathbb{E}[2 x] = m , \qquad \|u\|^2 = 1 - m . $$")
    assert not any(note.endswith("x \\in \\mathbb{R}") for note in document.notes)
