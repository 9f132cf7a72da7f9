"""Lines that can only be supposed: no reading of them is true of every value of a quantity that nothing ties down.

``w^\\top x_+ + b \\ge 1`` and ``v = \\sum_i a_i u_i`` of a w and a v of which only the space is known are what an
author demands of them, or what they are. Numbers against them show no mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.language.claims import Compare, Equal, Statement, Step
from derive.language.context import Context
from derive.language.dependencies import depends_on, names_in
from derive.language.terms import (
    Apply,
    Array,
    Big,
    Const,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Num,
    Op,
    Rel,
    Size,
    Sym,
    Term,
    subterms,
)

_DEMANDS = re.compile(
    r"(?i)\b(?:must|(?:has|have)\s+to|requir\w+|demand\w*|constrain\w*|we\s+(?:want|wish|need)|should|ensur\w+|enforc\w+|"
    r"impos\w+|boundary|hyperplanes?|(?:we|you)\s+know\s+that|inequalit(?:y|ies)|strengthen\w*|(?:may|can)\s+be\s+rewritten|"
    r"(?:equality|inequality)\s+holds\s+for|consider)\b|"
    r"\b(?:writ(?:e|ten|ing)|express(?:ed)?|expand(?:ed)?|represent(?:ed)?|decompos(?:e|ed)|parametri[sz]ed?|model(?:led|ed)?)\b"
    r"[^.;:]*\bas\b"
)
"""Words of a demand, or of what something is taken to be."""
_CONCLUDES = re.compile(
    r"(?i)\b(?:hence|thus|then|therefore|it\s+follows|we\s+(?:have|get|obtain|find|see|conclude)|gives?|yields?|impl(?:y|ies)|"
    r"shows?|proves?)\b(?!,?\s+(?:we|you)\s+know\s+that\b)"
)
_TIED = frozenset({"onehot", "simplex", "orthogonal", "label"})
"""Properties of the members of a family together, or of which an equation may be a consequence."""


def demands(sentence: str) -> bool:
    """Whether the words before a formula demand it, or take something to be so.

    >>> demands("So the following must be true:"), demands("Hence the following must be true:"), demands("We have")
    (True, False, False)
    """
    return _DEMANDS.search(sentence) is not None and _CONCLUDES.search(sentence) is None


def of_free(statements: Sequence[Statement], context: Context) -> str:
    """Why numbers against these statements show no mistake; empty if they may."""
    names = [_name(each, context) for each in statements]
    if not names or not all(names):
        return ""
    return f"it can only be something supposed of {names[0]}, of which nothing more is known (declare “assume …”)"


def _name(statement: Statement, context: Context) -> str:
    """A free quantity of which a statement demands something that does not hold for all its values."""
    match statement:
        case Equal(left, right):
            op, before = "=", ()
        case Compare(op, left, right):
            before = ()
        case Step(hypotheses=before, conclusions=(Rel(op=op, left=left, right=right),)):
            pass
        case _:
            return ""
    told = _names(before)
    if op == "!=" and isinstance(left, Sym) and isinstance(right, Sym) and left != right:
        return next((each.name for each in (left, right) if _is_free(each.name, context)), "")
    sides = [(left, right), (right, left)]
    for one, other in sides:
        if op in ("=", "!=") and isinstance(one, Sym) and one.name not in told and _is_value(one, other, context):
            return one.name
    for one, other in sides:
        if not names_in(other) and not _is_worked_out(one) and op in ("=", ">=", "<=", ">", "<"):
            found = next(_demanded_of(one, told, context), "")
            if found:
                return found
    return ""


def _names(relations: Sequence[Rel]) -> set[str]:
    return {name for relation in relations for name in names_in(relation)}


def _is_value(name: Sym, side: Term, context: Context) -> bool:
    """Whether an equation would say what a free quantity is, by others."""
    own = [index.name for index in name.indices if isinstance(index, Index)]
    return (
        len(own) == len(name.indices) == len({*own})
        and _is_free(name.name, context)
        and not _is_worked_out(side)
        and all(not depends_on(context, each, name.name) for each in names_in(side))
    )


def _demanded_of(side: Term, told: set[str], context: Context) -> Iterator[str]:
    """The free quantities of which a side is made in the first degree, and by which nothing else in it is defined."""
    names = names_in(side)
    for name in names:
        if name in told or not _is_free(name, context) or _degree(side, name) != 1:
            continue
        if not any(each != name and depends_on(context, each, name) for each in names):
            yield name


def _is_free(name: str, context: Context) -> bool:
    """Whether only a space and bounds are known of a quantity."""
    decl = context.symbols.get(name)
    if decl is None or decl.definition is not None or decl.depends or decl.properties & _TIED or decl.values:
        return False
    return not any(name in names_in(fact.statement) for fact in context.facts)


def _is_worked_out(side: Term) -> bool:
    """Whether a side holds what is computed, of which an equation says how it comes out."""
    return any(isinstance(part, Deriv | Expect | Integral | Apply) for part in subterms(side))


def _degree(term: Term, name: str) -> int:
    """The degree of a term in a quantity: 0 without it, 1 where it is a sum of products with one factor of it, or of
    one power of it; 2 stands for anything else."""
    if name not in names_in(term):
        return 0
    match term:
        case Sym():
            return 1
        case Entry(base=base):
            return _degree(base, name)
        case Op(name="add", args=args):
            return max(_degree(each, name) for each in args)
        case Op(name="neg" | "transpose" | "trace", args=(arg,)):
            return _degree(arg, name)
        case Op(name="pow", args=(Sym(), Num())):
            return 1  # the variance \sigma^2 of n \sigma^2 = 1
        case Op(name="mul" | "inner" | "outer", args=args):
            return min(2, sum(_degree(each, name) for each in args))
        case Op(name="div", args=(top, bottom)):
            return _degree(top, name) if _degree(bottom, name) == 0 else 2
        case Big(kind="sum", where=None, body=body) | Array(body=body):
            return _degree(body, name)
        case Num() | Const() | Size() | Index():
            return 0
    return 2


__all__ = ["demands", "of_free"]
