"""Corrections in the plainest words: what cancels is none, and needless marks are left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from derive.read import syntax as s

_OVER_ITSELF = re.compile(r"\\[dt]?frac\s*(?P<number>\d|\{\s*\d+\s*\})\s*(?P=number)()\s*")
_OVER_ONE = re.compile(r"\\[dt]?frac\s*\{((?:[^{}]|\{[^{}]*\})*)\}\s*\{\s*1\s*\}")
_BRACKETED = re.compile(r"\((\\?[A-Za-z]+(?:_\w|_\{\w+\})?\s*(?:\([^()]*\))?)\)")


_ALL_BRACKETED = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)[\s.,;]*")
_FIRST_POWER = re.compile(r"()\^(?:1(?!\d)|\{1\})")


def cancels(node: s.Node) -> bool:
    """Whether a sum in it has a term and the same term taken off, or numbers that add up to nothing."""
    return any(isinstance(part, s.Sum) and _is_void(part) for part in s.walk(node))


def _is_void(node: s.Sum) -> bool:
    taken = [term for sign, term in node.terms if sign == "-"]
    added = [term for sign, term in node.terms if sign != "-"]
    if taken and added and not {*map(s.key, taken)}.isdisjoint(map(s.key, added)):
        return True
    numbers = [(sign, term.text) for sign, term in node.terms if isinstance(term, s.Number) and term.text.isdigit()]
    if not 1 < len(numbers) == len(node.terms):
        return False
    return sum(int(text) * (-1 if sign == "-" else 1) for sign, text in numbers) == 0


def plainer(text: str) -> Iterator[str]:
    r"""The text without one mark that may be needless.

    >>> list(plainer(r"\frac{\lambda}{1} w + (\sigma(u)) v"))
    ['\\lambda w + (\\sigma(u)) v', '\\frac{\\lambda}{1} w + \\sigma(u) v']
    >>> list(plainer(r"\frac{1}{w^1}"))
    ['\\frac{1}{w}']
    >>> list(plainer(r"1 - \frac22 Q"))
    ['1 - Q']
    >>> list(plainer("(1 - y)")), list(plainer("(1 - y)(1 + y)"))
    (['1 - y'], [])
    """
    around = _ALL_BRACKETED.fullmatch(text)
    if around is not None:
        yield around.group(1) + text[around.end(1) + 1 :]
    for pattern in (_OVER_ONE, _OVER_ITSELF, _BRACKETED, _FIRST_POWER):
        for match in pattern.finditer(text):
            yield text[: match.start()] + match[match.re.groups] + text[match.end() :]


__all__ = ["cancels", "plainer"]
