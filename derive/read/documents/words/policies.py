"""Policies and rewards that the words call so: ``Let $\\pi_\\theta(a \\mid s)$ be a policy … with rewards $r(s, a)$``.

A policy is probabilities of what stands first in its brackets; a reward is a number for each value of its arguments.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from derive.language.context import Context
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.evidence import declared

_CALL = re.compile(
    r"\s*(?P<name>(?:\\[a-z]+|[a-zR])(?:\s*_\s*(?:\{\s*)?(?P<below>\\[a-z]+|[a-z])(?:\s*\})?)?)\s*"
    r"\(\s*(?P<of>[a-z])(?:\s*(?:\\mid|\||,)\s*(?P<more>[a-z]))?\s*\)\s*[.,;]?\s*"
)
_KIND = r"(?:(?:stochastic|randomi[sz]ed|parametri[sz]ed|differentiable|positive|smooth)\s+)*"
_LETS = re.compile(r"(?i)\b(?:let|suppose(?:\s+that)?|assume(?:\s+that)?|where)\s+\Z")
_IS_POLICY = re.compile(rf"(?i)\s*(?:be|is|are|denotes?)\s+(?:an?|the|our)\s+{_KIND}policy\b(?P<rest>[^.;⟨]*)")
_POLICY = re.compile(
    rf"(?i)\b(?:let|suppose|assume|consider|given|take|fix|for)\s+(?:that\s+)?(?:an?|the|our)\s+{_KIND}policy\s+\Z"
)
_REWARD = re.compile(r"(?i)\b(?:rewards?|returns|costs?|pay-?offs?)(?:\s+functions?)?\s+(?:be\s+)?\Z")
_NOT = re.compile(r"(?i)\b(?:not|no|never|without|non-)\b")
_SPACE = re.compile(
    r"\s*(?P<name>\\[a-z]+|[a-z])\s*\\in\s*\\mathbb\s*\{?\s*R\s*\}?\s*\^\s*(?:\{[^{}]*\}|\w)\s*[.,;]?\s*"
)


def said(text: str, sentence: str, after: str, following: Sequence[str], context: Context) -> Defined | None:
    """The context with the policy, or the reward, that the words before and ``after`` a formula call it; ``following``
    are the formulas behind it in its sentence, of which one may say in which space its parameter lies."""
    call = _CALL.fullmatch(text)
    if call is None or re.sub(r"\s", "", call["name"]) in (*context.functions, *context.symbols):
        return None
    arguments = [call["of"], *([call["more"]] if call["more"] else [])]
    if any(letter not in context.indices for letter in arguments):
        return None
    if _REWARD.search(sentence):
        return declared(f"function {text.strip(' .,;')}", context)
    be = _IS_POLICY.match(after) if _LETS.search(sentence) else None
    if (be is None and _POLICY.search(sentence) is None) or _NOT.search(sentence) or (be and _NOT.search(be[0])):
        return None
    lines = []
    if call["below"] and call["below"] not in context.symbols:
        spaces = [each for each in map(_SPACE.fullmatch, following) if each and each["name"] == call["below"]]
        if not spaces:
            return None
        lines.append(spaces[0][0].strip(" .,;"))
    positive = " positive" if be is not None and re.search(r"(?i)\bpositive\b", be[0]) else ""
    bar = re.sub(r"\\mid|,", "|", text.strip(" .,;"))
    lines.append(f"function {bar} density{positive}")
    done = declared("\n".join(lines), context)
    return None if done is None else Defined(done.context, " ; ".join(lines))


__all__ = ["said"]
