"""Linear matrix equations: inverses of the unknown are cleared like denominators, then ``L X R + C = 0`` is solved."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from derive.language.context import Context
from derive.language.extents import Extent
from derive.language.terms import Rel, Sym, Term, subterms
from derive.prove.matrix.certificate import conditions
from derive.prove.matrix.lowering import NotMatrix, difference, lower
from derive.prove.matrix.raising import to_term
from derive.prove.matrix.words import ONE, Alphabet, Key, Mono, Poly, Word, thawed

MOST_CLEARED = 3


@dataclass(frozen=True)
class Solution:
    """The only value of the unknown, given the ``conditions`` (which inverses exist)."""

    value: Term
    conditions: tuple[str, ...]


def solve(equation: Rel, unknown: Sym, context: Context) -> Solution | None:
    """The unknown from a matrix equation that is linear in it once its own inverses are cleared; None if it is not.

    No other value satisfies the equation where the conditions hold. What stands for itself (an indexed definition that
    is not unfolded) is held fixed, even where it is defined through the unknown. Raises ``NotMatrix`` as others do.
    """
    if equation.op != "=":
        return None
    alphabet = Alphabet(context)
    poly = difference(equation.left, equation.right, alphabet)
    letter = _letter_of(unknown, alphabet)
    cleared = _cleared(poly, letter, alphabet)
    if cleared is None:
        return None
    turned = alphabet.transposed_letter(letter)
    if turned != letter and not _mentions(cleared, letter, alphabet) and _mentions(cleared, turned, alphabet):
        cleared = alphabet.transpose(cleared)
    value = _isolated(cleared, letter, alphabet)
    return None if value is None else Solution(to_term(value, alphabet), conditions(alphabet))


def _letter_of(unknown: Sym, alphabet: Alphabet) -> int:
    """The letter of the unknown; a scalar unknown has none."""
    poly = lower(unknown, alphabet)
    words = [word for _, word in poly.terms]
    if len(words) != 1 or len(words[0]) != 1 or alphabet.letters[words[0][0]] != ("term", unknown, False):
        raise NotMatrix("expected a vector or a matrix, not defined by anything else, as the unknown")
    return words[0][0]


# -- clearing inverses -------------------------------------------------------------------------------------------
def _cleared(poly: Poly, letter: int, alphabet: Alphabet) -> Poly | None:
    """The equation multiplied from both sides by the unknown until its inverse is gone; both keep the solutions."""
    inverses = _inverses(letter, alphabet)
    for _ in range(2 * MOST_CLEARED):
        poly = _cancelled(poly, inverses, alphabet)
        first = [word[0] for _, word in poly.terms if word and word[0] in inverses]
        last = [word[-1] for _, word in poly.terms if word and word[-1] in inverses]
        if first:
            poly = alphabet.mul(alphabet.word((inverses[first[0]],)), poly)
        elif last:
            poly = alphabet.mul(poly, alphabet.word((inverses[last[0]],)))
        else:
            break
    poly = _cancelled(poly, inverses, alphabet)
    return None if any(_mentions(poly, inverse, alphabet) for inverse in inverses) else poly


def _inverses(letter: int, alphabet: Alphabet) -> dict[int, int]:
    """The letters that are the inverse of the unknown or of its transpose, with what they are the inverse of."""
    found = {}
    for one in (letter, alphabet.transposed_letter(letter)):
        key = ("inv", alphabet.word((one,)).frozen())
        if alphabet.has_letter(key):
            found[alphabet.letter(key)] = one
    return found


def _cancelled(poly: Poly, inverses: dict[int, int], alphabet: Alphabet) -> Poly:
    """X X⁻¹ = X⁻¹ X = 1 applied in every word."""
    total = Poly(poly.rows, poly.cols, {})
    for (scalars, word), factor in poly.terms.items():
        kept: list[int] = []
        for letter in word:
            if kept and (inverses.get(kept[-1]) == letter or inverses.get(letter) == kept[-1]):
                kept.pop()
            else:
                kept.append(letter)
        total = total + Poly(poly.rows, poly.cols, {alphabet.join(scalars, tuple(kept)): factor})
    return total


# -- the linear equation -----------------------------------------------------------------------------------------
def _isolated(poly: Poly, letter: int, alphabet: Alphabet) -> Poly | None:
    """From ``Σ L X R + C = 0`` with one common R (or one common L): ``X = -L⁻¹ C R⁻¹``."""
    parts: list[tuple[Mono, Word, Fraction]] = []
    constant: dict[Mono, Fraction] = {}
    for (scalars, word), factor in poly.terms.items():
        free = Poly(ONE, ONE, {(scalars, ()): Fraction(1)})
        if _mentions(free, letter, alphabet) or word.count(letter) > 1:
            return None
        if letter in word:
            place = word.index(letter)
            parts.append(((scalars, word[:place]), word[place + 1 :], factor))
        else:
            constant[(scalars, word)] = factor
    if not parts or (alphabet.transposed_letter(letter) != letter and _any_turned(poly, letter, alphabet)):
        return None
    rows, cols = alphabet.rows[letter], alphabet.cols[letter]
    rest = -Poly(poly.rows, poly.cols, constant)
    if len({right for _, right, _ in parts}) == 1:
        left = _sum(poly.rows, rows, [(mono, factor) for mono, _, factor in parts])
        right = _sum(cols, poly.cols, [(((), parts[0][1]), Fraction(1))])
    elif len({mono[1] for mono, _, _ in parts}) == 1:
        left = _sum(poly.rows, rows, [(((), parts[0][0][1]), Fraction(1))])
        right = _sum(cols, poly.cols, [((mono[0], word), factor) for mono, word, factor in parts])
    else:
        return None
    if left.rows != left.cols or right.rows != right.cols or not left.terms or not right.terms:
        return None
    return _simplified(alphabet.mul(alphabet.mul(alphabet.inverse(left), rest), alphabet.inverse(right)), alphabet)


def _simplified(poly: Poly, alphabet: Alphabet) -> Poly:
    """A⁻¹ A = 1 for every letter that is the inverse of one letter."""
    inverses: dict[int, int] = {}
    for place, key in enumerate(alphabet.letters):
        if key[0] == "inv":
            terms = thawed(key[1]).terms
            if len(terms) == 1:
                (((scalars, word), factor),) = terms.items()
                if not scalars and factor == 1 and len(word) == 1:
                    inverses[place] = word[0]
    return _cancelled(poly, inverses, alphabet)


def _sum(rows: Extent, cols: Extent, pairs: list[tuple[Mono, Fraction]]) -> Poly:
    total = Poly(rows, cols, {})
    for mono, factor in pairs:
        total = total + Poly(rows, cols, {mono: factor})
    return total


def _any_turned(poly: Poly, letter: int, alphabet: Alphabet) -> bool:
    return _mentions(poly, alphabet.transposed_letter(letter), alphabet)


def _mentions(poly: Poly, letter: int, alphabet: Alphabet) -> bool:
    """Does a letter occur anywhere: in a word, under a trace, inside an inverse, a determinant, a function?"""
    for scalars, word in poly.terms:
        if any(other == letter or _inside(alphabet.letters[other], letter, alphabet) for other in word):
            return True
        if any(_inside(alphabet.atoms[atom], letter, alphabet) for atom, _ in scalars):
            return True
    return False


def _inside(key: Key, letter: int, alphabet: Alphabet) -> bool:
    match key:
        case ("tr", word):
            return any(x == letter or _inside(alphabet.letters[x], letter, alphabet) for x in word)
        case ("det", int() as other):
            return letter in (other, alphabet.transposed_letter(other)) or _inside(
                alphabet.letters[other], letter, alphabet
            )
        case ("inv" | "recip" | "det", tuple() as frozen):
            return _mentions(thawed(frozen), letter, alphabet)
        case ("pow", ("atom", int() as base), _):
            return _inside(alphabet.atoms[base], letter, alphabet)
        case ("fun", _, *args):
            return any(_mentions(thawed(arg), letter, alphabet) for arg in args)
        case ("term", Term() as term, *_):
            return _hidden(term, letter, alphabet)
    return False


def _hidden(term: Term, letter: int, alphabet: Alphabet) -> bool:
    """Does a term that stands for itself mention the unknown's name?"""
    unknown = alphabet.letters[letter][1]
    same = {part.name for part in subterms(term) if isinstance(part, Sym)}
    return term != unknown and isinstance(unknown, Sym) and unknown.name in same and not isinstance(term, Sym)
