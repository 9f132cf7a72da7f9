"""Consequences of assumed relations: solved for a quantity, weighed and summed, or found as a factor of the goal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from itertools import product as cartesian

from derive.language.shapes import shape_of
from derive.language.terms import Rel
from derive.prove import facts, restricted, signs
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ZERO, Atom, Ix, Poly, add, exponent, heads, mono, of_atom, scale
from derive.prove.evidence import PLAIN, Move, Options
from derive.prove.lower import Lowering
from derive.prove.tactics.consequences import CONSEQUENCES, OVER_ALL, WEIGHS, entries, slots_in
from derive.prove.tactics.solving import generic_slots, is_nonzero, solved, solved_at, substituted, unrollable
from derive.prove.workbench import Workbench
from derive.prove.zero import MAX_DEPTH, clear, is_zero, without_fractions

MAX_NODES = 120
QUICK = MAX_DEPTH - 1
"""How deep a look at a goal on the way begins: denominators under one sum are exposed, no more."""


@dataclass(frozen=True)
class State:
    """What is left to use, and the goal."""

    hypotheses: tuple[Poly, ...]
    goal: Poly
    fixed: frozenset[str] = frozenset()
    """The indices of the hypotheses that do not stand for every value of their range."""
    unrolls: bool = False
    """Whether hypotheses may be recurrences, to be used at one place at a time."""


def search(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    options: Options = PLAIN,
    depth: int = 3,
    fixed: frozenset[str] | None = None,
) -> tuple[Move, ...] | None:
    """Moves after which the goal is zero, or None. A quick look at each state is enough; the first one is looked at in
    depth. With ``fixed`` (indices that are one value) recurrences are used at one place at a time."""
    start = _start(bench, hypotheses, goal, options, fixed)
    algebra = bench.reader(options).algebra
    frontier = [_beginning(algebra, start) if start.unrolls else (start, ())]
    seen: set[tuple[Poly, ...]] = set()
    nodes = 0
    for _ in range(depth + 1):
        following: list[tuple[State, tuple[Move, ...]]] = []
        for state, moves in frontier:
            last = _finish(algebra, state, QUICK if moves else 0)
            if last is not None:
                return (*moves, *last)
            for move in _candidates(algebra, state):
                algebra.tick()
                nodes += 1
                if nodes > MAX_NODES:
                    return None
                new = _apply(algebra, state, move)
                if new is None or (*new.hypotheses, new.goal) in seen:
                    continue
                seen.add((*new.hypotheses, new.goal))
                following.append((new, (*moves, move)))
        frontier = following
    return None


def _beginning(algebra: Algebra, state: State) -> tuple[State, tuple[Move, ...]]:
    """The state after what is said to be zero is left out: where sequences begin."""
    moves: tuple[Move, ...] = ()
    for number, hypothesis in enumerate(state.hypotheses):
        single = hypothesis.single
        atom = single[0].factors[0][0] if single is not None and len(single[0].factors) == 1 else None
        move = Move("solve", number, atom.head if atom is not None else "")
        new = _apply(algebra, state, move) if atom is not None and atom.kind == "ent" else None
        if new is not None:
            state, moves = new, (*moves, move)
    return state, moves


def check(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    moves: tuple[Move, ...],
    options: Options,
    fixed: frozenset[str] | None = None,
) -> bool:
    """Whether these moves bring the goal to zero."""
    algebra = bench.reader(options).algebra
    state = _start(bench, hypotheses, goal, options, fixed)
    for move in moves:
        if move.kind == "factor":
            if not 0 <= move.number < len(state.hypotheses):
                return False
            hypothesis = state.hypotheses[move.number]
            return any(_is_factor(algebra, state, hypothesis, depth) for depth in (QUICK, 0))
        new = _apply(algebra, state, move)
        if new is None:
            return False
        state = new
    return is_zero(algebra, state.goal)


def _start(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    options: Options,
    one_value: frozenset[str] | None = None,
) -> State:
    reader = bench.reader(options)
    fixed = frozenset(name for hypothesis in hypotheses for name in reader.algebra.fixed(hypothesis))
    fixed |= one_value or frozenset()
    known = restricted.sure_excesses(bench.context, goal)
    polys: list[Poly] = []
    for hypothesis in hypotheses:
        if restricted.may_say_nothing(bench.context, hypothesis, goal):
            polys.append(ZERO)
            continue
        beyond = restricted.excesses(bench.context, hypothesis)
        p = without_fractions(reader.algebra, _poly(bench, reader, hypothesis))
        strange = restricted.covered(beyond, known)  # the goal may be about values of which this says nothing
        fixed |= {f"{name}'" for name in strange} | {excess.index for excess in beyond}
        for name in strange:
            reader.algebra.range_of[f"{name}'"] = reader.algebra.range_of.get(name, "")
        polys.append(reader.algebra.rename(p, {name: Ix(f"{name}'") for name in sorted(strange)}))
    return State(tuple(polys), _poly(bench, reader, goal), fixed, one_value is not None)


def _poly(bench: Workbench, reader: Lowering, relation: Rel) -> Poly:
    """left - right at generic slots that have the same names in every relation."""
    if relation.op != "=":
        raise TooHard(f"a relation {relation.op} among the hypotheses")
    left, right = relation.left, relation.right
    shape = shape_of(left, bench.context) or shape_of(right, bench.context)
    slots = []
    for i, e in enumerate(shape):
        name = f"'{i}:{e}"
        reader.algebra.range_of[name] = reader.key(e)
        slots.append(Ix("", 1) if e.constant == 1 else Ix(name))
    gap = add(reader.side(left, tuple(slots)), scale(reader.side(right, tuple(slots)), -1))
    return reader.algebra.once(("clear", gap), lambda: clear(reader.algebra, gap))


def _finish(algebra: Algebra, state: State, depth: int = QUICK) -> tuple[Move, ...] | None:
    """The last move from a state, if one is enough (none, if the goal is already zero); looked for once."""
    return algebra.once(("finish", state, depth), lambda: _finished(algebra, state, depth))


def _finished(algebra: Algebra, state: State, depth: int) -> tuple[Move, ...] | None:
    if is_zero(algebra, state.goal, depth):
        return ()
    for number, hypothesis in enumerate(state.hypotheses):
        if _is_factor(algebra, state, hypothesis, depth):
            return (Move("factor", number, ""),)
    return None


def _is_factor(algebra: Algebra, state: State, hypothesis: Poly, depth: int) -> bool:
    """Whether the goal is one term times the hypothesis; worked out once for all states with this goal."""
    goal, fixed = state.goal, state.fixed
    key = ("factor", goal, hypothesis, fixed, depth)
    return algebra.once(key, lambda: _factor(algebra, goal, fixed, hypothesis, depth))


def _factor(algebra: Algebra, goal: Poly, fixed: frozenset[str], hypothesis: Poly, depth: int) -> bool:
    """Whether the goal is one term times the hypothesis (which holds for all its indices, so also for the goal's; of
    the others there must be one).

    Factors of the hypothesis that are never zero are left out first.
    """
    if any(_multiple(algebra, goal, instance, depth) for instance in _instances(algebra, goal, hypothesis, fixed)):
        return True
    shorter = algebra.once(("shorter", hypothesis), lambda: _without_nonzero(algebra, hypothesis))
    return shorter != hypothesis and any(
        _multiple(algebra, goal, instance, depth) for instance in _instances(algebra, goal, shorter, fixed)
    )


def _without_nonzero(algebra: Algebra, p: Poly) -> Poly:
    """p without its factors of several terms that are never zero: (λ - μ) x = 0 with λ > μ is x = 0."""
    if p.is_zero or not 2 <= len(p.terms) <= 8:
        return p
    content, rest = algebra.content(p)
    parts = signs.factor(algebra, rest) or [(rest, 1)]
    kept = [(q, e) for q, e in parts if len(q.terms) < 2 or not is_nonzero(algebra, q)]
    return algebra.mul(content, *(algebra.power(q, e) for q, e in kept)) if len(kept) < len(parts) else p


def _instances(algebra: Algebra, goal: Poly, hypothesis: Poly, fixed: frozenset[str]) -> Iterator[Poly]:
    """The hypothesis, then with its own indices set to those of the goal."""
    if (hypothesis.free - goal.free).isdisjoint(restricted.without_members(algebra.context) | fixed):
        yield hypothesis
    own = sorted(n for n in hypothesis.free - goal.free - fixed if n in algebra.range_of)
    if not own or len(own) > 2:
        return
    wanted = [sorted(g for g in goal.free if algebra.range_of.get(g) == algebra.range_of[n]) for n in own]
    for names in islice(cartesian(*wanted), 12):
        yield algebra.rename(hypothesis, {n: Ix(g) for n, g in zip(own, names, strict=True)})


def _multiple(algebra: Algebra, goal: Poly, hypothesis: Poly, depth: int) -> bool:
    goal, hypothesis = clear(algebra, goal), clear(algebra, hypothesis)
    if hypothesis.is_zero or goal.is_zero or len(hypothesis.terms) > 60:
        return False
    first, c = goal.sorted()[0]
    for m, k in hypothesis.sorted():
        factors = dict(first.factors)
        for atom, e in m.factors:
            factors[atom] = exponent(factors.get(atom, 0) - e)
        if any(e < 0 and not _nonzero(algebra, atom, hypothesis) for atom, e in factors.items()):
            continue
        multiplier = algebra.collect(c / k, factors)
        if is_zero(algebra, add(goal, scale(algebra.mul(multiplier, hypothesis), -1)), depth):
            return True
    return False


def _nonzero(algebra: Algebra, atom: Atom, hypothesis: Poly) -> bool:
    return signs.is_nonzero(algebra, of_atom(atom))


def _candidates(algebra: Algebra, state: State) -> list[Move]:
    wanted = heads(state.goal)
    if state.unrolls:
        return _candidates_in_sequences(state, wanted)
    moves: list[tuple[int, Move]] = []
    for number, hypothesis in enumerate(state.hypotheses):
        names = _reachable(hypothesis)
        if any(a.kind in ("exp", "pow") for m in hypothesis.terms for a, _ in m.factors):
            moves.append((1, Move("log", number, "")))
        for name in sorted(names):
            moves.append((0 if name in wanted else 1, Move("solve", number, name)))
        for name in sorted(_inverted(hypothesis)):
            moves.append((2, Move("clear", number, name)))
        for name in sorted(_families(algebra, hypothesis, state)):
            moves += [(1, Move(kind, number, name)) for kind in WEIGHS]
        for name in sorted(_summed_over(algebra, hypothesis, state)):
            moves.append((1, Move("add", number, name)))
    return [move for _, move in sorted(moves, key=lambda pair: pair[0])]


def _candidates_in_sequences(state: State, wanted: set[str]) -> list[Move]:
    """Recurrences at the places that the goal is about, then hypotheses solved for what stands in it."""
    here = entries(state.goal)
    steps = [
        Move("unroll", n, atom.key)
        for n, hypothesis in enumerate(state.hypotheses)
        for atom in unrollable(hypothesis)
        if any(_stands_for(atom, generic_slots(hypothesis, atom, state.fixed), other) for other in here)
    ]
    solved = [
        Move("solve", n, name)
        for n, hypothesis in enumerate(state.hypotheses)
        for name in sorted(_reachable(hypothesis) & wanted)
    ]
    return steps + solved


def _stands_for(wanted: Atom, slots: list[str], atom: Atom) -> bool:
    """Whether an entry may be this one, with something in its generic slots."""
    if wanted.head != atom.head or len(wanted.ix) != len(atom.ix):
        return False
    return all(
        one.base in slots or one is two or (one.shift == two.shift and two.base[:1] in ("'", "#", "?"))
        for one, two in zip(wanted.ix, atom.ix, strict=True)
    )


def _reachable(p: Poly) -> set[str]:
    """Names of entries that are factors of a term, or of a term under a sum: what one can solve for."""
    found: set[str] = set()
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "ent":
                    found.add(atom.head)
                elif atom.kind == "sum":
                    stack.extend(atom.args)
    return found


def _inverted(p: Poly) -> set[str]:
    """Names of matrices whose inverse occurs."""
    found: set[str] = set()
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "inv":
                    found |= heads(atom.args[0])
                stack.extend(atom.args)
    return found


def _summed_over(algebra: Algebra, hypothesis: Poly, state: State) -> set[str]:
    """The free indices of a hypothesis over whose range the goal sums: ``w_i p_{ij} = w_j p_{ji}`` for all i, j."""
    free = {name for name in hypothesis.free - state.fixed if name in algebra.range_of}
    if not free:
        return set()
    ranges: set[str] = set()
    stack = [state.goal]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                ranges |= {*atom.ranges} if atom.kind == "sum" else set()
                stack.extend(atom.args)
    return {name for name in free if algebra.range_of[name] in ranges}


def _families(algebra: Algebra, hypothesis: Poly, state: State) -> set[str]:
    """Quantities whose indices are free in the hypothesis: what one can weigh it by."""
    names: set[str] = set()
    everything = set().union(*(_reachable(h) for h in state.hypotheses), _reachable(state.goal))
    for name in everything:
        if slots_in(algebra, hypothesis, name) is not None:
            names.add(name)
    return names


def _apply(algebra: Algebra, state: State, move: Move) -> State | None:
    """The state after a move, or None where it does not apply; worked out once."""
    return algebra.once(("apply", state, move), lambda: _applied(algebra, state, move))


def _applied(algebra: Algebra, state: State, move: Move) -> State | None:
    if not 0 <= move.number < len(state.hypotheses):
        return None
    hypothesis = state.hypotheses[move.number]
    if hypothesis.is_zero:
        return None
    if move.kind in ("solve", "unroll"):
        solve = solved if move.kind == "solve" else solved_at
        key = ("solved", move.kind, hypothesis, move.name, state.fixed)
        rule = algebra.once(key, lambda: solve(algebra, hypothesis, move.name, state.fixed))
        if rule is None:
            return None
        spent = move.kind == "solve"  # a recurrence may be wanted again, after another was put into it
        rest = tuple(ZERO if spent and n == move.number else h for n, h in enumerate(state.hypotheses))
        try:
            goal, *others = (substituted(algebra, p, rule) for p in (state.goal, *rest))
            return replace(state, hypotheses=tuple(others), goal=goal)
        except ZeroDivisionError:
            return None
    if move.kind in OVER_ALL and not state.fixed.isdisjoint(hypothesis.free):
        return None
    if move.kind == "rewrite":
        return _rewritten(algebra, state, move.number)
    follows = CONSEQUENCES.get(move.kind)
    if follows is None:
        return None
    what = ("follows", move.kind, move.name, hypothesis)
    derived = algebra.once(what, lambda: follows(algebra, hypothesis, move.name))
    if derived is None or derived.is_zero or derived in state.hypotheses:
        return None
    return replace(state, hypotheses=(*state.hypotheses, derived))


def _rewritten(algebra: Algebra, state: State, number: int) -> State | None:
    """A hypothesis that gives the value of one sum, used wherever that sum stands."""
    hypothesis = state.hypotheses[number]
    for m, c in hypothesis.sorted():
        if len(m.factors) != 1 or m.factors[0][1] != 1 or m.factors[0][0].kind != "sum":
            continue
        atom = m.factors[0][0]
        value = scale(Poly({n: k for n, k in hypothesis.terms.items() if n is not m}), -1 / c)
        if _stands_in(algebra, value, atom, atom.free - state.fixed):
            continue

        def change(found: Atom, atom: Atom = atom, value: Poly = value) -> Poly | None:
            names = facts.match_atom(algebra, atom, found, atom.free - state.fixed) if found.kind == "sum" else None
            return None if names is None else algebra.rename(value, names)

        def used(p: Poly, atom: Atom = atom, change: Callable[[Atom], Poly | None] = change) -> Poly:
            stands = _stands_in(algebra, p, atom, atom.free - state.fixed)
            return clear(algebra, algebra.replace(p, change, within=atom.heads) if stands else p)

        others = tuple(h if n == number else _kept(h, used(h)) for n, h in enumerate(state.hypotheses))
        goal = used(state.goal)
        new = replace(state, hypotheses=others, goal=goal)
        if new != state:
            return new
        inside = _rewritten_inside(algebra, state, facts.SumRule(atom, atom.free - state.fixed, value))
        if inside is not None:
            return inside
    return None


def _stands_in(algebra: Algebra, value: Poly, wanted: Atom, variables: frozenset[str]) -> bool:
    """Whether a sum stands somewhere, at any depth; in what would take its place it would grow with every use."""
    seen: set[Atom] = set()
    stack = list(value.terms)
    while stack:
        for atom, _ in stack.pop().factors:
            if atom in seen or not wanted.heads <= atom.heads:
                continue
            seen.add(atom)
            if atom is wanted or (
                atom.kind == "sum" and facts.match_atom(algebra, wanted, atom, variables) is not None
            ):
                return True
            stack.extend(m for arg in atom.args for m in arg.terms)
            stack.extend(mono({ix.atom: 1}) for ix in atom.ix if ix.atom is not None)
    return False


def _kept(before: Poly, after: Poly) -> Poly:
    """A hypothesis after another was used in it; one that says nothing new stays as it was, it may be useful in that
    form."""
    return before if after.is_zero else after


def _rewritten_inside(algebra: Algebra, state: State, rule: facts.SumRule) -> State | None:
    """The same inside of the goal's sums over more indices: Σ_j Σ_k A_ij A_jk x_k where Σ_k A_jk x_k is known."""
    size = len(rule.pattern.ranges)
    if size > 1 or not any(len(a.ranges) > size for a in state.goal.atoms() if a.kind == "sum"):
        return None
    other = algebra.knowing((rule,))
    goal = clear(other, other.replace(state.goal, lambda atom: None))
    return None if goal == state.goal else replace(state, goal=goal)


MAX_HYPOTHESES = 24


def saturate(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    options: Options = PLAIN,
    rounds: int = 7,
    fixed: frozenset[str] | None = None,
) -> tuple[Move, ...] | None:
    """Moves found by taking every consequence, round after round, and using each result at once. ``fixed`` are indices
    that are one value."""
    algebra = bench.reader(options).algebra
    state = _start(bench, hypotheses, goal, options, fixed)
    moves: list[Move] = []
    tried: set[tuple[str, str, Poly]] = set()
    for number, hypothesis in enumerate(state.hypotheses):
        atom = hypothesis.single[0].factors[0][0] if hypothesis.single and hypothesis.single[0].factors else None
        move = Move("solve", number, atom.head if atom is not None else "")
        new = _apply(algebra, state, move) if atom is not None and atom.kind == "ent" else None
        if new is not None:
            state = new
            moves.append(move)
    for _ in range(rounds):
        last = _finish_by_use(algebra, state)
        if last is not None:
            return _needed(bench, hypotheses, goal, (*moves, *last), options, fixed)
        grown = False
        for number in range(len(state.hypotheses)):
            for move in _consequences(algebra, state, number):
                key = (move.kind, move.name, state.hypotheses[number])
                if key in tried or len(state.hypotheses) >= MAX_HYPOTHESES:
                    continue
                if move.kind != "rewrite":
                    tried.add(key)
                new = _apply(algebra, state, move)
                if new is not None:
                    state, grown = new, True
                    moves.append(move)
        if not grown:
            return None
    return None


def _needed(
    bench: Workbench,
    hypotheses: tuple[Rel, ...],
    goal: Rel,
    moves: tuple[Move, ...],
    options: Options,
    fixed: frozenset[str] | None,
) -> tuple[Move, ...]:
    """The moves without those that the goal can do without."""
    kept = list(moves)
    for i in range(len(moves) - 2, -1, -1):
        gives = kept[i].kind in CONSEQUENCES
        place = len(hypotheses) + sum(m.kind in CONSEQUENCES for m in kept[:i])
        rest = kept[i + 1 :]
        if gives and any(m.number == place for m in rest):
            continue
        shifted = [Move(m.kind, m.number - (gives and m.number > place), m.name) for m in rest]
        shorter = (*kept[:i], *shifted)
        if check(bench, hypotheses, goal, shorter, options, fixed):
            kept = list(shorter)
    return tuple(kept)


def _consequences(algebra: Algebra, state: State, number: int) -> list[Move]:
    hypothesis = state.hypotheses[number]
    moves = [
        Move("log", number, ""),
        Move("terms", number, ""),
        Move("connected", number, ""),
        Move("rewrite", number, ""),
    ]
    moves += [Move(kind, number, name) for name in sorted(_families(algebra, hypothesis, state)) for kind in WEIGHS]
    moves += [Move("add", number, name) for name in sorted(hypothesis.free) if name in algebra.range_of]
    return moves


def _finish_by_use(algebra: Algebra, state: State) -> tuple[Move, ...] | None:
    """The last moves: the goal is there, or a hypothesis solved for something brings it about."""
    last = _finish(algebra, state)
    if last is not None:
        return last
    for number, hypothesis in enumerate(state.hypotheses):
        for name in sorted(heads(hypothesis)) if len(hypothesis.terms) <= 6 else ():
            move = Move("solve", number, name)
            new = _apply(algebra, state, move)
            last = None if new is None else _finish(algebra, new)
            if last is not None:
                return (move, *last)
    return None


def ways(
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, options: Options = PLAIN
) -> Iterator[tuple[Move, ...]]:
    """Short sequences of moves that change the goal: a hypothesis (weighed by something, or not) solved for one of its
    parts."""
    algebra = bench.reader(options).algebra
    start = _start(bench, hypotheses, goal, options)
    yield ()
    prepared: list[tuple[State, tuple[Move, ...]]] = [(start, ())]
    for number, hypothesis in enumerate(start.hypotheses):
        for name in sorted(_families(algebra, hypothesis, start)):
            for move in [Move(kind, number, name) for kind in WEIGHS]:
                new = _apply(algebra, start, move)
                if new is not None:
                    prepared.append((new, (move,)))
    for state, moves in list(prepared):
        for number in range(len(hypotheses)):
            move = Move("rewrite", number, "")
            new = _apply(algebra, state, move)
            if new is not None:
                prepared.append((new, (*moves, move)))
    for state, moves in prepared:
        for number, hypothesis in enumerate(state.hypotheses):
            for name in sorted(heads(state.goal) & heads(hypothesis)):
                yield (*moves, Move("solve", number, name))


def goal_after(
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, moves: tuple[Move, ...], options: Options
) -> Poly | None:
    """What these moves make of the goal."""
    algebra = bench.reader(options).algebra
    state = _start(bench, hypotheses, goal, options)
    for move in moves:
        new = _apply(algebra, state, move)
        if new is None:
            return None
        state = new
    return state.goal


__all__ = ["check", "facts", "search"]
