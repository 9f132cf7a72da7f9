"""Constraints that nobody names, but a Lagrangian holds: where it is solved, it is stationary in its multipliers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from derive.language.context import Context, SymbolDecl
from derive.language.terms import Apply, Big, Deriv, Index, Num, Op, Rel, Size, Sym, Term, subterms
from derive.read.documents.reading.state import Reading
from derive.read.documents.steps.passages import Root

_LAGRANGIAN = re.compile(r"(?i)\blagrang")
_CALLED = frozenset({"L", "\\mathcal{L}", "\\Lambda"})
"""What a Lagrangian is called; also a loss, of which a penalty may be part."""
_PENALTY = re.compile(r"(?i)\b(?:penal|regulari|loss|cost\b|risk\b|error\b|tempered|temperature)")
_INEQUALITY = re.compile(r"(?i)\b(?:inequalit\w+|KKT|karush|kuhn|slack\w*|complementar\w+)")
_LETTER = re.compile(r"\\(?:lambda|nu|mu|gamma|beta|alpha|eta|kappa|xi|zeta)(?![A-Za-z])")
"""What multipliers are called. One that is declared to have a sign belongs to an inequality."""


def constraints(reading: Reading, root: Root) -> tuple[Rel, ...]:
    """What is zero beside the derivative of a Lagrangian, if its constraints are equations that nothing else names."""
    words = reading.words.story + reading.words.section_words
    left, zero = root.equation.left, Num(Fraction(0))
    if _INEQUALITY.search(words) or not isinstance(left, Deriv) or not isinstance(left.wrt, Sym):
        return ()
    body = _written_out(left.body, reading.context)
    found = [each for each in _multipliers(body, reading.context) if each.name != left.wrt.name]
    if not _LAGRANGIAN.search(words):  # nothing calls it so, and it has no name that could
        found = [
            each
            for each in found
            if (each.name in reading.guessed or _is_argument(left.body, each, reading.context))
            and _before_a_difference(body, each)
        ]
        called = isinstance(left.body, Sym) and (left.body.name not in _CALLED or _PENALTY.search(words) is not None)
        found = [] if called else found
    name = left.body.name if isinstance(left.body, Sym) else "the Lagrangian"
    if any(_has_sign(factor, reading.context) for factor in _factors(body)):
        found = [each for each in found if each.name not in reading.guessed]  # one with a sign is of an inequality
    for each in found:
        place = reading.document.pieces[reading.number].place
        reading.note(place, f"a constraint of the optimum: the derivative of {name} in {each.name} is 0")
    return tuple(Rel("=", Deriv(left.body, each), zero) for each in found)


def _is_argument(body: Term, multiplier: Sym, context: Context) -> bool:
    """Whether what is differentiated is written as a function of a multiplier too: ``\\mathcal{L}(u, \\lambda)``."""
    function = context.functions.get(body.name) if isinstance(body, Sym | Apply) else None
    return function is not None and len(function.params) > 1 and multiplier.name in function.params


def constrained(term: Term, context: Context) -> tuple[str, str] | None:
    """The multiplier of a Lagrangian, and what its constraint is about, if it has one of each: ``\\lambda`` and
    ``\\pi_{k}`` of ``f + \\lambda (\\sum_k \\pi_k - 1)``."""
    body = _written_out(term, context)
    found = [each for each in _multipliers(body, context) if _before_a_difference(body, each) and not each.indices]
    if len(found) != 1:
        return None
    whole = next(each for each in _terms(body) if _holds(each, found[0].name))
    about = {part for part in subterms(whole) if isinstance(part, Sym) and part != found[0]}
    if len(about) != 1:
        return None
    (one,) = about
    decl = context.symbols.get(one.name)
    if (
        decl is None
        or decl.definition is not None
        or decl.depends
        or not all(isinstance(i, Index) for i in one.indices)
    ):
        return None
    subscripts = ",".join(index.name for index in one.indices if isinstance(index, Index))
    return found[0].name, f"{one.name}_{{{subscripts}}}" if subscripts else one.name


def _written_out(body: Term, context: Context) -> Term:
    """What is differentiated, as it is defined."""
    if isinstance(body, Apply):
        function = context.functions.get(body.name)
        own = tuple(part.name for part in body.args if isinstance(part, Sym | Index))
        return body if function is None or function.body is None or function.params != own else function.body
    decl = context.symbols.get(body.name) if isinstance(body, Sym) else None
    return body if decl is None or decl.definition is None else decl.definition.body


def _before_a_difference(body: Term, multiplier: Sym) -> bool:
    """Whether a multiplier stands before something less a number, as before a constraint; not before a penalty."""
    for part in _terms(body):
        factors = part.args if isinstance(part, Op) and part.name == "mul" else ()
        rest = [each for each in factors if each != multiplier]
        if len(rest) < len(factors):
            sums = [each for each in rest if isinstance(each, Op) and each.name == "add"]
            return any(isinstance(term, Num | Size) for each in sums for term in _terms(each))
    return False


def _multipliers(body: Term, context: Context) -> Iterator[Sym]:
    """Each multiplier that stands in one term of a sum only, as a factor."""
    parts = list(_terms(body))
    for number, part in enumerate(parts):
        whole = part.body if isinstance(part, Big) and part.kind == "sum" and part.where is None else part
        if isinstance(part, Big) and (part.var not in context.indices or context.indices[part.var] != part.range):
            continue
        factors = whole.args if isinstance(whole, Op) and whole.name == "mul" else ()
        for factor in factors:
            if not isinstance(factor, Sym) or not _is_multiplier(factor, part, context):
                continue
            rest = [each for each in factors if each is not factor]
            others = [*rest, *(each for n, each in enumerate(parts) if n != number)]
            if rest and not any(_holds(each, factor.name) for each in others):
                yield factor


def _factors(body: Term) -> Iterator[Sym]:
    """The names that stand as a factor in a term of a sum."""
    for part in _terms(body):
        whole = part.body if isinstance(part, Big) and part.kind == "sum" else part
        yield from (each for each in (whole.args if isinstance(whole, Op) else ()) if isinstance(each, Sym))


def _has_sign(factor: Sym, context: Context) -> bool:
    """Whether something that is called like a multiplier is declared to have a sign."""
    decl = context.symbols.get(factor.name)
    return decl is not None and _LETTER.match(factor.name) is not None and _is_signed(decl)


def _is_signed(decl: SymbolDecl) -> bool:
    return bool(decl.properties or decl.values or decl.low is not None or decl.high is not None)


def _terms(body: Term) -> Iterator[Term]:
    """The terms of a sum, whatever their signs."""
    match body:
        case Op("add", args):
            for each in args:
                yield from _terms(each)
        case Op("neg", (one,)):
            yield from _terms(one)
        case _:
            yield body


def _is_multiplier(factor: Sym, part: Term, context: Context) -> bool:
    decl = context.symbols.get(factor.name)
    if decl is None or not _LETTER.match(factor.name) or decl.definition is not None or decl.shape:
        return False
    return not _is_signed(decl) and len(factor.indices) == isinstance(part, Big)


def _holds(term: Term, name: str) -> bool:
    return any(isinstance(part, Sym) and part.name == name for part in subterms(term))
