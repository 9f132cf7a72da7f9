"""What a matrix proof consists of, and its judge: each relation used with its reason, recomputed from scratch.

A proof writes ``left - right`` as a combination of relations ``r = 0``. ``check`` believes no polynomial of the proof:
it computes every relation anew from its *reason*, and the combination from the relations.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.operators import ShapeError
from derive.language.terms import Rel, Term
from derive.prove.matrix.lowering import NotMatrix, difference, logarithm
from derive.prove.matrix.show import show_poly
from derive.prove.matrix.signs import invertible, nonzero, positive
from derive.prove.matrix.words import (
    ONE,
    SYMMETRIC,
    UNIT,
    Alphabet,
    Frozen,
    Key,
    Poly,
    Scalars,
    Word,
    identity,
    merge,
    number,
    thawed,
)


@dataclass(frozen=True)
class Use:
    """``factor · scalars · left · relation · right``, or with ``traced`` the trace of that (times a word)."""

    factor: Fraction
    scalars: Scalars
    left: Word
    relation: int
    right: Word
    traced: bool = False
    times: Word = ()


@dataclass(frozen=True)
class Inverse:
    """``M Z = 1`` (or ``Z M = 1``) for the letter ``Z`` that is the inverse of ``M``."""

    letter: int
    on_the_right: bool


@dataclass(frozen=True)
class Reciprocal:
    """``p r = 1`` for the atom ``r`` that is ``1 / p``."""

    atom: int


@dataclass(frozen=True)
class Orthogonal:
    """``Q Qᵀ = 1`` (of ``Qᵀ``: ``Qᵀ Q = 1``) for a square letter declared orthogonal."""

    letter: int


@dataclass(frozen=True)
class Ones:
    """``1ᵀ 1 = n`` for the vector of ones (the letter)."""

    letter: int


@dataclass(frozen=True)
class BlockPair:
    """``Eᵢᵀ Eⱼ = 1`` for i = j, else 0, for the columns of one identity at two of its blocks."""

    first: int
    second: int


@dataclass(frozen=True)
class BlockSum:
    """``Σ Eᵢ Eᵢᵀ = 1`` over all blocks beside that of the letter."""

    letter: int


@dataclass(frozen=True)
class Sign:
    """``a² = 1`` for the atom ``a = (-1)ⁿ``."""

    atom: int


@dataclass(frozen=True)
class Fact:
    """A hypothesis ``left = right``, by its place among the facts given."""

    place: int


@dataclass(frozen=True)
class Transposed:
    """The transpose of an earlier relation."""

    relation: int


@dataclass(frozen=True)
class Turned:
    """``N M = 1`` from the earlier ``M N = 1`` for square ``M`` and ``N``, the words before and after ``cut``."""

    relation: int
    cut: int


@dataclass(frozen=True)
class Derived:
    """A combination of earlier relations."""

    uses: tuple[Use, ...]


@dataclass(frozen=True)
class DetProduct:
    """``det M = det P det Q``, since ``M - P Q`` is a combination of earlier relations."""

    whole: Frozen
    left: Frozen
    right: Frozen
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class Sylvester:
    """``det(1 + P Q) = det(1 + Q P)``."""

    left: Frozen
    right: Frozen


@dataclass(frozen=True)
class Congruence:
    """``f(a, …) = f(b, …)`` for an atom ``f(a, …)``, as each ``a - b`` is a combination of earlier relations."""

    atom: int
    arguments: tuple[Frozen, ...]
    uses: tuple[tuple[Use, ...], ...]


Reason = (
    Inverse
    | Reciprocal
    | Orthogonal
    | Ones
    | BlockPair
    | BlockSum
    | Sign
    | Fact
    | Transposed
    | Turned
    | Derived
    | DetProduct
    | Sylvester
    | Congruence
)


@dataclass(frozen=True)
class Proof:
    """``left - right = Σ uses`` over ``relations``, where ``names`` says what each letter and atom is."""

    conditions: tuple[str, ...]
    names: tuple[tuple[str, Key], ...]
    relations: tuple[Reason, ...]
    uses: tuple[Use, ...]
    facts: tuple[Rel, ...] = ()


class Forged(ValueError):
    """A step of a proof that is not what it says."""


def check(proof: Proof, left: Term, right: Term, context: Context, facts: Sequence[Rel] = ()) -> bool:
    """Does ``proof`` show ``left = right`` from the declarations of ``context``, its facts, and ``facts``?"""
    allowed = {*facts, *(fact.statement for fact in context.facts)}
    if not set(proof.facts) <= allowed:
        return False
    try:
        alphabet = replay(proof.names, context)
        goal = difference(left, right, alphabet)
        known: list[Poly] = []
        for reason in proof.relations:
            known.append(relation(reason, known, alphabet, proof.facts))
        stated = stated_conditions(left, right, context, proof.facts)
        honest = proof.conditions == stated and set(conditions(alphabet)) <= set(stated)
        return honest and combination(proof.uses, known, alphabet, goal)
    except (Forged, NotMatrix, ShapeError, IndexError, KeyError, TypeError, ValueError):
        return False


def stated_conditions(left: Term, right: Term, context: Context, facts: Sequence[Rel]) -> tuple[str, ...]:
    """What must hold for the two sides and the facts to make sense; a proof may ask for nothing more."""
    alphabet = Alphabet(context)
    difference(left, right, alphabet)
    for fact in facts:
        with suppress(NotMatrix):
            difference(fact.left, fact.right, alphabet)
    return conditions(alphabet)


def replay(names: Sequence[tuple[str, Key]], context: Context) -> Alphabet:
    """The alphabet of a proof, each name checked as it is given out."""
    alphabet = Alphabet(context)
    for place, (kind, key) in enumerate(names):
        if kind == "letter":
            letter = alphabet.letter(key)
            square = alphabet.rows[letter] == alphabet.cols[letter]
            if square and key[0] == "term" and key[2] and alphabet.properties(key[1]) & SYMMETRIC:
                raise Forged("a symmetric letter has no transpose of its own")
            if key[0] == "inv":
                well_shaped(thawed(key[1]), alphabet)
                if not thawed(key[1]).terms:
                    raise Forged("zero has no inverse")
        else:
            if key[0] == "recip" and not thawed(key[1]).terms:
                raise Forged("zero has no reciprocal")
            for part in key:
                if isinstance(part, tuple) and len(part) == 3 and isinstance(part[0], Extent):
                    well_shaped(thawed(part), alphabet)
            alphabet.atom(key)
        if len(alphabet.names) != place + 1:
            raise Forged("a name given twice, or one that rests on later names")
    return alphabet


def well_shaped(poly: Poly, alphabet: Alphabet) -> None:
    """Every word of a polynomial multiplies, and has its shape; every atom is already named."""
    for scalars, word in poly.terms:
        for atom, power in scalars:
            if not 0 <= atom < len(alphabet.atoms) or power < 1:
                raise Forged("an atom that is not named")
        ends = [(alphabet.rows[letter], alphabet.cols[letter]) for letter in word]
        inner = all(a[1] == b[0] for a, b in pairwise(ends))
        outer = (ends[0][0], ends[-1][1]) if ends else (poly.rows, poly.rows)
        if not inner or outer != (poly.rows, poly.cols):
            raise Forged("a word whose shapes do not fit")


def relation(reason: Reason, known: Sequence[Poly], alphabet: Alphabet, facts: Sequence[Rel]) -> Poly:
    """The polynomial that a reason shows to be zero; ``Forged`` if it shows nothing."""
    match reason:
        case Inverse(letter, on_the_right):
            key = alphabet.letters[letter]
            if key[0] != "inv":
                raise Forged("not the inverse of anything")
            inside, turned = thawed(key[1]), alphabet.word((letter,))
            pair = (inside, turned) if on_the_right else (turned, inside)
            return alphabet.mul(*pair) - identity(inside.rows)
        case Reciprocal(atom):
            key = alphabet.atoms[atom]
            if key[0] != "recip":
                raise Forged("not the reciprocal of anything")
            return alphabet.mul(thawed(key[1]), alphabet.scalar(key)) - number(1)
        case Orthogonal(letter):
            key = alphabet.letters[letter]
            square = alphabet.rows[letter] == alphabet.cols[letter]
            if key[0] != "term" or not square or "orthogonal" not in alphabet.properties(key[1]):
                raise Forged("not declared orthogonal")
            product = alphabet.word((letter, alphabet.transposed_letter(letter)))
            return product - identity(alphabet.rows[letter])
        case Ones(letter):
            key = alphabet.letters[letter]
            if key[0] != "ones" or key[2]:
                raise Forged("not a vector of ones")
            ones = alphabet.word((alphabet.transposed_letter(letter), letter))
            return ones - alphabet.extent(alphabet.rows[letter])
        case BlockPair(one, other):
            return block_pair(one, other, alphabet)
        case BlockSum(letter):
            return block_sum(letter, alphabet)
        case Sign(atom):
            if alphabet.atoms[atom][:2] != ("pow", ("num", -1)):
                raise Forged("not a power of -1")
            return alphabet.power(alphabet.scalar(alphabet.atoms[atom]), 2) - number(1)
        case Fact(place):
            fact = facts[place]
            if fact.op != "=":
                raise Forged("not an equation")
            return difference(fact.left, fact.right, alphabet)
        case Transposed(earlier):
            return alphabet.transpose(known[earlier])
        case Turned(earlier, cut):
            return one_sided(known[earlier], cut, alphabet)
        case Derived(uses):
            return total(uses, known, alphabet)
        case DetProduct(whole, left, right, uses):
            factors = thawed(left), thawed(right)
            for poly in (thawed(whole), *factors):
                well_shaped(poly, alphabet)
            if not combination(uses, known, alphabet, thawed(whole) - alphabet.mul(*factors)):
                raise Forged("the matrix is not that product")
            return alphabet.det(thawed(whole)) - alphabet.mul(*map(alphabet.det, factors))
        case Sylvester(left, right):
            p, q = thawed(left), thawed(right)
            well_shaped(p, alphabet)
            well_shaped(q, alphabet)
            first, second = identity(p.rows) + alphabet.mul(p, q), identity(q.rows) + alphabet.mul(q, p)
            return alphabet.det(first) - alphabet.det(second)
        case Congruence(atom, new, uses):
            head, name, *old = alphabet.atoms[atom]
            if head != "fun" or not len(old) == len(new) == len(uses):
                raise Forged("not a value of the same function")
            for x, y, steps in zip(old, new, uses, strict=True):
                well_shaped(thawed(y), alphabet)
                if not combination(steps, known, alphabet, thawed(x) - thawed(y)):
                    raise Forged("the arguments are not shown to be equal")
            return alphabet.scalar(alphabet.atoms[atom]) - value_of(str(name), new, alphabet)


def block_pair(first: int, second: int, alphabet: Alphabet) -> Poly:
    """``Eᵢᵀ Eⱼ`` less what it is."""
    match alphabet.letters[first], alphabet.letters[second]:
        case ("block", parts, i, True), ("block", others, j, False) if parts == others:
            product = alphabet.word((first, second))
            return product - identity(parts[i]) if i == j else product
    raise Forged("not two blocks of one identity")


def block_sum(letter: int, alphabet: Alphabet) -> Poly:
    """``Σ Eᵢ Eᵢᵀ - 1``."""
    match alphabet.letters[letter]:
        case ("block", parts, _, _):
            total = -identity(sum(parts, Extent.of(0)))
            for place in range(len(parts)):
                columns = alphabet.letter(("block", parts, place, False))
                total = total + alphabet.word((columns, alphabet.transposed_letter(columns)))
            return total
    raise Forged("not a block of an identity")


def one_sided(known: Poly, cut: int, alphabet: Alphabet) -> Poly:
    """``c N M - 1`` from ``c M N - 1``: a one-sided inverse of a square matrix is its inverse."""
    words = [mono for mono in known.terms if mono[1]]
    if len(words) != 1 or len(known.terms) != 2 or UNIT not in known.terms or known.rows != known.cols:
        raise Forged("not of the form M N = 1")
    known = known.scaled(-1 / known.terms[UNIT])
    scalars, word = words[0]
    if not 0 < cut < len(word) or alphabet.cols[word[cut - 1]] != known.rows:
        raise Forged("not a product of two square matrices")
    other = alphabet.word(word[cut:] + word[:cut])
    return alphabet.mul(Poly(ONE, ONE, {(scalars, ()): known.terms[words[0]]}), other) - identity(known.rows)


def value_of(name: str, arguments: Sequence[Frozen], alphabet: Alphabet) -> Poly:
    """A scalar function of scalars, the logarithm of a product split where it may be."""
    if name == "log":
        return logarithm(thawed(arguments[0]), alphabet)
    return alphabet.scalar(("fun", name, *arguments))


def instance(use: Use, relation: Poly, alphabet: Alphabet) -> Poly:
    """``factor · scalars · left · relation · right``, or its trace."""
    if any(power < 1 for _, power in use.scalars):
        raise Forged("a division in disguise")
    terms: dict[tuple[Scalars, Word], Fraction] = {}
    word = relation
    if use.left:
        word = alphabet.mul(alphabet.word(use.left), word)
    if use.right:
        word = alphabet.mul(word, alphabet.word(use.right))
    if use.traced:
        word = alphabet.trace(word)
        if use.times:
            word = alphabet.mul(word, alphabet.word(use.times))
    for (scalars, letters), value in word.terms.items():
        mono = (merge(use.scalars, scalars), letters)
        terms[mono] = terms.get(mono, Fraction(0)) + value * use.factor
    return Poly(word.rows, word.cols, {mono: value for mono, value in terms.items() if value})


def total(uses: Sequence[Use], known: Sequence[Poly], alphabet: Alphabet, start: Poly | None = None) -> Poly:
    """The sum of the uses (and ``start``); among square matrices a scalar relation counts times the identity."""
    parts = [] if start is None else [start]
    for use in uses:
        if use.relation < 0:
            raise Forged("a relation that does not come before")
        parts.append(instance(use, known[use.relation], alphabet))
    if not parts:
        raise Forged("an empty sum has no shape")
    wide = next((part for part in parts if not part.scalar), parts[0])
    result = Poly(wide.rows, wide.cols, {})
    for part in parts:
        lifted = part.scalar and not wide.scalar
        result = result + (alphabet.mul(part, identity(wide.rows)) if lifted else part)
    return result


def combination(uses: Sequence[Use], known: Sequence[Poly], alphabet: Alphabet, goal: Poly) -> bool:
    """Is ``goal`` the sum of the uses?"""
    return not total(uses, known, alphabet, -goal).terms


def conditions(alphabet: Alphabet) -> tuple[str, ...]:
    """What must hold for all names to make sense: inverses exist, divisors are not 0, logarithms are of positives."""
    found: dict[str, None] = {}
    for kind, key in alphabet.names:
        match kind, key:
            case "letter", ("inv", frozen):
                poly = thawed(frozen)
                if not invertible(alphabet, poly):
                    twin = min(poly.frozen(), alphabet.transpose(poly).frozen(), key=lambda f: f[2])
                    found[f"{show_poly(alphabet, thawed(twin))} is invertible"] = None
            case "atom", ("recip", frozen):
                poly = thawed(frozen)
                if not nonzero(alphabet, poly):
                    found[f"{show_poly(alphabet, poly)} ≠ 0"] = None
            case "atom", ("fun", "log", frozen):
                poly = thawed(frozen)
                atoms = [atom for (scalars, _) in poly.terms for atom, _ in scalars]
                if len(poly.terms) == 1 and not all(positive(alphabet, atom) for atom in atoms):
                    found[f"{show_poly(alphabet, poly)} > 0"] = None
    return tuple(found)
