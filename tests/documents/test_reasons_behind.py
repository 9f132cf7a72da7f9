r"""``since $w^\top w = 1$`` behind a display: the reason for its last line, of a w of which nothing else is known. The
expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = "<!--: x, w, u \\in \\mathbb{R}^d ; z \\in \\mathbb{R} -->\n"
CHAIN = r"""$$\begin{aligned}
\|x - z w\|^2 &= x^\top x - 2 z w^\top x + z^2 w^\top w \\
&= x^\top x - LAST
\end{aligned}$$
REASON"""


@pytest.mark.parametrize(
    "reason", [r"since $w^\top w = 1$.", r"where we have used $w^\top w = 1$.", r"because $w^\top w = 1$. Then"]
)
def test_a_reason_for_the_last_line(words: Judged, reason: str) -> None:
    text = GIVEN + CHAIN.replace("REASON", reason)
    assert words(text.replace("LAST", r"2 z w^\top x + z^2"))[:3] == ["proved", "proved", "proved"]
    assert words(text.replace("LAST", r"2 z w^\top x - z^2"))[:2] == ["proved", "refuted"]
    assert words(text.replace("LAST", r"z w^\top x + z^2"))[:2] == ["proved", "refuted"]


@pytest.mark.parametrize(
    ("declared", "reason"),
    [
        ("", r"Moreover, $w^\top w = 1$."),
        ("", r"since $u^\top u = 1$."),
        ("", r"since $x^\top x = w^\top w$."),
        (" ; assume w^\\top w = 2", r"since $w^\top w = 1$."),
    ],
)
def test_other_words_and_what_is_known_otherwise(words: Judged, declared: str, reason: str) -> None:
    given = GIVEN.replace(" -->", f"{declared} -->")
    text = given + CHAIN.replace("REASON", reason).replace("LAST", r"2 z w^\top x + z^2")
    assert words(text)[1] == "refuted"


def test_of_what_is_sought_it_is_a_claim(words: Judged) -> None:
    text = (
        GIVEN
        + r"""$$J = \|x - w\|^2$$
$$\nabla_w J = 2 (w - x)$$
Setting this to zero,
$$w^\top w = 1 + 0$$
since $w^\top w = 1$."""
    )
    assert words(text)[-1] != "proved"
