"""Array code for arithmetic entry by entry: little at full size, much at the size of one axis."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from derive.kernels.code import (
    ATOM,
    FUNCTIONS,
    HELPERS,
    PRODUCT,
    RELATIONS,
    SCALAR_FUNCTIONS,
    SMALL,
    SUM,
    UFUNCS,
    Value,
    extent_code,
    number,
    size_name,
)
from derive.kernels.program import (
    ONE,
    KernelError,
)
from derive.kernels.statements import Statements
from derive.language.terms import (
    Num,
    Op,
    Rel,
    Term,
)


class Arithmetic(Statements):
    """Expressions entry by entry."""

    def _index(self, name: str) -> Value:
        low = extent_code(self.program.ranges[name].low)
        variable = self.fixed(name)
        if variable is not None:
            return Value(f"{variable} + {low}", (), SUM, number=True)
        high = extent_code(self.program.ranges[name].high + 1)
        rows = self.blocks[-1].sliced.get(name)
        return Value(f"np.arange({low}, {high}){f'[{rows}]' if rows else ''}", (name,))

    def _function(self, name: str, arg: Term) -> Value:
        inner = self.value(arg)
        if inner.number and name in SCALAR_FUNCTIONS:
            self.imports["math"] = None
            return Value(f"{SCALAR_FUNCTIONS[name]}({inner.code})", number=True)
        if name in HELPERS:
            return Value(f"{self.helper(HELPERS[name])}({inner.code})", inner.axes)
        if name in FUNCTIONS:
            return Value(f"{FUNCTIONS[name]}({inner.code})", inner.axes)
        raise KernelError(f"no array code for the function {name}")

    def _power(self, base: Term, exponent: Term) -> Value:
        inner = self.value(base)
        match exponent:
            case Num(value=value) if value == 2 and not inner.number:
                return Value(f"np.square({inner.code})", inner.axes)
        above = self.value(exponent)
        axes = self._order([inner, above])
        code = f"{self._aligned(inner, axes, ATOM)} ** {self._aligned(above, axes, ATOM)}"
        return Value(code, axes, PRODUCT, inner.number and above.number)

    def _joined(self, left: Value, sign: str, right: Value) -> Value:
        order = self._order([left, right])
        binds = SUM if sign in "+-" else PRODUCT
        one = self._aligned(left, order, binds)
        # a * (b @ c) is not (a * b) @ c, unless a is a number: then the smaller factor is scaled
        apart = sign in "-/" or (sign == "*" and " @ " in right.code and not left.number)
        two = self._aligned(right, order, binds + 1 if apart else binds)
        kept = self._scratch(UFUNCS[sign], (self._aligned(left, order, 0), self._aligned(right, order, 0)), order)
        return kept or Value(f"{one} {sign} {two}", order, binds, left.number and right.number)

    def _ratio(self, top: Value, bottom: Value) -> Value:
        """A quotient; 0 / 0 in a small array is an error with words, in a large one NaN."""
        if bottom.number:
            self._divide_by(bottom.code)
            return self._joined(top, "/", bottom)
        order = self._order([top, bottom])
        if not any(argument.axes for argument in self.program.arguments):
            return Value(f"{self.helper('_quotient')}({top.code}, {bottom.code})", order)
        if top.number or self.program.volume(order) * SMALL > self.limit:
            return self._joined(top, "/", bottom)
        parts = ", ".join(self._aligned(each, order, 0) for each in (top, bottom))
        return Value(f"{self.helper('_ratio')}({parts})", order)

    def _divide_by(self, code: str) -> None:
        """Take note of the sizes that must not be zero."""
        for size in {name for range_ in self.program.ranges.values() for name in range_.names}:
            if size_name(size) == code:
                self.divisors[code] = None

    def _grouped(self, values: Iterable[Value]) -> list[list[Value]]:
        """Operands by their axes, the smallest first, so that little is done at full size."""
        groups: dict[frozenset[str], list[Value]] = {}
        for value in values:
            groups.setdefault(frozenset(value.axes), []).append(value)
        return [groups[axes] for axes in sorted(groups, key=lambda axes: self.program.volume(axes))]

    def _product(self, parts: list[Term]) -> Value:
        scale = Fraction(1)
        above: list[Value] = []
        below: list[Value] = []
        for part in parts:
            match part:
                case Num(value=factor):
                    scale *= factor
                case Op("div", (top, bottom)) if self.uses.get(self._key(part), 0) <= 1 and len(parts) > 1:
                    above += [self.value(top)] if top != ONE else []
                    below.append(self.value(bottom))
                case _:
                    above.append(self.value(part))
        whole: Value | None = None if abs(scale) == 1 else number(abs(scale))
        for group in self._grouped(above):
            for value in group:
                while below and self._ready(whole, below[0], value):
                    whole = self._ratio(whole or number(Fraction(1)), below.pop(0))
                whole = value if whole is None else self._joined(whole, "*", value)
        whole = number(Fraction(1)) if whole is None else whole
        for value in below:
            whole = self._ratio(whole, value)
        return whole if scale > 0 else Value(f"-{whole.within(PRODUCT)}", whole.axes, SUM, whole.number)

    def _ready(self, whole: Value | None, bottom: Value, following: Value) -> bool:
        """Whether to divide before a larger factor comes in."""
        return (whole is not None or bottom.number) and len(bottom.axes) < len(following.axes)

    def _sum(self, parts: list[Term]) -> Value:
        plus: list[Value] = []
        minus: list[Value] = []
        for part in parts:
            match part:
                case Op("neg", (arg,)):
                    minus.append(self.value(arg))
                case _:
                    plus.append(self.value(part))
        whole: Value | None = None
        groups = self._grouped([*plus, *minus])
        negative = {id(value) for value in minus}
        lost = False
        for group in groups:
            ordered = sorted(group, key=lambda value: id(value) in negative)
            for value in ordered:
                sign = "-" if id(value) in negative else "+"
                if whole is None:
                    whole, lost = value, sign == "-"
                elif lost and sign == "+":
                    whole, lost = self._joined(value, "-", whole), False
                elif lost:
                    whole = self._joined(whole, "+", value)
                else:
                    whole = self._joined(whole, sign, value)
        if whole is None:
            return number(Fraction(0))
        return Value(f"-{whole.within(PRODUCT)}", whole.axes, SUM, whole.number) if lost else whole

    def _condition(self, term: Term, as_number: bool = False) -> Value:
        match term:
            case Rel(op, left, right):
                one, two = self.value(left), self.value(right)
                order = self._order([one, two])
                code = f"{self._aligned(one, order, SUM)} {RELATIONS[op]} {self._aligned(two, order, SUM)}"
                found = Value(code, order, 0)
            case Op("and" | "or" as name, args):
                found = self._condition(args[0])
                for arg in args[1:]:
                    other = self._condition(arg)
                    order = self._order([found, other])
                    sign = "&" if name == "and" else "|"
                    code = f"{self._aligned(found, order, ATOM)} {sign} {self._aligned(other, order, ATOM)}"
                    found = Value(code, order, 0)
            case Op("not", (arg,)):
                inner = self._condition(arg)
                found = Value(f"~{inner.within(ATOM)}", inner.axes, 0)
            case _:
                raise KernelError(f"no array code for the condition {term}")
        if not as_number:
            return found
        return Value(f"np.astype({found.code}, dtype)", found.axes)

    def _cases(self, branches: tuple[tuple[Term, Term | None], ...]) -> Value:
        (value, condition), *rest = branches
        if condition is None:
            return self.value(value)
        one = self.value(value)
        two = self._cases(tuple(rest)) if rest else Value("np.nan", number=True)
        when = self._condition(condition)
        order = self._order([when, one, two])
        typed = "np.asarray({}, dtype=dtype)" if self.anywhere else "dtype.type({})"
        one, two = (Value(typed.format(each.code)) if each.number else each for each in (one, two))
        parts = ", ".join(self._aligned(each, order, 0) for each in (when, one, two))
        return Value(f"np.where({parts})", order)
