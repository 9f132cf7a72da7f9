"""What words say of quantities as an equation would: ``$A$ and $B$ commute``, ``$x$ is orthogonal to $y$``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from derive.read.documents.text.sentences import Sentence
from derive.read.documents.words.properties import OTHERWISE


def _name(letter: str) -> str:
    return rf"⟨(?P<{letter}>\d+)⟩"


_A, _B, _C = _name("a"), _name("b"), _name("c")
_PAIR = rf"{_A}\s+and\s+{_B}"
_IS = r"\s+(?:is|be|being|are)\s+(?:(?:a|an|also|both|each|mutually|strictly|real)\s+)*"
_NOUN = r"(?:\s+(?:matrix|matrices|vectors?|numbers?|operators?))?"
_OF = rf"(?!{_NOUN}\s+{OTHERWISE}\b){_NOUN}(?![\s-]*⟨)(?!-)\b"
_UNIT = r"(?:unit(?:[\s-]+(?:norm|length))?|normali[sz]ed)"
_WITH_VALUE = (
    r"(?:with|for|to|corresponding\s+to|belonging\s+to|associated\s+with)\s+(?:(?:the|its|an)\s+)?"
    r"(?:(?:corresponding|associated)\s+)?eigenvalue"
)
_SAID: tuple[tuple[str, str], ...] = (
    (rf"{_PAIR}(?:\s+are\s+[a-z -]+\s+and)?\s+(?:also\s+)?commute\b(?!\s+with)", "a b = b a"),
    (rf"{_PAIR}\s+commute\s+and\s+are\s+(?:both\s+)?symmetric{_OF}", r"a^\top = a ; b^\top = b"),
    (rf"{_A}\s+commutes\s+with\s+{_B}", "a b = b a"),
    (rf"\bcommuting\s+(?:[a-z]+\s+){{0,2}}{_PAIR}", "a b = b a"),
    (rf"{_PAIR}{_IS}(?:orthogonal|perpendicular){_OF}(?!\s+(?:to|with)\b)", r"a^\top b = 0"),
    (rf"{_A}{_IS}(?:orthogonal|perpendicular)\s+to\s+{_B}", r"a^\top b = 0"),
    (rf"\b(?:orthogonal|perpendicular)\s+vectors\s+{_PAIR}", r"a^\top b = 0"),
    (rf"{_A}{_IS}(?:skew|anti)-?\s?symmetric{_OF}", r"a^\top = -a"),
    (rf"{_A}{_IS}(?:idempotent|projection){_OF}", "a a = a"),
    (rf"{_A}{_IS}(?:involutory|involution){_OF}", "a a = I"),
    (rf"{_A}{_IS}eigenvector\s+of\s+{_B}\s+{_WITH_VALUE}\s+{_C}", r"b a = c a ; a \ne 0"),
    (rf"{_A}{_IS}{_UNIT}\s+eigenvector\s+of\s+{_B}\s+{_WITH_VALUE}\s+{_C}", r"b a = c a ; a^\top a = 1"),
    (rf"{_A}(?:{_IS}unit\s+vector\b|\s+(?:has|have|having|of)\s+unit\s+(?:norm|length)\b)", r"a^\top a = 1"),
    (rf"\bunit\s+vectors\s+{_PAIR}", r"a^\top a = 1 ; b^\top b = 1"),
    (rf"\bunit\s+vector\s+{_A}", r"a^\top a = 1"),
    (rf"\bwith\s+{_A}\s+(?:being\s+)?replaced\s+(?:by|with)\s+(?:(?:the|its)\s+[a-z]+\s+)?{_B}", "a = b"),
    (rf"\b(?:substitut|insert|plugg)ing\s+(?:in\s+)?(?:(?:the|our)\s+[a-z]+\s+)?{_A}\s+for\s+{_B}", "b = a"),
    (rf"\breplacing\s+{_A}\s+(?:by|with)\s+(?:(?:the|its|our)\s+[a-z]+\s+)?{_B}", "a = b"),
    (rf"{_A}{_IS}non-?zero{_OF}", r"a \ne 0"),
    (rf"{_A}{_IS}positive(?!\s*-?\s*(?:semi|definite)){_OF}(?!\s+part\b)", "a > 0"),
    (rf"{_A}{_IS}non-?negative(?!\s*-?\s*definite){_OF}", r"a \ge 0"),
    (rf"{_A}{_IS}negative(?!\s*-?\s*(?:semi|definite)){_OF}", "a < 0"),
)
_PATTERNS = tuple((re.compile(pattern, re.IGNORECASE), equations) for pattern, equations in _SAID)
_CLOSED = r"(?:then|we|one|it|so|hence|thus|have|has|holds?|get|obtain|gives?|yields?|not|nor|neither|whether|unless)"
_BEGINS = r"(?<=⟩)\s+(?:the|this|it|that|these|they|our|its)\b"
_OPEN = rf"(?![a-z])(?:(?!\b{_CLOSED}\b)(?!{_BEGINS})[^.;:,]|,(?=\s+and\b))*\Z"
_IF = (
    r"(?<![a-z])(?:if|when(?:ever)?|provided(?:\s+that)?|as\s+long\s+as|in\s+case|under\s+the\s+assumption\s+that|"
    r"in\s+the\s+(?:[a-z]+\s+)?case\s+(?:where|when|that|in\s+which|of))"
)
UNDER = re.compile(rf"(?i){_IF}{_OPEN}")
"""Words up to something that is a condition of what their sentence claims."""
_UNDER = re.compile(rf"(?i)(?:{_IF}|(?<![a-z])(?:since|because|as|for|assuming(?:\s+that)?)){_OPEN}")
"""Words up to something that their sentence supposes, and nothing else does."""
_FROM_HERE = re.compile(rf"(?i)(?<![a-z])(?:let|suppose(?:\s+that)?|assume(?:\s+that)?){_OPEN}")
"""Words up to something that is supposed from here on."""


_PUTS = re.compile(r"(?i)(?:with|substituting|inserting|plugging|replacing)\b")
"""Words that put something in the place of something else, in their sentence."""


def further_under(sentence: str) -> bool:
    """Whether a sentence so far ends in a condition that has begun with another formula: ``If ⟨1⟩ with``.

    >>> further_under("If ⟨1⟩ with "), further_under("If "), further_under("If ⟨1⟩, then ⟨2⟩, and if ")
    (True, False, False)
    """
    found = UNDER.search(sentence)
    return found is not None and "⟨" in re.split(rf"(?i){_IF}(?![a-z])", sentence)[-1]


@dataclass(frozen=True)
class Predicate:
    """Relations, with ⟨n⟩ for the formula that is piece n; ``number`` is that of the third formula, if there is one.
    ``everywhere`` is whether they hold from here on, and not in this sentence alone."""

    relations: tuple[str, ...]
    number: int | None
    everywhere: bool


def said_up_to(sentence: Sentence, number: int) -> list[Predicate]:
    """What a sentence supposes in words of formulas of which piece ``number`` is the last."""
    found: list[Predicate] = []
    for pattern, equations in _PATTERNS:
        for match in pattern.finditer(sentence.text):
            said = {letter: text for letter, text in match.groupdict().items() if text is not None}
            if max(map(int, said.values())) != number:
                continue
            before = sentence.text[: match.start()]
            everywhere = _FROM_HERE.search(before) is not None
            if not everywhere and not _UNDER.search(before) and not _PUTS.match(match.group()):
                continue
            third = int(said["c"]) if "c" in said else None
            relations = (_put(each, said) for each in equations.split(" ; "))
            found.append(Predicate(tuple(relations), third, everywhere))
    return found


def _put(relation: str, said: dict[str, str]) -> str:
    return re.sub(r"(?<![A-Za-z\\])[abc](?![A-Za-z])", lambda letter: f"⟨{said[letter.group()]}⟩", relation)


__all__ = ["UNDER", "Predicate", "further_under", "said_up_to"]
