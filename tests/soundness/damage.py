"""Damaged claims: those of the proofs with one slip in a statement or a definition, or with an assumption gone."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from itertools import islice, zip_longest
from types import MappingProxyType
from zlib import crc32

from derive import checker
from derive.language.claims import (
    Claim,
    Compare,
    Equal,
    HasShape,
    Optimum,
    PositiveSemidefinite,
    SameOptimum,
    Statement,
    Step,
    Value,
    WellDefined,
    terms_of,
)
from derive.language.context import Context, Definition, SymbolDecl
from derive.language.edits import Edit, edits
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Num, Rel, Sym, Term, subterms
from derive.prove.workbench import Workbench
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Undefined
from derive.refute.attack import decided
from derive.refute.checks import checks_for
from derive.refute.draws import NoPoint
from derive.refute.evaluate import Program
from derive.refute.relations import Arena
from tests.soundness.alone import proof, witness


@dataclass(frozen=True)
class Damaged:
    """A claim after one slip."""

    edit: str
    claim: Claim


# -- statements --------------------------------------------------------------------------------------------------------
def of_statement(statement: Statement, context: Context) -> Iterator[tuple[str, Statement]]:
    """The statement with one slip in one of its terms, or of its own kind."""
    match statement:
        case Equal(left, right):
            for edit in edits(right, context):
                yield edit.name, Equal(left, edit.term)
            for edit in edits(left, context):
                yield edit.name, Equal(edit.term, right)
        case Compare(op, left, right):
            for edit in edits(left, context):
                yield edit.name, Compare(op, edit.term, right)
            for edit in edits(right, context):
                yield edit.name, Compare(op, left, edit.term)
            for other in ("<", "<=", ">", ">=", "!="):
                if other != op:
                    yield "relation", Compare(other, left, right)
        case Step():
            yield from _of_step(statement, context)
        case Optimum():
            yield from _of_optimum(statement, context)
        case SameOptimum(kind, variables, left, right):
            for edit in edits(left, context):
                yield edit.name, SameOptimum(kind, variables, edit.term, right)
            for edit in edits(right, context):
                yield edit.name, SameOptimum(kind, variables, left, edit.term)
        case PositiveSemidefinite(term):
            for edit in edits(term, context):
                yield edit.name, PositiveSemidefinite(edit.term)
        case Value(term, printed, up_to_sign):
            for edit in edits(term, context):
                yield edit.name, Value(edit.term, printed, up_to_sign)
            for i, row in enumerate(printed):
                for j, text in enumerate(row):
                    cells = (*row[:j], _other_digit(text), *row[j + 1 :])
                    yield "digit", Value(term, (*printed[:i], cells, *printed[i + 1 :]), up_to_sign)
        case HasShape(term, shape):
            yield "shape", HasShape(term, shape[::-1])
            yield "shape", HasShape(term, tuple(e + 1 for e in shape) or (Extent.of(2),))
        case WellDefined():
            return


def _relations(relations: Sequence[Rel], context: Context) -> Iterator[tuple[str, tuple[Rel, ...]]]:
    for n, relation in enumerate(relations):
        for side in ("right", "left"):
            for edit in edits(getattr(relation, side), context):
                changed = replace(relation, **{side: edit.term})
                yield edit.name, (*relations[:n], changed, *relations[n + 1 :])


def _of_step(step: Step, context: Context) -> Iterator[tuple[str, Statement]]:
    for name, conclusions in _relations(step.conclusions, context):
        yield name, replace(step, conclusions=conclusions)
    for name, hypotheses in _relations(step.hypotheses, context):
        yield name, replace(step, hypotheses=hypotheses)
    for n in range(len(step.hypotheses)):
        yield "hypothesis dropped", replace(step, hypotheses=(*step.hypotheses[:n], *step.hypotheses[n + 1 :]))
    if not step.both:
        yield "converse", replace(step, both=True)
        yield "converse alone", replace(step, hypotheses=step.conclusions, conclusions=step.hypotheses)


def _of_optimum(optimum: Optimum, context: Context) -> Iterator[tuple[str, Statement]]:
    for n, point in enumerate(optimum.point):
        for edit in edits(point, context):
            yield edit.name, replace(optimum, point=(*optimum.point[:n], edit.term, *optimum.point[n + 1 :]))
    for edit in edits(optimum.objective, context):
        yield edit.name, replace(optimum, objective=edit.term)
    for name, constraints in _relations(optimum.constraints, context):
        yield name, replace(optimum, constraints=constraints)
    for n in range(len(optimum.constraints)):
        kept = (*optimum.constraints[:n], *optimum.constraints[n + 1 :])
        yield "constraint dropped", replace(optimum, constraints=kept)
    if optimum.kind in ("max", "min"):
        yield "other end", replace(optimum, kind="min" if optimum.kind == "max" else "max")


def _other_digit(text: str) -> str:
    for place in range(len(text) - 1, -1, -1):
        if text[place].isdigit():
            return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]
    return text + "1"


# -- contexts ----------------------------------------------------------------------------------------------------------
def of_context(statement: Statement, context: Context) -> Iterator[tuple[str, Context]]:
    """The context with one thing less: a property, a bound, a fact, a least size; or a slip in a definition it uses."""
    used = _used(statement, context)
    for name in used:
        decl = context.symbols[name]
        for gone in sorted(decl.properties):
            yield f"not {gone}", context.with_symbol(replace(decl, properties=decl.properties - {gone}))
        if decl.low is not None or decl.high is not None:
            yield "no bounds", context.with_symbol(replace(decl, low=None, high=None))
        if decl.definition is not None:
            ranges = dict(zip(decl.definition.params, decl.family, strict=True))
            for edit in edits(decl.definition.body, context, ranges):
                yield f"definition: {edit.name}", context.with_symbol(_redefined(decl, edit))
    for name in sorted(context.functions):
        function = context.functions[name]
        undone = any(other.inverse == name for other in context.functions.values())
        for gone in sorted(function.properties - ({"bijective"} if undone else set())):
            yield f"not {gone}", context.with_function(replace(function, properties=function.properties - {gone}))
    for n in range(len(context.facts)):
        yield "fact dropped", replace(context, facts=(*context.facts[:n], *context.facts[n + 1 :]))
    for name, least in context.sizes.items():
        if least > 1:
            yield "least size", replace(context, sizes=MappingProxyType({**context.sizes, name: 1}))


def _redefined(decl: SymbolDecl, edit: Edit) -> SymbolDecl:
    params = decl.definition.params if decl.definition is not None else ()
    return replace(decl, definition=Definition(params, edit.term))


def _used(statement: Statement, context: Context) -> list[str]:
    found: dict[str, None] = {}
    stack: list[Term] = list(terms_of(statement))
    while stack:
        for part in subterms(stack.pop()):
            if isinstance(part, Sym) and part.name in context.symbols and part.name not in found:
                found[part.name] = None
                decl = context.symbols[part.name]
                stack.extend(decl.depends or ())
                if decl.definition is not None:
                    stack.append(decl.definition.body)
            elif isinstance(part, Apply) and part.name in context.functions:
                body = context.functions[part.name].body
                if body is not None and part.name not in found:
                    found[part.name] = None
                    stack.append(body)
    return [name for name in found if name in context.symbols]


# -- claims ------------------------------------------------------------------------------------------------------------
def candidates(claim: Claim) -> Iterator[Damaged]:
    """Every damaged form of a claim, with a shape or without; those of the statement and of the context take turns."""
    one = ((name, new, claim.context) for name, new in of_statement(claim.statement, claim.context))
    two = ((name, claim.statement, new) for name, new in of_context(claim.statement, claim.context))
    for pair in zip_longest(one, two):
        for row in pair:
            if row is not None:
                yield Damaged(row[0], Claim(f"{claim.id} [{row[0]}]", row[1], row[2]))


def damaged(claim: Claim) -> Iterator[Damaged]:
    """Every damaged form of a claim that still has a shape."""
    return (one for one in candidates(claim) if _fits(one.claim, claim))


def _fits(claim: Claim, before: Claim) -> bool:
    statement, context = claim.statement, claim.context
    if context is before.context and statement == before.statement:
        return False
    try:
        shapes = [shape_of(term, context) for term in terms_of(statement)]
        for name, decl in context.symbols.items():
            if decl is not before.context.symbols.get(name) and decl.definition is not None:
                scope = dict(zip(decl.definition.params, decl.family, strict=True))
                if shape_of(decl.definition.body, context, scope) != decl.shape:
                    return False
    except ShapeError:
        return False
    if isinstance(statement, Equal | Compare) and shapes[0] != shapes[1]:
        return any(isinstance(t, Num) and t.value == 0 for t in (statement.left, statement.right))
    if isinstance(statement, Optimum):
        pairs = zip(statement.variables, statement.point, strict=True)
        return not shapes[0] and all(shape_of(v, context) == shape_of(p, context) for v, p in pairs)
    return True


def sample(claim: Claim, most: int) -> list[Damaged]:
    """At most ``most`` damaged forms, the same in every run: one of each kind of edit first, then by their number."""
    groups: dict[str, list[Damaged]] = {}
    for one in candidates(claim):
        groups.setdefault(one.edit, []).append(one)
    start = crc32(claim.id.encode())
    for name, rows in groups.items():
        turn = (start + crc32(name.encode())) % len(rows)
        groups[name] = rows[turn:] + rows[:turn]
    names = sorted(groups, key=lambda name: crc32(f"{claim.id} {name}".encode()))
    picked = (row for turn in zip_longest(*(groups[name] for name in names)) for row in turn if row is not None)
    return list(islice((one for one in picked if _fits(one.claim, claim)), most))


def claims() -> list[Claim]:
    """All claims of the proofs."""
    return [claim for name in checker.names() for claim in checker.load(name).claims]


# -- judging -----------------------------------------------------------------------------------------------------------
@dataclass
class Tally:
    """What became of damaged claims: how many, and a line about each that should not be so."""

    damaged: int = 0
    refuted: int = 0
    proved: int = 0
    undecided: int = 0
    untried: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    crashed: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another tally in."""
        for each in fields(Tally):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def __str__(self) -> str:
        return (
            f"{self.damaged} damaged claims: {self.refuted} refuted, {self.undecided} undecided, {self.proved} proved "
            f"(of these {len(self.untried)} where no point could be tried); {len(self.wrong)} proved falsely, "
            f"{len(self.crashed)} crashed"
        )


def examined(one: Damaged, bench: Workbench | None = None, seconds: float = 0.6) -> Tally:
    """One damaged claim put to the refuter alone, and to the prover alone."""
    tally = Tally(damaged=1)
    try:
        found = witness(one.claim, seconds, certain=False)
        shown = proof(one.claim, seconds if found is None else seconds / 2, bench)
        if shown is None:
            tally.refuted, tally.undecided = int(found is not None), int(found is None)
            return tally
        tally.proved = 1
        found = found or witness(one.claim, 2 * seconds, effort=2)
        if found is not None:
            tally.wrong.append(f"{one.claim.id}: proved ({shown}), and refuted at {found}")
            return tally
        agreed, failed = agreement(one.claim, seconds)
        if failed:
            tally.wrong.append(f"{one.claim.id}: proved ({shown}), and fails at {failed}")
        elif not agreed:
            tally.untried.append(f"{one.claim.id}: {shown}")
    except CRASHES as problem:
        tally.crashed.append(f"{one.claim.id}: {type(problem).__name__}: {problem}")
    return tally


CRASHES = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, AssertionError, CannotEvaluate)
"""What no damaged claim may end in; caught here so that a run goes on and lists them."""


def agreement(claim: Claim, seconds: float, wanted: int = 16) -> tuple[int, str]:
    """At how many further points, at sizes the refuter does not come to, a claim holds; the first where it fails."""
    stop = time.monotonic() + seconds
    agreed = 0
    try:
        arena = Arena(Program(claim.context), claim.statement)
        ways = checks_for(claim.statement, arena)
    except (CannotEvaluate, ShapeError):
        return 0, ""
    names = arena.subject.sizes
    for turn in range(wanted):
        sizes = {**claim.context.sizes}
        for n, name in enumerate(names):
            sizes[name] = max(sizes[name], 1 + (turn + n * (1 + turn // 4)) % 4)
        for check, sampler in ways:
            if time.monotonic() > stop:
                return agreed, ""
            sampler.deadline = stop
            try:
                with ar.precision(ar.START_BITS):
                    point = sampler.point(sizes, 1000 + turn)
                failure = decided(check, point)
            except (NoPoint, Undefined, CannotEvaluate):
                continue
            if failure is not None:
                return agreed, f"{point.sizes}: {failure}"
            agreed += 1
    return agreed, ""


def examined_all(rows: Sequence[Damaged], seconds: float = 0.6) -> Tally:
    """Several damaged claims; those of one context share a workbench."""
    total = Tally()
    benches: dict[int, tuple[Context, Workbench]] = {}
    for one in sorted(rows, key=lambda row: row.edit.startswith(("definition", "not", "no ", "fact", "least"))):
        context = one.claim.context
        if id(context) not in benches:
            benches.clear()
            benches[id(context)] = (context, Workbench(context))
        total.add(examined(one, benches[id(context)][1], seconds))
    return total
