"""Gradients among other factors: ``\\nabla f(x)^T d``, ``v^T \\nabla^2 f(x) v``; brackets with a comma in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from tests.documents.judging import Judged

GIVEN = (
    r"Let $x, z, v, b \in \mathbb{R}^d$, $\eta > 0$ and let $A \in \mathbb{R}^{d \times d}$ be symmetric. Let "
    r"$$ f(x) = \frac12 x^\top A x - b^\top x . $$ Then "
)
TRUE = [
    r"v^\top \nabla^2 f(x) v = v^\top A v",
    r"\nabla f(x)^\top (z - x) = (A x - b)^\top (z - x)",
    r"\nabla_x f(x)^\top (z - x) = (A x - b)^\top (z - x)",
    r"f(z) = f(x) + \nabla f(x)^\top (z - x) + \frac12 (z - x)^\top \nabla^2 f(x) (z - x)",
    r"\nabla^2 f(x) \nabla f(x) = A A x - A b",
    r"x - \nabla^2 f(x)^{-1} \nabla f(x) = A^{-1} b",
    r"x - \nabla_x^2 f(x)^{-1} \nabla_x f(x) = A^{-1} b",
    r"\nabla f(z)^\top x = x^\top A z - b^\top x",
    r"\langle \nabla f(x), v \rangle = v^\top A x - v^\top b",
    r"\langle x, z \rangle^2 = (z^\top x)^2",
    r"\|x - \eta \nabla f(x)\|^2 = \|x\|^2 - 2 \eta x^\top \nabla f(x) + \eta^2 \|\nabla f(x)\|^2",
    r"[\eta]_+ = \eta",
    r"(x^\top z)_+ - (-x^\top z)_+ = x^\top z",
    r"\nabla f(x)^\top = x^\top A - b^\top",
]
FALSE = [
    r"v^\top \nabla^2 f(x) v = 2 v^\top A v",
    r"\nabla f(x)^\top (z - x) = (A x + b)^\top (z - x)",
    r"\nabla_x f(x)^\top (z - x) = (A x - b)^\top (z + x)",
    r"f(z) = f(x) + \nabla f(x)^\top (z - x) + (z - x)^\top \nabla^2 f(x) (z - x)",
    r"x - \nabla^2 f(x)^{-1} \nabla f(x) = A^{-1} b - x",
    r"\nabla f(z)^\top x = x^\top A x - b^\top x",
    r"\langle \nabla f(x), v \rangle = v^\top A x + v^\top b",
    r"(x^\top z)_+ = x^\top z",
    r"[1 - \eta]_+ = 1 - \eta",
    r"\nabla f(x)^\top = A x - b",
]
OPEN = [
    r"\nabla g(x)^\top v = 0",
    r"\nabla f(x)^2 = (A x - b)^2",
    r"\langle x, z, v \rangle = 0",
]


def verdicts(line: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "a.md"
    path.write_text(f"{GIVEN}$$ {line} . $$\n", encoding="utf-8")
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize("line", TRUE)
def test_true_lines_are_proved(line: str, tmp_path: Path) -> None:
    assert verdicts(line, tmp_path) == ["proved", "proved"]


@pytest.mark.parametrize("line", FALSE)
def test_false_lines_are_refuted(line: str, tmp_path: Path) -> None:
    assert verdicts(line, tmp_path) == ["proved", "refuted"]


@pytest.mark.parametrize("line", OPEN)
def test_what_cannot_be_told_is_not_proved(line: str, tmp_path: Path) -> None:
    assert "proved" not in verdicts(line, tmp_path)[1:]


PARAMETERS = {
    "a weight met once": (
        r"Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$ and "
        r"$$ J(w) = \|X w - y\|^2 + \kappa \|w\|^2, \quad H(w) = J(w) + m^\top w, \quad G(w) = w^\top C w . $$",
        "proved proved proved",
    ),
    "a point behind a weight": (
        r"Let $w, y \in \mathbb{R}^d$ and $$ J(w) = \|w - y\|^2 + \kappa \|w - c\|^2 . $$ Then "
        r"$$ \nabla_w J(w) = 2 (w - y) + 2 \kappa (w - c) $$ $$ \nabla_w J(w) = 2 (w - y) + \kappa (w - c) $$",
        "proved proved refuted",
    ),
    "numbers among numbers": (
        r"Let $n_1, \dots, n_K > 0$ and $N = \sum_{k=1}^K n_k$ and $$ q_k = \frac{n_k + \rho}{N + K \rho}, $$ so "
        r"$$ \sum_{k=1}^K q_k = 1 . $$",
        "proved proved proved",
    ),
    "one that may be a vector": (r"Let $w \in \mathbb{R}^d$ and $$ F(w) = 2 c . $$", "unread"),
    "one that may be a matrix": (r"Let $w \in \mathbb{R}^d$ and $$ F(w) = A \|w\|^2 . $$", "unread"),
}


@pytest.mark.parametrize(("text", "wanted"), PARAMETERS.values(), ids=PARAMETERS)
def test_parameters_met_once(text: str, wanted: str, tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    report = check_documents([str(path)], Limits(jobs=1, timeout=60))
    assert " ".join(result.word for result in report.results) == wanted


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\nabla_u \nabla_v^\top (u^\top A v) = A", "proved"),
        (r"\nabla_v \nabla_u^\top (u^\top A v) = A^\top", "proved"),
        (r"\nabla_u \nabla_v^\top (u^\top A v) = A^\top", "refuted"),
        (r"\nabla_v^\top (u^\top A v) = u^\top A", "unread"),
    ],
)
def test_a_block_of_second_derivatives(words: Judged, claim: str, verdict: str) -> None:
    given = r"<!--: u \in \mathbb{R}^m ; v \in \mathbb{R}^n ; A \in \mathbb{R}^{m \times n} -->"
    assert words(f"{given}\n$${claim}$$")[-1] == verdict


def test_a_mark_behind_a_logarithm_is_that_of_the_gradient(words: Judged) -> None:
    given = "<!--: x \\in \\mathbb{R}^d ; function f(x) > 0 -->\n"
    left = "\\nabla_x \\log f(x) \\nabla_x \\log f(x)^\\top"
    right = "\\frac{1}{f(x)^POWER} (\\nabla_x f(x)) (\\nabla_x f(x))^\\top"
    assert words(f"{given}$${left} = {right.replace('POWER', '2')}$$") == ["proved"]
    assert words(f"{given}$${left} = {right.replace('^POWER', '')}$$") == ["refuted"]
    assert words(f"{given}$${left} = \\|\\nabla_x \\log f(x)\\|^2$$") != ["proved"]
