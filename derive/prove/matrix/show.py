"""Polynomials of the free algebra as plain text, for conditions: ``λ I + X^T X``."""

from __future__ import annotations

from fractions import Fraction

from derive.language.terms import Const, Entry, Index, Num, Op, Size, Sym, Term
from derive.prove.matrix.words import ONE, Alphabet, Mono, Poly, Word, thawed


def show_poly(alphabet: Alphabet, poly: Poly) -> str:
    """A sum of products, in the order in which the letters were met."""
    if not poly.terms:
        return "0"
    text = ""
    for mono, factor in sorted(poly.terms.items(), key=lambda pair: (pair[1] < 0, pair[0][1], pair[0][0])):
        body = _mono(alphabet, mono, factor, poly.scalar)
        sign = "-" if factor < 0 else "+"
        text += f" {sign} {body}" if text else ("-" + body if factor < 0 else body)
    return text


def _mono(alphabet: Alphabet, mono: Mono, factor: Fraction, scalar: bool) -> str:
    scalars, word = mono
    parts = [] if abs(factor) == 1 else [str(abs(factor))]
    parts += [_atom(alphabet, atom) + (f"^{power}" if power > 1 else "") for atom, power in scalars]
    parts += [_letter(alphabet, letter) for letter in word]
    if not word and not scalar:
        parts.append("I")
    return " ".join(parts) or "1"


def _letter(alphabet: Alphabet, letter: int) -> str:
    match alphabet.letters[letter]:
        case ("term", Term() as term, flipped):
            return show_term(term) + ("^T" if flipped else "")
        case ("inv", frozen):
            poly = thawed(frozen)
            inside = show_poly(alphabet, poly)
            return f"{inside}^-1" if " " not in inside else f"({inside})^-1"
        case ("block", _, place, flipped):
            return f"E_{place + 1}" + ("^T" if flipped else "")
        case (_, _, flipped):
            return "1" + ("^T" if flipped else "")
    return "?"


def _atom(alphabet: Alphabet, atom: int) -> str:
    match alphabet.atoms[atom]:
        case ("term", Term() as term):
            return show_term(term)
        case ("size", name):
            return str(name)
        case ("tr", word):
            return _trace(alphabet, word)
        case ("recip", frozen):
            return f"1/({show_poly(alphabet, thawed(frozen))})"
        case ("det", int() as letter):
            return f"det({_letter(alphabet, letter)})"
        case ("det", frozen):
            return f"det({show_poly(alphabet, thawed(frozen))})"
        case ("pow", (kind, base), names):
            inside = str(base) if kind == "num" else _atom(alphabet, base)
            return f"({inside})^({' '.join(names)})"
        case ("fun", name, *args):
            return f"{name}({', '.join(show_poly(alphabet, thawed(arg)) for arg in args)})"
    return "?"


def _trace(alphabet: Alphabet, word: Word) -> str:
    """``tr(A B)``, or the product itself where it is a scalar: ``v^T A u``."""
    cuts = [i for i, letter in enumerate(word) if alphabet.rows[letter] == ONE]
    turned = word[cuts[0] :] + word[: cuts[0]] if cuts else word
    body = " ".join(_letter(alphabet, letter) for letter in turned)
    return body if cuts else f"tr({body})"


def show_term(term: Term) -> str:
    """A short name for a term that stands for itself."""
    match term:
        case Sym(name, ()) | Size(name) | Index(name) | Const(name):
            return name
        case Sym(name, indices):
            return (
                f"{name}_{{{','.join(map(show_term, indices))}}}"
                if len(indices) > 1
                else f"{name}_{show_term(indices[0])}"
            )
        case Num(value):
            return str(value)
        case Entry(base, indices):
            return f"{show_term(base)}[{', '.join(map(show_term, indices))}]"
        case Op(name, args):
            return f"{name}({', '.join(map(show_term, args))})"
    return type(term).__name__.lower() + "(…)"
