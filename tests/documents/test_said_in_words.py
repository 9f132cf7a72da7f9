"""What words say of numbers and matrices: covariances are symmetric, mixing weights sum to one."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged, notes

MATRICES = r"<!--: x, m \in \mathbb{R}^d ; Q, C, R, W \in \mathbb{R}^{d \times d} -->" + "\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"Let $x$ have mean $m$ and covariance matrix $Q$. Then $x^T Q m = m^T Q x$.", "proved"),
        (r"Let $x$ have mean $m$ and covariance matrix $Q$. Then $x^T Q x \ge 0$.", "proved"),
        (r"Let the predicted mean and covariance be $m$ and $W$. Then $W = W^T$.", "proved"),
        (r"The cross-covariance $C$ is another matrix. Then $x^T C m = m^T C x$.", "refuted"),
        (r"Let the mean be $m$ and $W$ a matrix. Then $W = W^T$.", "refuted"),
        (r"Let $x$ have mean $m$ and covariance matrix $Q$. Then $x^T Q m = x^T m$.", "refuted"),
    ],
)
def test_covariances(words: Judged, text: str, verdict: str) -> None:
    assert words(MATRICES + text)[-1] == verdict


WEIGHTS = r"<!--: index k = 1..K ; \pi_k, u_k > 0 ; a_k \in \mathbb{R} -->" + "\n"


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (r"A mixture with mixing weights $\pi_k$ and means $a_k$. So $\sum_k \pi_k (a_k + 1) = \sum_k \pi_k a_k + 1$.", "proved"),
        (r"A mixture with mixing weights $\pi_k$ and means $a_k$. So $\sum_k \pi_k a_k + 1 = \sum_k \pi_k a_k + 2$.", "refuted"),
        (r"With unnormalised mixing weights $u_k$ we have $\sum_k u_k (a_k + 1) = \sum_k u_k a_k + 1$.", "refuted"),
        (r"With weights $u_k$ we have $\sum_k u_k (a_k + 1) = \sum_k u_k a_k + 1$.", "refuted"),
    ],
)  # fmt: skip
def test_mixing_weights(words: Judged, text: str, verdict: str) -> None:
    assert words(WEIGHTS + text)[-1] == verdict


def test_a_sum_that_is_declared_stays_the_only_one() -> None:
    text = (
        r"<!--: index k = 1..K ; \pi_k > 0 ; assume \sum_k \pi_k = 2 -->" + "\nThe mixing weights $\\pi_k$ are given.\n"
    )
    assert "assume" not in notes(text)


DECLARED_BEHIND = r"""Write $o = \frac{u}{h}$ for the odds and $o' = u + c$. <!--: u, h > 0 -->
Then $o h = CLAIM$."""


@pytest.mark.parametrize(("claim", "verdict"), [("u", "proved"), ("u + 1", "refuted")])
def test_names_that_are_declared_right_behind(words: Judged, claim: str, verdict: str) -> None:
    assert words(DECLARED_BEHIND.replace("CLAIM", claim))[-1] == verdict


ENERGY = r"""<!--: w, v \in \mathbb{R}^M ; X \in \mathbb{R}^{N \times M} ; t \in \mathbb{R}^N ; a, b > 0 -->
Let $E(w) = \frac{b}{2} \| t - X w \|^2 + \frac{a}{2} w^T w$. Put $S^{-1} = a I + b X^T X$ and $m = b S X^T t$. Then """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"E(w) = \frac12 (w - m)^T S^{-1} (w - m) + \frac{b}{2} t^T t - \frac12 m^T S^{-1} m", "proved"),
        (r"E(m) = \frac{b}{2} t^T t - \frac12 m^T S^{-1} m", "proved"),
        (r"E(m + v) = \frac12 v^T S^{-1} v + E(m)", "proved"),
        (r"E(m + v) = \frac12 v^T S v + E(m)", "refuted"),
        (r"E(m) = \frac{b}{2} t^T t + \frac12 m^T S^{-1} m", "refuted"),
    ],
)
def test_a_function_of_a_vector_is_written_out(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{ENERGY} $${claim}.$$")[-1] == verdict


def test_an_index_declared_anew(words: Judged) -> None:
    text = r"""# Scalars

<!--: a \in \mathbb{R} -->
We have $a + 1 = 1 + a$.

# Actions

<!--: index a \in \mathcal{A} ; function r(a) ; function p(a) positive -->
We have $\sum_a p(a) r(a) = \sum_a r(a) p(a)$, and $\sum_a p(a) r(a) = \sum_a r(a)$.
"""
    assert words(text) == ["proved", "proved", "refuted"]


ENTRIES = r"""<!--: index i = 1..m ; j = 1..d ; n = 1..N ; x_{ij} \in \{0,1\} ; x_i, w \in \mathbb{R}^d ; component x_{ij} of x_i
t_n \in \mathbb{R} ; t \in \mathbb{R}^N ; component t_n of t -->
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"w^T x_i = \sum_j w_j x_{ij}", "proved"),
        (r"x_i^T x_i = \sum_j x_{ij}", "proved"),
        (r"t^T t = \sum_n t_n^2", "proved"),
        (r"t^T t = \sum_n t_n", "refuted"),
    ],
)
def test_entries_with_the_letter_of_their_vector(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{ENTRIES}$${claim}$$") == [verdict]


def test_numbers_of_one_letter_with_a_vector_are_its_entries_in_either_order(words: Judged) -> None:
    claims = "$$y^T y = \\sum_n y_n^2$$ $$\\sum_n y_n > 0$$ $$y^T y = \\sum_n y_n$$"
    for declared in ("y_n > 0 ; y \\in \\mathbb{R}^N", "y \\in \\mathbb{R}^N ; y_n > 0"):
        assert words(f"<!--: index n = 1..N ; {declared} -->\n{claims}") == ["proved", "proved", "refuted"]


NORMAL = """<!--: z, m \\in \\mathbb{R} ; s, a > 0 ; index n = 1..N ; x_n \\in \\mathbb{R} ; v \\in \\mathbb{R}^d -->
We take $q(z) = \\mathcal{N}(m, s^2)$. """


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}_q[(x_n - z)^2] = (x_n - m)^2 + s^2", "proved"),
        (r"\mathbb{E}_q[z^2] = m^2", "refuted"),
        (r"a(z) = \mathcal{N}(m, s^2)", "unread"),  # a is a number
        (r"r(v) = \mathcal{N}(m, s^2)", "unread"),  # v is a vector
    ],
)
def test_a_density_of_a_named_variable(words: Judged, claim: str, verdict: str) -> None:
    assert words(f"{NORMAL}Then ${claim}$.") == [verdict]


def test_a_display_of_what_is_defined_is_supposed_where_words_suppose_it(words: Judged) -> None:
    given = (
        "<!--: index n = 1..N ; x_n, w \\in \\mathbb{R}^d ; y_n \\in \\mathbb{R} -->\nLet $r_n = y_n^2 + 1$. %s\n"
        "$$\\sum_{n=1}^N r_n x_n x_n^T w = \\sum_{n=1}^N r_n y_n x_n.$$\n%s"
    )
    solved = "Then $$w = \\Big(\\sum_{n=1}^N r_n x_n x_n^T\\Big)^{-1} \\sum_{n=1}^N r_n y_n x_n.$$"
    assert words(given % ("Suppose that", solved))[1:] == ["proved"]
    assert words(given % ("Hence", solved))[1] == "refuted"
