"""False claims handed to the judge with every kind of evidence: never ``Proved``. And proof that this can fail."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import islice

import pytest

from derive.judge import check_evidence
from derive.language.claims import Claim, Compare, Equal, HasShape, Optimum, PositiveSemidefinite, Step
from derive.language.verdicts import Proved
from derive.prove import prover
from derive.prove.algebra import TooHard
from derive.prove.evidence import (
    Chain,
    Elimination,
    Enclosure,
    Evidence,
    MatrixAlgebra,
    Move,
    NonNegative,
    Options,
    Positive,
    Proportional,
    Reduction,
    Shapes,
    Stationary,
)
from derive.prove.workbench import Workbench
from tests.soundness.alone import witness
from tests.soundness.attacks import GROUPS
from tests.soundness.test_attacks import OPEN

SOUND = [group for group in GROUPS if group.rule not in OPEN and not group.by_judge]
NOWHERE = [claim for group in GROUPS if group.by_judge for claim in group.claims("refused")]
LIES = [claim for group in SOUND for claim in group.claims("refused")]
TRUTHS = [claim for group in SOUND for claim in group.claims("accepted")]

OPTIONS = [Options(split, bare) for split in (False, True) for bare in (False, True)]
KINDS = ("solve", "weigh", "clear", "log", "add", "terms", "connected", "rewrite", "factor")


def moves(claim: Claim) -> Iterator[tuple[Move, ...]]:
    """No move; each kind of move, on the first two hypotheses, for some of the names there are."""
    yield ()
    names = ["", *islice(claim.context.symbols, 3), "'0:n"]
    for kind in KINDS:
        for number in (0, 1):
            for name in names:
                yield (Move(kind, number, name),)
    yield tuple(Move(kind, 0, names[-1]) for kind in KINDS)
    yield (Move("solve", -1, names[1] if len(names) > 1 else ""),)
    yield (Move("factor", 10**6, ""),)


def every_evidence(claim: Claim) -> Iterator[Evidence]:
    """Evidence of every class; of the class that fits the kind of claim, with all kinds of contents."""
    yield from (Proportional(), Shapes(), Enclosure(), Chain(()), MatrixAlgebra(None), MatrixAlgebra("proved"))
    yield from (Reduction(), NonNegative(), NonNegative(True), Stationary((), "concave"), Stationary((), "none"))
    yield from (Elimination(()), Positive((), ()), Chain((Elimination(()),)))
    match claim.statement:
        case Equal():
            yield from (Reduction(options) for options in OPTIONS)
            yield from (Elimination(some, options) for some in moves(claim) for options in OPTIONS[:2])
        case Compare() | PositiveSemidefinite():
            yield from (NonNegative(strict, options) for strict in (False, True) for options in OPTIONS)
        case Step():
            for some in moves(claim):
                yield from (Chain((Elimination(some),) * count) for count in (1, 2))
                yield Chain((Positive(some, some),))
        case Optimum():
            for curvature in ("concave", "reciprocal", "logarithm", "boundary", "none", "surely"):
                yield from (Stationary(given, curvature) for given in ((), ("0", "1")))


def evidence_of(claim: Claim) -> Evidence | None:
    """What the prover finds for a claim."""
    try:
        return prover.search(Workbench(claim.context, time.monotonic() + 2.0), claim.statement)
    except TooHard:
        return None


def judged(claim: Claim, evidence: Evidence) -> object:
    try:
        return check_evidence(claim, evidence, time.monotonic() + 2.0)
    except (TooHard, ZeroDivisionError, RecursionError):
        return None


def accepted(bench: Workbench, claim: Claim, evidence: Evidence) -> bool:
    """Whether the prover's own check takes the evidence."""
    bench.until(time.monotonic() + 1.0)
    try:
        return prover.check(bench, claim.statement, evidence)
    except (TooHard, ZeroDivisionError, RecursionError):
        return False


@pytest.mark.parametrize("claim", LIES, ids=lambda claim: claim.id)
def test_no_evidence_proves_a_false_claim(claim: Claim) -> None:
    bench = Workbench(claim.context)
    seen: set[type[Evidence]] = set()
    for evidence in every_evidence(claim):
        if claim.context.facts or not isinstance(evidence, Elimination) or len(seen) < 8:
            assert not accepted(bench, claim, evidence), evidence
        if type(evidence) not in seen:
            seen.add(type(evidence))
            assert not isinstance(judged(claim, evidence), Proved), evidence


@pytest.mark.parametrize("claim", NOWHERE, ids=lambda claim: claim.id)
def test_no_evidence_proves_what_is_nowhere_defined(claim: Claim) -> None:
    for evidence in every_evidence(claim):
        assert not isinstance(judged(claim, evidence), Proved), evidence


def test_evidence_for_a_true_claim_proves_no_false_one() -> None:
    stolen = list(dict.fromkeys(found for claim in TRUTHS if (found := evidence_of(claim)) is not None))
    assert len({type(found) for found in stolen}) >= 5
    for turn, claim in enumerate(LIES):
        bench = Workbench(claim.context)
        for evidence in stolen[turn % 5 :: 5]:
            assert not accepted(bench, claim, evidence), (claim.id, evidence)


def test_the_lies_are_lies() -> None:
    refuted = [claim for claim in LIES if witness(claim) is not None]
    assert len(refuted) > 0.7 * len(LIES)


def test_true_claims_are_proved_by_their_own_evidence() -> None:
    for claim in TRUTHS:
        evidence = evidence_of(claim)
        assert evidence is not None, claim.id
        assert isinstance(judged(claim, evidence), Proved), claim.id


def test_liars_succeed_once_equality_is_always_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: with the comparison of normal forms replaced by True, the judge believes liars."""
    for module in ("derive.prove.workbench", "derive.prove.tactics.elimination", "derive.prove.tactics.optimum"):
        monkeypatch.setattr(f"{module}.is_zero", lambda *_: True)
    believed = [claim for claim in LIES if isinstance(claim.statement, Equal | Step) and _believes(claim)]
    assert len(believed) > 50


def test_liars_succeed_once_everything_is_never_negative(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("derive.prove.tactics.inequalities", "derive.prove.tactics.optimum", "derive.prove.tactics.steps"):
        monkeypatch.setattr(f"{module}.nonnegative", lambda *_, **__: True)
    others = [claim for claim in LIES if not isinstance(claim.statement, Equal | Step | HasShape)]
    assert sum(map(_believes, others[::4])) > 8


def _believes(claim: Claim) -> bool:
    return any(isinstance(judged(claim, evidence), Proved) for evidence in islice(every_evidence(claim), 40))
