"""The planted mistakes, corrected in their author's own words; each correction was worked out by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.verdicts import Refuted
from derive.render.json import to_json, to_sarif
from derive.render.places import to_text
from derive.render.record import Report
from derive.render.text import Style

PLANTED = Path(__file__).parent / "planted"

CORRECTED = {
    ("attention.md", 14): (r"\frac{1}{\sqrt{d}} V G^\top K", r"\frac{1}{\sqrt{d}} V G^\top Q"),
    ("beta.md", 23): (r"\frac{s+\alpha-1}{N+\alpha+\beta-3}", r"\frac{s+\alpha-1}{N+\alpha+\beta-2}"),
    ("gauss.tex", 20): (r"\frac{1}{N-1} \sum_{n=1}^N (x_n - \mu)^2", r"\frac{1}{N} \sum_{n=1}^N (x_n - \mu)^2"),
    ("hessian.tex", 12): (r"2 X X^T + 2\lambda I", r"2 X^T X + 2\lambda I"),
    ("logistic.md", 24): (
        r"\sum_{n=1}^N y_n (1 + y_n) \mathbf{x}_n \mathbf{x}_n^\top",
        r"\sum_{n=1}^N y_n (1 - y_n) \mathbf{x}_n \mathbf{x}_n^\top",
    ),
    ("multinomial.md", 22): (r"\frac{c_k}{n + 1}", r"\frac{c_k}{n}"),
    ("ridge.tex", 13): (
        r"2 (\bX^\top \bX + \lambda I) \mathbf{w} - \bX^\top \mathbf{y}",
        r"2 (\bX^\top \bX + \lambda I) \mathbf{w} - 2 \bX^\top \mathbf{y}",
    ),
    ("arrivals.md", 29): (r"m^2 + s^2 - \tau^2", r"m^2 + s^2 + \tau^2"),
    ("diffusion.tex", 17): (r"-\frac{\epsilon}{1-\bar\alpha}", r"-\frac{\epsilon}{\sqrt{1-\bar\alpha}}"),
    ("linear_map.md", 110): (r"s^2 X^T X", r"s^2 (X^T X)^{-1}"),
    ("portfolio.tex", 18): (r"w^\top \Sigma w + w^\top \mu", r"w^\top \Sigma w + (w^\top \mu)^2"),
    ("softmax.md", 14): (r"y_j - 2 y_j^2", r"y_j - y_j^2"),
}


def checked(name: str) -> Report:
    return check_documents([str(PLANTED / name)], Limits(jobs=1, timeout=60))


@pytest.mark.parametrize(("name", "line"), sorted(CORRECTED))
def test_a_planted_mistake_is_corrected(name: str, line: int) -> None:
    refuted = [r.verdict for r in checked(name).results if isinstance(r.verdict, Refuted) and r.line == line]
    assert [(verdict.instead_of, verdict.suggestion) for verdict in refuted] == [CORRECTED[name, line]]


def test_the_corrected_document_is_proved(tmp_path: Path) -> None:
    text = (PLANTED / "logistic.md").read_text(encoding="utf-8")
    wrong, right = CORRECTED["logistic.md", 24]
    assert text.count(wrong) == 1
    (tmp_path / "a.md").write_text(text.replace(wrong, right), encoding="utf-8")
    report = check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))
    assert {result.word for result in report.results} == {"proved"}


def test_the_correction_is_shown_as_a_diff() -> None:
    report = checked("softmax.md")
    plain = to_text(report)
    assert "\n    - y_j - 2 y_j^2\n    + y_j - y_j^2\n" in plain
    assert "\033" not in plain
    coloured = to_text(report, Style(colour=True))
    assert "\033[31m-\033[0m y_j - \033[31m2 \033[0my_j^2" in coloured
    (found,) = [row for row in json.loads(to_json(report))["results"] if row["verdict"] == "refuted"]
    assert (found["suggestion"], found["replaces"]) == ("y_j - y_j^2", "y_j - 2 y_j^2")
    assert "true would be y_j - y_j^2" in to_sarif(report)


FORGOTTEN = r"""Let $x_i, \mu_k \in \mathbb{R}^d$ and $r_{ik} > 0$ for $i = 1, \dots, n$ and $k = 1, \dots, K$, and let
$J = \frac{1}{2} \sum_{i=1}^n \sum_{k=1}^K r_{ik} \|x_i - \mu_k\|^2$. Then
$$\frac{\partial J}{\partial \mu_k} = n \mu_k - \sum_{i=1}^n r_{ik} x_i$$
Let $\sigma(u) = \frac{1}{1 + e^{-u}}$. Then
$$\sigma'(u) = \sigma(u) \sigma(u)$$
Let $H = -\sum_{k=1}^K p_k \log p_k$ where $p_k > 0$. Then
$$\frac{\partial H}{\partial p_k} = -1 - p_k$$
Let $a, b, c > 0$. Then
$$\frac{a + b}{c} + \log (a b) = \frac{a}{c} + \log a + \log b$$
"""


def test_what_was_forgotten_is_put_back(tmp_path: Path) -> None:
    """A size for a sum, a function for what it lacks to one, a logarithm, a term: each worked out by hand."""
    path = tmp_path / "a.md"
    path.write_text(FORGOTTEN, encoding="utf-8")
    results = check_documents([str(path)], Limits(jobs=1, timeout=60)).results
    assert [r.verdict.suggestion for r in results if isinstance(r.verdict, Refuted)] == [
        r"\sum_{i=1}^{n} r_{ik} \mu_k - \sum_{i=1}^n r_{ik} x_i",
        r"(1 - \sigma(u)) \sigma(u)",
        r"-1 - \log p_k",
        r"\frac{a + b}{c} + \log a + \log b",
    ]
