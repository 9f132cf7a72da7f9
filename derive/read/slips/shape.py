"""Slips in how things are put together: signs, factors, brackets, fractions, big operators."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from derive.read import syntax as s
from derive.read.names import TRANSPOSE_MARKS
from derive.read.slips.text import Change, Page, Slip

_SIGN = re.compile(r"[+\-−–]")


def below(node: s.Node) -> tuple[s.Node, ...]:
    """The nodes directly below that have a value: no subscripts, no limits, no variables of a derivative."""
    match node:
        case s.Sum(terms=terms):
            return tuple(term for _, term in terms)
        case s.Product(first=first, rest=rest) | s.Relation(first=first, rest=rest):
            return (first, *(part for _, part in rest))
        case s.Juxt(parts=parts):
            return parts
        case s.Group(items=items):
            return items
        case s.Frac(top=top, bottom=bottom) | s.Binom(top=top, bottom=bottom):
            return (top, bottom)
        case s.Root(body=body) | s.Factorial(body=body) | s.BigOp(body=body) | s.IntegralOp(body=body):
            return (body,)
        case s.Diff(body=body) if body is not None and not isinstance(body, s.Name | s.Script):
            return (body,)
        case s.Evaluated(body=body):
            return (body,)
        case s.Script(base=base, sup=sup):
            raised = (sup,) if isinstance(sup, s.Node) and not isinstance(sup, s.Name) else ()
            inner = () if isinstance(base, s.Name | s.Word) else (base,)
            return (*inner, *raised)
        case s.MatrixRows(rows=rows):
            return tuple(cell for row in rows for cell in row)
        case s.CaseRows(rows=rows):
            return tuple(value for value, _ in rows)
    return ()


def signs(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a - b``: a term with the other sign, twice or half of it, without it; two terms changed over."""
    if not isinstance(node, s.Sum):
        return
    places = _sign_places(page, node)
    marked = list(zip(node.terms, places, strict=True))
    for (_, term), place in (*marked[1:], marked[0]):
        start = page.extent(term)[0]
        if place is None:
            yield Slip("sign", ((start, start, "-"),))
        else:
            flipped = "" if term is node.terms[0][1] else "+" if page.text[place] != "+" else "-"
            yield Slip("sign", ((place, place + 1, flipped),))
    if len(node.terms) > 1:
        yield from _dropped_terms(page, node, places)
    for (_, one), (sign, other) in pairwise(node.terms):
        if sign == "-":
            yield Slip("order of terms", ((*page.extent(one), page.of(other)), (*page.extent(other), page.of(one))))


def _sign_places(page: Page, node: s.Sum) -> list[int | None]:
    """Where the sign of each term stands (the last one, if there are several)."""
    places: list[int | None] = []
    at = node.start
    for _, term in node.terms:
        start, stop = page.extent(term)
        found = list(_SIGN.finditer(page.text, at, max(at, start)))
        places.append(found[-1].start() if found else None)
        at = stop
    return places


def _dropped_terms(page: Page, node: s.Sum, places: list[int | None]) -> Iterator[Slip]:
    for number, (_, term) in enumerate(node.terms):
        start, stop = page.extent(term)
        place = places[number]
        if number:
            yield page.removed("dropped term", start if place is None else place, stop)
            continue
        after = places[1]
        plus = after is not None and page.text[after] == "+"
        end = page.extent(node.terms[1][1])[0] if plus else after
        yield page.removed("dropped term", start if place is None else place, stop if end is None else end)


def multiples(page: Page, node: s.Node) -> Iterator[Slip]:
    """In every place for a product: a factor of two, another factor, a divisor or a sum that is missing."""
    match node:
        case s.Sum() | s.Frac():
            places = below(node)
        case s.BigOp(body=body):
            places = (body,)
        case s.Group(items=(item,)):
            places = (item,)
        case _:
            places = ()
    for place in places:
        yield from multiplied(page, place)


def multiplied(page: Page, node: s.Node) -> Iterator[Slip]:
    """What could be missing before or after a product."""
    if isinstance(node, s.Group) and node.bracket == "{" and len(node.items) == 1:
        node = node.items[0]
    if not isinstance(node, s.Juxt | s.Product | s.BigOp | s.Frac | s.Script | s.Name | s.Number | s.Group | s.Root):
        return
    if isinstance(node, s.Number) and node.text == "1":
        for atom in _wanted(page):
            yield page.replaced("missing mean" if atom in page.context.sizes else "missing factor", node, atom)
            yield page.replaced("missing divisor", node, rf"\frac{{1}}{{{atom}}}")
        return
    if not isinstance(node, s.Number):
        yield page.before("factor of two", node, "2 ")
        yield page.before("factor of two", node, r"\frac{1}{2} ")
    for atom in _wanted(page):
        if atom in page.context.sizes:
            of_one = isinstance(node, s.Frac) and isinstance(node.top, s.Number)  # its top is another place for it
            yield page.before("missing factor" if of_one else "missing size", node, f"{atom} ")
            continue
        yield page.before("missing factor", node, f"{atom} ")
        yield page.after("missing factor", node, f" {atom}")
    for atom in _wanted(page):
        name = "missing mean" if atom in page.context.sizes else "missing divisor"
        yield page.before(name, node, rf"\frac{{1}}{{{atom}}} ")
    for name in page.indices:
        range_ = page.context.indices[name]
        if not isinstance(node, s.BigOp):
            yield page.before("missing sum", node, rf"\sum_{{{name}={range_.low}}}^{{{range_.high}}} ")


def weights(page: Page, node: s.Node) -> Iterator[Slip]:
    """``n`` for ``\\sum_i r_{ik}``, which adds up over all of them."""
    if not isinstance(node, s.Name) or node.text not in page.context.sizes:
        return
    for name in page.indices:
        range_ = page.context.indices[name]
        if str(range_.high) != node.text:
            continue
        for atom in page.atoms:
            if re.search(rf"_(?:{re.escape(name)}(?![A-Za-z])|\{{[^{{}}]*{re.escape(name)}[^{{}}]*\}})", atom):
                sum_ = rf"\sum_{{{name}={range_.low}}}^{{{range_.high}}} {atom}"
                yield page.replaced("sum of weights", node, sum_)


def lost(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a b + c`` for ``a b + a c``: a factor that another term has."""
    if not isinstance(node, s.Sum):
        return
    factors = [
        [page.of(part) for part in (term.parts if isinstance(term, s.Juxt) else (term,))] for _, term in node.terms
    ]
    for number, (_, term) in enumerate(node.terms):
        others = (factor for place, row in enumerate(factors) if place != number and len(row) > 1 for factor in row)
        for factor in dict.fromkeys(others):
            if factor not in factors[number]:
                yield page.before("lost factor", term, f"{factor} ")


def identities(page: Page, node: s.Node) -> Iterator[Slip]:
    """``A + c`` for ``A + c I``: a number added to a matrix."""
    if isinstance(node, s.Sum) and len(node.terms) > 1 and not page.is_number(node):
        for _, term in node.terms:
            yield (
                page.replaced("lost factor", term, "I")
                if page.of(term) == "1"
                else page.after("lost factor", term, " I")
            )


def _wanted(page: Page) -> tuple[str, ...]:
    sizes = tuple(name for name in page.context.sizes if name not in page.atoms)
    return (*page.atoms, *sizes[:4])


def factors(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a b``: a factor left out, two neighbours in the other order."""
    if not isinstance(node, s.Juxt):
        return
    for part in node.parts:
        yield page.removed("number" if isinstance(part, s.Number) else "dropped factor", *page.extent(part))
    for one, other in pairwise(node.parts):
        if not (page.is_number(one) or page.is_number(other)):
            yield Slip("order", ((*page.extent(one), page.of(other)), (*page.extent(other), page.of(one))))
        yield from _turned(page, one, other)
    if len(node.parts) == 3 and not page.is_number(node):
        one, _, other = node.parts
        yield Slip("order", ((*page.extent(one), page.of(other)), (*page.extent(other), page.of(one))))


def _turned(page: Page, one: s.Node, other: s.Node) -> Iterator[Slip]:
    """``u v^T`` for ``v u^T``."""
    if not isinstance(one, s.Name | s.Group | s.Script) or not isinstance(other, s.Script) or other.sub is not None:
        return
    if isinstance(one, s.Script) and one.sup is not None:
        return
    if isinstance(other.sup, s.Name) and other.sup.text in TRANSPOSE_MARKS:
        yield Slip("order", ((*page.extent(one), page.of(other.base)), (*page.extent(other.base), page.of(one))))


def written_factors(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a \\cdot b / c``: a factor left out with its sign, two neighbours in the other order."""
    if not isinstance(node, s.Product):
        return
    parts = [node.first, *(part for _, part in node.rest)]
    if node.rest[0][0] != "/":
        yield page.removed("dropped factor", page.extent(parts[0])[0], page.extent(parts[1])[0])
    for one, other in pairwise(parts):
        yield page.removed("dropped factor", page.extent(one)[1], page.extent(other)[1])
        if not page.is_number(node):
            yield Slip("order", ((*page.extent(one), page.of(other)), (*page.extent(other), page.of(one))))


def fractions(page: Page, node: s.Node) -> Iterator[Slip]:
    """A fraction upside down, without its divisor, or with it as a factor."""
    if not isinstance(node, s.Frac):
        return
    top, bottom = node.top, node.bottom
    yield _upside_down(page, node)
    yield page.replaced("divisor", node, _bracketed(page, top))
    yield page.replaced("divisor", node, f"{_bracketed(page, bottom)} {_bracketed(page, top)}")
    if isinstance(top, s.Number) and top.text == "1":
        yield page.replaced("divisor", node, _bracketed(page, bottom))


_FRACTION = re.compile(r"\\[dtc]?frac(?![A-Za-z])")


def _upside_down(page: Page, node: s.Frac) -> Slip:
    """A fraction with its parts exchanged, each in braces of its own where it is written with \\frac."""
    top, bottom = page.of(node.top), page.of(node.bottom)
    start, stop = page.extent(node)
    command = _FRACTION.match(page.text, start)
    if command is None:
        return Slip("upside down", ((*page.extent(node.top), bottom), (*page.extent(node.bottom), top)))
    swapped = "".join(f"{{{_unbraced(each)}}}" for each in (bottom, top))
    return Slip("upside down", ((start, stop, command.group() + swapped),))


def _unbraced(text: str) -> str:
    """A text without the pair of braces around the whole of it."""
    text = text.strip()
    level = 0
    for place, letter in enumerate(text):
        level += (letter == "{") - (letter == "}")
        if level == 0 and (place + 1 < len(text) or letter != "}"):
            return text
    return text[1:-1]


def raised_parts(page: Page, node: s.Node) -> Iterator[Slip]:
    """An exponent of a whole fraction that was meant for what stands below it, or above; or one that was left out
    there."""
    match node:
        case s.Script(base=s.Frac(top=top, bottom=bottom), sub=None, sup=s.Node() as sup):
            mark = page.text[page.extent(node.base)[1] : page.extent(node)[1]].strip()
            if mark.startswith("^") and not isinstance(sup, s.Group):
                start, stop = page.extent(node.base)[1], page.extent(node)[1]
                for part in (bottom, top):
                    yield Slip("exponent", (_raised(page, part, mark), (start, stop, "")))
        case s.Frac(top=top, bottom=bottom):
            for part in (bottom, top):
                if isinstance(_inside(part), s.Sum):
                    yield Slip("exponent", (_raised(page, part, "^2"),))


def _inside(node: s.Node) -> s.Node:
    return node.items[0] if isinstance(node, s.Group) and node.bracket == "{" and len(node.items) == 1 else node


def _raised(page: Page, part: s.Node, mark: str) -> Change:
    """One part of a fraction with an exponent behind it: in brackets, but for a name."""
    inner = _inside(part)
    text = page.of(inner)
    plain = isinstance(inner, s.Name | s.Number | s.Word) or (isinstance(inner, s.Group) and inner.bracket == "(")
    new = f"{text}{mark}" if plain else f"({text}){mark}"
    return (*page.extent(inner), new if inner is not part else f"{{{new}}}")


def _bracketed(page: Page, node: s.Node) -> str:
    inner = _inside(node)
    text = page.of(inner)
    return f"({text})" if isinstance(inner, s.Sum) else text


def brackets(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a (b + c)`` for ``a b + c`` and the other way round; ``(a b)^2`` for ``a b^2``."""
    match node:
        case s.Group(bracket="(" | "[", items=(s.Sum(),) | (s.Juxt(),) as items):
            yield page.replaced("bracket", node, page.of(items[0]))
        case s.Sum(terms=terms):
            for (_, one), (_, other) in pairwise(terms):
                yield from _gathered(page, one, other)
        case s.Juxt(parts=parts) if isinstance(parts[-1], s.Script) and parts[-1].sup is not None:
            start, stop = page.extent(parts[0])[0], page.extent(parts[-1].base)[1]
            if parts[-1].sub is None:
                yield Slip("bracket", ((start, start, "("), (stop, stop, ")")))


def _gathered(page: Page, one: s.Node, other: s.Node) -> Iterator[Slip]:
    """Two terms in one bracket: with the last factor of the first, or with the first factor of the second."""
    start, stop = page.extent(one)[0], page.extent(other)[1]
    if isinstance(one, s.BigOp):
        start = page.extent(one.body)[0]
        yield Slip("bracket", ((start, start, "("), (stop, stop, ")")))
    elif isinstance(one, s.Juxt):
        last = page.extent(one.parts[-1])[0]
        yield Slip("bracket", ((last, last, "("), (stop, stop, ")")))
    if isinstance(other, s.Juxt):
        first = page.extent(other.parts[0])[1]
        yield Slip("bracket", ((start, start, "("), (first, first, ")")))
    if isinstance(one, s.Frac):
        inside = page.extent(one.top)[1]
        yield Slip(
            "bracket", ((inside, inside, page.text[page.extent(one)[1] : stop]), (page.extent(one)[1], stop, ""))
        )


_OTHER_KIND = {"sum": r"\prod", "prod": r"\sum", "max": r"\min", "min": r"\max"}
_COMMAND = re.compile(r"\\(?:sum|prod|max|min)(?![A-Za-z])")


def big_operators(page: Page, node: s.Node) -> Iterator[Slip]:
    """A sum too many, another kind of it, a range one too long or too short."""
    if not isinstance(node, s.BigOp):
        return
    start = page.extent(node)[0]
    yield page.removed("sum dropped", start, page.extent(node.body)[0])
    command = _COMMAND.match(page.text, start)
    if command and node.kind in _OTHER_KIND:
        yield Slip("kind of sum", ((command.start(), command.end(), _OTHER_KIND[node.kind]),))
    bound = node.sub.first if isinstance(node.sub, s.Relation) else None
    if node.sup is not None and command and isinstance(bound, s.Name):
        for name in page.indices:
            range_ = page.context.indices[name]
            if name != bound.text and command.group() in (r"\sum", r"\prod"):
                new = rf"{command.group()}_{{{name}={range_.low}}}^{{{range_.high}}} "
                yield Slip("index summed", ((start, page.extent(node.body)[0], new),))
    if node.sup is not None:
        for new in ("-1", "+1"):
            yield _in_braces(page, "range", node.sup, f"{page.of(node.sup)}{new}")
    if isinstance(node.sub, s.Relation) and isinstance(node.sub.rest[-1][1], s.Number):
        low = node.sub.rest[-1][1]
        for value in (int(low.text) + 1, int(low.text) - 1) if low.text.isdigit() else ():
            yield page.replaced("range", low, str(value))


def _in_braces(page: Page, name: str, script: s.Node, new: str) -> Slip:
    """Another text for a script, in braces if it has none."""
    start, stop = page.extent(script)
    braced = page.text[:start].rstrip().endswith("{")
    return Slip(name, ((start, stop, new if braced or len(new) == 1 else f"{{{new}}}"),))


def roots(page: Page, node: s.Node) -> Iterator[Slip]:
    """A root too many, or left out."""
    match node:
        case s.Root(body=body, degree=None):
            yield page.replaced("root", node, _bracketed(page, body))
        case s.Group(bracket="(", items=(item,)):
            yield page.replaced("root", node, rf"\sqrt{{{page.of(item)}}}")
        case s.Name() | s.Script():
            yield page.replaced("root", node, rf"\sqrt{{{page.of(node)}}}")
        case s.Frac(bottom=bottom) if isinstance(_inside(bottom), s.Sum):
            inner = _inside(bottom)
            new = rf"\sqrt{{{page.of(inner)}}}"
            yield page.replaced("lost root", inner, new if inner is not bottom else f"{{{new}}}")


def squares(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a b`` for ``(a b)^2``, in a sum."""
    if not isinstance(node, s.Sum):
        return
    for _, term in node.terms:
        if isinstance(term, s.Juxt):
            yield page.replaced("square", term, f"({page.of(term)})^2")


def inverses(page: Page, node: s.Node) -> Iterator[Slip]:
    """``s X^T X`` for ``s (X^T X)^{-1}``: the last factors, where one is transposed."""
    if not isinstance(node, s.Juxt):
        return
    for first in range(len(node.parts) - 1):
        last = node.parts[first:]
        if any(isinstance(part, s.Script) and part.sup is not None for part in last):
            start, stop = page.extent(last[0])[0], page.extent(last[-1])[1]
            yield Slip("inverse of all", ((start, start, "("), (stop, stop, ")^{-1}")))


def one_more(page: Page, node: s.Node) -> Iterator[Slip]:
    """``a + 1`` and ``a - 1`` for ``a``."""
    if isinstance(node, s.Sum):
        yield page.after("one more", node.terms[-1][1], " + 1")
        yield page.after("one more", node.terms[-1][1], " - 1")


Rule = Callable[[Page, s.Node], Iterator[Slip]]

RULES: tuple[Rule, ...] = (
    signs,
    lost,
    identities,
    weights,
    multiples,
    factors,
    written_factors,
    fractions,
    raised_parts,
    brackets,
    big_operators,
    roots,
    squares,
    inverses,
    one_more,
)
"""Every kind of slip in the shape of a formula; each gives nothing where it does not apply."""
