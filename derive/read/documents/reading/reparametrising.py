"""``If we write $\\pi_k = e^{a_k} / \\sum_j e^{a_j}$``: what was a quantity of its own is from there on made of others."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context, Fact
from derive.language.terms import Big, Num, Op, Rel, Sym
from derive.read import syntax as s
from derive.read.documents import chains
from derive.read.documents.defining import mentions, primitive
from derive.read.documents.reading.state import Reading
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import node_readings

_MADE_OF = re.compile(
    r"(?i)(?:\b(?:re-?)?parametri[sz]\w*\b[^.;=]*?|\b(?:if|when|let\s+us|we|now|and|then)\s+(?:we\s+|now\s+|instead\s+)*"
    r"(?:write|put|set|express|represent|substitute|replace|let)(?:\s+(?:it|them|this|these|the\s+[a-z]+))?)"
    r"(?:\s+⟨\d+⟩)?(?:\s+(?:instead|further|again|as|by|through|via|with|in\s+the\s+form))*[\s,:]*\Z|"
    r"\A\s*(?:(?:now|next|finally|instead),?\s+)?(?:let|put|write|set)\s*\Z"
)
"""The end of a sentence so far, with its formulas numbered, before what a quantity is from here on."""


def is_one(reading: Reading, node: s.Relation) -> bool:
    """Whether the words make a quantity that has been used, and that nothing defines, out of something new."""
    if len(node.rest) != 1 or node.rest[0][0] != "=" or not _MADE_OF.search(reading.words.sentence):
        return False
    found = primitive(node.first, reading.context)
    if found is None or found.name not in reading.used:
        return False
    if reading.passage and found.name in reading.passage.unknowns(reading.context):
        return False  # what is being solved for is given its value
    try:
        terms = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    except Undeclared as problem:
        return not re.search(rf"(?<![A-Za-z\\]){re.escape(found.name)}(?![A-Za-z])", s.key(node.rest[0][1])) and bool(
            problem.name
        )
    except ReadError:
        return False
    names = {name for term in terms for name in chains.names_in(term) if name in reading.context.symbols}
    return found.name not in names and any(name not in reading.used for name in names)


def without_what_follows(context: Context, before: Context, node: s.Node) -> Context:
    """The context without the fact that weights add up to one, of weights that are now shares of a sum."""
    found = primitive(node, before)
    name = found.name if found is not None else ""
    decl = context.symbols.get(name)
    body = decl.definition.body if decl is not None and decl.definition is not None else None
    shares = isinstance(body, Op) and (
        body.name == "softmax" or (body.name == "div" and isinstance(body.args[1], Big) and body.args[1].kind == "sum")
    )
    if not shares:
        return context
    return replace(context, facts=tuple(fact for fact in context.facts if not _adds_up(fact, name)))


def _adds_up(fact: Fact, name: str) -> bool:
    """``\\sum_k \\pi_k = 1``."""
    match fact.statement:
        case Rel("=", Big(kind="sum", body=Sym() as body, where=None), Num(value=1)):
            return body.name == name and mentions(fact.statement, name)
    return False


__all__ = ["is_one", "without_what_follows"]
