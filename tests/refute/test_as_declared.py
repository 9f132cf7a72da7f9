"""What is declared of a quantity that the text then defines is a condition on the points at which claims are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.declared_of_defined import is_bound, unbound
from derive.language.terms import Sym
from derive.read.declarations import declare
from derive.refute.draws import NoPoint
from derive.refute.evaluate import Program
from derive.refute.points import Sampler
from derive.refute.relevance import subject_of


def results(text: str, folder: Path) -> list[tuple[str, str]]:
    path = folder / "a.tex"
    path.write_text(text)
    found = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    return [(result.word, getattr(result.verdict, "reason", "")) for result in found]


def words(text: str, folder: Path) -> list[str]:
    return [word for word, _ in results(text, folder)]


SLACK = "%: l, g \\geq 0 ; C > 0\nLet $l = C - g$. "


def test_a_declared_sign_is_kept(tmp_path: Path) -> None:
    assert words(SLACK + r"Then \[ l \ge 0 \]", tmp_path)[-1] == "proved"
    assert words(SLACK + r"Then \[ l \le 0 \]", tmp_path)[-1] == "refuted"
    assert words(SLACK + r"Then \[ l > 0 \]", tmp_path)[-1] == "refuted"


def test_it_says_something_of_what_it_is_made_of(tmp_path: Path) -> None:
    assert words(SLACK + r"Then \[ g \le C \]", tmp_path)[-1] != "refuted"
    assert words(SLACK + r"Then \[ g \le 2 C \]", tmp_path)[-1] != "refuted"
    assert words(SLACK + r"Then \[ g \ge C \]", tmp_path)[-1] == "refuted"
    assert words(SLACK + r"Then \[ g = 2 g \]", tmp_path)[-1] == "refuted"
    free = SLACK.replace("l, g", "g")
    assert words(free + r"Then \[ g \le C \]", tmp_path)[-1] == "refuted"


IMPOSSIBLE = [
    (r"l, g \geq 0", "l = -1 - g", r"l \ge 0"),
    (r"l, g > 0", "l = -g", r"l > 0"),
    (r"l \in (0, 1) ; g > 0", "l = 1 + g", "l < 1"),
    (r"l \in \{0, 1\} ; g > 0", "l = 1 + g", "l^2 = l"),
    (r"l \in [2, 3] ; g > 0", "l = 3 + g", r"l \le 3"),
    (r"l \in \mathbb{R}^{d \times d} posdef ; x \in \mathbb{R}^d", "l = - x x^T", r"\det l > 0"),
]


@pytest.mark.parametrize(("declared", "definition", "claim"), IMPOSSIBLE)
def test_what_cannot_be_makes_nothing_true(declared: str, definition: str, claim: str, tmp_path: Path) -> None:
    word, reason = results(f"%: {declared}\nLet ${definition}$. Then \\[ {claim} \\]", tmp_path)[-1]
    assert word == "undecided"
    assert "l, as it is defined, was not as it is declared" in reason


@pytest.mark.parametrize(("declared", "definition", "claim"), IMPOSSIBLE)
def test_what_holds_whatever_is_declared_is_proved(declared: str, definition: str, claim: str, tmp_path: Path) -> None:
    assert words(f"%: {declared}\nLet ${definition}$. Then \\[ l + l = 2 l \\]", tmp_path)[-1] == "proved"


def test_what_contradicts_itself_is_told(tmp_path: Path) -> None:
    declared = r"l \in \mathbb{R}^d simplex ; g > 0 ; index j = 1..d"
    text = f"%: {declared}\nLet $l = -g \\mathbf{{1}}$. Then \\[ \\sum_{{j=1}}^d l_j = 1 \\]"
    assert words(text, tmp_path)[-1] == "undecided"


@pytest.mark.parametrize(
    ("declared", "definition", "true", "false"),
    [
        (
            r"y, a \in \mathbb{R}^K ; y simplex",
            r"y_k = \frac{e^{a_k}}{\sum_{j=1}^K e^{a_j}}",
            r"\sum_k y_k = 1",
            "y_k = 1",
        ),
        (r"a \in \mathbb{R}; y \in (0, 1)", r"y = \frac{1}{1 + e^{-a}}", r"0 < y", r"2 y < 1"),
        (r"A \in \mathbb{R}^{d \times d} ; y \in \mathbb{R}^{d \times d} posdef", r"y = A A^T + I", "y^T = y", "y = A"),
        (
            r"A \in \mathbb{R}^{d \times d} ; y \in \mathbb{R}^{d \times d} invertible",
            r"y = A A^T + I",
            "y^T = y",
            "y = A",
        ),
    ],
)
def test_what_is_as_declared_everywhere(declared: str, definition: str, true: str, false: str, tmp_path: Path) -> None:
    text = f"%: index j, k = 1..K\n%: {declared}\nLet\n\\[ {definition} \\]\nThen\n"
    assert words(f"{text}\\[ {true} \\]", tmp_path)[-1] == "proved"
    assert words(f"{text}\\[ {false} \\]", tmp_path)[-1] == "refuted"


def values(text: str, name: str) -> list[object]:
    """The values of a defined quantity at a few points."""
    context = declare(text)
    program = Program(context)
    sampler = Sampler(program, subject_of((Sym(name),), (), context))
    found: list[object] = []
    for seed in range(6):
        try:
            point = sampler.point(dict.fromkeys(context.sizes, 2), seed)
        except NoPoint:
            continue
        assert sampler.is_admissible(point)
        found.append(point.state(program).symbol(name, ()))
    return found


@pytest.mark.parametrize(
    ("declared", "fits"),
    [
        ("y > 0", lambda v: v > 0),
        (r"y \geq 0", lambda v: v >= 0),
        ("y < 0", lambda v: v < 0),
        (r"y \in (0, 1)", lambda v: 0 < v < 1),
        (r"y \in [0, 1]", lambda v: 0 <= v <= 1),
        (r"y \in (-2, 2)", lambda v: -2 < v < 2),
        (r"y \in \{0, 1\}", lambda v: v in (0, 1)),
        (r"y \in \{-1, 1\}", lambda v: v in (-1, 1)),
        (r"y \in \mathbb{Z}", lambda v: v.q == 1),
        (r"y \in \mathbb{R} nonzero", lambda v: v != 0),
    ],
)
def test_points_are_as_declared(declared: str, fits: object) -> None:
    found = values(f"a, b \\in \\mathbb{{R}} ; {declared} ; let y := a - b", "y")
    assert found
    assert all(fits(each) for each in found)  # type: ignore[operator]


def test_what_is_declared_and_defined() -> None:
    context = declare(r"a \in \mathbb{R} ; y > 0 ; z \in \mathbb{R} ; let y := a ; let z := 2 a")
    assert [name for name, decl in context.symbols.items() if is_bound(decl)] == ["y"]
    assert not any(map(is_bound, unbound(context).symbols.values()))
    plain = declare(r"a > 0 ; let z := 2 a")
    assert unbound(plain) is plain
