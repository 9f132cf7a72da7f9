"""Shapes of names that nothing declares, from all formulas of a section together: ``z = \\tanh(W x + U h)``.

Each formula says which shapes are alike, and which lengths. What follows from that for a name is its shape; where two
formulas contradict each other the first one counts, and the other one is left to be judged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.language.operators import OPERATORS
from derive.read import syntax as s
from derive.read.errors import ReadError, WrongIndices
from derive.read.latex import node_readings
from derive.read.names import items_of, parts_of, split_superscript
from derive.read.notation import BUILTIN_WORDS, is_transpose, word_of
from derive.read.syntax import key

PASSES = 6
LOSSES = frozenset({"L", "\\mathcal{L}", "\\ell", "E", "J", "C", "\\mathcal{J}", "\\mathcal{E}"})
"""Letters of what is differentiated that are numbers, if nothing declares them."""
_MATRIX = re.compile(r"(?:\\(?:mathbf|boldsymbol|bm)\{)?[A-Z]\}?(?:_.*)?\Z")
_VECTOR = re.compile(r"(?:\\(?:mathbf|boldsymbol|bm|vec)\{)?(?:[a-z]|\\[a-z]+)\}?(?:_.*)?\Z")


@dataclass(frozen=True)
class Open:
    """A length that is not known yet."""

    number: int


Length = Extent | Open
Lengths = tuple[Length, ...]


@dataclass
class Equations:
    """What is known so far: the shape of each name, and which open lengths are which."""

    context: Context
    shapes: dict[str, Lengths] = field(default_factory=dict)
    lengths: dict[Open, Length] = field(default_factory=dict)
    known: dict[str, Lengths | None] = field(default_factory=dict)
    count: int = 0

    def open(self) -> Open:
        """A new open length."""
        self.count += 1
        return Open(self.count)

    def settled(self, length: Length) -> Length:
        """What a length is, as far as that is known."""
        while isinstance(length, Open) and length in self.lengths:
            length = self.lengths[length]
        return length

    def alike(self, left: Lengths, right: Lengths) -> None:
        """Two shapes are one; a contradiction says nothing."""
        if len(left) != len(right):
            return
        for one, other in zip(left, right, strict=True):
            a, b = self.settled(one), self.settled(other)
            if a != b and isinstance(a, Open):
                self.lengths[a] = b
            elif a != b and isinstance(b, Open):
                self.lengths[b] = a

    def name(self, node: s.Node) -> str:
        """How a name that nothing declares is told apart: without its indices, and without a transpose."""
        parts = parts_of(node)
        if parts is None:
            return ""
        base, sub, sup = parts
        split = split_superscript(sup)
        if split.items and any(not self.counts(item) for item in split.items):
            return ""
        labels = [key(item) for item in items_of(sub) if not self.counts(item)]
        mark = f"^{split.marked}" if split.marked else ""
        return (f"{base}_{','.join(labels)}" if labels else base) + mark

    def counts(self, node: s.Node) -> bool:
        """``t``, ``t - 1``: an index of this context."""
        if isinstance(node, s.Sum):
            return any(self.counts(term) for _, term in node.terms)
        return isinstance(node, s.Name) and node.text in self.context.indices

    def declared(self, node: s.Node) -> Lengths | None:
        """The shape of what can be read as it stands."""
        spelled = key(node)
        if spelled not in self.known:
            self.known[spelled] = self._read(node)
        return self.known[spelled]

    def _read(self, node: s.Node) -> Lengths | None:
        try:
            return node_readings(node, self.context)[0].shape
        except WrongIndices as problem:
            decl = self.context.symbols.get(problem.name)
            return decl.shape if decl is not None and decl.shape and problem.given == 0 else None
        except ReadError:
            return None

    # -- what the parts of a formula say ---------------------------------------------------------------------------
    def pull(self, node: s.Node) -> Lengths | None:
        """The shape of a part, if it is known; what it says of names in it is noted."""
        rule = _PULL.get(type(node))
        return rule(self, node) if rule is not None else self.declared(node)

    def push(self, node: s.Node, shape: Lengths) -> None:
        """A part has this shape: what that says of the names in it."""
        match node:
            case s.Group(bracket="(" | "[", items=(item,)):
                self.push(item, shape)
            case s.Sum(terms=terms):
                for _, term in terms:
                    if not isinstance(term, s.Number):
                        self.push(term, shape)
            case s.Product(first=first, rest=rest) if all(op in ("\\odot", "\\oslash") for op, _ in rest):
                for part in (first, *(part for _, part in rest)):
                    self.push(part, shape)
            case s.Juxt(parts=parts):
                self._push_factors(_factors(self, parts), shape)
            case s.Name() | s.Script():
                self._push_name(node, shape)

    def _push_name(self, node: s.Node, shape: Lengths) -> None:
        parts = parts_of(node)
        rest = split_superscript(parts[2]).rest if parts is not None else None
        if rest is not None:
            if is_transpose(rest, self.context, (*(),)) and len(shape) == 2:
                self._push_name(_without_superscript(node), shape[::-1])
            return
        found = self.declared(node)
        if found is not None:
            self.alike(found, shape)
            return
        name = self.name(node)
        if (
            not name
            or (not shape and name[0] == "\\" and name[1:5] in ("math", "bold"))
            or (len(shape) == 2 and not _MATRIX.match(name))
            or (len(shape) == 1 and not _VECTOR.match(name))
        ):
            return
        self.alike(self.shapes.setdefault(name, shape), shape)

    def _push_factors(self, factors: Sequence[tuple[s.Node, s.Node | None]], shape: Lengths) -> None:
        if len(factors) == 1:
            called, inside = factors[0]
            self.push(inside if inside is not None else called, shape)
            return
        shapes = [self._factor(factor) for factor in factors]
        left = [place for place, found in enumerate(shapes) if found != ()]
        if len(left) == 1:
            self._push_factors([factors[left[0]]], shape)
        elif len(left) == 2 and len(shape) == 2 and self._is_outer(factors[left[1]][0]):
            self.push(factors[left[0]][0], shape[:1])
            self.push(_without_superscript(factors[left[1]][0]), shape[1:])
        elif left and shape and (first := shapes[left[0]]) is not None and len(first) == 2:
            self.alike(first[:1], shape[:1])

    def _is_outer(self, node: s.Node) -> bool:
        """Whether a factor is a transposed vector: ``x^\\top``."""
        parts = parts_of(node) if isinstance(node, s.Script) else None
        rest = split_superscript(parts[2]).rest if parts is not None else None
        if parts is None or rest is None or not is_transpose(rest, self.context, (*(),)):
            return False
        inside = self.pull(_without_superscript(node))
        return len(inside) == 1 if inside is not None else bool(_VECTOR.match(self.name(node)))

    def _factor(self, factor: tuple[s.Node, s.Node | None]) -> Lengths | None:
        """The shape of a factor; that of a function entry by entry is the shape of its argument."""
        node, inside = factor
        return self.pull(node if inside is None else inside)

    def product(self, parts: tuple[s.Node, ...]) -> Lengths | None:
        """The shape of factors side by side; a capital before a vector is a matrix that takes it."""
        factors = _factors(self, parts)
        shapes = [self._factor(factor) for factor in factors]
        whole = shapes[-1]
        for place in range(len(factors) - 2, -1, -1):
            node, shape = factors[place][0], shapes[place]
            if whole is None:
                return None
            if shape == () or isinstance(node, s.Number):
                continue
            if not whole:
                whole = shape
                continue
            if shape is None:
                shape = self._taking(node, whole)
            if shape is None:
                return None
            whole = self._times(shape, whole)
        return whole

    def _taking(self, node: s.Node, whole: Lengths) -> Lengths | None:
        """``W`` of ``W x``, ``W^\\top`` of ``W^\\top x``, ``w^\\top`` of ``w^\\top x``: what can stand before x."""
        parts = parts_of(node)
        if parts is None:
            return None
        rest = split_superscript(parts[2]).rest
        bare, name = _without_superscript(node), self.name(node)
        if rest is not None and not is_transpose(rest, self.context, (*(),)):
            return None
        if _MATRIX.match(name):
            shape: Lengths = (self.open(), whole[0])
            self._push_name(bare, shape if rest is None else shape[::-1])
            return shape
        if rest is not None and _VECTOR.match(name) and len(whole) == 1:
            self._push_name(bare, whole)
            return (Extent.of(1), whole[0])
        return None

    def _times(self, left: Lengths, right: Lengths) -> Lengths | None:
        match len(left), len(right):
            case 2, 1 | 2:
                self.alike(left[1:], right[:1])
                whole = (left[0], *right[1:])
                return () if whole == (Extent.of(1),) else whole
            case 1, 2 if right[0] == Extent.of(1):
                return (left[0], right[1])
        return None


def _without_superscript(node: s.Node) -> s.Node:
    """A name without what stands above it."""
    parts = parts_of(node)
    if parts is None or not isinstance(node, s.Script):
        return node
    base = s.Name(node.start, node.stop, parts[0])
    return base if parts[1] is None else s.Script(node.start, node.stop, base, parts[1])


def _factors(equations: Equations, parts: tuple[s.Node, ...]) -> list[tuple[s.Node, s.Node | None]]:
    """The factors of a product; one that is a function entry by entry with its argument, else with None."""
    out: list[tuple[s.Node, s.Node | None]] = []
    at = 0
    while at < len(parts):
        after = parts[at + 1] if at + 1 < len(parts) else None
        if isinstance(after, s.Group) and len(after.items) == 1 and _is_entrywise(equations, parts[at]):
            out.append((parts[at], after))
            at += 2
        else:
            out.append((parts[at], None))
            at += 1
    return out


def _is_entrywise(equations: Equations, node: s.Node) -> bool:
    """``\\tanh``, ``\\tanh'``, ``\\sigma`` declared as a function of numbers. A softmax keeps the shape as well."""
    parts = parts_of(node)
    if parts is None or parts[1] is not None:
        return False
    name = parts[0].rstrip("'")
    decl = equations.context.functions.get(name)
    builtin = decl.builtin if decl is not None else BUILTIN_WORDS.get(word_of(name))
    row = OPERATORS.get(builtin or "")
    return builtin == "softmax" or (row is not None and row.elementwise)


def _pull_name(equations: Equations, node: s.Node) -> Lengths | None:
    found = equations.declared(node)
    if found is not None:
        return found
    parts = parts_of(node)
    rest = split_superscript(parts[2]).rest if parts is not None else None
    inside = equations.shapes.get(equations.name(node))
    if rest is None or inside is None:
        return inside
    if not is_transpose(rest, equations.context, (*(),)):
        return None
    return inside[::-1] if len(inside) == 2 else (Extent.of(1), inside[0]) if inside else ()


def _pull_sum(equations: Equations, node: s.Node) -> Lengths | None:
    terms = [term for _, term in node.terms if not isinstance(term, s.Number)] if isinstance(node, s.Sum) else []
    return _all_alike(equations, terms)


def _all_alike(equations: Equations, terms: Sequence[s.Node]) -> Lengths | None:
    """The shape of terms that all have it; it is put on those of which it is not known."""
    found = [shape for term in terms if (shape := equations.pull(term)) is not None]
    if not found:
        return None
    for term in terms:
        equations.push(term, found[0])
    return found[0]


def _pull_product(equations: Equations, node: s.Node) -> Lengths | None:
    if not isinstance(node, s.Product) or any(op not in ("\\odot", "\\oslash") for op, _ in node.rest):
        return equations.declared(node)
    return _all_alike(equations, (node.first, *(part for _, part in node.rest)))


def _pull_group(equations: Equations, node: s.Node) -> Lengths | None:
    if isinstance(node, s.Group) and node.bracket in ("(", "[") and len(node.items) == 1:
        return equations.pull(node.items[0])
    return equations.declared(node)


def _pull_factors(equations: Equations, node: s.Node) -> Lengths | None:
    return equations.product(node.parts) if isinstance(node, s.Juxt) else None


def _pull_derivative(equations: Equations, node: s.Node) -> Lengths | None:
    """``\\frac{\\partial L}{\\partial W}``: of the shape of W, if L is a number."""
    if not isinstance(node, s.Diff) or node.body is None or len(node.variables) != 1:
        return None
    body = equations.declared(node.body)
    if body != () and (body is not None or key(node.body) not in LOSSES):
        return None
    return equations.pull(node.variables[0])


_PULL: dict[type[s.Node], Callable[[Equations, s.Node], Lengths | None]] = {
    s.Name: _pull_name,
    s.Script: _pull_name,
    s.Sum: _pull_sum,
    s.Product: _pull_product,
    s.Group: _pull_group,
    s.Juxt: _pull_factors,
    s.Diff: _pull_derivative,
}


def solved(nodes: Iterable[s.Node], context: Context) -> dict[str, Shape]:
    """The shapes of the names that these equations determine, each named without its indices."""
    equations = Equations(context)
    relations = [
        [node.first, *(side for _, side in node.rest)]
        for node in nodes
        if isinstance(node, s.Relation) and all(op in ("=", ":=") for op, _ in node.rest)
    ]
    before = None
    for _ in range(PASSES):
        for sides in relations:
            _all_alike(equations, sides)
        now = (dict(equations.shapes), dict(equations.lengths))
        if now == before:
            break
        before = now
    found: dict[str, Shape] = {}
    for name, shape in equations.shapes.items():
        lengths = [equations.settled(length) for length in shape]
        if all(isinstance(length, Extent) for length in lengths):
            found[name] = tuple(length for length in lengths if isinstance(length, Extent))
    return found


__all__ = ["solved"]
