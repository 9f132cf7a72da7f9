"""Consequences of assumed relations: each is solved for a quantity, weighed and summed, or found as a factor of the goal."""

from __future__ import annotations

from dataclasses import dataclass

from derive.language.shapes import shape_of
from derive.language.terms import Rel
from derive.prove import facts, signs
from derive.prove.algebra import Algebra, TooHard
from derive.prove.atoms import ZERO, Atom, Ix, Poly, add, exponent, mono, of_atom, scale
from derive.prove.evidence import PLAIN, Move, Options
from derive.prove.lower import Lowering
from derive.prove.workbench import Workbench, _is_zero
from derive.prove.zero import clear, is_zero

MAX_NODES = 120


@dataclass(frozen=True)
class State:
    """What is left to use, and the goal."""

    hypotheses: tuple[Poly, ...]
    goal: Poly


def search(
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, options: Options = PLAIN, depth: int = 3
) -> tuple[Move, ...] | None:
    """Moves after which the goal is zero, or None."""
    start = _start(bench, hypotheses, goal, options)
    algebra = bench.reader(options).algebra
    frontier: list[tuple[State, tuple[Move, ...]]] = [(start, ())]
    seen: set[tuple[Poly, ...]] = set()
    nodes = 0
    for _ in range(depth + 1):
        following: list[tuple[State, tuple[Move, ...]]] = []
        for state, moves in frontier:
            last = _finish(algebra, state)
            if last is not None:
                return (*moves, *last)
            for move in _candidates(algebra, state):
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


def check(
    bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, moves: tuple[Move, ...], options: Options
) -> bool:
    """Whether these moves bring the goal to zero."""
    algebra = bench.reader(options).algebra
    state = _start(bench, hypotheses, goal, options)
    for move in moves:
        if move.kind == "factor":
            return 0 <= move.number < len(state.hypotheses) and _factor(algebra, state.goal, state.hypotheses[move.number])
        new = _apply(algebra, state, move)
        if new is None:
            return False
        state = new
    return is_zero(algebra, state.goal)


def _start(bench: Workbench, hypotheses: tuple[Rel, ...], goal: Rel, options: Options) -> State:
    reader = bench.reader(options)
    return State(tuple(_poly(bench, reader, h) for h in hypotheses), _poly(bench, reader, goal))


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
    one = ZERO if _is_zero(left) else reader.lower(left, tuple(slots), {})
    two = ZERO if _is_zero(right) else reader.lower(right, tuple(slots), {})
    return clear(reader.algebra, add(one, scale(two, -1)))


def _finish(algebra: Algebra, state: State) -> tuple[Move, ...] | None:
    if is_zero(algebra, state.goal):
        return ()
    for number, hypothesis in enumerate(state.hypotheses):
        if _factor(algebra, state.goal, hypothesis):
            return (Move("factor", number, ""),)
    return None


def _factor(algebra: Algebra, goal: Poly, hypothesis: Poly) -> bool:
    """Whether the goal is one term times the hypothesis."""
    goal, hypothesis = clear(algebra, goal), clear(algebra, hypothesis)
    if hypothesis.is_zero or goal.is_zero:
        return False
    first, c = goal.sorted()[0]
    for m, k in hypothesis.sorted():
        factors = dict(first.factors)
        for atom, e in m.factors:
            factors[atom] = exponent(factors.get(atom, 0) - e)
        if any(e < 0 and not _nonzero(algebra, atom, hypothesis) for atom, e in factors.items()):
            continue
        multiplier = algebra.collect(c / k, factors)
        if is_zero(algebra, add(goal, scale(algebra.mul(multiplier, hypothesis), -1))):
            return True
    return False


def _nonzero(algebra: Algebra, atom: Atom, hypothesis: Poly) -> bool:
    return signs.atom_sign(algebra, atom) in ("+", "-") or of_atom(atom) in algebra.nonzero


def _candidates(algebra: Algebra, state: State) -> list[Move]:
    wanted = _heads(state.goal)
    moves: list[tuple[int, Move]] = []
    for number, hypothesis in enumerate(state.hypotheses):
        heads = _heads(hypothesis)
        for name in sorted(heads):
            moves.append((0 if name in wanted else 1, Move("solve", number, name)))
            moves.append((2, Move("clear", number, name)))
        for name in sorted(_families(algebra, hypothesis, state)):
            moves.append((1, Move("weigh", number, name)))
    return [move for _, move in sorted(moves, key=lambda pair: pair[0])]


def _heads(p: Poly) -> set[str]:
    found: set[str] = set()
    stack = [p]
    while stack:
        for m in stack.pop().terms:
            for atom, _ in m.factors:
                if atom.kind == "ent":
                    found.add(atom.head)
                stack.extend(atom.args)
    return found


def _families(algebra: Algebra, hypothesis: Poly, state: State) -> set[str]:
    """Quantities with one index that is free in the hypothesis: what one can weigh it by."""
    names: set[str] = set()
    everything = set().union(*(_heads(h) for h in state.hypotheses), _heads(state.goal))
    for name in everything:
        decl = algebra.declared(name)
        if decl is None or len(decl.family) + len(decl.shape) != 1:
            continue
        high = decl.family[0].high if decl.family else decl.shape[0]
        if any(algebra.range_of.get(n) == str(high) for n in hypothesis.free):
            names.add(name)
    return names


def _apply(algebra: Algebra, state: State, move: Move) -> State | None:
    if not 0 <= move.number < len(state.hypotheses):
        return None
    hypothesis = state.hypotheses[move.number]
    if move.kind == "solve":
        rule = _solved(algebra, hypothesis, move.name)
        if rule is None:
            return None
        rest = tuple(h for n, h in enumerate(state.hypotheses) if n != move.number)
        try:
            return State(tuple(_substituted(algebra, h, rule) for h in rest), _substituted(algebra, state.goal, rule))
        except ZeroDivisionError:
            return None
    if move.kind == "weigh":
        weighed = _weighed(algebra, hypothesis, move.name)
    elif move.kind == "clear":
        weighed = _cleared(algebra, hypothesis, move.name)
    else:
        return None
    if weighed is None:
        return None
    return State((*state.hypotheses, weighed), state.goal)


def _weighed(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """Σ_k w_k h_k over the one free index of the right range."""
    decl = algebra.declared(name)
    if decl is None or len(decl.family) + len(decl.shape) != 1:
        return None
    key = str(decl.family[0].high if decl.family else decl.shape[0])
    free = sorted(n for n in hypothesis.free if algebra.range_of.get(n) == key)
    if len(free) != 1:
        return None
    weighed = algebra.mul(algebra.entry(name, (Ix(free[0]),)), hypothesis)
    return clear(algebra, algebra.sum_over(weighed, free[0], key))


def _cleared(algebra: Algebra, hypothesis: Poly, name: str) -> Poly | None:
    """The hypothesis multiplied by the matrix ``name`` from each side where its inverse has a free slot."""
    decl = algebra.declared(name)
    if decl is None or len(decl.shape) != 2:
        return None
    for slot in sorted(hypothesis.free):
        found = _inverse_at(hypothesis, name, slot)
        if found is None:
            continue
        atom, position, family = found
        key = str(decl.shape[0])
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


def _solved(algebra: Algebra, hypothesis: Poly, name: str) -> Solved | None:
    """The hypothesis solved for the entries of ``name``, if it is linear in one of them with a divisor that is not zero."""
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
        if name in _heads(top) or name in _heads(rest) or is_zero(algebra, top) or not _is_nonzero(algebra, top):
            return None
        return Solved(atom, scale(algebra.mul(rest, algebra.power(top, -1)), -1), top)
    return _solved_matrix(algebra, hypothesis, name)


def _is_nonzero(algebra: Algebra, p: Poly) -> bool:
    """Whether a divisor is surely not zero; other divisors would need a case of their own."""
    if signs.sign(algebra, p) in ("+", "-") or p in algebra.nonzero or scale(p, -1) in algebra.nonzero:
        return True
    content, rest = algebra.content(p)
    parts = [*((of_atom(a), e) for a, e in content.sorted()[0][0].factors), (rest, 1)]
    if all(
        signs.sign(algebra, q) in ("+", "-") or q in algebra.nonzero or scale(q, -1) in algebra.nonzero for q, _ in parts
    ):
        return True
    return False


def _solved_matrix(algebra: Algebra, hypothesis: Poly, name: str) -> Solved | None:
    """Σ_j M_ij x_j = b_i as x_j = Σ_i (M^-1)_ji b_i."""
    decl = algebra.declared(name)
    if decl is None:
        return None
    matrix, rest = ZERO, ZERO
    column: str | None = None
    found: Atom | None = None
    for m, c in hypothesis.sorted():
        inside = [a for a, e in m.factors if a.kind == "sum" and name in _heads(of_atom(a))]
        if not inside:
            if name in _heads(Poly({m: c})):
                return None
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
    if column is None or found is None or name in _heads(matrix):
        return None
    key = algebra.range_of[column]
    rows = sorted(n for n in matrix.free if n != column and algebra.range_of.get(n) == key and n.startswith("'"))
    if len(rows) != 1:
        return None
    row = rows[0]
    inverse = algebra.matrix_atom("inv", key, matrix, row, column, (Ix(column), Ix(row)))
    value = scale(algebra.sum_over(algebra.mul(inverse, rest), row, key), -1)
    return Solved(found, value, matrix)


def _pattern(atom: Atom) -> bool:
    """Whether its slots are different plain variables (or numbers), so that it stands for the whole family."""
    names = [ix.base for ix in atom.ix if ix.base]
    return len(names) == len(set(names)) and all(not ix.shift or ix.is_number for ix in atom.ix) and all(
        ix.atom is None for ix in atom.ix
    )


def _substituted(algebra: Algebra, p: Poly, rule: Solved) -> Poly:
    variables = frozenset(ix.base for ix in rule.atom.ix if ix.base)

    def change(atom: Atom) -> Poly | None:
        if atom.kind != "ent" or atom.head != rule.atom.head:
            return None
        found: dict[str, Ix] = {}
        for wanted, ix in zip(rule.atom.ix, atom.ix, strict=True):
            if wanted.base in variables:
                found[wanted.base] = ix
            elif wanted is not ix:
                return None
        return algebra.rename(rule.value, found)

    return clear(algebra, algebra.replace(p, change))


__all__ = ["check", "facts", "search"]
