"""Where an optimum is sought: is the domain convex, does the point lie in it, is the objective smooth on all of it?

A second derivative of one sign says something of a whole domain only if that domain is convex and the function has
neither kinks nor jumps nor poles there.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from derive.language.claims import Optimum
from derive.language.context import SymbolDecl
from derive.language.terms import Num, Op, Rel, Sym, Term, subterms
from derive.prove import signs
from derive.prove.algebra import Algebra
from derive.prove.atoms import Atom, Ix, Poly, add, heads, of_atom, scale
from derive.prove.definedness import Condition
from derive.prove.tactics.semidefinite import shows_psd
from derive.prove.workbench import Workbench
from derive.prove.zero import is_zero

CONVEX = frozenset("real positive nonnegative negative open_unit unit simplex symmetric posdef psd".split())
"""Properties whose quantities form a convex set; for any other nothing is concluded from curvature."""

KINKS = frozenset({"ind", "delta", "eigval", "eigvec", "mpow"})
ZERO, ONE = Num(Fraction(0)), Num(Fraction(1))


def is_convex(decl: SymbolDecl) -> bool:
    """Whether the values that are declared for a quantity form a convex set."""
    return decl.properties <= CONVEX and not decl.values and decl.label_range is None and decl.depends is None


def constrained_otherwise(bench: Workbench, names: tuple[str, ...]) -> bool:
    """Whether a fact other than an equation speaks of a variable: such a constraint has no multiplier here."""
    return any(
        not (isinstance(fact.statement, Rel) and fact.statement.op == "=")
        and any(isinstance(part, Sym) and part.name in names for part in subterms(fact.statement))
        for fact in bench.context.facts
    )


def wanted_of_point(bench: Workbench, claim: Optimum) -> list[Rel]:
    """What the point must satisfy, entry by entry, to lie in its variables' declared domains."""
    wanted: list[Rel] = []
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = bench.context.symbols.get(variable.name)
        if decl is None:
            continue
        rest = Op("broadcast_add", (ONE, Op("neg", (point,))))
        if decl.properties & {"positive", "open_unit"}:
            wanted.append(Rel(">", point, ZERO))
        if "negative" in decl.properties:
            wanted.append(Rel(">", Op("neg", (point,)), ZERO))
        if decl.properties & {"nonnegative", "unit", "simplex"}:
            wanted.append(Rel(">=", point, ZERO))
        if "open_unit" in decl.properties:
            wanted.append(Rel(">", rest, ZERO))
        if "unit" in decl.properties:
            wanted.append(Rel(">=", rest, ZERO))
        if decl.low is not None:
            wanted.append(
                Rel(">" if decl.low_open else ">=", Op("broadcast_add", (point, Op("neg", (decl.low,)))), ZERO)
            )
        if decl.high is not None:
            wanted.append(
                Rel(">" if decl.high_open else ">=", Op("broadcast_add", (decl.high, Op("neg", (point,)))), ZERO)
            )
    return wanted


def conditions(bench: Workbench, claim: Optimum) -> list[Term]:
    """What must hold for the point to lie in its domain, beyond what is known: a variance that is not zero, a
    covariance that is not singular."""
    found: list[Term] = []
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = bench.context.symbols.get(variable.name)
        if decl is not None and "posdef" in decl.properties:
            found.append(Rel("succ", point, ZERO))
    return found + [relation for relation in wanted_of_point(bench, claim) if not bench.known(Condition(relation))]


def inside(bench: Workbench, claim: Optimum) -> list[Rel]:
    """What makes the point lie in an open domain, where that is not known: numerators and denominators that are
    positive. Nothing for a domain that has an edge: there the optimum is on the edge, and the point is wrong."""
    found: list[Rel] = []
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = bench.context.symbols.get(variable.name)
        if decl is None or decl.low is not None or decl.high is not None:
            return []
        if "positive" in decl.properties or _opens(bench, claim, variable):
            wanted = [Rel(">", factor, ZERO) for factor in factors(point)]
        elif "open_unit" in decl.properties:
            rest = Op("broadcast_add", (ONE, Op("neg", (point,))))
            wanted = [*(Rel(">", factor, ZERO) for factor in factors(point)), Rel(">", rest, ZERO)]
        else:
            continue
        found += [relation for relation in wanted if not bench.known(Condition(relation))]
    return found


def _opens(bench: Workbench, claim: Optimum, variable: Sym) -> bool:
    """Whether the objective has no value at the edge of what is nonnegative: ``\\log \\theta_k``."""
    decl = bench.context.symbols[variable.name]
    if not decl.properties & {"nonnegative", "simplex"}:
        return False
    asked = (condition.relation for condition in bench.conditions(claim.objective))
    return any(
        relation.op == ">" and isinstance(relation.left, Sym) and relation.left.name == variable.name
        for relation in asked
    )


def factors(term: Term) -> list[Term]:
    """The factors of a product or a fraction, above and below its bar."""
    match term:
        case Op("mul" | "div", args):
            return [factor for each in args for factor in factors(each)]
    return [term]


def may_contain_point(bench: Workbench, claim: Optimum) -> bool:
    """Whether the point lies in its domain or at its edge (that it is not at the edge becomes a printed condition)."""
    if not all(bench.known(Condition(Rel(">=", relation.left, ZERO))) for relation in wanted_of_point(bench, claim)):
        return False
    for variable, point in zip(claim.variables, claim.point, strict=True):
        decl = bench.context.symbols.get(variable.name)
        if decl is None or not decl.properties & {"symmetric", "posdef", "psd"}:
            continue
        reader = bench.reader()
        one, two = (reader.slot_range(e) for e in decl.shape)
        there = reader.lower(point, (Ix(one), Ix(two)), {})
        back = reader.lower(point, (Ix(two), Ix(one)), {})
        if not is_zero(reader.algebra, add(there, scale(back, -1))):
            return False
        if decl.properties & {"posdef", "psd"} and not shows_psd(bench, point):
            return False
    return True


def is_smooth(
    algebra: Algebra, declared: Algebra, p: Poly, names: frozenset[str], affine: Callable[[Poly], bool]
) -> bool:
    """Whether p has no kink, jump or pole in these variables on their declared domain.

    ``declared`` knows signs from declarations alone; ``affine`` tells whether a normal form is affine in the variables.
    """

    def moves(q: Poly) -> bool:
        return not names.isdisjoint(heads(q))

    def one_sign(q: Poly) -> bool:
        return signs.sign(declared, q) in ("+", "-")

    def half_space(q: Poly) -> bool:
        return one_sign(q) or affine(q)

    def base_of(atom: Atom) -> Poly:
        return atom.args[0] if atom.kind == "pp" else of_atom(atom)

    def fine(q: Poly) -> bool:
        return all(_fine_factor(atom, e) for m in q.terms for atom, e in m.factors)

    def _fine_factor(atom: Atom, e: object) -> bool:
        base = base_of(atom)
        if any(ix.atom is not None and ix.atom.head in names for ix in atom.ix):
            return False
        if not moves(base):
            return True
        if atom.kind in KINKS or (atom.kind == "fn" and atom.head == "abs") or atom.head.startswith("!"):
            return False
        if isinstance(e, int) and e < 0 and atom.kind != "exp" and not one_sign(base):
            return False
        if not isinstance(e, int) and atom.kind not in ("exp", "pow") and not half_space(base):
            return False
        if atom.kind == "fn" and atom.head == "log" and not half_space(atom.args[0]):
            return False
        if atom.kind == "pow" and moves(atom.args[0]) and not half_space(atom.args[0]):
            return False
        if atom.kind in ("inv", "det"):
            matrix = signs.declared_matrix(declared, atom)
            return matrix is not None and matrix.name in names and "posdef" in matrix.properties
        return all(fine(arg) for arg in atom.args)

    return fine(p)
