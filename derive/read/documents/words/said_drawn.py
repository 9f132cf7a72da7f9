r"""Every quantity that a text calls random: ``x \mid z \sim p``, ``(x, z) \sim q``, ``$y$ is drawn from …``.

Which of them an expectation is taken over depends on what else is said of them; none of them is a constant in one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read import syntax as s
from derive.read.documents.text.scanner import Found
from derive.read.errors import ReadError
from derive.read.names import parts_of
from derive.read.targets import items_at

_SIM = re.compile(r"\\sim(?![A-Za-z])")
_BEGINS = re.compile(r"\\\\|\\q?quad(?![A-Za-z])|;|\\text\s*\{[^{}]*\}")
_GIVEN = re.compile(r"\||\\(?:mid|vert|given)(?![A-Za-z])")
_SORT = r"random|drawn|sampled|distributed|correlated|generated|stochastic|noise"
_IS = re.compile(
    rf"(?i)\s*,?\s*(?:itself\s+|then\s+|also\s+)?(?:is|are|be|was|were|being)\s+(?:(?!not\b|no\b)[a-z-]+\s+){{0,3}}(?:{_SORT})\b"
)
_CALLED = re.compile(r"(?i)\brandom\s+(?:variables?|vectors?|numbers?|quantit(?:y|ies)|matri(?:x|ces)|noise)\s*\Z")
_OTHERS = r"(?:them|it|each\s+other|one\s+another|the\s+others?)\b"
_INDEPENDENT = re.compile(
    r"(?i)\s*,?\s*(?:which\s+|that\s+)?(?:is|are|be|was|were|being|have|has|with)\s+"
    r"(?:(?!not\b|no\b|linearly\b|affinely\b|algebraically\b)[a-z-]+\s+){0,3}?"
    rf"(?:independent(?:ly)?\b(?!\s+of\b(?!\s+{_OTHERS}))|i\.?\s?i\.?\s?d\b)"
)
_MOMENTS = re.compile(r"(?i)\s*,?\s*(?:which\s+|that\s+)?(?:have|has|having|with|of)\s+[^.;]*?\b(?:mean|expectation)\b")
_SOME_INDEPENDENT = re.compile(r"(?i)(?<!linearly )(?<!affinely )\bindependent(?:ly)?\b")
_DISTRIBUTED = re.compile(
    r"(?i)\s*,?\s*(?:is|are|be|was|were|being)\s+(?:(?!not\b|no\b)[a-z.-]+\s+){0,3}?(?:bernoulli|rademacher|gaussian|poisson|"
    r"binomial|laplac(?:e|ian)|cauchy|geometric|exponential|uniform\s+(?:on|over|in)|uniformly|normally|standard\s+normal)\b"
    r"(?!\s+(?:densit|distributions?\b|kernel|process|elimination|mixture|polic|polynomial|curv|filter|matri|quadrature))"
)
_VALUES = re.compile(r"(?i)\s*,?\s*(?:be|is|are|equals?|takes?|being|taking|assumes?)\b")
_BY_CHANCE = re.compile(r"(?i)\bwith\s+(?:(?:equal|the\s+same|some|a|fixed)\s+)?probabilit(?:y|ies)\b|\bat\s+random\b")
_MASK = re.compile(
    r"(?i)\s*(?:be|is|are|denotes?)\s+(?:the|an?|its|their)\s+(?:[a-z]+\s+){0,2}(?:masks?|switch(?:es)?)\b"
)
_JOINED = re.compile(r"(?i)\s*(?:,|,?\s*(?:and|as\s+well\s+as))(?:\s+(?:the|all))?\s*")
"""Between names of which the same is said."""


_AVERAGED = re.compile(
    r"(?:\\mathbb\s*\{?\s*[EV]\s*\}?|\\(?:operatorname|mathrm|text)\s*\{(?:E|Var|Cov|V)\}|\\E|\\Var|(?<![A-Za-z\\])E)\s*"
    r"(?:\\left\s*)?[\[(]\s*(?P<name>e|\\pi)\s*(?:\\right\s*)?[\])]"
)
"""Nobody takes the mean of a number such as Euler's."""


def said_drawn(pieces: Sequence[Found]) -> frozenset[str]:
    """The names that stand before ``\\sim``, what is given left out, or that words call random; and the letter of a
    constant whose mean is taken."""
    found: set[str] = set()
    for number, piece in enumerate(pieces):
        if piece.math is None:
            continue
        for left in _before_sim(piece.math.text):
            found.update(_names(left))
        found.update(each["name"] for each in _AVERAGED.finditer(piece.math.text))
        before = pieces[number - 1].text if number and pieces[number - 1].math is None else ""
        after = pieces[number + 1].text if number + 1 < len(pieces) and pieces[number + 1].math is None else ""
        moments = _MOMENTS.match(after) and _SOME_INDEPENDENT.search(
            before.rpartition(".")[2] + after.partition(".")[0]
        )
        if piece.kind == "inline" and (_CALLED.search(before) or _IS.match(after)):
            found.update(_names(piece.math.text))
        chance = (_VALUES.match(after) and _BY_CHANCE.search(_rest(pieces, number))) or (
            _MASK.match(after) and _BY_CHANCE.search(" ".join(each.text for each in _words_before(pieces, number)))
        )
        drawn = _INDEPENDENT.match(after) or _DISTRIBUTED.match(after) or moments or chance
        if piece.kind == "inline" and drawn:
            for text in _of_one_list(pieces, number):
                found.update(_names(text))
    return frozenset(found)


def _rest(pieces: Sequence[Found], number: int) -> str:
    """The words of its clause behind a formula."""
    found: list[str] = []
    for piece in pieces[number + 1 :]:
        words, stop, _ = piece.text.partition(".") if piece.math is None else ("", "", "")
        found.append(re.split(r"[;:]|,\s*(?:and\s+)?(?:let|where|so|then)\b", words)[0])
        if stop or found[-1] != words or (piece.math is not None and piece.kind != "inline"):
            break
    return " ".join(found)


def _words_before(pieces: Sequence[Found], number: int) -> Iterator[Found]:
    """The words of its paragraph before a formula."""
    for piece in reversed(pieces[:number]):
        if piece.math is None:
            yield piece
        elif piece.kind != "inline":
            return
        if piece.math is None and re.search(r"\n\s*\n", piece.text):
            return


def _of_one_list(pieces: Sequence[Found], number: int) -> Iterator[str]:
    """A formula, and those that stand before it in one list with it."""
    piece = pieces[number]
    while piece.math is not None and piece.kind == "inline":
        yield piece.math.text
        if number < 2 or pieces[number - 1].math is not None or not _JOINED.fullmatch(pieces[number - 1].text):
            return
        number -= 2
        piece = pieces[number]


def _before_sim(text: str) -> Iterator[str]:
    """What stands before each ``\\sim`` that is not below a sign, without what it is given."""
    for sim in _SIM.finditer(text):
        left = text[: sim.start()]
        begins = [match.end() for match in _BEGINS.finditer(left)]
        left = left[begins[-1] if begins else 0 :]
        if left.count("{") == left.count("}"):
            yield _GIVEN.split(left)[0].replace("&", " ")


def _names(text: str) -> Iterator[str]:
    """The names that a list is made of, each with and without its subscript; none if it is something else."""
    try:
        items = items_at(re.sub(r"\\[{}]|\\(?:left|right)(?![A-Za-z])", " ", text).strip(" \n\t.,"), 0)
    except ReadError:
        return
    for node in (part for item in items for part in _listed(item)):
        parts = parts_of(node)
        if parts is not None:
            yield from (s.key(node), parts[0])


def _listed(node: s.Node) -> tuple[s.Node, ...]:
    match node:
        case s.Name() | s.Script():
            return (node,)
        case s.Group(items=items):
            return tuple(part for item in items for part in _listed(item))
    return ()


__all__ = ["said_drawn"]
