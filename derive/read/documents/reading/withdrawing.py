"""``Without this assumption``: what a section has supposed holds no longer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from derive.language.context import Context, Fact, SymbolDecl
from derive.language.terms import Num, Rel, Sym, subterms
from derive.read.documents.reading.state import Reading, Supposition
from derive.read.documents.text.prose import NO_LOSS
from derive.read.documents.text.sentences import ends_sentence, sentence_of
from derive.read.documents.words.unheeded import Unheeded

_SUPPOSES = re.compile(
    rf"(?i)\b(?:suppose|supposing|assume|assuming|{NO_LOSS})(?![A-Za-z])(?![^.;]*\b(?:so|then|hence|thus|therefore|have|get|obtain)\b)[^.;]*\Z"
)
_NOUN = r"(?:assumptions?|suppositions?|conditions?|restrictions?|constraints?|hypothes[ei]s|requirements?)"
_NAMED = re.compile(
    rf"(?i)\b(?:without|drop(?:ping)?|relax(?:ing)?|lift(?:ing)?|remov(?:e|ing)|abandon(?:ing)?|in\s+the\s+absence\s+of)\s+"
    rf"(?:this|that|these|those|the|any\s+such|such\s+an?|our)\s+(?:[a-z]+\s+)?{_NOUN}\b|"
    rf"\bno\s+longer\s+(?:assum|suppos|requir)(?:e|ing)\b|"
    rf"\bif\s+(?:this|that|the)\s+{_NOUN}\s+(?:is|are)\s+(?:dropped|violated|relaxed|lifted|not\s+(?:met|satisfied))\b|"
    rf"\bif\s+(?:this|that|the)\s+{_NOUN}\s+(?:fails|does\s+not\s+hold|is\s+(?:false|wrong|untrue))\b"
)
"""Words that withdraw something they call by its kind."""
_BARE = re.compile(
    r"(?:\A|[.!?;]\s|\n[ \t\r]*\n)\s*(?:Without\s+(?:this|that|it|them)|Otherwise|If\s+not|"
    r"If\s+(?:this|that|it)\s+is\s+not\s+(?:so|the\s+case))\s*,|"
    r"(?:\A|[.!?;]\s|\n[ \t\r]*\n)\s*(?:But\s+|Now\s+)?(?:(?:If|When|Assume|Suppose|Let)(?:\s+now)?\s+instead|"
    r"Instead,?\s+(?:if|when|assume|suppose|let))\b|"
    r"\b(?:suppose|assume|consider|let)(?:\s+(?:now|next|then))*(?:\s+that)?\s+(?:this|that|it|they|these)\s+(?:is|are|does|do)\s+not(?:\s+(?:so|true|hold)\b|\s*[.,])|"
    r"\b(?:cases?\s+(?:where|when|in\s+which)|(?:if|when|where))\s+(?:this|that|it|they|these)\s+(?:does|do|is|are)\s+not\s+"
    r"(?:so|true|hold|satisfied|met|the\s+case)\b|"
    r"\b(?:is|are|holds?)\s+no\s+longer\b|\bno\s+longer\s+(?:true|equal|holds?)\b|\bmay\s+(?:now\s+)?differ\b",
    re.IGNORECASE,
)
"""A sentence that withdraws what has just been supposed, if anything has."""
_IN_GENERAL = re.compile(
    r"(?i)(?:\A|[.!?;]\s|\n[ \t\r]*\n)\s*(?:(?:But|And|Now),?\s+)?(?:more\s+generally|in\s+(?:full\s+)?general(?:ity)?|"
    r"generally|in\s+(?:the|all)\s+(?:other|remaining|opposite|second|general)\s+cases?|for\s+(?:all\s+)?other\s+[a-z]+)\b"
)
"""A sentence that says more than what has just been supposed."""
_BEGINS = re.compile(
    r"(?:\A|\n)\s*(?:\*\*|__|\\(?:textbf|emph|textit|paragraph)\s*\{|\\begin\s*\{)\s*"
    r"(?:theorem|lemma|proposition|corollary|claim|definition|remark|example)\b",
    re.IGNORECASE,
)
"""The beginning of something that is stated for itself."""


_OF_A_SENTENCE = re.compile(
    r"(?:\A|[.!?;:]\s)\s*(?:If|When(?:ever)?|Provided)\b(?:(?!\.\s)[^⟨])*⟨\d+⟩(?:(?!\.\s).)*\.\s", re.DOTALL
)
"""A sentence that has supposed something for itself alone, and is over."""


def note(reading: Reading, before: Context) -> None:
    """What a formula has changed, behind words that suppose it."""
    after = reading.context
    in_words, reading.words.said_so = reading.words.said_so, False
    if after is before or not _SUPPOSES.search(reading.words.sentence):
        return
    changed = {
        name: (decl, after.symbols[name])
        for name, decl in before.symbols.items()
        if name in after.symbols and _is_narrower(decl, after.symbols[name])
    }
    facts = tuple(fact for fact in after.facts if fact not in before.facts)
    if changed or facts:
        reading.section.suppositions += (Supposition(changed, facts, in_words),)


def _is_narrower(old: SymbolDecl, new: SymbolDecl) -> bool:
    """Whether a quantity has been given a value, or other values are left out."""
    if old is new or old.definition is not None:
        return False
    defined = new.definition is not None
    return defined or replace(new, properties=old.properties, **_ends(old)) == old


def _ends(decl: SymbolDecl) -> dict[str, Any]:
    return {each: getattr(decl, each) for each in ("low", "low_open", "high", "high_open")}


def withdraw(reading: Reading, text: str) -> None:
    """Words between formulas: what they withdraw holds no longer. Where they call it an assumption, and none is known
    in this section, their sentence is not judged. What is said ``in general`` is judged without it."""
    if _BEGINS.search(text):
        _begin_statement(reading)
    named = _NAMED.search(text)
    if named is None and not _BARE.search(text):
        _speak_in_general(reading, text)
        return
    supposed, reading.section.suppositions = reading.section.suppositions, ()
    given, reading.section.given = reading.section.given, ()
    for each in supposed:
        reading.context = _without(reading.context, each)
    before = reading.words.story + (text[: named.start()] if named is not None else "")
    if named is not None and not supposed and not given and not _OF_A_SENTENCE.search(before):
        reading.document.unclear_from = reading.number


def _begin_statement(reading: Reading) -> None:
    """A theorem begins: what the one before it has supposed is not supposed in it."""
    section = reading.section
    if section.stated_from is not None:
        for each in section.suppositions[section.stated_from :]:
            reading.context = _without(reading.context, each)
        section.suppositions = section.suppositions[: section.stated_from]
    section.stated_from = len(section.suppositions)


def _speak_in_general(reading: Reading, text: str) -> None:
    """A sentence that leaves aside what has been supposed; a counterexample to it may be one to that only."""
    if not reading.section.suppositions or not _IN_GENERAL.search(text):
        return
    reading.section.aside, reading.section.suppositions = reading.section.suppositions, ()
    for each in reading.section.aside:
        reading.context = _without(reading.context, each)
    pieces = reading.document.pieces
    if reading.number + 1 < len(pieces):
        first, last = pieces[reading.number + 1], pieces[sentence_of(pieces, reading.number + 1).last]
        names = tuple(dict.fromkeys(name for each in reading.section.aside for name in _names(each)))
        within = (first.place, last.source.place(last.stop))
        said = Unheeded(first.place, "what is supposed above, left aside here", names, within=within, of_names=True)
        reading.document.passed_over.append(said)


def _names(supposed: Supposition) -> Iterator[str]:
    yield from supposed.changed
    for fact in supposed.facts:
        yield from (part.name for part in subterms(fact.statement) if isinstance(part, Sym))


def end_section(reading: Reading) -> None:
    """What a section has supposed to be equal to something else, or more or less than it, is not in the next one,
    unless it only prepared for it, nor is what it has supposed in words; other facts stay: that weights add up to one,
    say."""
    _take_up_again(reading)
    if not reading.section.prepares and len(reading.entries) > reading.section.entries:
        for each in reading.section.suppositions:
            plain = each.facts if each.in_words else tuple(fact for fact in each.facts if _is_plain(fact))
            values = {
                name: pair for name, pair in each.changed.items() if each.in_words or pair[1].definition is not None
            }
            reading.context = _without(reading.context, replace(each, facts=plain, changed=values))
    reading.section.suppositions, reading.section.stated_from = (), None


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
    if ends_sentence(text, "."):
        end_sentence(reading)


def end_sentence(reading: Reading) -> None:
    """A sentence is over in which it was not known what no longer holds: nothing in it has been judged. What has only
    been left aside in it holds again."""
    _take_up_again(reading)
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


def _take_up_again(reading: Reading) -> None:
    again, reading.section.aside = reading.section.aside, ()
    for each in again:
        for old, new in each.changed.values():
            if reading.context.symbols.get(old.name) == old:
                reading.context = reading.context.with_symbol(new)
        reading.context = replace(reading.context, facts=(*reading.context.facts, *each.facts))
    reading.section.suppositions = (*again, *reading.section.suppositions)


def _without(context: Context, supposed: Supposition) -> Context:
    """The context before that was supposed, and all that has been added to it since."""
    for old, new in supposed.changed.values():
        now = context.symbols.get(old.name)
        if now is not None and (now == new or new.definition is not None):
            context = context.with_symbol(old)
    return replace(context, facts=tuple(fact for fact in context.facts if fact not in supposed.facts))
