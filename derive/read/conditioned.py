r"""``\mathbb{E}[x \mid z]`` of an x that is made of z and of noise of its own: the mean over that noise, z being what
it is. ``\mathbb{E}[y \mid X]`` of an X that is not random is the mean of y, ``\mathbb{E}[z \mid x]`` that of the
posterior."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from derive.language.context import Context, Definition
from derive.language.dependencies import depends_on
from derive.read import syntax as s
from derive.read.captured import symbol_of
from derive.read.distributed import called_apart, names_of
from derive.read.linear_normals import linear
from derive.read.models import OPTION, modelled, summands
from derive.read.names import option
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver


def given_away(r: Resolver, group: s.Group) -> tuple[s.Node | None, s.Group] | None:
    """What stands below such an expectation, ``\\epsilon \\sim p`` (None for everything random), and in its brackets,
    without what is given. None where what is given is made of what is averaged, an observation for one, and its
    distribution is then not known."""
    if group.seps.count("|") != 1:
        return None
    bar = group.seps.index("|")
    body, given = group.items[: bar + 1], group.items[bar + 1 :]
    plain = s.Group(group.start, body[-1].stop, group.bracket, body, group.seps[:bar])
    distributed, random = option(r.context, "distributed"), option(r.context, "random")
    known = [s.key(item) for item in given]
    if not all(symbol_of(r, name) in r.context.symbols for name in known):
        return None
    if any(name != key and _is_made_of(r, name, key) for name in known for key in (*distributed, *random)):
        posterior = _posterior(r, known, body)
        return None if posterior is None else (posterior, plain)
    varies = [key for key in _varying(r, _written(r, body), modelled(r.context)) if key not in known]
    if not varies or not all(_is_noise_of(r, key, body) for key in varies):
        return None
    if all(key in random and key not in distributed for key in varies):
        return None if any(name in random or name in distributed for name in known) else (None, plain)
    density = distributed.get(varies[0])
    if len(varies) > 1 or not isinstance(density, s.Node):
        return None
    drawn = [name for name in known if name in distributed]
    if any(name in random for name in known) or not called_apart(r, [varies[0], *drawn]):
        return None
    return _under(varies[0], density, group.start), plain


def _under(name: str, density: s.Node, start: int) -> s.Node:
    return s.Relation(start, start, replace(parse(name), start=start, stop=start), (("~", density),))


def _written(r: Resolver, body: Sequence[s.Node]) -> set[str]:
    return {name for item in body for name in names_of(item)} - {*r.context.functions}


def _is_made_of(r: Resolver, name: str, key: str) -> bool:
    """Whether a quantity is made of what is drawn, or of another member of its family."""
    return depends_on(modelled(r.context), symbol_of(r, name), symbol_of(r, key))


def _varying(r: Resolver, written: Collection[str], context: Context) -> list[str]:
    """What is drawn of which any of these is made."""
    keys = (*option(r.context, "distributed"), *option(r.context, "random"))
    return [key for key in keys if any(name == key or depends_on(context, name, symbol_of(r, key)) for name in written)]


def _posterior(r: Resolver, known: list[str], body: tuple[s.Node, ...]) -> s.Node | None:
    """``z \\sim p(z | x)`` where an observation x is given that is z, and normal noise, put together linearly, and
    the brackets hold z and nothing else that is random."""
    written = _written(r, body)
    varies = _varying(r, written, r.context)
    if len(known) != 1 or len(varies) != 1:
        return None
    found, drawn = linear(r, known[0], varies[0]), symbol_of(r, varies[0])
    if found is None:
        return None
    seen = symbol_of(r, known[0])
    if any(symbol_of(r, name) == seen for name in written - {known[0], seen}):
        return None  # another member, which is not given
    others = [
        name for name in written & {*r.context.symbols} if name != seen and not depends_on(r.context, name, drawn)
    ]
    if _varying(r, others, modelled(r.context)):
        return None  # another observation
    return _under(varies[0], found.posterior(), body[0].start)


def _is_noise_of(r: Resolver, key: str, body: Sequence[s.Node]) -> bool:
    """Whether this is the noise of an observation that stands in the brackets, and not a quantity with a distribution
    of its own, of which what is given may tell something."""
    noise, written = symbol_of(r, key), _written(r, body)
    return any(
        isinstance(made, Definition)
        and noise in summands(made.body)
        and any(name == observed or depends_on(r.context, name, observed) for name in written)
        for observed, made in option(r.context, OPTION).items()
    )


__all__ = ["given_away"]
