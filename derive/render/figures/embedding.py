"""A graph from its matrix of weights, placed by a printed table: in the plane by two columns, in space by three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from derive.language.claims import Claim, Figure
from derive.language.terms import Matrix, Num
from derive.render.figures.drawing import Coordinates, Dot, Drawing, FigureError, Frame, Label, Path, Shape, span
from derive.render.figures.labels import Line, beside
from derive.render.figures.scatter import table_of
from derive.render.latex import to_latex

_SIZE = (760.0, 400.0)
_DOT = 5.0
_TURN = ((0.88, -0.47), (0.19, 0.36, 0.91))
"""How space is looked at: rightwards by the first two columns, upwards by all three."""


def draw(figure: Figure, claims: Mapping[str, Claim]) -> Drawing:
    """Options: ``weights``, the name of the matrix whose entries are the edges; ``first``, the number of the first
    node."""
    claim, rows = table_of(figure, claims, 3)
    edges = _edges(figure, claims)
    first = int(figure.options.get("first", 1))
    flat = [(row[0], row[1]) for row in rows]
    space = [_seen(row) for row in rows]
    width = (_SIZE[0] - 90) / 2
    left = Frame(30, 50, width, _SIZE[1] - 90, span([x for x, _ in flat]), span([y for _, y in flat]))
    corners = [_seen(corner) for corner in _corners(rows)]
    right = Frame(60 + width, 50, width, _SIZE[1] - 90, span([x for x, _ in corners]), span([y for _, y in corners]))
    shapes: list[Shape] = [Label((30, 28), "the graph, by two eigenmaps", anchor="start")]
    shapes += _graph([left.at(*place) for place in flat], edges, first)
    shapes.append(Label((60 + width, 28), "and by three, in space", anchor="start"))
    box = _edges_of_the_box(right, rows)
    shapes += [Path(line, width=0.7, faint=True, dashed=True) for line in box]
    shapes += _axes(right, rows, to_latex(claim.term))
    shapes += _graph([right.at(*place) for place in space], edges, first, box)
    words = ", ".join(f"{first + i}-{first + j}" for i, j in edges)
    return Drawing.of(_SIZE, figure.caption, f"{len(rows)} nodes and {len(edges)} edges: {words}", shapes)


def _edges(figure: Figure, claims: Mapping[str, Claim]) -> list[tuple[int, int]]:
    """The pairs of nodes with a weight that is not zero."""
    name = str(figure.options.get("weights", "W"))
    decl = claims[figure.claim].context.symbols.get(name)
    body = decl.definition.body if decl is not None and decl.definition is not None else None
    if not isinstance(body, Matrix):
        raise FigureError(f"expected {name} to be defined as a matrix written out")
    return [
        (i, j)
        for i, row in enumerate(body.rows)
        for j, cell in enumerate(row)
        if i < j and not (isinstance(cell, Num) and cell.value == 0)
    ]


def _graph(
    places: Sequence[Coordinates], edges: Sequence[tuple[int, int]], first: int, behind: Sequence[Line] = ()
) -> list[Shape]:
    lines = [(places[i], places[j]) for i, j in edges]
    names = [str(number) for number in range(first, first + len(places))]
    out: list[Shape] = [Path(line, width=1.5, faint=True) for line in lines]
    out += [Dot(place, _DOT, 1) for place in places]
    return [*out, *beside(places, names, _DOT, [*lines, *behind], _SIZE)]


def _seen(row: Sequence[float]) -> Coordinates:
    """Where a point of space is seen."""
    (a, b), (c, d, e) = _TURN
    return a * row[0] + b * row[1], c * row[0] + d * row[1] + e * row[2]


def _ends(rows: Sequence[Sequence[float]]) -> list[Coordinates]:
    return [span([row[column] for row in rows]) for column in range(3)]


def _corners(rows: Sequence[Sequence[float]]) -> list[tuple[float, float, float]]:
    a, b, c = _ends(rows)
    return [(x, y, z) for x in a for y in b for z in c]


def _edges_of_the_box(frame: Frame, rows: Sequence[Sequence[float]]) -> list[Line]:
    """The edges of the box that holds all points."""
    return [
        (frame.at(*_seen(one)), frame.at(*_seen(other)))
        for one, other in combinations(_corners(rows), 2)
        if sum(a != b for a, b in zip(one, other, strict=True)) == 1
    ]


def _axes(frame: Frame, rows: Sequence[Sequence[float]], name: str) -> list[Shape]:
    """The name of each axis, beside an edge of the box that is seen from outside."""
    ends = _ends(rows)
    out: list[Shape] = []
    low = [end[0] for end in ends]
    for axis in range(3):
        middle = [*low]
        middle[axis] = sum(ends[axis]) / 2
        if axis == 2:
            middle[0] = ends[0][0]
            middle[1] = ends[1][1]
        x, y = frame.at(*_seen(middle))
        shift = ((6, 24), (-8, 18), (-8, 0))[axis]
        anchor = ("middle", "end", "end")[axis]
        out.append(Label((x + shift[0], y + shift[1]), f"{name}_{{i{axis + 1}}}", True, anchor, faint=True))
    return out
