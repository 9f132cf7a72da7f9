"""Expectations over a member of a family, an entry or a label, of what is made of it by definitions."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

NOISE = (
    r"<!--: index j = 1..J ; \mu \in \mathbb{R}^J ; \sigma_j > 0 -->" + "\n"
    r"Let $z_j = \mu_j + \sigma_j \varepsilon_j$ with $\varepsilon_j \sim \mathcal{N}(0,1)$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}[z_j] = \mu_j", "proved"),
        (r"\mathbb{E}[z_j] = z_j", "refuted"),
        (r"\mathbb{E}_{\varepsilon_j}[z_j] = z_j", "refuted"),
        (r"\mathbb{E}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j] = z_j", "refuted"),
        (r"\mathbb{E}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j] = \mu_j", "proved"),
        (r"\mathbb{E}[z_j^2] = \mu_j^2 + \sigma_j^2", "proved"),
        (r"\mathbb{E}[z_j^2] = \mu_j^2", "refuted"),
        (r"\operatorname{Var}[z_j] = \sigma_j^2", "proved"),
        (r"\operatorname{Var}[z_j] = \sigma_j", "refuted"),
        (r"\mathbb{E}[\sum_j z_j^2] = \sum_j (\mu_j^2 + \sigma_j^2)", "proved"),
        (r"\mathbb{E}[\sum_j z_j] = \sum_j z_j", "refuted"),
        (r"\mathbb{E}[3 - 2 z_j] = 3 - 2 \mu_j", "proved"),
    ],
)
def test_means_of_what_is_made_of_noise(words: Judged, line: str, word: str) -> None:
    assert words(NOISE + f"${line}$.")[-1] == word


@pytest.mark.parametrize(
    "line",
    [
        r"\mathbb{E}[(\sum_j z_j)^2] = (\sum_j \mu_j)^2",
        r"\mathbb{E}[z_j z_k] = \mu_j \mu_k",
        r"\mathbb{E}_{\varepsilon_j}[\sum_k z_k] = \sum_k z_k",
    ],
)
def test_products_of_members_are_not_decided(words: Judged, line: str) -> None:
    assert words(NOISE + f"(with $k = 1, \\dots, J$) ${line}$.")[-1] not in ("proved", "refuted")


ENTRIES = (
    r"<!--: index j = 1..J ; x \in \mathbb{R}^J ; function p(u) density -->" + "\n"
    r"Let $s = \sum_j x_j$ and $y_j = x_j^2$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}_{x_j \sim p}[y_j] = y_j", "refuted"),
        (r"\int p(x_j) y_j \,dx_j = y_j", "refuted"),
        (r"\mathbb{E}_{x_j \sim \mathcal{N}(0, 1)}[y_j] = 1", "proved"),
        (r"\mathbb{E}_{x_j \sim p}[s] = s", "unread"),
        (r"\mathbb{E}_{x_j \sim p}[x^T x] = x^T x", "unread"),
        (r"\int p(x_j) \|x\|^2 \,dx_j = \|x\|^2", "unread"),
    ],
)
def test_entries_that_are_averaged_over(words: Judged, line: str, word: str) -> None:
    assert words(ENTRIES + f"${line}$.")[-1].startswith(word)


LABELS = (
    r"<!--: index i = 1..n ; index k = 1..K ; z_i \in \{1,\dots,K\} label ; x_i \in \mathbb{R} ; a_k > 0"
    r" ; let \mathbb{P}[z_i = k | x_i] := \frac{a_k}{\sum_{j=1}^K a_j} -->" + "\n"
    r"Let $w_k = k^2$ and $y_i = w_{z_i}$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}_{z_i | x_i}[y_i] = y_i", "refuted"),
        (r"\mathbb{E}_{z_i | x_i}[y_i] = \sum_k w_k \mathbb{P}[z_i = k | x_i]", "proved"),
        (r"\mathbb{E}_{z_i | x_i}[w_{z_i}] = \sum_k w_k \mathbb{P}[z_i = k | x_i]", "proved"),
    ],
)
def test_labels_that_are_averaged_over(words: Judged, line: str, word: str) -> None:
    assert words(LABELS + f"${line}$.")[-1] == word


FORMS = (
    r"<!--: index j = 1..J ; \mu \in \mathbb{R}^J ; \sigma_j > 0 ; z_j \in \mathbb{R} -->" + "\n"
    r"Let $q(z_j) = \mathcal{N}(z_j; \mu_j, \sigma_j^2)$ and $p(z_j) = \mathcal{N}(z_j; 0, 1)$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}_{q(z_j)}[z_j] = \mu_j", "proved"),
        (r"\mathbb{E}_{q(z_j)}[z_j] = z_j", "refuted"),
        (r"\mathbb{E}_{z_j \sim q}[z_j^2] = \mu_j^2 + \sigma_j^2", "proved"),
        (r"\mathrm{KL}(q(z_j) \| p(z_j)) = \frac12 (\mu_j^2 + \sigma_j^2 - 1 - \log \sigma_j^2)", "proved"),
        (r"\mathrm{KL}(q(z_j) \| p(z_j)) = \log q(z_j) - \log p(z_j)", "refuted"),
    ],
)
def test_the_density_varies_with_the_member_too(words: Judged, line: str, word: str) -> None:
    assert words(FORMS + f"${line}$.")[-1] == word


BOUND = (
    r"<!--: index k = 1..K ; u \in \{1,\dots,K\} label ; a_k > 0 -->" + "\n"
    r"Let $w_k = k^2$ and $v = w_u$ and $f(s) = s v$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\sum_{u=1}^K v = K v", "refuted"),
        (r"\sum_{u=1}^K v = \sum_{k=1}^K w_k", "proved"),
        (r"\sum_{u=1}^K f(3) = K f(3)", "refuted"),
        (r"\sum_{u=1}^K f(3) = 3 \sum_k w_k", "proved"),
        (r"\prod_{u=1}^K v = v^K", "refuted"),
    ],
)
def test_a_label_that_a_sum_binds_is_bound_in_definitions(words: Judged, line: str, word: str) -> None:
    assert words(BOUND + f"${line}$.")[-1] == word


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\operatorname{Var}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j] = (z_j - \mu_j)^2", "refuted"),
        (r"\operatorname{Var}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j] = \sigma_j^2", "proved"),
        (r"\operatorname{Var}_{\varepsilon_j}[z_j] = (z_j - \mu_j)^2", "refuted"),
        (r"\operatorname{Cov}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j, \varepsilon_j] = \sigma_j", "proved"),
        (r"\operatorname{Cov}_{\varepsilon_j \sim \mathcal{N}(0,1)}[z_j, \varepsilon_j] = 0", "refuted"),
    ],
)
def test_spreads_of_what_is_made_of_noise(words: Judged, line: str, word: str) -> None:
    assert words(NOISE + f"${line}$.")[-1] == word


VALUES = r"<!--: index i = 1..n ; x_i, u \in \mathbb{R} ; a > 0 -->" + "\nLet $y_i = x_i^2$ and $v = u^2 + u$. Then "


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\left. y_i \right|_{x_i = a} = y_i", "refuted"),
        (r"\left. y_i \right|_{x_i = a} = a^2", "proved"),
        (r"\left. v \right|_{u = a} = v", "refuted"),
        (r"\left. 3 v \right|_{u = a} = 3 a^2 + 3 a", "proved"),
        (r"\left. \frac{\partial v}{\partial u} \right|_{u = 0} = 1", "proved"),
    ],
)
def test_a_value_is_set_in_definitions_too(words: Judged, line: str, word: str) -> None:
    assert words(VALUES + f"${line}$.")[-1] == word


SAMPLE = (
    r"<!--: index i = 1..n ; x_i, m \in \mathbb{R} ; s > 0 -->" + "\n"
    r"Let $x_i \sim \mathcal{N}(m, s^2)$ and $\bar x = \frac1n \sum_{i=1}^n x_i$ and $u_i = (x_i - m)/s$. Then "
)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        (r"\mathbb{E}[\bar x] = m", "proved"),
        (r"\mathbb{E}[\bar x] = \bar x", "refuted"),
        (r"\mathbb{E}[u_i^2] = 1", "proved"),
        (r"\mathbb{E}[u_i^2] = u_i^2", "refuted"),
        (r"\mathbb{E}[\sum_i (x_i - m)^2] = n s^2", "proved"),
        (r"\mathbb{E}[\sum_i (x_i - m)^2] = s^2", "refuted"),
        (r"\mathbb{E}[\bar x^2] = m^2", "unread"),
    ],
)
def test_means_of_a_sample(words: Judged, line: str, word: str) -> None:
    assert words(SAMPLE + f"${line}$.")[-1].startswith(word)
