r"""``y = w^\top x + \epsilon`` with ``\epsilon \sim \mathcal{N}(0, \sigma^2)`` tells what p(y | x, w) is.

The expectations are written by hand from the mathematics.
"""

from __future__ import annotations

import pytest

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.told_densities import told
from derive.read.parser import parse
from tests.documents.judging import Judged

GIVEN = "<!--: index i = 1..n ; x_i, w, x \\in \\mathbb{R}^d ; y_i, b \\in \\mathbb{R} ; \\sigma, \\tau > 0 ; A, S \\in \\mathbb{R}^{d \\times d} ; S posdef -->\n"
DENSITY = r"\exp\left(-\frac{(y_i - w^\top x_i)^2}{2\sigma^2}\right)"


@pytest.mark.parametrize(
    "said",
    [
        r"Let $y_i = w^\top x_i + \epsilon_i$ with $\epsilon_i \sim \mathcal{N}(0, \sigma^2)$.",
        r"Assume $y_i = w^\top x_i + \epsilon_i$ where $\epsilon_i \overset{\text{iid}}{\sim} \mathcal{N}(0, \sigma^2)$.",
        r"The noise is $\epsilon_i \sim N(0, \sigma^2)$, and $y_i = \epsilon_i + w^\top x_i$.",
        r"Let $y_i = w^\top x_i + \sigma \epsilon_i$ with $\epsilon_i \sim \mathcal{N}(0, 1)$.",
        r"Let $y_i = w^\top x_i - \sigma \cdot \epsilon_i$ with $\epsilon_i \sim \mathcal{N}(0, 1)$.",
        r"Let $y_i \mid x_i, w \sim \mathcal{N}(w^\top x_i, \sigma^2)$.",
    ],
)
def test_a_density_is_what_the_text_tells(said: str, words: Judged) -> None:
    right, wrong = r"\frac{1}{\sqrt{2\pi}\sigma}", r"\frac{1}{\sqrt{2\pi\sigma}}"
    assert words(rf"{GIVEN}{said} Then $$p(y_i \mid x_i, w) = {right} {DENSITY}.$$")[-1] == "proved"
    assert words(rf"{GIVEN}{said} Then $$p(y_i \mid x_i, w) = {wrong} {DENSITY}.$$")[-1] == "refuted"


@pytest.mark.parametrize(
    ("model", "noise", "mean", "spread", "wrong"),
    [
        (r"\tau \eta", r"\mathcal{N}(0, I)", "x", r"\tau^2 I", r"\tau I"),
        (r"\sqrt{\tau}\, \eta", r"\mathcal{N}(0, I)", "x", r"\tau I", r"\tau^2 I"),
        (r"\eta", r"\mathcal{N}(0, S)", "x", "S", "S^2"),
        (r"A \eta", r"\mathcal{N}(0, I)", "x", r"A A^\top", r"A^\top A"),
        (r"A \eta", r"\mathcal{N}(0, S)", "x", r"A S A^\top", "A S"),
    ],
)
def test_noise_of_vectors(model: str, noise: str, mean: str, spread: str, wrong: str, words: Judged) -> None:
    said = rf"{GIVEN}Let $z = x + {model}$ where $\eta \sim {noise}$. Then "
    if r"A \eta" in model:  # what is told can be written, if not be proved of every A
        assert words(rf"{said} $$p(z \mid x) = \mathcal{{N}}(z \mid {mean}, {wrong}).$$")[-1] != "proved"
        return
    assert words(rf"{said} $$p(z \mid x) = \mathcal{{N}}(z \mid {mean}, {spread}).$$")[-1] == "proved"
    assert words(rf"{said} $$p(z \mid x) = \mathcal{{N}}(z \mid {mean}, {wrong}).$$")[-1] == "refuted"
    score = r"$$\nabla_z \log p(z \mid x) = "
    if r"\tau \eta" in model:
        assert words(rf"{said}{score} \frac{{x - z}}{{\tau^2}}.$$")[-1] == "proved"
        assert words(rf"{said}{score} \frac{{x - z}}{{\tau}}.$$")[-1] == "refuted"


PLAIN = (r"y = w^\top x + \epsilon", r"\epsilon \sim \mathcal{N}(0, \sigma^2)")
CONTEXT = declare(r"w, x, u \in \mathbb{R}^d ; y, b \in \mathbb{R} ; \sigma, \tau > 0", Context())


def test_what_is_told() -> None:
    body = told(parse(r"p(y | x, w)"), PLAIN, CONTEXT)
    assert s.key(parse(body)) == s.key(parse(r"\mathcal{N}(y | w^\top x, \sigma^2)"))


@pytest.mark.parametrize(
    ("texts", "density"),
    [
        ((*PLAIN, r"w \sim \mathcal{N}(0, \tau^2 I)"), "p(y | x)"),  # w is random, and not given
        ((*PLAIN, r"p(x) = e^{-b}"), "p(y | w)"),  # so is x
        ((*PLAIN, r"r = \epsilon + b"), "p(y | x, w, r)"),  # r tells of the noise
        ((PLAIN[1], r"y = u^\top x + \epsilon", r"u = w + \epsilon"), "p(y | x, u)"),  # so does u
        ((*PLAIN, r"\epsilon \sim \mathcal{N}(0, \tau^2)"), "p(y | x, w)"),  # two ways
        ((*PLAIN, r"y = u^\top w + \epsilon"), "p(y | w)"),
        ((PLAIN[0], r"\epsilon \sim \mathcal{N}(0, \sigma)"), "p(y | x, w)"),  # variance or standard deviation
        ((PLAIN[0], r"\epsilon \sim \mathcal{N}(1, \sigma^2)"), "p(y | x, w)"),  # not around zero
        ((PLAIN[1], r"y = w^\top x + \epsilon + \epsilon^2"), "p(y | x, w)"),  # not normal
        ((PLAIN[1], r"y = w^\top x + \epsilon x^\top x + \epsilon"), "p(y | x, w)"),  # not as it stands
        (("x = w + u \\odot \\epsilon", r"\epsilon \sim \mathcal{N}(0, S)"), "p(x | w, u)"),  # of a diagonal S only
        (PLAIN, "p(y, x)"),
        (PLAIN, "r(y | x, w)"),
    ],
)
def test_what_is_not_told(texts: tuple[str, ...], density: str) -> None:
    assert told(parse(density), texts, CONTEXT) == ""


def test_what_is_given_may_be_what_came_before() -> None:
    model = (r"z_t = a z_{t-1} + \eta_t", r"\eta_t \sim \mathcal{N}(0, \tau^2)")
    context = declare(r"index t = 1..T ; z_t, a \in \mathbb{R} ; \tau > 0", Context())
    assert told(parse(r"p(z_t | z_{t-1})"), model, context)
    assert not told(parse(r"p(z_t | a)"), model, context)
