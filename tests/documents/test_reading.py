"""How a document is read: definitions, cues of prose, steps, marks, chains over displays, places."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from derive.cli import app
from derive.documents import Document, read_document
from derive.language.claims import Equal, HasShape, Optimum, SameOptimum, Step, Value, WellDefined
from derive.read.documents.reading import waiting
from derive.read.documents.text.source import Source

REAL = "<!--: x, y, a, b \\in \\mathbb{R} -->\n"


def read(text: str, latex: bool = False) -> Document:
    return read_document(Source("f", text), latex=latex)


def kinds(text: str) -> list[type]:
    document = read(REAL + text)
    assert document.unread == ()
    return [type(claim.statement) for claim in document.derivation.claims]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$x + y = y + x$$", [Equal]),
        ("$$a + x = b = y = x$$", [Equal, Equal, Equal]),
        ("$$q = x + y$$ $$q^2 = x$$", [WellDefined, Equal]),
        ("$$q = s = x$$", [WellDefined, WellDefined]),
        ("$$f(u) = u^2$$ $$f(x) = x x$$", [WellDefined, Equal]),
        ("$$q = 2 r$$ where $r = x + y$.", [WellDefined, WellDefined]),
        ("$$q = 2 r, \\quad r = x$$", [WellDefined, WellDefined]),
        ("$$q = x \\qquad r = y$$", [WellDefined, WellDefined]),
        ("we have $2x = y$ and $y + 1 = x$", [Equal, Equal]),
        ("if $x = y$ then $x - y = 0$", [Step]),
        ("for $x = 1$ and $y = 2$", []),
        ("$$a + x = b$$ and so $$= y$$", [Equal, Equal]),
        ("$$\\frac{d}{dx} x^2 = 2x = 0 \\Rightarrow x = 0$$", [Equal, WellDefined, Step]),
        ("Setting the derivative to zero, $$2x - 4 = 0$$ so $$x = 2$$", [WellDefined, Step]),
        ("$$\\sqrt{2} \\approx 1.414$$", [Value]),
        ("$$x y \\in \\mathbb{R}$$", [HasShape]),
        ("$$\\arg\\max_x (1 - x^2) = 0$$", [Optimum]),
        ("$$\\arg\\max_x (1 - x^2) = \\arg\\max_x (2 - x^2)$$", [SameOptimum]),
        ("$$a + x \\equiv b$$", [Equal]),
        ("$$x + 1 = \n\n y$$", [Equal]),
        (
            "$$g(x) = x^2 - 4x$$ Solving $g'(x) = 0$ gives $$\\hat x_{\\text{opt}} = 2$$",
            [WellDefined, WellDefined, Step],
        ),
        ("So $2x = y$ when $x = 1$.", [Step]),
        ("So $2x = y$ when the weights are equal.", []),
    ],
)
def test_kinds(text: str, expected: list[type]) -> None:
    assert kinds(text) == expected


def test_prose_declares() -> None:
    document = read(
        "Let $x_n \\in \\mathbb{R}^d$ for $n = 1,\\dots,N$, $\\pi_k > 0$ with $\\sum_{k=1}^K \\pi_k = 1$, and a "
        "multiplier $\\lambda$. $$\\sum_{k=1}^K \\lambda \\pi_k = \\lambda$$ $$\\sum_{n=1}^N x_n^\\top x_n \\ge 0$$"
    )
    assert document.unread == ()
    notes = [re.sub(r"^f:\d+: ", "", note) for note in document.notes]
    assert notes == [
        "index n = 1..N",
        "index k = 1..K",
        r"x_n \in \mathbb{R}^d",
        r"\pi_k > 0",
        r"assume \sum_{k=1}^K \pi_k = 1",
        r"\lambda \in \mathbb{R}",
    ]
    assert len(document.derivation.claims) == 2


def test_line_and_column_are_those_of_the_right_side() -> None:
    document = read(REAL + "$$\n\\begin{aligned}\nx &= y \\\\\n  &= a\n\\quad + b = y\n\\end{aligned}\n$$")
    assert [(claim.line, claim.column) for claim in document.derivation.claims] == [(4, 6), (5, 6), (6, 13)]


def test_start_of_a_chain() -> None:
    document = read(REAL + "$$x + 1 = y = a$$")
    first, second = document.derivation.claims
    assert first.start is None or first.start == first.statement
    assert isinstance(second.start, Equal)
    assert second.start.left == first.statement.left  # type: ignore[union-attr]


def test_skip_and_expect() -> None:
    text = "%: x \\in \\mathbb{R}\n%: skip\n\\[ q \\]\n%: expect refuted: a slip\n\\[ x = x + 1 \\]\n\\[ x = x \\]"
    document = read(text, latex=True)
    assert [(claim.expect, claim.reason) for claim in document.derivation.claims] == [("refuted", "a slip"), (None, "")]
    assert document.notes == ("f:3: left out, as declared",)


def test_expect_inside_a_display() -> None:
    text = "%: x \\in \\mathbb{R}\n\\begin{align}\n x &= x \\\\\n%: expect refuted\n &= x + 1 \\\\ &= x\n\\end{align}"
    claims = read(text, latex=True).derivation.claims
    assert [claim.expect for claim in claims] == [None, "refuted", "refuted"]


def test_bad_declaration_leaves_the_others() -> None:
    document = read("<!--: x \\in ; y > 0 ; index n -->\n$$ y = 1 y $$")
    assert len(document.derivation.claims) == 1
    assert [unread.place.line for unread in document.unread] == [1, 1]


def test_error_in_a_macro_says_so() -> None:
    document = read("\\newcommand{\\f}{\\nonsense}\n%: x \\in \\mathbb{R}\n$x = \\f$", latex=True)
    (unread,) = document.unread
    assert (unread.place.line, unread.place.column) == (3, 6)
    assert unread.reason.endswith("in what \\f stands for")


def test_hostile_documents_end() -> None:
    """Random damage to real documents: never a crash."""
    folder = Path(__file__).parent / "planted"
    texts = [path.read_text() for path in sorted(folder.iterdir())]
    bits = "$ $$ \\[ \\] { } \\begin{align} \\end{align} \\left( \\right) %: <!--: --> \\\\ & = _ ^ ``` ` #1".split()
    bits += ["\\def\\b{\\b\\b}", "\\b"]
    dice = random.Random(7)
    for _ in range(60):
        text = dice.choice(texts)
        for _ in range(dice.randrange(1, 9)):
            at = dice.randrange(len(text))
            text = text[:at] + dice.choice(bits) + text[at + dice.randrange(3) :]
        read(text, latex=dice.random() < 0.5)


@pytest.mark.parametrize(
    "text",
    [
        "$$" + "{" * 10_000 + "x" + "}" * 10_000 + " = 1$$",
        "$$" + "(" * 10_000 + "x" + ")" * 10_000 + " = 1$$",
        "$" * 2_001,
        "\\begin{align}" * 2_000,
        "\\[ x\n" * 5_000,
        "<!--:" * 2_000,
        "\\newcommand{\\a}{" * 2_000,
        "$$x = 1" + "\\quad " * 3_000 + "$$",
        "",
    ],
    ids=range(9),
)
@pytest.mark.parametrize("latex", [False, True])
def test_deep_and_long_documents_end(text: str, latex: bool) -> None:
    read(text, latex)


# -- the command -------------------------------------------------------------------------------------------------------
def run(*arguments: str, text: str = "") -> tuple[int, str]:
    result = CliRunner().invoke(app, ["check", "--jobs", "1", "--no-cache", *arguments], input=text)
    return result.exit_code, result.output


def test_command_text(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(REAL + "$$(x + y)^2 = x^2 + y^2$$\n$$q z = 1$$\n")
    status, output = run(str(path), "--statistics")
    assert status == 1
    lines = output.splitlines()
    assert lines[0] == f"{path}:2:15: refuted: (x + y)^2 = x^2 + y^2"
    assert lines[1:3] == ["    $$(x + y)^2 = x^2 + y^2$$", " " * 18 + "^"]
    assert f"{path}:3:3: unread: q is not declared (declare it)" in lines
    assert "1 declaration lines" in output


def test_command_json() -> None:
    status, output = run("-", "--format", "json", text=REAL + "$$x + y = y + x$$ $$u = 2 v$$")
    assert status == 1
    data = json.loads(output)
    assert [(row["verdict"], row["line"], row["column"]) for row in data["results"]] == [
        ("proved", 2, 11),
        ("unread", 2, 27),
    ]
    assert data["summary"]["unread"] == 1
    assert data["statistics"]["steps"] == 1


def test_command_expected() -> None:
    status, _ = run("-", text=REAL + "<!--: expect refuted -->\n$$x + 1 = y$$")
    assert status == 0
    status, _ = run("-", text=REAL + "<!--: expect refuted -->\n$$x = x$$")
    assert status == 1


@pytest.mark.parametrize("form", ["junit", "sarif"])
def test_command_other_formats(form: str) -> None:
    status, output = run("-", "--format", form, text=REAL + "$$2x = y$$")
    assert status == 1
    assert "2x = y" in output or "refuted" in output


def test_command_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "b.md").write_bytes(b"\0\1\2")
    for path in ("none.md", str(tmp_path / "b.md"), str(tmp_path / "x")):
        status, output = run(path)
        assert status == 2
        assert path in output


@pytest.mark.parametrize("text", [r"$$\Gamma(10^{20}) = 1$$", "$$f(0) = 1$$", "$$f'(x) = 2x$$", "$$f''(3) = x$$"])
def test_what_a_call_says_of_an_unknown_function_does_not_define_it(text: str) -> None:
    document = read_document("<!--: x > 0 --> " + text)
    assert document.derivation.claims == ()
    assert len(document.unread) == 1


def test_what_is_inferred_again_and_again_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that says each time that it has found something, and never does, does not keep a document for ever."""
    monkeypatch.setattr(waiting, "_infers", lambda reading, due, end: True)
    document = read_document(Source("f.md", "$$a_q = u_q + v$$ and $$b = a_q$$"))
    assert document.unread
