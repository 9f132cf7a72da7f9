"""A bound said for one sentence, or for one problem, counts there and nowhere else; what it is said of is judged."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents
from tests.documents.judging import Judged

REAL = r"Let $x \in \mathbb{R}$. "
OPEN = r" We have $\sqrt{x^2} = x$."

SAID = {
    "a space before a claim": (r"For $x \in \mathbb{R}$, $\sqrt{x^2} = x$. And $\sqrt{x^2} = |x|$.", "refuted proved"),
    "a name before a claim": (REAL + r"For all $x$, $\sqrt{x^2} = x$.", "refuted"),
    "an index before a claim": (
        "<!--: index i = 1..n ; x_i \\in \\mathbb{R} -->\nFor every $i$, $x_i = 2 x_i - x_i$. For every $i$, $x_i = 2 x_i$.",
        "proved refuted",
    ),
    "for": (REAL + r"For $x > 0$, we have $\sqrt{x^2} = x$." + OPEN, "proved refuted"),
    "for, with a comma only": (REAL + r"For $x > 0$, $\sqrt{x^2} = x$." + OPEN, "proved refuted"),
    "for a number that nothing declares": (r"For $x > 0$, we have $\sqrt{x^2} = x$." + OPEN, "proved refuted"),
    "declared by the author": (
        "<!--: x \\in \\mathbb{R} -->\n" + r"For $x > 0$, we have $\sqrt{x^2} = x$." + OPEN,
        "proved refuted",
    ),
    "whenever": (REAL + r"Whenever $x > 0$, $\sqrt{x^2} = x$." + OPEN, "proved refuted"),
    "if": (REAL + r"If $x > 0$ then $\sqrt{x^2} = x$." + OPEN, "proved refuted"),
    "behind the claim": (REAL + r"Then $\sqrt{x^2} = x$ for $x \ge 0$." + OPEN, "proved refuted"),
    "behind the claim, with a verb": (
        REAL + "The identity\n$$\\sqrt{x^2} = x$$\nholds for all $x > 0$." + OPEN,
        "proved refuted",
    ),
    "behind the claim, as a condition": (REAL + r"Then $\sqrt{x^2} = x$ if $x \ge 0$." + OPEN, "proved refuted"),
    "in the display": (REAL + r"Then $$\sqrt{x^2} = x \quad \text{for } x > 0.$$" + OPEN, "proved refuted"),
    "in brackets in the display": (REAL + r"Then $$\sqrt{x^2} = x \quad (x > 0).$$" + OPEN, "proved refuted"),
    "two cases": (
        REAL + r"For $x > 0$, $\sqrt{x^2} = x$, and for $x < 0$, $\sqrt{x^2} = -x$." + OPEN,
        "proved proved refuted",
    ),
    "two cases behind": (
        REAL + r"Then $\sqrt{x^2} = x$ whenever $x > 0$, and $\sqrt{x^2} = x$ whenever $x < 0$.",
        "proved refuted",
    ),
    "two numbers": (
        r"For $x > 0$ and $y > 0$, $\sqrt{x^2 y^2} = x y$. So $\sqrt{x^2 y^2} = x y$. We have $\sqrt{x^2 y^2} = x y$.",
        "proved undecided refuted",
    ),
    "an interval": (
        r"Let $p \in \mathbb{R}$. For $p \in (0, 1)$, $|p - 1| = 1 - p$. But $|p - 1| = 1 - p$.",
        "proved refuted",
    ),
    "two quantities": (
        r"Let $a, b \in \mathbb{R}$. For $a > b$, $|a - b| = a - b$. Also $|a - b| = a - b$.",
        "proved refuted",
    ),
    "two quantities behind": (
        r"Let $a, b \in \mathbb{R}$. Then $|a - b| = a - b$ if $a > b$. Then $|a - b| = b - a$ if $a > b$.",
        "proved refuted",
    ),
    "words for a bound": (
        r"For all positive $x$, $\sqrt{x^2} = x$. For all real $x$, $\sqrt{x^2} = x$.",
        "proved refuted",
    ),
    "the nearer bound counts": (
        r"Let $x \in \mathbb{R}$ with $x > 1$. For $x > 0$, $|x - 1| = x - 1$.",
        "proved",
    ),
    "a list of conditions": (
        r"Let $x, y \in \mathbb{R}$. For $x = 1$, $y = 2$, we get $x + y = 3$. For $x = 1$, $y = 2$, we get $x + y = 4$.",
        "proved refuted",
    ),
    "supposed in one problem": (
        "## One\n" + REAL + r"Suppose $x > 0$. Then $\sqrt{x^2} = x$. Also $|x| = x$." + "\n\n## Two\n" + OPEN,
        "proved proved refuted",
    ),
    "supposed in what prepares": (
        "## Setting\n" + REAL + r"Suppose $x > 0$." + "\n\n## The claim\n" + OPEN,
        "proved",
    ),
}


def words(text: str, folder: Path) -> list[str]:
    (folder / "a.md").write_text(text, encoding="utf-8")
    report = check_documents([str(folder / "a.md")], Limits(jobs=1, timeout=60))
    assert report.failures == ()
    return [result.word for result in report.results]


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_bound_counts_where_it_is_said(name: str, tmp_path: Path) -> None:
    text, wanted = SAID[name]
    assert words(text, tmp_path) == wanted.split()


def test_what_is_concluded_under_a_bound_is_not_used_without_it(tmp_path: Path) -> None:
    text = REAL + (
        r"Let $y \in \mathbb{R}$. Setting $y - x^2 = 0$ gives $y = x^2$ and, for $x > 0$, $\sqrt{y} = x$. We have $\sqrt{y} = x$."
    )
    assert words(text, tmp_path)[-2:] == ["proved", "refuted"]
    assert words(text.replace("We have", "Hence"), tmp_path)[-2:] == ["proved", "undecided"]


def test_a_bound_that_contradicts_what_is_declared_proves_nothing(tmp_path: Path) -> None:
    assert words(r"Let $x > 0$. For $x < 0$, $x^2 = 5$.", tmp_path) == ["undecided"]


PARAMETERS = {
    "of an earlier problem": (
        "# Problem 1\nLet $x \\in \\mathbb{R}^d$. Then $x^T x = \\|x\\|^2$.\n\n# Problem 2\n"
        "Let $f(x) = (x-2)^2$. Then $f'(x) = 2(x-2)$, $f(2) = 0$ and $f(3) = 2$.",
        "proved proved proved proved refuted",
    ),
    "that is still a vector": (
        "# Problem 1\nLet $x \\in \\mathbb{R}^d$. Then $x^T x = \\|x\\|^2$.\n\n# Problem 2\n"
        "Let $f(x) = x^T x$. Then $\\nabla f(x) = 2x$ and $\\nabla f(x) = x$.",
        "proved proved proved refuted",
    ),
    "in its definition only": (
        r"Let $x \in \mathbb{R}^d$. Let $f(x) = (x-2)^2$. Then $f(3) = 1$ and $x^T x = \|x\|^2$.",
        "proved proved proved",
    ),
    "of what was a number": (
        r"Let $z_1, \dots, z_K \in \mathbb{R}$ and $p_k = e^{z_k} / \sum_{j=1}^K e^{z_j}$. For $\tau > 0$ let "
        r"$p_k(\tau) = e^{z_k/\tau} / \sum_{j=1}^K e^{z_j/\tau}$. Then $\sum_{k=1}^K p_k(\tau) = 1$ and "
        r"$\sum_{k=1}^K p_k(\tau) = \tau$.",
        "proved proved proved refuted",
    ),
    "a product is no call": (
        r"Let $a, \tau > 0$ and $b = a^2$. Then $b(\tau) = a^2 \tau$ and $b(\tau) = a \tau$.",
        "proved proved refuted",
    ),
}


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_a_parameter_is_a_name_of_its_own(name: str, tmp_path: Path) -> None:
    text, wanted = PARAMETERS[name]
    assert words(text, tmp_path) == wanted.split()


@pytest.mark.parametrize("instead", ["If instead", "If however", "If now"])
def test_a_bound_in_the_other_case(words: Judged, instead: str) -> None:
    head = "<!--: a, b \\in \\mathbb{R} ; p > 0 -->\nFor $a > 0$, $$ \\min(p a, a) = a \\min(p, 1). $$ "
    assert words(f"{head}{instead} $a < 0$, then $$ \\min(p a, a) = a \\max(p, 1). $$") == ["proved", "proved"]
    assert words(f"{head}{instead} $a < 0$, then $$ \\min(p a, a) = a \\min(p, 1). $$") == ["proved", "refuted"]
