"""One factor per covariance: Σ⁻¹ = Tᵀ T with T triangular, and log det Σ from T's diagonal."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from derive.kernels.program import ONE, TWO, Program, Rewrite, product, quotient, reference, sum_over
from derive.kernels.rewriting import Rewriter
from derive.language.context import Definition
from derive.language.extents import Range
from derive.language.terms import Entry, Index, Num, Op, Sym, Term, rebuild


def factored(program: Program) -> Program:
    """The program with the inverse of each positive definite argument written with its whitening factor.

    The steps are proved in a context where Σ is (TᵀT)⁻¹ for any invertible T; that a triangular T exists is Cholesky's.
    """
    work = _Factors(program)
    done = work.done(work.change)
    context = done.context
    for factor, matrix in work.factors.items():
        decl = context.symbols[matrix]
        context = context.with_symbol(replace(decl, name=factor, properties=frozenset({"invertible"}), definition=None))
        indices = tuple(f"{name}'" for name in decl.family_names) or tuple(f"a{n}" for n in range(len(decl.family)))
        whole = Sym(factor, tuple(map(Index, indices)))
        body = Op("inverse", (Op("mul", (Op("transpose", (whole,)), whole)),))
        context = context.with_symbol(replace(decl, properties=frozenset(), definition=Definition(indices, body)))
    lemmas = tuple(dict.fromkeys(work.lemmas))
    return replace(done, context=context, factors={**program.factors, **work.factors}, lemmas=lemmas)


class _Factors(Rewriter):
    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.factors: dict[str, str] = {}
        self.lemmas: list[Rewrite] = []

    def change(self, term: Term) -> Term:
        """A body with its inverses and determinants rewritten."""
        match term:
            case Entry(Op("inverse", (Sym() as whole,)), (row, column)):
                factor = self._factor(whole)
                if factor is not None:
                    extent = self.program.context.symbols[whole.name].shape[0]
                    own = self.names.fresh("r", Range.upto(extent))
                    one, two = (Entry(factor, (Index(own), slot)) for slot in (row, column))
                    squared = Op("mul", (Op("transpose", (factor,)), factor))
                    self.lemmas.append(Rewrite("the inverse by its factor", Op("inverse", (whole,)), squared))
                    return sum_over(own, Range.upto(extent), product(one, two))
            case Op("log", (Op("det", (Sym() as whole,)),)):
                factor = self._factor(whole)
                if factor is not None:
                    of_factor = Op("det", (factor,))
                    one_over = quotient(ONE, Op("pow", (of_factor, TWO)))
                    self.lemmas.append(Rewrite("the determinant by its factor", Op("det", (whole,)), one_over))
                    return product(Num(Fraction(-2)), Op("log", (Op("abs", (of_factor,)),)))
        return rebuild(term, self.change)

    def _factor(self, whole: Sym) -> Sym | None:
        found = reference(whole)
        if found is None or "posdef" not in self.properties(whole.name):
            return None
        name = f"T_{{{whole.name}}}"
        self.factors[name] = whole.name
        return Sym(name, whole.indices)
