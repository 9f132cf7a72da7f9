r"""``z \sim \mathcal{N}(0, 1)``, ``x \mid z \sim \mathcal{N}(z, s^2)``: what p(z), p(x | z), p(x), p(z | x) are follows."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

DECLARED = "<!--: x, z, m \\in \\mathbb{R} ; s, v > 0 -->\n"
MODEL = "Let $z \\sim \\mathcal{N}(0, 1)$ and $x \\mid z \\sim \\mathcal{N}(2 z, s^2)$. "


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("p(x \\mid z) = \\mathcal{N}(x; 2z, s^2)", "p(x \\mid z) = \\mathcal{N}(x; z, s^2)"),
        ("p(x) = \\mathcal{N}(x; 0, s^2 + 4)", "p(x) = \\mathcal{N}(x; 0, s^2 + 2)"),
        ("p(x, z) = p(z) p(x | z)", "p(x, z) = p(x) p(z)"),
        (
            "p(z | x) = \\mathcal{N}(z; \\frac{2x}{s^2 + 4}, \\frac{s^2}{s^2 + 4})",
            "p(z | x) = \\mathcal{N}(z; \\frac{x}{s^2 + 4}, \\frac{s^2}{s^2 + 4})",
        ),
        ("\\int p(x | z) p(z) \\, dz = p(x)", "\\int p(x | z) p(z) \\, dz = p(z)"),
    ],
)
def test_densities_of_a_model_are_judged(right: str, wrong: str, words: Judged) -> None:
    assert words(DECLARED + MODEL + f"Then $${right}.$$")[-1] == "proved"
    assert words(DECLARED + MODEL + f"Then $${wrong}.$$")[-1] in ("refuted", "unread")
    assert words(DECLARED + MODEL + f"Then $${wrong}.$$")[-1] != "proved"


@pytest.mark.parametrize(
    "said",
    [
        "Now let $x \\mid z \\sim \\mathcal{N}(z, s^2)$ instead. ",
        "We change the model to $x \\mid z \\sim \\mathcal{N}(z, s^2)$. ",
        "\n\n# Problem 2\nLet $z \\sim \\mathcal{N}(0, 1)$ and $x \\mid z \\sim \\mathcal{N}(z, s^2)$. ",
    ],
)
def test_another_model_has_other_densities(said: str, words: Judged) -> None:
    old, new = "$$p(x) = \\mathcal{N}(x; 0, s^2 + 4).$$", "$$p(x) = \\mathcal{N}(x; 0, s^2 + 1).$$"
    assert words(DECLARED + MODEL + "Then " + old + said + "Then " + new)[-1] == "proved"
    assert words(DECLARED + MODEL + "Then " + old + said + "Then " + old)[-1] == "refuted"


def test_what_is_denied_is_no_model(words: Judged) -> None:
    said = "It is not true that $x \\mid z \\sim \\mathcal{N}(5z, s^2)$. Then $$p(x) = \\mathcal{N}(x; 0, s^2 + 25).$$"
    assert words(DECLARED + MODEL + said)[-1] != "proved"


def test_what_q_draws_has_no_prior(words: Judged) -> None:
    said = "The encoder draws $z \\sim \\mathcal{N}(m, v^2)$, so $q(z) = \\mathcal{N}(z; m, v^2)$. The prior is $p(z) = \\mathcal{N}(z; 0, 1)$. "
    kl = "$$\\mathrm{KL}(q(z) \\,\\|\\, p(z)) = \\frac12 (m^2 + v^2 - 1) - \\log v$$"
    assert words(DECLARED + said + kl)[-1] == "proved"


def test_the_density_of_x_is_not_that_of_z_at_x(words: Judged) -> None:
    forms = "<!--: function p(z) := \\mathcal{N}(z|0,1) ; function p(x|z) := \\mathcal{N}(x|z, s^2) -->\n"
    assert words(DECLARED + forms + "We know that $$p(x) = \\mathcal{N}(x; 0, 1) + 1.$$") != ["refuted"]
    assert words(DECLARED + forms + "$$p(m) = \\mathcal{N}(m; 0, 1).$$") == ["proved"]
