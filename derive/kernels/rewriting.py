"""What passes share: definitions looked through, signs known from declarations, an order of definitions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from derive.kernels.program import (
    Let,
    Names,
    Program,
    copied,
    key,
    put,
    reference,
    summands,
)
from derive.language.terms import Big, Const, Entry, Num, Op, Size, Sym, Term, rebuild, subterms

POSITIVE = frozenset({"positive", "open_unit", "simplex"})


class Rewriter:
    """A pass under way over one program."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.names = Names()
        self.names.ranges = dict(program.ranges)

    def done(self, change: Callable[[Term], Term]) -> Program:
        """The program with every body changed, definitions before their uses, and without lets that nothing needs."""
        for name in in_order(self.program):
            let = self.program.lets[name]
            body = change(let.body)
            self.program = replace(self.program, lets={**self.program.lets, name: replace(let, body=body)})
        results = tuple(replace(result, body=change(result.body)) for result in self.program.results)
        return pruned(replace(self.program, results=results, ranges=dict(self.names.ranges)))

    def seen_through(self, term: Term) -> Term | None:
        """What a reference to a let stands for, with bound indices of its own; None if it is no such reference."""
        found = reference(term)
        let = self.program.lets.get(found[0]) if found is not None else None
        if found is None or let is None:
            return None
        return copied(put(let.body, dict(zip(let.indices, found[1], strict=True))), self.names)

    def same(self, one: Term, other: Term) -> bool:
        """Whether two terms are the same but for names of bound indices and the order of summands."""
        ranges = self.names.ranges
        left = sorted(key(part, ranges) for part in summands(one))
        return left == sorted(key(part, ranges) for part in summands(other))

    def positive(self, term: Term) -> bool:
        """Whether a term is above zero by how it is written and declared."""
        match term:
            case Num(value=value):
                return value > 0
            case Size() | Const() | Op("exp" | "logistic" | "softplus") | Entry(Op("softmax")):
                return True
            case Op("mul" | "sqrt", args):
                return all(map(self.positive, args))
            case Op("div", args):
                return all(map(self.positive, args))
            case Op("pow", (base, _)) | Big("prod", _, _, base):
                return self.positive(base)
            case Op("det", (matrix,)):
                found = reference(matrix)
                return found is not None and "posdef" in self.properties(found[0])
            case Big("sum", _, _, body):
                return self.positive(body)
            case Op("add", args):
                return self._below_one(args) or all(map(self.positive, args))
            case Sym() | Entry():
                found = reference(term)
                if found is not None and found[0] in self.program.lets:
                    inner = self.seen_through(term)
                    return inner is not None and self.positive(inner)
                return found is not None and bool(POSITIVE & self.properties(found[0]))
        return False

    def _below_one(self, args: tuple[Term, ...]) -> bool:
        """1 - p with p between 0 and 1."""
        parts = [arg for arg in args if not isinstance(arg, Num)]
        if len(parts) != 1 or Num(Fraction(1)) not in args:
            return False
        match parts[0]:
            case Op("neg", (arg,)):
                inner = self.seen_through(arg) or arg
                found = reference(inner)
                return (isinstance(inner, Op) and inner.name == "logistic") or (
                    found is not None and "open_unit" in self.properties(found[0])
                )
        return False

    def properties(self, name: str) -> frozenset[str]:
        """What is declared of a quantity."""
        decl = self.program.context.symbols.get(name)
        if decl is None:
            return frozenset()
        if decl.low is not None and isinstance(decl.low, Num) and decl.low.value == 0 and decl.low_open:
            return decl.properties | {"positive"}
        return decl.properties


def in_order(program: Program) -> tuple[str, ...]:
    """The names of the lets, each after those it is made of."""
    found: dict[str, None] = {}

    def visit(body: Term) -> None:
        for part in subterms(body):
            if isinstance(part, Sym) and part.name in program.lets and part.name not in found:
                visit(program.lets[part.name].body)
                found[part.name] = None

    for result in program.results:
        visit(result.body)
    return tuple(found)


def pruned(program: Program) -> Program:
    """The program without the lets that no result needs."""
    return replace(program, lets={name: program.lets[name] for name in in_order(program)})


def inlined(program: Program, wanted: Callable[[Let], bool]) -> Program:
    """The program with some lets written out where they are used."""
    rewriter = Rewriter(program)

    def change(part: Term) -> Term:
        found = reference(part)
        if found is None or found[0] not in program.lets or not wanted(program.lets[found[0]]):
            return part
        inner = rewriter.seen_through(part)
        return part if inner is None else outer(inner)

    def outer(term: Term) -> Term:
        done = change(term)
        return done if done is not term else rebuild(term, outer)

    return rewriter.done(outer)
