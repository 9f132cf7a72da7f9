"""Products, quotients and densities in the logarithm: log-sum-exp before exp, softmax for f_k / Σ_j f_j.

What would overflow or vanish on the way (a density at a far point, a product of a thousand probabilities) is kept as
its logarithm to the end.
"""

from __future__ import annotations

from fractions import Fraction

from derive.kernels.program import (
    HALF,
    ONE,
    TWO,
    ZERO,
    Program,
    Rewrite,
    factors,
    free,
    negated,
    product,
    put,
    quotient,
    reference,
    sum_over,
    total,
)
from derive.kernels.rewriting import Rewriter
from derive.language.terms import Array, Big, Entry, Index, Num, Op, Term, rebuild


def in_logarithms(program: Program) -> tuple[Program, list[Rewrite]]:
    """The program with every steep quotient as a softmax or the exponential of one difference."""
    first = _Logarithms(program)
    work = _Logarithms(first.done(first.binary))
    return work.done(work.change), [*first.rewrites, *work.rewrites]


class _Logarithms(Rewriter):
    def change(self, term: Term) -> Term:
        """A body rewritten, outermost quotients first."""
        match term:
            case Op("log", (Op("logistic", (arg,)),)):
                after = negated(Op("softplus", (self.change(negated(arg)),)))
                return self.noted("the logarithm of a logistic", Op("log", term.args), after)
            case Op("log", (Op("add") as arg,)) if self._one_less_logistic(arg) is not None:
                inner = self._one_less_logistic(arg) or arg
                after = negated(Op("softplus", (self.change(inner),)))
                return self.noted("the logarithm of one less a logistic", term, after)
            case Op("log", (arg,)) if (self.steep(arg) or self._logistic(arg)) and self.positive(arg):
                after = self.noted("the logarithm of a product", term, self.log_of(arg))
                return after if after == term else self.change(after)
            case Op("mul" | "div" | "neg"):
                found = self._steep_quotient(term)
                if found is not None:
                    return rebuild(self.noted("a quotient of steep terms", term, found), self.change)
        return rebuild(term, self.change)

    def binary(self, term: Term) -> Term:
        """A body with its Bernoulli probabilities of a logistic joined."""
        term = rebuild(term, self.binary)
        if isinstance(term, Op) and term.name == "mul":
            return self.noted("a power with a binary exponent", term, self._joined(term))
        return term

    def steep(self, term: Term) -> bool:
        """Whether a factor may be too large or too small for a number: an exponential, a product over an index."""
        match term:
            case Op("exp" | "det" | "logistic") | Big("prod"):
                return True
            case Op("pow", (base, exponent)):
                return not isinstance(exponent, Num) or self.steep(base)
            case Op("mul" | "div" | "sqrt" | "neg", args):
                return any(map(self.steep, args))
            case Big("sum", _, _, body):
                return self.steep(body)
            case Op("add", args):
                return any(map(self.steep, args))
        inner = self.seen_through(term)
        return inner is not None and self.steep(inner)

    # -- quotients -------------------------------------------------------------------------------------------------
    def _steep_quotient(self, term: Term) -> Term | None:
        above, below = self._opened(term)
        if not any(map(self.steep, below)):
            return None
        positive = [part for part in above if self.positive(part)]
        others = [part for part in above if not self.positive(part)]
        if not all(map(self.positive, below)):
            return None
        soft = self._softmax(positive, below)
        if soft is not None:
            return product(*others, soft)
        steep = [part for part in positive if self.steep(part)]
        others += [part for part in positive if not self.steep(part)]
        deep = [part for part in below if self.steep(part)]
        flat = product(*(part for part in below if not self.steep(part)))
        exponent = total(*map(self.log_of, steep), *(negated(self.log_of(part)) for part in deep))
        return quotient(product(*others, Op("exp", (exponent,))), flat)

    def _opened(self, term: Term) -> tuple[list[Term], list[Term]]:
        """The factors above and below the fraction line, steep lets written out."""
        above: list[Term] = []
        below: list[Term] = []
        for part in factors(term):
            inner = self.seen_through(part) if self.steep(part) else None
            match inner or part:
                case Op("div", (top, bottom)):
                    for source, mine, other in ((top, above, below), (bottom, below, above)):
                        more, less = self._opened(source)
                        mine += more
                        other += less
                case Op("mul" | "neg") as whole if inner is not None:
                    more, less = self._opened(whole)
                    above += more
                    below += less
                case Op("pow", (base, Op("neg", (exponent,)))):
                    below.append(Op("pow", (base, exponent)))
                case one:
                    above.append(one)
        return above, below

    def _softmax(self, above: list[Term], below: list[Term]) -> Term | None:
        """f_k / Σ_j f_j, if that is what it is."""
        for part in below:
            if not (isinstance(part, Big) and part.kind == "sum" and self.steep(part)):
                continue
            rest = [other for other in below if other is not part]
            score = total(*map(self.log_of, above), *(negated(self.log_of(other)) for other in rest))
            scores = self.log_of(part.body)
            for index in sorted(free(score)):
                if self.names.ranges[index] == part.range and self.same(score, put(scores, {part.var: Index(index)})):
                    return Entry(Op("softmax", (Array(((part.var, part.range),), scores),)), (Index(index),))
        return None

    # -- the logarithm of a positive term --------------------------------------------------------------------------
    def log_of(self, term: Term) -> Term:
        """log a, as far inside as it goes."""
        match term:
            case Num(value=value) if value == 1:
                return ZERO
            case Op("mul"):
                return total(*map(self.log_of, factors(term)))
            case Op("div", (top, bottom)):
                return total(self.log_of(top), negated(self.log_of(bottom)))
            case Op("pow", (base, exponent)):
                return product(exponent, self.log_of(base))
            case Op("add") if self._one_less_logistic(term) is not None:
                return Op("log", (term,))
            case Op("sqrt", (base,)):
                return product(HALF, self.log_of(base))
            case Op("exp", (arg,)):
                return arg
            case Big("prod", var, range_, body):
                return sum_over(var, range_, self.log_of(body))
            case Big("sum", var, range_, body) if self.steep(body):
                return Op("logsumexp", (Array(((var, range_),), self.log_of(body)),))
        if self.steep(term) or self._logistic(term):
            inner = self.seen_through(term)
            if inner is not None:
                return self.log_of(inner)
        return Op("log", (term,))

    def _one_less_logistic(self, term: Op) -> Term | None:
        """The a of 1 - σ(a)."""
        match term.args:
            case (Num(value=value), Op("neg", (arg,))) | (Op("neg", (arg,)), Num(value=value)) if value == 1:
                inner = self.seen_through(arg) or arg
                return inner.args[0] if isinstance(inner, Op) and inner.name == "logistic" else None
        return None

    def _logistic(self, term: Term) -> bool:
        inner = self.seen_through(term) if reference(term) is not None else None
        return isinstance(inner, Op) and inner.name == "logistic"

    def _joined(self, term: Op) -> Term:
        """A product, where σ(a)^t (1 - σ(a))^(1 - t) with t binary is σ((2t - 1) a)."""
        parts = list(factors(term))
        for one in parts:
            match one:
                case Op("pow", (base, exponent)) if self._binary(exponent):
                    inner = self.seen_through(base) or base
                    if not (isinstance(inner, Op) and inner.name == "logistic"):
                        continue
                    for other in parts:
                        if self._complement(other, inner, exponent):
                            rest = [part for part in parts if part is not one and part is not other]
                            signed = product(total(product(TWO, exponent), Num(Fraction(-1))), inner.args[0])
                            return product(*rest, Op("logistic", (signed,)))
        return term

    def _binary(self, term: Term) -> bool:
        found = reference(term)
        return found is not None and "binary" in self.properties(found[0])

    def _complement(self, term: Term, inner: Term, exponent: Term) -> bool:
        """Whether a factor is (1 - p)^(1 - t)."""
        match term:
            case Op("pow", (Op("add", parts), above)) if len(parts) == 2:
                if not self.same(above, total(ONE, negated(exponent))):
                    return False
                for part, other in (parts, parts[::-1]):
                    if part == ONE and isinstance(other, Op) and other.name == "neg":
                        found = self.seen_through(other.args[0]) or other.args[0]
                        return self.same(found, inner)
        return False
