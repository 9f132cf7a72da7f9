"""Random quantities as sentences give them: ``$X$ with mean $\\mu$ and variance $s$``, ``$X_1, …, X_n$ i.i.d.``"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from derive.language.context import Context
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import sampling
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.randomness import with_density
from derive.read.documents.definitions.sampling import INDEPENDENT
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.statements import one_line
from derive.read.documents.undeclared.conventions import with_parameters
from derive.read.documents.undeclared.members import LISTED
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import lacks_a_name
from derive.read.names import option
from derive.read.parser import parse

_SORT = r"(?:(?:an?|the|its|common|finite|known|unknown|same|true|and|random|variables?|samples?|draws?|copies|from|"
_SORT += r"distribution|independent(?:ly)?|identically|distributed|drawn|sampled|generated|i\.?\s?i\.?\s?d\.?|,)\s+)*"
_MEAN = re.compile(
    rf"(?i)^\s*(?:(?:be|is|are)\s+{_SORT})?(?:with|has|have|having|of)\s+{_SORT}(?:mean|expectation|expected\s+value)\s*\Z"
)
_VARIANCE = re.compile(r"(?i)^\s*,?\s*and\s+(?:(?:an?|the|common|finite|known|unknown)\s+)*variance\s*\Z")
_DRAWN = re.compile(rf"(?i)^\s*(?:be|are|denote)\s+{_SORT}(?:with\s+distribution)?\s*\Z")
_PARAMETER = {
    "Bernoulli": r"mean|parameter|(?:success\s+)?probability|probability\s+of\s+success",
    "Poisson": r"mean|rate|intensity|parameter",
    "Exponential": r"rate",
}
"""What the one number of a distribution is called, where that leaves no doubt."""
_NAMED = {
    name: re.compile(
        rf"(?i)^\s*(?:be|are)\s+{_SORT}{name}(?:ly)?\s+{_SORT}(?:with|of|having)\s+{_SORT}(?:{called})\s*\Z"
    )
    for name, called in _PARAMETER.items()
}


@dataclass(frozen=True)
class Said:
    """The context with what a sentence says of a random quantity, as text; ``further`` pieces that it has used up."""

    context: Context
    text: str
    further: tuple[int, ...] = ()


def said_of_random(pieces: Sequence[Found], number: int, context: Context) -> Said | None:
    """What this formula, in its sentence, says of a random quantity: its mean (and variance), or its distribution."""
    here = pieces[number].math
    if here is None:
        return None
    text = one_line(here.text).strip(" .,;")
    before = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
    subject = pieces[number - 2].math if number > 1 and pieces[number - 2].kind == "inline" else None
    try:
        if subject is not None and _MEAN.match(before):
            return _with_mean(pieces, number, one_line(subject.text).strip(" .,;"), before, text, context)
        if subject is not None and _DRAWN.match(before) and INDEPENDENT.search(before):
            return _sample(one_line(subject.text).strip(" .,;"), text, context)
        named = next((name for name, words in _NAMED.items() if words.match(before)), "")
        if subject is not None and named and INDEPENDENT.search(before):
            return _sample(one_line(subject.text).strip(" .,;"), f"\\mathrm{{{named}}}({text})", context)
        listed, sim, density = text.partition("\\sim")
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].kind == "prose" else ""
        sentence = before.rsplit(".", 1)[-1] + " " + re.split(r"(?<!i\.i)(?<!\bi)\.", after, maxsplit=1)[0]
        if sim and LISTED.fullmatch(listed.strip()) and INDEPENDENT.search(sentence):
            return _sample(listed.strip(), density.strip(), context)
    except (ReadError, DeclarationError):
        return None
    return None


def distribution_of_drawn(pieces: Sequence[Found], number: int, context: Context) -> str:
    """``x_n \\sim p`` where words say so of quantities that are declared: ``the $x_n$ are drawn independently from
    $p$``; else nothing."""
    here = pieces[number].math
    subject = pieces[number - 2].math if number > 1 and pieces[number - 2].kind == "inline" else None
    if here is None or subject is None or pieces[number - 1].kind != "prose":
        return ""
    words = pieces[number - 1].text
    if not _ARE_DRAWN.match(words) or not _DRAW.search(words):
        return ""
    text, name = (one_line(math.text).strip(" .,;") for math in (here, subject))
    try:
        node = densities.normal(parse(text))
        known = primitive(parse(name), context)
    except ReadError:
        return ""
    if known is None or (densities.drawn(node) is None and not s.key(node).startswith("\\mathcal{N}")):
        return ""
    return f"{name} \\sim {text}"


_DRAW = re.compile(r"(?i)\b(?:drawn|draws?|sampled|samples?|generated|distributed|i\.?\s?i\.?\s?d\b)")
_ARE_DRAWN = re.compile(
    r"(?i)^\s*(?:(?:is|are|were|be|being|all|each|assumed|to|independent(?:ly)?|identically|and|random|variables?|drawn|draws?|"
    r"sampled|samples?|generated|observations?|distributed|according|from|as|of|the|an?|same|common|normal|gaussian|poisson|"
    r"exponential|bernoulli|distribution|density|i\.?\s?i\.?\s?d\.?|,)(?:\s+|\Z))+\Z"
)


def _with_mean(
    pieces: Sequence[Found], number: int, subject: str, before: str, mean: str, context: Context
) -> Said | None:
    """``X`` (or ``X_1, …, X_n``, independent) with this mean, and with the variance that the words go on with."""
    listed = LISTED.fullmatch(subject)
    if listed is not None and {*option(context, "random")} == {listed["name"]}:
        context = without_names(context, frozenset({listed["name"]}))  # X_1, …, X_n take the place of X
    if option(context, "random") or option(context, "distributed"):
        return None  # nobody knows how two random quantities depend on each other
    variance = ""
    further: tuple[int, ...] = ()
    if number + 2 < len(pieces) and pieces[number + 1].kind == "prose" and _VARIANCE.match(pieces[number + 1].text):
        math = pieces[number + 2].math if pieces[number + 2].kind == "inline" else None
        variance = one_line(math.text).strip(" .,;") if math is not None else ""
        further = (number + 2,) if variance else ()
    context, notes = with_names(mean, variance, context)
    if listed is not None and not listed["rest"]:
        if not INDEPENDENT.search(before) or not variance:
            return None
        done = _members(listed, context)
        if done is None:
            return None
        context, name, text = done
        made = sampling.with_moments(name, parse(mean), parse(variance), context)
        return None if made is None else Said(made.context, " ; ".join([*notes, text, made.text]), further)
    found = _number(subject, context)
    if found is None:
        return None
    facts = [f"\\mathbb{{E}}[{subject}] = {mean}"]
    facts += [f"\\operatorname{{Var}}({subject}) = {variance}"] if variance else []
    random = with_density(subject, found.context)
    if random is None:
        return None
    context = random.context
    for fact in facts:
        context = declare(f"assume {fact}", context)
    return Said(context, " ; ".join([*notes, found.text, *(f"assume {fact}" for fact in facts)]), further)


def _sample(subject: str, density: str, context: Context) -> Said | None:
    """``X_1, …, X_n`` independent, each with this distribution."""
    listed = LISTED.fullmatch(subject)
    node = densities.normal(parse(density))
    if listed is None or listed["rest"] or (densities.drawn(node) is None and "\\mathcal{N}" not in s.key(node)):
        return None
    done = _members(listed, with_parameters(node, context))
    if done is None:
        return None
    context, name, text = done
    made = sampling.distributed(name, node, context)
    return None if made is None else Said(made.context, f"{text} ; {made.text}")


def _members(listed: re.Match[str], context: Context) -> tuple[Context, str, str] | None:
    """The context with the listed numbers as the entries of a vector, its name, and how that is told."""
    base, last = listed["name"], listed["last"]
    if listed["mark"] != "_" or base in context.functions or listed["first"] != "1" or len(last) != 1:
        return None
    texts = []
    if last not in context.sizes:
        context = context.with_size(last)
        texts.append(f"size {last}")
    made = sampling.whole(base, last, context, bold=True)
    if made is None:
        return None
    new, name, text = made
    return new, name, " ; ".join([*texts, text])


def _number(name: str, context: Context) -> Defined | None:
    """The context in which a name is a number of which nothing is said."""
    node = parse(name)
    if not re.fullmatch(r"[A-Za-z]", name) or name in context.sizes or name in context.indices:
        return None
    if lacks_a_name(node, context):
        text = f"{name} \\in \\mathbb{{R}}"
        return Defined(declare(text, context), text)
    found = primitive(node, context)
    decl = context.symbols.get(found.name) if found is not None else None
    if decl is None or decl.shape or decl.family or decl.properties - {"real"} or decl.values:
        return None
    return Defined(context, f"{name} is random")


def with_names(mean: str, variance: str, context: Context) -> tuple[Context, list[str]]:
    """The context in which a mean and a variance that are no more than names are numbers."""
    notes: list[str] = []
    for text, said in ((mean, "\\in \\mathbb{R}"), (variance, "> 0")):
        node = parse(text) if text else None
        if isinstance(node, s.Script) and node.sub is None and isinstance(node.sup, s.Number) and node.sup.text == "2":
            node = node.base
        if isinstance(node, s.Name) and lacks_a_name(node, context):
            notes.append(f"{s.key(node)} {said}")
            context = declare(notes[-1], context)
    return context, notes


__all__ = ["Said", "distribution_of_drawn", "said_of_random", "with_names"]
