"""What tests share that is costly: the verdicts on everything in ``proofs/``, sought once a session."""

from __future__ import annotations

import pytest

from derive.cache import default_folder
from derive.checker import Limits, verify
from derive.render.record import Report


@pytest.fixture(scope="session")
def verified() -> Report:
    """The report of ``derive verify``; verdicts that are kept from an earlier run of this very program are used.

    A test that asks for it is marked ``xdist_group("verified")``, so that one worker has it made.
    """
    return verify(limits=Limits(timeout=30.0, folder=default_folder()))
