"""Numbers that a text works with: ``We observe $x_1 = 1$ and $x_2 = 3$``, ``Let $p = 0.2$``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"Let $p = 0.2$ and $q = 1 - p$. Hence $q = 0.8$. So $q = 0.7$.", ["proved", "proved", "refuted"]),
        (r"Suppose $a = 2$ and $b = -3$. Then $$a b = -6.$$ $$a b = 6.$$", ["proved", "refuted"]),
        (r"Consider the data $x_1 = 1$, $x_2 = 3$, $x_3 = 5$. $$\frac13 (x_1 + x_2 + x_3) = 3$$", ["proved"]),
        (r"We observe $x_1 = 1$, $x_2 = 3$ and $x_3 = 5$. $$\frac13 \sum_{i=1}^3 x_i = 3$$", ["proved"]),
        (r"We observe $x_1 = 1$, $x_2 = 3$ and $x_3 = 5$. $$\frac13 \sum_{i=1}^3 x_i = 4$$", ["refuted"]),
        (r"With $\pi = 0.3$ and $\mu = 2$ we have $$(1 - \pi) \mu = 1.4.$$ $$\pi \mu = 1.4.$$", ["proved", "refuted"]),
        (
            r"Let $p = 0.2$. Then $5 p = 1$. Now let $p = 0.5$. Then $2 p = 1$. So $5 p = 1$.",
            ["proved"] * 2 + ["refuted"],
        ),
    ],
)
def test_given(words: Judged, text: str, verdicts: list[str]) -> None:
    claims = words(text)
    assert claims[-len(verdicts) :] == verdicts


def test_of_declared_quantities(words: Judged) -> None:
    declared = "<!--: c, d \\in \\mathbb{R} -->\n"
    given = "Take the numbers $c = 2$ and $d = 4$. "
    assert words(declared + given + "Then $$c d = 8.$$ $$c d = 9.$$") == ["proved", "refuted"]
    assert words(declared + "Then $$c d = 8.$$") == ["refuted"]


@pytest.mark.parametrize(
    "text",
    [
        r"Let $n = 1$. Then $$n + 1 = 2.$$",  # how many there are: a case of what is shown for every n
        r"If $r = 2$, then $r^2 = 4$. $$r + 1 = 3$$",
        r"For $r = 2$ and any $s$, $r s = 2 s$. $$r + 1 = 3$$",
        "# A\nLet $p = 0.2$. Then $5 p = 1$.\n# B\n$$5 p = 1$$",
    ],
)
def test_not_beyond_its_case(words: Judged, text: str) -> None:
    assert words(text)[-1] != "proved"


def test_a_section_ends_it() -> None:
    text = "# A\nLet $p = 0.2$.\n# B\n$p \\in (0, 1)$ and $$H(p) = -p \\log p - (1 - p) \\log (1 - p)$$"
    assert "let p := 0.2" in notes(text)


def test_the_next_section_is_about_any_number(words: Judged) -> None:
    text = "# A\nLet $p = 0.2$. Then $5 p = 1$.\n# B\nLet $p \\in (0, 1)$. Then $$p (1 - p) = "
    assert words(f"{text} p - p^2 $$")[-1] == "proved"
    assert words(f"{text} 0.16 $$")[-1] == "refuted"
