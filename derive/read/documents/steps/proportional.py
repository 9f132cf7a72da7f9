r"""``p(\theta | x) \propto …``: equal up to a factor without what the left side is a density (or a probability) of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType

from derive.language.claims import Equal
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.dependencies import depends_on, names_in
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import (
    Apply,
    At,
    Deriv,
    Expect,
    Index,
    Integral,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    bound_names,
    rebuild,
    subterms,
)
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.dependencies import opened_down_to, with_names
from derive.read.documents.definitions.defining import Defined, is_undeclared, is_unknown_function
from derive.read.documents.steps.passages import is_zero
from derive.read.errors import DeclarationError, ReadError, Undeclared
from derive.read.latex import node_readings
from derive.read.names import DRAWN, option, parts_of
from derive.read.parser import parse

HINT = "write what the left side is a function of, as in p(x | y) ∝ …"


@dataclass(frozen=True)
class Proportional:
    """The claim that two sides differ by a factor that does not depend on some arguments, and its context."""

    statement: Equal
    context: Context


def arguments(node: s.Node, context: Context) -> tuple[Term, ...]:
    """What stands before the bar of ``p(x | y)``; :class:`ReadError` where that cannot be told."""
    found: list[Term] = []
    for item in _before_bar(node):
        name = item.rest[0][1] if isinstance(item, s.Relation) and item.rest[0][0] == "=" else item
        terms = [typed.term for typed in node_readings(name, context)]
        if len(terms) != 1 or not _is_variable(terms[0], context):
            raise ReadError(f"cannot tell what the factor may depend on: {s.key(name)} is no variable", None, HINT)
        found.append(terms[0])
    if not found:
        raise ReadError("cannot tell what the factor may not depend on", None, HINT)
    return tuple(found)


def _before_bar(node: s.Node) -> tuple[s.Node, ...]:
    """What a side is a function of: ``x`` in ``p(x | y)``, ``k`` in ``P(z = k | x)`` and in ``r_k``."""
    match node:
        case s.Script(sub=s.Name() as index, sup=None):  # r_k: a function of k alone
            return (index,)
        case s.Juxt(parts=(s.Name() | s.Script() | s.Word(), s.Group(bracket="(", items=items, seps=seps))):
            stop = next((place for place, sep in enumerate(seps) if sep in ("|", ";")), len(items) - 1)
            return items[: stop + 1]
    return ()


def _is_variable(term: Term, context: Context) -> bool:
    if isinstance(term, Index):
        return True
    decl = context.symbols.get(term.name) if isinstance(term, Sym) and not term.indices else None
    return decl is not None and decl.definition is None and decl.depends is None and decl.label_range is None


def proportional(left: Term, right: Term, wanted: tuple[Term, ...], context: Context) -> Proportional:
    """``a \\propto b`` in x: a(x') = a(x) / b(x) · b(x') for all x and x', b(x) not zero."""
    left, right = (without_integral(side, wanted, context) for side in (left, right))
    if is_zero(left) or is_zero(right):
        raise ReadError("expected something that is not zero beside ∝")
    for term in wanted:
        if not (is_mentioned(left, term, context) and is_mentioned(right, term, context)):
            raise ReadError("expected both sides of ∝ to depend on what the left side is a function of", None, HINT)
    if _of_vectors(wanted, context):
        one, other = (logarithm(side, wanted, context) for side in (left, right))
        if one is not None and other is not None:
            return same_but_constant(one, other, wanted, context)
    there = (left, right)
    for term in wanted:
        context, there = elsewhere(term, there, context)
    factor = Op("div", (left, right))
    return Proportional(Equal(there[0], Op("mul", (factor, there[1]))), context)


def _of_vectors(wanted: tuple[Term, ...], context: Context) -> bool:
    return any(isinstance(term, Sym) and bool(context.symbols[term.name].shape) for term in wanted)


def logarithm(term: Term, wanted: tuple[Term, ...], context: Context) -> Term | None:
    """The logarithm of a product of exponentials and normal densities, which is positive as it stands, up to what does
    not depend on what is ``wanted``; None of anything else."""
    match term:
        case Op("exp", (inside,)):
            return inside
        case Op("gaussian", (value, mean, spread)):
            return _of_normal(value, mean, spread, wanted, context) or Op("log", (term,))
        case Op("mul", args):
            parts = [logarithm(each, wanted, context) for each in args]
            known = tuple(each for each in parts if each is not None)
            return Op("add", known) if len(known) == len(parts) else None
        case Op("div", (above, below)):
            one, other = logarithm(above, wanted, context), logarithm(below, wanted, context)
            return None if one is None or other is None else Op("add", (one, Op("neg", (other,))))
        case Num(value=value) if value > 0:
            return Op("log", (term,))
    decl = context.functions.get(term.name) if isinstance(term, Apply) else None
    if decl is None or decl.body is None or not isinstance(term, Apply) or term.indices:
        return None
    if len(term.args) != len(decl.params) or any(bound_names(part) for part in subterms(decl.body)):
        return None
    own = [part.name for part in subterms(decl.body) if isinstance(part, Sym) and part.name not in decl.params]
    if any(depends_on(context, name, param) for name in own for param in decl.params):
        return None  # what is put for a parameter would not reach it
    return logarithm(_filled(decl.body, dict(zip(decl.params, term.args, strict=True))), wanted, context)


def _of_normal(value: Term, mean: Term, spread: Term, wanted: tuple[Term, ...], context: Context) -> Term | None:
    """The exponent of a normal density of vectors, whose covariance does not depend on what is ``wanted``."""
    try:
        shape = shape_of(spread, context)
    except ShapeError:
        return None
    if len(shape) != 2 or any(is_mentioned(spread, each, context) for each in wanted):
        return None
    gap = Op("add", (value, Op("neg", (mean,))))
    return Op("mul", (Num(Fraction(-1, 2)), Op("transpose", (gap,)), Op("inverse", (spread,)), gap))


def same_density(left: Term, right: Term, context: Context) -> Proportional | None:
    """``p(w | t) = \\mathcal{N}(w | m, S)`` of a vector w, and a posterior that is something divided by its integral:
    two densities are the same where they are proportional. None for anything else."""
    match right:
        case Op("gaussian", (Sym(name=name, indices=()) as variable, *rest)) if name in context.symbols:
            wanted: tuple[Term, ...] = (variable,)
        case _:
            return None
    if not _of_vectors(wanted, context) or any(is_mentioned(part, variable, context) for part in rest):
        return None
    above = without_integral(left, wanted, context)
    if above == left or logarithm(above, wanted, context) is None or not is_mentioned(above, variable, context):
        return None
    return proportional(above, right, wanted, context)


def same_but_constant(left: Term, right: Term, wanted: tuple[Term, ...], context: Context) -> Proportional:
    """``a = b + const`` in x: a(x') - a(x) = b(x') - b(x) for all x and x'."""
    there = (left, right)
    for term in wanted:
        context, there = elsewhere(term, there, context)
    change = [Op("add", (moved, Op("neg", (still,)))) for moved, still in zip(there, (left, right), strict=True)]
    return Proportional(Equal(change[0], change[1]), context)


def without_integral(term: Term, wanted: tuple[Term, ...], context: Context) -> Term:
    """A side in which the factors that are something divided by its integral are that something, where the integral
    does not depend on what is ``wanted``."""
    match term:
        case Op("mul", args):
            return Op("mul", tuple(without_integral(each, wanted, context) for each in args))
        case Op("div", (above, below)):
            return Op("div", (without_integral(above, wanted, context), below))
        case Sym(indices=()):
            return _above_integral(term, wanted, context)
    decl = context.functions.get(term.name) if isinstance(term, Apply) else None
    if decl is None or not isinstance(term, Apply) or term.indices or len(term.args) != len(decl.params):
        return term
    match decl.body:
        case Op("div", (above, Integral(var=var, body=body))) if var in decl.params and body == above:
            given = dict(zip(decl.params, term.args, strict=True))
            inside = {part.name for arg in term.args for part in subterms(arg) if isinstance(part, Sym)}
            bound = {name for part in subterms(above) for name in bound_names(part)}
            if bound & (inside | set(given)):
                return term
            others = [arg for param, arg in given.items() if param != var]
            own = [part for part in subterms(above) if isinstance(part, Sym | Index) and part.name not in decl.params]
            varies = any(is_mentioned(each, one, context) for each in (*others, *own) for one in wanted)
            return term if varies else without_integral(_filled(above, given), wanted, context)
    return term


def _above_integral(term: Sym, wanted: tuple[Term, ...], context: Context) -> Term:
    """Of a quantity defined as something divided by its integral over a variable, that something, where the integral
    does not depend on what is ``wanted``."""
    decl = context.symbols.get(term.name)
    match decl.definition.body if decl is not None and decl.definition is not None else None:
        case Op("div", (above, Integral(var=var, body=body))):
            pass
        case _:
            return term
    try:
        above, body = (opened_down_to(context, each, (var,)) for each in (above, body))
    except ReadError:
        return term
    own = [part for part in subterms(above) if isinstance(part, Sym | Index) and part.name != var]
    if above != body or any(is_mentioned(each, one, context) for each in own for one in wanted):
        return term
    return without_integral(above, wanted, context)


def _filled(term: Term, given: dict[str, Term]) -> Term:
    """The body of a function with its arguments in the place of its parameters."""
    if isinstance(term, Sym) and not term.indices and term.name in given:
        return given[term.name]
    return rebuild(term, lambda part: _filled(part, given))


def is_mentioned(term: Term, variable: Term, context: Context) -> bool:
    """Whether a term depends on a quantity or an index."""
    if isinstance(variable, Index):
        return any(part == Index(variable.name) for part in map(_plain, subterms(term)))
    return isinstance(variable, Sym) and any(
        isinstance(part, Sym) and depends_on(context, part.name, variable.name) for part in subterms(term)
    )


def _plain(term: Term) -> Term:
    return Index(term.name) if isinstance(term, Index) else term


def elsewhere(variable: Term, sides: tuple[Term, Term], context: Context) -> tuple[Context, tuple[Term, Term]]:
    """Both sides at another value of the variable."""
    if isinstance(variable, Index):
        other = _fresh(variable.name, context)
        context = context.with_index(other, context.indices[variable.name])
        first, second = (with_names(side, {variable.name: Index(other)}) for side in sides)
        return context, (first, second)
    if not isinstance(variable, Sym):
        raise ReadError("cannot tell what the factor may depend on", None, HINT)
    decl = context.symbols[variable.name]
    other = _fresh(variable.name, context)
    copied = [
        Fact(_with(fact.statement, variable.name, other), fact.source)
        for fact in context.facts
        if _holds_elsewhere(fact.statement, variable, sides, context)
    ]
    context = context.with_symbol(replace(decl, name=other))
    for fact in copied:
        context = context.with_fact(fact)
    return context, (_at(sides[0], variable, other, context), _at(sides[1], variable, other, context))


def _holds_elsewhere(statement: Term, variable: Sym, sides: tuple[Term, Term], context: Context) -> bool:
    """Whether a fact holds of every value of the variable that is meant: it is about the variable alone, or bounds it.
    An equation with others in it says what these are where the variable is as it is; :class:`ReadError` where the sides
    are made of them, since nobody says what they are elsewhere."""
    if variable.name not in names_in(statement):
        return False
    bound = {name for part in subterms(statement) for name in bound_names(part)}
    others = [name for name in names_in(statement) if name != variable.name and name not in bound]
    if not isinstance(statement, Rel) or statement.op != "=":
        return True
    if any(is_mentioned(side, Sym(name), context) for side in sides for name in others):
        raise ReadError(f"expected to know how {others[0]} varies with {variable.name}, which a fact ties to it")
    return not others and not any(isinstance(part, Apply) for part in subterms(statement))


def _at(term: Term, variable: Sym, other: str, context: Context) -> Term:
    """A side at another value of a variable: with that in its place, if the side has it nowhere but as a factor or a
    term."""
    parts = tuple(subterms(term))
    plain = not any(isinstance(part, At | Deriv | Expect | Integral | Apply) for part in parts)
    others = {part.name for part in parts if isinstance(part, Sym)} - {variable.name}
    if plain and not any(depends_on(context, name, variable.name) for name in others):
        return _with(term, variable.name, other)
    return At(term, Sym(variable.name), Sym(other))


def _with(term: Term, old: str, new: str) -> Term:
    if isinstance(term, Sym) and term.name == old:
        return replace(term, name=new)
    return rebuild(term, lambda part: _with(part, old, new))


def _fresh(name: str, context: Context) -> str:
    """A name like this one that nothing has."""
    while name in context.symbols or name in context.indices or name in context.sizes:
        name += "'"
    return name


def _bounds(statement: Term, variable: Sym) -> bool:
    """Whether a fact is an inequality that the variable must meet."""
    if not isinstance(statement, Rel) or statement.op == "=":
        return False
    return any(isinstance(part, Sym) and part.name == variable.name for part in subterms(statement))


def _check_names(node: s.Node, context: Context) -> None:
    """A name in a density that nothing declares yet is told as such: a later line may declare it."""
    try:
        node_readings(node, context)
    except Undeclared:
        raise
    except ReadError:
        return


def _integral(decl: SymbolDecl) -> str:
    """The integral over all values that a variable may take; :class:`ReadError` if they are of another kind."""
    said = decl.properties - {"real"}
    low = "0" if said <= {*_FROM_ZERO} and said else _number(decl.low)
    high = "1" if said <= {"unit", "open_unit"} and said else _number(decl.high)
    bounded = bool(said) or decl.low is not None or decl.high is not None
    known = not said or (len(said) == 1 and said <= {*_FROM_ZERO})
    if decl.values or not known or (decl.shape and bounded) or (bounded and not low) or (decl.high and not high):
        raise ReadError(f"cannot tell what to integrate {decl.name} over", None, "define the density with its factor")
    return f"\\int_{_grouped(low)}^{_grouped(high or INFINITY)}" if bounded else "\\int"


def _grouped(limit: str) -> str:
    return limit if len(limit) == 1 else f"{{{limit}}}"


_FROM_ZERO = ("positive", "nonnegative", "unit", "open_unit")
"""What may be said of a number that is 0 at the least."""
INFINITY = "\\infty"


def _number(bound: Term | None) -> str:
    """A bound that is a number, as it is written; nothing for any other."""
    return str(bound.value) if isinstance(bound, Num) and bound.value.denominator == 1 else ""


_ANY_MEMBER = "u"


def _of_a_member(nodes: Sequence[s.Node], texts: list[str], context: Context) -> Defined | None:
    """``p(\\theta_{jc}) \\propto f(\\theta_{jc})`` of every member of a family: one density p, with a parameter
    of its own."""
    items = _before_bar(nodes[0])
    if not isinstance(nodes[0], s.Juxt) or len(items) != 1 or not is_undeclared(nodes[0], context):
        return None
    readings = node_readings(items[0], context) if isinstance(items[0], s.Script) else []
    term = readings[0].term if len(readings) == 1 else None
    decl = context.symbols.get(term.name) if isinstance(term, Sym) else None
    if decl is None or not isinstance(term, Sym) or not decl.family or decl.definition is not None or decl.shape:
        return None
    told = (parts_of(parse(name)) for name in (*option(context, "distributed"), *option(context, DRAWN)))
    if any(parts is not None and parts[0] == decl.name for parts in told):
        return None  # how it is drawn has been said: that is a claim
    if not all(isinstance(index, Index) for index in term.indices) or "|" in texts[0] or "\\mid" in texts[0]:
        return None
    opened = texts[0].find("(") + 1
    written, parameter = texts[0][opened : texts[0].rfind(")")].strip(), _fresh(_ANY_MEMBER, context)
    body = texts[1].replace(written, f"{{{parameter}}}")
    own = context.with_symbol(replace(decl, name=parameter, family=(), family_names=()))
    bodies = node_readings(parse(body), own)
    if not opened or any(
        part.name == decl.name for each in bodies for part in subterms(each.term) if isinstance(part, Sym)
    ):
        return None
    head = texts[0][: opened - 1]
    text = (
        f"function {head}({parameter}) := \\frac{{{body}}}{{{_integral(own.symbols[parameter])} ({body}) d{parameter}}}"
    )
    try:
        done = declare(text, own)
    except DeclarationError as problem:
        raise ReadError(problem.message) from problem
    symbols = {name: each for name, each in done.symbols.items() if name != parameter}
    return Defined(replace(done, symbols=MappingProxyType(symbols)), text)


# -- definitions -------------------------------------------------------------------------------------------------------
def normalised(nodes: Sequence[s.Node], texts: list[str], context: Context) -> Defined | None:
    """``p(x | y) \\propto f`` of an unknown density: f divided by its integral (or sum) over x."""
    node = nodes[0]
    member = _of_a_member(nodes, texts, context)
    if member is not None:
        return member
    items = _before_bar(node)
    called = isinstance(node, s.Juxt)
    if len(items) != 1 or not called or not (is_undeclared(node, context) or is_unknown_function(node, context)):
        return None
    wanted = arguments(node, context)[0]
    _check_names(nodes[1], context)
    variable = s.key(items[0].rest[0][1] if isinstance(items[0], s.Relation) else items[0])
    if isinstance(wanted, Index):
        whole = f"\\sum_{{{variable}}} ({texts[1]})"
    elif isinstance(wanted, Sym):
        if any(_bounds(fact.statement, wanted) for fact in context.facts):
            raise ReadError(
                f"cannot tell what to integrate {wanted.name} over", None, "define the density with its factor"
            )
        whole = f"{_integral(context.symbols[wanted.name])} ({texts[1]}) d{variable}"
    else:
        return None
    text = f"function {texts[0]} := \\frac{{{texts[1]}}}{{{whole}}}"
    try:
        return Defined(declare(text, context), text)
    except DeclarationError as problem:
        if "dots" not in texts[0]:
            raise ReadError(problem.message) from problem
    text = text.replace("function ", "let ", 1)  # p(θ | x_1, …, x_n): a value with these arguments
    try:
        return Defined(declare(text, context), text)
    except DeclarationError as problem:
        raise ReadError(problem.message) from problem
