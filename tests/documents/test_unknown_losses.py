"""Losses of which a text gives only derivatives: what they depend on, and what is left open.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.text.source import Source
from derive.read.documents.undeclared.last_layers import last_layers
from tests.documents.judging import Judged, notes

LAYER = (
    r"Let $W \in \mathbb{R}^{m \times d}$, $x \in \mathbb{R}^d$, $t, b \in \mathbb{R}^m$ and $y = W x + b$. GIVEN "
    r"Then $$ CLAIM $$"
)
GIVEN = [
    r"We are given $g = \partial\mathcal L/\partial y$.",
    r"Let $g = \frac{\partial \mathcal{L}}{\partial y}$ be given.",
    r"Let $\mathcal L$ be the loss and let $g = \partial\mathcal L/\partial y$ be the gradient that arrives.",
]


def layer(claim: str, given: str = GIVEN[0]) -> str:
    return LAYER.replace("GIVEN", given).replace("CLAIM", claim)


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial\mathcal L}{\partial W} = g x^T", "proved"),
        (r"\frac{\partial\mathcal L}{\partial W} = 2 g x^T", "refuted"),
        (r"\frac{\partial\mathcal L}{\partial x} = W^T g", "proved"),
        (r"\frac{\partial\mathcal L}{\partial b} = g", "proved"),
        (r"\frac{\partial\mathcal L}{\partial b} = -g", "refuted"),
    ],
)
def test_gradients_behind_what_is_given(words: Judged, given: str, claim: str, verdict: str) -> None:
    assert words(layer(claim, given))[-1] == verdict


@pytest.mark.parametrize("given", GIVEN)
def test_what_it_depends_on_is_listed_once(given: str) -> None:
    found = notes(layer(r"\frac{\partial\mathcal L}{\partial W} = g x^T", given))
    assert found.count("opaque") == 1
    assert "depends on y" in found


@pytest.mark.parametrize("given", GIVEN)
@pytest.mark.parametrize(
    "claim",
    [
        r"\frac{\partial\mathcal L}{\partial W} = (y - t) x^T",  # true of one loss, false of others
        r"\frac{\partial\mathcal L}{\partial b} = y - t",
        r"\frac{\partial\mathcal L}{\partial b} = g = y - t",
    ],
)
def test_what_would_say_which_loss_it_is_gets_no_verdict(words: Judged, given: str, claim: str) -> None:
    assert words(layer(claim, given))[-1] in ("undecided", "unread")


def test_a_bound_that_holds_whatever_the_loss_is(words: Judged) -> None:
    text = layer(r"\left\|\frac{\partial\mathcal L}{\partial W}\right\|^2 \ge 0", GIVEN[2])
    assert words(text)[-1] != "refuted"


def test_a_loss_that_has_a_value_is_that(words: Judged) -> None:
    text = r"We are given $g = \partial L/\partial y$. Let $L = \frac12 \|y - t\|^2$."
    assert words(layer(r"\frac{\partial L}{\partial W} = g x^T", text))[-1] != "refuted"
    assert "opaque" not in notes(layer(r"\frac{\partial L}{\partial W} = g x^T", text))


# -- two layers of which one may be computed from the other ------------------------------------------------------------
PAIR = (
    r"Let $W \in \mathbb{R}^{m \times d}$, $x \in \mathbb{R}^d$. Here $\sigma$ is the sigmoid. Let $L$ be the loss. "
    r"Let $z = \sigma(W x)$ and let $a = SECOND$ . Then $$ CLAIM $$ With $\frac{\partial L}{\partial z}$ and "
    r"$\frac{\partial L}{\partial a}$ known, $$ \frac{\partial L}{\partial W} = LAST . $$"
)


def pair(second: str, claim: str, last: str) -> str:
    return PAIR.replace("SECOND", second).replace("CLAIM", claim).replace("LAST", last)


THROUGH = r"\frac{\partial L}{\partial a} = \frac{\partial L}{\partial z} \odot z \odot (1 - z)"


def test_a_layer_that_is_written_out_in_another_one_is_named_there(words: Judged) -> None:
    text = pair("W x", THROUGH, r"\frac{\partial L}{\partial a} x^T")
    assert words(text)[-2:] == ["proved", "proved"]
    assert "opaque L depends on z" in notes(text)


def test_and_no_loss_of_both(words: Judged) -> None:
    both = r"\frac{\partial L}{\partial a} x^T + (\frac{\partial L}{\partial z} \odot z \odot (1 - z)) x^T"
    assert words(pair("W x", THROUGH, both))[-2:] == ["proved", "refuted"]


def test_layers_made_of_the_same_that_do_not_show_which_comes_first(words: Judged) -> None:
    both = r"\frac{\partial L}{\partial a} x^T + (\frac{\partial L}{\partial z} \odot z \odot (1 - z)) x^T"
    text = pair("2 W x", THROUGH.replace("(1 - z)", "(1 - z) / 2"), both)
    assert not {"proved", "refuted"} & {*words(text)[-2:]}
    assert "opaque" not in notes(text)


def test_layers_side_by_side(words: Judged) -> None:
    text = (
        r"Let $X \in \mathbb{R}^{n \times d}$, $A, B \in \mathbb{R}^{d \times m}$, $Q = X A$ and $K = X B$. Let $L$ be the loss. "
        r"$$ \frac{\partial L}{\partial X} = \frac{\partial L}{\partial Q} A^T + \frac{\partial L}{\partial K} CLAIM $$"
    )
    assert words(text.replace("CLAIM", "B^T"))[-1] == "proved"
    assert words(text.replace("CLAIM", "A^T"))[-1] == "refuted"


def test_a_derivative_in_what_it_is_not_known_to_depend_on_gets_no_verdict(words: Judged) -> None:
    text = layer(r"\frac{\partial\mathcal L}{\partial t} = 0", GIVEN[0])
    assert words(text)[-1] not in ("proved", "refuted")


# -- through time ------------------------------------------------------------------------------------------------------
UNIT = r"""# A cell
%INDEX
Let $U \in \mathbb{R}^{H \times H}$ and $W \in \mathbb{R}^{H \times D}$.
For $t = 1, \dots, T$ let $h_t = \tanh(U h_{t-1} + W x_t)$ with $h_t \in \mathbb{R}^H$ and $x_t \in \mathbb{R}^D$.
Let $L$ be the loss and $\delta_t = \partial L/\partial h_t$ the gradient that arrives at step $t$. Then
$$ \frac{\partial L}{\partial a_t} = \delta_t \odot (1 - h_t^2) $$
with $a_t = U h_{t-1} + W x_t$, since $\tanh' = 1 - \tanh^2$. The weights are shared, so
$$ CLAIM $$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T", "proved"),
        (r"\frac{\partial L}{\partial U} = \sum_t \frac{\partial L}{\partial a_t} h_{t-1}^T", "proved"),
        (r"\frac{\partial L}{\partial W} = \sum_{t=1}^T (\delta_t \odot (1 - h_t^2)) x_t^T", "proved"),
        (r"\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_t^T", "refuted"),
        (r"\frac{\partial L}{\partial W} = \sum_{t=1}^T \delta_t x_t^T", "refuted"),
        (r"\frac{\partial L}{\partial U} = \sum_{t=2}^T \frac{\partial L}{\partial a_t} h_{t-1}^T", ""),
        (r"\frac{\partial L}{\partial U} = \sum_{t=1}^{T-1} \frac{\partial L}{\partial a_t} h_{t-1}^T", ""),
        (r"\frac{\partial L}{\partial U} = T \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T", ""),
        (r"\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T + U", ""),
        (r"\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T = U", ""),
        (r"\frac{\partial L}{\partial U} = \sum_{k=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T", "refuted"),
    ],
)
def test_gradients_through_all_steps(words: Judged, claim: str, verdict: str) -> None:
    found = words(UNIT.replace("%INDEX", "").replace("CLAIM", claim))[-1]
    assert found == verdict if verdict else found not in ("proved", "refuted")


def test_a_sum_that_ends_elsewhere_is_not_over_all_steps(words: Judged) -> None:
    text = UNIT.replace("%INDEX", r"<!--: index t = 1..T -->")
    claim = r"\frac{\partial L}{\partial U} = \sum_{t=1}^M \frac{\partial L}{\partial a_t} h_{t-1}^T"
    assert words(text.replace("CLAIM", claim))[-1] not in ("proved", "refuted")


def test_where_there_are_two_steps_at_least_one_step_shows_no_mistake(words: Judged) -> None:
    text = UNIT.replace("%INDEX", r"<!--: size T >= 2 ; index t = 1..T -->")
    claim = r"\frac{\partial L}{\partial W} = \sum_{t=1}^T \delta_t x_t^T"
    assert words(text.replace("CLAIM", claim))[-1] not in ("proved", "refuted")


def test_the_state_leads_to_later_steps(words: Judged) -> None:
    """With an output at each step the loss does not depend on a state through that output alone."""
    text = UNIT.replace("%INDEX", "").replace(
        "The weights",
        r"With the output $o_t = V h_t$, $$ \delta_t = V^T \frac{\partial L}{\partial o_t} $$ The weights",
    )
    claim = r"\frac{\partial L}{\partial U} = \sum_{t=1}^T \frac{\partial L}{\partial a_t} h_{t-1}^T"
    assert words(text.replace("CLAIM", claim))[-1] not in ("proved", "refuted")


def texts_of(text: str) -> list[str]:
    """What is read in a text, as it was read."""
    document = read_document(Source("f.md", text))
    return [*(claim.text for claim in document.derivation.claims), *(each.text for each in document.unread)]


# -- functions without arguments ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\tanh' = 1 - \tanh^2", "proved"),
        (r"\tanh' = 1 + \tanh^2", "refuted"),
        (r"\exp' = \exp", "proved"),
        (r"\cos' = -\sin", "proved"),
        (r"\cos' = \sin", "refuted"),
        (r"\sigma' = \sigma(1-\sigma)", "proved"),
        (r"\sigma' = \sigma\left(1+\sigma\right)", "refuted"),
        (r"\sigma' = \sigma - \sigma^2", "proved"),
    ],
)
def test_equations_between_functions(words: Judged, claim: str, verdict: str) -> None:
    assert words(rf"Let $\sigma$ be the sigmoid. Recall that ${claim}$.") == [verdict]


def test_a_derivative_that_only_the_logistic_function_has(words: Judged) -> None:
    text = r"Let $v \in \mathbb{R}$. Since $\sigma' = \sigma(1-\sigma)$, $$ \frac{d}{dv} \sigma(v) = \sigma(v) CLAIM $$"
    assert words(text.replace("CLAIM", r"(1 - \sigma(v))")) == ["proved", "proved"]
    assert words(text.replace("CLAIM", r"(1 + \sigma(v))")) == ["proved", "refuted"]


@pytest.mark.parametrize(
    "claim",
    [
        r"x' = 1 - x^2",  # another point
        r"\tanh' = 1 - x^2",  # of what?
        r"\tanh' = 1 - \tanh^2(2)",  # a function and a number
        r"\sigma' = \sigma(1+\sigma)",  # nothing says what it is
        r"\tanh = \sin",  # no derivative
    ],
)
def test_other_formulas_are_left_as_they_are(claim: str) -> None:
    assert "(u)" not in "".join(texts_of(rf"Let $x \in \mathbb{{R}}$. Recall that ${claim}$."))


# -- entropies ---------------------------------------------------------------------------------------------------------
NORMAL = (
    r"Let $z, m \in \mathbb{R}^d$, $s_j > 0$ and $q(z) = \mathcal{N}(z \mid m, \operatorname{diag}(s^2))$. WORDS "
    r"$$ HEAD = \frac{d}{2} \log(2\pi) + MORE \frac12 \sum_{j=1}^d \log s_j^2 $$"
)


@pytest.mark.parametrize("said", ["The entropy of $q$ is", "Its differential entropy is"])
@pytest.mark.parametrize("head", ["H(q)", r"\mathbb{H}[q]", r"\mathcal H(q)", "h(q)"])
def test_the_entropy_of_a_known_density_is_claimed(words: Judged, said: str, head: str) -> None:
    text = NORMAL.replace("WORDS", said).replace("HEAD", head)
    assert words(text.replace("MORE", r"\frac{d}{2} +"))[-1] == "proved"
    assert words(text.replace("MORE", ""))[-1] == "refuted"


@pytest.mark.parametrize("said", ["We define", "The score is", "The cross-entropy is", "The relative entropy is"])
def test_other_words_say_something_else(words: Judged, said: str) -> None:
    text = NORMAL.replace("WORDS", said).replace("HEAD", "H(q)")
    assert words(text.replace("MORE", ""))[-1] != "refuted"


# -- quantities that only a fact gives ---------------------------------------------------------------------------------
def test_a_layer_that_a_fact_gives_is_no_layer_of_its_own(words: Judged) -> None:
    text = (
        r"<!--: W \in \mathbb{R}^{m \times d} ; x \in \mathbb{R}^d ; y \in \mathbb{R}^m ; assume y = W x -->" + "\n"
        r"Let $L$ be the loss. Then $$ \frac{\partial L}{\partial W} = \frac{\partial L}{\partial y} x^T $$"
    )
    assert words(text)[-1] != "refuted"
    assert "opaque" not in notes(text)


@pytest.mark.parametrize(("place", "last"), [("t", ("z",)), ("{t-1}", None)])
def test_members_of_a_sequence_vary_with_each_other(place: str, last: tuple[str, ...] | None) -> None:
    context = Context()
    for text in (r"index t = 1..T", r"h_s \in \mathbb{R} ; index s = 0..T", rf"let z_t := 2 h_{place}"):
        context = declare_all(text, context)
    found = last_layers(["h", "z"], context)
    assert (None if found is None else found.names) == last


def declare_all(text: str, context: Context) -> Context:
    """These declarations, those of indices first."""
    for each in sorted(text.split(" ; "), key=lambda part: not part.startswith("index")):
        context = declare(each, context)
    return context


def test_what_is_only_differentiated_is_no_number_of_its_own(words: Judged) -> None:
    text = layer(r"g = 2 y")
    assert "refuted" not in words(text)
    assert r"\mathcal{L} \in" not in notes(text)


NAMED_LATER = (
    r"Let $W \in \mathbb{R}^{m \times d}$ and $x \in \mathbb{R}^d$, and let $\sigma$ be the sigmoid. Let $z = \sigma(W x)$ "
    r"and $y = z \odot z$. Let $L$ be the loss and $g = \partial L/\partial y$ the gradient that arrives. Then "
    r"$$ \frac{\partial L}{\partial z} = 2 g \odot z $$ With the pre-activation $a = W x$, "
    r"$$ \frac{\partial L}{\partial a} = CLAIM $$"
)


def test_a_layer_that_is_named_two_displays_further_on(words: Judged) -> None:
    assert words(NAMED_LATER.replace("CLAIM", r"2 g \odot z \odot z \odot (1 - z)"))[-2:] == ["proved", "proved"]
    assert words(NAMED_LATER.replace("CLAIM", r"2 g \odot z \odot (1 - z)"))[-2:] == ["proved", "refuted"]


@pytest.mark.parametrize(("sign", "verdict"), [("-", "proved"), ("+", "undecided")])
def test_a_sum_of_derivatives_that_is_zero_whatever_the_loss_is(words: Judged, sign: str, verdict: str) -> None:
    """The other sum is zero for some losses only."""
    text = (
        r"Let $u, v \in \mathbb{R}$ and $y = u - v$. We are given $g = \partial L/\partial y$. Then "
        r"$$ \frac{\partial L}{\partial v} = -g $$ We see that a common shift changes nothing, "
        r"$$ \frac{\partial L}{\partial u} PLUS \frac{\partial L}{\partial v} = 0 $$"
    )
    plus = "+" if sign == "-" else "-"
    assert words(text.replace("PLUS", plus))[-1] == verdict
