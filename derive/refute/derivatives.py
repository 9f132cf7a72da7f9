"""Derivatives and substitutions: a variable takes another value (one with a seed) in the terms below."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from flint import arb, fmpq

from derive.language.dependencies import is_moved_inside
from derive.language.extents import Range, Shape
from derive.language.terms import Apply, At, Deriv, Entry, Index, Sym, Term, subterms
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, CannotEvaluate, Dual, Imprecise, Number, OutOfTime, Undefined
from derive.refute.arrays import Arr, Worth, entries, picked, size_of
from derive.refute.names import free_indices, mentioned
from derive.refute.state import Code, Frame, Place, Scope, State

if TYPE_CHECKING:
    from derive.refute.evaluate import Program

Members = dict[Place, Worth]
"""A derivative in each member of a family."""
_KEYS = count()


def derivative(program: Program, term: Deriv, scope: Scope) -> tuple[Shape, Code]:
    """All partial derivatives at once: the variable carries one seed per entry, and the seeds' parts are read off."""
    shape, body, held = (
        _local_body(program, term, scope) if term.local else (*program.compile(term.body, scope), frozenset())
    )
    wrt, indices = (term.wrt.base, term.wrt.indices) if isinstance(term.wrt, Entry) else (term.wrt, ())
    base_shape, base = program.compile(wrt, scope)
    wrt_shape = base_shape[len(indices) :]
    entry_places = program.places_of(indices, scope)
    enter = _entering(program, wrt, scope, held)
    out = wrt_shape if not shape else shape if not wrt_shape else (*shape, *wrt_shape)
    together = _Family(program, term, body, held, scope) if _is_of_a_family(program, term, scope) else None

    def run(frame: Frame, state: State) -> Worth:
        if together is not None:
            known = together.member(frame, state)
            if known is not None:
                return known
        tag = ar.new_tag()
        seeded, dims = _seeded(base(frame, state), entry_places(frame, state), tag)
        inner_frame, inner_state = enter(frame, state, seeded)
        with program.deeper():
            value = body(inner_frame, inner_state)
        seeds = range(size_of(dims))
        data = [ar.part_of(entry, tag, seed) for entry in entries(value) for seed in seeds]
        lengths = (value.dims if isinstance(value, Arr) else ()) + dims
        return Arr(lengths, data) if lengths else data[0]

    return out, run


def _is_of_a_family(program: Program, term: Deriv, scope: Scope) -> bool:
    """Whether this is the derivative in each member of a drawn family: ``∂L/∂μ_kw``, for all k and w."""
    wrt = term.wrt
    if not isinstance(wrt, Sym) or not wrt.indices or wrt.name in scope or wrt.name not in program.context.symbols:
        return False
    names = [
        index.name for index in wrt.indices if isinstance(index, Index) and isinstance(scope.get(index.name), Range)
    ]
    return len(set(names)) == len(wrt.indices) and not program.derived(wrt.name)


class _Family:
    """The derivatives in all members of a family from one run, where they come out as numbers. Where they do not, or
    have no meaning for some member, each is computed by itself."""

    def __init__(self, program: Program, term: Deriv, body: Code, held: frozenset[str], scope: Scope) -> None:
        bound = {part.name for part in subterms(term.body) if isinstance(part, Sym)}
        self.program, self.body, self.held = program, body, held
        self.name = term.wrt.name if isinstance(term.wrt, Sym) else ""
        self.places = program.places_of(term.wrt.indices if isinstance(term.wrt, Sym) else (), scope)
        free = set(free_indices(term.body, program.context))
        self.used = tuple(name for name in scope if name in free or name in bound)
        self.key = f"∂{next(_KEYS)}"

    def member(self, frame: Frame, state: State) -> Worth | None:
        """The derivative in the member that is asked for, if it is known from those of all."""
        place = tuple(map(frame.get, self.used))
        for at in place:
            if type(at) is not int:
                return None
        key = (self.key, place)
        found = state.families.get(key)
        if found is None:
            found = state.families[key] = self._all(frame, state)
        return found.get(self.places(frame, state))

    def _all(self, frame: Frame, state: State) -> Members:
        try:
            return self._together(frame, state)
        except OutOfTime:
            raise
        except (Undefined, Imprecise, CannotEvaluate):
            return {}

    def _together(self, frame: Frame, state: State) -> Members:
        tag = ar.new_tag()
        changed: Members = {}
        seeds: list[tuple[Place, tuple[int, ...], int]] = []
        count = 0
        for place in state.point.values[self.name]:
            value = state.symbol(self.name, place)
            seeds.append((place, value.dims if isinstance(value, Arr) else (), count))
            data = [Dual(tag, entry, {count + at: ONE}) for at, entry in enumerate(entries(value))]
            count += len(data)
            changed[place] = Arr(value.dims, data) if isinstance(value, Arr) else data[0]
        inner = State(self.program, state.point, state, {self.name: changed}, self.held, state.functions)
        with self.program.deeper():
            value = self.body(dict(frame), inner)
        if not all(_is_number(part) for entry in entries(value) for part in _parts(entry, tag)):
            return {}
        outer = value.dims if isinstance(value, Arr) else ()
        return {place: _read_off(entries(value), tag, start, outer, dims) for place, dims, start in seeds}


def _parts(entry: Number, tag: int) -> list[Number]:
    return list(entry.parts.values()) if isinstance(entry, Dual) and entry.tag == tag else []


def _is_number(value: Number) -> bool:
    """Whether this is a fraction or a ball, as are its derivatives."""
    if isinstance(value, Dual):
        return _is_number(value.value) and all(_is_number(part) for part in value.parts.values())
    return isinstance(value, fmpq | arb)


def _read_off(values: list[Number], tag: int, start: int, outer: tuple[int, ...], dims: tuple[int, ...]) -> Worth:
    """The derivatives of some values in the seeds of one member."""
    seeds = range(start, start + size_of(dims))
    data = [ar.part_of(entry, tag, seed) for entry in values for seed in seeds]
    return Arr(outer + dims, data) if outer or dims else data[0]


def _seeded(value: Worth, place: Place, tag: int) -> tuple[Worth, tuple[int, ...]]:
    """The value with one seed per entry (of the part at ``place``), and the lengths of that part."""
    if not isinstance(value, Arr):
        return Dual(tag, value, {0: ONE}), ()
    part = picked(value, place) if place else value
    dims = part.dims if isinstance(part, Arr) else ()
    step = size_of(dims)
    start = 0
    for at, length in zip(place, value.dims, strict=False):
        start = start * length + at - 1
    start *= step
    data = list(value.data)
    for seed in range(step):
        data[start + seed] = Dual(tag, data[start + seed], {seed: ONE})
    return Arr(value.dims, data), dims


def _entering(
    program: Program, wrt: Term, scope: Scope, held: frozenset[str]
) -> Callable[[Frame, State, Worth], tuple[Frame, State]]:
    """How a variable takes another value in the terms below."""
    match wrt:
        case Sym(name, ()) if name in scope:
            return lambda frame, state, value: ({**frame, name: value}, state)
        case Sym(name, indices):
            places = program.places_of(indices, scope)
            return lambda frame, state, value: (
                dict(frame),
                state.below(name, places(frame, state), value, held - {name} if not indices else held),
            )
        case Apply(name, args, indices):
            function = program.context.functions.get(name)
            if function is None or function.builtin is not None:
                raise CannotEvaluate(f"a derivative in the value of {name}, which is not a function of its own")
            places = program.places_of(indices, scope)
            codes = [program.compile(arg, scope)[1] for arg in args]

            def enter(frame: Frame, state: State, value: Worth) -> tuple[Frame, State]:
                inputs = [entry for code in codes for entry in entries(code(frame, state))]
                row = (name, places(frame, state), inputs, value)
                return dict(frame), State(program, state.point, state, {}, held, (*state.functions, row))

            return enter
    raise CannotEvaluate("a derivative in something that is not a variable, an entry of one, or a function value")


def _local_body(program: Program, term: Deriv, scope: Scope) -> tuple[Shape, Code, frozenset[str]]:
    """The body with its own definition opened, and the defined quantities in that definition, which stay fixed."""
    base = term.body.base if isinstance(term.body, Entry) else term.body
    if isinstance(base, Sym) and not (base.name in scope and not base.indices):
        decl = program.context.symbols.get(base.name)
        if decl is not None and (decl.definition is not None or decl.depends is not None):
            bodies = program.bodies(base.name)
            places = program.places_of(base.indices, scope)
            name = base.name
            pick = program.places_of(term.body.indices, scope) if isinstance(term.body, Entry) else None

            def opened(frame: Frame, state: State) -> Worth:
                value = program.unfold(name, places(frame, state), state)
                return picked(value, pick(frame, state)) if pick is not None else value

            return program.compile(term.body, scope)[0], opened, _defined_in(program, bodies)
    shape, code = program.compile(term.body, scope)
    extra = program.bodies(f"{base.name}()") if isinstance(base, Apply) else ()
    return shape, code, _defined_in(program, (term.body, *extra))


def _defined_in(program: Program, bodies: tuple[Term, ...]) -> frozenset[str]:
    names = [name for body in bodies for name in mentioned(body)]
    return frozenset(name for name in names if name in program.context.symbols and program.derived(name))


def substitution(program: Program, term: At, scope: Scope) -> tuple[Shape, Code]:
    """The body where the variable takes another value."""
    if is_moved_inside(program.context, term.body, term.var.name):
        raise CannotEvaluate(f"a value for {term.var.name} in a derivative in what it is made of")
    shape, body = program.compile(term.body, scope)
    value = program.compile(term.value, scope)[1]
    enter = _entering(program, term.var, scope, frozenset())

    def run(frame: Frame, state: State) -> Worth:
        return body(*enter(frame, state, value(frame, state)))

    return shape, run
