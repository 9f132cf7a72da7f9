"""What tests share that is costly: the verdicts on everything in ``proofs/``, sought once a session."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

from derive.cache import default_folder
from derive.checker import Limits, verify
from derive.render.record import Report

settings.register_profile("steady", derandomize=True)
settings.register_profile("exploring")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))  # the same examples in every run, unless asked


@pytest.fixture(scope="session")
def verified() -> Report:
    """The report of ``derive verify``; verdicts that are kept from an earlier run of this very program are used.

    A test that asks for it is marked ``xdist_group("verified")``, so that one worker has it made.
    """
    return verify(limits=Limits(timeout=30.0, folder=default_folder()))
