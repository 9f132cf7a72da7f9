"""Optima and steps with defined constants: what counts of them (a sign, a sum of one) is shown beforehand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from derive.language.claims import Equal, Optimum, Step, terms_of
from derive.language.context import Context, Definition, Fact, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.effort import METER, SECOND
from derive.language.terms import Apply, At, Big, Deriv, Index, Num, Rel, Sym, Term, children, subterms
from derive.prove.algebra import TooHard
from derive.prove.evidence import Evidence
from derive.prove.tactics import equality, inequalities, optimum, steps
from derive.prove.workbench import Workbench

Claim = Optimum | Step
STEPS = 4.0 * SECOND
SHARE = 0.4
"""How much work the claim about more may take, which is tried first, and what part of that which is left."""


def search(bench: Workbench, claim: Claim) -> Evidence | None:
    """Evidence for an optimum or a step, first for any constants like those of the claim."""
    freed = _freed(bench, claim)
    if freed is not None:
        try:
            with METER.at_most(STEPS, SHARE):
                found = _search(freed, claim)
        except (TooHard, ZeroDivisionError, RecursionError):
            found = None
        if found is not None:
            return found
    return _search(bench, claim)


def check(bench: Workbench, claim: Claim, evidence: Evidence) -> bool:
    """Whether the evidence shows the claim, for any constants like those in it or for these."""
    freed = _freed(bench, claim)
    try:
        with METER.at_most(STEPS, SHARE):
            if freed is not None and _check(freed, claim, evidence):
                return True
    except (TooHard, ZeroDivisionError, RecursionError):
        pass
    return _check(bench, claim, evidence)


def _search(bench: Workbench, claim: Claim) -> Evidence | None:
    return optimum.search(bench, claim) if isinstance(claim, Optimum) else steps.search(bench, claim)


def _check(bench: Workbench, claim: Claim, evidence: Evidence) -> bool:
    return optimum.check(bench, claim, evidence) if isinstance(claim, Optimum) else steps.check(bench, claim, evidence)


def search_equal(bench: Workbench, claim: Equal) -> Evidence | None:
    """Evidence for an equation, first for any vectors and matrices in place of those that stand on both its sides."""
    freed = _freed_alike(bench, claim)
    if freed is not None:
        try:
            with METER.at_most(STEPS, SHARE):
                found = equality.search(freed.for_terms(terms_of(claim)), claim.left, claim.right)
        except (TooHard, ZeroDivisionError, RecursionError):
            found = None
        if found is not None:
            return found
    return equality.search(bench, claim.left, claim.right)


def check_equal(bench: Workbench, claim: Equal, evidence: Evidence) -> bool:
    """Whether the evidence shows the equation, for any such vectors and matrices or for these."""
    freed = _freed_alike(bench, claim)
    try:
        with METER.at_most(STEPS, SHARE):
            if freed is not None and equality.check(
                freed.for_terms(terms_of(claim)), claim.left, claim.right, evidence
            ):
                return True
    except (TooHard, ZeroDivisionError, RecursionError):
        pass
    return equality.check(bench, claim.left, claim.right, evidence)


def _freed_alike(bench: Workbench, claim: Equal) -> Workbench | None:
    found = bench.once(("freed", claim), lambda: _alike_of(bench, claim))
    if found is not None:
        found.until(bench.deadline)
    return found


def _alike_of(bench: Workbench, claim: Equal) -> Workbench | None:
    """The same equation for any vectors and matrices that it mentions on both sides; None if there are none."""
    left, right = (
        {part.name for part in subterms(side) if isinstance(part, Sym)} for side in (claim.left, claim.right)
    )
    names = [name for name in _constants(bench.context, claim) if name in left & right]
    names = [name for name in names if bench.context.symbols[name].shape]
    if not names:
        return None
    symbols = {
        name: replace(decl, definition=None) if name in names else decl for name, decl in bench.context.symbols.items()
    }
    freed = replace(bench.context, symbols=MappingProxyType(symbols))
    return _bench_of(bench, freed)


def _freed(bench: Workbench, claim: Claim) -> Workbench | None:
    found = bench.once(("freed", claim), lambda: freed_of(bench, claim))
    if found is not None:
        found.until(bench.deadline)
    return found


def freed_of(bench: Workbench, claim: Claim) -> Workbench | None:
    """The same claim about more: constants that are any numbers of one sign (or any that add up to one over their last
    index) where their definitions show as much, any vectors and matrices. None if there are no such constants.

    What holds for all such numbers holds for those that the definitions give. A quantity that something in the claim
    is differentiated in, or that is set to a value in it, must not stand in their definitions.
    """
    context = bench.context
    symbols = dict(context.symbols)
    facts = list(context.facts)
    known: dict[Definition, str] = {}
    for name in _constants(context, claim):
        decl = context.symbols[name]
        member = Sym(name, tuple(Index(index) for index in decl.family_names))
        word = "real" if decl.shape else bench.once(("sign", name), partial(_sign, bench, member))
        if decl.definition is None or not word:
            continue
        if decl.definition in known:  # two names for one thing stay so
            other = replace(member, name=known[decl.definition])
            symbols[name] = replace(decl, definition=Definition(decl.definition.params, other))
            continue
        known[decl.definition] = name
        symbols[name] = replace(decl, definition=None, properties=decl.properties | {word})
        total = None if decl.shape else _total(decl, member)
        if total is not None and bench.once(("total", name), partial(_adds_up, bench, total)):
            facts.append(Fact(total))
    if all(symbols[name] is decl for name, decl in context.symbols.items()):
        return None
    return _bench_of(bench, replace(context, symbols=MappingProxyType(symbols), facts=tuple(facts)))


def _bench_of(bench: Workbench, freed: Context) -> Workbench:
    """The workbench in which some constants are free: one for all claims in which the same are."""
    symbols = bench.context.symbols
    changed = tuple(decl for name, decl in freed.symbols.items() if symbols[name] is not decl)
    key = ("freed context", changed, freed.facts[len(bench.context.facts) :])
    return bench.once(key, lambda: Workbench(freed, bench.deadline))


def _constants(context: Context, claim: Claim | Equal) -> tuple[str, ...]:
    """Quantities with definitions, met in the claim or in what it is made of, that nothing moves in it."""
    moved: dict[str, None] = {}
    found: dict[str, None] = {}
    seen: dict[str, None] = {}
    terms: list[Term] = list(terms_of(claim))
    if isinstance(claim, Optimum):
        moved.update((variable.name, None) for variable in claim.variables)
    while terms:
        for part in subterms(terms.pop()):
            if isinstance(part, Deriv | At):
                moved.update((name, None) for name in _moved(part))
            elif isinstance(part, Sym | Apply) and part.name not in seen:
                seen[part.name] = None
                body = _body(context, part)
                terms += [] if body is None else [body]
    for name in seen:
        decl = context.symbols.get(name)
        if decl is None or decl.definition is None or isinstance(decl.definition.body, Sym):
            continue
        if not any(depends_on(context, name, other) for other in moved):
            found[name] = None
    return tuple(sorted(found))


def _moved(part: Deriv | At) -> Iterator[str]:
    """What a derivative moves, or what ``|_{x = a}`` replaces."""
    for child in (part.wrt,) if isinstance(part, Deriv) else children(part):
        yield from (each.name for each in subterms(child) if isinstance(each, Sym))


def _body(context: Context, part: Sym | Apply) -> Term | None:
    if isinstance(part, Apply):
        function = context.functions.get(part.name)
        return None if function is None else function.body
    decl = context.symbols.get(part.name)
    return None if decl is None or decl.definition is None else decl.definition.body


def _sign(bench: Workbench, member: Sym) -> str:
    """What a quantity is by its definition: positive, nonnegative, or (nothing) neither."""
    zero = Num(Fraction(0))
    for op, word in ((">", "positive"), (">=", "nonnegative")):
        try:
            evidence = inequalities.search(bench, op, member, zero)
            if evidence is not None and inequalities.check(bench, op, member, zero, evidence):
                return word
        except (TooHard, ZeroDivisionError, RecursionError):
            continue
    return ""


def _total(decl: SymbolDecl, member: Sym) -> Rel | None:
    if not decl.family:
        return None
    return Rel("=", Big("sum", decl.family_names[-1], decl.family[-1], member), Num(Fraction(1)))


def _adds_up(bench: Workbench, total: Rel) -> bool:
    try:
        evidence = equality.search(bench, total.left, total.right)
        return evidence is not None and equality.check(bench, total.left, total.right, evidence)
    except (TooHard, ZeroDivisionError, RecursionError):
        return False


__all__ = ["check", "check_equal", "freed_of", "search", "search_equal"]
