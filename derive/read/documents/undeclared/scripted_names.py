"""Names with their scripts as they stand in a formula: what is an index below them, and what is left above them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from derive.language.context import Context
from derive.language.extents import Range, Shape
from derive.read import syntax as s
from derive.read.documents.undeclared.unification import NUMBER, ONE, Dims, Length, Lengths
from derive.read.errors import ReadError, Undeclared, WrongIndices
from derive.read.latex import node_readings
from derive.read.names import items_of, number_above, parts_of, script, split_superscript
from derive.read.syntax import key


@dataclass(frozen=True)
class Named:
    """A name as it stands in a formula: what it is told apart by, its indices, and what is left of its superscript."""

    name: str
    letters: tuple[s.Node, ...]
    rest: s.Node | None


@dataclass
class Letters:
    """What the letters of a section count: declared ones their range, others a length of their own."""

    context: Context
    bound: frozenset[str]
    given: frozenset[str] = frozenset()
    lengths: dict[str, Length] = field(default_factory=dict)

    def counts(self, node: s.Node) -> bool:
        """``t``, ``t - 1``: an index, declared or bound by a sum of the section."""
        if isinstance(node, s.Sum):
            return any(self.counts(term) for _, term in node.terms)
        return isinstance(node, s.Name) and (node.text in self.context.indices or node.text in self.bound)

    def length(self, node: s.Node, lengths: Lengths) -> Length | None:
        """How far a letter counts; None for what is no plain letter."""
        if not isinstance(node, s.Name) or not self.counts(node):
            return None
        range_: Range | None = self.context.indices.get(node.text)
        if range_ is not None:
            return range_.high if range_.low == ONE else None
        return self.lengths.setdefault(node.text, lengths.open())

    def named(self, node: s.Node) -> Named | None:
        """A name, told apart without its indices and without a transpose."""
        parts = parts_of(node)
        if parts is None or parts[0] == "\\nabla":
            return None
        base, sub, sup = parts
        split = split_superscript(sup)
        above = number_above(sup)
        if above is None and any(not self.counts(item) for item in split.items):
            return None
        below = items_of(sub)
        labels = [key(item) for item in below if not self.counts(item)]
        mark = split.marked if above is None else key(above)  # W^{(1)}: a name of its own
        name = base + script("_", ",".join(labels)) + script("^", mark)
        counted = split.items if above is None else ()
        return Named(name, (*counted, *(item for item in below if self.counts(item))), split.rest)


def without_rest(node: s.Node) -> s.Node:
    """A name without its transpose or power."""
    parts = parts_of(node)
    if parts is None or not isinstance(node, s.Script):
        return node
    split = split_superscript(parts[2])
    if split.rest is None:
        return node
    sup: s.Node | None = None
    if isinstance(parts[2], s.Juxt):
        sup = parts[2].parts[0]
    if isinstance(node.base, s.Name):
        bare = replace(node, sup=sup)
        return bare if bare.sub is not None or sup is not None or bare.primes else bare.base
    base = s.Name(node.start, node.stop, parts[0])
    return base if parts[1] is None and sup is None else s.Script(node.start, node.stop, base, parts[1], sup)


def declared_dims(node: s.Node, context: Context) -> Dims | None:
    """The shape of what can be read as it stands."""
    shape: Shape | None
    try:
        shape = node_readings(node, context)[0].shape
    except WrongIndices as problem:
        decl = context.symbols.get(problem.name)
        shape = decl.shape if decl is not None and decl.shape and problem.given == 0 else None
    except Undeclared:
        parts = parts_of(node)
        shifted = parts is not None and isinstance(parts[1], s.Sum) and parts[2] is None
        shape = shape_of_siblings(parts[0], context) if parts is not None and shifted else None
    except ReadError:
        return None
    match shape:
        case ():
            return NUMBER
        case (rows,):
            return rows, ONE
        case (rows, columns):
            return rows, columns
    return None


def shape_of_siblings(base: str, context: Context) -> Shape | None:
    """The shape of all names of their own that are a letter with something below it, ``x_t`` and ``x_{t-1}``."""
    names = [decl for each, decl in context.symbols.items() if each.startswith(f"{base}_") and not decl.family]
    shapes = {decl.shape for decl in names}
    return shapes.pop() if len(shapes) == 1 else None


def is_lacking(node: s.Node, context: Context) -> bool:
    """Whether nothing declares a name with these scripts: ``W_k`` beside W, where k is a label."""
    try:
        node_readings(node, context)
    except Undeclared as problem:
        return problem.name == key(node)
    except ReadError:
        return False
    return False


__all__ = ["Letters", "Named", "declared_dims", "is_lacking", "shape_of_siblings", "without_rest"]
