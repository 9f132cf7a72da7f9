r"""``\sigma`` beside a declared ``name \sigma^2 > 0``: its root, so that ``\sigma^4`` is the square of that name."""

from __future__ import annotations

from derive.language.context import Context
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import Evidence, declared


def root_of_name(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """The positive number of which the square has a name of its own."""
    base, mark, sub = name.partition("_")
    for square in (f"{name}^2", f"{base}^2{mark}{sub}"):
        decl = context.symbols.get(square)
        if decl is not None and not decl.shape and not decl.family:
            return declared(f"let {name} := \\sqrt{{{square}}}", context)
    return None
