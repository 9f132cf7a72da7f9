"""What a claim may use, as a list to read: sizes, spaces, definitions, functions, assumptions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from derive.language.claims import Claim, WellDefined
from derive.language.context import Context, Fact, FunctionDecl, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Apply, Index, Num, Rel, Sym, Term
from derive.read.calls import PLACE
from derive.read.documents.definitions.differentials import CURVE
from derive.read.documents.definitions.holding import BEFORE
from derive.render.latex import space, to_latex
from derive.render.report.phrases import Code, Formula, Inline, Phrase, Strong, formula, merged

_BUILT_IN = {
    "gaussian": "the density of a normal distribution",
    "gaussian_diag": "the density of a normal distribution, given the variances",
    "logistic": "the logistic function",
    "softmax": "the softmax function",
    "relu": "the positive part",
    "tanh": "the hyperbolic tangent",
    "exp": "the exponential function",
    "log": "the natural logarithm",
    "logsumexp": "the logarithm of the sum of the exponentials of the entries",
    "eigenvalues": "the vector of the eigenvalues of a symmetric matrix, least first",
    "eigenvectors": "the matrix of the eigenvectors of a symmetric matrix, that of the least eigenvalue first",
    "kl": "the Kullback-Leibler divergence",
}
PROPERTIES = {
    "posdef": "positive definite",
    "psd": "positive semidefinite",
    "onehot": "one-hot",
    "simplex": "on the simplex",
    "open_unit": "strictly between 0 and 1",
    "unit": "between 0 and 1",
    "nonnegative": "non-negative",
    "nonzero": "not zero",
    "binary": "0 or 1",
    "integer": "a whole number",
    "density": "a density",
    "connected": "the weights of a connected graph",
    "real": "",
}


@dataclass(frozen=True)
class Item:
    """One thing that is given: what it is about (its name in the context), and how it reads. ``said`` is that as text,
    by which two are told apart."""

    name: str
    phrase: Phrase = field(compare=False)
    said: str = ""


def _item(name: str, phrase: Phrase) -> Item:
    return Item(name, phrase, "".join(part if isinstance(part, str) else _text(part) for part in phrase))


def _text(part: Inline) -> str:
    match part:
        case Formula(source=text) | Code(text) | Strong(text):
            return text
    return str(part)


def items(context: Context) -> list[Item]:
    """Everything that a context gives, in the order of a reader: indices, quantities, functions, assumptions."""
    out = [
        _item(f"size {name}", merged([formula(rf"{name} \geq {least}")]))
        for name, least in context.sizes.items()
        if least != 1
    ]
    out += _indices(context)
    out += [_symbol(decl) for decl in context.symbols.values() if decl.definition is None and decl.name != PLACE]
    out += [_function(decl) for decl in context.functions.values()]
    out += [_symbol(decl) for decl in context.symbols.values() if decl.definition is not None and not _at_itself(decl)]
    return out + [_fact(fact) for fact in context.facts]


def _fact(fact: Fact) -> Item:
    text = to_latex(fact.statement)
    return _item(f"assume {text}", merged(["assumed: ", formula(text)]))


def _indices(context: Context) -> list[Item]:
    """Indices with one range, together."""
    by_range: dict[Range, list[str]] = {}
    for name, range_ in context.indices.items():
        by_range.setdefault(range_, []).append(name)
    return [
        _item(f"index {', '.join(names)}", (formula(rf"{', '.join(names)} = {range_.low}, \dots, {range_.high}"),))
        for range_, names in by_range.items()
    ]


def _head(decl: SymbolDecl | FunctionDecl) -> str:
    """A name with its subscripts, as formulas have it."""
    names = list(decl.family_names)
    if len(names) != len(decl.family):
        names = [f"{range_.low} \\dots {range_.high}" for range_ in decl.family]
    return to_latex(Sym(decl.name, tuple(Index(name) for name in names)))


def _at_itself(decl: SymbolDecl) -> bool:
    """Whether a name stands for the value of the function of this name: ``L := L(w)`` says nothing to a reader."""
    body = decl.definition.body if decl.definition is not None else None
    return isinstance(body, Apply) and body.name == decl.name


def _symbol(decl: SymbolDecl) -> Item:
    if decl.definition is not None:
        return _item(f"let {decl.name}", (formula(f"{_defined(decl)} := {to_latex(decl.definition.body)}"),))
    where, before, behind = rf" \in {space(decl.shape)}", "", ""
    if decl.values:
        where = rf" \in \{{{', '.join(to_latex(value) for value in decl.values)}\}}"
    elif not decl.shape and (decl.low is not None or decl.high is not None) and not _within_one(decl):
        where = ""
        before, behind = _bounds(decl, low=True), _bounds(decl, low=False)
    parts: list[Inline] = [formula(f"{before}{_head(decl)}{where}{behind}")]
    said = [PROPERTIES.get(each, each) for each in sorted(decl.properties) if not _says_less(each, decl)]
    if decl.label_range is not None:
        said = [each for each in said if each not in ("label", PROPERTIES["integer"])]
        said.append(f"a label from {decl.label_range.low} to {decl.label_range.high}")
    parts += [", ", ", ".join(filter(None, said))] if any(said) else []
    if decl.name == CURVE:
        return _item(f"symbol {decl.name}", merged([formula(_head(decl)), ", the number along which everything moves"]))
    if decl.name.endswith(BEFORE):
        name = formula(to_latex(Sym(decl.name.removesuffix(BEFORE))))
        return _item(
            f"symbol {decl.name}", merged([*parts, ": what ", name, " is taken to be where it stays as it was"])
        )
    if decl.depends is not None:
        names = ", ".join(to_latex(each) for each in decl.depends)
        parts += [", an unknown function of ", formula(names)] if names else [", an unknown function"]
    return _item(f"symbol {decl.name}", merged(parts))


_FOLLOWS = {"psd": "posdef", "nonnegative": "positive", "unit": "open_unit"}
"""What need not be said beside what is stronger."""


def _within_one(decl: SymbolDecl) -> bool:
    """Whether "strictly between 0 and 1" says all of the bounds."""
    return (
        "open_unit" in decl.properties
        and decl.low in (None, Num(Fraction(0)))
        and decl.high in (None, Num(Fraction(1)))
    )


def _says_less(name: str, decl: SymbolDecl) -> bool:
    """Whether a property follows from another one, or from the bounds that are written."""
    if _FOLLOWS.get(name) in decl.properties:
        return True
    bounded = not decl.shape and decl.high is not None and decl.low is None and not decl.values
    return name in ("positive", "nonnegative") and (bounded or "open_unit" in decl.properties)


def _defined(decl: SymbolDecl) -> str:
    params = decl.definition.params if decl.definition else ()
    return to_latex(Sym(decl.name, tuple(Index(name) for name in params)))


def _bounds(decl: SymbolDecl, low: bool) -> str:
    """The bound below, written before a name that has one above too, and the bounds after it."""
    if low:
        if decl.high is None or decl.low is not None:
            return f"{to_latex(decl.low)} {_sign('<', decl.low_open)} " if decl.low and decl.high else ""
        signed = [sign for name, sign in (("positive", "0 < "), ("nonnegative", r"0 \leq ")) if name in decl.properties]
        return signed[0] if signed else ""
    if decl.high is not None:
        return f" {_sign('<', decl.high_open)} {to_latex(decl.high)}"
    return f" {_sign('>', decl.low_open)} {to_latex(decl.low)}" if decl.low is not None else ""


def _sign(sign: str, strict: bool) -> str:
    return sign if strict else {"<": "\\leq", ">": "\\geq"}[sign]


def _function(decl: FunctionDecl) -> Item:
    head = _head(decl)
    name = f"function {decl.name}"
    if decl.builtin is not None:
        return _item(name, merged([formula(head), " is ", _BUILT_IN.get(decl.builtin, decl.builtin)]))
    call = f"{head}({', '.join(decl.params)})" if decl.params and not head.endswith(")") else head
    if decl.body is not None:
        return _item(name, (formula(f"{call} := {to_latex(decl.body)}"),))
    said = [PROPERTIES.get(each, each) for each in sorted(decl.properties)]
    kind = f", any function, {', '.join(said)}" if said else ", any function"
    return _item(name, merged([formula(call), kind]))


# -- what changes from claim to claim ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Given:
    """What is given at a place of a report: from here on, or ``here`` only; ``gone`` names what no longer is.
    ``anew`` marks a setting in which nothing of the one before is left."""

    items: tuple[Phrase, ...]
    here: bool = False
    gone: tuple[Phrase, ...] = ()
    anew: bool = False


def laid_down(claims: Sequence[Claim]) -> list[frozenset[Item]]:
    """For each claim what it lays down itself, a definition or an assumption: that need not be said beside it."""
    out: list[frozenset[Item]] = []
    for at, claim in enumerate(claims):
        own = [each.statement for each in claims[at:] if each.line == claim.line and each.file == claim.file]
        texts = {_plainly(each.term) for each in own if isinstance(each, WellDefined) and each.role == "definition"}
        after = claims[at + 1].context if at + 1 < len(claims) else claim.context
        found = set(_defines(claim.context, texts)) if texts else set()
        if isinstance(claim.statement, WellDefined) and claim.statement.role == "assumption":
            found.update(_assumes(after, _plainly(claim.statement.term)))
        out.append(frozenset(found))
    return out


def _plainly(term: Term) -> str:
    """A term as text, where the name of a parameter is like any other name."""
    return to_latex(term).replace("{}", "")


def _defines(context: Context, bodies: Collection[str]) -> Iterator[Item]:
    """What is defined to be one of ``bodies``."""
    for symbol in context.symbols.values():
        if symbol.definition is not None and _plainly(symbol.definition.body) in bodies:
            yield _symbol(symbol)
    for function in context.functions.values():
        if function.body is not None and _plainly(function.body) in bodies:
            yield _function(function)


def _assumes(context: Context, left: str) -> Iterator[Item]:
    """The equation with this left side, and that it is assumed."""
    for fact in context.facts:
        if isinstance(fact.statement, Rel) and _plainly(fact.statement.left) == left:
            yield _fact(fact)


def changes(contexts: Sequence[Context], said: Sequence[Collection[Item]] = ()) -> list[list[Given]]:
    """For each context, in order, what has to be said before the claim that is judged in it; ``said`` is what the
    claims say themselves, each from there on."""
    base: dict[Item, None] = {}
    told: set[Item] = set()
    out: list[list[Given]] = []
    known = {id(context): dict.fromkeys(items(context)) for context in {id(each): each for each in contexts}.values()}
    listed = [known[id(context)] for context in contexts]
    for number, found in enumerate(listed):
        after = listed[number + 1] if number + 1 < len(listed) else found
        fresh = [item for item in found if item not in base]
        lost = [item for item in base if item not in found and item not in after]
        anew = bool(lost) and not any(item in found for item in base)
        told = told.difference(lost).union(said[number] if said else ())
        out.append(list(_here(fresh, [] if anew else lost, after, told, anew)))
        kept = [] if anew else [item for item in base if item not in lost]
        base = dict.fromkeys([*kept, *(item for item in fresh if item in after or item in told)])
    return out


def _here(
    fresh: Sequence[Item], lost: Sequence[Item], after: Collection[Item], told: Collection[Item], anew: bool
) -> Iterator[Given]:
    """What has to be said of what is ``fresh`` and of what is ``lost``; what is ``told`` elsewhere needs no word."""
    names = {item.name for item in fresh}
    gone = tuple(_called(item) for item in lost if item.name not in names)
    stays = [item for item in fresh if item in after and item not in told]
    only = [item for item in fresh if item not in after and item not in told]
    if stays or gone:
        yield Given(_phrases(stays), gone=gone, anew=anew)
    if only:
        yield Given(_phrases(only), here=True)


def _called(item: Item) -> Phrase:
    """The name of what is given, without what is said of it."""
    kind, _, name = item.name.partition(" ")
    return ("that ", formula(name)) if kind == "assume" else (formula(to_latex(Sym(name))),)


def _phrases(found: Iterable[Item]) -> tuple[Phrase, ...]:
    return tuple(item.phrase for item in found)
