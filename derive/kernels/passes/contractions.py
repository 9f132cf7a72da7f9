"""Sums of products in an order of least work: what can be a matrix product is one, and differences are centred first.

Σ_i (x_ni - μ_ki)² costs N K d entries as it stands, and one matrix product when the square is written out - but then
far from the origin all digits cancel. So c_i, the mean of the smaller side, is taken off both sides first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from itertools import product as combined

from derive.kernels.elaborate import extent_term
from derive.kernels.passes.costs import Costs
from derive.kernels.program import (
    ONE,
    Let,
    Program,
    copied,
    everywhere,
    factors,
    free,
    key,
    negated,
    product,
    put,
    quotient,
    reference,
    sum_over,
    summands,
    total,
)
from derive.language.context import Definition, SymbolDecl
from derive.language.terms import Big, Entry, Index, Num, Op, Rel, Sym, Term, rebuild

WORTH_IT = 1.5
"""How many times cheaper writing a difference out must be: it costs digits."""
MOST_FACTORS = 5


def contracted(program: Program) -> Program:
    """The program with every sum as nested sums of one or two factors each."""
    work = _Contractions(program)
    done = work.done(work.change)
    context = done.context
    for let in work.centres.values():
        ranges = tuple(work.names.ranges[index] for index in let.indices)
        decl = SymbolDecl(let.name, ranges, let.indices, definition=Definition(let.indices, let.body))
        context = context.with_symbol(decl)
    return replace(done, context=context)


class _Contractions(Costs):
    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.centres: dict[str, Let] = {}

    def change(self, term: Term) -> Term:
        """A body with its sums in order, what stands inside their factors first."""
        if isinstance(term, Big) and term.kind == "sum":
            term = self._summed(term)
        else:
            term = self._scaled_within(rebuild(term, self.change))
        self._see(term)
        return term

    def _scaled_within(self, term: Term) -> Term:
        """Sums with a_k (b_k + c_n - Σ_i d_ki e_ni) among them: a_k goes in, to where it meets a smaller array."""
        if not (isinstance(term, Op) and term.name == "add"):
            return term
        within = total(*(self._multiplied_out(part) for part in summands(term)))
        return within if self.cost(within) < self.cost(term) else term

    def _multiplied_out(self, part: Term) -> Term:
        """A product with a sum of products in it, multiplied out if the other factors have fewer axes."""
        number, rest = _number_and_rest([part])
        opened = [f for each in rest for f in _opened_ratio(each)]
        sums = [each for each in opened if isinstance(each, Op) and each.name == "add"]
        sums = [each for each in sums if any(isinstance(_bare(inner), Big) for inner in summands(each))]
        scale = [each for each in opened if each not in sums]
        if len(sums) != 1 or not free(product(*scale)) < free(sums[0]):
            return part
        return total(*(self._scaled([Num(number), *scale], inner) for inner in summands(sums[0])))

    def _scaled(self, scale: list[Term], part: Term) -> Term:
        """A summand times some factors, which go into a sum of two factors with the smaller of those."""
        number, rest = _number_and_rest([*scale, part])
        sums = [each for each in rest if isinstance(each, Big)]
        names = free(product(*scale))
        match sums:
            case [Big("sum", index, range_, Op("mul", (one, two)))] if names <= free(one) or names <= free(two):
                others = [each for each in rest if each is not sums[0]]
                pair = [each for each in (one, two) if names <= free(each)]
                small = min(pair, key=lambda each: self.program_volume(free(each)))
                other = two if small is one else one
                scaled = product(Num(abs(number)), *others, small)
                inner = sum_over(index, range_, Op("mul", (scaled, other)))
                return inner if number > 0 else negated(inner)
        return product(Num(number), *rest)

    def _see(self, term: Term) -> None:
        """Take note that this is computed anyway."""
        if isinstance(term, Big):
            self.seen[key(term, self.names.ranges)[0]] = None

    # -- sums ------------------------------------------------------------------------------------------------------
    def _summed(self, term: Term) -> Term:
        indices: list[str] = []
        body = term
        while isinstance(body, Big) and body.kind == "sum":
            indices.append(body.var)
            body = body.body
        return self._best(tuple(indices), _apart(_without_conditions(body)))

    def _best(self, indices: tuple[str, ...], body: Term) -> Term:
        """Σ body over the indices, in the cheapest way known."""
        parts = list(summands(body))
        if len(parts) > 1:
            whole = self._sum_of(indices, [body])
            split = total(*(self._best(indices, part) for part in parts))
            return split if self.cost(split) <= self.cost(whole) else whole
        indices, open_factors, bottoms = self._opened(indices, body)
        open_factors += [quotient(ONE, bottom) for bottom in bottoms if free(bottom) & set(indices)]
        below = product(*(bottom for bottom in bottoms if not free(bottom) & set(indices)))
        inside = [f for f in open_factors if free(f) & set(indices)]
        outside = [f for f in open_factors if not free(f) & set(indices)]
        picked = self._picked(indices, inside)
        if picked is not None:
            rest, inside = picked
            found = self._best(rest, product(*inside)) if rest else product(*inside)
        else:
            found = self._sum_of(indices, inside)
            written_out = self._written_out(indices, inside)
            if written_out is not None and self.cost(written_out) * WORTH_IT < self.cost(found):
                self._keep_centres(written_out)
                found = written_out
        return quotient(product(*outside, found), below) if below != ONE else product(*outside, found)

    def _opened(self, indices: tuple[str, ...], body: Term) -> tuple[tuple[str, ...], list[Term], list[Term]]:
        """The factors of a body with the sums among them opened, and what it is divided by."""
        above: list[Term] = []
        below: list[Term] = []
        for part in factors(body):
            match part:
                case Op("div", (top, bottom)):
                    indices, more, less = self._opened(indices, top)
                    above += more
                    below += [*less, self.change(bottom)]
                case Op("pow", (base, Num(value=value))) if value in (2, 3):
                    above += [self.change(base)] * int(value)
                case Big("sum", var, _, inside) if len(list(summands(inside))) == 1:
                    indices, more, less = self._opened((*indices, var), _without_conditions(inside))
                    above += more
                    below += less
                case _:
                    above.append(self.change(part))
        return indices, above, below

    def _picked(self, indices: tuple[str, ...], inside: list[Term]) -> tuple[tuple[str, ...], list[Term]] | None:
        """Σ_k δ_{k e} f_k is f_e, where e is in the range of k."""
        for delta in inside:
            match delta:
                case Op("delta", (one, two)):
                    for var, value in ((one, two), (two, one)):
                        if isinstance(var, Index) and var.name in indices and self._within(value, var):
                            rest = [put(f, {var.name: value}) for f in inside if f is not delta]
                            return tuple(i for i in indices if i != var.name), rest or [ONE]
        return None

    def _within(self, value: Term, var: Index) -> bool:
        if var.name in free(value):
            return False
        if isinstance(value, Index):
            return self.names.ranges[value.name] == self.names.ranges[var.name]
        found = reference(value)
        decl = self.program.context.symbols.get(found[0]) if found is not None else None
        return decl is not None and decl.label_range == self.names.ranges[var.name]

    def _sum_of(self, indices: tuple[str, ...], parts: list[Term]) -> Term:
        """Σ of a product, two factors at a time."""
        unused = [i for i in indices if not any(i in free(part) for part in parts)]
        sizes = [extent_term(self.names.ranges[i].length) for i in unused]
        live = tuple(i for i in indices if i not in unused)
        return product(*sizes, self._ordered(live, parts)) if live else product(*sizes, *parts)

    def _ordered(self, indices: tuple[str, ...], parts: list[Term]) -> Term:
        """The cheapest order of a product under a sum."""
        if len(parts) > MOST_FACTORS:
            return self._greedy(indices, parts)
        ways = list(self._ways(frozenset(indices), tuple(parts)))
        return min(ways, key=self.cost)

    def _ways(self, indices: frozenset[str], parts: tuple[Term, ...]) -> Iterator[Term]:
        """Every way to sum a product that joins two factors at a time."""
        if len(parts) == 1:
            yield self._bound(indices, parts[0])
            return
        for number, part in enumerate(parts):
            others = parts[:number] + parts[number + 1 :]
            own = indices & free(part) - frozenset().union(*map(free, others))
            if own:
                yield from self._ways(indices - own, (*others, self._bound(own, part)))
        for one, two in combinations(range(len(parts)), 2):
            others = tuple(p for n, p in enumerate(parts) if n not in (one, two))
            left = frozenset().union(*map(free, others)) if others else frozenset()
            own = indices & (free(parts[one]) | free(parts[two])) - left
            pair = sorted((parts[one], parts[two]), key=lambda part: key(part, self.names.ranges))
            whole = Op("mul", tuple(pair))
            joined = self._bound(own, whole)
            for index in sorted(own) if len(own) > 1 else ():  # where a part of it is computed anyway
                part = self._bound(own - {index}, whole)
                if key(part, self.names.ranges)[0] in self.seen:
                    joined = sum_over(index, self.names.ranges[index], part)
            yield from self._ways(indices - own, (*others, joined))

    def _greedy(self, indices: tuple[str, ...], parts: list[Term]) -> Term:
        rest, live = list(parts), frozenset(indices)
        while len(rest) > MOST_FACTORS:
            best = min(
                combinations(range(len(rest)), 2),
                key=lambda pair: self.program_volume(free(rest[pair[0]]) | free(rest[pair[1]])),
            )
            pair = [rest[n] for n in best]
            others = [p for n, p in enumerate(rest) if n not in best]
            own = live & (free(pair[0]) | free(pair[1])) - frozenset().union(*map(free, others))
            live -= own
            rest = [*others, self._bound(own, Op("mul", tuple(pair)))]
        return self._ordered(tuple(sorted(live)), rest)

    def _bound(self, indices: Iterable[str], body: Term) -> Term:
        for index in sorted(indices, reverse=True):
            body = sum_over(index, self.names.ranges[index], body)
        return body

    # -- differences -----------------------------------------------------------------------------------------------
    def _written_out(self, indices: tuple[str, ...], inside: list[Term]) -> Term | None:
        """The sum with its broadcasting differences centred and multiplied out."""
        choices: list[list[Term]] = []
        wide = False
        for part in inside:
            spread = self._centred(part)
            wide = wide or spread is not None
            choices.append([part] if spread is None else spread)
        if not wide or len(choices) > MOST_FACTORS:
            return None
        gathered: dict[tuple[object, ...], tuple[Fraction, list[Term]]] = {}
        for chosen in combined(*choices):
            number, rest = _number_and_rest(chosen)
            own = tuple(sorted(key(f, self.names.ranges) for f in rest))
            known = gathered.get(own, (Fraction(0), rest))
            gathered[own] = (known[0] + number, known[1])
        sums = [product(Num(n), self._best_of_parts(indices, rest)) for n, rest in gathered.values() if n]
        return everywhere(total(*self._merged(sums)), self._by_its_mean)

    def _by_its_mean(self, term: Term) -> Term:
        """Σ_n r_n (a_n - c) as (Σ_n r_n) (m - c), where m = Σ_n r_n a_n / Σ_n r_n is a definition already."""
        match term:
            case Big("sum", index, range_, Op("mul", (one, two))):
                for weight, part in ((one, two), (two, one)):
                    sides = _sides(part)
                    if sides is None or index in free(sides[1]):
                        continue
                    pair = sorted((weight, sides[0]), key=lambda part: key(part, self.names.ranges))
                    weights = sum_over(index, range_, weight)
                    mean = self._defined_as(quotient(sum_over(index, range_, Op("mul", tuple(pair))), weights))
                    if mean is not None:
                        return product(copied(weights, self.names), total(mean, negated(sides[1])))
        return term

    def _defined_as(self, body: Term) -> Term | None:
        """The reference to a definition that says the same as this body."""
        text, order = key(body, self.names.ranges)
        for let in self.program.lets.values():
            same, own = key(let.body, self.names.ranges)
            if same == text and set(own) == set(let.indices):
                at = dict(zip(own, order, strict=True))
                indices = tuple(Index(at[index]) for index in let.indices)
                cut = len(self.program.context.symbols[let.name].family)
                whole = Sym(let.name, indices[:cut])
                return Entry(whole, indices[cut:]) if indices[cut:] else whole
        return None

    def _best_of_parts(self, indices: tuple[str, ...], parts: list[Term]) -> Term:
        inside = [f for f in parts if free(f) & set(indices)]
        outside = [f for f in parts if not free(f) & set(indices)]
        return product(*outside, self._sum_of(indices, inside))

    def _merged(self, sums: list[Term]) -> list[Term]:
        """Equal sums (up to the names they bind) as one, with a number in front."""
        gathered: dict[tuple[str, tuple[str, ...]], tuple[Fraction, Term]] = {}
        for each in sums:
            number, rest = _number_and_rest([each])
            bare = product(*rest)
            own = key(bare, self.names.ranges)
            gathered[own] = (gathered.get(own, (Fraction(0), bare))[0] + number, bare)
        return [product(Num(number), bare) for number, bare in gathered.values() if number]

    def _centred(self, part: Term) -> list[Term] | None:
        """The summands of a - b, less a common centre each, where the difference has more axes than either side."""
        sides = _sides(part)
        if sides is None:
            return None
        a, b = sides
        if free(a) >= free(b) or free(b) >= free(a):
            return None
        centre = self._centre(a, b)
        return [total(a, negated(centre)), negated(total(b, negated(centre)))]

    def _centre(self, a: Term, b: Term) -> Term:
        """The mean of the smaller of two terms over the axes that the other does not have."""
        small, other = sorted((a, b), key=lambda t: self.program_volume(free(t)))
        gone = sorted(free(small) - free(other))
        body = copied(small, self.names)
        new = {index: self.names.fresh(index, self.names.ranges[index]) for index in gone}
        body = put(body, {index: Index(name) for index, name in new.items()})
        for name in new.values():
            body = sum_over(name, self.names.ranges[name], body)
        length = product(*(extent_term(self.names.ranges[index].length) for index in gone))
        text, order = key(quotient(body, length), self.names.ranges)
        known = next((let for let in self.centres.values() if key(let.body, self.names.ranges)[0] == text), None)
        if known is None:
            known = Let(f"c_{{{len(self.centres) + 1}}}", order, quotient(body, length))
            self.centres[known.name] = known
        return Sym(known.name, tuple(map(Index, order)))

    def _keep_centres(self, term: Term) -> None:
        lets: Mapping[str, Let] = {**self.program.lets, **self.centres}
        self.program = replace(self.program, lets=lets)


def _sides(part: Term) -> tuple[Term, Term] | None:
    """a and b of a difference a - b."""
    match part:
        case Op("add", (Op("neg", (b,)), a)) | Op("add", (a, Op("neg", (b,)))):
            return a, b
    return None


def _opened_ratio(term: Term) -> list[Term]:
    """A quotient as factors."""
    match term:
        case Op("div", (top, bottom)):
            return [*factors(top), quotient(ONE, bottom)]
    return [term]


def _bare(term: Term) -> Term:
    """A term without the numbers in front of it."""
    _, rest = _number_and_rest([term])
    return rest[0] if len(rest) == 1 else term


def _number_and_rest(parts: Iterable[Term]) -> tuple[Fraction, list[Term]]:
    number, rest = Fraction(1), []
    for part in parts:
        for factor in factors(part):
            if isinstance(factor, Num):
                number *= factor.value
            else:
                rest.append(factor)
    return number, rest


def _apart(body: Term) -> Term:
    """A product with a factor 1 - δ as a difference of two products."""
    parts = list(factors(body))
    for part in parts:
        match part:
            case Op("add", (Op("neg", (Op("delta"),)) as less, Num() as one)):
                rest = [other for other in parts if other is not part]
                return total(product(one, *rest), product(less, *rest))
    return body


def _without_conditions(term: Term) -> Term:
    """Indicators of equal indices as deltas, of different ones as one less a delta."""
    match term:
        case Op("indicator", (Rel("=", Index() as one, two),)) | Op("indicator", (Rel("=", two, Index() as one),)):
            return Op("delta", (one, two))
        case Op("indicator", (Rel("!=", Index() as one, two),)) | Op("indicator", (Rel("!=", two, Index() as one),)):
            return total(ONE, negated(Op("delta", (one, two))))
        case Op("mul" | "neg" | "add" | "div"):
            return rebuild(term, _without_conditions)
    return term
