r"""Optima announced and then written out: ``\theta^{(t+1)} = \arg\max_\theta Q``, later ``\pi_k^{(t+1)} = …``."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

from derive.language.claims import Optimum, Statement
from derive.language.context import Context
from derive.language.terms import Index, Rel, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_undeclared, unmarked
from derive.read.documents.definitions.rounds import Renaming
from derive.read.errors import ReadError
from derive.read.latex import Link, node_readings
from derive.read.names import PARAMETER_BUNDLES, parts_of
from derive.read.parser import parse


@dataclass(frozen=True)
class Announced:
    """What is to be greatest (``kind`` max) or least (min), over which quantities; ``found`` are those written out."""

    kind: str
    objectives: tuple[Term, ...]
    variables: tuple[Sym, ...]
    found: tuple[tuple[str, str], ...] = ()


def names_optimum(node: s.Node, context: Context) -> bool:
    """Whether this side, before ``= argmax``, is a new name for what is looked for."""
    parts = parts_of(node)
    return parts is not None and (is_undeclared(node, context) or parts[0] in PARAMETER_BUNDLES)


def announced(link: Link) -> Announced | None:
    """What a link ``… = argmax_x f`` announces."""
    argument = link.right_argument
    if argument is None or link.problem is not None or link.op not in ("=", ":=", "in"):
        return None
    variables = tuple(variable for variable in argument.variables if isinstance(variable, Sym))
    if not variables or len(variables) != len(argument.variables):
        return None
    return Announced(argument.kind.removeprefix("arg"), link.right, variables)


@dataclass(frozen=True)
class Answer:
    """The announcement that ``w^* = …`` answers, the variable it is about, and that as it is written."""

    announced: Announced
    variable: Sym
    node: s.Node


def written_out(text: str, known: tuple[Announced, ...], context: Context) -> Answer | None:
    """What ``w^* = …`` answers: the latest announcement about w."""
    for name in unmarked(text):
        try:
            node = parse(name)
            terms = [typed.term for typed in node_readings(node, context)]
        except ReadError:
            continue
        term = terms[0] if len(terms) == 1 else None
        if not isinstance(term, Sym) or not all(isinstance(index, Index) for index in term.indices):
            continue
        for each in reversed(known):
            if any(variable.name == term.name for variable in each.variables):
                return Answer(each, term, node)
    return None


def claims(answer: Answer, point: tuple[Term, ...], context: Context) -> tuple[tuple[Statement, ...], Context]:
    """The optimum at this point, under what is assumed of the variable alone; where the point mentions what has been
    written out before, that stands in the objective too (in the context that is returned)."""
    each, variable = answer.announced, answer.variable
    constraints = tuple(
        fact.statement
        for fact in context.facts
        if isinstance(fact.statement, Rel)
        and {part.name for part in subterms(fact.statement) if isinstance(part, Sym)} == {variable.name}
    )
    statements: list[Statement] = []
    for objective, value in product(each.objectives, point):
        inside = {part.name for part in subterms(value) if isinstance(part, Sym)}
        new = {old: name for old, name in each.found if name in inside and old != variable.name}
        if new:
            renaming = Renaming(context, new, "", ",".join(new.values()))
            objective, context = renaming.term(objective), renaming.context
        statements.append(Optimum(each.kind, objective, (variable,), (value,), constraints))
    return tuple(statements), context
