"""Sections that follow one step of a recursion: ``h_t`` made of ``h_{t-1}``, where t only says which step it is.

In such a section h_t and h_{t-1} are names, no members of a sequence: what is shown for any h_{t-1} holds at each step.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType

from derive.language.context import Context, SymbolDecl
from derive.language.instances import free_indices
from derive.language.terms import Index, Num, Op, Sym, Term, rebuild, subterms
from derive.read import syntax as s
from derive.read.names import items_of, parts_of, split_superscript


@dataclass
class _Seen:
    """What the formulas of a section have below their names, for one letter."""

    now: set[str] = field(default_factory=set)
    before: set[str] = field(default_factory=set)
    heads: set[str] = field(default_factory=set)
    elsewhere: bool = False


def steps(nodes: Sequence[s.Node]) -> tuple[str, ...]:
    """The letters that only say which step of a recursion is meant: names stand at t and at t - 1, one of them is given
    by what stands at t - 1, something is differentiated, and t stands nowhere else: nothing is summed over steps, and
    no name stands at another place, such as ``h_0``.

    >>> from derive.read.parser import parse
    >>> steps([parse(r"h_t = \\tanh(W h_{t-1})"), parse(r"\\frac{\\partial L}{\\partial h_{t-1}} = g_t")])
    ('t',)
    >>> steps([parse(r"h_t = \\tanh(W h_{t-1})"), parse(r"\\frac{\\partial L}{\\partial h_{t-1}} = \\sum_t g_t")])
    ()

    The gradient in what is the same at every step is the sum of what each of them contributes:

    >>> steps([parse(r"h_t = \\tanh(W h_{t-1})"), parse(r"\\frac{\\partial L}{\\partial W} = \\sum_t g_t h_{t-1}^T")])
    ('t',)
    """
    if not any(isinstance(part, s.Diff) or s.key(part) == "\\nabla" for node in nodes for part in s.walk(node)):
        return ()
    letters = dict.fromkeys(letter for node in nodes for letter in _stepped(node))
    return tuple(letter for letter in letters if _is_one_step(letter, _per_step(nodes, letter)))


def _per_step(nodes: Sequence[s.Node], letter: str) -> Sequence[s.Node]:
    """The formulas, with what each step contributes for the sum of it in a gradient through all steps. Beside those, no
    other may speak of such a gradient."""
    made = [(node, summand(node, letter)) for node in nodes]
    if any(
        one is None and any(_is_shared(part, letter) for part in s.walk(node))
        for node, one in made
        if any(one is not None for _, one in made) and isinstance(node, s.Relation)
    ):
        return nodes
    return [node if one is None else one for node, one in made]


def summand(node: s.Node | None, letter: str) -> s.Relation | None:
    """``\\partial L/\\partial W = F_t`` of ``\\partial L/\\partial W = \\sum_{t=1}^T F_t``: what each step
    contributes to the gradient in what is the same at every one, through all of them."""
    if not isinstance(node, s.Relation) or not _is_shared(node.first, letter):
        return None
    bodies = [side.body for op, side in node.rest if op == "=" and isinstance(side, s.BigOp) and _is_over(side, letter)]
    if len(bodies) < len(node.rest):
        return None
    return replace(node, rest=tuple(("=", body) for body in bodies))


def _is_shared(node: s.Node, letter: str) -> bool:
    """A derivative of a quantity in what is the same at every step."""
    if not isinstance(node, s.Diff) or not isinstance(node.body, s.Name):
        return False
    return not any(isinstance(part, s.Name) and part.text == letter for each in node.variables for part in s.walk(each))


def _is_over(node: s.BigOp, letter: str) -> bool:
    """Whether a sum is over all steps: ``\\sum_t``, ``\\sum_{t=1}^T``."""
    if node.kind != "sum" or not (node.sup is None or isinstance(node.sup, s.Name)):
        return False
    match node.sub:
        case s.Name(text=text):
            return text == letter and node.sup is None
        case s.Relation(first=s.Name(text=text), rest=(("=", s.Number(text="1")),)):
            return text == letter and node.sup is not None
    return False


def _stepped(node: object) -> Iterator[str]:
    """The letters that stand below or above a name as ``t - 1``."""
    for part in _scripts(node):
        for item in _indices(part):
            if _at(item) == -1:
                yield _letter(item)


def _is_one_step(letter: str, nodes: Sequence[s.Node]) -> bool:
    seen = _Seen()
    for node in nodes:
        if not _is_range(node, letter):
            _see(node, letter, seen)
            _see_heads(node, letter, seen)
    states = seen.heads & seen.before
    if seen.elsewhere or not states or any(_is_total(part, letter, states) for node in nodes for part in s.walk(node)):
        return False
    places = {name: {s.key(item) for item in items} for name, items in _places(nodes, seen.now | seen.before)}
    return all(places[name] <= {letter, f"{letter}-1"} for name in places)


def _is_total(node: s.Node, letter: str, states: set[str]) -> bool:
    """``\\frac{\\partial h_t}{\\partial W}``, through all steps: of a state, in what is the same at every one; and
    any derivative of the state before."""
    parts = parts_of(node.body) if isinstance(node, s.Diff) and node.body is not None else None
    if not isinstance(node, s.Diff) or parts is None or parts[0] not in states or not isinstance(node.body, s.Script):
        return False
    places = {_at(item) for item in _indices(node.body) if _letter(item) == letter}
    moving = all(any(part == letter for part in _letters(variable)) for variable in node.variables)
    return places == {-1} or not moving


def _letters(variable: s.Node) -> list[str]:
    return [_letter(item) for item in _indices(variable)] if isinstance(variable, s.Script) else []


def _places(nodes: Sequence[s.Node], names: set[str]) -> list[tuple[str, list[s.Node]]]:
    """What stands below and above each of these names."""
    found: dict[str, list[s.Node]] = {}
    for node in nodes:
        for part in _scripts(node):
            parts = parts_of(part)
            if parts is not None and parts[0] in names:
                found.setdefault(parts[0], []).extend(_indices(part))
    return list(found.items())


def _see(node: object, letter: str, seen: _Seen) -> None:
    """Where a letter stands in a formula."""
    if isinstance(node, tuple):
        for item in node:
            _see(item, letter, seen)
        return
    if not isinstance(node, s.Node):
        return
    if isinstance(node, s.Name) and node.text == letter:
        seen.elsewhere = True
        return
    parts = parts_of(node) if isinstance(node, s.Script) else None
    if parts is None:
        for each in fields(node):
            _see(getattr(node, each.name), letter, seen)
        return
    items = _indices(node)
    for item in items:
        place = _at(item) if _letter(item) == letter else None
        if place is None or len(items) != 1:
            _see(item, letter, seen)
        else:
            (seen.now if place == 0 else seen.before).add(parts[0])
            seen.elsewhere = seen.elsewhere or place not in (0, -1)
    _see(split_superscript(parts[2]).rest, letter, seen)


def _see_heads(node: s.Node, letter: str, seen: _Seen) -> None:
    """Which names a formula gives at ``t``."""
    if isinstance(node, s.Relation) and node.rest[0][0] in ("=", ":="):
        parts = parts_of(node.first)
        items = _indices(node.first) if isinstance(node.first, s.Script) else ()
        if parts is not None and len(items) == 1 and s.key(items[0]) == letter:
            seen.heads.add(parts[0])


def _is_range(node: s.Node, letter: str) -> bool:
    """``t = 1``, as in ``t = 1, \\dots, T``; and ``t`` alone, as in "at step t"."""
    return s.key(node.first if isinstance(node, s.Relation) else node) == letter


def _scripts(node: object) -> Iterator[s.Script]:
    """Every name with a script in a formula."""
    if isinstance(node, s.Node):
        yield from (part for part in s.walk(node) if isinstance(part, s.Script))


def _indices(node: s.Node) -> tuple[s.Node, ...]:
    """What stands below a name, and in brackets above it: ``h_t``, ``h^{(t)}``."""
    parts = parts_of(node)
    return () if parts is None else (*items_of(parts[1]), *split_superscript(parts[2]).items)


def _letter(node: s.Node) -> str:
    """The letter of ``t`` and of ``t - 1``."""
    match node:
        case s.Name(text=text) | s.Sum(terms=((_, s.Name(text=text)), (_, s.Number()))):
            return text if re.fullmatch(r"[a-z]|\\ell|\\tau", text) else ""
    return ""


def _at(node: s.Node) -> int | None:
    """0 for ``t``, -1 for ``t - 1``; None for what is no step."""
    match node:
        case s.Name():
            return 0
        case s.Sum(terms=(("" | "+", s.Name()), (sign, s.Number(text=text)))) if text.isdigit():
            return int(text) if sign == "+" else -int(text)
    return None


def as_names(letter: str, context: Context) -> Context | None:
    """The context in which a letter counts nothing, and each family over it is the name of its member at this step, and
    at the one before; None where something is defined for all of them, or says something of others."""
    families = {name: decl for name, decl in context.symbols.items() if letter in decl.family_names}
    if any(decl.family_names != (letter,) or decl.definition is not None or decl.depends for decl in families.values()):
        return None
    if any(letter in decl.family_names for decl in context.functions.values()):
        return None
    symbols: dict[str, SymbolDecl] = {}
    for name, decl in context.symbols.items():
        for member in (f"{name}_{letter}", f"{name}_{{{letter}-1}}") if name in families else ():
            symbols[member] = replace(decl, name=member, family=(), family_names=())
        if name not in families:
            depends = None if decl.depends is None else tuple(_named(each, letter, families) for each in decl.depends)
            symbols[name] = replace(decl, depends=depends)
    facts = tuple(replace(fact, statement=_named(fact.statement, letter, families)) for fact in context.facts)
    indices = {name: range_ for name, range_ in context.indices.items() if name != letter}
    said = [each for decl in symbols.values() for each in decl.depends or ()] + [fact.statement for fact in facts]
    bodies = [decl.definition.body for decl in symbols.values() if decl.definition is not None]
    bodies += [decl.body for decl in context.functions.values() if decl.body is not None]
    if any(letter in free_indices(each) or _mentions(each, families) for each in (*said, *bodies)):
        return None
    return replace(context, symbols=MappingProxyType(symbols), indices=MappingProxyType(indices), facts=facts)


def _named(term: Term, letter: str, families: Mapping[str, SymbolDecl]) -> Term:
    """A term in which the members of families at this step, and at the one before, are names."""
    if isinstance(term, Sym) and term.name in families and len(term.indices) == 1:
        (place,) = term.indices
        if place == Index(letter):
            return Sym(f"{term.name}_{letter}")
        if free_indices(place) == {letter} and isinstance(place, Op):
            return Sym(f"{term.name}_{{{letter}-1}}") if _is_before(place, letter) else term
        return term
    return rebuild(term, lambda part: _named(part, letter, families))


def _is_before(place: Op, letter: str) -> bool:
    """``t - 1``."""
    match place:
        case Op("add", (Index(name), Op("neg", (Num(value=value),)))):
            return name == letter and value == 1
    return False


def _mentions(term: Term, families: Mapping[str, SymbolDecl]) -> bool:
    return any(isinstance(part, Sym) and part.name in families for part in subterms(term))


__all__ = ["as_names", "steps", "summand"]
