"""Expectation maximisation: the log-likelihood under the stated updates, round after round, from several starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from derive.language.claims import Claim, Figure, Optimum
from derive.language.context import Context
from derive.language.terms import Index, Sym
from derive.refute.worth import Chosen, Value
from derive.render.figures.drawing import Dot, Drawing, FigureError, Frame, Label, Path, Shape, axes, span
from derive.render.latex import to_latex

_SIZE = (620.0, 360.0)
_EXACT = 10**12


def draw(figure: Figure, claims: Mapping[str, Claim]) -> Drawing:
    """Options: ``sizes``; ``data`` and ``starts``, values by name (one for each member of a family); ``weights``, the
    name of the weights of the expectation step and of what they are; ``updates``, the claims of the maximisation
    step; ``also``, names that take the new value of another; ``likelihood``, the name of what grows; ``rounds``."""
    options = figure.options
    updates = [_update(f"{figure.claim.partition('.')[0]}.{name}", claims) for name in options["updates"]]
    context = claims[figure.claim].context
    curves = [_curve(context, options, start, updates) for start in options["starts"]]
    rounds = len(curves[0]) - 1
    frame = Frame(
        70, 40, _SIZE[0] - 190, _SIZE[1] - 100, (0.0, float(rounds)), span([y for each in curves for y in each])
    )
    shapes: list[Shape] = axes(frame, r"\text{rounds}", to_latex(Sym(options["likelihood"])))
    for number, curve in enumerate(curves, start=1):
        places = tuple(frame.at(float(at), worth) for at, worth in enumerate(curve))
        shapes.append(Path(places, colour=number, width=1.8))
        shapes += [Dot(place, 3, number) for place in places]
        row = frame.top + 24 * number
        shapes.append(Path(((_SIZE[0] - 100, row - 4), (_SIZE[0] - 80, row - 4)), colour=number, width=2.0))
        shapes.append(Label((_SIZE[0] - 73, row), f"start {number}", anchor="start"))
    words = "; ".join(f"start {at}: from {curve[0]:.2f} to {curve[-1]:.2f}" for at, curve in enumerate(curves, start=1))
    return Drawing.of(_SIZE, figure.caption, f"no curve falls. {words}", shapes)


def _update(name: str, claims: Mapping[str, Claim]) -> Optimum:
    claim = claims.get(name)
    if claim is None or not isinstance(claim.statement, Optimum):
        raise FigureError(f"expected {name} to be the claim of an optimum")
    return claim.statement


def _curve(
    context: Context, options: Mapping[str, Any], start: Mapping[str, Any], updates: Sequence[Optimum]
) -> list[float]:
    """The log-likelihood at the start and after each round."""
    chosen = Chosen(context, options["sizes"])
    for name, members in {**options["data"], **start}.items():
        chosen.put(name, {(number,): _value(member) for number, member in enumerate(members, start=1)})
    weights, meaning = options["weights"]
    grown = [chosen.worth(Sym(options["likelihood"]))]
    for _ in range(options["rounds"]):
        _expect(chosen, context, weights, meaning)
        for update in updates:
            variable, (best,) = update.variables[0], update.point
            members = _members(chosen, context, variable, best)
            chosen.put(variable.name, members)
            for name, source in options.get("also", {}).items():
                if source == variable.name:
                    chosen.put(name, members)
        grown.append(chosen.worth(Sym(options["likelihood"])))
    return grown


def _expect(chosen: Chosen, context: Context, weights: str, meaning: str) -> None:
    """The expectation step: each weight is worth what it stands for at the parameters of the round before."""
    decl = context.symbols[weights]
    rows, columns = (range_.high.value(chosen.sizes) for range_ in decl.family)
    names = context.symbols[meaning].family_names
    term = Sym(meaning, tuple(Index(name) for name in names))
    held: dict[tuple[int, ...], Value] = {
        (row, column): _exact(chosen.worth(term, **{names[0]: row, names[1]: column}))
        for row in range(1, rows + 1)
        for column in range(1, columns + 1)
    }
    chosen.put(weights, held)


def _members(chosen: Chosen, context: Context, variable: Sym, best: Any) -> dict[tuple[int, ...], Value]:
    """The new value of each member of a family."""
    decl = context.symbols[variable.name]
    (index,) = (each.name for each in variable.indices if isinstance(each, Index))
    out: dict[tuple[int, ...], Value] = {}
    for number in range(1, decl.family[0].high.value(chosen.sizes) + 1):
        found = [_exact(entry) for entry in chosen.entries(best, **{index: number})]
        out[(number,)] = found if decl.shape else found[0]
    return out


def _value(member: Any) -> Value:
    if isinstance(member, list | tuple):
        return [Fraction(str(entry)) for entry in member]
    return Fraction(str(member))


def _exact(number: float) -> Fraction:
    return Fraction(number).limit_denominator(_EXACT)
