"""Looks for certificates: the steps by which ``derive.replay`` gets from a claim to zero. Nothing here is trusted."""

from typing import Any

from derive.certify.rewriting import rewrites
from derive.certify.search import certificate as steps
from derive.language.claims import Claim

__all__ = ["certificate", "rewrites", "steps"]


def certificate(claim: Claim) -> dict[str, Any] | None:
    """A certificate of a claim, of rewrites where they are found, or None. The replay has gone through it."""
    return rewrites(claim) or steps(claim)
