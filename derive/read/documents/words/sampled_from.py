"""The samples of a section and what each of them is drawn from: ``Given $n$ independent observations $x_1, …, x_n$ from
a Gaussian with mean $\\mu$ and variance $\\sigma^2$``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from derive.language.context import Context
from derive.read import densities
from derive.read import syntax as s
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.text.statements import one_line
from derive.read.documents.undeclared.members import LISTED
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.notation import NORMALS
from derive.read.parser import parse


@dataclass(frozen=True)
class Sample:
    """The ``member`` with its ``index``, which runs from 1 to ``last`` (empty if the index is known), and what it is
    drawn from."""

    member: str
    index: str
    last: str
    distribution: s.Node

    def density(self) -> str:
        """The density of a member, as text."""
        match self.distribution:
            case s.Juxt(parts=(head, s.Group(items=(mean, spread)))) if s.key(head) in NORMALS:
                return f"\\mathcal{{N}}({self.member} | {s.key(mean)}, {s.key(spread)})"
        family = densities.drawn(self.distribution)
        return s.key(family.density(parse(self.member))) if family is not None and family.family.density else ""

    def letters(self) -> set[str]:
        """The parameters of the distribution, and what they are powers of."""
        return {s.key(part) for part in s.walk(self.distribution) if isinstance(part, s.Name | s.Script)}

    def values(self) -> str:
        """What is declared of a member."""
        family = densities.drawn(self.distribution)
        return "\\in \\mathbb{R}" if family is None else family.family.values

    def kind(self) -> str:
        """The same as properties of what is declared."""
        family = densities.drawn(self.distribution)
        if family is None or family.family.between:
            return ""
        if family.family.counts:
            return "nonnegative integer"
        return "binary" if family.family.binary else "open_unit" if family.family.unit else "positive"


_BRACED = re.compile(
    r"\\\{\s*(?P<member>[^{}]*(?:\{[^{}]*\}[^{}]*)*?)\s*\\\}\s*(?:_\s*\{\s*(?P<index>[a-z])\s*=\s*1\s*\}\s*\^\s*\{?\s*(?P<last>[A-Za-z])\s*\}?)?"
)
_NAMED_SET = re.compile(r"\A\s*(?:\\(?:mathcal|mathbf|mathbb)\s*\{\s*\w\s*\}|[A-Z])\s*=\s*")
_SPACE = re.compile(r"\\in(?![A-Za-z]).*\Z", re.DOTALL)
_SIM = re.compile(
    r"\\(?:over|under)?(?:set|stackrel)\s*\{(?:[^{}]|\{[^{}]*\})*\}\s*\{\s*\\sim\s*\}|\\sim(?![A-Za-z])(?:_\s*\{(?:[^{}]|\{[^{}]*\})*\})?"
)
_IID = re.compile(r"(?i)\bi\.?\s?i\.?\s?d\.?(?!\w)")
_TOGETHER = re.compile(r"(?i)\b(?:independen\w+|iid\b|i\.i\.d\b|random\s+sample|samples?|toss\w*|flip\w*|trials)")
_NO_SAMPLE = re.compile(
    r"(?i)\b(?:not|no|posterior|prior|mixture|given|condition\w*|approximat\w+|transitions?|chain)\b"
)
_GIVEN = re.compile(r"(?i)\bgiven\s+(?:(?:the|an?|some|our|\w*data\w*|⟨\d+⟩|of|\w+ent|iid|samples?|observations?)\s+)+")
_FROM = re.compile(
    r"(?i)\A\s*[^⟨⟩.;]*\b(?:from|of|follow(?:s|ing)?|according\s+to|as|distribution|law)"
    r"(?:\s+(?:the|an?|same|common|some|multivariate|univariate|normal|gaussian|bernoulli|poisson|exponential|distribution|law|iid))*"
    r"\s*⟨(?P<how>\d+)⟩"
)
_FAMILY = (
    r"(?P<family>Gaussian|normal(?:ly)?|Bernoulli|Poisson|exponential(?:ly)?)(?:[\s-]+(?:distributed|distributions?|random|variables?|"
    r"samples?|observations?|draws?|trials|law))*"
)
_PARAMETER = (
    r"(?:(?:success\s+|unknown\s+|common\s+|known\s+|a\s+|the\s+|an\s+|some\s+)*(?:means?|parameters?|rates?|probability|intensity|expectation|bias)"
    r"(?:\s+of\s+success)?\s+)"
)
_SECOND = (
    r"(?:\s*,?\s*(?:and|,)\s*(?:unknown\s+|common\s+|known\s+|a\s+|the\s+)*"
    r"(?:variance|covariance(?:\s+matrix)?)\s*⟨(?P<spread>\d+)⟩)?"
)
_BEHIND = re.compile(
    rf"(?i)\A[^⟨⟩.;]*?\b{_FAMILY},?(?:\s+(?:each|all))?\s+(?:with|of|having|has)\s+{_PARAMETER}⟨(?P<mean>\d+)⟩{_SECOND}"
)
_BEFORE = re.compile(rf"(?i)\b{_FAMILY}\s*(?:⟨\d+⟩)?\s*\Z")
_WITH = re.compile(rf"(?i)\A\s*,?\s*(?:with|of|having)\s+{_PARAMETER}⟨(?P<mean>\d+)⟩{_SECOND}")
_COIN = re.compile(
    r"(?i)\bcoin\b[^⟨⟩.;]*(?:probability|bias|parameter)(?:\s+(?:of\s+)?(?:heads|success))?\s*⟨(?P<mean>\d+)⟩"
)
_NAMES = {"bernoulli": "Bernoulli", "poisson": "Poisson", "exponential": "Exp", "exponentially": "Exp"}


def samples(pieces: Sequence[Found], first: int, last: int, context: Context) -> list[Sample]:
    """What the words and formulas of these pieces say is drawn independently from one distribution, in their order."""
    found: list[Sample] = []
    for number in range(first, last):
        piece = pieces[number]
        if piece.kind in ("inline", "display") and piece.math is not None:
            found += _of_formula(pieces, number, context)
    return found


def _of_formula(pieces: Sequence[Found], number: int, context: Context) -> Iterator[Sample]:
    math = pieces[number].math
    text = one_line(math.text).strip(" .,;") if math is not None else ""
    sides = _SIM.split(text)
    subject = _subject(sides[0], context)
    sentence = _IID.sub("iid", sentence_of(pieces, number).text)
    if subject is None or (len(sides) < 2 and not _TOGETHER.search(sentence)):
        return
    if _NO_SAMPLE.search(_GIVEN.sub(" ", sentence)):
        return
    how = sides[1] if len(sides) == 2 else "" if len(sides) > 2 else _told(pieces, number, sentence)
    try:
        node = densities.normal(parse(how)) if how else None
    except ReadError:
        return
    if node is not None and _is_distribution(node):
        yield Sample(*subject, node)


def _is_distribution(node: s.Node) -> bool:
    match node:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(_, _)))) if s.key(head) in NORMALS:
            return True
    return densities.drawn(node) is not None


def _told(pieces: Sequence[Found], number: int, sentence: str) -> str:
    """The distribution that the words around a list of samples give them."""
    mark = f"⟨{number}⟩"
    before, _, after = sentence.partition(mark)
    taken = _FROM.match(after)
    if taken is not None:
        return _text(pieces, int(taken["how"]))
    behind = _BEHIND.match(after)
    if behind is not None:
        return _named(pieces, behind["family"], behind)
    family, with_ = _BEFORE.search(before), _WITH.match(after)
    if family is not None and with_ is not None:
        return _named(pieces, family["family"], with_)
    coin = _COIN.search(before)
    return f"\\mathrm{{Bernoulli}}({_text(pieces, int(coin['mean']))})" if coin is not None else ""


def _named(pieces: Sequence[Found], family: str, found: re.Match[str]) -> str:
    mean, spread = _text(pieces, int(found["mean"])), found["spread"]
    name = _NAMES.get(family.lower(), "")
    if name:
        return f"\\mathrm{{{name}}}({mean})" if not spread else ""
    return f"\\mathcal{{N}}({mean}, {_text(pieces, int(spread))})" if spread else ""


def _text(pieces: Sequence[Found], number: int) -> str:
    math = pieces[number].math if number < len(pieces) else None
    return _SPACE.sub("", one_line(math.text)).strip(" .,;") if math is not None else ""


def _subject(text: str, context: Context) -> tuple[str, str, str] | None:
    """A member, its index and up to where that runs."""
    text = _NAMED_SET.sub("", _SPACE.sub("", text)).strip()
    braced, index, last = _BRACED.fullmatch(text), "", ""
    if braced is not None:
        text, index, last = braced["member"].strip(), braced["index"] or "", braced["last"] or ""
    listed = LISTED.fullmatch(text)
    if listed is not None:
        if listed["mark"] != "_" or listed["first"] != "1" or index:
            return None
        last = re.sub(r"\s", "", listed["last"])
        known = (name for name, range_ in context.indices.items() if str(range_) == f"1..{last}")
        index = next(known, "i" if last != "i" else "j")
        return f"{listed['name']}_{index}", index, last
    try:
        parts = parts_of(parse(text)) if text else None
    except ReadError:
        return None
    if parts is None or parts[1] is None or parts[2] is not None:
        return None
    own = s.key(parts[1])
    if own != index and not (not index and own in context.indices):
        return None
    return f"{parts[0]}_{own}", own, last


__all__ = ["Sample", "samples"]
