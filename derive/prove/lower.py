"""From terms to normal forms: vectors and matrices become entries, definitions unfold, derivatives are taken.

Names are resolved by environment, never by substitution into text or terms, so nothing is captured.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.dependencies import depends_on
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
    subterms,
)
from derive.prove import elementary
from derive.prove.algebra import INTEGRAL, Algebra, OutOfTime, TooHard
from derive.prove.atoms import ONE, ONE_IX, ZERO, Atom, Ix, Poly, add, number, of_atom, scale
from derive.prove.differentiate import Target, differentiate, logarithmic
from derive.prove.elementary import Limit
from derive.prove.entrywise import OPERATORS
from derive.prove.moments import gaussian_factor, gaussian_moments
from derive.prove.scope import ONE_EXTENT, Bound, Env, Slots

MAX_WRITTEN_OUT = 100
MOST_ENTRIES = 3
"""The longest range over which a product of matrices may be written out."""
"""How many terms of a sum over a range of known numbers are written out."""


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
                return self.lower(base, (*(self.ix(i, env) for i in indices), *slots), env)
            case Op(name, args):
                return self._op(name, args, slots, env)
            case Apply():
                return self._apply(term, slots, env)
            case Big():
                return self._big(term, slots, env)
            case Integral(var, body, shape, low, high):
                if low is not None or high is not None:
                    return self._between(var, shape, (low, high), body, slots, env)
                return self._expect(var, shape, None, body, slots, env)
            case Expect(var, domain, density, body):
                if isinstance(domain, Range):
                    summed = Big("sum", var, domain, Op("mul", (density, body)))
                    return self._big(summed, slots, env)
                return self._expect(var, domain, density, body, slots, env)
            case Deriv():
                return self._derivative(term, slots, env)
            case At(body, var, value):
                return self._at(body, var, value, slots, env)
            case Array(pairs, body):
                here = dict(env)
                for (name, r), ix in zip(pairs, slots[-len(pairs) :], strict=True):
                    here[name] = Bound("ix", ix=ix, scope=r)
                return self.lower(body, (), here)
            case Matrix(rows):
                return self._matrix(rows, slots, env)
            case Cases(branches):
                return self._cases(branches, slots, env)
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
                return self.quantity(inner, (*(f if f is not None else next(rest) for f in fixed), *rest))

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
        """The sum over a link of a product: written out if that is wanted and the range is short."""
        algebra = self.algebra
        if algebra.writes_entries and extent.constant is not None and extent.constant <= MOST_ENTRIES:
            return add(*(algebra.rename(value, {var: Ix("", i)}) for i in range(1, extent.constant + 1)))
        return algebra.sum_over(value, var, algebra.range_of[var])

    def inverse(self, base: Term, slots: Slots, env: Env) -> Poly:
        """An entry of an inverse."""
        shape = self.shape(base, env)
        if not shape:
            return self.algebra.power(self.lower(base, (), env), -1)
        key, row, column, body = self.square(base, shape, env)
        return self.algebra.matrix_atom("inv", key, body, row, column, slots)

    def determinant(self, base: Term, env: Env) -> Poly:
        """A determinant."""
        shape = self.shape(base, env)
        if not shape:
            return self.lower(base, (), env)
        if isinstance(base, Op) and base.name == "inverse":
            return self.algebra.power(self.determinant(base.args[0], env), -1)
        key, row, column, body = self.square(base, shape, env)
        return self.algebra.matrix_atom("det", key, body, row, column)

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
            p = self.algebra.sum_over(p, name, key)
        return p

    # -- binders ---------------------------------------------------------------------------------------------------
    def _big(self, term: Big, slots: Slots, env: Env) -> Poly:
        if term.kind not in ("sum", "prod"):
            raise TooHard(f"{term.kind} over an index")
        algebra = self.algebra
        high = term.range.high.renamed(
            {n: _as_extent(b.ix) for n, b in env.items() if b.ix is not None and _plain(b.ix)}
        )
        low = term.range.low.renamed({n: _as_extent(b.ix) for n, b in env.items() if b.ix is not None and _plain(b.ix)})
        r = Range(low, high)
        start, stop = low.constant, high.constant
        parts: list[Poly] = []
        if start is not None and stop is not None:
            if stop - start > MAX_WRITTEN_OUT:
                raise TooHard(f"a range of {stop - start + 1} numbers")
            parts += [self._summand(term, Ix("", i), slots, env) for i in range(start, stop + 1)]
            return self._combined(term, parts)
        if start is not None and start < 1:
            least = algebra.least_extent(high)
            if least is None or least < 0:
                raise TooHard(f"a range {r} that may be empty in a way that its bounds do not tell")
            parts += [self._summand(term, Ix("", i), slots, env) for i in range(start, 1)]
            r = Range(ONE_EXTENT, high)
        r, guards = self._outer_range(r)
        var = algebra.fresh(algebra.range_key(r))
        value = algebra.index_value(Ix(var))
        gaps = [add(value, scale(algebra.extent(high), -1))] if "high" in guards else []
        gaps += [add(algebra.extent(low), scale(value, -1))] if "low" in guards else []
        guard = algebra.mul(*(add(ONE, scale(algebra.indicator(">", gap), -1)) for gap in gaps))
        body = self._summand(term, Ix(var), slots, env, guard)
        if term.kind == "sum":
            return add(*parts, algebra.sum_range(body, var, r))
        if r.low.constant != 1:
            raise TooHard(f"a product over {r}")
        return algebra.mul(*parts, algebra.product_over(body, var, algebra.range_key(r)))

    def _combined(self, term: Big, parts: list[Poly]) -> Poly:
        if term.kind == "sum":
            return add(*parts) if parts else ZERO
        return self.algebra.mul(*parts)

    def _summand(self, term: Big, ix: Ix, slots: Slots, env: Env, guard: Poly = ONE) -> Poly:
        """The body at one value of the index: nothing in a sum (one in a product) where its condition does not hold."""
        here = {**env, term.var: Bound("ix", ix=ix, scope=term.range)}
        if term.where is not None:
            guard = self.algebra.mul(guard, self.condition(term.where, (), here))
        if guard.is_zero:
            return ZERO if term.kind == "sum" else ONE
        body = self.lower(term.body, slots, here)
        if guard == ONE:
            return body
        return self.algebra.mul(guard, body) if term.kind == "sum" else self.algebra.power_poly(body, guard)

    def _outer_range(self, r: Range) -> tuple[Range, set[str]]:
        """A range that ends or starts at an index (j ≤ i) widened to that index's own range; which ends need a
        condition."""
        guards: set[str] = set()
        low, high = r.low, r.high
        for end in ("high", "low"):
            extent = high if end == "high" else low
            for name in sorted(extent.names):
                if name in self.context.sizes or (
                    name not in self.context.indices and name not in self.algebra.range_of
                ):
                    continue
                key = self.algebra.range_of.get(name)
                shift = (extent - name).constant
                if key is None or shift is None or (end == "low" and shift < 0):
                    raise TooHard(f"a range {r}")
                guards.add(end)
                high = _widened(self.algebra.lengths[key] + max(shift, 0)) if end == "high" else high
                low = ONE_EXTENT if end == "low" else low
        return Range(low, high), guards

    def _expect(self, var: str, shape: Shape, density: Term | None, body: Term, slots: Slots, env: Env) -> Poly:
        algebra = self.algebra
        name = algebra.fresh(INTEGRAL + ",".join(self.key(e) for e in shape))
        here = {**env, var: Bound("var", ix=Ix(name), scope=shape)}
        found = gaussian_factor(var, None if density is None else self._form(density), body)
        if found is not None:
            try:
                return self._moments(var, name, shape, found, slots, env)
            except TooHard:
                pass  # no polynomial: the integral as it stands
        whole = body if density is None else Op("mul", (density, body))
        p = self.lower(whole, slots, here)
        finished = None if shape else elementary.over_all(algebra, p, name)
        return algebra.sum_over(p, name, algebra.range_of[name]) if finished is None else finished

    def _between(
        self, var: str, shape: Shape, limits: tuple[Term | None, Term | None], body: Term, slots: Slots, env: Env
    ) -> Poly:
        """An integral with limits; from minus to plus infinity it is one without."""
        low, high = (self._limit(limit, default, env) for limit, default in zip(limits, (-1, 1), strict=True))
        if low.value is None and high.value is None and (low.infinity, high.infinity) == (-1, 1):
            return self._expect(var, shape, None, body, slots, env)
        if shape:
            raise TooHard("an integral of a vector with limits")
        name = self.algebra.fresh(INTEGRAL)
        p = self.lower(body, slots, {**env, var: Bound("var", ix=Ix(name), scope=shape)})
        return elementary.between(self.algebra, p, name, low, high)

    def _limit(self, limit: Term | None, default: int, env: Env) -> Limit:
        if limit is None:
            return Limit(None, default)
        below = limit.args[0] if isinstance(limit, Op) and limit.name == "neg" else None
        if limit == Const("inf") or below == Const("inf"):
            return Limit(None, 1 if below is None else -1)
        return Limit(self.lower(limit, (), env))

    def _form(self, density: Term) -> Term:
        """The body of a defined density that is called at its own parameters."""
        decl = self.context.functions.get(density.name) if isinstance(density, Apply) else None
        if decl is None or decl.body is None or not isinstance(density, Apply):
            return density
        if density.indices or density.args != tuple(map(Sym, decl.params)):
            return density
        return decl.body

    def _moments(
        self, var: str, name: str, shape: Shape, found: tuple[tuple[Term, Term, bool], Term], slots: Slots, env: Env
    ) -> Poly:
        """An expectation under a normal density."""
        algebra = self.algebra
        here = {**env, var: Bound("var", ix=Ix(name), scope=shape)}
        (mean, spread, diagonal), rest = found
        inner = self.lower(rest, slots, here)
        if not shape:
            m = self.lower(mean, (), env)
            s = self.lower(spread, (), env)
            return gaussian_moments(algebra, inner, name, lambda i: m, lambda i, j: s)
        wide = self.shape(spread, env)

        def covariance(i: Ix, j: Ix) -> Poly:
            if diagonal or not wide:
                value = self.lower(spread, (i,) if diagonal else (), env)
                return algebra.mul(algebra.delta(i, j), value)
            return self.lower(spread, (i, j), env)

        return gaussian_moments(algebra, inner, name, lambda i: self.lower(mean, (i,), env), covariance)

    # -- derivatives -----------------------------------------------------------------------------------------------
    def _derivative(self, term: Deriv, slots: Slots, env: Env) -> Poly:
        bound = self._parameter(term.wrt, env)
        if bound is not None:
            return self._in_parameter(term, bound, slots, env)
        moved = self._indices_of(term, env)
        if moved is None:
            return self._derivative_at(term, slots, env)
        shape = self.shape(term, {})
        names = self.generic("'d", [self.key(e) for e in shape])
        known = self._derivatives.get(term)
        if known is None:
            known = self._derivatives[term] = self._derivative_at(term, tuple(map(Ix, names)), {})
        return self.algebra.rename(known, {**moved, **dict(zip(names, slots, strict=True))})

    def _indices_of(self, term: Deriv, env: Env) -> dict[str, Ix] | None:
        """Where the indices of a term that mentions nothing else in scope stand, if they are the context's own; else
        None."""
        used = self._names.get(term)
        if used is None:
            used = self._names[term] = frozenset(
                part.name for part in subterms(term) if isinstance(part, Index | Sym | Apply | Size)
            )
        moved: dict[str, Ix] = {}
        for name in used & env.keys():
            bound = env[name]
            declared = self.context.indices.get(name)
            if bound.ix is None or bound.kind != "ix" or declared is None or declared != bound.scope:
                return None
            if name not in self.algebra.range_of:
                return None
            moved[name] = bound.ix
        return moved

    def _derivative_at(self, term: Deriv, slots: Slots, env: Env) -> Poly:
        target, name, count = self._target(term.wrt, env)
        body_rank = len(self.shape(term.body, env))
        inner_slots, wrt_slots = slots[:body_rank], slots[body_rank:]
        if len(wrt_slots) != count:
            raise ShapeError(f"a derivative in {name} with {len(wrt_slots)} slots, expected {count}")
        full = Target(target.kind, target.name, (*target.ix, *wrt_slots))
        cuts = self.cuts | ({name} if target.kind == "ent" else frozenset())
        body = term.body
        if term.local:
            defined = frozenset(
                n for n, d in self.context.symbols.items() if d.definition is not None or d.depends is not None
            )
            inner = self._with(defined | cuts, name)
            whole, entry = (body.base, body.indices) if isinstance(body, Entry) else (body, ())
            decl = self.context.symbols.get(whole.name) if isinstance(whole, Sym) and whole.name not in env else None
            if isinstance(whole, Sym) and decl is not None and (decl.definition or decl.depends) and decl.name != name:
                p = inner.unfolded(decl, (*(self.ix(i, env) for i in (*whole.indices, *entry)), *inner_slots))
            else:
                p = inner.lower(body, inner_slots, env)
        else:
            inner = self._with(cuts, name)
            p = inner.lower(body, inner_slots, env)
        return self.settle(inner.differentiated(p, full), inner)

    def differentiated(self, p: Poly, target: Target) -> Poly:
        """The derivative of a normal form read here; folded quantities by the chain rule through their definitions."""
        return differentiate(self.algebra, p, target, self._through if self.folded else None)

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

    def written_out(self, p: Poly, names: frozenset[str]) -> Poly:
        """A normal form with the definitions of these quantities in their place."""

        def change(atom: Atom) -> Poly | None:
            decl = self.context.symbols.get(atom.head) if atom.kind == "ent" and atom.head in names else None
            return None if decl is None or decl.definition is None else self.quantity(decl, atom.ix)

        return self.algebra.replace(p, change, within=names, done=self._written.setdefault(names, {}))

    def _through(self, atom: Atom, target: Target) -> Poly:
        decl = self.context.symbols.get(atom.head)
        if decl is None or decl.definition is None or atom.head not in self.folded or atom.head in self.cuts:
            return ZERO
        if target.kind == "ent" and not depends_on(self.context, atom.head, target.name):
            return ZERO
        key = (atom, target)
        if key not in self._slopes:
            self._slopes[key] = self._slope(atom, self.unfolded(decl, atom.ix), target)
        return self._slopes[key]

    def _slope(self, atom: Atom, definition: Poly, target: Target) -> Poly:
        """The derivative of a folded entry, said with the entry itself where its definition is one product: y' = y (log
        y)'."""
        single = definition.single
        if single is None or single[1] != 1:
            return self.differentiated(definition, target)
        if len(single[0].factors) > 1:
            if any(a.kind not in ("exp", "pow", "pp", "prod") for a, _ in single[0].factors):
                return self.differentiated(definition, target)  # (log y)' would divide by what may be zero
            inner = logarithmic(self.algebra, single[0], target, self._through)
            return self.algebra.mul(of_atom(atom), inner) if inner.terms else ZERO
        whole, e = single[0].factors[0]
        slope = self.differentiated(definition, target)
        if e != 1 or whole.kind != "fn":
            return slope
        put = frozenset((f"{whole.head}()",))
        return self.algebra.replace(slope, lambda a: of_atom(atom) if a is whole else None, within=put)

    def _parameter(self, wrt: Term, env: Env) -> Bound | None:
        """What a function's parameter stands for, where that is more than a quantity."""
        base = wrt.base if isinstance(wrt, Entry) else wrt
        while isinstance(base, Sym) and not base.indices and base.name in env:
            bound = env[base.name]
            if bound.term is None or bound.env is None:
                return None
            if not isinstance(bound.term, Sym):
                return bound
            base, env = bound.term, bound.env
        return None

    def _in_parameter(self, term: Deriv, bound: Bound, slots: Slots, env: Env) -> Poly:
        """A derivative in a function's parameter: first in a variable in its place, which then takes the argument's
        value."""
        base, indices = (term.wrt.base, term.wrt.indices) if isinstance(term.wrt, Entry) else (term.wrt, ())
        if not isinstance(base, Sym) or isinstance(bound.scope, Range) or bound.term is None or bound.env is None:
            raise TooHard("a derivative in something that is not a quantity")
        name = self.algebra.fresh(INTEGRAL + ",".join(self.key(e) for e in bound.scope))
        here = {**env, base.name: Bound("var", ix=Ix(name), scope=bound.scope)}
        rank = len(self.shape(term.body, here))
        p = self.lower(term.body, slots[:rank], here)
        wrt = (Ix(name), *(self.ix(i, env) for i in indices), *slots[rank:])
        done = self.differentiated(p, Target("var", base.name, wrt))
        argument, scope = bound.term, bound.env

        def change(atom: Atom) -> Poly | None:
            return self.lower(argument, atom.ix[1:], scope) if atom.kind == "var" and atom.ix[0].base == name else None

        return self.algebra.replace(done, change)

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
        extra = inner.cuts - self.cuts
        symbols = self.context.symbols

        def change(atom: Atom) -> Poly | None:
            if atom.kind != "ent" or atom.head not in extra:
                return None
            decl = symbols.get(atom.head)
            if decl is None or (decl.definition is None and decl.depends is None):
                return None
            return self.quantity(decl, atom.ix) if decl.name not in self.folded else None

        return self.algebra.replace(p, change, within=None if inner.algebra is not self.algebra else extra)

    def _target(self, wrt: Term, env: Env) -> tuple[Target, str, int]:
        indices: Slots = ()
        base = wrt
        if isinstance(base, Entry):
            indices = tuple(self.ix(i, env) for i in base.indices)
            base = base.base
        while isinstance(base, Sym) and not base.indices and base.name in env and env[base.name].term is not None:
            bound = env[base.name]
            if bound.term is None or bound.env is None:
                break
            base, env = bound.term, bound.env
        if not isinstance(base, Sym):
            raise TooHard("a derivative in something that is not a quantity")
        if not base.indices and base.name in env:
            ix = env[base.name].ix
            if env[base.name].kind != "var" or ix is None:
                raise ShapeError(f"{base.name} is an index, not something to differentiate in")
            rank = len(self.shape(base, env)) - len(indices)
            return Target("var", base.name, (ix, *indices)), base.name, rank
        decl = self.context.symbols.get(base.name)
        if decl is None:
            raise ShapeError(f"{base.name} is not declared")
        family = tuple(self.ix(i, env) for i in base.indices)
        return Target("ent", base.name, (*family, *indices)), base.name, len(decl.shape) - len(indices)

    def _at(self, body: Term, var: Sym, value: Term, slots: Slots, env: Env) -> Poly:
        decl = self.context.symbols.get(var.name)
        if decl is None or var.name in env:
            raise TooHard(f"a value for {var.name}, which is not a declared quantity")
        family = tuple(self.ix(i, env) for i in var.indices)
        # In the body the variable is any number: what is declared of it need not hold of the value.
        bare = replace(decl, properties=frozenset(), low=None, high=None, values=(), label_range=None)
        inner = Lowering(self.algebra.about(bare), self.cuts | {var.name}, self.folded)
        p = inner.lower(body, slots, env)

        def change(atom: Atom) -> Poly | None:
            if atom.kind != "ent" or atom.head != var.name:
                return None
            if atom.ix[: len(family)] != family:
                raise TooHard(f"another member of {var.name} beside the one that is set")
            return self.lower(value, atom.ix[len(family) :], env)

        return self.algebra.replace(p, change)

    # -- written out -----------------------------------------------------------------------------------------------
    def _matrix(self, rows: tuple[tuple[Term, ...], ...], slots: Slots, env: Env) -> Poly:
        grid = len(rows), len(rows[0])
        row, column = _outer_slots(Extent.of(grid[0]), Extent.of(grid[1]), slots)
        total = ZERO
        for i, cells in enumerate(rows, 1):
            for j, cell in enumerate(cells, 1):
                where = self.algebra.mul(self.algebra.delta(row, Ix("", i)), self.algebra.delta(column, Ix("", j)))
                if where.terms:
                    total = add(total, self.algebra.mul(where, self.lower(cell, (), env)))
        return total

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...], slots: Slots, env: Env) -> Poly:
        total = ZERO
        left = ONE
        for value, condition in branches:
            here = (
                ONE
                if condition is None
                else self.condition(condition, slots if self.shape(condition, env) else (), env)
            )
            weight = self.algebra.mul(left, here)
            if weight.terms:
                total = add(total, self.algebra.mul(weight, self.lower(value, slots, env)))
            left = self.algebra.mul(left, add(ONE, scale(here, -1)))
            if left.is_zero:
                break
        return total

    def condition(self, term: Term, slots: Slots, env: Env) -> Poly:
        """A condition as 0 or 1."""
        algebra = self.algebra
        match term:
            case Op("and", args):
                return algebra.mul(*(self.condition(arg, slots, env) for arg in args))
            case Op("or", args):
                none = algebra.mul(*(add(ONE, scale(self.condition(arg, slots, env), -1)) for arg in args))
                return add(ONE, scale(none, -1))
            case Op("not", (arg,)):
                return add(ONE, scale(self.condition(arg, slots, env), -1))
            case Rel(op, left, right):
                return self._relation(op, left, right, slots, env)
        return self.lower(term, slots, env)

    def _relation(self, op: str, left: Term, right: Term, slots: Slots, env: Env) -> Poly:
        algebra = self.algebra
        if op in ("=", "!="):
            same = self.same(left, right, slots, env)
            return same if op == "=" else add(ONE, scale(same, -1))
        a = self.lower(left, slots if self.shape(left, env) else (), env)
        b = self.lower(right, slots if self.shape(right, env) else (), env)
        if op in (">", "<"):
            return algebra.indicator(">", add(a, scale(b, -1)) if op == ">" else add(b, scale(a, -1)))
        strict = algebra.indicator(">", add(b, scale(a, -1)) if op == ">=" else add(a, scale(b, -1)))
        return add(ONE, scale(strict, -1))

    def same(self, left: Term, right: Term, slots: Slots, env: Env) -> Poly:
        """1 where two terms agree, else 0."""
        if self._is_reference(left, env) and self._is_reference(right, env):
            return self.algebra.delta(self.ix(left, env), self.ix(right, env))
        a = self.lower(left, slots if self.shape(left, env) else (), env)
        b = self.lower(right, slots if self.shape(right, env) else (), env)
        return self.algebra.indicator("=", add(a, scale(b, -1)))

    def _is_reference(self, term: Term, env: Env) -> bool:
        """Whether a term can stand in a slot: an index, a whole number, or a label."""
        match term:
            case Index() | Size():
                return True
            case Num(value):
                return value.denominator == 1
            case Sym(name) if name not in env:
                decl = self.context.symbols.get(name)
                return decl is not None and decl.label_range is not None and decl.definition is None
            case Entry(base, _):
                return self._is_reference(base, env)
            case Op("add" | "neg", args):
                return all(self._is_reference(arg, env) for arg in args) and any(isinstance(a, Index) for a in args)
        return False


def _grid(shape: Shape) -> tuple[Extent, Extent]:
    rows, columns, *_ = (*shape, ONE_EXTENT, ONE_EXTENT)
    return rows, columns


def _widened(extent: Extent) -> Extent:
    """A length such as T - 1 without what is taken away: what is beyond the end is left out by a condition."""
    whole = [(names, factor) for names, factor in extent.terms if names]
    name = whole[0][0][0] if len(whole) == 1 and len(whole[0][0]) == 1 and whole[0][1] == 1 else None
    return extent if name is None or ((extent - name).constant or 0) >= 0 else Extent.of(name)


def _outer_slots(rows: Extent, columns: Extent, slots: Slots) -> tuple[Ix, Ix]:
    """Row and column references of a product from the slots of its shape."""
    if len(slots) == 2:
        return slots[0], slots[1]
    if len(slots) == 1:
        return (slots[0], ONE_IX) if columns == ONE_EXTENT else (ONE_IX, slots[0])
    return ONE_IX, ONE_IX


def _slots_of(shape: Shape, row: Ix, column: Ix) -> Slots:
    return (row, column) if len(shape) == 2 else (row,)


def _as_extent(ix: Ix) -> Extent:
    return Extent.of(ix.base) + ix.shift if ix.base else Extent.of(ix.shift)


def _plain(ix: Ix) -> bool:
    return ix.atom is None


__all__ = ["OPERATORS", "Bound", "Env", "Lowering"]
