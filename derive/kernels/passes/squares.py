"""Normal equations as a least-squares problem: (Σ_n r_n x_n x_nᵀ)⁻¹ Σ_n r_n x_n y_n with the roots of r_n as factors.

Solved as it stands, it loses twice the digits of the condition of x. It is what makes Σ_n r_n (y_n - x_nᵀ u)² least,
for which the emitted code triangularises the rows √r_n x_n themselves. That the roots are real the prover is shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.kernels.program import Program, factors, free, key, ordered_free, product, put, quotient, sum_over
from derive.kernels.rewriting import Rewriter
from derive.language.extents import Range
from derive.language.terms import Array, Big, Entry, Index, Op, Term, rebuild


@dataclass(frozen=True)
class LeastSquares:
    """The u_row that makes Σ_samples weight (y - Σ_column x_column u_column)² least; no weight is 1."""

    samples: str
    row: str
    column: str
    x: Term
    y: Term
    weight: Term | None


def as_least_squares(program: Program) -> Program:
    """The program with the weights of normal equations as squares of their roots, and without what cancels."""
    work = _Squares(program)
    return work.done(work.change)


def least_squares(term: Term, ranges: Mapping[str, Range]) -> LeastSquares | None:
    """The problem that a term solves, if it is written with the square of each weight."""
    found = _normal_equations(term, ranges)
    if found is None or found.outside:
        return None
    roots = [f.args[0] for f in found.weights if isinstance(f, Op) and f.name == "sqrt"]
    if len(roots) != len(found.weights):
        return None
    weight: list[Term] = []
    while roots:
        root = roots.pop()
        twin = next((other for other in roots if _same(root, other, ranges)), None)
        if twin is None:
            return None
        roots.remove(twin)
        weight.append(root)
    return LeastSquares(found.samples, found.row, found.column, found.x, found.y, product(*weight) if weight else None)


@dataclass(frozen=True)
class _Equations:
    """Normal equations: what stands in both sums (``weights``), and what stands outside of them, above and below."""

    samples: str
    row: str
    column: str
    x: Term
    y: Term
    weights: tuple[Term, ...]
    outside: tuple[tuple[Term, ...], tuple[Term, ...]] | tuple[()]
    domain: Range


class _Squares(Rewriter):
    def change(self, term: Term) -> Term:
        """A body with its normal equations rewritten."""
        if isinstance(term, Op) and term.name == "div":
            top, bottom = map(self.change, term.args)
            return _reduced(top, bottom) if top != term.args[0] else rebuild(term, self.change)
        found = _normal_equations(term, self.names.ranges)
        if found is None or not all(map(self.positive, found.weights)):
            return rebuild(term, self.change)
        rooted = [Op("sqrt", (weight,)) for weight in found.weights for _ in range(2)]
        solved = self._written(found, rooted)
        return _reduced(product(*found.outside[0], solved), product(*found.outside[1])) if found.outside else solved

    def _written(self, of: _Equations, weights: list[Op]) -> Term:
        """The normal equations with these weights."""
        ranges = self.names.ranges
        own, other = (self.names.fresh("i", ranges[of.column]) for _ in range(2))
        one, two = (put(of.x, {of.column: Index(name)}) for name in (own, other))
        samples = self.names.fresh(of.samples, of.domain)
        matrix = sum_over(samples, of.domain, put(product(*weights, one, two), {of.samples: Index(samples)}))
        whole = Array(((own, ranges[of.column]), (other, ranges[of.column])), matrix)
        right = sum_over(of.samples, of.domain, product(*weights, of.x, of.y))
        at = (Index(of.row), Index(of.column))
        return sum_over(of.column, ranges[of.column], Op("mul", (Entry(Op("inverse", (whole,)), at), right)))


def _normal_equations(term: Term, ranges: Mapping[str, Range]) -> _Equations | None:
    """Σ_b ((Σ_n r x_a x_b)⁻¹)_ab Σ_n r x_b y, and what of that is what."""
    match term:
        case Big("sum", column, _, Op("mul", (one, two))):
            for matrix, other in ((one, two), (two, one)):
                match matrix:
                    case Entry(Op("inverse", (Array(((a, _), (b, _)), body),)), (Index(row), Index(at))) if (
                        at == column
                    ):
                        return _matched((a, b), body, other, (row, column), ranges)
    return None


def _matched(
    axes: tuple[str, str], body: Term, other: Term, at: tuple[str, str], ranges: Mapping[str, Range]
) -> _Equations | None:
    left, right = _sum_and_rest(body), _sum_and_rest(other)
    if left is None or right is None or left[0].range != right[0].range:
        return None
    (big, above, below), (other_big, other_above, other_below) = left, right
    if {*axes} & free(product(*above, *below)) or at[1] in free(product(*other_above, *other_below)):
        return None
    inside = [put(f, {big.var: Index(other_big.var)}) for f in factors(big.body)]
    rows, columns = ([f for f in inside if axis in free(f)] for axis in axes)
    if len(rows) != 1 or len(columns) != 1 or rows == columns:
        return None
    x = put(rows[0], {axes[0]: Index(at[1])})
    if not _same(x, put(columns[0], {axes[1]: Index(at[1])}), ranges):
        return None
    weights = [f for f in inside if not {*axes} & free(f)]
    rest = list(factors(other_big.body))
    for part in (x, *weights):
        twin = next((f for f in rest if _same(f, part, ranges)), None)
        if twin is None:
            return None
        rest.remove(twin)
    if at[1] in free(product(*rest)) or other_big.var not in free(x) & free(product(*rest)):
        return None
    outside = ((*below, *other_above), (*above, *other_below))
    row, column = at
    return _Equations(
        other_big.var, row, column, x, product(*rest), tuple(weights), outside if any(outside) else (), big.range
    )


def _same(one: Term, other: Term, ranges: Mapping[str, Range]) -> bool:
    """Whether two terms are the same but for the names of what they bind."""
    return key(one, ranges) == key(other, ranges) and ordered_free(one) == ordered_free(other)


def _sum_and_rest(term: Term) -> tuple[Big, tuple[Term, ...], tuple[Term, ...]] | None:
    """The one sum of a product or quotient, and the other factors above and below the line."""
    match term:
        case Op("div", (top, bottom)):
            found = _sum_and_rest(top)
            return None if found is None else (found[0], found[1], (*found[2], *factors(bottom)))
        case Big("sum", where=None):
            return term, (), ()
        case Op("mul"):
            parts = list(factors(term))
            sums = [part for part in parts if isinstance(part, Big) and part.kind == "sum" and part.where is None]
            if len(sums) == 1:
                return sums[0], tuple(part for part in parts if part is not sums[0]), ()
    return None


def _reduced(top: Term, bottom: Term) -> Term:
    """A quotient without the factors that both sides have."""
    above, below = list(factors(top)), list(factors(bottom))
    for part in list(below):
        if part in above:
            above.remove(part)
            below.remove(part)
    return quotient(product(*above), product(*below)) if below else product(*above)
