"""What a row of the tables says: a true statement of some kind, and its damaged twin, in declarations of its own."""

from __future__ import annotations

from dataclasses import dataclass

from derive.authoring import Derivation
from derive.language.claims import Claim


@dataclass(frozen=True)
class Identity:
    """``left = right`` is true, ``left = wrong`` is not."""

    name: str
    given: str
    left: str
    right: str
    wrong: str

    def state(self, d: Derivation, damaged: bool) -> None:
        """State the row, or its damaged twin."""
        d.equal("row", self.left, self.wrong if damaged else self.right)


@dataclass(frozen=True)
class Bound:
    """``left op right`` is true, ``left op wrong`` is not."""

    name: str
    given: str
    left: str
    op: str
    right: str
    wrong: str

    def state(self, d: Derivation, damaged: bool) -> None:
        """State the row, or its damaged twin."""
        d.compare("row", self.left, self.op, self.wrong if damaged else self.right)


@dataclass(frozen=True)
class Best:
    """``objective`` is greatest (or least) over ``over`` at ``at``, not at ``wrong``, under ``subject_to``."""

    name: str
    given: str
    kind: str
    objective: str
    over: tuple[str, ...]
    at: tuple[str, ...]
    wrong: tuple[str, ...]
    subject_to: tuple[str, ...] = ()

    def state(self, d: Derivation, damaged: bool) -> None:
        """State the row, or its damaged twin."""
        at = self.wrong if damaged else self.at
        d.optimum("row", self.kind, objective=self.objective, over=self.over, at=at, subject_to=self.subject_to)


@dataclass(frozen=True)
class Semidefinite:
    """``matrix`` is positive semidefinite, ``wrong`` is not."""

    name: str
    given: str
    matrix: str
    wrong: str

    def state(self, d: Derivation, damaged: bool) -> None:
        """State the row, or its damaged twin."""
        d.psd("row", self.wrong if damaged else self.matrix)


@dataclass(frozen=True)
class Follows:
    """``conclusion`` follows from the ``hypotheses``, ``wrong`` does not."""

    name: str
    given: str
    hypotheses: tuple[str, ...]
    conclusion: str
    wrong: str

    def state(self, d: Derivation, damaged: bool) -> None:
        """State the row, or its damaged twin."""
        d.step("row", self.hypotheses, [self.wrong if damaged else self.conclusion])


Row = Identity | Bound | Best | Semidefinite | Follows


def claim_of(row: Row, damaged: bool = False) -> Claim:
    """The one claim that a row states."""
    d = Derivation(f"identities/{'twins' if damaged else 'rows'}", title=row.name, context=row.given)
    row.state(d, damaged)
    (claim,) = d.build().claims
    return claim
