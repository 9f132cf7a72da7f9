"""Points in the plane: two columns of a printed table that was confirmed digit by digit."""

from __future__ import annotations

from collections.abc import Mapping

from derive.language.claims import Claim, Figure, Value
from derive.language.terms import Entry, Index, Num
from derive.render.figures.drawing import Dot, Drawing, FigureError, Frame, Path, Shape, axes, span
from derive.render.figures.labels import beside
from derive.render.latex import to_latex

_SIZE = (560.0, 400.0)
_DOT = 4.5


def table_of(figure: Figure, claims: Mapping[str, Claim], columns: int) -> tuple[Value, list[list[float]]]:
    """The value that a claim states, and its printed numbers."""
    claim = claims[figure.claim].statement if figure.claim else None
    if not isinstance(claim, Value) or min(map(len, claim.printed)) < columns:
        raise FigureError(f"this figure needs the claim of a printed table with {columns} columns")
    return claim, [[float(cell) for cell in row] for row in claim.printed]


def draw(figure: Figure, claims: Mapping[str, Claim]) -> Drawing:
    """Each row is a point; the first two columns are its place. Option: ``first``, the number of the first row."""
    from fractions import Fraction

    claim, rows = table_of(figure, claims, 2)
    first = int(figure.options.get("first", 1))
    across, up = ([row[column] for row in rows] for column in (0, 1))
    frame = Frame(70, 40, _SIZE[0] - 110, _SIZE[1] - 100, span(across, 0.1), span(up, 0.1))
    names = [to_latex(Entry(claim.term, (Index("n"), Num(Fraction(column))))) for column in (1, 2)]
    shapes: list[Shape] = axes(frame, names[0], names[1])
    lines = [(frame.at(0, frame.y[0]), frame.at(0, frame.y[1])), (frame.at(frame.x[0], 0), frame.at(frame.x[1], 0))]
    places = [frame.at(x, y) for x, y in zip(across, up, strict=True)]
    shapes += [Path(line, width=1.0, faint=True, dashed=True) for line in lines]
    shapes += [Dot(place, _DOT, 1) for place in places]
    shapes += beside(places, [str(first + at) for at in range(len(places))], _DOT, lines, _SIZE)
    words = "; ".join(f"{first + at}: ({x:.2f}, {y:.2f})" for at, (x, y) in enumerate(zip(across, up, strict=True)))
    return Drawing.of(_SIZE, figure.caption, f"{len(rows)} points: {words}", shapes)
