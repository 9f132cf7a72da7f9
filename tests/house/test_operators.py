"""Every built-in operator is known to every part: it is read, written, given a number and a normal form."""

from __future__ import annotations

import pytest

from derive.language.operators import OPERATORS
from derive.language.terms import Op, Term, subterms
from derive.prove import lower
from derive.read.declarations import declare
from derive.read.latex import read_term
from derive.refute.operations import ROWS
from derive.render.latex import to_latex

CONTEXT = declare(
    r"""size n, m ; index i, j = 1..n ; a, b \in \mathbb{R} ; q \in \mathbb{N}
    \mathbf{u}, \mathbf{v} \in \mathbb{R}^n ; \mathbf{s} \in \mathbb{R}^n positive
    A, B \in \mathbb{R}^{n\times n} ; S \in \mathbb{R}^{n\times n} symmetric posdef"""
)
BROADCAST = declare(r"elementwise +", CONTEXT)

SPELLINGS = {
    "add": "a + b",
    "neg": "-a",
    "mul": "a b",
    "div": r"\frac{a}{b}",
    "pow": "a^2",
    "sqrt": r"\sqrt{a}",
    "abs": "|a|",
    "factorial": "q!",
    "floor": r"\lfloor a \rfloor",
    "exp": r"\exp(a)",
    "log": r"\log a",
    "logistic": r"\operatorname{logistic}(a)",
    "softplus": r"\operatorname{softplus}(a)",
    "tanh": r"\tanh a",
    "sin": r"\sin a",
    "cos": r"\cos a",
    "relu": r"\operatorname{ReLU}(a)",
    "softmax": r"\operatorname{softmax}(\mathbf{u})",
    "logsumexp": r"\operatorname{logsumexp}(\mathbf{u})",
    "total": r"\operatorname{sum}(\mathbf{u})",
    "transpose": r"A^\top",
    "inverse": "A^{-1}",
    "det": r"\det A",
    "trace": r"\operatorname{tr}(A)",
    "diag": r"\operatorname{diag}(\mathbf{u})",
    "outer": r"\mathbf{u} \otimes \mathbf{v}",
    "inner": r"\langle \mathbf{u}, \mathbf{v} \rangle",
    "hadamard": r"\mathbf{u} \odot \mathbf{v}",
    "hadamard_div": r"\mathbf{u} \oslash \mathbf{v}",
    "broadcast_add": r"\mathbf{u} + a",
    "kron": r"A \otimes B",
    "eigenvalues": r"\operatorname{eigenvalues}(A)",
    "eigenvectors": r"\operatorname{eigenvectors}(A)",
    "norm2": r"\|\mathbf{u}\|^2",
    "norm": r"\|\mathbf{u}\|",
    "delta": r"\delta_{ij}",
    "indicator": r"\mathbf{1}\{a > b\}",
    "and": r"\mathbf{1}\{a > b \wedge b > 0\}",
    "or": r"\mathbf{1}\{a > b \vee b > 0\}",
    "not": r"\mathbf{1}\{\neg (a > b)\}",
    "gaussian": r"\mathcal{N}(\mathbf{u}|\mathbf{v},S)",
    "gaussian_diag": r"\mathcal{N}(\mathbf{u}|\mathbf{v},\mathbf{s})",
}
"""How each is written in LaTeX."""

REREAD_AS = {"outer": {"mul", "transpose"}, "gaussian_diag": {"gaussian", "diag"}}
"""What is written in the usual way, which is another term of the same meaning."""

NO_NORMAL_FORM = {
    "kron": "its entries need quotient and remainder of an index",
}
"""Operators about which nothing is proved by the index engine, and why."""


def example(name: str) -> Term:
    (term,) = read_term(SPELLINGS[name], BROADCAST if name == "broadcast_add" else CONTEXT)
    return term


def names_in(term: Term) -> set[str]:
    return {part.name for part in subterms(term) if isinstance(part, Op)}


@pytest.mark.parametrize("name", OPERATORS)
def test_read_from_latex(name: str) -> None:
    assert name in names_in(example(name))


@pytest.mark.parametrize("name", OPERATORS)
def test_written_so_that_it_is_read_again(name: str) -> None:
    term = example(name)
    context = BROADCAST if name == "broadcast_add" else CONTEXT
    (again,) = read_term(to_latex(term), context)
    if name in REREAD_AS:
        assert names_in(again) == REREAD_AS[name]
    else:
        assert again == term


def test_every_operator_has_a_number() -> None:
    assert sorted(ROWS) == sorted(OPERATORS)


def test_every_operator_has_a_normal_form() -> None:
    assert sorted([*lower.OPERATORS, *NO_NORMAL_FORM]) == sorted(OPERATORS)
