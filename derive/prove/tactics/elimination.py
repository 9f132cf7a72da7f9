"""Consequences of assumed relations: solved for a quantity, weighed and summed, or found as a factor of the goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from itertools import product as cartesian

from flint import fmpq

from derive.language.shapes import shape_of
from derive.language.terms import Rel
from derive.prove import facts, restricted, signs
from derive.prove.algebra import INTEGRAL, Algebra, TooHard
from derive.prove.atoms import ONE, UNIT, ZERO, Atom, Ix, Mono, Poly, add, exponent, heads, mono, of_atom, scale
from derive.prove.evidence import PLAIN, Move, Options
from derive.prove.lower import Lowering
from derive.prove.positivity import nonnegative, nonnegative_summands
from derive.prove.workbench import Workbench
from derive.prove.zero import MAX_DEPTH, clear, is_zero

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
    known = restricted.excesses(bench.context, goal)
    polys: list[Poly] = []
    for hypothesis in hypotheses:
        beyond = restricted.excesses(bench.context, hypothesis)
        p = _poly(bench, reader, hypothesis)
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
    """Whether the goal is one term times the hypothesis (which holds for all its indices, so also for the goal's).

    Factors of the hypothesis that are never zero are left out first.
    """
    if any(_multiple(algebra, goal, instance, depth) for instance in _instances(algebra, goal, hypothesis, fixed)):
        return True
    shorter = _without_nonzero(algebra, hypothesis)
    return shorter != hypothesis and any(
        _multiple(algebra, goal, instance, depth) for instance in _instances(algebra, goal, shorter, fixed)
    )


def _without_nonzero(algebra: Algebra, p: Poly) -> Poly:
    """p without its factors of several terms that are never zero: (λ - μ) x = 0 with λ > μ is x = 0."""
    if p.is_zero or not 2 <= len(p.terms) <= 8:
        return p
    content, rest = algebra.content(p)
    parts = signs.factor(algebra, rest) or [(rest, 1)]
    kept = [(q, e) for q, e in parts if len(q.terms) < 2 or not _is_nonzero(algebra, q)]
    return algebra.mul(content, *(algebra.power(q, e) for q, e in kept)) if len(kept) < len(parts) else p


def _instances(algebra: Algebra, goal: Poly, hypothesis: Poly, fixed: frozenset[str]) -> Iterator[Poly]:
    """The hypothesis, then with its own indices set to those of the goal."""
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
            moves.append((1, Move("weigh", number, name)))
    return [move for _, move in sorted(moves, key=lambda pair: pair[0])]


def _candidates_in_sequences(state: State, wanted: set[str]) -> list[Move]:
    """Recurrences at the places that the goal is about, then hypotheses solved for what stands in it."""
    here = {atom.key for atom in _entries(state.goal)}
    steps = [Move("unroll", n, key) for n, hypothesis in enumerate(state.hypotheses) for key in _unrollable(hypothesis)]
    solved = [
        Move("solve", n, name)
        for n, hypothesis in enumerate(state.hypotheses)
        for name in sorted(_reachable(hypothesis) & wanted)
    ]
    return [move for move in steps if _generic(move.name) in {_generic(key) for key in here}] + solved


def _generic(key: str) -> str:
    """The key of an entry without the names of its generic slots, which are bound to others where it is summed."""
    return re.sub(r"['#?][^,\]]*", "*", key)


def _entries(p: Poly) -> list[Atom]:
    """The entries of quantities in a normal form, at any depth."""
    found: dict[Atom, None] = {}
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "ent":
                    found[atom] = None
                stack.extend(atom.args)
    return list(found)


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


def _families(algebra: Algebra, hypothesis: Poly, state: State) -> set[str]:
    """Quantities whose indices are free in the hypothesis: what one can weigh it by."""
    names: set[str] = set()
    everything = set().union(*(_reachable(h) for h in state.hypotheses), _reachable(state.goal))
    for name in everything:
        if _slots_in(algebra, hypothesis, name) is not None:
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
        solved = _solved if move.kind == "solve" else _solved_at
        key = ("solved", move.kind, hypothesis, move.name, state.fixed)
        rule = algebra.once(key, lambda: solved(algebra, hypothesis, move.name, state.fixed))
        if rule is None:
            return None
        spent = move.kind == "solve"  # a recurrence may be wanted again, after another was put into it
        rest = tuple(ZERO if spent and n == move.number else h for n, h in enumerate(state.hypotheses))
        try:
            goal, *others = (_substituted(algebra, p, rule) for p in (state.goal, *rest))
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
        if any(atom is a for n in value.terms for a, _ in n.factors):
            continue

        def change(found: Atom, atom: Atom = atom, value: Poly = value) -> Poly | None:
            names = facts.match_atom(algebra, atom, found, atom.free - state.fixed) if found.kind == "sum" else None
            return None if names is None else algebra.rename(value, names)

        others = tuple(
            h if n == number else _kept(h, clear(algebra, algebra.replace(h, change, within=atom.heads)))
            for n, h in enumerate(state.hypotheses)
        )
        goal = clear(algebra, algebra.replace(state.goal, change, within=atom.heads))
        new = replace(state, hypotheses=others, goal=goal)
        if new != state:
            return new
        inside = _rewritten_inside(algebra, state, facts.SumRule(atom, atom.free - state.fixed, value))
        if inside is not None:
            return inside
    return None


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


def _added(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """Σ of the hypothesis over one of its free indices."""
    key = algebra.range_of.get(name)
    if name not in hypothesis.free or key is None or key.startswith(INTEGRAL):
        return None
    return clear(algebra, algebra.sum_over(hypothesis, name, key))


def _terms(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """A sum of terms that cannot be negative is zero only if each of them is (its repeated factors taken once)."""
    for sign in (1, -1):
        p = scale(hypothesis, sign)
        for summand in nonnegative_summands(algebra, p):
            return _without_powers(algebra, summand)
    return None


def _without_powers(algebra: Algebra, p: Poly) -> Poly:
    """A product with each factor once, and without those that are never zero."""
    content, rest = algebra.content(p)
    factors = [(of_atom(a), e) for a, e in content.sorted()[0][0].factors]
    factors += signs.factor(algebra, rest) or [(rest, 1)]
    total = ONE
    for part, _ in factors:
        if part.constant is None and signs.sign(algebra, part) not in ("+", "-"):
            total = algebra.mul(total, part)
    return total


def _connected(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """W_ij (g_i - g_j) = 0 for all i, j makes g constant if the graph with weights W is connected."""
    content, rest = algebra.content(hypothesis)
    for atom, e in content.sorted()[0][0].factors:
        decl = algebra.declared(atom.head) if atom.kind == "ent" and e == 1 else None
        if decl is None or "connected" not in decl.properties or len(atom.ix) != 2:
            continue
        one, two = atom.ix
        if not (one.base and two.base) or one.shift or two.shift or one.base == two.base:
            continue
        lengths = tuple(r.high for r in decl.family) + decl.shape
        if [algebra.range_of.get(one.base), algebra.range_of.get(two.base)] != [str(e) for e in lengths]:
            continue
        others = [a for a, _ in content.sorted()[0][0].factors if a is not atom]
        if any(not a.free.isdisjoint((one.base, two.base)) for a in others):
            continue
        first = Poly({m: c for m, c in rest.terms.items() if one.base in m.free})
        second = Poly({m: c for m, c in rest.terms.items() if two.base in m.free})
        if any(m in second.terms for m in first.terms) or len(first.terms) + len(second.terms) != len(rest.terms):
            continue
        if add(algebra.rename(first, {one.base: two}), second).is_zero and not first.is_zero:
            outside = algebra.mul(*(of_atom(a) for a in others)) if others else ONE
            return algebra.mul(outside, rest)
    return None


def _logarithm(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """A x = B y between positive products, x and y exponentials, is log A x = log B y."""
    groups: dict[Mono, Poly] = {}
    for m, c in hypothesis.sorted():
        growing = mono({a: e for a, e in m.factors if a.kind in ("exp", "pow")})
        rest = mono({a: e for a, e in m.factors if a.kind not in ("exp", "pow")})
        groups[growing] = add(groups.get(growing, ZERO), Poly({rest: c}))
    if len(groups) != 2:
        if len(hypothesis.terms) != 2:
            return None
        groups = {m: Poly({UNIT: c}) for m, c in hypothesis.sorted()}
    (one, a), (two, b) = groups.items()
    if signs.sign(algebra, a) == "-":
        a, b = scale(a, -1), scale(b, -1)
    plain = [signs.mono_sign(algebra, m, fmpq(1)) for m in (one, two)]
    if signs.sign(algebra, a) != "+" or signs.sign(algebra, b) != "-" or plain != ["+", "+"]:
        return None
    left = algebra.log(algebra.mul(a, Poly({one: fmpq(1)})))
    right = algebra.log(algebra.mul(scale(b, -1), Poly({two: fmpq(1)})))
    return clear(algebra, add(left, scale(right, -1)))


CONSEQUENCES: dict[str, Callable[[Algebra, Poly, str], Poly | None]] = {
    "weigh": lambda algebra, hypothesis, name: _weighed(algebra, hypothesis, name),
    "clear": lambda algebra, hypothesis, name: _cleared(algebra, hypothesis, name),
    "add": _added,
    "terms": _terms,
    "connected": _connected,
    "log": _logarithm,
}
"""What follows from one hypothesis: each gives one more, or None where it does not apply."""
OVER_ALL = frozenset({"weigh", "clear", "add", "connected"})
"""Those that need the hypothesis for all values of its indices."""

MAX_HYPOTHESES = 24


def saturate(
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, options: Options = PLAIN, rounds: int = 7
) -> tuple[Move, ...] | None:
    """Moves found by taking every consequence, round after round, and using each result at once."""
    algebra = bench.reader(options).algebra
    state = _start(bench, hypotheses, goal, options)
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
            return _needed(bench, hypotheses, goal, (*moves, *last), options)
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
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, moves: tuple[Move, ...], options: Options
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
        if check(bench, hypotheses, goal, shorter, options):
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
    moves += [Move("weigh", number, name) for name in sorted(_families(algebra, hypothesis, state))]
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
            move = Move("weigh", number, name)
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


def _weighed(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """Σ_k w_k h_k: the hypothesis times a quantity at its free indices, summed over the last of them."""
    slots = _slots_in(algebra, hypothesis, name)
    if slots is None:
        return None
    weighed = algebra.mul(algebra.entry(name, tuple(map(Ix, slots))), hypothesis)
    return _counted(algebra, clear(algebra, algebra.sum_over(weighed, slots[-1], algebra.range_of[slots[-1]])))


def _counted(algebra: Algebra, p: Poly) -> Poly:
    """p with every double sum that comes to the length of one of its ranges written so: Σ_n Σ_k r_nk = N."""
    total: list[Poly] = []
    for m, c in p.sorted():
        sums = [atom for atom, e in m.factors if atom.kind == "sum" and e == 1 and len(atom.ranges) == 2]
        lengths = [algebra.length(r) for atom in sums[:1] for r in atom.ranges if not r.startswith(INTEGRAL)]
        rest = algebra.collect(c, {atom: e for atom, e in m.factors if atom not in sums[:1]})
        found = next(
            (n for n in lengths if _comes_to(algebra, sums[0], n)),
            None,
        )
        total.append(Poly({m: c}) if found is None else algebra.mul(rest, found))
    return add(*total) if total else p


def _comes_to(algebra: Algebra, atom: Atom, length: Poly) -> bool:
    gap = add(of_atom(atom), scale(length, -1))
    return algebra.once(("comes to", gap), lambda: is_zero(algebra, gap, QUICK))


def _slots_in(algebra: Algebra, hypothesis: Poly, name: str) -> list[str] | None:
    """The free indices of a hypothesis that fit the slots of a quantity, if there is just one for each slot."""
    decl = algebra.declared(name)
    if decl is None or any(r.low.constant != 1 for r in decl.family):
        return None
    keys = [str(r.high) for r in decl.family] + [str(e) for e in decl.shape]
    if not keys or len(set(keys)) < len(keys):
        return None
    found: list[str] = []
    for key in keys:
        free = sorted(n for n in hypothesis.free if algebra.range_of.get(n) == key)
        if len(free) != 1:
            return None
        found.append(free[0])
    return found


def _cleared(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """The hypothesis multiplied by the matrix ``name`` from each side where its inverse has a free slot."""
    decl = algebra.declared(name)
    if decl is None or len(decl.shape) != 2:
        return None
    for slot in sorted(hypothesis.free):
        found = _inverse_at(hypothesis, name, slot)
        if found is None:
            continue
        _, position, family = found
        key = str(decl.shape[0])
        if algebra.range_of.get(slot) != key:
            return None
        new = f"{slot}*"
        algebra.range_of[new] = key
        pair = (Ix(new), Ix(slot)) if position == 0 else (Ix(slot), Ix(new))
        times = algebra.entry(name, (*family, *pair))
        hypothesis = algebra.sum_over(algebra.mul(times, hypothesis), slot, key)
        hypothesis = algebra.rename(hypothesis, {new: Ix(slot)})
    return hypothesis


def _inverse_at(p: Poly, name: str, slot: str) -> tuple[Atom, int, tuple[Ix, ...]] | None:
    """An entry of the inverse of ``name`` with this free slot, and the family references of the matrix."""
    stack = [p]
    while stack:
        for m, _ in stack.pop().sorted():
            for atom, _ in m.factors:
                single = atom.args[0].single if atom.kind == "inv" else None
                if single is not None and len(single[0].factors) == 1 and single[0].factors[0][0].head == name:
                    inner = single[0].factors[0][0]
                    for position, ix in enumerate(atom.ix):
                        if ix.base == slot and not ix.shift:
                            return atom, position, inner.ix[:-2]
                stack.extend(atom.args)
    return None


@dataclass(frozen=True)
class Solved:
    """``atom = value``, for every reference in place of the atom's slots."""

    atom: Atom
    value: Poly
    divisor: Poly
    fixed: frozenset[str]


def _solved(algebra: Algebra, hypothesis: Poly, name: str, fixed: frozenset[str]) -> Solved | None:
    """The hypothesis solved for the entries of ``name``, if it is linear in one of them with a divisor that is not
    zero."""
    atoms = [a for a in hypothesis.atoms() if a.kind == "ent" and a.head == name]
    if len(atoms) == 1 and _pattern(atoms[0]):
        atom = atoms[0]
        lowest = min((e for m in hypothesis.terms for a, e in m.factors if a is atom), default=0)
        if any(a is atom for m in hypothesis.terms for a, _ in m.factors) and lowest < 0:
            hypothesis = algebra.mul(hypothesis, algebra.power(of_atom(atom), -lowest))
        top, rest = ZERO, ZERO
        for m, c in hypothesis.sorted():
            e = dict(m.factors).get(atom, 0)
            if e == 0:
                rest = add(rest, Poly({m: c}))
            elif e == 1:
                top = add(top, Poly({mono({a: x for a, x in m.factors if a is not atom}): c}))
            else:
                return None
        if name in heads(top) or name in heads(rest) or is_zero(algebra, top) or not _is_nonzero(algebra, top):
            return None
        return Solved(atom, scale(algebra.mul(rest, algebra.power(top, -1)), -1), top, fixed)
    return _solved_matrix(algebra, hypothesis, name, fixed)


def _unrollable(hypothesis: Poly) -> list[str]:
    """The entries that a recurrence can be solved for, at the place where they stand: there are several of one
    quantity, or one that is not at a plain index."""
    found: dict[str, list[Atom]] = {}
    for atom in hypothesis.atoms():
        if atom.kind == "ent":
            found.setdefault(atom.head, []).append(atom)
    inside = {
        name for m in hypothesis.terms for atom, _ in m.factors if atom.kind != "ent" for name in heads(of_atom(atom))
    }
    return [
        atom.key
        for name, atoms in found.items()
        for atom in atoms
        if len(atoms) > 1 or name in inside or not _pattern(atom)
    ]


def _solved_at(algebra: Algebra, hypothesis: Poly, key: str, fixed: frozenset[str]) -> Solved | None:
    """The hypothesis solved for one entry, at the place where it stands (and for all of a vector or matrix)."""
    atom = next((a for a in hypothesis.atoms() if a.kind == "ent" and a.key == key), None)
    if atom is None or not all(dict(m.factors).get(atom, 0) in (0, 1) for m in hypothesis.terms):
        return None
    slots = [ix.base for ix in atom.ix if ix.base.startswith("'")]
    if len(slots) != len(set(slots)) or any(ix.shift for ix in atom.ix if ix.base.startswith("'")):
        return None
    top = Poly(
        {
            mono({a: e for a, e in m.factors if a is not atom}): c
            for m, c in hypothesis.terms.items()
            if atom in dict(m.factors)
        }
    )
    rest = Poly({m: c for m, c in hypothesis.terms.items() if atom not in dict(m.factors)})
    if _holds(top, atom) or _holds(rest, atom) or not _is_nonzero(algebra, top):
        return None
    here = frozenset(ix.base for ix in atom.ix) - frozenset(slots)
    return Solved(atom, scale(algebra.mul(rest, algebra.power(top, -1)), -1), top, fixed | here)


def _holds(p: Poly, atom: Atom) -> bool:
    """Whether an atom stands anywhere in a normal form."""
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for found, _ in m.factors:
                if found is atom:
                    return True
                stack.extend(found.args)
    return False


def _is_nonzero(algebra: Algebra, p: Poly) -> bool:
    """Whether a divisor is surely not zero; other divisors would need a case of their own."""
    if signs.is_nonzero(algebra, p):
        return True
    content, rest = algebra.content(p)
    parts = [*((of_atom(a), e) for a, e in content.sorted()[0][0].factors), (rest, 1)]
    return all(signs.is_nonzero(algebra, q) for q, _ in parts)


def _solved_matrix(algebra: Algebra, hypothesis: Poly, name: str, fixed: frozenset[str]) -> Solved | None:
    """Σ_j M_ij x_j = b_i as x_j = Σ_i (M^-1)_ji b_i."""
    decl = algebra.declared(name)
    if decl is None:
        return None
    matrix, rest = ZERO, ZERO
    column: str | None = None
    found: Atom | None = None
    single_terms: list[tuple[Mono, fmpq]] = []
    for m, c in hypothesis.sorted():
        inside = [a for a, e in m.factors if a.kind == "sum" and name in heads(of_atom(a))]
        if not inside:
            if name in heads(Poly({m: c})):
                single_terms.append((m, c))
            else:
                rest = add(rest, Poly({m: c}))
            continue
        if len(inside) != 1 or dict(m.factors)[inside[0]] != 1:
            return None
        body, binders = algebra.open(inside[0])
        single = body.single
        entries = [a for a, e in single[0].factors if a.kind == "ent" and a.head == name] if single else []
        if single is None or len(entries) != 1 or dict(single[0].factors)[entries[0]] != 1:
            return None
        entry = entries[0]
        last = entry.ix[-1]
        ranges = dict(binders)
        if last.base not in ranges or last.shift:
            return None
        if column is None:
            column = algebra.fresh(ranges[last.base])
            found = Atom("ent", name, (*entry.ix[:-1], Ix(column)))
        others = {a: e for a, e in single[0].factors if a is not entry}
        part = algebra.rename(Poly({mono(others): single[1]}), {last.base: Ix(column)})
        for other, key in binders:
            if other != last.base:
                part = algebra.sum_over(part, other, key)
        outside = Poly({mono({a: e for a, e in m.factors if a is not inside[0]}): c})
        matrix = add(matrix, algebra.mul(outside, part))
        if found is None or Atom("ent", name, (*entry.ix[:-1], Ix(column))) is not found:
            return None
    if column is None or found is None or name in heads(matrix):
        return None
    key = algebra.range_of[column]
    for m, c in single_terms:  # c x_i is Σ_j c δ_ij x_j
        entries = [a for a, e in m.factors if a.kind == "ent" and a.head == name and e == 1]
        if len(entries) != 1 or entries[0].ix[:-1] != found.ix[:-1] or not _runs_over(algebra, entries[0].ix[-1], key):
            return None
        outside = Poly({mono({a: e for a, e in m.factors if a is not entries[0]}): c})
        matrix = add(matrix, algebra.mul(outside, algebra.delta(entries[0].ix[-1], Ix(column))))
    if name in heads(matrix):
        return None
    rows = sorted(n for n in matrix.free if n != column and algebra.range_of.get(n) == key and n.startswith("'"))
    if len(rows) != 1:
        return None
    row = rows[0]
    if not _invertible(algebra, key, matrix, row, column):
        return None
    inverse = algebra.matrix_atom("inv", key, matrix, row, column, (Ix(column), Ix(row)))
    value = scale(algebra.sum_over(algebra.mul(inverse, rest), row, key), -1)
    return Solved(found, value, matrix, fixed)


def _runs_over(algebra: Algebra, ix: Ix, key: str) -> bool:
    """Whether a reference is a plain variable over this range."""
    return not ix.shift and algebra.range_of.get(ix.base) == key


def _invertible(algebra: Algebra, key: str, matrix: Poly, row: str, column: str) -> bool:
    """Whether a matrix is known to have an inverse: by its declaration, or because the statement itself takes it."""
    for m in (matrix, scale(matrix, -1)):
        if _is_nonzero(algebra, algebra.matrix_atom("det", key, m, row, column)):
            return True
        inverse = algebra.matrix_atom("inv", key, m, row, column, (Ix(row), Ix(column))).single
        atom = inverse[0].factors[0][0] if inverse is not None and len(inverse[0].factors) == 1 else None
        inner = atom.args[0].single if atom is not None and atom.kind == "inv" else None
        entry = inner[0].factors[0][0] if inner is not None and len(inner[0].factors) == 1 else None
        decl = algebra.declared(entry.head) if entry is not None and entry.kind == "ent" else None
        if decl is not None and decl.properties & {"posdef", "invertible", "orthogonal"}:
            return True
        if _is_definite(algebra, key, m, row, column):
            return True
    return False


def _is_definite(algebra: Algebra, key: str, matrix: Poly, row: str, column: str) -> bool:
    """Whether vᵀ M v > 0 for every v that is not zero: a positive diagonal, and a rest that is semidefinite."""
    same = algebra.delta(Ix(row), Ix(column)).single
    delta = same[0].factors[0][0] if same is not None and same[0].factors else None
    diagonal = Poly({m: c for m, c in matrix.terms.items() if any(a is delta for a, _ in m.factors)})
    if (
        diagonal.is_zero
        or signs.sign(
            algebra, Poly({mono({a: e for a, e in m.factors if a is not delta}): c for m, c in diagonal.terms.items()})
        )
        != "+"
    ):
        return False
    one, two = (of_atom(Atom("ent", "'v", (Ix(n),))) for n in (row, column))
    form = algebra.mul(add(matrix, scale(diagonal, -1)), one, two)
    for name in (row, column):
        form = algebra.sum_over(form, name, key)
    return nonnegative(algebra, form)


def _pattern(atom: Atom) -> bool:
    """Whether its slots are different plain variables (or numbers), so that it stands for the whole family."""
    names = [ix.base for ix in atom.ix if ix.base]
    return (
        len(names) == len(set(names))
        and all(not ix.shift or ix.is_number for ix in atom.ix)
        and all(ix.atom is None for ix in atom.ix)
    )


def _substituted(algebra: Algebra, p: Poly, rule: Solved) -> Poly:
    """p with the solved entries replaced, where there are any; worked out once."""
    return algebra.once(("substituted", p, rule), lambda: _replaced(algebra, p, rule))


def _replaced(algebra: Algebra, p: Poly, rule: Solved) -> Poly:
    variables = frozenset(ix.base for ix in rule.atom.ix if ix.base) - rule.fixed

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head != rule.atom.head:
            return None
        found: dict[str, Ix] = {}
        for wanted, ix in zip(rule.atom.ix, atom.ix, strict=True):
            if wanted.base in variables and algebra.fits(wanted.base, ix):
                found[wanted.base] = ix
            elif wanted is not ix:
                return None
        return algebra.rename(rule.value, found)

    return clear(algebra, algebra.replace(p, change, within=frozenset((rule.atom.head,))))


__all__ = ["check", "facts", "search"]
