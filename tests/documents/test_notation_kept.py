"""Notation that says something of what was declared before: entries of a matrix, a family as a whole, words below a
name, zero as a mean, derivatives in a square or a logarithm."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.documents import read_document

GRAPH = r"""<!--: index i, j = 1..n -->
<!--: W \in \mathbb{R}^{n\times n} symmetric ; W_{ij} \geq 0 ; f \in \mathbb{R}^n ; let d_i := \sum_{j=1}^n W_{ij} -->
<!--: let D := \operatorname{diag}(d) ; assume d_i > 0 -->
"""
NORMAL = r"""<!--: A \in \mathbb{R}^{m\times m} invertible ; c \in \mathbb{R}^m ; z \in \mathbb{R}^m ; z \sim \mathcal{N}(0, I) -->
"""
SQUARES = r"""<!--: index j = 1..m ; name \boldsymbol{\sigma}^2 \in \mathbb{R}^m positive -->
"""
SLOPES = r"""<!--: \ell, s > 0 ; c, x \in \mathbb{R} ; \sigma_k > 0 ; index k = 1..K -->
Let $f = s^2 \exp(-\frac{c^2}{2\ell^2})$ and $g_k = \frac{x^2}{2\sigma_k^2} + \log \sigma_k$.
"""


def last(tmp_path: Path, given: str, line: str) -> str:
    path = tmp_path / "a.md"
    path.write_text(f"{given}$$ {line} $$\n", encoding="utf-8")
    return check_documents([str(path)], Limits(jobs=1, timeout=60)).results[-1].word


@pytest.mark.parametrize(
    ("given", "line", "word"),
    [
        (GRAPH, r"W = W^\top", "proved"),
        (GRAPH, r"\sum_{i,j} W_{ij} f_i^2 = f^\top D f", "proved"),
        (GRAPH, r"\sum_{i,j} W_{ij} f_i^2 \geq 0", "proved"),
        (GRAPH, r"\sum_{i,j} W_{ij} f_i \geq 0", "refuted"),
        (GRAPH, r"W_{ij} = W_{ji}", "proved"),
        (GRAPH, r"W_{ij} > 0", "refuted"),
        (NORMAL, r"\operatorname{Cov}_{y \sim \mathcal{N}(c, A A^\top)}[y] = A A^\top", "proved"),
        (NORMAL, r"\operatorname{Cov}_{y \sim \mathcal{N}(c, I)}[A y] = A A^\top", "proved"),
        (NORMAL, r"\operatorname{Cov}_{y \sim \mathcal{N}(c, I)}[A y] = A^\top A", "refuted"),
        (NORMAL, r"\mathbb{E}_{y \sim \mathcal{N}(c, A A^\top)}[y y^\top] = c c^\top + A A^\top", "proved"),
        (NORMAL, r"\mathbb{E}_{y \sim \mathcal{N}(c, A A^\top)}[y y^\top] = A A^\top", "refuted"),
        (NORMAL, r"\mathbb{E}[A z + c] = c", "proved"),
        (NORMAL, r"\mathbb{E}[A z + c] = A c", "refuted"),
        (SQUARES, r"\sum_{j=1}^m \boldsymbol{\sigma}^2_j > 0", "proved"),
        (SQUARES, r"\mathbf{1}^\top \boldsymbol{\sigma}^2 = \sum_{j=1}^m \boldsymbol{\sigma}^2_j", "proved"),
        (SQUARES, r"\mathbf{1}^\top \boldsymbol{\sigma}^2 = \sum_{j=1}^m (\boldsymbol{\sigma}^2_j)^2", "refuted"),
        (SLOPES, r"\frac{\partial f}{\partial \log \ell} = f \frac{c^2}{\ell^2}", "proved"),
        (SLOPES, r"\frac{\partial f}{\partial \log \ell} = f \frac{c^2}{\ell^3}", "refuted"),
        (SLOPES, r"\frac{\partial f}{\partial \ell^{-2}} = -\frac{c^2}{2} f", "proved"),
        (SLOPES, r"\frac{\partial g_k}{\partial \ln \sigma_k} = 1 - \frac{x^2}{\sigma_k^2}", "proved"),
        (SLOPES, r"\frac{\partial g_k}{\partial \sigma_k^2} = 1 - \frac{x^2}{\sigma_k^2}", "refuted"),
        (SLOPES, r"\frac{\partial g_k}{\partial \log x} = x", "unread"),  # x may be negative
        (SLOPES, r"\frac{\partial f}{\partial c^2} = -\frac{f}{2 \ell^2}", "unread"),
    ],
)
def test_lines(tmp_path: Path, given: str, line: str, word: str) -> None:
    assert last(tmp_path, given, line) == word


def test_entries_in_a_space_of_vectors_are_refused() -> None:
    document = read_document(
        "<!--: index i, j = 1..n ; W \\in \\mathbb{R}^{n\\times n} ; W_{ij} \\in \\mathbb{R}^2 -->", latex=False
    )
    assert [each.reason for each in document.unread] == [
        "expected a set of numbers for the entries of W (as in \\mathbb{R})"
    ]


def test_a_word_below_a_matrix_names_another_one() -> None:
    document = read_document(GRAPH + r"$$ W_{\text{sym}} f = f $$", latex=False)
    assert [each.reason for each in document.unread] == ["W_\\mathrm{sym} is not declared"]
    assert not document.derivation.claims
