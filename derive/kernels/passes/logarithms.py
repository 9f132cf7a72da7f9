"""Products, quotients and densities in the logarithm: log-sum-exp before exp, softmax for f_k / Σ_j f_j.

What would overflow or vanish on the way (a density at a far point, a product of a thousand probabilities) is kept as
its logarithm to the end.
"""

from __future__ import annotations

from derive.kernels.program import (
    HALF,
    ZERO,
    Program,
    factors,
    free,
    negated,
    product,
    put,
    quotient,
    sum_over,
    total,
)
from derive.kernels.rewriting import Rewriter
from derive.language.terms import Array, Big, Entry, Index, Num, Op, Term, rebuild


def in_logarithms(program: Program) -> Program:
    """The program with every steep quotient as a softmax or the exponential of one difference."""
    work = _Logarithms(program)
    return work.done(work.change)


class _Logarithms(Rewriter):
    def change(self, term: Term) -> Term:
        """A body rewritten, outermost quotients first."""
        match term:
            case Op("log", (arg,)) if self.steep(arg) and self.positive(arg):
                after = self.log_of(arg)
                return after if after == term else self.change(after)
            case Op("mul" | "div" | "neg"):
                found = self._steep_quotient(term)
                if found is not None:
                    return rebuild(found, self.change)
        return rebuild(term, self.change)

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
            case Op("sqrt", (base,)):
                return product(HALF, self.log_of(base))
            case Op("exp", (arg,)):
                return arg
            case Big("prod", var, range_, body):
                return sum_over(var, range_, self.log_of(body))
            case Big("sum", var, range_, body) if self.steep(body):
                return Op("logsumexp", (Array(((var, range_),), self.log_of(body)),))
        if self.steep(term):
            inner = self.seen_through(term)
            if inner is not None:
                return self.log_of(inner)
        return Op("log", (term,))
