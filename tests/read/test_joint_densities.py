"""Marginal and conditional densities of a declared joint one, and the joint one of declared factors."""

from __future__ import annotations

import pytest

from derive.judge import judge
from derive.language.claims import Claim, Compare, Equal
from derive.read.declarations import declare
from derive.read.errors import ReadError
from derive.read.latex import read_relations

JOINT = (
    r"u \in \mathbb{R}^m ; v \in \mathbb{R}^n ; function f(u, v) density positive"
    r" ; function g_\eta(v | u) density positive"
)
FACTORS = (
    r"u \in \mathbb{R}^m ; v \in \mathbb{R}^n ; function f_\eta(u | v) density positive"
    r" ; function f(v) density positive ; function g(v | u) density positive"
)


def verdict(text: str, declared: str) -> str:
    context = declare(declared)
    (relation,) = read_relations(text, context)
    made = (
        Equal(relation.left, relation.right)
        if relation.op == "="
        else Compare(relation.op, relation.left, relation.right)
    )
    return type(judge(Claim("c", made, context))).__name__


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"f(u) = \int f(u, v) dv", "Proved"),
        (r"f(u) = \int f(u, v) du", "Refuted"),
        (r"f(u, v) = f(v | u) f(u)", "Proved"),
        (r"f(u, v) = f(v | u) f(v)", "Refuted"),
        (r"f(u, v) = f(u) f(v)", "Refuted"),
        (r"f(v | u) = \frac{f(u | v) f(v)}{f(u)}", "Proved"),
        (r"f(v | u) = \frac{f(u | v) f(u)}{f(v)}", "Refuted"),
        (r"\int f(v | u) dv = 1", "Proved"),
        (
            r"\log f(u) = \mathbb{E}_{g_\eta}[\log f(u | v)] - \mathrm{KL}(g \| f(v)) + \mathrm{KL}(g \| f(v | u))",
            "Proved",
        ),
        (
            r"\log f(u) = \mathbb{E}_{g_\eta}[\log f(u | v)] + \mathrm{KL}(g \| f(v)) + \mathrm{KL}(g \| f(v | u))",
            "Refuted",
        ),
        (r"\mathbb{E}_g[\log f(u)] = \log f(u)", "Proved"),
        (r"\mathbb{E}_g[\log f(u | v)] = \log f(u)", "Refuted"),
    ],
)
def test_of_a_joint_density(text: str, word: str) -> None:
    assert verdict(text, JOINT) == word


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"f_\eta(u, v) = f_\eta(u | v) f(v)", "Proved"),
        (r"f_\eta(u) = \int f(v) f_\eta(u | v) dv", "Proved"),
        (r"f_\eta(v | u) f_\eta(u) = f(v) f_\eta(u | v)", "Proved"),
        (r"f_\eta(v | u) = f(v)", "Refuted"),
        (r"f_\eta(u) = f_\eta(u | v)", "Refuted"),
    ],
)
def test_of_two_factors(text: str, word: str) -> None:
    assert verdict(text, FACTORS) == word
    assert verdict(text, FACTORS + r" ; function f_\eta(u, v) density") == word


def test_what_is_counted_is_not_integrated() -> None:
    declared = r"index v = 1..K ; u \in \mathbb{R} ; function f(u | v) positive ; function f(u, v) density"
    with pytest.raises(ReadError):
        read_relations("f(u) = 1", declare(declared))


@pytest.mark.parametrize(
    ("text", "declared"),
    [
        ("f(w) = 1", JOINT),  # no quantity of f
        ("f(u | u) = 1", JOINT),
        ("f(v | u; r) = 1", JOINT),
        ("f(u | 2) = 1", JOINT),
        ("k(v | u) = 1", r"u, v \in \mathbb{R} ; function k(u, v)"),  # no density
        (r"\mathbb{E}_g[v] = 1", JOINT + r" ; function g_\rho(v) density"),  # two densities g
        (r"\mathbb{E}_h[v] = 1", JOINT),
        (r"f_\eta(w, v) = 1", FACTORS),
    ],
)
def test_what_is_not_guessed(text: str, declared: str) -> None:
    with pytest.raises(ReadError):
        read_relations(text, declare(declared + r" ; w \in \mathbb{R}"))


def test_the_marginal_of_one_quantity_is_not_that_of_another() -> None:
    declared = r"u, v \in \mathbb{R} ; function f(u, v) density positive ; function f(u) density positive"
    assert verdict(r"f(v) = \int f(u, v) du", declared) == "Proved"
    assert verdict("f(v) = f(u)", declared) == "Refuted"


def test_a_subscript_does_not_change_which_quantity_is_meant() -> None:
    declared = r"index i = 1..N ; u_i, v_i \in \mathbb{R} ; function f(u, v) density positive"
    assert verdict(r"f(u_i, v_i) = f(u_i | v_i) f(v_i)", declared) == "Proved"
    assert verdict(r"f(u_i, v_i) = f(u_i | v_i) f(u_i)", declared) == "Refuted"
