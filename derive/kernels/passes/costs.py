"""What a term costs: entries computed one by one, matrix products, arrays read, each counted once."""

from __future__ import annotations

from dataclasses import replace

from derive.kernels.program import Program, free, key, reference
from derive.kernels.rewriting import Rewriter
from derive.language.terms import Array, Big, Cases, Entry, Index, Num, Op, Rel, Term

ENTRY, MULTIPLY, DOT, READ = 8.0, 1.0, 3.0, 4.0
"""Work for an entry of an elementwise result, of a matrix product's loop, of a row-wise dot, and of an array read."""
SLOW = {"exp": 8.0, "log": 8.0, "softplus": 16.0, "logistic": 12.0, "tanh": 12.0, "softmax": 12.0, "logsumexp": 12.0}


class Costs(Rewriter):
    """A pass that chooses between terms by their cost; ``seen`` are those that are computed anyway."""

    def __init__(self, program: Program) -> None:
        super().__init__(program)
        self.seen: dict[str, None] = {}
        self.costs: dict[str, float] = {}

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
            case Op("add", args):
                return ENTRY * self._joins([free(arg) for arg in args])
            case Op(name):
                return ENTRY * SLOW.get(name, 1.0) * volume(free(node)) * max(1, len(node.args) - 1)
            case Entry(Op(name)):
                return ENTRY * SLOW.get(name, 1.0) * volume(free(node))
            case Cases() | Rel():
                return ENTRY * volume(free(node))
        return ENTRY * volume(free(node))

    def _joins(self, operands: list[frozenset[str]]) -> float:
        """How many entries are made when operands with these axes are joined, the smallest first."""
        first, *rest = sorted(operands, key=self.program_volume)
        entries = 0
        for names in rest:
            first |= names
            entries += self.program_volume(first)
        return entries


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
