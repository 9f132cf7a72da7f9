"""∝ in documents: what it claims, what it defines, and where it cannot be told what the factor may depend on."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged

DECLARED = (
    "<!--: index k, j = 1..K ; n = 1..N ; a_k, b_k, u_{nk} > 0 ; x, m, y \\in \\mathbb{R} ; s > 0\n"
    "function f(x) := \\exp(-(x-m)^2/2) ; function h(x) := \\exp(x m - x^2/2)\n"
    "let r_k := \\frac{a_k b_k}{\\sum_j a_j b_j} ; let P(z = k) := r_k ; let g := x m -->\n"
)


def words(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(DECLARED + text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("$$f(x) \\propto h(x)$$", "proved"),
        ("$$f(x) \\propto 3 m^2 h(x)$$", "proved"),
        ("$$f(x) \\propto e^{-x^2}$$", "refuted"),
        ("$$f(x) \\propto x h(x)$$", "refuted"),
        ("$$f(x) \\propto \\exp(g) e^{-x^2/2}$$", "proved"),
        ("$$P(z = k) \\propto a_k b_k$$", "proved"),
        ("$$P(z = k) \\propto a_k$$", "refuted"),
        ("$$r_k \\propto 2 b_k a_k$$", "proved"),
        ("$$r_k \\propto a_k + b_k$$", "refuted"),
        ("$$q(x) \\propto e^{-(x-m)^2/(2s)}$$ $$q(x) \\propto e^{x m/s} e^{-x^2/(2s)}$$", "proved"),
        ("$$q(x) \\propto e^{-(x-m)^2/(2s)}$$ $$q(x) = e^{-(x-m)^2/(2s)}$$", "refuted"),
        ("$$f(x) \\propto x - x$$", "undecided"),  # there is no factor
        ("$$w(z = k) \\propto a_k$$ $$\\sum_k w(z = k) = 1$$", "proved"),
    ],
)
def test_verdicts(text: str, expected: str, tmp_path: Path) -> None:
    assert words(text, tmp_path)[-1] == expected


def test_a_chain_of_them(tmp_path: Path) -> None:
    rows = "f(x) &\\propto h(x) \\\\ &\\propto e^{m x} e^{-x^2/2} \\\\ &= e^{m x - x^2/2}"
    text = f"$$\\begin{{aligned}} {rows} \\end{{aligned}}$$"
    assert words(text, tmp_path) == ["proved", "proved", "proved"]


POISSON = (
    "Let $c_i \\in \\mathbb{N}$ for $i = 1, \\dots, M$ and $\\lambda > 0$. "
    "$$p(\\lambda | c) \\propto \\prod_{i=1}^M \\lambda^{c_i} e^{-\\lambda}$$ "
)


def test_a_posterior_at_its_data(tmp_path: Path) -> None:
    right = "$$p(\\lambda | c) \\propto \\lambda^{\\sum_{i=1}^M c_i} e^{- M \\lambda}$$"
    assert words(POISSON + right, tmp_path) == ["proved", "proved"]
    assert words(POISSON + right.replace("- M", "-"), tmp_path) == ["proved", "refuted"]


def test_a_density_is_normalised_over_the_values_of_its_variable() -> None:
    declared = "<!--: x, m \\in \\mathbb{R} ; s > 0 ; u \\in (0, 1) ; v \\in \\mathbb{N} ; t < 2 -->\n"
    found = {}
    for name in "xsuvt":
        document = read_document(Source("f", f"{declared}$$q({name}) \\propto e^{{-{name}^2}}$$"))
        found[name] = [note.partition("}{")[2][:12] for note in document.notes] or [document.unread[0].reason]
    assert found["x"] == ["\\int (e^{-x^"]
    assert found["s"] == ["\\int_0^{\\inf"]
    assert found["u"] == ["\\int_0^1 (e^"]
    assert found["v"] == ["cannot tell what to integrate v over"]
    assert found["t"] == ["cannot tell what to integrate t over"]


@pytest.mark.parametrize(
    "text",
    [
        "$$m \\propto 2$$",  # of what?
        "$$u_{nk} \\propto a_k u_{nk}$$",  # in k, or in n and k?
        "$$f(2 x) \\propto h(x)$$",  # 2x is no variable
        "$$f(g) \\propto h(g)$$",  # g is made of x and m
        "$$f(x) \\propto 0$$",
        "$$f(x) \\propto m$$",  # m does not depend on x
        "$$f(x) = h(x)$$ which is $$\\propto e^{-x^2}$$",  # the left side stands elsewhere
    ],
)
def test_what_cannot_be_told_is_unread(text: str) -> None:
    document = read_document(Source("f", DECLARED + text))
    assert document.unread
    assert not document.unread[-1].reason.startswith("expected a relation")


@pytest.mark.parametrize(
    ("fact", "line", "verdict"),
    [
        ("a = 2 x", r"p(x) \propto e^{-2 x}", "refuted"),  # x elsewhere is another x, and no other a
        ("a x = 2", r"p(x) \propto e^{-2 x}", "refuted"),
        ("a = 2 x", r"p(x) \propto 3 e^{-x}", "proved"),
        ("a = 2 x", r"p(x) \propto e^{-a / 2}", "unread"),
        ("a = 2 x", r"\log p(x) = -2 x + \text{const}", "refuted"),
        ("a = 2 x", r"\log p(x) = -a / 2 + \text{const}", "unread"),
        ("x > a", r"p(x) \propto 3 e^{-x}", "proved"),  # what bounds x bounds it everywhere
    ],
)
def test_what_a_fact_ties_to_the_variable(words: Judged, fact: str, line: str, verdict: str) -> None:
    declared = rf"<!--: x, a > 0 ; assume {fact} ; function p(x) := e^{{-x}} -->"
    assert words(f"{declared}\n$${line}.$$") == [verdict]


def test_moments_of_data_say_nothing_of_their_parameter(words: Judged) -> None:
    declared = r"<!--: index i = 1..n ; x_i \in \mathbb{N} ; c, a > 0 -->"
    text = f"{declared}\nThe $x_1, \\dots, x_n$ are i.i.d. $\\mathrm{{Poisson}}(c)$. "
    text += r"Let $q(c) = c^a e^{-c \sum_i x_i}$. Then "
    assert words(text + r"$$q(c) \propto c^{2 a} e^{-c \sum_i x_i}.$$")[-1] in ("refuted", "undecided")
    assert words(text + r"$$q(c) \propto 2 c^a e^{-c \sum_i x_i}.$$")[-1] == "proved"
