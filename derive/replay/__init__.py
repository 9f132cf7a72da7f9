"""Goes through a certificate rewrite by rewrite. It shares with the prover the data of terms, and no code."""

from derive.replay.certificates import conditions, replay, says_the_same
from derive.replay.data import Refused

__all__ = ["Refused", "conditions", "replay", "says_the_same"]
