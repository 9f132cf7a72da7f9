"""Goes through a certificate step by step. It shares with the prover the data of terms and claims, and no code."""

from collections.abc import Mapping
from typing import Any

from derive.language.claims import Statement
from derive.language.context import Context
from derive.replay import steps
from derive.replay.data import Refused
from derive.replay.rewrites import check
from derive.replay.steps import says_the_same

__all__ = ["Refused", "count", "of_rewrites", "replay", "says_the_same"]


def replay(data: Mapping[str, Any]) -> tuple[Statement, Context]:
    """The statement that a certificate shows, and in which context; ``Refused`` where it does not."""
    return check.replay(data) if of_rewrites(data) else steps.replay(data)


def of_rewrites(data: Mapping[str, Any]) -> bool:
    """Whether a certificate is one of rewrites: the small replay goes through it."""
    return bool(data.get("format") == check.FORMAT)


def count(data: Mapping[str, Any]) -> int:
    """How many steps a certificate has."""
    return check.count(data["proofs"]) if of_rewrites(data) else steps.count(data)
