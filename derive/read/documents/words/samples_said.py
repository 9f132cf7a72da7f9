"""Random quantities as sentences give them: ``$X$ with mean $\\mu$ and variance $s$``, ``$X_1, …, X_n$ i.i.d.``"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from derive.language.context import Context
from derive.read import densities
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions import sampling
from derive.read.documents.definitions.defining import Defined, primitive
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.definitions.randomness import said_of, said_of_spread, with_density
from derive.read.documents.definitions.sampling import INDEPENDENT
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of
from derive.read.documents.text.spelling import spaced
from derive.read.documents.text.statements import one_line
from derive.read.documents.undeclared.conventions import with_parameters
from derive.read.documents.undeclared.members import LISTED
from derive.read.errors import DeclarationError, ReadError
from derive.read.latex import lacks_a_name
from derive.read.names import option, parts_of
from derive.read.parser import parse

_SORT = r"(?:(?:an?|the|its|common|finite|known|unknown|same|true|and|random|variables?|samples?|draws?|copies|from|"
_SORT += r"distribution|independent(?:ly)?|identically|distributed|drawn|sampled|generated|i\.?\s?i\.?\s?d\.?|,)\s+)*"
_MEAN = re.compile(
    rf"(?i)^\s*(?:(?:be|is|are|from)\s+{_SORT})?(?:with|has|have|having|of)\s+{_SORT}(?:mean|expectation|expected\s+value)\s*\Z"
)
_WITH = re.compile(rf"(?i)^\s*(?:be|are)\s+{_SORT}(?:with|such\s+that|satisfying)\s*\Z")
_AND = re.compile(r"\s*,?\s*and\s*")
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
    if subject is not None and _is_one_of_several(pieces, number - 2):
        subject = None  # of the others, nobody knows how they and this one depend on each other
    try:
        if subject is not None and _MEAN.match(before):
            said = f"{_words_before(pieces, number - 2)} {before}"
            return _with_mean(pieces, number, one_line(subject.text).strip(" .,;"), said, text, context)
        if subject is not None and _WITH.match(before) and INDEPENDENT.search(before):
            return _with_moments(pieces, number, one_line(subject.text).strip(" .,;"), text, context)
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


def said_ahead(pieces: Sequence[Found], number: int, context: Context) -> Said | None:
    """What the sentence of formula ``number`` says behind it of a sample that the formula is made of: ``the mean
    $\\bar X = \\frac1n \\sum_i X_i$ of independent $X_i$ with mean $\\mu$ and variance $s$``."""
    here = pieces[number].math
    numbers = [int(each) for each in NUMBERED.findall(sentence_of(pieces, number).text)]
    for place in numbers if here is not None else ():
        subject = pieces[place - 2].math if place - 2 > number and pieces[place - 2].kind == "inline" else None
        if here is None or subject is None or spaced(subject.text.strip(" .,;")) not in spaced(here.text):
            continue
        if pieces[place - 1].kind == "prose" and _MEAN.match(pieces[place - 1].text):
            said = said_of_random(pieces, place, context)
            if said is not None:
                return said
    return None


_JOINED = re.compile(r"(?i)\s*(?:,\s*)?(?:(?:and|or|as\s+well\s+as)\s+)?(?:(?:the|all)\s+)?\s*")


def _is_one_of_several(pieces: Sequence[Found], number: int) -> bool:
    """Whether something is said of this formula and of one before it, ``$q_1, \\dots, q_n$ and $k_1, \\dots, k_n$ be``,
    where the other one is a name or a list of them, and no statement of its own."""
    if number < 2 or pieces[number - 2].kind != "inline" or pieces[number - 1].kind != "prose":
        return False
    other = pieces[number - 2].math
    if other is None or not pieces[number - 1].text.strip() or not _JOINED.fullmatch(pieces[number - 1].text):
        return False
    return re.search(r"[=<>]|\\(?:in|sim|leq?|geq?|subset\w*)(?![A-Za-z])", other.text) is None


def _words_before(pieces: Sequence[Found], number: int) -> str:
    """The words of its sentence right before a formula."""
    words = pieces[number - 1].text if number and pieces[number - 1].kind == "prose" else ""
    return re.split(r"(?<!i\.i)(?<!\bi)(?<!i\.i\.d)[.;:]\s", words)[-1]


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
    listed = members_of(subject, context)
    if listed is not None and {*option(context, "random")} == {listed.name}:
        context = without_names(context, frozenset({listed.name}))  # X_1, …, X_n take the place of X
    if option(context, "distributed") or (listed is None and option(context, "random")):
        return None  # nobody knows how two random quantities depend on each other
    variance = ""
    further: tuple[int, ...] = ()
    if number + 2 < len(pieces) and pieces[number + 1].kind == "prose" and _VARIANCE.match(pieces[number + 1].text):
        math = pieces[number + 2].math if pieces[number + 2].kind == "inline" else None
        variance = one_line(math.text).strip(" .,;") if math is not None else ""
        variance, bound = _without_bound(variance)
        said = not bound or "infty" in bound or bool(with_names("", variance, context)[1])
        further = (number + 2,) if variance and said else ()
    if listed is not None:
        independent = INDEPENDENT.search(before) is not None and variance != ""
        return _of_members(listed, mean, variance, further, context) if independent else None
    context, notes = with_names(mean, variance, context)
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


def _without_bound(variance: str) -> tuple[str, str]:
    """``\\sigma^2`` and the bound of ``\\sigma^2 > 0``; that of a declared name is read beside it."""
    found = re.fullmatch(r"(?P<value>[^<>=]+?)\s*(?P<bound>(?:>|\\g(?:eq?|t)(?![A-Za-z]))\s*0|<\s*\\infty)", variance)
    return (found["value"], found["bound"]) if found is not None else (variance, "")


def _of_members(listed: _Members, mean: str, variance: str, further: tuple[int, ...], context: Context) -> Said | None:
    """Independent numbers of this mean and variance."""
    context, notes = with_names(mean, variance, context)
    done = members(listed, context)
    if done is None:
        return None
    context, name, text = done
    made = sampling.with_moments(name, parse(mean), parse(variance), context)
    return None if made is None else Said(made.context, " ; ".join([*notes, text, made.text]), further)


def _with_moments(pieces: Sequence[Found], number: int, subject: str, text: str, context: Context) -> Said | None:
    """``$X_i$ be i.i.d. with $\\mathbb{E}[X_i] = \\mu$ and $\\mathrm{Var}(X_i) = s$``."""
    listed = members_of(subject, context)
    after = pieces[number + 2].math if number + 2 < len(pieces) and pieces[number + 2].kind == "inline" else None
    if listed is None or after is None or not _AND.fullmatch(pieces[number + 1].text):
        return None
    given = [parse(each) for each in (text, one_line(after.text).strip(" .,;"))]
    said = [said_of(node) for node in given]
    values = [node.rest[0][1] for node in given if isinstance(node, s.Relation) and len(node.rest) == 1]
    spreads = [isinstance(node, s.Relation) and said_of_spread(node.first) for node in given]
    if spreads != [False, True] or len(values) != 2 or said[0] != said[1] or parts_of(parse(said[0])) is None:
        return None
    if (parts_of(parse(said[0])) or ("",))[0] != listed.name:
        return None
    return _of_members(listed, s.key(values[0]), s.key(values[1]), (number + 2,), context)


@dataclass(frozen=True)
class _Members:
    """Numbers ``name_1 … name_last``."""

    name: str
    last: str


_REAL = re.compile(r"(?:\\in\s*\\mathbb\s*\{?\s*R\s*\}?)?")


def members_of(subject: str, context: Context) -> _Members | None:
    """The numbers of ``X_1, \\dots, X_n``, or those of ``X_i`` where i runs from 1 on."""
    listed = LISTED.fullmatch(subject)
    if listed is not None:
        plain = listed["mark"] == "_" and listed["first"] == "1" and _REAL.fullmatch(listed["rest"]) is not None
        return _Members(listed["name"], listed["last"]) if plain else None
    try:
        parts = parts_of(parse(subject))
    except ReadError:
        return None
    if parts is None or parts[1] is None or parts[2] is not None:
        return None
    range_ = context.indices.get(s.key(parts[1]))
    runs = range_ is not None and range_.low.constant == 1 and not range_.low.names
    return _Members(parts[0], str(range_.high)) if range_ is not None and runs else None


def _sample(subject: str, density: str, context: Context) -> Said | None:
    """``X_1, …, X_n`` independent, each with this distribution."""
    listed = members_of(subject, context)
    node = densities.normal(parse(density))
    if listed is None or (densities.drawn(node) is None and "\\mathcal{N}" not in s.key(node)):
        return None
    done = members(listed, with_parameters(node, context))
    if done is None:
        return None
    context, name, text = done
    made = sampling.distributed(name, node, context)
    return None if made is None else Said(made.context, f"{text} ; {made.text}")


def members(listed: _Members, context: Context) -> tuple[Context, str, str] | None:
    """The context with the listed numbers as the entries of a vector, its name, and how that is told."""
    base, last = listed.name, listed.last
    if base in context.functions or len(last) != 1:
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
        if isinstance(node, s.Script) and isinstance(node.sup, s.Number) and node.sup.text == "2":
            node = node.base if node.sub is None else replace(node, sup=None)
        marked = isinstance(node, s.Script) and (node.sup is not None or node.primes > 0)
        if isinstance(node, s.Name | s.Script) and not marked and lacks_a_name(node, context):
            notes.append(f"{s.key(node)} {said}")
            context = declare(notes[-1], context)
    return context, notes


__all__ = ["Said", "distribution_of_drawn", "members", "members_of", "said_ahead", "said_of_random", "with_names"]
