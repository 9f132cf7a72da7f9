"""Matrices of blocks: what is proved of them at all sizes, what is not, and what no certificate may say."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Equal
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Matrix, Num, Op, Size, Sym
from derive.language.verdicts import Proved, Refuted, Verdict
from derive.prove.matrix.certificate import BlockPair, BlockSum, Forged, relation, replay
from derive.prove.matrix.words import Alphabet
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import read_relation

CONTEXT = declare(
    "A \\in \\mathbb{R}^{p\\times p} symmetric posdef ; B \\in \\mathbb{R}^{q\\times q} symmetric posdef ; "
    "C \\in \\mathbb{R}^{p\\times q} ; a \\in \\mathbb{R}^p ; b \\in \\mathbb{R}^q ; let S := B - C^T A^{-1} C"
)
M = r"\begin{pmatrix} A & C \\ C^T & B \end{pmatrix}"
LOWER = r"\begin{pmatrix} I & 0 \\ C^T A^{-1} & I \end{pmatrix}"
V = r"\begin{pmatrix} a \\ b \end{pmatrix}"


def judged(text: str) -> Verdict:
    stated = read_relation(text, CONTEXT)
    return judge(Claim("t", Equal(stated.left, stated.right), CONTEXT))


TRUE_AND_FALSE = [
    (f"{M}^T = {M}", f"{M}^T = -{M}"),
    (
        rf"{M} {V} = \begin{{pmatrix}} A a + C b \\ C^T a + B b \end{{pmatrix}}",
        rf"{M} {V} = \begin{{pmatrix}} A a + C b \\ C^T a - B b \end{{pmatrix}}",
    ),
    (rf"{V}^T {V} = a^T a + b^T b", rf"{V}^T {V} = a^T a - b^T b"),
    (
        rf"{M} = {LOWER} \begin{{pmatrix}} A & 0 \\ 0 & S \end{{pmatrix}} {LOWER}^T",
        rf"{M} = {LOWER} \begin{{pmatrix}} A & 0 \\ 0 & B \end{{pmatrix}} {LOWER}^T",
    ),
    (
        rf"{M}^{{-1}} = \begin{{pmatrix}} A^{{-1}} + A^{{-1}} C S^{{-1}} C^T A^{{-1}} & -A^{{-1}} C S^{{-1}} \\ "
        r"-S^{-1} C^T A^{-1} & S^{-1} \end{pmatrix}",
        rf"{M}^{{-1}} = \begin{{pmatrix}} A^{{-1}} + A^{{-1}} C S^{{-1}} C^T A^{{-1}} & A^{{-1}} C S^{{-1}} \\ "
        r"S^{-1} C^T A^{-1} & S^{-1} \end{pmatrix}",
    ),
    (rf"\operatorname{{tr}} {M} = \operatorname{{tr}} A + \operatorname{{tr}} B", rf"\operatorname{{tr}} {M} = 2 p"),
]


@pytest.mark.parametrize(("true", "false"), TRUE_AND_FALSE)
def test_proved_and_its_false_twin_refuted(true: str, false: str) -> None:
    assert isinstance(judged(true), Proved)
    assert isinstance(judged(false), Refuted)


@pytest.mark.parametrize(
    "text",
    [
        r"\begin{pmatrix} A & C \\ C & B \end{pmatrix} = A",
        r"\begin{pmatrix} A & C \\ B \end{pmatrix} = A",
        r"\begin{pmatrix} A & b \\ C^T & B \end{pmatrix} = A",
        r"\begin{pmatrix} A & 1 \\ C^T & B \end{pmatrix} = A",
    ],
)
def test_blocks_that_do_not_fit_are_not_read(text: str) -> None:
    with pytest.raises(ReadError):
        read_relation(text, CONTEXT)


def test_terms_whose_blocks_do_not_fit_have_no_shape() -> None:
    for rows in (((Sym("A"), Sym("b")), (Sym("C"), Sym("B"))), ((Sym("A"), Num(1)), (Num(1), Num(1)))):
        with pytest.raises(ShapeError):
            shape_of(Matrix(rows), CONTEXT)


# -- liars -------------------------------------------------------------------------------------------------------------
p, q = Extent.of("p"), Extent.of("q")
KEYS = [
    ("block", (p, q - p), 0, False),  # q - p may be negative: there are no such columns
    ("block", (p, Extent.of(0)), 0, False),
    ("block", (p, q), 2, False),
    ("block", (p,), 0, False),
    ("block", (p, Extent.of("unknown")), 0, False),
    ("block", (p, -q), 1, True),
]


@pytest.mark.parametrize("key", KEYS)
def test_no_letter_for_blocks_that_need_not_be_there(key: tuple[object, ...]) -> None:
    with pytest.raises(ShapeError):
        replay([("letter", key)], CONTEXT)


def test_a_pair_is_of_one_identity_and_turned_once() -> None:
    alphabet = Alphabet(CONTEXT)
    first, second = (alphabet.letter(("block", (p, q), place, False)) for place in (0, 1))
    other = alphabet.letter(("block", (q, p), 0, False))
    turned = alphabet.transposed_letter(first)
    assert relation(BlockPair(turned, second), [], alphabet, ()).terms  # E₁ᵀ E₂ = 0
    assert len(relation(BlockPair(turned, first), [], alphabet, ()).terms) == 2  # E₁ᵀ E₁ = 1
    for one, two in ((first, second), (turned, turned), (turned, other), (first, turned)):
        with pytest.raises(Forged):
            relation(BlockPair(one, two), [], alphabet, ())


def test_a_sum_is_of_all_blocks() -> None:
    alphabet = Alphabet(CONTEXT)
    block, symbol = alphabet.letter(("block", (p, q), 0, False)), alphabet.letter(("term", Sym("A"), False))
    assert len(relation(BlockSum(block), [], alphabet, ()).terms) == 3
    with pytest.raises(Forged):
        relation(BlockSum(symbol), [], alphabet, ())


def test_two_by_two_numbers_are_no_blocks() -> None:
    """A matrix of numbers keeps its entries: it is not made of columns of an identity."""
    numbers = declare("x, y \\in \\mathbb{R}")
    stated = read_relation(
        r"\begin{pmatrix} x & y \\ y & x \end{pmatrix}^T = \begin{pmatrix} x & y \\ y & x \end{pmatrix}", numbers
    )
    assert isinstance(judge(Claim("t", Equal(stated.left, stated.right), numbers)), Proved)
    assert shape_of(Matrix(((Num(1), Num(2)),)), numbers) == (Extent.of(1), Extent.of(2))
    assert shape_of(Op("identity", (Size("p"),)), CONTEXT) == (p, p)
