"""Ways to write divergences and the variables of expectations: ``\\mid\\mid``, capitals, ``\\doteq``.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Answers, Judged

GIVEN = (
    "<!--: function p(x) density positive ; function q(x) density positive ; function f(x) ; c \\in \\mathbb{R} -->\n"
)


@pytest.mark.parametrize(
    "left", ["D_{KL}[p \\mid\\mid q]", "D_\\text{KL}(P \\| Q)", "\\mathfrak{D}_\\text{KL}(p \\| q)"]
)
def test_divergences(left: str, words: Judged) -> None:
    assert words(f"{GIVEN}$$ {left} = \\int p(x) \\log \\frac{{p(x)}}{{q(x)}} dx $$") == ["proved"]
    assert words(f"{GIVEN}$$ {left} = \\int q(x) \\log \\frac{{p(x)}}{{q(x)}} dx $$") == ["refuted"]


def test_capitals_as_variables(words: Judged) -> None:
    ratio = "\\mathbb{E}_{q}\\left[\\frac{p(X)}{q(X)} f(X)\\right] = \\mathbb{E}_{OTHER}[f(X)]"
    assert words(f"{GIVEN}$$ {ratio.replace('OTHER', 'p')} $$") == ["proved"]
    assert words(f"{GIVEN}$$ {ratio.replace('OTHER', 'q')} $$") != ["proved"]
    assert words(f"{GIVEN}$$ \\mathbb{{E}}_{{q}}[f(X)] = f(X) $$") == ["unread"]


def test_a_dotted_sign_defines(answers: Answers) -> None:
    assert answers(f"{GIVEN}$$ a \\doteq c^2 $$\n\n$$ a = c $$") == [("proved", "definition"), ("refuted", "equality")]
