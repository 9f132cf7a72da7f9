"""The small replay: certificates of rewrites hold as they were found, and in no other way."""

from __future__ import annotations

import ast
import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from derive.certify import certificate
from derive.certify.writing import written
from derive.language.claims import Equal, Statement, Step
from derive.language.context import Context
from derive.language.extents import Range
from derive.replay import Refused, endings, replay, says_the_same
from derive.replay import terms as t
from derive.replay.check import TABLE, Proof
from derive.replay.goals import goals
from derive.replay.reading import Reader
from derive.replay.terms import ONE, ZERO, Poly, closed, minus, name, number, of, opened, parsed, syntax, text
from tests.replay.certified import NAMES, claim, data
from tests.replay.test_rules import FALSE, TERMS, stated
from tests.soundness.alone import witness
from tests.soundness.attacks import Group
from tests.soundness.damage import Damaged, damaged
from tests.soundness.test_attacks import GROUPS

WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_shows_the_claim_of_the_proof(name: str) -> None:
    statement, context = replay(data(name))
    assert says_the_same(statement, context, claim(name).statement, claim(name).context)


# -- damage -----------------------------------------------------------------------------------------------------------
def all_steps(steps: list[Any]) -> Iterator[tuple[list[Any], int]]:
    for n, step in enumerate(steps):
        yield steps, n
        yield from all_steps(step.get("do", []))


def places(one: dict[str, Any]) -> list[tuple[list[Any], int]]:
    return [place for steps in one["proofs"] for place in all_steps(steps)]


def holds(one: dict[str, Any]) -> bool:
    try:
        replay(one)
    except WRONG:
        return False
    return True


@pytest.mark.parametrize("name", NAMES)
def test_another_line_of_the_table_does_not_fit(name: str) -> None:
    rng = random.Random(name)
    for n, (steps, k) in enumerate(places(data(name))[:12]):
        if "rule" not in steps[k]:
            continue
        for rule in rng.sample(sorted(TABLE.keys() - {steps[k]["rule"]}), 3):
            spoilt = data(name)
            own, m = places(spoilt)[n]
            own[m]["rule"] = rule
            alike = ast.dump(TABLE[rule][0]) == ast.dump(TABLE[steps[k]["rule"]][0])  # with other conditions
            assert alike or not holds(spoilt), f"{name}: step {n} holds as {rule}"


@pytest.mark.parametrize("name", NAMES)
def test_a_step_left_out_is_missed(name: str) -> None:
    if not places(data(name)):
        return
    for n in range(min(10, len(places(data(name))))):
        spoilt = data(name)
        own, m = places(spoilt)[n]
        del own[m]
        if holds(spoilt):  # what came after it may do without: then what is shown is still the claim, which is true
            assert replay(spoilt)[0] == claim(name).statement
    cut = data(name)
    cut["proofs"] = [[] for _ in cut["proofs"]]
    assert not holds(cut) or name in ("networks/softmax.outputs_sum_to_one",)


@pytest.mark.parametrize("name", NAMES)
def test_a_value_that_is_spoilt_shows_nothing_else(name: str) -> None:
    """Whatever the values of a line are said to be, what is shown is what is stated; most do not hold."""
    for n, (steps, k) in enumerate(places(data(name))[:8]):
        for letter in steps[k].get("with", {}):
            for other in ("0", "'x'", "lambda b0: b0", "1/0"):
                spoilt = data(name)
                own, m = places(spoilt)[n]
                own[m]["with"][letter] = other
                if holds(spoilt):
                    assert own[m]["rule"] in ("scaled", "scaled-2"), (name, own[m])


def slips(name: str, most: int) -> list[Damaged]:
    all_of_them = [one for one in damaged(claim(name)) if isinstance(one.claim.statement, Equal | Step)]
    return all_of_them[:: max(1, len(all_of_them) // most)]


@pytest.mark.parametrize("name", NAMES)
def test_steps_of_a_true_claim_show_no_false_one(name: str) -> None:
    for one in slips(name, 12):
        context = replace(one.claim.context, options={}, notes=())
        spoilt = {**data(name), "statement": written(one.claim.statement), "context": written(context)}
        if holds(spoilt):
            assert witness(one.claim, 2.0) is None, f"{one.claim.id} replays, and is false"


@pytest.mark.parametrize("name", NAMES[:8])
def test_a_claim_with_a_slip_has_no_certificate_unless_it_is_true(name: str) -> None:
    for one in slips(name, 4):
        if certificate(one.claim) is not None:
            assert witness(one.claim, 2.0) is None, f"{one.claim.id} has a certificate, and is false"


def test_the_liar_succeeds_once_a_line_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the tests above can fail."""
    false = stated(r"\sum_{i=1}^N x_i", r"\sum_{i=1}^{N} y_i")
    left, _, conditions = TABLE["turned"]
    assert certificate(false) is None
    monkeypatch.setitem(TABLE, "take-out", (syntax("sum(a, b, lambda i: c*F(i))"), syntax("0*c"), []))
    monkeypatch.setattr("derive.certify.normal.Normal.heads", lambda self, p, a, k: iter([[_nothing(a)]]))
    assert certificate(false) is not None
    assert left is not conditions


def _nothing(a: t.Atom) -> dict[str, Any]:
    body = t.text(opened(a[3], [name("?x")])).replace("'?x'", "b0") if a[0] == "sum" else "b0"
    return {"rule": "take-out", "with": {"a": "1", "b": "'N'", "c": "1", "F": f"lambda b0: {body}"}}


# -- what is false ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("left", "right"), FALSE)
def test_what_is_false_has_no_certificate(left: str, right: str) -> None:
    assert certificate(stated(left, right)) is None


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.rule)
def test_claims_made_against_the_prover_have_no_certificate(group: Group) -> None:
    for one in group.claims("refused"):
        assert certificate(one) is None, one.text


def test_what_is_true_by_one_form_has_one() -> None:
    """Terms that are the same to both sides: most are read, and their difference is zero."""
    assert sum(certificate(stated(each, each)) is not None for each in TERMS) > len(TERMS) // 2


# -- capture ----------------------------------------------------------------------------------------------------------
def proof_of(left: str, right: str, given: str = "") -> tuple[Proof, Poly]:
    one = stated(left, right, given)
    proof = Proof(one.context, goals(one.statement, one.context)[0])
    return proof, proof.start()


def test_bound_names_do_not_meet() -> None:
    for right in (r"\sum_{j=1}^N \sum_{i=1}^N x_j y_i x_i", r"\sum_{j=1}^N x_j \sum_{j=1}^N y_j x_j"):
        assert certificate(stated(r"\sum_{i=1}^N \sum_{j=1}^N x_i y_j x_j", right)) is not None
    for right in (r"\sum_{i=1}^N \sum_{j=1}^N x_i y_j x_i", r"\sum_{j=1}^N x_j y_j x_j"):
        assert certificate(stated(r"\sum_{i=1}^N \sum_{j=1}^N x_i y_j x_j", right)) is None


def test_a_small_letter_holds_no_bound_name() -> None:
    """Σ_i x_i = N x_i, by a value that speaks of what is bound."""
    proof, p = proof_of(r"\sum_{i=1}^N x_i", "0")
    for c in ("'x'[b0]", "'x'['i']", "lambda b0: 'x'[b0]", "'x'['?1']"):
        with pytest.raises(WRONG):
            proof.rule(p, {"rule": "take-out", "with": {"a": "1", "b": "'N'", "c": c, "F": "lambda b0: 1"}})


def test_a_name_brought_in_by_a_value_is_not_caught_by_a_binder() -> None:
    """x**2 = c**2 (x/c)**2 brings in any c; a sum opened at that name afterwards must not bind it."""
    proof, p = proof_of(r"\left(\sum_{i=1}^N x_i\right)^{-1}", "0")
    assert p
    proof, p = proof_of(r"\sum_{i=1}^N x_i", "0")
    body = next(a for m, _ in p for a, _ in m)[3]
    with pytest.raises(Refused, match="cannot be the name"):
        proof.index("?1", ONE, name("N"), opened(body, [name("?1")]))
    proof.index("?2", ONE, name("N"))
    for taken in ("?2", "i", "x", "", "N", "'1"):
        with pytest.raises(Refused, match="cannot be the name"):
            proof.within(p, {"in": 0, "part": 2, "as": [taken], "do": []})
    with pytest.raises(Refused, match="not the names"):
        proof.within(p, {"in": 0, "part": 2, "as": [], "do": []})
    with pytest.raises(Refused, match="not the names"):
        proof.within(p, {"in": 0, "part": 0, "as": ["?3"], "do": []})


def test_opening_and_closing_are_inverse() -> None:
    body = parsed(syntax("lambda u: sum(1, 'N', lambda v: 'x'[u, v]*'x'[v, u])"), {})(name("?1"))
    assert opened(closed(body, ["?1"]), [name("?1")]) == body
    assert opened(closed(body, ["?1"]), [name("k")]) == parsed(
        syntax("sum(1, 'N', lambda v: 'x'['k', v]*'x'[v, 'k'])"), {}
    )


# -- side conditions --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("left", "given", "step"),
    [
        (r"\log(u v)", "", {"rule": "log-mul", "with": {"x": "'u'[()]", "y": "'v'[()]"}}),
        (r"\sqrt{u^2}", "", {"rule": "root-power", "with": {"x": "'u'[()]", "p": "2", "q": "1/2"}}),
        (r"|u|", "", {"rule": "abs", "with": {"x": "'u'[()]"}}),
        (r"u^2", "", {"rule": "binary", "with": {"b": "'u'[()]"}}),
        (r"\mathbf{1}\{u > 0\}", "", {"rule": "yes", "with": {"x": "'u'[()]"}}),
        (r"\sum_{i=1}^{N-2} 1", "", {"rule": "length", "with": {"a": "1", "b": "'N' - 2"}}),
        (
            r"\sum_{i=2}^{N} \delta_{i j} x_i",
            "",
            {"rule": "pick", "with": {"a": "2", "b": "'N'", "e": "'j'", "F": "lambda b0: 'x'[b0]"}},
        ),
        (r"\delta_{i j}", "", {"rule": "differ", "with": {"d": "'i' - 'j'"}}),
    ],
    ids=lambda value: value["rule"] if isinstance(value, dict) else "",
)
def test_a_side_condition_that_is_not_known_is_asked_for(left: str, given: str, step: dict[str, Any]) -> None:
    proof, p = proof_of(left, "0", given)
    with pytest.raises(Refused, match="not known"):
        proof.rule(p, step)


def test_what_is_no_denominator_is_not_multiplied_away() -> None:
    proof, p = proof_of(r"\frac{1}{u - v}", r"\frac{1}{u - v} + u - v")
    with pytest.raises(Refused, match="denominator"):
        endings.times(proof, p, {"times": 0, "power": 1})


def test_an_index_out_of_its_range_is_not_used() -> None:
    proof, p = proof_of(r"x_{j+1}", r"y_{j+1}", r"assume x_i = y_i")
    good = {"use": 0, "with": {"i": "'j'"}, "times": "1"}
    assert proof.use(p, good) != p
    with pytest.raises(Refused, match="range"):
        proof.use(p, {**good, "with": {"i": "'j' + 1"}})


def test_a_multiplier_that_may_be_undefined_is_refused() -> None:
    proof, p = proof_of("x_j", "y_j", "assume u x_i = u y_i")
    for times in ("1/'u'[()]", "log('u'[()])", "'u'[()]**(1/2)", "raised('u'[()], 'v'[()])", "1/('u'[()] - 'v'[()])"):
        with pytest.raises(Refused, match="not be defined"):
            proof.use(p, {"use": 0, "with": {"i": "'j'"}, "times": times})


def test_steps_that_keep_a_zero_only_are_not_taken_inside() -> None:
    proof, p = proof_of(r"\exp(\frac{1}{u})", "1")
    k = next(
        n for n, a in enumerate(sorted({a for m, _ in p for a, _ in m}, key=lambda a: text(of(a)))) if a[0] == "exp"
    )
    for step in (
        {"times": 0, "power": 1},
        {"summand": ["1", "'N'"], "as": "?1", "at": []},
        {"cases": 0, "proofs": [[], []]},
    ):
        with pytest.raises(Refused, match="no step is called"):
            proof.within(p, {"in": k, "part": 0, "do": [step]})


# -- data that is none ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "said",
    ["__import__('os')", "open('x')", "x.y", "[1]", "1.5", "True", "f'{1}'", "lambda: 1", "(" * 300 + "1" + ")" * 300,
     "1 if 1 else 2", "sum", "exp", "0**(-1)", "2**'x'", "9**9**9", "'x'[0:1]", "exp(1, n=2)", "bound(3)", "print(1)"],
)  # fmt: skip
def test_text_that_is_no_term_is_refused(said: str) -> None:
    t.begin()
    proof, p = proof_of("u", "v")
    with pytest.raises(WRONG):
        proof.use(p, {"use": 0, "times": said})


def test_what_asks_for_too_much_is_refused() -> None:
    spoilt = data("networks/softmax.jacobian")
    wide = "*".join(f"('x{n}' + 'y{n}')" for n in range(40))
    spoilt["proofs"][0].insert(0, {"rule": "exp-0", "with": {"x": wide}})
    with pytest.raises(Refused, match="more work"):
        replay(spoilt)
    deep = data("networks/softmax.jacobian")
    for _ in range(3000):
        deep["proofs"][0] = [{"in": 0, "do": deep["proofs"][0]}]
    assert not holds(deep)


def test_text_is_read_as_it_was_written() -> None:
    for left in TERMS:
        try:
            _, p = proof_of(left, left)
            one = stated(left, left)
            value = Reader(one.context).read(one.statement.left, {})  # type: ignore[union-attr]
            p = value.at(name("i"), name("j"))
        except Refused:
            continue
        assert parsed(syntax(text(p)), {}) == p


def test_a_declared_name_cannot_be_one_of_the_replay() -> None:
    for wrong in ("'1", "?1", "@1"):
        with pytest.raises(Refused):
            Reader(Context(indices={wrong: Range.upto(3)}))


def test_another_statement_is_not_shown() -> None:
    one, other = data("networks/small.fits"), data("networks/softmax.jacobian")
    assert not holds({**one, "statement": other["statement"]})
    assert not holds({**one, "proofs": other["proofs"]})
    assert not holds({**one, "proofs": [*one["proofs"], []]})
    assert not holds({**one, "proofs": []})
    shown: tuple[Statement, Context] = replay(one)
    assert not says_the_same(
        *shown, claim("networks/softmax.jacobian").statement, claim("networks/softmax.jacobian").context
    )


def test_zero_is_what_nothing_adds_up_to() -> None:
    assert minus(number(1), ONE) == ZERO
