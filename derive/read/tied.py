"""What varies with a variable because a fact says so: with ``w = x^2`` assumed, ``∂w/∂x`` is 2x, and ``E_x[w]`` no w.

A fact about a name is no definition of it: a derivative, an expectation, an optimum would take the name for a quantity
of its own. Where a fact or a supposition gives its value in terms of the variable, that is one reading; that it varies
with the variable is the other. A claim is judged under both, and a derivative of the name alone, which can ask for
nothing else, under the second. Where it cannot be written out how something varies, nothing is judged: so in a
derivative in that name of what is made of the variable.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product

from derive.language.claims import Compare, Equal, Optimum, SameOptimum, Statement, Step, terms_of
from derive.language.context import Context, Definition
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import (
    Apply,
    At,
    Big,
    Deriv,
    Entry,
    Expect,
    Index,
    Integral,
    Op,
    Rel,
    Sym,
    Term,
    rebuild,
    subterms,
)
from derive.read import one_member
from derive.read.dependencies import opened_down_to
from derive.read.errors import ReadError
from derive.read.unrolled import unrolled


@dataclass(frozen=True)
class _Ties:
    """``known`` is the context as it is, ``varied`` the same with every name defined that a relation gives a value;
    ``members`` are the relations that do so for some members of a family, or by a recurrence, ``implicit`` those that
    say it of none in so many words (``X^T X = c I``); ``supposed`` are the names that only a step
    supposes to have a value."""

    known: Context
    varied: Context
    members: tuple[Rel, ...]
    implicit: tuple[Rel, ...] = ()
    supposed: frozenset[str] = frozenset()

    def made_by_fact(self, name: str) -> bool:
        """Whether only a fact says what a name is made of."""
        return name in self.varied.symbols and self.varied.symbols[name] is not self.known.symbols.get(name)


def with_ties(statements: tuple[Statement, ...], context: Context) -> tuple[Statement, ...]:
    """The statements under every reading that the facts of a context leave open; ``ReadError`` where one of them cannot
    be written out."""
    found: dict[Statement, None] = {}
    for statement in statements:
        for each in _readings(statement, context):
            found[each] = None
    return tuple(found)


def _readings(statement: Statement, context: Context) -> Iterator[Statement]:
    if not _has_variable(statement):
        yield statement
        return
    hypotheses = statement.hypotheses if isinstance(statement, Step) else ()
    facts = tuple(fact.statement for fact in context.facts)
    ties = _ties((*hypotheses, *facts), context)
    if hypotheses:
        told = _ties(facts, context)
        ties = replace(
            ties,
            implicit=told.implicit,
            supposed=frozenset(each for each in ties.varied.symbols if not told.made_by_fact(each)),
        )
    changed = _varied(statement, ties)
    if changed == statement or not _says_all(statement, ties):
        yield statement
    if changed != statement:
        yield changed


def _has_variable(statement: Statement) -> bool:
    """Whether anything is varied in a statement at all."""
    if isinstance(statement, Optimum | SameOptimum):
        return True
    kinds = Deriv | Expect | Integral | At
    return any(isinstance(part, kinds) for term in terms_of(statement) for part in subterms(term))


# -- what facts say ----------------------------------------------------------------------------------------------------
def _ties(relations: Sequence[Term], context: Context) -> _Ties:
    varied, members = context, []
    implicit: list[Rel] = []
    for relation in relations:
        if not isinstance(relation, Rel) or relation.op != "=":
            continue
        if _variable(relation.left) is None and _variable(relation.right) is None:
            implicit.append(relation)
        for side, value in ((relation.left, relation.right), (relation.right, relation.left)):
            name = _variable(side)
            if name is None or not _is_open(name, varied):
                continue
            if isinstance(side, Entry) or any(
                depends_on(varied, other, name.name) for other in mentioned(varied, value)
            ):
                members += _by_others(name, value, varied)
                continue
            if all(isinstance(index, Index) for index in name.indices) and len({*name.indices}) == len(name.indices):
                params = tuple(index.name for index in name.indices if isinstance(index, Index))
                decl = replace(varied.symbols[name.name], definition=Definition(params, value))
                varied = varied.with_symbol(decl)
                break
            members.append(Rel("=", name, value))
    return _Ties(context, varied, tuple(members), tuple(implicit))


def _by_others(name: Sym, value: Term, context: Context) -> list[Rel]:
    """What gives a family by itself, be it through what others are defined as, or entries of an array: it varies with
    all that this is made of. Nothing, where that says no more than which of its members are the same."""
    try:
        written = opened_down_to(context, value, (name.name,))
    except ReadError:
        written = value
    own = [part for part in (name, *subterms(written)) if isinstance(part, Sym) and part.name == name.name]
    shifted = any(not isinstance(index, Index) for part in own for index in part.indices)
    others = {*names_in(written)} - {name.name}
    return [Rel("=", name, written)] if shifted or others else []


def _is_open(name: Sym, context: Context) -> bool:
    decl = context.symbols.get(name.name)
    return decl is not None and decl.definition is None


# -- statements --------------------------------------------------------------------------------------------------------
def _varied(statement: Statement, ties: _Ties) -> Statement:
    match statement:
        case Equal(left, right):
            return Equal(_changed(left, ties), _changed(right, ties))
        case Compare(op, left, right):
            return Compare(op, _changed(left, ties), _changed(right, ties))
        case Step(conclusions=conclusions):
            new = (Rel(each.op, _changed(each.left, ties), _changed(each.right, ties)) for each in conclusions)
            return replace(statement, conclusions=tuple(new))
        case Optimum(objective=left, variables=variables) | SameOptimum(variables=variables, left=left):
            right = statement.right if isinstance(statement, SameOptimum) else left
            if any(_of_fact(side, each.name, ties) for side in (left, right) for each in variables):
                raise ReadError("expected no optimum of what a fact ties to its variables", None, _HINT)
            for side, each in product((left, right), variables):
                _refuse_behind(side, each.name, ties)
    return statement


def _says_all(statement: Statement, ties: _Ties) -> bool:
    """Whether what is varied can mean nothing else: the derivative of a name alone."""
    varied = [part for term in terms_of(statement) for part in subterms(term) if _changed_here(part, ties) != part]
    return all(isinstance(part, Deriv) and _is_alone(part.body, ties) for part in varied)


def _is_alone(term: Term, ties: _Ties) -> bool:
    base = term
    while isinstance(base, Entry):
        base = base.base
    given = {each.left.name for each in ties.members if isinstance(each.left, Sym)}
    return isinstance(base, Sym) and (ties.made_by_fact(base.name) or base.name in given)


def _changed(term: Term, ties: _Ties) -> Term:
    """A term in which everything that is varied has all written out that varies with it."""
    return _changed_here(rebuild(term, lambda part: _changed(part, ties)), ties)


def _changed_here(term: Term, ties: _Ties) -> Term:
    match term:
        case Deriv(body=body, wrt=wrt, local=False):
            return replace(term, body=_differentiated(body, wrt, ties))
        case Expect(var=var, body=body) | Integral(var=var, body=body) if var in ties.known.symbols:
            return replace(term, body=_written_out(body, (Sym(var),), ties))
        case At(body=body, var=var):
            _refuse_behind(body, var.name, ties)
            return replace(term, body=_written_out(body, (var,), ties))
        case Big(var=var, body=body) if var in ties.known.symbols and _of_fact(body, var, ties):
            raise ReadError(f"expected no sum over {var}, of which a fact makes what is summed", None, _HINT)
    return term


_HINT = "define it: “let … := …”"


def _differentiated(body: Term, wrt: Term, ties: _Ties) -> Term:
    variable = _variable(wrt)
    if variable is None or _is_value_there(body, wrt, ties):
        return body
    opened = one_member.opened(body, wrt, ties.members, ties.varied)
    if opened is not None:
        return opened
    _refuse_later_members(body, variable, ties)
    _refuse_behind(body, variable.name, ties)
    if isinstance(body, Sym) and body.name != variable.name and _of_fact(body, variable.name, ties):
        return opened_down_to(ties.varied, body, (variable.name,))
    return _written_out(body, (variable,), ties)


def _refuse_later_members(body: Term, variable: Sym, ties: _Ties) -> None:
    """With ``c_t = c_{t-1} + h_{t-1}`` and ``h_t = o c_t`` assumed, h_{t+1} varies with h_t, through c: two sequences
    that are given together, which no one recurrence tells."""
    if not ties.made_by_fact(variable.name):
        return
    given = [each for each in ties.members if isinstance(each.left, Sym)]
    through = any(
        isinstance(each.left, Sym)
        and depends_on(ties.varied, variable.name, each.left.name)
        and any(depends_on(ties.varied, other, variable.name) for other in mentioned(ties.varied, each.right))
        for each in given
    )
    try:
        written = opened_down_to(ties.known, body, (variable.name,)) if through else body
    except ReadError:
        written = body
    own = (part for part in subterms(written) if isinstance(part, Sym) and part.name == variable.name)
    if through and any(part != variable for part in own):
        raise ReadError(f"expected to be told how {variable.name} varies with {variable.name}", None, _HOW)


def _refuse_behind(body: Term, variable: str, ties: _Ties) -> None:
    """With ``l = \\log s`` assumed, s is no constant in a derivative in l: nothing is judged where a fact makes the
    variable of what a term is made of. What is only supposed may say at which l."""
    reached = _reached(body, ties.known) if ties.made_by_fact(variable) else ()
    if variable in ties.supposed and variable in reached:
        return
    for relation in ties.implicit:
        _refuse_factor(relation, variable, reached_by=_reached(body, ties.known), ties=ties)
    for name in reached:
        free = name != variable and ties.known.symbols[name].definition is None
        if free and depends_on(ties.varied, variable, name) and not _is_value(variable, name, ties.varied):
            told = f"expected to know how {name} varies with {variable}, which a fact makes of it"
            raise ReadError(told, None, _HINT)


def _refuse_factor(relation: Rel, variable: str, reached_by: Sequence[str], ties: _Ties) -> None:
    """With ``X^T X = c I`` assumed, ``A u = c u`` or ``S C = I``, what it says c (or C) to be varies with that, by
    whichever of the others: they are no constants in a derivative in it."""
    for side, other in ((relation.left, relation.right), (relation.right, relation.left)):
        factors = [part for part in _factors(side) if isinstance(part, Sym) and part.name == variable]
        whole = bool(ties.known.symbols[variable].shape) if variable in ties.known.symbols else True
        if len(factors) != 1 or (whole and not (isinstance(other, Op) and other.name == "identity")):
            continue
        for name in names_in(relation):
            if name != variable and name in reached_by and _is_open(Sym(name), ties.known):
                message = f"expected to know how {name} varies with {variable}, which a fact ties to it"
                raise ReadError(message, None, _HINT)


def _factors(term: Term) -> tuple[Term, ...]:
    """What is multiplied in a term."""
    match term:
        case Op(name="mul" | "div", args=args):
            return tuple(part for arg in args for part in _factors(arg))
        case Op(name="pow", args=(base, _)) | Op(name="inverse" | "transpose", args=(base,)):
            return _factors(base)
    return (term,)


def _is_value_there(body: Term, wrt: Term, ties: _Ties) -> bool:
    """Whether a term is the value of a function at what it is differentiated in, ``f(x_t)`` in x_t, and is made of
    nothing else: a recurrence of the x_t says how other members vary with this one, and there are none."""
    if not isinstance(body, Apply) or body.args != (wrt,) or not isinstance(wrt, Sym):
        return False
    decl = ties.known.functions.get(body.name)
    alone = decl is not None and (decl.body is None or {*mentioned(ties.known, decl.body)} <= {*decl.params})
    return alone and not any(names_in(index) for index in (*wrt.indices, *body.indices))


def _written_out(body: Term, variables: Sequence[Sym], ties: _Ties) -> Term:
    """A term with everything written out that varies with these quantities because a fact says so."""
    for variable in variables:
        given = one_member.tied_to(body, variable.name, ties.members, ties.varied)
        if given and (number := _by_number(body, variable, given, ties)) is not None:
            body = number
        elif given and not _is_before(body, variable, given, ties):
            raise ReadError(f"expected to be told how {given} varies with {variable.name}", None, _HOW)
        if _of_fact(body, variable.name, ties, but_itself=True):
            body = opened_down_to(ties.varied, body, (variable.name,))
    return body


def _by_number(body: Term, variable: Sym, given: str, ties: _Ties) -> Term | None:
    """A term that has only members by number of the sequence that varies, as these are written out."""
    try:
        return unrolled(opened_down_to(ties.varied, body, (given, variable.name)), variable, ties.members, ties.varied)
    except ReadError:
        return None


def _is_before(body: Term, variable: Sym, given: str, ties: _Ties) -> bool:
    """Whether the members of a sequence in a term come before what a variable makes of them."""
    try:
        written = opened_down_to(ties.varied, body, (given,))
    except ReadError:
        return False
    return one_member.is_before(written, variable, given, ties.members, ties.varied)


_HOW = "a recurrence ties them together: write out how the one member depends on the other"


def _of_fact(body: Term, variable: str, ties: _Ties, but_itself: bool = False) -> bool:
    """Whether a fact makes something in a term vary with a quantity; ``but_itself``, not where it only says that both
    are one (``x = y`` says at which x, not of what y is made)."""
    return any(
        ties.made_by_fact(name) and depends_on(ties.varied, name, variable)
        for name in _reached(body, ties.varied)
        if name != variable and not (but_itself and _is_value(name, variable, ties.varied))
    )


def _is_value(name: str, variable: str, context: Context) -> bool:
    definition = context.symbols[name].definition
    return definition is not None and isinstance(definition.body, Sym) and definition.body.name == variable


def _reached(term: Term, context: Context) -> tuple[str, ...]:
    """The quantities that a term is made of, through every definition."""
    names = dict.fromkeys(name for name in mentioned(context, term) if name in context.symbols)
    stack = [*names]
    while stack:
        definition = context.symbols[stack.pop()].definition
        for name in mentioned(context, definition.body) if definition is not None else ():
            if name not in names and name in context.symbols:
                names[name] = None
                stack.append(name)
    return tuple(names)


def _variable(term: Term) -> Sym | None:
    while isinstance(term, Entry):
        term = term.base
    return term if isinstance(term, Sym) else None
