"""Certificates written by hand that try to show what is false: each names the trick that it tries."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from derive import Derivation
from derive.certify import certificate as of_claim
from derive.certify.writing import written
from derive.language.claims import Claim
from derive.language.terms import Num, Rel
from derive.replay import Refused, replay
from derive.replay.certificates import FORMAT
from derive.replay.check import Goal, Proof
from derive.replay.terms import ONE, ZERO, atom, name

CONTEXT = r"""
index i, j = 1..N ; index k = 1..K
A \in \mathbb{R}^{2 \times 2} invertible
x_i, y_i, u, v \in \mathbb{R} ; s, z > 0 ; h \geq 0 ; b \in \{0, 1\} ; p_k > 0
"""
LOST = "what cancels there may be undefined"
SUM = {"a": "1", "b": "'N'"}
SCALED = "lambda r, c: 'b'[()]*'A'[r, c]"
GAUSS = "exp(-at(v)**2)"
B, U, Z = "'b'[()]", "'u'[()]", "'z'[()]"


def built(given: str = "") -> Derivation:
    """A derivation to state a claim in."""
    return Derivation("replay/forged", title="forged", context=f"{CONTEXT}\n{given}")


def equal(left: str, right: str, given: str = "") -> Claim:
    found = built(given)
    found.equal("one", left, right)
    return found.build().claims[0]


def compared(left: str, op: str, right: str, given: str = "") -> Claim:
    found = built(given)
    found.compare("one", left, op, right)
    return found.build().claims[0]


def step(known: str, wanted: str, given: str = "") -> Claim:
    found = built(given)
    found.step("one", hypotheses=[known], conclusions=[wanted])
    return found.build().claims[0]


def best(kind: str, objective: str, over: str, at: str, given: str = "") -> Claim:
    found = built(given)
    found.optimum("one", kind, objective=objective, over=[over], at=[at])
    return found.build().claims[0]


def certificate(claim: Claim, *proofs: Any, **changed: Any) -> dict[str, Any]:
    """A certificate of a claim, with these steps."""
    context = replace(claim.context, options={}, notes=(), **changed)
    return {
        "format": FORMAT,
        "statement": written(claim.statement),
        "context": written(context),
        "proofs": list(proofs),
    }


def refused(claim: Claim, *proofs: Any, because: str) -> None:
    """The steps are gone through up to the one that is wrong."""
    with pytest.raises(Refused, match=because):
        replay(certificate(claim, *proofs))


# -- what a line's left does not show to be defined, once it is a polynomial ------------------------------------------
def test_nothing_is_a_square_of_a_root_that_there_may_not_be() -> None:
    """(u ** (1/2)) ** 2 is u, and u may be negative."""
    refused(compared("u", ">=", "0"), [{"less": "square", "with": {"x": f"{U}**(1/2)"}, "times": "1"}], because=LOST)


BINARY = {"rule": "binary", "with": {"b": B}}
CANCELLING = (
    # 1/(z + s) = b/(b z + b s): not at b = 0
    (r"\frac{1}{z + s}", {"rule": "scaled-2", "with": {"x": f"{Z} + 's'[()]", "q": "-1", "c": f"1/{B}"}}),
    (r"\sum_{i=1}^N x_i", {"rule": "take-out", "with": {**SUM, "c": B, "F": f"lambda i: 'x'[i]/{B}"}}),
    (r"\sum_{i=1}^N x_i", {"rule": "factor", "with": {**SUM, "c": B, "F": f"lambda i: 'x'[i]/{B}"}}),
    (r"e^u", {"rule": "exp-log", "with": {"x": f"{U} - log({B})", "q": "1", "y": B}}),
    (r"\int e^{-t^2} dt", {"rule": "int-out", "with": {"r": "1", "s": "1", "c": B, "F": f"lambda v: {GAUSS}/{B}"}}),
    (
        r"A^{-1}_{12}",
        {
            "rule": "inv-scaled",
            "with": {"n": "2", "s": f"1/{B}", "M": SCALED, "i": "1", "j": "2"},
        },
    ),
    (r"|u|", {"rule": "abs-mul", "with": {"x": B, "y": f"{U}/{B}"}}),
)


@pytest.mark.parametrize(("term", "rewrite"), CANCELLING, ids=lambda x: x["rule"] if isinstance(x, dict) else "")
def test_what_cancels_in_a_line_is_not_lost(term: str, rewrite: Any) -> None:
    """b t = t is false at b = 0; each of these lines would write t as b times something, and b b is b."""
    claim = equal(f"b \\cdot {term}", term)
    refused(claim, [rewrite, BINARY], because="total" if rewrite["rule"] == "scaled-2" else LOST)


def test_a_sum_that_is_zero_times_something_need_not_be_zero() -> None:
    """u S = 0 does not make S zero: S is no (1/u) times a sum of u x_i where u is 0."""
    out = {"rule": "factor", "with": {**SUM, "c": f"1/{U}", "F": f"lambda i: {U}*'x'[i]"}}
    back = {"rule": "take-out", "with": {**SUM, "c": U, "F": "lambda i: 'x'[i]"}}
    claim = step(r"u \sum_{i=1}^N x_i = 0", r"\sum_{i=1}^N x_i = 0")
    refused(claim, [out, {"times": 0, "power": "1"}, back, {"use": 0, "times": "1"}], because=LOST)


# -- best points -------------------------------------------------------------------------------------------------------
NUMBERS = "w_k > 0 simplex ; N_k > 0"


def test_a_point_is_not_in_its_simplex_because_its_variable_is() -> None:
    """What is known of the variable is known of the point once that is shown, and not before."""
    objective, total = r"\sum_{k=1}^K N_k \log w_k", {"total": "w*", "entry": [], "times": "1", "of": 0}
    true = best("max", objective, "w_k", r"\frac{N_k}{\sum_{k=1}^K N_k}", NUMBERS)
    found = of_claim(true)
    assert found is not None
    assert total not in found["proofs"][2]
    false = best("max", objective, "w_k", r"\frac{2 N_k}{\sum_{k=1}^K N_k}", NUMBERS)
    assert of_claim(false) is None
    refused(false, [], [], [total], found["proofs"][3], because="nothing is known of the sum")


def test_a_definition_that_says_what_an_assumption_is_about_is_not_left_out() -> None:
    """With c = u + 1 and c = 3 assumed, the least u**2 is not at 0: a certificate must say what c is."""
    claim = best("min", "u^2", "u", "0", "let c := u + 1 ; assume c = 3")
    short = {n: d for n, d in claim.context.symbols.items() if n != "c"}
    data = certificate(claim, [{"less": "square", "with": {"x": U}, "times": "1"}, {"define": ["u*"]}], symbols=short)
    with pytest.raises(Refused):
        replay(data)


def test_objectives_are_not_the_same_where_one_is_undefined_by_its_definition() -> None:
    """c is -(u + 1)**2 where u is positive, and nothing elsewhere: it has no greatest value there."""
    found = built(r"let c := -(u + 1)^2 + \log u - \log u")
    found.same_optimum("one", "max", over=["u"], left="c", right="-(u + 1)^2")
    claim = found.build().claims[0]
    refused(claim, {"same": [{"define": ["c"]}], "times": "1", "rest": "0"}, because="undefined")


# -- names -------------------------------------------------------------------------------------------------------------
def test_what_is_known_of_a_name_is_forgotten_with_its_range() -> None:
    """log(n) is defined for n = 1, 2, …, and not for the same name once that may be 0."""
    proof = Proof(equal("u", "u").context, Goal((), Rel("=", Num(Fraction(0)), Num(Fraction(0)))))
    n = proof.index("?1", ONE, name("N"))
    assert proof.reader.total(atom("log", n))
    del proof.ranges["?1"]
    assert not proof.reader.total(atom("log", proof.index("?1", ZERO, name("N"))))


EMPTY = r"index m = 2..N ; c \in \mathbb{R} ; q_i > 0"


def test_an_index_that_there_may_be_none_of_is_not_used() -> None:
    """q_m c = 0 for m = 2..N says nothing of c where N is 1."""
    dividing = [{"use": 0, "times": "'q'['m']**(-1)"}]
    refused(step("q_m c = 0", "c = 0", EMPTY), dividing, because="m is not known to be in its range")
    refused(equal("c", "0", f"{EMPTY} ; assume q_m c = 0"), dividing, because="m is not known to be in its range")
    same = {"use": 0, "with": {"m": "'i'"}, "times": "'q'['i']**(-1)"}
    refused(step("q_m c = 0", "c = 0", EMPTY), [same], because="m is not known to be in its range")
    apart = r"index k, l = 1..K ; a_{kl} > 0 ; c \in \mathbb{R} ; assume k \neq l"
    of_two = [{"use": 0, "times": "'a'['k', 'l']**(-1)"}]
    refused(step("a_{kl} c = 0", "c = 0", apart), of_two, because="k is not known to be in its range")
    replay(certificate(step("q_i c = 0", "c = 0", EMPTY), [{"use": 0, "times": "'q'['i']**(-1)"}]))


def test_a_size_that_may_be_zero_is_not_positive() -> None:
    for left, op in ((r"M", ">"), (r"M^{1/2}", ">"), (r"\sum_{i=1}^M (1 + u^2)", ">"), (r"M", "!=")):
        refused(compared(left, op, "0", "size M >= 0"), [], because="what is left")
    refused(
        equal(r"\sum_{i=1}^{M} u", "u", "size M >= 0"),
        [{"rule": "first", "with": {"a": "1", "b": "'M'", "F": f"lambda i: {U}"}}],
        because="whole",
    )
    replay(certificate(compared("M", ">=", "0", "size M >= 0"), []))


def test_a_matrix_of_a_size_that_has_no_name_is_refused_and_not_stumbled_over() -> None:
    found = built()
    found.psd("one", r"\begin{bmatrix} 1 & 1 \\ -1 & 1 \end{bmatrix}")
    refused(found.build().claims[0], [], because="size")


def test_numbers_that_would_take_long_to_write_out_are_refused() -> None:
    claim = equal("u", "u")
    data = certificate(claim, [])
    for text in ("1e999999999", "1_000", " 1", "1.5", "nan"):
        data["statement"] = {
            "Equal": {"left": {"Num": {"value": {"Q": text}}}, "right": {"Num": {"value": {"Q": "1"}}}}
        }
        with pytest.raises(Refused, match="rational"):
            replay(data)


X = "lambda i: 'x'[i]"
SIDES = (
    # a sum that may be empty has no first term; a delta picks nothing that is not in its range
    (r"\sum_{i=1}^{N-1} x_i", r"x_1 + \sum_{i=2}^{N-1} x_i", ("first", {"a": "1", "b": "'N' - 1", "F": X}), "whole"),
    (r"\sum_{i=1}^{N-1} \delta_{ij} x_i", "x_j", ("pick", {"a": "1", "b": "'N' - 1", "e": "'j'", "F": X}), "among"),
    (r"\sum_{i=j}^{N} 1", "N", ("length", {"a": "'N' + 1", "b": "'j'"}), "whole"),
    # roots, powers, logarithms of what may be negative, or zero
    (r"\sqrt{u^2}", "u", ("root-power", {"x": U, "p": "2", "q": "1/2"}), "positive"),
    (r"\sqrt{u^2 v^2}", "u v", ("root-mul", {"x": f"{U}**2", "y": "'v'[()]**2", "q": "1/2"}), "positive"),
    (r"\sqrt{(u + v)^2}", "u + v", ("group-mul", {"x": U, "y": U, "q": "1/2"}), "integer"),
    ("|u|", "u", ("abs", {"x": U}), "nonnegative"),
    (r"\log(u^2)", r"2 \log |u|", ("log-power", {"x": U, "q": "2"}), "nonnegative"),
    ("h^{1 - b}", "b + (1 - b) h + 0", ("other", {"x": "'h'[()]", "b": B}), "nonzero"),
    ("u^{s}", r"e^{s \log u}", ("raised", {"x": U, "q": "'s'[()]"}), "rational"),
    # what is 0 or 1, what is a whole number
    ("u^2", "u", ("binary", {"b": U}), "binary"),
    (r"\mathbf{1}\{u > 0\}", "1", ("yes", {"x": U}), "positive"),
    (r"\delta_{ij}", "0", ("differ", {"d": "'i' - 'j'"}), "nonzero"),
)


@pytest.mark.parametrize(("left", "right", "line", "asked"), SIDES, ids=lambda x: x[0] if isinstance(x, tuple) else "")
def test_a_line_is_not_used_beyond_its_conditions(
    left: str, right: str, line: tuple[str, dict[str, str]], asked: str
) -> None:
    refused(equal(left, right), [{"rule": line[0], "with": line[1]}], because=asked)


def test_no_name_is_captured() -> None:
    """A name for what a sum binds, or sums over, that something else has."""
    claim = equal(r"\sum_{i=1}^N x_i x_j", r"\sum_{i=1}^N x_i^2")
    for new in ("j", "N", "'1.", "b0", "x"):
        refused(claim, [{"in": 0, "part": 2, "as": [new], "do": []}], because="cannot be the name of a new index")
    twice = {"in": 0, "part": 2, "as": ["?1"], "do": [{"use": 0, "times": "1", "over": [["?1", "1", "'N'"]]}]}
    given = equal(r"\sum_{i=1}^N x_i x_j", r"\sum_{i=1}^N x_i^2", r"assume \sum_{i=1}^N y_i = 0")
    refused(given, [twice], because="cannot be the name of a new index")
    refused(given, [{"use": 0, "times": "'?.1'"}], because="says nothing here")


def test_what_keeps_a_zero_is_not_done_inside() -> None:
    """u times a denominator, within a sum, is another sum."""
    claim = equal(r"\sum_{i=1}^N \frac{x_i}{1 + u^2}", r"\sum_{i=1}^N x_i")
    inner = {"in": 0, "part": 2, "as": ["?1"], "do": [{"times": 0, "power": "1"}]}
    refused(claim, [inner], because="no step is called times here")
    refused(compared("u", ">=", "0"), [{"times": 0, "power": "1"}], because="no step is called times here")
    refused(equal("u", "0"), [{"less": "square", "with": {"x": U}, "times": "1"}], because="no step is called less")
