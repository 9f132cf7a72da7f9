"""Slips in single marks: a number, an exponent, a transpose, an index, a symbol for another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from derive.language.context import Context, SymbolDecl
from derive.read import syntax as s
from derive.read.names import TRANSPOSE_MARKS, parts_of
from derive.read.slips.text import Page, Slip

NEIGHBOURS = 8
"""How many other symbols are tried in the place of one."""

_HAT = re.compile(r"^\\(?:hat|tilde|bar|dot)\{(.*)\}$")


def numbers(page: Page, node: s.Node) -> Iterator[Slip]:
    """One more or less, twice or half."""
    if not isinstance(node, s.Number) or not node.text.isdigit():
        return
    value = int(node.text)
    others = [2 * value, value // 2 if value % 2 == 0 else 0, value + 1, value - 1]
    for other in dict.fromkeys(other for other in others if other not in (0, value)):
        yield page.replaced("number", node, str(other))


def exponents(page: Page, node: s.Node) -> Iterator[Slip]:
    """Another exponent, none, its negative; a transpose or an inverse left out or put in."""
    match node:
        case s.Script(base=base, sup=s.Node() as sup) if not _is_index_group(sup):
            start, stop = _script_bounds(page, base, node.sub, sup)
            transposed = isinstance(sup, s.Name) and sup.text in TRANSPOSE_MARKS
            yield page.removed("transpose" if transposed else "exponent", start, stop)
            if transposed:
                yield Slip("inverse", ((start, stop, "^{-1}"),))
                return
            minus = isinstance(sup, s.Sum) and sup.terms[0][0] == "-" and len(sup.terms) == 1
            if isinstance(sup, s.Number) and sup.text.isdigit():
                for value in (int(sup.text) + 1, int(sup.text) - 1):
                    if value > 1:
                        yield Slip("exponent", ((start, stop, _raised(str(value))),))
            if minus and isinstance(sup, s.Sum):
                yield Slip("exponent", ((start, stop, _raised(page.of(sup.terms[0][1]))),))
                yield Slip("transpose", ((start, stop, _raised(f"-{page.transpose}")),))
            elif not isinstance(sup, s.Sum):
                yield Slip("exponent", ((start, stop, _raised(f"-{page.of(sup)}")),))
        case s.Name() | s.Script(sup=None) | s.Group(bracket="(" | "["):
            yield page.after("exponent", node, "^2")
            if not page.is_number(node):
                yield page.after("transpose", node, f"^{page.transpose}")
            yield page.after("inverse", node, "^{-1}")
        case s.Group(bracket="|" | "||"):
            yield page.after("exponent", node, "^2")
        case s.Diff(body=s.Node()):
            yield page.replaced("transpose", node, rf"\left({page.of(node)}\right)^{page.transpose}")


def _raised(text: str) -> str:
    return f"^{text}" if len(text) == 1 else f"^{{{text}}}"


def _is_index_group(sup: s.Node) -> bool:
    return isinstance(sup, s.Group) and sup.bracket in ("(", "[")


def _script_bounds(page: Page, base: s.Node, sub: s.Node | None, sup: s.Node) -> tuple[int, int]:
    """From the mark ``^`` to the end of its script, braces included."""
    inner_start, inner_stop = page.extent(sup)
    start = page.text.rfind("^", page.extent(base)[1], inner_start + 1)
    del sub
    if start < 0:
        return inner_start, inner_stop
    if page.text[start + 1 : inner_start].strip().startswith("{"):
        close = page.text.find("}", inner_stop)
        inner_stop = close + 1 if close >= 0 else inner_stop
    return start, inner_stop


# -- indices -----------------------------------------------------------------------------------------------------------
def in_subscript(page: Page, sub: s.Node) -> Iterator[Slip]:
    """An index for another, one more or less, two changed over; a number off by one."""
    names = [part for part in s.walk(sub) if isinstance(part, s.Name) and part.text in page.context.indices]
    for name in names:
        for index in page.indices:
            if index != name.text:
                yield page.replaced("index", name, index)
    for name in names:
        if isinstance(sub, s.Name):
            for new in (f"{name.text}-1", f"{name.text}+1"):
                yield _braced(page, sub, new)
    match sub:
        case s.Juxt(parts=(one, other)) | s.Group(items=(one, other)):
            yield Slip("swapped indices", ((*page.extent(one), page.of(other)), (*page.extent(other), page.of(one))))
        case s.Sum(terms=((_, first), (sign, s.Number() as number))):
            yield Slip("index", ((page.extent(first)[1], page.extent(number)[1], ""),))
            flipped = "+" if sign == "-" else "-"
            yield Slip("index", ((page.extent(first)[1], page.extent(number)[0], flipped),))
        case s.Number(text=text) if text.isdigit():
            for index in page.indices:
                yield page.replaced("index", sub, index)
            yield _braced(page, sub, str(int(text) + 1))
            if int(text):
                yield _braced(page, sub, str(int(text) - 1))


def _braced(page: Page, sub: s.Node, new: str) -> Slip:
    start, stop = page.extent(sub)
    braced = page.text[:start].rstrip().endswith("{")
    return Slip("index", ((start, stop, new if braced or len(new) == 1 else f"{{{new}}}"),))


# -- symbols -----------------------------------------------------------------------------------------------------------
def symbols(page: Page, node: s.Node) -> Iterator[Slip]:
    """A symbol for another of its kind, with or without a hat, for a size; a whole name for one that is written."""
    head = parts_of(node)
    if head is None or not isinstance(node, s.Name | s.Script):
        return
    base = node.base if isinstance(node, s.Script) else node
    if isinstance(base, s.Name):
        for name, other in _neighbours(page.context, head[0]):
            yield page.replaced(name, base, other)
            everywhere = _everywhere(page, base.text, other)
            if len(everywhere.changes) > 1:
                yield everywhere
    own = page.of(node)
    for atom in page.atoms:
        if atom != own:
            yield page.replaced("other atom", node, atom)
    for other in _members(page, head[0]):
        yield page.replaced("other atom", node, other)
    yield page.replaced("complement", node, f"(1 - {own})")


def families(page: Page, node: s.Node) -> Iterator[Slip]:
    """``g_{t-1}^k`` for ``f_t^k``: a member of another family that is written here, with one script of its own."""
    if not isinstance(node, s.Script) or not isinstance(node.base, s.Name) or node.sub is None or node.sup is None:
        return
    low, high = page.of(node.sub), page.of(node.sup)
    raised_first = node.sup.start < node.sub.start
    found: dict[str, None] = {}
    for other in s.walk(page.tree):
        match other:
            case s.Script(base=s.Name() as head, sub=s.Node() as sub, sup=s.Node() as sup):
                if head.text == node.base.text:
                    continue
                for below, above in ((page.of(sub), high), (low, page.of(sup))):
                    marks = (f"^{{{above}}}", f"_{{{below}}}") if raised_first else (f"_{{{below}}}", f"^{{{above}}}")
                    found[page.of(head) + "".join(marks)] = None
    for text in found:
        yield page.replaced("family", node, text)


def _members(page: Page, name: str) -> Iterator[str]:
    """``q_i`` for ``p_u``: a member, at an index that is written here, of another family of things of the same kind."""
    symbols = page.context.symbols
    decl = symbols.get(name)
    if decl is None or len(decl.family) != 1:
        return
    for other in symbols.values():
        if other.shape != decl.shape or len(other.family) != 1 or other.family == decl.family or not _is_plain(other):
            continue
        for letter in page.indices:
            if page.context.indices[letter] == other.family[0]:
                yield f"{other.name}_{letter}"


def _neighbours(context: Context, name: str) -> Iterator[tuple[str, str]]:
    """The symbols that could be meant: first those that differ by a hat, then those of the same shape and family."""
    bare = _HAT.sub(r"\1", name)
    heads = dict.fromkeys(re.split(r"[_^](?![^{]*\})", other)[0] for other in context.symbols)
    hats = [other for other in heads if other != name and _HAT.sub(r"\1", other) == bare]
    yield from (("hat", other) for other in hats)
    decl = context.symbols.get(name)
    if decl is None and name not in context.sizes:
        return
    kind = (decl.shape, decl.family) if decl is not None else ((), ())
    alike = [other for other in context.symbols.values() if other.name != name and (other.shape, other.family) == kind]
    rest = [other.name for other in alike if other.name not in hats and _is_plain(other)]
    rest = [other for other in rest if other not in context.functions]  # f(x) is not written f
    sizes = [size for size in context.sizes if size != name] if kind == ((), ()) else []
    yield from (("symbol", other) for other in [*sizes, *rest][:NEIGHBOURS])


def _is_plain(decl: SymbolDecl) -> bool:
    """Whether a name can be written as it is called (``x'`` of a renamed variable cannot)."""
    return not decl.name.endswith("'")


def _everywhere(page: Page, text: str, other: str) -> Slip:
    """Another symbol in every place of one."""
    tree = [part for part in s.walk(page.tree) if isinstance(part, s.Name) and part.text == text]
    places = dict.fromkeys(page.extent(part) for part in tree)
    return Slip("symbol everywhere", tuple((*place, other) for place in places))


# -- functions ---------------------------------------------------------------------------------------------------------
_OTHER_FUNCTION = {"log": "exp", "ln": "exp", "exp": "log", "sin": "cos", "cos": "sin", "sinh": "cosh", "cosh": "sinh"}


def functions(page: Page, node: s.Node) -> Iterator[Slip]:
    """A function for its neighbour."""
    if isinstance(node, s.Word) and node.text in _OTHER_FUNCTION and page.text[node.start] == "\\":
        yield page.replaced("function", node, f"\\{_OTHER_FUNCTION[node.text]}")


def complements(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a`` for ``(1 - a)``, and ``(1 - \\sigma(a))`` for ``\\sigma(a)``."""
    match node:
        case s.Group(bracket="(" | "[", items=(s.Sum(terms=((_, s.Number(text="1")), ("-", term))),)):
            yield page.replaced("complement", node, page.of(term))
        case s.Juxt(parts=parts):
            for one, other in pairwise(parts):
                if isinstance(other, s.Group) and other.bracket == "(" and _is_share_of(page.context, one):
                    start, stop = page.extent(one)[0], page.extent(other)[1]
                    yield Slip("complement", ((start, start, "(1 - "), (stop, stop, ")")))


def _is_share_of(context: Context, node: s.Node) -> bool:
    """Whether this is a function whose values lie between 0 and 1."""
    decl = context.functions.get(s.key(node))
    return decl is not None and decl.builtin == "logistic"


_OTHER_RELATION = {
    "=": (r"\neq ",),
    "!=": ("=",),
    "<": (r"\leq ", ">"),
    ">": (r"\geq ", "<"),
    "<=": ("<", r"\geq "),
    ">=": (">", r"\leq "),
}


def conditions(page: Page, node: s.Node) -> Iterator[Slip]:
    """``[a = b]`` for ``[a \\neq b]``, and other relations in a condition."""
    if not isinstance(node, s.Relation):
        return
    before = node.first
    for op, after in node.rest:
        start, stop = page.extent(before)[1], page.extent(after)[0]
        for other in _OTHER_RELATION.get(op, ()):
            yield Slip("relation", ((start, stop, f" {other.strip()} "),))
        before = after


Rule = Callable[[Page, s.Node], Iterator[Slip]]

RULES: tuple[Rule, ...] = (numbers, exponents, symbols, families, functions, complements, conditions)
"""Every kind of slip in a single mark; each gives nothing where it does not apply."""
