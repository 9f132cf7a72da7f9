"""Goes through a certificate step by step. It shares with the prover the data of terms and claims, and no code."""

from derive.replay.polynomials import Refused
from derive.replay.steps import count, replay, says_the_same

__all__ = ["Refused", "count", "replay", "says_the_same"]
