"""A certificate is gone through by a checker of its own; what is wrong in it is found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from derive.cli import app
from derive.language.claims import Claim, Compare, Equal, Statement, Step
from derive.language.context import Context
from derive.replay import Refused, replay, says_the_same
from derive.replay.data import read, written
from derive.replay.polynomials import ZERO
from derive.replay.steps import RULES, Proof, Steps, goals
from tests.replay.certified import NAMES, claim, data, text
from tests.soundness.alone import witness
from tests.soundness.damage import Damaged, damaged

WRONG = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)
"""How a certificate that is none ends; ``Refused`` is a ``ValueError``."""


def bare(context: Context) -> Context:
    """A context without what is of no meaning to a proof."""
    return replace(context, options={}, notes=())


@pytest.mark.parametrize("name", NAMES)
def test_a_certificate_shows_the_claim_of_the_proof(name: str) -> None:
    statement, context = replay(data(name))
    stated = claim(name)
    assert says_the_same(statement, context, stated.statement, stated.context)


@pytest.mark.parametrize("name", NAMES)
def test_data_is_read_as_it_was_written(name: str) -> None:
    stated = claim(name)
    assert read(json.loads(json.dumps(written(stated.statement)))) == stated.statement
    again = read(json.loads(json.dumps(written(bare(stated.context)))))
    for part in ("sizes", "indices", "symbols", "functions", "facts"):
        assert getattr(again, part) == getattr(stated.context, part)


# -- damage ------------------------------------------------------------------------------------------------------------
def all_steps(proofs: list[Steps]) -> Iterator[tuple[Steps, int]]:
    for steps in proofs:
        for n, step in enumerate(steps):
            yield steps, n
            yield from all_steps(step.get("proofs", []))


Change = Callable[[Steps, int], None]


def changes(steps: Steps, n: int) -> Iterator[Change]:
    """Ways to spoil one step; none of them leaves a certificate of the same text."""
    result = steps[n]["result"]
    for other in {
        "0",
        "1",
        result + " + 1",
        f"2 {result}",
        result.replace("#1.0", "#1.1"),
        result.replace("-1", "1", 1),
    } - {result}:
        yield lambda s, n, other=other: s[n].update(result=other)  # type: ignore[misc]
    for rule in [*(rule for rule in RULES if rule != steps[n]["rule"]), "believe"]:
        if rule != "difference" or steps[n]["rule"] != "difference":
            yield lambda s, n, rule=rule: s[n].update(rule=rule)  # type: ignore[misc]
    yield lambda s, n: s[n].pop("result")
    for key in steps[n].keys() - {"rule", "result"}:
        yield lambda s, n, key=key: s[n].pop(key)  # type: ignore[misc]


@pytest.mark.parametrize("name", NAMES)
def test_a_step_that_is_spoilt_does_not_hold(name: str) -> None:
    places = list(all_steps(data(name)["proofs"]))
    for place, (steps, n) in enumerate(places):
        for change in changes(steps, n):
            spoilt = data(name)
            own, m = list(all_steps(spoilt["proofs"]))[place]
            before = dict(own[m])
            change(own, m)
            try:
                replay(spoilt)
            except WRONG:
                continue
            # another rule that does nothing here, or what was left out is understood: the results are all the same
            assert own[m].get("result") == before["result"], f"{name}: step {m} holds as {own[m]}"


@pytest.mark.parametrize("name", NAMES)
def test_a_proof_without_its_steps_does_not_hold(name: str) -> None:
    cut = data(name)
    if any(steps[-1]["result"] != steps[0]["result"] for steps in cut["proofs"]):
        cut["proofs"] = [steps[:1] for steps in cut["proofs"]]
        with pytest.raises(Refused):
            replay(cut)
    more = data(name)
    more["proofs"] = [*more["proofs"], []]
    with pytest.raises(WRONG):
        replay(more)


def slips(name: str, most: int) -> list[Damaged]:
    found = [one for one in damaged(claim(name)) if isinstance(one.claim.statement, Equal | Step | Compare)]
    return found[:: max(1, len(found) // most)]


@pytest.mark.parametrize("name", NAMES)
def test_steps_of_a_true_claim_show_no_false_one(name: str) -> None:
    """The liar's certificate: a statement with a slip, and the steps of the true one, their results filled in anew."""
    true = claim(name)
    for one in slips(name, 30):
        if _shown(one.claim.statement, one.claim, data(name)["proofs"]):
            found = witness(one.claim, 2.0)
            assert found is None, f"{one.claim.id} replays, and is false at {found}"
        spoilt = {**data(name), "statement": written(one.claim.statement), "context": written(bare(one.claim.context))}
        try:
            statement, context = replay(json.loads(json.dumps(spoilt)))
        except WRONG:
            continue
        assert witness(one.claim, 2.0) is None, f"{one.claim.id} replays as it is written"
        wider = one.claim.statement == true.statement and true.context.facts != one.claim.context.facts
        assert wider or not says_the_same(statement, context, true.statement, true.context)


def test_the_liar_succeeds_once_a_rule_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    """So the tests above can fail."""
    name = "networks/softmax.outputs_sum_to_one"
    false = [one for one in slips(name, 30) if witness(one.claim, 2.0) is not None]
    assert false
    assert not any(_shown(one.claim.statement, one.claim, data(name)["proofs"]) for one in false)
    monkeypatch.setitem(RULES, "unfold", lambda proof, p, step, record: ZERO)
    assert any(_shown(one.claim.statement, one.claim, data(name)["proofs"]) for one in false)


def _shown(statement: Statement, one: Claim, proofs: list[Steps]) -> bool:
    try:
        wanted = goals(statement)
        for goal, steps in zip(wanted, proofs, strict=True):
            proof = Proof(one.context, goal)
            proof.run(proof.start(), steps, record=True)
    except WRONG:
        return False
    return bool(wanted)


# -- the commands ------------------------------------------------------------------------------------------------------
def run(*args: str) -> tuple[int, str]:
    answer = CliRunner().invoke(app, args)
    return answer.exit_code, answer.output


def test_the_two_commands(tmp_path: Path) -> None:
    status, shown = run("verify", "networks/small", "--no-cache", "--jobs", "1", "--certificates", str(tmp_path))
    assert status == 0
    assert "proved claims have a certificate" in shown
    status, shown = run("replay", str(tmp_path))
    assert status == 0
    assert " hold, 0 do not" in shown
    path = tmp_path / "networks" / "small" / "fits.json"
    path.write_text(path.read_text().replace('"use": 1', '"use": 0'))
    status, shown = run("replay", str(tmp_path), "--format", "json")
    assert status == 1
    told = json.loads(shown)
    assert told["summary"]["fails"] == 1
    assert [each["id"] for each in told["results"] if not each["holds"]] == ["networks/small.fits"]


def test_another_statement_than_the_proof_states(tmp_path: Path) -> None:
    other = data("networks/small.logistic_derivative.1")
    other["id"] = "networks/small.fits"
    (tmp_path / "fits.json").write_text(json.dumps(other))
    status, shown = run("replay", str(tmp_path))
    assert status == 1
    assert "it shows something else than the encoded proof states" in shown
    other["id"] = "networks/small.nowhere"
    (tmp_path / "fits.json").write_text(json.dumps(other))
    assert "no encoded proof states this" in run("replay", str(tmp_path))[1]


@pytest.mark.parametrize(
    "bad", ["", "[]", "{}", '{"format": 1}', '{"format": 2}', "\x00", '"text"', "1e999", "[" * 5000]
)
def test_what_is_no_certificate_is_told(tmp_path: Path, bad: str) -> None:
    (tmp_path / "bad.json").write_text(bad)
    status, shown = run("replay", str(tmp_path))
    assert status == 1
    assert "FAILS" in shown


def test_a_folder_without_certificates(tmp_path: Path) -> None:
    assert run("replay", str(tmp_path))[0] == 2
    assert run("replay", str(tmp_path / "nowhere"))[0] == 2


def test_the_same_bytes_in_each_run() -> None:
    shown = "text('mixtures/multinomial.eq45_pi'), text('networks/softmax.jacobian')"
    code = f"from tests.replay.certified import text; print({shown})"
    seen = set()
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        seen.add(done.stdout)
    assert len(seen) == 1


def test_what_is_read_is_data_alone() -> None:
    for wrong in ({"Fraction": {}}, {"eval": {"x": 1}}, {"Num": {"value": 1.5}}, {"Sym": {"name": "x", "more": 1}}):
        with pytest.raises(WRONG):
            read(wrong)


def certificate_names() -> list[Any]:
    return [json.loads(text(name))["id"] for name in NAMES]


def test_certificates_are_of_their_claims() -> None:
    assert certificate_names() == list(NAMES)
