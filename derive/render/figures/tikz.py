"""A drawing as TikZ, for LaTeX."""

from __future__ import annotations

from derive.render.figures.drawing import Coordinates, Dot, Drawing, Label, Path, Shape, bends
from derive.render.formulas.formula import FormulaError, read_formula
from derive.render.formulas.tex import plain, to_tex

COLOURS = ("black", "fig1", "fig2", "fig3", "fig4")
DEFINITIONS = r"""\usepackage{tikz}
\usetikzlibrary{arrows.meta}
\definecolor{fig1}{HTML}{1F4E9C}
\definecolor{fig2}{HTML}{B3261E}
\definecolor{fig3}{HTML}{17692F}
\definecolor{fig4}{HTML}{8A5A00}
"""
_POINT = 0.72
"""How many points of TeX one unit of a drawing is."""
_WIDEST = 455.0


def to_tikz(drawing: Drawing) -> str:
    """A figure with its caption, no wider than the page."""
    body = "\n".join(_shape(shape) for shape in drawing.shapes)
    options = f"x={_POINT}pt,y=-{_POINT}pt,line join=round,font=\\footnotesize"
    picture = [
        rf"\begin{{tikzpicture}}[{options}]",
        rf"\useasboundingbox (0,0) rectangle ({_n(drawing.width)},{_n(drawing.height)});",
        body,
        r"\end{tikzpicture}",
    ]
    if drawing.width * _POINT > _WIDEST:
        picture = [r"\resizebox{\linewidth}{!}{%", *picture, "}"]
    caption = [r"\par\smallskip", rf"{{\small {plain(drawing.caption)}}}"]
    return "\n".join([r"\begin{center}", *picture, *caption, r"\end{center}"])


def _n(number: float) -> str:
    text = f"{number:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def _at(point: Coordinates) -> str:
    return f"({_n(point[0])},{_n(point[1])})"


def _colour(number: int, faint: bool = False) -> str:
    name = COLOURS[number % len(COLOURS)]
    return f"{name}!55" if faint else name


def _shape(shape: Shape) -> str:
    match shape:
        case Path():
            return _path(shape)
        case Dot(at, radius, colour):
            return rf"\fill[{_colour(colour)}] {_at(at)} circle[radius={radius * _POINT:.1f}pt];"
        case Label():
            return _label(shape)


def _path(path: Path) -> str:
    style = [_colour(path.colour, path.faint), f"line width={path.width * 0.55:.2f}pt"]
    style += ["dashed"] if path.dashed else []
    style += ["-{Stealth[length=4pt]}"] if path.arrow else []
    if path.curve and len(path.points) > 2:
        way = _at(path.points[0])
        for one, other, end in bends(path):
            way += f" .. controls {_at(one)} and {_at(other)} .. {_at(end)}"
    else:
        way = " -- ".join(_at(point) for point in path.points)
    return rf"\draw[{','.join(style)}] {way};"


_ANCHORS = {"start": "base west", "middle": "base", "end": "base east"}


def _label(label: Label) -> str:
    anchor = "center" if label.boxed else _ANCHORS[label.anchor]
    style = [f"anchor={anchor}", "inner sep=0pt", f"text={_colour(label.colour, label.faint)}"]
    if label.boxed:
        size = f"minimum width={2 * label.boxed * _POINT:.1f}pt,minimum height={32 * _POINT:.1f}pt"
        style += [f"draw={_colour(label.colour)}", "fill=white", "rounded corners=4pt", size]
    font = ",font=\\scriptsize" if label.small else ""
    return rf"\node[{','.join(style)}{font}] at {_at(label.at)} {{{_text(label)}}};"


def _text(label: Label) -> str:
    if not label.formula:
        return plain(label.text)
    try:
        return f"${to_tex(read_formula(label.text))}$"
    except FormulaError:
        return plain(label.text)
