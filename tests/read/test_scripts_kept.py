"""No mark on any head is dropped: a superscript, a subscript, a factor behind it is in what is read, or is refused."""

from __future__ import annotations

import pytest

from derive.language.terms import Num, Sym, subterms
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import node_readings
from derive.read.parser import parse

CONTEXT = declare(
    r"index i, j = 1..n ; index k = 1..K ; x, y, z, \zeta \in \mathbb{R} ; a_k, q_i \in \mathbb{R} ; b > 0"
    r" ; u, v \in \mathbb{R}^d ; A, S \in \mathbb{R}^{d \times d} ; function f(x) := x^2 + 1 ; function g"
    r" ; function h(u) := u^T A u ; function m(w) := w^T A w + w^T u ; w \in \mathbb{R}^d ; function p(x) density"
    r" ; let r := x^2"
)
HEADS = r"""
\log§ x | \exp§(x) | \sin§ x | \tanh§(x) | \sqrt§{x} | \operatorname{sign}§(x) | \operatorname{tr}§(A)
\operatorname{rank}§(A) | \det§ A | \operatorname{diag}§(u) | \operatorname{softmax}§(u)
\mathbb{E}§_{x \sim p}[x] | \mathbb{E}_{x \sim p}§[x] | \operatorname{Var}§_{x \sim p}[x]
\operatorname{Var}_{x \sim p}§[x] | \mathbb{P}§_{x \sim p}[x > 0] | \mathrm{KL}§(p \| p) | \mathrm{KL}(p \| p)§
D_{KL}§(p \| p) | \max§_k a_k | \max_k§ a_k | \min§(x, y) | \min(x, y)§ | \arg\max_x§ f(x) | \nabla§_u h(u)
\nabla§ h(u) | \nabla_u§ h(u) | \nabla§ m(u) | \nabla m(u)§ | \nabla m(0)§ | \frac{d§}{dx} f(x)
\frac{d§ f}{dx} | \frac{\partial§ r}{\partial x} | \partial§_x f(x) | \partial_x§ f(x) | \Delta§ f(x) | \|u\|§
\|A\|_F§ | \|u\|_2§ | \|u\|_1§ | |x|§ | f§(x) | f(x)§ | g§(x) | h§(u) | f'§(x) | f'(x)§ | \sum_i§ q_i
\sum§_i q_i | \prod_k§ a_k | \int§_0^1 x dx | \int_0§ x dx | \mathbf{1}§\{x > 0\} | \mathbf{1}\{x > 0\}§
\delta_{ij}§ | I§ u | u§ | A§ u | q_i§ | a§_k | e§ | \pi§ | \langle u, v \rangle§ | u§ v^T | \binom{n}{k}§
\lfloor x \rfloor§ | \lim_{x \to 0}§ x | \left. f(x) \right|_{x = 1}§ | \dot x§ | \hat x§ | (x + y)§ | [x + y]§
\begin{pmatrix} x & y \\ y & x \end{pmatrix}§ | A§_{ij} | A_{ij}§ | (A u)§_i | (A u)_i§ | \mathcal{N}§(x | 0, 1)
\mathcal{N}(x | 0, 1)§
"""
EACH = [head.strip() for line in HEADS.strip().splitlines() for head in line.split(" | ")]


def is_kept(text: str) -> bool:
    try:
        terms = [typed.term for typed in node_readings(parse(text), CONTEXT)]
    except ReadError:
        return True
    return all(
        any(
            (isinstance(part, Num) and part.value == 7)
            or getattr(part, "name", "") == "\\zeta"
            or (isinstance(part, Sym) and "zeta" in part.name)
            for part in subterms(term)
        )
        for term in terms
    )


@pytest.mark.parametrize("mark", ["^7", "^{\\zeta}", "_7", "_{\\zeta}"])
@pytest.mark.parametrize("head", EACH)
def test_marks(head: str, mark: str) -> None:
    assert is_kept(head.replace("§", mark))


@pytest.mark.parametrize("head", EACH)
def test_factors_behind_and_before(head: str) -> None:
    plain = head.replace("§", "")
    assert is_kept(plain + r" \zeta")
    assert is_kept(r"\zeta " + plain)
    assert is_kept(plain + r" + \zeta")


def test_powers_before_brackets() -> None:
    for before, behind in (
        (r"\mathbb{E}^2_{x \sim p}[x]", r"\mathbb{E}_{x \sim p}[x]^2"),
        (r"\mathbf{1}^2\{x > 0\}", r"\mathbf{1}\{x > 0\}^2"),
    ):
        one, other = (node_readings(parse(text), CONTEXT) for text in (before, behind))
        assert [each.term for each in one] == [each.term for each in other]


def test_the_second_gradient_of_two_may_be_a_row() -> None:
    """``\\nabla_u \\nabla_u^T h`` is the Hessian; a gradient alone that is marked so is refused."""
    context = declare(r"function h(u) := u^T A u", CONTEXT)
    second = [typed.term for typed in node_readings(parse(r"\nabla_u \nabla_u^T h(u)"), context)]
    assert second == [typed.term for typed in node_readings(parse(r"\nabla_u \nabla_u h(u)"), context)]
    for text in (r"\nabla_u^T h(u)", r"u \nabla_u^T h(u)", r"\nabla_u \nabla_u^3 h(u)"):
        with pytest.raises(ReadError):
            node_readings(parse(text), context)
