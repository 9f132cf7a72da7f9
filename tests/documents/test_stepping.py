"""Recursions: one step of them with derivatives, a sequence that is given by one, and shapes told by all formulas.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

CELL = r"""# A leaky cell

For $\tau = 1, \dots, T$ let
$$ \begin{aligned}
g_\tau &= \sigma(A u_\tau + B s_{\tau-1} + q), \\
s_\tau &= (1 - g_\tau) \odot s_{\tau-1} + g_\tau \odot \tanh(D u_\tau).
\end{aligned} $$
Here $u_\tau \in \mathbb{R}^p$, $s_\tau \in \mathbb{R}^r$, and $\sigma$ is the logistic sigmoid. Let $\epsilon_\tau = \frac{\partial L}{\partial s_\tau}$ be given. Then
$$ \frac{\partial L}{\partial g_\tau} = \epsilon_\tau \odot (CLAIM). $$
"""


def with_t(text: str) -> str:
    return text.replace(r"\tau", "t").replace(r"\epsilon_t", r"\delta_t")


@pytest.mark.parametrize(
    ("claim", "verdict"), [(r"\tanh(D u_t) - s_{t-1}", "proved"), (r"\tanh(D u_t) + s_{t-1}", "refuted")]
)
def test_one_step_is_differentiated(words: Judged, claim: str, verdict: str) -> None:
    assert words(with_t(CELL).replace("CLAIM", claim)) == ["proved", "proved", "proved", verdict]


def test_shapes_come_from_all_formulas_together() -> None:
    found = notes(with_t(CELL).replace("CLAIM", r"\tanh(D u_t) - s_{t-1}"))
    for each in (
        r"A \in \mathbb{R}^{r \times p}",
        r"B \in \mathbb{R}^{r \times r}",
        r"q \in \mathbb{R}^{r}",
        "one step of a recursion",
    ):
        assert each in found


def test_the_next_section_knows_nothing_of_the_step(words: Judged) -> None:
    text = with_t(CELL).replace("CLAIM", r"\tanh(D u_t) - s_{t-1}") + (
        "\n# Sums\n\nLet $v_t \\in \\mathbb{R}$ for $t = 1, \\dots, T$. Then $\\sum_{t=1}^T 2 v_t = 2 \\sum_t v_t$.\n"
    )
    assert words(text)[-1] == "proved"


@pytest.mark.parametrize(
    ("claim", "verdict"), [(r"\tanh(D u_t) - s_{t-1}", "proved"), (r"\tanh(D u_t) + s_{t-1}", "refuted")]
)
def test_what_the_author_declares_of_every_step_holds_at_this_one(words: Judged, claim: str, verdict: str) -> None:
    declared = (
        "<!--: index t = 1..T ; u_t \\in \\mathbb{R}^p ; s_t \\in \\mathbb{R}^r ; opaque L depends on s_t -->\n"
        "<!--: A, D \\in \\mathbb{R}^{r \\times p} ; B \\in \\mathbb{R}^{r \\times r} ; q \\in \\mathbb{R}^r ; function \\sigma = logistic -->\n"
    )
    assert words(declared + with_t(CELL).replace("CLAIM", claim))[-1] == verdict


STEPPED = [
    r"Then $\frac{\partial L}{\partial B} = \sum_{t=2}^T \epsilon_t s_{t-1}^\top$.",  # a sum over some steps
    r"Then $\frac{\partial L}{\partial B} = \sum_t \epsilon_t s_{t-1}^\top + B$.",  # and something beside it
    r"Then $\frac{\partial L}{\partial B} = \sum_t \epsilon_t s_{t-1}^\top$ and $\frac{\partial L}{\partial q} = \epsilon_t$.",
    r"Then $\frac{\partial L}{\partial s_t} = \sum_t \epsilon_t$.",  # a sum over steps at one step
    r"Then $\frac{\partial L}{\partial s_t} = s_T$.",  # the last member
    r"Then $\frac{\partial s_t}{\partial B} = \epsilon_t$.",  # through all steps
    r"Then $\frac{\partial L}{\partial s_t} = t \, \epsilon_t$.",  # the step as a number
]


@pytest.mark.parametrize("claim", STEPPED)
def test_what_is_about_all_steps_is_no_single_step(claim: str) -> None:
    text = (
        r"Let $s_t \in \mathbb{R}^r$ and $B \in \mathbb{R}^{r \times r}$, $t = 1, \dots, T$. $$ s_t = \tanh(B s_{t-1}) $$ "
        + claim
    )
    assert "one step of a recursion" not in notes(text)


# -- a sequence --------------------------------------------------------------------------------------------------------
SEQUENCE = r"""# A scalar filter

Consider $m_t = b m_{t-1} + c z_t$ for $t = 1, \dots, N$ with $m_0 = 0$. Then
$$ m_N = c \sum_{j=1}^N b^{N-j} z_j . $$
"""


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [("", "", "proved"), ("b^{N-j} z_j", "b^{N-j+1} z_j", "refuted"), ("m_0 = 0", "m_0 = 1", "refuted")],
)
def test_a_recurrence_is_solved_by_induction(words: Judged, old: str, new: str, verdict: str) -> None:
    assert words(SEQUENCE.replace(old, new) if old else SEQUENCE) == [verdict]


def test_nothing_says_that_it_is_about_numbers(words: Judged) -> None:
    assert words(SEQUENCE.replace("scalar ", "")) != ["refuted"]


# -- functions that have a name ------------------------------------------------------------------------------------------
LOGIT = r"Let $a, x \in \mathbb{R}^m$ and $r = \sigma(a^\top x)$. WORDS Then $\nabla_a r = r (1 - r) x$."


@pytest.mark.parametrize(
    "said",
    [
        r"Here $\sigma$ is the sigmoid function.",
        r"We write $\sigma(\cdot)$ for the logistic function.",
        r"Recall that $\sigma'(v) = \sigma(v)(1 - \sigma(v))$.",
    ],
)
def test_the_words_say_which_function(words: Judged, said: str) -> None:
    assert set(words(LOGIT.replace("WORDS", said))) == {"proved"}


@pytest.mark.parametrize(
    "said",
    [
        r"Here $\sigma$ is applied to a number.",
        r"Recall that $\sigma'(v) = \sigma(v)(1 + \sigma(v))$.",
        r"The sigmoid is not used.",
    ],
)
def test_other_words_do_not(words: Judged, said: str) -> None:
    assert "unread" in words(LOGIT.replace("WORDS", said))


def test_a_standard_deviation_is_no_sigmoid(words: Judged) -> None:
    text = (
        "# One\n\n"
        + LOGIT.replace("WORDS", r"Here $\sigma$ is the sigmoid.")
        + ("\n\n# Two\n\nLet $z \\sim \\mathcal{N}(c, \\sigma^2)$. Then $\\mathbb{E}[z^2] = c^2 + \\sigma^2$.\n")
    )
    assert words(text)[-1] == "proved"


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\tanh'(v) = 1 - \tanh^2(v)", "proved"),
        (r"\tanh'(v) = 1 + \tanh^2(v)", "refuted"),
        (r"\exp'(2 v) = e^{2 v}", "proved"),
        (r"\frac{d}{dv} 3 \tanh(v) = 3 - 3 \tanh^2(v)", "proved"),
        (r"\frac{d}{dv} v \sin(v) = v \cos(v)", "refuted"),
        (r"\partial_v \sin(v) = \cos(v)", "proved"),
        (r"\partial_v^2 \sin(v) = \sin(v)", "refuted"),
    ],
)
def test_derivatives_of_functions_with_a_name(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"Let $v \\in \\mathbb{{R}}$. We have ${claim}$.") == [verdict]


def test_what_is_recalled_of_a_known_function_is_not_believed(words: Judged) -> None:
    text = r"Let $v \in \mathbb{R}$. Recall that $\tanh'(v) = 1 + \tanh^2(v)$. Then $\frac{d}{dv} \tanh(v) = 1 + \tanh^2(v)$."
    assert words(text) == ["refuted", "refuted"]
