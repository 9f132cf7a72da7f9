r"""``$y = w x + \epsilon$ with $\epsilon \sim …$. Then $p(y \mid x) = …$``: no definition of what has been told.

A density, or a mean given something, of what the text has told how it comes about follows from that. Where it cannot
be compared with it, it has not been checked, and the answer says so; what it says is meant from there on, since later
lines are about nothing else.
"""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.read import syntax as s
from derive.read.documents.definitions.defining import logarithm_of
from derive.read.documents.reading.state import Reading, Waiting
from derive.read.documents.steps.chains import Segment
from derive.read.models import OPTION as MODELS
from derive.read.names import items_of, option, parts_of
from derive.read.notation import EXPECTATIONS

_SPREADS = re.compile(r"\\(?:operatorname|mathrm|text)\s*\{(?:Var|Cov|var|cov)\}|\\(?:Var|Cov|var|cov)")
_DENSITIES = frozenset({"p", "P", "f"})


HINT = "later lines are judged with it as it stands"


def why(reading: Reading, each: Waiting, segment: Segment) -> str:
    """Why a definition is a claim that follows from what has been told; empty if it is not."""
    if each.anew or segment.ops[0] not in ("=", ":=", "propto"):
        return ""
    logarithm = logarithm_of(segment.nodes[0])
    node = segment.nodes[0] if logarithm is None else logarithm[1]
    match node:
        case s.Juxt(parts=(head, s.Group(items=items, seps=seps))):
            pass
        case _:
            return ""
    key = s.key(head.base if isinstance(head, s.Script) else head)
    bar = next((place for place, sep in enumerate(seps) if sep in ("|", ";")), len(seps))
    about, given = items[: bar + 1], items[bar + 1 :]
    context = reading.context
    drawn = {*option(context, "random"), *option(context, "distributed")}
    found = _named(about, {*option(context, MODELS)}, context) or _made_of(about, drawn, context)
    is_moment = key in EXPECTATIONS or _SPREADS.fullmatch(key) is not None
    if not found or (not given if is_moment else key not in _DENSITIES) or _is_of_all(segment, logarithm is not None):
        return ""
    return "" if any(isinstance(item, s.Relation) for item in items) else _reason(found)


def _is_of_all(segment: Segment, logarithm: bool) -> bool:
    """Whether a side is a product over all members, or its logarithm a sum over them: the likelihood of a sample,
    which texts write down to begin with."""
    kinds = ("prod", "sum") if logarithm else ("prod",)
    return any(isinstance(part, s.BigOp) and part.kind in kinds for node in segment.nodes[1:2] for part in s.walk(node))


def _reason(name: str) -> str:
    return f"expected to be able to compare this with how {name} is drawn, as the text has told it"


def _named(items: tuple[s.Node, ...], known: set[str], context: Context) -> str:
    """The first of these that is known, by its own name or by that of the family it belongs to."""
    for item in items:
        parts = parts_of(item)
        if parts is not None and not all(s.key(each) in context.indices for each in items_of(parts[1])):
            parts = None  # y_* is none of the y that there are
        for each in sorted(known):
            if parts is not None and (each in (s.key(item), parts[0]) or parts[0] == _letter(each)):
                return each
    return ""


def _made_of(items: tuple[s.Node, ...], drawn: set[str], context: Context) -> str:
    """The first of these that is defined by what is drawn."""
    for item in items:
        decl = context.symbols.get(s.key(item))
        if decl is not None and decl.definition is not None and any(depends_on(context, decl.name, n) for n in drawn):
            return decl.name
    return ""


def _letter(name: str) -> str:
    """The letter of a name in bold: the vector of all members of a family."""
    found = re.fullmatch(r"\\(?:mathbf|boldsymbol|bm)\s*\{\s*(\\?[A-Za-z]+)\s*\}", name)
    return found[1] if found is not None else name.partition("_")[0]


__all__ = ["HINT", "why"]
