"""Documents: reading beside latex2sympy2_extended, the reader of LaTeX that one would use instead, and judging.

``make bench`` prints the tables: process time, and for reading the two sides taken in turn, the least of several runs
of each. Ratios are what counts; nothing here asserts a time. Ours types every name in its context and keeps sums,
indices, transposes and the order of matrices; the other reads a side alone, and what it makes of it is not compared
here (docs/trust.md has that).
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from latex2sympy2_extended import latex2sympy

from derive.checker import Limits, checked
from derive.documents import Document, read_document
from derive.language.claims import Claim, Written, sides_of
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.read import kept, parser, targets, tokens
from derive.read.documents.text import spelling, statements
from derive.read.documents.text.files import Input, inputs
from derive.read.errors import ReadError
from derive.read.latex import side_readings

ROOT = Path(__file__).parents[2]
DOCUMENTS = (
    *sorted((ROOT / "proofs" / "solutions").glob("*.md")),
    *sorted(path for path in (ROOT / "tests" / "documents" / "planted").iterdir() if path.suffix in (".md", ".tex")),
)
JUDGED = ("attention.md", "logistic.md", "softmax.md", "ridge.tex", "vae.tex", "layer_norm.tex")
ROUNDS = 3
EVERY = 8
"""One side in so many is given to both readers."""


@dataclass(frozen=True)
class Timed:
    """Seconds of this process, the least of several runs, and whether the text was read."""

    seconds: float
    read: bool


def timed(action: Callable[[], object], refusals: type[Exception] | tuple[type[Exception], ...]) -> Timed:
    """One run."""
    start = time.process_time()
    try:
        action()
        read = True
    except refusals:
        read = False
    return Timed(time.process_time() - start, read)


def forget() -> None:
    """Have our reader begin anew: what it keeps of the last look at a text would be a gift."""
    kept._KEPT.clear()
    statements._KEPT.clear()
    for known in (
        tokens._kept,
        parser._kept,
        targets.items_at,
        spelling.faceless,
        spelling.spaced,
        statements.one_line,
    ):
        known.cache_clear()


def in_turn(one: Callable[[], Timed], other: Callable[[], Timed]) -> tuple[Timed, Timed]:
    """The least of several runs of each, taken in turn."""
    runs = [(one(), other()) for _ in range(ROUNDS)]
    return min((run[0] for run in runs), key=_seconds), min((run[1] for run in runs), key=_seconds)


def _seconds(timed: Timed) -> float:
    return timed.seconds


def documents() -> list[Document]:
    """Every document of this project, as read."""
    return [read_document(path) for path in DOCUMENTS]


def sides(found: list[Document]) -> list[tuple[Claim, Written]]:
    """Right-hand sides as they were written, each once."""
    written = {
        claim.written.text: (claim, claim.written)
        for document in found
        for claim in document.derivation.claims
        if claim.written is not None and not claim.written.left
    }
    return list(written.values())


def test_reading_of_documents() -> None:
    print(f"\n{'document':40} {'sides':>6} {'ms a side':>10}")
    each: list[float] = []
    for path in DOCUMENTS:
        runs = []
        for _ in range(ROUNDS):
            forget()
            start = time.process_time()
            document = read_document(path)
            runs.append(time.process_time() - start)
        count = max(1, document.statistics.sides)
        each.append(1000 * min(runs) / count)
        print(f"{path.name:40} {count:6} {each[-1]:10.2f}")
    print(f"{'median':40} {'':6} {statistics.median(each):10.2f}")


def test_a_side_beside_the_other_reader() -> None:
    chosen = sides(documents())[::EVERY]
    ours: list[Timed] = []
    theirs: list[Timed] = []
    for claim, side in chosen:
        pair = in_turn(lambda: _ours(claim, side), lambda: _theirs(side.text))  # noqa: B023 - asked at once
        ours.append(pair[0])
        theirs.append(pair[1])
    ratios = [other.seconds / own.seconds for own, other in zip(ours, theirs, strict=True)]
    print(f"\n{'a side alone':28} {'read':>10} {'median ms':>10} {'most ms':>10}")
    for name, row in (("derive", ours), ("latex2sympy2_extended", theirs)):
        times = [1000 * each.seconds for each in row]
        read = f"{sum(each.read for each in row)}/{len(row)}"
        print(f"{name:28} {read:>10} {statistics.median(times):10.2f} {max(times):10.2f}")
    print(f"theirs by ours: median {statistics.median(ratios):.0f}, least {min(ratios):.1f}")


def _ours(claim: Claim, side: Written) -> Timed:
    forget()
    left, _ = sides_of(claim.statement)
    shape = shape_of(left, claim.context) if left is not None else ()
    return timed(lambda: side_readings(side.text, claim.context, shape), (ReadError, ShapeError))


def _theirs(text: str) -> Timed:
    plain = re.sub(r"\\(?:boldsymbol|mathbf|mathcal|bm)\{([^{}]*)\}", r"\1", text.strip(" .,;"))  # a kindness to it
    return timed(lambda: latex2sympy(plain), Exception)  # its parser raises what it likes


@pytest.mark.parametrize("name", JUDGED)
def test_judging(name: str) -> None:
    found, failures = inputs([str(next(path for path in DOCUMENTS if path.name == name))])
    assert not failures
    start = time.perf_counter()
    (answer,) = checked(_once(found), Limits(jobs=1))
    took = time.perf_counter() - start
    steps = len(answer.results)
    print(f"\n{name:28} {steps:4} steps {took:8.2f} s {1000 * took / max(1, steps):8.1f} ms a step", end="")


def _once(found: list[Input]) -> list[Input]:
    forget()
    return found
