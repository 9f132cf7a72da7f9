"""The declaration of a name by its most general shape, with names for lengths that the document has none for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from derive.language.context import Context
from derive.language.extents import Extent, Shape
from derive.language.found import once
from derive.read import syntax as s
from derive.read.documents.undeclared.divisors import LENGTH, divided_lengths
from derive.read.documents.undeclared.evidence import space_of
from derive.read.documents.undeclared.principal_shapes import Section, principal_shapes
from derive.read.documents.undeclared.scripted_names import Letters, Named
from derive.read.documents.undeclared.unification import NUMBER, ONE, Dims, Lengths, Open
from derive.read.errors import ReadError
from derive.read.names import option, script
from derive.read.notation import EXPECTATIONS, PROBABILITIES
from derive.read.parser import parse

NEW_LENGTHS = ("n", "d", "m", "p", "q", "r", "h", "l", "N", "D", "M", "P", "Q", "R", "H")
_MOMENTS = frozenset({"\\mathrm{Var}", "\\mathrm{Cov}", "\\mathrm{E}", "\\mathrm{KL}"})


def declaration(name: str, nodes: Sequence[s.Node], spelled: frozenset[str], context: Context) -> str:
    """The declaration of a name with its most general shape; nothing if the formulas leave open what it is. Lengths
    that nothing names are called by letters that the document does not have (``spelled``)."""
    section, shapes = principal_shapes(nodes, context)
    try:
        named = section.letters.named(parse(name))
    except ReadError:
        return ""  # a name that can only stand where it was found
    dims = shapes.get(named.name) if named is not None and named.rest is None else None
    if named is None or dims is None:
        return ""
    stated = named.name in option(context, "distributed")  # then its means are known
    random = frozenset() if stated else _random(nodes, section.letters, section.called)
    if named.name in varying(nodes, section.letters) | random:
        return ""
    if dims == NUMBER and (LENGTH.fullmatch(named.name) or named.name in _counting(nodes)):
        return ""  # it may be the length of something, or a whole number
    if any(not isinstance(item, s.Name) for item in named.letters):
        return ""  # x_{t+1} may be a member of a sequence
    head = _head(named, name, section)
    shape = _with_names(section, shapes, dims, spelled)
    return f"{head} \\in {space_of(shape)}" if head and shape is not None else ""


def _head(named: Named, name: str, section: Section) -> str:
    """What is declared: the whole vector for an entry of it, else the family; nothing if an index counts nothing."""
    if not named.letters or named.name in section.alone:
        return named.name
    if any(s.key(item) not in section.context.indices for item in named.letters):
        return ""
    if "^" in name or "_" in named.name:
        return name
    return named.name + script("_", "".join(s.key(item) for item in named.letters))


def _with_names(section: Section, shapes: Mapping[str, Dims], dims: Dims, spelled: frozenset[str]) -> Shape | None:
    """A shape, its open lengths with the names that they get in this section: the letter by which a product that sums
    over them is divided, or one that the document does not have; None if there are too many."""
    context = section.context
    taken = (context.sizes, context.symbols, context.indices, context.functions)
    free = [letter for letter in NEW_LENGTHS if letter not in spelled and not any(letter in names for names in taken)]
    lengths = (length for each in (dims, *shapes.values()) for length in each)
    opened = list(dict.fromkeys(length for length in lengths if isinstance(length, Open)))
    divided = _divided(section, shapes)
    called = {**dict(zip((length for length in opened if length not in divided), free, strict=False)), **divided}
    found = [Extent.of(called.get(length, 0)) if isinstance(length, Open) else length for length in dims]
    return None if Extent.of(0) in found else tuple(length for length in found if length != ONE)


def _divided(section: Section, shapes: Mapping[str, Dims]) -> Mapping[Open, str]:
    after = 1 + max(
        (length.number for dims in shapes.values() for length in dims if isinstance(length, Open)), default=0
    )
    found = section.dimensions(Lengths(numbers=count(after)), shapes)
    return divided_lengths([formula.node for formula in section.formulas], found)


def is_length(name: str, nodes: Sequence[s.Node], context: Context) -> bool:
    """Whether a product is divided by this letter that sums over a length which has no name yet."""
    section, shapes = principal_shapes(nodes, context)
    return name in _divided(section, shapes).values()


def varying(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    """The names that are differentiated, so that they depend on something."""
    return _names([part for node in nodes for part in once(node, _differentiated)], letters)


def _differentiated(node: s.Node) -> tuple[s.Node, ...]:
    """What is differentiated in a formula."""
    found: list[s.Node] = []
    for part in s.walk(node):
        match part:
            case s.Diff(body=s.Node() as body):
                found.append(body)
            case s.Juxt(parts=parts):
                for at, one in enumerate(parts):
                    head = one.base if isinstance(one, s.Script) else one
                    if (isinstance(one, s.Diff) and one.body is None) or s.key(head) == "\\nabla":
                        found += _whole(parts[at + 1 :])
    return tuple(found)


def _whole(body: tuple[s.Node, ...]) -> tuple[s.Node, ...]:
    """What is differentiated, if that is a name or a value of it; of a product nothing is known."""
    match body:
        case (one,) | (one, s.Group(bracket="(")):
            return (one,)
    return ()


def _random(nodes: Sequence[s.Node], letters: Letters, called: frozenset[str]) -> frozenset[str]:
    """The names in expectations, and those that are said to be distributed somehow."""
    found = (each for node in nodes for each in once(node, _averaged))
    return _names(
        [part for head, part in found if not (head in called and _in_brackets(part)) for part in s.walk(part)], letters
    )


_AVERAGING = EXPECTATIONS | PROBABILITIES | _MOMENTS


def _averaged(node: s.Node) -> tuple[tuple[str, s.Node], ...]:
    """What stands behind the sign of an expectation or a probability, with that sign, and what is said to be
    distributed, with none."""
    found: list[tuple[str, s.Node]] = []
    for part in s.walk(node):
        match part:
            case s.Juxt(parts=parts):
                heads = [s.key(one.base if isinstance(one, s.Script) else one) for one in parts]
                found += ((head, other) for head, other in zip(heads, parts[1:], strict=False) if head in _AVERAGING)
            case s.Relation(first=first, rest=(("~", _), *_)):
                found.append(("", first))
    return tuple(found)


def _in_brackets(node: s.Node) -> bool:
    """``E(w)``: how a value is written, rather than an expectation."""
    return isinstance(node, s.Group) and node.bracket == "("


def _names(nodes: Sequence[s.Node], letters: Letters) -> frozenset[str]:
    names = [letters.named(each) for each in nodes if isinstance(each, s.Name | s.Script)]
    return frozenset(each.name for each in names if each is not None)


def _counting(nodes: Sequence[s.Node]) -> frozenset[str]:
    """The letters that stand below names, above a sum, or in an exponent of something else than e."""
    return frozenset().union(*(once(node, _counted) for node in nodes))


def _counted(node: s.Node) -> frozenset[str]:
    """Those of one formula."""
    places = [
        place
        for part in s.walk(node)
        if isinstance(part, s.BigOp) or (isinstance(part, s.Script) and s.key(part.base) != "e")
        for place in (part.sub, part.sup)
        if place is not None
    ]
    return frozenset(part.text for place in places for part in s.walk(place) if isinstance(part, s.Name))


__all__ = ["declaration", "is_length", "varying"]
