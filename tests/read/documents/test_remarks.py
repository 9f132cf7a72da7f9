"""Comments between and behind the words of a document change nothing that is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from derive.documents import Document, read_document
from derive.read.documents.text.scanner import Scanner
from derive.read.documents.text.source import Source

PLANTED = Path(__file__).parents[2] / "documents/planted"
END_OF_LINE = re.compile(r"(?<=\S)\n")


def remarked(text: str, latex: bool) -> tuple[str, int]:
    """The text with a remark behind each line that ends in prose, and one below it; and how many."""
    form = "%% %s" if latex else "<!-- %s -->"
    inside, below = form % "as in x = 3; let z = 1, so it is not positive", form % "hence $w = 4$"
    out, done, count = [], 0, 0
    for piece in Scanner().scan(Source("a", text), latex):
        ends = END_OF_LINE.finditer(text, piece.start, piece.stop) if piece.kind == "prose" else ()
        for end in ends:
            out += [text[done : end.start()], f" {inside}\n{below}"]
            done, count = end.start(), count + 2
    return "".join([*out, text[done:]]), count


def content(document: Document) -> list[tuple[str, ...]]:
    """What is claimed, in which context, and what cannot be read; not where."""
    claims = [(str(claim.statement), _of(claim.context)) for claim in document.derivation.claims]
    return [*claims, *((problem.reason,) for problem in document.unread)]


def _of(context: object) -> str:
    return re.sub(
        r"\d+:\d+|frozenset\(\{[^{}]*\}\)", lambda match: " ".join(sorted(match.group().split())), str(context)
    )


@pytest.mark.parametrize("path", sorted(PLANTED.glob("*.*[dx]")), ids=lambda path: path.name)
def test_comments_change_nothing(path: Path) -> None:
    text, latex = path.read_text(encoding="utf-8"), path.suffix == ".tex"
    changed, count = remarked(text, latex)
    assert content(read_document(Source("a", changed), latex=latex)) == content(
        read_document(Source("a", text), latex=latex)
    )
    assert count > 4


def test_words_around_a_remark_are_one_piece_and_keep_their_places() -> None:
    text = "All of it % not this\n  % nor that\nis odd: $x$"
    words, formula = Scanner().scan(Source("a.tex", text), latex=True)
    assert words.text == "All of it \n  is odd: "
    assert [words.at(words.text.index(word)) for word in ("All", "it", "odd")] == [0, 7, text.index("odd")]
    assert formula.kind == "inline"


def test_a_paragraph_ends_behind_a_remark() -> None:
    words, *_ = Scanner().scan(Source("a.tex", "one % remark\n\ntwo $x$"), latex=True)
    assert re.search(r"\n\s*\n", words.text)
    words, *_ = Scanner().scan(Source("a.tex", "one\n% remark\n% another\ntwo $x$"), latex=True)
    assert not re.search(r"\n\s*\n", words.text)
