"""Ten thousand mutated documents through the reader, and some of their claims through the judge (`make fuzz`)."""

from __future__ import annotations

import os
import time
from collections import Counter

from derive.judge import judge
from tests.fuzz.mutants import mutant
from tests.fuzz.test_mutants import read

DOCUMENTS = int(os.environ.get("FUZZ_DOCUMENTS", "10000"))
FIRST = int(os.environ.get("FUZZ_FIRST", "0"))
LIMIT = 0.5
GRACE = 5.0


def test_ten_thousand() -> None:
    verdicts: Counter[str] = Counter()
    late: list[tuple[int, float]] = []
    for seed in range(FIRST, FIRST + DOCUMENTS):
        document = read(*mutant(seed))
        verdicts["unread"] += len(document.unread)
        verdicts["links"] += len(document.derivation.claims)
        if seed % 10:
            continue
        for claim in document.derivation.claims[-2:]:
            begin = time.monotonic()
            verdict = judge(claim, begin + LIMIT)
            verdicts[type(verdict).__name__] += 1
            if time.monotonic() - begin > LIMIT + GRACE:
                late.append((seed, time.monotonic() - begin))
    print(f"\n{DOCUMENTS} documents: {dict(verdicts)}")
    assert late == []
