r"""Equations that words call one, for what stands on both of their sides: ``the Bellman equation is $v = r + \gamma P v$``."""

from __future__ import annotations

import pytest

from .judging import Judged

DECLARED = "<!--: P \\in \\mathbb{R}^{S \\times S} ; r, v \\in \\mathbb{R}^S ; \\gamma, a, b \\in (0,1) -->\n"


@pytest.mark.parametrize(
    "said",
    [
        r"In vector form the Bellman equation is $v = r + \gamma P v$, so that",
        r"The Bellman equation reads $$ v = r + \gamma P v , $$ hence",
        r"The consistency equation for the values is $v = r + \gamma P v$, so",
    ],
)
def test_it_is_given(said: str, words: Judged) -> None:
    assert words(f"{DECLARED}{said} $$ v = (I - \\gamma P)^{{-1}} r . $$")[-1] == "proved"
    assert words(f"{DECLARED}{said} $$ v = (I + \\gamma P)^{{-1}} r . $$")[-1] == "refuted"


@pytest.mark.parametrize(
    "said",
    [
        r"The update equation is $a = a - \gamma b$.",
        r"The normal equation is $a b = b$.",
        r"We see that $v = r + \gamma P v$.",
        r"We have $v = 2 r$. The Bellman equation is $v = r + \gamma P v$.",
    ],
)
def test_what_is_claimed(said: str, words: Judged) -> None:
    assert words(DECLARED + said)[-1] == "refuted"
