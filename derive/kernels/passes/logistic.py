"""Probabilities of a binary label: σ(a)^t (1 - σ(a))^(1 - t) is σ((2t - 1) a), and its logarithm a softplus.

1 - σ(a) loses every digit where a is large; the softplus does not.
"""

from __future__ import annotations

from fractions import Fraction

from derive.kernels.program import ONE, TWO, Program, factors, negated, product, reference, total
from derive.kernels.rewriting import Rewriter
from derive.language.terms import Num, Op, Term, rebuild


def joined_powers(program: Program) -> Program:
    """The program with the two powers of a Bernoulli probability as one logistic."""
    work = _Logistic(program)
    return work.done(work.join)


def as_softplus(program: Program) -> Program:
    """The program with logarithms of a logistic, and of one less a logistic, as softplus."""
    work = _Logistic(program)
    return work.done(work.soften)


class _Logistic(Rewriter):
    def join(self, term: Term) -> Term:
        """A body with its Bernoulli probabilities joined."""
        term = rebuild(term, self.join)
        if not (isinstance(term, Op) and term.name == "mul"):
            return term
        parts = list(factors(term))
        for one in parts:
            match one:
                case Op("pow", (base, exponent)) if self._binary(exponent):
                    inner = self.seen_through(base) or base
                    others = [part for part in parts if part is not one and self._complement(part, inner, exponent)]
                    if isinstance(inner, Op) and inner.name == "logistic" and others:
                        rest = [part for part in parts if part is not one and part is not others[0]]
                        signed = product(total(product(TWO, exponent), negated(ONE)), inner.args[0])
                        return product(*rest, Op("logistic", (signed,)))
        return term

    def _binary(self, term: Term) -> bool:
        found = reference(term)
        return found is not None and "binary" in self.properties(found[0])

    def _complement(self, term: Term, inner: Term, exponent: Term) -> bool:
        """Whether a factor is (1 - p)^(1 - t)."""
        match term:
            case Op("pow", (Op("add") as base, above)):
                of = self.one_less(base)
                return of is not None and self.same(of, inner) and self.same(above, total(ONE, negated(exponent)))
        return False

    def one_less(self, term: Op) -> Term | None:
        """The p of 1 - p, looked through."""
        match term.args:
            case (Num(value=value), Op("neg", (arg,))) | (Op("neg", (arg,)), Num(value=value)) if value == Fraction(1):
                return self.seen_through(arg) or arg
        return None

    def soften(self, term: Term) -> Term:
        """A body with its logarithms of probabilities softened."""
        match term:
            case Op("log", (arg,)):
                inner = self.seen_through(arg) or arg
                of = self.one_less(inner) if isinstance(inner, Op) and inner.name == "add" else None
                if isinstance(inner, Op) and inner.name == "logistic":
                    return negated(Op("softplus", (self.soften(negated(inner.args[0])),)))
                if isinstance(of, Op) and of.name == "logistic":
                    return negated(Op("softplus", (self.soften(of.args[0]),)))
        return rebuild(term, self.soften)
