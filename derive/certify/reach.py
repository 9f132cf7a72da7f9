"""What a claim is about: the part of its context that a certificate has to say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from derive.language.claims import Claim, Optimum, all_subterms
from derive.language.context import Context
from derive.language.terms import Apply, Sym, Term, subterms


def parts_of(context: Context, name: str, function: bool) -> Iterator[Term]:
    """The terms of a declaration."""
    if function:
        called = context.functions.get(name)
        if called is not None and called.body is not None:
            yield called.body
        return
    decl = context.symbols.get(name)
    if decl is not None:
        yield from (decl.definition.body,) if decl.definition is not None else ()
        yield from decl.depends or ()


def reached(context: Context, terms: list[Term]) -> tuple[set[str], set[str]]:
    """The quantities and functions that terms are made of, through definitions."""
    symbols: set[str] = set()
    functions: set[str] = set()
    stack = list(terms)
    while stack:
        for part in subterms(stack.pop()):
            if isinstance(part, Sym) and part.name not in symbols:
                symbols.add(part.name)
                stack.extend(parts_of(context, part.name, False))
            elif isinstance(part, Apply) and part.name not in functions:
                functions.add(part.name)
                stack.extend(parts_of(context, part.name, True))
    return symbols & context.symbols.keys(), functions & context.functions.keys()


def depends(context: Context, name: str, on: str) -> bool:
    """Whether a definition leads to a quantity."""
    return on in reached(context, list(parts_of(context, name, False)))[0]


def reduced(claim: Claim) -> Context:
    """The declarations, definitions and assumptions that a claim may need, in the order declared."""
    context = claim.context
    terms = list(all_subterms(claim.statement))
    facts: list[Term] = []
    while True:
        symbols, functions = reached(context, terms)
        more = [
            f.statement
            for f in context.facts
            if f.statement not in facts
            and (about := reached(context, [f.statement]))
            and (isinstance(claim.statement, Optimum) or (about[0] <= symbols and about[1] <= functions))
        ]
        if not more:
            break
        facts += more
        terms += more
    return replace(
        context,
        symbols={n: d for n, d in context.symbols.items() if n in symbols},
        functions={n: d for n, d in context.functions.items() if n in functions},
        facts=tuple(replace(f, source="") for f in context.facts if f.statement in facts),
        options={},
        notes=(),
    )
