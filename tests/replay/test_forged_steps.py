"""Certificates written by hand that try to show what is false, by cases, exponentials, graphs, inverses and what is
differentiated: each names the trick that it tries."""

from __future__ import annotations

from typing import Any

import pytest

from derive.certify import certificate as of_claim
from derive.language.claims import Claim, Optimum
from derive.replay import Refused, replay
from derive.replay.goals import elsewhere
from tests.replay.test_forged import B, U, best, certificate, compared, equal, refused, step

V = "'v'[()]"


def holds(claim: Claim, *proofs: Any) -> None:
    replay(certificate(claim, *proofs))


# -- a definition that has no value ------------------------------------------------------------------------------------
def test_a_definition_that_is_nothing_somewhere_is_not_brought_in() -> None:
    """1 - δ_ij is not 1 where i = j; that c_ij is 1 / (i - j) would let i - j be divided by, for all i and j."""
    claim = equal(r"1 - \delta_{i,j}", "1", r"let c_{ij} := \frac{1}{i - j}")
    c = {"defined": "c", "entry": ["'i'", "'j'"]}
    steps = [
        {**c, "times": "1"},
        {"times": 0, "power": "1"},
        {"rule": "equal", "with": {"x": "'i'", "y": "'j'", "F": "lambda b: b"}},
        {**c, "times": "'j' - 'i'"},
        {"times": 0, "power": "1"},
    ]
    refused(claim, steps, because="a multiple that may not be defined")
    stands = equal("c", r"\frac{1}{u}", r"let c := \frac{1}{u}")
    holds(stands, [{"defined": "c", "entry": [], "times": "1"}])


# -- exponentials of both sides ----------------------------------------------------------------------------------------
def test_a_number_is_zero_if_its_exponential_is_one() -> None:
    log_1 = [{"rule": "exp-log", "with": {"x": "0", "q": "1", "y": "'z'[()]"}}, {"rule": "exp-0"}]
    known = [{"use": 0, "times": "1"}]
    holds(step("z - 1 = 0", r"\log z = 0"), [{"exp": "1"}, *log_1, *known])
    false = equal("u", "0")
    for times in ("0", B, U, "'h'[()]", f"1/{U}", f"{U} - 'z'[()]", "exp(log('h'[()]))"):
        refused(false, [{"exp": times}, {"rule": "exp-0"}], because="a multiple that may be zero")
    refused(compared("u", ">=", "0"), [{"exp": "1"}], because="no step is called exp here")
    inside = {"in": 0, "part": 2, "as": ["?1"], "do": [{"exp": "1"}]}
    refused(equal(r"\sum_{i=1}^N x_i", "0"), [inside], because="no step is called exp here")


# -- the values of an index --------------------------------------------------------------------------------------------
FEW = r"index r = 1..2 ; a_r \in \mathbb{R} ; index m = 2..N"


def test_an_index_of_two_values_is_gone_through_at_both() -> None:
    given = f"{FEW} ; assume a_1 = 0 ; assume a_2 = 0"
    both = [[{"use": 0, "times": "1"}], [{"use": 1, "times": "1"}]]
    holds(equal("a_r", "0", given), [{"cases": "r", "proofs": both}])
    for proofs in (both[:1], [both[0], both[0]], [both[0], []], [*both, both[1]]):
        with pytest.raises((Refused, ValueError)):
            holds(equal("a_r", "0", given), [{"cases": "r", "proofs": proofs}])
    for which in ("i", "m", "N", "a", "1", "@1", "'r'"):
        refused(
            equal("x_i", "0", given), [{"cases": which, "proofs": both}], because="a number was expected|one of a few"
        )
    refused(compared("a_r", ">=", "0", given), [{"cases": "r", "proofs": both}], because="no step is called cases")


# -- what is assumed not to be the same --------------------------------------------------------------------------------
def test_two_indices_are_apart_where_that_is_assumed_and_nowhere_else() -> None:
    apart = r"index l, q = 1..K ; assume l \neq q"
    differ = {"rule": "differ", "with": {"d": "'l' - 'q'"}}
    holds(equal(r"\delta_{lq}", "0", apart), [differ])
    holds(equal(r"\delta_{lq}", "0", apart), [{"rule": "differ", "with": {"d": "'l' - 'q'"}}])
    refused(equal(r"\delta_{lk}", "0", apart), [{"rule": "differ", "with": {"d": "'l' - 'k'"}}], because="nonzero")
    refused(equal(r"\delta_{lq}", "0", r"index l, q = 1..K"), [differ], because="nonzero")
    summed = {"in": 0, "part": 2, "as": ["?1"], "do": [{"rule": "differ", "with": {"d": "'?1' - 'q'"}}]}
    refused(equal(r"\sum_{l=1}^K \delta_{lq}", "0", apart), [summed], because="nonzero")
    # where K is 1 there are none that differ: nothing follows of what does not speak of them
    refused(equal("u", "0", apart), [{"exp": "'l' - 'q'"}], because="a multiple that may be zero")


def test_what_is_assumed_of_a_whole_vector_is_not_known_of_its_entries() -> None:
    given = r"\mathbf{f} \in \mathbb{R}^N ; assume \mathbf{f} \neq 0"
    refused(compared(r"\mathbf{f}_i", "!=", "0", given), [], because="what is left")


# -- graphs ------------------------------------------------------------------------------------------------------------
GRAPH = r"W \in \mathbb{R}^{N \times N} symmetric nonnegative connected ; f_i \in \mathbb{R}"
ZERO = r"\sum_{i=1}^N \sum_{j=1}^N W_{ij} (f_i - f_j)^2 = 0"


def graph(**changed: str) -> dict[str, Any]:
    return {"connected": "W", "i": "'i'", "j": "'j'", "F": "lambda a: 'f'[a]"} | changed


def test_what_is_the_same_along_the_edges_is_the_same_at_all_nodes_of_a_connected_graph() -> None:
    claim = step(ZERO, "f_i = f_j", GRAPH)
    used = {"use": 0, "times": "1"}
    holds(claim, [graph(), used])
    for properties in ("symmetric nonnegative", "connected", "symmetric"):
        other = step(ZERO, "f_i = f_j", GRAPH.replace("symmetric nonnegative connected", properties))
        refused(other, [graph(), used], because="not a difference between nodes")
    half = step(ZERO, "f_i = 2 f_j", GRAPH)
    for lie in (graph(), graph(F="lambda a: 2*'f'[a]"), graph(i="'j'", j="'i'"), graph(j="'i'"), graph(j="'k'")):
        refused(half, [lie, used], because="not a difference between nodes")
    # where N is 1, no node is apart from another, and yet a and q may be
    beyond = step(
        ZERO.replace("f_i - f_j", "i c - j c"), "a c = q c", rf"{GRAPH} ; index a, q = 1..M ; c \in \mathbb{{R}}"
    )
    for i, j in (("'a'", "'q'"), ("'q'", "'a'")):
        refused(beyond, [graph(i=i, j=j, F="lambda x: 'c'[()]*x"), used], because="not a difference between nodes")
    refused(compared("f_i", ">=", "f_j", GRAPH), [graph()], because="no step is called connected")


def test_nodes_with_no_value_are_not_passed() -> None:
    """f is log(x): that the sum over all edges is zero says nothing where it has no value."""
    claim = step(r"\sum_{i=1}^N \sum_{j=1}^N W_{ij} (\log x_i - \log x_j)^2 = 0", r"\log x_i = \log x_j", GRAPH)
    refused(claim, [graph(F="lambda a: log('x'[a])"), {"use": 0, "times": "1"}], because="not a difference")


# -- more, and not only no less ----------------------------------------------------------------------------------------
def test_more_is_shown_of_one_number() -> None:
    strict = {"strict": [{"use": 1, "times": "-1"}], "least": []}
    claim = step("u - 1 = 0", "h > 0", "assume h = 1")
    refused(claim, {**strict, "strict": [{"use": 0, "times": "1"}]}, because="what is left|no equation|not known")
    family = compared("q_i", ">", "0", r"q_i \geq 0 ; assume q_1 = 1")
    # that all are zero is false; that one of them is may be true
    refused(family, {"strict": [{"use": 1, "with": {"i": "1"}, "times": "-1"}], "least": []}, because="one number")
    vector = compared(r"\mathbf{g}", ">", r"\mathbf{g} - \mathbf{g}", r"\mathbf{g} \in \mathbb{R}^N nonnegative")
    refused(vector, {"strict": [], "least": []}, because="one number")
    refused(compared("h", ">", "0"), {"strict": [], "least": []}, because="what is left")
    refused(compared("h", ">=", "0"), {"strict": [], "least": []}, because="one number")
    refused(equal("h", "0"), {"strict": [], "least": []}, because="one number")


# -- what is differentiated --------------------------------------------------------------------------------------------
def test_what_is_differentiated_is_rewritten_by_what_keeps_its_value() -> None:
    claim = equal(r"\frac{\partial}{\partial u} \log e^u", "1")
    rewritten = [{"rule": "log-exp", "with": {"x": U, "y": "1"}}, {"rule": "log-1"}]
    holds(claim, {"under": [rewritten], "do": []})
    false = equal(r"\frac{\partial}{\partial u} \log e^u", "2")
    refused(false, {"under": [rewritten], "do": []}, because="what is left")
    for kind in ({"exp": "1"}, {"times": 0, "power": "1"}, {"less": "square"}, {"by": "1"}, {"cases": 0, "proofs": []}):
        refused(claim, {"under": [[kind]], "do": []}, because="no step is called")


def test_what_is_differentiated_is_not_rewritten_by_what_holds_somewhere() -> None:
    at_one = [{"use": 0, "times": f"{U} + 1"}]
    derivative = r"\frac{\partial}{\partial u} u^2"
    refused(equal(derivative, "0", "assume u = 1"), {"under": [at_one], "do": []}, because="only where")
    refused(step("u = 1", f"{derivative} = 0"), {"under": [at_one], "do": []}, because="only where")
    binary = [{"rule": "binary", "with": {"b": B}}]
    of_b = equal(r"\frac{\partial}{\partial b} b^2", "1")
    with pytest.raises((Refused, ValueError)):
        holds(of_b, {"under": [binary], "do": []})
    for space in (r"c \in [0, 1]", r"c \in [2, 5]", r"c \geq 0"):
        bounded = equal(r"\frac{\partial}{\partial c} |c|", "1", space)
        with pytest.raises((Refused, ValueError)):
            holds(bounded, {"under": [[{"rule": "abs", "with": {"x": "'c'[()]"}}]], "do": []})
    summed = equal(r"\frac{\partial}{\partial w_1} \sum_{k=1}^K w_k", "0", "w_k simplex")
    with pytest.raises((Refused, ValueError)):
        holds(summed, {"under": [[{"total": "w", "entry": [], "times": "1"}]], "do": []})
    another = equal(r"\frac{\partial}{\partial u} (c - v)", "1", "let c := u + v")
    holds(another, {"under": [[{"define": ["c"]}]], "do": []})


# -- points that speak of the variables --------------------------------------------------------------------------------
def test_a_point_that_speaks_of_the_variables_is_the_same_for_all_of_them() -> None:
    holds_at = best("min", "(u - v)^2", "u", r"v + u - u")
    assert of_claim(holds_at) is not None
    least = [{"less": "square", "with": {"x": f"{U} - {V}"}, "times": "1"}, {"define": ["u*"]}]
    # each point is best if it is the variable; as it is if the variable has one value
    for at in ("u", r"v + \sin u", "2 v - u"):
        claim = best("min", "(u - v)^2", "u", at)
        assert of_claim(claim) is None
        refused(claim, [], least, because="what is left")
    through = best("min", "(u - v)^2", "u", "c", "let c := u")
    refused(through, least, because="a point that depends on the variables")
    called = best("min", "(u - v)^2", "u", "f(v)", "function f(t) := t + u - v")
    refused(called, least, because="a point that depends on the variables")
    bound = best("min", "(u - v)^2", "u", r"v \int q(u) du", "function q(t) density")
    assert isinstance(bound.statement, Optimum)
    with pytest.raises(Refused, match="bound in a point"):
        elsewhere(bound.statement.point[0], ["u"])


# -- inverses that there need not be -----------------------------------------------------------------------------------
MATRIX = r"S \in \mathbb{R}^{N \times N} ; size M >= 0"
SQUARE = {"less": "square", "with": {"x": "inv('N', lambda r, c: 'S'[r, c], 1, 1)"}, "times": "1"}


def squared(matrix: str) -> str:
    """The square of an entry of an inverse."""
    return f"({matrix}^{{-1}})_{{1,1}} ({matrix}^{{-1}})_{{1,1}}"


def test_an_inverse_is_there_where_the_claim_has_it_and_not_elsewhere() -> None:
    holds(compared(squared("S"), ">=", "0", MATRIX), [SQUARE])
    refused(compared("u^2", ">=", "0", MATRIX), [SQUARE], because="something that may be undefined")
    turned = compared(squared("(S + I)"), ">=", "0", MATRIX)
    refused(turned, [SQUARE], because="something that may be undefined")
    # a sum over nothing has no matrix to be inverted
    empty = compared(rf"\sum_{{a=1}}^M {squared('S')}", ">=", "0", MATRIX)
    refused(empty, [SQUARE], because="something that may be undefined")
    family = compared(rf"\sum_{{i=1}}^N {squared('T_i')}", ">=", "0", r"T_i \in \mathbb{R}^{2 \times 2}")
    one = {**SQUARE, "with": {"x": "inv(2, lambda r, c: 'T'['i', r, c], 1, 1)"}}
    refused(family, [one], because="something that may be undefined")


# -- what a condition leaves out ---------------------------------------------------------------------------------------
def test_what_a_condition_guards_is_defined_without_it() -> None:
    """Σ_{j: m ≠ 0} 1/m is 0 at m = 0, and no sum of what is not there."""
    given = r"m \in \{0, 1\}"
    for where in ("m \\neq 0", "j m \\neq 0", "j \\neq i, m \\neq 0", "j > i", "j = i", "x_j > 0"):
        claim = equal(rf"\sum_{{j=1, {where}}}^N \frac{{1}}{{u}}", "u", given)
        refused(claim, [], because="under a condition")
    refused(equal(r"\sum_{j=1, j \neq i}^N \frac{1}{x_j}", "u"), [], because="under a condition")
    refused(equal(r"\sum_{j=1, j \neq i}^N \log (x_i - x_j)", "u"), [], because="under a condition")
    # where N is 1 the sum is empty, and asks nothing of u
    refused(equal(r"\sum_{j=1, j \neq i}^N \frac{1}{u}", "u"), [], because="under a condition")
    two = r"size Q >= 2 ; index a, q = 1..Q"
    refused(equal(r"\sum_{a=1, a \neq q}^Q \frac{1}{u}", "u", two), [], because="what is left")


# -- fractions ---------------------------------------------------------------------------------------------------------
def test_fractions_that_cancel_are_not_taken_apart() -> None:
    whole = {"rule": "share", "with": {"x": f"1/{B}", "y": f"{U} - 1/{B}"}}
    refused(equal(r"b \frac{1}{b u}", r"\frac{1}{u}"), [whole], because="may be undefined|does not stand here")
    nothing = {"rule": "apart", "with": {"x": U, "y": f"{V} - {U}"}}
    refused(equal(r"\frac{1}{u v}", "0"), [nothing], because="nonzero")
