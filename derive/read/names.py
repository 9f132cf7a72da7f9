"""What a name with its scripts may refer to: which scripts belong to the name, and which are indices."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache

from derive.language.context import Context
from derive.read import syntax as s

TRANSPOSE_MARKS = frozenset({"T", "\\top", "\\intercal", "\\mathsf{T}", "\\mathrm{T}", "t"})
DRAWN = "drawn"
"""The option that has the names of all that a text calls random."""
BUNDLES = "bundles"
"""The notation switch that says which parameters ``θ`` stands for: a tuple of names as they are written."""
PARAMETER_BUNDLES = frozenset(
    {"\\theta", "\\Theta", "\\boldsymbol{\\theta}", "\\mathbf{\\theta}", "\\boldsymbol{\\Theta}"}
)
"""Names that, when nothing declares them, stand for all parameters together and decide nothing."""
MARK_WORDS = frozenset(
    "new old opt prev next post prior init test train ridge lasso true best reg pred map mle ols "
    "in out lin val aug gen emp ML MLE MAP OLS LS MMSE".split()
)
"""Words that are typed in italic letters as a superscript or subscript: ``w^{new}``, ``w_{MAP}``."""
NAME_MARKS = frozenset({"*", "\\star", "\\dagger", "+", "-", "\\prime", "\\perp", "\\parallel"})
BELOW_MARKS = frozenset({"*", "\\star", "+", "-", "\\perp", "\\parallel"})
"""Subscripts that make another name: ``x_*`` is no entry of x, nor is ``S_{+}`` one of S."""


@dataclass(frozen=True)
class Slot:
    """One argument of a declared function: a parameter, or a bare name that is only decoration (``θ`` in ``p(x|θ)``).

    ``left`` is what stands before ``=`` in arguments such as ``c_d = k``; ``literal`` a fixed right side (``y_i = 0``).
    """

    param: str = ""
    left: str = ""
    decoration: str = ""
    literal: str = ""


@dataclass(frozen=True)
class Signature:
    """How a function is written: one entry of ``context.options["signatures"]``. ``name`` is its key in the context."""

    name: str
    slots: tuple[Slot, ...]
    seps: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """``let l(\\theta) := …``: the quantity ``name``, written with these arguments, up to ``indices``."""

    name: str
    group: s.Group
    indices: tuple[str, ...] = ()


def fits_form(pattern: object, found: object, indices: tuple[str, ...], given: dict[str, s.Node]) -> bool:
    """Whether ``found`` is written as ``pattern``, up to the indices, which are put into ``given``."""
    if isinstance(pattern, s.Name) and pattern.text in indices and isinstance(found, s.Node):
        return s.key(given.setdefault(pattern.text, found)) == s.key(found)
    if isinstance(pattern, tuple) and isinstance(found, tuple):
        return len(pattern) == len(found) and all(
            fits_form(a, b, indices, given) for a, b in zip(pattern, found, strict=True)
        )
    if not isinstance(pattern, s.Node) or not isinstance(found, s.Node):
        return pattern == found
    if isinstance(pattern, s.Group) and isinstance(found, s.Group):
        return fits_form(pattern.items, found.items, indices, given)
    return type(pattern) is type(found) and all(
        fits_form(getattr(pattern, item.name), getattr(found, item.name), indices, given)
        for item in fields(pattern) if item.name not in ("start", "stop")
    )  # fmt: skip


@dataclass(frozen=True)
class Component:
    """``component x_{ni} of \\mathbf{x}_n``: the name ``x`` with indices (n, i) is entry i of ``whole``."""

    whole: str
    family: int
    entries: int


class Whole(str):
    """``component \\pi_k of \\boldsymbol{\\pi}`` where only the family is declared: the name of that family."""

    __slots__ = ()


@dataclass(frozen=True)
class Split:
    """A superscript taken apart: index-like items in brackets, and what is left to do (a power or a transpose)."""

    items: tuple[s.Node, ...] = ()
    rest: s.Node | None = None
    marked: str = ""


NOTHING_ABOVE = Split()


@dataclass(frozen=True)
class Candidate:
    """One way to read a scripted name: ``name`` with ``indices``; ``rest`` of the superscript is left."""

    name: str
    indices: tuple[s.Node, ...]
    rest: s.Node | None


def option(context: Context, name: str) -> Mapping[str, object]:
    """A mapping among the notation switches; empty if it was never set."""
    found = context.options.get(name)
    return found if isinstance(found, Mapping) else {}


def items_of(node: s.Node | None) -> tuple[s.Node, ...]:
    """A subscript as a list: ``{n,k}`` and ``{nk}`` both have two items, ``{t-1}`` has one."""
    match node:
        case None:
            return ()
        case s.Group(bracket="{", items=items, seps=seps) if not seps or all(sep in (",", ";") for sep in seps):
            return tuple(part for item in items for part in items_of(item))
        case s.Juxt(parts=parts) if all(isinstance(part, s.Name | s.Number | s.Script) for part in parts):
            return parts
        case s.Script(base=s.Number() as first, sub=s.Node() as sub, sup=None, primes=0):
            return (first, *items_of(sub))  # v_{2_i}: entry i of the second one; a number has no subscripts
    return (node,)


def conditional(sub: s.Node | None) -> tuple[tuple[str, tuple[s.Node, ...]], ...]:
    """``{j|i}`` as what belongs to the name of a family, ``\\cdot|\\cdot``, and its indices; ``{j|y=1}`` as those of
    ``\\cdot|y=1``, and of the member 1 of ``\\cdot|y=\\cdot``; nothing for others."""
    match sub:
        case s.Group(bracket="{", items=items, seps=seps) if seps.count("|") == 1 and {*seps} <= {",", "|"}:
            before = seps.index("|") + 1
            parts = [[part for item in side for part in items_of(item)] for side in (items[:before], items[before:])]
            ways = dict.fromkeys((_conditions(parts, fixed=True), _conditions(parts, fixed=False)))
            return tuple((name, indices) for name, indices in ways if indices)
    return ()


def _conditions(sides: list[list[s.Node]], fixed: bool) -> tuple[str, tuple[s.Node, ...]]:
    """What belongs to the name and what are indices; in ``y=1`` the number is an index unless it is ``fixed``."""
    names: list[str] = []
    indices: list[s.Node] = []
    for side in sides:
        name = ""
        for part in side:
            match part:
                case s.Relation(first=s.Name(text=text), rest=(("=", s.Number() as value),)) if fixed:
                    name += f"{text}={s.key(value)}"
                case s.Relation(first=s.Name(text=text), rest=(("=", s.Name() | s.Number() as value),)):
                    name, indices = f"{name}{text}=\\cdot", [*indices, value]
                case s.Relation():
                    return "", ()
                case _:
                    name, indices = f"{name}\\cdot", [*indices, part]
        names.append(name)
    return "|".join(names), tuple(indices)


def split_superscript(sup: s.Node | None) -> Split:
    """``^{(k)}`` and ``^{[k]}`` are indices, ``^{(2)T}`` an index and a transpose, ``^*`` part of the name; the rest is
    left."""
    match sup:
        case None:
            return NOTHING_ABOVE
        case s.Group(bracket="(" | "[", items=items):
            return Split(items=items)
        case s.Juxt(parts=(s.Group(bracket="(" | "[", items=items), s.Group(bracket="(" | "[", items=more))):
            return Split(items=(*items, *more))
        case s.Juxt(parts=(s.Group(bracket="(" | "[", items=items), rest)):
            return Split(items=items, rest=rest)
        case s.Name(text=text) if text in NAME_MARKS:
            return Split(marked=text)
        case s.Juxt(parts=(s.Name(text=text), rest)) if text in NAME_MARKS:
            return Split(rest=rest, marked=text)
        case s.Word(text=text) if text not in ("T",):
            return Split(marked=f"{{\\mathrm{{{text}}}}}")
        case s.Juxt() if s.key(sup) in MARK_WORDS:
            return Split(marked=f"{{{s.key(sup)}}}")
    return Split(rest=sup)


def parts_of(node: s.Node) -> tuple[str, s.Node | None, s.Node | None] | None:
    """Base text (with primes), subscript and superscript of a name; None if it is not a name."""
    match node:
        case s.Name(text=text) | s.Word(text=text):
            return (text if isinstance(node, s.Name) else f"\\mathrm{{{text}}}"), None, None
        case s.Script(base=base, sub=sub, sup=sup, primes=primes):
            below = parts_of(base)
            if (
                below is None
                or (below[1] is not None and sub is not None)
                or (below[2] is not None and sup is not None)
            ):
                return None
            return below[0] + "'" * primes, sub or below[1], sup or below[2]
        case s.Group(bracket="{", items=(item,)):
            return parts_of(item)
    return None


def parts_below(node: s.Node) -> tuple[str, s.Node | None, s.Node | None] | None:
    """The parts of a name, with an index in brackets above it, ``h^{(t-1)}``, as the one below it that it is."""
    parts = parts_of(node)
    if parts is None or parts[1] is not None or parts[2] is None:
        return parts
    split = split_superscript(parts[2])
    return (parts[0], split.items[0], split.rest) if len(split.items) == 1 and not split.marked else parts


def number_above(sup: s.Node | None) -> s.Node | None:
    """The ``(1)`` of ``W^{(1)}`` and of ``W^{[1] T}``: with a number in it, it tells names apart, as one below does."""
    items = split_superscript(sup).items
    if sup is None or not items or not all(isinstance(item, s.Number) for item in items):
        return None
    return sup.parts[0] if isinstance(sup, s.Juxt) else sup


def name_alone(node: s.Node) -> str:
    """A name with what tells it apart, without a transpose or a power: ``W_1``, ``W^{(1)}``; else nothing."""
    parts = parts_of(node)
    if parts is None:
        return ""
    base, sub, sup = parts
    above = number_above(sup)
    if sub is None and above is None:
        return base
    return s.key(s.Script(0, 0, s.Name(0, 0, base), sub, above))


def candidates(base: str, sub: s.Node | None, sup: s.Node | None) -> tuple[Candidate, ...]:
    """Every way to share the scripts between the name and its indices, most of them in the name first."""
    return (Candidate(base, (), None),) if sub is None and sup is None else _shared(base, sub, sup)


@lru_cache(maxsize=4096)
def _shared(base: str, sub: s.Node | None, sup: s.Node | None) -> tuple[Candidate, ...]:
    return tuple(_sharing(base, sub, sup))


def _sharing(base: str, sub: s.Node | None, sup: s.Node | None) -> Iterator[Candidate]:
    if sup is not None:
        whole = f"{base}{script('_', s.key(sub) if sub is not None else '')}{script('^', s.key(sup))}"
        yield Candidate(whole, (), None)
        if sub is not None:  # an entry of what is named with its superscript: \\boldsymbol{\\sigma}^2_j
            yield Candidate(f"{base}{script('^', s.key(sup))}", items_of(sub), None)
    split = split_superscript(sup)
    below = items_of(sub)
    joined = isinstance(sub, s.Juxt)
    texts = [s.key(item) for item in below]
    above = [s.key(item) for item in split.items]
    count = len(above) + len(texts)
    given = conditional(sub)
    for mask in sorted(range(1 << min(count, 6)), key=lambda bits: (-bits.bit_count(), bits)):
        if not mask and not above and not split.marked:
            yield from (Candidate(f"{base}_{{{name}}}", indices, split.rest) for name, indices in given)
        named_above = [text for place, text in enumerate(above) if mask >> place & 1]
        named_below = [text for place, text in enumerate(texts) if mask >> (place + len(above)) & 1]
        free = [item for place, item in enumerate((*split.items, *below)) if not mask >> place & 1]
        tail = script("_", ("" if joined else ",").join(named_below)) + script("^", split.marked)
        tail += script("^", f"({','.join(named_above)})" if named_above else "")
        yield Candidate(base + tail, tuple(free), split.rest)


def script(mark: str, text: str) -> str:
    """A script as it is spelled in names: braces only around more than one character."""
    if not text:
        return ""
    single = len(text) == 1 or (text[0] == "\\" and text[1:].isalpha()) or text.startswith("{\\mathrm")
    return mark + (text if single else f"{{{text}}}")


def with_rest(candidate: Candidate, rest: s.Node | None) -> Candidate:
    """The candidate with something else left to do."""
    return replace(candidate, rest=rest)


_FACE = re.compile(r"\\(mathbf|boldsymbol|mathcal|mathbb|hat|tilde|bar|mathrm|vec)\{|[{}]")


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name without faces and accents, to find what the author may have meant."""
    return _FACE.sub("", name)


def similar(name: str, known: Iterator[str]) -> str:
    """A hint naming declared quantities that look the same but for face, accent or script."""
    bare = plain(name)
    head = bare.partition("_")[0].partition("^")[0]
    near = [
        other for other in known if plain(other) == bare or plain(other).partition("_")[0].partition("^")[0] == head
    ]
    return "did you mean " + " or ".join(near[:3]) + "?" if near else "declare it"
