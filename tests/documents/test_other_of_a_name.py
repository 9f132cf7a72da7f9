"""Names that look like something declared and are another thing: of more observations, of another argument, averages."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

POSTERIOR = r"""<!--: b > 0 ; v \in \mathbb{R}^M ; X \in \mathbb{R}^{N \times M} ; C \in \mathbb{R}^{M \times M} symmetric posdef ; m \in \mathbb{R}^M -->
After one more observation $C_{N+1}^{-1} = C^{-1} + b v v^T$ and $m_N = C v$. """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"C_{N+1} = C - \frac{b C v v^T C}{1 + b v^T C v}", "proved"),
        (r"v^T C_{N+1} v = \frac{v^T C v}{1 - b v^T C v}", "refuted"),
        (r"v^T m_N = v^T C v", "proved"),
        (r"m^T v = v^T C v", "refuted"),  # the vector m is what it was
        (r"m_M = v_M", "refuted"),  # an entry
    ],
)
def test_subscripts_that_are_no_entries(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{POSTERIOR} Then $${claim}.$$") == ["proved", "proved", verdict]


LIKELIHOOD = r"""<!--: index i = 1..m ; x_i, a \in \mathbb{R}^d ; V \in \mathbb{R}^{d \times d} symmetric posdef -->
In the mean, $$\ell(a) = -\frac12 \sum_{i=1}^m (x_i - a)^T V^{-1} (x_i - a).$$ With $P = V^{-1}$ and $r_i = x_i - a$,
$$\ell(P) = \frac{m}{2} \log \det P - \frac12 \sum_{i=1}^m r_i^T P r_i.$$ Then """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial \ell}{\partial P} = \frac{m}{2} P^{-1} - \frac12 \sum_{i=1}^m r_i r_i^T", "proved"),
        (r"\frac{\partial \ell(P)}{\partial P} = \frac{m}{2} P^{-1} + \frac12 \sum_{i=1}^m r_i r_i^T", "refuted"),
        (r"\nabla_a \ell(a) = \sum_{i=1}^m V^{-1} (x_i - a)", "proved"),  # the first one is what it was
    ],
)
def test_a_function_of_something_else(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{LIKELIHOOD} $${claim}.$$")[-1] == verdict


AVERAGES = r"""<!--: index n = 1..N ; y_n \in \mathbb{R} -->
Let $$\langle y \rangle = \frac1N \sum_{n=1}^N y_n, \qquad \langle y^2 \rangle = \frac1N \sum_{n=1}^N y_n^2.$$ """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\langle y^2 \rangle - \langle y \rangle^2 = \frac1N \sum_n (y_n - \langle y \rangle)^2", "proved"),
        (r"\langle y^2 \rangle = \langle y \rangle^2", "refuted"),
        (r"\langle y \rangle = \langle y^3 \rangle", "unread"),  # nobody says over what
    ],
)
def test_averages_in_angles(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{AVERAGES} Then $${claim}$$")[-1] == verdict


def test_an_inner_product_stays_one(words: Judged) -> None:
    text = (
        r"<!--: u, v \in \mathbb{R}^d -->"
        + "\n"
        + r"$\langle u, v \rangle = \langle v, u \rangle$ and $\langle u, v \rangle = u$."
    )
    assert words(text)[0] == "proved"
    assert "proved" not in words(text)[1:]


HELD = r"""<!--: index i = 1..N ; k, j = 1..K ; y_i \ge 0 ; a_k > 0 -->
The weights are $$r_{ik} = \frac{a_k e^{-a_k y_i}}{\sum_{j=1}^K a_j e^{-a_j y_i}}.$$ Hold the $r_{ik}$ fixed. The objective is
$$Q = \sum_{i=1}^N \sum_{k=1}^K r_{ik} (\log a_k - a_k y_i).$$ The log-likelihood is $\ell = \sum_i \log \sum_k a_k e^{-a_k y_i}$. """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\frac{\partial Q}{\partial a_k} = \sum_{i=1}^N r_{ik} \left( \frac{1}{a_k} - y_i \right)", "proved"),
        (r"\frac{\partial \ell}{\partial a_k} = \sum_{i=1}^N r_{ik} \left( \frac{1}{a_k} - y_i \right)", "proved"),
        (r"\frac{\partial \ell}{\partial a_k} = \sum_{i=1}^N r_{ik} \frac{1}{a_k}", "refuted"),
    ],
)
def test_what_is_held_fixed_is_so_in_what_is_made_of_it(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{HELD} $${claim}$$")[-1] == verdict


ESTIMATE = r"""<!--: index k = 1..K ; c_k > 0 ; a > 0 ; p_k > 0 ; \lambda > 0 -->
We maximise $L = \sum_k c_k \log p_k - \lambda (\sum_k p_k - 1)$. $$\frac{\partial L}{\partial p_k} = \frac{c_k}{p_k} - \lambda = 0,$$ so $$\hat p_k = \frac{c_k}{\lambda}.$$ """


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"The predictive probability is $\bar p_k = \frac{c_k + a}{\lambda + K a}$.", "proved"),
        (r"Hence the estimate is $\bar p_k = \frac{c_k + a}{\lambda + K a}$.", "refuted"),
    ],
)
def test_another_mark_is_no_second_solution(words: Judged, text: str, verdict: str) -> None:
    assert words(ESTIMATE + text)[-1] == verdict


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"# Maximum likelihood" "\n" r"$$f = m \log s - s t, \qquad \frac{\partial f}{\partial s} = \frac{m}{s} - t$$ so $s = \frac{m}{t}$.", "proved"),
        (r"# Maximum likelihood" "\n" r"$$f = m \log s - s t, \qquad \frac{\partial f}{\partial s} = \frac{m}{s} - t$$ so $s = \frac{t}{m}$.", "refuted"),
        (r"# A slope" "\n" r"$$f = m \log s - s t, \qquad \frac{\partial f}{\partial s} = \frac{m}{s} - t$$ so $s = \frac{m}{t}$.", "proved"),
        (r"# A slope" "\n" r"$$f = m \log s - s t, \qquad \frac{\partial f}{\partial s} = \frac{m}{s} - t$$ so $s = \frac{t}{m}$.", "refuted"),
        (r"# A slope" "\n" r"$$f = m \log s - s t, \qquad \frac{\partial f}{\partial s} = \frac{m}{s} - t.$$ Then $s = \frac{m}{t}$.", "refuted"),
    ],
)  # fmt: skip
def test_an_estimate_that_follows_from_a_derivative(words: Judged, text: str, verdict: str) -> None:
    assert words("<!--: m, s, t > 0 -->\n" + text)[-1] == verdict


def test_a_fixed_point_is_no_claim(words: Judged) -> None:
    head = "<!--: a > 0 ; M > 0 ; b \\in \\mathbb{R} -->\nLet $g = \\frac{b}{a + 1}$. "
    assert words(head + "The fixed-point equation for $a$ reads $a = M / (g^2 + 1)$.")[-1] == "proved"
    assert words(head + "We see that $a = M / (g^2 + 1)$.")[-1] == "refuted"
