"""A graph from its matrix of weights, placed by a printed table: in the plane by two columns, in space by three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from derive.language.claims import Claim, Figure
from derive.language.terms import Matrix, Num
from derive.render.figures.drawing import Coordinates, Dot, Drawing, FigureError, Frame, Label, Path, Shape, span
from derive.render.figures.scatter import table_of
from derive.render.latex import to_latex

_SIZE = (760.0, 400.0)
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
    shapes += _box(right, rows, to_latex(claim.term))
    shapes += _graph([right.at(*place) for place in space], edges, first)
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


def _graph(places: Sequence[Coordinates], edges: Sequence[tuple[int, int]], first: int) -> list[Shape]:
    out: list[Shape] = [Path((places[i], places[j]), width=1.5, faint=True) for i, j in edges]
    for number, place in enumerate(places, start=first):
        out += [Dot(place, 5, 1), Label((place[0] + 9, place[1] - 6), str(number), anchor="start", small=True)]
    return out


def _seen(row: Sequence[float]) -> Coordinates:
    """Where a point of space is seen."""
    (a, b), (c, d, e) = _TURN
    return a * row[0] + b * row[1], c * row[0] + d * row[1] + e * row[2]


def _ends(rows: Sequence[Sequence[float]]) -> list[Coordinates]:
    return [span([row[column] for row in rows]) for column in range(3)]


def _corners(rows: Sequence[Sequence[float]]) -> list[tuple[float, float, float]]:
    a, b, c = _ends(rows)
    return [(x, y, z) for x in a for y in b for z in c]


def _box(frame: Frame, rows: Sequence[Sequence[float]], name: str) -> list[Shape]:
    """The edges of the box that holds all points, with the name of each axis."""
    ends = _ends(rows)
    corners = _corners(rows)
    out: list[Shape] = []
    for i, one in enumerate(corners):
        for other in corners[i + 1 :]:
            if sum(a != b for a, b in zip(one, other, strict=True)) == 1:
                line = (frame.at(*_seen(one)), frame.at(*_seen(other)))
                out.append(Path(line, width=0.7, faint=True, dashed=True))
    low = [end[0] for end in ends]
    for axis in range(3):
        middle = [*low]
        middle[axis] = sum(ends[axis]) / 2
        if axis == 2:
            middle[0] = ends[0][0]
            middle[1] = ends[1][1]
        x, y = frame.at(*_seen(middle))
        shift = ((0, 18), (14, 16), (-8, 0))[axis]
        anchor = ("middle", "start", "end")[axis]
        out.append(Label((x + shift[0], y + shift[1]), f"{name}_{{i{axis + 1}}}", True, anchor, faint=True))
    return out
