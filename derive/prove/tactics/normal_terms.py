r"""Claims about what is normal, with the moments and the logarithms of the densities written out as terms.

E[u v^T] = E[u] E[v]^T + S where u = x - a, v = x - b and x has the covariance S;
E[(a^T x + c)^2] = (a^T m + c)^2 + a^T S a;
∫ N(x | m, S) N(y | A x + b, R) dx = N(y | A m + b, A S A^T + R), and
log N(x | m, S) = -n/2 log 2π - 1/2 log det S - 1/2 (x - m)^T S^{-1} (x - m). The normal form knows the moments entry by
entry; as terms they are what the algebra of matrices can go on with.
"""

from __future__ import annotations

from fractions import Fraction

from derive.language.calls import written_out
from derive.language.claims import Equal
from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned_freely
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Apply, Const, Deriv, Expect, Integral, Num, Op, Size, Sym, Term, rebuild

_HALF = Op("div", (Num(Fraction(1)), Num(Fraction(2))))


def replaced(statement: Equal, context: Context) -> Equal | None:
    """The claim with every moment and logarithm that can be written out; None if there is none."""
    try:
        left, right = (_written(side, context) for side in (statement.left, statement.right))
    except ShapeError:
        return None
    found = Equal(left, right)
    return None if found == statement else found


def _written(term: Term, context: Context) -> Term:
    if isinstance(term, Deriv):
        return term
    term = rebuild(term, lambda part: _written(part, context))
    match term:
        case Expect():
            return _expectation(term, context) or term
        case Op("log", (density,)):
            return _logarithm(_density(density, context), context) or term
    return term


def _density(term: Term, context: Context, held: frozenset[str] = frozenset()) -> Term:
    """What a call is of, and the density of y where that of x and that of y given x are integrated over x. What is
    ``held`` is a parameter of the call: nothing moves it."""
    if isinstance(term, Apply):
        value, decl = written_out(context, term), context.functions.get(term.name)
        same = decl is not None and all(arg == Sym(name) for name, arg in zip(decl.params, term.args, strict=False))
        inner = frozenset(decl.params) if decl is not None and same else frozenset()
        return term if value is None else _density(value, context, inner)
    match term:
        case Integral(var=var, body=Op("mul", factors), low=None, high=None) if len(factors) == 2:
            pair = [_density(factor, context) for factor in factors]
            found = (_marginal(var, one, other, context, held - {var}) for one, other in (pair, pair[::-1]))
            return next((each for each in found if each is not None), term)
    return term


def _marginal(var: str, prior: Term, likelihood: Term, context: Context, held: frozenset[str]) -> Term | None:
    """∫ N(x | m, S) N(y | A x + b, R) dx = N(y | A m + b, A S A^T + R)."""
    match prior, likelihood:
        case (
            Op("gaussian", (Sym(name=name, indices=()), mean, spread)),
            Op("gaussian", (at, centre, noise)),
        ) if name == var and _is_free((mean, spread, at, noise), var, context, held):
            pass
        case _:
            return None
    if not (_is_of_vectors(mean, spread, context) and _is_of_vectors(at, noise, context)):
        return None
    parts = centre.args if isinstance(centre, Op) and centre.name == "add" else (centre,)
    moving = [part for part in parts if not _is_free((part,), var, context, held)]
    if len(moving) != 1:
        return None
    factors = moving[0].args if isinstance(moving[0], Op) and moving[0].name == "mul" else (moving[0],)
    if factors[-1] != Sym(var) or not _is_free(factors[:-1], var, context, held):
        return None
    moved = tuple(mean if factor == Sym(var) else factor for factor in factors)
    centre = _total(tuple(_times(moved) if part is moving[0] else part for part in parts))
    back = tuple(Op("transpose", (factor,)) for factor in reversed(factors[:-1]))
    return Op("gaussian", (at, centre, _total((_times((*factors[:-1], spread, *back)), noise))))


def _times(factors: tuple[Term, ...]) -> Term:
    return Op("mul", factors) if len(factors) > 1 else factors[0]


def _total(parts: tuple[Term, ...]) -> Term:
    return Op("add", parts) if len(parts) > 1 else parts[0]


def _expectation(term: Expect, context: Context) -> Term | None:
    """An expectation under a normal distribution of a vector, where it is one of the forms that are known."""
    density = term.density
    if isinstance(density, Apply):
        density = written_out(context, density) or density
    match density:
        case Op("gaussian", (Sym(name=name, indices=()), mean, spread)) if name == term.var:
            whole = isinstance(term.domain, tuple) and len(term.domain) == 1
            if whole and _is_of_vectors(mean, spread, context) and _is_free((mean, spread), name, context):
                return _Mean(name, mean, spread, context).of(term.body)
    return None


def _is_of_vectors(mean: Term, spread: Term, context: Context) -> bool:
    """Whether a normal density is one of vectors, with a matrix (not one variance for all entries) as its spread."""
    return len(shape_of(mean, context)) == 1 and len(shape_of(spread, context)) == 2


def _is_free(terms: tuple[Term, ...], var: str, context: Context, held: frozenset[str] = frozenset()) -> bool:
    """Whether nothing in these terms moves with the variable, also not through a definition."""
    names = {name for term in terms for name in mentioned_freely(context, term)} - held
    return not any(depends_on(context, name, var) for name in names)


def _logarithm(density: Term, context: Context) -> Term | None:
    """The logarithm of the density of a normal vector."""
    match density:
        case Op("gaussian", (at, mean, spread)) if _is_of_vectors(at, spread, context):
            shape = shape_of(at, context)
        case _:
            return None
    names = shape[0].terms
    if len(names) != 1 or len(names[0][0]) != 1 or names[0][1] != 1:
        return None
    gap = Op("add", (at, Op("neg", (mean,))))
    half = Op("neg", (_HALF,))
    return Op(
        "add",
        (
            Op("mul", (half, Size(names[0][0][0]), Op("log", (Op("mul", (Num(Fraction(2)), Const("pi"))),)))),
            Op("mul", (half, Op("log", (Op("det", (spread,)),)))),
            Op("mul", (half, Op("transpose", (gap,)), Op("inverse", (spread,)), gap)),
        ),
    )


class _Mean:
    """Expectations under one normal distribution of a vector, of terms of degree two at most."""

    def __init__(self, var: str, mean: Term, spread: Term, context: Context) -> None:
        self.var, self.mean, self.spread, self.context = var, mean, spread, context

    def of(self, body: Term) -> Term | None:
        """E[body]; None if it is none of these forms."""
        if self._is_free(body):
            return body
        if self._is_shifted(body):
            return self._at_mean(body)
        match body:
            case Op("add", args):
                return self._each("add", args)
            case Op("neg" | "trace" | "transpose" as name, (inner,)):
                return self._each(name, (inner,))
            case Op("div", (above, below)) if self._is_free(below):
                value = self.of(above)
                return None if value is None else Op("div", (value, below))
            case Op("mul", args):
                return self._product(args)
            case Op("pow", (u, Num(value=value))) if value == 2:
                return self._square(u)
            case Op("outer", (u, v)) if self._is_shifted(u) and self._is_shifted(v):
                return self._product((u, Op("transpose", (v,))))
        return None

    def _each(self, name: str, args: tuple[Term, ...]) -> Term | None:
        values = [self.of(arg) for arg in args]
        known = tuple(value for value in values if value is not None)
        return Op(name, known) if len(known) == len(args) else None

    def _product(self, args: tuple[Term, ...]) -> Term | None:
        """``A u B``, or ``A u v^T B``, where A and B do not move."""
        moving = [at for at, arg in enumerate(args) if not self._is_free(arg)]
        if len(moving) == 1:
            value = self.of(args[moving[0]])
            return None if value is None else Op("mul", (*args[: moving[0]], value, *args[moving[0] + 1 :]))
        if len(moving) != 2 or moving[1] != moving[0] + 1:
            return None
        first, second = args[moving[0]], args[moving[1]]
        match second:
            case Op("transpose", (v,)) if self._is_shifted(first) and self._is_shifted(v):
                outer = Op("mul", (self._at_mean(first), Op("transpose", (self._at_mean(v),))))
            case _:
                return None
        value = Op("add", (outer, self.spread))
        if len(args) == 2:
            return value
        return Op("mul", (*args[: moving[0]], value, *args[moving[1] + 1 :]))

    def _square(self, u: Term) -> Term | None:
        """E[(a^T x + c)^2] = (a^T m + c)^2 + a^T S a."""
        parts = u.args if isinstance(u, Op) and u.name == "add" else (u,)
        moving = [part for part in parts if not self._is_free(part)]
        match moving:
            case [Op("mul", (Op("transpose", (a,)), x))] if x == Sym(self.var) and self._is_free(a):
                pass
            case [Op("mul", (Op("transpose", (x,)), a))] if x == Sym(self.var) and self._is_free(a):
                pass
            case _:
                return None
        if len(shape_of(a, self.context)) != 1:
            return None
        variance = Op("mul", (Op("transpose", (a,)), self.spread, a))
        return Op("add", (Op("pow", (self._at_mean(u), Num(Fraction(2)))), variance))

    def _is_free(self, term: Term) -> bool:
        return _is_free((term,), self.var, self.context)

    def _is_shifted(self, term: Term) -> bool:
        """Whether this is the variable, or that and something that does not move: ``x - a``."""
        match term:
            case Sym(name, indices):
                return name == self.var and not indices
            case Op("add", args):
                rest = [arg for arg in args if arg != Sym(self.var)]
                return len(rest) == len(args) - 1 and all(self._is_free(arg) for arg in rest)
        return False

    def _at_mean(self, term: Term) -> Term:
        return rebuild(term, self._at_mean) if term != Sym(self.var) else self.mean


__all__ = ["replaced"]
