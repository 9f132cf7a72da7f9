"""Products of atoms: the rules that atoms have by themselves and among each other."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

from flint import fmpq

from derive.prove import facts, two_valued
from derive.prove.atoms import ONE, ZERO, Atom, Exponent, Factors, Ix, Poly, add, exponent, mono, of_atom, scale
from derive.prove.limits import number_power

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra


def has_rules(algebra: Algebra, factors: Factors) -> bool:
    """Whether some factor has a rule of its own."""
    for atom, e in factors.items():  # noqa: SIM110 - asked of every product: a generator would double its time
        if atom.kind in _WITH_RULES and _special(algebra, atom, e):
            return True
    return False


def collect(algebra: Algebra, coefficient: fmpq, factors: Factors) -> Poly:
    """A product of atoms, with the rules that atoms have among each other."""
    factors = {atom: exponent(e) for atom, e in factors.items() if e}
    extra: list[Poly] = []
    for atom, e in sorted(factors.items(), key=lambda pair: pair[0].key):
        if not _special(algebra, atom, e):
            continue
        if atom.kind == "pp" and e >= 1:
            whole = floor(e)
            factors[atom] = exponent(e - whole)
            extra.extend([atom.args[0]] * whole)
        elif isinstance(e, int) and two_valued.is_power_of_one(algebra, atom, e):
            del factors[atom]
            extra.append(two_valued.power(algebra, atom, e))
        elif atom.kind == "prime":
            whole = floor(e)
            coefficient *= number_power(fmpq(int(atom.head)), whole)
            factors[atom] = exponent(e - whole)
        elif atom.kind in ("delta", "ind") or algebra.is_binary(atom):
            factors[atom] = 1
        elif atom.kind == "fn" and atom.head == "abs":
            half = e // 2 if e > 0 else -((-e) // 2)
            factors[atom] = exponent(e - 2 * half)
            extra.append(algebra.power(atom.args[0], exponent(2 * half)))
        elif atom.kind == "det":
            factors[atom] = exponent(e - 2 * (e // 2))
        elif atom.kind == "fn" and atom.head == "cos":
            factors[atom] = exponent(e - 2)
            sine = algebra.power(algebra.fn("sin", atom.args[0]), 2)
            extra.append(add(ONE, scale(sine, -1)))
    factors = {atom: e for atom, e in factors.items() if e}
    done = _deltas(algebra, coefficient, factors)
    for p in extra:
        done = algebra._mul2(done, p)
    return done


def _deltas(algebra: Algebra, coefficient: fmpq, factors: Factors) -> Poly:
    """Use each delta on the other factors: in their presence the greater name is the smaller one."""
    for atom in sorted((a for a in factors if a.kind == "delta"), key=lambda a: a.key):
        old, new = _delta_substitution(atom)
        if old and new.atom is not None:
            done = _label_variable(algebra, atom, new, coefficient, factors)
            if done is not None:
                return done
            continue
        if not old:
            done = _label_number(algebra, atom, coefficient, factors)
            if done is not None:
                return done
            continue
        touched = {a: e for a, e in factors.items() if a is not atom and old in a.free}
        if not touched:
            continue
        rest = {a: e for a, e in factors.items() if a not in touched}
        done = Poly({mono(rest): coefficient})
        for a, e in sorted(touched.items(), key=lambda pair: pair[0].key):
            done = algebra._mul2(done, algebra.power(algebra.rename_atom(a, {old: new}), e))
        return done
    return Poly({mono(factors): coefficient}) if coefficient else ZERO


def _label_number(algebra: Algebra, delta: Atom, coefficient: fmpq, factors: Factors) -> Poly | None:
    """Beside [y_i = 0] the label y_i is 0 in all other factors."""
    one, other = delta.ix
    label, value = (one, other) if other.is_number else (other, one)
    if label.atom is None or label.shift or not value.is_number:
        return None
    touched = {a: e for a, e in factors.items() if a is not delta and any(ix.atom is label.atom for ix in a.ix)}
    if not touched:
        return None
    done = Poly({mono({a: e for a, e in factors.items() if a not in touched}): coefficient})
    for a, e in sorted(touched.items(), key=lambda pair: pair[0].key):
        put = tuple(Ix("", value.shift + ix.shift) if ix.atom is label.atom else ix for ix in a.ix)
        renewed = algebra.map_atom(Atom(a.kind, a.head, put, a.args), lambda p: p, lambda ix: ix)
        done = algebra._mul2(done, algebra.power(renewed, e))
    return done


def _label_variable(algebra: Algebra, delta: Atom, label: Ix, coefficient: fmpq, factors: Factors) -> Poly | None:
    """Beside [y_i = k] the label y_i is k in all other factors, which then need not be summed over i."""
    one, other = delta.ix
    variable, known = (one if other.atom is not None else other), label.atom
    if known is None or variable.shift or label.shift:
        return None
    put = algebra.index_value(variable)
    found = {
        a: algebra.replace(of_atom(a), lambda atom: put if atom is known else None)
        for a in factors
        if a is not delta and known.free <= a.free
    }
    changed = {a: p for a, p in found.items() if p != of_atom(a)}
    if not changed:
        return None
    done = Poly({mono({a: e for a, e in factors.items() if a not in changed}): coefficient})
    for a, p in sorted(changed.items(), key=lambda pair: pair[0].key):
        done = algebra._mul2(done, algebra.power(p, factors[a]))
    return done


_WITH_RULES = frozenset({"ent", "pp", "delta", "ind", "prime", "fn", "det"})


def _special(algebra: Algebra, atom: Atom, e: Exponent) -> bool:
    """Whether an atom with this exponent has a rule of its own."""
    kind = atom.kind
    if kind == "ent":
        if e == 1 or not isinstance(e, int):
            return False
        return (e > 0 and algebra.is_binary(atom)) or two_valued.is_power_of_one(algebra, atom, e)
    if kind == "pp":
        return e >= 1
    if kind == "delta":
        return True
    if kind == "ind":
        return e > 1
    if kind == "prime":
        return e < 0 or e >= 1
    if kind == "det":
        return isinstance(e, int) and e not in (0, 1) and facts.is_orthogonal(algebra, atom)
    if kind == "fn":
        return (atom.head == "abs" and (e >= 2 or e <= -2)) or (atom.head == "cos" and isinstance(e, int) and e >= 2)
    return False


def _delta_substitution(atom: Atom) -> tuple[str, Ix]:
    """Which variable a delta replaces by what; no variable if neither side is one."""
    a, b = atom.ix
    for old, new in ((b, a), (a, b)):
        if old.base and old.base not in new.free and not (old.base.startswith(("#", "~", "!"))):
            return old.base, new.moved(-old.shift)
    return "", a
