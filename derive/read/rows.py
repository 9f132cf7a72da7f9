"""A display cut into statements before it is parsed: rows, remarks, side conditions and words of prose."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read.notation import BUILTIN_WORDS
from derive.read.tokens import Token
from derive.read.vocabulary import BIG_WORDS, PRODUCTS, RELATIONS

_OPENERS = {"(", "[", "{", "\\{", "|("}
_CLOSERS = {")", "]", "}", "\\}", "|)"}
_OPENING_COMMANDS = {"\\langle", "\\lfloor"}
_CLOSING_COMMANDS = {"\\rangle", "\\rfloor"}
_LOOSE = re.compile(
    r"(?i)^(where|if|and|so|thus|hence|then|since|with|for|let|given|or|we have|otherwise|i\.e\.|subject to|"
    r"s\.t\.|such that|"
    r"therefore|note that|because|for all|.*[ :.,].*|\(.*\))$"
)


def strip_remarks(tokens: list[Token], context: Context) -> list[Token]:
    """The tokens of one expression without alignment marks, trailing punctuation and words of prose."""
    kept = (
        [token for token in tokens if token.text != "&" or token.kind != "op"]
        if not _has_table(tokens)
        else list(tokens)
    )
    stop = kept[-1]
    body = [token for token in kept[:-1] if token.kind != "wide"]
    while body and (_is_prose(body[-1], context) or (body[-1].kind == "op" and body[-1].text in (",", ".", ";", ":"))):
        body.pop()
    while body and _is_prose(body[0], context):
        body.pop(0)
    return [*body, stop]


def _has_table(tokens: list[Token]) -> bool:
    return any(token.kind == "begin" for token in tokens)


CONSTANT = re.compile(r"(?i)const(?:ant|ants|s)?\.?,?")
"""A word that stands for a number of which nothing else is said: ``+ \\text{const.}``."""


def _is_prose(token: Token, context: Context) -> bool:
    known = token.text in BUILTIN_WORDS or token.text in BIG_WORDS
    if token.kind != "word" or known or f"\\mathrm{{{token.text}}}" in context.symbols:
        return False
    return bool(_LOOSE.match(token.text)) and not CONSTANT.fullmatch(token.text.strip())


def split_statements(tokens: list[Token], context: Context) -> list[list[Token]]:
    """A display as statements: rows that begin with a relation or an operator go on with the row before."""
    stop = tokens[-1]
    statements: list[list[Token]] = []
    for row in _rows(tokens[:-1]):
        row = _without_quantifiers(row, context)
        kept = cut_remark(row)
        for place, part in enumerate([*_parts(kept), *_parts(_stated_after(row[len(kept) :]))]):
            part = [token for token in part if token.kind != "wide"]
            part = _without_prose(part, context)
            if not part or _is_counting(part):
                continue
            if statements and place == 0 and _continues(statements[-1], part):
                statements[-1].extend(part)
            else:
                statements.append(part)
    return [[*statement, stop] for statement in statements]


FOR_ALL = re.compile(r"(?i)(?:holds\s+)?for\s+(?:all|any|every|each)(?:\s+(?:indices|classes|samples|[a-z]+s))?")
_LISTING = frozenset({",", "=", "\\in", "\\dots", "\\{", "\\}", "[", "]", ".", "{", "}"})


def _without_quantifiers(row: list[Token], context: Context) -> list[Token]:
    """A row without ``\\forall n:`` before what it states, and without ``\\text{for all } n = 1, \\dots, N`` behind it:
    an index that has no value stands for each of its values anyway."""
    if row and row[0].text == "\\forall":
        level = 0
        for place, token in enumerate(row):
            level += depth(token)
            if not level and (token.kind == "wide" or (token.text == ":" and token.kind == "op")):
                said = all(each.text in _LISTING or each.kind in ("name", "num", "wide") for each in row[1:place])
                return row[place + 1 :] if said and _speaks_of_all(row[1:place], context) else row
        return row
    level = 0
    for place, token in enumerate(row):
        level += depth(token) + (token.kind == "begin") - (token.kind == "end")
        if level or not place or row[place - 1].text in RELATIONS:
            continue
        says = token.text == "\\forall" or (token.kind == "word" and FOR_ALL.fullmatch(token.text.strip(" ,(")))
        if says and _speaks_of_all(row[place + 1 :], context):
            return row[:place]
        if token.kind == "word" and _INDEPENDENT.fullmatch(token.text.strip(" ,(")) and _are_names(row[place + 1 :]):
            return row[:place]
    return row


_INDEPENDENT = re.compile(
    r"(?i)(?:which\s+|that\s+)?(?:(?:does|do)\s+not\s+depend\s+on|(?:is|are)\s+independent\s+of|(?:is|are)\s+constant\s+in)"
)
"""What is said of a formula behind it, where its right side shows as much."""


def _are_names(rest: list[Token]) -> bool:
    """Whether names are all that is left, one or several."""
    rest = [token for token in rest if token.kind != "wide" and token.text not in (".", ",", ";")]
    return bool(rest) and all(token.kind == "name" for token in rest)


def _speaks_of_all(rest: list[Token], context: Context) -> bool:
    """Whether what stands behind ``for all`` is indices with all their values, or names without any condition."""
    rest = [token for token in rest if token.kind != "wide"]
    while rest and rest[-1].text in (".", ",", ";"):
        rest = rest[:-1]
    if not rest or rest[0].kind != "name":
        return False
    if all(token.kind == "name" or token.text == "," for token in rest):
        return True
    if not all(token.text in _LISTING or token.kind in ("name", "num") for token in rest):
        return False
    counted = context.indices.get(rest[0].text)
    first = next((token for token in rest if token.kind == "num"), None)
    return counted is not None and (first is None or str(counted.low) == first.text)


def _without_prose(part: list[Token], context: Context) -> list[Token]:
    """Words around a statement, its full stop, and a relation that leads to a later display."""
    while part and (_is_prose(part[-1], context) or part[-1].text in (".", ":")):
        part.pop()
    while part and _is_prose(part[0], context):
        part.pop(0)
    while len(part) > 1 and part[-1].text == "=" and part[-1].kind == "op":
        part.pop()
    return part


def _rows(tokens: list[Token]) -> list[list[Token]]:
    """Split at ``\\\\`` outside brackets and tables; alignment marks outside tables are dropped."""
    rows: list[list[Token]] = [[]]
    tables = 0
    for token in tokens:
        tables += (token.kind == "begin") - (token.kind == "end")
        if token.kind == "row" and tables == 0:
            rows.append([])
        elif token.text != "&" or token.kind != "op" or tables:
            rows[-1].append(token)
    return _joined(rows)


def _joined(rows: list[list[Token]]) -> list[list[Token]]:
    """Rows that break inside a bracket belong together."""
    out: list[list[Token]] = []
    level = 0
    for row in rows:
        if out and level > 0:
            out[-1].extend(row)
            level += _level(row)
        else:
            out.append(list(row))
            level = _level(row)
    return [row for row in out if row]


def _level(tokens: list[Token]) -> int:
    return sum(depth(token) for token in tokens)


def depth(token: Token) -> int:
    """1 for what opens brackets of any kind, -1 for what closes them, else 0."""
    if token.kind == "op":
        return (token.text in _OPENERS) - (token.text in _CLOSERS)
    if token.kind == "cmd":
        return (token.text in _OPENING_COMMANDS) - (token.text in _CLOSING_COMMANDS)
    return 0


def cut_remark(row: list[Token]) -> list[Token]:
    """The row up to a remark: after a wide space, words or a bracket that no operator leads to; or up to ``where``."""
    if not any(token.kind == "wide" for token in row):
        return row[: _where(row)]
    level = 0
    for place, token in enumerate(row):
        level += depth(token)
        if token.kind != "wide" or level or all(each.kind in ("word", "wide") for each in row[:place]):
            continue
        rest = [t for t in row[place:] if t.kind != "wide"]
        before = row[place - 1]
        if before.text in RELATIONS or before.text in PRODUCTS or before.text in ("+", "-", ","):
            continue
        if rest and (rest[0].kind == "word" or rest[0].text in ("(", "\\because", "\\text", "\\forall", "[")):
            return row[:place]
    return row


def _where(row: list[Token]) -> int:
    """The place of the word ``where`` behind a relation in a row; its end if there is none."""
    level = 0
    for place, token in enumerate(row):
        level += depth(token)
        if not level and token.kind == "word" and token.text.strip(" ,").lower() == "where":
            before = row[:place]
            if any(each.text in RELATIONS for each in _top(before)) and before[-1].text not in RELATIONS:
                return place
    return len(row)


def _stated_after(remark: list[Token]) -> list[Token]:
    """What a remark ``\\text{where } a = b`` states; nothing if it only says when, or why, the row holds."""
    rest = [token for token in remark if token.kind != "wide"]
    says = bool(rest) and rest[0].kind == "word" and rest[0].text.strip(" ,").lower() in ("where", "and", "with")
    return rest if says and any(token.text in ("=", ":=") for token in _top(rest)) else []


def _parts(row: list[Token]) -> list[list[Token]]:
    """Split at commas outside brackets and tables."""
    parts: list[list[Token]] = [[]]
    level = 0
    for place, token in enumerate(row):
        level += depth(token)
        level += (token.kind == "begin") - (token.kind == "end")
        if level == 0 and ((token.text in (",", ";") and token.kind == "op") or _joins(row, place)):
            parts.append([])
        else:
            parts[-1].append(token)
    return _rejoin_counting([part for part in parts if part])


def _joins(row: list[Token], place: int) -> bool:
    """Whether ``\\text{ and }`` stands here between two relations."""
    if row[place].kind != "word" or row[place].text.strip(" ,").lower() != "and":
        return False
    sides = (row[:place], row[place + 1 :])
    return all(any(token.text in RELATIONS for token in _top(side)) for side in sides)


def _rejoin_counting(parts: list[list[Token]]) -> list[list[Token]]:
    """``k = 1``, ``2``, ``\\dots``, ``K`` is one side condition."""
    out: list[list[Token]] = []
    for place, part in enumerate(parts):
        dots_follow = any(len(later) == 1 and later[0].text == "\\dots" for later in parts[place + 1 :])
        if out and dots_follow and len(part) <= 4 and not any(token.text in RELATIONS for token in part):
            continue
        if any(len(later) == 1 and later[0].text == "\\dots" for later in parts[: place + 1]):
            continue
        if dots_follow and any(token.text == "=" for token in part) and len([t for t in part if t.kind != "wide"]) == 3:
            continue
        out.append(part)
    return out


def _is_counting(part: list[Token]) -> bool:
    return part[0].text == "\\forall" and not any(token.text == ":" and token.kind == "op" for token in part)


def _continues(before: list[Token], row: list[Token]) -> bool:
    first, last = row[0], before[-1]
    if first.text in RELATIONS and first.kind in ("op", "cmd"):
        return True
    dangling = last.text in RELATIONS or last.text in PRODUCTS or last.text in ("+", "-")
    if dangling:
        return True
    leads = first.text in ("+", "-") or (first.text in PRODUCTS and first.kind in ("op", "cmd"))
    relations = [token.text for token in _top(row) if token.text in RELATIONS]
    only_shape = relations == ["\\in"] and any(token.text in RELATIONS for token in _top(before))
    return leads and (not relations or only_shape)


def _top(row: list[Token]) -> list[Token]:
    level, out = 0, []
    for token in row:
        level += depth(token)
        if level == 0:
            out.append(token)
    return out
