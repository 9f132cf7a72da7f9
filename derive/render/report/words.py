"""The words that every report shares: counts, headings, and how it was checked."""

from __future__ import annotations

from collections.abc import Sequence

from derive.render.record import VERDICTS
from derive.render.report.model import Line
from derive.render.report.phrases import Code, Phrase, Strong
from derive.render.report.telling import Told

GIVEN = {
    "on": "Given from here on:",
    "here": "Given for the next line alone:",
    "anew": "A new setting, in which nothing of the above is given:",
    "gone": "No longer given:",
}

CHECKED: tuple[Phrase, ...] = (
    (
        "Every line was judged on its own, in the context shown here, by a program that answers in one of four ways. ",
        Strong("Proved"),
        " for all sizes: the line holds for every size and every value that is allowed here, wherever both sides are "
        "defined. ",
        Strong("Refuted"),
        ": at the point shown, which is allowed, the two sides differ; both were computed there with exact rationals "
        "or with error bounds, and you can compute them again by hand. ",
        Strong("Undecided"),
        ": neither; numbers that agree never make a proof. ",
        Strong("Unread"),
        ": the text could not be read, and nothing was guessed.",
    ),
    (
        "Every proof is also attacked by a search for counterexamples that shares nothing with the prover but the "
        "formulas, not even differentiation. A correction of a refuted line was proved before it was shown; it need "
        "not be what the author meant.",
    ),
    (
        "Trusted are: the reading of each formula (",
        Code("derive explain"),
        " prints how a line was understood), the declarations under “given”, the normal form in which two sides are "
        "compared, exact arithmetic (python-flint), and Python. Conventions: a symmetric matrix is "
        "differentiated as if its entries were free; a quantity with a constraint as if it had none; sums and "
        "integrals are exchanged and differentiated under the sign without asking for convergence.",
    ),
)
"""How it was checked and what is trusted, in short; ``docs/trust.md`` says it in full."""


def counted(lines: Sequence[Line]) -> str:
    """How many lines there are, how many of each verdict, and whether that was expected."""
    words = [line.word for line in lines]
    parts = [f"{words.count(word)} {word}" for word in VERDICTS if word in words]
    surprising = sum(line.told.surprising for line in lines)
    marked = any(line.told.expected for line in lines)
    told = f"; {surprising} not as expected" if surprising and marked else ""
    told = "; every verdict is the expected one" if not surprising else told
    return f"{len(lines)} line{'s' * (len(lines) != 1)}: {', '.join(parts) or 'none'}{told}."


def verdict_word(told: Told) -> str:
    """What stands between the verdict and what it says."""
    if told.expected == "refuted" and told.word == "refuted":
        return " as expected: "
    first = told.short[0] if told.short else ""
    return " " if told.word == "proved" and isinstance(first, str) and first.startswith("for ") else ": "
