"""Functions that are one-to-one and smooth both ways: what undoes them, and new variables of integrals."""

from __future__ import annotations

from collections.abc import Callable

from derive.replay import terms as t
from derive.replay.data import Refused
from derive.replay.reading import Reader
from derive.replay.terms import ONE, Atom, Poly, atom, mul, name, of


def _call(p: Poly, reader: Reader, slot: Poly) -> tuple[str, list[int], Poly, Poly, tuple[Poly, ...]]:
    """One that p calls at a subscript: its name, ranks, the length and entry of its first argument, and the others."""
    a = next((a for m, _ in p for a, _ in m), ("",))
    called, orders, count, ranks = t.called(a[1]) if p == of(a) and a[0] == "call" else ("", [], 0, [])
    decl = reader.context.functions.get(called)
    if decl is None or "bijective" not in decl.properties or decl.body is not None or decl.family:
        raise Refused("what is not known to be one-to-one")
    if orders or count != 1 or ranks[:1] != [1] or a[2] != slot:
        raise Refused("not the value of a function, entry by entry")
    if not (reader.grid(decl.shape) == reader.grid(decl.param_shapes[0]) == (a[3], ONE)):
        raise Refused("a function between spaces of other dimensions")
    return called, ranks, a[3], a[4], a[5:]


def _jacobian(called: str, ranks: list[int], parts: tuple[Poly, ...], reader: Reader) -> Poly:
    """The derivative in the first argument, as a function of its row and its column."""
    r, c = reader.fresh(), reader.fresh()
    return t.closed(of(("call", f"{called};0;1;{','.join(map(str, ranks))}", name(r), name(c), *parts)), [r, c])


def undone(a: Atom, reader: Reader) -> Poly:
    """g(h(x)) is x where g undoes h; the derivative of g there is the inverse of that of h."""
    called, orders, count, ranks = t.called(a[1]) if a[0] == "call" else ("", [], 0, [])
    b, cut = reader.fresh(), 3 + len(orders)
    if count != 1 or orders not in ([], [0]) or ranks[:1] != [1]:
        raise Refused("what is no function of a function")
    inner, own, n, x, others = _call(t.opened(a[cut + 1], [name(b)]), reader, name(b))
    _call(of(("call", f"{called};;1;{','.join(map(str, ranks))}", name(b), *a[cut:])), reader, name(b))
    functions = reader.context.functions
    if (
        (functions[called].inverse, functions[inner].inverse) != (inner, called)
        or a[cut] != n
        or a[cut + 2 :] != others
    ):
        raise Refused("a function that does not undo the one in it")
    if own != ranks or any(b in t.free(part) for part in (x, *others)):
        raise Refused("arguments that are not the same")
    if not orders:
        return t.opened(x, [a[2]])
    return atom("inv", n, _jacobian(inner, own, (n, x, *others), reader), a[2], a[3])


def changed(a: Atom, by: Callable[[Poly, Poly], Poly], reader: Reader) -> Poly:
    """An integral over v at v = h(w), with the determinant of the derivative of h, over w."""
    old, v, b, slot = (reader.fresh() for _ in range(4))
    p = by(name(v), name(b))
    called, ranks, n, x, others = _call(p, reader, name(b))
    if a[:3] != ("int", n, ONE) or x != t.closed(of(("at", name(v), name(slot))), [slot]):
        raise Refused("a function of something else than the variable")
    if any({v, b} & t.free(part) for part in others):
        raise Refused("arguments that are made of the variable")
    entry = t.closed(p, [b])

    def there(variable: Poly, slots: list[Poly]) -> Poly | None:
        return t.opened(entry, slots) if variable == name(old) else None

    body = reader.instead(t.opened(a[3], [name(old)]), "at", frozenset({old}), there)
    if old in t.free(body):
        raise Refused("an integral over a variable that does not stand entry by entry")
    size = atom("abs", atom("det", n, _jacobian(called, ranks, (n, x, *others), reader)))
    return atom("int", n, ONE, t.closed(mul(body, size), [v]))
