"""Which matrices are symmetric as they are written: ``\\sum_n x_n x_n^\\top``, ``D - W``, ``X^\\top X + I``."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.terms import Big, Op, Sym, Term

SYMMETRIC = frozenset({"symmetric", "posdef", "psd", "diagonal"})
_MOST = 20
"""How many definitions inside each other are looked into."""


def is_symmetric(term: Term, context: Context, depth: int = 0) -> bool:
    """Whether a square matrix is its own transpose, whatever the quantities in it are; False where that is not plain.

    >>> from derive.read.declarations import declare
    >>> from derive.read.latex import node_readings
    >>> from derive.read.parser import parse
    >>> context = declare(r"X \\in \\mathbb{R}^{n \\times d} ; A \\in \\mathbb{R}^{d \\times d}", Context())
    >>> terms = [node_readings(parse(each), context)[0].term for each in (r"X^T X + 2 I", "X^T X A", "A")]
    >>> [is_symmetric(term, context) for term in terms]
    [True, False, False]
    """
    if depth > _MOST:
        return False
    match term:
        case Sym(name=name):
            decl = context.symbols.get(name)
            if decl is None:
                return False
            if decl.properties & SYMMETRIC:
                return True
            return decl.definition is not None and is_symmetric(decl.definition.body, context, depth + 1)
        case Op(name="add" | "neg" | "hadamard", args=args):
            return all(is_symmetric(each, context, depth + 1) for each in args)
        case Op(name="div", args=(top, _)):
            return is_symmetric(top, context, depth + 1)
        case Op(name="inverse" | "transpose", args=(inner,)):
            return is_symmetric(inner, context, depth + 1)
        case Op(name="pow", args=(base, _)):
            return is_symmetric(base, context, depth + 1)
        case Op(name="outer", args=(one, other)):
            return one == other
        case Op(name="identity") | Op(name="diag"):
            return True
        case Op(name="mul", args=args):
            factors = [each for each in _factors(args) if not _is_number(each, context)]
            return bool(factors) and _reads_the_same(factors, context, depth)
        case Big(kind="sum", body=body, where=None):
            return is_symmetric(body, context, depth + 1)
    return False


def _factors(args: tuple[Term, ...]) -> list[Term]:
    """The factors of a product, those of products in it as well."""
    return [
        each for arg in args for each in (_factors(arg.args) if isinstance(arg, Op) and arg.name == "mul" else [arg])
    ]


def _is_number(term: Term, context: Context) -> bool:
    """Whether a factor is plainly a number: it moves freely."""
    match term:
        case Sym(name=name):
            decl = context.symbols.get(name)
            return decl is not None and not decl.shape
        case Op(name="div" | "neg" | "pow" | "sqrt" | "add" | "exp" | "log", args=args):
            return all(_is_number(each, context) for each in args)
        case Op() | Big():
            return False
    return not hasattr(term, "base") and not hasattr(term, "vars") and not hasattr(term, "rows")


def _reads_the_same(factors: list[Term], context: Context, depth: int) -> bool:
    """Whether a product is the same read backwards, each factor transposed."""
    backwards = [_transposed(each) for each in reversed(factors)]
    for one, other in zip(factors, backwards, strict=True):
        same = one == other or (_transposed(one) == one == _transposed(other))
        inner = one if not (isinstance(one, Op) and one.name == "transpose") else one.args[0]
        turned = other if not (isinstance(other, Op) and other.name == "transpose") else other.args[0]
        if not same and not (inner == turned and is_symmetric(inner, context, depth + 1)):
            return False
    return True


def _transposed(term: Term) -> Term:
    return term.args[0] if isinstance(term, Op) and term.name == "transpose" else Op("transpose", (term,))


__all__ = ["SYMMETRIC", "is_symmetric"]
