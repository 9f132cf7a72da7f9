"""What a normal distribution is written with: of ``\\mathcal{N}(\\mu, \\sigma^2)`` μ is a number and σ a positive one,
of ``\\mathcal{N}(m, s^2 I)`` m is a vector, of ``\\mathcal{N}(m, \\operatorname{diag}(s^2))`` both are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import Evidence, declared, pattern_of
from derive.read.names import parts_of

_LENGTHS = "dpkmnD"
_NAMES = frozenset({"\\mathcal{N}", "N"})


@dataclass(frozen=True)
class _Normal:
    """The mean, if it is a bare name, and the name of a standard deviation; which of the two are vectors."""

    mean: str
    root: str
    mean_is_vector: bool
    root_is_vector: bool


def of_normal(name: str, context: Context, evidence: Evidence) -> Defined | None:
    """A name that is the mean, or the standard deviation, of a normal distribution in the formula that is read."""
    for normal in _normals(evidence.node):
        counted = re.search(r"_\{?[a-z]\b", name) is not None
        if name not in (normal.mean, normal.root) or not re.match(r"\\?[A-Za-z]", name) or counted:
            continue
        vector = normal.mean_is_vector if name == normal.mean else normal.root_is_vector
        sign = " positive" if name == normal.root else ""
        if not vector:
            if _has_members(name, evidence.node):
                return None
            return declared(f"{name} > 0" if sign else f"{name} \\in \\mathbb{{R}}", context)
        length = _length(name, normal, context, evidence)
        return declared(f"{name} \\in \\mathbb{{R}}^{{{length}}}{sign}", context) if length else None
    return None


def names_of_normals(node: s.Node | None) -> dict[str, bool]:
    """The means and standard deviations of the normal distributions in a formula, each with whether it is a vector."""
    found: dict[str, bool] = {}
    for normal in _normals(node):
        found |= {normal.mean: normal.mean_is_vector, normal.root: normal.root_is_vector}
    return {name: vector for name, vector in found.items() if re.match(r"\\?[A-Za-z]", name)}


def _normals(node: s.Node | None) -> Iterator[_Normal]:
    for part in s.walk(node) if node is not None else ():
        match part:
            case s.Juxt(parts=parts):
                pairs = pairwise(parts)
            case _:
                continue
        for head, group in pairs:
            if s.key(head) in _NAMES and isinstance(group, s.Group) and len(group.items) in (2, 3):
                found = _normal(*group.items[-2:])
                if found is not None:
                    yield found


def _normal(mean: s.Node, spread: s.Node) -> _Normal | None:
    bare = s.key(mean) if parts_of(mean) is not None and not isinstance(mean, s.Number) else ""
    match spread:
        case s.Juxt(parts=(square, s.Name(text="I" | "\\mathbf{I}"))):
            root = _root(square)
            return _Normal(bare, root, True, False) if root else None
        case s.Juxt(parts=(s.Word(text="diag"), s.Group(items=(square,)))):
            root = _root(square)
            return _Normal(bare, root, True, True) if root else None
    root = _root(spread)
    return _Normal(bare, root, False, False) if root else None


def _root(node: s.Node) -> str:
    """σ of ``\\sigma^2``."""
    parts = parts_of(node)
    if parts is None or parts[2] is None or s.key(parts[2]) != "2":
        return ""
    return parts[0] if parts[1] is None else f"{parts[0]}_{s.key(parts[1])}"


def _has_members(name: str, node: s.Node | None) -> bool:
    """Whether the formula has this name with an index below it: ``\\mu_j`` beside μ."""
    every = (parts_of(part) for part in s.walk(node) if isinstance(part, s.Script)) if node is not None else ()
    below = (parts[1] for parts in every if parts is not None and parts[0] == name and parts[1] is not None)
    return any(re.match(r"[a-z]", s.key(sub)) for sub in below)


def _length(name: str, normal: _Normal, context: Context, evidence: Evidence) -> str:
    """How long a vector is: as the other parameter, as far as a sum over its entries goes, as a space that the text
    names; else a length of its own, once nothing else can be inferred."""
    for other in (normal.mean, normal.root):
        decl = context.symbols.get(other)
        if decl is not None and len(decl.shape) == 1 and not decl.family:
            return str(decl.shape[0])
    entry = re.compile(rf"(?<!\S){pattern_of(name)} _ (?:([a-z])(?!\S)|\{{ ([a-z]) \}})")
    ends = set()
    for text in evidence.formulas:
        letters = {match[1] or match[2] for match in entry.finditer(text)}
        for letter in letters:
            ends |= {*re.findall(rf"_ \{{ {letter} = 1 \}} \^ (?:\{{ )?([A-Za-z])(?!\S)", text)}
    if ends:
        return ends.pop() if len(ends) == 1 else ""
    spaces = {
        match[1]
        for text in evidence.texts
        if (match := re.fullmatch(r"\\mathbb (?:\{ R \}|R) \^ (?:\{ )?([A-Za-z])(?: \})?", text.strip()))
    }
    if spaces:
        return spaces.pop() if len(spaces) == 1 else ""
    taken = (*context.symbols, *context.functions, *context.indices, *context.sizes)
    free = (each for each in _LENGTHS if each not in taken and not _is_spelled(each, evidence))
    return next(free, "") if evidence.inventing else ""


def _is_spelled(letter: str, evidence: Evidence) -> bool:
    return any(re.search(rf"(?<!\S){letter}(?!\S)", text) for text in evidence.formulas)


__all__ = ["names_of_normals", "of_normal"]
