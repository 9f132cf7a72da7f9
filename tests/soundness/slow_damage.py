"""All damaged claims, over all processors: `make soundness`. SOUNDNESS_MOST, _FROM, _SECONDS and _JOBS bound it."""

from __future__ import annotations

import os
import time
from collections import Counter
from dataclasses import asdict

from derive.workers import Finished, run
from tests.soundness.damage import Tally, claims, examined_all, sample

MOST = int(os.environ.get("SOUNDNESS_MOST", "16"))
"""Damaged forms of each claim, at most."""
FROM = int(os.environ.get("SOUNDNESS_FROM", "0"))
"""Damaged forms of each claim that are passed over."""
SECONDS = float(os.environ.get("SOUNDNESS_SECONDS", "1500"))
"""When to stop starting on further claims."""
JOBS = int(os.environ.get("SOUNDNESS_JOBS", "0")) or os.cpu_count() or 1
PIECE = 4


def test_no_damaged_claim_is_proved_falsely() -> None:
    rows = [(claim, start) for start in range(FROM, MOST, PIECE) for claim in claims()]
    stop = time.monotonic() + SECONDS

    def work(number: int) -> dict[str, object]:
        claim, start = rows[number]
        if time.monotonic() > stop:
            return asdict(Tally())
        return asdict(examined_all(sample(claim, start + PIECE)[start:], 0.5))

    total, lost = Tally(), Counter[str]()
    for number, outcome in run(len(rows), work, JOBS, 60.0):
        if isinstance(outcome, Finished):
            piece = Tally(**outcome.value)
            total.add(piece)
            for line in (*piece.wrong, *piece.crashed):
                print(line, flush=True)
        else:
            lost[f"{rows[number][0].id}: {type(outcome).__name__}"] += 1
    print(total)
    print("proved where no point could be tried:", *total.untried, sep="\n  ")
    print("lost:", dict(lost))
    assert not total.wrong
    assert not total.crashed
    assert FROM or total.damaged >= 5000
