r"""Derivatives of a loss through all steps of a recurrence: ``∂L/∂h_t`` and ``∂L/∂W`` of ``h_t = f(W h_{t-1} + x_t)``.

Let L be made of the members of sequences h, each of which a recurrence gives, h_s = F_s(…) for s = 1..T, by members
before it. With Λ = L + Σ_s G_s · F_s, in which all h_s, G_s and everything else are independent, and

    G_s = ∂Λ/∂h_s   for every s,

G_s is the derivative of L in h_s through all that follows from it, and ∂Λ/∂v is that in any other v: the chain rule
over the steps, the last one first (P. J. Werbos, Backpropagation through time, 1990). It needs that the members are
given one after the other: none by itself, be it through others of the same step.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from derive.language.claims import Compare, Equal, Statement, Step, terms_of
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.extents import Range
from derive.language.operators import ShapeError
from derive.language.shapes import extent_of
from derive.language.terms import (
    At,
    Big,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Num,
    Op,
    Rel,
    Sym,
    Term,
    rebuild,
    subterms,
)
from derive.read import one_member
from derive.read.dependencies import opened_down_to, with_names
from derive.read.errors import ReadError
from derive.read.one_member import step_of

CHAIN_RULE = "the chain rule, step by step"
"""Where it is said to come from what the derivatives in the members of a sequence are."""


@dataclass(frozen=True)
class _Sequence:
    """A family of numbers or vectors with the recurrence that gives it: the member at ``letter``, which counts
    ``steps``, is ``value``, in the text ``written``."""

    decl: SymbolDecl
    letter: str
    steps: Range
    value: Term
    written: Term


def with_adjoints(
    statements: tuple[Statement, ...], context: Context, counted: Mapping[str, Range] = MappingProxyType({})
) -> tuple[tuple[Statement, ...], Context] | None:
    """The statements with the derivatives of losses through all steps of a recurrence as what these are, and the
    context in which that is known; None where there are none, or it is not known what they are. ``counted`` is what
    indices count where they do not count less, as in ``for t < T``."""
    statements = tuple(_opened(each, context) for each in statements)
    losses = {loss for each in statements for loss in _losses(each, context)}
    if losses:
        statements, context = _with_given(statements, context, counted)
    found = _sequences(context) if losses else {}
    losses = {loss for loss in losses if any(depends_on(context, loss, name) for name in found)}
    done = _written(statements, losses, found, context) if losses else None
    if done is None and any(_goes_through(part, context) for each in statements for part in _derivatives(each)):
        raise ReadError(
            "expected the derivatives of one loss through the steps of a recurrence",
            None,
            "write out what it varies with",
        )
    return done


def as_known(term: Term, context: Context) -> Term:
    """A term that is read where the derivatives of a loss through all steps are known: as these. ``ReadError`` where
    one of its derivatives is none of them."""
    if not any(fact.source == CHAIN_RULE for fact in context.facts):
        return term
    done = with_adjoints((Equal(term, term),), context)
    statement = done[0][0] if done is not None else None
    return statement.left if isinstance(statement, Equal) else term


def is_through(loss: Term, variable: str, context: Context) -> bool:
    """Whether a loss may vary with a defined quantity only through the members of a sequence that a recurrence gives:
    ``with_adjoints`` says how, or refuses."""
    if (
        not isinstance(loss, Sym)
        or loss.indices
        or loss.name not in context.symbols
        or context.symbols[loss.name].shape
    ):
        return False
    decl = context.symbols.get(variable)
    if decl is None or decl.definition is None:
        return False
    if depends_on(context, loss.name, variable):  # directly, but steps after it may be made of it as well
        given = [found for fact in context.facts if (found := _sequence(fact.statement, context)) is not None]
        return any(_is_made_of(each.written, variable, context) for each in given)
    return any(
        depends_on(context, loss.name, each.name) and depends_on(context, variable, each.name)
        for each in context.symbols.values()
        if each.definition is None and each.family and not each.depends
    )


def _opened(statement: Statement, context: Context) -> Statement:
    """A statement with what a quantity is that is such a derivative, ``\\delta_t = ∂L/∂a_t``, in its place."""
    match statement:
        case Equal(left, right):
            return Equal(_named(left, context), _named(right, context))
        case Compare(op, left, right):
            return Compare(op, _named(left, context), _named(right, context))
        case Step(hypotheses=before, conclusions=after):
            put = [
                tuple(Rel(each.op, _named(each.left, context), _named(each.right, context)) for each in group)
                for group in (before, after)
            ]
            return replace(statement, hypotheses=put[0], conclusions=put[1])
    return statement


def _named(term: Term, context: Context) -> Term:
    decl = context.symbols.get(term.name) if isinstance(term, Sym) else None
    if isinstance(term, Sym) and decl is not None and decl.definition is not None:
        body = decl.definition.body
        if any(isinstance(part, Deriv) and _goes_through(part, context) for part in subterms(body)):
            return with_names(body, dict(zip(decl.definition.params, term.indices, strict=True)))
    return rebuild(term, lambda part: _named(part, context))


def _goes_through(derivative: Deriv, context: Context) -> bool:
    base = derivative.wrt
    while isinstance(base, Entry):
        base = base.base
    return isinstance(base, Sym) and is_through(derivative.body, base.name, context)


def _derivatives(statement: Statement) -> list[Deriv]:
    return [part for term in terms_of(statement) for part in subterms(term) if isinstance(part, Deriv)]


def _written(
    statements: tuple[Statement, ...], losses: set[str], found: dict[str, _Sequence], context: Context
) -> tuple[tuple[Statement, ...], Context] | None:
    if len(losses) != 1 or any(not isinstance(each, Equal | Step | Compare) for each in statements):
        return None
    (loss,) = losses
    terms = [
        *(term for each in statements for term in terms_of(each)),
        opened_down_to(context, Sym(loss), tuple(found)),
    ]
    if any(isinstance(part, Expect | Integral | At) for term in terms for part in subterms(term)):
        return None
    supposed = tuple(each for one in statements if isinstance(one, Step) for each in one.hypotheses)
    if not _are_given_in_turn(found) or _ties_others(found, loss, context, supposed):
        return None
    through = _Through(loss, tuple(found.values()))
    context = through.declared(context)
    try:
        written = tuple(through.statement(each, context) for each in statements)
    except ReadError:
        return None
    return written, context


def _with_given(
    statements: tuple[Statement, ...], context: Context, counted: Mapping[str, Range]
) -> tuple[tuple[Statement, ...], Context]:
    """The recurrences that the statements suppose are facts, as they hold at every step."""
    wide = context
    for name, range_ in counted.items():
        wide = wide.with_index(name, range_)
    supposed = {each for one in statements if isinstance(one, Step) for each in one.hypotheses}
    given = [each for each in supposed if _sequence(each, wide) is not None and _recurs(each)]
    if not given or any(isinstance(one, Step) and not {*given} <= {*one.hypotheses} for one in statements):
        return statements, context
    facts = list(context.facts)
    for each in sorted(given, key=str):
        made = _sequence(each, wide)
        if made is None or not isinstance(each.left, Sym):
            continue
        letter = made.letter
        if context.indices[letter] != made.steps:  # the sentence is about some of the steps, the recurrence about all
            letter = f"{letter}'"
            context = context.with_index(letter, made.steps)
        facts.append(
            Fact(Rel("=", *(with_names(side, {made.letter: Index(letter)}) for side in (each.left, each.right))))
        )
    return tuple(_without(each, given) for each in statements), replace(context, facts=tuple(facts))


def _recurs(relation: Rel) -> bool:
    return isinstance(relation.left, Sym) and relation.left.name in names_in(relation.right)


def _without(statement: Statement, given: Sequence[Rel]) -> Statement:
    """A statement that does not suppose what is given."""
    if not isinstance(statement, Step):
        return statement
    hypotheses = tuple(each for each in statement.hypotheses if each not in given)
    if hypotheses or statement.both or len(statement.conclusions) != 1 or statement.conclusions[0].op != "=":
        return replace(statement, hypotheses=hypotheses)
    return Equal(statement.conclusions[0].left, statement.conclusions[0].right)


def _losses(statement: Statement, context: Context) -> set[str]:
    """The defined numbers of which a statement has derivatives."""
    bodies = [part.body for part in _derivatives(statement)]
    named = [each for each in bodies if isinstance(each, Sym) and not each.indices and each.name in context.symbols]
    return {
        each.name
        for each in named
        if context.symbols[each.name].definition is not None and not context.symbols[each.name].shape
    }


# -- recurrences -------------------------------------------------------------------------------------------------------
def _sequences(context: Context) -> dict[str, _Sequence]:
    """The families that facts give by one recurrence each, from the first step to the last one."""
    found: dict[str, _Sequence] = {}
    for fact in context.facts:
        made = _sequence(fact.statement, context)
        if made is not None and made.decl.name in found:
            return {}  # two of one sequence
        if made is not None:
            found[made.decl.name] = made
    return {
        name: replace(each, value=opened_down_to(context, each.value, tuple(found))) for name, each in found.items()
    }


def _sequence(relation: Term, context: Context) -> _Sequence | None:
    match relation:
        case Rel(op="=", left=Sym(name=name, indices=(Index(name=letter),)), right=value):
            decl, steps = context.symbols.get(name), context.indices.get(letter)
        case _:
            return None
    if decl is None or steps is None or decl.definition is not None or decl.depends or len(decl.shape) > 1:
        return None
    if decl.family != (Range(steps.low - 1, steps.high),) or decl.label_range is not None:
        return None
    return _Sequence(decl, letter, steps, value, value)


def _are_given_in_turn(found: dict[str, _Sequence]) -> bool:
    """Whether every member is made of members of the step before, or of sequences before its own in that step."""
    same: dict[str, set[str]] = {}
    for name, each in found.items():
        same[name] = set()
        for part in subterms(each.value):
            if not isinstance(part, Sym) or part.name not in found:
                continue
            step = step_of(part.indices[0], each.letter)
            if step not in (0, -1):
                return False
            if step == 0:
                same[name].add(part.name)
    done: set[str] = set()
    while len(done) < len(same):
        ready = {name for name, others in same.items() if name not in done and others <= done}
        if not ready:
            return False
        done |= ready
    return True


def _ties_others(found: dict[str, _Sequence], loss: str, context: Context, supposed: Sequence[Rel]) -> bool:
    """Whether something else is assumed, or ``supposed``, of what the loss or the recurrences are made of; where these
    begin may be."""
    made_of = {loss, *found, *(name for each in found.values() for name in names_in(each.value))}
    reached = {other for name in made_of for other in (name, *mentioned(context, Sym(name)))}
    reached |= {name for name in context.symbols if any(depends_on(context, other, name) for other in made_of)}
    for relation in (*(fact.statement for fact in context.facts if fact.source != CHAIN_RULE), *supposed):
        if not isinstance(relation, Rel) or relation.op != "=" or _sequence(relation, context) is not None:
            continue
        left = relation.left
        begins = isinstance(left, Sym) and left.name in found and not names_in(relation.right)
        at_first = begins and isinstance(left, Sym) and all(isinstance(index, Num) for index in left.indices)
        if not at_first and {*names_in(relation)} & reached:
            return True
    return False


# -- what derivatives are ----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Through:
    """A loss, and the sequences that it is made of."""

    loss: str
    sequences: tuple[_Sequence, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The sequences by name."""
        return tuple(each.decl.name for each in self.sequences)

    def name_of(self, sequence: _Sequence) -> str:
        """What the derivative of the loss in the members of a sequence is called."""
        loss, member = (name.removesuffix("{}") for name in (self.loss, sequence.decl.name))
        return f"\\frac{{\\partial {loss}}}{{\\partial {member}}}"

    def declared(self, context: Context) -> Context:
        """The context with the derivatives in the members of each sequence, and what they are."""
        for each in self.sequences:
            decl = SymbolDecl(self.name_of(each), each.decl.family, each.decl.family_names, each.decl.shape)
            context = context.with_symbol(decl)
        facts: list[Fact] = []
        for each in self.sequences:
            (letter,), (range_,) = each.decl.family_names, each.decl.family
            if context.indices.get(letter) != range_:
                raise ReadError(f"expected {letter} to count {range_}", None, "")
            at = (Index(letter),)
            gives = Deriv(self.whole(context), Sym(each.decl.name, at))
            facts.append(Fact(Rel("=", Sym(self.name_of(each), at), gives), CHAIN_RULE))
        return replace(context, facts=(*context.facts, *facts))

    def whole(self, context: Context) -> Term:
        """Λ, the loss with every recurrence."""
        terms: list[Term] = [Sym(self.loss)]
        for each in self.sequences:
            factor = Sym(self.name_of(each), (Index(each.letter),))
            product = Op("inner" if each.decl.shape else "mul", (factor, each.value))
            terms.append(Big("sum", each.letter, each.steps, product))
        return Op("add", tuple(terms))

    def statement(self, statement: Statement, context: Context) -> Statement:
        """A statement with every derivative of the loss as what it is."""
        match statement:
            case Equal(left, right):
                return Equal(self._put(left, context), self._put(right, context))
            case Compare(op, left, right):
                return Compare(op, self._put(left, context), self._put(right, context))
            case Step(hypotheses=before, conclusions=after):
                put = [
                    tuple(Rel(each.op, self._put(each.left, context), self._put(each.right, context)) for each in group)
                    for group in (before, after)
                ]
                return replace(statement, hypotheses=put[0], conclusions=put[1])
        return statement

    def _put(self, term: Term, context: Context) -> Term:
        match term:
            case Deriv(body=Sym(name=self.loss, indices=()), wrt=wrt, local=False):
                return self._derivative(wrt, context)
            case Deriv(body=body, wrt=wrt) if self._reaches(body, context):
                if self._is_of_last(body, wrt, context):
                    return term
                value = self._at_one_step(body, wrt, context)
                if value is None:
                    raise ReadError("expected derivatives of the loss alone", None, "")
                return replace(term, body=value)
        return rebuild(term, lambda part: self._put(part, context))

    def _reaches(self, term: Term, context: Context) -> bool:
        """Whether a term is made of members of the sequences."""
        names = mentioned(context, term)
        return any(depends_on(context, name, each.decl.name) for name in names for each in self.sequences)

    def _is_of_last(self, body: Term, wrt: Term, context: Context) -> bool:
        """Whether a term is made of no member that follows from the one it is differentiated in, as the loss of one
        step, ``∂L_t/∂h_t``, is: of that one, and of members of steps before."""
        base = wrt.base if isinstance(wrt, Entry) else wrt
        if not isinstance(base, Sym) or base.name not in self.names:
            return False
        opened = opened_down_to(context, body, self.names)
        if any(isinstance(part, Deriv) for part in subterms(opened)):
            return False
        for part in subterms(opened):
            if isinstance(part, Sym) and part.name in self.names:
                step = _steps_between(base.indices[0], part.indices[0])
                if step is None or step > 0 or (step == 0 and part.name != base.name):
                    return False
        return True

    def _at_one_step(self, body: Term, wrt: Term, context: Context) -> Term | None:
        """``h_{t+1}`` as the one recurrence gives it, where it is differentiated in ``h_t``."""
        if len(self.sequences) != 1:
            return None
        (only,) = self.sequences
        base = wrt.base if isinstance(wrt, Entry) else wrt
        if not isinstance(base, Sym) or base.name != only.decl.name:
            return None
        gives = Rel("=", Sym(only.decl.name, (Index(only.letter),)), only.value)
        return one_member.opened(body, wrt, (gives,), context)

    def _derivative(self, wrt: Term, context: Context) -> Term:
        base = wrt
        while isinstance(base, Entry):
            base = base.base
        if not isinstance(base, Sym):
            raise ReadError("expected the derivative in a quantity", None, "")
        for each in self.sequences:
            if base.name == each.decl.name:
                own: Term = Sym(self.name_of(each), base.indices)
                return own if base is wrt else Entry(own, wrt.indices) if isinstance(wrt, Entry) else own
        return Deriv(self._in_terms_of(base, context), wrt)

    def _in_terms_of(self, variable: Sym, context: Context) -> Term:
        """Λ, with a defined variable in the place of what it is."""
        decl = context.symbols.get(variable.name)
        made_of_them = any(depends_on(context, variable.name, each.decl.name) for each in self.sequences)
        if decl is None or decl.definition is None or not made_of_them:
            return self.whole(context)
        changed = []
        for each in self.sequences:
            named = opened_down_to(context, each.written, (*self.names, variable.name))
            if variable.name in names_in(named):
                changed.append(replace(each, value=named))
                continue
            names = {name: Index(each.letter) for name in decl.definition.params}
            if len(names) != 1:
                raise ReadError("expected one member a step", None, "")
            member = Sym(variable.name, (Index(each.letter),))
            made = opened_down_to(context, with_names(decl.definition.body, names), self.names)
            changed.append(replace(each, value=_replaced(each.value, made, member)))
        if not any(variable.name in names_in(each.value) for each in changed):
            if self._only_in_the_loss(variable.name, context):
                return self.whole(context)
            raise ReadError("expected the recurrence to be written with it", None, "")
        return _Through(self.loss, tuple(changed)).whole(context)

    def _only_in_the_loss(self, name: str, context: Context) -> bool:
        """Whether the loss is made of a quantity, and no recurrence is."""
        made = any(_is_made_of(each.written, name, context) for each in self.sequences)
        return depends_on(context, self.loss, name) and not made


def _is_made_of(term: Term, name: str, context: Context) -> bool:
    """Whether a term is made of a quantity, be it through what others are defined as."""
    return any(other == name or depends_on(context, other, name) for other in names_in(term))


def _steps_between(one: Term, other: Term) -> int | None:
    """How many steps it is from one place to another, if that is a number."""
    try:
        return (extent_of(other) - extent_of(one)).constant
    except ShapeError:
        return None


def _replaced(term: Term, old: Term, new: Term) -> Term:
    return new if term == old else rebuild(term, lambda part: _replaced(part, old, new))


__all__ = ["as_known", "is_through", "with_adjoints"]
