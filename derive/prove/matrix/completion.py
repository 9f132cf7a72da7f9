"""Completion: from relations ``r = 0`` to rewriting rules that also hold (a non-commutative Buchberger algorithm).

A rule rewrites the greatest monomial of its relation. Where two rules can rewrite one monomial (an *overlap*), the
difference of the two results is a new relation. It need not end; it stops at a deadline or after so much work.
Every relation remembers the combination of earlier ones that it is, so that a proof can be checked without any search.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from heapq import heappop, heappush

from derive.language.effort import METER, is_over
from derive.prove.matrix.certificate import Derived, Reason, Use, instance
from derive.prove.matrix.words import ONE, Alphabet, Mono, Poly, Scalars, Word

Order = Callable[[Mono], tuple[object, ...]]
LONGEST_TRACED = 4


MOST_WORK = 30_000
"""How often one completion may look at a rule: a dozen times what the hardest known identity needs."""
STEPS = 3
"""As how much work one such look counts."""


class OutOfTime(Exception):
    """The deadline has passed, or the work that is allowed is done."""


@dataclass
class Rule:
    """A relation with its greatest monomial, made monic; ``place`` is its number among all relations."""

    place: int
    poly: Poly
    head: Mono
    active: bool = True


@dataclass
class Completion:
    """The relations known so far (``reasons[i]`` shows ``polys[i] = 0``) and the rules made of them."""

    alphabet: Alphabet
    order: Order
    deadline: float
    largest: int = 14
    reasons: list[Reason] = field(default_factory=list)
    polys: list[Poly] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    pending: list[tuple[tuple[object, ...], int, Poly, tuple[Use, ...]]] = field(default_factory=list)
    thin_words: tuple[Word, ...] = ()
    traces: bool = False
    about_scalars: bool = False
    count: int = 0
    work: int = 0

    # -- relations -----------------------------------------------------------------------------------------------
    def add(self, reason: Reason, poly: Poly) -> int:
        """Record a relation (without making a rule of it)."""
        self.reasons.append(reason)
        self.polys.append(poly)
        return len(self.polys) - 1

    def assume(self, reason: Reason, poly: Poly) -> int:
        """Record a relation, and let it wait to become a rule."""
        place = self.add(reason, poly)
        self.wait(poly, (Use(Fraction(1), (), (), place, ()),))
        return place

    def wait(self, poly: Poly, uses: tuple[Use, ...]) -> None:
        """Let a combination of relations wait to become a rule, the smallest first."""
        if poly.terms:
            self.count += 1
            heappush(self.pending, (self.order(max(poly.terms, key=self.order)), self.count, poly, uses))

    def step(self) -> Rule | None:
        """Make a rule of the smallest waiting relation and form its overlaps; None when nothing is left."""
        while self.pending:
            _, _, poly, uses = heappop(self.pending)
            poly, more = self.reduce(poly)
            if (poly.scalar and poly.terms) or any(word for _, word in poly.terms):
                return self._new_rule(poly, (*uses, *more))
        return None

    def _new_rule(self, poly: Poly, uses: tuple[Use, ...]) -> Rule:
        head = max(poly.terms, key=self.order)
        scale = 1 / poly.terms[head]
        poly = poly.scaled(scale)
        scaled = tuple(_scaled(use, scale) for use in uses)
        if len(uses) == 1 and scaled[0] == Use(Fraction(1), (), (), uses[0].relation, ()):
            place = uses[0].relation
        else:
            place = self.add(Derived(scaled), poly)
        rule = Rule(place, poly, head)
        self.work += len(self.rules)
        for old in self.rules:
            if old.active and next(self._matches(rule, old.head), None) is not None:
                old.active = False
                self.wait(old.poly, (Use(Fraction(1), (), (), old.place, ()),))
        self.rules = [old for old in self.rules if old.active]
        self.rules.append(rule)
        for other in self.rules:
            self._overlaps(rule, other)
            if other is not rule:
                self._overlaps(other, rule)
        self._thin_products(rule)
        if self.traces and poly.rows == poly.cols and not poly.scalar and len(head[1]) <= LONGEST_TRACED:
            use = Use(Fraction(1), (), (), place, (), traced=True)
            self.wait(instance(use, poly, self.alphabet), (use,))
        return rule

    # -- reduction -----------------------------------------------------------------------------------------------
    def reduce(self, poly: Poly, limit: int = 4000) -> tuple[Poly, tuple[Use, ...]]:
        """``poly`` with every reducible monomial rewritten, and what was added to it to get there."""
        done: dict[Mono, Fraction] = {}
        rest = dict(poly.terms)
        uses: list[Use] = []
        while rest:
            self.work += len(self.rules)
            METER.done += STEPS * len(self.rules)
            if self.work > MOST_WORK or len(uses) > limit or is_over(self.deadline):
                raise OutOfTime
            mono = max(rest, key=self.order)
            found = self._rewrite(mono)
            if found is None:
                done[mono] = rest.pop(mono)
                continue
            use, part = found
            factor = -rest[mono]
            uses.append(_scaled(use, factor))
            for other, value in part.terms.items():
                new = rest.get(other, 0) + value * factor
                if new:
                    rest[other] = new
                else:
                    rest.pop(other, None)
        return Poly(poly.rows, poly.cols, done), tuple(uses)

    def _rewrite(self, mono: Mono) -> tuple[Use, Poly] | None:
        """A monic instance of a rule with exactly this greatest monomial."""
        for rule in self.rules:
            for use in self._matches(rule, mono):
                part = instance(use, rule.poly, self.alphabet)
                lead = part.terms.get(mono)
                if lead is not None and max(part.terms, key=self.order) == mono:
                    if lead == 1:
                        return use, part
                    return _scaled(use, 1 / lead), part.scaled(1 / lead)
        return None

    def _matches(self, rule: Rule, mono: Mono) -> Iterator[Use]:
        scalars, word = mono
        for rest, left, right in self._inside(rule.head, mono):
            yield Use(Fraction(1), rest, left, rule.place, right)
        if not rule.head[1]:
            return
        for atom, _ in scalars:
            key = self.alphabet.atoms[atom]
            if key[0] != "tr":
                continue
            remaining = divide(divide(scalars, ((atom, 1),)) or (), rule.head[0])
            if remaining is not None:
                for right in cyclic_matches(key[1], rule.head[1]):
                    yield Use(Fraction(1), remaining, (), rule.place, right, traced=True, times=word)

    def _inside(self, small: Mono, large: Mono) -> Iterator[tuple[Scalars, Word, Word]]:
        """The ways in which a monomial divides another: the scalars left over, and the words to both sides."""
        rest = divide(large[0], small[0])
        if rest is None:
            return
        word, part = large[1], small[1]
        if not part:
            yield rest, word, ()
            return
        for start in range(len(word) - len(part) + 1):
            if word[start : start + len(part)] == part:
                yield rest, word[:start], word[start + len(part) :]

    # -- overlaps ------------------------------------------------------------------------------------------------
    def _overlaps(self, first: Rule, second: Rule) -> None:
        """What follows where a monomial ends with the head of one rule as another begins, or they share scalars."""
        (s1, w1), (s2, w2) = first.head, second.head
        common = lowest(s1, s2)
        a, b = divide(common, s1) or (), divide(common, s2) or ()
        if not w1 or not w2:
            if not w1 and (w2 or first.place < second.place) and shared(s1, s2):
                left, right = Use(Fraction(1), a, w2, first.place, ()), Use(Fraction(1), b, (), second.place, ())
                self._compare(left, right, first, second)
            return
        for size in range(1, min(len(w1), len(w2)) + (first is not second)):
            if size == len(w1) == len(w2):
                continue
            if w1[-size:] == w2[:size] and len(w1) + len(w2) - size <= self.largest:
                left = Use(Fraction(1), a, (), first.place, w2[size:])
                right = Use(Fraction(1), b, w1[:-size], second.place, ())
                self._compare(left, right, first, second)
        if first is not second and len(w2) <= len(w1):
            for start in range(len(w1) - len(w2) + 1):
                if w1[start : start + len(w2)] == w2:
                    left = Use(Fraction(1), a, (), first.place, ())
                    right = Use(Fraction(1), b, w1[:start], second.place, w1[start + len(w2) :])
                    self._compare(left, right, first, second)

    def _compare(self, left: Use, right: Use, first: Rule, second: Rule) -> None:
        one, other = instance(left, first.poly, self.alphabet), instance(right, second.poly, self.alphabet)
        self.wait(one - other, (left, _scaled(right, Fraction(-1))))

    def _thin_products(self, rule: Rule) -> None:
        """A rule whose head holds a product of a column by a row, times a vector: there a scalar appears. So it does
        where a rule about a column is multiplied by a row, which a claim about a scalar may need."""
        word = rule.head[1]
        rows, cols = self.alphabet.rows, self.alphabet.cols
        vector = self.about_scalars and ONE in (rule.poly.rows, rule.poly.cols)
        if not word or not (vector or any(rows[letter] == ONE for letter in word[1:])):
            return
        for thin in self.thin_words:
            if rows[thin[0]] == cols[word[-1]] and cols[thin[-1]] == ONE:
                use = Use(Fraction(1), (), (), rule.place, thin)
                self.wait(instance(use, rule.poly, self.alphabet), (use,))
            if cols[thin[-1]] == rows[word[0]] and rows[thin[0]] == ONE:
                use = Use(Fraction(1), (), thin, rule.place, ())
                self.wait(instance(use, rule.poly, self.alphabet), (use,))


def _scaled(use: Use, factor: Fraction) -> Use:
    return replace(use, factor=use.factor * factor)


def divide(large: Scalars, small: Scalars) -> Scalars | None:
    """The scalars left over, or None.

    >>> divide(((0, 2), (1, 1)), ((0, 1),))
    ((0, 1), (1, 1))
    """
    if not small:
        return large
    powers = dict(large)
    for atom, power in small:
        left = powers.get(atom, 0) - power
        if left < 0:
            return None
        powers[atom] = left
    return tuple((atom, power) for atom, power in powers.items() if power)


def lowest(first: Scalars, second: Scalars) -> Scalars:
    """The least common multiple."""
    powers = dict(first)
    for atom, power in second:
        powers[atom] = max(powers.get(atom, 0), power)
    return tuple(sorted(powers.items()))


def shared(first: Scalars, second: Scalars) -> bool:
    """Do they have an atom in common?"""
    atoms = {atom for atom, _ in first}
    return any(atom in atoms for atom, _ in second)


def cyclic_matches(cycle: Word, part: Word) -> Iterator[Word]:
    """Where a word occurs in a cyclic word: what is left of the cycle, from after the word to before it."""
    if len(part) > len(cycle):
        return
    twice = cycle + cycle
    for start in range(len(cycle)):
        if twice[start : start + len(part)] == part:
            yield twice[start + len(part) : start + len(cycle)]
