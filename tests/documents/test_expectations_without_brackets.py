r"""``\mathbb{E}_{z \sim q} \log p(z) + \mathcal{H}(q)``: a mean without brackets, and the entropy of a density. The
expectations are written by hand from the mathematics."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

GIVEN = r"""<!--: z, x \in \mathbb{R} ; function q(z | x) density positive ; function p(x, z) density positive ; function f(z) -->
"""


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}_{z \sim q(z | x)} f(z) = \int q(z | x) f(z) \, dz", "proved"),
        (r"\mathbb{E}_{z \sim q(z | x)} f(z) = \int q(z | x) f(z)^2 \, dz", "refuted"),
        (r"\mathbb{E}_{z \sim q(z | x)} f(z) - x = \int q(z | x) f(z) \, dz - x", "proved"),
        (r"\mathbb{E}_{z \sim q(z | x)} f(z) - x = \int q(z | x) f(z) \, dz + x", "refuted"),
        (r"\mathbb{E}_{z \sim q(z | x)} f(z) f(x) = f(x) \int q(z | x) f(z) \, dz", "proved"),
        (r"\mathbb{E}_{z \sim q(z | x)} (f(z) + 1) f(z) = \int q(z | x) (f(z) + f(z)^2) \, dz", "proved"),
        (r"\mathbb{E}_{z \sim q(z | x)} (f(z) + 1) f(z) = \int q(z | x) f(z)^2 \, dz", "refuted"),
        (r"\mathbb{E}_{q(z | x)} f(z)^2 = \left( \int q(z | x) f(z) \, dz \right)^2", "refuted"),
    ],
)
def test_means(words: Judged, line: str, word: str) -> None:
    assert words(f"{GIVEN}$${line}$$") == [word]


@pytest.mark.parametrize("letter", ["H", r"\mathcal{H}", r"\mathbb{H}"])
def test_entropies(words: Judged, letter: str) -> None:
    bound = (
        rf"The bound is $$\mathcal{{L}}(q) = \mathbb{{E}}_{{z \sim q(z | x)}} \log p(x, z) + {letter}(q(z | x))$$ so "
    )
    assert (
        words(
            rf"{GIVEN}{bound} $$\mathcal{{L}}(q) = \mathbb{{E}}_{{z \sim q(z | x)}} [\log p(x, z) - \log q(z | x)]$$"
        )[-1]
        == "proved"
    )
    assert (
        words(
            rf"{GIVEN}{bound} $$\mathcal{{L}}(q) = \mathbb{{E}}_{{z \sim q(z | x)}} [\log p(x, z) + \log q(z | x)]$$"
        )[-1]
        == "refuted"
    )
    assert words(rf"{GIVEN}$${letter}(q(z | x)) = -\int q(z | x) \log q(z | x) \, dz$$") == ["proved"]
    assert words(rf"{GIVEN}$${letter}(q(z | x)) = \int q(z | x) \log q(z | x) \, dz$$") == ["refuted"]


def test_a_function_of_that_letter(words: Judged) -> None:
    text = GIVEN.replace("function f(z)", "function f(z) ; function H(u) := u^2")
    assert words(text + r"$$H(f(z)) = f(z)^2$$") == ["proved"]
    assert words(text + r"$$H(q(z | x)) = q(z | x)^2$$") == ["proved"]
    assert words(text + r"$$H(q(z | x)) = - \mathbb{E}_{q(z | x)} [\log q(z | x)]$$") == ["refuted"]
