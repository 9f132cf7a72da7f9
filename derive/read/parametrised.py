"""Functions with a parameter below their name: ``p_\\theta(x)`` of a declared θ varies with θ as well as with x."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from derive.language.context import Context, FunctionDecl, SymbolDecl
from derive.language.dependencies import all_parts, depends_on
from derive.language.terms import Apply, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.names import items_of, option, parts_of
from derive.read.parser import parse


def with_parameters(context: Context) -> Context:
    """The context in which each unknown function depends on the quantities that stand below its name."""
    functions: dict[str, FunctionDecl] = {}
    for name, decl in context.functions.items():
        below = _below(name, context) if decl.body is None and decl.builtin is None and decl.params else ()
        new = tuple(each for each in below if each not in decl.params)
        if new and not _is_called(name, context):
            shapes = tuple(context.symbols[each].shape for each in new)
            decl = replace(decl, params=(*decl.params, *new), param_shapes=(*decl.param_shapes, *shapes))
        functions[name] = decl
    symbols: dict[str, SymbolDecl] = {}
    for name, known in context.symbols.items():
        plain = known.definition is None and known.depends is None and name in option(context, "signatures")
        below = _below(name, context) if plain else ()
        symbols[name] = replace(known, depends=tuple(map(Sym, below))) if below else known
    if functions == {**context.functions} and symbols == {**context.symbols}:
        return context
    return replace(context, functions=MappingProxyType(functions), symbols=MappingProxyType(symbols))


def parameters_of(decl: FunctionDecl, written: int) -> tuple[str, ...]:
    """The parameters that a call does not write, behind those that it does."""
    return decl.params[written:]


def check_varies(term: Term, variable: str, context: Context) -> None:
    """``ReadError`` where a function is named by the variable, by what is made of it or by a member of a family, and it
    is not known that it depends on that: its derivative would be taken to be zero."""
    for part in all_parts(context, term):
        if isinstance(part, Apply):
            function = context.functions.get(part.name)
            if function is None or function.body is not None or function.builtin is not None:
                continue
            known = {*function.params}
        elif isinstance(part, Sym) and (part.name in option(context, "signatures") or _is_call(part.name)):
            decl = context.symbols.get(part.name)
            if decl is None or decl.definition is not None:
                continue
            known = {each.name for each in decl.depends or () if isinstance(each, Sym)}
        else:
            continue
        named = _named_beside(part.name.partition("(")[0] if _is_call(part.name) else part.name, context)
        if any(depends_on(context, each, variable) for each in named - known):
            raise ReadError(
                f"expected to be told how {part.name} varies with {variable}", None, "declare both in one place"
            )


def _is_call(name: str) -> bool:
    """``\\pi_\\theta(a)``, a family that is written so."""
    return _CALLED.fullmatch(name) is not None


_CALLED = re.compile(r"[^(){}]+(?:_\{[^{}()]*\})?\([^()]*\)")


def _named_beside(name: str, context: Context) -> set[str]:
    """Every declared quantity that is written below or above a name, also one that is defined, or a family."""
    try:
        parts = parts_of(parse(name)) if "_" in name or "^" in name else None
    except ReadError:
        return set()
    scripts = [] if parts is None else [each for each in parts[1:] if isinstance(each, s.Node)]
    letters = [part for each in scripts if not isinstance(each, s.Juxt | s.Word) for part in s.walk(each)]
    return {part.text for part in letters if isinstance(part, s.Name)} & {*context.symbols}  # p_{data}: no letters


def below(name: str, context: Context) -> tuple[Sym, ...]:
    """The declared quantities that stand below a name, of which what is called so is made."""
    return tuple(map(Sym, _below(name, context)))


def _below(name: str, context: Context) -> tuple[str, ...]:
    """The declared quantities that stand below a name."""
    if "_" not in name:
        return ()
    try:
        parts = parts_of(parse(name))
    except ReadError:
        return ()
    if parts is None or isinstance(parts[1], s.Juxt | s.Word):
        return ()  # p_{data}: a word, no letters
    letters = (str(getattr(each, "text", "")) for each in items_of(parts[1]))
    found = (context.symbols.get(letter) for letter in letters)
    return tuple(decl.name for decl in found if decl is not None and not decl.family and decl.definition is None)


def _is_called(name: str, context: Context) -> bool:
    """Whether something is said of the function already."""
    bodies = [decl.definition.body for decl in context.symbols.values() if decl.definition is not None]
    bodies += [decl.body for decl in context.functions.values() if decl.body is not None]
    bodies += [fact.statement for fact in context.facts]
    return any(isinstance(part, Apply) and part.name == name for body in bodies for part in subterms(body))


__all__ = ["below", "check_varies", "parameters_of", "with_parameters"]
