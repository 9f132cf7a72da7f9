"""Documents with several problems: what one of them says of a name gives way in the next, unless that relies on it."""

from __future__ import annotations

import re
import time

import pytest

from derive.documents import Document, read_document
from derive.judge import judge
from derive.read.documents.text.problems import problems
from derive.read.documents.text.scanner import Scanner
from derive.read.documents.text.source import Source


def read(text: str) -> Document:
    return read_document(Source("f", text), latex="\\begin{document}" in text)


def verdicts(text: str) -> list[tuple[str, str]]:
    """What a document states, in order: each right side as it is written, and its verdict."""
    document = read(text)
    found = [
        (claim.text, type(judge(claim, time.monotonic() + 60)).__name__.lower()) for claim in document.derivation.claims
    ]
    return found + [(each.text, "unread: " + each.reason) for each in document.unread]


def not_proved(text: str) -> list[tuple[str, str]]:
    return [each for each in verdicts(text) if each[1] != "proved"]


def kinds(text: str) -> list[str]:
    return [type(claim.statement).__name__ for claim in read(text).derivation.claims]


def notes(text: str) -> list[str]:
    return [re.sub(r"^f:\d+: ", "", note) for note in read(text).notes]


def starts(text: str, latex: bool = False) -> list[tuple[str, bool]]:
    """The words after which a problem begins, and whether they call it one."""
    pieces = Scanner().scan(Source("f", text), latex)
    return [(pieces[at].text.strip().split("\n")[-1][:20], each.stated) for at, each in problems(pieces).items()]


# -- where problems begin ----------------------------------------------------------------------------------------------
def test_headings_that_call_something_a_problem_begin_one() -> None:
    text = "# Homework 4\n\n## Problem 1: means $x$\n\n### (a)\n$y$\n\n## Problem 2\n$z$"
    assert [stated for _, stated in starts(text)] == [True, True]


@pytest.mark.parametrize(
    "heading",
    [
        "\\section*{Problem %d}",
        "\\subsection{Exercise %d: ridge}",
        "\\textbf{Question %d.}",
        "\\paragraph{Task %d}",
        "Problem %d.",
    ],
)
def test_problems_of_latex(heading: str) -> None:
    text = f"{heading % 1} Let $x$.\n\n{heading % 2} Let $y$."
    assert [stated for _, stated in starts(text, latex=True)] == [True, True]


def test_a_part_of_a_problem_is_none() -> None:
    text = "**Problem 1.** $x$\n\n**Problem 1(b).** $y$\n\nBy Problem 1 of last week, $z$.\n\n**Problem 2.** $z$"
    assert len(starts(text)) == 2


def test_problems_with_numbers_in_two_parts() -> None:
    text = "**Exercise 1.1** $a$\n\n**Exercise 1.2** $b$\n\n**Exercise 2** $c$\n\n**Exercise 2.1** $d$"
    assert len(starts(text)) == 3


def test_the_title_of_a_sheet_is_no_problem() -> None:
    text = "# Exercise sheet 3\n\n$a$\n\n## Means\n\n$x$\n\n### More\n\n$y$\n\n## Gradients\n\n$z$"
    assert starts(text) == [("## Means", False), ("## Gradients", False)]


# -- homework sheets of unrelated problems -----------------------------------------------------------------------------
FOUR = r"""\documentclass{article}
\begin{document}
\section*{Problem 1: ridge regression}
Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$ and $\lambda > 0$. The objective is
\[ J = \|X w - y\|^2 + \lambda \|w\|^2. \]
Its gradient is
\[ \nabla_w J = 2 X^\top (X w - y) + 2 \lambda w. \]
Setting it to zero gives
\[ w = (X^\top X + \lambda I)^{-1} X^\top y. \]

\section*{Problem 2: logistic regression in one dimension}
Let $x_1, \dots, x_n \in \mathbb{R}$ be inputs, $y_i \in \{0, 1\}$ labels for $i = 1, \dots, n$, $w \in \mathbb{R}$, and
\[ p_i = \frac{1}{1 + e^{-w x_i}}. \]
The negative log-likelihood is
\[ J = -\sum_{i=1}^n \left( y_i \log p_i + (1 - y_i) \log (1 - p_i) \right), \]
and its derivative is
\[ \frac{dJ}{dw} = \sum_{i=1}^n (p_i - y_i) x_i. \]
The second derivative is
\[ \frac{d^2 J}{dw^2} = \sum_{i=1}^n p_i (1 - p_i) x_i. \]

\section*{Problem 3: entropy}
Let $p_1, \dots, p_K > 0$ with $\sum_{k=1}^K p_k = 1$. The entropy is
\[ H = - \sum_{k=1}^K p_k \log p_k. \]
The Lagrangian $J = H + \lambda (\sum_{k=1}^K p_k - 1)$ has derivative
\[ \frac{\partial J}{\partial p_k} = - \log p_k - 1 + \lambda. \]

\section*{Problem 4: a quadratic form}
Let $x, y \in \mathbb{R}^d$ and let $A \in \mathbb{R}^{d \times d}$ be symmetric. Define $f(x) = \frac12 x^\top A x - y^\top x$. Then
\[ \nabla f(x) = A x - y, \qquad \nabla^2 f(x) = A. \]
Moreover
\[ (x + y)^\top A (x + y) = x^\top A x + x^\top A y + y^\top A y. \]
\end{document}
"""


def test_four_problems_with_the_same_letters() -> None:
    assert not_proved(FOUR) == [
        (r"\frac{d^2 J}{dw^2} = \sum_{i=1}^n p_i (1 - p_i) x_i", "refuted"),
        (r"(x + y)^\top A (x + y) = x^\top A x + x^\top A y + y^\top A y", "refuted"),
    ]
    assert len(verdicts(FOUR)) == 14


HEADINGS = r"""# Exercise sheet 3

## Principal components

Let $X \in \mathbb{R}^{n \times d}$ be centred data and $S = \frac{1}{n} X^T X$. For $w \in \mathbb{R}^d$ the variance is

$$\frac{1}{n} \|X w\|^2 = w^T S w.$$

## A convex function

For $x \in \mathbb{R}$ let $f(x) = \log(1 + e^x)$. Then

$$f'(x) = \frac{1}{1 + e^{-x}}, \qquad f''(x) = f'(x) (1 - f'(x)).$$

With $S = f'(x)$ we have

$$f''(x) = S - S^2.$$

## Weighted least squares

Given weights $w_i > 0$, targets $y_i \in \mathbb{R}$ and inputs $x_i \in \mathbb{R}$ for $i = 1, \dots, n$, the loss is

$$L(a) = \sum_{i=1}^n w_i (y_i - a x_i)^2,$$

so that

$$\frac{dL}{da} = -2 \sum_{i=1}^n w_i (y_i - a x_i),$$

where $a \in \mathbb{R}$ is the slope.
"""


def test_headings_without_the_word_problem() -> None:
    assert not_proved(HEADINGS) == [(r"\frac{dL}{da} = -2 \sum_{i=1}^n w_i (y_i - a x_i)", "refuted")]


BOLD = r"""**Question 1.** Let $x, y \in \mathbb{R}^n$. Show that

$$\|x + y\|^2 = \|x\|^2 + 2 x^T y + \|y\|^2.$$

**Question 2.** Let $f(x) = x^3 - 3 x$ for $x \in \mathbb{R}$. Then

$$f'(x) = 3 x^2 - 3, \qquad f''(x) = 6 x.$$

**Question 3.** For a matrix $X \in \mathbb{R}^{n \times n}$ with positive determinant,

$$\frac{\partial \log \det X}{\partial X} = X^{-T}.$$

**Question 4.** Let $x_1, \dots, x_n$ be positive real numbers with $\sum_{i=1}^n x_i = 1$. Let $a_i = \log x_i$. Then

$$\sum_{i=1}^n e^{a_i} = 1, \qquad \sum_{i=1}^n x_i a_i = \sum_{i=1}^n x_i^2 \log x_i .$$
"""


def test_questions_in_bold() -> None:
    assert not_proved(BOLD) == [(r"\sum_{i=1}^n x_i a_i = \sum_{i=1}^n x_i^2 \log x_i", "refuted")]
    assert "x_i > 0" in notes(BOLD)


RULES = r"""Throughout, $\sigma(z) = \frac{1}{1 + e^{-z}}$ for $z \in \mathbb{R}$, and $w, x \in \mathbb{R}^d$.

---

**1.** The derivative of the sigmoid is

$$\sigma'(z) = \sigma(z) (1 - \sigma(z)).$$

---

**2.** Let $p = \sigma(w^T x)$. Then

$$\nabla_w p = p (1 - p) x.$$

---

**3.** Let $p \in (0, 1)$ and $z = \log \frac{p}{1 - p}$. Then $\sigma(z) = p$.

---

**4.** Let $x_1, \dots, x_n \in \mathbb{R}$ with mean $m = \frac1n \sum_{i=1}^n x_i$. Then

$$\sum_{i=1}^n (x_i - m) = 0.$$
"""


def test_rules_between_problems() -> None:
    assert not_proved(RULES) == []
    assert kinds(RULES) == [
        "WellDefined",
        "Equal",
        "WellDefined",
        "Equal",
        "WellDefined",
        "Equal",
        "WellDefined",
        "Equal",
    ]


THEOREMS = r"""\documentclass{article}
\begin{document}
\begin{lemma}
Let $A \in \mathbb{R}^{n \times n}$ be invertible and $u, v \in \mathbb{R}^n$. Then
\[ (A + u v^\top) A^{-1} u = u + u v^\top A^{-1} u. \]
\end{lemma}
\begin{proof}
Indeed,
\[ u + u v^\top A^{-1} u = (1 + v^\top A^{-1} u) u. \]
\end{proof}

\begin{theorem}
Let $u > 0$ and $v > 0$ be numbers. Then
\[ \log(u v) = \log u + \log v. \]
\end{theorem}
\begin{proof}
Indeed,
\[ (u + v)^2 - 4 u v = (u - v)^2. \]
\end{proof}

\begin{theorem}
Let $x_1, \dots, x_n \in \mathbb{R}^d$ and let $A = \sum_{i=1}^n x_i x_i^\top$. Then for all $v \in \mathbb{R}^d$
\[ v^\top A v = \sum_{i=1}^n (x_i^\top v)^2 \ge 0. \]
\end{theorem}

\begin{lemma}
Let $x \in \mathbb{R}$ and $A = x^2 + 1$. Then
\[ \frac{d A}{d x} = 2 x, \qquad \frac{d}{dx} \log A = \frac{x}{A}. \]
\end{lemma}
\end{document}
"""


def test_theorems_and_their_proofs() -> None:
    assert not_proved(THEOREMS) == [(r"\frac{d}{dx} \log A = \frac{x}{A}", "refuted")]


# -- problems that rely on what stands before ---------------------------------------------------------------------------
PARTS = r"""\documentclass{article}
\begin{document}
\section{Gaussian}
\subsection*{(a)}
Let $x_1, \dots, x_n \in \mathbb{R}$ and $\mu \in \mathbb{R}$, $\sigma > 0$. Consider
\[ \ell = -\frac{n}{2} \log(2 \pi \sigma^2) - \frac{1}{2 \sigma^2} \sum_{i=1}^n (x_i - \mu)^2. \]
\subsection*{(b)}
The derivative in $\mu$ is
\[ \frac{\partial \ell}{\partial \mu} = \frac{1}{\sigma^2} \sum_{i=1}^n (x_i - \mu). \]

\section{Softmax}
\begin{enumerate}
\item[(a)] Let $x \in \mathbb{R}^K$ and $p_k = \frac{e^{x_k}}{\sum_{j=1}^K e^{x_j}}$ for $k = 1, \dots, K$. Then
\[ \sum_{k=1}^K p_k = 1. \]
\item[(b)] Let $\ell = \log \sum_{j=1}^K e^{x_j}$. Show that
\[ \frac{\partial \ell}{\partial x_k} = p_k. \]
\item[(c)] Using part (b),
\[ \frac{\partial^2 \ell}{\partial x_k^2} = p_k (1 + p_k). \]
\end{enumerate}

\section{Matrices}
\begin{enumerate}
\item Let $p \in \mathbb{R}^d$ and $A \in \mathbb{R}^{d \times d}$. Then $\|A p\|^2 = p^\top A^\top A p$.
\item Let $\mu \in \mathbb{R}^d$ with $\mu^\top \mu = 1$ and $P = I - \mu \mu^\top$. Then
\[ P^2 = P, \qquad P \mu = 0. \]
\end{enumerate}
\end{document}
"""


def test_parts_of_a_problem_share_their_names() -> None:
    assert not_proved(PARTS) == [(r"\frac{\partial^2 \ell}{\partial x_k^2} = p_k (1 + p_k)", "refuted")]


NOTATION = r"""# Assignment

Notation: $X \in \mathbb{R}^{n \times d}$ is the data, $y \in \mathbb{R}^n$ the targets and
$w \in \mathbb{R}^d$ the weights. We write $r = X w - y$.

## Problem 1

(a) With $L = \frac12 \|r\|^2$ we have

$$\nabla_w L = X^T r.$$

(b) Using the result of part (a), the Hessian is

$$\nabla_w^2 L = X^T X.$$

## Problem 2

Assume now $y = X v$ with $v \in \mathbb{R}^d$. Then $r = X (w - v)$.

## Problem 3

Let $L = \frac12 \|r\|^2 + \frac{\alpha}{2} \|w\|^2$ with $\alpha > 0$. Then

$$\nabla_w L = X^T r + \alpha w.$$

## Problem 4

Let $x, y \in \mathbb{R}$ and $r = x - y$. Then

$$r^2 = x^2 - 2 x y + y^2.$$

## Problem 5

With the notation of the beginning,

$$\|r\|^2 = w^T X^T X w - 2 y^T X w + y^T y.$$
"""


def test_notation_of_the_top_holds_in_every_problem_that_does_not_replace_it() -> None:
    assert not_proved(NOTATION) == []
    assert kinds(NOTATION) == [
        "WellDefined", "WellDefined", "Equal", "Equal", "WellDefined", "Equal",
        "WellDefined", "Equal", "WellDefined", "Equal", "Equal",
    ]  # fmt: skip


LATER = r"""
## Problem 1

Let $X \in \mathbb{R}^{n \times d}$, $y \in \mathbb{R}^n$, $w \in \mathbb{R}^d$ and $L = \frac12 \|X w - y\|^2$.

## Problem 2

Show that

$$\nabla_w L = X^T (X w - y).$$

## Problem 3

Let $z \in \mathbb{R}^d$. Then

$$L = \frac12 \|X w\|^2 - y^T X w.$$
"""


def test_a_later_problem_uses_what_it_does_not_introduce() -> None:
    assert verdicts(LATER) == [
        (r"L = \frac12 \|X w - y\|^2", "proved"),
        (r"\nabla_w L = X^T (X w - y)", "proved"),
        (r"L = \frac12 \|X w\|^2 - y^T X w", "refuted"),
    ]


def test_what_is_shown_of_a_name_does_not_define_it() -> None:
    text = "## Problem 1\n\nLet $a > 0$ and $h = a^2$.\n\n## Problem 2\n\nLet $c > 0$. Show that $h = a^2 + c$."
    assert [verdict for _, verdict in verdicts(text)] == ["proved", "refuted"]


def test_what_the_author_declares_holds_until_it_is_declared_anew() -> None:
    text = "<!--: x \\in \\mathbb{R}^d ; assume x^T x = 1 -->\n\n## Problem 1\n\n$$x^T x + 1 = 2$$\n\n## Problem 2\n\n"
    text += "$$2 x^T x = 2$$\n\n<!--: x \\in \\mathbb{R} -->\n\n$$x^2 = 1$$"
    assert [verdict for _, verdict in verdicts(text)] == ["proved", "proved", "refuted"]


# -- nothing is proved from what was said of something else -------------------------------------------------------------
STALE = {
    "a constraint of a vector that is introduced again": (
        "Let $u \\in \\mathbb{R}^d$ with $u^T u = 1$ and $S = u u^T$. Then $S^2 = S$.",
        "Let $u \\in \\mathbb{R}^d$ and $S = u u^T$. Then",
        "S^2 = S",
    ),
    "a bound": ("Let $\\alpha > 0$.", "Let $\\alpha \\in \\mathbb{R}$. Then", "\\sqrt{\\alpha^2} = \\alpha"),
    "weights that sum to one": (
        "Let $p_1, \\dots, p_K > 0$ with $\\sum_{k=1}^K p_k = 1$.",
        "Let $p_1, \\dots, p_K > 0$. Then",
        "\\sum_{k=1}^K 2 p_k = 2",
    ),
    "a property of a matrix": (
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric.",
        "Let $A \\in \\mathbb{R}^{n \\times n}$. Then",
        "A^T = A",
    ),
    "a property of a matrix of which only that is said": (
        "Let $A \\in \\mathbb{R}^{n \\times n}$ be symmetric.",
        "Let $A$ be an invertible matrix. Then",
        "A^T = A",
    ),
    "a value": ("Let $a = 2$ and $b > 0$.", "Let $a > 0$. Then", "a b = 2 b"),
    "two things of one name in a list": (
        "Let $u \\in \\mathbb{R}^d$ with $u^T u = 1$.",
        "Let $u, v \\in \\mathbb{R}^d$. Then",
        "u^T u = 1",
    ),
    "labels": ("Let $t \\in \\{0, 1\\}$.", "For $t \\in \\mathbb{R}$ we have", "t^2 = t"),
}


@pytest.mark.parametrize("between", ["\n\n## Problem 2\n\n", "\n\n## Something else\n\n", "\n\n", " "])
@pytest.mark.parametrize("name", STALE)
def test_what_was_assumed_of_another_thing_proves_nothing(name: str, between: str) -> None:
    before, after, claim = STALE[name]
    heading = "## Problem 1\n\n" if "Problem" in between else "## First\n\n"
    found = verdicts(f"{heading}{before}{between}{after} ${claim}$.")
    assert found[-1][1] == "refuted", found


def test_a_least_size_of_one_problem_is_none_of_the_next() -> None:
    text = "## Problem 1\n\nLet $p_1, \\dots, p_K > 0$ and $K \\ge 2$. Then $\\sqrt{(K - 2)^2} = K - 2$.\n\n"
    text += "## Problem 2\n\nLet $q_1, \\dots, q_K > 0$. Then $\\sqrt{(K - 2)^2} = K - 2$."
    found = [verdict for _, verdict in verdicts(text)]
    assert found.count("refuted") == 1  # it fails for K = 1 only
    assert found[1] == "refuted"


def test_an_assumption_of_one_problem_about_notation_of_the_top() -> None:
    text = "Let $x \\in \\mathbb{R}^d$.\n\n## Problem 1\n\nSuppose that $x^T x = 1$. Then $2 x^T x = 2$.\n\n"
    text += "## Problem 2\n\nWe have $x^T x = 1$."
    assert [verdict for _, verdict in verdicts(text)] == ["proved", "refuted"]


def test_what_a_solved_equation_says_is_not_used_of_a_new_unknown() -> None:
    text = "## Problem 1\n\nLet $w, a \\in \\mathbb{R}$ and $f = (w - a)^2$. Setting the derivative to zero,\n\n"
    text += (
        "$$\\frac{\\partial f}{\\partial w} = 2 (w - a) = 0.$$\n\nNow let $w \\in \\mathbb{R}$. Then\n\n$$2 w = 2 a.$$"
    )
    assert verdicts(text)[-1] == ("2 w = 2 a", "refuted")


@pytest.mark.parametrize("between", ["\n\n## Problem 2\n\n", "\n\n---\n\n", " "])
def test_a_line_after_a_solved_equation_is_no_constraint_of_it(between: str) -> None:
    text = "## Problem 1\n\nLet $w \\in \\mathbb{R}$ and $f = (w-2)^2$. Setting $\\frac{df}{dw} = 0$ gives $w = 2$."
    text += between + "Let $w \\in \\mathbb{R}$ be arbitrary. Then $3 w = 6$."
    assert verdicts(text)[-1] == ("3 w = 6", "refuted")


@pytest.mark.parametrize("words", ["Show, for $c > 0$ and $b > c$, that", "Using Problem 1 and $c > 0$,"])
def test_a_sentence_that_speaks_of_what_was_before_defines_nothing(words: str) -> None:
    text = "## Problem 1\n\nLet $a > 0$ and $h = a^2$.\n\n## Problem 2\n\n"
    assert verdicts(f"{text}{words}\n\n$$h = a^2 + c.$$")[-1] == ("h = a^2 + c", "refuted")


def test_a_distribution_of_one_problem_is_not_that_of_the_next() -> None:
    text = "## Problem 1\n\nLet $X \\sim \\mathcal{N}(0, 1)$. Then $\\mathbb{E}[X] = 0$.\n\n## Problem 2\n\n"
    again = "Let $X \\sim \\mathcal{N}(\\mu, 1)$ with $\\mu \\in \\mathbb{R}$. Then $\\mathbb{E}[X] = 0$."
    assert [verdict for _, verdict in verdicts(text + again)] == ["proved", "refuted"]
    text = "## Problem 1\n\nLet $X \\sim \\mathcal{N}(\\mu, 1)$ with $\\mu \\in \\mathbb{R}$.\n\n## Problem 2\n\n"
    assert verdicts(text + "Let $\\mu = 3$. Then $\\mathbb{E}[X] = 3$.")[-1][1].startswith("unread")


def test_one_letter_that_stands_for_two_things_one_after_the_other() -> None:
    text = "Let $x, y \\in \\mathbb{R}^d$ and $A \\in \\mathbb{R}^{d \\times d}$. Let $A = x x^T$. Then $A x = (x^T x) x$. "
    text += "Now let $A = y y^T$. Then $A y = (y^T y) y$ and $x x^T = y y^T$."
    assert [verdict for _, verdict in verdicts(text)][-2:] == ["proved", "refuted"]


def test_words_of_one_problem_say_nothing_of_the_next() -> None:
    text = "## Problem 1\n\nLet $y$ be one-hot, $y \\in \\mathbb{R}^K$. Then\n\n$$\\sum_{k=1}^K y_k = 1.$$\n\n"
    text += "## Problem 2\n\nLet $y_1, \\dots, y_K \\in \\mathbb{R}$. Then\n\n$$\\sum_{k=1}^K y_k = 1.$$"
    assert verdicts(text)[-1][1] == "refuted"


def test_a_logarithm_in_one_problem_makes_nothing_positive_in_the_next() -> None:
    text = "## Problem 1\n\nWe have $$\\log c + \\log c = 2 \\log c.$$\n\n## Problem 2\n\n"
    text += "Let $c \\in \\mathbb{R}$. Then $$\\sqrt{c^2} = c.$$"
    assert verdicts(text)[-1][1] == "refuted"


# -- in the middle of a section -----------------------------------------------------------------------------------------
MEANS = r"""# Means

Let $x \in \mathbb{R}^d$ and $A \in \mathbb{R}^{d \times d}$. Then

$$\nabla_x (x^T A x) = (A + A^T) x.$$

Now let $x \in \mathbb{R}$. Then

$$\frac{d}{dx} e^{x^2} = 2 x e^{x^2}.$$

Let $x_1, \dots, x_n$ be numbers with mean $\bar{x} = \frac{1}{n} \sum_{i=1}^n x_i$. Then

$$\sum_{i=1}^n (x_i - \bar{x})^2 = \sum_{i=1}^n x_i^2 - n \bar{x}^2.$$

Let now $x_1, \dots, x_m \in \mathbb{R}^d$ be vectors with mean $\bar{x} = \frac{1}{m} \sum_{i=1}^m x_i$. Then

$$\sum_{i=1}^m (x_i - \bar{x}) = 0.$$

Now let $A = x_1 x_1^T$. Then $A^T = A$ and $\operatorname{tr} A = \|x_1\|^2$.
"""


def test_a_name_that_is_introduced_again_in_the_middle() -> None:
    assert not_proved(MEANS) == []


def test_numbers_are_not_vectors() -> None:
    assert "x_i \\in \\mathbb{R}" in notes("Let $x_1, \\dots, x_n$ be real numbers. Then $\\sum_{i=1}^n x_i^2 \\ge 0$.")
    assert "x_i > 0" in notes("Let $x_1, \\dots, x_n$ be positive numbers. Then $\\sum_{i=1}^n x_i > 0$.")
    unknown = read("Let $x_1, \\dots, x_n$ be random vectors. Then $\\sum_{i=1}^n x_i = \\sum_{i=1}^n x_i$.")
    assert not any("x_i" in note for note in unknown.notes)


def test_what_is_defined_through_a_name_of_the_same_shape_stays() -> None:
    text = "Let $w \\in \\mathbb{R}^d$, $a \\in \\mathbb{R}^d$ and $L = a^T w$. Now let $w \\in \\mathbb{R}^d$ be arbitrary. Then\n\n"
    text += "$$\\nabla_w L = a.$$"
    assert not_proved(text) == []


# -- what the author declares under a new heading ------------------------------------------------------------------------
def test_a_quantity_declared_where_an_earlier_problem_had_an_index() -> None:
    text = "## Problem 1\n\n<!--: index a, b = 1..T ; q_a \\in \\mathbb{R} -->\n\n$$\\sum_{a=1}^T q_a = \\sum_{b=1}^T q_b$$\n\n"
    text += "## Problem 2\n\n<!--: u, a, b \\in (0,1) -->\n\n$$u (a + b) = u a + u b, \\qquad a = b$$"
    assert [verdict for _, verdict in verdicts(text)] == ["proved", "proved", "refuted"]


def test_in_one_problem_an_index_is_no_quantity() -> None:
    text = "## Problem 1\n\n<!--: index a = 1..T ; q_a \\in \\mathbb{R} -->\n\n<!--: a \\in (0,1) -->\n\n$$q_a = q_a$$"
    assert any("declared as an index" in reason for _, reason in verdicts(text))


PARAMETER = r"""## Problem 1

<!--: index t = 1..T ; x_t \in \mathbb{R}^H -->

$$\sum_{t=1}^T x_t^\top x_t \ge 0$$

## Problem 2

<!--: \mu \in \mathbb{R} ; s > 0 ; function q(x) := e^{-\frac{(x - \mu)^2}{2 s^2}} -->

$$\frac{d}{dx} q(x) = -\frac{x - \mu}{s^2} q(x)$$

## Problem 3

$$\sum_{t=1}^T x_t^\top x_t = \sum_{t=1}^T \|x_t\|^2$$
"""


def test_the_parameter_of_a_function_is_no_family_of_an_earlier_problem() -> None:
    assert not_proved(PARAMETER) == []
    assert len(verdicts(PARAMETER)) == 3


def test_a_parameter_that_is_met_with_its_index_keeps_its_shape() -> None:
    text = PARAMETER.replace("= -\\frac{x - \\mu}{s^2} q(x)", "= q(x_t)")
    assert any("shapes differ" in reason for _, reason in verdicts(text))


def test_what_the_author_declares_in_one_problem_may_be_defined_in_the_next() -> None:
    text = "\\documentclass{article}\n\\begin{document}\n\\section{Kernels}\n%: \\ell > 0 ; x \\in \\mathbb{R}\n"
    text += "Let $k = e^{-x^2 / \\ell^2}$. Then $\\log k = -x^2 / \\ell^2$.\n\\section{Labels}\n%: p \\in (0,1) ; t \\in \\{0,1\\}\n"
    text += "Let $\\ell = -t \\log p$. Then $\\ell = t \\log \\frac1p$.\n\\end{document}"
    assert [verdict for _, verdict in verdicts(text)] == ["proved"] * 4


def test_what_the_author_declares_at_the_top_is_not_defined_anew_in_passing() -> None:
    text = "<!--: a, b > 0 ; let h := a^2 -->\n\n## Problem 1\n\nLet $c > 0$ and $a = c$. Then $h = c^2$ and $h = b$."
    assert [verdict for _, verdict in verdicts(text)][-2:] == ["proved", "refuted"]


EXAM = r"""\documentclass{exam}
\begin{document}
\begin{questions}
\question Let $x_1, \dots, x_n \in \mathbb{R}$ and $s = \sum_{i=1}^n x_i$. Then $\frac{\partial s}{\partial x_i} = 1$.
\question Let $c_1, \dots, c_K \geq 0$ be counts with $n = \sum_{k=1}^K c_k$. Then
\[ \sum_{k=1}^K (c_k + 1) = n + K, \qquad \sum_{k=1}^K c_k (n - c_k) = n^2 . \]
\end{questions}
\end{document}
"""


def test_a_size_that_is_defined_in_the_next_problem() -> None:
    assert not_proved(EXAM) == [(r"\sum_{k=1}^K c_k (n - c_k) = n^2", "refuted")]
    assert "let n := \\sum_{k=1}^K c_k" in notes(EXAM)


GENERIC = r"""\documentclass{article}
\begin{document}
\section{Sigmoid}
%: function \sigma = logistic
Since $\sigma'(a) = \sigma(a) (1 - \sigma(a))$, nothing saturates.
\section{Factors}
%: index a = 1..M ; b = 1..N
%: p_a, q_b \in \mathbb{R} ; w_{ab} \ge 0
\[ F = \sum_{a=1}^M \sum_{b=1}^N w_{ab} (p_a - q_b)^2, \qquad \frac{\partial F}{\partial p_a} = 2 \sum_{b=1}^N w_{ab} (p_a - q_b). \]
\end{document}
"""


def test_a_generic_argument_is_no_quantity_where_an_index_of_its_name_is_declared() -> None:
    assert not_proved(GENERIC) == []
    used = GENERIC.replace("nothing saturates.", "and $\\sigma(a) > 0$.")
    assert not_proved(used) == []
    false = GENERIC.replace("= 2 \\sum_{b=1}^N w_{ab} (p_a - q_b)", "= \\sum_{b=1}^N w_{ab} (p_a - q_b)")
    assert [verdict for _, verdict in not_proved(false)] == ["refuted"]


BOLDFACE = r"""# Sheet 7

**Notation.** $\mathbf{x}_1, \dots, \mathbf{x}_n \in \mathbb{R}^d$ are the inputs, $\mathbf{y} \in \mathbb{R}^n$ the targets, $\mathbf{X} \in \mathbb{R}^{n \times d}$ the matrix with rows $\mathbf{x}_i^T$.

## Exercise 1

Let $\mathbf{w} \in \mathbb{R}^d$ and $J = \|\mathbf{X} \mathbf{w} - \mathbf{y}\|^2$. Then $\nabla_{\mathbf{w}} J = 2 \mathbf{X}^T (\mathbf{X} \mathbf{w} - \mathbf{y})$.

## Exercise 2

Suppose $\mathbf{y} = \mathbf{X} \mathbf{v}$ for some $\mathbf{v} \in \mathbb{R}^d$. Then $\mathbf{X}^T \mathbf{y} = \mathbf{X}^T \mathbf{X} \mathbf{v}$.

## Exercise 3

Let $\mathbf{w} \in \mathbb{R}^n$. Then $\mathbf{w}^T \mathbf{X} \mathbf{X}^T \mathbf{w} = \|\mathbf{X}^T \mathbf{w}\|^2$ and $\mathbf{y} = \mathbf{X} \mathbf{v}$.

## Exercise 4

Let $\mathbf{y}, \mathbf{z} \in \mathbb{R}^K$ with $y_k > 0$ and $\sum_{k=1}^K y_k = 1$. Let $J = -\sum_{k=1}^K y_k \log p_k$ with $p_k = \frac{e^{z_k}}{\sum_{j=1}^K e^{z_j}}$. Then

$$\frac{\partial J}{\partial z_k} = p_k - y_k.$$

## Exercise 5

We have $\|\mathbf{y}\|^2 = \mathbf{y}^T \mathbf{y}$ and $\sum_{i=1}^n y_i = 1$.

## Exercise 6

Let $k(x, z) = e^{-\frac{(x - z)^2}{2}}$ for $x, z \in \mathbb{R}$. Then

$$\frac{\partial k}{\partial x} = -(x - z) k(x, z), \qquad \frac{\partial k}{\partial z} = -(x - z) k(x, z).$$
"""


def test_notation_of_the_top_in_bold_and_what_single_problems_assume_of_it() -> None:
    assert not_proved(BOLDFACE) == [
        (r"\mathbf{y} = \mathbf{X} \mathbf{v}", "refuted"),
        (r"\sum_{i=1}^n y_i = 1", "refuted"),
        (r"\frac{\partial k}{\partial z} = -(x - z) k(x, z)", "refuted"),
    ]


@pytest.mark.parametrize("let", ["Let $a, b > 0$ and $x > 0$.", "Let $a > 0$, $x > 0$.", "Given $a > 0$ and $x > 0$,"])
def test_all_that_one_let_lists_is_introduced(let: str) -> None:
    text = f"For $x \\in \\{{0, 1\\}}$,\n$$x^2 = x.$$\n{let} we have $\\sqrt{{x^2}} = x$."
    assert not_proved(text) == []
    assert len(verdicts(text)) == 2


def test_what_one_let_says_twice_of_a_name_holds_together() -> None:
    """The second bound of x does not do away with the first."""
    text = "Let $x \\in \\mathbb{R}$. Then $x = x$. Let $x > 1$ and $x < 2$. Then $(x-1)(2-x) = |x-1| |2-x|$."
    assert not_proved(text) == []
