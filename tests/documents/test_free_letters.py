"""Letters that no sum binds and nothing declares, but that stand where others count; families written whole."""

from __future__ import annotations

import pytest

from derive.documents import read_document
from derive.read.documents.text.source import Source
from tests.documents.judging import Judged, notes

GIBBS = r"""
Let $\rho_w(k) = \frac{e^{w_k}}{\sum_{l=1}^M e^{w_l}}$ for states $k = 1, \dots, M$ with costs $c_k \in \mathbb{R}$. The mean cost is
$$C(w) = \sum_{k=1}^M \rho_w(k) c_k.$$
"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"$\frac{\partial}{\partial w_j} \log \rho_w(k) = \mathbb{1}[k = j] - \rho_w(j)$", "proved"),
        (r"$\frac{\partial}{\partial w_j} \log \rho_w(k) = \mathbb{1}[k = j] - \rho_w(k)$", "refuted"),
        (r"$\frac{\partial C}{\partial w_j} = \rho_w(j) (c_j - C(w))$", "proved"),
        (r"$\frac{\partial C}{\partial w_j} = \rho_w(j) (C(w) - c_j)$", "refuted"),
        (r"$\partial_{w_j} \rho_w(k) = \rho_w(k) (\delta_{jk} - \rho_w(j))$", "proved"),
        (r"$\sum_{j=1}^M \frac{\partial C}{\partial w_j} = 0$", "proved"),
        (r"$\sum_{j=1}^M \frac{\partial C}{\partial w_j} = 1$", "refuted"),
    ],
)
def test_a_letter_counts_what_it_stands_below(words: Judged, claim: str, verdict: str) -> None:
    assert words(GIBBS + f"Then {claim}.")[2:] == [verdict]


def test_a_matrix_of_such_letters_may_be_written_whole(words: Judged) -> None:
    text = (
        GIBBS
        + r"Let $G_{ij} = \rho_w(i) \delta_{ij} - \rho_w(i) \rho_w(j)$. Then $G \mathbf{1} = 0$ and $G c = \nabla C$, but $G c = 0$."
    )
    assert words(text)[-3:] == ["proved", "proved", "refuted"]


def test_a_number_leaves_what_sums_over_its_letter(words: Judged) -> None:
    text = GIBBS + r"For any $l \in \mathbb{R}$, $\sum_{k=1}^M \rho_w(k) l = l$, and $\sum_{k=1}^M \rho_w(k) = l$."
    assert words(text)[2:] == ["proved", "refuted"]


def test_the_argument_of_a_family_is_the_family() -> None:
    found = notes(GIBBS)
    assert r"let C(w) :=" in found
    assert r"w \in \mathbb{R};" not in found


def test_a_letter_that_is_compared_with_a_number_counts_nothing() -> None:
    text = GIBBS + r"Then $\mathbb{1}[k = j] + \mathbb{1}[j > 0.5] = 1$."
    assert any("j is not declared" in each.reason for each in read_document(Source("f.md", text)).unread)


def test_a_letter_that_counts_two_things_is_not_read() -> None:
    text = GIBBS + r"Let $v_n \in \mathbb{R}$ for $n = 1, \dots, N$. Then $\rho_w(j) v_j = v_j \rho_w(j)$."
    assert read_document(Source("f.md", text)).unread


@pytest.mark.parametrize(("claim", "verdict"), [(r"\sum_m t_m", "proved"), (r"\sum_m 2 t_m", "refuted")])
def test_a_sum_runs_over_the_entries_of_what_stands_in_it(words: Judged, claim: str, verdict: str) -> None:
    text = r"Let $u \in \mathbb{R}^J$, let $q = \mathrm{softmax}(u)$ and let $t$ be a one-hot vector. Let $H = -\sum_m t_m \log q_m$. Then $CLAIM = 1$."
    assert words(text.replace("CLAIM", claim))[-1] == verdict


def test_a_sum_over_a_letter_of_two_ranges_is_not_read() -> None:
    text = r"Let $u \in \mathbb{R}^J$ and $v \in \mathbb{R}^I$. Then $\sum_m u_m v_m = 0$."
    (problem,) = read_document(Source("f.md", text)).unread
    assert "range of the index m" in problem.reason
