"""One context made ready for proofs: its algebras, its facts as rules, what its claims assume by being written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, product
from types import MappingProxyType
from typing import Any, TypeVar

from derive.language.context import Context, SymbolDecl
from derive.language.dependencies import depends_on
from derive.language.extents import Range, Shape
from derive.language.operators import ShapeError
from derive.language.shapes import Scope, shape_of
from derive.language.terms import Apply, Index, Op, Rel, Sym, Term, subterms
from derive.prove import facts, restricted, signs
from derive.prove.algebra import INTEGRAL, Algebra, Names, OutOfTime, TooHard
from derive.prove.atoms import ZERO, Ix, Poly, add, heads, of_atom, scale, subtract
from derive.prove.definedness import Condition, conditions_of, simple_spectrum
from derive.prove.evidence import PLAIN, Options
from derive.prove.lower import Bound, Env, Lowering
from derive.prove.nonzero import as_norm
from derive.prove.positivity import nonnegative
from derive.prove.squared import without_root
from derive.prove.written_signs import is_nonnegative
from derive.prove.zero import MAX_DEPTH, is_zero

Found = TypeVar("Found")

Unfolding = tuple[frozenset[str], ...]
"""Definitions written out, group after group."""
MOST_BELOW = 4
"""How many values below 1 of an index are looked at one by one."""


class Workbench:
    """Normal forms for the claims of one context. What is computed once is kept."""

    def __init__(
        self,
        context: Context,
        deadline: float | None = None,
        names: Names | None = None,
        assumed: tuple[Condition, ...] = (),
    ) -> None:
        self.context = context
        self.assumed = assumed
        self.deadline = deadline
        self.names = Names() if names is None else names
        self._readers: dict[Options, Lowering] = {}
        self.defined = frozenset(n for n, decl in context.symbols.items() if decl.definition is not None)
        self._plain: Lowering | None = None
        self._kept: dict[object, Any] = {}
        self._assuming: dict[str, Workbench] = {}
        self._conditions: dict[int, tuple[Term, list[Condition]]] = {}
        self._equal: dict[tuple[Term, Term, Options, Unfolding], bool] = {}

    # -- reading ---------------------------------------------------------------------------------------------------
    def reader(self, options: Options = PLAIN) -> Lowering:
        """The reader for these options."""
        known = self._readers.get(options)
        if known is None:
            if options.folded:
                known = self.reader(replace(options, folded=frozenset())).folding(options.folded)
                self._readers[options] = known
                return known
            algebra = Algebra(self.context, split_binary=options.split_binary, deadline=self.deadline, names=self.names)
            algebra.writes_entries = options.entries
            known = Lowering(algebra)
            algebra.definition = known.folding(self.defined).generic_definition
            if options.without_facts:
                algebra.sum_rules = ()
            else:
                _install_facts(known)
            for condition in self.assumed:
                _assume(known, condition)
            self._readers[options] = known  # only once it is complete: the time may end on the way
        return known

    def conditions(self, term: Term) -> list[Condition]:
        """What a term asks for to be defined; walked once for each term object."""
        kept = self._conditions.get(id(term))
        if kept is None or kept[0] is not term:
            kept = self._conditions[id(term)] = (term, conditions_of(term, self.context))
        return kept[1]

    def for_terms(self, terms: tuple[Term, ...]) -> Workbench:
        """The workbench for a claim about these terms.

        A claim speaks of points where its sides are defined: logarithms' arguments are positive there, divisors not
        zero. What the declarations do not say of that already is assumed, in a workbench of its own: it must not reach
        another claim.
        """
        conditions = [c for term in terms for c in self.conditions(term)]
        found = [c for c in conditions if c.everywhere and not self.known(c)]
        if not found:
            return self
        key = repr(found)
        known = self._assuming.get(key)
        if known is None:
            known = Workbench(self.context, self.deadline, self.names, (*self.assumed, *found))
            self._assuming[key] = known
        known.until(self.deadline)
        return known

    def once(self, key: object, make: Callable[[], Found]) -> Found:
        """What ``make`` computes, computed once in this workbench."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Found = self._kept[key]
        return found

    def until(self, deadline: float | None) -> None:
        """Set the time by which work must end."""
        self.deadline = deadline
        for reader in (*self._readers.values(), *([self._plain] if self._plain is not None else [])):
            reader.algebra.until(deadline)

    def known(self, condition: Condition) -> bool:
        """Whether a condition already follows from the declarations."""
        return self.once(("known", condition), lambda: self._known(condition.relation, condition.scope)) or (
            condition.relation.op == ">=" and self.once(("written", condition), lambda: self._written(condition))
        )

    def _written(self, condition: Condition) -> bool:
        """Whether a term is never negative by the way it is written."""
        left, right = condition.relation.left, condition.relation.right
        if not _is_zero(right):
            return False

        def is_scalar(term: Term, scope: Scope) -> bool:
            try:
                return not shape_of(term, self.context, scope)
            except ShapeError:
                return False

        def leaf(term: Term, scope: Scope) -> bool:
            relation = Rel(">=", term, right)
            return self.once(("known", Condition(relation, scope)), lambda: self._known(relation, scope))

        return is_nonnegative(left, condition.scope, is_scalar, leaf)

    def _known(self, condition: Rel, scope: Scope) -> bool:
        reader = self._silent()
        places = [_places(reader, what) for what in scope.values()]
        if any(not each for each in places):
            return False
        envs = (dict(zip(scope, chosen, strict=True)) for chosen in product(*places))
        return all(self._known_at(condition, scope, env) for env in envs)

    def _known_at(self, condition: Rel, scope: Scope, env: dict[str, Bound]) -> bool:
        """Whether a condition follows where the names in scope stand for these."""
        reader = self._silent()
        algebra = reader.algebra
        reader = reader.folding(self.defined)
        try:
            slots = self.slots(reader, shape_of(condition.left, self.context, scope))
            p = reader.lower(condition.left, slots, env)
            while True:
                if _follows(algebra, condition.op, p):
                    return True
                residue = heads(p) & reader.folded
                top = frozenset(
                    n for n in residue if not any(m != n and depends_on(self.context, m, n) for m in residue)
                )
                if not top:
                    return False
                reader = reader.folding(reader.folded - top)
                p = reader.written_out(p, top)
        except OutOfTime:
            raise
        except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
            return False

    def _silent(self) -> Lowering:
        """A reader that has assumed nothing of what claims imply by being written."""
        if self._plain is None:
            plain = Lowering(Algebra(self.context, deadline=self.deadline, names=self.names))
            plain.algebra.definition = plain.folding(self.defined).generic_definition
            _install_facts(plain)
            self._plain = plain
        return self._plain

    def slots(self, reader: Lowering, shape: Shape) -> tuple[Ix, ...]:
        """References for a generic entry of a shape, the same ones each time."""
        names = reader.generic("'s", [reader.key(e) for e in shape])
        return tuple(Ix("", 1) if e.constant == 1 else Ix(name) for name, e in zip(names, shape, strict=True))

    def shape(self, left: Term, right: Term) -> Shape:
        """The common shape of two sides; a plain 0 fits any."""
        a, b = shape_of(left, self.context), shape_of(right, self.context)
        if a == b:
            return a
        if _is_zero(right):
            return a
        if _is_zero(left):
            return b
        raise ShapeError(f"the two sides differ in shape: {a} and {b}")

    def differences(self, left: Term, right: Term, options: Options = PLAIN) -> Iterator[tuple[Lowering, Poly]]:
        """The difference of two sides at a generic entry; at each entry, where the sizes are small numbers."""
        shape = self.shape(left, right)
        sizes = [e.constant for e in shape]
        if not shape or any(n is None or n > 4 for n in sizes):
            yield self.difference(left, right, options)
            return
        reader = self.reader(options)
        for entry in product(*(range(1, (n or 0) + 1) for n in sizes)):
            slots = tuple(Ix("", i) for i in entry)
            yield reader, subtract(reader.side(left, slots), reader.side(right, slots))

    def difference(self, left: Term, right: Term, options: Options = PLAIN) -> tuple[Lowering, Poly]:
        """The difference of two sides at a generic entry."""
        reader = self.reader(options)
        shape = self.shape(left, right)
        slots = self.slots(reader, shape)
        return reader, subtract(reader.side(left, slots), reader.side(right, slots))

    def equal(self, left: Term, right: Term, options: Options = PLAIN, unfolded: Unfolding = ()) -> bool:
        """Whether the difference of the two sides reduces to zero, once these folded definitions are unfolded in
        turn."""
        key = (left, right, options, unfolded)
        known = self._equal.get(key)
        if known is None:
            known = all(
                is_zero(reader.algebra, self.unfold(p, reader, unfolded))
                for reader, p in self.differences(left, right, options)
            )
            self._equal[key] = known
        return known

    def unfold(self, p: Poly, reader: Lowering, unfolded: Unfolding) -> Poly:
        """A normal form with folded definitions written out, one group after another."""
        for names in unfolded:
            reader = reader.folding(reader.folded - names)
            p = reader.written_out(p, names)
        return p

    def equal_by_unfolding(self, left: Term, right: Term, folded: frozenset[str]) -> Unfolding | None:
        """Which folded definitions to unfold, in which order, for the difference to reduce to zero; ``None`` if it does
        not.

        The next to go are those that stand in what is left and that no other one there reaches.
        """
        pairs = list(self.differences(left, right, Options(folded=folded)))
        unfolded: Unfolding = ()
        while True:
            residue = sorted({n for reader, p in pairs for n in heads(p) & reader.folded})
            depth = MAX_DEPTH if residue else 0  # while definitions are folded a quick look is enough
            if all(is_zero(reader.algebra, p, depth) for reader, p in pairs):
                self._equal[left, right, Options(folded=folded), unfolded] = True
                return unfolded
            top = frozenset(n for n in residue if not any(m != n and depends_on(self.context, m, n) for m in residue))
            if not top:
                return None
            unfolded = (*unfolded, top)
            pairs = [(r.folding(r.folded - top), self.unfold(p, r, (top,))) for r, p in pairs]

    # -- variables -------------------------------------------------------------------------------------------------
    def unconditioned(self, *names: str) -> Workbench:
        """The same context without the facts and constraints (simplex, one-hot) about these quantities."""
        symbols = dict(self.context.symbols)
        for name in names:
            decl = symbols.get(name)
            if decl is not None:
                kept = decl.properties - {"simplex", "onehot"}
                if "simplex" in decl.properties:
                    kept |= {"nonnegative"} if "positive" not in kept else frozenset()
                symbols[name] = replace(decl, properties=frozenset(kept))
        kept_facts = tuple(f for f in self.context.facts if not any(_mentions(f.statement, name) for name in names))
        context = replace(self.context, symbols=MappingProxyType(symbols), facts=kept_facts)
        return Workbench(context, self.deadline, self.names, self.assumed)

    def with_symbol(self, decl: SymbolDecl) -> Workbench:
        """The same context and one more quantity."""
        return Workbench(self.context.with_symbol(decl), self.deadline, self.names, self.assumed)


def _follows(algebra: Algebra, op: str, p: Poly) -> bool:
    """Whether ``p op 0`` is plain from the form of p."""
    content, rest = algebra.content(p) if p.terms else (p, p)
    if signs.sign(algebra, content) == "+":  # over one denominator
        p = rest
    if op == "!=":
        return nonnegative(algebra, p, strict=True) or nonnegative(algebra, scale(p, -1), strict=True)
    return nonnegative(algebra, p, strict=op == ">")


def _places(reader: Lowering, what: Range | Shape) -> list[Bound]:
    """What a name in scope may stand for, all together: any index from 1 on, and each number below 1; nothing if the
    least of them is not known."""
    algebra = reader.algebra
    if not isinstance(what, Range):
        key = INTEGRAL + ",".join(reader.key(e) for e in what)
        return [Bound("var", ix=Ix(algebra.fresh(key)), scope=what)]
    low = what.low.constant
    if low is None or low < 1 - MOST_BELOW:
        return []
    below = [Bound("ix", ix=Ix("", number), scope=what) for number in range(low, 1)]
    return [*below, Bound("ix", ix=Ix(algebra.fresh(algebra.range_key(Range.upto(what.high)))), scope=what)]


def _mentions(term: Term, name: str) -> bool:
    return any(isinstance(part, Sym) and part.name == name for part in subterms(term))


def _is_zero(term: Term) -> bool:
    from derive.language.terms import Num

    return isinstance(term, Num) and term.value == 0


def _assume(reader: Lowering, condition: Condition) -> None:
    """Note what a condition says about the sign of a normal form, and of no more than it speaks of."""
    algebra, relation, scope = reader.algebra, condition.relation, condition.scope
    base = relation.left
    if relation.op not in (">", "!=") or not condition.everywhere:
        return
    if scope:
        matrix = simple_spectrum(condition, reader.context)
        if matrix is not None:
            _note_simple_spectrum(reader, matrix)
            return
        name = _whole_family(reader, base, scope) if relation.op == ">" else None
        if name is not None:
            algebra.positive_names.add(name)
        return
    try:
        if shape_of(base, reader.context):
            return
        p = reader.lower(base, (), {})
    except OutOfTime:
        raise
    except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
        return
    if p.is_zero:
        raise TooHard("the sides are defined nowhere: what must not be 0 is 0")
    if relation.op == "!=":
        algebra.nonzero.add(p)
        content, rest = algebra.content(p)
        algebra.nonzero |= {of_atom(atom) for atom, _ in content.sorted()[0][0].factors}
        algebra.nonzero |= {factor for factor, _ in signs.factor(algebra, rest) or [(rest, 1)]}
        if signs.sign(algebra, p) == "0+":
            algebra.positive |= signs.with_positive(algebra, p)
    elif signs.sign(algebra, p) != "+":
        algebra.positive |= signs.with_positive(algebra, p)


def _note_simple_spectrum(reader: Lowering, matrix: Term) -> None:
    """Note that no eigenvalue of a matrix is repeated."""
    try:
        least = reader.lower(Op("eigenvalues", (matrix,)), (Ix("", 1),), {})
    except OutOfTime:
        raise
    except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
        return
    found = [atom for atom in least.atoms() if atom.kind == "eigval"]
    if len(found) == 1 and least.single is not None:
        reader.algebra.simple_spectra.add(found[0].args[0])


def _whole_family(reader: Lowering, base: Term, scope: Scope) -> str | None:
    """The name of a family (or function) of which a condition speaks for every index (or argument)."""
    match base:
        case Sym(name, indices) if indices and name not in scope:
            decl = reader.context.symbols.get(name)
            used = [index.name for index in indices if isinstance(index, Index)]
            if decl is None or decl.shape or len(set(used)) != len(indices):
                return None
            return name if all(scope.get(n) == r for n, r in zip(used, decl.family, strict=True)) else None
        case Apply(name, (Sym(argument, ()),), ()):
            function = reader.context.functions.get(name)
            shape = scope.get(argument)
            if (
                function is None
                or function.body is not None
                or function.builtin is not None
                or isinstance(shape, Range | None)
            ):
                return None
            return f"{name};;{','.join(reader.key(e) for e in shape)}"
    return None


def _install_facts(reader: Lowering) -> None:
    """Facts whose left side is one sum become rules of the algebra; signs are noted."""
    algebra = reader.algebra
    statements = [fact.statement for fact in reader.context.facts if isinstance(fact.statement, Rel)]
    squared = (without_root(each) for each in statements)
    for statement in (*statements, *(each for each in squared if each is not None)):
        if not _speaks_everywhere(reader.context, statement):
            continue
        if statement.op == "!=" and isinstance(statement.left, Index) and isinstance(statement.right, Index):
            algebra.distinct.add(frozenset((statement.left.name, statement.right.name)))
            continue
        statement = as_norm(reader.context, statement) or statement
        try:
            if shape_of(statement.left, reader.context):
                algebra.sum_rules = (*algebra.sum_rules, *_matrix_rules(reader, statement))
                continue
            left = reader.lower(statement.left, (), {})
            right = reader.lower(statement.right, (), {})
        except OutOfTime:
            raise
        except (TooHard, ShapeError, ZeroDivisionError):
            continue
        gap = add(left, scale(right, -1))
        if statement.op == "=":
            names = _general(algebra, left, right, statement)
            algebra.sum_rules = (*algebra.sum_rules, *_with_equal_indices(algebra, left, right, names))
        elif statement.op in (">", "<") and not restricted.may_say_nothing(reader.context, statement):
            known = gap if statement.op == ">" else scale(gap, -1)
            algebra.positive |= signs.with_positive(algebra, known)
            names = _general(algebra, known, ZERO, statement)
            if names and len(known.terms) > 1 and not restricted.excesses(reader.context, statement):
                algebra.positive_for_all = (*algebra.positive_for_all, (known, names))
            algebra.positive |= _with_definitions_folded(reader, statement)


def _with_definitions_folded(reader: Lowering, statement: Rel) -> set[Poly]:
    """What a fact says is positive, where what is defined in it stands for itself."""
    symbols = reader.context.symbols
    named = {part.name for part in subterms(statement) if isinstance(part, Sym) and part.name in symbols}
    defined = frozenset(name for name in named if symbols[name].definition is not None)
    if not defined:
        return set()
    large, small = (statement.left, statement.right)[:: 1 if statement.op == ">" else -1]
    folded = reader.folding(defined)
    try:
        gap = add(folded.lower(large, (), {}), scale(folded.lower(small, (), {}), -1))
    except OutOfTime:
        raise
    except (TooHard, ShapeError, ZeroDivisionError):
        return set()
    return signs.with_positive(reader.algebra, gap)


def _matrix_rules(reader: Lowering, statement: Rel) -> list[facts.SumRule]:
    """An equation between vectors or matrices as rules for its entries: Σ_i W_ia W_ib = δ_ab, and Σ_i W_ia² = 1."""
    if statement.op != "=":
        return []
    algebra = reader.algebra
    slots = tuple(Ix(reader.slot_range(e)) for e in shape_of(statement.left, reader.context))
    left = reader.lower(statement.left, slots, {})
    right = ZERO if _is_zero(statement.right) else reader.lower(statement.right, slots, {})
    names = _general(algebra, left, right, statement) | {ix.base for ix in slots}
    return _with_equal_indices(algebra, left, right, names)


def _speaks_everywhere(context: Context, statement: Rel) -> bool:
    """Whether an equation says something for all values of its indices."""
    return statement.op != "=" or not restricted.excesses(context, statement)


def _general(algebra: Algebra, left: Poly, right: Poly, statement: Rel) -> frozenset[str]:
    """The indices for all of whose values a fact holds."""
    free = (left.free | right.free) - algebra.fixed(statement)
    return frozenset(n for n in free if n in algebra.context.indices and n in algebra.range_of)


def _with_equal_indices(algebra: Algebra, left: Poly, right: Poly, names: frozenset[str]) -> list[facts.SumRule]:
    """An equation as a rule; and again with two of its indices equal, where both stand in one product: Σ_i W_ia²."""
    rules = facts.sum_rule(algebra, left, right, names)
    for one, two in combinations(sorted(names & (left.free | right.free)), 2):
        if rules and algebra.range_of[one] == algebra.range_of[two]:
            same = {two: Ix(one)}
            rules += facts.sum_rule(algebra, algebra.rename(left, same), algebra.rename(right, same), names)
    missing = restricted.without_members(algebra.context).union(*restricted.restrictions(algebra.context))
    return [rule for rule in rules if (rule.value.free - rule.pattern.free).isdisjoint(missing)]


__all__ = ["Env", "Op", "Workbench"]
