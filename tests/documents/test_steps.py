"""How steps follow from each other: derivatives set to zero unwritten, equivalences, inequalities, argmax, constants."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from derive.language.verdicts import Proved, Refuted
from derive.render.record import Report, Result

STEPS = Path(__file__).parent / "steps"

REFUTED = {
    "lagrange_homework.md": [11, 25, 37],
    "ridge_notes.md": [17, 31, 53],
    "svm_dual.tex": [13, 22],
    "equivalences.md": [3, 9, 13, 17, 19, 25, 27, 27, 28],
    "inequalities.tex": [6, 8, 10, 12, 17, 19, 22],
    "map_estimate.md": [9, 11, 22],
    "log_posterior.md": [10, 16, 24],
    "expansions.md": [11, 19, 27],
    "false_steps.md": [3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 31, 33, 35, 39],
}
"""The planted mistakes; every other line is true, and proved."""

CORRECTED = {
    ("lagrange_homework.md", 11): r"\frac{c_k}{\theta_k} - \lambda",
    ("lagrange_homework.md", 37): r"\frac{N}{\sum_{n=1}^N u_n}",
    ("svm_dual.tex", 22): r"C - \mu_i",
    ("ridge_notes.md", 17): r"A^\top A v - A^\top b",
    ("equivalences.md", 19): r"\ge -a",
    ("equivalences.md", 25): r"\ge 0",
    ("inequalities.tex", 6): r"\le x - 1",
    ("inequalities.tex", 10): r"\le \|u\| + \|v\|",
    ("inequalities.tex", 17): r"\ge \sum_{k=1}^K p_k \log x_k",
    ("inequalities.tex", 19): r"\ge 0",
    ("inequalities.tex", 22): "1.099",
}


def checked(name: str) -> Report:
    return check_documents([str(STEPS / name)], Limits(jobs=1, timeout=60))


def told(text: str, folder: Path) -> tuple[list[Result], tuple[str, ...]]:
    (folder / "a.md").write_text(text, encoding="utf-8")
    report = check_documents([str(folder / "a.md")], Limits(jobs=1, timeout=60))
    return list(report.results), report.notes


def last(text: str, folder: Path) -> str:
    return told(text, folder)[0][-1].word


@pytest.mark.parametrize("name", sorted(REFUTED))
def test_planted_mistakes_are_refuted_and_nothing_else(name: str) -> None:
    report = checked(name)
    assert [result.line for result in report.results if result.word == "refuted"] == REFUTED[name]
    assert {result.word for result in report.results} <= {"proved", "refuted"}
    for result in report.results:
        wanted = CORRECTED.get((name, result.line))
        if wanted is not None and isinstance(result.verdict, Refuted):
            assert result.verdict.suggestion == wanted


def test_documents_are_all_listed() -> None:
    assert sorted(path.name for path in STEPS.iterdir()) == sorted(REFUTED)


# -- derivatives that are set to zero, unwritten -----------------------------------------------------------------------
NORMAL = "<!--: X \\in \\mathbb{R}^{m \\times d} ; y \\in \\mathbb{R}^m ; w \\in \\mathbb{R}^d -->\n"


def test_what_is_not_clear_is_taken_as_an_equation_and_told(tmp_path: Path) -> None:
    text = NORMAL + "Setting the derivative to zero gives\n\n$$ X^\\top (X w + y) = 0 $$\n"
    results, notes = told(text, tmp_path)
    assert (results[-1].kind, results[-1].word) == ("equation", "proved")
    assert any("taken as an equation: it is not clear which derivative" in note for note in notes)


@pytest.mark.parametrize(
    ("solution", "verdict"),
    [("\\frac{1}{N} \\sum_n r_n x_n", "refuted"), ("\\frac{\\sum_n r_n x_n}{\\sum_n r_n}", "proved")],
)
def test_what_solves_an_equation_that_nobody_has_written_is_no_definition(
    solution: str, verdict: str, tmp_path: Path
) -> None:
    text = "<!--: index n = 1..N ; r_n > 0 ; x_n \\in \\mathbb{R} ; \\mu \\in \\mathbb{R} -->\n"
    text += f"Setting the derivative of $\\sum_n r_n (x_n - \\mu)^2$ in $\\mu$ to zero gives $\\mu = {solution}$.\n"
    assert last(text, tmp_path) == verdict


def test_the_objective_that_the_others_are_part_of_is_differentiated(tmp_path: Path) -> None:
    before = (
        NORMAL + "<!--: c > 0 -->\nLet $E = \\|y - X w\\|^2$ and $J = E + c \\|w\\|^2$. Setting the derivative with "
    )
    before += "respect to $w$ to zero gives\n\n$$ X^\\top (X w - y) "
    assert last(before + "+ c w = 0 $$\n", tmp_path) == "proved"
    assert last(before + "= 0 $$\n", tmp_path) == "refuted"


# -- arrows --------------------------------------------------------------------------------------------------------------
DECLARED = "<!--: x, y, a \\in \\mathbb{R} ; p, q > 0 -->\n"


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"x = a \Leftrightarrow x^2 = a^2", "refuted"),
        (r"p = q \Leftrightarrow p^2 = q^2", "proved"),
        (r"x > a \Rightarrow x \ge a", "proved"),
        (r"x \ge a \Rightarrow x > a", "refuted"),
        (r"x \ge a \Rightarrow p x \ge p a", "proved"),
        (r"x \ge a \Rightarrow y x \ge y a", "refuted"),
        (r"x \ge 2 \Rightarrow x^2 \ge 4", "proved"),
        (r"x \ge 2 \Rightarrow x^2 \ge 5", "refuted"),
        (r"x y = x \Rightarrow y \ge 1", "refuted"),  # x may be zero
        (r"x \le a \Rightarrow e^x \le e^a", "proved"),
        (r"x \le a \Rightarrow e^{-x} \le e^{-a}", "refuted"),
    ],
)
def test_what_follows_from_what(line: str, word: str, tmp_path: Path) -> None:
    assert last(f"{DECLARED}$$ {line} $$\n", tmp_path) == word


@pytest.mark.parametrize(("slope", "words"), [("2 (x - a)", ["proved"]), ("2 (x + a)", ["refuted"])])
def test_a_derivative_that_is_worked_out_where_it_is_set_to_zero(slope: str, words: list[str], tmp_path: Path) -> None:
    text = DECLARED + f"Setting $\\frac{{d}}{{dx}} (x - a)^2 = {slope}$ to zero shows where the minimum is.\n"
    results, _ = told(text, tmp_path)
    assert [result.word for result in results] == words


def test_hypotheses_are_taken_in_every_reading(tmp_path: Path) -> None:
    results, _ = told(DECLARED + r"$$ \log p q^2 = 0 \Rightarrow \log p + 2 \log q = 0 $$", tmp_path)
    assert results[-1].verdict.reason.startswith("holds under reading B only")  # type: ignore[union-attr]


def test_an_identity_behind_equations_needs_none_of_them(tmp_path: Path) -> None:
    text = DECLARED + "Let $J(x) = (x - a)^2$. Setting the derivative to zero gives $x = a$. Hence\n\n$$ ? $$\n"
    results, _ = told(text.replace("?", "(x - 1)^2 = x^2 - 2 x + 1"), tmp_path)
    assert results[-1].given == ()
    assert isinstance(results[-1].verdict, Proved)
    assert results[-1].verdict.everywhere
    results, _ = told(text.replace("?", "x^2 = a x"), tmp_path)
    assert results[-1].word == "proved"
    assert results[-1].given


# -- inequalities between roots, exponentials ------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\sqrt{p q} \le \frac{p + q}{2}", "proved"),
        (r"\sqrt{p q} \le \frac{p + q}{3}", "refuted"),
        (r"\sqrt{p q} \le p", "refuted"),
        (r"|x + y| \le |x| + |y|", "proved"),
        (r"|x + y| \ge |x| + |y|", "refuted"),
        (r"|x y| \le x^2 + y^2", "proved"),
        (r"e^{2 x} \ge 1 + 2 x", "proved"),
        (r"e^{2 x} \ge 2 + 2 x", "refuted"),
        (r"-e^{x} \ge -1 - x", "refuted"),
    ],
)
def test_inequalities(line: str, word: str, tmp_path: Path) -> None:
    assert last(f"{DECLARED}$$ {line} $$\n", tmp_path) == word


# -- best points -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\arg\max_x (-(x - a)^2) = \arg\min_x (x - a)^2", "proved"),
        (r"\arg\max_x (x - a)^2 = \arg\min_x (x - a)^2", "refuted"),
        (r"\arg\max_x e^{-(x - a)^2} = \arg\max_x (-(x - a)^2)", "proved"),
        (r"\arg\min_x (x - a) = \arg\min_x (x - a)^2", "refuted"),  # of what may be negative no square
        (r"\arg\min_x ((x - a)^2 + p x^2) = \arg\min_x (x - a)^2", "refuted"),
        (r"\arg\min_x (p (x - a)^2 + y) = \arg\min_x (x - a)^2", "proved"),
    ],
)
def test_best_points(line: str, word: str, tmp_path: Path) -> None:
    assert last(f"{DECLARED}$$ {line} $$\n", tmp_path) == word


# -- constants -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"J(x) = x^2 - 2 a x + \text{const}", "proved"),
        (r"J(x) = x^2 - a x + \text{const}", "refuted"),
        (r"J(x) = x^2 - 2 a x + x \text{const}", "unread"),
        (r"J(x) = x^2 - 2 a x", "refuted"),
    ],
)
def test_constants(line: str, word: str, tmp_path: Path) -> None:
    assert last(f"{DECLARED}Let $J(x) = (x - a)^2$. Then\n\n$$ {line} $$\n", tmp_path) == word


# -- expansions ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("words", "line", "word"),
    [
        ("For small $x$, to first order,", r"\frac{1}{1 - x} \approx 1 + x", "proved"),
        ("For small $x$, to first order,", r"\frac{1}{1 - x} \approx 1 - x", "refuted"),
        ("To second order in $x$,", r"\frac{1}{1 - x} \approx 1 + x", "refuted"),
        ("Linearising around $x = a$ gives", r"x^2 \approx a^2 + 2 a (x - a)", "proved"),
        ("Linearising around $x = a$ gives", r"x^2 \approx a^2 + a (x - a)", "refuted"),
        ("We have", r"\frac{1}{1 - x} \approx 1 + x", "unread"),
        ("For small $x$, to first order,", r"y \approx 1 + x", "unread"),
    ],
)
def test_expansions(words: str, line: str, word: str, tmp_path: Path) -> None:
    assert last(f"{DECLARED}{words}\n\n$$ {line} $$\n", tmp_path) == word


def test_each_claim_of_one_line_says_what_it_is_of(tmp_path: Path) -> None:
    line = f"{DECLARED}For small $x$, to first order,\n\n$$ \\frac{{1}}{{1 - x}} \\approx 1 + x $$\n"
    results, _ = told(line, tmp_path)
    assert [each.part for each in results] == ["the values at x = 0", "the first derivatives at x = 0"]
    results, _ = told(f"{GAUSSIAN}$$ 2 x \\sim \\mathcal{{N}}(2 \\mu, 4 S) $$\n", tmp_path)
    assert [each.part for each in results] == ["the mean", "the covariance"]


# -- distributions -------------------------------------------------------------------------------------------------------
GAUSSIAN = (
    "<!--: \\mu \\in \\mathbb{R}^d ; S \\in \\mathbb{R}^{d \\times d} symmetric posdef ; A \\in \\mathbb{R}^{m \\times d} ; "
    "b \\in \\mathbb{R}^m ; x \\in \\mathbb{R}^d -->\nLet $x \\sim \\mathcal{N}(\\mu, S)$. Then\n\n"
)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (r"A x + b \sim \mathcal{N}(A \mu + b, A S A^\top)", ["proved", "proved"]),
        (r"A x + b \sim \mathcal{N}(A \mu, A S A^\top)", ["refuted", "proved"]),
        (r"2 x \sim \mathcal{N}(2 \mu, 2 S)", ["proved", "refuted"]),
        (r"x^\top x \sim \mathcal{N}(d, 1)", ["unread"]),  # not normal
    ],
)
def test_affine_functions_of_a_normal_quantity(line: str, words: list[str], tmp_path: Path) -> None:
    results, _ = told(f"{GAUSSIAN}$$ {line} $$\n", tmp_path)
    assert [result.word for result in results] == words
