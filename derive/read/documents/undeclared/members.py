r"""Families given by a list of their members: ``x_1, \dots, x_N \in \mathbb{R}^d``, ``k_0, k_1, \dots, k_M``."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read.declarations import declare
from derive.read.errors import DeclarationError, ReadError, Undeclared, WrongRange
from derive.read.latex import node_readings
from derive.read.parser import parse

_MEMBER = r"\s*(?P=mark)\s*\{?\(?"
LISTED = re.compile(
    r"(?P<name>\\?[A-Za-z]+(?:\s*\{\\?[A-Za-z]+\})?)\s*(?P<mark>[_^])\s*\{?\(?(?P<first>\d)\)?\}?\s*,\s*"
    rf"(?P<more>(?:(?P=name){_MEMBER}\d\)?\}}?\s*,\s*)*)"
    rf"(?:\\[lc]?dots[cb]?|\.\.\.|…)\s*,\s*(?P=name){_MEMBER}(?P<last>[A-Za-z](?:\s*[-+]\s*1)?)\)?\}}?\s*"
    r"(?P<rest>(?:(?:\\in|>|<|\\ge|\\le).*)?)"
)
"""A list of members from a number on: they are counted without a gap."""
_ONE_LIST = re.compile(LISTED.pattern.removesuffix(r"(?P<rest>(?:(?:\\in|>|<|\\ge|\\le).*)?)"))


def listed_family(text: str, context: Context, said: str = "") -> tuple[str, ...] | None:
    """``x_1, \\dots, x_N \\in \\mathbb{R}^d`` as declarations of an index (if none runs so far) and of x_n; ``said`` is
    the space that the words give, where the formula gives none."""
    found = LISTED.fullmatch(text)
    if found is None or not _without_a_gap(found):
        return None
    name, last = found["name"], re.sub(r"\s", "", found["last"])
    rest = found["rest"] or said or _like_one(name, context)
    if not rest:
        return None
    range_ = f"{found['first']}..{last}"
    letter = next((index for index, each in context.indices.items() if str(each) == range_), "")
    texts: list[str] = []
    if not letter:
        letter = _new_letter(last, context)
        if not letter:
            return None
        texts.append(f"index {letter} = {range_}")
    scripted = f"{name}_{letter}" if found["mark"] == "_" else f"{name}^{{({letter})}}"
    try:
        if node_readings(parse(scripted), declare(texts[0], context) if texts else context):
            return None
    except Undeclared:
        return (*texts, f"{scripted} {rest}")
    except WrongRange:
        return (*texts, f"{scripted} {rest}")
    except (ReadError, DeclarationError):
        return None
    return None


def counts_otherwise(text: str, context: Context) -> bool:
    """Whether ``r_0, \\dots, r_{T-1}`` lists members of a declared family that runs over another range."""
    found = LISTED.fullmatch(text)
    decl = context.symbols.get(found["name"]) if found is not None and not found["rest"] else None
    if found is None or decl is None or len(decl.family) != 1 or decl.definition is not None:
        return False
    return str(decl.family[0]).replace(" ", "") != f"{found['first']}..{found['last']}".replace(" ", "")


_LISTS = re.compile(r"(?P<lists>.*?)(?P<rest>\\in(?![A-Za-z]).*|[<>].*|\\[gl]e(?:q|qslant)?(?![A-Za-z]).*)")


_NAME = re.compile(r"[A-Za-z]|\\[a-z]+|\\[a-z]+\{\\?[A-Za-z]+\}")


def listed_families(text: str, context: Context, said: str = "") -> tuple[str, ...] | None:
    """``u_1, \\dots, u_m, v_1, \\dots, v_n, w \\in \\mathbb{R}^k``: families and names, all in the same space."""
    whole = listed_family(text, context, said)
    found = _LISTS.fullmatch(text) if whole is None else None
    if found is None:
        return whole
    lists = [match.group().strip(" ,") for match in _ONE_LIST.finditer(found["lists"])]
    rest = re.sub(r"\\(?:text|mathrm)\s*\{\s*and\s*\}|\\q?quad|\s", "", _ONE_LIST.sub("", found["lists"]))
    names = [name for name in rest.split(",") if name]
    if not lists or len(lists) + len(names) < 2 or not all(_NAME.fullmatch(name) for name in names):
        return None
    texts: list[str] = []
    for each in lists:
        more = listed_family(f"{each} {found['rest']}", context)
        if more is None:
            return None
        try:
            for line in more:
                context = declare(line, context)
        except DeclarationError:
            return None
        texts += more
    return (*texts, *(f"{name} {found['rest']}" for name in names))


def _without_a_gap(found: re.Match[str]) -> bool:
    """Whether the members that are written out are the first ones, each once: ``k_0, k_1, \\dots``."""
    numbers = [int(found["first"]), *(int(each) for each in re.findall(r"(\d)\)?\}?\s*,", found["more"]))]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _new_letter(last: str, context: Context) -> str:
    """A letter for the index of a list that ends at ``last``: the small letter of that size, if it is free."""
    taken = (context.indices, context.sizes, context.symbols, context.functions)
    letters = f"{last[0].lower() if last[0].isupper() else ''}ijklrs"
    return next((each for each in letters if each != last[0] and not any(each in names for names in taken)), "")


def _like_one(name: str, context: Context) -> str:
    """The space of ``y``, for a family ``y_1, \\dots, y_N`` of which no more is said."""
    decl = context.symbols.get(name)
    if decl is None or decl.family or decl.definition is not None or decl.depends:
        return ""
    extents = r" \times ".join(str(extent) for extent in decl.shape)
    words = " ".join(sorted(decl.properties - {"real"}))
    return (r"\in \mathbb{R}" + (f"^{{{extents}}}" if extents else "") + f" {words}").strip()
