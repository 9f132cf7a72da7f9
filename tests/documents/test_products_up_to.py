"""Sequences that a text gives outright, ``a_t = \\prod_{s=1}^t b_s``, and names whose definition could not be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents

DECLARED = "<!--: index t, s = 1..T ; 0 < g_t < 1 -->\n"


def verdicts(text: str, folder: Path) -> list[str]:
    path = folder / "a.md"
    path.write_text(text)
    return [result.word for result in check_documents([str(path)], Limits(jobs=1, timeout=60)).results]


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (r"\bar{g}_t = g_t \bar{g}_{t-1}", "proved"),
        (r"\bar{g}_t = 2 g_t \bar{g}_{t-1}", "refuted"),
        (r"1 - g_t \bar{g}_{t-1} = 1 - \bar{g}_t", "proved"),
        (r"1 - g_t \bar{g}_{t-1} = 1 + \bar{g}_t", "refuted"),
    ],
)
def test_the_member_before(claim: str, expected: str, tmp_path: Path) -> None:
    text = DECLARED + "Here $$\\bar{g}_t = \\prod_{s=1}^t g_s$$ and so " + f"$${claim}$$"
    assert verdicts(text, tmp_path) == ["proved", expected]


def test_it_is_no_number_of_its_own_above_what_gives_it(tmp_path: Path) -> None:
    text = (
        DECLARED
        + "$$f = 1 - \\bar{g}_{t-1}$$\n\n## Why\n\n$$\\bar{g}_t = \\prod_{s=1}^t g_s$$ $$\\bar{g}_t = g_t \\bar{g}_{t-1}$$"
    )
    assert verdicts(text, tmp_path)[-2:] == ["proved", "proved"]


def test_nothing_is_refuted_of_what_could_not_be_read(tmp_path: Path) -> None:
    text = DECLARED + "### One\n\n- $B_1 = \\frac{g_t}{1 - g_t}$\n\n### Two\n\n$$f_t = \\frac{1}{B_1 + 1} = 1 - g_t$$"
    assert "refuted" not in verdicts(text, tmp_path)
