"""Members of declared sequences that a text gives by a recurrence, and where that begins or ends."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SUBSCRIPTS = r"""<!--: index t = 1..T ; i, j = 1..M
f_{t,j} > 0 ; g_{t,j} > 0 ; e_{t,j} > 0 ; P_{ij} > 0 ; s_j > 0 -->
The forward variables are $$f_{1,j} = s_j e_{1,j}, \qquad f_{t+1,j} = e_{t+1,j} \sum_{i=1}^M f_{t,i} P_{ij},$$
the backward ones $$g_{T,i} = 1, \qquad g_{t,i} = \sum_{j=1}^M P_{ij} e_{t+1,j} g_{t+1,j}.$$
"""
BRACKETS = r"""<!--: index t = 1..T ; i, j = 1..M ; y_t \in \mathbb{R} ; P_{ij} > 0 ; s_j > 0
function e_j(y) positive ; function f_t(j) positive ; function g_t(j) positive -->
The forward variables are $$f_1(j) = s_j e_j(y_1), \qquad f_{t+1}(j) = e_j(y_{t+1}) \sum_{i=1}^M f_t(i) P_{ij},$$
the backward ones $$g_T(i) = 1, \qquad g_t(i) = \sum_{j=1}^M P_{ij} e_j(y_{t+1}) g_{t+1}(j).$$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_j f_{t+1,j} g_{t+1,j} = \sum_i f_{t,i} g_{t,i}", "proved"),
        (r"\sum_j f_{t+1,j} g_{t+1,j} = \sum_i f_{t,i}", "refuted"),
        (r"f_{t+1,j} = e_{t+1,j} \sum_{i=1}^M f_{t,i} P_{ji}", "refuted"),  # another one is judged
        (r"f_{1,j} = s_j", "refuted"),
    ],
)
def test_sequences_of_subscripts(words: Judged, claim: str, verdict: str) -> None:
    found = words(f"{SUBSCRIPTS} Hence $${claim}.$$")
    assert found == ["proved"] * 4 + [verdict]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_j f_{t+1}(j) g_{t+1}(j) = \sum_i f_t(i) g_t(i)", "proved"),
        (r"\sum_j f_{t+1}(j) g_t(j) = \sum_i f_t(i) g_t(i)", "refuted"),
    ],
)
def test_sequences_with_brackets(words: Judged, claim: str, verdict: str) -> None:
    found = words(f"{BRACKETS} Hence $${claim}.$$")
    assert found == ["proved"] * 4 + [verdict]


ARRAYS = r"""<!--: index t = 1..T ; i, j = 1..M ; f, g, e \in \mathbb{R}^{T \times M} ; P \in \mathbb{R}^{M \times M} ;
s \in \mathbb{R}^M -->
""" + SUBSCRIPTS.split("-->\n")[1]
ROWS = r"""<!--: index t = 1..T ; f, g, e \in \mathbb{R}^{T \times M} ; P \in \mathbb{R}^{M \times M} ; s \in \mathbb{R}^M -->
The forward variables are $$f_1 = s \odot e_1, \qquad f_{t+1} = e_{t+1} \odot (P^T f_t),$$
the backward ones $$g_T = \mathbf{1}, \qquad g_t = P (e_{t+1} \odot g_{t+1}).$$
"""
VECTORS = ROWS.replace(r"f, g, e \in \mathbb{R}^{T \times M}", r"f_t, g_t, e_t \in \mathbb{R}^M")


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\sum_j f_{t+1,j} g_{t+1,j} = \sum_i f_{t,i} g_{t,i}", "proved"),
        (r"\sum_j f_{t+1,j} g_{t,j} = \sum_i f_{t,i} g_{t,i}", "refuted"),
        (r"f_{t+1,j} = e_{t+1,j} \sum_{i=1}^M f_{t,i} P_{ji}", "refuted"),
        (r"f_{1,j} = s_j", "refuted"),
        (r"\sum_j f_{T,j} = \sum_j s_j e_{1,j}", "refuted"),
    ],
)
def test_arrays_given_entry_by_entry(words: Judged, claim: str, verdict: str) -> None:
    found = words(f"{ARRAYS} Hence $${claim}.$$")
    assert found == ["proved"] * 4 + [verdict]


@pytest.mark.parametrize("model", [ROWS, VECTORS])
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"f_{t+1}^T g_{t+1} = f_t^T g_t", "proved"),
        (r"f_{t+1}^T g_t = f_t^T g_t", "refuted"),
        (r"f_{t+1} = e_{t+1} \odot (P f_t)", "refuted"),
        (r"f_1 = s", "refuted"),
    ],
)
def test_arrays_given_row_by_row(words: Judged, model: str, claim: str, verdict: str) -> None:
    found = words(f"{model} Hence $${claim}.$$")
    assert found == ["proved"] * 4 + [verdict]


@pytest.mark.parametrize(
    "text",
    [
        r"We have $$f_{1,j} = s_j e_{1,j}.$$",  # it begins nothing
        r"Since $$\sum_j f_{t,j} = 2$$ we have $$f_{t+1,j} = f_{t,j}.$$",  # something else has been said of it
        r"We have $$f_{t+1,j} = f_{t,j} + \sum_i (f f^T)_{ti}.$$",  # of the whole array, at every place
        r"We have $$f_{t,t} = 2 f_{t+1,t}.$$",
    ],
)
def test_other_equations_about_arrays_are_judged(words: Judged, text: str) -> None:
    head = ARRAYS.split("The forward")[0]
    assert {"refuted", "unread"} & {*words(head + text)}


@pytest.mark.parametrize(
    "text",
    [
        r"We have $$f_{1,j} = s_j e_{1,j}.$$",  # it begins nothing
        r"Since $$\sum_j f_{t,j} = 2$$ we have $$f_{t+1,j} = f_{t,j}.$$",  # something else has been said of it
    ],
)
def test_other_equations_are_judged(words: Judged, text: str) -> None:
    head = SUBSCRIPTS.split("The forward")[0]
    assert "refuted" in words(head + text)


def test_a_sum_that_may_be_empty_says_nothing_of_its_ends(words: Judged) -> None:
    text = r"""<!--: index t = 1..T ; x_t \in \mathbb{R} ; a \in \mathbb{R} ; size T >= 2 -->
The sequence is $$x_{t+1} = a x_t.$$ Then $$x_t = a x_{t-1}.$$ For all $t$, $$\sum_{i=1}^{t-1} x_{t+1} = \sum_{i=1}^{t-1} a x_t.$$"""
    assert words(text)[:1] == ["proved"]
    assert words(text)[-1] != "refuted"


def test_a_sequence_with_a_letter_that_is_known_later(words: Judged) -> None:
    text = r"""<!--: index k = 0..K ; x_k, g, c \in \mathbb{R}^n -->
We have $x_0 = c$ and $x_{k+1} = x_k - \alpha g$. With $\varphi(\alpha) = \|c - \alpha g\|^2$ we get
$$x_{k+2} = x_k - 2 \alpha g$$ and $$x_{k+2} = x_k - \alpha^2 g.$$"""
    assert words(text) == ["proved"] * 4 + ["refuted"]


@pytest.mark.parametrize(
    ("best", "verdict"), [(r"\frac{g^T c}{g^T g}", "proved"), (r"\frac{g^T c}{2 g^T g}", "refuted")]
)
def test_a_sequence_limits_no_optimum_of_its_step(words: Judged, best: str, verdict: str) -> None:
    text = r"""<!--: index k = 0..K ; x_k, g, c \in \mathbb{R}^n -->
We have $x_0 = c$ and $x_{k+1} = x_k - \alpha g$. With $\varphi(\alpha) = \|c - \alpha g\|^2$ the best step is
$$\alpha^* = \operatorname*{arg\,min}_{\alpha} \varphi(\alpha) = BEST.$$"""
    assert words(text.replace("BEST", best))[-1] == verdict
