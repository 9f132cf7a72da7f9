"""Entries and wholes: ``\\alpha_i`` beside a declared vector **α**, and **y** beside declared numbers y_i."""

from __future__ import annotations

from collections.abc import Sequence

from derive.language.context import Context, SymbolDecl
from derive.language.extents import Extent, Range
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.matrices import entry_of_capital, is_new_letter, row_of_capital
from derive.read.documents.definitions.one_hot import entries_of
from derive.read.documents.text.spelling import faceless
from derive.read.documents.undeclared.diagonals import stands_on_diagonal
from derive.read.documents.undeclared.evidence import Evidence, declared, parts_of_name, space_of
from derive.read.errors import WrongRange
from derive.read.names import Component, items_of, option, parts_of
from derive.read.targets import add_option, put


def entry_of_vector(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\alpha_i`` where the vector ``\\boldsymbol{\\alpha}`` is declared: its entry."""
    parts = parts_of_name(name)
    own = None if parts is None else context.symbols.get(parts[0])
    if parts is None or parts[1] is None or (own is not None and (own.family or own.shape)):
        return None
    if parts[0] in context.functions:
        return None
    base, scripts = parts[0], items_of(parts[1])
    if stands_on_diagonal(base, evidence.section):
        return None  # the vector is called w itself here, not **w**
    wholes = [
        (decl, letters)
        for decl in context.symbols.values()
        if decl.shape and decl.name != base and faceless(decl.name) == base
        if (letters := _indices(scripts, decl, context)) is not None
    ]
    if len(wholes) != 1:
        return None
    whole, letters = wholes[0]
    text = "".join(f"index {letter} = {range_} ; " for letter, range_ in letters.items())
    for letter, range_ in letters.items():
        context = context.with_index(letter, range_)
    with_it = put(context, "component", base, Component(whole.name, len(whole.family), len(whole.shape)))
    family = f"_{{{','.join(whole.family_names)}}}" if whole.family else ""
    return Defined(with_it, f"{text}component {name} of {whole.name}{family}")


def bounded_entry(items: Sequence[s.Node], context: Context, evidence: Evidence) -> Defined | None:
    """``\\sigma_j > 0`` where the vector of these numbers is declared, and free: each entry of it is positive."""
    match items:
        case (s.Relation(first=s.Script() as name, rest=((">" | ">=" | "<" | "<=" as op, s.Number(text=number)),)),):
            entry = entry_of_vector(s.key(name), context, evidence)
        case _:
            return None
    if entry is None or s.key(name) in context.symbols:
        return None
    parts = parts_of(name)
    component = option(entry.context, "component").get(parts[0]) if parts is not None else None
    decl = context.symbols.get(component.whole) if isinstance(component, Component) else None
    if decl is None or decl.definition is not None:
        return None
    done = declared(f"{decl.name} {_ORDER[op]} {number}", entry.context)
    return None if done is None else Defined(done.context, f"{entry.text} ; {done.text}")


_ORDER = {">": ">", ">=": "\\ge", "<": "<", "<=": "\\le"}


def _indices(scripts: Sequence[s.Node], decl: SymbolDecl, context: Context) -> dict[str, Range] | None:
    """The letters that have to be indices, so that subscripts are those of an entry; None if they cannot be."""
    rank = len(decl.shape)
    if len(scripts) not in (rank, rank + len(decl.family)):
        return None
    ranges = (*decl.family, *(Range.upto(extent) for extent in decl.shape))[-len(scripts) :]
    letters: dict[str, Range] = {}
    for script, range_ in zip(scripts, ranges, strict=True):
        if is_new_letter(s.key(script), context) and letters.setdefault(s.key(script), range_) == range_:
            continue
        if not _is_index(script, range_, context):
            return None
    return letters


def _is_index(node: s.Node, range_: Range, context: Context) -> bool:
    """Whether a subscript is a number from 1 on, a declared index of this range, or such an index shifted."""
    match node:
        case s.Number(text=text):
            return text.isdigit() and int(text) >= 1
        case s.Name(text=text):
            return context.indices.get(text) == range_ or range_.high == Extent.of(text)
        case s.Script(base=base, sub=None, sup=None):
            return _is_index(base, range_, context)
        case s.Sum(terms=terms):
            return all(isinstance(term, s.Number) or _is_index(term, range_, context) for _, term in terms)
    return False


def whole_of_numbers(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``\\boldsymbol{y}`` where the numbers ``y_i`` are declared: the vector of them all; ``\\mathbf{p}_n`` where
    ``p_{nk}`` are: that over k."""
    parts = parts_of_name(name)
    bare = faceless(parts[0]) if parts is not None else name
    decl = context.symbols.get(bare)
    if parts is None or bare == parts[0] or parts[2] is not None or decl is None or decl.shape:
        return None
    given = [s.key(item) for item in items_of(parts[1])]
    if len(decl.family) not in ((2,) if given else (1, 2)) or len(given) > 1:
        return None
    family = decl.family_names
    if given:
        if context.indices.get(given[0]) != decl.family[0]:
            return None
        family = (given[0], family[1])
    return declared(f"component {bare}_{{{','.join(family)}}} of {name}", context)


def one_hot(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``y_i`` where the words have called y (or **y**) one-hot, ``y_{ti}`` where they have so called ``\\mathbf{y}_t``:
    numbers of which one is 1."""
    parts = parts_of_name(name)
    if parts is None or parts[1] is None or any(s.key(item) not in context.indices for item in items_of(parts[1])):
        return None
    scripts = [s.key(item) for item in items_of(parts[1])]
    for whole, words in evidence.said.items():
        if words.startswith("onehot") and _is_whole_of(whole, parts[0], scripts):
            return entries_of(parts[0], name, words, context)
    return None


def _is_whole_of(name: str, letter: str, scripts: Sequence[str]) -> bool:
    """Whether vectors are called by a letter, whatever its face, and by all scripts of a number but the last."""
    parts = parts_of_name(name)
    if parts is None or parts[2] is not None or faceless(parts[0]) != letter:
        return False
    given = [] if parts[1] is None else [s.key(item) for item in items_of(parts[1])]
    return not given or given == [*scripts[:-1]]


def row_of_matrix(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_i`` beside the declared matrix X: its row."""
    return row_of_capital(name, context)


def entry_of_matrix(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """``x_{ij}`` beside the declared matrix X: its entry."""
    return entry_of_capital(name, context)


def is_of_defined_matrix(name: str, evidence: Evidence) -> bool:
    """``Z_{nk}`` beside ``Z = X W``: an entry of what that gives, and no number of its own."""
    parts = parts_of_name(name)
    return parts is not None and len(items_of(parts[1])) == 2 and evidence.defines(parts[0])


def gathered(decl: SymbolDecl, context: Context) -> Defined:
    """The context in which a family of numbers without its index is the vector of them all."""
    text = f"component {decl.name}_{{{','.join(decl.family_names)}}} of {decl.name}"
    return Defined(add_option(context, "whole", (decl.name,)), text)


def entry_of_point(problem: WrongRange, context: Context, evidence: Evidence) -> Defined | None:
    """``x_j``, j = 1..d, beside the points ``x^{(i)} \\in \\{0,1\\}^d``, i = 1..n: entry j of any such point x."""
    decl, range_ = context.symbols.get(problem.name), context.indices.get(problem.index)
    if decl is None or range_ is None or len(decl.family) != 1 or decl.definition is not None:
        return None
    if len(decl.shape) != 1 or Range.upto(decl.shape[0]) != range_ or decl.family[0] == range_:
        return None
    base = decl.name.partition("_")[0]
    other = context.symbols.get(base)
    if other is not None and other is not decl:
        if base not in evidence.earlier:
            return None
        context = without_names(context, frozenset({base}))  # that of an earlier section
    words = "binary" if "binary" in decl.properties or len(decl.values) == 2 else ""
    return declared(f"{base} \\in {space_of(decl.shape)} {words}".strip(), context)


__all__ = [
    "bounded_entry",
    "entry_of_matrix",
    "entry_of_point",
    "entry_of_vector",
    "gathered",
    "is_of_defined_matrix",
    "one_hot",
    "row_of_matrix",
    "whole_of_numbers",
]
