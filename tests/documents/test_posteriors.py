r"""``p(\theta | x_1, \dots, x_n) \propto …`` after prior and likelihood is a claim; and what ∝ may leave out.

The expectations are written by hand from Bayes' rule.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

COIN = (
    r"The data $x_1, \dots, x_n \in \{0, 1\}$ are drawn independently with $p(x_i \mid t) = t^{x_i} (1-t)^{1-x_i}$, $0 < t < 1$. "
    r"The prior is $p(t) \propto t^{a-1}(1-t)^{b-1}$. The posterior is "
)
RIGHT = r"t^{a - 1 + \sum_i x_i} (1-t)^{b - 1 + n - \sum_i x_i}"
WRONG = r"t^{a + \sum_i x_i} (1-t)^{b - 1 + n - \sum_i x_i}"


@pytest.mark.parametrize("data", [r"x_1, \dots, x_n", r"\mathcal{D}", r"\mathbf{x}", "X"])
def test_a_posterior_is_a_claim(words: Judged, data: str) -> None:
    assert words(rf"{COIN} $$p(t \mid {data}) \propto {RIGHT}.$$")[-1] == "proved"
    assert words(rf"{COIN} $$p(t \mid {data}) \propto {WRONG}.$$")[-1] == "refuted"
    chain = r"p(t) \prod_{i=1}^n p(x_i \mid t)"
    assert words(rf"{COIN} $$p(t \mid {data}) \propto {chain} \propto {RIGHT}.$$")[-2:] == ["proved", "proved"]
    assert words(rf"{COIN} $$p(t \mid {data}) \propto {chain} \propto {WRONG}.$$")[-2:] == ["proved", "refuted"]


def test_of_one_observation(words: Judged) -> None:
    text = r"<!--: t, y, s > 0 --> Let $p(y \mid t) = t e^{-t y}$ and $p(t) = s e^{-s t}$. Then "
    assert words(text + r"$$p(t \mid y) \propto t e^{-(y + s) t}$$")[-1] == "proved"
    assert words(text + r"$$p(t \mid y) \propto e^{-(y + s) t}$$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        COIN.replace("drawn independently", "given"),
        COIN.replace(r"The prior is $p(t) \propto t^{a-1}(1-t)^{b-1}$.", "Let $a, b > 0$."),
        COIN.replace(r"with $p(x_i \mid t) = t^{x_i} (1-t)^{1-x_i}$, ", "with "),
    ],
)
def test_a_definition_where_the_text_does_not_tell_all(words: Judged, text: str) -> None:
    assert words(rf"{text} $$p(t \mid x_1, \dots, x_n) \propto {WRONG}.$$")[-1] == "proved"


def test_other_data_are_not_these(words: Judged) -> None:
    assert words(rf"{COIN} $$p(t \mid x_1, \dots, x_m) \propto {WRONG}.$$")[-1] != "refuted"


def test_a_factor_that_depends_on_the_variable_is_not_left_out(words: Judged) -> None:
    text = r"<!--: x, y > 0 --> Let $q(y \mid x) \propto e^{-xy}$ and $p(x \mid y) \propto e^{-xy}$. Then "
    assert words(text + r"$$p(x \mid y) \propto q(y \mid x)$$")[-1] == "refuted"  # q(y | x) = x e^{-xy}
    assert words(text + r"$$p(x \mid y) \propto \frac{q(y \mid x)}{x}$$")[-1] != "refuted"
    assert words(text + r"$$q(y \mid x) \propto p(x \mid y)$$")[-1] == "refuted"
    assert words(text + r"$$q(y \mid x) \propto e^{-xy}$$")[-1] == "proved"


def test_what_waits_for_a_name_to_the_end_is_told(words: Judged) -> None:
    text = r"<!--: 0 < t < 1 --> The density is $$p(t) \propto t^{v^\top u}$$"
    assert words(text) == ["unread"]


@pytest.mark.parametrize("power", ["a - 1", "1 + a", "2 a_1 - 1"])
def test_exponents_of_something_positive_are_numbers(words: Judged, power: str) -> None:
    assert words(rf"<!--: 0 < t < 1 --> The density is $$p(t) \propto t^{{{power}}}$$")[-1] in ("proved", "unread")
    assert words(r"<!--: 0 < t < 1 --> The density is $$p(t) \propto t^{a - 1} (1 - t)^{b - 1}$$") == ["proved"]


def test_steps_above_a_number_are_none(words: Judged) -> None:
    text = r"<!--: w, \eta, g \in \mathbb{R} --> The update is $$w^{t+1} = w^t - \eta g$$"
    assert "t \\in" not in "".join(words(text))


NORMAL = r"""<!--: index n = 1..N ; z, x_n \in \mathbb{R} ; v, t > 0 -->
Let $z \sim \mathcal{N}(0, t)$ and $x_n | z \sim \mathcal{N}(z, v)$ be independent for $n = 1, \dots, N$. Then """


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"p(z | x_1, \dots, x_N) = \mathcal{N}(z | \frac{t \sum_n x_n}{v + N t}, \frac{v t}{v + N t})", "proved"),
        (r"p(z | x_1, \dots, x_N) = \mathcal{N}(z | \frac{1}{N} \sum_n x_n, \frac{v}{N})", "refuted"),
        (r"p(z | x_1, \dots, x_N) = \mathcal{N}(z | \frac{t \sum_n x_n}{v + t}, \frac{v t}{v + t})", "refuted"),
        (r"p(x_1, \dots, x_N | z) = \prod_n \mathcal{N}(x_n | z, v)", "proved"),
        (r"p(x_1, \dots, x_N | z) = \prod_n \mathcal{N}(x_n | z, t)", "refuted"),
    ],
)
def test_of_what_is_drawn(words: Judged, line: str, word: str) -> None:
    assert words(f"{NORMAL}$${line}.$$")[-1] == word


COUNTS = r"""<!--: index i = 1..n ; \lambda > 0 ; x_i nonnegative integer -->
Let $x_1, \dots, x_n$ be {how} with $p(x_i | \lambda) = \frac{\lambda^{x_i} e^{-\lambda}}{x_i!}$. The likelihood is """


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\prod_{i=1}^n \frac{\lambda^{x_i} e^{-\lambda}}{x_i!}", "proved"),
        (r"\prod_{i=1}^n \frac{\lambda^{x_i}}{x_i!}", "refuted"),
        (r"\frac{\lambda^{\sum_i x_i} e^{-n \lambda}}{\prod_i x_i!}", "proved"),
        (r"\frac{\lambda^{\sum_i x_i} e^{-\lambda}}{\prod_i x_i!}", "refuted"),
    ],
)
def test_the_likelihood_of_a_sample(words: Judged, line: str, word: str) -> None:
    said = COUNTS.replace("{how}", "independent")
    assert words(rf"{said}$$p(x_1, \dots, x_n | \lambda) = {line}.$$")[-1] == word


def test_of_what_nobody_calls_independent(words: Judged) -> None:
    said = COUNTS.replace("{how}", "counts")
    assert (
        words(rf"{said}$$p(x_1, \dots, x_n | \lambda) = \prod_{{i=1}}^n \frac{{\lambda^{{x_i}}}}{{x_i!}}.$$")[-1]
        == "proved"
    )
