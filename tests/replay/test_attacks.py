"""The false claims made against the prover's rules have no certificate either."""

from __future__ import annotations

from collections import Counter

import pytest

from derive.certify import certificate
from derive.language.claims import Claim
from tests.soundness.alone import witness
from tests.soundness.attacks import Group
from tests.soundness.random_claims import drawn
from tests.soundness.test_attacks import GROUPS
from tests.strategies import CONTEXT


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.rule)
def test_false_claims_have_no_certificate(group: Group) -> None:
    for claim in group.claims("refused"):
        assert certificate(claim) is None, claim.text


def test_random_claims_that_are_false_have_no_certificate() -> None:
    """Of random claims, true and false, the true ones are certified, and none that the refuter refutes."""
    kinds: Counter[str] = Counter()
    for number in range(150):
        kind, statement = drawn(number)
        claim = Claim(f"random {number}", statement, CONTEXT)
        if certificate(claim) is not None:
            kinds[kind] += 1
            found = witness(claim, 0.6, certain=False)
            assert found is None, f"{statement} has a certificate, and is false at {found}"
    assert kinds["equal, rearranged"] > 30
