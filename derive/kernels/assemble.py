"""From a family's file to programs: only the sides of claims that are proved get in."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache

from derive.cache import ClaimDigests, Store, default_folder
from derive.checker import Limits, load
from derive.judge import judge
from derive.kernels.elaborate import Elaborator
from derive.kernels.gate import gate
from derive.kernels.program import Argument, KernelError, Let, Names, Program, Rewrite, ordered_free, put
from derive.kernels.specs import Family, Function
from derive.language.claims import Claim, Derivation, Equal, Optimum, Step
from derive.language.context import Context, Definition, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Array, Entry, Index, Rel, Sym, Term, subterms
from derive.language.verdicts import Proved, Refuted, Verdict
from derive.read.errors import ReadError
from derive.read.latex import read_term
from derive.render.record import verdict_from_json, verdict_to_json

SECONDS = 60.0
"""For a claim that was not judged before."""


@dataclass(frozen=True)
class Stated:
    """A side of a proved claim: ``indices`` are its free ones in the order of the quantity it is the value of."""

    claim: Claim
    verdict: Proved
    head: Term
    term: Term
    indices: tuple[str, ...]


def assumed(stated: Stated, names: frozenset[str]) -> tuple[Term, ...]:
    """The facts a claim was proved under that speak of these quantities."""
    facts = [fact.statement for fact in stated.claim.context.facts]
    return tuple(f for f in facts if any(isinstance(part, Sym) and part.name in names for part in subterms(f)))


@dataclass(frozen=True)
class Assembled:
    """A function as a program, with the claims it rests on, in the order they were named.

    ``calls`` says that some argument is the value of an unknown function.
    """

    function: Function
    program: Program
    stated: tuple[Stated, ...]
    calls: bool = False


def assemble(family: Family, function: Function) -> Assembled:
    """The program of one function of a family."""
    stated = {claim: stated_side(claim) for _, claim in (*function.where, *function.gives)}
    builder = _Builder(function, tuple(stated.values()))
    for name, claim in function.where:
        builder.bind(name, stated[claim])
    results = tuple(builder.result(name, stated[claim]) for name, claim in function.gives)
    program = builder.program(results, family)
    return Assembled(function, program, tuple(stated.values()), bool(builder.calls))


# -- claims ------------------------------------------------------------------------------------------------------------
@cache
def _derivation(name: str) -> Derivation:
    return load(name)


def verdict_of(claim: Claim) -> Verdict:
    """The verdict on a claim, kept from an earlier run if nothing changed; judged in this very process otherwise."""
    store = Store.of(default_folder())
    digest = ClaimDigests(Limits(SECONDS).text()).of(claim)
    kept = store.get(digest)
    if kept is not None:
        with suppress(KeyError, TypeError, ValueError):  # not what this program wrote
            return verdict_from_json(kept)
    started = time.monotonic()
    verdict = judge(claim, started + SECONDS)
    if isinstance(verdict, Proved | Refuted):
        store.put(digest, {"seconds": time.monotonic() - started, **verdict_to_json(verdict)})
    return verdict


def stated_side(reference: str) -> Stated:
    """The side that ``area/name.claim`` (or ``…:left``) names; ``KernelError`` unless the claim is proved."""
    claim_id, _, side = reference.partition(":")
    if side not in ("", "left", "right"):
        raise KernelError(f"{reference}: expected :left or :right after the claim, found :{side}")
    derivation = _derivation(claim_id.partition(".")[0])
    claim = next((claim for claim in derivation.claims if claim.id == claim_id), None)
    if claim is None:
        raise KernelError(
            f"{claim_id}: {derivation.name} has no such claim; `derive list {derivation.name}` shows them"
        )
    if claim.readings:
        raise KernelError(f"{claim_id}: the claim has several readings; write it with more brackets")
    verdict = verdict_of(claim)
    if not isinstance(verdict, Proved):
        raise KernelError(f"{claim_id} is {type(verdict).__name__.lower()}; only a proved claim is compiled")
    head, term = _sides(claim)
    if side == "left":
        head, term = term, head
    own = ordered_free(term)
    order = tuple(dict.fromkeys((*(n for n in ordered_free(head) if n in own), *own)))
    return Stated(claim, verdict, head, term, order)


def _sides(claim: Claim) -> tuple[Term, Term]:
    """What is said to be something, and what it is said to be."""
    match claim.statement:
        case Equal(left, right):
            return left, right
        case Optimum(variables=(variable,), point=(point,)):
            return variable, point
        case Step(conclusions=(*_, Rel("=", left, right))):
            return left, right
    raise KernelError(f"{claim.id}: expected an equality, an optimum in one variable or a step, found another claim")


# -- putting together --------------------------------------------------------------------------------------------------
class _Builder:
    def __init__(self, function: Function, stated: tuple[Stated, ...]) -> None:
        self.function = function
        self.contexts = [each.claim.context for each in stated]
        self.names = Names()
        self.lets: dict[str, Let] = {}
        self.calls: dict[Term, str] = {}
        self.signs: dict[str, frozenset[str]] = {}
        self.scalars: list[str] = []
        self.arguments: list[Argument] = []
        self.same: dict[str, str] = {}
        for name, terms in function.takes:
            self._argument(name, terms)
        bound = [name for name, _ in function.where]
        self.known = frozenset([*self.same, *bound])

    def _declared(self, name: str) -> SymbolDecl | None:
        return next((c.symbols[name] for c in self.contexts if name in c.symbols), None)

    def _argument(self, name: str, terms: tuple[str, ...]) -> None:
        first = terms[0]
        if any(first in context.sizes for context in self.contexts):
            self.scalars.append(name)
            self.arguments.append(Argument(name, first, (), integral=True))
            return
        decl = self._declared(first)
        if decl is None:
            call = self._called(first)
            self.calls[call] = name
            self.signs[name] = self._sign(call)
            self.arguments.append(Argument(name, name, ()))
            return
        declared = [context.symbols[first] for context in self.contexts if first in context.symbols]
        if len({(each.family, each.shape) for each in declared}) > 1:
            raise self._other_meaning(first)
        axes = (*(range_.length for range_ in decl.family), *decl.shape)
        label = decl.label_range
        self.arguments.append(
            Argument(
                name,
                first,
                axes,
                integral=label is not None,
                binary="binary" in decl.properties,
                low=label.low.constant if label is not None else None,
                high=label.high if label is not None else None,
            )
        )
        for term in terms:
            other = self._declared(term)
            if other is None or (other.family, other.shape) != (decl.family, decl.shape):
                raise KernelError(f"{self.function.name}: {name} cannot stand for both {first} and {term}")
            self.same[term] = first

    def _called(self, text: str) -> Term:
        try:
            readings = read_term(text, self.contexts[-1])
        except ReadError as problem:
            said = f"{text} is no quantity of the claims named: {problem}"
            raise KernelError(f"{self.function.name}: {said}") from problem
        if len(readings) != 1:
            raise KernelError(f"{self.function.name}: {text} can be read in {len(readings)} ways")
        return readings[0]

    def _other_meaning(self, name: str) -> KernelError:
        return KernelError(f"{self.function.name}: {name} does not mean the same in all the claims named")

    def _sign(self, call: Term) -> frozenset[str]:
        """What is declared of the values of the function that is called."""
        found = [c.functions[call.name] for c in self.contexts if isinstance(call, Apply) and call.name in c.functions]
        return found[0].properties & {"positive", "nonnegative"} if found else frozenset()

    def _elaborator(self, stated: Stated) -> Elaborator:
        elaborator = Elaborator(stated.claim.context, self.known, self.lets, self.names)
        elaborator.calls = self.calls
        return elaborator

    def _body(self, name: str, stated: Stated) -> Let:
        context = stated.claim.context
        family = {n: self.names.fresh(n, context.indices[n]) for n in stated.indices}
        slots = tuple(self.names.fresh("i", Range.upto(e)) for e in self._shape(stated))
        scope = {n: Index(own) for n, own in family.items()}
        body = self._elaborator(stated).entry(stated.term, tuple(map(Index, slots)), scope)
        if not self.calls:
            self._prove(stated, slots, put(body, {own: Index(n) for n, own in family.items()}))
        return Let(name, (*family.values(), *slots), self._merged(body))

    def _prove(self, stated: Stated, slots: tuple[str, ...], body: Term) -> None:
        """What was written entry by entry is the claim's side, for any arguments and without any facts."""
        context = replace(stated.claim.context, facts=())
        for name in self.same:
            if name in context.symbols:
                context = context.with_symbol(replace(context.symbols[name], definition=None, depends=None))
        for index, range_ in self.names.ranges.items():
            context = context.with_index(index, range_)
        side = Entry(stated.term, tuple(map(Index, slots))) if slots else stated.term
        gate(Program((), {}, (), context, {}), [Rewrite(f"{stated.claim.id}, entry by entry", side, body)])

    def _shape(self, stated: Stated) -> tuple[Extent, ...]:
        return shape_of(stated.term, stated.claim.context)

    def bind(self, name: str, stated: Stated) -> None:
        """``name`` is what the claim says."""
        decl = self._declared(name)
        let = self._body(name, stated)
        found = tuple(self.names.ranges[index] for index in let.indices)
        wanted = None if decl is None else (*decl.family, *map(Range.upto, decl.shape))
        if wanted != found:
            raise KernelError(
                f"{self.function.name}: {name} runs over {_shown(wanted)}, but {stated.claim.id} over {_shown(found)}"
            )
        self.lets[name] = let

    def result(self, name: str, stated: Stated) -> Let:
        """A result of the function."""
        return self._body(name, stated)

    def _merged(self, term: Term) -> Term:
        return renamed(term, {other: first for other, first in self.same.items() if other != first})

    def _agree(self) -> None:
        """Every name must mean the same in all the claims, unless it is an argument or bound."""
        for name in self.lets:
            decls = [context.symbols[name] for context in self.contexts if name in context.symbols]
            shapes = {(decl.family, decl.shape) for decl in decls}
            definitions = {decl.definition for decl in decls} if name not in self.known else set()
            if len(shapes) > 1 or len(definitions) > 1:
                raise self._other_meaning(name)

    def program(self, results: tuple[Let, ...], family: Family) -> Program:
        self._agree()
        lets = {name: replace(let, body=self._merged(let.body)) for name, let in self.lets.items()}
        ranges = dict(self.names.ranges)
        context = self._context(lets, ranges)
        return Program(tuple(self.arguments), lets, results, context, ranges, dict(family.sizes), tuple(self.scalars))

    def _context(self, lets: dict[str, Let], ranges: dict[str, Range]) -> Context:
        """The context in which rewriting is proved: arguments are free, lets defined, and nothing is assumed."""
        context = Context()
        for each in self.contexts:
            for size, least in each.sizes.items():
                context = context.with_size(size, least)
            for function in each.functions.values():
                context = context.with_function(function)
        for name in self.same.values():
            decl = self._declared(name)
            if decl is not None:
                context = context.with_symbol(replace(decl, definition=None, depends=None))
        for name in self.calls.values():
            context = context.with_symbol(SymbolDecl(name, properties=self.signs[name]))
        for name, let in lets.items():
            decl = self._declared(name)
            cut = len(decl.family) if decl is not None else len(let.indices)
            slots = tuple((index, ranges[index]) for index in let.indices[cut:])
            body = Array(slots, let.body) if slots else let.body
            family = tuple(ranges[index] for index in let.indices[:cut])
            context = context.with_symbol(
                SymbolDecl(
                    name,
                    family,
                    let.indices[:cut],
                    tuple(r.length for _, r in slots),
                    frozenset(),
                    definition=Definition(let.indices[:cut], body),
                )
            )
        for index, range_ in ranges.items():
            context = context.with_index(index, range_)
        return context


def renamed(term: Term, names: dict[str, str]) -> Term:
    """A term with quantities under other names."""
    from derive.kernels.program import everywhere

    def change(part: Term) -> Term:
        return replace(part, name=names[part.name]) if isinstance(part, Sym) and part.name in names else part

    return everywhere(term, change)


def _shown(ranges: tuple[Range, ...] | None) -> str:
    return "nothing" if ranges is None else "(" + ", ".join(str(r.length) for r in ranges) + ")"
