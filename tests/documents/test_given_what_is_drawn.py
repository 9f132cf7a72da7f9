r"""Means given something, where the text tells how all of it is drawn: ``\mathbb{E}[x | z]``, ``\mathbb{E}[z | x]``."""

from __future__ import annotations

import pytest

from tests.documents.judging import Judged

SCALARS = r"""<!--: x, z \in \mathbb{R} ; a, b, m \in \mathbb{R} ; v, r > 0 -->
We have $z \sim \mathcal{N}(m, v)$ and $x \mid z \sim \mathcal{N}(a z + b, r)$. Then $$CLAIM.$$"""
VECTORS = r"""<!--: W \in \mathbb{R}^{D \times d} ; z \in \mathbb{R}^d ; x, \mu \in \mathbb{R}^D
\Psi \in \mathbb{R}^{D \times D} diagonal posdef ; let G := (I + W^\top \Psi^{-1} W)^{-1} -->
We have $z \sim \mathcal{N}(0, I)$ and $x \mid z \sim \mathcal{N}(W z + \mu, \Psi)$. Then $$CLAIM.$$"""
MEMBERS = r"""<!--: index m, n = 1..N ; W \in \mathbb{R}^{D \times d} ; z_n \in \mathbb{R}^d ; x_n, \mu \in \mathbb{R}^D ; c > 0
let M := W^\top W + c I -->
We have $z_n \sim \mathcal{N}(0, I)$ and $x_n \mid z_n \sim \mathcal{N}(W z_n + \mu, c I)$. Then $$CLAIM.$$"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x | z] = a z + b", "proved"),
        (r"\mathbb{E}[x \mid z] = a z - b", "refuted"),
        (r"\mathbb{E}[x^2 | z] = (a z + b)^2 + r", "proved"),
        (r"\mathbb{E}[x^2 | z] = (a z + b)^2", "refuted"),
        (r"\operatorname{Var}(x | z) = r", "proved"),
        (r"\operatorname{Var}(x | z) = a^2 v + r", "refuted"),
        (r"\mathbb{E}[z | x] = \frac{r m + a v (x - b)}{r + a^2 v}", "proved"),
        (r"\mathbb{E}[z | x] = \frac{r m + v (x - b)}{r + a^2 v}", "refuted"),
        (r"\mathbb{E}[z | x] = m", "refuted"),
        (r"\operatorname{Var}(z | x) = \frac{r v}{r + a^2 v}", "proved"),
        (r"\operatorname{Var}(z | x) = v", "refuted"),
        (r"p(x) = \mathcal{N}(x | a m + b, a^2 v + r)", "proved"),
        (r"p(x) = \mathcal{N}(x | a m + b, a v + r)", "refuted"),
    ],
)
def test_numbers(words: Judged, claim: str, verdict: str) -> None:
    assert words(SCALARS.replace("CLAIM", claim)) == [verdict]


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x | z] = W z + \mu", "proved"),
        (r"\mathbb{E}[x | z] = W z", "refuted"),
        (r"\mathrm{Cov}(x | z) = \Psi", "proved"),
        (r"\mathrm{Cov}(x | z) = W W^\top + \Psi", "refuted"),
        (r"p(x) = \mathcal{N}(x | \mu, W W^\top + \Psi)", "proved"),
        (r"p(x) = \mathcal{N}(x | \mu, W W^\top - \Psi)", "refuted"),
        (r"\mathbb{E}[z | x] = G W^\top \Psi^{-1} (x - \mu)", "proved"),
        (r"\mathbb{E}[z | x] = G W^\top \Psi^{-1} x", "refuted"),
        (r"\mathrm{Cov}(z | x) = G", "proved"),
        (r"\mathrm{Cov}(z | x) = I", "refuted"),
        (r"\mathbb{E}[z z^\top | x] = G + \mathbb{E}[z | x] \mathbb{E}[z | x]^\top", "proved"),
        (r"\mathbb{E}[z z^\top | x] = \mathbb{E}[z | x] \mathbb{E}[z | x]^\top", "refuted"),
        (r"p(z | x) = \mathcal{N}(z | G W^\top \Psi^{-1} (x - \mu), G)", "proved"),
        (r"p(z | x) = \mathcal{N}(z | G W^\top (x - \mu), G)", "refuted"),
    ],
)
def test_vectors(words: Judged, claim: str, verdict: str) -> None:
    assert words(VECTORS.replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[x_n | z_n] = W z_n + \mu", "proved"),
        (r"\mathbb{E}[x_n | z_n] = W z_n - \mu", "refuted"),
        (r"p(x_n) = \mathcal{N}(x_n | \mu, W W^\top + c I)", "proved"),
        (r"p(x_n) = \mathcal{N}(x_n | \mu, W W^\top - c I)", "refuted"),
        (r"\mathbb{E}[z_n | x_n] = M^{-1} W^\top (x_n - \mu)", "proved"),
        (r"\mathbb{E}[z_n | x_n] = W^\top (x_n - \mu)", "refuted"),
        (r"\mathbb{E}[z_n z_n^\top | x_n] = c M^{-1} + \mathbb{E}[z_n | x_n] \mathbb{E}[z_n | x_n]^\top", "proved"),
        (r"\mathbb{E}[z_n z_n^\top | x_n] = M^{-1} + \mathbb{E}[z_n | x_n] \mathbb{E}[z_n | x_n]^\top", "refuted"),
    ],
)
def test_members(words: Judged, claim: str, verdict: str) -> None:
    assert words(MEMBERS.replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(
    "claim",
    [
        r"\mathbb{E}[x_m | z_n] = W z_n + \mu",  # of another member
        r"\mathbb{E}[x_m^\top z_n | x_n] = x_m^\top \mathbb{E}[z_n | x_n]",  # which is not given
        r"\mathbb{E}[z_m | x_n] = M^{-1} W^\top (x_n - \mu)",
    ],
)
def test_what_holds_of_one_member_is_not_said_of_another(words: Judged, claim: str) -> None:
    verdicts = words(MEMBERS.replace("CLAIM", f"\\mathbb{{E}}[x_n | z_n] = W z_n + \\mu $$ $$ {claim}"))
    assert verdicts[-1] in ("unread", "refuted", "undecided")


NOISE = r"""<!--: y, x, w \in \mathbb{R}^n ; X \in \mathbb{R}^{n \times d} ; v \in \mathbb{R}^d ; c > 0 ; assume \det(X^\top X) > 0 -->
We have $y = X v + \epsilon$ with $\mathbb{E}[\epsilon] = 0$ and $\operatorname{Cov}(\epsilon) = c I$. Then $$CLAIM.$$"""


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        (r"\mathbb{E}[y | X] = X v", "proved"),
        (r"\mathbb{E}[y | X] = 2 X v", "refuted"),
        (r"\operatorname{Cov}((X^\top X)^{-1} X^\top y | X) = c (X^\top X)^{-1}", "proved"),
        (r"\operatorname{Cov}((X^\top X)^{-1} X^\top y | X) = c X^\top X", "refuted"),
    ],
)
def test_given_what_is_not_random(words: Judged, claim: str, verdict: str) -> None:
    assert words(NOISE.replace("CLAIM", claim))[-1] == verdict


@pytest.mark.parametrize(
    "text",
    [
        # the noise is no longer around zero where the observation is given
        r"Let $x = 3 z + \eta$ with $\eta \sim \mathcal{N}(0, c)$. Then $$\mathbb{E}[\eta | x] = 0.$$",
        # two observations of one quantity: neither is given with the other
        r"Let $z \sim \mathcal{N}(0, 1)$, $x | z \sim \mathcal{N}(z, c)$ and $y | z \sim \mathcal{N}(z, c)$. Then "
        r"$$\mathbb{E}[z y | x] = y \mathbb{E}[z | x].$$",
        # nothing says that they are independent
        r"Let $z \sim \mathcal{N}(0, 1)$, $\eta \sim \mathcal{N}(0, c)$ and $x = z + \eta$. Then "
        r"$$\mathbb{E}[z | x] = \frac{x}{1 + c}.$$",
    ],
)
def test_what_is_not_known_is_not_proved(words: Judged, text: str) -> None:
    declared = r"<!--: x, y, z \in \mathbb{R} ; c > 0 -->"
    assert "proved" not in words(f"{declared}\n{text}")[-1:]


def test_under_another_distribution_an_observation_stays_what_it_is(words: Judged) -> None:
    declared = r"<!--: x, z, a \in \mathbb{R} ; c, s > 0 -->"
    model = r"Let $z \sim \mathcal{N}(0, 1)$ and $x \mid z \sim \mathcal{N}(z, c)$. Then "
    claim = r"\mathbb{E}_{z \sim \mathcal{N}(a, s)}[(x - z)^2] = (x - a)^2 + s"
    assert words(f"{declared}\n{model}$${claim}.$$")[-1] == "proved"
    assert words(f"{declared}\n{model}$${claim.replace(' + s', '')}.$$")[-1] == "refuted"
