"""The words of ``derive.read.symbols``, opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy

from derive.language.terms import Array, Cases, Expect, Op, Rel, Term
from derive.read.scopes import Scope
from derive.read.symbols import SympyReadError, Word
from derive.read.sympy.binders import bind_index, bind_variable, deriv, nest, one_integral, set_to
from derive.read.sympy.expressions import applied_to, decided, read_condition
from derive.read.sympy.matrices import literal
from derive.read.sympy.names import entry_of
from derive.read.sympy.reading import Reader, read_all, read_expr

Payload = Sequence[Any]


def read_word(expr: Any, scope: Scope) -> Term:
    """A word, by its name."""
    special = _SPECIAL.get(expr.word)
    if special is not None:
        return special(expr.payload, scope)
    name = _PLAIN.get(expr.word)
    if name is None:
        raise SympyReadError(f"{expr.word} is not one of the words of derive.read.symbols")
    return Op(name, read_all(expr.payload, scope))


_PLAIN = {
    "matmul": "mul", "matvec": "mul", "plus": "add", "quotient": "div", "power": "pow", "inv": "inverse",
    "logistic": "logistic", "softplus": "softplus", "relu": "relu", "softmax": "softmax", "logsumexp": "logsumexp",
    "gaussian": "gaussian", "outer": "outer", "transpose": "transpose", "det": "det", "trace": "trace", "diag": "diag",
    "hadamard": "hadamard", "norm2": "norm2",
}  # fmt: skip
"""Words that are an operator of the language applied to their arguments."""


def _dot(payload: Payload, scope: Scope) -> Term:
    left, right = read_all(payload, scope)
    return Op("mul", (Op("transpose", (left,)), right))


def _gradient(payload: Payload, scope: Scope) -> Term:
    return deriv(read_expr(payload[0], scope), payload[1], scope)


def _partial(payload: Payload, scope: Scope) -> Term:
    return deriv(read_expr(payload[0], scope), payload[1], scope, local=True)


def _hessian(payload: Payload, scope: Scope) -> Term:
    return deriv(_gradient(payload, scope), payload[2], scope)


def _indicator(payload: Payload, scope: Scope) -> Term:
    if payload[0] in (sympy.true, sympy.false):
        return decided(payload[0], scope)
    condition = read_condition(payload[0], scope)
    if condition is None:
        raise SympyReadError("expected a condition in indicator, found nothing")
    return Op("indicator", (condition,))


def _cases(payload: Payload, scope: Scope) -> Term:
    return Cases(tuple((read_expr(value, scope), read_condition(when, scope)) for value, when in payload))


def _relation(payload: Payload, scope: Scope) -> Term:
    left, right = read_all(payload[1:], scope)
    return Rel(payload[0].name, left, right)


def _big_word(kind: str) -> Callable[[Payload, Scope], Term]:
    def read(payload: Payload, scope: Scope) -> Term:
        body, limits, where = payload
        return nest(kind, limits, body, where, scope)

    return read


def _integral_word(payload: Payload, scope: Scope) -> Term:
    body, var, low, high = payload
    low = -sympy.oo if low == sympy.Tuple() else low
    high = sympy.oo if high == sympy.Tuple() else high
    return one_integral(var, low, high, scope, lambda inner: read_expr(body, inner))


def _expectation(payload: Payload, scope: Scope) -> Term:
    body, var, density = payload
    discrete = isinstance(var, sympy.Tuple) or getattr(var, "name", None) in scope.context.indices
    name, domain, inner = (bind_index if discrete else bind_variable)(var, scope)
    return Expect(name, domain, read_expr(density, inner), read_expr(body, inner))


def _array(payload: Payload, scope: Scope) -> Term:
    body, limits = payload
    bound = [bind_index(limit, scope)[:2] for limit in limits]
    inner = scope
    for limit in limits:
        inner = bind_index(limit, inner)[2]
    if len({name for name, _ in bound}) != len(bound):
        raise SympyReadError("the indices of an array must have different names")
    return Array(tuple(bound), read_expr(body, inner))


def _entry_word(payload: Payload, scope: Scope) -> Term:
    return entry_of(read_expr(payload[0], scope), payload[1:], scope)


def _call_word(payload: Payload, scope: Scope) -> Term:
    return applied_to(payload[0].name, payload[2:], payload[1], scope)


def _entrywise(payload: Payload, scope: Scope) -> Term:
    return Op(payload[0].name, (read_expr(payload[1], scope),))


_SPECIAL: dict[str, Callable[[Payload, Scope], Term]] = {
    "dot": _dot, "gradient": _gradient, "partial": _partial, "hessian": _hessian, "at": set_to, "indicator": _indicator,
    "cases": _cases, "relation": _relation, "integral": _integral_word, "expectation": _expectation, "array": _array,
    "entry": _entry_word, "call": _call_word, "entrywise": _entrywise,
    "sum_over": _big_word("sum"), "prod_over": _big_word("prod"), "max_over": _big_word("max"),
    "min_over": _big_word("min"), "argmax": _big_word("argmax"), "argmin": _big_word("argmin"),
    "identity": lambda payload, scope: literal("identity", payload, scope),
    "ones": lambda payload, scope: literal("ones", payload, scope),
    "zeros": lambda payload, scope: literal("zeros", payload, scope),
}  # fmt: skip


ROWS: dict[type, Reader] = {Word: read_word}
