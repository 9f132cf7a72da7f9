"""What is positive, and what is positive (semi)definite, plainly from its form: ``λ I + Xᵀ X``, ``1 + uᵀ S⁻¹ u``.

Answers are "yes" or "not known". They only spare the reader a condition.
"""

from __future__ import annotations

from fractions import Fraction

from derive.language.terms import Const, Sym, Term
from derive.prove.matrix.words import ONE, Alphabet, Mono, Poly, Scalars, Word, primitive, thawed

UNKNOWN, SEMIDEFINITE, DEFINITE = 0, 1, 2


def positive_definite(alphabet: Alphabet, poly: Poly) -> bool:
    """Is it a sum of positive semidefinite terms, one of them definite?"""
    return definiteness(alphabet, poly) == DEFINITE


def definiteness(alphabet: Alphabet, poly: Poly) -> int:
    """How much is known of the sum: the most of its terms, if every one is at least semidefinite."""
    signs = [_term(alphabet, mono, factor) for mono, factor in poly.terms.items()]
    return UNKNOWN if not signs or UNKNOWN in signs else max(signs)


def _term(alphabet: Alphabet, mono: Mono, factor: Fraction) -> int:
    scalars, word = mono
    if factor <= 0:
        return UNKNOWN
    return min(_scalars(alphabet, scalars), _palindrome(alphabet, word))


def _palindrome(alphabet: Alphabet, word: Word) -> int:
    """A word read as ``L M Lᵀ``."""
    core = word
    while len(core) >= 2 and alphabet.transposed_letter(core[0]) == core[-1]:
        core = core[1:-1]
    inner = DEFINITE if not core else _letter(alphabet, core[0]) if len(core) == 1 else UNKNOWN
    return inner if core == word else min(inner, SEMIDEFINITE)


def _letter(alphabet: Alphabet, letter: int) -> int:
    match alphabet.letters[letter]:
        case ("term", Term() as term, _):
            properties = alphabet.properties(term)
            return DEFINITE if "posdef" in properties else SEMIDEFINITE if "psd" in properties else UNKNOWN
        case ("inv", frozen):
            return DEFINITE if definiteness(alphabet, thawed(frozen)) else UNKNOWN
    return UNKNOWN


def _scalars(alphabet: Alphabet, scalars: Scalars) -> int:
    signs = [
        SEMIDEFINITE if power % 2 == 0 and not positive(alphabet, atom) else sign(alphabet, atom)
        for atom, power in scalars
    ]
    return min(signs, default=DEFINITE)


def positive(alphabet: Alphabet, atom: int) -> bool:
    """Is this scalar known to be positive?"""
    return sign(alphabet, atom) == DEFINITE


def sign(alphabet: Alphabet, atom: int) -> int:
    """2 for a positive scalar, 1 for one that is not negative, 0 where neither is known."""
    match alphabet.atoms[atom]:
        case ("size", _) | ("fun", "exp", *_) | ("term", Const("pi" | "e")):
            return DEFINITE
        case ("term", Sym(name)):
            decl = alphabet.context.symbols.get(name)
            properties = decl.properties if decl else frozenset()
            return (
                DEFINITE
                if properties & {"positive", "open_unit"}
                else SEMIDEFINITE
                if "nonnegative" in properties
                else UNKNOWN
            )
        case ("tr", word):
            return _trace(alphabet, word)
        case ("det", int() as letter):
            return _letter(alphabet, letter)
        case ("det", frozen):
            return definiteness(alphabet, thawed(frozen))
        case ("recip", frozen):
            return DEFINITE if definiteness(alphabet, thawed(frozen)) else UNKNOWN
        case ("pow", ("atom", int() as base), _):
            return sign(alphabet, base)
        case ("pow", ("num", int() as prime), _):
            return DEFINITE if prime > 0 else UNKNOWN
    return UNKNOWN


def _trace(alphabet: Alphabet, word: Word) -> int:
    """The trace of a semidefinite word is not negative; that of a definite one is positive."""
    best = UNKNOWN
    for start in range(len(word)):
        turned = word[start:] + word[:start]
        if alphabet.rows[turned[0]] == alphabet.cols[turned[-1]]:
            best = max(best, _palindrome(alphabet, turned))
    return best


def loggable(alphabet: Alphabet, atom: int) -> bool:
    """May a logarithm be split at this factor? A determinant may: that it is positive becomes a condition."""
    match alphabet.atoms[atom]:
        case ("det", _):
            return True
        case ("recip", (_, _, (((((inside, 1),), ()), one),))) if one == 1:
            return loggable(alphabet, inside)
        case ("pow", ("atom", int() as base), _):
            return loggable(alphabet, base)
    return positive(alphabet, atom)


def invertible(alphabet: Alphabet, poly: Poly) -> bool:
    """Is the matrix declared invertible, or positive definite?"""
    word = next(iter(poly.terms))[1]
    if len(poly.terms) == 1 and len(word) == 1:
        key = alphabet.letters[word[0]]
        if key[0] == "term" and alphabet.properties(key[1]) & {"invertible", "orthogonal"}:
            return True
    return positive_definite(alphabet, poly)


def nonzero(alphabet: Alphabet, poly: Poly) -> bool:
    """Is the scalar a product of factors known not to be zero, or a positive sum?"""
    if definiteness(alphabet, poly) == DEFINITE:
        return True
    if len(poly.terms) > 1:
        return False
    ((scalars, _),) = poly.terms
    return all(_nonzero_atom(alphabet, atom) for atom, _ in scalars)


def _nonzero_atom(alphabet: Alphabet, atom: int) -> bool:
    match alphabet.atoms[atom]:
        case ("term", Term() as term) if alphabet.properties(term) & {"positive", "negative", "nonzero", "open_unit"}:
            return True
        case ("det", int() as letter):
            word = alphabet.word((letter,))
            return alphabet.has_letter(("inv", word.frozen())) or invertible(alphabet, word)
        case ("det", frozen) if any(
            key[0] == "inv" and primitive(alphabet, key[1]) == frozen for key in alphabet.letters
        ):
            return True
        case ("pow", ("atom", int() as base), _):
            plain = Poly(ONE, ONE, {(((base, 1),), ()): Fraction(1)}).frozen()
            return _nonzero_atom(alphabet, base) or alphabet.has_atom(("recip", plain))
        case ("recip", _):
            return True
    return positive(alphabet, atom)
