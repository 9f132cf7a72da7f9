"""Array code for sums: matrix products, dot products, systems of equations, and loops over a short axis."""

from __future__ import annotations

from dataclasses import replace

from derive.kernels.arithmetic import Arithmetic
from derive.kernels.code import (
    ATOM,
    PRODUCT,
    Block,
    Value,
    summand_of,
)
from derive.kernels.passes.squares import LeastSquares, least_squares
from derive.kernels.program import (
    KernelError,
    free,
    ordered_free,
    reference,
)
from derive.language.terms import (
    Array,
    Big,
    Const,
    Entry,
    Index,
    Num,
    Op,
    Size,
    Term,
    children,
)

SHORT_DOT = 32
"""A library for dot products is no gain where each is shorter than this."""


class Sums(Arithmetic):
    """Expressions for sums of products."""

    def _big_sum(self, term: Term) -> Value:
        squares = least_squares(term, self.program.ranges)
        if squares is not None and self.fixed(squares.row) is None:
            return self._least_squares(squares)
        over = self._too_large(term)
        if over is not None:
            return self._looped(term, over)
        indices: list[str] = []
        body: Term = term
        while isinstance(body, Big) and body.kind == "sum":
            indices.append(body.var)
            body = body.body
            if self.uses.get(self._key(body), 0) > 1:  # computed anyway
                break
        match body:
            case Op("mul", (one, two)) if not isinstance(one, Num):
                return self._solved(indices, [one, two]) or self._contraction(tuple(indices), one, two)
        inner = self._materialised(self.value(body), tuple(indices))
        return self._summed(inner, tuple(indices))

    def _summed(self, value: Value, indices: tuple[str, ...]) -> Value:
        rest = tuple(axis for axis in value.axes if axis not in indices)
        if not rest:
            return Value(f"np.sum({value.code})")
        places = sorted(value.axes.index(index) for index in indices)
        axis = str(places[0]) if len(places) == 1 else f"({', '.join(map(str, places))})"
        return Value(f"np.sum({value.code}, axis={axis})", rest)

    def _solved(self, indices: list[str], parts: list[Term]) -> Value | None:
        """Σ_b (A⁻¹)_ab v_b as the solution of A u = v."""
        for matrix, other in (parts, parts[::-1]):
            match matrix:
                case Entry(Op("inverse", (inside,)), (Index(row), Index(column))) if indices == [column]:
                    whole, rows, columns = self._whole_matrix(inside)
                    batch = tuple(axis for axis in whole.axes if axis not in (rows, columns))
                    right = self.value(other)
                    more = tuple(axis for axis in right.axes if axis not in (*batch, column))
                    if more or column not in right.axes:
                        return None
                    a = self._moved(whole, (*batch, rows, columns)).code
                    b = self._moved(right, (*(x for x in batch if x in right.axes), column)).code
                    return Value(f"{self.helper('_solve')}({a}, {b})", (*batch, row))
        return None

    def _least_squares(self, of: LeastSquares) -> Value:
        """Normal equations solved from the rows they are made of, for every index that these have besides."""
        x = self._materialised(self.value(of.x), (of.samples, of.column), only_missing=True)
        rest = [self._materialised(self.value(part), (of.samples,)) for part in (of.y, of.weight) if part is not None]
        names = dict.fromkeys(axis for value in (*rest, x) for axis in value.axes)
        batch = tuple(axis for axis in names if axis not in (of.samples, of.column))
        parts = [self._aligned(x, (*batch, of.samples, of.column), 0)]
        parts += [self._aligned(value, (*batch, of.samples), 0) for value in rest]
        return Value(f"{self.helper('_least_squares')}({', '.join(parts)})", (*batch, of.row))

    def _whole_matrix(self, matrix: Term) -> tuple[Value, str, str]:
        match matrix:
            case Array(((rows, _), (columns, _)), body):
                return self._materialised(self.value(body), (rows, columns)), rows, columns
        raise KernelError(f"expected a matrix written entry by entry, found {matrix}")

    def _contraction(self, indices: tuple[str, ...], one: Term, two: Term) -> Value:
        guarded = [isinstance(part, Op) and part.name == "log" for part in (one, two)]
        left = self._operand(one, indices)
        right = left if self._key(one) == self._key(two) and free(one) == free(two) else self._operand(two, indices)
        shared = tuple(axis for axis in left.axes if axis in right.axes and axis not in indices)
        only_left = tuple(axis for axis in left.axes if axis not in right.axes)
        only_right = tuple(axis for axis in right.axes if axis not in left.axes)
        if any(guarded) and not shared and len(indices) == 1:
            return self._of_logarithms(indices, (left, right) if guarded[1] else (right, left))
        if not only_left and not only_right:
            return self._dotted(left, right, indices, shared)
        if not shared:
            return self._matrix_product(left, right, indices, only_left, only_right)
        return self._batched(left, right, indices, (shared, only_left, only_right))

    def _operand(self, term: Term, indices: tuple[str, ...]) -> Value:
        value = self.value(term)
        missing = [index for index in indices if index not in value.axes]
        return self._materialised(value, tuple(missing)) if missing else value

    def _of_logarithms(self, indices: tuple[str, ...], pair: tuple[Value, Value]) -> Value:
        """Σ_w n_dw log p_kw with 0 log 0 = 0."""
        count, logs = pair
        (index,) = indices
        rows = tuple(axis for axis in count.axes if axis != index)
        columns = tuple(axis for axis in logs.axes if axis != index)
        one = self._moved(count, (*rows, index)).code
        two = self._moved(logs, (*columns, index)).code
        return Value(f"{self.helper('_log_power')}({one}, {two})", (*rows, *columns))

    def _dotted(self, left: Value, right: Value, indices: tuple[str, ...], shared: tuple[str, ...]) -> Value:
        """Both have the same axes: a dot product for each of those that stay."""
        other = self._moved(right, left.axes)
        if len(indices) == 1:
            axis = left.axes.index(indices[0])
            where = "" if axis == len(left.axes) - 1 else f", axis={axis}"
            rest = tuple(axis for axis in left.axes if axis not in indices)
            if not rest:
                return Value(f"{left.within(PRODUCT)} @ {other.within(ATOM)}", rest, PRODUCT)
            if where:
                return (
                    Value(f"{self.helper('_column_dot')}({left.code}, {other.code})", rest)
                    if axis == 0 and len(left.axes) == 2
                    else Value(f"np.vecdot({left.code}, {other.code}{where})", rest)
                )
            short = len(rest) == 1 and self.program.size(indices[0]) <= SHORT_DOT and not self.anywhere
            dot = self.helper("_row_dot") if short else "np.vecdot"
            return Value(f"{dot}({left.code}, {other.code})", rest)
        return self._summed(self._joined(left, "*", other), indices)

    def _matrix_product(
        self, left: Value, right: Value, indices: tuple[str, ...], rows: tuple[str, ...], columns: tuple[str, ...]
    ) -> Value:
        if len(indices) == 1 and len(rows) <= 1 and len(columns) <= 1:
            (index,) = indices
            if rows and columns and self.program.size(columns[0]) < self.program.size(rows[0]):
                left, right, rows, columns = right, left, columns, rows
            if columns and not rows:
                left, right, rows, columns = right, left, columns, rows
            one = self._moved(left, (*rows, index)).within(PRODUCT)
            two = self._moved(right, (index, *columns)).within(ATOM)
            kept = self._scratch("matmul", (one, two), (*rows, *columns))
            return kept or Value(f"{one} @ {two}", (*rows, *columns), PRODUCT)
        places = [tuple(value.axes.index(index) for index in indices) for value in (left, right)]
        return Value(f"np.tensordot({left.code}, {right.code}, axes=({places[0]}, {places[1]}))", (*rows, *columns))

    def _batched(
        self,
        left: Value,
        right: Value,
        indices: tuple[str, ...],
        parts: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]],
    ) -> Value:
        """A matrix product for each of the axes that both have."""
        shared, rows, columns = parts
        if len(indices) != 1 or len(rows) > 1 or len(columns) > 1:
            order = (*shared, *rows, *columns, *indices)
            one = Value(self._aligned(left, order, PRODUCT), order)
            two = Value(self._aligned(right, order, PRODUCT), order)
            return self._summed(Value(f"{one.code} * {two.code}", order, PRODUCT), indices)
        (index,) = indices
        if not rows:
            left, right, rows, columns = right, left, columns, rows
        one = self._moved(left, (*shared, *rows, index))
        if not columns:
            two = self._moved(right, (*shared, index))
            return Value(f"np.matmul({one.code}, {two.within(ATOM)}[..., None])[..., 0]", (*shared, *rows))
        two = self._moved(right, (*shared, index, *columns))
        return Value(f"np.matmul({one.code}, {two.code})", (*shared, *rows, *columns))

    def _too_large(self, term: Term) -> str | None:
        """The axis to loop over, if something on the way to this sum would be too large."""
        large: list[frozenset[str]] = []
        fixed = set(self.blocks[-1].fixed)
        stack = list(children(term))
        while stack:
            node = stack.pop()
            if reference(node) is not None or isinstance(node, Num | Index | Size | Const):
                continue
            if self._key(node) in self.shared:
                continue
            inner = node
            bound: set[str] = set()
            while isinstance(inner, Big) and inner.kind == "sum":
                bound.add(inner.var)
                inner = inner.body
            if isinstance(node, Big) and isinstance(inner, Op) and inner.name == "mul":
                stack.extend(inner.args)
            else:
                stack.extend(children(node))
            if isinstance(node, Op) and node.name == "mul" and node is summand_of(term):
                continue
            own = free(node) - fixed
            if self.program.volume(own) > self.limit:
                large.append(own)
        if not large:
            return None
        common = frozenset.intersection(*large) & free(term) or max(large, key=self.program.volume) & free(term)
        choices = sorted(common, key=lambda index: (self.program.size(index), index))
        return choices[0] if choices else None

    def _looped(self, term: Term, over: str) -> Value:
        """A sum piece by piece, over one axis of its result."""
        rest = tuple(index for index in ordered_free(term) if index != over and self.fixed(index) is None)
        block = self.blocks[-1]
        variable = self.fresh(over.rstrip("0123456789"))
        inner = Block({**block.fixed, over: variable}, sliced=block.sliced)
        self.blocks.append(inner)
        value = self.made(term)
        self.blocks.pop()
        self.taken.discard(variable)
        order = tuple(axis for axis in value.axes)
        lengths = ", ".join(self.length(index) for index in (over, *order))
        name = self.fresh("t")
        if self.anywhere:
            block.lines += [f"{name} = []", f"for {variable} in range({self.length(over)}):"]
            block.lines += [*(f"    {line}" for line in inner.lines), f"    {name}.append({value.code})"]
            block.lines.append(f"{name} = np.stack({name}, axis=0)")
            return Value(name, (over, *order))
        block.lines.append(f"{name} = np.empty(({lengths}{',' if not rest else ''}), dtype)")
        block.lines.append(f"for {variable} in range({self.length(over)}):")
        block.lines += [f"    {line}" for line in inner.lines]
        block.lines.append(f"    {name}[{variable}] = {value.code}")
        if self.scratch and len(self.blocks) == 1:
            block.lines.append(f"del {', '.join(self.scratch)}")
            self.scratch.clear()
        found = Value(name, (over, *order))
        self._own(name, replace(found, code="()"))
        return found
