r"""Numbers that a text gives in their order: ``d_1 \ge d_2 \ge \dots \ge d_p > 0``, ``t_1 < \dots < t_n``."""

from __future__ import annotations

import re
from collections.abc import Mapping

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined
from derive.read.documents.undeclared.members import listed_family
from derive.read.errors import DeclarationError

_NAME = r"\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?"
_SIGN = r"(?:<|>|\\[lg](?:eq|eqslant|e|t)?(?![A-Za-z]))"
_DOTS = r"(?:\\[lc]?dots[cb]?|\.\.\.|…)"
_ORDER = re.compile(
    rf"(?:(?P<least>\d+)\s*(?P<before>{_SIGN})\s*)?(?P<name>{_NAME})\s*_\s*\{{?1\}}?\s*(?P<sign>{_SIGN})\s*"
    rf"(?:(?P=name)\s*_\s*\{{?2\}}?\s*(?P<again>{_SIGN})\s*)?{_DOTS}\s*(?P<last>{_SIGN})\s*"
    rf"(?P=name)\s*_\s*\{{?(?P<high>[A-Za-z])\}}?(?:\s*(?P<after>{_SIGN})\s*(?P<greatest>\d+))?"
)
_PLAIN = {"\\le": "\\leq", "\\leqslant": "\\leq", "\\ge": "\\geq", "\\geqslant": "\\geq", "\\lt": "<", "\\gt": ">"}
_REAL = "\\in \\mathbb{R}"
_ABOVE = {"<": ">", "\\leq": "\\geq"}


def in_order(text: str, context: Context) -> Defined | None:
    """The numbers of a list, each with what stands between it and the next; None if this is no such list, or they are
    the members of what has a definition.

    >>> in_order(r"d_1 \\ge d_2 \\ge \\dots \\ge d_p > 0", Context()).text
    'index i = 1..p ; d_i > 0 ; assume d_{i} \\\\geq d_{i+1}'
    """
    found = _ORDER.fullmatch(text.strip(" .,;"))
    if found is None:
        return None
    signs = {_plain(found[each]) for each in ("before", "sign", "again", "last", "after") if found[each]}
    order = _plain(found["sign"])
    if len({sign[:2] in ("<", "\\l") for sign in signs}) != 1 or {_plain(found["last"]), order} != {order}:
        return None
    name, high = re.sub(r"\s+", "", found["name"]), found["high"]
    bound = _bound(found, order)
    decl = context.symbols.get(name)
    texts: tuple[str, ...] = ()
    if decl is None:
        texts = listed_family(f"{name}_1, \\dots, {name}_{high} {bound or _REAL}", context) or ()
        if not texts:
            return None
    elif (
        decl.definition is not None
        or decl.depends
        or decl.shape
        or len(decl.family) != 1
        or str(decl.family[0]) != f"1..{high}"
    ):
        return None
    try:
        for each in texts:
            context = declare(each, context)
        letter = context.symbols[name].family_names[0]
        more = [f"{name}_{letter} {bound}"] if bound and not texts else []
        more.append(f"assume {name}_{{{letter}}} {order} {name}_{{{letter}+1}}")
        for each in more:
            context = declare(each, context)
    except DeclarationError:
        return None
    return Defined(context, " ; ".join((*texts, *more)))


_DIAGONAL = re.compile(
    r"(?i)⟨(?P<number>\d+)⟩\s+(?:(?:is|be|being|denotes?|for)\s+)?(?:(?:an?|the)\s+)?(?:[a-z-]+\s+){0,2}diagonal(?:\s+matrix)?\s+"
    r"(?:of|with|containing|whose\s+entries\s+are)\s+(?:(?:its|the|all|of)\s+)*(?:(?!(?:inverse|square|root|reciprocal|squared|log)s?\b)[a-z-]+\s+){0,3}(?:on\s+(?:its|the)\s+diagonal\s+)?\Z"
)
_MEMBER = re.compile(rf"(?P<name>{_NAME})\s*_\s*\{{?(?P<letter>[a-z])\}}?(?:\s*{_SIGN}\s*\d+)?")


def on_diagonal(text: str, sentence: str, numbered: Mapping[int, str], context: Context) -> Defined | None:
    """``$D$ is a diagonal matrix with entries $d_1 \\ge \\dots \\ge d_p$``, ``the diagonal matrix $D$ of the degrees
    $d_i$``: these numbers, as what stands on the diagonal of a matrix that nothing defines; None where the words do not
    say so."""
    found, plain = _DIAGONAL.search(sentence), text.strip(" .,;")
    listed = _ORDER.fullmatch(plain) or _MEMBER.fullmatch(plain)
    matrix = numbered.get(int(found["number"]), "") if found is not None else ""
    decl = context.symbols.get(matrix)
    numbers = context.symbols.get(re.sub(r"\s+", "", listed["name"])) if listed is not None else None
    if not matrix or numbers is None or numbers.shape or len(numbers.family) != 1:
        return None
    if numbers.family[0].low.constant != 1:
        return None
    letter = numbers.family_names[0]
    if decl is None:
        if not re.fullmatch(_NAME, matrix) or any(
            matrix in names for names in (context.functions, context.indices, context.sizes)
        ):
            return None
        said = (
            f"let {matrix} := \\operatorname{{diag}}({numbers.name}_1, \\dots, {numbers.name}_{numbers.family[0].high})"
        )
    elif (
        decl.definition is not None
        or decl.depends
        or decl.family
        or "diagonal" not in decl.properties
        or decl.shape != (numbers.family[0].length,) * 2
    ):
        return None
    else:
        said = f"assume {matrix}_{{{letter}{letter}}} = {numbers.name}_{letter}"
    try:
        return Defined(declare(said, context), said)
    except DeclarationError:
        return None


def _plain(sign: str) -> str:
    return _PLAIN.get(sign, sign)


def _bound(found: re.Match[str], order: str) -> str:
    """What bounds all of them: the number above the first where they fall, below the first where they rise."""
    falls = order.startswith((">", "\\g"))
    if falls and found["greatest"]:
        return f"{_plain(found['after'])} {found['greatest']}"
    if not falls and found["least"]:
        return f"{_ABOVE[_plain(found['before'])]} {found['least']}"
    return ""


__all__ = ["in_order", "on_diagonal"]
