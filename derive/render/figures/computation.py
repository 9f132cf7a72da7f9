"""The graph of a computation: which quantity is computed from which, as the definitions of a derivation say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from derive.language.claims import Claim, Figure
from derive.language.context import Context, SymbolDecl
from derive.language.extents import Range
from derive.language.terms import Apply, Array, Big, Entry, Expect, Index, Num, Size, Sym, Term, bound_names, children
from derive.render.figures.drawing import Coordinates, Drawing, FigureError, Label, Path, Shape
from derive.render.formulas.formula import read_formula
from derive.render.formulas.letters import to_letters
from derive.render.formulas.width import width
from derive.render.latex import to_latex

Node = tuple[str, tuple[int, ...]]
"""A quantity, and which member or entry of it where the sizes are known."""

Layers = list[list[Node]]
_ACROSS, _DOWN, _MARGIN, _EM = 98.0, 56.0, 46.0, 15.0
_SWEEPS = 12
_ARRIVES = 11.0
"""How far above and below the middle of a frame arrows arrive at most."""


def draw(figure: Figure, claims: Mapping[str, Claim]) -> Drawing:
    """Options: ``of``, the name of what is computed; ``sizes``, with which every entry is a node of its own; without
    them a whole family is one."""
    context = claims[figure.claim].context if figure.claim else figure.context
    goal = str(figure.options["of"])
    if goal not in context.symbols:
        raise FigureError(f"a figure of the computation of {goal}: there is no quantity of this name")
    sizes = figure.options.get("sizes")
    graph = _Entries(context, sizes).below(goal) if sizes else _families(context, goal)
    layers = _ordered(_layers(graph), graph)
    return _drawn(figure, context, layers, graph)


# -- which is computed from which --------------------------------------------------------------------------------------
def _families(context: Context, goal: str) -> dict[Node, list[Node]]:
    """Every quantity that ``goal`` is computed from, with those that it is computed from itself."""
    graph: dict[Node, list[Node]] = {}
    waiting = [goal]
    while waiting:
        name = waiting.pop(0)
        if (name, ()) in graph:
            continue
        parts = list(dict.fromkeys(part for body in _bodies(context.symbols[name]) for part in _names(body, context)))
        parts = [part for part in parts if part != name]
        graph[(name, ())] = [(part, ()) for part in parts]
        waiting += parts
    return graph


def _bodies(decl: SymbolDecl) -> tuple[Term, ...]:
    if decl.definition is not None:
        return (decl.definition.body,)
    return decl.depends or ()


def _names(term: Term, context: Context, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """The quantities that a term mentions, through the functions that it calls."""
    if isinstance(term, Sym) and term.name in context.symbols and term.name not in bound:
        yield term.name
    if isinstance(term, Apply):
        function = context.functions.get(term.name)
        if function is not None and function.body is not None:
            yield from _names(function.body, context, bound | frozenset(function.params))
    inner = bound | frozenset(bound_names(term))
    for child in children(term):
        yield from _names(child, context, inner)


@dataclass
class _Entries:
    """The graph in which every entry is a node, for some sizes."""

    context: Context
    sizes: Mapping[str, int]

    def below(self, goal: str) -> dict[Node, list[Node]]:
        """Everything that ``goal`` is computed from."""
        graph: dict[Node, list[Node]] = {}
        waiting: list[Node] = list(self.members(goal))
        while waiting:
            node = waiting.pop(0)
            if node in graph:
                continue
            parts = list(dict.fromkeys(part for part in self.parts(node) if part != node))
            graph[node] = parts
            waiting += parts
        return graph

    def members(self, name: str) -> list[Node]:
        """Every entry of every member of a quantity."""
        decl = self.context.symbols[name]
        ranges = [range(range_.low.value(self.sizes), range_.high.value(self.sizes) + 1) for range_ in decl.family]
        ranges += [range(1, length.value(self.sizes) + 1) for length in decl.shape]
        return [(name, place) for place in product(*ranges)]

    def parts(self, node: Node) -> Iterator[Node]:
        """The entries that one is computed from."""
        name, place = node
        decl = self.context.symbols[name]
        families = len(decl.family)
        if decl.depends is not None:
            for part in decl.depends:
                yield from self.mentioned(part, {})
        if decl.definition is None:
            return
        frame = dict(zip(decl.definition.params, place[:families], strict=True))
        body, entry = decl.definition.body, place[families:]
        if isinstance(body, Array) and entry:
            frame |= dict(zip((name for name, _ in body.vars), entry, strict=True))
            body = body.body
        yield from self.mentioned(body, frame)

    def mentioned(self, term: Term, frame: Mapping[str, int]) -> Iterator[Node]:
        """The entries that a term mentions, its indices being these."""
        match term:
            case Entry(Sym(name, family), indices) if name in self.context.symbols:
                yield name, tuple(self.number(index, frame) for index in (*family, *indices))
                return
            case Sym(name, family) if name in self.context.symbols:
                place = tuple(self.number(index, frame) for index in family)
                yield from (node for node in self.members(name) if node[1][: len(place)] == place)
                return
            case Big(_, var, range_, body) | Expect(var, Range() as range_, _, body):
                for value in self.values(range_, frame):
                    yield from self.mentioned(body, {**frame, var: value})
                return
        for child in children(term):
            yield from self.mentioned(child, frame)

    def values(self, range_: Range, frame: Mapping[str, int]) -> Iterable[int]:
        known = {**self.sizes, **frame}
        return range(range_.low.value(known), range_.high.value(known) + 1)

    def number(self, index: Term, frame: Mapping[str, int]) -> int:
        known = {**self.sizes, **frame}
        match index:
            case Index(name) | Size(name) if name in known:
                return known[name]
            case Num(value=value) if value.denominator == 1:
                return int(value)
        raise FigureError(f"cannot tell which entry {to_latex(index)} is")


# -- where each stands -------------------------------------------------------------------------------------------------
def _layers(graph: Mapping[Node, Sequence[Node]]) -> dict[Node, int]:
    """How far each node stands from the left: after all that it is computed from; what nothing precedes stands right
    before what first needs it."""
    depth: dict[Node, int] = {}

    def of(node: Node, above: tuple[Node, ...] = ()) -> int:
        if node in above:
            raise FigureError(f"{node[0]} is computed from itself")
        if node not in depth:
            depth[node] = 1 + max((of(part, (*above, node)) for part in graph[node]), default=-1)
        return depth[node]

    for node in graph:
        of(node)
    for node, parts in graph.items():
        if not parts:
            depth[node] = min((depth[other] for other, own in graph.items() if node in own), default=1) - 1
    return depth


def _ordered(depth: Mapping[Node, int], graph: Mapping[Node, Sequence[Node]]) -> Layers:
    """The nodes of each layer from top to bottom, with a place kept for each edge that passes; few edges cross."""
    layers: Layers = [[] for _ in range(max(depth.values()) + 1)]
    for node in graph:
        layers[depth[node]].append(node)
    neighbours: dict[Node, list[Node]] = {}
    for node, parts in graph.items():
        for part in parts:
            way = [part, *passing(part, node, depth), node]
            for at, each in enumerate(way[1:-1], start=depth[part] + 1):
                layers[at].append(each)
            for one, other in pairwise(way):
                neighbours.setdefault(one, []).append(other)
                neighbours.setdefault(other, []).append(one)
    for layer in layers:
        layer.sort(key=lambda node: (node[1], node[0]) if node[1] else (node[1], ""))
    for sweep in range(_SWEEPS):
        order = {node: at - len(layer) / 2 for layer in layers for at, node in enumerate(layer)}
        for layer in layers if sweep % 2 else layers[::-1]:
            means = {node: _mean([order[each] for each in neighbours.get(node, [])], order[node]) for node in layer}
            layer.sort(key=lambda node: means[node])
            order |= {node: at - len(layer) / 2 for at, node in enumerate(layer)}
    return layers


def passing(part: Node, node: Node, depth: Mapping[Node, int]) -> list[Node]:
    """The places that an edge passes on its way through the layers between its ends."""
    return [(f"|{part}|{node}|", (at,)) for at in range(depth[part] + 1, depth[node])]


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


# -- the picture -------------------------------------------------------------------------------------------------------
def _drawn(figure: Figure, context: Context, layers: Layers, graph: Mapping[Node, Sequence[Node]]) -> Drawing:
    tall = max(len(layer) for layer in layers)
    size = (2 * _MARGIN + _ACROSS * (len(layers) - 1), 2 * _MARGIN + _DOWN * (tall - 1))
    places: dict[Node, Coordinates] = {}
    for column, layer in enumerate(layers):
        top = _MARGIN + (tall - len(layer)) * _DOWN / 2
        places |= {node: (_MARGIN + column * _ACROSS, top + row * _DOWN) for row, node in enumerate(layer)}
    depth = {node: column for column, layer in enumerate(layers) for node in layer}
    names = {node: _named(node, context) for node in graph}
    wide = {node: _EM * width(read_formula(name)) / 2 + 9 for node, name in names.items()}
    shapes: list[Shape] = []
    for node, parts in graph.items():
        ways = {part: [places[part], *(places[each] for each in passing(part, node, depth))] for part in parts}
        for part, down in zip(sorted(parts, key=lambda part: ways[part][-1][1]), _spread(len(parts)), strict=True):
            start, *way = ways[part]
            end = places[node]
            line = ((start[0] + wide[part], start[1]), *way, (end[0] - wide[node], end[1] + down))
            shapes.append(Path(line, width=1.2, faint=True, arrow=True, curve=len(line) > 2))
    for node, name in names.items():
        shapes.append(Label(places[node], name, True, boxed=wide[node], colour=0 if graph[node] else 1))
    said = {node: to_letters(read_formula(name)) for node, name in names.items()}
    words = "; ".join(
        f"{said[node]} from {', '.join(said[part] for part in own)}" for node, own in graph.items() if own
    )
    return Drawing.of(size, figure.caption, words, shapes)


def _spread(number: int) -> list[float]:
    """How far from the middle of a frame so many arrows arrive."""
    step = min(6.0, 2 * _ARRIVES / max(number - 1, 1))
    return [step * (at - (number - 1) / 2) for at in range(number)]


def _named(node: Node, context: Context) -> str:
    """A quantity with its subscripts, as formulas have it."""
    name, place = node
    decl = context.symbols[name]
    if place:
        return to_latex(_entry(decl, tuple(Num(Fraction(each)) for each in place)))
    params = decl.definition.params if decl.definition is not None else decl.family_names
    names = params if len(params) == len(decl.family) else ()
    return to_latex(Sym(name, tuple(Index(each) for each in names)))


def _entry(decl: SymbolDecl, place: tuple[Term, ...]) -> Term:
    member = Sym(decl.name, place[: len(decl.family)])
    return Entry(member, place[len(decl.family) :]) if len(place) > len(decl.family) else member
