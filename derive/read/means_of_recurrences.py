r"""Means of sequences that a linear recurrence ties to random quantities: ``m_t = b m_{t-1} + (1 - b) g_t``.

The mean of every member is a number of its own, ``\mathbb{E}[m]_t``, for which the mean of the recurrence holds: it is
linear in the members and in what is random, so that the mean is taken of each term. What is not linear is left as it
is, and cannot be judged then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from derive.language.claims import Compare, Equal, Statement, terms_of
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.dependencies import depends_on, mentioned
from derive.language.terms import Big, Entry, Expect, Op, Rel, Sym, Term, rebuild, subterms
from derive.read.dependencies import opened_down_to
from derive.read.errors import ReadError


def with_means(statements: tuple[Statement, ...], context: Context) -> tuple[tuple[Statement, ...], Context]:
    """The statements with the means of such sequences as numbers of their own, and the context with what is known of
    these; both as they were where there are none."""
    found: dict[tuple[str, str], None] = {}
    over = {
        part for each in statements for term in terms_of(each) for part in subterms(term) if isinstance(part, Expect)
    }
    for mean in over:
        for name in _sequences(mean.body, mean.var, context):
            found[(name, mean.var)] = None
    if not found or any(not isinstance(each, Equal | Compare) for each in statements):
        return statements, context
    means = _Means(context, next(iter(over)), tuple(name for name, _ in sorted(found)))
    if {mean.var for mean in over} != {means.over.var}:
        return statements, context  # over several quantities
    try:
        known = means.known()
        stated = tuple(means.of_statement(each) for each in statements)
    except _NotLinear:
        return statements, context
    return stated, _without_moments(stated, means.over.var, known)


def _without_moments(statements: tuple[Statement, ...], variable: str, context: Context) -> Context:
    """The context without what is known of the means of a variable, where they have been put everywhere else."""
    moments = [fact for fact in context.facts if _averages(fact.statement, variable)]
    told = [fact for fact in moments if _mean_of(fact.statement, variable) is None]
    if told or any(_averages(term, variable) for each in statements for term in terms_of(each)):
        return context
    return replace(context, facts=tuple(fact for fact in context.facts if fact not in moments))


def _averages(term: Term, variable: str) -> bool:
    return any(isinstance(part, Expect) and part.var == variable for part in subterms(term))


def _mean_of(relation: Term, variable: str) -> Term | None:
    """The value that a fact ``\\mathbb{E}[g] = …`` gives the mean of a variable."""
    match relation:
        case Rel(op="=", left=Expect(var=var, body=Sym(name=name, indices=())), right=value) if var == name == variable:
            return value
    return None


class _NotLinear(Exception):
    """Something of which no mean is known."""


def _sequences(body: Term, variable: str, context: Context) -> list[str]:
    """The families in a term that facts give member by member, in terms of a variable."""
    return [
        name
        for name in _reached(body, context)
        if any(_gives(fact.statement, name) and _random(fact.statement, variable, context) for fact in context.facts)
    ]


def _reached(term: Term, context: Context) -> list[str]:
    seen: dict[str, None] = {}
    stack = [*mentioned(context, term)]
    while stack:
        name = stack.pop()
        decl = context.symbols.get(name)
        if name not in seen and decl is not None:
            seen[name] = None
            stack += mentioned(context, decl.definition.body) if decl.definition is not None else ()
    return [name for name in seen if context.symbols[name].definition is None]


def _gives(relation: Term, name: str) -> bool:
    """Whether an equation says what the members of a family are: ``m_t = …``."""
    if not isinstance(relation, Rel) or relation.op != "=" or not isinstance(relation.left, Sym):
        return False
    return relation.left.name == name and bool(relation.left.indices)


def _random(term: Term, variable: str, context: Context) -> bool:
    return any(depends_on(context, name, variable) for name in mentioned(context, term))


@dataclass(frozen=True)
class _Means:
    """The means of the ``sequences`` under the expectation ``over``."""

    context: Context
    over: Expect
    sequences: tuple[str, ...]

    def known(self) -> Context:
        """The context with these means, and with the mean of every equation that gives the members."""
        context = self.context
        for name in self.sequences:
            decl = context.symbols[name]
            if decl.shape or decl.definition is not None or decl.depends or decl.values:
                raise _NotLinear
            context = context.with_symbol(SymbolDecl(_mean(name), decl.family, decl.family_names))
        for fact in self.context.facts:
            if not any(name in mentioned(self.context, fact.statement) for name in self.sequences):
                continue
            if not any(_gives(fact.statement, name) for name in self.sequences):
                raise _NotLinear
            relation = fact.statement
            if not isinstance(relation, Rel):
                raise _NotLinear
            sides = Rel("=", self.of(relation.left), self.of(relation.right))
            context = context.with_fact(Fact(sides, source=fact.source))
        return context

    def of_statement(self, statement: Statement) -> Statement:
        match statement:
            case Equal(left, right):
                return Equal(self._within(left), self._within(right))
            case Compare(op, left, right):
                return Compare(op, self._within(left), self._within(right))
        raise _NotLinear

    def _within(self, term: Term) -> Term:
        """A term with its expectations taken of each of their terms."""
        if isinstance(term, Expect) and term.var == self.over.var:
            return self.of(term.body)
        return rebuild(term, self._within)

    def of(self, term: Term) -> Term:
        """The mean of a term that is linear in the members and in what is random."""
        if not self._varies(term):
            return term
        if not self._has_members(term):
            return self._known_mean(term) or replace(self.over, body=term)
        match term:
            case Sym(name=name, indices=indices) if name in self.sequences:
                return Sym(_mean(name), indices, span=term.span)
            case Sym():
                return self._opened(term)
            case Op(name="add", args=args):
                return Op("add", tuple(self.of(each) for each in args), span=term.span)
            case Op(name="neg", args=(arg,)):
                return Op("neg", (self.of(arg),), span=term.span)
            case Op(name="mul", args=args) if sum(self._varies(each) for each in args) == 1:
                return Op("mul", tuple(self.of(each) for each in args), span=term.span)
            case Op(name="div", args=(top, bottom)) if not self._varies(bottom):
                return Op("div", (self.of(top), bottom), span=term.span)
            case Big(kind="sum", where=None):
                return replace(term, body=self.of(term.body))
        raise _NotLinear

    def _known_mean(self, term: Term) -> Term | None:
        """The mean of an entry of what is random, where a fact gives the mean of the whole."""
        match term:
            case Entry(base=Sym(name=name, indices=()), indices=indices) if name == self.over.var:
                told = (_mean_of(fact.statement, name) for fact in self.context.facts)
                value = next((each for each in told if each is not None), None)
                return None if value is None else Entry(value, indices, span=term.span)
            case Op(name="neg", args=(arg,)):
                value = self._known_mean(arg)
                return None if value is None else Op("neg", (value,), span=term.span)
            case Op(name="mul", args=args) if sum(self._varies(each) for each in args) == 1:
                values = [self._known_mean(each) if self._varies(each) else each for each in args]
                return None if None in values else Op("mul", tuple(v for v in values if v is not None), span=term.span)
        return None

    def _opened(self, term: Sym) -> Term:
        """The mean of a quantity that is defined by members."""
        try:
            written = opened_down_to(self.context, term, self.sequences)
        except ReadError as problem:
            raise _NotLinear from problem
        if written == term:
            raise _NotLinear
        return self.of(written)

    def _varies(self, term: Term) -> bool:
        return self._has_members(term) or _random(term, self.over.var, self.context)

    def _has_members(self, term: Term) -> bool:
        names = mentioned(self.context, term)
        return any(depends_on(self.context, each, name) for each in names for name in self.sequences)


def _mean(name: str) -> str:
    return f"\\mathbb{{E}}[{name}]"


__all__ = ["with_means"]
