"""Multipliers that no words call so: a letter before a constraint is a number; before other brackets it may not be."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

HEAD = r"<!--: index k = 1..K ; n_k, p_k > 0 ; \sum_k p_k = 1 ; u \in \mathbb{R} -->" + "\nWe introduce $\\mu$:\n"


@pytest.mark.parametrize(
    ("term", "slope"),
    [
        (r"+ \mu \left(1 - \sum_k p_k\right)", r"- \mu"),
        (r"- \mu \Bigl[\sum_k p_k - 1\Bigr]", r"- \mu"),
        (r"+ \mu \cdot (\sum_k p_k - 1)", r"+ \mu"),
    ],
)
def test_a_letter_before_a_constraint_is_a_number(words: Judged, term: str, slope: str) -> None:
    objective = rf"$$ L(p, \mu) = \sum_k n_k \log p_k {term} $$ "
    line = r"$$ \frac{\partial L}{\partial p_k} = \frac{n_k}{p_k} SLOPE $$"
    assert words(HEAD + objective + line.replace("SLOPE", slope)) == ["proved", "proved"]
    assert words(HEAD + objective + line.replace("SLOPE", ""))[-1] == "refuted"
