"""``A^{1/2}`` of a matrix that is declared positive (semi)definite: the matrix R, as A is, with R R = A.

Every such A is R R for one R alone. So a claim about A and R is one about any R, with R R in the place of A; a claim
without R stays one about A.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from derive.language.claims import Statement, terms_of
from derive.language.context import Context, Definition, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Index, Op, Sym
from derive.read import syntax as s
from derive.read.names import option, parts_of
from derive.read.powers import ROOTS, has_root
from derive.read.targets import put


def with_roots(node: s.Node | None, context: Context) -> tuple[Context, list[str]]:
    """The context in which the matrices have roots of which a formula takes one, and what is to be noted."""
    texts: list[str] = []
    for part in s.walk(node) if node is not None else ():
        if not isinstance(part, s.Script) or part.sup is None or not _is_half(part.sup):
            continue
        parts = parts_of(part)
        decl = context.symbols.get(parts[0]) if parts is not None else None
        if decl is None or not _may_have_root(decl):
            continue
        root = replace(decl, name=f"{decl.name}^{{1/2}}")
        if has_root(context, decl.name, root.name):
            continue
        context = put(context.with_symbol(root), ROOTS, decl.name, root.name)
        texts.append(f"{root.name} {root.name} = {decl.name}, of {' '.join(sorted(decl.properties))} matrices")
    return context, texts


def _is_half(sup: s.Node) -> bool:
    """``1/2``, ``-\\frac12``, ``-3/2``."""
    match sup:
        case s.Sum(terms=((_, term),)):
            return _is_half(term)
        case s.Product(first=s.Number(text=text), rest=(("/", s.Number(text="2")),)):
            return text.isdigit() and int(text) % 2 == 1
        case s.Frac(top=s.Number(text=text), bottom=s.Number(text="2")):
            return text.isdigit() and int(text) % 2 == 1
        case s.Group(bracket="{", items=(item,)):
            return _is_half(item)
    return False


def _may_have_root(decl: SymbolDecl) -> bool:
    """Whether any R R of a matrix R like this one is one, and nothing else is known of it."""
    free = decl.definition is None and decl.depends is None and not decl.values
    return (
        free
        and len(decl.shape) == 2
        and decl.shape[0] == decl.shape[1]
        and "symmetric" in decl.properties
        and bool(decl.properties & {"posdef", "psd"})
    )


def linked(statements: Sequence[Statement], context: Context) -> Context:
    """The context of a claim in which the matrices whose roots it is about are what these roots say."""
    names = {name for each in statements for term in terms_of(each) for name in mentioned(context, term)}
    for whole, root in option(context, ROOTS).items():
        decl = context.symbols.get(whole)
        if decl is None or not isinstance(root, str) or not has_root(context, whole, root):
            continue
        if any(depends_on(context, name, root) for name in names):
            indices = tuple(Index(name) for name in decl.family_names)
            twice = Op("mul", (Sym(root, indices), Sym(root, indices)))
            context = context.with_symbol(replace(decl, definition=Definition(decl.family_names, twice)))
    return context


__all__ = ["linked", "with_roots"]
