"""From terms to normal forms: vectors and matrices become entries, definitions unfold, derivatives are taken.

Names are resolved by environment, never by substitution into text or terms, so nothing is captured.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.extents import SCALAR, Extent, Range, Shape
from derive.language.operators import LITERAL_OPERATORS, ShapeError, product_shape
from derive.language.shapes import shape_of
from derive.language.terms import (
    Apply,
    Array,
    At,
    Big,
    Cases,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Matrix,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
)
from derive.prove import cofactors, conditions, derivatives, ranges
from derive.prove.algebra import Algebra, OutOfTime, TooHard
from derive.prove.atoms import ONE, ONE_IX, ZERO, Atom, Ix, Poly, add, number, of_atom
from derive.prove.differentiate import Target
from derive.prove.entrywise import OPERATORS
from derive.prove.scope import ONE_EXTENT, Bound, Env, Slots

_COMBINING = frozenset({"add", "neg", "mul", "transpose"})
"""What makes one matrix of others, entry by entry."""
MOST_ENTRIES = 3
"""The longest range over which a product of matrices may be written out."""


class Lowering:
    """Reads terms into one algebra.

    Names in ``cuts`` are held as independent quantities. Names in ``folded`` stand for their definitions without being
    unfolded: what holds for any value of them holds for their own, and derivatives go through their definitions.
    """

    def __init__(
        self, algebra: Algebra, cuts: frozenset[str] = frozenset(), folded: frozenset[str] = frozenset()
    ) -> None:
        self.algebra: Algebra = algebra
        self.context: Context = algebra.context
        self.cuts = cuts
        self.folded = folded
        self._memo: dict[str, Poly] = {}
        self._sides: dict[tuple[Term, Slots], Poly] = {}
        self._derivatives: dict[Deriv, Poly] = {}
        self._names: dict[Deriv, frozenset[str]] = {}
        self._slopes: dict[tuple[Atom, Target], Poly] = {}
        self._readers: dict[tuple[int, frozenset[str]], Lowering] = {}
        self._written: dict[frozenset[str], dict[Poly, Poly]] = {}
        self._others: dict[frozenset[str], Lowering] = {}

    # -- shapes and references -------------------------------------------------------------------------------------
    def shape(self, term: Term, env: Env) -> Shape:
        """The shape of a term in scope."""
        return shape_of(term, self.context, {name: bound.scope for name, bound in env.items()})

    def ix(self, term: Term, env: Env) -> Ix:
        """A subscript as a reference."""
        if isinstance(term, Index):
            bound = env.get(term.name)
            if bound is not None and bound.ix is not None:
                return bound.ix
            return Ix(term.name)
        p = self.lower(term, (), env)
        constant = p.constant
        if constant is not None:
            return self.algebra.label(p)
        shift = 0
        rest = p
        for m, c in p.terms.items():
            if not m.factors and c.q == 1:
                shift = int(c.p)
                rest = add(p, number(-shift))
        single = rest.single
        if single is not None and single[1] == 1 and len(single[0].factors) == 1:
            atom, e = single[0].factors[0]
            if atom.kind == "size" and e == 1:
                return Ix(atom.head, shift)
        return self.algebra.label(rest, shift)

    def side(self, term: Term, slots: Slots) -> Poly:
        """An entry of a side of a relation, read once; a plain 0 has every shape."""
        if isinstance(term, Num) and term.value == 0:
            return ZERO
        known = self._sides.get((term, slots))
        if known is None:
            known = self._sides[term, slots] = self.lower(term, slots, {})
        return known

    def extent(self, e: Extent, env: Env) -> Extent:
        """An extent with index names in scope left as they are."""
        return e

    def key(self, e: Extent) -> str:
        """The range key of ``1..e``."""
        return self.algebra.range_key(Range.upto(e))

    def slot_range(self, e: Extent) -> str:
        """A fresh variable over ``1..e``."""
        return self.algebra.fresh(self.key(e))

    # -- terms -----------------------------------------------------------------------------------------------------
    def lower(self, term: Term, slots: Slots, env: Env) -> Poly:
        """The entry of ``term`` at ``slots`` as a normal form."""
        match term:
            case Num(value):
                return number(value)
            case Const(name):
                return self._constant(name)
            case Size(name):
                return (
                    self.algebra.size_or_index(name)
                    if name not in env
                    else self.algebra.index_value(self.ix(Index(name), env))
                )
            case Index():
                return self.algebra.index_value(self.ix(term, env))
            case Sym():
                return self._symbol(term, slots, env)
            case Entry(base, indices):
                return self.lower(base, (*[self.ix(i, env) for i in indices], *slots), env)
            case Op(name, args):
                return self._op(name, args, slots, env)
            case Apply():
                return self._apply(term, slots, env)
            case Big():
                return ranges.big(self, term, slots, env)
            case Integral(var, body, shape, low, high):
                if low is not None or high is not None:
                    return ranges.between(self, var, shape, (low, high), body, slots, env)
                return ranges.expectation(self, var, shape, None, body, slots, env)
            case Expect(var, domain, density, body):
                if isinstance(domain, Range):
                    summed = Big("sum", var, domain, Op("mul", (density, body)))
                    return ranges.big(self, summed, slots, env)
                return ranges.expectation(self, var, domain, density, body, slots, env)
            case Deriv():
                return derivatives.derivative(self, term, slots, env)
            case At(body, var, value):
                return derivatives.at_value(self, body, var, value, slots, env)
            case Array(pairs, body):
                here = dict(env)
                for (name, r), ix in zip(pairs, slots[-len(pairs) :], strict=True):
                    here[name] = Bound("ix", ix=ix, scope=r)
                return self.lower(body, (), here)
            case Matrix(rows):
                return self._matrix(rows, slots, env)
            case Cases(branches):
                return conditions.cases(self, branches, slots, env)
            case Rel():
                return self.condition(term, slots, env)
        raise TooHard(f"{type(term).__name__} has no normal form")

    def _constant(self, name: str) -> Poly:
        if name == "e":
            return self.algebra.exp(ONE)
        if name == "pi":
            return of_atom(Atom("const", "pi"))
        raise TooHard(f"the constant {name}")

    def _symbol(self, term: Sym, slots: Slots, env: Env) -> Poly:
        if not term.indices and term.name in env:
            bound = env[term.name]
            if bound.kind == "var" and bound.ix is not None:
                return of_atom(Atom("var", "", (bound.ix, *slots)))
            if bound.term is not None and bound.env is not None:
                return self.lower(bound.term, slots, bound.env)
            if bound.ix is not None:
                return self.algebra.index_value(bound.ix)
        decl = self.context.symbols.get(term.name)
        if decl is None:
            raise ShapeError(f"{term.name} is not declared")
        family = tuple(self.ix(i, env) for i in term.indices)
        return self.quantity(decl, (*family, *slots))

    def quantity(self, decl: SymbolDecl, ix: Slots) -> Poly:
        """An entry of a declared quantity; its definition, unless that is cut or folded."""
        if len(ix) != len(decl.family) + len(decl.shape):
            raise ShapeError(f"{decl.name} has {len(decl.family) + len(decl.shape)} slots, found {len(ix)}")
        plain = decl.definition is None and decl.depends is None
        if plain or decl.name in self.cuts or (decl.name in self.folded and decl.definition is not None):
            return self.algebra.entry(decl.name, ix)
        return self.unfolded(decl, ix)

    def unfolded(self, decl: SymbolDecl, ix: Slots) -> Poly:
        """An entry of a defined quantity by its definition, read once at generic indices and then moved to these."""
        if any(r.low.constant != 1 for r in decl.family):
            return self._unfolded_at(decl, ix)
        keys = [self.algebra.range_key(r) for r in decl.family] + [self.key(e) for e in decl.shape]
        names = self.generic("'e", keys)
        known = self._memo.get(decl.name)
        if known is None:
            known = self._memo[decl.name] = self._unfolded_at(decl, tuple(map(Ix, names)))
        return self.algebra.rename(known, dict(zip(names, ix, strict=True)))

    def generic(self, mark: str, keys: list[str]) -> list[str]:
        """Names for generic indices over these ranges, the same ones each time."""
        names = [f"{mark}{i}:{key}" for i, key in enumerate(keys)]
        for name, key in zip(names, keys, strict=True):
            self.algebra.range_of[name] = key
        return names

    def _unfolded_at(self, decl: SymbolDecl, ix: Slots) -> Poly:
        if decl.definition is None:
            return self._opaque(decl, ix)
        count = len(decl.definition.params)
        env = {
            name: Bound("ix", ix=i, scope=r)
            for name, i, r in zip(decl.definition.params, ix[:count], decl.family, strict=True)
        }
        return self.lower(decl.definition.body, ix[count:], env)

    def _opaque(self, decl: SymbolDecl, ix: Slots) -> Poly:
        """An unknown function of other quantities, over all their families."""
        args: list[tuple[Callable[[Slots], Poly], list[str]]] = []
        for part in decl.depends or ():
            if not isinstance(part, Sym):
                raise TooHard(f"{decl.name} depends on something that is not a quantity")
            inner = self.context.symbols.get(part.name)
            if inner is None:
                raise ShapeError(f"{part.name} is not declared")
            keys: list[str] = []
            fixed: list[Ix | None] = []
            for index, r in zip(part.indices, inner.family, strict=True):
                name = index.name if isinstance(index, Index) else ""
                own = name in decl.family_names
                fixed.append(ix[decl.family_names.index(name)] if own else None)
                if not own:
                    keys.append(self.algebra.range_key(r))
            keys.extend(self.key(e) for e in inner.shape)

            def make(free: Slots, inner: SymbolDecl = inner, fixed: list[Ix | None] = fixed) -> Poly:
                rest = iter(free)
                return self.quantity(inner, (*[f if f is not None else next(rest) for f in fixed], *rest))

            args.append((make, keys))
        return self._application(decl.name, ix, args)

    def _application(self, name: str, ix: Slots, args: list[tuple[Callable[[Slots], Poly], list[str]]]) -> Poly:
        ranks = [len(keys) for _, keys in args]
        names = [self.algebra.fresh("") for _ in range(max(ranks, default=0))]
        done = []
        for make, keys in args:
            for variable, key in zip(names, keys, strict=False):
                self.algebra.range_of[variable] = key
            done.append(make(tuple(map(Ix, names[: len(keys)]))))
        spec = "/".join(",".join(keys) for _, keys in args)
        return self.algebra.application(f"{name};;{spec}", ix, tuple(done), names)

    def _apply(self, term: Apply, slots: Slots, env: Env) -> Poly:
        decl = self.context.functions.get(term.name)
        if decl is None:
            raise ShapeError(f"the function {term.name} is not declared")
        if decl.builtin is not None:
            return self._op(decl.builtin, term.args, slots, env)
        family = tuple(self.ix(i, env) for i in term.indices)
        if decl.body is not None:
            here = {
                n: Bound("ix", ix=i, scope=r) for n, i, r in zip(decl.family_names, family, decl.family, strict=True)
            }
            for name, arg in zip(decl.params, term.args, strict=True):
                here[name] = Bound("term", term=arg, env=env, scope=self.shape(arg, env))
            return self.lower(decl.body, slots, here)
        return self._unknown(decl, family + slots, term.args, env)

    def _unknown(self, decl: FunctionDecl, ix: Slots, terms: tuple[Term, ...], env: Env) -> Poly:
        args = [self._argument(term, env) for term in terms]
        return self._application(decl.name, ix, args)

    def _argument(self, term: Term, env: Env) -> tuple[Callable[[Slots], Poly], list[str]]:
        keys = [self.key(e) for e in self.shape(term, env)]
        return (lambda free: self.lower(term, free, env)), keys

    # -- operators -------------------------------------------------------------------------------------------------
    def _op(self, name: str, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
        if name in LITERAL_OPERATORS:
            if name == "identity":
                return self.algebra.delta(*slots) if slots else ONE
            return ONE if name == "ones" else ZERO
        rule = OPERATORS.get(name)
        if rule is None:
            raise TooHard(f"{name} has no normal form")
        return rule(self, args, slots, env)

    def product(self, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
        """A product written side by side, contracted from the right; closed scalars are factors of their own."""
        shapes = [self.shape(arg, env) for arg in args]
        scalars = ONE
        chains: list[list[tuple[Term, Shape]]] = []
        running: Shape = SCALAR
        for arg, shape in zip(args, shapes, strict=True):
            if not shape:
                scalars = self.algebra.mul(scalars, self.lower(arg, (), env))
                continue
            if running:
                chains[-1].append((arg, shape))
                running = product_shape(running, shape)
            else:
                chains.append([(arg, shape)])
                running = shape
        total = scalars
        for n, chain in enumerate(chains):
            last = n == len(chains) - 1
            wanted = slots if last and running else ()
            total = self.algebra.mul(total, self._chain(chain, wanted, env))
        return total

    def _chain(self, chain: list[tuple[Term, Shape]], slots: Slots, env: Env) -> Poly:
        grids = [_grid(shape) for _, shape in chain]
        rows, columns = grids[0][0], grids[-1][1]
        left, right = _outer_slots(rows, columns, slots)
        value: Poly | None = None
        link = right
        for k in range(len(chain) - 1, -1, -1):
            term, shape = chain[k]
            if k == 0:
                row = left
                var = None
            elif grids[k][0] == ONE_EXTENT:
                row, var = ONE_IX, None
            else:
                var = self.slot_range(grids[k][0])
                row = Ix(var)
            entry = self.lower(term, _slots_of(shape, row, link), env)
            value = entry if value is None else self.algebra.mul(entry, value)
            # the sum over this factor's column (the next factor's row) closes now
            if k < len(chain) - 1 and link.base.startswith("?") and grids[k][1] != ONE_EXTENT:
                value = self._closed(value, link.base, grids[k][1])
            link = row
        return value if value is not None else ONE

    def _closed(self, value: Poly, var: str, extent: Extent) -> Poly:
        """The sum over the places of an array: written out if that is wanted and they are few."""
        algebra = self.algebra
        if algebra.writes_entries and extent.constant is not None and extent.constant <= MOST_ENTRIES:
            return add(*[algebra.rename(value, {var: Ix("", i)}) for i in range(1, extent.constant + 1)])
        return algebra.sum_over(value, var, algebra.range_of[var])

    def inverse(self, base: Term, slots: Slots, env: Env) -> Poly:
        """An entry of an inverse."""
        shape = self.shape(base, env)
        if not shape:
            return self.algebra.power(self.lower(base, (), env), -1)
        written = self._spelled_out(base, env)
        if written is not None:
            return self._matrix(cofactors.inverse(written[0].rows).rows, slots, written[1])
        key, row, column, body = self.square(base, shape, env)
        return self.algebra.matrix_atom("inv", key, body, row, column, slots)

    def determinant(self, base: Term, env: Env) -> Poly:
        """A determinant."""
        shape = self.shape(base, env)
        if not shape:
            return self.lower(base, (), env)
        if isinstance(base, Op) and base.name == "inverse":
            return self.algebra.power(self.determinant(base.args[0], env), -1)
        written = self._spelled_out(base, env)
        if written is not None:
            return self.lower(cofactors.determinant(written[0].rows), (), written[1])
        key, row, column, body = self.square(base, shape, env)
        return self.algebra.matrix_atom("det", key, body, row, column)

    def _at_its_parameters(self, call: Apply) -> Term | None:
        """The body of a defined function that is called at its own parameters."""
        decl = self.context.functions.get(call.name)
        plain = decl is not None and not call.indices and call.args == tuple(map(Sym, decl.params))
        return decl.body if decl is not None and plain else None

    def _spelled_out(self, base: Term, env: Env) -> tuple[Matrix, Env] | None:
        """A small matrix that is written out, here or in its definition, and what its names stand for."""
        if isinstance(base, Matrix):
            return (base, env) if self._is_small(base, env) else None
        if isinstance(base, Op) and base.name in _COMBINING:
            return self._combined(base, env)
        name = base.name if isinstance(base, Sym) and not base.indices else ""
        if name and name not in env and name not in self.cuts and name not in self.folded:
            decl = self.context.symbols.get(name)
            body = None if decl is None or decl.definition is None else decl.definition.body
        else:
            body = self._at_its_parameters(base) if isinstance(base, Apply) and not env else None
        return (body, {}) if isinstance(body, Matrix) and self._is_small(body, {}) else None

    def _combined(self, base: Op, env: Env) -> tuple[Matrix, Env] | None:
        """``P - \\lambda I`` with a small matrix P that is written out: its entries, as those of this."""
        sizes = [extent.constant for extent in self.shape(base, env)]
        if len(sizes) != 2 or sizes[0] != sizes[1] or sizes[0] is None or not 1 < sizes[0] <= cofactors.MOST_ROWS:
            return None
        if not any(self.shape(part, env) and self._spelled_out(part, env) is not None for part in base.args):
            return None
        places = [Num(Fraction(place)) for place in range(1, sizes[0] + 1)]
        return Matrix(tuple(tuple(Entry(base, (row, column)) for column in places) for row in places)), env

    def _is_small(self, matrix: Matrix, env: Env) -> bool:
        """Whether a matrix has few rows, of numbers: blocks are no entries."""
        return cofactors.is_small(matrix) and not any(self.shape(cell, env) for row in matrix.rows for cell in row)

    def square(self, base: Term, shape: Shape, env: Env) -> tuple[str, str, str, Poly]:
        """A square matrix by its entries: its range, a row and a column, the entry there."""
        key = self.key(shape[0])
        row, column = self.algebra.fresh(key), self.algebra.fresh(key)
        return key, row, column, self.lower(base, (Ix(row), Ix(column)), env)

    def entries(self, term: Term, env: Env) -> tuple[Slots, list[tuple[str, str]], Poly]:
        """A generic entry of a term, with its fresh slots and their ranges."""
        shape = self.shape(term, env)
        pairs = [(self.slot_range(e), self.key(e)) for e in shape]
        slots = tuple(ONE_IX if e == ONE_EXTENT else Ix(name) for (name, _), e in zip(pairs, shape, strict=True))
        kept = [pair for pair, e in zip(pairs, shape, strict=True) if e != ONE_EXTENT]
        return slots, kept, self.lower(term, slots, env)

    def total(self, p: Poly, pairs: list[tuple[str, str]]) -> Poly:
        """Σ over all the slots of a generic entry."""
        for name, key in pairs:
            p = self._closed(p, name, self.algebra.lengths[key])
        return p

    # -- binders ---------------------------------------------------------------------------------------------------
    # -- derivatives -----------------------------------------------------------------------------------------------
    def differentiated(self, p: Poly, target: Target) -> Poly:
        """The derivative of a normal form read here; folded quantities by the chain rule through their definitions."""
        return derivatives.differentiated(self, p, target)

    def generic_definition(self, name: str) -> Poly | None:
        """The definition of a scalar (or an entry of a vector or matrix) at fresh indices."""
        decl = self.context.symbols.get(name)
        if decl is None or decl.definition is None or any(r.low.constant != 1 for r in decl.family):
            return None
        keys = [self.algebra.range_key(r) for r in decl.family] + [self.key(e) for e in decl.shape]
        try:
            return self.unfolded(decl, tuple(Ix(self.algebra.fresh(key)) for key in keys))
        except OutOfTime:
            raise
        except (TooHard, ShapeError, ZeroDivisionError, RecursionError):
            return None

    def folding(self, folded: frozenset[str]) -> Lowering:
        """The same reader with these definitions folded."""
        if folded == self.folded:
            return self
        known = self._others.get(folded)
        if known is None:
            known = Lowering(self.algebra, self.cuts, folded)
            known._others = self._others
            self._others[folded] = known
        return known

    def beside(self, algebra: Algebra, cuts: frozenset[str], unfolded: frozenset[str] = frozenset()) -> Lowering:
        """A reader into another algebra that holds these fixed, and writes those out."""
        return Lowering(algebra, cuts, self.folded - unfolded)

    def written_out(self, p: Poly, names: frozenset[str]) -> Poly:
        """A normal form with the definitions of these quantities in their place."""

        def change(atom: Atom) -> Poly | None:
            decl = self.context.symbols.get(atom.head) if atom.kind == "ent" and atom.head in names else None
            return None if decl is None or decl.definition is None else self.quantity(decl, atom.ix)

        return self.algebra.replace(p, change, within=names, done=self._written.setdefault(names, {}))

    def _with(self, cuts: frozenset[str], name: str) -> Lowering:
        """A reader that holds ``cuts`` fixed; what is differentiated in has free entries."""
        algebra = self.algebra.freed(name) if self.algebra.is_tied(name) else self.algebra
        if algebra is self.algebra and cuts == self.cuts:
            return self
        key = (id(algebra), cuts)
        known = self._readers.get(key)
        if known is None:
            known = Lowering(algebra, cuts, self.folded)
            known._readers = self._readers
            self._readers[key] = known
        return known

    def settle(self, p: Poly, inner: Lowering) -> Poly:
        """A result of another reader in this one: what only it held fixed is unfolded, symmetry comes back."""
        return derivatives.settle(self, p, inner)

    # -- written out -----------------------------------------------------------------------------------------------
    def _matrix(self, rows: tuple[tuple[Term, ...], ...], slots: Slots, env: Env) -> Poly:
        if any(self.shape(cell, env) for cells in rows for cell in cells):
            raise TooHard("a matrix of blocks has no normal form entry by entry")
        grid = len(rows), len(rows[0])
        row, column = _outer_slots(Extent.of(grid[0]), Extent.of(grid[1]), slots)
        total = ZERO
        for i, cells in enumerate(rows, 1):
            for j, cell in enumerate(cells, 1):
                where = self.algebra.mul(self.algebra.delta(row, Ix("", i)), self.algebra.delta(column, Ix("", j)))
                if where.terms:
                    total = add(total, self.algebra.mul(where, self.lower(cell, (), env)))
        return total

    def condition(self, term: Term, slots: Slots, env: Env) -> Poly:
        """A condition as 0 or 1."""
        return conditions.condition(self, term, slots, env)

    def same(self, left: Term, right: Term, slots: Slots, env: Env) -> Poly:
        """1 where two terms agree, else 0."""
        return conditions.same(self, left, right, slots, env)


def _grid(shape: Shape) -> tuple[Extent, Extent]:
    rows, columns, *_ = (*shape, ONE_EXTENT, ONE_EXTENT)
    return rows, columns


def _outer_slots(rows: Extent, columns: Extent, slots: Slots) -> tuple[Ix, Ix]:
    """Row and column references of a product from the slots of its shape."""
    if len(slots) == 2:
        return slots[0], slots[1]
    if len(slots) == 1:
        return (slots[0], ONE_IX) if columns == ONE_EXTENT else (ONE_IX, slots[0])
    return ONE_IX, ONE_IX


def _slots_of(shape: Shape, row: Ix, column: Ix) -> Slots:
    return (row, column) if len(shape) == 2 else (row,)


__all__ = ["OPERATORS", "Bound", "Env", "Lowering"]
