"""A member of a family is never taken for one thing that is the same under every index."""

from __future__ import annotations

from pathlib import Path

import pytest

from derive.checker import Limits, check_documents


def words(tmp_path: Path, text: str) -> list[str]:
    path = tmp_path / "a.md"
    path.write_text(text, encoding="utf-8")
    return [result.word for result in check_documents([str(path)], Limits(jobs=1)).results]


FALSE_SUM = "$$\\sum_{n=1}^N x_n = N x_n$$\n"


@pytest.mark.parametrize(
    "given",
    [
        "<!--: x_n \\in \\mathbb{R}\nindex n = 1..N -->\n",
        "<!--: x_n \\in \\mathbb{R} ; index n = 1..N -->\n",
        "<!--: x_n \\in \\mathbb{R} -->\n# Title\n\n## Problem\n",
        "<!--: x_n \\in \\mathbb{R} -->\n\nOf it, $x_n = x_n$.\n\n<!--: index n = 1..N -->\n",
    ],
)
def test_a_name_declared_before_its_index(tmp_path: Path, given: str) -> None:
    assert words(tmp_path, given + FALSE_SUM)[-1] in ("refuted", "unread")


def test_a_whole_name_that_was_declared_as_one(tmp_path: Path) -> None:
    assert words(tmp_path, "<!--: name x_n \\in \\mathbb{R} ; index n = 1..N -->\n" + FALSE_SUM) == ["proved"]


COINS = """<!--: index r, s = 1..R ; \\rho \\in (0,1) ; z_r \\in \\{0,1\\} -->
With $z_r \\sim \\mathrm{Bernoulli}(\\rho)$ independent,
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}[z_r] = \rho", "proved"),
        (r"\sum_{r=1}^R \mathbb{E}[z_r] = R \rho", "proved"),
        (r"\mathbb{E}[(\sum_{r=1}^R z_r)^2] = R^2 \rho", "unread"),  # were all z_r one
        (r"\mathbb{E}[z_r z_s] = \rho z_s", "unread"),  # were z_s fixed
        (r"\mathbb{E}[\sum_{s=1}^R z_s] = \sum_{s=1}^R z_s", "refuted"),
        (r"\mathbb{E}[\sum_{s=1}^R z_s] = R \rho", "proved"),
    ],
)
def test_an_expectation_over_one_member(tmp_path: Path, line: str, word: str) -> None:
    assert words(tmp_path, f"{COINS}$$ {line} $$\n")[-1] == word
