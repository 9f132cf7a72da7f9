r"""Several families of random numbers that one sentence calls independent, with their moments: ``the weights $w_i$ and
the inputs $x_i$ are independent, $\mathbb{E}[w_i] = 0$, $\operatorname{Var}(w_i) = s$, …``; and entries of vectors,
``the components of $a, b \in \mathbb{R}^d$ are independent with mean $0$ and variance $1$``.

Nothing is taken unless the sentence gives the mean and the variance of each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import sampling
from derive.read.documents.definitions.randomness import said_of, said_of_spread
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.words.samples_said import Said, members, members_of, with_names
from derive.read.errors import DeclarationError, ReadError
from derive.read.independence import OPTION
from derive.read.names import parts_of
from derive.read.parser import parse

_NOUN = r"(?:(?:the|all|its|our|both)\s+)*(?:(?!(?:where|let|with|for|and|that|if|when)\b)[a-z][a-z-]*\s+){0,3}"
_INDEPENDENT = r"(?:all\s+|mutually\s+|jointly\s+|pairwise\s+)*independent(?:\s+of\s+(?:each\s+other|one\s+another))?"
_FAMILIES = re.compile(
    rf"(?i)(?:\A|[\s,])(?:let\s+|where\s+|suppose\s+(?:that\s+)?|assume\s+(?:that\s+)?)?{_NOUN}(?P<list>⟨\d+⟩(?:\s*,\s*(?:and\s+)?{_NOUN}⟨\d+⟩|"
    rf"\s+and\s+{_NOUN}⟨\d+⟩)+)\s+(?:are|be|were)\s+{_INDEPENDENT}(?P<rest>.*)\Z",
    re.DOTALL,
)
_MOMENTS = re.compile(
    r"(?i)\s*(?:,|with|and|such\s+that|where|,?\s*having)?\s*(?:⟨\d+⟩\s*(?:,\s*(?:and\s+)?|and\s+|\Z|[.;:]))+"
)
_ENTRIES = re.compile(
    r"(?i)\b(?:components|entries|coordinates|elements)\s+of\s+(?:the\s+)?(?:random\s+)?(?:vectors?\s+)?"
    rf"(?P<list>⟨\d+⟩(?:\s*(?:,|and)\s*⟨\d+⟩)*)\s+(?:are|be|were)\s+{_INDEPENDENT}(?:\s+random\s+variables)?\s*,?\s+"
    r"(?:with|having)\s+(?:zero\s+mean|mean\s+(?:zero|⟨(?P<mean>\d+)⟩))\s+and\s+(?:unit\s+variance|variance\s+(?:one|⟨(?P<spread>\d+)⟩))"
)
_NOT = re.compile(
    r"(?i)\b(?:not|never|if|unless|whether|cannot|need|without|identical|correlated|dependent|given|conditional\w*)\b"
)


@dataclass(frozen=True)
class _Moments:
    """The mean and the variance of each number of a family, and the formulas that give them."""

    mean: s.Node
    variance: s.Node
    given: tuple[int, ...]


def said_of_several(pieces: Sequence[Found], number: int, context: Context) -> Said | None:
    """What the sentence of this formula, the first that it names, says of several families, or of the entries of
    vectors."""
    sentence = sentence_of(pieces, number).text
    try:
        return _families(pieces, number, sentence, context) or _entries(pieces, number, sentence, context)
    except (ReadError, DeclarationError):
        return None


def _families(pieces: Sequence[Found], number: int, sentence: str, context: Context) -> Said | None:
    found = _FAMILIES.search(sentence)
    moments = None if found is None else _MOMENTS.match(found["rest"])
    if found is None or moments is None or _NOT.search(sentence[: found.start("rest")]):
        return None
    listed = _numbers(found["list"])
    if number != listed[0]:
        return None
    subjects = [members_of(_text(pieces, each), context) for each in listed]
    given = [(each, _relation(pieces, each)) for each in _numbers(moments[0])]
    names: list[str] = []
    notes: list[str] = []
    further: tuple[int, ...] = ()
    for subject in subjects:
        own = None if subject is None else _moments_of(subject.name, given)
        if subject is None or own is None:
            return None
        context, more = with_names(s.key(own.mean), s.key(own.variance), context)
        done = members(subject, context)
        if done is None:
            return None
        context, name, text = done
        made = sampling.with_moments(name, own.mean, own.variance, context)
        if made is None:
            return None
        context, names = made.context, [*names, name]
        notes += [*more, text, made.text]
        further += own.given
    return Said(_independent(names, context), "; ".join([*notes, f"{', '.join(names)} independent"]), further)


def _moments_of(base: str, given: Sequence[tuple[int, s.Relation | None]]) -> _Moments | None:
    """What is given of the numbers ``base_i``; of each moment once, and of no other number in the same formula."""
    means: list[tuple[int, s.Node]] = []
    spreads: list[tuple[int, s.Node]] = []
    for number, node in given:
        if node is None or any(op != "=" for op, _ in node.rest):
            return None
        sides = [node.first, *(side for _, side in node.rest)]
        value, heads = sides[-1], sides[:-1]
        for head in heads:
            name = said_of(s.Relation(node.start, node.stop, head, (("=", value),)))
            parts = parts_of(parse(name)) if name else None
            if parts is None:
                return None
            if parts[0] == base:
                (spreads if said_of_spread(head) else means).append((number, value))
    if len(means) != 1 or len(spreads) != 1:
        return None
    return _Moments(means[0][1], spreads[0][1], (means[0][0], spreads[0][0]))


def _entries(pieces: Sequence[Found], number: int, sentence: str, context: Context) -> Said | None:
    found = _ENTRIES.search(sentence)
    if found is None or _NOT.search(sentence) or number != _numbers(found["list"])[0]:
        return None
    names: list[str] = []
    notes: list[str] = []
    for each in _numbers(found["list"]):
        text = _text(pieces, each)
        if "\\in" in text:
            context = declare(text, context)
            notes.append(text)
        names += [name.strip() for name in text.partition("\\in")[0].split(",")]
    mean = parse(_text(pieces, int(found["mean"])) if found["mean"] else "0")
    variance = parse(_text(pieces, int(found["spread"])) if found["spread"] else "1")
    context, more = with_names(s.key(mean), s.key(variance), context)
    for name in names:
        decl = context.symbols.get(name)
        if decl is None or len(decl.shape) != 1 or decl.family or decl.definition is not None or decl.depends:
            return None
        made = sampling.with_moments(name, mean, variance, context)
        if made is None:
            return None
        context = made.context
        more.append(made.text)
    return Said(_independent(names, context), "; ".join([*notes, *more, f"{', '.join(names)} independent"]))


def _independent(names: Sequence[str], context: Context) -> Context:
    before = context.options.get(OPTION)
    return context.with_option(OPTION, (*(before if isinstance(before, tuple) else ()), ((), tuple(names))))


def _numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"⟨(\d+)⟩", text)]


def _text(pieces: Sequence[Found], number: int) -> str:
    math = pieces[number].math
    return "" if math is None else one_line(math.text).strip(" .,;")


def _relation(pieces: Sequence[Found], number: int) -> s.Relation | None:
    node = parse(_text(pieces, number))
    return node if isinstance(node, s.Relation) else None


__all__ = ["said_of_several"]
