"""A drawing as lines, dots and labels, before it is written as SVG or as TikZ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, floor

Coordinates = tuple[float, float]


class FigureError(ValueError):
    """A figure that cannot be drawn as its author asked; the message says what is missing."""


@dataclass(frozen=True)
class Path:
    """A line through points; ``colour`` is a number of the palette or 0 for ink. ``curve`` bends it,
    ``arrow`` ends it with a tip."""

    points: tuple[Coordinates, ...]
    colour: int = 0
    width: float = 1.4
    faint: bool = False
    dashed: bool = False
    curve: bool = False
    arrow: bool = False


@dataclass(frozen=True)
class Dot:
    """A filled circle."""

    at: Coordinates
    radius: float = 3.5
    colour: int = 0


@dataclass(frozen=True)
class Label:
    """Words, or LaTeX if ``formula``; ``anchor`` is start, middle or end. A ``boxed`` one stands in a frame."""

    at: Coordinates
    text: str
    formula: bool = False
    anchor: str = "middle"
    colour: int = 0
    faint: bool = False
    boxed: float = 0.0
    small: bool = False


Shape = Path | Dot | Label


def bends(path: Path) -> list[tuple[Coordinates, Coordinates, Coordinates]]:
    """A bent line as pieces of cubic curves: for each two pulls and its end. It leaves and arrives level, turns level
    where it turns back, and goes straight on elsewhere."""
    points = path.points
    slopes = [0.0, *(_slope(*three) for three in zip(points, points[1:], points[2:], strict=False)), 0.0]
    out: list[tuple[Coordinates, Coordinates, Coordinates]] = []
    for number, (before, after) in enumerate(pairwise(points)):
        third = (after[0] - before[0]) / 3
        one = before[0] + third, before[1] + third * slopes[number]
        other = after[0] - third, after[1] - third * slopes[number + 1]
        out.append((one, other, after))
    return out


def _slope(before: Coordinates, at: Coordinates, after: Coordinates) -> float:
    turns = (at[1] - before[1]) * (after[1] - at[1]) <= 0
    return 0.0 if turns else (after[1] - before[1]) / (after[0] - before[0])


@dataclass(frozen=True)
class Drawing:
    """A picture of a size, with what it shows in words: ``caption`` for everybody, ``description`` for who cannot see
    it."""

    width: float
    height: float
    caption: str
    description: str
    shapes: tuple[Shape, ...] = field(default=())

    @staticmethod
    def of(size: Coordinates, caption: str, description: str, shapes: Iterable[Shape]) -> Drawing:
        """A drawing from shapes in the order in which they cover each other."""
        return Drawing(*size, caption, description, tuple(shapes))


@dataclass(frozen=True)
class Frame:
    """A rectangle of the picture onto which numbers are laid; y grows upwards."""

    left: float
    top: float
    width: float
    height: float
    x: Coordinates
    y: Coordinates

    def at(self, x: float, y: float) -> Coordinates:
        """Where a pair of numbers stands."""
        across = (x - self.x[0]) / (self.x[1] - self.x[0])
        up = (y - self.y[0]) / (self.y[1] - self.y[0])
        return self.left + across * self.width, self.top + (1 - up) * self.height


def span(values: Sequence[float], margin: float = 0.06) -> Coordinates:
    """The least and the greatest of some numbers, with a margin."""
    low, high = min(values), max(values)
    room = (high - low) * margin or 1.0
    return low - room, high + room


def ticks(ends: Coordinates, about: int = 5) -> list[float]:
    """Round numbers between two ends."""
    wide = ends[1] - ends[0]
    power = 1.0
    while power * about > wide:
        power /= 10
    while power * 10 * about <= wide:
        power *= 10
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power * about >= wide * 0.8)
    first, last = ceil(ends[0] / step - 1e-9), floor(ends[1] / step + 1e-9)
    return [number * step for number in range(first, last + 1)]


def axes(frame: Frame, across: str, up: str, formulas: bool = True) -> list[Shape]:
    """A frame with numbers along it, and what runs along each side."""
    (low, high), (bottom, top) = frame.x, frame.y
    corner, right, above = frame.at(low, bottom), frame.at(high, bottom), frame.at(low, top)
    out: list[Shape] = [Path((above, corner, right), width=1.0, faint=True)]
    for number in ticks(frame.x):
        x, y = frame.at(number, bottom)
        out += [
            Path(((x, y), (x, y + 4)), width=1.0, faint=True),
            Label((x, y + 17), _short(number), small=True, faint=True),
        ]
    for number in ticks(frame.y):
        x, y = frame.at(low, number)
        out += [
            Path(((x - 4, y), (x, y)), width=1.0, faint=True),
            Label((x - 8, y + 4), _short(number), anchor="end", small=True, faint=True),
        ]
    out.append(Label((frame.left + frame.width, frame.top + frame.height + 34), across, formulas, "end"))
    out.append(Label((frame.left - 4, frame.top - 10), up, formulas, "start"))
    return out


def _short(number: float) -> str:
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("-", "−")
