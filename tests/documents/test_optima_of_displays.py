"""Where a display is least: said by the sentence that goes on from it, and what holds at a choice that is displayed."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

BOUND = r"""%: B, L, h > 0
The bound \[ f(h) = \frac{B^2}{2 h} + \frac{h L^2}{2} """


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (r"\] is minimised by \[ h = \frac{B}{L} . \]", "proved"),
        (r"\] is therefore smallest for $h = B / L$.", "proved"),
        (r". \] It is minimised by choosing \[ h = B / L . \]", "proved"),
        (r"\] is minimised by \[ h = \frac{B}{L} , \] where it has the value \[ f(h) = B L . \]", "proved"),
        (r"\] is minimised by \[ h = \frac{L}{B} . \]", "refuted"),
        (r"\] is minimised at $h = L / B$.", "refuted"),
        (r"\] is maximised by \[ h = \frac{B}{L} . \]", "refuted"),
        (r"\] is minimised by \[ h = \frac{B}{L} , \] where it has the value \[ f(h) = 2 B L . \]", "refuted"),
        (r". \] Choosing \[ h = B / L \] gives \[ f(h) = B L . \]", "proved"),
        (r". \] With the choice \[ h = B / L \] we get \[ f(h) = 2 B L . \]", "refuted"),
    ],
)
def test_where_a_display_is_least(words: Judged, text: str, expected: str) -> None:
    assert words(BOUND + text)[-1] == expected


def test_what_is_chosen_holds_in_its_sentence_alone(words: Judged) -> None:
    text = BOUND + r". \] Choosing \[ h = B / L \] gives \[ f(h) = B L . \] For all $h$, \[ f(h) = B L . \]"
    assert words(text)[-1] != "proved"
