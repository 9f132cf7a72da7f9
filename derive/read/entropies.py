r"""``\mathcal{H}(q(z | x))``, ``H[q]``: the entropy of a density, the mean of minus its logarithm (Cover and Thomas,
chapter 8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.read import calls
from derive.read import syntax as s
from derive.read.distributed import spelled_out
from derive.read.fitting import Typed
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

HEADS = frozenset({"H", "\\mathbb{H}", "\\mathcal{H}", "\\mathrm{H}"})
"""What an entropy is called."""


def entropy(r: Resolver, group: s.Group | None, node: s.Node) -> Typed | None:
    """The entropy of what stands in these brackets, if that is one density, with its arguments or by its letter."""
    if group is None or len(group.items) != 1 or group.bracket not in ("(", "["):
        return None
    density = spelled_out(r, group.items[0])
    if not _is_density(r, density):
        return None
    call = s.key(density)
    return r.op("neg", [r.expression(parse(f"\\mathbb{{E}}_{{{call}}}[\\log {call}]"))], node)


def _is_density(r: Resolver, node: s.Node) -> bool:
    """Whether this is a call of a declared density."""
    match node:
        case s.Juxt(parts=(s.Name() | s.Script() as head, s.Group(bracket="(", items=items))):
            forms = calls.signatures_of(r, s.key(head))
        case _:
            return False
    found = [r.context.functions.get(form.name) for form in forms if len(form.slots) == len(items)]
    return any(decl is not None and "density" in decl.properties for decl in found)


__all__ = ["HEADS", "entropy"]
