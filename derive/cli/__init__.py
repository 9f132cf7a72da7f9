"""The commands, one file each. Everything heavy is imported inside the command that needs it, so that
``derive --help`` is instant."""

from __future__ import annotations

import gc
import os
import sys

import derive.cli.starting as starting  # before all others
from derive.cli import batch, cache, check, equal, explain, kernels, listing, replay, report, verify
from derive.cli.program import app

starting.loaded()


def main() -> None:
    """The ``derive`` command."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices; and threads do not survive a fork
    if sys.stdout is None:
        sys.stderr.write("derive: what there is to say cannot be written: standard output is closed\n")
        sys.exit(2)
    gc.set_threshold(100_000, 50, 100)  # what is read is kept: looking through all of it for cycles finds few
    app()


__all__ = [
    "app",
    "batch",
    "cache",
    "check",
    "equal",
    "explain",
    "kernels",
    "listing",
    "main",
    "replay",
    "report",
    "verify",
]
