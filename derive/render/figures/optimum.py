"""The objective of an optimum over its one variable, at some values of everything else, with the stated best point."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import pairwise

from derive.language.claims import Claim, Figure, Optimum
from derive.refute.arithmetic import CannotEvaluate, Imprecise, Undefined
from derive.refute.worth import Chosen
from derive.render.figures.drawing import Coordinates, Dot, Drawing, FigureError, Frame, Label, Path, Shape, axes, span
from derive.render.latex import to_latex

POINTS = 160
_SIZE = (620.0, 380.0)


def draw(figure: Figure, claims: Mapping[str, Claim]) -> Drawing:
    """Options: ``over`` (the two ends of the variable) and ``at`` (a list of values by name; sizes are whole)."""
    claim = claims[figure.claim] if figure.claim else None
    if claim is None or not isinstance(claim.statement, Optimum) or len(claim.statement.variables) != 1:
        raise FigureError("a figure of an optimum needs a claim of an optimum in one variable")
    (variable,), (best,) = claim.statement.variables, claim.statement.point
    low, high = (Fraction(end) for end in figure.options["over"])
    curves: list[list[Coordinates]] = []
    tops: list[Coordinates] = []
    for values in figure.options["at"]:
        chosen = _chosen(claim, values)
        point = chosen.worth(best)
        curves.append(
            [
                (float(at), worth)
                for at in (low + (high - low) * Fraction(step, POINTS) for step in range(POINTS + 1))
                if (worth := _worth(chosen, claim.statement, variable.name, at)) is not None
            ]
        )
        top = _worth(chosen, claim.statement, variable.name, Fraction(point).limit_denominator(10**9))
        if top is None:
            raise FigureError(f"the objective has no value at its best point {point}")
        tops.append((point, top))
    return _drawn(figure, claim.statement, curves, tops)


def _chosen(claim: Claim, values: Mapping[str, object]) -> Chosen:
    """The point with these values; whole numbers by the name of a size are sizes."""
    given = {name: Fraction(str(value)) for name, value in values.items()}
    chosen = Chosen(claim.context, {name: int(value) for name, value in given.items() if name in claim.context.sizes})
    for name, value in given.items():
        if name not in claim.context.sizes:
            chosen.put(name, {(): value})
    return chosen


def _worth(chosen: Chosen, claim: Optimum, name: str, at: Fraction) -> float | None:
    chosen.put(name, {(): at})
    try:
        return chosen.worth(claim.objective)
    except (CannotEvaluate, Imprecise, Undefined):
        return None


def _drawn(figure: Figure, claim: Optimum, curves: list[list[Coordinates]], tops: list[Coordinates]) -> Drawing:
    low, high = (float(Fraction(end)) for end in figure.options["over"])
    heights = [y for curve in curves for _, y in curve]
    cut = figure.options.get("cut")
    bottom, top = span(heights) if cut is None else (float(cut[0]), float(cut[1]))
    frame = Frame(70, 40, _SIZE[0] - 230, _SIZE[1] - 100, (low, high), (bottom, top))
    name = to_latex(claim.variables[0])
    shapes: list[Shape] = axes(frame, name, to_latex(claim.objective))
    for number, (curve, best) in enumerate(zip(curves, tops, strict=True), start=1):
        inside = tuple(frame.at(x, y) for x, y in _cut(curve, bottom, top))
        x, y = frame.at(*best)
        ground = frame.at(best[0], bottom)[1]
        shapes.append(Path(((x, y), (x, ground)), colour=number, width=1.0, dashed=True))
        shapes += [Path(inside, colour=number, width=2.0), Dot((x, y), 4.5, number)]
        values = ", ".join(f"{key} = {_shown(value)}" for key, value in figure.options["at"][number - 1].items())
        row = frame.top + 24 * number
        shapes.append(Path(((_SIZE[0] - 145, row - 4), (_SIZE[0] - 125, row - 4)), colour=number, width=2.0))
        shapes.append(Label((_SIZE[0] - 118, row), values, formula=True, anchor="start"))
    found = "; ".join(f"at {x:.3f}" for x, _ in tops)
    what = {"max": "greatest", "min": "least"}.get(claim.kind, "stationary")
    return Drawing.of(_SIZE, figure.caption, f"{len(curves)} curves; {what} {found}", shapes)


def _cut(curve: list[Coordinates], bottom: float, top: float) -> list[Coordinates]:
    """The part of a curve between two heights, up to where it meets them."""
    out: list[Coordinates] = []
    for before, after in pairwise(curve):
        (x, y), (to_x, to_y) = before, after
        out += [before] if bottom <= y <= top else []
        met = sorted((end - y) / (to_y - y) for end in (bottom, top) if (y - end) * (to_y - end) < 0)
        out += [(x + (to_x - x) * part, y + (to_y - y) * part) for part in met]
    return out + [each for each in curve[-1:] if bottom <= each[1] <= top]


def _shown(value: object) -> str:
    number = Fraction(str(value))
    if number.denominator == 1:
        return str(number)
    return rf"{'-' if number < 0 else ''}{abs(number.numerator)}/{number.denominator}"
