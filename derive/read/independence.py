r"""Whether an expectation over several random quantities is one over each alone, or rests on their independence."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Apply, Array, Big, Entry, Expect, Integral, Op, Sym, Term, children
from derive.read.names import option

OPTION = "independent"
"""What is called independent, as pairs of lists: one of the first of all in the second, or all in it of each other."""
_LINEAR = frozenset({"neg", "transpose", "trace", "diag"})


def are_independent(names: Sequence[str], context: Context) -> bool:
    """Whether the text says of every two of these random quantities that they are independent."""
    said = context.options.get(OPTION)
    return called_independent(names, said if isinstance(said, tuple) else (), option(context, "random"))


def called_independent(names: Sequence[str], said: Sequence[object], random: Collection[str]) -> bool:
    """Whether every two of these are called independent, by pairs of lists among what is said (``OPTION``)."""
    groups: list[frozenset[str]] = []
    for before, after in (each for each in said if isinstance(each, tuple)):
        own = next((name for name in before if name in random and name not in after), None)
        groups += [frozenset(after)] if not before else [frozenset({own, other}) for other in after if own is not None]
    return all(
        any({one, other} <= group or group == {one} or group == {other} for group in groups)
        for one, other in combinations(names, 2)
    )


def is_apart(term: Term, names: Sequence[str], context: Context) -> bool:
    """Whether a term is a sum of terms of which each depends on one of these quantities at most: then its mean is the
    sum of theirs, whether or not they are independent."""
    if len(_in(term, names, context)) <= 1:
        return True
    match term:
        case Sym(name=name):
            decl = context.symbols.get(name)
            body = None if decl is None or decl.definition is None else decl.definition.body
            return body is not None and is_apart(body, names, context)
        case Op(name="add", args=args):
            return all(is_apart(arg, names, context) for arg in args)
        case Op(name="mul", args=args):
            random = [arg for arg in args if _in(arg, names, context)]
            return len(random) == 1 and is_apart(random[0], names, context)
        case Op(name="div", args=(top, bottom)):
            return not _in(bottom, names, context) and is_apart(top, names, context)
        case Op(name=name, args=(arg,)) if name in _LINEAR:
            return is_apart(arg, names, context)
        case Entry(base=base, indices=indices):
            return not any(_in(index, names, context) for index in indices) and is_apart(base, names, context)
        case Array(body=body) | Big(kind="sum", body=body, where=None):
            return is_apart(body, names, context)
        case Expect(var=var, density=density, body=body):
            rest = [name for name in names if name != var]
            return not _in(density, rest, context) and is_apart(body, rest, context)
    return False


def _in(term: Term, names: Sequence[str], context: Context) -> frozenset[str]:
    """Which of these quantities a term depends on."""
    if isinstance(term, Integral | Expect):
        names = [name for name in names if name != term.var]
    found = frozenset[str]()
    match term:
        case Sym(name=own):
            found = frozenset(name for name in names if depends_on(context, own, name))
        case Apply(name=function):
            decl = context.functions.get(function)
            inside = () if decl is None or decl.body is None else mentioned(context, decl.body)
            free = [own for own in inside if decl is None or own not in decl.params]
            found = frozenset(name for name in names if any(depends_on(context, own, name) for own in free))
    return found.union(*(_in(part, names, context) for part in children(term)))


__all__ = ["OPTION", "are_independent", "is_apart"]
