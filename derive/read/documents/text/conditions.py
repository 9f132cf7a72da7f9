r"""Conditions on indices beside a statement: ``= 0 \text{ if } j \ne k``, ``= 0, \quad j \ne k``, ``j = k: …``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.errors import ReadError
from derive.read.latex import chain_node
from derive.read.rows import depth
from derive.read.tokens import Token
from derive.read.vocabulary import RELATIONS

SAYS_WHEN = re.compile(r"(?i)[\s(]*(?:if|for|when|whenever|for\s+(?:all|any|every|each))\s*\Z")
_SAYS_CASE = re.compile(r"(?i)\s*(?:case(?:\s+\w+)?|if|for|when)\s*[:.]?\s*\Z")
_ORDERED = frozenset({"=", "\\ne", "<", ">", "\\le", "\\ge"})
_ENDS = frozenset({",", ";", ".", ":"})
_BRACKETS = {"(": ")", "[": "]"}


def without_conditions(tokens: list[Token], context: Context) -> tuple[list[Token], list[s.Relation], list[s.Relation]]:
    """The tokens without such conditions; those behind what they belong to, and those before it."""
    out: list[Token] = []
    behind: list[s.Relation] = []
    before: list[s.Relation] = []
    level, related, at = 0, False, 0
    while at < len(tokens):
        token = tokens[at]
        found = None
        if not level and token.kind not in ("row", "stop"):
            begins = not related and all(each.kind in ("word", "wide") for each in _row(out))
            found = _leading(tokens, at, context) if begins else None
            if found is not None:
                before.append(found[0])
            elif related or token.kind == "word":
                found = _following(tokens, at, context)
                behind += [found[0]] if found is not None else []
        if found is not None:
            at = found[1]
            continue
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if token.kind == "row":
            related = False
        elif not level and token.kind in ("op", "cmd") and token.text in RELATIONS:
            related = True
        out.append(token)
        at += 1
    return out, behind, before


def _row(tokens: list[Token]) -> list[Token]:
    """The tokens after the last break between rows."""
    last = max((place for place, token in enumerate(tokens) if token.kind == "row"), default=-1)
    return tokens[last + 1 :]


def _following(tokens: list[Token], at: int, context: Context) -> tuple[s.Relation, int] | None:
    """The condition that begins here, behind a statement, and the place after it."""
    token = tokens[at]
    says = token.text == "\\forall" or (token.kind == "word" and SAYS_WHEN.match(token.text) is not None)
    if says:
        return _condition(tokens, at + 1, context)
    if token.kind != "wide" and not (token.kind == "op" and token.text == ","):
        return None
    start = at
    while tokens[start].kind == "wide" or tokens[start].text in (",", "\\forall"):
        start += 1
    if tokens[start].kind == "op" and tokens[start].text in _BRACKETS:
        found = _bracketed(tokens, start, context)
    else:
        found = _condition(tokens, start, context)
    if found is None:
        return None
    return found if _closes(tokens, found[1]) else None


def _bracketed(tokens: list[Token], at: int, context: Context) -> tuple[s.Relation, int] | None:
    """``(j \\ne k)``, ``(\\text{for } j \\ne k)``."""
    close = _BRACKETS[tokens[at].text]
    start = at + 1
    if tokens[start].kind == "word" and SAYS_WHEN.match(tokens[start].text):
        start += 1
    stop = next((n for n in range(start, len(tokens)) if tokens[n].text == close and tokens[n].kind == "op"), None)
    if stop is None or stop - start > MOST_TOKENS:
        return None
    found = condition(tokens[start:stop], tokens[stop:], context)
    return None if found is None else (found, stop + 1)


MOST_TOKENS = 12


def _leading(tokens: list[Token], at: int, context: Context) -> tuple[s.Relation, int] | None:
    """``j = k:`` or ``\\text{Case } (j = k)`` at the beginning of a row, before what holds then."""
    start = at
    if tokens[start].kind == "word":
        if not _SAYS_CASE.match(tokens[start].text):
            return None
        start += 1
    if tokens[start].kind == "op" and tokens[start].text in _BRACKETS:
        found = _bracketed(tokens, start, context)
        marked = found is not None and (tokens[found[1]].kind == "wide" or tokens[found[1]].text in (":", ",", "&"))
    else:
        found = _condition(tokens, start, context)
        marked = found is not None and (tokens[found[1]].text == ":" or (start > at and tokens[found[1]].text == ","))
    if found is None or not marked:
        return None
    return found[0], found[1] + 1


def _condition(tokens: list[Token], start: int, context: Context) -> tuple[s.Relation, int] | None:
    """The condition from here to the next mark between statements, and the place of that."""
    end = start
    while tokens[end].kind not in ("stop", "row", "wide", "word") and tokens[end].text not in _ENDS:
        end += 1
    found = condition(tokens[start:end], tokens[end:], context) if end > start else None
    return None if found is None else (found, end)


def _closes(tokens: list[Token], at: int) -> bool:
    """Whether nothing but the end of a row, or another statement, stands here."""
    while tokens[at].kind == "wide" or tokens[at].text in (".", ";"):
        at += 1
    return tokens[at].kind in ("row", "stop", "word") or tokens[at].text == ","


def condition(tokens: list[Token], after: list[Token], context: Context) -> s.Relation | None:
    """A relation between indices, or between an index and a number; no list of the values that an index has. An
    alignment mark in it says nothing: ``& i &\\ne j``."""
    tokens = [token for token in tokens if token.text != "&" or token.kind != "op"]
    if not any(token.text in _ORDERED for token in tokens) or any(token.text == "\\dots" for token in after[:3]):
        return None
    try:
        node = chain_node([*tokens, Token("stop", "", tokens[-1].stop, tokens[-1].stop)])
    except ReadError:
        return None
    if not isinstance(node, s.Relation) or len(node.rest) != 1:
        return None
    sides = (node.first, node.rest[0][1])
    counts = all(s.key(side) in context.indices or isinstance(side, s.Number) for side in sides)
    return node if counts and s.key(node.first) in context.indices else None
