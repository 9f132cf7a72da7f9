"""What a proof hands to the judge: enough to check it again without searching."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from derive.language.terms import Rel, Term


@dataclass(frozen=True)
class Options:
    """How terms are read for a proof."""

    split_binary: bool = False
    without_facts: bool = False
    folded: frozenset[str] = frozenset()
    """Defined quantities that stand for themselves: what holds for any value of them holds for theirs."""
    entries: bool = False
    """Products of matrices over two or three numbers are written out, entry by entry."""


PLAIN = Options()


@dataclass(frozen=True)
class Reduction:
    """The difference of the two sides, read with these options, reduces to zero after these definitions are unfolded in
    turn."""

    options: Options = PLAIN
    unfolded: tuple[frozenset[str], ...] = ()

    def __str__(self) -> str:
        return "normal form" + (", case split on binary quantities" if self.options.split_binary else "")


@dataclass(frozen=True)
class Elimination:
    """A consequence of assumed relations: each is used in turn, as ``moves`` say, and the goal then reduces to zero.
    ``used`` are the numbers of those that are wanted, if not all are."""

    moves: tuple[Move, ...]
    options: Options = PLAIN
    used: tuple[int, ...] | None = None

    def __str__(self) -> str:
        return "; ".join(str(move) for move in self.moves) + "; normal form"


@dataclass(frozen=True)
class Positive:
    """An inequality: after ``moves`` its difference is a sum of terms that cannot be negative; if it were zero, 1 = 0
    would follow."""

    moves: tuple[Move, ...]
    refutation: tuple[Move, ...] = ()
    options: Options = PLAIN

    def __str__(self) -> str:
        used = "; ".join(str(move) for move in self.moves)
        strict = "; zero is impossible: " + "; ".join(str(move) for move in self.refutation) if self.refutation else ""
        return f"{used}; a sum of terms that are never negative{strict}"


_VERBS = {
    "solve": "solve hypothesis {} for {}",
    "weigh": "weigh hypothesis {} by {} and sum",
    "weigh over the first": "weigh hypothesis {} by {} and sum over the first index",
    "clear": "multiply hypothesis {} by {} where its inverse stands",
    "log": "take logarithms of hypothesis {}{}",
    "add": "sum hypothesis {} over {}",
    "terms": "each non-negative term of hypothesis {} is zero{}",
    "connected": "the graph of hypothesis {} is connected{}",
    "rewrite": "use the sum of hypothesis {}{}",
    "unroll": "use the recurrence of hypothesis {} at {}",
    "factor": "the goal is a multiple of hypothesis {}{}",
}


@dataclass(frozen=True)
class Move:
    """One use of hypothesis ``number``: solved for the quantity ``name``, or weighed by it and summed over its
    index."""

    kind: str
    number: int
    name: str

    def __str__(self) -> str:
        return _VERBS[self.kind].format(self.number + 1, _shown(self.kind, self.name))


_BOUND = re.compile(r"'\w+:(?P<length>.+)")
"""A bound index as it is kept: how deep it stands, and how far it goes."""


def _shown(kind: str, name: str) -> str:
    """What a move is about, as a reader knows it: nothing of how it is kept."""
    if kind == "unroll":
        _, _, places = name.removeprefix("ent:").removesuffix("()").rpartition("[")
        kept = [each for each in places.removesuffix("]").split(",") if not _BOUND.fullmatch(each)]
        return ", ".join(kept) if places and kept else name.removeprefix("ent:").removesuffix("()")
    bound = _BOUND.fullmatch(name)
    if bound is not None:
        return f"an index up to {bound['length']}"
    return name.replace("{}", "")


@dataclass(frozen=True)
class Induction:
    """The statement (or, about every index up to it, that about a ``size``) holds at the first value of an index, and
    at the next one if at this one."""

    index: str
    first: Evidence
    following: Evidence
    size: str = ""

    def __str__(self) -> str:
        return f"induction over {self.index} (first: {self.first}; next: {self.following})"


@dataclass(frozen=True)
class Unrolled:
    """Recurrences, also at other places than they are written for, used in turn as ``moves`` say."""

    moves: tuple[Move, ...]

    def __str__(self) -> str:
        return "; ".join(str(move) for move in self.moves) + "; normal form"


@dataclass(frozen=True)
class SquareRoot:
    """A goal with root ``number`` by itself, ``A = c √D``: it is linear in the root, A and c have the signs of
    ``upwards``, and the squares are equal."""

    number: int
    upwards: bool
    linear: Evidence
    parts: tuple[Evidence, ...]

    def __str__(self) -> str:
        return f"both sides of one sign, and equal squares: {self.parts[-1]}"


@dataclass(frozen=True)
class MatrixAlgebra:
    """A proof in the free algebra; ``proof`` is that engine's certificate. It is one for any matrices in the place of
    the ``opaque`` ones, whatever they are defined to be."""

    proof: object
    opaque: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "matrix algebra"


@dataclass(frozen=True)
class Stationary:
    """Feasible, and the gradient is a combination of the constraints' gradients.

    ``curvature`` says why that is an optimum: ``concave`` (or convex, for a minimum) in the variables, ``reciprocal``:
    in their inverses, ``logarithm``: so is the logarithm of a positive objective, ``boundary``: monotone up to the end
    of the domain, ``none``: only stationarity was asked for.
    """

    multipliers: tuple[Term | str, ...]
    curvature: str

    def __str__(self) -> str:
        found = "feasible, with a multiplier for each constraint; " if self.multipliers else ""
        why = {
            "concave": "stationary, and the second derivative has one sign: a global optimum",
            "reciprocal": "stationary, and the second derivative in the inverses has one sign: a global optimum",
            "logarithm": "positive throughout, and a global optimum of its logarithm",
            "boundary": "the derivative has one sign up to the end of the interval: a global optimum",
            "none": "stationary",
        }[self.curvature]
        return found + why


@dataclass(frozen=True)
class NonNegative:
    """The difference is a sum of terms that cannot be negative."""

    strict: bool = False
    options: Options = PLAIN

    def __str__(self) -> str:
        return "a sum of terms that are " + ("positive" if self.strict else "never negative")


@dataclass(frozen=True)
class Weighed:
    """The difference is a sum of hypotheses, each times a weight of the right sign, and of terms that cannot be
    negative."""

    options: Options = PLAIN

    def __str__(self) -> str:
        return "hypotheses times weights, and a sum of terms that are never negative"


@dataclass(frozen=True)
class Proportional:
    """One objective is a positive multiple of the other, plus a constant."""

    def __str__(self) -> str:
        return "a positive multiple plus a constant"


def _each(parts: tuple[Evidence, ...]) -> str:
    """The evidence of every part, once where it is the same."""
    return " / ".join(dict.fromkeys(str(part) for part in parts))


@dataclass(frozen=True)
class Chain:
    """Several conclusions, each with its own evidence."""

    parts: tuple[Evidence, ...] = field(default=())

    def __str__(self) -> str:
        return _each(self.parts)


@dataclass(frozen=True)
class ByCases:
    """What is piecewise, with evidence for where its argument is not negative and for where it is not positive; or,
    where the cases before leave only one of the two (``only``), for that, and for the claim in it."""

    piece: Term
    parts: tuple[Evidence, ...] = field(default=())
    only: str = ""

    def __str__(self) -> str:
        return f"in two cases: {_each(self.parts)}"


@dataclass(frozen=True)
class FirstValues:
    """Evidence for each value below 1 of an index, in turn, and for all its values from 1 on."""

    index: str
    parts: tuple[Evidence, ...] = field(default=())

    def __str__(self) -> str:
        return f"at the first values of {self.index} and from 1 on: {_each(self.parts)}"


@dataclass(frozen=True)
class WhereItSpeaks:
    """The claim holds of those values of its indices of which it speaks."""

    part: Evidence

    def __str__(self) -> str:
        return f"for the values of the indices that it is about: {self.part}"


@dataclass(frozen=True)
class WithMoments:
    """The claim holds with the moments and the logarithms of normal densities written out."""

    part: Evidence

    def __str__(self) -> str:
        return f"moments and densities of normal distributions written out; {self.part}"


@dataclass(frozen=True)
class WithMembers:
    """The claim holds with some members of sequences as equations give them, in one of the ways (``way``) to put these
    in, whatever the other members are."""

    way: int
    part: Evidence

    def __str__(self) -> str:
        return f"with members of sequences as their recurrences give them: {self.part}"


@dataclass(frozen=True)
class WithoutExtreme:
    """The claim holds of every number in the place of a greatest one that none of them exceeds (``way`` 0), or of each
    of them (1)."""

    way: int
    part: Evidence

    def __str__(self) -> str:
        greatest = "each of the numbers" if self.way else "any number that none of them exceeds"
        return f"of {greatest} in the place of the greatest: {self.part}"


@dataclass(frozen=True)
class WithAnyValues:
    """The step holds with any numbers in place of defined ones of which both sides speak."""

    part: Evidence

    def __str__(self) -> str:
        return f"whatever the values of the numbers in it: {self.part}"


@dataclass(frozen=True)
class WithSlack:
    """The claim holds where what is assumed to be at most something is that less a number that is not negative."""

    part: Evidence

    def __str__(self) -> str:
        return f"with the slack of what is assumed: {self.part}"


@dataclass(frozen=True)
class Termwise:
    """Two sums over one range are equal term by term."""

    part: Evidence

    def __str__(self) -> str:
        return f"term by term: {self.part}"


@dataclass(frozen=True)
class Shapes:
    """The inferred shape is the stated one."""

    def __str__(self) -> str:
        return "shape inference"


@dataclass(frozen=True)
class Enclosure:
    """A ball that contains the exact value lies within the printed digits."""

    def __str__(self) -> str:
        return "computed exactly, every printed digit agrees"


Evidence = (
    Reduction
    | Elimination
    | Positive
    | Induction
    | Unrolled
    | SquareRoot
    | MatrixAlgebra
    | Stationary
    | NonNegative
    | Weighed
    | Proportional
    | Chain
    | ByCases
    | FirstValues
    | Termwise
    | WhereItSpeaks
    | WithMembers
    | WithMoments
    | WithoutExtreme
    | WithAnyValues
    | WithSlack
    | Shapes
    | Enclosure
)


@dataclass(frozen=True)
class Condition:
    """Something that must hold for the statement to make sense, in terms of the author's own quantities."""

    relation: Rel | Term
