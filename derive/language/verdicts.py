"""The answers: proved, refuted, undecided, unread. Four types, never a truth value. Only ``derive.judge`` makes
them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from derive.language.terms import Term


@dataclass(frozen=True)
class Witness:
    """An admissible point where the two sides differ.

    ``values`` are decimal or exact texts by name, nested lists for families and arrays; ``left`` and ``right`` what the
    two sides are worth there; ``note`` says in words what differs (for kinds of claim that are not two sides).
    """

    sizes: Mapping[str, int]
    values: Mapping[str, object]
    left: str
    right: str
    note: str = ""


class _NoBool:
    def __bool__(self) -> bool:
        raise TypeError(f"a verdict is not a truth value: match on its type ({type(self).__name__})")


@dataclass(frozen=True)
class Proved(_NoBool):
    """Holds. ``scope`` is ``"all sizes"`` or the exact sizes checked; ``conditions`` must hold for it to make sense;
    ``found`` names what the proof had to find (multipliers); ``untested`` says why no number could be tried on it.
    ``on_lines`` marks a step that follows only with the lines before it, and that no number tested: it is worth no more
    than those lines (``derive.judge.relying`` settles it). ``everywhere`` marks a step whose conclusion is an identity:
    it needs none of what it was to follow from.
    """

    scope: str | Mapping[str, int]
    conditions: tuple[Term | str, ...] = ()
    evidence: str = ""
    found: tuple[tuple[str, Term | str], ...] = ()
    untested: str = ""
    on_lines: bool = False
    everywhere: bool = False


@dataclass(frozen=True)
class Refuted(_NoBool):
    """Does not hold; ``witness`` shows it. ``suggestion`` is a proved repair in the author's notation, if one was
    found, and ``instead_of`` the author's own text that it would take the place of."""

    witness: Witness
    suggestion: Term | str | None = None
    reason: str = ""
    instead_of: str = ""


@dataclass(frozen=True)
class Undecided(_NoBool):
    """Neither; ``reason`` says what was tried."""

    reason: str


@dataclass(frozen=True)
class Unread(_NoBool):
    """Could not be read or has no meaning as written (a shape error is one); ``reason`` says what was expected."""

    reason: str


class Contradiction(Exception):
    """A claim was both proved and refuted: a bug of ours, reported as one and never turned into a verdict."""


Verdict = Proved | Refuted | Undecided | Unread
