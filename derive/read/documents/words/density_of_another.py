"""``p(x)`` of a p that was the density of z, and of an x that is made of something drawn: by habit it is the density of
x, whichever that is. Numbers against what is said of it show no mistake."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.claims import Statement, terms_of
from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Op, Sym, subterms
from derive.read.names import option


def of_another(statements: Sequence[Statement], context: Context) -> str:
    """Why numbers against these statements show no mistake; empty if they may."""
    drawn = option(context, "distributed")
    for part in (each for statement in statements for term in terms_of(statement) for each in subterms(term)):
        match part:
            case Apply(name=name, args=(Sym(name=point),)) if _is_density(name, point, context):
                decl = context.symbols.get(point)
                made = decl is not None and decl.definition is not None
                if made and any(depends_on(context, point, each) for each in drawn):
                    own = context.functions[name].params[0]
                    said = f"{name}({own}) is a density of {own}, and {name}({point}) may be that of {point}"
                    return f"{said} (write {name}_{{{point}}})"
    return ""


def _is_density(name: str, point: str, context: Context) -> bool:
    """Whether a function is defined as a normal density of something else, or said to be a density of it."""
    decl = context.functions.get(name)
    if decl is None or len(decl.params) != 1 or decl.params[0] == point:
        return False
    normal = decl.body is not None and any(
        isinstance(each, Op) and each.name == "gaussian" for each in subterms(decl.body)
    )
    return normal or "density" in decl.properties


__all__ = ["of_another"]
