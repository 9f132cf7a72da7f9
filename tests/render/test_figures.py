"""Pictures of derivations: they show what the proofs' own terms say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import combinations, pairwise, product
from math import hypot
from pathlib import Path as File
from typing import Any
from xml.etree import ElementTree

import pytest

from derive import Derivation
from derive.authoring import AuthoringError
from derive.checker import load, names
from derive.language.claims import Claim
from derive.language.claims import Derivation as Built
from derive.render import figures
from derive.render.figures import KINDS, drawings, likelihood
from derive.render.figures.drawing import Dot, Drawing, FigureError, Label, Path, bends, ticks
from derive.render.figures.labels import beside
from derive.render.figures.optimum import _cut
from derive.render.figures.svg import formula_text, to_svg
from derive.render.figures.tikz import to_tikz

CONTEXT = r"a, b > 0 ; u \in [0, 1]"


def _claims(name: str) -> tuple[Built, Mapping[str, Claim]]:
    built = load(name)
    return built, {claim.id: claim for claim in built.claims}


@pytest.mark.parametrize("name", names())
def test_every_figure_of_the_proofs(name: str) -> None:
    for number, drawing in enumerate(drawings(load(name))):
        picture = re.search(r"<svg.*</svg>", to_svg(drawing, f"f{number}"), re.DOTALL)
        assert picture
        assert ElementTree.fromstring(picture.group()).find(".//{http://www.w3.org/2000/svg}desc") is not None
        assert to_tikz(drawing).count("{") == to_tikz(drawing).count("}")
        for shape in drawing.shapes:
            for x, y in shape.points if isinstance(shape, Path) else [shape.at]:
                assert 0 <= x <= drawing.width
                assert 0 <= y <= drawing.height


@pytest.mark.parametrize("name", ["spectral/laplacian", "spectral/pca"])
def test_names_of_points_cover_nothing(name: str) -> None:
    for drawing in drawings(load(name)):
        dots = [shape for shape in drawing.shapes if isinstance(shape, Dot)]
        named = [shape for shape in drawing.shapes if isinstance(shape, Label) and shape.small and not shape.faint]
        assert len(named) == len(dots) > 0
        _apart([each.at for each in named], [each.at for each in dots])


def _apart(names: list[tuple[float, float]], dots: list[tuple[float, float]]) -> None:
    """No two names of one digit, and no name and no dot, in one place: names stand on their lower middle."""
    for (x, y), (to_x, to_y) in combinations(names, 2):
        assert abs(x - to_x) > 6 or abs(y - to_y) > 8
    for (x, y), (to_x, to_y) in product(names, dots):
        assert hypot(x - to_x, y - 4.5 - to_y) > 8


def test_names_of_crowded_points() -> None:
    dots = [(50.0 + 7 * (at % 2), 50.0 + 7 * (at // 2)) for at in range(4)]
    line = ((0.0, 50.0), (100.0, 50.0))
    labels = beside(dots, list("0123"), 4, [line], (100, 100))
    assert [each.text for each in labels] == list("0123")
    _apart([each.at for each in labels], dots)
    corner = beside([(99.0, 1.0)], ["8"], 4, [], (100, 100))
    assert 0 < corner[0].at[0] < 99
    assert corner[0].at[1] > 1


def test_a_line_in_the_way_of_a_name() -> None:
    (free,) = beside([(50.0, 50.0)], ["1"], 4, [], (100, 100))
    x, y = free.at
    (moved,) = beside([(50.0, 50.0)], ["1"], 4, [((x - 20, y - 4), (x + 20, y - 4))], (100, 100))
    assert moved.at != free.at


def test_a_bent_line_turns_level_and_goes_straight_on() -> None:
    pieces = bends(Path(((0.0, 0.0), (10.0, 10.0), (20.0, 20.0), (30.0, 0.0)), curve=True))
    assert [end for _, _, end in pieces] == [(10.0, 10.0), (20.0, 20.0), (30.0, 0.0)]
    assert pieces[0][0][1] == 0.0  # it leaves level
    assert pieces[0][1] == pytest.approx((10 - 10 / 3, 10 - 10 / 3))  # straight on
    assert pieces[1][1][1] == pieces[2][0][1] == 20.0  # level where it turns


def test_a_curve_goes_up_to_where_it_is_cut() -> None:
    assert _cut([(0.0, -8.0), (1.0, -4.0), (2.0, -4.0), (3.0, 4.0)], -5, 0) == [
        (0.75, -5.0), (1.0, -4.0), (2.0, -4.0), (2.5, 0.0)
    ]  # fmt: skip
    assert _cut([(0.0, 2.0), (1.0, -2.0)], -1, 1) == [(0.25, 1.0), (0.75, -1.0)]


def test_the_kinds_are_the_files() -> None:
    folder = File(figures.__file__).parent
    writers = {"__init__", "drawing", "labels", "svg", "tikz"}
    assert {path.stem for path in folder.glob("*.py")} - writers == set(KINDS)


def test_computation_of_softmax() -> None:
    built, _ = _claims("networks/softmax")
    general, entries = drawings(built)
    assert set(general.description.split("; ")) == {
        "J from 𝐲",
        "𝐲 from 𝐳, r",
        "r from 𝐳",
    }
    assert set(entries.description.split("; ")) == {
        "J from 𝐲_1, 𝐲_2",
        "𝐲_1 from 𝐳_1, r",
        "𝐲_2 from 𝐳_2, r",
        "r from 𝐳_1, 𝐳_2",
    }


def test_computation_follows_the_definitions() -> None:
    d = Derivation("a/b", title="", context="x, w > 0 ; function g(t) := t w ; let h := g(x) ; let y := h^2 + x")
    d.figure("computation", "", of="y")
    (drawing,) = drawings(d.build())
    assert drawing.description == "y from h, x; h from w, x"


def test_optimum_of_the_discriminator() -> None:
    built, _ = _claims("adversarial/gan")
    (drawing,) = drawings(built)
    assert drawing.description == "3 curves; greatest at 0.500; at 0.750; at 0.333"
    tops = [shape.at for shape in drawing.shapes if isinstance(shape, Dot)]
    for number, (x, y) in enumerate(tops, start=1):
        curve = next(s for s in drawing.shapes if isinstance(s, Path) and s.colour == number and not s.dashed)
        assert min(height for _, height in curve.points) >= y - 0.01
        assert min(abs(place - x) for place, _ in curve.points) < 3


def test_likelihood_never_falls() -> None:
    built, claims = _claims("mixtures/spherical")
    (figure,) = built.figures
    options = figure.options
    updates: Any = [claims[f"mixtures/spherical.{name}"].statement for name in options["updates"]]
    for start in options["starts"]:
        curve = likelihood._curve(claims[figure.claim].context, options, start, updates)
        assert len(curve) == options["rounds"] + 1
        assert all(after >= before - 1e-9 for before, after in pairwise(curve))
        assert curve[-1] > curve[0]


def test_graph_has_the_edges_of_its_weights() -> None:
    built, _ = _claims("spectral/laplacian")
    (drawing,) = drawings(built)
    assert drawing.description == "10 nodes and 11 edges: 0-1, 0-2, 0-3, 1-3, 1-7, 2-7, 4-5, 4-6, 6-9, 7-8, 8-9"


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("picture", {}, "expected a figure of kind computation, "),
    ("computation", {"of": "q"}, "no quantity of this name"),
    ("optimum", {"claim": "same", "over": (0, 1), "at": []}, "needs a claim of an optimum"),
    ("scatter", {"claim": "same"}, "printed table with 2 columns"),
    ("embedding", {"claim": "same"}, "printed table with 3 columns"),
]


@pytest.mark.parametrize(("kind", "options", "said"), BAD)
def test_what_cannot_be_drawn(kind: str, options: dict[str, Any], said: str) -> None:
    d = Derivation("a/b", title="", context=CONTEXT)
    d.equal("same", "a", "a")
    d.figure(kind, "a caption", **options)
    with pytest.raises(FigureError, match=said):
        drawings(d.build())


def test_a_figure_of_a_claim_that_is_not_there() -> None:
    d = Derivation("a/b", title="", context=CONTEXT)
    with pytest.raises(AuthoringError, match="no claim of this name is stated above"):
        d.figure("optimum", "", claim="nothing")


def test_formulas_in_pictures() -> None:
    assert formula_text("<b>") == "<tspan>&lt;b&gt;</tspan>" or "<b>" not in formula_text("<b>")
    assert "𝐱" in formula_text(r"\mathbf{x}_{1}")
    assert formula_text(r"\alpha") == "<tspan>𝛼</tspan>"
    assert formula_text("a") == '<tspan><tspan font-style="italic">a</tspan></tspan>'
    assert formula_text(r"\Sigma") == '<tspan><tspan font-style="italic">Σ</tspan></tspan>'
    hostile = Drawing.of(
        (10, 10), "</title><script>", "<x>", [Label((1, 1), "</text><script>"), Label((1, 1), "<", True)]
    )
    assert "<script>" not in to_svg(hostile, "f")


@pytest.mark.parametrize(("ends", "found"), [((0.0, 1.0), [0, 0.2, 0.4, 0.6, 0.8, 1]), ((-7.0, 7.0), [-5, 0, 5])])
def test_ticks_are_round(ends: tuple[float, float], found: list[float]) -> None:
    assert ticks(ends) == pytest.approx(found)
