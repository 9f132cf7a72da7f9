"""What each operator is entry by entry, one row for each."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from derive.language.shapes import Scope, shape_of
from derive.language.terms import Const, Op, Term
from derive.prove import matrix_powers, signs
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ONE, ONE_IX, ZERO, Atom, Ix, Poly, add, number, of_atom, scale
from derive.prove.factorials import factorial
from derive.prove.scope import ONE_EXTENT, Env, Slots
from derive.prove.written_signs import is_nonnegative

if TYPE_CHECKING:
    from derive.prove.lower import Lowering

Rule = Callable[["Lowering", tuple[Term, ...], Slots, Env], Poly]


def _each(function: Callable[[Algebra, Poly], Poly]) -> Rule:
    """A function applied entry by entry."""

    def rule(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
        return function(reader.algebra, reader.lower(args[0], slots, env))

    return rule


def _scalar_or_entry(reader: Lowering, term: Term, slots: Slots, env: Env) -> Poly:
    return reader.lower(term, slots if reader.shape(term, env) else (), env)


def _add(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    parts = [_scalar_or_entry(reader, arg, slots, env) for arg in args]
    total = add(*parts)
    if not slots and len(total.terms) > len(args):
        _note_written(reader, args, parts, total, env)
    return total


def _note_written(reader: Lowering, args: tuple[Term, ...], parts: list[Poly], total: Poly, env: Env) -> None:
    """A number above zero and what is written as squares (``1 + (x - m)^2``): it is positive, whatever its indices are,
    and multiplied out it no longer looks so."""
    if not any(signs.sign(reader.algebra, part, deep=False) == "+" for part in parts):
        return
    scope = {name: bound.scope for name, bound in env.items()}

    def is_scalar(term: Term, inner: Scope) -> bool:
        return not shape_of(term, reader.context, inner)

    def leaf(term: Term, inner: Scope) -> bool:
        return inner == scope and signs.sign(reader.algebra, reader.lower(term, (), env)) in signs.NOT_NEGATIVE

    known = (signs.sign(reader.algebra, part, deep=False) in signs.NOT_NEGATIVE for part in parts)
    if all(yes or is_nonnegative(arg, scope, is_scalar, leaf) for yes, arg in zip(known, args, strict=True)):
        reader.algebra.note_positive(total)


def _pow(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    base, e = args
    shape = reader.shape(base, env)
    exponent = reader.lower(e, (), env)
    if len(shape) == 2 and ONE_EXTENT not in shape:
        constant = exponent.constant
        if constant is None and signs.is_integer(reader.algebra, exponent):
            key, row, column, body = reader.square(base, shape, env)
            return matrix_powers.power_atom(reader.algebra, key, body, row, column, exponent, slots)
        if constant is None or constant.q != 1:
            raise TooHard("a matrix to a power that is not a whole number")
        n = int(constant.p)
        if n == 0:
            return reader.algebra.delta(*slots)
        one = base if n > 0 else Op("inverse", (base,))
        return reader.lower(one if abs(n) == 1 else Op("mul", (one,) * abs(n)), slots, env)
    if isinstance(base, Const) and base.name == "e":
        return reader.algebra.exp(exponent)
    return reader.algebra.power_poly(reader.lower(base, slots, env), exponent)


def _div(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    top, bottom = (_scalar_or_entry(reader, arg, slots, env) for arg in args)
    return reader.algebra.mul(top, reader.algebra.power(bottom, -1))


def _transpose(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    shape = reader.shape(args[0], env)
    if not shape:
        return reader.lower(args[0], (), env)
    if len(shape) == 1:
        return reader.lower(args[0], slots[1:], env)
    if shape[0] == ONE_EXTENT:
        return reader.lower(args[0], (ONE_IX, slots[0]), env)
    return reader.lower(args[0], slots[::-1], env)


def _trace(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    shape = reader.shape(args[0], env)
    if not shape:
        return reader.lower(args[0], (), env)
    name = reader.slot_range(shape[0])
    return reader.total(reader.lower(args[0], (Ix(name), Ix(name)), env), [(name, reader.key(shape[0]))])


def _diag(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    shape = reader.shape(args[0], env)
    if not shape:
        return reader.lower(args[0], (), env)
    if len(shape) == 2 and ONE_EXTENT not in shape:
        return reader.lower(args[0], (slots[0], slots[0]), env)
    inner = (slots[0],) if len(shape) == 1 else (ONE_IX, slots[0])
    if len(slots) < 2:
        return reader.lower(args[0], inner, env)
    return reader.algebra.mul(reader.algebra.delta(*slots), reader.lower(args[0], inner, env))


def _spectral(kind: str) -> Rule:
    """Eigenvalues or eigenvectors of a square matrix."""

    def rule(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
        shape = reader.shape(args[0], env)
        if len(shape) != 2 or shape[0] == ONE_EXTENT:
            raise TooHard("eigenvalues of something that is no matrix")
        key, row, column, body = reader.square(args[0], shape, env)
        return reader.algebra.spectral_atom(kind, key, body, row, column, slots)

    return rule


def _outer(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return reader.lower(Op("mul", (args[0], Op("transpose", (args[1],)))), slots, env)


def _inner(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    free, pairs, left = reader.entries(args[0], env)
    return reader.total(reader.algebra.mul(left, reader.lower(args[1], free, env)), pairs)


def _norm2(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    _, pairs, entry = reader.entries(args[0], env)
    return reader.total(reader.algebra.power(entry, 2), pairs)


def _softmax(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    _, pairs, entry = reader.entries(args[0], env)
    below = reader.total(reader.algebra.exp(entry), pairs)
    return reader.algebra.mul(reader.algebra.exp(reader.lower(args[0], slots, env)), reader.algebra.power(below, -1))


def _logsumexp(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    _, pairs, entry = reader.entries(args[0], env)
    return reader.algebra.log(reader.total(reader.algebra.exp(entry), pairs))


def _total(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    _, pairs, entry = reader.entries(args[0], env)
    return reader.total(entry, pairs)


def _gaussian(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    """(2π)^{-d/2} det(S)^{-1/2} exp(-(x - m)' S^-1 (x - m) / 2)."""
    x, mean, spread = args
    algebra = reader.algebra
    two_pi = scale(of_atom(Atom("const", "pi")), 2)
    shape, wide = reader.shape(x, env), reader.shape(spread, env)
    gap = Op("add", (x, Op("neg", (mean,))))
    if not shape:
        s = reader.lower(spread, (), env)
        square = algebra.power(reader.lower(gap, (), env), 2)
        root = algebra.power(algebra.mul(two_pi, s), _HALF)
        return algebra.mul(root, algebra.exp(scale(algebra.mul(square, algebra.power(s, -1)), fmpq(-1, 2))))
    dimension = algebra.extent(shape[0])
    if not wide:
        s = reader.lower(spread, (), env)
        square = reader.lower(Op("norm2", (gap,)), (), env)
        root = algebra.power_poly(algebra.mul(two_pi, s), scale(dimension, fmpq(-1, 2)))
        return algebra.mul(root, algebra.exp(scale(algebra.mul(square, algebra.power(s, -1)), fmpq(-1, 2))))
    quadratic = reader.lower(Op("mul", (Op("transpose", (gap,)), Op("inverse", (spread,)), gap)), (), env)
    root = algebra.mul(
        algebra.power_poly(two_pi, scale(dimension, fmpq(-1, 2))), algebra.power(reader.determinant(spread, env), _HALF)
    )
    return algebra.mul(root, algebra.exp(scale(quadratic, fmpq(-1, 2))))


def _gaussian_diag(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return _gaussian(reader, (args[0], args[1], Op("diag", (args[2],))), slots, env)


def _relu(algebra: Algebra, u: Poly) -> Poly:
    known = signs.sign(algebra, u)
    if known in ("+", "0+"):
        return u
    if known in ("-", "0-"):
        return ZERO
    return algebra.mul(u, algebra.indicator(">", u))


def _delta(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return reader.same(args[0], args[1], (), env)


def _indicator(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return reader.condition(args[0], slots, env)


def _hadamard(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return reader.algebra.mul(*(_scalar_or_entry(reader, arg, slots, env) for arg in args))


def _factorial(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    return factorial(reader.algebra, reader.lower(args[0], (), env))


def _floor(reader: Lowering, args: tuple[Term, ...], slots: Slots, env: Env) -> Poly:
    p = reader.lower(args[0], (), env)
    constant = p.constant
    if constant is not None:
        return number(int(constant.p // constant.q))
    return of_atom(Atom("app", "!floor;;", args=(p,)))


_HALF = Fraction(-1, 2)

OPERATORS: dict[str, Rule] = {
    "add": _add,
    "broadcast_add": _add,
    "neg": lambda reader, args, slots, env: scale(reader.lower(args[0], slots, env), -1),
    "mul": lambda reader, args, slots, env: reader.product(args, slots, env),
    "div": _div,
    "pow": _pow,
    "sqrt": _each(lambda a, u: a.power(u, Fraction(1, 2))),
    "abs": _each(lambda a, u: a.absolute(u)),
    "factorial": _factorial,
    "floor": _floor,
    "exp": _each(lambda a, u: a.exp(u)),
    "log": _each(lambda a, u: a.log(u)),
    "logistic": _each(lambda a, u: a.fn("logistic", u)),
    "softplus": _each(lambda a, u: a.log(add(ONE, a.exp(u)))),
    "tanh": _each(lambda a, u: a.fn("tanh", u)),
    "sin": _each(lambda a, u: a.fn("sin", u)),
    "cos": _each(lambda a, u: a.fn("cos", u)),
    "relu": _each(_relu),
    "softmax": _softmax,
    "logsumexp": _logsumexp,
    "total": _total,
    "transpose": _transpose,
    "inverse": lambda reader, args, slots, env: reader.inverse(args[0], slots, env),
    "det": lambda reader, args, slots, env: reader.determinant(args[0], env),
    "trace": _trace,
    "diag": _diag,
    "outer": lambda reader, args, slots, env: reader.lower(
        Op("mul", (args[0], Op("transpose", (args[1],)))), slots, env
    ),
    "inner": _inner,
    "hadamard": _hadamard,
    "hadamard_div": _div,
    "eigenvalues": _spectral("eigval"),
    "eigenvectors": _spectral("eigvec"),
    "norm2": _norm2,
    "norm": lambda reader, args, slots, env: reader.algebra.power(_norm2(reader, args, slots, env), Fraction(1, 2)),
    "delta": _delta,
    "indicator": _indicator,
    "and": lambda reader, args, slots, env: reader.condition(Op("and", args), slots, env),
    "or": lambda reader, args, slots, env: reader.condition(Op("or", args), slots, env),
    "not": lambda reader, args, slots, env: reader.condition(Op("not", args), slots, env),
    "gaussian": _gaussian,
    "gaussian_diag": _gaussian_diag,
}
"""What each operator is entry by entry. An operator without a row here has no normal form (``kron``)."""
