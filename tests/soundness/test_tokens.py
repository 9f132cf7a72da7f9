"""Every token of a formula counts: what is read without one of them is something else, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from derive.documents import read_document
from derive.language.context import Context
from derive.language.terms import Term
from derive.read.documents.text.source import Source
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse
from derive.read.tokens import tokenize

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path for folder in ("tests/documents/planted", "proofs/solutions") for path in (ROOT / folder).glob("*.*[dx]")
)
FONTS = r"\\(?:mathbb|mathbf|mathrm|mathcal|boldsymbol|bm|operatorname|displaystyle|limits|left|right|[bB]igg?[lr]?)"
WITHOUT_MEANING = re.compile(rf"{FONTS}|\\cdot|\\times|[*,&{{}}]|\\[,;!: ]|\\q?quad|\\text\{{\s*if\s*\}}")
"""How names are set, products, pauses: a formula without one of them may mean the same."""
LONGEST = 300


def meanings(text: str, context: Context) -> tuple[Term, ...]:
    return tuple(typed.term for typed in node_readings(parse(text), context))


def sides(path: Path) -> Iterator[tuple[str, Context]]:
    """The sides of the claims of a document, each once."""
    seen = set()
    source = Source(path.name, path.read_text(encoding="utf-8"))
    for claim in read_document(source, latex=path.suffix == ".tex").derivation.claims:
        for side in (claim.written.text, claim.written.before) if claim.written is not None else ():
            text = side.strip(" .,;\n")
            if text and len(text) <= LONGEST and text not in seen:
                seen.add(text)
                yield text, claim.context


def shortened(text: str) -> Iterator[str]:
    """A formula without one of its tokens; where that is all that brackets hold, they would be empty."""
    for token in tokenize(text):
        before, after = text[: token.start].rstrip(), text[token.stop :].lstrip()
        alone = before.endswith(("{", "(", "[")) and after.startswith(("}", ")", "]"))
        alone |= re.search(r"_\{[^{}]*_\Z", text[: token.stop]) is not None  # v_{2_i} is v_{2 i}
        if not alone and not WITHOUT_MEANING.fullmatch(text[token.start : token.stop].strip() or ","):
            yield f"{text[: token.start]} {text[token.stop :]}"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_token_counts(path: Path) -> None:
    count, idle = 0, []
    for text, context in sides(path):
        try:
            whole = meanings(text, context)
        except ReadError:
            continue
        for other in shortened(text):
            count += 1
            try:
                if meanings(other, context) == whole:
                    idle.append((text, other))
            except ReadError:
                continue
    assert not idle
    assert count > 20
