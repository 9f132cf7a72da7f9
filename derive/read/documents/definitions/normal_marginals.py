r"""``p(x) = \mathcal{N}(x | \mu, W W^\top + \Psi)`` of an x that the text makes of a normal z and normal noise, and
``p(z | x)``."""

from __future__ import annotations

from derive.language.context import Context
from derive.read import syntax as s
from derive.read.linear_normals import linear, normal_parameters
from derive.read.models import WRITTEN
from derive.read.names import option
from derive.read.resolver import Resolver

_LETTERS = frozenset({"p", "P", "f"})


def marginal(node: s.Node, context: Context) -> str:
    """What the density ``p(x)`` is, as its author would write it; nothing where it is not known."""
    match node:
        case s.Juxt(parts=(s.Name(text=letter), s.Group(bracket="(", items=(s.Name() | s.Script() as name,)))):
            pass
        case _:
            return ""
    x, resolver = s.key(name), Resolver(context)
    if letter not in _LETTERS or x not in option(context, WRITTEN):
        return ""
    found = [each for z in option(context, "distributed") if (each := linear(resolver, x, z)) is not None]
    return _density(x, found[0].marginal()) if len(found) == 1 else ""


def prior(name: s.Node, context: Context) -> tuple[str, str] | None:
    """The density ``p(z)`` of a z that is drawn from a normal distribution, and what it is."""
    normal = normal_parameters(option(context, "distributed").get(s.key(name)))
    return (
        None if normal is None else (f"p({s.key(name)})", f"\\mathcal{{N}}({s.key(name)} | {normal[0]}, {normal[1]})")
    )


def posterior(node: s.Node, context: Context) -> str:
    """What the density ``p(z | x)`` is, in the same way."""
    match node:
        case s.Juxt(
            parts=(
                s.Name(text=letter),
                s.Group(
                    bracket="(", items=(s.Name() | s.Script() as name, s.Name() | s.Script() as given), seps=("|",)
                ),
            )
        ):
            pass
        case _:
            return ""
    found = linear(Resolver(context), s.key(given), s.key(name)) if letter in _LETTERS else None
    if found is None:
        return ""
    if isinstance(name, s.Script):
        return _density(found.z, found.posterior())
    both = f"\\mathcal{{N}}({found.x} | {found.seen()}, {found.noise_spread}) {_density(found.z, found.prior())}"
    return f"\\frac{{{both}}}{{\\int {both} \\, d{found.z}}}"


def _density(name: str, normal: s.Node) -> str:
    match normal:
        case s.Juxt(parts=(_, s.Group(items=(mean, spread)))):
            return f"\\mathcal{{N}}({name} | {s.key(mean)}, {s.key(spread)})"
    return ""


__all__ = ["marginal", "posterior"]
