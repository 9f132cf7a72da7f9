"""Passages that solve equations: what is set to zero, what has been concluded from it so far."""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.language.terms import Deriv, Num, Op, Rel, Sym, Term, subterms

MOST_LINES = 4
MOST_ROOTS = 6


@dataclass(frozen=True)
class Root:
    """An equation to be solved; ``variables`` are those it is the derivative in, ``written`` is it as worked out."""

    equation: Rel
    variables: tuple[Term, ...] = ()
    written: Rel | None = None


@dataclass(frozen=True)
class Passage:
    """The equations being solved, and what was concluded from them."""

    roots: tuple[Root, ...] = ()
    lines: tuple[Rel, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roots)

    def with_root(self, root: Root) -> Passage:
        """One more equation; it takes the place of those for the same variables, and of what followed from them."""
        kept = tuple(
            old
            for old in self.roots
            if not (set(old.variables) & set(root.variables)) and old.equation != root.equation
        )
        lines = self.lines if len(kept) == len(self.roots) else ()
        return Passage((*kept, root)[-MOST_ROOTS:], lines)

    def with_line(self, line: Rel) -> Passage:
        """One more conclusion."""
        if line in self.lines:
            return self
        return replace(self, lines=(*self.lines, line)[-MOST_LINES:])

    @property
    def equations(self) -> tuple[Rel, ...]:
        """What is being solved."""
        return tuple(root.equation for root in self.roots)

    @property
    def known(self) -> tuple[Rel, ...]:
        """What the next line may use: the equations themselves (not as worked out, which may be wrong), and the lines
        before it."""
        return tuple(dict.fromkeys((*self.equations, *self.lines)))

    def unknowns(self, context: Context) -> tuple[str, ...]:
        """The quantities that the equations leave open: those in them that nothing defines."""
        names: dict[str, None] = {}
        for equation in self.equations:
            for part in subterms(equation):
                if isinstance(part, Sym) and part.name in context.symbols:
                    names[part.name] = None
        return tuple(name for name in names if context.symbols[name].definition is None)


def is_zero(term: Term) -> bool:
    """Whether a side is nothing but zero."""
    return (isinstance(term, Num) and term.value == 0) or (isinstance(term, Op) and term.name == "zeros")


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
    return tuple(found)
