"""What would be right: the statement one edit away from a refuted one that is proved."""

from __future__ import annotations

import time
from dataclasses import replace

from derive.judge import judge
from derive.language.claims import Claim, Compare, Equal, Statement
from derive.language.edits import edits
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Term
from derive.language.verdicts import Proved, Refuted, Verdict
from derive.refute.attack import attack

TIME = 3.0
"""Seconds spent at most on looking for a repair."""

TRIAL = 0.2
"""Seconds for trying one edit in numbers."""


def judge_and_repair(claim: Claim, deadline: float) -> Verdict:
    """The verdict on a claim; one that was not expected to be refuted comes with a proved repair, if one edit makes
    one."""
    verdict = judge(claim, deadline)
    if not isinstance(verdict, Refuted) or claim.expect == "refuted" or claim.readings[1:]:
        return verdict
    found = repaired(claim, min(deadline, time.monotonic() + TIME))
    return verdict if found is None else replace(verdict, suggestion=found)


def repaired(claim: Claim, deadline: float) -> Term | None:
    """The right side, one edit away from the stated one, for which the claim is proved; ``None`` if there is none in
    time.

    Each edit is tried in numbers first; only what no number refutes is given to the prover, and only what it proves
    counts.
    """
    statement = claim.statement
    if not isinstance(statement, Equal | Compare):
        return None
    seen = {statement.right}
    for edit in edits(statement.right, claim.context):
        if time.monotonic() > deadline:
            return None
        if edit.term in seen or not _fits(edit.term, claim):
            continue
        seen.add(edit.term)
        changed = replace(claim, statement=_with_right(statement, edit.term), readings=(), start=None)
        struck = attack(changed, deadline=min(deadline, time.monotonic() + TRIAL))
        if struck.witness is not None or not struck.agreed:
            continue
        if isinstance(judge(changed, deadline), Proved):
            return edit.term
    return None


def _with_right(statement: Equal | Compare, right: Term) -> Statement:
    return replace(statement, right=right)


def _fits(term: Term, claim: Claim) -> bool:
    """Whether an edit still has the shape of what it replaces."""
    statement = claim.statement
    if not isinstance(statement, Equal | Compare):
        return False
    try:
        return shape_of(term, claim.context) == shape_of(statement.left, claim.context)
    except ShapeError:
        return False
