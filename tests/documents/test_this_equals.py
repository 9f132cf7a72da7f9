"""``With $b = …$ this equals $f$``: "this" is what was displayed before the abbreviation."""

from __future__ import annotations

from tests.documents.test_by_powers import verdicts

FIT = r"""Let $S \in \mathbb{R}^{k\times k}$ be symmetric positive definite, $z \in \mathbb{R}^k$, $r \in \mathbb{R}$. The score is
\[ g = r z^\top S^{-1} z - \operatorname{tr}(S). \]
"""


def test_this_goes_on_from_the_display_before_the_abbreviation() -> None:
    for words in ("this equals", "this is", "this can be written as"):
        text = FIT + rf"With $u = S^{{-1}} z$ {words} $r u^\top S u - \operatorname{{tr}}(S)$."
        assert verdicts(text) == ["proved"] * 3, words
        wrong = text.replace(r"r u^\top S u", r"r u^\top u")
        assert verdicts(wrong) == ["proved", "proved", "refuted"], words


def test_two_abbreviations() -> None:
    text = FIT + r"With $u = S^{-1} z$ and $t = \operatorname{tr}(S)$ this equals $r u^\top z - t$."
    assert verdicts(text) == ["proved"] * 4
    assert verdicts(text.replace("- t$", "+ t$")) == ["proved"] * 3 + ["refuted"]


def test_in_a_new_sentence_this_is_the_last_equation() -> None:
    text = FIT + r"Let $u = r S^{-1} z$. This equals $S^{-1} (r z)$."
    assert verdicts(text) == ["proved"] * 3
    assert verdicts(text.replace("(r z)", "z")) == ["proved", "proved", "refuted"]
