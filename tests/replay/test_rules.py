"""Every rule of the replay against numbers: a term, and what the replay makes of it, are worth the same."""

from __future__ import annotations

import time

import pytest

from derive import Derivation
from derive.certify import certificate
from derive.checker import load
from derive.checker import names as all_names
from derive.language.claims import Claim, Equal
from derive.language.context import Context
from derive.language.extents import Range
from derive.language.terms import Array, Rel, Term
from derive.refute.attack import attack
from derive.replay import terms as t
from derive.replay.check import Goal, Proof
from derive.replay.data import Refused
from derive.replay.terms import name
from tests.replay.raising import NotShown, Raising

CONTEXT = r"""
index i, j = 1..N ; index k, l = 1..K
function \sigma = logistic
x_i, y_i, u, v \in \mathbb{R} ; p_k > 0 ; q \in (0, 1) ; s > 0 ; b_i \in \{0, 1\} ; c_i \in \{1, \ldots, K\}
a, m \in \mathbb{R}^n ; A, B \in \mathbb{R}^{n \times n} ; \Sigma \in \mathbb{R}^{n \times n} symmetric posdef
w \in \mathbb{R}^K
"""
TERMS = (
    r"(u + v)^3 - u v (u - v)",
    r"\frac{u^2 - v^2}{u - v}",
    r"\sqrt{u^2}",
    r"\sqrt{4 s^2 p_k}",
    r"(2 s)^{-3/2}",
    r"\sqrt{\frac{8}{3}}",
    r"|u| \cdot |u|",
    r"e^{u - 2 v + \log s}",
    r"e^{2 \log s + u \log s}",
    r"\log(s^2 p_k e^{u})",
    r"\log(u^2 + 1)",
    r"\log \frac{6 s}{p_k}",
    r"s^{u + 2}",
    r"(s p_k)^{u}",
    r"(1 - q)^{1 - b_i} q^{b_i}",
    r"\tanh(u) + \sigma(v)",
    r"\sin(u)^2 + \cos u",
    r"\sum_{i=1}^N (x_i - u)^2",
    r"\left(\sum_{i=1}^N x_i\right)^2",
    r"\sum_{i=1}^N \sum_{j=1}^N x_i y_j (x_i - y_j)",
    r"\sum_{i=1}^N \sum_{j=1}^N \delta_{ij} x_i y_j",
    r"\sum_{i \neq j} x_i",
    r"\sum_{i=1}^{N} \sum_{j=1}^{i} x_j",
    r"\sum_{i=1}^N 1",
    r"\sum_{i=1}^{N-1} 1",
    r"\sum_{k=1}^K \delta_{k c_i} p_k",
    r"\frac{\sum_{k=1}^K p_k w_k}{\sum_{k=1}^K p_k}",
    r"\prod_{k=1}^K p_k^2",
    r"\prod_{k=1}^K 2 s p_k",
    r"\prod_{k=1}^K e^{w_k}",
    r"\prod_{k=1}^K p_k^{\delta_{kl}}",
    r"\log \prod_{k=1}^K p_k",
    r"\mathbf{1}\{b_i = 1\} + \mathbf{1}\{b_i = 0\} u",
    r"\mathbf{1}\{u > v\} + \mathbf{1}\{2 u > 2 v\}",
    r"\mathbf{1}\{c_i = k\} p_{c_i}",
    r"a^T A m",
    r"A B - B A",
    r"A^T A a",
    r"A^3",
    r"A A^{-1}",
    r"A^{-1} A^T",
    r"\Sigma \Sigma^{-1}",
    r"\det(A)",
    r"\det(\Sigma^{-1})",
    r"\operatorname{tr}(A B)",
    r"\operatorname{diag}(a) B",
    r"\operatorname{diag}(a)^{-1}",
    r"\det(\operatorname{diag}(a))",
    r"a m^T",
    r"\|a - m\|^2",
    r"a \odot m",
    r"\operatorname{softmax}(w)",
    r"\mathcal{N}(a | m, \Sigma)",
    r"\mathcal{N}(u | v, s)",
    r"\frac{\partial}{\partial u} \frac{u^2}{1 + e^{u}}",
    r"\frac{\partial}{\partial u} \log(1 + u^2)",
    r"\frac{\partial}{\partial u} \tanh(u v)",
    r"\frac{\partial}{\partial u} \sigma(u)^2",
    r"\frac{\partial}{\partial u} \sin(u) \cos(2 u)",
    r"\frac{\partial}{\partial u} s^{u}",
    r"\frac{\partial}{\partial s} s^{u}",
    r"\frac{\partial}{\partial s} \sqrt{s}",
    r"\frac{\partial}{\partial x_i} \sum_{j=1}^N x_j^2 y_j",
    r"\frac{\partial}{\partial p_k} \prod_{l=1}^K p_l",
    r"\frac{\partial}{\partial p_k} \log \sum_{l=1}^K p_l",
    r"\frac{\partial}{\partial w_k} \operatorname{softmax}(w)",
    r"\frac{\partial}{\partial A} a^T A m",
    r"\frac{\partial}{\partial A} \operatorname{tr}(A B A)",
    r"\frac{\partial}{\partial A} a^T A^{-1} m",
    r"\frac{\partial}{\partial A} \det(A)",
    r"\frac{\partial}{\partial \Sigma} \log \det \Sigma",
    r"\frac{\partial}{\partial a} \mathcal{N}(a | m, \Sigma)",
    r"\frac{\partial}{\partial a} A a",
    r"\frac{\partial}{\partial u} \int e^{-t^2 - u t} dt",
    r"\int \mathcal{N}(t | u, s) t^2 dt",
    r"\frac{\partial}{\partial v} (u v)^3 \bigg|_{v = u}",
    r"\operatorname{diag}(a)^{2}",
    r"A^{-2} a",
    r"\prod_{k : k \neq l} p_k",
    r"\begin{bmatrix} u & v \\ s & u v\end{bmatrix} \begin{bmatrix} u \\ s \end{bmatrix}",
    r"\mathbf{1}\{a > 0\}",
    r"\frac{\partial}{\partial s} \prod_{k=1}^K (p_k + s)",
    r"\frac{\partial}{\partial u} \begin{cases} u^2 & v > 0 \\ u^3 & \text{otherwise} \end{cases}",
)


def raised_claim(context: Context, term: Term, unfolded: bool = False) -> Claim:
    """A term, and what the replay makes of it as a term again: equal, if it is read as it is meant."""
    reader = Proof(context, Goal((), Rel("=", term, term))).reader
    value = reader.read(term, {})
    lengths = [value.rows, value.columns][: value.rank]
    names = [f"q{n}" for n, _ in enumerate(lengths)]
    p = value.entry(list(map(name, names)))
    while unfolded and (known := frozenset(n for n in t.free(p) if _defined(context, n))):
        p = reader.unfolded(p, known)
    raising = Raising(context)
    body = raising.poly(p)
    pairs = tuple((n, Range.upto(raising.extent(k))) for n, k in zip(names, lengths, strict=True))
    return Claim("rules", Equal(term, Array(pairs, body) if pairs else body), context)


def _defined(context: Context, name: str) -> bool:
    decl = context.symbols.get(name)
    return decl is not None and decl.definition is not None


def stated(left: str, right: str, given: str = "") -> Claim:
    found = Derivation("replay/rules", title="rules", context=f"{CONTEXT}\n{given}")
    found.equal("one", left, right)
    return found.build().claims[0]


@pytest.mark.parametrize("text", TERMS)
def test_what_a_rule_makes_of_a_term_is_worth_the_same(text: str) -> None:
    claim = stated(text, text)
    assert isinstance(claim.statement, Equal)
    found = raised_claim(claim.context, claim.statement.left)
    struck = attack(found, deadline=time.monotonic() + 20.0)
    assert struck.witness is None, f"{found.statement}\n{struck.witness}"
    assert struck.agreed, struck.note


def sides() -> list[object]:
    """Every twentieth equation of the proofs."""
    found = [claim for one in all_names() for claim in load(one).claims if isinstance(claim.statement, Equal)]
    return [pytest.param(claim, id=claim.id) for claim in found[::20]]


@pytest.mark.parametrize("claim", sides())
def test_what_a_side_of_a_proof_becomes_is_worth_the_same(claim: Claim) -> None:
    assert isinstance(claim.statement, Equal)
    for side in (claim.statement.left, claim.statement.right):
        for unfolded in (False, True):
            try:
                found = raised_claim(claim.context, side, unfolded)
            except (Refused, NotShown):
                continue
            struck = attack(found, deadline=time.monotonic() + 1.0)
            assert struck.witness is None, f"{found.statement}\n{struck.witness}"


# -- what must be refused ----------------------------------------------------------------------------------------------
FALSE = (
    (r"\frac{u}{u}", "0"),
    (r"\sqrt{u^2}", "u"),
    (r"\log(u^2)", r"2 \log u + \log 2 - \log 3"),
    (r"\sum_{i=1}^{N-1} x_i", r"\sum_{i=1}^{N} x_i"),
    (r"\sum_{i=1}^{N-2} 1", "N - 2"),
    (r"\sum_{i=2}^{N} \delta_{i j} x_i", "x_j"),
    (r"\sum_{i=1}^{N} x_i \sum_{j=1}^N x_j", r"\sum_{i=1}^N x_i x_i"),
    (r"\sum_{i=1}^N \sum_{j=1}^{i} x_j", r"N \sum_{j=1}^N x_j"),
    (r"\prod_{k=1}^K 2", "2"),
    (r"b_i b_j", "b_i"),
    (r"b_i^2", "b_j"),
    (r"A B", "B A"),
    (r"A^{-1} B", r"B A^{-1}"),
    (r"(A B)^{-1}", r"A^{-1} B^{-1}"),
    (r"A^T", "A"),
    (r"(u v)^{1/2}", r"u^{1/2} v^{1/2} + 1"),
    (r"\frac{\partial}{\partial x_i} \sum_{i=1}^N x_i^2", r"2 \sum_{i=1}^N x_i"),
    (r"\frac{\partial}{\partial x_i} x_j", "1"),
    (r"\frac{\partial}{\partial A} \operatorname{tr}(A A)", "2 A"),
    (r"\sum_{k \neq l} \frac{1}{w_k}", r"\sum_{k=1}^K \frac{1}{w_k}"),
    (r"\mathbf{1}\{u > 0\}", "1"),
    (r"\mathbf{1}\{c_i = k\}", "1"),
    (r"s^{u v}", r"s^u s^v"),
    (r"e^{u v}", r"e^u e^v"),
    (r"\sigma(u + v)", r"\sigma(u) + \sigma(v)"),
    (r"\sqrt{s + p_k}", r"\sqrt{s} + \sqrt{p_k}"),
    (r"\int e^{-t^2} dt", r"\int e^{-2 t^2} dt"),
    (r"\int t e^{-t^2} dt", r"u \int e^{-t^2} dt"),
    (r"\int e^{t u} e^{-t^2} dt", r"\int e^{t u} dt \int e^{-t^2} dt"),
    (r"\frac{\partial}{\partial s} \prod_{k=1}^K s", r"\prod_{k=1}^K 1"),
    (r"\sum_{k=1}^{K-1} \delta_{k c_i}", "1"),
    (r"\prod_{k : k \neq l} p_k", r"\prod_{k=1}^K p_k"),
    (r"A^2", "A"),
    (r"A^{-2}", r"A^2"),
    (r"\det(\operatorname{diag}(a))", r"\sum_{i=1}^n a_i"),
    (r"\operatorname{diag}(a)^{-1}", r"\operatorname{diag}(a)"),
    (r"\begin{bmatrix} u & v \end{bmatrix}", r"\begin{bmatrix} v & u \end{bmatrix}"),
    (r"\sum_{i=1}^N e^{u + x_i}", r"\sum_{i=1}^N e^{x_i}"),
    (r"\mathbf{1}\{u > 0\} + \mathbf{1}\{u < 0\}", "1"),
)


@pytest.mark.parametrize(("left", "right"), FALSE)
def test_what_is_false_has_no_certificate(left: str, right: str) -> None:
    claim = stated(left, right)
    assert certificate(claim) is None
