"""``Without this assumption``: what a section has supposed holds no longer."""

from __future__ import annotations

import re
from dataclasses import replace

from derive.language.context import Context, Fact
from derive.language.terms import Num, Rel, Sym
from derive.read.documents.reading.state import Reading, Supposition
from derive.read.documents.text.prose import NO_LOSS

_SUPPOSES = re.compile(
    rf"(?i)\b(?:suppose|supposing|assume|assuming|{NO_LOSS})(?![A-Za-z])(?![^.;]*\b(?:so|then|hence|thus|therefore|have|get|obtain)\b)[^.;]*\Z"
)
_NOUN = r"(?:assumptions?|suppositions?|conditions?|restrictions?|constraints?|hypothes[ei]s|requirements?)"
_NAMED = re.compile(
    rf"(?i)\b(?:without|drop(?:ping)?|relax(?:ing)?|lift(?:ing)?|remov(?:e|ing)|abandon(?:ing)?|in\s+the\s+absence\s+of)\s+"
    rf"(?:this|that|these|those|the|any\s+such|such\s+an?|our)\s+(?:[a-z]+\s+)?{_NOUN}\b|"
    rf"\bno\s+longer\s+(?:assum|suppos|requir)(?:e|ing)\b|"
    rf"\bif\s+(?:this|that|the)\s+{_NOUN}\s+(?:is|are)\s+(?:dropped|violated|relaxed|lifted|not\s+(?:met|satisfied))\b|"
    rf"\bif\s+(?:this|that|the)\s+{_NOUN}\s+(?:fails|does\s+not\s+hold)\b"
)
"""Words that withdraw something they call by its kind."""
_BARE = re.compile(
    r"(?:\A|[.!?;]\s|\n[ \t\r]*\n)\s*(?:Without\s+(?:this|that|it|them)|Otherwise|If\s+not|"
    r"If\s+(?:this|that|it)\s+is\s+not\s+(?:so|the\s+case))\s*,|"
    r"(?:\A|[.!?;]\s|\n[ \t\r]*\n)\s*(?:But\s+|Now\s+)?(?:(?:If|When|Assume|Suppose|Let)(?:\s+now)?\s+instead|"
    r"Instead,?\s+(?:if|when|assume|suppose|let))\b",
    re.IGNORECASE,
)
"""A sentence that withdraws what has just been supposed, if anything has."""


_OF_A_SENTENCE = re.compile(
    r"(?:\A|[.!?;:]\s)\s*(?:If|When(?:ever)?|Provided)\b(?:(?!\.\s)[^⟨])*⟨\d+⟩(?:(?!\.\s).)*\.\s", re.DOTALL
)
"""A sentence that has supposed something for itself alone, and is over."""


def note(reading: Reading, before: Context) -> None:
    """What a formula has changed, behind words that suppose it."""
    after = reading.context
    if after is before or not _SUPPOSES.search(reading.words.sentence):
        return
    defined = {
        name: decl
        for name, decl in before.symbols.items()
        if decl.definition is None and name in after.symbols and after.symbols[name].definition is not None
    }
    facts = tuple(fact for fact in after.facts if fact not in before.facts)
    if defined or facts:
        reading.section.suppositions += (Supposition(defined, facts),)


def withdraw(reading: Reading, text: str) -> None:
    """Words between formulas: what they withdraw holds no longer. Where they call it an assumption, and none is known
    in this section, their sentence is not judged."""
    named = _NAMED.search(text)
    if named is None and not _BARE.search(text):
        return
    supposed, reading.section.suppositions = reading.section.suppositions, ()
    given, reading.section.given = reading.section.given, ()
    for each in supposed:
        reading.context = _without(reading.context, each)
    before = reading.words.story + (text[: named.start()] if named is not None else "")
    if named is not None and not supposed and not given and not _OF_A_SENTENCE.search(before):
        reading.document.unclear_from = reading.number


def end_section(reading: Reading) -> None:
    """What a section has supposed to be equal to something else, or more or less than it, is not in the next one,
    unless it only prepared for it; other facts stay: that weights add up to one, say."""
    if not reading.section.prepares and len(reading.entries) > reading.section.entries:
        for each in reading.section.suppositions:
            plain = tuple(fact for fact in each.facts if _is_plain(fact))
            reading.context = _without(reading.context, replace(each, facts=plain))
    reading.section.suppositions = ()


def _is_plain(fact: Fact) -> bool:
    """``a = b``, ``a = 1``; ``a > b``."""
    match fact.statement:
        case Rel(op="=", left=Sym(), right=Sym() | Num()):
            return True
        case Rel(op="<" | "<=" | ">" | ">=", left=Sym(), right=Sym()):
            return True
    return False


def end_display(reading: Reading, text: str) -> None:
    """A display may end a sentence."""
    if text.rstrip().endswith("."):
        end_sentence(reading)


def end_sentence(reading: Reading) -> None:
    """A sentence is over in which it was not known what no longer holds: nothing in it has been judged."""
    first, reading.document.unclear_from = reading.document.unclear_from, None
    if first is not None:
        reading.document.unclear.append(range(first, reading.number + 1))


def leave_unclear(reading: Reading) -> None:
    """The statements in such sentences, as what cannot be read."""
    end_sentence(reading)
    for place, entry in enumerate(reading.entries):
        if any(entry.key[0] in each for each in reading.document.unclear) and not isinstance(entry.what, str):
            reason = "expected to know which assumption no longer holds here"
            hint = "state it in the same section (suppose that …)"
            reading.entries[place] = replace(entry, what=reason, hint=hint, start=None, guessed="")


def _without(context: Context, supposed: Supposition) -> Context:
    """The context before that was supposed, and all that has been added to it since."""
    for decl in supposed.defined.values():
        context = context.with_symbol(decl)
    return replace(context, facts=tuple(fact for fact in context.facts if fact not in supposed.facts))
