"""A sample of damaged claims: none is proved falsely. `make soundness` runs them all."""

from __future__ import annotations

from zlib import crc32

import pytest

from derive import checker
from tests.soundness.damage import Tally, examined_all, sample

SHARE = 3
"""One claim in so many is damaged in the ordinary run, in two ways."""


@pytest.mark.parametrize("name", checker.names())
def test_a_sample_of_damaged_claims_is_not_proved_falsely(name: str) -> None:
    total = Tally()
    for claim in checker.load(name).claims:
        if crc32(claim.id.encode()) % SHARE == 0:
            total.add(examined_all(sample(claim, 2), 0.3))
    assert not total.wrong
    assert not total.crashed
