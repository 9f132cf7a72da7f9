r"""``\mathbb{E}[x \mid z]`` of an x that is made of z and of noise of its own: the mean over that noise, z being what
it is. ``\mathbb{E}[y \mid X]`` of an X that is not random is the mean of y, ``\mathbb{E}[z \mid x]`` that of the
posterior."""

from __future__ import annotations

from typing import TYPE_CHECKING

from derive.language.context import Definition
from derive.language.dependencies import depends_on
from derive.read import syntax as s
from derive.read.distributed import called_apart, names_of
from derive.read.linear_normals import linear
from derive.read.models import OPTION, modelled, summands
from derive.read.names import option

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
    before, context = r.context, modelled(r.context)
    distributed, random = option(before, "distributed"), option(before, "random")
    known = [s.key(item) for item in given]
    if not all(name in before.symbols for name in known):
        return None
    if any(name != key and depends_on(context, name, key) for name in known for key in (*distributed, *random)):
        posterior = _posterior(r, known, body)
        return None if posterior is None else (posterior, plain)
    written = {name for item in body for name in names_of(item)} - {*before.functions}
    varies = [
        key
        for key in (*distributed, *random)
        if key not in known and any(name == key or depends_on(context, name, key) for name in written)
    ]
    if not varies or not all(_is_noise_of(r, key, written) for key in varies):
        return None
    if all(key in random and key not in distributed for key in varies):
        return None if any(name in random or name in distributed for name in known) else (None, plain)
    density = distributed.get(varies[0])
    if len(varies) > 1 or not isinstance(density, s.Node):
        return None
    drawn = [name for name in known if name in distributed]
    if any(name in random for name in known) or not called_apart(r, [varies[0], *drawn]):
        return None
    noise = s.Name(group.start, group.start, varies[0])
    return s.Relation(group.start, group.start, noise, (("~", density),)), plain


def _posterior(r: Resolver, known: list[str], body: tuple[s.Node, ...]) -> s.Node | None:
    """``z \\sim p(z | x)`` where an observation x is given that is z, and normal noise, put together linearly, and
    the brackets hold z and nothing else that is random."""
    written = {name for item in body for name in names_of(item)} - {*r.context.functions}
    context = modelled(r.context)
    keys = (*option(r.context, "distributed"), *option(r.context, "random"))
    varies = [key for key in keys if any(name == key or depends_on(r.context, name, key) for name in written)]
    if len(known) != 1 or len(varies) != 1:
        return None
    found = linear(r, known[0], varies[0])
    if found is None:
        return None
    others = [name for name in written - {*known} if not depends_on(r.context, name, varies[0])]
    if any(depends_on(context, name, key) for name in others for key in keys):
        return None  # another observation
    start = body[0].start
    return s.Relation(start, start, s.Name(start, start, varies[0]), (("~", found.posterior()),))


def _is_noise_of(r: Resolver, key: str, written: set[str]) -> bool:
    """Whether this is the noise of an observation that stands in the brackets, and not a quantity with a distribution
    of its own, of which what is given may tell something."""
    return any(
        isinstance(made, Definition)
        and key in summands(made.body)
        and any(name == observed or depends_on(r.context, name, observed) for name in written)
        for observed, made in option(r.context, OPTION).items()
    )


__all__ = ["given_away"]
