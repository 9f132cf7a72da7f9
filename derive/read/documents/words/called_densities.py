"""Functions that the words call densities of something: ``Let $p(x)$ and $q(x)$ be the densities of the data and of
the model``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from derive.language.context import Context
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import declared

_LISTED = re.compile(
    r"(?i)(?:\A|[.;:,]|\n)\s*(?:(?:and|now|so|then)\s+)?(?:let|suppose(?:\s+that)?|assume(?:\s+that)?|where)\s+"
    r"(?P<before>(?:⟨\d+⟩\s*(?:,\s*(?:and\s+)?|and\s+|&\s*))*)\Z"
)
"""The end of a sentence so far that begins to say what some formulas are."""
_CALLED = re.compile(
    r"(?i)^\s*(?:both\s+)?(?:be|are|is|denotes?)\s+(?:(?:the|an?|two|any|some|respectively)\s+)*"
    r"(?:(?:probability|positive|smooth|data|model|true|generator|target|continuous)\s+){0,2}"
    r"(?:densit(?:y|ies)|(?P<loose>distributions?))"
    r"(?=\s*(?:\Z|[.,;:]|(?:of|for)\s+(?:the|our|a)\s+(?!exponential)[a-z]+(?:\s+and\s+(?:of\s+)?(?:the\s+)?[a-z]+)?\s*[.,;:]))"
)
_LETTER = r"(?:\\(?:mathbf|boldsymbol|bm)\s*\{[a-z]\}|[a-z])"
_CALL = re.compile(
    rf"\s*(?P<name>[a-z](?:_(?:\w|\{{[^{{}}]*(?:\{{[^{{}}]*\}})?\}}))?)\s*\(\s*(?P<of>{_LETTER})\s*\)\s*"
)


def said(
    text: str,
    sentence: str,
    after: str,
    texts: Sequence[str],
    spelled: Callable[[int], str],
    context: Context,
) -> Defined | None:
    """The context with the functions that a sentence calls densities, of which the last is ``text``. ``spelled`` gives
    the formula that stands in the sentence by number. What is called a distribution is a density where a formula of
    the section (``texts``) has an integral."""
    listed, called = _LISTED.search(sentence), _CALLED.match(after)
    if listed is None or called is None or (called["loose"] and not any("\\int" in each for each in texts)):
        return None
    formulas = [*(spelled(int(number)) for number in re.findall(r"⟨(\d+)⟩", listed["before"])), text]
    calls = [_CALL.fullmatch(each) for each in formulas]
    notes: list[str] = []
    for call in calls:
        if call is None or call["name"] in context.functions or call["name"] in context.symbols:
            return None
        done = declared(f"function {call['name']}({call['of']}) density", context)
        if done is None:
            return None
        context = done.context
        notes.append(done.text)
    return Defined(context, " ; ".join(notes))


__all__ = ["said"]
