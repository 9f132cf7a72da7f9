"""Passages that solve equations: what is set to zero, what has been concluded from it so far."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from derive.language.claims import Statement, Step
from derive.language.context import Context
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Array, Deriv, Entry, Index, Num, Op, Rel, Sym, Term, subterms

MOST_LINES = 4
MOST_BLOCKS = 4


@dataclass(frozen=True)
class Root:
    """An equation to be solved; ``variables`` are those it is the derivative in, ``written`` is it as worked out."""

    equation: Rel
    variables: tuple[Term, ...] = ()
    written: Rel | None = None


@dataclass(frozen=True)
class Block:
    """Equations that are solved together, and the last lines concluded from them."""

    roots: tuple[Root, ...] = ()
    lines: tuple[Rel, ...] = ()

    @property
    def equations(self) -> tuple[Rel, ...]:
        """What is being solved."""
        return tuple(root.equation for root in self.roots)

    @property
    def known(self) -> tuple[Rel, ...]:
        """What the next line may use: the equations themselves (not as worked out, which may be wrong), and the lines
        before it."""
        return (*self.equations, *self.lines)

    @property
    def variables(self) -> frozenset[str]:
        """The quantities it is solved for."""
        return frozenset(name for root in self.roots for variable in root.variables for name in names_of(variable))


@dataclass(frozen=True)
class Passage:
    """The equations solved in a section, in blocks: a new one begins where, after conclusions, the next is set."""

    blocks: tuple[Block, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.blocks)

    def with_root(self, root: Root) -> Passage:
        """One more equation; it takes the place of those for the same variables, and of what followed from them. What
        is solved together with it still is where it is set again."""
        kept: list[Block] = []
        beside: tuple[Root, ...] = ()
        for block in self.blocks:
            roots = tuple(
                old
                for old in block.roots
                if not set(old.variables) & set(root.variables) and old.equation != root.equation
            )
            if len(roots) == len(block.roots):
                kept.append(block)
            elif any(old.equation == root.equation for old in block.roots):
                beside = (*beside, *roots)
            elif roots:
                kept.append(Block(roots))
        if beside:
            kept.append(Block((root, *beside)))
        elif kept and not kept[-1].lines and kept[-1] is self.blocks[-1]:
            kept[-1] = replace(kept[-1], roots=(*kept[-1].roots, root))
        else:
            kept.append(Block((root,)))
        return Passage(tuple(kept[-MOST_BLOCKS:]))

    def with_line(self, line: Rel) -> Passage:
        """One more conclusion."""
        if not self.blocks or line in self.blocks[-1].lines:
            return self
        last = replace(self.blocks[-1], lines=(*self.blocks[-1].lines, line)[-MOST_LINES:])
        return Passage((*self.blocks[:-1], last))

    def with_chain(self, before: Passage, whole: Rel) -> Passage:
        """A chain of conclusions as the one that it comes to, in the place of its links."""
        if not self.blocks or not before.blocks or self.blocks[-1].roots != before.blocks[-1].roots:
            return self
        return Passage((*self.blocks[:-1], before.blocks[-1])).with_line(whole)

    def without_new_lines(self, before: Passage) -> Passage:
        """The equations as they are now, with no conclusions but those of before."""
        old = {line for block in before.blocks for line in block.lines}
        kept = (replace(block, lines=tuple(line for line in block.lines if line in old)) for block in self.blocks)
        return Passage(tuple(kept))

    def without(self, names: frozenset[str]) -> Passage:
        """The passage without what speaks of quantities that now mean something else."""
        blocks = (
            Block(
                tuple(root for root in block.roots if not names & names_of(root.equation)),
                tuple(line for line in block.lines if not names & names_of(line)),
            )
            for block in self.blocks
        )
        return Passage(tuple(block for block in blocks if block.roots))

    def without_solved(self, names: frozenset[str]) -> Passage:
        """The passage without the blocks that solve for these quantities alone: they vary again."""
        return Passage(tuple(block for block in self.blocks if not block.variables or not block.variables <= names))

    @property
    def equations(self) -> tuple[Rel, ...]:
        """All that is being solved."""
        return tuple(equation for block in self.blocks for equation in block.equations)

    @property
    def worked_out(self) -> Iterator[tuple[Rel, Rel]]:
        """The equations, each with how it is written."""
        for block in self.blocks:
            for root in block.roots:
                if root.written is not None and root.written != root.equation:
                    yield root.equation, root.written

    @property
    def known(self) -> tuple[Rel, ...]:
        """All that a line may use."""
        return tuple(dict.fromkeys(relation for block in self.blocks for relation in block.known))

    def relevant(self, sides: tuple[Term, ...], context: Context) -> tuple[Block, ...]:
        """The blocks that solve for what the first of these sides (or else any) is about, or is made of, and the last
        one."""
        solved = frozenset(name for block in self.blocks for name in block.variables)
        left = names_of(sides[0]) & solved if sides else frozenset()
        here = left or frozenset(name for side in sides for name in names_of(side)) & solved
        if here and not left:  # what stands first, or what it is made of, is at its best in all of these
            here |= frozenset(_reached(sides[0], solved, context))
        here = here or frozenset(name for side in sides for name in _reached(side, solved, context))
        found = (*(block for block in self.blocks[:-1] if here & block.variables), *self.blocks[-1:])
        tied = self._constraints(found)
        return (Block(tied), *found) if tied else found

    def _constraints(self, found: Sequence[Block]) -> tuple[Root, ...]:
        """The constraints, set beside what was solved before, on what these blocks solve for."""
        solved = frozenset(name for block in found for name in block.variables)
        others = (root for block in self.blocks if block not in found for root in block.roots if not root.variables)
        return tuple(root for root in others if solved & names_of(root.equation))

    def solved_before(
        self, statements: Sequence[Statement], context: Context, worked_out: Collection[str] = ()
    ) -> tuple[Rel, ...]:
        """The equations, set to zero further above, for quantities that the equations of a step are in and that its
        conclusion does not mention, nor what that is made of: they may have been put in."""
        steps = [each for each in statements if isinstance(each, Step)]
        if not steps:
            return ()
        given = {relation for step in steps for relation in step.hypotheses}
        said = {name for step in steps for relation in step.conclusions for name in mentioned(context, relation)}
        asked = {name for relation in given for name in mentioned(context, relation)}
        found: dict[Rel, None] = {}
        for block in self.blocks:
            for root in block.roots:
                names = {name for variable in root.variables for name in names_of(variable)}
                if not names or root.equation in given:
                    continue
                left = not any(depends_on(context, each, name) for each in said for name in names)
                if left and any(depends_on(context, each, name) for each in asked for name in names):
                    found[root.equation] = None
        return self._at_best_too(steps, context, worked_out) or tuple(found)

    def _at_best_too(self, steps: Sequence[Step], context: Context, worked_out: Collection[str]) -> tuple[Rel, ...]:
        """``so that $v = …$`` where the derivatives in other parameters are zero: that in v may be meant to be zero as
        well, of what is at its best in those. Where the text has ``worked_out`` that derivative, it says so itself."""
        solved = {name for block in self.blocks for name in block.variables} | {*worked_out}
        wanted = {step.conclusions[0].left for step in steps if len(step.conclusions) == 1}
        roots = [root.equation for block in self.blocks for root in block.roots]
        derivatives = [each for each in roots if isinstance(each.left, Deriv)]
        if len(wanted) != 1 or len(derivatives) != len(roots) or not roots:
            return ()
        (found,) = wanted
        decl = context.symbols.get(found.name) if isinstance(found, Sym) else None
        if not isinstance(found, Sym) or decl is None or decl.definition is not None or found.name in solved:
            return ()
        if any(found.name in mentioned(context, step.conclusions[0].right) for step in steps):
            return ()
        if not all(isinstance(index, Index) for index in found.indices):
            return ()
        last = derivatives[-1]
        if not isinstance(last.left, Deriv) or last.op != "=" or not is_zero(last.right):
            return ()
        if not any(depends_on(context, name, found.name) for name in mentioned(context, last.left.body)):
            return ()
        return (Rel("=", replace(last.left, wrt=found), Num(Fraction(0))),)

    def unknowns(self, context: Context) -> tuple[str, ...]:
        """The quantities that the equations leave open: those in them that nothing defines."""
        names = dict.fromkeys(
            part.name
            for equation in self.equations
            for part in subterms(equation)
            if isinstance(part, Sym) and part.name in context.symbols
        )
        return tuple(name for name in names if context.symbols[name].definition is None)


def _reached(term: Term, solved: frozenset[str], context: Context) -> Iterator[str]:
    """What is solved for that a defined quantity in a term is made of."""
    for name in mentioned(context, term):
        decl = context.symbols.get(name)
        if decl is not None and decl.definition is not None:
            yield from (each for each in sorted(solved) if depends_on(context, name, each))


def names_of(term: Term) -> frozenset[str]:
    """The quantities in a term."""
    return frozenset(part.name for part in subterms(term) if isinstance(part, Sym))


def is_zero(term: Term) -> bool:
    """Whether a side is nothing but zero."""
    return (isinstance(term, Num) and term.value == 0) or (isinstance(term, Op) and term.name == "zeros")


def is_second_derivative(term: Term) -> bool:
    """Whether a derivative is differentiated again: a Hessian is not what is set to zero."""
    return any(isinstance(part, Deriv) and isinstance(part.body, Deriv) for part in subterms(term))


def variables_of(term: Term) -> tuple[Term, ...]:
    """What a side is differentiated in, outermost derivatives only."""
    found: list[Term] = []
    stack = [term]
    while stack:
        match stack.pop():
            case Deriv(wrt=wrt):
                found.append(wrt)
            case Op(name="add" | "neg" | "mul", args=args):
                stack.extend(reversed(args))
            case Array(body=Deriv() as body) | Array(body=Entry(base=Deriv() as body)):  # of a family, in a row
                stack.append(body)
    return tuple(found)
