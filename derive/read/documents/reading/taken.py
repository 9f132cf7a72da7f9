r"""``Take $z \sim \mathcal{N}(0, 1)$ and $x = \mu + \sigma z$``: imperatives say what a name stands for."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.documents.definitions.defining import is_free, is_undeclared, primitive
from derive.read.documents.reading import definitions, redefining
from derive.read.documents.reading.state import Reading
from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.prose import OPENING, Cue, last_sentence
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import chains_of
from derive.read.documents.undeclared import conventions

_TAKES = re.compile(
    rf"(?i)\A{OPENING}(?:(?:now|first|next|then)[\s,]+)?(?:(?:we|let\s+us)\s+)?"
    r"(?:take|set|consider|choose|pick)\b(?P<what>[^.;:]*)\Z"
)
_CASE = re.compile(
    r"(?i)\b(?:cases?|if|when|where|for|at|under|points?|values?|limit|instance|example|equations?|problem|zero|with|"
    r"minimi\w+|maximi\w+|subject|constraints?|condition)\b"
)
"""Words that say that a case is meant, or an equation to solve, and no name."""


def gives_meaning(reading: Reading, math: Expanded) -> bool:
    """Whether the sentence so far is an imperative, and the formula the first thing said of a declared name, in terms
    of others: that is what the name stands for from there on. ``Take $x = 0$`` and ``Consider $x = y$`` are cases."""
    said = _TAKES.match(last_sentence(reading.words.sentence))
    if said is None or _CASE.search(said["what"]):
        return False
    chains = chains_of(math.text, reading.context)
    node = chains[0].node if len(chains) == 1 else None
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in ("=", ":="):
        return False
    made_of_others = any(_names_quantity(part, reading.context) for part in s.walk(node.rest[0][1]))
    return made_of_others and definitions.is_first_said(reading, node, Cue.assumption)


_NAMED = re.compile(
    rf"(?i)\A{OPENING}(?:finally|now|next|also|similarly|likewise)?[\s,]*"
    r"(?:(?:for|with|consider)\s+(?:an?|the|our)\s+(?P<what>[a-z][a-z\s-]*)|(?:for|with|in)\s+(?P<field>[a-z][a-z\s-]*),\s*)\Z"
)


def names_a_thing(reading: Reading, math: Expanded) -> bool:
    """``For a softmax policy $\\pi_k = …$`` of a π that nothing declares: the words say what is called so, and the
    formula what it is. So does ``For logistic regression, $a = …$``; ``For the case $x = y$`` names nothing."""
    said = _NAMED.match(last_sentence(reading.words.sentence))
    if said is None or _CASE.search(said["what"] or said["field"]):
        return False
    chains = chains_of(math.text, reading.context)
    node = chains[0].node if len(chains) == 1 else None
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in ("=", ":="):
        return False
    composed = not isinstance(node.rest[0][1], s.Number | s.Name | s.Script)
    return composed and is_undeclared(node.first, reading.context)


_OPTIMISES = re.compile(
    r"(?i)\b(?:minimi|maximi|optimi)[sz](?:e|es|ed|ing)(?:\s+(?:the|an?|its|our|this|[a-z-]+(?<!to)(?<!with)(?<!at)(?<!when)))*\s*\Z"
)
_FOR = re.compile(rf"(?i)\A{OPENING}for\s+(?:the\s+[a-z\s-]+?\s+)?\Z")


def is_first_met(reading: Reading, math: Expanded) -> bool:
    """``Ridge regression minimises $L = …$``, ``For $L = …$ we get`` of an L that no formula has had before: what it
    is, and no condition."""
    sentence = last_sentence(reading.words.sentence)
    said = _FOR.match(sentence)
    if _OPTIMISES.search(sentence) is None and (
        said is None or _CASE.search(said.group().lower().replace("for", "", 1))
    ):
        return False
    chains = chains_of(math.text, reading.context)
    node = chains[0].node if len(chains) == 1 else None
    if not isinstance(node, s.Relation) or len(node.rest) != 1 or node.rest[0][0] not in ("=", ":="):
        return False
    right = node.rest[0][1]
    if isinstance(right, s.Number | s.Name | s.Script) or not is_undeclared(node.first, reading.context):
        return False
    name = s.key(node.first).partition("(")[0]
    before = reading.document.pieces[reading.section.extent[0] : reading.number]
    texts = (f" {spaced(piece.math.text)} " for piece in before if piece.math is not None)
    return not any(f" {spaced(name)} " in text for text in texts)


_SUBSTITUTES = re.compile(
    r"(?i)\b(?:(?:insert|substitut)(?:e|ing)?|plug(?:ging)?\s+in|replac(?:e|ing))(?:\s+(?:now|here|next|in|back))*\s*\Z"
)


def substitutes(reading: Reading, node: s.Relation, words: str) -> bool:
    """``Insert $z = (y - b) / a$`` of a number that has been used without a value, and that no equation before it in
    its section gives one: it has this value in the sentence. What has been given one is claimed to have it."""
    found = primitive(node.first, reading.context)
    if found is None or _SUBSTITUTES.search(words) is None or len(node.rest) != 1 or node.rest[0][0] != "=":
        return False
    value = node.rest[0][1]
    if found.indices or redefining.occurs(reading, found.name, [value]):
        return False
    if found.name in reading.passage.unknowns(reading.context):
        return False
    key = s.key(node.first)
    pieces = reading.document.pieces
    before = [
        pieces[number]
        for number in range(reading.section.extent[0], reading.number)
        if not number or not _SUBSTITUTES.search(pieces[number - 1].text)
    ]
    equations = (each for each in conventions.formulas(before, reading.context) if isinstance(each, s.Relation))
    given = any(key in (s.key(each.first), *(s.key(side) for _, side in each.rest)) for each in equations)
    return not given and is_free(found, reading.context)


def _names_quantity(node: s.Node, context: Context) -> bool:
    return isinstance(node, s.Name | s.Script) and s.key(node) in context.symbols
