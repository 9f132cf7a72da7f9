"""Notation that can be read in two ways: both are judged, a definition of two readings is refused."""

from __future__ import annotations

import pytest

from derive.checker import Limits, ask, check_documents
from derive.documents import read_document
from derive.render.record import Report

DECLARED = (
    "<!--: x, y > 0 ; \\mathbf{w} \\in \\mathbb{R}^d ; A, B \\in \\mathbb{R}^{d \\times d} symmetric posdef -->\n"
)


def checked(tmp_path, text: str) -> Report:  # type: ignore[no-untyped-def]
    (tmp_path / "a.md").write_text(DECLARED + text, encoding="utf-8")
    return check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\log x y = y \log x", "undecided"),  # (log x) y, or log(x y)
        (r"\log x y = \log x + \log y", "undecided"),
        (r"\log x y + 1 = 1 + \log x y", "proved"),  # under both
        (r"\log x y = x + y", "refuted"),  # under both
        (r"\log 2\pi x = \log 2 + \log\pi + \log x", "proved"),  # a number goes with what follows
        (r"\log 2\pi x = \pi x \log 2", "refuted"),
        (r"\log \frac1K \sum_{k=1}^K (x + y) = \log (x + y)", "proved"),  # the logarithm of a mean
        (r"\log \frac1K \sum_{k=1}^K (x + y) = -K (x + y) \log K", "refuted"),
        (r"\log \frac1y \sum_{k=1}^K x = \log K + \log x - \log y", "undecided"),  # 1/y may stand alone
        (r"\log \frac1K \sum_{k=2}^K x = \log (K - 1) + \log x - \log K", "undecided"),
        (r"\nabla_{\mathbf{w}} \frac12 \mathbf{w}^T \mathbf{w} = \mathbf{w}", "proved"),  # nobody differentiates 1/2
        (r"\frac{d}{dx} 3 x = 3", "proved"),
        (r"\frac{d}{dx} 3 x = 1", "refuted"),
        (r"\frac{d}{dx} y x^2 = 2 y x", "proved"),  # nor a constant alone
        (r"\frac{d}{dx} y x^2 = 2 x", "refuted"),
        (r"\frac{d}{dx} y (x - 1) (x + 1) = 2 y x", "proved"),
        (r"\nabla_{\mathbf{w}} y \mathbf{w}^T A \mathbf{w} = 2 y A \mathbf{w}", "proved"),
        (r"\frac{d}{dx} x (x + 1) = 2 x + 1", "undecided"),  # but x may be differentiated alone
        (r"\frac{d}{dx} x y = y", "proved"),  # under both
        (r"(\log 2) (x + y) = \log 2 (x + y)", "undecided"),
        (
            r"\operatorname{tr}(A)^{-1} = \operatorname{tr}(A^{-1})",
            "undecided",
        ),  # of the inverse, or one over the trace
        (r"\operatorname{tr}(A)^{-1} = \frac{1}{\operatorname{tr} A}", "undecided"),
        (r"\operatorname{tr}(A)^{-1} = -x", "refuted"),  # under both
        (r"\operatorname{tr}(A)^2 = (\operatorname{tr} A) (\operatorname{tr} A)", "proved"),
        (r"\det(A)^{-1} = \det(A^{-1})", "proved"),
        (r"\operatorname{tr}((A + B)^{-1}) = \operatorname{tr}((B + A)^{-1})", "proved"),
    ],
)
def test_readings_are_judged_together(tmp_path, line: str, verdict: str) -> None:  # type: ignore[no-untyped-def]
    (result,) = checked(tmp_path, f"$$ {line} $$").results
    assert result.word == verdict


def test_which_reading_holds_is_said(tmp_path) -> None:  # type: ignore[no-untyped-def]
    (result,) = checked(tmp_path, r"$$ \log x y = y \log x $$").results
    assert result.verdict.reason.startswith("holds under reading A only")  # type: ignore[union-attr]
    assert result.readings == (r"A: \log\left(x\right) y = y \log x", r"B: \log\left(x y\right) = y \log x")


@pytest.mark.parametrize(
    "text",
    [
        r"Let $L = \log x y$.",
        r"<!--: let L := \log x y -->",
        r"<!--: function L(x) := \log x y -->",
        r"<!--: assume \log x y = 1 -->",
    ],
)
def test_a_definition_of_two_readings_is_refused(text: str) -> None:
    (unread,) = read_document(DECLARED + text, latex=False).unread
    assert "expected one reading, found two" in unread.reason


def test_conditions_of_all_readings_are_printed() -> None:
    report = ask(
        r"\frac{1}{a} \log x b - \frac{1}{a} \log x b",
        "0",
        ["a, b \\in \\mathbb{R}", "x > 0"],
        Limits(jobs=1, timeout=60),
    )
    (result,) = report.results
    assert result.word == "proved"
    assert len(result.verdict.conditions) == 2  # type: ignore[union-attr]


MOVED = r"<!--: m, e \in \mathbb{R} ; s > 0 ; let z := m + s e -->" + "\n"


@pytest.mark.parametrize(
    ("line", "verdict"),
    [
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(z | m, s^2) = \frac{z - m}{s^2}", "undecided"),  # at this z
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(z | m, s^2) = 0", "undecided"),  # z moves with m
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(z | m, s^2) = \frac{m - z}{s^2}", "refuted"),  # neither
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(e | m, s^2) = \frac{e - m}{s^2}", "proved"),
        (r"\frac{\partial}{\partial e} \log \mathcal{N}(z | m, s^2) = -e", "proved"),  # e is no parameter
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(z | 0, 1) = -z", "proved"),
        (r"\frac{\partial}{\partial m} \log \mathcal{N}(z | 0, 1) = 0", "refuted"),
        (r"\frac{\partial}{\partial m} (z - m)^2 = 0", "proved"),  # no density
    ],
)
def test_a_density_of_what_its_parameters_move(tmp_path, line: str, verdict: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "a.md").write_text(f"{MOVED}$$ {line} $$", encoding="utf-8")
    report = check_documents([str(tmp_path / "a.md")], Limits(jobs=1, timeout=60))
    assert report.results[-1].word == verdict
