"""Terms of certificates: polynomials whose atoms are all that is no arithmetic. Bound names are numbers: none can be
captured, and two terms that differ in the names they bind are one."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from fractions import Fraction
from functools import lru_cache
from itertools import count
from typing import Any

from derive.replay.data import Refused

Atom = tuple[Any, ...]
Exponent = int | Fraction
Mono = frozenset[tuple[Atom, Exponent]]
Poly = frozenset[tuple[Mono, Exponent]]
BINDS: Mapping[str, tuple[int, ...]] = {
    "sum": (0, 0, 1), "prod": (0, 0, 1), "int": (0, 0, 1), "inv": (0, 2, 0, 0), "det": (0, 2),
}  # fmt: skip
"""How many names each part of an atom binds; in those that are not here (and are no call), none."""
HEADS = ("exp log logistic tanh sin cos abs factorial floor raised delta above pi at " + " ".join(BINDS)).split()
MOST_WORK = 2_000_000
MOST_DIGITS = 10_000
_spent = [0]
_ATOMS: dict[Atom, Atom] = {}
_heard: list[Callable[[str, Poly, Exponent], None]] = []
_lost: list[list[Poly]] = []


def begin() -> None:
    """Count the work from here, and forget what was there before."""
    for known in (loose, names, text):
        known.cache_clear()
    _spent[0] = 0
    _heard.clear()
    _lost.clear()
    _ATOMS.clear()


def listen(to: Callable[[str, Poly, Exponent], None]) -> None:
    """From here on, what is divided by, and what a root, a power or a logarithm is taken of, is told."""
    _heard[:] = [to]


def hush() -> None:
    """No longer."""
    _heard.clear()


def _hear(what: str, p: Poly, e: Exponent) -> None:
    for each in _heard:
        each(what, p, e)


@contextmanager
def losses() -> Iterator[list[Poly]]:
    """What cancels while terms are made: 1/u times u is 1, which does not say any more that u is not zero."""
    _lost.append([])
    try:
        yield _lost[-1]
    finally:
        _lost.pop()


def _lose(*polys: Poly) -> None:
    for each in _lost:
        each.extend(polys)


def _loses(e: Exponent, after: Exponent) -> bool:
    """Whether a power asks for something (not zero, not negative) that another does not."""
    return (e < 0 <= after) or (e.denominator > 1 and after.denominator == 1)


def spent() -> int:
    """The work that was done since."""
    return _spent[0]


def made(terms: Mapping[Mono, Exponent]) -> Poly:
    """The sum of monomials with these coefficients."""
    _spent[0] += 1 + len(terms)
    if _spent[0] > MOST_WORK:
        raise Refused("more work than a certificate may ask for")
    return frozenset((m, c.numerator if c.denominator == 1 else c) for m, c in terms.items() if c)


def number(c: Exponent) -> Poly:
    """A rational number."""
    return made({frozenset(): c})


ZERO, ONE = number(0), number(1)


def of(atom: Atom, e: Exponent = 1) -> Poly:
    """An atom to a power; of atoms that are the same there is one."""
    return frozenset({(frozenset({(_ATOMS.setdefault(atom, atom), e)}), 1)})


def name(text: str) -> Poly:
    """An index, a size, or a variable."""
    return of(("name", text))


def add(*polys: Poly) -> Poly:
    """The sum."""
    total: dict[Mono, Exponent] = {}
    for p in polys:
        for m, c in p:
            total[m] = total.get(m, 0) + c
    if _lost:
        _lose(*(frozenset({(m, 1)}) for m, c in total.items() if not c))
    return made(total)


def scale(p: Poly, c: Exponent) -> Poly:
    """A multiple."""
    if not c:
        _lose(p)
    return made({m: c * x for m, x in p})


def minus(p: Poly, q: Poly) -> Poly:
    """The difference."""
    return add(p, scale(q, -1))


def mul(*polys: Poly) -> Poly:
    """The product."""
    total = polys[0]
    for q in polys[1:]:
        if not (total and q):
            _lose(total, q)
        total = add(*(_times(m, n, c * d) for m, c in total for n, d in q))
    return total


def _times(m: Mono, n: Mono, c: Exponent) -> Poly:
    exponents = dict(m)
    for atom, e in n:
        exponents[atom] = exponents.get(atom, 0) + e
    if _lost:
        _lose(*(of(a, e) for f in (m, n) for a, e in f if _loses(e, exponents[a])))
    opened = [(a, int(e)) for a, e in exponents.items() if a[0] == "group" and e >= 1]
    for atom, whole in opened:
        exponents[atom] -= whole
    one = made({frozenset((a, e) for a, e in exponents.items() if e): c})
    return mul(one, *(a[1] for a, whole in opened for _ in range(whole))) if opened else one


def power(p: Poly, e: Exponent) -> Poly:
    """p to a rational power; a sum to one that is no whole number above 0 is an atom."""
    e = e.numerator if e.denominator == 1 else e
    if e < 0 or e.denominator > 1:
        _hear("power", p, e)
    if e == 1 or p == ONE or (not p and e > 0):
        return p
    if not p:
        raise Refused("zero to a power that is not positive")
    if e == 0:
        _lose(p)
        return ONE
    if len(p) == 1:
        ((m, c),) = p
        _lose(*(of(a, x) for a, x in m if _loses(x, x * e)))
        if max(e, -e) * (abs(c.numerator) * c.denominator).bit_length() > MOST_DIGITS and c not in (1, -1):
            raise Refused("a power too high to write out")
        if e.denominator == 1:
            return made({frozenset((a, x * e) for a, x in m): Fraction(c) ** int(e)})
        if c == 1 and [x for _, x in m] == [1]:
            return made({frozenset((a, e) for a, _ in m): 1})
    if e.denominator == 1 and e > 0:
        if e > 99:
            raise Refused("a power too high to write out")
        return mul(*[p] * int(e))
    return mul(of(("group", p), e))


def atom(head: str, *args: Any) -> Poly:
    """An atom. A sum, or an integral, is linear; a sum over one number is its summand there."""
    if head in ("log", "raised", "inv"):
        _hear(head, args[0] if head != "inv" else of(("det", *args[:2])), 1)
    if head == "sum" and args[0] == args[1]:
        return opened(args[2], [args[0]])
    if head not in ("sum", "int"):
        return of((head, *args))
    return add(ZERO, *(scale(of((head, *args[:-1], made({m: 1}))), c) for m, c in args[-1]))


def ordered(p: Poly) -> list[Atom]:
    """The atoms of a polynomial, as their texts are ordered."""
    return sorted({a for m, _ in p for a, _ in m}, key=lambda a: text(of(a)))


# -- bound names ----------------------------------------------------------------------------------------------------
@lru_cache(maxsize=10_000)
def called(spec: str) -> tuple[str, list[int], int, list[int]]:
    """What a call is of: the function, the arguments it is differentiated in, how many subscripts it has, and how many
    each argument. Its parts: its subscripts, those of each derivative, and of each argument its lengths and entry."""
    function, orders, count, ranks = spec.rsplit(";", 3)
    own, those = ([int(x) for x in said.split(",") if x] for said in (orders, ranks))
    return function, own, int(count), those


@lru_cache(maxsize=10_000)
def _bound_by_call(spec: str) -> tuple[int, ...]:
    _, orders, count, ranks = called(spec)
    fixed = count + sum(ranks[i] for i in orders)
    return (0,) * (1 + fixed) + tuple(n for rank in ranks for n in (*(0,) * rank, rank))


def binds(a: Atom, n: int) -> int:
    """How many names the n-th part of an atom binds."""
    if a[0] == "call":
        return _bound_by_call(a[1])[n]
    return BINDS[a[0]][n] if a[0] in BINDS else 0


def ends(a: Atom, n: int) -> list[tuple[Poly, Poly]]:
    """The range of each name that the n-th part of an atom binds; a variable of integration has none but a name."""
    own = binds(a, n)
    if a[0] == "call":
        return [(ONE, length) for length in a[n + 1 - own : n + 1]]
    return [(a[1], a[2]) if a[0] in ("sum", "prod") else (ONE, a[1])] * own


def mapped(
    p: Poly, change: Callable[[Atom, int], Poly | None], holds: Callable[[Atom, int], bool], depth: int = 0
) -> Poly:
    """p with the atoms that ``change`` has a value for replaced, at any depth; only where it ``holds`` one."""
    if not any(holds(a, depth) for m, _ in p for a, _ in m):
        return p
    parts = []
    for m, c in p:
        factors = [number(c)]
        for a, e in m:
            factors.append(power(_mapped(a, change, holds, depth), e) if holds(a, depth) else of(a, e))
        parts.append(mul(*factors))
    return add(*parts)


def _mapped(
    a: Atom, change: Callable[[Atom, int], Poly | None], holds: Callable[[Atom, int], bool], depth: int
) -> Poly:
    value = change(a, depth)
    if value is not None:
        return value
    args = [
        mapped(x, change, holds, depth + binds(a, n)) if isinstance(x, frozenset) else x for n, x in enumerate(a[1:])
    ]
    return args[0] if a[0] == "group" else atom(a[0], *args)


@lru_cache(maxsize=200_000)
def loose(a: Atom) -> int:
    """How many binders around an atom it speaks of."""
    inner = [
        loose(b) - binds(a, n) for n, p in enumerate(a[1:]) if isinstance(p, frozenset) for m, _ in p for b, _ in m
    ]
    return int(a[1]) + 1 if a[0] == "bound" else max([0, *inner])


@lru_cache(maxsize=200_000)
def names(a: Atom) -> frozenset[str]:
    """The indices, sizes, variables and quantities in an atom."""
    own = frozenset(a[1:2]) if a[0] in ("name", "entry") else frozenset()
    return own.union(*(names(b) for p in a[1:] if isinstance(p, frozenset) for m, _ in p for b, _ in m))


def free(p: Poly) -> frozenset[str]:
    """The same of a polynomial."""
    return frozenset().union(*(names(a) for m, _ in p for a, _ in m))


def opened(body: Poly, values: list[Poly]) -> Poly:
    """The body of a binder with values for the names it binds."""

    def change(a: Atom, depth: int) -> Poly | None:
        if a[0] != "bound" or a[1] < depth:
            return None
        return values[a[1] - depth] if a[1] < depth + len(values) else of(("bound", a[1] - len(values)))

    return mapped(body, change, lambda a, depth: loose(a) > depth)


def closed(p: Poly, over: list[str]) -> Poly:
    """The body of a binder that binds these names."""

    def change(a: Atom, depth: int) -> Poly | None:
        return of(("bound", depth + over.index(a[1]))) if a[0] == "name" and a[1] in over else None

    wanted = frozenset(over)
    return mapped(p, change, lambda a, depth: not names(a).isdisjoint(wanted))


# -- text -----------------------------------------------------------------------------------------------------------
@lru_cache(maxsize=200_000)
def text(p: Poly, depth: int = 0) -> str:
    """A polynomial as text; two are the same if their texts are."""
    return " + ".join(sorted(_monomial(m, c, depth) for m, c in p)) or "0"


def _monomial(m: Mono, c: Exponent, depth: int) -> str:
    factors = sorted(_atom(a, depth) + (f"**({e})" if e != 1 else "") for a, e in m)
    return "*".join([f"({c})", *factors] if c != 1 or not m else factors)


def _atom(a: Atom, depth: int) -> str:
    if a[0] == "bound":
        return f"b{depth - 1 - a[1]}"
    if a[0] == "name":
        return repr(a[1])
    parts = []
    for n, x in enumerate(a[1:]):
        own = binds(a, n)
        inside = text(x, depth + own) if isinstance(x, frozenset) else repr(x)
        parts.append(f"lambda {', '.join(f'b{depth + own - 1 - k}' for k in range(own))}: {inside}" if own else inside)
    if a[0] == "entry":
        return f"{parts[0]}[{', '.join(parts[1:]) or '()'}]"
    return f"({parts[0]})" if a[0] == "group" else f"{a[0]}({', '.join(parts)})"


Names = Mapping[str, Any]
_fresh = count()


def parsed(node: ast.AST, known: Names) -> Any:
    """What some text says: a polynomial, or for ``lambda`` a function. Names stand for what is ``known``."""
    match node:
        case ast.Constant(value=int() as value) if not isinstance(value, bool):
            return number(value)
        case ast.Constant(value=str() as value) if not value.startswith(("'", "?.")):
            return name(value)  # and no name that the replay gives what is bound
        case ast.Name(id=found) if found in known:
            return known[found]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return scale(parsed(inner, known), -1)
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, parsed(left, known), parsed(right, known))
        case ast.Lambda(args=given, body=body):
            own = [arg.arg for arg in given.args]
            return lambda *values: parsed(body, {**known, **dict(zip(own, values, strict=True))})
        case ast.Subscript(value=ast.Constant(value=str() as of_what), slice=slots):
            each = slots.elts if isinstance(slots, ast.Tuple) else [slots]
            return of(("entry", of_what, *(parsed(slot, known) for slot in each)))
        case ast.Call(func=ast.Name(id="call"), args=[ast.Constant(value=str() as spec), *args], keywords=[]):
            wanted = _bound_by_call(spec)[1:]
            if len(wanted) == len(args):
                return of(("call", spec, *_parts(wanted, args, known)))
        case ast.Call(func=ast.Name(id=head), args=args, keywords=[]):
            if head in known:
                return known[head](*(parsed(arg, known) for arg in args))
            if head in HEADS:
                return atom(head, *_parts(BINDS.get(head, (0,) * len(args)), args, known))
    raise Refused("a text that says nothing here")


def _parts(bound: tuple[int, ...], args: list[ast.expr], known: Names) -> Iterable[Poly]:
    for arg, own in zip(args, bound, strict=True):
        value = parsed(arg, known)
        over = [f"'{next(_fresh)}" for _ in range(own)]
        yield closed(value(*map(name, over)), over) if own else value


def _arithmetic(op: ast.operator, left: Poly, right: Poly) -> Poly:
    match op:
        case ast.Add():
            return add(left, right)
        case ast.Sub():
            return minus(left, right)
        case ast.Mult():
            return mul(left, right)
        case ast.Div():
            return mul(left, power(right, -1))
        case ast.Pow():
            return power(left, constant(right))
    raise Refused("an operation that is none here")


def constant(p: Poly) -> Fraction:
    """The number that p is."""
    if any(m for m, _ in p):
        raise Refused("a number was expected")
    return Fraction(sum(c for _, c in p))


@lru_cache(maxsize=10_000)
def syntax(said: str) -> ast.expr:
    """Some text, taken apart."""
    try:
        return ast.parse(said.strip(), mode="eval").body
    except (SyntaxError, MemoryError, ValueError) as problem:
        raise Refused("a text that cannot be read") from problem
