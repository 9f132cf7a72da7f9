"""A point, and what symbols are worth there; derivatives and substitutions change that for the terms below them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from flint import fmpq

from derive.language.effort import METER, is_over
from derive.language.extents import Range, Shape
from derive.language.terms import Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import CannotEvaluate, Number, Undefined
from derive.refute.arrays import Worth
from derive.refute.unknown import Unknowns

if TYPE_CHECKING:
    from derive.refute.evaluate import Program

T = TypeVar("T")
Frame = dict[str, object]
"""What the names bound around a term are worth, and the sizes."""
Code = Callable[[Frame, "State"], Worth]
ScalarCode = Callable[[Frame, "State"], Number]
WholeCode = Callable[[Frame, "State"], int]
LengthCode = Callable[[Frame], int]
Scope = Mapping[str, Range | Shape]
EMPTY: Scope = MappingProxyType({})
Place = tuple[int, ...]
PlaceCode = Callable[[Frame, "State"], Place]
MISSING: Worth = object()
"""Stands where nothing was computed yet (``None`` says that it is being computed)."""


@dataclass
class Point:
    """A choice of every size and free quantity; ``values[name][subscripts]`` is one member of a family.

    Unknown functions have closed integrals where it is ``integrable``, and are in steps where it is ``stepped``.
    """

    sizes: dict[str, int]
    values: dict[str, dict[Place, Worth]]
    seed: str = ""
    deadline: float | None = None
    integrable: bool = False
    stepped: bool = False
    given: dict[Term, dict[str, dict[Place, Worth]]] = field(init=False, default_factory=dict)
    """Equations that members were worked out by, each with all values that it was worked out from, and to."""
    unknowns: Unknowns = field(init=False)
    states: dict[int, State] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.unknowns = Unknowns(self.seed, self.integrable, self.stepped)

    def state(self, program: Program) -> State:
        """What symbols are worth here, at the working precision; what was computed of them is kept."""
        found = self.states.get(ar.bits())
        if found is None or found.program is not program:
            found = self.states[ar.bits()] = State(program, self)
        return found

    def put(self, name: str, members: dict[Place, Worth]) -> None:
        """Give a quantity other values; what was computed of the old ones is forgotten."""
        self.values[name] = members
        self.forget()

    def forget(self) -> None:
        """Let go of what was computed here."""
        self.states.clear()

    def check_time(self) -> None:
        """``OutOfTime`` once the deadline has passed, or the work allowed is done."""
        if is_over(self.deadline):
            raise ar.OutOfTime("out of time")


class State:
    """What symbols are worth here: the point, and what derivatives and substitutions above have changed."""

    __slots__ = (
        "changed",
        "families",
        "functions",
        "held",
        "homes",
        "memo",
        "names",
        "parent",
        "point",
        "program",
        "worked_out",
    )

    def __init__(
        self,
        program: Program,
        point: Point,
        parent: State | None = None,
        changed: dict[str, dict[Place, Worth]] | None = None,
        held: frozenset[str] = frozenset(),
        functions: tuple[tuple[str, Place, list[Number], Worth], ...] = (),
    ) -> None:
        self.program = program
        self.point = point
        self.parent = parent
        self.changed = changed or {}
        self.held = held
        self.functions = functions
        names = frozenset(self.changed)
        self.names = names | {f"{row[0]}()" for row in functions} if functions else names
        self.memo: dict[tuple[str, Place], Worth | None] = {}
        self.families: dict[tuple[str, tuple[object, ...]], dict[Place, Worth]] = {}
        self.worked_out: dict[object, tuple[object, int]] = {}
        self.homes: dict[str, _Home] = {}

    def below(self, name: str, place: Place, value: Worth, held: frozenset[str] = frozenset()) -> State:
        """This state with one quantity changed, and the ``held`` ones as they are here."""
        return State(self.program, self.point, self, {name: {place: value}}, held, self.functions)

    def symbol(self, name: str, place: Place) -> Worth:
        """What a declared quantity is worth."""
        METER.done += 1
        if METER.done > METER.end:
            raise ar.OutOfTime("out of time")
        home = self.homes.get(name)
        if home is None:
            home = self.homes[name] = self._home(name)
        changed, drawn, state = home
        for members in changed:
            if place in members:
                return members[place]
        if drawn:
            return _drawn(self.point, name, place)
        return (self if state is None else state)._unfolded(name, place)

    def once(self, key: object, make: Callable[[], T]) -> T:
        """What ``make`` works out in this state and from nothing else but the key, worked out once. It counts as work
        each time: where a search ends must not depend on what was asked before it."""
        known = self.worked_out.get(key)
        if known is None:
            before = METER.done
            known = self.worked_out[key] = (make(), METER.done - before)
        else:
            METER.done += known[1]
        return known[0]  # type: ignore[return-value] # what make() gave for this key

    def _home(self, name: str) -> _Home:
        """Other values that a quantity has here or further out, the innermost first; whether it is drawn; and the state
        in which it is computed, if that is not this one (which so does not hold itself, and is freed when it is done
        with): outwards, as far as nothing changed on the way touches it."""
        found: list[dict[Place, Worth]] = []
        derived = self.program.derived(name)
        reach = self.program.reach(name) if derived else frozenset()
        here: State | None = self
        while here is not None:
            if name in here.changed:
                found.append(here.changed[name])
            if derived and (here.parent is None or (name not in here.held and not reach.isdisjoint(here.names))):
                break
            here = here.parent
        return tuple(found), here is None, None if here is self else here

    def _unfolded(self, name: str, place: Place) -> Worth:
        """What a defined quantity is worth here, computed once."""
        key = (name, place)
        known = self.memo.get(key, MISSING)
        if known is None:
            raise CannotEvaluate(f"the definition of {name} needs itself")
        if known is not MISSING:
            return known
        self.memo[key] = value = None
        try:
            value = self.program.unfold(name, place, self)
        finally:  # nothing may stay behind that says it is being computed
            if value is None:
                del self.memo[key]
        self.memo[key] = value
        return value

    def function_value(self, name: str, place: Place, inputs: list[Number]) -> Worth | None:
        """The value a derivative holds this function at, if these are the arguments."""
        for held, where, at, value in self.functions:
            if held == name and where == place and _same_inputs(at, inputs):
                return value
        return None


_Home = tuple[tuple[dict[Place, Worth], ...], bool, State | None]
"""Where a quantity has its worth from; see ``State._home``."""


def _drawn(point: Point, name: str, place: Place) -> Worth:
    """The value chosen for a free quantity."""
    try:
        return point.values[name][place]
    except KeyError:
        shown = f"{name}_{{{', '.join(map(str, place))}}}" if place else name
        raise Undefined(f"{shown} is outside its range") from None


def _same_inputs(left: list[Number], right: list[Number]) -> bool:
    if len(left) != len(right):
        return False
    for a, b in zip(left, right, strict=True):
        difference = ar.primal(a) - ar.primal(b)
        if isinstance(difference, fmpq):
            if difference != 0:
                return False
        elif not difference.contains(0):
            return False
    return True
