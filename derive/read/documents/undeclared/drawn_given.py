r"""``x \mid z \sim \mathcal{N}(\mu + \Lambda z, \Psi)`` with a z that has been drawn: x is that mean and its own noise.

Under an expectation, x is what it is made of; outside of one it stays the observation that it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.extents import Shape
from derive.read import syntax as s
from derive.read.declarations import declare
from derive.read.documents.definitions.defining import Defined, is_free, primitive
from derive.read.documents.definitions.sampling import model
from derive.read.documents.undeclared.conventions import distributed
from derive.read.errors import DeclarationError, ReadError
from derive.read.models import OPTION as MODELS
from derive.read.models import modelled
from derive.read.names import items_of, option
from derive.read.parser import parse
from derive.read.targets import add_option

_DRAWN = re.compile(
    r"\s*(?P<name>[^|~=]+?)\s*(?:\||\\(?:mid|vert)(?![A-Za-z]))\s*(?P<given>[^|~=]+?)\s*\\sim(?![A-Za-z])\s*(?P<density>[^|~=]+?)"
    r"[\s.,;]*"
)
_NOISE = ("\\epsilon", "\\varepsilon", "\\eta", "\\xi", "\\zeta", "\\nu", "\\upsilon")


def drawn_given(text: str, context: Context, formulas: Iterable[str]) -> Defined | None:
    """The context in which what is drawn is a model with normal noise; None if it is drawn otherwise, or given
    something of which no distribution is known."""
    found = _DRAWN.fullmatch(text)
    if found is None:
        return None
    try:
        name, given, density = (parse(found[part]) for part in ("name", "given", "density"))
    except ReadError:
        return None
    parts = _mean_and_spread(density)
    drawn = primitive(name, context)
    known = {*option(context, "random"), *option(context, "distributed")}
    others = [s.key(each) for each in items_of(given)]
    if parts is None or drawn is None or not {*others} <= known | {*option(context, MODELS)}:
        return None
    made = modelled(context)
    roots = [each for each in known if each in others or any(depends_on(made, other, each) for other in others)]
    if s.key(name) in known or not is_free(drawn, context):
        return None
    written = " ".join(formulas)
    noise = next((each for each in _NOISE if each not in written and each not in context.symbols), "")
    mean, spread = parts
    letters = [s.key(item) for item in items_of(name.sub)] if isinstance(name, s.Script) and drawn.indices else []
    noise += f"_{{{','.join(letters)}}}" if noise and letters else ""
    try:
        context = declare(f"{noise} \\in {_space(context.symbols[drawn.name].shape)}", context) if noise else context
        normal = distributed(parse(f"{noise} \\sim \\mathcal{{N}}(0, {spread})"), context, independently=True)
        if not noise or normal is None:
            return None
        apart = add_option(normal.context, "independent", (noise, *sorted(roots)))
        return model(name, parse(f"{mean} + {noise}"), frozenset({noise}), apart)
    except (DeclarationError, ReadError):
        return None


def _mean_and_spread(density: s.Node) -> tuple[str, str] | None:
    """The two arguments of a normal distribution, as they are written."""
    match density:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(mean, spread)))) if s.key(head) in ("\\mathcal{N}", "N"):
            return s.key(mean), s.key(spread)
    return None


def _space(shape: Shape) -> str:
    lengths = " \\times ".join(map(str, shape))
    return f"\\mathbb{{R}}^{{{lengths}}}" if shape else "\\mathbb{R}"


__all__ = ["drawn_given"]
