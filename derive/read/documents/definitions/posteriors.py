r"""Posteriors of which the text tells the prior and the likelihood: after ``p(\theta)`` and ``p(x_i | \theta)`` of
independent observations, what ``p(\theta | x_1, \dots, x_n)`` is proportional to follows, and is a claim. So is what
the text says that the likelihood of all of them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.language.context import Context
from derive.language.terms import Apply, Sym
from derive.read import syntax as s
from derive.read.documents.definitions.sampling import INDEPENDENT, SAMPLE
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.names import items_of, parts_of
from derive.read.parser import parse

_DATA = re.compile(r"[A-Z]|\\(?:mathcal|mathbf|boldsymbol|bm)\{[A-Za-z]\}")


def posterior(node: s.Node, section: Sequence[s.Node], words: str, context: Context) -> str:
    r"""What the density ``p(\theta | x)`` or ``p(\theta | x_1, \dots, x_n)`` is proportional to: the likelihood of all
    that is given times the prior. Nothing where the text does not tell both, or tells the likelihood in two ways."""
    call = _conditional(node)
    if call is None:
        return ""
    letter, of, given = call
    prior = f"{letter}({of})"
    if not _is_known(prior, context):
        return ""
    found = set[str]()
    for what, conditions in dict.fromkeys(_likelihoods(section, letter, of)):
        others = {*conditions} - {of}  # p(t | X, w) beside p(w | X, t): the X that both are given
        if others <= {s.key(item) for item in given}:
            left = tuple(item for item in given if s.key(item) not in others)
            text = _of_all(what, left, letter, ", ".join(conditions), words, context)
            found |= {text} if text else set()
    return f"{prior} {found.pop()}" if len(found) == 1 else ""


def likelihood(node: s.Node, section: Sequence[s.Node], words: str, context: Context) -> str:
    r"""What ``p(x_1, \dots, x_n | \theta)`` of independent observations is, whose density ``p(x_i | \theta)`` the text
    tells: the product of all of these. Nothing where it does not, or tells it in two ways."""
    match node:
        case s.Juxt(parts=(s.Name(text="p" | "P" as letter), s.Group(bracket="(", items=items, seps=seps))) if (
            seps.count("|") == 1
        ):
            bar = seps.index("|") + 1
        case _:
            return ""
    seen, given = items[:bar], [s.key(item) for item in items[bar:]]
    found = set[str]()
    for what, conditions in dict.fromkeys(_likelihoods(section, letter, given[0])):
        if what != s.key(seen[0]) and {*conditions} == {*given}:
            found.add(_of_all(what, seen, letter, ", ".join(conditions), words, context))
    return found.pop() if len(found) == 1 else ""


def _conditional(node: s.Node) -> tuple[str, str, tuple[s.Node, ...]] | None:
    """The letter of a density, the one quantity it is of, and what it is given."""
    match node:
        case s.Juxt(
            parts=(s.Name(text="p" | "P" | "\\pi" as letter), s.Group(bracket="(", items=(first, *rest), seps=seps))
        ) if rest and seps[0] == "|" and "|" not in seps[1:] and isinstance(first, s.Name | s.Script):
            return letter, s.key(first), tuple(rest)
    return None


def _likelihoods(section: Sequence[s.Node], letter: str, of: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What stands before the bar of the densities of one quantity given ``of``, as a section writes them, and all that
    stands behind it."""
    for node in section:
        for part in s.walk(node):
            for head, group in zip(part.parts, part.parts[1:], strict=False) if isinstance(part, s.Juxt) else ():
                call = _conditional(s.Juxt(head.start, group.stop, (head, group)))
                conditions = () if call is None else tuple(s.key(item) for item in call[2])
                if call is not None and call[0] == letter and conditions.count(of) == 1:
                    yield call[1], conditions


def _of_all(what: str, given: tuple[s.Node, ...], letter: str, of: str, words: str, context: Context) -> str:
    """The likelihood of what is given: of one quantity, or the product over independent members ``x_i``."""
    keys = [s.key(item) for item in given]
    if keys == [what]:
        text = f"{letter}({what} | {of})"
        return text if _is_known(text, context) else ""
    base, index, last = _members(what, given, context)
    if not base or not (INDEPENDENT.search(words) or SAMPLE.search(words)):
        return ""
    member = f"{letter}({base}_{{{index}}} | {of})"
    if not _is_known(member, context):
        return ""
    return f"\\prod_{{{index}=1}}^{{{last}}} {member}"


def _members(what: str, given: tuple[s.Node, ...], context: Context) -> tuple[str, str, str]:
    """The letter of the observations, an index that counts them, and how many they are: where a list names them all,
    or a name that means nothing else stands for them."""
    none = ("", "", "")
    parts = parts_of(parse(what))
    if parts is None or parts[2] is not None:
        return none
    base = parts[0]
    decl = context.symbols.get(base)
    if decl is None or len(decl.family) != 1 or decl.family[0].low.constant != 1 or decl.definition is not None:
        return none
    last = str(decl.family[0].high)
    index = next((letter for letter, run in context.indices.items() if run == decl.family[0]), "")
    if parts[1] is not None and s.key(parts[1]) not in context.indices:
        return none
    keys = [s.key(item) for item in given]
    if len(given) == 1 and _DATA.fullmatch(keys[0]) and keys[0] not in context.symbols:
        return base, index, last
    ends = [parts_of(item) for item in (given[0], given[-1])]
    listed = len(given) > 2 and any(isinstance(item, s.Dots) for item in given)
    if not listed or any(end is None or end[0] != base or end[2] is not None for end in ends):
        return none
    below = [[s.key(item) for item in items_of(end[1])] for end in ends if end is not None]
    return (base, index, last) if below == [["1"], [last]] else none


def _is_known(text: str, context: Context) -> bool:
    """Whether a density is one that the text gives a formula for."""
    try:
        readings = node_readings(parse(text), context)
    except ReadError:
        return False
    if len(readings) != 1:
        return False
    match readings[0].term:
        case Apply(name=name):
            decl = context.functions.get(name)
            return decl is not None and decl.body is not None
        case Sym(name=name):
            known = context.symbols.get(name)
            return known is not None and known.definition is not None
    return False


__all__ = ["likelihood", "posterior"]
