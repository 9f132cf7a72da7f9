"""Comparisons and best points: what shows a sign, and hand-made certificates of what is false."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from derive import Derivation
from derive.certify import certificate
from derive.certify.writing import written
from derive.documents import read_document
from derive.language.claims import Claim, Compare, Optimum
from derive.language.terms import Op, Sym
from derive.replay import Refused, replay, says_the_same
from derive.replay import terms as t
from derive.replay.check import Proof
from derive.replay.goals import goals, starred
from derive.replay.terms import ONE, name, of, parsed, syntax
from tests.replay.certified import claim
from tests.replay.test_rewrites import WRONG
from tests.soundness.alone import witness
from tests.soundness.damage import damaged

CONTEXT = r"""
index n = 1..N ; index k = 1..K
x_n, u, v \in \mathbb{R} ; s > 0 ; w_n > 0 ; q \in (0, 1) ; r_{nk} > 0 ; h \geq 0 ; b \in [0, 1]
\pi_k > 0
\Sigma \in \mathbb{R}^{d \times d} symmetric posdef
A_k \in \mathbb{R}^{d \times d} symmetric posdef
"""
TRUE = (
    ("max", r"-(u - 3)^2", "u", "3", ()),
    ("min", r"\sum_{n=1}^N w_n (x_n - u)^2", "u", r"\frac{\sum_{n=1}^N w_n x_n}{\sum_{n=1}^N w_n}", ()),
    ("max", r"2 \log s - s", "s", "2", ()),
    ("max", r"2 \log q + 3 \log(1 - q)", "q", r"\frac{2}{5}", ()),
    (
        "max",
        r"\sum_{n=1}^N \sum_{k=1}^K r_{nk} \log \pi_k",
        r"\pi_k",
        r"\frac{\sum_{n=1}^N r_{nk}}{\sum_{n=1}^N \sum_{l=1}^K r_{nl}}",
        ((r"\sum_{k=1}^K \pi_k", "1"),),
    ),
)
FALSE = (
    ("min", r"-(u - 3)^2", "u", "3", ()),
    ("max", r"-(u - 3)^2", "u", "2", ()),
    ("max", r"-(s - 5)^2", "s", "0", ()),  # not in its domain, nor a best point at its edge
    ("max", r"-(s + 5)^2", "s", "-5", ()),
    ("max", r"-(s - 5)^2", "s", "s", ()),  # a point that is the variable
    ("max", r"-(h - 5)^2", "h", "-1", ()),
    ("max", r"-(b - 2)^2", "b", "2", ()),
    ("max", r"u", "u", "1", ()),
    ("max", r"\log s", "s", "1", ()),
    ("max", r"-(u - v)^2", "u", "2", (("u", "v"),)),  # what is asked does not hold there
    ("max", r"-u^2", "u", "0", (("u", "1"),)),
    ("max", r"u^2 - v^2", "u", "v", ()),
    ("max", r"2 \log s - s", "s", "3", ()),
    ("max", r"2 \log q + 3 \log(1 - q)", "q", r"\frac{3}{5}", ()),
    ("max", r"\sum_{k=1}^K \log \pi_k", r"\pi_k", r"1", ((r"\sum_{k=1}^K \pi_k", "1"),)),
)


def best(kind: str, objective: str, over: str, at: str, subject_to: Any, given: str = "") -> Claim:
    found = Derivation("replay/bounds", title="bounds", context=f"{CONTEXT}\n{given}")
    found.optimum("one", kind, objective=objective, over=[over], at=[at], subject_to=list(subject_to))
    return found.build().claims[0]


def compared(left: str, op: str, right: str, given: str = "") -> Claim:
    found = Derivation("replay/bounds", title="bounds", context=f"{CONTEXT}\n{given}")
    found.compare("one", left, op, right)
    return found.build().claims[0]


@pytest.mark.parametrize("stated", TRUE, ids=lambda s: s[1])
def test_a_best_point_has_a_certificate(stated: tuple[str, str, str, str, Any]) -> None:
    one = best(*stated)
    found = certificate(one)
    assert found is not None
    assert says_the_same(*replay(found), one.statement, one.context)


@pytest.mark.parametrize("stated", FALSE, ids=lambda s: f"{s[0]} {s[1]} at {s[3]}")
def test_what_is_no_best_point_has_none(stated: tuple[str, str, str, str, Any]) -> None:
    assert certificate(best(*stated)) is None


@pytest.mark.parametrize("stated", TRUE, ids=lambda s: s[1])
def test_the_steps_of_a_best_point_show_no_other(stated: tuple[str, str, str, str, Any]) -> None:
    one = best(*stated)
    found = certificate(one)
    assert found is not None
    assert isinstance(one.statement, Optimum)
    shifted = (Op("add", (one.statement.point[0], Sym("s"))),)
    turned = "min" if one.statement.kind == "max" else "max"
    for other in (replace(one.statement, kind=turned), replace(one.statement, point=shifted)):
        with pytest.raises(WRONG):
            replay({**found, "statement": written(other)})
    for slip in damaged(one):
        if isinstance(slip.claim.statement, Optimum):
            context = replace(slip.claim.context, options={}, notes=())
            try:
                replay({**found, "statement": written(slip.claim.statement), "context": written(context)})
            except WRONG:
                continue
            assert witness(slip.claim, 2.0) is None, f"{slip.claim.statement} replays, and is false"


@pytest.mark.parametrize("name", ["mixtures/spherical.update_weights", "mixtures/gaussian.update_means"])
def test_every_step_of_a_best_point_counts(name: str) -> None:
    found = certificate(claim(name))
    assert found is not None
    for n, steps in enumerate(found["proofs"]):
        for k, step in enumerate(steps):
            if "less" in step:
                for spoilt in ({**step, "times": f"2*({step['times']})"}, {**step, "times": f"-({step['times']})"}):
                    other = [*found["proofs"]]
                    other[n] = [*steps[:k], spoilt, *steps[k + 1 :]]
                    with pytest.raises(WRONG):
                        replay({**found, "proofs": other})


def test_what_is_assumed_of_a_variable_is_asked_of_the_point() -> None:
    one = best("max", "-u^2", "u", "0", (), r"assume u = 1")
    assert certificate(one) is None
    alone = replace(one.context, facts=())
    shown = certificate(replace(one, context=alone))  # true where nothing is assumed
    assert shown is not None
    assert not says_the_same(*replay(shown), one.statement, one.context)
    hidden = best("max", "-u^2", "u", "0", (), "function f(z) := u z ; assume f(1) = 1")
    assert certificate(hidden) is None


def test_an_assumption_about_indices_is_not_left_out() -> None:
    """x_j = 0 for j ≠ k says nothing of x_k; without the ``j ≠ k`` it would."""
    found = Derivation("replay/bare", title="bare", context="index j, k = 1..N ; x_{jk} \\in \\mathbb{R}")
    found.declare("assume j \\neq k ; assume x_{jk} = 0")
    found.equal("one", "x_{kk}", "0")
    one = found.build().claims[0]
    assert certificate(one) is None
    steps = [{"use": 0, "with": {"j": "'k'"}, "times": "1"}]
    data = {"format": 2, "statement": written(one.statement), "proofs": [steps]}
    whole = replace(one.context, options={}, notes=())
    less = replace(whole, facts=one.context.facts[1:])
    assert not says_the_same(*replay({**data, "context": written(less)}), one.statement, one.context)
    with pytest.raises(Refused, match="stands for itself"):
        replay({**data, "context": written(whole), "proofs": [[{**steps[0], "use": 1}]]})


# -- comparisons ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "op", "right"),
    [
        ("s", ">", "0"),
        ("0", "<", r"\frac{s}{1 + s}"),
        ("h", ">=", "0"),
        (r"\frac{1}{1 + h}", ">", "0"),
        ("s", "!=", "0"),
    ],
)
def test_what_shows_its_sign(left: str, op: str, right: str) -> None:
    assert certificate(compared(left, op, right)) is not None


@pytest.mark.parametrize(
    ("left", "op", "right"),
    [("h", ">", "0"), ("u", ">=", "0"), ("u^2", "!=", "0"), ("u^2", ">", "0"), ("s", "<", "0"), ("h", "!=", "0"),
     ("s - h", ">=", "0"), (r"\frac{-s}{1 + s}", ">", "0"), ("q", ">", r"\frac{1}{2}"), (r"\log s", ">=", "0")],
)  # fmt: skip
def test_what_has_another_sign_has_no_certificate(left: str, op: str, right: str) -> None:
    assert certificate(compared(left, op, right)) is None


def proof_of(one: Claim) -> tuple[Proof, t.Poly]:
    proof = Proof(one.context, goals(one.statement, one.context)[0])
    return proof, proof.start()


def test_steps_that_keep_a_zero_show_no_sign() -> None:
    proof, p = proof_of(compared(r"\frac{-s}{1 + s}", ">=", "0"))
    for step in ({"times": 0, "power": 1}, {"cases": 0, "proofs": [[], []]}, {"summand": ["1", "'N'"], "as": "?1"}):
        with pytest.raises(Refused, match="no step is called"):
            proof.run(p, [step])


def test_what_is_less_than_something_may_still_be_zero() -> None:
    proof, p = proof_of(compared("u^2", "!=", "0"))
    with pytest.raises(Refused, match="no step is called"):
        proof.run(p, [{"less": "square", "with": {"x": "'u'[()]"}, "times": "1"}])


@pytest.mark.parametrize(
    "step",
    [
        {"less": "square", "with": {"x": "'u'[()]"}, "times": "-1"},
        {"less": "square", "with": {"x": "'u'[()]"}, "times": "'u'[()]"},
        {"less": "square", "with": {"x": "1/'u'[()]"}, "times": "1"},
        {"less": "square", "with": {"x": "'u'[()]"}, "times": "1/'h'[()]"},
        {"less": "log-below", "with": {"x": "'u'[()]"}, "times": "1"},
        {"less": "log-below", "with": {"x": "'h'[()]"}, "times": "1"},
        {"less": "square", "with": {"x": "'x'['?9']"}, "times": "1", "over": [["?9", "1/2", "3/2"]]},
        {"less": "square", "with": {"x": "'x'['n']"}, "times": "1", "over": [["n", "1", "'N'"]]},
        {"by": "'u'[()]"},
        {"by": "-1"},
        {"by": "'h'[()]"},
        {"by": "1/'h'[()]"},
        {"by": "'u'[()]", "power": 2},
    ],
    ids=str,
)
def test_what_may_be_negative_is_not_taken_off(step: dict[str, Any]) -> None:
    proof, p = proof_of(compared("u", ">=", "0"))
    with pytest.raises(Refused):
        proof.run(p, [step])


def test_a_form_is_of_one_definite_matrix() -> None:
    """Rows of different positive definite matrices make up one that need not be."""
    proof, _ = proof_of(compared("u", ">=", "0"))
    d = name("d")
    good = of(("entry", r"\Sigma", of(("bound", 0)), of(("bound", 1))))
    assert proof.definite(good, d)
    assert not proof.definite(good, name("N"))
    assert proof.definite(of(("entry", "A", name("k"), of(("bound", 0)), of(("bound", 1)))), d)
    assert not proof.definite(of(("entry", "A", of(("bound", 0)), of(("bound", 0)), of(("bound", 1)))), d)
    mixed = "lambda r, c: 'A'[r, r, c]"
    with pytest.raises(Refused, match="definite"):
        proof.line(
            {"form": (syntax("0"), syntax("0"), (("definite", [syntax(mixed), syntax("'d'")]),))}, "form", {"with": {}}
        )


def test_a_best_point_has_a_name_of_its_own() -> None:
    one = best("max", "-(u - 3)^2", "u", "3", ())
    assert isinstance(one.statement, Optimum)
    taken = replace(one.context.symbols["v"], name="u*")
    with pytest.raises(Refused, match="family"):
        starred(one.statement, one.context.with_symbol(taken))
    assert parsed(syntax("1"), {}) == ONE


def test_a_comparison_turned_round() -> None:
    for op, turned in (("<", ">"), ("<=", ">=")):
        one = compared("u", op, "v")
        assert isinstance(one.statement, Compare)
        (goal,) = goals(one.statement, one.context)
        assert (goal.relation.op, goal.relation.left) == (turned, one.statement.right)


def test_what_is_defined_lies_where_its_definition_does() -> None:
    given = r"let g := q ; let m := u ; function \sigma = logistic ; let c_n := \sigma(x_n)"
    for left, op, known in (
        ("1 - c_n", ">", True),
        ("1 - g", ">", True),
        ("2 - g - c_n", ">", True),
        ("1 - m", ">", False),
        ("1 - 2 c_n", ">", False),
        ("c_n - 1", ">=", False),
    ):
        one = compared(left, op, "0", given)
        assert (certificate(one) is not None) == known, left
    assert certificate(claim("mixtures/logistic.update_maximises")) is not None  # 1 - y_nk is positive


def test_a_sum_that_is_divided_by_is_no_square_to_complete() -> None:
    """The search said so by an error of its own."""
    path = Path(__file__).parents[1] / "documents" / "planted" / "newton_softmax.md"
    claims = {each.id.rpartition("newton_softmax.")[2]: each for each in read_document(path).derivation.claims}
    assert isinstance(claims["15.2"].statement, Compare)
    assert certificate(claims["15.2"]) is None
