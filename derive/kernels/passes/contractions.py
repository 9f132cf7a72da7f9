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
from derive.kernels.program import (
    ONE,
    Let,
    Program,
    copied,
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
from derive.kernels.rewriting import Rewriter
from derive.language.context import Definition, SymbolDecl
from derive.language.terms import Array, Big, Cases, Entry, Index, Num, Op, Rel, Sym, Term, rebuild

ENTRY, MULTIPLY, DOT, READ = 8.0, 1.0, 3.0, 4.0
"""Work for an entry of an elementwise result, of a matrix product's loop, of a row-wise dot, and of an array read."""
SLOW = {"exp": 8.0, "log": 8.0, "softplus": 16.0, "logistic": 12.0, "tanh": 12.0, "softmax": 12.0, "logsumexp": 12.0}
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


class _Contractions(Rewriter):
    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.centres: dict[str, Let] = {}
        self.seen: dict[str, None] = {}
        self.costs: dict[str, float] = {}

    def change(self, term: Term) -> Term:
        """A body with its sums in order, what stands inside their factors first."""
        if isinstance(term, Big) and term.kind == "sum":
            term = self._summed(term)
        else:
            term = rebuild(term, self.change)
        self._see(term)
        return term

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
        return total(*self._merged(sums))

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
        if not (isinstance(part, Op) and part.name == "add" and len(part.args) == 2):
            return None
        one, two = part.args
        if isinstance(one, Op) and one.name == "neg":
            one, two = two, one
        if not (isinstance(two, Op) and two.name == "neg"):
            return None
        a, b = one, two.args[0]
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

    # -- cost ------------------------------------------------------------------------------------------------------
    def program_volume(self, indices: frozenset[str]) -> int:
        """How many entries an array over these indices is taken to have."""
        sizes = replace(self.program, ranges=self.names.ranges)
        return sizes.volume(indices)

    def cost(self, term: Term) -> float:
        """The work of a term, what it holds twice counted once, and what is computed anyway not at all."""
        counted: dict[str, None] = dict(self.seen)

        def work(node: Term) -> float:
            if reference(node) is not None or isinstance(node, Num | Index):
                return 0.0
            text = key(node, self.names.ranges)[0]
            if text in counted:
                return 0.0
            counted[text] = None
            if text not in self.costs:
                self.costs[text] = self._own_cost(node)
            if isinstance(node, Big) and key(node.body, self.names.ranges)[0] in counted:
                return READ * self.program_volume(free(node.body))
            inner = _through_sums(node)[1] if isinstance(node, Big) else node
            if isinstance(node, Big) and isinstance(inner, Op) and inner.name == "mul":
                return self.costs[text] + sum(map(work, inner.args))
            below = (inner,) if isinstance(node, Big) else _parts(node)
            return self.costs[text] + sum(map(work, below))

        return work(term)

    def _own_cost(self, node: Term) -> float:
        volume = self.program_volume
        match node:
            case Big("sum"):
                indices, body = _through_sums(node)
                loop = volume(free(node) | indices)
                operands = list(body.args) if isinstance(body, Op) and body.name == "mul" else [body]
                if len(operands) != 2:
                    return READ * loop
                one, two = (free(operand) for operand in operands)
                squared = (
                    key(operands[0], self.names.ranges)[0] == key(operands[1], self.names.ranges)[0] and one == two
                )
                reading = READ * (volume(one) + (0 if squared else volume(two)) + volume(free(node)))
                return (MULTIPLY if one - two and two - one else DOT) * loop + reading
            case Op(name):
                return ENTRY * SLOW.get(name, 1.0) * volume(free(node)) * max(1, len(node.args) - 1)
            case Entry(Op(name)):
                return ENTRY * SLOW.get(name, 1.0) * volume(free(node))
            case Cases() | Rel():
                return ENTRY * volume(free(node))
        return ENTRY * volume(free(node))


def _through_sums(term: Term) -> tuple[frozenset[str], Term]:
    indices: list[str] = []
    while isinstance(term, Big) and term.kind == "sum":
        indices.append(term.var)
        term = term.body
    return frozenset(indices), term


def _parts(node: Term) -> tuple[Term, ...]:
    match node:
        case Op(args=args):
            return args
        case Entry(base):
            return (base,)
        case Array(body=body) | Big(body=body):
            return (body,)
        case Cases(branches):
            return tuple(value for value, _ in branches)
        case Rel(left=left, right=right):
            return (left, right)
    return ()


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
