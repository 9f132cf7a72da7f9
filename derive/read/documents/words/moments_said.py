r"""Random numbers that a sentence calls independent, clause by clause with their moments: ``the weights
$w_i$ are i.i.d. with mean zero and variance $s^2$, independent of the inputs $x_i$, which have mean zero and variance
$v^2$``; and vectors ``$a, b \in \mathbb{R}^d$ whose components are independent with mean $0$ and variance $1$``.

Nothing is taken unless every clause gives a mean and a variance, all that is random is called independent, and every
formula of the sentence has a part in it. ``the weights`` and ``the inputs`` are w and x only behind a sum of their
products.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.language.context import Context, SymbolDecl
from derive.read.declarations import declare
from derive.read.documents.definitions import sampling
from derive.read.documents.definitions.forgetting import without_names
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import NUMBERED, sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.undeclared.members import LISTED
from derive.read.documents.words.samples_said import Said, with_names
from derive.read.errors import DeclarationError, ReadError
from derive.read.independence import OPTION
from derive.read.names import option
from derive.read.parser import parse

_OF_ONE = r"(?:(?:an?|the|its|their|common|same|finite|equal|also)\s+)*"
_MEAN = rf"{_OF_ONE}(?:zero[-\s]mean|mean\s+(?:zero|0(?!\w)|⟨(?P<mean>\d+)⟩))"
_SPREAD = rf"{_OF_ONE}(?:unit\s+variance|variance\s+(?:one|1(?!\w)|⟨(?P<spread>\d+)⟩))"
_MOMENTS = re.compile(
    rf"(?i){_MEAN}\s*(?:,|and|,\s*and|with|(?:[a-z]+\s+){{1,2}}(?:of|with|having))\s*{_SPREAD}|"
    r"(?P<normal>standard\s+(?:normal|gaussian)(?:\s+(?:(?:random\s+)?vectors?|entries|components|coordinates|elements))?)|(?:from|as)\s+(?:an?\s+|the\s+)?⟨(?P<density>\d+)⟩"
)
_NORMAL = re.compile(r"(?:\\mathcal\s*\{?\s*N\s*\}?|N)\s*\((?P<mean>[^(),]+),(?P<spread>[^(),]+)\)")
_INDEPENDENT = re.compile(r"(?i)\bindependent(?:ly)?\b|\bi\.?\s?i\.?\s?d\b")
_TOGETHER = re.compile(
    r"(?i)\bindependent(?:ly)?\s+(?:both\s+)?(?:of|from)\b|\b(?:all|mutually|jointly)\b[^.;]*\bindependent\b|"
    r"\bindependent\s+(?:of\s+)?(?:each\s+other|one\s+another)\b"
)
_NOT = re.compile(
    r"(?i)\b(?:not|never|no|if|unless|whether|cannot|need|without|correlated|uncorrelated|dependent|given|conditional\w*|conditioned|"
    r"otherwise|instead|would|either|or|only|except|but|some|sometimes|often|approximately|roughly|nearly)\b"
)
_OF_OTHERS = re.compile(
    r"(?i)\bindependent(?:ly)?\s+(?:of|from)\s+(?:(?:the|all|each|both)\s+)*(?:(?:weights|inputs|features|activations)\b\s*)?"
    r"(?:⟨\d+⟩)?(?!\s*,?\s*which)"
)
"""What something is independent of, which its own clause says nothing more of."""
_ENTRIES = re.compile(r"(?i)\b(?:components?|entries|coordinates|elements)\b")
_NORMAL_VECTORS = re.compile(r"(?i)standard\s+(?:normal|gaussian)\s+(?:random\s+)?vectors?\Z")
_PLAIN = re.compile(
    r"(?i)(?:[\s,;:()]|\b(?:let|suppose|assume|assuming|that|the|a|an|all|both|its|their|with|where|whose|which|are|is|be|were|have|has|having|"
    r"had|of|and|each|other|one|another|in|for|from|to|consider|i|d|iid|independent(?:ly)?|identically|distributed|drawn|sampled|"
    r"initiali[sz]ed|chosen|random(?:ly)?|variables?|numbers?|scalars?|vectors?|matrix|distribution|mutually|jointly|pairwise|"
    r"real|weights?|inputs?|features?|activations?|units?|layer|linear|neuron|pre-?activations?|output|query|key|value|queries|keys|"
    r"noise|components?|entries|coordinates|elements|put|set|write|we|at|initiali[sz]ation|initially|also|again|then|them|"
    r"these|those|any|token|embeddings?|two|sum|dot|product|signals?|gradients?|now|here)\b|\.)*"
)
_WEIGHTS = re.compile(r"(?i)\bweights\b")
_INPUTS = re.compile(r"(?i)\b(?:inputs|features|activations)\b")
_COUNTS = re.compile(
    r"\s*(?P<letter>[a-z])\s*=\s*1\s*,\s*(?:2\s*,\s*)?(?:\\[lc]?dots[cb]?|\.\.\.)\s*,\s*(?P<last>[A-Za-z])\s*"
)
_SUM = re.compile(
    r"\\sum\s*(?:\\limits\s*)?_\s*\{\s*(?P<letter>[a-z])\s*=\s*1\s*\}\s*\^\s*\{?\s*(?P<last>[A-Za-z])\s*\}?"
)
_MEMBER = re.compile(r"(?P<base>[A-Za-z])\s*_\s*\{?\s*(?P<letter>[a-z])\s*\}?")
_SPACE = re.compile(
    r"(?P<names>[A-Za-z](?:\s*,\s*[A-Za-z])*)\s*\\in\s*\\mathbb\s*(?:\{\s*R\s*\}|R)\s*\^\s*(?:\{\s*)?(?P<size>[A-Za-z])(?:\s*\})?"
)
_R = re.compile(r"\\mathbb\s*(?:\{\s*R\s*\}|R)\s*\^\s*(?:\{\s*)?(?P<size>[A-Za-z])(?:\s*\})?")


@dataclass(frozen=True)
class _Random:
    """Entries of a vector, or the numbers ``name_1 … name_size``, with their mean and variance as formulas."""

    name: str
    size: str
    mean: str
    variance: str
    whole: bool
    normal: bool


def said_by_clauses(
    pieces: Sequence[Found], number: int, context: Context, earlier: frozenset[str] = frozenset()
) -> Said | None:
    """What the sentence of this formula says, or the next one if this is a sum of products that it speaks of. The
    formula has to be the first in which anything stands that is random by that. What an ``earlier`` section has named
    gives way to what is said here."""
    text = _text(pieces, number)
    sentence = sentence_of(pieces, number)
    tried = [sentence.text]
    if _SUM.search(text) and "=" in text and not _MOMENTS.search(sentence.text):
        behind = next(
            (n for n in range(sentence.last + 1, min(sentence.last + 4, len(pieces))) if pieces[n].math), None
        )
        if behind is None or pieces[behind].kind != "inline":
            return None
        tried = [sentence_of(pieces, behind).text]
    try:
        return _said(pieces, number, tried[0], context, earlier)
    except (ReadError, DeclarationError):
        return None


def _said(
    pieces: Sequence[Found], number: int, sentence: str, context: Context, earlier: frozenset[str]
) -> Said | None:
    moments = list(_MOMENTS.finditer(sentence))
    if not moments or _NOT.search(sentence) or not _INDEPENDENT.search(sentence):
        return None
    formula = _text(pieces, number)
    behind = NUMBERED.sub(" ", sentence[moments[-1].end() :])
    if not _PLAIN.fullmatch(re.split(r"(?i)\b(?:then|so)\b", behind)[0]):
        return None
    found: list[_Random] = []
    used: set[int] = set()
    start = 0
    for match in moments:
        zone = sentence[start : match.end()].removesuffix(match[0]) + re.sub(r"⟨\d+⟩", "", match[0])
        start = match.end()
        if not _PLAIN.fullmatch(NUMBERED.sub(" ", zone.replace(re.sub(r"⟨\d+⟩", "", match[0]), _between(match)))):
            return None
        mean = _text(pieces, int(match["mean"])) if match["mean"] else "0"
        spread = _text(pieces, int(match["spread"])) if match["spread"] else "1"
        normal = match["normal"] is not None
        if match["density"]:
            density = _NORMAL.fullmatch(_text(pieces, int(match["density"])))
            if density is None:
                return None
            mean, spread, normal = density["mean"].strip(), density["spread"].strip(), True
        subjects = list(_subjects(pieces, _OF_OTHERS.sub(" ", zone), formula, context))
        if not subjects:
            return None
        found += [_Random(name, size, mean, spread, whole, normal) for name, size, whole in subjects]
        used |= {each for each in map(int, NUMBERED.findall(zone)) if each != number and "=" not in _text(pieces, each)}
        used |= {int(match[each]) for each in ("mean", "spread", "density") if match[each]}
    names = [each.name for each in found]
    first = min((int(each) for each in NUMBERED.findall(sentence)), default=number)
    here = any(re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", formula) for name in names)
    before = any(_speaks_of(_text(pieces, each), names) for each in range(first, number))
    if not here or before or len({*names}) != len(names):
        return None
    if len(moments) > 1 and not _TOGETHER.search(sentence):
        return None
    return _taken(found, used, without_names(context, earlier & frozenset(names)))


def _between(match: re.Match[str]) -> str:
    """The words between a mean and a variance, which may say of what they are."""
    found = re.search(r"(?i)zero[-\s]mean\s+((?:[a-z]+\s+){1,2})(?:of|with|having)\s", match[0])
    return found[1] if found is not None else ""


def _speaks_of(text: str, names: Sequence[str]) -> bool:
    return any(re.search(rf"(?<![A-Za-z\\]){name}(?![A-Za-z])", text) for name in names)


def _subjects(pieces: Sequence[Found], zone: str, formula: str, context: Context) -> Iterator[tuple[str, str, bool]]:
    """Of what a clause gives the moments: names, how many numbers they stand for, and whether these are entries."""
    numbers = [int(each) for each in NUMBERED.findall(zone)]
    texts = [_text(pieces, each) for each in numbers]
    entries = _ENTRIES.search(zone) is not None or _NORMAL_VECTORS.search(zone) is not None
    ranges = {
        match["letter"]: match["last"]
        for text in (*texts, formula)
        for match in (_COUNTS.fullmatch(text), _SUM.search(text))
        if match
    }
    space = next((match["size"] for text in texts if (match := _R.fullmatch(text))), "")
    any_subject = False
    for text in texts:
        listed, given = LISTED.fullmatch(text), _SPACE.fullmatch(text)
        members = [_MEMBER.fullmatch(each.strip()) for each in text.split(",")]
        if _COUNTS.fullmatch(text) or _R.fullmatch(text) or (text == formula and _SUM.search(text)):
            continue
        any_subject = True
        if listed is not None and listed["mark"] == "_" and listed["first"] == "1" and not listed["rest"]:
            yield listed["name"], listed["last"], False
        elif given is not None and entries:
            yield from ((name.strip(), given["size"], True) for name in given["names"].split(","))
        elif entries and re.fullmatch(r"[A-Za-z](?:\s*,\s*[A-Za-z])*", text) and (space or _is_vector(text, context)):
            yield from ((name.strip(), space, True) for name in text.split(","))
        elif all(each is not None and each["letter"] in ranges for each in members):
            yield from ((each["base"], ranges[each["letter"]], False) for each in members if each is not None)
        else:
            raise ReadError(f"expected what the sentence is about, found {text}")
    sums = _SUM.search(formula)
    if any_subject or sums is None:
        return
    for words, name in ((_WEIGHTS, "w"), (_INPUTS, "x")):
        if words.search(zone) and re.search(
            rf"(?<![A-Za-z\\]){name}\s*_\s*\{{?\s*{sums['letter']}(?![A-Za-z])", formula
        ):
            yield name, sums["last"], False


def _is_vector(text: str, context: Context) -> bool:
    decls = [context.symbols.get(name.strip()) for name in text.split(",")]
    return all(decl is not None and len(decl.shape) == 1 and not decl.family for decl in decls)


def _may_be_random(decl: SymbolDecl, size: str) -> bool:
    """Whether a declared quantity is a vector of this length (of any, where none is told) of which nothing is said."""
    if len(decl.shape) != 1 or decl.family or decl.definition is not None or decl.depends:
        return False
    return not size or str(decl.shape[0]) == size


def _taken(found: Sequence[_Random], used: set[int], context: Context) -> Said | None:
    names: list[str] = []
    notes: list[str] = []
    for each in found:
        if each.size and each.size not in context.sizes:
            context = context.with_size(each.size)
            notes.append(f"size {each.size}")
        context, more = with_names(each.mean, each.variance, context)
        notes += more
        name = each.name
        decl = context.symbols.get(name)
        if decl is None and each.whole:
            notes.append(f"{name} \\in \\mathbb{{R}}^{{{each.size}}}")
            context = declare(notes[-1], context)
        elif decl is None:
            made = sampling.whole(name, each.size, context, bold=True)
            if made is None:
                return None
            context, name, text = made
            notes.append(text)
        elif not _may_be_random(decl, each.size):
            return None
        if name in option(context, "random") or name in option(context, "distributed"):
            return None
        if each.normal:
            done = sampling.distributed(name, parse(f"\\mathcal{{N}}({each.mean}, {each.variance})"), context)
        else:
            done = sampling.with_moments(name, parse(each.mean), parse(each.variance), context)
        if done is None:
            return None
        context, names = done.context, [*names, name]
        notes.append(done.text)
    before = context.options.get(OPTION)
    context = context.with_option(OPTION, (*(before if isinstance(before, tuple) else ()), ((), tuple(names))))
    return Said(context, "; ".join([*notes, f"{', '.join(names)} independent"]), tuple(sorted(used)))


def _text(pieces: Sequence[Found], number: int) -> str:
    math = pieces[number].math
    return "" if math is None else one_line(math.text).strip(" .,;")


__all__ = ["said_by_clauses"]
