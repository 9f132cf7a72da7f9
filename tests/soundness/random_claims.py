"""Random claims by number, true ones and false ones, given to the prover alone; what it proves, the refuter attacks."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from fractions import Fraction
from functools import partial
from itertools import islice
from typing import TypeVar

from derive.language.claims import Claim, Compare, Equal, Statement, Step
from derive.language.edits import edits
from derive.language.operators import ShapeError
from derive.language.terms import Big, Deriv, Entry, Index, Num, Op, Rel, Sym, Term, rebuild, subterms
from derive.prove.workbench import Workbench
from derive.refute.arithmetic import CannotEvaluate
from tests.soundness.alone import proof, witness
from tests.strategies import ARRAYS, CONTEXT, ENTRIES, FREE, Grower

Option = TypeVar("Option")
Draw = random.Random

SECONDS = 0.1
"""For the prover, for one claim."""
ATTACK = 1.0
"""For the refuter, where the prover had a proof."""
ZERO, ONE, TWO = (Num(Fraction(n)) for n in range(3))
RELATIONS = (">=", ">", "<=", "<", "!=")


@dataclass
class Tally:
    """What became of random claims; ``wrong`` were proved and refuted."""

    claims: Counter[str] = field(default_factory=Counter)
    proved: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, claims: dict[str, int], proved: dict[str, int], wrong: list[str]) -> Tally:
        """A tally again, from plain data."""
        return cls(Counter(claims), Counter(proved), wrong)

    def add(self, other: Tally) -> None:
        """Take in another tally."""
        for each in fields(self):
            getattr(self, each.name).__iadd__(getattr(other, each.name))

    def __str__(self) -> str:
        rows = [f"{kind}: {self.claims[kind]:,}, {self.proved[kind]:,} proved" for kind in sorted(self.claims)]
        whole = f"{self.claims.total():,} claims, {self.proved.total():,} proved, {len(self.wrong)} of them falsely"
        return "\n".join([whole, *rows])


def examined(first: int, count: int, deepest: int = 3) -> Tally:
    """Claims ``first`` to ``first + count - 1``: each is shown to the prover, and what it proves to the refuter."""
    tally = Tally()
    bench = Workbench(CONTEXT)
    for number in range(first, first + count):
        kind, statement = drawn(number, deepest)
        claim = Claim(f"random.{number}", statement, CONTEXT)
        tally.claims[kind] += 1
        if proof(claim, SECONDS, bench) is None:
            continue
        tally.proved[kind] += 1
        found = refuted(claim)
        if found:
            tally.wrong.append(f"{number} ({kind}): {statement}\n    {found}")
    return tally


def refuted(claim: Claim) -> str:
    """The counterexample, in words, or nothing."""
    try:
        found = witness(claim, ATTACK, effort=2)
    except (CannotEvaluate, ShapeError):
        return ""
    return "" if found is None else str(found)


# -- claims ------------------------------------------------------------------------------------------------------------
def drawn(number: int, deepest: int = 3) -> tuple[str, Statement]:
    """The kind of claim of this number, and the claim; the same each time."""
    draw = random.Random(number)
    kind = draw.choices(list(KINDS), [weight for weight, _ in KINDS.values()])[0]
    return kind, KINDS[kind][1](draw, draw.randint(1, deepest))


def _scalar(draw: Draw, depth: int, smooth: bool = False) -> Term:
    return Grower(draw.randrange, smooth).scalar(depth, FREE)


def _any(draw: Draw, depth: int) -> Term:
    grow = Grower(draw.randrange, False)
    return draw.choice((grow.scalar, grow.scalar, grow.vector, grow.matrix))(depth, FREE)


def _rearranged(draw: Draw, depth: int) -> Statement:
    one = _any(draw, depth)
    return Equal(one, rearranged(one, draw))


def _damaged(draw: Draw, depth: int) -> Statement:
    one = _any(draw, depth)
    return Equal(one, rearranged(slipped(one, draw), draw))


def _unlike(draw: Draw, depth: int) -> Statement:
    return Equal(_scalar(draw, depth - 1), _scalar(draw, depth - 1))


def _derivative(draw: Draw, depth: int) -> Statement:
    """A derivative of a product or a composition, and what the rule says; or the rule with a slip in it."""
    one, two = _scalar(draw, depth - 1, smooth=True), _scalar(draw, depth - 1, smooth=True)
    inside = set(subterms(one)) | set(subterms(two))
    held = [each for each in (*ENTRIES, *ARRAYS) if each in inside]
    wrt = draw.choice(held or [*ENTRIES, *ARRAYS])
    d: Callable[[Term], Term] = partial(Deriv, wrt=wrt)
    left, right = draw.choice(
        (
            (d(one * two), d(one) * two + d(two) * one),
            (d(one + two), d(two) + d(one)),
            (d(Op("tanh", (one,))), (ONE - Op("pow", (Op("tanh", (one,)), TWO))) * d(one)),
            (d(Op("exp", (Op("sin", (one,)),))), Op("exp", (Op("sin", (one,)),)) * Op("cos", (one,)) * d(one)),
            (d(one / (ONE + two * two)), (d(one) * (ONE + two * two) - one * two * d(two) * TWO) / _square(two)),
        )
    )
    return Equal(left, right if draw.random() < 0.5 else slipped(right, draw))


def _square(two: Term) -> Term:
    return Op("pow", (ONE + two * two, TWO))


def _bound(draw: Draw, depth: int) -> Statement:
    """A relation between two scalars; often a square or a sum of squares is among them."""
    one, two = _scalar(draw, depth - 1), _scalar(draw, depth - 1)
    left = draw.choice(
        (
            one,
            one * one,
            one * one + two * two,
            Op("pow", (one - two, TWO)),
            one * one + two * two + (one * two if draw.random() < 0.5 else one * two * draw.choice((TWO, -TWO))),
            Op("exp", (Op("tanh", (one,)),)),
            Op("abs", (one,)),
            Grower(draw.randrange, False).positive(depth, FREE),
        )
    )
    right = draw.choice((ZERO, ZERO, ONE, two, one * two, -(one * one), Op("neg", (Op("abs", (two,)),))))
    sides = (left, right) if draw.random() < 0.7 else (right, left)
    return Compare(draw.choice(RELATIONS), *(rearranged(side, draw) for side in sides))


def _consequence(draw: Draw, depth: int) -> Statement:
    """What is to follow from one or two equations about plain quantities."""
    names: list[Term] = [Sym("a"), Sym("b"), Sym("p"), Sym("q"), *(Sym(n, (Index("n"),)) for n in ("y", "c"))]
    one, two = draw.sample(names, 2)
    f, g = (draw.choice((_simple(draw, names), ONE, TWO, ZERO)) for _ in range(2))
    hypotheses: list[Rel] = [
        draw.choice((Rel("=", one * f, g), Rel("=", one + f, two), Rel("=", one * two, g), Rel("=", one * one, g * g)))
    ]
    if draw.random() < 0.4:
        hypotheses.append(Rel("=", draw.choice(names) + _simple(draw, names), _simple(draw, names)))
    conclusion = draw.choice(
        (
            Rel("=", one, g / f),
            Rel("=", one, two - f),
            Rel("=", two, g / one),
            Rel("=", one, g),
            Rel("=", one * one * f, g * one),
            Rel("=", Big("sum", "k", CONTEXT.indices["n"], one), Big("sum", "k", CONTEXT.indices["n"], g / f)),
            Rel("=", _simple(draw, names), _simple(draw, names)),
        )
    )
    return Step(tuple(hypotheses), (conclusion,), both=draw.random() < 0.3)


def _simple(draw: Draw, names: Sequence[Term]) -> Term:
    one, two = draw.choice(names), draw.choice(names)
    return draw.choice((one, one * two, one + two, one - two, Op("neg", (one,)), Num(Fraction(draw.randint(-2, 3)))))


KINDS: dict[str, tuple[int, Callable[[Draw, int], Statement]]] = {
    "equal, rearranged": (28, _rearranged),
    "equal, one slip": (28, _damaged),
    "equal, at random": (5, _unlike),
    "derivative": (15, _derivative),
    "comparison": (20, _bound),
    "consequence": (4, _consequence),
}
"""How often each kind is drawn, and what draws it."""


# -- terms -------------------------------------------------------------------------------------------------------------
def slipped(term: Term, draw: Draw) -> Term:
    """A term with one slip in it, one of the first forty."""
    options = list(islice(edits(term, CONTEXT), 40))
    return draw.choice(options).term if options else term


def rearranged(term: Term, draw: Draw) -> Term:
    """A term that means the same wherever both are defined, written another way here and there."""
    term = rebuild(term, lambda part: rearranged(part, draw))
    if draw.random() < 0.5:
        return term
    match term:
        case Op("add", (one, two)):
            return two + one
        case Op("div", (one, two)):
            return Op("mul", (one, Op("pow", (two, Num(Fraction(-1))))))
        case Op("neg", (one,)):
            return one - one - one
        case Op("pow", (one, Num(value))) if value == 2:
            return one * one
        case Op("pow", (one, Num(value))) if value == 3:
            return one * Op("pow", (one, TWO))
        case Op("sqrt", (one,)):
            return Op("pow", (one, Num(Fraction(1, 2))))
        case Op("logistic", (Sym() | Entry() | Num() as one,)):
            return ONE / (ONE + Op("exp", (Op("neg", (one,)),)))
        case Op("tanh", (Sym() | Entry() | Num() as one,)):
            return Op("div", (Op("exp", (TWO * one,)) - ONE, Op("exp", (TWO * one,)) + ONE))
        case Big("sum", var, range_, Op("add", args), None):
            return Op("add", tuple(Big("sum", var, range_, each) for each in args))
        case Op("transpose", (Op("transpose", (one,)),)):
            return one
    return term
