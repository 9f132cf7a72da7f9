"""Pictures of derivations, drawn from their own terms; one file for each kind of picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from derive.language.claims import Claim, Derivation, Figure
from derive.render.figures.drawing import Drawing, FigureError

KINDS = ("computation", "embedding", "likelihood", "optimum", "scatter")
"""Every file beside this one that draws: its ``draw`` takes the figure and the claims of its derivation."""

Draw = Callable[[Figure, Mapping[str, Claim]], Drawing]


def drawings(derivation: Derivation) -> tuple[Drawing, ...]:
    """The pictures of a derivation, in the order stated; :class:`FigureError` says what one of them lacks."""
    known = {claim.id: claim for claim in derivation.claims}
    return tuple(_drawer(figure)(figure, known) for figure in derivation.figures)


def _drawer(figure: Figure) -> Draw:
    if figure.kind not in KINDS:
        raise FigureError(f"expected a figure of kind {', '.join(KINDS)}, found {figure.kind!r}")
    found: Draw = import_module(f"{__name__}.{figure.kind}").draw
    return found
