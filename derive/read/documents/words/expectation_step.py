"""The E-step of EM: what is computed there stays what it is while the M-step differentiates."""

from __future__ import annotations

import re
from collections.abc import Iterable

_STEP = re.compile(r"(?i)(?<![a-z])(?:E[-\u2010-\u2013\s]?steps?|expectation[-\s]steps?)(?![a-z])")
_COMPUTED = re.compile(
    r"(?i)\b(?:responsibilit(?:y|ies)|posteriors?|soft\s+assignments?|expected\s+(?:labels?|counts?))\b"
)
_EM = re.compile(
    r"(?<![A-Za-z])EM(?![A-Za-z])|(?i:(?<![a-z])[EM][-\u2010-\u2013\s]?steps?(?![a-z])|"
    r"expectation[-\u2010-\u2013\s]+maximi[sz]ation)"
)


_EITHER = re.compile(
    r"(?i)(?<![a-z])(?:(?P<e>E[-\u2010-\u2013\s]?steps?|expectation[-\s]steps?)|"
    r"(?:M[-\u2010-\u2013\s]?steps?|maximi[sz]ation[-\s]steps?))(?![a-z])"
)


def in_e_step(words: str) -> bool | None:
    """Whether the step that ``words`` name last is an E-step; None if they name none.

    >>> in_e_step("Step 2: E-step (responsibilities). By Bayes' theorem"), in_e_step("E-step. Done. M-step. We")
    (True, False)
    """
    named = [match["e"] is not None for match in _EITHER.finditer(words)]
    return named[-1] if named else None


def is_of_e_step(words: str, texts: Iterable[str]) -> bool:
    """Whether ``words`` before a definition say that it belongs to an E-step: by that name, or by what is computed
    there in a document whose ``texts`` are about EM.

    >>> is_of_e_step("In the E-step we compute", [])
    True
    >>> is_of_e_step("The responsibilities are", ["The M-step maximises"])
    True
    >>> is_of_e_step("The posteriors are", ["Softmax regression"])
    False
    """
    if _STEP.search(words):
        return True
    return _COMPUTED.search(words) is not None and any(_EM.search(text) for text in texts)
