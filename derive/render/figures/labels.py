"""Where the names of points stand: beside them, clear of dots, lines and each other as far as there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.render.figures.drawing import Coordinates, Label

Line = tuple[Coordinates, Coordinates]

_ASIDE = (
    (0.71, -0.71), (0.71, 0.71), (-0.71, -0.71), (-0.71, 0.71), (1.0, 0.0), (-1.0, 0.0), (0.0, -1.0), (0.0, 1.0),
)  # fmt: skip
"""The directions that a name may stand in, the best first; y grows downwards."""
_GAPS = (4.0, 9.0)
"""How far a name may stand from its dot."""
_LETTER, _TALL = 6.6, 9.0
_SWEEPS = 3
_OVER_NAME, _OVER_DOT, _OVER_LINE, _OUTSIDE = 40.0, 20.0, 6.0, 100.0


@dataclass(frozen=True)
class _Box:
    """The rectangle that a name takes."""

    left: float
    top: float
    right: float
    bottom: float

    @staticmethod
    def around(middle: Coordinates, text: str) -> _Box:
        wide = _LETTER * len(text) / 2
        return _Box(middle[0] - wide, middle[1] - _TALL / 2, middle[0] + wide, middle[1] + _TALL / 2)

    def meets(self, other: _Box, room: float = 1.0) -> bool:
        across = self.left - room < other.right and other.left - room < self.right
        return across and self.top - room < other.bottom and other.top - room < self.bottom

    def meets_dot(self, at: Coordinates, radius: float) -> bool:
        x = min(max(at[0], self.left), self.right)
        y = min(max(at[1], self.top), self.bottom)
        return (x - at[0]) ** 2 + (y - at[1]) ** 2 < (radius + 1) ** 2

    def meets_line(self, line: Line) -> bool:
        """Whether a piece of a straight line lies within."""
        (x, y), (to_x, to_y) = line
        low, high = 0.0, 1.0
        for start, step, least, most in (
            (x, to_x - x, self.left, self.right),
            (y, to_y - y, self.top, self.bottom),
        ):
            if step == 0:
                if not least <= start <= most:
                    return False
                continue
            one, other = sorted(((least - start) / step, (most - start) / step))
            low, high = max(low, one), min(high, other)
        return low < high


def beside(
    places: Sequence[Coordinates], texts: Sequence[str], radius: float, lines: Sequence[Line], room: Coordinates
) -> list[Label]:
    """A small name beside each dot of a picture of size ``room``."""
    choices = [list(_around(place, text, radius)) for place, text in zip(places, texts, strict=True)]
    chosen = [choice[0] for choice in choices]
    for _ in range(_SWEEPS):
        for number, choice in enumerate(choices):
            others = [_Box.around(at, texts[each]) for each, at in enumerate(chosen) if each != number]
            worth = [
                _price(_Box.around(at, texts[number]), others, places, radius, lines, room) + rank / 10
                for rank, at in enumerate(choice)
            ]
            chosen[number] = choice[worth.index(min(worth))]
    return [Label((x, y + _TALL / 2), text, small=True) for (x, y), text in zip(chosen, texts, strict=True)]


def _around(place: Coordinates, text: str, radius: float) -> Iterator[Coordinates]:
    """The middles of the places for one name, the best first."""
    for gap in _GAPS:
        for across, down in _ASIDE:
            wide, tall = radius + gap + _LETTER * (len(text) - 1) / 2, radius + gap
            yield place[0] + across * (wide + _LETTER / 2), place[1] + down * (tall + _TALL / 2)


def _price(
    box: _Box,
    others: Sequence[_Box],
    dots: Sequence[Coordinates],
    radius: float,
    lines: Sequence[Line],
    room: Coordinates,
) -> float:
    """How much a name covers at a place."""
    inside = box.left >= 0 and box.top >= 0 and box.right <= room[0] and box.bottom <= room[1]
    return (
        _OVER_NAME * sum(box.meets(other) for other in others)
        + _OVER_DOT * sum(box.meets_dot(dot, radius) for dot in dots)
        + _OVER_LINE * sum(box.meets_line(line) for line in lines)
        + (0.0 if inside else _OUTSIDE)
    )
