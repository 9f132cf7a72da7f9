"""``A x + b \\sim \\mathcal{N}(m, S)`` of a normal x: what is affine in it is normal, with this mean and covariance."""

from __future__ import annotations

from derive.language.claims import Equal
from derive.language.context import Context
from derive.language.terms import Num, Op, Sym, Term, subterms
from derive.read import syntax as s
from derive.read.documents.steps.chains import Segment
from derive.read.errors import ReadError
from derive.read.latex import Link, node_readings, plain_links
from derive.read.names import option, parts_of
from derive.read.notation import NORMALS
from derive.read.parser import parse

HINT = "only an affine function of one normal quantity (x \\sim \\mathcal{N}(…)) is known to be normal"


def moments(segment: Segment, context: Context) -> tuple[tuple[Equal, str], ...] | None:
    """What the line claims, and of what: of the mean, of the covariance; None if it is not about a function of a random
    quantity.

    :class:`ReadError` where that function is not known to be normal.
    """
    if segment.missing or segment.ops != ("~",) or parts_of(segment.nodes[0]) is not None:
        return None
    given = _normal(segment.nodes[1])
    if given is None:
        return None
    typed = node_readings(segment.nodes[0], context)
    term = typed[0].term
    known = option(context, "distributed")
    names = sorted({part.name for part in subterms(term) if isinstance(part, Sym) and part.name in known})
    if not names or len(typed) != 1:
        return None
    if len(names) > 1 or _normal(known[names[0]]) is None or _degree(term, names[0]) != 1:
        raise ReadError(f"cannot tell the distribution of {s.key(segment.nodes[0])}", None, HINT)
    spread, called = (
        (r"\operatorname{Cov}", "the covariance") if typed[0].shape else (r"\operatorname{Var}", "the variance")
    )
    mean, covariance = (s.key(item) for item in given)
    left = s.key(segment.nodes[0])
    first = _equal(f"\\mathbb{{E}}[{left}] = {mean}", context)
    second = _equal(f"{spread}[{left}] = {covariance}", context)
    return *((each, "the mean") for each in first), *((each, called) for each in second)


def is_claim(node: s.Relation, context: Context) -> bool:
    """Whether a formula says how a function of a random quantity is distributed."""
    if len(node.rest) != 1 or node.rest[0][0] != "~":
        return False
    try:
        return moments(Segment((node.first, node.rest[0][1]), ("~",), ()), context) is not None
    except ReadError:
        return False


def _normal(density: object) -> tuple[s.Node, s.Node] | None:
    """The mean and the covariance of ``\\\\mathcal{N}(m, S)``."""
    match density:
        case s.Juxt(parts=(s.Name(text=name), s.Group(bracket="(", items=(mean, spread)))) if name in NORMALS:
            return mean, spread
    return None


def _equal(text: str, context: Context) -> tuple[Equal, ...]:
    node = parse(text)
    links: list[Link] = plain_links(node, context) if isinstance(node, s.Relation) else []
    if len(links) != 1 or links[0].problem is not None:
        raise links[0].problem or ReadError(f"cannot read {text}") if links else ReadError(f"cannot read {text}")
    if len(links[0].left) != 1 or len(links[0].right) != 1:
        raise ReadError(f"expected one reading of {text}")
    return (Equal(links[0].left[0], links[0].right[0]),)


def _degree(term: Term, name: str) -> int | None:
    """The degree of a term in a quantity: 0, 1, or None for anything else."""
    if not any(isinstance(part, Sym) and part.name == name for part in subterms(term)):
        return 0
    match term:
        case Sym():
            return 1
        case Op(name="add", args=args):
            degrees = [_degree(arg, name) for arg in args]
            return None if None in degrees else max(degree for degree in degrees if degree is not None)
        case Op(name="neg" | "transpose", args=(arg,)):
            return _degree(arg, name)
        case Op(name="mul", args=args):
            degrees = [_degree(arg, name) for arg in args]
            total = sum(degree for degree in degrees if degree is not None)
            return None if None in degrees or total > 1 else total
        case Op(name="div", args=(top, bottom)):
            return _degree(top, name) if _degree(bottom, name) == 0 else None
        case Num():
            return 0
    return None


__all__ = ["is_claim", "moments"]
