"""``… for $a = \\sqrt{6 / (n + m)}$`` of names that only this sentence has: the claim is made for that value, and no other."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: a, c > 0 -->" + "\n"


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        (r"We have $\frac{a^2}{3} = \frac{2}{c + q}$ for $a = \sqrt{\frac{6}{c + q}}$.", ["proved"]),
        (r"We have $\frac{a^2}{3} = \frac{3}{c + q}$ for $a = \sqrt{\frac{6}{c + q}}$.", ["refuted"]),
        (r"We have $\frac{a^2}{3} = \frac{2}{c + q}$ for $a = \frac{6}{c + q}$.", ["refuted"]),
        (
            r"We have $\frac{a^2}{3} = \frac{2}{c + q}$ for $a = \sqrt{\frac{6}{c + q}}$." + "\n\n"
            r"In general $\frac{a^2}{3} = \frac{2}{c + q}$.",  # the value holds in its sentence only
            ["proved", "refuted"],
        ),
    ],
)
def test_the_claim_is_made_for_that_value(words: Judged, text: str, verdicts: list[str]) -> None:
    assert words(HEAD + text) == verdicts
