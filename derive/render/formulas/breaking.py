"""Long formulas in lines: broken at relations, else at plus and minus signs, else inside brackets, else at factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from derive.render.formulas import marks
from derive.render.formulas.tree import Fence, Font, Fraction, Mark, Node, Row, Scripts, Sized, Space, Strut, Words
from derive.render.formulas.width import TALL, width

INDENT = 2.0
"""How far a line that goes on is moved in, in em."""

_RELATION, _SUM, _FACTOR, _NESTED, _LEAST = 20.0, 60.0, 600.0, 90.0, 100_000.0
"""What a break costs: at a relation, at a sign of a sum, between factors; how much more for each bracket around it."""
_TOO_WIDE = 1e9
_WIDE = 8.0
_ARROWS = frozenset("\\Rightarrow \\Leftrightarrow \\implies \\iff \\Longrightarrow \\Longleftrightarrow".split())


@dataclass(frozen=True)
class _Piece:
    """A stretch of marks between which no line ends: its width, and what a break before it costs. ``opens`` and
    ``closes`` are the tall brackets that begin before it or end after it."""

    items: tuple[Node, ...]
    wide: float
    cost: float
    opens: tuple[Fence, ...] = ()
    closes: int = 0


def lines(row: Row, room: float, first: float | None = None) -> list[Row]:
    """The row in lines of at most ``room`` em, the first of them of at most ``first``; one that cannot be broken small
    enough stays too wide. Lines after the first are meant to be moved in by ``INDENT``."""
    start = room if first is None else first
    if width(row) <= start:
        return [row]
    pieces = _pieces(row)
    return [_line(pieces, begin, stop) for begin, stop in _cuts(pieces, start, room - INDENT)]


def _cuts(pieces: list[_Piece], first: float, room: float) -> list[tuple[int, int]]:
    """Where each line begins and ends, so that all breaks together cost least."""
    count = len(pieces)
    ends = [0.0]
    for piece in pieces:
        ends.append(ends[-1] + piece.wide)

    def over(begin: int, stop: int) -> float:
        space = first if begin == 0 else room
        wide = ends[stop] - ends[begin]
        return _TOO_WIDE * (wide - space) if wide > space else ((space - wide) / space) ** 2 * (stop < count)

    @cache
    def best(begin: int) -> tuple[float, int]:
        found: tuple[float, int] | None = None
        for stop in range(begin + 1, count + 1):
            wide = over(begin, stop)
            rest = 0.0 if stop == count else pieces[stop].cost + 5.0 + costs[stop][0]
            if found is None or wide + rest < found[0]:
                found = (wide + rest, stop)
            if wide >= _TOO_WIDE:
                break
        return found or (0.0, count)

    costs: dict[int, tuple[float, int]] = {}
    for begin in range(count - 1, -1, -1):
        costs[begin] = best(begin)
    cuts: list[tuple[int, int]] = []
    at = 0
    while at < count:
        cuts.append((at, costs[at][1]))
        at = costs[at][1]
    return cuts


# -- pieces ------------------------------------------------------------------------------------------------------------
def _pieces(row: Row) -> list[_Piece]:
    out: list[_Piece] = []
    _gather(row, 0, out, ())
    return out


def _gather(row: Row, depth: int, out: list[_Piece], opens: tuple[Fence, ...]) -> None:
    """The pieces of a row within ``depth`` brackets; the first of them opens ``opens``."""
    before: Node | None = None
    related = False
    inner = depth
    for item in row.items:
        cost = _cost(before, item, inner, related)
        related = related or (inner == 0 and _kind(item) == marks.RELATION)
        if _kind(item) == marks.OPEN:
            inner += 1
        elif _kind(item) == marks.CLOSE:
            inner = max(depth, inner - 1)
        fence, scripts = _opened(item)
        if fence is not None and _worth_opening(fence):
            _gather_fence(fence, scripts, inner, out, (opens, cost))
        elif cost >= _LEAST and out and not opens:
            last = out[-1]
            out[-1] = _Piece((*last.items, item), last.wide + width(item), last.cost, last.opens, last.closes)
            if last.closes:  # what stands after a bracket stands outside of it
                out[-1] = last
                out.append(_Piece((item,), width(item), _LEAST))
        else:
            out.append(_Piece((item,), width(item), cost, opens))
        opens = ()
        before = item


def _gather_fence(
    fence: Fence, scripts: Scripts | None, depth: int, out: list[_Piece], before: tuple[tuple[Fence, ...], float]
) -> None:
    """The pieces within a tall bracket, which may be broken inside it."""
    opens, cost = before
    tallest = max(fence.body.items, key=_height, default=None)
    strut = (Strut(Row((tallest,))),) if tallest is not None and _height(tallest) else ()
    shown = Fence(fence.left, Row(strut), fence.right)
    first = len(out)
    _gather(fence.body, depth + 1, out, (*opens, shown))
    head, tail = out[first], out[-1]
    out[first] = _Piece(head.items, head.wide + TALL, cost, head.opens, head.closes)
    tail = out[-1]
    out[-1] = _Piece(tail.items, tail.wide + TALL, tail.cost, tail.opens, tail.closes + 1)
    if scripts is not None:
        only = Scripts(Row(()), scripts.below, scripts.above)
        out.append(_Piece((only,), width(only), _LEAST))


def _height(item: Node) -> int:
    """How high a mark stands: a sum with limits above and below most, then a fraction."""
    if isinstance(item, Scripts) and _kind(item.base) == marks.BIG:
        return 2 + (item.below is not None) + (item.above is not None)
    return 1 if isinstance(item, Fraction) else 0


def _opened(item: Node) -> tuple[Fence | None, Scripts | None]:
    """A tall bracket, and the scripts it carries."""
    if isinstance(item, Fence):
        return item, None
    if isinstance(item, Scripts) and isinstance(item.base, Fence):
        return item.base, item
    return None, None


def _worth_opening(fence: Fence) -> bool:
    """Whether a line may end within a bracket: it is wide, and there is a sign in it or in a bracket within it."""
    return width(fence) > _WIDE and any(
        _kind(item) in (marks.BINARY, marks.RELATION)
        or ((inner := _opened(item)[0]) is not None and _worth_opening(inner))
        for item in fence.body.items
    )


def _kind(item: Node | None) -> str:
    if isinstance(item, Mark):
        return item.kind
    if isinstance(item, Scripts):
        return _kind(item.base)
    if isinstance(item, Sized):
        return {"l": marks.OPEN, "r": marks.CLOSE}.get(item.size[-1], marks.ORDINARY)
    return ""


def _cost(before: Node | None, item: Node, depth: int, related: bool = False) -> float:
    """What a break costs between two marks, within so many brackets; ``related`` says that a relation stands before."""
    nested = _NESTED * depth
    kind, last = _kind(item), _kind(before)
    if (
        before is None
        or _tight(before)
        or last in (marks.BINARY, marks.RELATION, marks.OPEN, marks.BIG, marks.FUNCTION)
    ):
        return _LEAST
    if isinstance(item, Space) and marks.SPACES[item.text] >= 1:
        return _RELATION / 2 + nested
    if isinstance(item, Mark) and item.text in _ARROWS:
        return _RELATION / 4 + nested
    if kind == marks.RELATION and not (isinstance(item, Mark) and item.text in ("\\mid", "\\colon", ":")):
        return _RELATION + nested if depth == 0 else _FACTOR + nested  # p(y, z = k) stays together
    if isinstance(item, Mark) and item.text in ("+", "-"):
        return _SUM + nested
    if kind == marks.BINARY:
        return _FACTOR / 2 + nested
    if kind in (marks.CLOSE, marks.PUNCTUATION) or isinstance(item, Space):
        return _LEAST
    if last == marks.PUNCTUATION:
        if depth == 0 and related:
            return _RELATION / 2  # one conclusion after the other
        return _SUM + nested + (400.0 if depth else 0.0)
    if _opens(item) and (last == marks.IDENTIFIER or _is_lettered(before)):
        return _LEAST  # the arguments of a function
    if last in (marks.IDENTIFIER, marks.NUMBER, marks.ORDINARY) and kind in (marks.ORDINARY, marks.NUMBER):
        return _LEAST
    return _FACTOR + 2 * nested


def _opens(item: Node) -> bool:
    """Whether a bracket begins here."""
    return _kind(item) == marks.OPEN or _opened(item)[0] is not None


def _is_lettered(node: Node) -> bool:
    """Whether a name in a font of its own stands here, such as that of an expectation or a density, with scripts or
    without; a vector in bold may be a factor."""
    inner = node.base if isinstance(node, Scripts) else node
    return isinstance(inner, Font) and inner.font in ("double-struck", "script")


def _tight(before: Node) -> bool:
    """Whether what follows belongs to what stands before: the name of a function, a small space."""
    if isinstance(before, Words):
        return True
    if isinstance(before, Scripts):
        return isinstance(before.base, Words) and before.base.name
    return isinstance(before, Font) and before.font == "roman"


# -- lines -------------------------------------------------------------------------------------------------------------
def _line(pieces: list[_Piece], begin: int, stop: int) -> Row:
    """The pieces of a line as a row: brackets still open at its begin are opened by nothing, those open at its end are
    closed by nothing."""
    carried: list[Fence] = []
    for piece in pieces[:begin]:
        carried += piece.opens
        del carried[len(carried) - piece.closes :]
    stack: list[tuple[Fence, list[Node]]] = [(Fence("", Row(()), ""), [])]
    stack += [(replace(fence, left="."), []) for fence in carried]
    for piece in pieces[begin:stop]:
        stack += [(fence, []) for fence in piece.opens]
        stack[-1][1].extend(piece.items)
        for _ in range(piece.closes):
            fence, items = stack.pop()
            stack[-1][1].append(_part_of(fence, items))
    while len(stack) > 1:
        fence, items = stack.pop()
        stack[-1][1].append(_part_of(replace(fence, right="."), items))
    return Row(tuple(_with_scripts(stack[0][1])))


def _part_of(fence: Fence, items: Sequence[Node]) -> Fence:
    """A bracket around what stands of it in a line; one that goes on in another line is as tall there as here."""
    broken = "." in (fence.left, fence.right)
    strut = fence.body.items if broken and not any(_height(item) >= _height_of(fence) for item in items) else ()
    return Fence(fence.left, Row((*_with_scripts(items), *strut)), fence.right)


def _height_of(fence: Fence) -> int:
    (strut,) = fence.body.items or (Strut(Row(())),)
    return max(map(_height, strut.body.items), default=0) if isinstance(strut, Strut) else 0


def _with_scripts(items: Sequence[Node]) -> list[Node]:
    """Scripts that were kept apart from their bracket stand at it again."""
    out: list[Node] = []
    for item in items:
        if isinstance(item, Scripts) and item.base == Row(()) and out and isinstance(out[-1], Fence):
            out.append(Scripts(out.pop(), item.below, item.above))
        else:
            out.append(item)
    return out
