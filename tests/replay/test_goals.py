"""What has to be shown: conditions, derivatives, forms, signs, integrals; and certificates of what is false."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from derive import Derivation
from derive.certify import certificate
from derive.certify.writing import written
from derive.language.claims import Claim, PositiveSemidefinite
from derive.language.context import SymbolDecl
from derive.replay import Refused, conditions, replay, says_the_same
from derive.replay import terms as t
from derive.replay.check import Proof
from derive.replay.goals import Goal, goals, ground
from derive.replay.terms import parsed, syntax

WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def derivation(given: str) -> Derivation:
    return Derivation("replay/goals", title="goals", context=given)


def best(kind: str, objective: str, over: str, at: str, given: str, subject_to: tuple[str, ...] = ()) -> Claim:
    found = derivation(given)
    found.optimum("one", kind, objective=objective, over=[over], at=[at], subject_to=list(subject_to))
    return found.build().claims[0]


def equal(left: str, right: str, given: str) -> Claim:
    found = derivation(given)
    found.equal("one", left, right)
    return found.build().claims[0]


def compared(left: str, op: str, right: str, given: str) -> Claim:
    found = derivation(given)
    found.compare("one", left, op, right)
    return found.build().claims[0]


def by_hand(one: Claim, proofs: list[Any]) -> dict[str, Any]:
    context = replace(one.context, options={}, notes=())
    return {"format": 2, "statement": written(one.statement), "context": written(context), "proofs": proofs}


def holds(one: Mapping[str, Any]) -> bool:
    try:
        replay(one)
    except WRONG:
        return False
    return True


# -- conditions -------------------------------------------------------------------------------------------------------
DATA = "index n = 1..N ; x_n, y_n, m \\in \\mathbb{R} ; s > 0 ; h \\geq 0 ; w_n \\geq 0"
VARIANCE = r"\frac{1}{N} \sum_{n=1}^N (x_n - m)^2"
LIKELIHOOD = r"-\frac{N}{2} \log s - \frac{1}{2 s} \sum_{n=1}^N (x_n - m)^2"


def test_a_point_that_may_be_at_the_edge_is_a_best_one_where_it_is_not() -> None:
    one = best("max", LIKELIHOOD, "s", VARIANCE, DATA)
    found = certificate(one)
    assert found is not None
    assert says_the_same(*replay(found), one.statement, one.context)
    (condition,) = conditions(found)
    assert condition.endswith("is not 0")


@pytest.mark.parametrize(
    ("objective", "over", "at"),
    [
        (r"-N \log s - \frac{1}{s} \sum_{n=1}^N y_n", "s", r"\frac{1}{N} \sum_{n=1}^N y_n"),  # may be beyond it
        ("-(h - m)^2", "h", "m"),  # the edge is part of its domain: beyond it another point is best
        ("-(s - m)^2", "s", "m"),
        ("-(s + 5)^2", "s", "-5"),
        ("-(s + h)^2", "s", "h - h"),
    ],
)
def test_a_point_that_may_be_beyond_the_edge_is_none(objective: str, over: str, at: str) -> None:
    one = best("max", objective, over, at, DATA)
    assert certificate(one) is None
    wanted = goals(one.statement, ground(one.statement, one.context))
    for n in range(len(wanted)):
        for lie in ([], {"if": []}, {"if": [], "under": []}, {"under": [[], []], "do": []}, {"else": []}, "if"):
            assert not holds(by_hand(one, [lie if k == n else {"if": []} for k in range(len(wanted))]))


def test_only_that_it_lies_in_its_domain_is_a_condition() -> None:
    one = best("max", LIKELIHOOD, "s", VARIANCE, DATA)
    found = certificate(one)
    assert found is not None
    assert not holds({**found, "proofs": [found["proofs"][0], {"if": found["proofs"][1]}]})
    assert not holds({**found, "proofs": [[], found["proofs"][1]]})  # the mean of squares may be zero
    assert all(each.endswith("is not 0") for each in conditions({**found, "proofs": [{"if": []}, found["proofs"][1]]}))


def test_numbers_from_0_to_1_are_between_them_where_both_logarithms_are() -> None:
    given = r"a, b, c > 0 ; u \in [0, 1]"
    assert certificate(best("max", r"a \log u + b \log(1 - u)", "u", r"\frac{a}{a + b}", given)) is not None
    assert certificate(best("max", r"a \log u + b \log(1 - u)", "u", r"\frac{b}{a + b}", given)) is None
    assert certificate(best("min", r"a \log u + b \log(1 - u)", "u", r"\frac{a}{a + b}", given)) is None
    assert certificate(best("max", r"a \log u - b u", "u", r"\frac{a}{b}", given)) is None
    one = best("max", r"a \log u", "u", "1", given)
    assert "unit" in ground(one.statement, one.context).symbols["u"].properties


# -- stationary points ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("objective", "at", "holds"),
    [
        ("u^3 - 3 u", "1", True),
        ("u^3 - 3 u", "-1", True),
        ("u^3 - 3 u", "2", False),
        (r"u^2 \log m", "0", False),  # nowhere known to be defined
        (r"\frac{1}{u}", "0", False),
    ],
)
def test_a_stationary_point_has_no_slope(objective: str, at: str, holds: bool) -> None:
    given = r"u, m \in \mathbb{R} ; s > 0"
    assert (certificate(best("stationary", objective, "u", at, given)) is not None) == holds
    assert certificate(best("stationary", "(s - m)^2", "s", "m", given)) is None  # not known to be positive
    with_constraint = best("stationary", objective, "u", at, given, (f"u = {at}",))
    assert certificate(with_constraint) is None


# -- derivatives of equal things --------------------------------------------------------------------------------------
UNDER = r"u, v \in \mathbb{R} ; function f(t) ; index k = 1..K ; \pi_k simplex"


def test_derivatives_are_equal_where_what_is_differentiated_is() -> None:
    one = equal(r"\frac{\partial}{\partial u} (u + v)^2", r"\frac{\partial}{\partial u} (u^2 + 2 u v + v^2)", UNDER)
    assert holds(by_hand(one, [{"under": [[], []], "do": []}]))
    false = equal(r"\frac{\partial}{\partial u} (u + v)^2", r"\frac{\partial}{\partial u} (u^2 + u v + v^2)", UNDER)
    assert not holds(by_hand(false, [{"under": [[], []], "do": []}]))


@pytest.mark.parametrize(
    ("left", "right", "given", "steps"),
    [
        # equal where u is 1, and only there
        (r"\frac{\partial}{\partial u} u^2", r"\frac{\partial}{\partial u} 1", "assume u = 1",
         [{"use": 0, "times": "'u'[()] + 1"}]),
        (r"\frac{\partial}{\partial u} u^2", r"\frac{\partial}{\partial v} u^2", "", []),
        (r"\frac{\partial}{\partial \pi_1} \sum_{k=1}^K \pi_k", r"\frac{\partial}{\partial \pi_1} 1", "",
         [{"total": r"\pi", "entry": [], "times": "1"}]),
        ("u^2", "u^2 + 1", "", []),
    ],
)  # fmt: skip
def test_what_is_equal_somewhere_alone_has_other_derivatives(left: str, right: str, given: str, steps: Any) -> None:
    one = equal(left, right, f"{UNDER} ; {given}")
    assert certificate(one) is None or (left, right) == (left, left)
    for inside in ([steps, []], [[], steps], [steps], [], [steps, [], []]):
        assert not holds(by_hand(one, [{"under": inside, "do": []}]))
        assert not holds(by_hand(one, [{"under": inside, "do": steps}]))


def test_the_derivative_of_what_is_more_may_be_less() -> None:
    one = compared(r"\frac{\partial}{\partial s} s", "<=", r"\frac{\partial}{\partial s} 0", "s > 0")
    assert certificate(one) is None
    assert not holds(by_hand(one, [{"under": [[], []], "do": []}]))
    other = compared(r"\frac{\partial}{\partial s} s^2", ">=", r"\frac{\partial}{\partial s} 0", "s > 0")
    assert not holds(by_hand(other, [{"under": [[], []], "do": []}]))


# -- forms ------------------------------------------------------------------------------------------------------------
FORMS = r"""
    W, A \in \mathbb{R}^{N \times N} ; W symmetric nonnegative ; A symmetric
    let \mathbf{d} := W \mathbf{1} ; let D := \operatorname{diag}(\mathbf{d})
    S \in \mathbb{R}^{N \times N} symmetric posdef ; B \in \mathbb{R}^{N \times 2}
"""


@pytest.mark.parametrize(
    ("matrix", "holds"),
    [
        ("D - W", True),
        ("D + W", True),
        ("W - D", False),
        ("D - W + W", True),
        ("D - 2 W", False),
        ("W", False),
        ("A", False),
        ("B", False),
    ],
)
def test_a_form_that_is_never_negative(matrix: str, holds: bool) -> None:
    found = derivation(FORMS)
    found.psd("one", matrix)
    try:
        one = found.build().claims[0]
    except ValueError:
        assert matrix == "B"
        return
    assert (certificate(one) is not None) == holds


def test_the_vector_of_a_form_is_no_declared_one() -> None:
    found = derivation(FORMS)
    found.psd("one", "A")
    one = found.build().claims[0]
    assert isinstance(one.statement, PositiveSemidefinite)
    taken = one.context.with_symbol(replace(one.context.symbols[r"\mathbf{d}"], name="any*"))
    with pytest.raises(Refused, match="only the replay"):
        ground(one.statement, taken)
    assert isinstance(ground(one.statement, one.context).symbols["any*"], SymbolDecl)


# -- signs ------------------------------------------------------------------------------------------------------------
SIGNS = (
    r"a, b < 0 ; s > 0 ; h \geq 0 ; u \in [0, 1) ; c \in [0, 1] ; q \in (0, 1) ; v \in \mathbb{R} ; w \in (2, \infty)"
)


@pytest.mark.parametrize(
    ("left", "op"),
    [("-a", ">"), ("a b", ">"), ("-a s", ">"), ("a^2", ">"), (r"\frac{a}{b}", ">"), ("1 - u", ">"), ("1 - c", ">="),
     ("s (1 - u)", ">"), ("h (1 - q)", ">="), ("h - h q", ">="), ("s - s q", ">"), ("1 - q c", ">"), ("w - 2", ">"),
     ("-a^3", ">"), ("1 - 2 a", ">"), ("2 - c - u", ">"), ("|v| + 1", ">")],
)  # fmt: skip
def test_signs_that_are_known(left: str, op: str) -> None:
    assert certificate(compared(left, op, "0", SIGNS)) is not None


@pytest.mark.parametrize(
    ("left", "op"),
    [("a", ">"), ("a s", ">="), ("a b^3 s - 1", ">"), ("-a b", ">="), ("a^3", ">="), ("1 - c", ">"), ("u", ">"),
     ("u", "!="), ("c - u", ">="), ("1 - 2 q", ">="), ("h - h q", ">"), ("v (1 - u)", ">="), ("2 - w", ">="),
     ("w - 3", ">"), ("a + s", ">"), ("q - 1", ">"), ("1 - c - u", ">="), ("1 - q s", ">"), ("v^3", ">="),
     ("a^2 + b", ">"), ("|v|", ">"), (r"\sqrt{s} - s", ">=")],
)  # fmt: skip
def test_signs_that_are_others(left: str, op: str) -> None:
    assert certificate(compared(left, op, "0", SIGNS)) is None


# -- integrals --------------------------------------------------------------------------------------------------------
INTEGRALS = r"""
    z, x \in \mathbb{R}^d ; y \in \mathbb{R} ; \phi \in \mathbb{R}^m ; m_0 \in \mathbb{R}
    function q(z | x) density positive ; function r(y) density ; function f(z) ; function p(z, x) positive
    function g(z, \phi) \in \mathbb{R}^d bijective ; function \bar{g}(z, \phi) \in \mathbb{R}^d inverse of g
    function k(z, \phi) \in \mathbb{R}^d
"""


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int q(z | x) dz", "1"),
        (r"\int r(y) dy", "1"),
        (r"\int q(z | x) y dz", "y"),
        (r"\int f(z) dz", r"\int f(g(z, \phi)) \left| \det \frac{\partial g(z, \phi)}{\partial z} \right| dz"),
        (r"f(\bar{g}(g(z, \phi), \phi))", "f(z)"),
        (r"f(g(\bar{g}(z, \phi), \phi))", "f(z)"),
        (r"\int \mathcal{N}(z | x, 2) z^T z dz", "x^T x + 2 d"),
        (r"\int \log p(z, x) q(z | x) dz", r"-\int q(z | x) \log \frac{1}{p(z, x)} dz"),
    ],
)
def test_integrals_that_are_known(left: str, right: str) -> None:
    given = f"function \\mathcal{{N}} = gaussian\n{INTEGRALS}"
    assert certificate(equal(left, right, given)) is not None


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (r"\int q(z | x) dx", "1"),
        (r"\int q(z | z) dz", "1"),
        (r"\int q(2 z | x) dz", "1"),
        (r"\int q(z | x)^2 dz", "1"),
        (r"\int r(y^2) dy", "1"),
        (r"\int p(z, x) dz", "1"),
        (r"\int f(z) q(z | x) dz", "f(x)"),
        (r"\int \log r(y) dy", r"\int r(y) \log r(y) dy"),
        (r"\int f(z) dz", r"\int f(g(z, \phi)) dz"),
        (r"\int f(z) dz", r"\int f(g(z, \phi)) \det \frac{\partial g(z, \phi)}{\partial z} dz"),
        (r"\int f(z) dz", r"\int f(k(z, \phi)) \left| \det \frac{\partial k(z, \phi)}{\partial z} \right| dz"),
        (r"\int f(z) dz", r"\int f(g(z, \phi)) \left| \det \frac{\partial g(z, \phi)}{\partial z} \right|^2 dz"),
        (r"f(\bar{g}(g(z, \phi), 2 \phi))", "f(z)"),
        (r"f(\bar{g}(k(z, \phi), \phi))", "f(z)"),
        (r"f(g(g(z, \phi), \phi))", "f(z)"),
        (r"\int \mathcal{N}(z | x, 2) z^T z dz", "x^T x + 4 d"),
        (r"\int \mathcal{N}(z | x, 2) z^T z dz", "x^T x + 2"),
        (r"\int \mathcal{N}(y | m_0, 2) y^3 dy", "m_0^3"),
    ],
)
def test_integrals_that_are_others(left: str, right: str) -> None:
    given = f"function \\mathcal{{N}} = gaussian\n{INTEGRALS}"
    try:
        one = equal(left, right, given)
    except ValueError:
        return
    assert certificate(one) is None


def test_a_new_variable_is_a_function_of_the_variable_alone() -> None:
    one = equal(r"\int f(z) dz", "0", INTEGRALS)
    proof = Proof(one.context, goals(one.statement, one.context)[0])
    p = proof.start()
    good = r"lambda v, i: call('g;;1;1,1', i, 'd', lambda b: at(v, b), 'm', lambda b: '\\phi'[b])"
    assert proof.run(p, [{"change": 0, "by": good}], True) != p
    for bad in (
        good.replace("'g;", "'k;"),  # not one-to-one
        good.replace("at(v, b)", "2*at(v, b)"),
        good.replace("at(v, b)", "'x'[b]"),
        good.replace(r"'\\phi'[b]", "at(v, b)"),
        good.replace("i, 'd'", "1, 'd'"),
        good.replace("i, 'd'", "i, 'm'"),
        good.replace("'g;;", "'g;0;"),
        f"{good} + 1",
        "lambda v, i: at(v, i)",
        "lambda v, i: 2*at(v, i)",
    ):
        with pytest.raises(WRONG):
            proof.run(p, [{"change": 0, "by": bad}], True)


# -- names and definitions --------------------------------------------------------------------------------------------
def test_names_of_what_is_bound_are_none_of_a_certificate() -> None:
    """A value that spoke of what a line is about to bind would be caught by it: Σ_i i would be a number times N."""
    for taken in ("'1", "'1.", "'", "?.1", "?.22"):
        with pytest.raises(Refused):
            parsed(syntax(repr(taken)), {})
    one = equal(r"N \sum_{i=1}^N i^2", r"\left(\sum_{i=1}^N i\right)^2", "size N ; index i = 1..N")
    proof = Proof(one.context, Goal((), goals(one.statement, one.context)[0].relation))
    p = proof.start()
    for ahead in range(1, 8):
        coming = f"'{next(t._fresh) + ahead}"
        with pytest.raises(Refused, match="says nothing"):
            proof.rule(p, {"rule": "take-out", "with": {"a": "1", "b": "'N'", "c": repr(coming), "F": "lambda b: 1"}})


def test_a_definition_is_used_at_entries_that_there_are() -> None:
    one = equal("a_n", "x_n", "index n = 1..N ; x_n, b \\in \\mathbb{R} ; let a_n := x_n")
    proof = Proof(one.context, goals(one.statement, one.context)[0])
    p = proof.start()
    assert proof.run(p, [{"defined": "a", "entry": ["'n'"], "times": "1"}]) == t.ZERO
    for bad in (
        {"defined": "a", "entry": ["'n' + 1"], "times": "1"},
        {"defined": "a", "entry": ["0"], "times": "1"},
        {"defined": "nothing", "entry": ["'n'"], "times": "1"},
        {"defined": "a", "entry": ["'n'"], "times": "1/'b'[()]"},
    ):
        with pytest.raises(WRONG):
            proof.run(p, [bad])
    assert proof.run(p, [{"defined": "x", "entry": ["'n'"], "times": "1"}]) == p  # it says nothing


# -- two objectives ---------------------------------------------------------------------------------------------------
SAME = r"u, v \in \mathbb{R} ; s > 0 ; h \geq 0 ; let w := u + 1 ; size K >= 2 ; index k = 1..K ; x_k \in \mathbb{R}"


def two(left: str, right: str) -> Claim:
    found = derivation(SAME)
    found.same_optimum("one", "max", over=["u"], left=left, right=right)
    return found.build().claims[0]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("2 s u^2 + v", "s u^2"),
        ("(u - v)^2", "u^2 - 2 u v"),
        (r"\frac{K}{K - 1} e^u - 3", "e^u"),
        ("-w^2", "-2 w^2 + s"),
    ],
)
def test_objectives_that_have_one_best_point(left: str, right: str) -> None:
    one = two(left, right)
    found = certificate(one)
    assert found is not None
    assert says_the_same(*replay(found), one.statement, one.context)
    for spoilt in ({"times": "-1"}, {"times": "0"}, {"times": "'u'[()]**2"}, {"rest": "'w'[()]"}, {"rest": "'u'[()]"}):
        assert not holds({**found, "proofs": [{**found["proofs"][0], **spoilt}]})
    assert not holds({**found, "proofs": [found["proofs"][0]["same"]]})


@pytest.mark.parametrize(
    ("left", "right", "times", "rest"),
    [
        ("u^2", "-u^2", "-1", "0"),
        ("v u^2", "u^2", "'v'[()]", "0"),
        ("h u^2", "u^2", "'h'[()]", "0"),
        ("w u^2", "u^2", "'w'[()]", "0"),
        ("u^2 + w", "u^2", "1", "'w'[()]"),
        (r"u + \log v", "u", "1", "log('v'[()])"),  # nowhere defined for some v
        (r"2 \log u", r"\log u", "2", "0"),  # defined somewhere only
        (r"\frac{u}{v}", "u", "1/'v'[()]", "0"),
        ("e^u", "u", "1", "0"),
    ],
)
def test_objectives_that_have_others(left: str, right: str, times: str, rest: str) -> None:
    one = two(left, right)
    assert certificate(one) is None
    assert not holds(by_hand(one, [{"same": [], "times": times, "rest": rest}]))
    assert not holds(by_hand(one, [{"same": [{"define": ["w"]}], "times": times, "rest": rest}]))


@pytest.mark.parametrize(
    ("left", "op", "given", "known"),
    [("K - 1", ">", "size K >= 2", True), ("K - 2", ">=", "size K >= 2", True), ("K - 2", ">", "size K >= 2", False),
     ("K - 1", ">", "size K", False), ("k - 1", ">=", "size K ; index k = 1..K", True),
     ("K - k", ">=", "size K ; index k = 1..K", True), ("K - k", ">", "size K ; index k = 1..K", False),
     ("k - 2", ">=", "size K ; index k = 1..K", False)],
)  # fmt: skip
def test_signs_of_whole_numbers(left: str, op: str, given: str, known: bool) -> None:
    assert (certificate(compared(left, op, "0", given)) is not None) == known


def test_what_is_bound_further_out_is_counted_from_there() -> None:
    inner = t.of(("entry", "x", t.of(("bound", 0)), t.of(("bound", 1)), t.of(("bound", 2))))
    assert t.opened(inner, [t.name("i")]) == t.of(("entry", "x", t.name("i"), t.of(("bound", 0)), t.of(("bound", 1))))
    whole = t.of(("sum", t.ONE, t.name("N"), inner))
    assert t.opened(whole, [t.name("j")]) == t.of(
        ("sum", t.ONE, t.name("N"), t.of(("entry", "x", t.of(("bound", 0)), t.name("j"), t.of(("bound", 1)))))
    )


WEIGHTS = r"index i, j = 1..N ; w_{ij}, u_{ij} \in \mathbb{R} ; x_i \in \mathbb{R} ; assume w_{ij} = w_{ji}"
EXCHANGED = (
    (r"\sum_{i=1}^N \sum_{j=1}^N w_{ij} (x_i - x_j)", "0", WEIGHTS),
    (r"\sum_{j=1}^N w_{ij} x_j", r"\sum_{j=1}^N w_{ji} x_j", WEIGHTS),
    (
        "A x",
        "A^T x",
        r"A \in \mathbb{R}^{n \times n} ; x \in \mathbb{R}^n ; assume A_{ij} = A_{ji} ; index i, j = 1..n",
    ),
    ("x^T A y", "y^T A x", r"A \in \mathbb{R}^{n \times n} ; x, y \in \mathbb{R}^n ; assume A = A^T"),
)
NOT_EXCHANGED = (
    (r"\sum_{j=1}^N u_{ij} x_j", r"\sum_{j=1}^N u_{ji} x_j", WEIGHTS),
    ("w_{ij}", "w_{ii}", WEIGHTS),
    ("w_{ij} x_i", "w_{ji} x_j", WEIGHTS),
    (  # of these two alone is anything said
        r"\sum_{i=1}^N \sum_{j=1}^N w_{ij} (x_i - x_j)",
        "0",
        r"index i, j, k, l = 1..N ; w_{ij}, x_i \in \mathbb{R} ; assume k \neq l ; assume w_{kl} = w_{lk}",
    ),
    (  # nothing is said of the last ones
        r"\sum_{i=1}^N \sum_{j=1}^N w_{ij} (x_i - x_j)",
        "0",
        r"index i, j = 1..N ; index k, l = 1..N-1 ; w_{ij}, x_i \in \mathbb{R} ; assume w_{kl} = w_{lk}",
    ),
)


def told(left: str, right: str, given: str) -> Claim:
    found = Derivation("replay/exchanged", title="exchanged", context=given)
    found.equal("one", left, right)
    return found.build().claims[0]


@pytest.mark.parametrize(("left", "right", "given"), EXCHANGED)
def test_slots_change_places_where_that_is_assumed(left: str, right: str, given: str) -> None:
    claim = told(left, right, given)
    found = certificate(claim)
    assert found is not None
    assert says_the_same(*replay(found), claim.statement, claim.context)
    bare = {**found, "context": written(replace(claim.context, options={}, notes=(), facts=()))}
    assert claim.context.facts
    with pytest.raises(WRONG):
        replay(bare)


@pytest.mark.parametrize(("left", "right", "given"), NOT_EXCHANGED)
def test_and_nowhere_else(left: str, right: str, given: str) -> None:
    assert certificate(told(left, right, given)) is None
