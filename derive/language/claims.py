"""What can be claimed. Each kind of statement has its own rule for what proves it (see ``derive.judge``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from derive.language.context import Context
from derive.language.extents import Shape
from derive.language.terms import Deriv, Rel, Sym, Term, subterms


@dataclass(frozen=True)
class Equal:
    """``left = right`` for every admissible value and size (entry by entry, if they have a shape)."""

    left: Term
    right: Term


@dataclass(frozen=True)
class Compare:
    """``left op right`` with ``op`` one of ``<=``, ``<``, ``>=``, ``>``, ``!=``, for every admissible value and
    size."""

    op: str
    left: Term
    right: Term


@dataclass(frozen=True)
class Step:
    """The solutions of the ``hypotheses`` (relations, each for all its free indices) satisfy every ``conclusion``.

    ``both`` claims the converse too. ``unknowns`` are the quantities solved for, if the author names them.
    """

    hypotheses: tuple[Rel, ...]
    conclusions: tuple[Rel, ...]
    both: bool = False
    unknowns: tuple[Sym, ...] = ()


@dataclass(frozen=True)
class Optimum:
    """``point`` is where ``objective`` is greatest (``kind`` max) or least (min) in ``variables``, under
    ``constraints``.

    A variable written with a free index (``π_k``) stands for the whole family. ``kind`` stationary asks for no more
    than feasibility and a zero gradient of the Lagrangian.
    """

    kind: str
    objective: Term
    variables: tuple[Sym, ...]
    point: tuple[Term, ...]
    constraints: tuple[Rel, ...] = ()


@dataclass(frozen=True)
class SameOptimum:
    """argmax (or argmin, by ``kind``) of ``left`` over ``variables`` is that of ``right``."""

    kind: str
    variables: tuple[Sym, ...]
    left: Term
    right: Term


@dataclass(frozen=True)
class HasShape:
    """``term`` has this shape."""

    term: Term
    shape: Shape


@dataclass(frozen=True)
class PositiveSemidefinite:
    """``x^T term x`` is never negative."""

    term: Term


@dataclass(frozen=True)
class Value:
    """``term`` is, to every digit printed, ``printed`` (decimal text; a table is rows of text).

    ``up_to_sign`` lets each column change sign as a whole (eigenvectors).
    """

    term: Term
    printed: tuple[tuple[str, ...], ...]
    up_to_sign: bool = False


@dataclass(frozen=True)
class WellDefined:
    """What is laid down makes sense: it can be typed, and its conditions can be met.

    ``role`` says what it is: the ``definition`` ``name := term``, an ``assumption`` made from here on, an ``equation``
    to solve, or the ``objective`` of which the best point is looked for.
    """

    term: Term
    role: str = "definition"


@dataclass(frozen=True)
class Misshapen:
    """``left`` is said to be something that has no shape, for the ``reason`` given: it says nothing as it stands, and
    is a mistake of its author where one slip mended makes it true."""

    left: Term
    reason: str


Statement = (
    Equal | Compare | Step | Optimum | SameOptimum | HasShape | PositiveSemidefinite | Value | WellDefined | Misshapen
)


@dataclass(frozen=True)
class Written:
    """The side of a statement that a correction would change, in its author's own words: the right one, or the ``left``
    one of an equation ``f = 0``.

    ``text`` is what was read (macros written out, layout blanked), ``before`` the other side. Where macros were used,
    ``source`` is what stands in the document, and ``runs`` says where each run of ``text`` begins, where it stands in
    ``source``, and whether it came out of a macro. ``above`` are the sides of the chain above those of the statement.
    """

    text: str
    before: str = ""
    source: str = ""
    runs: tuple[tuple[int, int, bool], ...] = ()
    left: bool = False
    above: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Case:
    """What an author has supposed in a ``line`` above: a text may go on with it and not say so."""

    relations: tuple[Rel, ...]
    line: int


@dataclass(frozen=True)
class Claim:
    """A statement in its context, with where it comes from.

    ``source`` names the passage (``solution 2, eq. 9``). ``text`` is the statement as its author wrote it. ``expect``
    is ``"refuted"`` for a result known to be false (``reason`` says why in one line); it never touches the verdict.
    ``readings`` holds every statement the text may mean where it may mean several (``statement`` is the first of them);
    a verdict must hold under all. ``start`` is, in a link of a chain, the line against the chain's first side.
    ``written`` is the side that a correction would change. ``doubt`` says that its notation means something else to a
    second reader: then it is not decided. ``unheeded`` says what of its text may not stand in its context: then no
    counterexample counts; nor does one where the case holds that its author has considered right before (``case``),
    nor one that needs different lengths, where nothing says that they differ (``unnamed``). ``only`` says in which case
    it is claimed, in its author's words; its statement and context are in that case already. ``worked_out`` is how the
    author has written the equations that a step solves: those that are shown to be the same help to prove it.
    ``solved_before`` are equations, solved further above, for quantities that the equations of a step are in and that
    its line no longer mentions: they have been put in, if it holds with them. ``part`` says in words which part of its
    line this is, where one line makes several claims.
    """

    id: str
    statement: Statement
    context: Context
    source: str = ""
    text: str = ""
    expect: str | None = None
    reason: str = ""
    file: str = ""
    line: int = 0
    column: int = 0
    readings: tuple[Statement, ...] = ()
    start: Statement | None = None
    written: Written | None = None
    doubt: str = ""
    unheeded: str = ""
    case: Case | None = None
    unnamed: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    worked_out: tuple[tuple[Rel, Rel], ...] = ()
    solved_before: tuple[Rel, ...] = ()
    part: str = ""


def with_solved_before(claim: Claim) -> Claim:
    """A step with the equations that were solved further above among those that it follows from."""

    def more(statement: Statement) -> Statement:
        if not isinstance(statement, Step):
            return statement
        return replace(statement, hypotheses=tuple(dict.fromkeys((*statement.hypotheses, *claim.solved_before))))

    return replace(
        claim,
        statement=more(claim.statement),
        readings=tuple(map(more, claim.readings)),
        start=None if claim.start is None else more(claim.start),
        solved_before=(),
    )


def gives_itself(claim: Claim) -> tuple[Rel, ...]:
    """The equations solved beside a step that set the derivative in the very quantity to zero that it gives."""
    stated = claim.statement.conclusions if isinstance(claim.statement, Step) else ()
    derivatives = (each for each in claim.solved_before if isinstance(each.left, Deriv))
    return tuple(each for each in derivatives if any(_variable(each) == said.left for said in stated))


def _variable(relation: Rel) -> Term | None:
    return relation.left.wrt if isinstance(relation.left, Deriv) else None


@dataclass(frozen=True)
class Figure:
    """A picture of what a derivation is about, drawn from its own terms: its ``kind`` (a file of
    ``derive.render.figures``), the ``claim`` that it shows, what else that kind asks for, and the context it is drawn
    in."""

    kind: str
    caption: str
    context: Context
    claim: str = ""
    options: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Derivation:
    """A named sequence of claims: one module of ``proofs/``, or one document; ``figures`` are its pictures."""

    name: str
    title: str
    claims: tuple[Claim, ...] = field(default=())
    source: str = ""
    figures: tuple[Figure, ...] = ()


def terms_of(statement: Statement) -> tuple[Term, ...]:
    """The terms a statement is made of, in the order written."""
    match statement:
        case Equal(left, right) | Compare(_, left, right) | SameOptimum(_, _, left, right):
            return (left, right)
        case Step(hypotheses, conclusions):
            return (*hypotheses, *conclusions)
        case Optimum(_, objective, variables, point, constraints):
            return (objective, *variables, *point, *constraints)
        case HasShape(term) | PositiveSemidefinite(term) | Value(term) | WellDefined(term) | Misshapen(term):
            return (term,)


def all_subterms(statement: Statement) -> Iterator[Term]:
    """Every term in a statement."""
    for top in terms_of(statement):
        yield from subterms(top)


def sides_of(statement: Statement) -> tuple[Term | None, Term | None]:
    """The two sides of an equation, a comparison or a conclusion; a definition has only its right one."""
    match statement:
        case Equal(left, right) | Compare(_, left, right) | Step(conclusions=(Rel(_, left, right),)):
            return left, right
        case SameOptimum(_, _, left, right):
            return left, right
        case WellDefined(term):
            return None, term
        case Misshapen(term):
            return term, None
    return None, None
