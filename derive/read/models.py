"""How observations come about: ``y = X w + \\epsilon``, which holds under an expectation and is no definition of y.

A derivative of a likelihood takes the observations as they are; their mean is that of what they are made of.
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, Definition, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.extents import Range
from derive.language.terms import Array, Deriv, Entry, Expect, Index, Op, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.names import option
from derive.read.targets import put

OPTION = "models"
WRITTEN = "written models"
"""What an observation is made of, as it is written: the sum behind ``x = …``."""


def as_made(context: Context, terms: Iterable[Term]) -> Context:
    """The context of a statement about the noise of an observation and the observation itself: what it is made of
    holds there, whatever is said of the noise. One that differentiates takes the observations as they are, but for one
    that it differentiates itself."""
    terms = tuple(terms)
    parts = [part for term in terms for part in subterms(term)]
    itself = {part.body.name for part in parts if isinstance(part, Deriv) and isinstance(part.body, Sym)}
    if itself & {*option(context, OPTION)}:
        return modelled(context)
    if any(isinstance(part, Deriv | Expect) for part in parts):
        return context
    names = {name for term in terms for name in mentioned(context, term)}
    noise = {*option(context, "random"), *option(context, "distributed")} & names
    observed = [name for name in option(context, OPTION) if any(depends_on(context, each, name) for each in names)]
    models = option(context, OPTION)
    added = {each for name in observed if isinstance(made := models[name], Definition) for each in summands(made.body)}
    return modelled(context) if noise & added else context


def summands(term: Term) -> set[str]:
    """The quantities that are added as they are, without a factor."""
    match term:
        case Op(name="add", args=args):
            return {name for arg in args for name in summands(arg)}
        case Entry(base=base):
            return summands(base)
        case Array(body=body):
            return summands(body)
        case Sym(name=name):
            return {name}
    return set()


def with_model(context: Context, sides: tuple[Term, Term]) -> Context | None:
    """The context in which the first side, declared and not defined, comes about as the second says."""
    left, right = sides
    if isinstance(left, Array) and isinstance(left.body, Sym):  # y written whole, of the numbers y_i
        pairs = tuple(Index(name) for name, _ in left.vars)
        if left.body.indices != pairs:
            return None
        left, right = left.body, Entry(right, pairs)
    if isinstance(left, Entry) and isinstance(left.base, Sym) and not left.base.indices:  # y_n, of a vector y
        letters = [index.name for index in left.indices if isinstance(index, Index)]
        shape = context.symbols[left.base.name].shape
        pairs_of = tuple((letter, context.indices[letter]) for letter in letters if letter in context.indices)
        if len({*letters}) != len(shape) or [run for _, run in pairs_of] != [Range.upto(each) for each in shape]:
            return None
        left, right = left.base, Array(pairs_of, right)
    if not isinstance(left, Sym):
        return None
    decl = context.symbols.get(left.name)
    names = tuple(index.name for index in left.indices if isinstance(index, Index))
    if decl is None or decl.definition is not None or decl.depends or len(set(names)) != len(decl.family):
        return None
    if left.name in mentioned(context, right):
        return None
    return put(context, OPTION, left.name, Definition(names, right))


def modelled(context: Context, over: Set[str] | None = None) -> Context:
    """The context in which every observation is what its model says; with ``over``, every one with such a noise. Under
    a distribution of something else, ``\\mathbb{E}_{z \\sim q}[x]``, what has been observed is what it is."""
    symbols: dict[str, SymbolDecl] = {}
    for name, made in option(context, OPTION).items():
        decl = context.symbols.get(name)
        if decl is None or decl.definition is not None or not isinstance(made, Definition):
            continue
        if over is None or not over.isdisjoint(summands(made.body)):
            symbols[name] = replace(decl, definition=made)
    if not symbols:
        return context
    return replace(context, symbols=MappingProxyType({**context.symbols, **symbols}))


def with_written(context: Context, name: s.Node, made: s.Node) -> Context:
    """The context that also knows how a model is written."""
    return put(context, WRITTEN, s.key(name), made)
