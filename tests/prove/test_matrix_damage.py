"""Damaged identities: whatever the engine still proves must still be true in exact random matrices."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Op, Sym, Term, term
from derive.prove.matrix import NotMatrix, check, prove_equal
from tests.identities.matrix_inverses import INVERSES
from tests.identities.matrix_numbers import agree
from tests.identities.matrix_statistics import STATISTICS
from tests.identities.matrix_traces import DETERMINANTS, TRACES
from tests.identities.matrix_words import CONTEXT, Identity

ROWS: Sequence[Identity] = [row for row in (*INVERSES, *TRACES, *DETERMINANTS, *STATISTICS) if row.numeric]
SAME_SHAPE = {
    "A": "B",
    "B": "A",
    "S": "P",
    "P": "S",
    "C": "R",
    "R": "C",
    "U": "V",
    "V": "H",
    "x": "y",
    "y": "u",
    "λ": "α",
}


def damaged(node: Term) -> Iterator[Term]:
    """Every way to damage one place of a term: sign, factor, order, transpose, lost part or inverse, other symbol."""
    yield from _here(node)
    if not isinstance(node, Op) or node.name in ("identity", "ones"):
        return
    for place, arg in enumerate(node.args):
        for new in damaged(arg):
            yield Op(node.name, (*node.args[:place], new, *node.args[place + 1 :]))


def _here(node: Term) -> Iterator[Term]:
    match node:
        case Op("add" | "mul" as name, args):
            for place in range(len(args)):
                rest = (*args[:place], *args[place + 1 :])
                yield rest[0] if len(rest) == 1 else Op(name, rest)
            if name == "mul":
                yield Op(name, args[::-1])
        case Op("transpose" | "inverse" | "neg", (arg,)):
            yield arg
        case Op("div", (top, bottom)):
            yield Op("mul", (top, bottom))
        case Sym(name) if name in SAME_SHAPE:
            yield Sym(SAME_SHAPE[name])
            yield Op("transpose", (node,))
            yield Op("mul", (term(2), node))
    yield Op("neg", (node,))


def claims(step: int, start: int = 0) -> Iterator[tuple[Identity, Term]]:
    """Every ``step``-th damaged right-hand side that still has the shape of the left."""
    count = start
    for row in ROWS:
        wanted = shape_of(row.left, CONTEXT)
        for right in dict.fromkeys(damaged(row.right)):
            try:
                fits = shape_of(right, CONTEXT) == wanted
            except ShapeError:
                continue
            count += 1
            if fits and count % step == 0:
                yield row, right


def judged(row: Identity, right: Term) -> tuple[bool, bool]:
    """Is it proved, and is it true at random matrices?"""
    try:
        proof = prove_equal(row.left, right, CONTEXT, row.given)
    except NotMatrix:
        return False, True
    if proof is not None:
        assert check(proof, row.left, right, CONTEXT, row.given)
    return proof is not None, False not in [agree(row.left, right, CONTEXT, row.values, seed) for seed in range(8)]


def test_no_damaged_claim_is_proved_unless_it_is_true() -> None:
    answers = [(row.name, judged(row, right)) for row, right in claims(20)]
    assert len(answers) > 100
    assert not [name for name, (proved, true) in answers if proved and not true]
    proved_of_true = [proved for _, (proved, true) in answers if true]
    assert sum(proved_of_true) >= 0.5 * len(proved_of_true)
