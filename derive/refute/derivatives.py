"""Derivatives and substitutions: a variable takes another value (one with a seed) in the terms below."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from derive.language.extents import Shape
from derive.language.terms import Apply, At, Deriv, Entry, Sym, Term
from derive.refute import arithmetic as ar
from derive.refute.arithmetic import ONE, CannotEvaluate, Dual
from derive.refute.arrays import Arr, Worth, entries, picked, size_of
from derive.refute.names import mentioned
from derive.refute.state import Code, Frame, Place, Scope, State

if TYPE_CHECKING:
    from derive.refute.evaluate import Program


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

    def run(frame: Frame, state: State) -> Worth:
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
    names = (name for body in bodies for name in mentioned(body))
    return frozenset(name for name in names if name in program.context.symbols and program.derived(name))


def substitution(program: Program, term: At, scope: Scope) -> tuple[Shape, Code]:
    """The body where the variable takes another value."""
    shape, body = program.compile(term.body, scope)
    value = program.compile(term.value, scope)[1]
    enter = _entering(program, term.var, scope, frozenset())

    def run(frame: Frame, state: State) -> Worth:
        return body(*enter(frame, state, value(frame, state)))

    return shape, run
