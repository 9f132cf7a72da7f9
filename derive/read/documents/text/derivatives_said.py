"""Derivatives that words state: ``the derivative of $\\log x$ with respect to $x$ is $1/x$`` as one formula."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from derive.read.documents.text.macros import Expanded
from derive.read.documents.text.scanner import Found

_BEGINS = (
    r"(?:\A|[.;:!?]\s|\n[ \t\r]*\n|,)\s*(?:(?:hence|thus|therefore|so|then|also|moreover|furthermore|clearly|similarly|"
    r"likewise|finally|now|indeed|and|note\s+that|it\s+follows\s+that|we\s+see\s+that)[\s,]+)*"
)
_OF = re.compile(
    rf"(?i){_BEGINS}(?P<said>the\s+(?:derivative|gradient)\s+of\s+(?:(?:the|this|our|its)\s+(?:[a-z][a-z-]*\s+){{1,4}})?)\Z"
)
"""Words up to what is differentiated, where their clause says nothing before that."""
_IN = re.compile(r"(?i)\s+(?:with\s+respect\s+to|w\.\s?r\.\s?t\.\\?|in)\s+")
_IS = re.compile(
    r"(?i)\s+(?:(?:then|therefore|thus|hence)\s+)?(?:is|equals|reads)(?:\s+(?:simply|just|given\s+by))?\s*:?\s+"
)
_ENDS = re.compile(r"\s*(?:[.;)]|,|(?:and|so|which|since|because|by)\b|\Z)")
_RESTRICTS = re.compile(r"(?i)\s*,?\s*(?:for|if|when(?:ever)?|where|at|unless|provided|otherwise|only)\b")
_RELATES = re.compile(r"=|<|>|\\(?:le|ge|leq|geq|ne|neq|in|sim|to|propto|approx|colon)(?![A-Za-z])|:")
_NAME = r"\\?[A-Za-z]+(?:_(?:\w|\{[^{}]*\}))?"
_ARGUMENT = re.compile(rf"(?:\\[A-Za-z]+|[A-Za-z}}\d*])\s*(?:\\left)?\(\s*({_NAME})\s*(?:\\right)?\)")
_POWER = re.compile(r"\s*([A-Za-z])\s*\^\s*(?:\d|\{\d+\})\s*")


def said(out: Sequence[Found], piece: Found, after: Sequence[Found]) -> list[Found] | None:
    """The pieces so far, with a derivative that ends with ``piece`` as one formula at their end, and without the words
    for it; None if the words say something else, or not what is differentiated in. That it is zero is said of a
    place."""
    if (
        piece.kind != "inline"
        or piece.math is None
        or not out
        or out[-1].kind != "prose"
        or not _IS.fullmatch(out[-1].text)
    ):
        return None
    if after and after[0].kind == "prose" and (_RESTRICTS.match(after[0].text) or not _ENDS.match(after[0].text)):
        return None
    named = len(out) >= 5 and out[-3].kind == "prose" and _IN.fullmatch(out[-3].text) is not None
    count = 4 if named else 2
    words = _OF.search(out[-count - 1].text) if len(out) > count and out[-count - 1].kind == "prose" else None
    if words is None or out[-count - 1].remarks:
        return None
    formulas = [each.math for each in (out[-count], out[-2], piece)]
    body, variable, value = formulas
    if (
        body is None
        or variable is None
        or value is None
        or any(each.source is not piece.source for each in out[-count:])
    ):
        return None
    letter = variable.text.strip() if named else _variable(body.text)
    plain = [each.text.strip(" .,;") for each in (body, value)]
    if (
        not letter
        or not re.fullmatch(_NAME, letter)
        or plain[1] in ("", "0")
        or any(_RELATES.search(each) for each in plain)
    ):
        return None
    before = replace(out[-count - 1], stop=out[-count - 1].start + words.start("said"))
    whole = replace(out[-count], stop=piece.stop, math=_as_formula(letter, body, value))
    return [*out[: -count - 1], before, whole]


def _variable(text: str) -> str:
    """The only name that stands alone in brackets behind a function, or that is raised to a power and is all there
    is."""
    power = _POWER.fullmatch(text)
    names = {power[1]} if power is not None else {*_ARGUMENT.findall(text)}
    return names.pop() if len(names) == 1 else ""


def _as_formula(letter: str, body: Expanded, value: Expanded) -> Expanded:
    """``\\frac{\\partial}{\\partial x} (…) = …``, each character of the two sides where it stood."""
    head, between = f"\\frac{{\\partial}}{{\\partial {letter}}} \\left( ", " \\right) = "
    inner = body.text.rstrip(" .,;")
    shift = len(head) + len(inner)
    kept = [number for number, start in enumerate(body.starts) if start < len(inner) or not number]
    return Expanded(
        f"{head}{inner}{between}{value.text}",
        (
            0,
            *(body.starts[number] + len(head) for number in kept),
            shift,
            *(start + shift + len(between) for start in value.starts),
        ),
        (body.place(0), *(body.places[number] for number in kept), value.place(0), *value.places),
        ("the derivative", *(body.macros[number] for number in kept), "the derivative", *value.macros),
    )


__all__ = ["said"]
