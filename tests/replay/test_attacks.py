"""The false claims made against the prover's rules have no certificate either."""

from __future__ import annotations

import pytest

from derive.certify import certificate
from tests.soundness.attacks import Group
from tests.soundness.test_attacks import GROUPS


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.rule)
def test_false_claims_have_no_certificate(group: Group) -> None:
    for claim in group.claims("refused"):
        assert certificate(claim) is None, claim.text
