"""``If we write $\\pi_k = e^{a_k} / \\sum_j e^{a_j}$``: a quantity of its own is made of others from there on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from types import MappingProxyType

from derive.language.claims import Statement, all_subterms
from derive.language.context import Context, Fact, SymbolDecl
from derive.language.dependencies import depends_on, mentioned, names_in
from derive.language.terms import Big, Num, Op, Rel, Sym, Term
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_free, mentions, primitive
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.spelling import spaced
from derive.read.errors import ReadError, Undeclared
from derive.read.latex import node_readings

_MADE_OF = re.compile(
    r"(?i)(?:\b(?:re-?)?paramete?ri[sz]\w*\b[^.;=]*?|\b(?:if|when|let\s+us|we|now|and|then)\s+(?:we\s+|now\s+|instead\s+)*"
    r"(?:write|put|set|express|represent|substitute|replace|let)(?:\s+(?:it|them|this|these|the\s+[a-z]+))?)"
    r"(?:\s+⟨\d+⟩)?(?:\s+(?:instead|further|again|as|by|through|via|with|in\s+the\s+form))*[\s,:]*\Z|"
    r"\A\s*(?:(?:now|next|finally|instead),?\s+)?(?:let|put|write|set)\s*\Z"
)
"""The end of a sentence so far, with its formulas numbered, before what a quantity is from here on."""


_COMPUTES = re.compile(
    r"(?i)(?:"
    r"\b(?:the|its|our|an?|this|each)\s+(?:[a-z-]+\s+){0,3}(?:layers?|units?|activations?|outputs?|network|decoder|encoder|neurons?|"
    r"non-?linearity|link(?:\s+function)?)\s+(?:then\s+|now\s+|simply\s+)?(?:is|are|computes?|outputs?|gives?|reads?|returns?|predicts?|applies)"
    r"(?:\s+(?:then|now|just|simply|usually|again|computed|given|defined|modelled|modeled|obtained|as|by|from))*[\s,:]*\Z|"
    r"\A[\s*\d.()]*(?:with|using)\s+(?:an?|the)\s+(?:[a-z-]+\s+){0,3}(?:layer|unit|activation|output|link|head)(?:\s+function)?\s*,\s*\Z"
    r")"
)
"""The same where a part of a model computes it: so it is in the next section, too, if that speaks of what it is of."""


_SUPPOSES = re.compile(r"(?i)\b(?:if|when|suppose|assume)(?:\s+(?:now|that|instead|further))*\s*\Z")
"""Before what is made of names that nothing declares: these mean something only where it holds."""


_IF_SO = re.compile(r"(?i)\b(?:if|when|for|since|as|because|using|with|where)\b[^.;]*\Z")
"""Before what a quantity may be made of, if the rest of the sentence differentiates in that."""


def _makes(sentence: str) -> bool:
    """Whether these words make a quantity of others."""
    return _MADE_OF.search(sentence) is not None or _COMPUTES.search(sentence) is not None


def used_so_far(reading: Reading, node: s.Node | None) -> frozenset[str]:
    """The quantities used before a formula that makes one of them out of something new; nothing if it does not. Where
    it is only supposed, those that are declared count as used: what is said of them is said in general."""
    if isinstance(node, s.Relation) and _is_called_here(reading, node):
        return reading.section.earlier
    if not isinstance(node, s.Relation) or not _is_one(reading, node):
        return frozenset()
    says = _makes(reading.words.sentence) or _varies_with(reading, node)
    found = primitive(node.first, reading.context)
    if found is not None and _COMPUTES.search(reading.words.sentence):
        reading.section.computed |= {found.name}
    return frozenset(reading.used) | (frozenset() if says else frozenset(reading.context.symbols))


_AGAIN = re.compile(
    r"(?i)\A[\s*\d.()]*(?:(?:and|but|now|next|finally|alternatively|instead),?\s+)*(?:if|when|for|with|suppose|assume)\b[^.;,]*\Z"
)
"""A sentence that begins with what a quantity is made of."""
_IN_GENERAL = re.compile(r"(?i)\A[\s*\d.()]*(?:but\s+)?(?:in\s+general|generally)\b")
"""What is said for no case."""


def begin_again(reading: Reading, node: s.Node | None) -> None:
    """``For $a = W x$, … For $a = 2 W x$, …``: what a quantity was made of holds no longer where a sentence begins with
    something else that it is made of."""
    if not isinstance(node, s.Relation):
        return
    general = _IN_GENERAL.match(reading.words.sentence) is not None
    equates = len(node.rest) == 1 and node.rest[0][0] in ("=", ":=")
    again = equates and (_makes(reading.words.sentence) or _AGAIN.search(reading.words.sentence) is not None)
    if not (general or again):
        return
    made = {**reading.section.first_said, **reading.section.remade}
    for name, (old, new, made_of) in made.items():
        decl = reading.context.symbols.get(name)
        if decl is not new:
            continue
        if general and name not in reading.section.made_in_case:
            continue
        if not general and (not _is_written(s.key(node.first), name) or _is_same(reading, node.rest[0][1], new)):
            continue
        reading.context = replace(reading.context, symbols=MappingProxyType({**reading.context.symbols, name: old}))
        first = name not in reading.section.remade
        for each in made_of | ({name} if first else frozenset()):
            reading.used.pop(each, None)
        if first:
            reading.section.met.pop(name, None)


def _is_same(reading: Reading, side: s.Node, decl: SymbolDecl) -> bool:
    """Whether a side is what this quantity was made of."""
    try:
        return any(
            decl.definition is not None and typed.term == decl.definition.body
            for typed in node_readings(side, reading.context)
        )
    except ReadError:
        return False


def _is_written(written: str, name: str) -> bool:
    """Whether a side is this name, with its indices or without."""
    return re.match(rf"{re.escape(spaced(name))}(?:\s_|\Z)", spaced(written)) is not None


_CALLS = re.compile(
    r"(?i)\b(?:the|its|our)\s+(?:[a-z-]+\s+){0,2}(?:parameters?|coefficients?|weights?|rates?|means?|variances?|scores?|logits?|variables?|functions?)"
    r"(?:\s+here)?\s+(?:is|are|becomes?|equals?)\s*\Z"
)
"""Words that give a name to what follows: ``the natural parameter is``."""


def _is_called_here(reading: Reading, node: s.Relation) -> bool:
    """``the natural parameter is $\\eta = \\log \\mu$`` in a section of its own that has not had η before, of an η of
    which only a space was declared: no equation about that one could be meant, it is what η is here."""
    if len(node.rest) != 1 or node.rest[0][0] != "=" or _CALLS.search(reading.words.sentence) is None:
        return False
    found = primitive(node.first, reading.context)
    if found is None or found.indices or not is_free(found, reading.context):
        return False
    if found.name not in reading.section.earlier or found.name not in reading.used:
        return False
    pieces = reading.document.pieces[reading.section.extent[0] : reading.number]
    here = re.compile(rf"(?<!\S){re.escape(spaced(found.name))}(?!\S)")
    if any(piece.math is not None and here.search(spaced(piece.math.text)) for piece in pieces):
        return False
    try:
        terms = [typed.term for typed in node_readings(node.rest[0][1], reading.context)]
    except ReadError:
        return False
    names = {name for term in terms for name in names_in(term) if name in reading.context.symbols}
    return bool(names - reading.section.earlier) and not any(
        depends_on(reading.context, name, found.name) for name in names
    )


def _is_one(reading: Reading, node: s.Relation) -> bool:
    """Whether the words make a quantity that has been used, and that nothing defines, out of something new."""
    says, supposes = _makes(reading.words.sentence), _SUPPOSES.search(reading.words.sentence)
    says = says or _varies_with(reading, node)
    if len(node.rest) != 1 or node.rest[0][0] != "=" or not (says or supposes):
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
    if not says:
        return False
    names = {name for term in terms for name in names_in(term) if name in reading.context.symbols}
    return found.name not in names and any(name not in reading.used for name in names)


def _varies_with(reading: Reading, node: s.Relation) -> bool:
    r"""``If $a = W x$, then $$\nabla_W E = …$$``: what is differentiated next in W, which nothing has used so far, is
    made of it."""
    if _IF_SO.search(reading.words.sentence) is None:
        return False
    try:
        terms = [typed.term for _, side in node.rest for typed in node_readings(side, reading.context)]
    except ReadError:
        return False
    new = {name for term in terms for name in names_in(term)} - reading.used.keys()
    following = ""
    for piece in reading.document.pieces[reading.number + 1 : reading.number + AHEAD]:
        if piece.math is not None:
            following += f" {spaced(piece.math.text)} "
        if piece.kind == "display" or (piece.math is None and "." in piece.text):
            break
    return any(
        re.search(rf"(?:\\partial|\\nabla\s_)(?:\s\{{)?\s{re.escape(spaced(name))}(?!\S)", following) for name in new
    )


AHEAD = 6
"""How many pieces behind a formula are looked at."""


def remember(reading: Reading, before: Context, node: s.Node, used: frozenset[str]) -> None:
    """What a quantity was, and which names it is made of now that had not been used so far."""
    found = primitive(node, before)
    decl = reading.context.symbols.get(found.name) if found is not None else None
    if found is None or decl is None or decl.definition is None:
        return
    made_of = frozenset(names_in(decl.definition.body)) - used
    reading.section.remade[found.name] = (before.symbols[found.name], decl, made_of)
    _note_case(reading, found.name)


def remember_first(reading: Reading, before: Context, node: s.Node, used: frozenset[str]) -> None:
    """What a quantity was before the first thing that the text says of it, at the beginning of a sentence."""
    found = primitive(node, before)
    decl = reading.context.symbols.get(found.name) if found is not None else None
    if found is None or decl is None or decl.definition is None or _AGAIN.search(reading.words.sentence) is None:
        return
    made_of = frozenset(names_in(decl.definition.body)) - used
    reading.section.first_said[found.name] = (before.symbols[found.name], decl, made_of)
    _note_case(reading, found.name)


def _note_case(reading: Reading, name: str) -> None:
    """Whether a quantity is made so in a case only, which ``in general`` ends."""
    said = _AGAIN.search(reading.words.sentence)
    cases = reading.section.made_in_case - {name}
    reading.section.made_in_case = cases | (
        {name} if said is not None and "with" not in said.group().lower() else set()
    )


def judged_in(reading: Reading, statements: Sequence[Statement], context: Context) -> Context:
    """The context of a claim: what says nothing of the names that a quantity is made of, nor of what they are made of,
    holds of it as it was."""
    for name, (old, new, made_of) in reading.section.remade.items():
        if context.symbols.get(name) is not new:
            continue
        before = replace(context, symbols=MappingProxyType({**context.symbols, name: old}))
        names = {part.name for each in statements for part in all_subterms(each) if isinstance(part, Sym)}
        terms = [part for each in statements for part in all_subterms(each)]
        names |= {each for part in terms for each in mentioned(before, part)}
        speaks = any(
            depends_on(before, each, other) or (other in context.symbols and depends_on(context, other, each))
            for each in names
            for other in made_of
        )
        context = _without_what_follows(context, new) if speaks else before
    return context


def end_section(reading: Reading) -> None:
    """Quantities are what they were, but for those that a model computes from what the next section speaks of."""
    symbols = dict(reading.context.symbols)
    kept = {
        name: each
        for name, each in reading.section.remade.items()
        if name in reading.section.computed and any(_is_spoken_of(reading, of) for of in each[2])
    }
    for name, (old, new, _) in reading.section.remade.items():
        if symbols.get(name) is new and name not in kept:
            symbols[name] = old
    reading.context = replace(reading.context, symbols=MappingProxyType(symbols))
    reading.section.remade = kept


def _is_spoken_of(reading: Reading, name: str) -> bool:
    """Whether the section that begins has this name in a formula."""
    pieces = reading.document.pieces[slice(*reading.section.extent)]
    written = re.compile(rf"(?<!\S){re.escape(spaced(name))}(?!\S)")
    return any(piece.math is not None and written.search(spaced(piece.math.text)) for piece in pieces)


def _without_what_follows(context: Context, decl: SymbolDecl) -> Context:
    """The context without the fact that weights add up to one, of weights that are shares of a sum."""
    body = decl.definition.body if decl.definition is not None else None
    if not isinstance(body, Op) or body.name not in ("softmax", "div"):
        return context
    if body.name == "div" and not _is_sum(body.args[1], context):
        return context
    return replace(context, facts=tuple(fact for fact in context.facts if not _adds_up(fact, decl.name)))


def _is_sum(term: Term, context: Context) -> bool:
    """Whether a term is a sum over an index, or the name of one."""
    if isinstance(term, Sym) and term.name in context.symbols:
        definition = context.symbols[term.name].definition
        return definition is not None and isinstance(definition.body, Big) and definition.body.kind == "sum"
    return isinstance(term, Big) and term.kind == "sum"


def _adds_up(fact: Fact, name: str) -> bool:
    """``\\sum_k \\pi_k = 1``."""
    match fact.statement:
        case Rel("=", Big(kind="sum", body=Sym() as body, where=None), Num(value=1)):
            return body.name == name and mentions(fact.statement, name)
    return False


__all__ = ["begin_again", "end_section", "judged_in", "remember", "remember_first", "used_so_far"]
