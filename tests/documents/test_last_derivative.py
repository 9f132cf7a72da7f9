"""Gradients read without their variable, rows below "up to constants", and lines kept before an estimate."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

LOSS = r"Let $A \in \mathbb{R}^{n \times d}$, $b \in \mathbb{R}^n$, $\theta \in \mathbb{R}^d$ and $r, s > 0$. "
F = LOSS + r"Define $F(\theta) = \frac{1}{2r^2} \lVert A\theta - b \rVert^2 + \frac{1}{2s^2} \lVert \theta \rVert^2$. "


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"$\nabla^2 F = \frac{1}{r^2} A^T A + \frac{1}{s^2} I$", "proved"),
        (r"$\nabla^2 F = \frac{1}{r^2} A^T A + \frac{1}{s} I$", "refuted"),
        (r"$\nabla F = \frac{1}{r^2} A^T (A\theta - b) + \frac{1}{s^2} \theta$", "proved"),
        (r"$\nabla F = \frac{1}{r^2} A^T (A\theta + b) + \frac{1}{s^2} \theta$", "refuted"),
    ],
)
def test_a_function_of_one_argument(text: str, expected: str, tmp_path: Path) -> None:
    assert verdicts(F + "Then " + text + ".", tmp_path)[-1] == expected


@pytest.mark.parametrize(
    "defined",
    [
        r"Define $G(\theta, r) = r \theta^T \theta$. Then $\nabla G = 2 r \theta$.",
        r"Let $g = r \theta^T \theta$. Then $\nabla g = 2 r \theta$.",
        r"Let $e = A \theta$ and define $H(e) = e^T e$. Then $\nabla H = 2 e$.",
    ],
)
def test_of_which_variable_is_not_clear(defined: str, tmp_path: Path) -> None:
    assert verdicts(LOSS + defined, tmp_path)[-1] == "unread"


QUADRATIC = r"Let $a, w \in \mathbb{R}^d$ and $r > 0$, and $L(w) = \frac{r}{2} \lVert w - a \rVert^2$. "


def rows(first: str, second: str) -> str:
    return rf"Up to a constant, the loss is $$\begin{{aligned}} L(w) &= {first} \\ {second} \end{{aligned}}$$"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (r"\frac{r}{2} w^T w - r a^T w", r"\nabla_w L(w) &= r (w - a)", ["proved", "proved"]),
        (r"\frac{r}{2} w^T w - a^T w", r"\nabla_w L(w) &= r w", ["refuted", "refuted"]),
        (r"\frac{r}{2} w^T w - r a^T w", r"&= \frac{r}{2} w^T w - r w^T a + 3 r", ["proved", "proved"]),
    ],
)
def test_up_to_constants_is_said_of_the_first_row(first: str, second: str, expected: list[str], tmp_path: Path) -> None:
    assert verdicts(QUADRATIC + rows(first, second), tmp_path)[1:] == expected


def test_a_gradient_up_to_constants_alone(tmp_path: Path) -> None:
    assert verdicts(QUADRATIC + r"Up to constants, $$\nabla_w L(w) = r w$$", tmp_path)[-1] == "unread"


GRADIENT = r"$$\nabla F(\theta) = -\frac{1}{r^2} A^T (b - A\theta) + \frac{1}{s^2} \theta$$ "
NORMAL = (
    r"With $\mu = r^2 / s^2$, the stationarity condition reads $$(A^T A + {sign} \mu I) \theta = A^T b,$$ which gives "
)


def test_lines_before_an_estimate_are_kept(tmp_path: Path) -> None:
    text = F + GRADIENT + NORMAL.replace("{sign} ", "")
    assert verdicts(text + r"$\hat\theta = (A^T A + \mu I)^{-1} A^T b$.", tmp_path)[-2:] == ["proved", "proved"]
    assert verdicts(text + r"$\hat\theta = (A^T A - \mu I)^{-1} A^T b$.", tmp_path)[-1] == "refuted"
