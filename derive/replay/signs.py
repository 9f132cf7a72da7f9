"""What is surely so of a term, from what is declared: that it is whole, positive, 0 or 1, in a range."""

from __future__ import annotations

from collections.abc import Callable, Collection
from fractions import Fraction
from math import prod
from typing import Any

from derive.language.context import Context
from derive.language.terms import Num
from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.reading import Reader
from derive.replay.terms import ONE, ZERO, Atom, Poly, add, minus, mul, name, of, scale

BELOW_ONE = {"unit", "simplex", "binary", "onehot"}
ABOVE, NOT_BELOW = {"positive", "open_unit"}, {"nonnegative", "binary", "unit", "simplex", "onehot", "label"}


class Signs:
    """What is known in one context. ``ranges`` has every name that stands for a whole number between two others."""

    def __init__(self, context: Context, supposed: Collection[str] = ()) -> None:
        """``supposed`` to be defined, and what they are declared to be, though they have a definition."""
        self.context, self.supposed = context, supposed
        self.reader = Reader(context)
        self.reader.positive, self.reader.places, self.reader.supposed = self.positive, self.places, supposed
        self.ranges = {n: self.reader.range(r, {}) for n, r in context.indices.items()}
        self.count = 0
        self.signs: dict[Any, int] = {}

    def index(self, new: str, low: Poly, high: Poly, among: Poly = ZERO) -> Poly:
        """A new index over a range, under a name that nothing has."""
        if new[:1] not in ("@", "?") or new in self.ranges or new in t.free(among):
            raise Refused(f"{new} cannot be the name of a new index")
        self.ranges[new] = (low, high)
        return name(new)

    def some(self, low: Poly, high: Poly) -> Poly:
        """Any number of a range."""
        self.count += 1
        return self.index(f"?.{self.count}", low, high)

    def natural(self, p: Poly, depth: int = 9) -> bool:
        """Whether a whole number is surely 0 or more: names at their worse ends, sizes at their least values."""
        for m, c in sorted(p, key=str) if depth else ():
            found = [self.ranges.get(a[1]) if a[0] == "name" else self.label(a) for a, e in m if e == 1]
            if len(m) == 1 and found and found[0] is not None:
                rest = add(p, t.made({m: -c}), scale(found[0][c < 0], c))
                return self.natural(rest, depth - 1)
        least = self.context.sizes
        if any(
            m and (c < 0 or any(a[0] != "name" or a[1] not in least or e < 0 or e.denominator > 1 for a, e in m))
            for m, c in p
        ):
            return False
        return sum((c * prod(least[a[1]] ** int(e) for a, e in m) for m, c in p), Fraction(0)) >= 0

    def label(self, a: Atom) -> tuple[Poly, Poly] | None:
        """The range of a label."""
        decl = self.context.symbols.get(a[1]) if a[0] == "entry" else None
        return None if decl is None or decl.label_range is None else self.reader.range(decl.label_range, {})

    def among(self, x: Poly, low: Poly, high: Poly) -> bool:
        """Whether x is surely a whole number from one to another."""
        return self.reader.whole_number(x) and self.natural(minus(x, low)) and self.natural(minus(high, x))

    def binary(self, x: Poly) -> bool:
        """Whether x is surely 0 or 1."""
        a = next((a for m, _ in x for a, _ in m), ("",))
        decl = self.context.symbols.get(a[1]) if a[0] == "entry" else None
        known = a[0] in ("delta", "above") or (decl is not None and bool(decl.properties & {"binary", "onehot"}))
        return x == of(a) and known

    def positive(self, p: Any, *ends: Poly, strict: bool = True) -> bool:
        """Whether p is surely positive (or not negative); a function, at each number between two others."""
        if not isinstance(p, frozenset):
            return self.positive(p(self.some(*ends)), strict=strict)
        found = [self.term_sign(m, c) for m, c in p]
        plain = all(x > 0 for x in found) and (2 in found or not strict)
        whole = self.reader.whole_number(p) and self.natural(minus(p, ONE) if strict else p)
        return plain or whole or self.at_worst(p, strict) or (not strict and (self.squared(p) or self.together(p)))

    def squared(self, p: Poly) -> bool:
        """Whether p is c (r + s + …)²: r and s are seen in their squares, and how much of s in r s."""
        known = {t.made({m: 1}): Fraction(c) for m, c in p}
        even = [m for m, c in p if c > 0 and all(e % 2 == 0 for _, e in m)]
        roots = sorted((t.made({frozenset((a, e // 2) for a, e in m): 1}) for m in even), key=t.text)
        first = known.get(mul(roots[0], roots[0]), Fraction(0)) if roots else Fraction(0)
        if not first:
            return False
        whole = add(roots[0], *(scale(r, known.get(mul(roots[0], r), Fraction(0)) / first / 2) for r in roots[1:]))
        return p == scale(mul(whole, whole), first)

    def together(self, p: Poly) -> bool:
        """Whether p is one multiple of sums over one range, and these are not negative when added up under one sign."""
        found = [(a, m - {(a, e)}, c) for m, c in p for a, e in m if a[0] == "sum" and e == 1]
        shared = {(rest, *a[1:3]) for a, rest, _ in found}
        if len(shared) != 1 or not len(found) == len(p) > 1:
            return False
        ((rest, low, high),) = shared
        body = add(*(scale(a[3], c) for a, _, c in found))
        return self.term_sign(rest, 1) > 0 and self.positive(t.opened(body, [self.some(low, high)]), strict=False)

    def term_sign(self, m: t.Mono, c: t.Exponent) -> int:
        """2: a product is positive; 1: it is not negative; -2: negative; 0: that is not known."""
        found = [self.sign(a, e) for a, e in m]
        return min([2, *map(abs, found)]) * (-1 if (c < 0) != (len([x for x in found if x < 0]) % 2 > 0) else 1)

    def at_worst(self, p: Poly, strict: bool) -> bool:
        """Whether p is surely positive where something that lies between two ends is at the worse one."""
        for m, c in sorted(p, key=lambda f: t.text(t.made({f[0]: f[1]}))):
            for a, e in m:
                rest = t.made({m - {(a, e)}: c})
                end, outside = self.end(a, c < 0) if e == 1 else (None, False)
                if end is not None and self.term_sign(m - {(a, e)}, 1) > 0:
                    sure = outside and self.term_sign(m - {(a, e)}, 1) == 2
                    return self.positive(add(p, t.made({m: -c}), mul(end, rest)), strict=strict and not sure)
        return False

    def end(self, a: Atom, upper: bool) -> tuple[Poly | None, bool]:
        """What an atom is surely not above (or below), and whether it is surely not that."""
        decl = self.context.symbols.get(a[1]) if a[0] == "entry" else None
        if a[0] == "logistic":
            return (ONE if upper else ZERO), True
        if decl is not None and decl.definition is not None and a[1] not in self.supposed:
            p = self.reader.unfolded(of(a), frozenset({a[1]}))
            other = next((b for m, _ in p for b, _ in m), a)
            return self.end(other, upper) if p == of(other) and other != a else (None, False)
        if decl is None:
            return None, False
        if decl.properties & {"open_unit", *BELOW_ONE}:
            return (ONE if upper else ZERO), "open_unit" in decl.properties
        said, outside = (decl.high, decl.high_open) if upper else (decl.low, decl.low_open)
        return (self.reader.read(said, {}).number if isinstance(said, Num) else None), outside

    def places(self, a: Atom) -> frozenset[Any]:
        """Where the names in an atom lie: what is found out of it holds as long as they lie there."""
        return frozenset((n, self.ranges.get(n)) for n in t.names(a))

    def sign(self, a: Atom, e: t.Exponent = 1) -> int:
        """2: an atom to a power is positive; 1: it is not negative; -2: negative; 0: that is not known."""
        key = a, self.places(a)
        if key not in self.signs:
            self.signs[key] = self._sign(a)
        found = self.signs[key]
        if e.denominator > 1:
            return max(found, 0)
        if e < 0 and found == 1:
            return 2  # one over it is defined, so it is not zero
        return found if e % 2 else max(abs(found), 1)

    def _sign(self, a: Atom) -> int:
        match a:
            case ("exp" | "logistic" | "pi" | "factorial", *_):
                return 2
            case ("delta" | "above" | "abs", *_):
                return 1
            case ("call", spec, *_):
                function, orders, *_ = t.called(spec)
                decl = self.context.functions.get(function)
                known = frozenset() if decl is None or orders else decl.properties
                return 2 if "positive" in known else int("density" in known)
            case ("name", n):
                return 2 if self.natural(minus(name(n), ONE)) else 0
            case ("group", p) | ("raised", p, _):
                return 2 if self.positive(p) else 0
            case ("sum", low, high, body):
                inner = self.some(low, high)
                p = t.opened(body, [inner])
                full = self.natural(minus(high, low))
                return 2 if full and self.positive(p) else int(self.positive(p, strict=False))
            case ("int", _, _, body):
                return 2 if self.positive(t.opened(body, [name(self.reader.fresh())])) else 0
            case ("prod", low, high, body):
                return 2 if self.positive(t.opened(body, [self.some(low, high)])) else 0
            case ("det", size, body):
                return 2 if self.definite(body, size) else 0
            case ("entry", n, *_) if n in self.context.symbols:
                return self.entry_sign(a)
        return 0

    def entry_sign(self, a: Atom) -> int:
        """What is declared, or follows from the definition."""
        decl = self.context.symbols[a[1]]
        if decl.definition is not None and a[1] not in self.supposed:
            p = self.reader.unfolded(of(a), frozenset({a[1]}))
            return 2 if self.positive(p) else int(self.positive(p, strict=False))
        label = self.label(a)
        if decl.properties & ABOVE or (label is not None and self.natural(minus(label[0], ONE))):
            return 2
        low, outside = self.end(a, False)
        if low is not None and self.positive(low, strict=False):
            return 2 if outside or self.positive(low) else 1
        return -2 if "negative" in decl.properties else int(bool(decl.properties & NOT_BELOW))

    def definite(self, body: Poly, size: Poly) -> bool:
        """Whether the entries are those of a matrix that is declared positive definite."""
        found = [a for m, _ in body for a, _ in m if a[0] == "entry" and a[1] in self.context.symbols]
        return (
            len(found) == 1
            and body == of(found[0])
            and {*found[0][-2:]} == {of(("bound", 0)), of(("bound", 1))}
            and all(
                not t.loose(a) or (a[0] == "bound" and a[1] > 1)
                for slot in found[0][2:-2]
                for m, _ in slot
                for a, _ in m
            )
            and self.context.symbols[found[0][1]].shape[:1] != ()
            and size == self.reader.extent(self.context.symbols[found[0][1]].shape[0], {})
            and "posdef" in self.context.symbols[found[0][1]].properties
        )

    def density(self, f: Callable[[Poly], Poly], rows: Poly, columns: Poly) -> bool:
        """Whether f is a declared density at a variable of this shape, which nothing else there is made of."""
        v, value = self.reader.variable(rows, columns)
        p, over = f(name(v)), [self.reader.fresh() for _ in range(value.rank)]
        a = next((a for m, _ in p for a, _ in m), ("",))
        if p != of(a) or a[0] != "call":
            return False
        called, orders, count, _ = t.called(a[1])
        decl = self.context.functions.get(called)
        first = (*(rows, columns)[: value.rank], t.closed(value.entry(list(map(name, over))), over))
        return (
            decl is not None
            and "density" in decl.properties
            and [self.reader.grid(s) for s in decl.param_shapes[:1]] == [(rows, columns)]
            and not (orders or count)
            and a[2 : 2 + len(first)] == first
            and all(v not in t.free(x) for x in a[2 + len(first) :])
        )

    def nonzero(self, p: Poly) -> bool:
        """Whether p is surely not zero."""
        return self.positive(p) or self.positive(scale(p, -1))
