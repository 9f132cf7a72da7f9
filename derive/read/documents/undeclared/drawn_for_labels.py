r"""``x \mid z = k \sim \mathcal{N}(\mu_k, \Sigma_k)``: the density ``p(x | z = k)``, for each value of a label."""

from __future__ import annotations

import re

from derive.language.context import Context
from derive.read import densities
from derive.read import syntax as s
from derive.read.documents.definitions.defining import Defined, define
from derive.read.errors import DeclarationError, ReadError
from derive.read.linear_normals import normal_parameters
from derive.read.parser import parse

_DRAWN = re.compile(
    r"\s*(?P<name>[^|~=]+?)\s*(?:\||\\(?:mid|vert)(?![A-Za-z]))\s*(?P<event>[^|~=]+=[^|~=]+?)\s*\\sim(?![A-Za-z])\s*"
    r"(?P<density>[^|~=]+?)[\s.,;]*"
)


def drawn_for_label(text: str, context: Context) -> Defined | None:
    """The context with this density; None if the text is no such statement, if the distribution is none that has one
    here, or if ``p`` is something else."""
    found = _DRAWN.fullmatch(text)
    if found is None or any("p" in names for names in (context.symbols, context.sizes, context.indices)):
        return None
    try:
        name, how = parse(found["name"]), parse(found["density"])
        written = f"p({s.key(name)} | {found['event']})"
        body = _density(name, how)
        return define([written], [parse(written)], body, context) if body else None
    except (ReadError, DeclarationError):
        return None


def _density(name: s.Node, how: s.Node) -> str:
    """The density of a quantity that is distributed so."""
    normal = normal_parameters(how)
    if normal is not None:
        mean, spread = normal
        return f"\\mathcal{{N}}({s.key(name)} | {mean}, {spread})"
    family = densities.drawn(how)
    return "" if family is None or family.family.between else s.key(family.density(name))


__all__ = ["drawn_for_label"]
