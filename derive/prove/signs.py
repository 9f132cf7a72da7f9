"""What is known of the sign of a normal form, from declarations alone; and factors of numbers and polynomials.

Signs are ``+``, ``-``, ``0+`` (not negative), ``0-`` (not positive), ``0`` and ``None`` (nothing known).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from flint import fmpq, fmpq_mpoly, fmpq_mpoly_ctx, fmpz, fmpz_mpoly_ctx

from derive.language.context import SymbolDecl
from derive.language.terms import Num, Op, Term
from derive.prove import quadratic_forms, shares, spectra, substitution
from derive.prove.atoms import UNIT, Atom, Exponent, Ix, Mono, Poly, add, exponent, mono, number, of_atom, scale

if TYPE_CHECKING:
    from derive.prove.algebra import Algebra

Sign = str | None
MOST_INDICES = 4
"""How many indices a sum may run over to be looked at as a quadratic form wherever its sign is asked for."""
POSITIVE_PROPERTIES = frozenset({"positive", "open_unit"})
NONNEGATIVE_PROPERTIES = frozenset({"nonnegative", "unit", "binary", "onehot", "simplex"})
NOT_NEGATIVE: tuple[Sign, ...] = ("+", "0+", "0")
_FLIP: dict[Sign, Sign] = {"+": "-", "-": "+", "0+": "0-", "0-": "0+", "0": "0", None: None}


def times(a: Sign, b: Sign) -> Sign:
    """The sign of a product."""
    if a is None or b is None:
        return None
    if a == "0" or b == "0":
        return "0"
    negative = ("-" in a) != ("-" in b)
    strict = "0" not in a and "0" not in b
    return ("-" if negative else "+") if strict else ("0-" if negative else "0+")


def plus(a: Sign, b: Sign) -> Sign:
    """The sign of a sum."""
    if a == "0":
        return b
    if b == "0":
        return a
    if a is None or b is None or ("-" in a) != ("-" in b):
        return None
    return a if "0" not in a else b


def bound_of(term: Term | None) -> fmpq | None:
    """A number as it is written in a declaration."""
    match term:
        case Num(value):
            return fmpq(value.numerator, value.denominator)
        case Op("neg", (inside,)):
            found = bound_of(inside)
            return None if found is None else -found
        case Op("div", (above, below)):
            one, other = bound_of(above), bound_of(below)
            return None if one is None or not other else one / other
    return None


def atom_sign(algebra: Algebra, atom: Atom) -> Sign:
    """The sign of one atom."""
    kind = atom.kind
    if kind in ("exp", "prime", "const"):
        return "+"
    if kind == "ixv":
        least = algebra.least_index(atom.ix[0].base)
        return None if least is None or least < 0 else ("+" if least > 0 else "0+")
    if kind == "size":
        return "+" if algebra.least(atom.head) >= 1 else "0+"
    if kind in ("delta", "ind"):
        return "0+"
    if algebra.positive and of_atom(atom) in algebra.positive:
        return "+"
    if algebra.positive_names and kind in ("ent", "app") and atom.head in algebra.positive_names:
        return "+"
    if kind == "ent":
        return _entry_sign(algebra, atom)
    if kind in ("pow", "prod", "sum"):
        known = sign(algebra, atom.args[0])
        if kind == "sum" and known is None and 1 < len(atom.ranges) <= MOST_INDICES:
            key = ("quadratic form", atom, algebra.assumed_so_far)
            return "0+" if algebra.once(key, lambda: quadratic_forms.is_nonnegative(algebra, atom)) else None
        if kind == "sum" and known in ("+", "-") and not all(_never_empty(algebra, r) for r in atom.ranges):
            return "0" + known
        return known if kind == "sum" or known in ("+", "0+") else None
    if kind == "pp":
        return sign(algebra, atom.args[0])
    if kind == "fn":
        return _function_sign(algebra, atom)
    if kind == "eigval":
        return spectra.sign(algebra, atom)
    if kind in ("det", "inv"):
        return _matrix_sign(algebra, atom)
    if kind == "app" and atom.head.startswith("!factorial;"):
        return "+" if sign(algebra, add(atom.args[0], number(1))) == "+" else None  # also of Γ(x), which is (x - 1)!
    if kind == "app":
        properties = _of_values(algebra, atom)
        if properties & POSITIVE_PROPERTIES:
            return "+"
        return "0+" if properties & {"density", "nonnegative", "unit", "binary"} else None
    return None


def _of_values(algebra: Algebra, atom: Atom) -> frozenset[str]:
    """What is declared of the values of an applied function (nothing of its derivatives)."""
    name, orders = atom.head.split(";")[:2]
    function = algebra.context.functions.get(name)
    return frozenset() if orders or function is None else function.properties


def _never_empty(algebra: Algebra, range_key: str) -> bool:
    """Whether a range surely holds a number (an integral runs over all of a space)."""
    if range_key not in algebra.lengths:
        return range_key.startswith("∫")
    least = algebra.least_extent(algebra.lengths[range_key])
    return least is not None and least >= 1


def declared_matrix(algebra: Algebra, atom: Atom) -> SymbolDecl | None:
    """The declaration of the matrix that an inverse or determinant is of, if it is one, by its own rows and columns."""
    single = atom.args[0].single
    if single is None or single[1] != 1 or len(single[0].factors) != 1 or single[0].factors[0][1] != 1:
        return None
    inner = single[0].factors[0][0]
    decl = algebra.declared(inner.head) if inner.kind == "ent" else None
    if decl is None or len(decl.shape) != 2:
        return None
    bound = set(atom.bound)
    own = {ix.base for ix in inner.ix[-2:]} == bound and not any(ix.shift for ix in inner.ix[-2:])
    return decl if own and all(ix.free.isdisjoint(bound) for ix in inner.ix[:-2]) else None


def _entry_sign(algebra: Algebra, atom: Atom) -> Sign:
    decl = algebra.declared(atom.head)
    if decl is None:
        return None
    p = decl.properties
    if p & POSITIVE_PROPERTIES:
        return "+"
    if "negative" in p:
        return "-"
    if len(decl.shape) == 2 and p & {"posdef", "psd"}:
        if atom.ix[-1] is atom.ix[-2]:
            return "+" if "posdef" in p else "0+"
        return None
    low, high = bound_of(decl.low), bound_of(decl.high)
    if low is not None and (low > 0 or (low == 0 and decl.low_open)):
        return "+"
    if high is not None and (high < 0 or (high == 0 and decl.high_open)):
        return "-"
    if p & NONNEGATIVE_PROPERTIES or (low is not None and low == 0):
        return "0+"
    if decl.label_range is not None and (decl.label_range.low.constant or 0) >= 0:
        return "+" if (decl.label_range.low.constant or 0) > 0 else "0+"
    if decl.definition is not None:
        return algebra.signs_of_definition(decl.name)[0]
    if decl.values and all(isinstance(v, Num) for v in decl.values):
        least = min(v.value for v in decl.values if isinstance(v, Num))
        return "+" if least > 0 else ("0+" if least == 0 else None)
    return None


def _function_sign(algebra: Algebra, atom: Atom) -> Sign:
    inner = atom.args[0]
    if atom.head == "abs":
        if substitution.is_jacobian(algebra, inner) is not None:
            return "+"
        return "+" if is_nonzero(algebra, inner) else "0+"
    if atom.head == "log":
        constant = inner.constant
        if constant is not None and constant > 1:
            return "+"
        place = poly_in_unit(algebra, inner)
        if place is not None:  # where the logarithm is defined
            return "-" if place == "open" else "0-"
        return sign(algebra, add(inner, number(-1)), deep=False)
    if atom.head == "tanh":
        return sign(algebra, inner)
    return "+" if atom.head == "logistic" else None


def _matrix_sign(algebra: Algebra, atom: Atom) -> Sign:
    decl = declared_matrix(algebra, atom)
    if decl is None or "posdef" not in decl.properties:
        return None
    return "+" if atom.kind == "det" or atom.ix[0] is atom.ix[1] else None


def mono_sign(algebra: Algebra, m: Mono, c: fmpq) -> Sign:
    """The sign of one term."""
    total: Sign = "+" if c > 0 else "-"
    for atom, e in m.factors:
        known = atom_sign(algebra, atom)
        if isinstance(e, int) and e % 2 == 0:
            known = "+" if known in ("+", "-") or _declared_nonzero(algebra, atom) else "0+"
            if e < 0:
                known = "+"
        elif e < 0 and known == "0+":
            known = "+"
        elif e < 0 and known == "0-":
            known = "-"
        total = times(total, known)
        if total is None:
            return None
    return total


def _declared_nonzero(algebra: Algebra, atom: Atom) -> bool:
    """Whether an entry, or the value of a function, is declared not to be zero."""
    if atom.kind == "app":
        return "nonzero" in _of_values(algebra, atom)
    decl = algebra.declared(atom.head) if atom.kind == "ent" else None
    if decl is None or "nonzero" in decl.properties:
        return decl is not None
    known = [bound_of(value) for value in decl.values]
    return bool(known) and all(value is not None and value != 0 for value in known)


def is_nonzero(algebra: Algebra, p: Poly) -> bool:
    """Whether a normal form is surely not zero: by its sign, by what is declared of its one factor, or as assumed."""
    if sign(algebra, p) in ("+", "-") or p in algebra.nonzero or scale(p, -1) in algebra.nonzero:
        return True
    single = p.single
    return single is not None and all(
        of_atom(a) in algebra.nonzero or _declared_nonzero(algebra, a) or atom_sign(algebra, a) in ("+", "-")
        for a, _ in single[0].factors
    )


def number_of(c: fmpq) -> Poly:
    """A constant."""
    return Poly({UNIT: c}) if c else Poly({})


def sign(algebra: Algebra, p: Poly, deep: bool = True) -> Sign:
    """The sign of a normal form; of one with several terms it is looked for once, as long as nothing more is assumed,
    and as no definition is half known."""
    if len(p.terms) < 2 or not deep or algebra.half_known:
        return _sign(algebra, p, deep)
    key = ("sign of", p, algebra.assumed_so_far)
    return algebra.once(key, lambda: _sign(algebra, p, deep))


def _sign(algebra: Algebra, p: Poly, deep: bool) -> Sign:
    if p.is_zero:
        return "0"
    if p in algebra.positive or (algebra.positive and len(p.terms) > 1 and _alike(p) in algebra.positive):
        return "+"
    if algebra.positive and (scale(p, -1) in algebra.positive or _alike(scale(p, -1)) in algebra.positive):
        return "-"
    if algebra.positive_for_all and len(p.terms) > 1:
        if _is_known(algebra, p):
            return "+"
        if _is_known(algebra, scale(p, -1)):
            return "-"
    total: Sign = "0"
    for m, c in p.terms.items():
        total = plus(total, mono_sign(algebra, m, c))
        if total is None:
            break
    if total is not None or not deep or len(p.terms) == 1:
        return total
    for rule in (lower_bound, convex, up_to_the_end):
        below = rule(algebra, p)
        if below is not None:
            return below
        above = rule(algebra, scale(p, -1))
        if above is not None:
            return _FLIP[above]
    if any(a.kind == "pp" and e < 0 for m in p.terms for a, e in m.factors):
        content, rest = algebra.content(p)
        return times(sign(algebra, content), sign(algebra, rest)) if len(rest.terms) < len(p.terms) else None
    parts = factor(algebra, p) if 2 < len(p.terms) <= 12 else None
    if parts is None:
        return None
    product: Sign = "+"
    for part, e in parts:
        known = sign(algebra, part)
        product = times(product, ("+" if known in ("+", "-") else "0+") if e % 2 == 0 else known)
    return product


def _alike(p: Poly) -> Poly:
    """The positive multiple of p whose first coefficient is 1 or -1."""
    first = p.sorted()[0][1] if not p.is_zero else fmpq(1)
    return scale(p, 1 / abs(first))


def with_positive(algebra: Algebra, p: Poly) -> set[Poly]:
    """What is positive if p is: p, what is left of it beside factors that are, and its only doubtful factor."""
    found = {p, _alike(p)}
    for whole in (True, False) if not p.is_zero else ():
        content, rest = algebra.content(p, whole=whole)
        if sign(algebra, content) == "+":
            found.add(rest)
    single = p.single
    doubtful = [(a, e) for a, e in single[0].factors if atom_sign(algebra, a) != "+"] if single else []
    if single is not None and len(doubtful) == 1 and isinstance(doubtful[0][1], int) and doubtful[0][1] % 2:
        atom, factor = doubtful[0][0], 1 if single[1] > 0 else -1
        found |= {scale(of_atom(atom), factor), *([scale(atom.args[0], factor)] if atom.kind == "pp" else [])}
    return found


def _is_known(algebra: Algebra, p: Poly) -> bool:
    """Whether a fact says for all values of its indices that p, with other names for them, is positive."""
    for known, names in algebra.positive_for_all:
        if len(known.terms) != len(p.terms):
            continue
        runs = [
            [x for x in sorted(p.free) if algebra.range_of.get(x) == algebra.range_of[name]] for name in sorted(names)
        ]
        for chosen in product(*runs):
            if algebra.rename(known, {name: Ix(x) for name, x in zip(sorted(names), chosen, strict=True)}) == p:
                return True
    return False


def lower_bound(algebra: Algebra, p: Poly) -> Sign:
    """``+`` or ``0+`` if a bound of each term shows it: sizes and quantities at their least, quantities between 0 and
    1; or quantities at their greatest, where only that is known, or the least does not show it."""
    return _from_the_end(algebra, p, _least) or _from_the_end(algebra, p, _greatest)


End = tuple[fmpq, int, Sign]
"""A value that an atom cannot pass, whether what lies within is added (1) or taken off (-1), and the sign of that."""


def _from_the_end(algebra: Algebra, p: Poly, end: Callable[[Algebra, Atom], End | None]) -> Sign:
    """The sign of p with each atom as its end plus (or minus) what it is beyond that."""
    shifted = p
    above: dict[Atom, Sign] = {}
    for atom in p.atoms():
        place = end(algebra, atom)
        if place is None or not all(isinstance(e, int) and e > 0 for m in p.terms for a, e in m.factors if a is atom):
            continue
        value, side, what_is_above = place
        shifted = algebra.substitute_atom(shifted, atom, add(scale(of_atom(atom), side), number_of(value)))
        above[atom] = what_is_above
    total = fmpq(0)
    strict = False
    for m, c in shifted.terms.items():
        if m is UNIT:
            total += c
            continue
        known = _sign_above(algebra, m, c, above)
        if c > 0 or all(a in above for a, _ in m.factors):
            if known not in ("+", "0+"):
                return None
            strict = strict or known == "+"
            continue
        places = [None if a in above else power_in_unit(algebra, a, e) for a, e in m.factors]
        if None in places:
            return None
        total += c
        strict = strict or "open" in places
    if total > 0 or (total == 0 and strict):
        return "+"
    return "0+" if total == 0 else None


def up_to_the_end(algebra: Algebra, p: Poly) -> Sign:
    """``+`` or ``0+`` if that is so where an index that is taken away is at the end of its range."""
    for m, c in p.sorted():
        if c > 0 or len(m.factors) != 1 or m.factors[0][0].kind != "ixv" or m.factors[0][1] != 1:
            continue
        key = algebra.range_of.get(m.factors[0][0].ix[0].base)
        if key is None or key not in algebra.lengths:
            continue
        least = add(Poly({n: k for n, k in p.terms.items() if n is not m}), scale(algebra.length(key), c))
        known = sign(algebra, least)
        if known in NOT_NEGATIVE:
            return "+" if known == "+" else "0+"
    return None


def convex(algebra: Algebra, p: Poly) -> Sign:
    """``+`` or ``0+`` if each negative term -c u R has a positive term d R beside it, with 0 ≤ u ≤ 1 and d ≥ c: R (d -
    c u), where u is a quantity or a power of it."""
    left = dict(p.terms)
    total: Sign = "0"
    for m, c in p.sorted():
        if c > 0:
            continue
        del left[m]
        for rest, d in left.items():
            place = None if d < -c else _share(algebra, m, rest)
            if place is None:
                continue
            left[rest] += c
            if not left[rest]:
                del left[rest]
            total = plus(total, times(mono_sign(algebra, rest, fmpq(1)), "+" if place == "open" else "0+"))
            break
        else:
            return None
    for m, c in left.items():
        total = plus(total, mono_sign(algebra, m, c))
    return total if total in ("+", "0+") else None


def _share(algebra: Algebra, m: Mono, whole: Mono) -> str | None:
    """``open`` or ``closed`` if one term is another times something in (0, 1) or [0, 1]."""
    factors = dict(m.factors)
    for atom, e in whole.factors:
        factors[atom] = exponent(factors.get(atom, 0) - e)
    exponentials = {atom: e for atom, e in factors.items() if e and atom.kind == "exp"}
    places = [power_in_unit(algebra, atom, e) for atom, e in factors.items() if e and atom not in exponentials]
    if None in places:
        return None
    if exponentials:
        power = add(*[algebra.mul(number(e), atom.args[0]) for atom, e in exponentials.items()])
        places.append(_BELOW_ONE.get(sign(algebra, power)))
    return None if not places or None in places else ("open" if "open" in places else "closed")


_BELOW_ONE: dict[Sign, str] = {"-": "open", "0-": "closed"}
"""Where e^x lies for the signs of x."""


def _least(algebra: Algebra, atom: Atom) -> End | None:
    """The least value of an atom that is worth putting in, and the sign of what it is above that."""
    if atom.kind == "size" and algebra.least(atom.head) >= 1:
        return fmpq(algebra.least(atom.head)), 1, "0+"
    if atom.kind == "ixv" and algebra.least_index(atom.ix[0].base) == 1:
        return fmpq(1), 1, "0+"
    decl = algebra.declared(atom.head) if atom.kind == "ent" else None
    low = bound_of(decl.low) if decl is not None else None
    numbers = [bound_of(value) for value in decl.values] if decl is not None else []
    if numbers and None not in numbers:
        return min(value for value in numbers if value is not None), 1, "0+"
    if decl is None or not low or _in_unit(algebra, atom) is not None:
        return None
    return low, 1, "+" if decl.low_open else "0+"


def _greatest(algebra: Algebra, atom: Atom) -> End | None:
    """The greatest value of an atom, and the sign of what it is below that; else the least one."""
    decl = algebra.declared(atom.head) if atom.kind == "ent" else None
    high = bound_of(decl.high) if decl is not None else None
    if decl is None or high is None or decl.values or (high >= 1 and _in_unit(algebra, atom) is not None):
        return _least(algebra, atom)
    return high, -1, "+" if decl.high_open else "0+"


def _sign_above(algebra: Algebra, m: Mono, c: fmpq, above: dict[Atom, Sign]) -> Sign:
    """The sign of a term in which some atoms stand for what they are above their least value."""
    rest = mono({a: e for a, e in m.factors if a not in above})
    total = mono_sign(algebra, rest, c)
    for atom, _ in m.factors:
        if atom in above:
            total = times(total, above[atom])
    return total


def _in_unit(algebra: Algebra, atom: Atom) -> str | None:
    """``open`` or ``closed`` if an atom lies in (0, 1) or [0, 1]."""
    if atom.kind in ("delta", "ind"):
        return "closed"
    if atom.kind == "fn" and atom.head == "logistic":
        return "open"
    if atom.kind == "prod":
        return _product_in_unit(algebra, atom)
    if atom.kind == "app":
        properties = _of_values(algebra, atom)
        return "open" if "open_unit" in properties else ("closed" if "unit" in properties else None)
    if atom.kind != "ent":
        return None
    decl = algebra.declared(atom.head)
    if decl is None:
        return None
    low, high = bound_of(decl.low), bound_of(decl.high)
    if "open_unit" in decl.properties:
        return "open"
    if decl.properties & {"unit", "binary", "onehot", "simplex"}:
        return "closed"
    above = (low is not None and low >= 0) or not decl.properties.isdisjoint(("positive", "nonnegative"))
    if above and high is not None and high <= 1:
        return "open" if decl.high_open else "closed"
    if above and atom.head not in algebra.freed_names and shares.is_weight(algebra, atom):
        return "closed"
    return algebra.signs_of_definition(decl.name)[1] if decl.definition is not None else None


def _product_in_unit(algebra: Algebra, atom: Atom) -> str | None:
    """Where a product lies of factors that are all in (0, 1) or [0, 1]: of none it is 1."""
    within = [sign(algebra, part) for part in (atom.args[0], add(number_of(fmpq(1)), scale(atom.args[0], -1)))]
    if not all(each in ("+", "0+") for each in within):
        return None
    return "open" if within == ["+", "+"] and all(_never_empty(algebra, r) for r in atom.ranges) else "closed"


def power_in_unit(algebra: Algebra, atom: Atom, e: Exponent) -> str | None:
    """``open`` or ``closed`` if a power of an atom lies in (0, 1) or [0, 1]: of one that does, or e^-x with x ≥ 0."""
    if atom.kind == "exp":
        return _BELOW_ONE.get(times(sign(algebra, atom.args[0]), "-" if e < 0 else "+"))
    return _in_unit(algebra, atom) if isinstance(e, int) and e > 0 else None


def poly_in_unit(algebra: Algebra, p: Poly) -> str | None:
    """``open`` or ``closed`` if a normal form is a product of quantities in (0, 1) or [0, 1], or a share of a sum."""
    if shares.is_share(algebra, p):
        return "closed"
    single = p.single
    if single is None or single[1] != 1 or not single[0].factors:
        return None
    places = [power_in_unit(algebra, a, e) for a, e in single[0].factors]
    if None in places:
        return None
    return "open" if "open" in places else "closed"


def is_bounded(algebra: Algebra, atom: Atom, e: Exponent) -> bool:
    """Whether a factor is a size, an index or something between 0 and 1, to a positive power: ``lower_bound`` knows
    it."""
    if atom.kind in ("size", "ixv"):
        return isinstance(e, int) and e > 0
    return power_in_unit(algebra, atom, e) is not None


def is_integer(algebra: Algebra, p: Poly) -> bool:
    """Whether a normal form surely takes whole-number values."""
    return all(
        c.q == 1 and all(isinstance(e, int) and e > 0 and _integer_atom(algebra, a) for a, e in m.factors)
        for m, c in p.terms.items()
    )


def _integer_atom(algebra: Algebra, atom: Atom) -> bool:
    if atom.kind in ("size", "ixv", "delta", "ind"):
        return True
    if atom.kind == "sum":
        return is_integer(algebra, atom.args[0])
    if atom.kind != "ent":
        return False
    decl = algebra.declared(atom.head)
    if decl is None:
        return False
    if decl.properties & {"integer", "binary", "onehot", "label"} or decl.label_range is not None:
        return True
    return bool(decl.values) and all(isinstance(v, Num) and v.value.denominator == 1 for v in decl.values)


@lru_cache(maxsize=4096)
def factor_number(value: int) -> tuple[tuple[int, int], ...]:
    """The prime factors of a whole number above 1 with their exponents (none for 1)."""
    return () if value <= 1 else tuple((int(p), int(e)) for p, e in fmpz(value).factor())


def divide(p: Poly, q: Poly) -> Poly | None:
    """p / q if q divides p as polynomials in their atoms, else None."""
    atoms = sorted({*p.atoms(), *q.atoms()}, key=lambda a: a.key)
    if any(not isinstance(e, int) or e < 0 for x in (p, q) for m in x.terms for _, e in m.factors) or len(atoms) > 24:
        return None
    ring = fmpq_mpoly_ctx.get([f"x{i}" for i in range(len(atoms))], "lex")
    place = {atom: i for i, atom in enumerate(atoms)}

    def convert(x: Poly) -> fmpq_mpoly:
        terms: dict[tuple[int, ...], fmpq] = {}
        for m, c in x.terms.items():
            powers = [0] * len(atoms)
            for atom, e in m.factors:
                powers[place[atom]] = int(e)
            terms[tuple(powers)] = c
        return ring.from_dict(terms)

    quotient, rest = divmod(convert(p), convert(q))
    if rest != 0:
        return None
    return Poly(
        {mono({atoms[i]: int(x) for i, x in enumerate(powers) if x}): c for powers, c in quotient.to_dict().items()}
    )


def factor(algebra: Algebra, p: Poly) -> list[tuple[Poly, int]] | None:
    """Irreducible factors of a polynomial in its atoms, or None where that is not worth trying."""
    if len(p.terms) > 24:
        return None
    atoms = p.atoms()
    if len(atoms) > 10 or any(not isinstance(e, int) or e < 0 for m in p.terms for _, e in m.factors):
        return None
    return _factor(p, tuple(atoms))


@lru_cache(maxsize=8192)
def _factor(p: Poly, atoms: tuple[Atom, ...]) -> list[tuple[Poly, int]] | None:
    bottom = 1
    for c in p.terms.values():
        bottom = bottom * int(c.q) // int(fmpz(bottom).gcd(c.q))
    ring = fmpz_mpoly_ctx.get([f"x{i}" for i in range(len(atoms))], "lex")
    place = {atom: i for i, atom in enumerate(atoms)}
    terms: dict[tuple[int, ...], int] = {}
    for m, c in p.terms.items():
        powers = [0] * len(atoms)
        for atom, e in m.factors:
            powers[place[atom]] = int(e)
        terms[tuple(powers)] = int((c * bottom).p)
    constant, parts = ring.from_dict(terms).factor()
    if len(parts) == 1 and parts[0][1] == 1:
        return None
    result: list[tuple[Poly, int]] = []
    whole = fmpq(int(constant), bottom)
    for part, e in parts:
        poly = Poly(
            {
                mono({atoms[i]: int(x) for i, x in enumerate(powers) if x}): fmpq(int(c))
                for powers, c in part.to_dict().items()
            }
        )
        if poly.sorted()[0][1] < 0:
            poly, whole = scale(poly, -1), whole * (-1) ** int(e)
        result.append((poly, int(e)))
    result.sort(key=lambda pair: pair[0].key)
    if whole != 1:
        result.append((Poly({UNIT: whole}), 1))
    return result
