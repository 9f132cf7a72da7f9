"""Random claims, by the million: `make soundness`. RANDOM_FROM, _COUNT, _SECONDS and _JOBS say which, for how long, and
how many at a time."""

from __future__ import annotations

import os
import time

from derive.workers import Finished, run
from tests.soundness.random_claims import Tally, examined

FROM = int(os.environ.get("RANDOM_FROM", "0"))
COUNT = int(os.environ.get("RANDOM_COUNT", "1000000"))
SECONDS = float(os.environ.get("RANDOM_SECONDS", "600"))
"""When to stop starting on further claims."""
JOBS = int(os.environ.get("RANDOM_JOBS", "0")) or os.cpu_count() or 1
PIECE = 100


def test_no_random_claim_is_proved_and_refuted() -> None:
    stop = time.monotonic() + SECONDS

    def work(number: int) -> dict[str, object]:
        if time.monotonic() > stop:
            return vars(Tally())
        return vars(examined(FROM + number * PIECE, PIECE))

    total, lost = Tally(), []
    for number, outcome in run(COUNT // PIECE, work, JOBS, 120.0, memory=2**30):
        if not isinstance(outcome, Finished):
            lost.append(f"{FROM + number * PIECE}: {type(outcome).__name__}")
            continue
        piece = Tally.of(**outcome.value)
        total.add(piece)
        for line in piece.wrong:
            print(line, flush=True)
        if piece.claims and number % 100 == 99:
            print(f"\r{total.claims.total():,}", end="", flush=True)
    print(f"\n{total}\nlost: {lost}")
    assert not total.wrong
    assert not lost
