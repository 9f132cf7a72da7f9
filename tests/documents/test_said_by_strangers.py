"""Ways of saying what is supposed, what is meant anew, and what a name is, as notes on deep learning have them."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

UNIT = [
    r"Let $x_1, \dots, x_N \in \mathbb{R}^d$ be unit vectors.",
    r"The embeddings $x_i \in \mathbb{R}^d$, $i = 1, \dots, N$, have unit norm, $\|x_i\| = 1$.",
]
PAIRS = [
    r"The embeddings $u, v \in \mathbb{R}^d$ lie on the unit sphere.",
    r"For unit-norm embeddings $u, v \in \mathbb{R}^d$ we have the following.",
    r"The embeddings $u, v \in \mathbb{R}^d$ are normalised to unit length, that is $\|u\| = \|v\| = 1$.",
]


@pytest.mark.parametrize("text", UNIT)
def test_lists_of_unit_vectors(words: Judged, text: str) -> None:
    assert words(rf"{text} Then $$ \|x_i - x_j\|^2 = 2 - 2 x_i^\top x_j $$")[-1] == "proved"
    assert words(rf"{text} Then $$ \|x_i - x_j\|^2 = 2 - x_i^\top x_j $$")[-1] == "refuted"


@pytest.mark.parametrize("text", [PAIRS[0], PAIRS[2]])
def test_pairs_of_unit_vectors(words: Judged, text: str) -> None:
    assert words(rf"{text} Then $$ \|u - v\|^2 = 2 - 2 u^\top v $$")[-1] == "proved"
    assert words(rf"{text} Then $$ \|u - v\|^2 = 2 - u^\top v $$")[-1] == "refuted"


@pytest.mark.parametrize(
    "text",
    [
        r"Let $x_1, \dots, x_N \in \mathbb{R}^d$ be points, not necessarily unit vectors.",
        r"Let $x_1, \dots, x_N \in \mathbb{R}^d$ have unit variance.",
        r"Let $x_1, \dots, x_N \in \mathbb{R}^d$ be vectors, that is $\|x_i\| = 1$.",
    ],
)
def test_no_unit_vectors(words: Judged, text: str) -> None:
    assert words(rf"{text} Then $$ \|x_i\|^2 = 1 $$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Let $c, s, n > 0$ and $v = n s$. Then $v = c$ requires $s = c / n$.", "proved"),
        (r"Let $c, s, n > 0$ and $v = n s$. Then $v = c$ requires $s = c n$.", "refuted"),
        (r"Let $s, n > 0$ and $v = n s$. Requiring $v = 1$ leads to $s = 1/n$.", "proved"),
        (r"Let $s, n > 0$ and $v = n s$. So $v = 1$ forces $s = 2/n$.", "refuted"),
    ],
)
def test_what_something_is_required_for_is_supposed(words: Judged, text: str, verdict: str) -> None:
    assert words(text) == ["proved", verdict]


def test_bound_on_what_nobody_has_spoken_of(words: Judged) -> None:
    text = r"Given $v > 0$, compute $$ r = \frac{1}{\sqrt{v + \epsilon}} $$ and $q = r^2$. Here $\epsilon > 0$ is small. Then $$ %s $$"
    assert words(text % r"\sqrt{\epsilon^2} = \epsilon")[-1] == "proved"
    concluded = r"Given $v > 0$, compute $$ r = \frac{1}{\sqrt{v + \epsilon}} $$ and $q = r^2$. Hence $\epsilon > 0$."
    assert words(concluded)[-1] == "refuted"


SMOOTHED = (
    r"Let $y \in \{0, 1\}^K$ be a one-hot label and $\tilde{y}_k = (1 - \varepsilon) y_k + \frac{\varepsilon}{K}$. We have "
    r"$$ - \sum_{k=1}^K \tilde{y}_k \log q_k = - (1 - \varepsilon) \sum_{k=1}^K y_k \log q_k - "
    r"\frac{\varepsilon}{K} \sum_{k=1}^K \log q_k . $$ With $q = \mathrm{softmax}(o)$ the gradient is "
    r"$$ \frac{\partial}{\partial o_k} ( - \sum_{j=1}^K \tilde{y}_j \log q_j ) = %s $$"
)


def test_name_with_a_guessed_sign_is_defined(words: Judged) -> None:
    assert words(SMOOTHED % r"q_k - \tilde{y}_k")[-2:] == ["proved", "proved"]
    assert words(SMOOTHED % r"q_k + \tilde{y}_k")[-2:] == ["proved", "refuted"]


def test_condition_in_words_alone(words: Judged) -> None:
    """No counterexample counts under a condition that nothing was made of."""
    text = (
        r"Let $g_1, \dots, g_T \in \mathbb{R}^d$ be gradients, $v_t = \mu v_{t-1} + g_t$ and $v_0 = 0$. If all gradients are "
        r"equal to $g$, then $$ v_t = \frac{1 - \mu^t}{1 - \mu} g $$"
    )
    assert words(text)[-1] == "undecided"


def test_new_section_has_its_own_list(words: Judged) -> None:
    text = (
        "## Arms\n\n"
        r"Let $r_1, \dots, r_K$ be rewards and $J = \sum_{a=1}^K r_a$."
        "\n\n## Episodes\n\n"
        r"Let $\gamma \in (0, 1)$ be the discount and $r_0, r_1, \dots, r_{T-1}$ the rewards of an episode. The return is "
        r"$$ G_t = \sum_{k=t}^{T-1} \gamma^{k-t} r_k, $$ and $$ G_t = %s $$"
    )
    assert words(text % r"r_t + \gamma G_{t+1}")[-1] == "proved"
    assert words(text % r"r_t - \gamma G_{t+1}")[-1] == "refuted"


def test_vector_takes_the_letter_of_what_was_drawn(words: Judged) -> None:
    """Something made of the number z says nothing any more where z is a vector."""
    text = (
        r"Let $x = a z + b$ with $a > 0$ and $z \sim \mathcal{N}(0, 1)$. Then $$ \mathbb{E}[x] = b. $$"
        "\n\n## Flows\n\n"
        r"A flow is $g(z) = z + u\, h(w^\top z + b)$ with $u, w, z \in \mathbb{R}^D$ and $b \in \mathbb{R}$. "
        r"For $h = \tanh$ we have $h'(x) = 1 - \tanh^2(x)$."
    )
    assert words(text)[-1] == "proved"
