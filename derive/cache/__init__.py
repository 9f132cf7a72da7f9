"""Verdicts kept on disk, so that nothing is judged twice."""

from __future__ import annotations

from derive.cache.keys import ClaimDigests, digest, program_digest, tree_digest
from derive.cache.store import PROGRAMS_KEPT, Store, clear, default_folder, info

__all__ = [
    "PROGRAMS_KEPT",
    "ClaimDigests",
    "Store",
    "clear",
    "default_folder",
    "digest",
    "info",
    "program_digest",
    "tree_digest",
]
