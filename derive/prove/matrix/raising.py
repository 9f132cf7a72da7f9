"""From the free algebra back to terms."""

from __future__ import annotations

from fractions import Fraction

from derive.language.extents import Extent
from derive.language.terms import Matrix, Num, Op, Size, Term
from derive.prove.matrix.words import ONE, Alphabet, Key, Mono, Poly, Scalars, Word, thawed


def to_term(poly: Poly, alphabet: Alphabet) -> Term:
    """A polynomial as a term of the same shape, its products in the order of their letters."""
    pairs = sorted(poly.terms.items(), key=lambda pair: (pair[0][1], pair[0][0]))
    if not pairs:
        return Num(Fraction(0)) if poly.scalar else Op("zeros", (_size(poly.rows), _size(poly.cols)))
    parts = [_product(mono, factor, poly, alphabet) for mono, factor in pairs]
    return parts[0] if len(parts) == 1 else Op("add", tuple(parts))


def _product(mono: Mono, factor: Fraction, poly: Poly, alphabet: Alphabet) -> Term:
    scalars, word = mono
    above, below = _fraction(scalars, alphabet)
    above = [Num(Fraction(abs(factor.numerator)))] * (abs(factor.numerator) != 1) + above
    below = [Num(Fraction(factor.denominator))] * (factor.denominator != 1) + below
    if word:
        above += [_letter(letter, alphabet) for letter in word]
    elif not poly.scalar:
        above.append(Op("identity", (_size(poly.rows),)))
    top = _times(above)
    term = Op("div", (top, _times(below))) if below else top
    return Op("neg", (term,)) if factor < 0 else term


def _times(parts: list[Term]) -> Term:
    if not parts:
        return Num(Fraction(1))
    return parts[0] if len(parts) == 1 else Op("mul", tuple(parts))


def _fraction(scalars: Scalars, alphabet: Alphabet) -> tuple[list[Term], list[Term]]:
    above: list[Term] = []
    below: list[Term] = []
    for atom, power in scalars:
        key = alphabet.atoms[atom]
        side, base = above, _atom(key, alphabet) if key[0] != "recip" else None
        if base is None:
            side, base = below, to_term(thawed(key[1]), alphabet)
        side.append(base if power == 1 else Op("pow", (base, Num(Fraction(power)))))
    return above, below


def _letter(letter: int, alphabet: Alphabet) -> Term:
    match alphabet.letters[letter]:
        case ("term", Term() as term, flipped):
            return Op("transpose", (term,)) if flipped else term
        case ("ones", Extent() as length, flipped):
            ones = Op("ones", (_size(length),))
            return Op("transpose", (ones,)) if flipped else ones
        case ("block", parts, place, flipped):
            columns = _columns(parts, place)
            return Op("transpose", (columns,)) if flipped else columns
        case (_, frozen):
            return Op("inverse", (to_term(thawed(frozen), alphabet),))
    raise ValueError(f"no term for the letter {alphabet.letters[letter]}")


def _columns(parts: tuple[Extent, ...], place: int) -> Term:
    """The columns of an identity at one of its blocks, as a matrix of blocks."""
    width = _size(parts[place])
    cells = [
        Op("identity", (width,)) if at == place else Op("zeros", (_size(part), width)) for at, part in enumerate(parts)
    ]
    return Matrix(tuple((cell,) for cell in cells))


def _atom(key: Key, alphabet: Alphabet) -> Term:
    match key:
        case ("term", Term() as term):
            return term
        case ("size", str() as name):
            return Size(name)
        case ("tr", word):
            return _trace(word, alphabet)
        case ("det", int() as letter):
            return Op("det", (_letter(letter, alphabet),))
        case ("det", frozen):
            return Op("det", (to_term(thawed(frozen), alphabet),))
        case ("pow", (kind, base), names):
            inside = Num(Fraction(base)) if kind == "num" else _atom(alphabet.atoms[base], alphabet)
            return Op("pow", (inside, _times([Size(name) for name in names])))
        case ("fun", str() as name, *args):
            return Op(name, tuple(to_term(thawed(arg), alphabet) for arg in args))
    raise ValueError(f"no term for {key}")


def _trace(word: Word, alphabet: Alphabet) -> Term:
    cuts = [i for i, letter in enumerate(word) if alphabet.rows[letter] == ONE]
    turned = word[cuts[0] :] + word[: cuts[0]] if cuts else word
    product = _times([_letter(letter, alphabet) for letter in turned])
    return product if cuts else Op("trace", (product,))


def _size(extent: Extent) -> Term:
    parts: list[Term] = []
    for names, factor in extent.terms:
        sizes: list[Term] = [Size(name) for name in names]
        parts.append(_times(([Num(Fraction(factor))] if factor != 1 or not names else []) + sizes))
    return parts[0] if len(parts) == 1 else Op("add", tuple(parts))
