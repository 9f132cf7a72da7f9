"""Words by which a formula is neither claimed nor supposed: ``it is not true that``, ``if … or …``, ``on average``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.read.documents.text.prose import SENTENCE
from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import Sentence

_SAY = (
    r"(?:assum\w*|suppos\w*|requir\w*|ask\w*|say\w*|said|claim\w*|impl(?:y|ies)|know\w*|need(?:ed)?|have|equal|tell\w*|told|"
    r"believ\w*|think\w*|conclud\w*|infer\w*|hold|true|so|the\s+case|correct|guaranteed|allowed)"
)
_NOT = (
    r"(?:not|never|cannot|[a-z]+n[’']t|no\s+longer|nobody|no\s+one|nothing|none|hardly|rarely|seldom|without|"
    r"instead\s+of|rather\s+than)"
)
_VERB = r"(?:assum\w*|suppos\w*|sa(?:y|ys|id)|claim\w*|writ(?:e|es|ing)|wrote|think\w*|believ\w*|conclud\w*)"
_DENIES = re.compile(
    rf"(?i)\b{_NOT}\s+(?:(?:be|been|is|it|to|simply|just|here|now|even|ever|always|necessarily|generally|the|any|us)\s+){{0,3}}"
    rf"{_SAY}\b|"
    r"\bno\s+matter\s+(?:if|whether|that)\b|\bnot\s+matter\s+(?:if|whether)\b|\b(?:regardless|irrespective)\s+of\b|"
    r"\bnot\s+only\s+(?:if|when|for)\b|\bexcept\s+(?:if|when|where|that)\b|\beven\s+(?:if|when|though)\b|"
    r"\b(?:wrong|false|untrue|incorrect|tempting|impossible|absurd|premature)\s+(?:that|to\s+[a-z]+)\b|"
    r"\b(?:wrong|false|incorrect)\s+(?:formula|equation|identity|claim|rule|statement|step)\b|"
    r"\b(?:error\s+(?:is|lies\s+in)\s+to\s+[a-z]+|(?:mistake|fallacy|misconception|pitfall)s?\s+(?:is|would\s+be|of|lies\s+in|to)\s+(?:to\s+)?[a-z]+)\b|"
    r"\b(?:assuming|supposing)(?:\s+that)?\s[^.;,]*\bwould\s+be\b|\bopposite\s+of\b|\bavoid\w*\s+the\s+\w+\s+that\b|"
    r"\b(?:one|you|people|someone|readers?|students?|beginners?)\s+(?:might|may|could|would)\s+(?:[a-z]+ly\s+)?"
    r"(?:be\s+tempted\s+to\s+)?(?:think|believe|hope|expect|assume|suppose|guess|write|argue|say)\b|"
    r"\b(?:hopes?|hoped|conjectured?|suspect(?:s|ed)?|(?:may|can|might)\s+happen)\s+that\b|"
    r"\b(?:(?:for\s+example|for\s+instance|say|e\.g\.|think\s+of\s+the\s+case)[\s,]+(?:if|when|where|that)|are\s+wrong\s+in\s+[a-z]+)\b|"
    rf"\b(?:had\s+(?:we|one)|(?:we|one)\s+had)\s+(?:[a-z]+\s+){{0,2}}(?:chosen|set|put|taken|used|{_VERB})\b|"
    r"\b(?:for|by|to\s+(?:get|obtain|derive|reach)|towards?|for\s+the\s+sake\s+of)\s+(?:an?\s+)?contradiction\b|"
    r"\b(?:others|critics|opponents|(?:some|other|many|several|earlier|previous)\s+(?:authors?|papers?|works?|people|textbooks?|"
    rf"books?|texts?|students?)|the\s+authors(?:\s+of\s+[^.;,⟨⟩]*)?)\s+(?:often\s+|also\s+|simply\s+|sometimes\s+)?{_VERB}\b|"
    rf"(?-i:\b[A-Z][a-z]+(?:\s+(?:and|&)\s+[A-Z][a-z]+|\s+et\s+al\.?)?)\s*\(\d{{4}}[a-z]?\)\s+(?:also\s+)?{_VERB}\b|"
    rf"\bin\s+(?:\[[^\]]*\]|\\cite[a-z]*\{{[^}}]*\}})\s*,?\s*(?:it\s+is|they)\s+{_VERB}\b"
)
"""Words that deny what follows them, or leave it to others."""
_LEAVES_OUT = re.compile(
    r"(?i)(?:\b(?:relax\w*|ignor\w*|drop\w*|without|remov\w*|lift\w*|violat\w*|exclud\w*|reject\w*|unlike|contrary\s+to|"
    r"rather\s+than|instead\s+of|far\s+from|abandon\w*|fails?\s+to\s+satisfy|need\s+not\s+satisfy|no\s+reason\s+(?:why|that)|not|"
    r"only\s+(?:for|if|when))|"
    r"\A\s*(?:except\s+for|apart\s+from))(?:\s+(?:the|this|our|any)(?:\s+[a-z]+){1,2})?\s*\Z|"
    r"\bthere\s+(?:is|are|exists?)\b[^.;⟨⟩]*⟨\d+⟩(?:\s*(?:,|and)\s*⟨\d+⟩)*\s*(?:with|such\s+that)\s*\Z"
)
"""Words right before what is left out."""
_STATES = re.compile(
    r"(?i)[:;]|⟩[^⟨⟩]*,|,\s*\Z|,\s*(?:note|that\s+is)\b|\bto\s+see\b|,\s*(?:but|as|for|and\s+(?:we|so|hence|thus))\b|\b(?:then|so|hence|thus|therefore|but|yet|because|since|whereas|"
    r"(?:we|one)\s+(?:have|has|get|gets|obtain|find|see|show|may|can)|in\s+(?:fact|truth|particular))\b"
)
"""What comes behind such words, where something is stated again."""
_ASKS = re.compile(
    r"(?i)(?:\A|[,;:]\s)\s*(?:(?:but|and|so|now)\s+)?(?:is|are|does|do|can|could|must|should|may|why|what\s+if|"
    r"what\s+happens\s+(?:if|when))\b[^.;]*\Z"
)
_ASKED = re.compile(r"(?i)\b(?:that|if|whether|is|are|assume|suppose|when|why|and)\s*\Z")
_SUPPOSES = re.compile(
    r"(?i)(?<![a-z])(?:if|when(?:ever)?|provided|supposing|suppose|assuming|assume|let|given\s+that|for|where|with|under|"
    r"as\s+long\s+as|case)(?![a-z])"
)
_SUPPOSES_FIRST = re.compile(r"(?i)(?<![a-z])(?:if|when(?:ever)?|provided|suppos(?:e|ing)|assum(?:e|ing)|let)(?![a-z])")
_THEN = re.compile(
    r"(?i)[;:]|,(?!\s*(?:⟨|and\b|or\b))|\b(?:then|we|one\s+(?:has|gets)|it\s+(?:holds|follows)|so|hence|thus|there\s+(?:is|are))\b"
)
_OR = (
    r"\bor\b(?!\s*,?\s*(?:(?:equivalently|rather|otherwise|(?:more\s+)?(?:compactly|briefly|explicitly|succinctly))\b|"
    r"in\s+(?:other\s+words|(?:matrix|vector|vectori[sz]ed|component|index|compact|scalar|matrix-vector)\s+(?:form|notation))\b|"
    r"vice\s+versa\b))"
)
_AMONG = re.compile(
    rf"(?i)\beither\b|(?:⟩|\bthat|\bif|\bwhen)[^⟨⟩]*{_OR}|\b(?:approximately|nearly|almost|roughly)\b|"
    r"\b(?:some|most|many|few|no|not\s+all|not\s+every|at\s+least\s+one|one\s+of(?:\s+the)?)\s*\Z|"
    r"\b(?:there\s+(?:is|are|exists?)|no|not|some)\b[^.;,⟨⟩]*⟨\d+⟩\s*(?:with|has|have|such\s+that|satisf\w+|where)\s*\Z"
)
_NOT_SO = re.compile(
    rf"(?i){_OR}|\b(?:fails?|failed|false|untrue|wrong|violated|dropped|relaxed|removed|lifted|broken|abandoned|approximately|"
    r"nearly|almost|roughly|asymptotically|mostly|sometimes|often|modulo|on\s+average|(?<!\badd\s)(?<!\badds\s)(?<!\bsum\s)(?<!\bsums\s)(?<!\badding\s)(?<!\bsumming\s)up\s+to|most\s+of\s+the|"
    r"for\s+(?:an?\s+)?(?:most|almost\s+all|odd|even|many|few)|but\s+(?:one|finitely)|"
    r"in\s+(?:expectation|the\s+limit|distribution|probability|the\s+mean)|with\s+(?:high\s+)?probability|"
    r"to\s+(?:first|leading|second|lowest)\s+order)\b"
)
"""What makes a condition another one than its formula says."""
_IS_DENIED = re.compile(
    r"(?i)\A\s*(?:is|are|was|were)\s+(?:not\s+(?:so|true|right|correct|needed|satisfied)|"
    r"never\s+active|untrue|false|wrong|incorrect|no\s+longer|rejected|open|unrealistic|violated|excluded|impossible|too\s+strong|"
    r"unnecessary|relaxed|dropped)\b|\A\s*would\s+be\s+(?:too|wrong|false|absurd)\b"
)


def doubt(pieces: Sequence[Found], sentence: Sentence, number: int) -> str:
    """The words of its sentence by which the formula that is piece ``number`` is neither claimed nor supposed; or
    nothing."""
    before, _, after = sentence.text.partition(f"⟨{number}⟩")
    denied = (
        _denied(before)
        or (_LEAVES_OUT.search(before) or [""])[0].strip()
        or (_IS_DENIED.match(after) or [""])[0].strip()
    )
    return (
        denied
        or _quoted(before, after)
        or _asked(pieces, sentence, before)
        or _may_be(before, after)
        or (_hedged(before, after) or _of_some(pieces, number, after))
    )


def _denied(before: str) -> str:
    said = [*_DENIES.finditer(before)][-1:]
    return said[0].group() if said and not _STATES.search(before, said[0].end()) else ""


def _quoted(before: str, after: str) -> str:
    return "a quotation" if re.search(r"“[^”]*\Z", before) and re.search(r"\A[^“]*”", after) else ""


def _asked(pieces: Sequence[Found], sentence: Sentence, before: str) -> str:
    behind = pieces[sentence.last + 1] if sentence.last + 1 < len(pieces) else None
    end = SENTENCE.search(behind.text) if behind is not None and behind.kind == "prose" else None
    if end is None or end.group().strip() != "?" or not _ASKS.match(before):
        return ""
    return "a question" if _ASKED.search(before) else ""


_MAY_HAVE = re.compile(
    r"(?i)\b(?:can|could|may|might)\s+(?:[a-z]+ly\s+|also\s+)?(?:have|use|take|set|choose|be)(?P<first>(?:[^.;:⟨⟩]*⟨\d+⟩)*)"
    r"[^.;:⟨⟩]*\Z"
)


def _may_be(before: str, after: str) -> str:
    """``We can have $a = 0$ or $b = 1$``: each of the two is what may be."""
    said = _MAY_HAVE.search(before)
    among = said is not None and (re.match(r"\s*,?\s*or\s+⟨", after) or re.search(r"\bor\s*\Z", before))
    return "one of several that may be" if among else ""


def _of_some(pieces: Sequence[Found], number: int, after: str) -> str:
    """``$x_i = y_i$ for some $i$``; ``for some $v$`` that is no index names what there is."""
    found = re.match(r"\s*for\s+(?:some|one|a\s+fixed)\s+⟨(\d+)⟩", after)
    math = pieces[int(found[1])].math if found is not None else None
    index = math.text.strip() if math is not None else ""
    below = rf"_\s*(?:\{{[^{{}}]*)?{re.escape(index)}(?![A-Za-z])"
    is_index = re.fullmatch(r"[a-z]|\\ell", index) is not None and re.search(below, pieces[number].text) is not None
    return "for some" if is_index else ""


def _hedged(before: str, after: str) -> str:
    opens = [*_SUPPOSES_FIRST.finditer(before)][-1:] or [*_SUPPOSES.finditer(before)][-1:]
    if not opens:
        return ""
    between = before[opens[0].start() :]
    if _THEN.search(between):
        return ""
    goes_on = _THEN.search(after)
    end = goes_on.start() if goes_on is not None else len(after)
    behind = next((match for match in _NOT_SO.finditer(after) if match.end() <= end), None)
    found = _AMONG.search(between) or behind
    return found.group().strip("⟩ ") if found is not None else ""


_FIRST_CASE = re.compile(
    r"(?i)\A\s*,?\s*(?:for|if|when)\s+⟨\d+⟩\s*,?\s*(?:(?:and|but)\s*,?\s*)?⟨\d+⟩\s*,?\s*(?:for|if|when|otherwise|else)\b"
)
_SECOND_CASE = re.compile(r"(?i)⟨\d+⟩\s*,?\s*(?:for|if|when)\s+⟨\d+⟩\s*,?\s*(?:(?:and|but)\s*,?\s*)?\Z")
_CASE = re.compile(r"(?i)\A\s*,?\s*(?:for|if|when|otherwise|else)\b")


def is_by_cases(sentence: Sentence, number: int) -> bool:
    """``$f(x) = x^2$ for $x \\ge 0$ and $f(x) = 0$ otherwise``: neither says what f is.

    >>> said = Sentence("⟨1⟩ for ⟨3⟩ and ⟨5⟩ otherwise", 5)
    >>> is_by_cases(said, 1), is_by_cases(said, 5), is_by_cases(Sentence("⟨1⟩ for ⟨3⟩", 3), 1)
    (True, True, False)
    """
    before, _, after = sentence.text.partition(f"⟨{number}⟩")
    second = _SECOND_CASE.search(before) is not None and _CASE.match(after) is not None
    return second or _FIRST_CASE.match(after) is not None


def is_hypothetical(sentence: Sentence, number: int) -> bool:
    """``With $b = 0$ we would get $…$``: what stands before is no more than a case.

    >>> is_hypothetical(Sentence("With ⟨1⟩ we would get ⟨3⟩", 3), 1), is_hypothetical(Sentence("It would be ⟨1⟩", 1), 1)
    (True, False)
    """
    before, _, after = sentence.text.partition(f"⟨{number}⟩")
    return _SUPPOSES.search(before) is not None and _WOULD.search(before) is None and _WOULD.search(after) is not None


_WOULD = re.compile(r"(?i)\b(?:we|one|you|it|this|that|they|there)\s+would\b")

__all__ = ["doubt", "is_by_cases", "is_hypothetical"]
