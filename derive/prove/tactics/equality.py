"""Equalities: the difference of the two sides has normal form zero, or the free matrix algebra shows it."""

from __future__ import annotations

from dataclasses import replace

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import all_parts
from derive.language.terms import Entry, Matrix, Num, Op, Rel, Sym, Term, subterms
from derive.prove.algebra import TooHard
from derive.prove.evidence import Elimination, Evidence, Induction, MatrixAlgebra, Options, Reduction, Unrolled
from derive.prove.restricted import covered, excesses, may_say_nothing, sure_excesses
from derive.prove.tactics import elimination, induction, recurrences
from derive.prove.tactics.any_values import of_any, with_any
from derive.prove.tactics.hypotheses import facts_of, readings
from derive.prove.workbench import Workbench

CASES = Options(split_binary=True)
ENTRIES = Options(entries=True)


def search(bench: Workbench, left: Term, right: Term) -> Evidence | None:
    """Evidence that ``left = right``, or None. ``TooHard`` if every way was too long."""
    failures: list[TooHard] = []
    found: Evidence | None = _for_any_numbers(bench, Rel("=", left, right))
    found = found or _by_folding(bench, left, right, failures)
    if found is not None:
        return found
    try:
        if bench.equal(left, right, CASES):
            return Reduction(CASES)
    except TooHard as problem:
        failures.append(problem.with_traceback(None))
    try:
        if _names_entries(bench.context, left, right) and bench.equal(left, right, ENTRIES):
            return Reduction(ENTRIES)
    except TooHard as problem:
        failures.append(problem.with_traceback(None))
    found = by_matrices(bench, Rel("=", left, right), facts_of(bench), bench.deadline)
    if found is not None:
        return found
    hypotheses = facts_of(bench)
    if hypotheses:
        for options in readings(bench):
            try:
                moves = elimination.search(bench, hypotheses, Rel("=", left, right), options, depth=2)
            except TooHard as problem:
                failures.append(problem.with_traceback(None))
                continue
            if moves is not None:
                return Elimination(moves, options)
        goal = Rel("=", left, right)
        again = recurrences.search(bench, hypotheses, goal) or induction.search(bench, hypotheses, goal)
        if again is not None:
            return again
    if failures:
        raise failures.pop(0)  # what is raised is held by no frame that it holds
    return None


def _names_entries(context: Context, *sides: Term) -> bool:
    """Whether a matrix is written out, or an entry named by numbers, here or in a definition."""
    return any(
        isinstance(part, Matrix) or (isinstance(part, Entry) and any(isinstance(i, Num) for i in part.indices))
        for side in sides
        for part in all_parts(context, side)
    )


def identity(bench: Workbench, left: Term, right: Term) -> Evidence | None:
    """Evidence that needs nothing but definitions that ``left = right``; None if there is none that is found soon."""
    return _by_folding(bench, left, right, [])


def check(bench: Workbench, left: Term, right: Term, evidence: Evidence) -> bool:
    """Whether the evidence really shows ``left = right``."""
    match evidence:
        case Reduction(options, unfolded):
            return bench.equal(left, right, options, unfolded)
        case Elimination(moves, options):
            return elimination.check(bench, facts_of(bench), Rel("=", left, right), moves, options)
        case Induction():
            return induction.check(bench, facts_of(bench), Rel("=", left, right), evidence)
        case Unrolled():
            return recurrences.check(bench, facts_of(bench), Rel("=", left, right), evidence)
        case MatrixAlgebra():
            return check_matrices(bench, Rel("=", left, right), evidence, facts_of(bench))
    return False


def _by_folding(bench: Workbench, left: Term, right: Term, failures: list[TooHard]) -> Evidence | None:
    """With every definition folded at first, and then unfolded as what is left demands."""
    try:
        unfolded = bench.equal_by_unfolding(left, right, bench.defined)
    except TooHard as problem:
        failures.append(problem.with_traceback(None))
        return None
    return None if unfolded is None else Reduction(Options(folded=bench.defined), unfolded)


def by_matrices(
    bench: Workbench, goal: Rel, hypotheses: tuple[Rel, ...], deadline: float | None
) -> MatrixAlgebra | None:
    """Evidence in the free algebra of matrices that an equation follows from others."""
    from derive.prove import matrix

    try:
        context, hypotheses = _usable(bench.context, goal, hypotheses)
        for opaque in ((), *_inner(bench.context, goal)):
            general, given = with_any(context, opaque), of_any(context, opaque, goal, hypotheses)
            if given is None:
                continue
            proof = matrix.prove_equal(goal.left, goal.right, general, given, deadline)
            if proof is not None:
                return MatrixAlgebra(proof, opaque)
    except matrix.NotMatrix:
        pass
    return None


def _for_any_numbers(bench: Workbench, goal: Rel) -> MatrixAlgebra | None:
    """Evidence for inverses and determinants that holds whatever the defined numbers in them are."""
    from derive.prove import matrix

    if not any(isinstance(part, Op) and part.name in ("det", "inverse") for part in subterms(goal)):
        return None
    named = dict.fromkeys(part.name for part in subterms(goal) if isinstance(part, Sym) and not part.indices)
    decls = [decl for name in named if (decl := bench.context.symbols.get(name)) and decl.definition is not None]
    opaque = tuple(decl.name for decl in decls if not decl.shape and not decl.family)
    if not opaque:
        return None
    try:
        context, hypotheses = _usable(bench.context, goal, ())
        given = of_any(context, opaque, goal, hypotheses)
        if given is None:
            return None
        proof = matrix.prove_equal(goal.left, goal.right, with_any(context, opaque), given, bench.deadline)
    except matrix.NotMatrix:
        return None
    return None if proof is None else MatrixAlgebra(proof, opaque)


def check_matrices(bench: Workbench, goal: Rel, evidence: MatrixAlgebra, hypotheses: tuple[Rel, ...]) -> bool:
    """Whether a proof in the free algebra shows that an equation follows from others."""
    from derive.prove import matrix

    if not isinstance(evidence.proof, matrix.Proof) or not {*evidence.opaque} <= {*bench.context.symbols}:
        return False
    context, hypotheses = _usable(bench.context, goal, hypotheses)
    given = of_any(context, evidence.opaque, goal, hypotheses)
    if given is None:
        return False
    return matrix.check(evidence.proof, goal.left, goal.right, with_any(context, evidence.opaque), given)


def _inner(context: Context, goal: Rel) -> tuple[tuple[str, ...], ...]:
    """The defined matrices of a claim that another one in it is made of: ``A' = A + b b^T`` of ``A = X^T X + I``."""
    named = dict.fromkeys(part.name for part in subterms(goal) if isinstance(part, Sym))
    defined = [decl for name in named if (decl := context.symbols.get(name)) and decl.definition is not None]
    inner = [
        decl.name
        for decl in defined
        if len(decl.shape) == 2 and any(_is_made_of(other, decl.name) for other in defined if other is not decl)
    ]
    return (tuple(inner),) if inner else ()


def _is_made_of(decl: SymbolDecl, name: str) -> bool:
    body = decl.definition.body if decl.definition is not None else None
    return body is not None and any(isinstance(part, Sym) and part.name == name for part in subterms(body))


def _usable(context: Context, goal: Rel, hypotheses: tuple[Rel, ...]) -> tuple[Context, tuple[Rel, ...]]:
    """The facts and hypotheses that say something for all values of the indices that the goal is about."""
    known = sure_excesses(context, goal)

    def usable(relation: Term) -> bool:
        return not covered(excesses(context, relation), known) and not may_say_nothing(context, relation, goal)

    kept = tuple(fact for fact in context.facts if usable(fact.statement))
    if len(kept) < len(context.facts):
        context = replace(context, facts=kept)
    return context, tuple(filter(usable, hypotheses))
