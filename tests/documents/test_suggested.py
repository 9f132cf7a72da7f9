"""Declarations that are suggested: pasted into the document, they let more of it be read, and rightly."""

from __future__ import annotations

import json
import re
from pathlib import Path
from unittest.mock import patch

import pytest
from typer.testing import CliRunner

from derive.cli import app
from derive.documents import read_document
from derive.judge import judge
from derive.language.verdicts import Proved, Refuted
from derive.suggest import Choice, Proposal, _Search

PLANTED = Path(__file__).parent / "planted"
SOLUTIONS = Path(__file__).parents[2] / "proofs" / "solutions"


def suggestion(path: Path, *arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["check", "--suggest-declarations", str(path), *arguments], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def stripped(path: Path, folder: Path) -> Path:
    """The document without its declarations."""
    text = path.read_text(encoding="utf-8")
    text = (
        re.sub(r"(?m)^[ \t]*%:.*$", "", text) if path.suffix == ".tex" else re.sub(r"<!--:.*?-->", "", text, flags=re.S)
    )
    there = folder / path.name
    there.write_text(text, encoding="utf-8")
    return there


def counts(text: str, latex: bool) -> tuple[int, int]:
    document = read_document(text, latex=latex)
    return document.statistics.steps, len(document.unread)


@pytest.mark.parametrize(("name", "least"), [("logistic.md", 5)])
def test_a_stripped_document_is_read_whole_with_what_is_suggested(name: str, least: int, tmp_path: Path) -> None:
    bare = stripped(PLANTED / name, tmp_path)
    text = bare.read_text(encoding="utf-8")
    latex = bare.suffix == ".tex"
    steps, unread = counts(text, latex)
    assert unread
    status, out, err = suggestion(bare)
    assert status == 0, err
    pasted = counts(f"{out}\n{text}", latex)
    assert pasted == (least, 0)
    assert steps < least


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("softmax.md", "PPPPRP"),  # y, r, two steps of the derivative, a slip in the third, the derivative again
        ("attention.md", "PPPPRP"),  # S, L, three gradients, the norm
        ("ridge.tex", "PPRPR"),  # J, two steps of its gradient, the solution, the comparison
        ("hessian.tex", "PPPRP"),  # J, two steps of its gradient, the Hessian, the solution
    ],
)
def test_a_stripped_document_is_read_whole_and_its_mistakes_are_found(name: str, found: str, tmp_path: Path) -> None:
    bare = stripped(PLANTED / name, tmp_path)
    document = read_document(bare.read_text(encoding="utf-8"), latex=bare.suffix == ".tex")
    assert not document.unread
    assert "".join(type(judge(claim)).__name__[0] for claim in document.derivation.claims) == found


def test_more_of_a_stripped_solution_is_read(tmp_path: Path) -> None:
    bare = stripped(SOLUTIONS / "1-gmm-softmax.md", tmp_path)
    text = bare.read_text(encoding="utf-8")
    status, out, _ = suggestion(bare)
    assert status == 1  # something stays unread, and that is said
    before, after = counts(text, False), counts(f"{out}\n{text}", False)
    assert after[0] >= before[0] + 6
    assert after[1] < before[1]  # z of the second problem is another one: what is made of it stays unread


def verdicts(text: str) -> list[str]:
    document = read_document(text, latex=False)
    return [type(judge(claim)).__name__ for claim in document.derivation.claims]


def test_the_planted_mistake_is_found_with_what_is_suggested(tmp_path: Path) -> None:
    bare = stripped(PLANTED / "logistic.md", tmp_path)
    untitled = bare.read_text(encoding="utf-8").replace("# Logistic regression", "# A model")
    bare.write_text(untitled, encoding="utf-8")
    out = suggestion(bare)[1]
    assert "function \\sigma = logistic" in out
    found = verdicts(out + bare.read_text(encoding="utf-8"))
    assert found == [Proved.__name__] * 4 + [Refuted.__name__]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (r"$$ \nabla_w \|X w - y\|^2 = 2 X^\top (X w - y) $$", [r"X \in \mathbb{R}^{", r"w \in \mathbb{R}^"]),
        (r"$$ \sum_{n=1}^N r_{nk} = \sum_{n=1}^N r_{nk} $$ with $k = 1, \dots, K$", [r"r_{nk} \in \mathbb{R}"]),
        (r"$$ \frac{d}{du} \sigma(u) = \sigma(u)(1 - \sigma(u)) $$", [r"function \sigma = logistic"]),
        (r"$$ \frac{d}{du} \sigma(u) = 1 - \sigma(u)^2 $$", [r"function \sigma = tanh"]),
        (r"$$ \frac{d}{dx} (f(x) g(x)) = f(x) \frac{d g(x)}{dx} + g(x) \frac{d f(x)}{dx} $$",
         ["function f", "function g"]),
        (r"$$ \log(a b) = \log a + \log b $$", ["a > 0", "b > 0"]),
    ],
)  # fmt: skip
def test_what_is_inferred_from_use(text: str, wanted: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    status, out, err = suggestion(path)
    assert status == 0, err
    inferred = "\n".join(read_document(out + text, latex=False).notes)
    for each in wanted:
        assert each in out or each in inferred
    assert set(verdicts(out + text)) == {"Proved"}


def test_nothing_is_suggested_where_nothing_is_missing() -> None:
    status, out, err = suggestion(PLANTED / "beta.md")
    assert (status, out) == (0, "")
    assert "nothing is missing" in err


def test_the_comments_are_those_of_the_document(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text(r"\[ a^2 - b^2 = (a - b)(a + b) \]", encoding="utf-8")
    assert suggestion(path)[1].splitlines()[0] == r"%: a, b \in \mathbb{R}"
    data = json.loads(suggestion(path, "--format", "json")[1])["suggestions"][0]
    assert data["lines"] == [r"a, b \in \mathbb{R}"]
    assert (data["read_before"], data["read_after"], data["unread_after"]) == (0, 1, 0)


NOTHING = ("", "$$ x $$", "no mathematics")
"""Documents in which there is nothing to check."""


@pytest.mark.parametrize(
    "text", ["", "$$ x $$", "$$ \\frac{ $$", "$$ a = = b $$", "no mathematics", "$$ (((( = )))) $$"]
)
def test_what_cannot_be_helped_ends_well(text: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    status, out, _ = suggestion(path)
    assert out == ""
    assert status == (2 if text in NOTHING else 1)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert suggestion(tmp_path / "none.md")[0] == 2


def test_what_is_applied_is_read_as_a_function(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(
        r"Let $x \in \mathbb{R}^p$, $W \in \mathbb{R}^{m \times p}$ and $u = \sigma(W x)$. Here $\sigma$ is applied entry by "
        r"entry. For $c \in \mathbb{R}^m$, $c^\top \sigma(W x) = \sigma(W x)^\top c$."
    )
    assert suggestion(path)[1] == ""
    document = read_document(path.read_text(encoding="utf-8"))
    assert not document.unread
    assert any("function \\sigma" in note for note in document.notes)


def test_a_line_without_its_sizes_is_left_out() -> None:
    search = _Search([])
    search.proposals = [Proposal("A", [Choice("A", 1)]), Proposal("b", [Choice("b", 0)])]
    with patch.object(
        search, "text", lambda proposal: "A \\in \\mathbb{R}^{}" if proposal.name == "A" else "b \\in \\mathbb{R}"
    ):
        search.with_sizes_found(search.measure([]))
    assert [proposal.name for proposal in search.proposals] == ["b"]
