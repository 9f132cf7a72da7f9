"""Formulas with frames, marks and quantifiers around them: the claim is judged, and none is passed over."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    r"<!--: a, b \in \mathbb{R} ; index n = 1..N ; k = 1..K ; r_{nk} > 0 ; \sum_k r_{nk} = 1 ; x \in \mathbb{R}^d -->"
    "\n"
)


@pytest.mark.parametrize(
    "line",
    [
        r"\boxed{(a+b)^2 = RIGHT}",
        r"\therefore \quad \boxed{\; (a+b)^2 = RIGHT \;} \qquad\blacksquare",
        r"(a+b)^2 \overset{(i)}{=} RIGHT \tag*{$\square$}",
        r"(a+b)^2 = RIGHT \qed",
        r"(a+b)^2 = RIGHT \ \forall a, b",
        r"(a+b)^2 = RIGHT \hspace{1cm} \text{(binomial)}",
        r"{\rm exp}(\log (1 + a^2)) + (a+b)^2 = 1 + a^2 + RIGHT",
        r"\lvert a + b \rvert^2 = RIGHT",
        r"\norm{a x}^2 - a^2 x^\T x + (a+b)^2 = RIGHT",
        r"\operatorname*{arg\,min}_{a} a^2 = RIGHT - (a+b)^2",
        r"\forall a, b: (a+b)^2 = RIGHT",
    ],
)
def test_a_decorated_line_is_judged(words: Judged, line: str) -> None:
    right, wrong = "a^2 + 2 a b + b^2", "a^2 + a b + b^2"
    found = [words(f"{DECLARED}$$ {line.replace('RIGHT', each)} $$")[-1] for each in (right, wrong)]
    assert found == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\forall n: \sum_k r_{nk} = 1", "proved"),
        (r"\forall n \in \{1, \dots, N\}: \sum_k r_{nk} = 2", "refuted"),
        (r"\sum_k r_{nk} = 2 \ \forall n", "refuted"),
        (r"\sum_k r_{nk} = 2 \text{ for all } n = 1, \dots, N", "refuted"),
        (r"\sum_k r_{nk} = 2 \text{ for all } n = 2, \dots, N", "unread"),
        (r"|a| = a \ \forall a > 0", "unread"),
        (r"\forall a > 0: |a| = a", "unread"),
    ],
)
def test_all_values_are_meant_only_where_no_condition_stands(words: Judged, line: str, word: str) -> None:
    assert words(f"{DECLARED}$$ {line} $$")[-1] == word


@pytest.mark.parametrize("head", [r"\operatorname{\mathbb{E}}", r"\mathop{\mathbb{E}}", r"\E"])
def test_an_upright_expectation_defines_no_function(words: Judged, head: str) -> None:
    said = r"<!--: z \in \mathbb{R} ; z \sim \mathcal{N}(0, 1) -->"
    assert words(f"{said}\n$$ {head}[z] = 5 $$")[-1] == "refuted"


@pytest.mark.parametrize(
    "line",
    [
        "(a + b)^2 = RIGHT . \\qedhere % as claimed",
        "(a + b)^2 = RIGHT \\blacksquare % as claimed",
        "(a + b)^2 = RIGHT :",
        "(a + b)^2 = \\underbrace{RIGHT}_{=: S}",
        "(a + b)^2 = \\underbrace{(a + b) \\underbrace{(a + b)}_{= c}}_{:= S} + RIGHT - a^2 - 2 a b - b^2",
        "(a + b)^2 = \\overbrace{RIGHT}^{\\ge 0}",
    ],
)
@pytest.mark.parametrize(("right", "word"), [("a^2 + 2 a b + b^2", "proved"), ("a^2 + a b + b^2", "refuted")])
def test_marks_behind_and_labels_below(words: Judged, line: str, right: str, word: str) -> None:
    text = "<!--: a, b \\in \\mathbb{R} -->\n$$ " + line.replace("RIGHT", right) + "\n$$\n"
    assert words(text)[-1] == word
