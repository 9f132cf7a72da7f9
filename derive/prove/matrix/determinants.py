"""Relations between determinants: det(A + R) = det A det(1 + A⁻¹R), and det(1 + PQ) = det(1 + QP)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from derive.language.extents import Extent
from derive.prove.matrix.certificate import DetProduct, Reason, Sylvester, relation
from derive.prove.matrix.completion import Completion
from derive.prove.matrix.signs import invertible, positive
from derive.prove.matrix.words import ONE, Alphabet, Mono, Poly, Scalars, Word, identity, thawed

MOST_DETERMINANTS = 24
STEPS = 12
Meet = Callable[[Poly], None]


def expand(completion: Completion, meet: Meet) -> None:
    """Add what relates the determinants met, and those that this leads to; ``meet`` takes note of new letters."""
    alphabet = completion.alphabet
    atom = 0
    seen = 0
    while atom < len(alphabet.atoms) and seen < MOST_DETERMINANTS:
        key = alphabet.atoms[atom]
        atom += 1
        if key[0] == "det":
            seen += 1
            whole = alphabet.word((key[1],)) if isinstance(key[1], int) else thawed(key[1])
            _reduced(completion, whole, meet)
            _pulled(completion, whole, meet)
            if isinstance(key[1], int):
                _orthogonal(completion, key[1], meet)
            for scalars, word in tuple(whole.terms):
                _split(completion, whole, (scalars, word), meet)


def _assume(completion: Completion, reason: Reason) -> None:
    completion.assume(reason, relation(reason, completion.polys, completion.alphabet, ()))


def _product(completion: Completion, whole: Poly, left: Poly, right: Poly, meet: Meet) -> bool:
    """Add det whole = det left det right, if the rules so far show that the matrices agree."""
    difference = whole - completion.alphabet.mul(left, right)
    meet(difference)
    for _ in range(STEPS):
        if completion.step() is None:
            break
    rest, uses = completion.reduce(difference)
    if rest.terms:
        return False
    steps = tuple(replace(use, factor=-use.factor) for use in uses)
    _assume(completion, DetProduct(whole.frozen(), left.frozen(), right.frozen(), steps))
    return True


def _reduced(completion: Completion, whole: Poly, meet: Meet) -> None:
    simple, uses = completion.reduce(whole)
    if uses and simple.terms:
        _product(completion, whole, identity(whole.rows), simple, meet)


def _pulled(completion: Completion, whole: Poly, meet: Meet) -> None:
    """det(A R) = det A det R for a square letter A that every term begins with; likewise at the end."""
    alphabet = completion.alphabet
    words = [word for _, word in whole.terms]
    if len(words) < 2:
        return
    for size, first in enumerate(_common(words), 1):
        if alphabet.cols[first] == whole.rows:
            rest = _without(whole, size, 0, whole.rows, whole.cols)
            _product(completion, whole, alphabet.word(words[0][:size]), rest, meet)
            return
    ends = _common([word[::-1] for word in words])
    for size, last in enumerate(ends, 1):
        if alphabet.rows[last] == whole.rows:
            rest = _without(whole, 0, size, whole.rows, whole.cols)
            _product(completion, whole, rest, alphabet.word(words[0][-size:]), meet)
            return


def _orthogonal(completion: Completion, letter: int, meet: Meet) -> None:
    """det Q det Qᵀ = det 1 = 1."""
    alphabet = completion.alphabet
    key = alphabet.letters[letter]
    if key[0] == "term" and "orthogonal" in alphabet.properties(key[1]):
        turned = alphabet.word((alphabet.transposed_letter(letter),))
        _product(completion, identity(turned.rows), alphabet.word((letter,)), turned, meet)


def _split(completion: Completion, whole: Poly, mono: Mono, meet: Meet) -> None:
    """det(G + R) = det G det(1 + G⁻¹R) for one term G, then the factors of G⁻¹R turned round."""
    alphabet = completion.alphabet
    first = Poly(whole.rows, whole.cols, {mono: whole.terms[mono]})
    if not _invertible(alphabet, mono):
        return
    rest = alphabet.mul(alphabet.inverse(first), whole - first)
    if not rest.terms:
        return
    if first.terms != identity(whole.rows).terms:
        if not _product(completion, whole, first, identity(whole.rows) + rest, meet):
            return
        for scalars, _ in alphabet.det(first).terms:
            meet(alphabet.reciprocal(Poly(ONE, ONE, {(scalars, ()): Fraction(1)})))
    for p, q in _factors(alphabet, rest):
        _assume(completion, Sylvester(p.frozen(), q.frozen()))


def _factors(alphabet: Alphabet, poly: Poly) -> Iterator[tuple[Poly, Poly]]:
    """The ways to write a polynomial as word times polynomial, or polynomial times word."""
    words = [word for _, word in poly.terms]
    prefix = _common(words)
    for size in range(1, len(prefix) + 1):
        left = alphabet.word(prefix[:size])
        yield left, _without(poly, size, 0, left.cols, poly.cols)
    suffix = _common([word[::-1] for word in words])[::-1]
    for size in range(1, len(suffix) + 1):
        right = alphabet.word(suffix[-size:])
        yield _without(poly, 0, size, poly.rows, right.rows), right


def _common(words: list[Word]) -> Word:
    least = min(words, key=len)
    size = 0
    while size < len(least) and all(word[size] == least[size] for word in words):
        size += 1
    return least[:size]


def _without(poly: Poly, before: int, after: int, rows: Extent, cols: Extent) -> Poly:
    terms: dict[tuple[Scalars, Word], Fraction] = {}
    for (scalars, word), factor in poly.terms.items():
        terms[(scalars, word[before : len(word) - after])] = factor
    return Poly(rows, cols, terms)


def _invertible(alphabet: Alphabet, mono: Mono) -> bool:
    """May its inverse be used: is it declared or already written?"""
    scalars, word = mono
    return all(_unit(alphabet, atom) for atom, _ in scalars) and all(_unit_letter(alphabet, letter) for letter in word)


def _unit(alphabet: Alphabet, atom: int) -> bool:
    key = alphabet.atoms[atom]
    plain = Poly(ONE, ONE, {(((atom, 1),), ()): Fraction(1)}).frozen()
    return key[0] == "recip" or positive(alphabet, atom) or alphabet.has_atom(("recip", plain))


def _unit_letter(alphabet: Alphabet, letter: int) -> bool:
    key = alphabet.letters[letter]
    if alphabet.rows[letter] != alphabet.cols[letter]:
        return False
    if key[0] == "inv" or alphabet.has_letter(("inv", alphabet.word((letter,)).frozen())):
        return True
    return invertible(alphabet, alphabet.word((letter,)))
