"""The free algebra: words of matrix letters, times commuting scalars, with rational coefficients.

A *letter* is a matrix that products are made of: a symbol, its transpose, the inverse of a polynomial. An *atom* is a
scalar that commutes with everything: a declared scalar, a size, the trace of a word, a determinant, a reciprocal. Both
are numbers that an ``Alphabet`` hands out, in the order in which they are first met. A monomial is a product of atoms
and a word; a ``Poly`` is a rational combination of monomials of one shape.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from math import gcd, lcm
from typing import Any

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.language.operators import ShapeError
from derive.language.shapes import shape_of
from derive.language.terms import Op, Sym, Term

Word = tuple[int, ...]
Scalars = tuple[tuple[int, int], ...]
Mono = tuple[Scalars, Word]
Frozen = tuple[Extent, Extent, tuple[tuple[Mono, Fraction], ...]]
Key = tuple[Any, ...]

ONE = Extent.of(1)
UNIT: Mono = ((), ())
SYMMETRIC = frozenset({"symmetric", "posdef", "psd", "diagonal"})


LARGEST_PRODUCT = 20_000
LARGEST_POWER = 64


class TooLarge(ValueError):
    """Multiplying out would make too many products."""


@dataclass(frozen=True)
class Poly:
    """A rational combination of monomials, all ``rows × cols``. Never changed once made."""

    rows: Extent
    cols: Extent
    terms: Mapping[Mono, Fraction]

    @property
    def scalar(self) -> bool:
        """Is it one by one?"""
        return self.rows == ONE and self.cols == ONE

    def frozen(self) -> Frozen:
        """The same as a hashable value, in one order."""
        return (self.rows, self.cols, tuple(sorted(self.terms.items())))

    def __add__(self, other: Poly) -> Poly:
        if (self.rows, self.cols) != (other.rows, other.cols):
            raise ShapeError(f"cannot add ({self.rows} × {self.cols}) and ({other.rows} × {other.cols})")
        total = dict(self.terms)
        for mono, factor in other.terms.items():
            value = total.get(mono, 0) + factor
            if value:
                total[mono] = value
            else:
                del total[mono]
        return Poly(self.rows, self.cols, total)

    def scaled(self, factor: Fraction | int) -> Poly:
        """``factor`` times it."""
        if not factor:
            return Poly(self.rows, self.cols, {})
        return Poly(self.rows, self.cols, {mono: value * factor for mono, value in self.terms.items()})

    def __neg__(self) -> Poly:
        return self.scaled(-1)

    def __sub__(self, other: Poly) -> Poly:
        return self + (-other)


def thawed(frozen: Frozen) -> Poly:
    """The polynomial that ``Poly.frozen`` described."""
    return Poly(frozen[0], frozen[1], dict(frozen[2]))


def number(value: Fraction | int) -> Poly:
    """A rational number as a 1 × 1 polynomial."""
    return Poly(ONE, ONE, {UNIT: Fraction(value)} if value else {})


def identity(size: Extent) -> Poly:
    """The identity matrix."""
    return Poly(size, size, {UNIT: Fraction(1)})


def merge(left: Scalars, right: Scalars) -> Scalars:
    """The product of two scalar monomials.

    >>> merge(((0, 1), (2, 1)), ((2, 2),))
    ((0, 1), (2, 3))
    """
    if not left or not right:
        return left or right
    powers = dict(left)
    for atom, power in right:
        powers[atom] = powers.get(atom, 0) + power
    return tuple(sorted(powers.items()))


class Alphabet:
    """Letters and atoms of one claim, numbered in the order of first use; each key says what its letter or atom *is*.

    Letter keys: ``("term", term, transposed)``, ``("ones", length, transposed)``, ``("inv", frozen)``, and
    ``("block", lengths, place, transposed)`` for the columns of the identity where block number ``place`` stands.
    Atom keys: ``("term", term)``, ``("size", name)``, ``("tr", word)``, ``("recip", frozen)``, ``("det", letter)`` or
    ``("det", frozen)``, ``("pow", base, names)`` for ``base ^ (n m …)``, ``("fun", name, frozen, …)``.
    """

    def __init__(self, context: Context) -> None:
        self.context = context
        self.names: list[tuple[str, Key]] = []
        self.letters: list[Key] = []
        self.atoms: list[Key] = []
        self.rows: list[Extent] = []
        self.cols: list[Extent] = []
        self.thin: list[bool] = []
        self._letter_ids: dict[Key, int] = {}
        self._atom_ids: dict[Key, int] = {}
        self._transposed: dict[int, int] = {}
        self._cyclic: dict[Word, Scalars] = {}

    # -- names ---------------------------------------------------------------------------------------------------
    def letter(self, key: Key) -> int:
        """The number of a letter."""
        found = self._letter_ids.get(key)
        if found is not None:
            return found
        rows, cols = self._letter_shape(key)
        self._letter_ids[key] = len(self.letters)
        self.letters.append(key)
        self.names.append(("letter", key))
        self.rows.append(rows)
        self.cols.append(cols)
        self.thin.append(ONE in (rows, cols))
        return len(self.letters) - 1

    def atom(self, key: Key) -> int:
        """The number of an atom."""
        found = self._atom_ids.get(key)
        if found is None:
            found = self._atom_ids[key] = len(self.atoms)
            self.atoms.append(key)
            self.names.append(("atom", key))
        return found

    def _letter_shape(self, key: Key) -> tuple[Extent, Extent]:
        match key:
            case ("term", Term() as term, bool() as flipped):
                rows, cols = rows_columns(shape_of(term, self.context))
                return (cols, rows) if flipped else (rows, cols)
            case ("ones", Extent() as length, bool() as flipped):
                return (ONE, length) if flipped else (length, ONE)
            case ("inv", (Extent() as rows, Extent() as cols, _)) if rows == cols:
                return rows, cols
            case ("block", tuple() as parts, int() as place, bool() as flipped) if self.are_lengths(parts):
                if not 0 <= place < len(parts):
                    raise ShapeError(f"no block is described by {key}")
                total = sum(parts, Extent.of(0))
                return (parts[place], total) if flipped else (total, parts[place])
        raise ShapeError(f"no letter is described by {key}")

    def are_lengths(self, parts: tuple[object, ...]) -> bool:
        """Whether these are lengths whatever the sizes are: sums of sizes and of positive numbers."""
        return len(parts) > 1 and all(
            isinstance(part, Extent)
            and bool(part.terms)
            and all(factor > 0 and all(name in self.context.sizes for name in names) for names, factor in part.terms)
            for part in parts
        )

    def has_letter(self, key: Key) -> bool:
        """Has this letter been met?"""
        return key in self._letter_ids

    def has_atom(self, key: Key) -> bool:
        """Has this atom been met?"""
        return key in self._atom_ids

    def properties(self, term: Term) -> frozenset[str]:
        """What is declared of a symbol, or plain from the form of a term."""
        if isinstance(term, Sym):
            decl = self.context.symbols.get(term.name)
            return decl.properties if decl else frozenset()
        if isinstance(term, Op) and term.name == "diag" and len(shape_of(term.args[0], self.context)) == 1:
            return frozenset({"symmetric", "diagonal"})
        return frozenset()

    # -- transposes ----------------------------------------------------------------------------------------------
    def transposed_letter(self, letter: int) -> int:
        """The letter for the transpose of a letter."""
        found = self._transposed.get(letter)
        if found is None:
            found = self._transposed[letter] = self.letter(self._transposed_key(letter))
            self._transposed[found] = letter
        return found

    def _transposed_key(self, letter: int) -> Key:
        match self.letters[letter]:
            case ("term", Term() as term, bool() as flipped):
                square = self.rows[letter] == self.cols[letter]
                return ("term", term, not flipped and not (square and self.properties(term) & SYMMETRIC))
            case ("ones", length, bool() as flipped):
                return ("ones", length, not flipped)
            case ("inv", frozen):
                return ("inv", self.transpose(thawed(frozen)).frozen())
            case ("block", parts, place, bool() as flipped):
                return ("block", parts, place, not flipped)
        raise ShapeError(f"no transpose of {self.letters[letter]}")

    def transposed_word(self, word: Word) -> Word:
        """(A B)ᵀ = Bᵀ Aᵀ."""
        return tuple(self.transposed_letter(letter) for letter in reversed(word))

    def transpose(self, poly: Poly) -> Poly:
        """The transpose of a polynomial."""
        terms = {(scalars, self.transposed_word(word)): factor for (scalars, word), factor in poly.terms.items()}
        return Poly(poly.cols, poly.rows, terms)

    # -- products ------------------------------------------------------------------------------------------------
    def join(self, scalars: Scalars, word: Word) -> Mono:
        """A monomial in its one form: every 1 × 1 piece of the word is pulled out as a scalar."""
        if not any(map(self.thin.__getitem__, word)):
            return scalars, word
        cuts = [i for i, letter in enumerate(word) if self.rows[letter] == ONE]
        if self.cols[word[-1]] == ONE:
            cuts.append(len(word))
        if len(cuts) < 2:
            return scalars, word
        for start, stop in pairwise(cuts):
            scalars = merge(scalars, self.cyclic(word[start:stop]))
        return scalars, word[: cuts[0]] + word[cuts[-1] :]

    def cyclic(self, word: Word) -> Scalars:
        """The trace of a word that is not empty, as atoms: tr(AB) = tr(BA), tr(A) = tr(Aᵀ), xᵀ A y = yᵀ Aᵀ x."""
        found = self._cyclic.get(word)
        if found is None:
            found = self._cyclic[word] = self._cyclic_form(word)
        return found

    def _cyclic_form(self, word: Word) -> Scalars:
        cuts = [i for i, letter in enumerate(word) if self.rows[letter] == ONE]
        if len(cuts) > 1 or (cuts and cuts[0] > 0):
            turned = word[cuts[0] :] + word[: cuts[0]]
            bounds = [cut - cuts[0] for cut in cuts] + [len(word)]
            scalars: Scalars = ()
            for start, stop in pairwise(bounds):
                scalars = merge(scalars, self.cyclic(turned[start:stop]))
            return scalars
        both = (word, self.transposed_word(word))
        least = min(w[i:] + w[:i] for w in both for i in range(len(w)))
        return ((self.atom(("tr", least)), 1),)

    def mul(self, left: Poly, right: Poly) -> Poly:
        """The product; a 1 × 1 side scales the other."""
        if left.scalar or right.scalar:
            shape = (right.rows, right.cols) if left.scalar else (left.rows, left.cols)
        elif left.cols != right.rows:
            raise ShapeError(f"cannot multiply ({left.rows} × {left.cols}) by ({right.rows} × {right.cols})")
        else:
            shape = (left.rows, right.cols)
        if len(left.terms) * len(right.terms) > LARGEST_PRODUCT:
            raise TooLarge(f"multiplying out makes more than {LARGEST_PRODUCT} products")
        total: dict[Mono, Fraction] = {}
        for (s1, w1), c1 in left.terms.items():
            for (s2, w2), c2 in right.terms.items():
                mono = self.join(merge(s1, s2), w1 + w2)
                total[mono] = total.get(mono, Fraction(0)) + c1 * c2
        return Poly(*shape, {mono: factor for mono, factor in total.items() if factor})

    def trace(self, poly: Poly) -> Poly:
        """The trace of a square polynomial."""
        if poly.rows != poly.cols:
            raise ShapeError(f"expected a square matrix, found ({poly.rows} × {poly.cols})")
        if poly.scalar:
            return poly
        size = self.extent(poly.rows)
        total = number(0)
        for (scalars, word), factor in poly.terms.items():
            part = Poly(ONE, ONE, {(merge(scalars, self.cyclic(word)) if word else scalars, ()): factor})
            total = total + (part if word else self.mul(part, size))
        return total

    def word(self, word: Word) -> Poly:
        """A word that is not empty, as a polynomial."""
        for first, second in pairwise(word):
            if self.cols[first] != self.rows[second]:
                raise ShapeError("a word whose shapes do not fit")
        return Poly(self.rows[word[0]], self.cols[word[-1]], {self.join((), word): Fraction(1)})

    def scalar(self, key: Key) -> Poly:
        """An atom, as a polynomial."""
        return Poly(ONE, ONE, {(((self.atom(key), 1),), ()): Fraction(1)})

    def extent(self, extent: Extent) -> Poly:
        """A length as a scalar."""
        total = number(0)
        for names, factor in extent.terms:
            part = number(factor)
            for name in names:
                part = self.mul(part, self.scalar(("size", name)))
            total = total + part
        return total

    def power(self, base: Poly, exponent: int) -> Poly:
        """A whole-number power (negative: of the inverse)."""
        if exponent < 0:
            return self.power(self.inverse(base), -exponent)
        if exponent > LARGEST_POWER:
            raise TooLarge(f"expected a power up to {LARGEST_POWER}, found {exponent}")
        result = identity(base.rows)
        for _ in range(exponent):
            result = self.mul(result, base)
        return result

    # -- inverses ------------------------------------------------------------------------------------------------
    def inverse(self, poly: Poly) -> Poly:
        """The inverse: of a product, the inverses in reverse order; of a sum, one new letter."""
        if poly.rows != poly.cols or not poly.terms:
            raise ShapeError("expected a square matrix that is not zero under an inverse")
        if poly.scalar:
            return self.reciprocal(poly)
        if len(poly.terms) > 1:
            return self.word((self.letter(("inv", poly.frozen())),))
        ((scalars, word), factor) = next(iter(poly.terms.items()))
        result = self.reciprocal(Poly(ONE, ONE, {(scalars, ()): factor}))
        result = Poly(poly.rows, poly.cols, dict(result.terms))
        for chunk in reversed(self.chunks(word)):
            result = self.mul(result, self._inverse_chunk(chunk))
        return result

    def chunks(self, word: Word) -> list[Word]:
        """A square word cut wherever both parts are square: A (XᵀX) B."""
        pieces, start = [], 0
        for stop, letter in enumerate(word, 1):
            if self.cols[letter] == self.rows[word[0]]:
                pieces.append(word[start:stop])
                start = stop
        return pieces

    def _inverse_chunk(self, chunk: Word) -> Poly:
        if len(chunk) == 1:
            key = self.letters[chunk[0]]
            if key[0] == "inv":
                return thawed(key[1])
            if key[0] == "term" and "orthogonal" in self.properties(key[1]):
                return self.word((self.transposed_letter(chunk[0]),))
        return self.word((self.letter(("inv", self.word(chunk).frozen())),))

    def reciprocal(self, poly: Poly) -> Poly:
        """1 / scalar: of a product, factor by factor; of a sum, one new atom."""
        if not poly.terms:
            raise ShapeError("expected something that is not zero below a fraction line")
        if len(poly.terms) > 1:
            return self.scalar(("recip", poly.frozen()))
        ((scalars, _), factor) = next(iter(poly.terms.items()))
        result = number(1 / factor)
        for atom, power in scalars:
            key = self.atoms[atom]
            one: Poly = Poly(ONE, ONE, {(((atom, 1),), ()): Fraction(1)})
            turned = thawed(key[1]) if key[0] == "recip" else self.scalar(("recip", one.frozen()))
            for _ in range(power):
                result = self.mul(result, turned)
        return result

    # -- determinants --------------------------------------------------------------------------------------------
    def det(self, poly: Poly) -> Poly:
        """det(AB) = det A det B for square A and B, det(Aᵀ) = det A, det(A⁻¹) = 1/det A, det(cA) = cⁿ det A."""
        if poly.rows != poly.cols:
            raise ShapeError(f"expected a square matrix, found ({poly.rows} × {poly.cols})")
        if poly.scalar or not poly.terms:
            return poly if poly.scalar else number(0)
        if len(poly.terms) > 1:
            return self._det_sum(poly)
        ((scalars, word), factor) = next(iter(poly.terms.items()))
        result = self.raised(Poly(ONE, ONE, {(scalars, ()): factor}), poly.rows)
        for chunk in self.chunks(word):
            result = self.mul(
                result, self._det_letter(chunk[0]) if len(chunk) == 1 else self._det_sum(self.word(chunk))
            )
        return result

    def _det_letter(self, letter: int) -> Poly:
        key = self.letters[letter]
        if key[0] == "inv":
            return self.reciprocal(self.det(thawed(key[1])))
        return self.scalar(("det", min(letter, self.transposed_letter(letter))))

    def _det_sum(self, poly: Poly) -> Poly:
        frozen, content = _least(self, poly)
        return self.mul(self.raised(number(content), poly.rows), self.scalar(("det", frozen)))

    def raised(self, base: Poly, exponent: Extent) -> Poly:
        """A scalar to the power of a length, ``cⁿ``; ``base`` is one monomial."""
        result = number(1)
        ((scalars, _), factor) = next(iter(base.terms.items()))
        for item, power in (*factored(factor), *scalars_of(self, scalars)):
            for names, count in (exponent * power).terms:
                if names:
                    part = self.scalar(("pow", item, names))
                else:
                    part = number(item[1]) if item[0] == "num" else self.scalar(self.atoms[item[1]])
                result = self.mul(result, self.power(part, count))
        return result


def scalars_of(alphabet: Alphabet, scalars: Scalars) -> list[tuple[tuple[str, int], int]]:
    """The atoms of a monomial as bases of a power, a reciprocal of one atom as that atom to a negative power."""
    result: list[tuple[tuple[str, int], int]] = []
    for atom, power in scalars:
        key = alphabet.atoms[atom]
        if key[0] == "recip":
            inside = thawed(key[1])
            ((below, _), factor), *more = inside.terms.items()
            if not more and factor == 1 and len(below) == 1:
                result.append((("atom", below[0][0]), -power * below[0][1]))
                continue
        result.append((("atom", atom), power))
    return result


def rows_columns(shape: Shape) -> tuple[Extent, Extent]:
    """A shape of the language as rows and columns."""
    if len(shape) > 2:
        raise ShapeError("expected a scalar, a vector or a matrix")
    return (*shape, ONE, ONE)[0], (*shape, ONE, ONE)[1]


def factored(value: Fraction) -> list[tuple[tuple[str, int], int]]:
    """A rational number as -1 and primes with exponents.

    >>> factored(Fraction(-4, 3))
    [(('num', -1), 1), (('num', 2), 2), (('num', 3), -1)]
    """
    result: list[tuple[tuple[str, int], int]] = [(("num", -1), 1)] if value < 0 else []
    for part, sign in ((abs(value.numerator), 1), (value.denominator, -1)):
        prime = 2
        while part > 1:
            if prime * prime > part or prime > 1000:
                prime = part
            count = 0
            while part % prime == 0:
                part //= prime
                count += 1
            if count:
                result.append((("num", prime), sign * count))
            prime += 1
    return result


def content_of(poly: Poly) -> Fraction:
    """The greatest positive rational that leaves whole coefficients without a common factor."""
    factors = list(poly.terms.values())
    return Fraction(gcd(*(f.numerator for f in factors)), lcm(*(f.denominator for f in factors)))


def _least(alphabet: Alphabet, poly: Poly) -> tuple[Frozen, Fraction]:
    return min(map(_primitive, (poly, alphabet.transpose(poly))), key=lambda pair: pair[0][2])


def primitive(alphabet: Alphabet, frozen: Frozen) -> Frozen:
    """The form in which the determinant of this polynomial, of its transpose and of its multiples is written."""
    return _least(alphabet, thawed(frozen))[0]


def _primitive(poly: Poly) -> tuple[Frozen, Fraction]:
    """The polynomial divided by its rational content, and that content (with the sign of the first term)."""
    first = min(poly.terms.items())[1]
    content = content_of(poly) if first > 0 else -content_of(poly)
    return poly.scaled(1 / content).frozen(), content
