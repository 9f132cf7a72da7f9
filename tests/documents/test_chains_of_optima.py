"""Chains of optima: each line against the line above and against the start; corrections that give the value again."""

from __future__ import annotations

from pathlib import Path

from derive.checker import Limits, check_documents
from derive.render.record import Result

NUMBERS = r"<!--: index i = 1..n ; x_i, y_i, w \in \mathbb{R} ; x_i != 0 -->"
LABELS = r"""
<!--: size K >= 2 ; index i = 1..n ; index k = 1..K ; t_i, \ell_i \in \{1,\dots,K\} label ; r_i > 0
let a_{ik} := \mathbf{1}\{\ell_i = k\} -->
"""


def judged(tmp_path: Path, given: str, *sides: str) -> list[Result]:
    rows = " \\\\\n".join(f"&= {side}" for side in sides[1:])
    path = tmp_path / "optima.md"
    path.write_text(f"{given}\n\n$$\\begin{{aligned}}\n{sides[0]} {rows}\n\\end{{aligned}}$$\n")
    return list(check_documents([str(path)], Limits(timeout=30, jobs=1)).results)


def text_of(result: Result) -> str:
    return str(getattr(result.verdict, "suggestion", None))


def test_what_is_right_again_is_said_to_be(tmp_path: Path) -> None:
    first, second, third, last = judged(
        tmp_path,
        NUMBERS,
        r"\arg\min_w \sum_{i=1}^n (y_i - w x_i)^2",
        r"\arg\min_w \sum_{i=1}^n (w^2 x_i^2 - 2 w x_i y_i)",
        r"\arg\min_w \sum_{i=1}^n (w^2 x_i^2 + 2 w x_i y_i)",
        r"\arg\min_w \sum_{i=1}^n (\tfrac12 w^2 x_i^2 - w x_i y_i)",
        r"\frac{\sum_{i=1}^n x_i y_i}{\sum_{i=1}^n x_i^2}",
    )
    assert (first.word, second.word, third.word, last.word) == ("proved", "refuted", "refuted", "proved")
    assert (second.follows_from_start, third.follows_from_start) == (False, True)
    assert text_of(second) == text_of(third) == "None"  # the line above again tells nobody anything


def test_what_is_wrong_against_the_start_too(tmp_path: Path) -> None:
    results = judged(
        tmp_path,
        NUMBERS,
        r"\arg\min_w \sum_{i=1}^n (y_i - w x_i)^2",
        r"\arg\min_w \sum_{i=1}^n (w^2 x_i^2 + 2 w x_i y_i)",
        r"\arg\min_w \sum_{i=1}^n (\tfrac12 w^2 x_i^2 + w x_i y_i)",
        r"\arg\min_w \sum_{i=1}^n (\tfrac12 w^2 x_i^2 + w y_i)",
    )
    assert [result.word for result in results] == ["refuted", "proved", "refuted"]
    assert [result.follows_from_start for result in results[1:]] == [False, False]
    assert text_of(results[0]) == r"\arg\min_w \sum_{i=1}^n (w^2 x_i^2 - 2 w x_i y_i)"


def test_the_correction_gives_the_value_if_one_does(tmp_path: Path) -> None:
    (line,) = judged(
        tmp_path,
        LABELS,
        r"\arg\min_{\ell_i} \sum_{i=1}^n r_i (\frac{1}{K-1} \sum_{k \neq t_i} a_{ik} - a_{i t_i})",
        r"\arg\min_{\ell_i} \sum_{i=1}^n r_i (\frac{1}{K-1} 1\{\ell_i \neq t_i\} - 1\{\ell_i \neq t_i\})",
    )
    assert line.word == "refuted"
    right = r"\arg\min_{\ell_i} \sum_{i=1}^n r_i (\frac{1}{K-1} 1\{\ell_i \neq t_i\} - 1\{\ell_i = t_i\})"
    assert text_of(line) == right


def test_a_line_in_other_variables_is_not_held_against_the_start(tmp_path: Path) -> None:
    results = judged(
        tmp_path,
        NUMBERS + "\n<!--: v \\in \\mathbb{R} -->",
        r"\arg\min_w (w - x_1)^2",
        r"\arg\min_v (v - x_1)^2",
        r"\arg\min_v (v + x_1)^2",
    )
    assert all(result.follows_from_start is None or result.word != "proved" for result in results[-1:])
