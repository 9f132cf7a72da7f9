"""How a derivation is written in Python: a builder that collects claims, each with the line it was written on."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product
from textwrap import indent
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypedDict, TypeVar, Unpack

from derive.language import claims
from derive.language.claims import Claim, Statement
from derive.language.context import Context, Definition
from derive.language.extents import Extent, Shape, matrix_shape
from derive.language.shapes import Scope, extent_of, shape_of
from derive.language.terms import Rel, Sym, Term, term

if TYPE_CHECKING:
    from derive.read.latex import Link

Side = Any
"""One side of a statement: LaTeX text, a ``Term``, a SymPy expression, an integer or a ``Fraction``."""

Relation = Any
"""LaTeX text with its sign, a ``Rel``, a SymPy relation, ``(left, right)`` for equality, or ``(left, op, right)``."""

Found = TypeVar("Found")

MOST_READINGS = 16
COMPARISONS = ("<=", "<", ">=", ">", "!=")
RELATIONS = ("=", *COMPARISONS)
LATEX_SIGNS = {"<=": r"\leq", ">=": r"\geq", "!=": r"\neq"}
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[0-9]+)?\Z")
_REAL_SPACE = re.compile(r"(?:\\in\s*)?\\mathbb\s*\{?R\}?\s*(?:\^\s*(?:\{(?P<group>.*)\}|(?P<single>\S+)))?\Z")
_TIMES = re.compile(r"\\times(?![A-Za-z])|×")


class About(TypedDict, total=False):
    """What may be said of a claim beside its statement."""

    source: str
    text: str
    expect: str
    reason: str


class AuthoringError(ValueError):
    """A derivation that cannot be built: what is wrong, with the file and line of the call that asked for it."""

    def __init__(self, message: str, file: str, line: int) -> None:
        super().__init__(message)
        self.file = file
        self.line = line


class Derivation:
    """A derivation under construction: a context that grows by declarations and definitions, and claims in order.

    ``name`` is ``area/name``, as the module lies in ``proofs``; ``context`` is declaration text. What states a claim
    takes ``given`` (declarations for this claim only), ``source`` (the passage it encodes), ``text`` (the
    statement as written there, where the sides are not LaTeX already), and ``expect="refuted"`` with a ``reason`` for a
    stated result that is false.

    >>> from derive.language.terms import Num
    >>> d = Derivation("examples/square", title="A square")
    >>> d.equal("cube", Num(Fraction(8)), Num(Fraction(2)) ** 3)
    >>> [claim.id for claim in d.build().claims]
    ['examples/square.cube']
    """

    def __init__(self, name: str, *, title: str, source: str = "", context: str | Context = "") -> None:
        self.name = name
        self.title = title
        self.source = source
        self.context = context if isinstance(context, Context) else Context()
        self._claims: dict[str, Claim] = {}
        self._figures: list[claims.Figure] = []
        if isinstance(context, str) and context.strip():
            self.declare(context)

    def build(self) -> claims.Derivation:
        """The derivation as stated so far."""
        return claims.Derivation(self.name, self.title, tuple(self._claims.values()), self.source, tuple(self._figures))

    # -- the context -----------------------------------------------------------------------------------------------
    def declare(self, text: str) -> None:
        """Add declarations, for everything stated from here on."""
        self.context = self._declared(text, self.context)

    def assume(self, relation: str) -> None:
        """Add a fact, for everything stated from here on."""
        self.declare(f"assume {_on_one_line(relation)}")

    def let(self, name: str, body: Side) -> None:
        """Add the definition ``name := body``; the subscripts of ``name`` are the indices of the family it defines."""
        if isinstance(body, str):
            self.declare(f"let {name} := {_on_one_line(body)}")
            return
        head = self._declared(f"let {name} := 0", self.context)
        found = self.term(body)
        self.context = self._read(lambda: _with_body(self.context, head, found))

    def term(self, side: Side, *, given: str = "") -> Term:
        """One side as a term; ambiguous text is an error here."""
        readings = self._readings(side, self._context(given))
        if len(readings) > 1:
            raise self._error(f"{len(readings)} readings survive for {side!r}; write it with more brackets")
        return readings[0]

    # -- claims ----------------------------------------------------------------------------------------------------
    def equal(self, claim_id: str, first: Side, *rest: Side, given: str = "", **about: Unpack[About]) -> None:
        """Claim ``first = … = last``. Each link of a chain of several is a claim of its own: ``id.1``, ``id.2`` …"""
        if not rest:
            raise self._error(f"{claim_id}: an equality needs two sides, found one")
        context = self._context(given)
        sides = self._chain((first, *rest), "=", context)
        texts = [side if isinstance(side, str) else None for side in (first, *rest)]
        for number, (left, right) in enumerate(pairwise(sides), start=1):
            written = _joined(texts[number - 1 : number + 1], "=")
            chain = len(rest) > 1 and len(sides[0]) == len(right) == 1
            self._state(
                claim_id if len(rest) == 1 else f"{claim_id}.{number}",
                self._alternatives(claims.Equal, left, right),
                context,
                {"text": written} | about,
                start=claims.Equal(sides[0][0], right[0]) if chain else None,
            )

    def compare(
        self, claim_id: str, left: Side, op: str, right: Side, *, given: str = "", **about: Unpack[About]
    ) -> None:
        """Claim ``left op right`` with ``op`` one of ``<=``, ``<``, ``>=``, ``>``, ``!=``."""
        if op not in COMPARISONS:
            raise self._error(f"{claim_id}: expected one of {' '.join(COMPARISONS)}, found {op!r}")
        context = self._context(given)
        sides = self._chain((left, right), op, context)
        written = _joined([side if isinstance(side, str) else None for side in (left, right)], op)
        statements = self._alternatives(lambda a, b: claims.Compare(op, a, b), *sides)
        self._state(claim_id, statements, context, {"text": written} | about)

    def at_least(self, claim_id: str, left: Side, right: Side, *, given: str = "", **about: Unpack[About]) -> None:
        """Claim ``left >= right``."""
        self.compare(claim_id, left, ">=", right, given=given, **about)

    def step(
        self,
        claim_id: str,
        hypotheses: Sequence[Relation],
        conclusions: Sequence[Relation],
        *,
        both: bool = False,
        unknowns: Sequence[Side] = (),
        given: str = "",
        **about: Unpack[About],
    ) -> None:
        """Claim that what satisfies the hypotheses satisfies the conclusions; with ``both``, the converse too."""
        context = self._context(given)
        before = [self._relation(relation, context) for relation in hypotheses]
        after = [self._relation(relation, context) for relation in conclusions]
        solved_for = self._symbols(unknowns, context)

        def make(*relations: Term) -> Statement:
            cut = len(before)
            return claims.Step(_relations(relations[:cut]), _relations(relations[cut:]), both, solved_for)

        self._state(claim_id, self._alternatives(make, *before, *after), context, about)

    def optimum(
        self,
        claim_id: str,
        kind: str,
        *,
        objective: Side,
        over: Sequence[Side],
        at: Sequence[Side],
        subject_to: Sequence[Relation] = (),
        given: str = "",
        **about: Unpack[About],
    ) -> None:
        """Claim that ``objective`` is greatest (``kind="max"``), least ("min") or stationary at ``over = at``."""
        self._kind(claim_id, kind, ("max", "min", "stationary"))
        context = self._context(given)
        variables = self._symbols(over, context)
        if len(variables) != len(at):
            raise self._error(f"{claim_id}: {len(variables)} variable(s), but {len(at)} value(s) for them")
        sides = [self._readings(side, context) for side in (objective, *at)]
        constraints = [self._relation(relation, context) for relation in subject_to]

        def make(goal: Term, *others: Term) -> Statement:
            cut = len(at)
            return claims.Optimum(kind, goal, variables, others[:cut], _relations(others[cut:]))

        self._state(claim_id, self._alternatives(make, *sides, *constraints), context, about)

    def same_optimum(
        self,
        claim_id: str,
        kind: str,
        *,
        over: Sequence[Side],
        left: Side,
        right: Side,
        given: str = "",
        **about: Unpack[About],
    ) -> None:
        """Claim that ``left`` and ``right`` are greatest (or least) in the same place."""
        self._kind(claim_id, kind, ("max", "min"))
        context = self._context(given)
        variables = self._symbols(over, context)
        sides = (self._readings(left, context), self._readings(right, context))
        statements = self._alternatives(lambda a, b: claims.SameOptimum(kind, variables, a, b), *sides)
        self._state(claim_id, statements, context, about)

    def psd(self, claim_id: str, matrix: Side, *, given: str = "", **about: Unpack[About]) -> None:
        """Claim that a matrix is positive semidefinite."""
        context = self._context(given)
        statements = self._alternatives(claims.PositiveSemidefinite, self._readings(matrix, context))
        self._state(claim_id, statements, context, about)

    def value(
        self,
        claim_id: str,
        side: Side,
        printed: str,
        *,
        up_to_sign: bool = False,
        given: str = "",
        **about: Unpack[About],
    ) -> None:
        """Claim that a term has the digits ``printed``: cells apart by blanks, rows by new lines."""
        table = tuple(tuple(line.split()) for line in printed.splitlines() if line.strip())
        if not table:
            raise self._error(f"{claim_id}: expected the printed digits, found nothing")
        if len({len(row) for row in table}) != 1:
            raise self._error(f"{claim_id}: the printed rows differ in length: {[len(row) for row in table]}")
        context = self._context(given)
        statements = self._alternatives(
            lambda found: claims.Value(found, table, up_to_sign), self._readings(side, context)
        )
        self._state(claim_id, statements, context, about)

    def shape(self, claim_id: str, side: Side, shape: str, *, given: str = "", **about: Unpack[About]) -> None:
        r"""Claim that a term has a shape, written ``n × d``, ``\mathbb{R}^{n \times d}``, or ``scalar``."""
        context = self._context(given)
        wanted = self._shape(shape, context)
        statements = self._alternatives(lambda found: claims.HasShape(found, wanted), self._readings(side, context))
        self._state(claim_id, statements, context, about)

    def well_defined(self, claim_id: str, side: Side, *, given: str = "", **about: Unpack[About]) -> None:
        """Claim that a term (usually one defined with ``let``) makes sense."""
        context = self._context(given)
        self._state(claim_id, self._alternatives(claims.WellDefined, self._readings(side, context)), context, about)

    # -- pictures --------------------------------------------------------------------------------------------------
    def figure(self, kind: str, caption: str, *, claim: str = "", **options: Any) -> None:
        """Add a picture to the reports, drawn from the terms stated so far: of a ``claim``, or of the definitions at
        this place. The files of ``derive.render.figures`` say what each ``kind`` shows and which options it takes."""
        if claim and f"{self.name}.{claim}" not in self._claims:
            raise self._error(f"a figure of {claim}: no claim of this name is stated above")
        full = f"{self.name}.{claim}" if claim else ""
        self._figures.append(claims.Figure(kind, caption, self.context, full, options))

    # -- how a claim is put together ---------------------------------------------------------------------------------
    def _state(
        self,
        claim_id: str,
        statements: tuple[Statement, ...],
        context: Context,
        about: About,
        start: Statement | None = None,
    ) -> None:
        unknown = sorted(about.keys() - About.__annotations__.keys())
        if unknown:
            raise self._error(f"{claim_id}: expected source, text, expect or reason, found {', '.join(unknown)}")
        if not _ID.match(claim_id):
            raise self._error(f"expected a claim id of letters, digits and _, found {claim_id!r}")
        expect, reason = about.get("expect"), about.get("reason") or ""
        if expect not in (None, "refuted"):
            raise self._error(f'{claim_id}: expect is "refuted" or left out, found {expect!r}')
        if expect and not reason:
            raise self._error(f'{claim_id}: expect="refuted" needs a reason, in one line')
        full = f"{self.name}.{claim_id}"
        file, line = _place()
        if full in self._claims:
            raise self._error(f"{claim_id} is stated twice (first on line {self._claims[full].line}); rename one")
        from derive.read.adjoints import with_adjoints
        from derive.read.tied import with_ties

        given = statements
        through = self._read(lambda: with_adjoints(given, context))
        if through is not None:
            (statements, context), start = through, None
        readings = statements if through is not None else self._read(lambda: with_ties(given, context))
        lines = () if start is None else self._read(lambda: with_ties((start,), context))
        self._claims[full] = Claim(
            full,
            readings[0],
            context,
            source=about.get("source") or self.source,
            text=about.get("text") or "",
            expect=expect,
            reason=reason,
            file=file,
            line=line,
            column=1,
            readings=readings if len(readings) > 1 else (),
            start=start if len(lines) == 1 and lines[0] == start else None,
        )

    def _alternatives(self, make: Callable[..., Statement], *sides: tuple[Term, ...]) -> tuple[Statement, ...]:
        """Every statement the sides may mean together."""
        count = 1
        for readings in sides:
            count *= len(readings)
        if count > MOST_READINGS:
            raise self._error(f"{count} readings survive (at most {MOST_READINGS} are followed); add brackets")
        return tuple(make(*choice) for choice in product(*sides))

    def _context(self, given: str) -> Context:
        return self._declared(given, self.context) if given.strip() else self.context

    def _declared(self, text: str, base: Context) -> Context:
        from derive.read.declarations import declare

        return self._read(lambda: declare(text, base), text)

    def _readings(self, side: Side, context: Context) -> tuple[Term, ...]:
        if isinstance(side, Term):
            return (side,)
        if isinstance(side, int | Fraction) and not isinstance(side, bool):
            return (term(side),)
        if isinstance(side, str):
            from derive.read.latex import read_term

            return self._read(lambda: read_term(side, context), side)
        from derive.read.sympy import to_term

        return (self._read(lambda: to_term(side, context)),)

    def _chain(self, sides: Sequence[Side], op: str, context: Context) -> list[tuple[Term, ...]]:
        """The readings of each side; LaTeX is read together, since I, 0 and 1 take their size from a neighbour."""
        if not all(isinstance(side, str) for side in sides):
            return [self._readings(side, context) for side in sides]
        links = self._links(_joined(sides, op), len(sides) - 1, context)
        if any(link.op != op for link in links):
            raise self._error(f"expected sides without a relation of their own, found {links[0].op}")
        return [links[0].left, *(link.right for link in links)]

    def _links(self, text: str, count: int, context: Context) -> Sequence[Link]:
        from derive.read.latex import read_statement

        links = self._read(lambda: read_statement(text, context), text)
        if len(links) != count or any(link.op not in RELATIONS for link in links):
            wanted = "one relation" if count == 1 else f"{count} relations"
            raise self._error(f"expected {wanted} such as a = b, found {len(links)} in {text!r}")
        if any(link.left_argument or link.right_argument for link in links):
            raise self._error(f"an argmax is stated with optimum or same_optimum, not as a side: {text!r}")
        return links

    def _relation(self, relation: Relation, context: Context) -> tuple[Term, ...]:
        match relation:
            case Rel():
                return (relation,)
            case str():
                (link,) = self._links(relation, 1, context)
                return tuple(Rel(link.op, left, right) for left, right in product(link.left, link.right))
            case (left, right):
                return self._relation((left, "=", right), context)
            case (left, str(op), right):
                return tuple(Rel(op, a, b) for a, b in product(*self._chain((left, right), op, context)))
        found = self._readings(relation, context)
        if not all(isinstance(reading, Rel) for reading in found):
            raise self._error(f"expected a relation such as f = 0, found {relation!r}")
        return found

    def _symbols(self, sides: Sequence[Side], context: Context) -> tuple[Sym, ...]:
        found = []
        for side in sides:
            readings = [reading for reading in self._readings(side, context) if isinstance(reading, Sym)]
            if len(readings) != 1:
                raise self._error(f"expected the name of one variable, found {side!r}")
            found.append(readings[0])
        return tuple(found)

    def _shape(self, text: str, context: Context) -> Shape:
        body = text.strip()
        if body == "scalar":
            return ()
        space = _REAL_SPACE.match(body)
        if space:
            body = space["group"] or space["single"] or "1"
        pieces = re.split(_TIMES, body)
        lengths = [self._length(piece.strip(), context) for piece in pieces]
        return matrix_shape(*lengths) if len(lengths) == 2 else matrix_shape(lengths[0], Extent.of(1))

    def _length(self, text: str, context: Context) -> Extent:
        if re.fullmatch(r"[0-9]+", text):
            return Extent.of(int(text))
        readings = self._readings(text, context)
        return self._read(lambda: extent_of(readings[0]))

    def _kind(self, claim_id: str, kind: str, known: tuple[str, ...]) -> None:
        if kind not in known:
            raise self._error(f"{claim_id}: expected one of {', '.join(known)}, found {kind!r}")

    def _read(self, reader: Callable[[], Found], text: str = "") -> Found:
        """What a reader of ``text`` returns; its complaint (always a ``ValueError``) gets a place."""
        try:
            return reader()
        except ValueError as problem:
            from derive.read.errors import DeclarationError, ReadError, caret

            if text and isinstance(problem, ReadError | DeclarationError) and problem.span is not None:
                raise self._error(f"cannot be read:\n{indent(caret(text, problem), '    ')}") from problem
            raise self._error(str(problem)) from problem

    def _error(self, message: str) -> AuthoringError:
        file, line = _place()
        return AuthoringError(message, file, line)


def _place() -> tuple[str, int]:
    """File and line of the innermost call that is not in this module."""
    frame = sys._getframe(1)
    while frame.f_code.co_filename == __file__ and frame.f_back is not None:
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


def _joined(texts: Sequence[str | None], op: str) -> str:
    """The sides as one line of LaTeX, or nothing if some side was not LaTeX."""
    return f" {LATEX_SIGNS.get(op, op)} ".join(text.strip() for text in texts if text) if all(texts) else ""


def _on_one_line(text: str) -> str:
    """Declarations end at a new line, so a long formula is folded into one."""
    return " ".join(text.split())


def _relations(terms: Sequence[Term]) -> tuple[Rel, ...]:
    return tuple(term for term in terms if isinstance(term, Rel))


def _with_body(base: Context, head: Context, body: Term) -> Context:
    """``head`` (``base`` and one definition ``name := 0``) with ``body`` in place of the 0, and the shape of that."""
    for name, decl in head.symbols.items():
        if decl is not base.symbols.get(name):
            scope: Scope = MappingProxyType(dict(zip(decl.family_names, decl.family, strict=True)))
            params = decl.definition.params if decl.definition else decl.family_names
            shape = shape_of(body, base, scope)
            return head.with_symbol(replace(decl, definition=Definition(params, body), shape=shape))
    for name, function in head.functions.items():
        if function is not base.functions.get(name):
            scope = MappingProxyType(dict(zip(function.params, function.param_shapes, strict=True)))
            return head.with_function(replace(function, body=body, shape=shape_of(body, base, scope)))
    raise ValueError("expected a name to define, found one that changes nothing")
