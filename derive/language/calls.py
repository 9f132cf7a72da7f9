"""Calls of functions that are written out: ``h(v)`` as the body of h with v for its parameter, without capture."""

from __future__ import annotations

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.terms import Apply, Sym, Term, bound_names, rebuild, subterms


def written_out(context: Context, call: Apply) -> Term | None:
    """What a function is at its arguments; None where these cannot just be put in: its body binds names or calls
    others, or something in it is made of a parameter by a definition of its own.

    >>> from derive.language.context import FunctionDecl
    >>> from derive.language.terms import Op
    >>> h = FunctionDecl("h", params=("u",), body=Op("neg", (Sym("u"),)))
    >>> written_out(Context().with_function(h), Apply("h", (Sym("v"),)))
    Op(name='neg', args=(Sym(name='v', indices=()),))
    """
    decl = context.functions.get(call.name)
    if decl is None or decl.body is None or decl.family or call.indices or len(decl.params) != len(call.args):
        return None
    values = dict(zip(decl.params, call.args, strict=True))
    if not values:
        return None
    if all(value == Sym(name) for name, value in values.items()):
        return decl.body
    parts = list(subterms(decl.body))
    others = {part.name for part in parts if isinstance(part, Sym)} - values.keys()
    hidden = any(depends_on(context, other, name) for other in others for name in values)
    if hidden or any(bound_names(part) or isinstance(part, Apply) for part in parts):
        return None

    def put(part: Term) -> Term:
        if isinstance(part, Sym) and not part.indices and part.name in values:
            return values[part.name]
        return rebuild(part, put)

    return put(decl.body)
