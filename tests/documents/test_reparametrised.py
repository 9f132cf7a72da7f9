"""``If we write $\\rho_c = …$``: a quantity made of others from there on; what is only supposed of it defines nothing."""

from __future__ import annotations

import pytest

from tests.documents.test_by_powers import notes, verdicts

MIXTURE = r"""Let $y_1, \dots, y_M > 0$ have the density $q(y) = \sum_{c=1}^C \rho_c \beta_c e^{-\beta_c y}$ with
$\rho_c \ge 0$, $\sum_c \rho_c = 1$ and $\beta_c > 0$. Put
\[ r_{mc} = \frac{\rho_c \beta_c e^{-\beta_c y_m}}{\sum_{b=1}^C \rho_b \beta_b e^{-\beta_b y_m}}, \qquad G = \sum_{m=1}^M \log q(y_m). \]
Then
\[ \frac{\partial G}{\partial \rho_c} = \sum_{m=1}^M \frac{r_{mc}}{\rho_c} . \]
"""
BEGUN = ["proved"] * 4


@pytest.mark.parametrize(
    "words",
    [
        "When we write",
        "If we parametrise",
        "Let us write",
        "Reparametrising by",
        "Now we put",
        "With the parametrisation",
    ],
)
def test_weights_as_shares(words: str) -> None:
    text = MIXTURE + words + r" $\rho_c = \frac{e^{u_c}}{\sum_b e^{u_b}}$, we find"
    right = text + r"\[ \frac{\partial G}{\partial u_c} = \sum_{m=1}^M (r_{mc} - \rho_c) . \]"
    assert verdicts(right) == [*BEGUN, "proved", "proved"]
    assert "let \\rho_c := \\frac{e^{u_c}}{\\sum_b e^{u_b}}" in notes(right)
    assert verdicts(text + r"\[ \frac{\partial G}{\partial u_c} = \sum_{m=1}^M r_{mc} - \rho_c . \]")[-1] == "refuted"


def test_a_rate_as_an_exponential() -> None:
    text = MIXTURE + r"If we parametrise the rates as $\beta_c = e^{v_c}$, then"
    assert (
        verdicts(text + r"\[ \frac{\partial G}{\partial v_c} = \sum_{m=1}^M r_{mc} (1 - \beta_c y_m) . \]")[-1]
        == "proved"
    )
    assert verdicts(text + r"\[ \frac{\partial G}{\partial v_c} = \sum_{m=1}^M r_{mc} (1 - y_m) . \]")[-1] == "refuted"


def test_a_case_is_no_parametrisation() -> None:
    """What is only supposed, of names that are known, holds in its sentence."""
    text = r"""Let $a, b > 0$ and $f = a + 2 b$. If $a = b$, then $f = 3 a$. """
    assert verdicts(text) == ["proved", "proved"]
    assert verdicts(text + r"In general $f = 3 a$.") == ["proved", "proved", "refuted"]
