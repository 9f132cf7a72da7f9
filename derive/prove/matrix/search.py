"""The search for a proof that two matrix terms are equal: orders are tried in turn, the result is a certificate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import inf
from typing import Any

from derive.language.context import Context
from derive.language.effort import METER
from derive.language.terms import Rel, Sym, Term, subterms
from derive.prove.matrix.certificate import (
    BlockPair,
    BlockSum,
    Congruence,
    Derived,
    DetProduct,
    Fact,
    Forged,
    Inverse,
    Ones,
    Orthogonal,
    Proof,
    Reason,
    Reciprocal,
    Sign,
    Transposed,
    Turned,
    Use,
    conditions,
    relation,
    stated_conditions,
)
from derive.prove.matrix.completion import Completion, Order, OutOfTime
from derive.prove.matrix.determinants import expand
from derive.prove.matrix.lowering import NotMatrix, difference, is_matrix_statement
from derive.prove.matrix.words import ONE, Alphabet, Mono, Poly, TooLarge, Word, thawed

MOST_RULES = 150


def prove_equal(
    left: Term, right: Term, context: Context, facts: Sequence[Rel] = (), deadline: float | None = None
) -> Proof | None:
    """A proof of ``left = right`` for all sizes, or None where none was found.

    ``facts`` are hypotheses beside those of the context; ``deadline`` is a ``time.monotonic()``. Raises ``NotMatrix``
    where the statement is not about matrices or vectors.
    """
    try:
        ours = is_matrix_statement(left, context) or is_matrix_statement(right, context)
    except RecursionError as error:
        raise NotMatrix("the term is nested too deeply") from error
    if not ours:
        raise NotMatrix("no product, inverse, transpose, trace or determinant of matrices")
    alphabet = Alphabet(context)
    goal = difference(left, right, alphabet)
    used = _relevant((left, right), (*facts, *(f.statement for f in context.facts if isinstance(f.statement, Rel))))
    end = inf if deadline is None else deadline
    for share, order_of in ((0.5, _plain), (0.5, _heavy_inverses), (1.0, _light_inverses)):
        with METER.at_most(inf, share):
            attempt = _Attempt(alphabet, goal, used, order_of, end)
            uses = attempt.run()
        if uses is not None:
            stated = stated_conditions(left, right, context, used)
            if set(conditions(alphabet)) <= set(stated):
                relations, uses = pruned(attempt.completion.reasons, uses)
                return Proof(stated, tuple(alphabet.names), relations, uses, used)
    return None


def _relevant(sides: Sequence[Term], facts: Sequence[Rel]) -> tuple[Rel, ...]:
    """The equations that mention a symbol of the claim, or of another such equation."""
    names = {part.name for side in sides for part in subterms(side) if isinstance(part, Sym)}
    waiting = [fact for fact in facts if fact.op == "="]
    kept: list[Rel] = []
    grown = True
    while grown:
        grown = False
        for fact in tuple(waiting):
            mentioned = {part.name for part in subterms(fact) if isinstance(part, Sym)}
            if mentioned & names:
                names |= mentioned
                waiting.remove(fact)
                kept.append(fact)
                grown = True
    return tuple(kept)


# -- orders ------------------------------------------------------------------------------------------------------
def _order(alphabet: Alphabet, weight: Callable[[int], tuple[int, int]]) -> Order:
    """By the weight of the word, then its letters, then traces likewise, then other scalars."""
    letters: dict[int, tuple[int, int, int]] = {}
    atoms: dict[int, tuple[Any, ...]] = {}
    known: dict[Mono, tuple[object, ...]] = {}

    def letter_key(letter: int) -> tuple[int, int, int]:
        if letter not in letters:
            letters[letter] = (*weight(letter), letter)
        return letters[letter]

    def atom_key(atom: int) -> tuple[Any, ...]:
        if atom not in atoms:
            key = alphabet.atoms[atom]
            word = tuple(map(letter_key, key[1])) if key[0] == "tr" else ()
            heavy = 1 + sum(item[0] for item in word) if word else _atom_weight(alphabet, atom)
            atoms[atom] = (len(word), heavy, tuple(item[1:] for item in word), atom)
        return atoms[atom]

    def key(mono: Mono) -> tuple[object, ...]:
        found = known.get(mono)
        if found is None:
            word = tuple(map(letter_key, mono[1]))
            ranks = tuple(item[1:] for item in word)
            scalars = sorted((atom_key(atom) for atom, power in mono[0] for _ in range(power)), reverse=True)
            traces = [item for item in scalars if item[0]]
            others = scalars[len(traces) :]
            found = known[mono] = (
                (sum(item[0] for item in word), len(word), ranks),
                (sum(item[1] for item in traces), tuple(traces)),
                (sum(item[1] for item in others), tuple(others)),
            )
        return found

    return key


def _atom_weight(alphabet: Alphabet, atom: int) -> int:
    """The weight of an atom that is no word: later determinants are rewritten to earlier ones."""
    key = alphabet.atoms[atom]
    if key[0] == "det" and isinstance(key[1], tuple):
        return 20 * int(3 ** min(atom, 20))
    return 2 + atom if key[0] == "fun" else 1


def _depth(alphabet: Alphabet, letter: int) -> int:
    """0 for a symbol, 1 for the inverse of one, 2 for the inverse of anything else."""
    key = alphabet.letters[letter]
    if key[0] != "inv":
        return 0
    terms = thawed(key[1]).terms
    return 1 if len(terms) == 1 and len(next(iter(terms))[1]) == 1 else 2


def _plain(alphabet: Alphabet) -> Order:
    return _order(alphabet, lambda letter: (1, _depth(alphabet, letter)))


def _heavy_inverses(alphabet: Alphabet) -> Order:
    return _order(alphabet, lambda letter: ((1, 1, 4)[_depth(alphabet, letter)], _depth(alphabet, letter)))


def _light_inverses(alphabet: Alphabet) -> Order:
    return _order(alphabet, lambda letter: (2 if _depth(alphabet, letter) == 0 else 1, -_depth(alphabet, letter)))


# -- one attempt -------------------------------------------------------------------------------------------------
class _Attempt:
    """Completion of the relations of one claim under one order, with the goal reduced as rules arrive."""

    def __init__(
        self, alphabet: Alphabet, goal: Poly, facts: tuple[Rel, ...], order_of: Callable[[Alphabet], Order], end: float
    ) -> None:
        self.alphabet = alphabet
        self.goal = goal
        self.facts = facts
        self.completion = Completion(alphabet, order_of(alphabet), end)
        self.live: dict[int, None] = {}
        self.atoms_live: dict[int, None] = {}
        self.scanned = 0
        self.completion.traces = any(_true_trace(alphabet, atom) for scalars, _ in goal.terms for atom, _ in scalars)
        self.completion.about_scalars = goal.scalar
        self._meet(goal)
        self.completion.thin_words += _thin_words(alphabet, goal)

    def run(self) -> tuple[Use, ...] | None:
        """The uses whose sum is the goal, if the goal reduces to nothing."""
        try:
            return self._run()
        except (OutOfTime, TooLarge):
            return None

    def _run(self) -> tuple[Use, ...] | None:
        completion = self.completion
        rest = self.goal
        uses: tuple[Use, ...] = ()
        self._facts()
        self._definitions()
        expanded = False
        while rest.terms:
            rest, more = completion.reduce(rest)
            uses = (*uses, *more)
            if not rest.terms:
                break
            self._definitions()
            if completion.step() is None or len(completion.rules) > MOST_RULES:
                if expanded:
                    return None
                expanded = True
                expand(completion, self._meet)
                self._definitions()
                self._congruences(rest)
        return tuple(replace(use, factor=-use.factor) for use in uses)

    def _assume(self, reason: Reason) -> int:
        return self.completion.assume(reason, relation(reason, self.completion.polys, self.alphabet, self.facts))

    def _facts(self) -> None:
        for place, _ in enumerate(self.facts):
            try:
                first = self._assume(Fact(place))
            except (NotMatrix, ValueError):
                continue
            self._assume(Transposed(first))
            self._one_sided(first)

    def _one_sided(self, place: int) -> None:
        """From a hypothesis M N = 1 with square M and N, also N M = 1."""
        words = [word for _, word in self.completion.polys[place].terms if word]
        for cut in range(1, len(words[0]) if words else 0):
            try:
                self._assume(Turned(place, cut))
            except Forged:
                continue

    def _meet(self, poly: Poly) -> None:
        """Take note of the letters and atoms that occur, and assume what each of them means."""
        for scalars, word in poly.terms:
            for letter in word:
                self._meet_letter(letter)
            for atom, _ in scalars:
                self._meet_atom(atom)

    def _meet_letter(self, letter: int) -> None:
        if letter in self.live:
            return
        self.live[letter] = None
        key = self.alphabet.letters[letter]
        if key[0] == "inv":
            self._meet(thawed(key[1]))
        for reason in _letter_reasons(self.alphabet, letter):
            self._assume(reason)
        if ONE in (self.alphabet.rows[letter], self.alphabet.cols[letter]):
            self.completion.thin_words = (*self.completion.thin_words, (letter,))

    def _meet_atom(self, atom: int) -> None:
        if atom in self.atoms_live:
            return
        self.atoms_live[atom] = None
        match self.alphabet.atoms[atom]:
            case ("tr", word):
                for letter in word:
                    self._meet_letter(letter)
            case ("recip", frozen):
                self._meet(thawed(frozen))
                self._assume(Reciprocal(atom))
            case ("pow", ("num", -1), _):
                self._assume(Sign(atom))
            case ("det", int() as letter):
                self._meet_letter(letter)
            case ("det", tuple() as frozen):
                self._meet(thawed(frozen))
            case ("fun", _, *args):
                for arg in args:
                    self._meet(thawed(arg))

    def _definitions(self) -> None:
        """The relations that say what each letter and atom of the newest relations is."""
        polys = self.completion.polys
        while self.scanned < len(polys):
            self.scanned += 1
            self._meet(polys[self.scanned - 1])

    def _congruences(self, rest: Poly) -> None:
        """f(a) = f(b) for the functions in what is left, where a reduces to b."""
        atoms = dict.fromkeys(atom for scalars, _ in rest.terms for atom, _ in scalars)
        while self.completion.step() is not None and len(self.completion.rules) < MOST_RULES:
            self._definitions()
        for atom in atoms:
            key = self.alphabet.atoms[atom]
            if key[0] != "fun":
                continue
            pairs = [self.completion.reduce(thawed(part)) for part in key[2:]]
            if any(uses for _, uses in pairs):
                steps = tuple(tuple(replace(u, factor=-u.factor) for u in uses) for _, uses in pairs)
                self._assume(Congruence(atom, tuple(poly.frozen() for poly, _ in pairs), steps))


def _true_trace(alphabet: Alphabet, atom: int) -> bool:
    """Is it the trace of a matrix, not merely a product that is a scalar?"""
    key = alphabet.atoms[atom]
    return key[0] == "tr" and not any(alphabet.rows[letter] == ONE for letter in key[1])


def _thin_words(alphabet: Alphabet, goal: Poly) -> tuple[Word, ...]:
    """``Xᵀ y`` at the end of a product, ``yᵀ X`` at its beginning: vectors of several letters, none an inverse."""
    found: dict[Word, None] = {}
    for word in _products(alphabet, goal):
        inverses = [at for at, letter in enumerate(word) if alphabet.letters[letter][0] == "inv"]
        first, last = word[: inverses[0] if inverses else None], word[inverses[-1] + 1 if inverses else 0 :]
        if len(last) > 1 and alphabet.cols[last[-1]] == ONE:
            found[last] = None
        if len(first) > 1 and alphabet.rows[first[0]] == ONE:
            found[first] = None
    return tuple(found)


def _products(alphabet: Alphabet, goal: Poly) -> Iterator[Word]:
    """The words of a claim, and those of its scalars that are a row times a column."""
    for scalars, word in goal.terms:
        yield word
        for cycle in (alphabet.atoms[atom][1] for atom, _ in scalars if alphabet.atoms[atom][0] == "tr"):
            cut = next((at for at, letter in enumerate(cycle) if alphabet.rows[letter] == ONE), None)
            if cut is not None:
                yield cycle[cut:] + cycle[:cut]


def _letter_reasons(alphabet: Alphabet, letter: int) -> tuple[Reason, ...]:
    match alphabet.letters[letter]:
        case ("inv", _):
            return (Inverse(letter, True), Inverse(letter, False))
        case ("ones", _, False):
            return (Ones(letter),)
        case ("block", parts, _, False):
            rows = [alphabet.transposed_letter(alphabet.letter(("block", parts, i, False))) for i in range(len(parts))]
            return (*(BlockPair(row, letter) for row in rows), BlockSum(letter))
        case ("term", Term() as term, _):
            if "orthogonal" in alphabet.properties(term) and alphabet.rows[letter] == alphabet.cols[letter]:
                return (Orthogonal(letter), Orthogonal(alphabet.transposed_letter(letter)))
    return ()


# -- certificates ------------------------------------------------------------------------------------------------
def pruned(reasons: Sequence[Reason], uses: tuple[Use, ...]) -> tuple[tuple[Reason, ...], tuple[Use, ...]]:
    """Only the relations that a combination rests on, numbered anew."""
    needed: set[int] = set()
    waiting = [use.relation for use in uses]
    while waiting:
        place = waiting.pop()
        if place not in needed:
            needed.add(place)
            waiting.extend(_rests_on(reasons[place]))
    new = {place: number for number, place in enumerate(sorted(needed))}

    def renumbered(steps: tuple[Use, ...]) -> tuple[Use, ...]:
        return tuple(replace(use, relation=new[use.relation]) for use in steps)

    kept: list[Reason] = []
    for place in sorted(needed):
        match reasons[place]:
            case Derived(steps):
                kept.append(Derived(renumbered(steps)))
            case Transposed(earlier):
                kept.append(Transposed(new[earlier]))
            case Turned(earlier, cut):
                kept.append(Turned(new[earlier], cut))
            case DetProduct(whole, left, right, steps):
                kept.append(DetProduct(whole, left, right, renumbered(steps)))
            case Congruence(atom, args, steps_of):
                kept.append(Congruence(atom, args, tuple(map(renumbered, steps_of))))
            case other:
                kept.append(other)
    return tuple(kept), renumbered(uses)


def _rests_on(reason: Reason) -> list[int]:
    match reason:
        case Derived(uses) | DetProduct(_, _, _, uses):
            return [use.relation for use in uses]
        case Transposed(earlier) | Turned(earlier, _):
            return [earlier]
        case Congruence(_, _, steps):
            return [use.relation for uses in steps for use in uses]
    return []
