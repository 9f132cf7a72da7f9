"""The undeclared names in the formulas of a section, and how they stand there: called, alone, below sums."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from derive.read import syntax as s
from derive.read.documents.undeclared.dimensions import EQUALITIES, ORDERINGS
from derive.read.documents.undeclared.scripted_names import Letters, declared_dims, is_lacking, without_rest
from derive.read.documents.undeclared.unification import Dims
from derive.read.documents.undeclared.usage import USUAL
from derive.read.names import TRANSPOSE_MARKS, items_of, split_superscript


@dataclass(frozen=True)
class Formula:
    """A formula with the undeclared names in it."""

    node: s.Node
    names: tuple[str, ...]

    @property
    def is_entrywise(self) -> bool:
        """Whether it has a product entry by entry, where ``1 - z`` may be a vector as well."""
        products = (part for part in s.walk(self.node) if isinstance(part, s.Product))
        return any(op in ("\\odot", "\\oslash") for part in products for op, _ in part.rest)

    @property
    def sides(self) -> tuple[s.Node, ...]:
        """What its relations compare; a formula without any is one side."""
        if isinstance(self.node, s.Relation):
            return (self.node.first, *(side for _, side in self.node.rest))
        return (self.node,)


def compares(node: s.Node) -> bool:
    """Whether a formula says what is equal or ordered, or is only one side."""
    return not isinstance(node, s.Relation) or all(op in EQUALITIES | ORDERINGS for op, _ in node.rest)


def bound(node: s.Node) -> Iterator[str]:
    """The letters that the sums in a formula are over."""
    for part in s.walk(node):
        if isinstance(part, s.BigOp) and part.kind in ("sum", "prod"):
            first = part.sub.first if isinstance(part.sub, s.Relation) else part.sub
            yield from (item.text for item in items_of(first) if isinstance(item, s.Name) and len(item.text) == 1)


def standing_beside(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """``i`` of ``K_{ij}``, where j is bound: a letter that stands below a name with an index."""
    subs = [items_of(part.sub) for node in nodes for part in s.walk(node) if isinstance(part, s.Script)]
    rows = [items for items in subs if any(letters.counts(item) for item in items)]
    return frozenset(s.key(item) for items in rows for item in items if re.fullmatch("[a-z]", s.key(item)))


def called_names(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """The names that are functions: given a value with their arguments, before a bracket with a bare name, before a
    bracket wherever they stand, or equal to such a name."""
    found: set[str] = set()
    calls = {id(one): group for node in nodes for one, group in _before_brackets(node)}
    heads = {id(part) for node in nodes if isinstance(node, s.Relation) for part in _factors(node.first)[:1]}
    uses: dict[str, list[s.Group | None]] = {}
    equated: list[list[str]] = []
    for node in nodes:
        sides = [node.first, *(side for _, side in node.rest)] if isinstance(node, s.Relation) else [node]
        bare = [each for side in sides if isinstance(side, s.Name | s.Script) and (each := letters.named(side))]
        equated.append([each.name for each in bare] if isinstance(node, s.Relation) and _equates(node) else [])
        for part in (each for each in scripted(node) if each not in sides):
            named, group = letters.named(part), calls.get(id(part))
            if named is None:
                continue
            uses.setdefault(named.name, []).append(group)
            if group is not None and (id(part) in heads or _is_argument(group)):
                found.add(named.name)
    found |= {name for name, groups in uses.items() if all(_may_be_arguments(name, group) for group in groups)}
    while any(found & {*names} and not found.issuperset(names) for names in equated):
        found |= {name for names in equated if found & {*names} for name in names}
    return frozenset(found)


FUNCTIONS = frozenset({"\\sigma", "\\phi", "\\varphi", "\\psi", "f", "g", "h"})
"""Letters that before brackets are functions, if nothing says otherwise."""


def _before_brackets(node: s.Node) -> Iterator[tuple[s.Node, s.Group]]:
    for part in s.walk(node):
        for one, group in pairwise(_factors(part)):
            if isinstance(one, s.Name | s.Script) and isinstance(group, s.Group) and group.bracket in ("(", "["):
                yield one, group


def _equates(node: s.Relation) -> bool:
    return all(op in EQUALITIES for op, _ in node.rest)


def _factors(node: s.Node) -> tuple[s.Node, ...]:
    return node.parts if isinstance(node, s.Juxt) else ()


def _is_argument(group: s.Group) -> bool:
    """``(x)``, ``(x, y)``: what a function takes; nothing that is multiplied with."""
    return len(group.items) > 1 or isinstance(group.items[0], s.Name | s.Script | s.Group)


def _may_be_arguments(name: str, group: s.Group | None) -> bool:
    """``(A x)``: what a function may take as well; behind a letter that functions have, any bracket."""
    if group is None:
        return False
    if name in FUNCTIONS or len(group.items) != 1:
        return True
    factors = _factors(group.items[0])
    return bool(factors) and not any(isinstance(part, s.Script) and part.sup is not None for part in factors)


def given_anew(nodes: Sequence[s.Node]) -> frozenset[str]:
    """``e = \\hat y - y``: e is no number 2.718 where the section gives it a value and raises it to no power."""
    heads = (node.first for node in nodes if isinstance(node, s.Relation) and _equates(node))
    scripts = (part for node in nodes for part in s.walk(node) if isinstance(part, s.Script) and part.sup is not None)
    raised = (part for part in scripts if part.sup is not None and s.key(part.sup) not in TRANSPOSE_MARKS)
    return frozenset({s.key(head) for head in heads} & {"e"} - {s.key(part.base) for part in raised})


def standing(nodes: Sequence[s.Node], letters: Letters) -> tuple[frozenset[str], frozenset[str]]:
    """The names that stand without an index somewhere, and those that stand with one. Between the brackets of a
    function that is defined, ``Q(\\mu) = … \\mu_k …``, a name may stand for all of its members."""
    arguments = {id(item) for node in nodes for item in _parameters(node)}
    parts = (part for node in nodes for part in scripted(node) if id(part) not in arguments)
    found = [named for part in parts if (named := letters.named(part)) is not None]
    alone = frozenset(named.name for named in found if not named.letters)
    return alone, frozenset(named.name for named in found if named.letters)


def _parameters(node: s.Node) -> tuple[s.Node, ...]:
    """What stands between the brackets of ``Q(\\mu, \\Sigma) = …``."""
    match node:
        case s.Relation(first=s.Juxt(parts=(_, s.Group(bracket="(", items=items))), rest=(("=" | ":=", _), *_)):
            return items
    return ()


def undeclared_names(
    node: s.Node, letters: Letters, called: frozenset[str], known: dict[str, Dims | None]
) -> Iterator[str]:
    """The names of a formula that nothing declares."""
    context = letters.context
    for part in scripted(node):
        named = letters.named(part)
        if named is None or named.name in called or letters.counts(part):
            continue
        if named.name.rstrip("'") in {*called, *context.functions} and "'" in named.name:
            continue  # f' of a function f
        base = named.name.partition("_")[0].partition("^")[0]
        bare = without_rest(part)
        taken = (context.symbols, context.functions, context.sizes, context.indices)
        if (
            (base in USUAL and base not in letters.given)
            or (
                any(base in names or named.name in names for names in taken)
                and (named.letters or not is_lacking(bare, context))
            )  # W_k beside W may be a name of its own
            or not base.strip("0123456789")
        ):
            continue
        if s.key(bare) not in known:
            known[s.key(bare)] = declared_dims(bare, context)
        if known[s.key(bare)] is None or base in letters.given:
            yield named.name


def scripted(node: s.Node) -> Iterator[s.Node]:
    """Every name with its scripts, and what stands in its exponent; nothing of what stands below it."""
    if isinstance(node, s.Name):
        yield node
    elif isinstance(node, s.Script):
        yield from (node,) if isinstance(node.base, s.Name) else scripted(node.base)
        power = node.sup if node.sup is None else split_superscript(node.sup).rest
        if power is not None and s.key(power) not in TRANSPOSE_MARKS:
            yield from scripted(power)
    elif isinstance(node, s.BigOp):
        yield from scripted(node.body)
    elif isinstance(node, s.Group) and "|" in node.seps:  # p(x | z = k): z is what has a probability, of no shape
        for item in node.items:
            yield from () if isinstance(item, s.Relation) else scripted(item)
    else:
        for part in s.children(node):
            yield from scripted(part)


__all__ = [
    "Formula",
    "bound",
    "called_names",
    "compares",
    "given_anew",
    "standing",
    "standing_beside",
    "undeclared_names",
]
