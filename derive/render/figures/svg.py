"""A drawing as SVG within an HTML page: it takes the colours of the page, and says what it shows."""

from __future__ import annotations

from html import escape

from derive.render.figures.drawing import Coordinates, Dot, Drawing, Label, Path, Shape, bends
from derive.render.formulas import marks
from derive.render.formulas.formula import FormulaError, read_formula
from derive.render.formulas.mathml import character, in_font
from derive.render.formulas.tree import Accent, Fence, Font, Fraction, Mark, Node, Row, Scripts, Sized, Space, Words

_SMALL = 0.72
_COMBINING = {"\\hat": "\u0302", "\\widehat": "\u0302", "\\tilde": "\u0303", "\\bar": "\u0304", "\\dot": "\u0307"}


def to_svg(drawing: Drawing, name: str) -> str:
    """A figure with its caption; ``name`` tells it apart from the others of its page."""
    size = f'viewBox="0 0 {_n(drawing.width)} {_n(drawing.height)}" width="{_n(drawing.width)}"'
    tips = (
        f'<defs><marker id="{name}-tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto"><path d="M0 0.8 L7.4 4 L0 7.2 z" class="tip"/></marker></defs>'
    )
    arrows = any(isinstance(shape, Path) and shape.arrow for shape in drawing.shapes)
    body = "\n".join(_shape(shape, name) for shape in drawing.shapes)
    title = f"<title>{escape(drawing.caption)}</title><desc>{escape(drawing.description)}</desc>"
    picture = (
        f'<svg role="img" {size} xmlns="http://www.w3.org/2000/svg">{title}{tips if arrows else ""}\n{body}\n</svg>'
    )
    caption = f"<figcaption>{escape(drawing.caption)}</figcaption>"
    return f'<figure><div class="wide" tabindex="0">{picture}</div>{caption}</figure>'


def _n(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _shape(shape: Shape, name: str) -> str:
    match shape:
        case Path():
            return _path(shape, name)
        case Dot((x, y), radius, colour):
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}" class="f{colour}"/>'
        case Label():
            return _label(shape)


def _path(path: Path, name: str) -> str:
    kind = f"l{path.colour}{' faint' if path.faint else ''}{' dashed' if path.dashed else ''}"
    tip = f' marker-end="url(#{name}-tip)"' if path.arrow else ""
    return f'<path d="{_way(path)}" class="{kind}" stroke-width="{_n(path.width)}"{tip}/>'


def _way(path: Path) -> str:
    points = path.points
    if not path.curve or len(points) < 3:
        return "M" + " L".join(f"{_n(x)} {_n(y)}" for x, y in points)
    parts = [f"M{_at(points[0])}"]
    parts += [f"C{_at(one)} {_at(other)} {_at(end)}" for one, other, end in bends(path)]
    return " ".join(parts)


def _at(point: Coordinates) -> str:
    return f"{_n(point[0])} {_n(point[1])}"


def _label(label: Label) -> str:
    x, y = label.at
    kind = " ".join(filter(None, [f"f{label.colour}", "faint" if label.faint else "", "small" if label.small else ""]))
    down = 5.0 if label.boxed else 0.0
    text = formula_text(label.text) if label.formula else escape(label.text)
    written = f'<text x="{_n(x)}" y="{_n(y + down)}" text-anchor="{label.anchor}" class="{kind}">{text}</text>'
    if not label.boxed:
        return written
    half = label.boxed
    box = (
        f'<rect x="{_n(x - half)}" y="{_n(y - 16)}" width="{_n(2 * half)}" height="32" rx="7" class="b{label.colour}"/>'
    )
    return box + written


# -- formulas as text --------------------------------------------------------------------------------------------------
def formula_text(latex: str) -> str:
    """A small formula as the spans of a text; what is no formula, as it stands."""
    try:
        row = read_formula(latex)
    except FormulaError:
        return escape(latex)
    return "".join(_span(text, level) for text, level in _levelled(_runs(row, 0)))


def _span(text: str, step: tuple[float, int]) -> str:
    shift, level = step
    down = f' dy="{_n(shift)}"' if shift else ""
    small = f' font-size="{_SMALL:.2f}em"' if level else ""
    return f"<tspan{down}{small}>{text}</tspan>"


def _levelled(runs: list[tuple[str, int]]) -> list[tuple[str, tuple[float, int]]]:
    """Each run with how far it is moved down from the one before."""
    out: list[tuple[str, tuple[float, int]]] = []
    before = 0
    for text, level in runs:
        out.append((text, (-(level - before) * 5.0, level)))
        before = level
    return out


def _runs(node: Node | None, level: int) -> list[tuple[str, int]]:
    """The characters of a formula, each run with how high it stands: -1 below, 1 above."""
    match node:
        case Row(items):
            runs = [run for item in items for run in _runs(item, level)]
            return [(runs[0][0].strip(" "), level), *runs[1:]] if runs else []
        case Scripts(base, below, above):
            return [*_runs(base, level), *_runs(below, -1), *_runs(above, 1)]
        case Font(font, Row(items)):
            return [(escape(in_font(character(item), font)), level) for item in items if isinstance(item, Mark)]
        case Accent(accent, body):
            return [(text + _COMBINING.get(accent, ""), own) for text, own in _runs(body, level)]
        case Fraction(above, below):
            return [*_grouped(above, level), ("/", level), *_grouped(below, level)]
        case Fence(left, body, right):
            return [(escape(marks.FENCES[left]), level), *_runs(body, level), (escape(marks.FENCES[right]), level)]
        case Sized(_, bracket):
            return [(escape(marks.FENCES[bracket]), level)]
        case Words(text):
            return [(escape(text), level)]
        case Space():
            return [(" ", level)]
        case Mark(text, kind):
            shown = escape(character(node))
            if kind == marks.IDENTIFIER:
                leaning = in_font(shown, "italic") if shown.islower() else shown
                if leaning != shown:  # fonts of text seldom have Greek letters; those of mathematics do
                    return [(leaning, level)]
                return [(f'<tspan font-style="italic">{shown}</tspan>', level)]
            spaced = kind in (marks.BINARY, marks.RELATION) and level == 0
            thin = "\u2009"
            wide = f" {shown} " if spaced else shown
            wide = (
                f"{thin}{shown}{thin}" if kind == marks.FUNCTION else f"{shown} " if text == "," and not level else wide
            )
            return [(wide, level)]
    return []


def _grouped(row: Row, level: int) -> list[tuple[str, int]]:
    """A part of a fraction on one line: in brackets if there is a sign in it."""
    runs = _runs(row, level)
    signs = any(isinstance(item, Mark) and item.kind == marks.BINARY for item in row.items)
    return [("(", level), *runs, (")", level)] if signs else runs
