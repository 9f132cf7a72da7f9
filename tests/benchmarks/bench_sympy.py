"""Beside SymPy: identities by ``simplify`` and ``equals`` at N = K = d = 2, 3, 4, and by ``derive`` for all sizes.

``make bench`` prints the table. Nothing here asserts a time. SymPy is given every identity written out in scalars at
each size, in a process of its own with a limit, and once more as it stands, with its own ``Sum`` and ``Derivative``
over symbolic sizes. A size beyond one that ran out of time is not tried.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import sympy
from sympy import Derivative, Rational, Sum, exp, log, sqrt

from derive.language.claims import Claim, Equal
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.language.terms import Big, Deriv, Entry, Index, Num, Op, Size, Sym, Term
from derive.read.symbols import (
    Word,
    det,
    dot,
    gaussian,
    gradient,
    identity,
    indices,
    inv,
    logistic,
    matmul,
    matvec,
    outer,
    sizes,
    symbols,
    trace,
    transpose,
)
from derive.read.sympy import to_term

LIMIT = 5.0
"""Seconds that SymPy has for one answer."""
SIZES = (2, 3, 4)

N_, K_, D_ = (Range.upto(size) for size in "NKd")
D = Extent.of("d")
POSITIVE = frozenset({"positive"})
INVERTIBLE = frozenset({"invertible"})


def _context() -> Context:
    decls = (
        *(SymbolDecl(name) for name in "au"),
        SymbolDecl("s", properties=POSITIVE),
        *(SymbolDecl(name, (N_,), ("n",)) for name in ("x", "w", "y")),
        *(SymbolDecl(name, (K_,), ("k",)) for name in ("z", "t", "m")),
        SymbolDecl("p", (K_,), ("k",), properties=POSITIVE),
        SymbolDecl("c", (N_, K_), ("n", "k"), properties=POSITIVE),
        SymbolDecl("f", (N_, D_), ("n", "i")),
        SymbolDecl("W", shape=(Extent.of("N"), Extent.of("N")), properties=frozenset({"symmetric"})),
        *(SymbolDecl(name, shape=(D,)) for name in ("v", "q")),
        *(SymbolDecl(name, shape=(D, D)) for name in "AC"),
        SymbolDecl("B", shape=(D, D), properties=INVERTIBLE),
    )
    return Context(
        sizes={"N": 1, "K": 1, "d": 1},
        indices={"n": N_, "r": N_, "l": N_, "k": K_, "j": K_, "h": K_, "i": D_, "e": D_},
        symbols={decl.name: decl for decl in decls},
    )


CONTEXT = _context()
a, u, s, x, w, y, z, t, m, p, c, f, W, v, q, A, C, B = symbols(CONTEXT, *"ausxwyztmpcfWvqACB")
n, r, l, k, j, h, i, e = indices(CONTEXT, "n r l k j h i e")  # noqa: E741  # the letters of the formulas
N, K, d = sizes(CONTEXT, "N K d")
overN, overR, overL, overK, overJ, overH = (n, 1, N), (r, 1, N), (l, 1, N), (k, 1, K), (j, 1, K), (h, 1, K)

lse = log(Sum(exp(z[h]), overH))
soft_k, soft_j = (exp(z[index]) / Sum(exp(z[h]), overH) for index in (k, j))
bump = p[k] * exp(-((x[n] - m[k]) ** 2) / 2)
bump_h, bump_j = (p[index] * exp(-((x[n] - m[index]) ** 2) / 2) for index in (h, j))
mean = Sum(x[r], overR) / N
spread = Sum((x[r] - Sum(x[l], overL) / N) ** 2, overR) / N
score = Sum(f[n, e] * v[e], (e, 1, d))

IDENTITIES: list[tuple[str, Any, Any]] = [
    ("softmax sums to one", Sum(soft_k, overK), 1),
    ("softmax of shifted scores", exp(z[k] + a) / Sum(exp(z[h] + a), overH), soft_k),
    ("log-sum-exp of shifted scores", log(Sum(exp(z[h] + a), overH)), a + lse),
    ("gradient of log-sum-exp", Derivative(lse, z[k]), soft_k),
    ("softmax Jacobian", Derivative(soft_k, z[j]), soft_k * (sympy.KroneckerDelta(k, j) - soft_j)),
    (
        "cross-entropy gradient",
        Derivative(-Sum(t[k] * log(soft_k), overK), z[j]),
        soft_j * Sum(t[k], overK) - t[j],
    ),
    ("entropy of a softmax", -Sum(soft_k * log(soft_k), overK), lse - Sum(soft_k * z[k], overK)),
    ("logistic derivative", Derivative(1 / (1 + exp(-u)), u), exp(-u) / (1 + exp(-u)) ** 2),
    ("logistic of the negative", logistic(-u), 1 - logistic(u)),
    (
        "logistic regression gradient",
        gradient(Sum(y[n] * score - log(1 + exp(score)), overN), v[i]),
        Sum((y[n] - logistic(score)) * f[n, i], overN),
    ),
    ("tanh derivative", Derivative(sympy.tanh(u), u), 1 - sympy.tanh(u) ** 2),
    ("responsibilities sum to one", Sum(bump / Sum(bump_h, overH), overK), 1),
    (
        "mixture gradient in a mean",
        Derivative(Sum(log(Sum(bump_h, overH)), overN), m[j]),
        Sum(bump_j / Sum(bump_h, overH) * (x[n] - m[j]), overN),
    ),
    (
        "mixture gradient in a logit",
        Derivative(Sum(log(Sum(soft_k * c[n, k], overK)), overN), z[j]),
        Sum(exp(z[j]) * c[n, j] / Sum(exp(z[h]) * c[n, h], overH) - soft_j, overN),
    ),
    ("batch norm: zero mean", Sum((x[n] - mean) / sqrt(spread + s), overN), 0),
    (
        "batch norm: backward",
        Derivative(Sum(w[n] * (x[n] - mean) / sqrt(spread + s), overN), x[n]),
        (w[n] - Sum(w[r], overR) / N - (x[n] - mean) / (spread + s) * Sum(w[l] * (x[l] - mean), overL) / N)
        / sqrt(spread + s),
    ),
    ("variance from moments", spread, Sum(x[n] ** 2, overN) / N - mean**2),
    (
        "Lagrange's identity",
        Sum(x[n] ** 2, overN) * Sum(w[n] ** 2, overN) - Sum(x[n] * w[n], overN) ** 2,
        Rational(1, 2) * Sum((x[n] * w[r] - x[r] * w[n]) ** 2, overR, overN),
    ),
    (
        "Laplacian quadratic form",
        Rational(1, 2) * Sum(W[n, r] * (x[n] - x[r]) ** 2, overR, overN),
        Sum(W[n, r] * x[n] ** 2, overR, overN) - Sum(W[n, r] * x[n] * x[r], overR, overN),
    ),
    ("gradient of a dot product", Derivative(Sum(w[n] * x[n], overN), w[n]), x[n]),
    ("sums exchanged", Sum(z[k] * Sum(c[n, k], overN), overK), Sum(c[n, k] * z[k], overK, overN)),
    ("scalar Gaussian score", gradient(log(gaussian(u, a, s)), a), (u - a) / s),
    ("gradient of a quadratic form", gradient(dot(v, matvec(B, v)), v), matvec(B, v) + matvec(transpose(B), v)),
    ("gradient of log det", gradient(log(det(B)), B), transpose(inv(B))),
    ("gradient of a trace", gradient(trace(matmul(A, B)), B), transpose(A)),
    ("trace is cyclic", trace(matmul(A, B, C)), trace(matmul(C, A, B))),
    ("det of a product", det(matmul(A, C)), det(A) * det(C)),
    (
        "Sherman-Morrison",
        inv(B + outer(v, q)),
        inv(B) - matmul(inv(B), v, transpose(q), inv(B)) / (1 + dot(q, matvec(inv(B), v))),
    ),
    (
        "push-through",
        matmul(inv(identity(d) + matmul(A, C)), A),
        matmul(A, inv(identity(d) + matmul(C, A))),
    ),
]


# -- an identity written out at one size ------------------------------------------------------------------------------

Frame = Mapping[str, int]


def _quantity(name: str, subscripts: tuple[int, ...], size: int) -> Any:
    """A scalar family member as a symbol; a vector or a matrix of symbols."""
    decl = CONTEXT.symbols[name]
    positive = True if "positive" in decl.properties else None

    def symbol(*more: int) -> Any:
        places = tuple(sorted(more)) if "symmetric" in decl.properties else more
        return sympy.Symbol("_".join(map(str, (name, *subscripts, *places))), real=True, positive=positive)

    if len(decl.shape) == 2:
        return sympy.Matrix(size, size, lambda row, column: symbol(row + 1, column + 1))
    return sympy.Matrix(size, 1, lambda row, column: symbol(row + 1)) if decl.shape else symbol()


def concrete(term: Term, size: int, frame: Frame) -> Any:
    """The term in SymPy scalars (or a ``Matrix``) where every size is ``size``; ``frame`` places the indices."""

    def of(part: Term) -> Any:
        return concrete(part, size, frame)

    match term:
        case Num(value):
            return Rational(value.numerator, value.denominator)
        case Size():
            return sympy.Integer(size)
        case Index(name):
            return sympy.Integer(frame[name])
        case Sym(name, subscripts):
            return _quantity(name, tuple(int(of(part)) for part in subscripts), size)
        case Entry(base, subscripts):
            places = [int(of(part)) - 1 for part in subscripts]
            return of(base)[(*places, 0)[:2]]
        case Op(name, parts):
            return OPERATIONS[name](*map(of, parts))
        case Big("sum", var, range_, body):
            low, high = (end.value(dict.fromkeys("NKd", size)) for end in (range_.low, range_.high))
            return sympy.Add(*(concrete(body, size, {**frame, var: place}) for place in range(low, high + 1)))
        case Deriv(body, wrt):
            whole, variable = of(body), of(wrt)
            if isinstance(variable, sympy.MatrixBase):
                return variable.applyfunc(lambda one: sympy.diff(whole, one))
            return sympy.diff(whole, variable)
    raise ValueError(f"the benchmark does not write out {type(term).__name__}")


def _sum(*parts: Any) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total + part
    return total


def _times(*parts: Any) -> Any:
    total = parts[0]
    for part in parts[1:]:
        total = total * part
        if isinstance(total, sympy.MatrixBase) and total.shape == (1, 1):
            total = total[0, 0]
    return total


OPERATIONS: dict[str, Callable[..., Any]] = {
    "add": _sum,
    "mul": _times,
    "neg": lambda part: -part,
    "div": lambda top, bottom: top / bottom,
    "pow": lambda base, exponent: base**exponent,
    "sqrt": sympy.sqrt,
    "exp": sympy.exp,
    "log": sympy.log,
    "tanh": sympy.tanh,
    "logistic": lambda part: 1 / (1 + sympy.exp(-part)),
    "delta": lambda one, other: sympy.Integer(one == other),
    "transpose": lambda part: part.T,
    "inverse": lambda part: part.inv(),
    "det": lambda part: part.det(),
    "trace": lambda part: part.trace(),
    "outer": lambda one, other: one * other.T,
    "identity": sympy.eye,
    "gaussian": lambda at, mid, width: sympy.exp(-((at - mid) ** 2) / (2 * width)) / sympy.sqrt(2 * sympy.pi * width),
}


# -- SymPy's answers --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answer:
    """What SymPy said, and how long it took."""

    said: str
    seconds: float

    @property
    def late(self) -> bool:
        """Whether it ran out of time."""
        return self.said == "late"

    def __str__(self) -> str:
        return f">{LIMIT:.0f} s" if self.late else f"{self.said} {_time(self.seconds)}"


def _simplify(left: Any, right: Any) -> str:
    difference = left - right
    if isinstance(difference, sympy.MatrixBase):
        return "yes" if difference.applyfunc(sympy.simplify).is_zero_matrix else "stuck"
    return "yes" if sympy.simplify(difference) == 0 else "stuck"


def _equals(left: Any, right: Any) -> str:
    if isinstance(left, sympy.MatrixBase):
        found = [one.equals(other) for one, other in zip(left, right, strict=True)]
        answer = False if False in found else None if None in found else True
    else:
        answer = sympy.sympify(left).equals(right)
    return {True: "yes", False: "NO", None: "stuck"}[answer]


WAYS = {"simplify": _simplify, "equals": _equals}
FREE = {"n": 1, "r": 2, "k": 1, "j": 2, "i": 1}
"""The values of free indices, for SymPy: one choice of them (ours are for all)."""


def _written_out(way: str, left: Term, right: Term, size: int) -> str:
    return WAYS[way](concrete(left, size, FREE), concrete(right, size, FREE))


def _as_it_stands(left: Any, right: Any) -> str:
    """SymPy's own calculus on indexed sums: right, stuck, or WRONG (compared with the written-out sides in numbers)."""
    found = [sympy.sympify(side).doit() for side in (left, right)]
    if any(_number(before) != _number(after) for before, after in zip((left, right), found, strict=True)):
        return "WRONG"
    return "yes" if sympy.simplify(found[0] - found[1]) == 0 else "stuck"


def _number(side: Any) -> str:
    """The value at one point with N = K = d = 3, to eight digits."""
    whole = concrete(to_term(side, CONTEXT), 3, FREE)
    names = sorted(whole.free_symbols, key=str)
    return str(sympy.N(whole.subs({name: Rational(3 + 2 * place, 7) for place, name in enumerate(names)}), 8))


SYMPY_RAISES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RecursionError,
    StopIteration,
    TypeError,
    ValueError,
)
"""What SymPy has been seen to raise while simplifying."""


def _child(pipe: Connection, work: Callable[..., str], args: tuple[Any, ...]) -> None:
    start = time.perf_counter()
    try:
        said = work(*args)
    except SYMPY_RAISES as error:
        said = f"error ({type(error).__name__})"
    pipe.send(Answer(said, time.perf_counter() - start))


def limited(work: Callable[..., str], *args: Any) -> Answer:
    """The answer of ``work`` in a process of its own, killed after ``LIMIT`` seconds."""
    processes = multiprocessing.get_context("fork")
    here, there = processes.Pipe(duplex=False)
    process = processes.Process(target=_child, args=(there, work, args), daemon=True)
    process.start()
    there.close()
    try:
        return here.recv() if here.poll(LIMIT) else Answer("late", LIMIT)
    except EOFError:
        return Answer("error (ended)", LIMIT)
    finally:
        process.kill()
        process.join()


def growing(way: str, left: Term, right: Term) -> list[Answer]:
    """SymPy's answers at 2, 3, 4; none beyond the first that is late."""
    answers: list[Answer] = []
    for size in SIZES:
        if answers and answers[-1].late:
            break
        answers.append(limited(_written_out, way, left, right, size))
    return answers


# -- ours -------------------------------------------------------------------------------------------------------------


def ours(name: str, left: Term, right: Term) -> tuple[str, float]:
    """Our verdict for all sizes, and the seconds it took."""
    from derive.judge import judge

    claim = Claim(name, Equal(left, right), CONTEXT)
    start = time.perf_counter()
    verdict = judge(claim)
    return type(verdict).__name__.lower(), time.perf_counter() - start


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 0.9995 else f"{seconds:.1f} s"


def _ratio(mine: float, theirs: list[Answer]) -> str:
    """SymPy's time at its largest size answered, in units of ours; a bound where it was late."""
    last = theirs[-1]
    return f"{'>' if last.late else ''}{last.seconds / mine:.0f}×"


def _row(name: str, left: Any, right: Any) -> list[str]:
    sides = to_term(left, CONTEXT), to_term(right, CONTEXT)
    verdict, seconds = ours(name, *sides)
    best: list[Answer] = []
    cells = []
    for way in WAYS:
        answers = growing(way, *sides)
        cells.append(" / ".join(map(str, answers)))
        best = answers if not best or answers[-1].seconds < best[-1].seconds else best
    own = limited(_as_it_stands, left, right) if not _has_words(left, right) else Answer("-", 0.0)
    return [name, f"{verdict} {_time(seconds)}", *cells, _ratio(seconds, best), "-" if own.said == "-" else str(own)]


def _has_words(*sides: Any) -> bool:
    return any(sympy.sympify(side).has(Word) for side in sides)


HEADINGS = ["identity", "ours, all sizes", "simplify at 2/3/4", "equals at 2/3/4", "ratio", "SymPy, symbolic sizes"]


def bench() -> None:
    """Print the table, one row as soon as it is known. Both sides first load what they load on first use."""
    sympy.simplify(exp(u) * sympy.sin(u) - exp(u) * sympy.sin(u + a)).equals(log(s) + sqrt(s))
    ours("warm up", to_term(1, CONTEXT), to_term(1, CONTEXT))
    widths = (30, 18, 36, 36, 9, 24)
    print("\n" + "  ".join(head.ljust(width) for head, width in zip(HEADINGS, widths, strict=True)))
    for identity_ in IDENTITIES:
        print("  ".join(cell.ljust(width) for cell, width in zip(_row(*identity_), widths, strict=True)), flush=True)


def test_beside_sympy() -> None:
    bench()
