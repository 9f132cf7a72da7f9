r"""``For $a = W x$ … For $a = 2 W x$ …``: each case has its own meaning, and the first says nothing of the second."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = (
    "<!--: a, t \\in \\mathbb{R}^K ; W \\in \\mathbb{R}^{K \\times D} ; x \\in \\mathbb{R}^D -->\n"
    "Let $E = \\frac12 \\|a - t\\|^2$. Then $\\nabla_a E = a - t$.\n"
)
BEGINNINGS = [
    "For {} we get",
    "If {}, then",
    "When {}, we have",
    "With {} we get",
    "Suppose {}. Then",
    "Assume {}. Then",
]


def case(beginning: str, equation: str, result: str) -> str:
    return f"{beginning.format(f'${equation}$')} $$\\nabla_W E = {result}.$$\n"


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_what_is_differentiated_next_is_made_of_it(beginning: str, words: Judged) -> None:
    assert words(DECLARED + case(beginning, "a = W x", "(a - t) x^T"))[-1] == "proved"
    assert words(DECLARED + case(beginning, "a = W x", "2 (a - t) x^T"))[-1] == "refuted"


@pytest.mark.parametrize("beginning", BEGINNINGS)
@pytest.mark.parametrize(("factor", "right", "wrong"), [("-", "-", ""), ("2", "2", "")])
def test_a_second_case_is_one_of_its_own(beginning: str, factor: str, right: str, wrong: str, words: Judged) -> None:
    first = DECLARED + case(beginning, "a = W x", "(a - t) x^T")
    assert words(first + case(beginning, f"a = {factor} W x", f"{right} (a - t) x^T"))[-1] == "proved"
    assert words(first + case(beginning, f"a = {factor} W x", f"{wrong} (a - t) x^T"))[-1] == "refuted"


@pytest.mark.parametrize("beginning", [each for each in BEGINNINGS if not each.startswith("With")])
def test_in_general_ends_the_case(beginning: str, words: Judged) -> None:
    first = DECLARED + case(beginning, "a = W x", "(a - t) x^T")
    assert words(first + "In general $a^T a \\ge x^T W^T W x$.")[-1] != "proved"
    assert words(first + "In general $\\nabla_W E = (a - t) x^T$.")[-1] != "proved"


def test_a_reason_is_no_second_case(words: Judged) -> None:
    first = DECLARED + case("With {} we get", "a = W x", "(a - t) x^T")
    assert words(first + "This is so because $a = 2 W x$.")[-1] == "refuted"
