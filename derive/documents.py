"""Written documents as derivations: every link of every chain becomes a claim, with its file, line and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from derive.language.claims import (
    Case,
    Claim,
    Derivation,
    Misshapen,
    Statement,
    Step,
    WellDefined,
    Written,
    all_subterms,
    sides_of,
)
from derive.language.context import Context
from derive.language.terms import Apply, Rel, Sym, subterms
from derive.read.documents.reader import read as read_pieces
from derive.read.documents.reading.state import Entry, Reading
from derive.read.documents.text.files import Input, inputs, text_input
from derive.read.documents.text.macros import Macros
from derive.read.documents.text.marks import Mark
from derive.read.documents.text.scanner import Opener, Scanner, no_input
from derive.read.documents.text.source import Place, Source
from derive.read.documents.words.density_of_another import of_another
from derive.read.documents.words.examples import examples
from derive.read.documents.words.left_out import left_out
from derive.read.documents.words.only_supposed import of_free
from derive.read.documents.words.other_languages import other_languages, whole_documents
from derive.read.documents.words.restricted import restrictions
from derive.read.documents.words.said_around import abbreviations, cited, constrained, given_again, specialised, updated
from derive.read.documents.words.said_of_functions import said_of_functions
from derive.read.documents.words.undefined_means import undefined_means
from derive.read.documents.words.unheeded import (
    Unheeded,
    properties,
    said_at,
    stated_problems,
    unread_suppositions,
    why_not,
)
from derive.read.documents.words.unheeded_conditions import conditions
from derive.read.errors import ReadError
from derive.read.second import disagreement

GOES_ON = 12
"""For how many lines a text may go on with a case and not say so."""
MOST_ABOVE = 8
"""With how many lines of its chain a refuted line is compared before it is corrected."""


@dataclass(frozen=True)
class Unreadable:
    """What could not be read: where, why, and what to do; ``before`` is how many claims stand before it."""

    id: str
    place: Place
    reason: str
    hint: str = ""
    text: str = ""
    before: int = 0
    expect: str | None = None


@dataclass(frozen=True)
class Statistics:
    """How much a document declares, and how much of it is judged."""

    declarations: int = 0
    steps: int = 0
    sides: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Document:
    """A document as read: its claims in order, what could not be read, what was inferred (each with its place), and the
    macros that its author defined."""

    derivation: Derivation
    unread: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()
    statistics: Statistics = Statistics()
    sources: tuple[Source, ...] = field(default=(), repr=False)
    macros: Macros = field(default_factory=Macros, repr=False, compare=False)

    def written_out(self, text: str) -> str:
        """Text of the document with the author's macros written out; as it stands where that cannot be done."""
        try:
            return self.macros.expand(text, 0).text
        except ReadError:
            return text


def read_document(
    document: str | Path | Source,
    *,
    latex: bool | None = None,
    name: str = "",
    opener: Opener = no_input,
    context: Context | None = None,
) -> Document:
    r"""A document from its path, from its text, or from a source read before; ``latex`` says whether it is LaTeX (else
    Markdown), ``opener`` what ``\input`` stands for.

    >>> document = read_document("<!--: x > 0 --> $$ \\log x^2 = 2 \\log x $$")
    >>> [(claim.line, claim.column, claim.text) for claim in document.derivation.claims]
    [(1, 31, '\\log x^2 = 2 \\log x')]
    """
    if isinstance(document, Path):
        given = _the_one(document)
    elif isinstance(document, str):
        given = text_input(document)
    else:
        given = Input(document, False, "document", opener)
    scanner = Scanner(given.opener)
    found = scanner.scan(given.source, given.latex if latex is None else latex)
    reader = read_pieces(found, context or Context())
    return _document(name or given.name, reader, (given.source, *scanner.sources), scanner.macros)


def _the_one(path: Path) -> Input:
    found, failures = inputs([str(path)])
    if failures:
        raise ValueError(failures[0])
    if len(found) != 1:
        raise ValueError(f"{path}: expected one document, found {len(found)}")
    return found[0]


def _document(name: str, reader: Reading, sources: tuple[Source, ...], macros: Macros) -> Document:
    """What the reader has gathered, in the order of the text, with names and marks."""
    claims: list[Claim] = []
    unread: list[Unreadable] = []
    chain, link, last = 0, 0, -1
    expected = _expected(reader.entries, reader.marks)
    said = _unheeded(reader)
    starts = stated_problems(reader.document.pieces)
    cases = _cases(reader.entries, starts)
    for number, entry in enumerate(reader.entries):
        mark = expected.get(number)
        if entry.guessed and not isinstance(entry.what, str):
            entry = replace(entry, what=entry.guessed)
        if isinstance(entry.what, str):
            name_here = f"{name}.u{len(unread) + 1}"
            expect = "refuted" if mark else None
            unread.append(Unreadable(name_here, entry.place, entry.what, entry.hint, entry.text, len(claims), expect))
            continue
        if entry.chain != last:
            chain, link, last = chain + 1, 0, entry.chain
        link += 1
        claim = _claim(f"{name}.{chain}.{link}", entry, entry.what, mark, said_at(entry.place, said, starts))
        unnamed = tuple(size for size in reader.unnamed if size in entry.context.sizes)
        claims.append(replace(claim, case=cases.get(number), unnamed=unnamed))
    shapeless = sum(isinstance(claim.statement, Misshapen) for claim in claims)
    statistics = Statistics(reader.declared, len(claims) - shapeless, reader.sides, len(unread) + shapeless)
    derivation = Derivation(name, name, tuple(claims))
    return Document(derivation, tuple(unread), tuple(reader.notes), statistics, tuple(dict.fromkeys(sources)), macros)


def _cases(entries: Sequence[Entry], starts: Sequence[Place]) -> dict[int, Case]:
    """Lines in no case of their own, a little below one in which a quantity was written anew that they are about:
    ``With $m = 0$ this becomes $D = …$``."""
    cases: dict[int, Case] = {}
    above: Entry | None = None
    for number, entry in enumerate(entries):
        if entry.everywhere:
            above = None
        elif entry.supposed and (above is None or above.supposed != entry.supposed):
            above = entry if _written_anew(entry) else None
        elif above is not None and _goes_on(above, entry, starts):
            cases[number] = Case(above.supposed, above.place.line)
    return cases


def _written_anew(entry: Entry) -> str:
    """The defined quantity that a line gives in a case; empty if it says something else."""
    match entry.what:
        case (Step(conclusions=(Rel(op="=", left=Sym(name=name)),)), *_):
            decl = entry.context.symbols.get(name)
            return name if decl is not None and decl.definition is not None else ""
        case (Step(conclusions=(Rel(op="=", left=Apply(name=name)),)), *_):
            function = entry.context.functions.get(name)
            return name if function is not None and function.body is not None else ""
    return ""


def _goes_on(above: Entry, entry: Entry, starts: Sequence[Place]) -> bool:
    """Whether a line may still be about the case of one above it, whose names mean the same."""
    near = above.place.file == entry.place.file and 0 <= entry.place.line - above.place.line <= GOES_ON
    if not near or any(above.place < start <= entry.place for start in starts):
        return False
    about = (part for each in entry.what if not isinstance(each, str) for part in all_subterms(each))
    if not any(isinstance(part, Sym | Apply) and part.name == _written_anew(above) for part in about):
        return False
    names = {part.name for each in above.supposed for part in subterms(each) if isinstance(part, Sym)}
    return all(entry.context.symbols.get(name) is above.context.symbols.get(name) for name in names)


def _unheeded(reader: Reading) -> list[Unheeded]:
    """What the text says that may have been taken up by nothing."""
    pieces = reader.document.pieces
    unread = [entry.place for entry in reader.entries if entry.is_unread]
    return [
        *properties(pieces, reader.notes),
        *said_of_functions(pieces),
        *restrictions(pieces),
        *examples(pieces),
        *unread_suppositions(pieces, unread),
        *conditions(pieces, reader.notes),
        *left_out(pieces),
        *other_languages(pieces),
        *undefined_means(pieces, reader.notes),
        *whole_documents(pieces),
        *constrained(pieces),
        *updated(pieces),
        *given_again(pieces),
        *abbreviations(pieces),
        *specialised(pieces),
        *cited(pieces, ((entry.key[0], entry.place, entry.what) for entry in reader.entries)),
        *reader.document.passed_over,
    ]


def _claim(
    name: str, entry: Entry, statements: tuple[Statement, ...], mark: Mark | None, said: Sequence[Unheeded]
) -> Claim:
    claim = Claim(
        name,
        statements[0],
        entry.context,
        text=entry.text,
        file=entry.place.file,
        line=entry.place.line,
        column=entry.place.column,
        readings=statements if len(statements) > 1 else (),
        start=entry.start,
        written=_bounded(entry.written),
        doubt=_doubt(entry, statements) or _elsewhere(said, statements[0]),
        unheeded=why_not(statements, entry.context, said) or entry.untold or _only_supposed(entry, statements),
        only=entry.only,
        worked_out=entry.worked_out,
        solved_before=entry.solved_before,
        part=entry.part,
    )
    return replace(claim, expect="refuted", reason=mark.reason) if mark else claim


def _only_supposed(entry: Entry, statements: tuple[Statement, ...]) -> str:
    """Why numbers against it show no mistake: it can only be supposed, or is about a density of something else."""
    demanded = of_free(statements, entry.context) if entry.demanded else ""
    return demanded or of_another(statements, entry.context)


def _elsewhere(said: Sequence[Unheeded], statement: Statement) -> str:
    """Why a statement is not about what the text has defined; empty if it is, or defines something itself."""
    if isinstance(statement, WellDefined):
        return ""
    words = next((each.words for each in said if each.elsewhere), "")
    return f"{words} says that it is about another model than the one above; write that one out" if words else ""


def _bounded(side: Written | None) -> Written | None:
    """A side with the lines next above it: a long chain is not kept once for each of its lines."""
    return None if side is None else replace(side, above=side.above[-MOST_ABOVE:])


def _doubt(entry: Entry, statements: tuple[Statement, ...]) -> str:
    """What a second reader takes a side of a statement to be, if that is something else; ambiguity that was seen
    already needs no second reader."""
    side = entry.written
    if side is None or len(statements) != 1:
        return ""
    left, right = sides_of(statements[0])
    texts = (side.text, side.before) if side.left else (side.before, side.text)
    for text, term in zip(texts, (left, right), strict=True):
        other = disagreement(text.strip(" .,;"), term, entry.context) if term is not None else ""
        if other:
            return f"ambiguous notation: a second reader takes {' '.join(text.split())} as {other}; write it out"
    return ""


def _expected(entries: list[Entry], marks: list[Mark]) -> dict[int, Mark]:
    """Which entries ``expect refuted`` speaks of: all on the first line that states something after the mark."""
    found: dict[int, Mark] = {}
    for mark in marks:
        first = next((entry for entry in entries if entry.key >= mark.key), None)
        if first is None:
            continue
        for number, entry in enumerate(entries):
            if (entry.place.file, entry.place.line) == (first.place.file, first.place.line) and entry.key >= mark.key:
                found[number] = mark
    return found


__all__ = ["Document", "Statistics", "Unreadable", "read_document"]
