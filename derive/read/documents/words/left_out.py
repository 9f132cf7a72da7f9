"""Sentences about a model with a part left out, which no formula writes: ``Without the skip connection, …``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from derive.read.documents.text.scanner import Found
from derive.read.documents.text.sentences import sentence_of
from derive.read.documents.words.unheeded import Unheeded

_LEFT_OUT = re.compile(
    r"(?i)(?<![a-z])(?:without|in\s+the\s+absence\s+of|(?:if|when)\s+(?:(?:we|one)\s+(?:drop|remove|omit|ignore|neglect|"
    r"leave\s+out|switch\s+off|turn\s+off)|there\s+(?:is|are|were|was)\s+no))\s+"
    r"(?P<what>(?!(?:(?:the|an?|any|its|our)\s+)?(?:loss|doubt|proof|further|more|much|difficulty|effort|calculation|"
    r"computation|writing|using|knowing|assuming)\b)(?:(?:the|an?|any|its|our)\s+)?(?:[a-z-]+\s+){0,3}?"
    r"(?:connections?|terms?|bias(?:es)?|intercepts?|"
    r"offsets?|noise|penalt(?:y|ies)|regulari[sz]\w+|momentum|dropout|normali[sz]ation|attention|gates?|gating|gain|"
    r"weights?|shortcuts?|baselines?|discount(?:ing)?|damping|smoothing|temperature|prior|decay|pooling|padding|"
    r"activations?|nonlinearit(?:y|ies)|non-linearit(?:y|ies)|recurrence|layers?|scaling|shift|centring|centering|masks?|"
    r"masking))(?![a-z])(?!\s*-)"
)


def left_out(pieces: Sequence[Found]) -> Iterator[Unheeded]:
    """What a sentence leaves out of the model: what it states is about another one."""
    seen = -1
    for number, piece in enumerate(pieces):
        if piece.kind not in ("inline", "display") or number <= seen:
            continue
        sentence = sentence_of(pieces, number)
        seen = sentence.last
        said = _LEFT_OUT.search(sentence.text)
        if said is None or _is_written(sentence.text[said.end() :], pieces):
            continue
        end = pieces[sentence.last]
        within = (piece.place, end.source.place(end.stop))
        yield Unheeded(piece.place, f"“{' '.join(said.group().split())}”", (), within=within, elsewhere=True)


_CASE = re.compile(r"\s*[,(]?\s*(?:(?:i\.\s?e\.|that\s+is|where|when|for|with|so)\s*,?\s*)?⟨(\d+)⟩")
_IS_NUMBER = re.compile(r"[^=]*[^=\s]\s*=\s*(?:[-+]?\s*\d+(?:\.\d+)?|I|\\mathbf\{[I01]\})\s*[.,]?\s*")


def _is_written(behind: str, pieces: Sequence[Found]) -> bool:
    """Whether a formula right behind the words says what is left out: ``Without a penalty ($\\lambda = 0$)``."""
    case = _CASE.match(behind)
    math = pieces[int(case[1])].math if case is not None else None
    return math is not None and _IS_NUMBER.fullmatch(math.text) is not None


__all__ = ["left_out"]
