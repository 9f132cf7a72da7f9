"""The prover without the refuter, and the refuter without the prover: what each says of a claim when asked alone."""

from __future__ import annotations

import time

from derive.language.claims import Claim, Value
from derive.language.operators import ShapeError
from derive.language.verdicts import Witness
from derive.prove import prover
from derive.prove.algebra import TooHard
from derive.prove.evidence import Enclosure, Evidence
from derive.prove.workbench import Workbench
from derive.refute.attack import attack, recheck
from derive.refute.values import confirms

NO_ANSWER = (TooHard, ShapeError, ZeroDivisionError, RecursionError)
"""How the engines say "I don't know"; anything else is a crash and shall be seen."""


def proof(claim: Claim, seconds: float = 2.0, bench: Workbench | None = None) -> Evidence | None:
    """The evidence by which the prover alone proves a claim, if it does (searched, then checked)."""
    if isinstance(claim.statement, Value):
        return Enclosure() if confirms(claim.statement, claim.context) else None
    bench = Workbench(claim.context) if bench is None else bench
    bench.until(time.monotonic() + seconds)
    try:
        found = prover.search(bench, claim.statement)
        if found is None:
            return None
        bench.until(time.monotonic() + seconds)
        return found if prover.check(bench, claim.statement, found) else None
    except NO_ANSWER:
        return None


def witness(claim: Claim, seconds: float = 2.0, effort: int = 1, certain: bool = True) -> Witness | None:
    """The counterexample by which the refuter alone refutes a claim, if it does (found, then evaluated again)."""
    struck = attack(claim, deadline=time.monotonic() + seconds, effort=effort)
    return struck.witness if struck.witness is None or not certain or recheck(claim, struck) else None
