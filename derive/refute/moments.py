"""Assumptions about an unknown density that some density meets whatever else holds: a mean, and a covariance."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from types import MappingProxyType

from derive.language.claims import Claim, Compare, Equal
from derive.language.context import Context
from derive.language.terms import Apply, Expect, Num, Op, Rel, Size, Sym, Term, named_parts, rebuild, subterms

PSD = frozenset({"psd", "posdef"})
UNIT = frozenset({"unit", "open_unit"})


def always_met(context: Context) -> dict[Term, str]:
    """The facts about unknown densities that restrict nothing else, each with its density.

    A normal distribution has any mean, and any covariance that is positive semidefinite. Two facts of one kind about
    one density might contradict each other: then none of them is among these.
    """
    found: dict[str, list[tuple[str, Term]]] = {}
    refused: set[str] = set()
    for fact in context.facts:
        names = {
            part.name
            for part in named_parts(fact.statement)
            if isinstance(part, Apply) and _unknown(part.name, context)
        }
        kind = _kind(fact.statement, context)
        if kind is None or names != {kind[0]} or any(kind[1] == other for other, _ in found.get(kind[0], [])):
            refused |= names
            continue
        found.setdefault(kind[0], []).append((kind[1], fact.statement))
    used = {part.name for decl in context.symbols.values() if decl.definition is not None
            for part in named_parts(decl.definition.body) if isinstance(part, Apply)}  # fmt: skip
    refused |= {density for density, facts in found.items() if not _has_such_values(dict(facts), context)}
    return {fact: density for density, facts in found.items() if density not in refused | used for _, fact in facts}


def as_normal(claim: Claim) -> Claim:
    """The claim for one density that meets what is assumed: an unknown density of which only the mean and the
    covariance (or one of them) are given is normal. Where that fails, the claim fails."""
    context = claim.context
    met = always_met(context)
    if not met:
        return claim
    bodies = [decl.body for decl in context.functions.values() if decl.body is not None]
    inside = {part.name for body in bodies for part in named_parts(body) if isinstance(part, Apply)}
    chosen: dict[str, tuple[Term, Term]] = {}
    for name in dict.fromkeys(met.values()):
        facts = [fact for fact, density in met.items() if density == name]
        normal = None if name in inside or not _is_of_any(facts, context) else _moments_of(facts, context)
        if normal is not None:
            chosen[name] = normal
    if not chosen:
        return claim
    facts_left = tuple(fact for fact in context.facts if met.get(fact.statement, "") not in chosen)
    functions = {name: decl for name, decl in context.functions.items() if name not in chosen}
    context = replace(context, facts=facts_left, functions=MappingProxyType(functions))
    match claim.statement:
        case Equal(left=left, right=right) | Compare(left=left, right=right) as sides:
            sides = replace(sides, left=_with_normals(left, chosen), right=_with_normals(right, chosen))
            return replace(claim, context=context, statement=sides)
    return claim


def _is_of_any(facts: list[Term], context: Context) -> bool:
    """Whether what is drawn may be any vector."""
    variables = [
        context.symbols[fact.left.var] for fact in facts if isinstance(fact, Rel) and isinstance(fact.left, Expect)
    ]
    return not any(variable.properties - {"real"} for variable in variables)


def _moments_of(facts: list[Term], context: Context) -> tuple[Term, Term] | None:
    """The mean and the covariance that the facts give; where one is not given, zero or the identity."""
    found: dict[str, Term] = {}
    variable = ""
    for fact in facts:
        kind = _kind(fact, context)
        if kind is None or not isinstance(fact, Rel) or not isinstance(fact.left, Expect):
            return None
        found[kind[1]] = fact.right
        variable = fact.left.var
    shape = context.symbols[variable].shape
    sizes = tuple(Size(extent.name) for extent in shape if extent.name)
    if len(shape) > 1 or len(sizes) != len(shape):
        return None
    zero: Term = Op("zeros", sizes) if sizes else Num(Fraction(0))
    one: Term = Op("identity", sizes) if sizes else Num(Fraction(1))
    return found.get("mean", zero), found.get("covariance", one)


def _with_normals(term: Term, chosen: dict[str, tuple[Term, Term]]) -> Term:
    if isinstance(term, Apply) and term.name in chosen and len(term.args) == 1:
        return Op("gaussian", (term.args[0], *chosen[term.name]))
    return rebuild(term, lambda part: _with_normals(part, chosen))


_VALUES = frozenset({"real", "nonnegative", "positive", "integer", "binary"})


def _has_such_values(facts: dict[str, Term], context: Context) -> bool:
    """Whether what is drawn may be any vector, or some distribution on the values that are declared has these moments:
    those of a Poisson distribution for counts, of a Bernoulli distribution for 0 and 1, and any positive mean and
    variance of numbers that are positive (a gamma distribution has them)."""
    fact = next(iter(facts.values()))
    variable = context.symbols[fact.left.var] if isinstance(fact, Rel) and isinstance(fact.left, Expect) else None
    kinds = variable.properties - {"real"} if variable is not None else frozenset()
    if not kinds:
        return variable is not None
    mean, spread = (_of_each(facts.get(kind), context) for kind in ("mean", "covariance"))
    if mean is None or spread is None or not _is_psd(mean, context):
        return False
    if "binary" in kinds:
        rest = Op("add", (Num(Fraction(1)), Op("neg", (mean,))))
        return _is_psd(rest, context) and spread in (Op("mul", (mean, rest)),)
    if "integer" in kinds:
        return "positive" not in kinds and spread == mean
    return _is_positive(mean, context)


def _is_positive(term: Term, context: Context) -> bool:
    match term:
        case Num(value=value):
            return value > 0
        case Sym(name=name):
            decl = context.symbols.get(name)
            return decl is not None and bool(decl.properties & {"positive", "open_unit"})
        case Op(name="mul" | "div" | "add", args=args):
            return all(_is_positive(arg, context) for arg in args)
        case Op(name="pow", args=(base, Num())):
            return _is_positive(base, context)
    return False


def _of_each(fact: Term | None, context: Context) -> Term | None:
    """The one number that is the mean, or the variance, of each entry of what is drawn, or of it as a number."""
    right = fact.right if isinstance(fact, Rel) else None
    if right is None or _is_number(right, context):
        return right
    match right:
        case Op(name="mul", args=(*factors, Op(name="ones" | "identity"))) if factors:
            return factors[0] if len(factors) == 1 else Op("mul", tuple(factors))
    return None


def _unknown(name: str, context: Context) -> bool:
    decl = context.functions.get(name)
    return decl is not None and decl.body is None and decl.builtin is None


def _kind(fact: Term, context: Context) -> tuple[str, str] | None:
    """The density and whether the fact gives its mean or its covariance."""
    if not isinstance(fact, Rel) or fact.op != "=" or not isinstance(fact.left, Expect):
        return None
    expect, right = fact.left, fact.right
    match expect.density:
        case Apply(name=name, args=(Sym(name=argument, indices=()),), indices=()) if argument == expect.var:
            decl = context.functions.get(name)
        case _:
            return None
    variable = context.symbols.get(expect.var)
    if decl is None or "density" not in decl.properties or not _unknown(name, context):
        return None
    if variable is None or variable.properties - _VALUES or variable.values or variable.family:
        return None
    if variable.low is not None or variable.high is not None or variable.label_range is not None:
        return None
    if any(
        isinstance(part, Expect | Apply) or (isinstance(part, Sym) and part.name == expect.var)
        for part in subterms(right)
    ):
        return None
    if expect.body == Sym(expect.var):
        return name, "mean"
    if _is_spread(expect) and _is_psd(right, context):
        return name, "covariance"
    return None


def _is_spread(expect: Expect) -> bool:
    """Whether the body is ``(x - E[x])(x - E[x])^T``, or its square for a number."""
    match expect.body:
        case Op(name="mul", args=(first, Op(name="transpose", args=(second,)))) | Op(name="mul", args=(first, second)):
            return first == second and _is_centred(first, expect)
    return False


def _is_centred(term: Term, expect: Expect) -> bool:
    match term:
        case Op(name="add", args=(Sym(name=name, indices=()), Op(name="neg", args=(Expect() as mean,)))):
            same = (mean.var, mean.domain, mean.density) == (expect.var, expect.domain, expect.density)
            return name == expect.var and same and mean.body == Sym(expect.var)
    return False


def _is_psd(term: Term, context: Context) -> bool:
    """Whether this is a positive semidefinite matrix, or a number that is not negative, whatever its parts are."""
    match term:
        case Num(value=value):
            return value >= 0
        case Op(name="identity" | "zeros"):
            return True
        case Op(name="pow", args=(base, Num(value=value))) if value.denominator == 1 and value.numerator % 2 == 0:
            return _is_number(base, context)
        case Op(name="pow", args=(base, Num(value=value))) if value.denominator == 1:
            return _is_number(base, context) and _is_psd(base, context)
        case Op(name="add", args=(Num(value=value), Op(name="neg", args=(Sym(name=name),)))) if value >= 1:
            decl = context.symbols.get(name)  # 1 - p of a probability p
            return decl is not None and not decl.shape and bool(decl.properties & UNIT)
        case Op(name="div" | "add", args=args):
            return all(_is_number(arg, context) and _is_psd(arg, context) for arg in args)
        case Sym(name=name):
            decl = context.symbols.get(name)
            good = PSD | {"positive", "nonnegative"} | UNIT if decl is not None and not decl.shape else PSD
            return decl is not None and bool(decl.properties & good)
        case Op(name="mul", args=args):
            return all(_is_psd(arg, context) for arg in args) and sum(not _is_number(arg, context) for arg in args) <= 1
    return False


def _is_number(term: Term, context: Context) -> bool:
    match term:
        case Num():
            return True
        case Sym(name=name):
            return name in context.symbols and not context.symbols[name].shape
        case Op(name="pow", args=(base, _)):
            return _is_number(base, context)
        case Op(name="add" | "neg" | "mul" | "div", args=args):
            return all(_is_number(arg, context) for arg in args)
    return False
