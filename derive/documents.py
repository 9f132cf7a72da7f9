"""Written documents as derivations: every link of every chain becomes a claim, with its file, line and column."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

from derive.language.claims import Claim, Compare, Derivation, Equal, HasShape, Statement, Value, WellDefined
from derive.language.context import Context
from derive.language.terms import Num, Span
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.files import Input, inputs, text_input
from derive.read.documents.macros import Expanded
from derive.read.documents.scanner import Found, Opener, Scanner, no_input
from derive.read.documents.source import Place, Source
from derive.read.documents.statements import Chain, chains_of, source_of, without_broken_rows
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import Link, node_readings, plain_links

MOST_READINGS = 16


@dataclass(frozen=True)
class Unreadable:
    """What could not be read: where, why, and what to do; ``before`` is how many claims stand before it."""

    place: Place
    reason: str
    hint: str = ""
    text: str = ""
    before: int = 0
    id: str = ""


@dataclass(frozen=True)
class Statistics:
    """How much a document declares, and how much of it is judged."""

    declarations: int = 0
    steps: int = 0
    sides: int = 0
    unread: int = 0


@dataclass(frozen=True)
class Document:
    """A document as read: its claims in order, what could not be read, what was inferred."""

    derivation: Derivation
    unread: tuple[Unreadable, ...] = ()
    notes: tuple[str, ...] = ()
    statistics: Statistics = Statistics()
    sources: tuple[Source, ...] = field(default=(), repr=False)


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
        (given,) = inputs([str(document)])[0]
    elif isinstance(document, str):
        given = text_input(document)
    else:
        given = Input(document, False, "document", opener)
    scanner = Scanner(given.opener)
    found = scanner.scan(given.source, given.latex if latex is None else latex)
    reader = _Reader(name or given.name, context or Context())
    for piece in found:
        reader.take(piece)
    return reader.document(tuple(dict.fromkeys((given.source, *scanner.sources))))


class _Reader:
    """Walks the pieces of a document in order; the context grows as it goes."""

    def __init__(self, name: str, context: Context) -> None:
        self.name = name
        self.context = context
        self.claims: list[Claim] = []
        self.unread: list[Unreadable] = []
        self.notes: list[str] = []
        self.declared = 0
        self.sides = 0
        self.chains = 0

    def document(self, sources: tuple[Source, ...]) -> Document:
        statistics = Statistics(self.declared, len(self.claims), self.sides, len(self.unread))
        derivation = Derivation(self.name, self.name, tuple(self.claims))
        return Document(derivation, tuple(self.unread), tuple(self.notes), statistics, sources)

    def take(self, found: Found) -> None:
        match found.kind:
            case "declaration":
                self.declare(found)
            case "display":
                self.display(found)
            case "broken":
                self._unread(found.place, found.message, found.hint)

    def _unread(self, place: Place, reason: str, hint: str = "", text: str = "") -> None:
        name = f"{self.name}.u{len(self.unread) + 1}"
        self.unread.append(Unreadable(place, reason, hint, text, len(self.claims), name))

    def declare(self, found: Found) -> None:
        math = _math(found)
        text = math.text
        self.declared += sum(1 for line in text.splitlines() if line.strip())
        while True:
            try:
                self.context = declare(text, self.context)
            except DeclarationError as problem:
                span = problem.span or Span(0, len(text))
                self._unread(found.source.place(math.place(span.start)), problem.message, "", problem.statement)
                at = text.find(problem.statement) if problem.statement else 0
                length = len(problem.statement) or len(text)
                text = text[:at] + " " * length + text[at + length :]
                if not text.strip():
                    return
            else:
                return

    def display(self, found: Found) -> None:
        math, problems = without_broken_rows(_math(found))
        for problem in problems:
            self._problem(found, math, problem)
        for chain in chains_of(math.text, self.context):
            self.chain(found, math, chain)

    def _problem(self, found: Found, math: Expanded, problem: ReadError, span: Span | None = None) -> None:
        place = problem.span or span or Span(0, 0)
        macro = math.macro(place.start)
        reason = f"{problem.message} (in what {macro} stands for)" if macro else problem.message
        self._unread(found.source.place(math.place(place.start)), reason, problem.hint)

    def chain(self, found: Found, math: Expanded, chain: Chain) -> None:
        if chain.problem is not None:
            self._problem(found, math, chain.problem, chain.span)
            return
        node = chain.node
        if not isinstance(node, s.Relation):
            return
        self.chains += 1
        defined = self._define(node, chain, math)
        links = plain_links(node, self.context)
        number = 0
        for place, ((_, right), link) in enumerate(zip(node.rest, links, strict=True)):
            number += 1
            where = found.source.place(math.place(right.start))
            if link.problem is not None:
                self._problem(found, math, link.problem)
                continue
            if place < defined:
                statements: tuple[Statement, ...] = tuple(WellDefined(term) for term in link.right)
            else:
                statements = _statements(link)
            if not statements:
                self._unread(where, f"expected a relation that can be judged, found {link.op}")
                continue
            texts = [source_of(side, math.text) for side in chain.sides[place : place + 2]]
            text = f" {link.op} ".join(texts)
            claim = Claim(
                f"{self.name}.{self.chains}.{number}",
                statements[0],
                self.context,
                text=text,
                file=where.file,
                line=where.line,
                column=where.column,
                readings=statements if len(statements) > 1 else (),
            )
            self.claims.append(claim)

    def _define(self, node: s.Relation, chain: Chain, math: Expanded) -> int:
        """How many links of a chain are definitions; the names they define join the context."""
        sides = [node.first, *(side for _, side in node.rest)]
        ops = [op for op, _ in node.rest]
        count = 0
        while count < len(ops) and ops[count] in ("=", ":=") and self._undefined(sides[count]):
            count += 1
        if not count:
            return 0
        body = source_of(chain.sides[count], math.text)
        for name in reversed(chain.sides[:count]):
            text = f"let {source_of(name, math.text)} := {body}"
            try:
                self.context = declare(text, self.context)
            except DeclarationError:
                return 0
            self.notes.append(text)
        return count

    def _undefined(self, node: s.Node) -> bool:
        try:
            node_readings(node, self.context)
        except Undeclared:
            return isinstance(node, s.Name | s.Script | s.Juxt)
        except ReadError:
            return False
        return False


def _math(found: Found) -> Expanded:
    if found.math is None:
        raise ValueError(f"expected mathematics, found {found.kind}")
    return found.math


def _statements(link: Link) -> tuple[Statement, ...]:
    """Every statement that a link may make."""
    pairs = list(product(link.left, link.right))[:MOST_READINGS]
    match link.op:
        case "=" | ":=":
            return tuple(Equal(left, right) for left, right in pairs)
        case "<=" | "<" | ">=" | ">" | "!=":
            return tuple(Compare(link.op, left, right) for left, right in pairs)
        case "in" if link.shape is not None:
            return tuple(HasShape(left, link.shape) for left in link.left)
        case "~=":
            return tuple(Value(left, ((right.text,),)) for left, right in pairs if isinstance(right, Num))
    return ()
