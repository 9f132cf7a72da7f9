r"""Normal quantities that a text makes of others: with ``z \sim \mathcal{N}(m, S)`` and ``x = A z + b + \epsilon``,
where ``\epsilon \sim \mathcal{N}(0, P)`` is apart from z, x is normal, and so is z given x."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from derive.language.context import Context
from derive.language.dependencies import depends_on
from derive.language.extents import Shape
from derive.read import densities
from derive.read import syntax as s
from derive.read.captured import symbol_of
from derive.read.distributed import called_apart
from derive.read.models import WRITTEN, modelled
from derive.read.names import items_of, option, parts_of
from derive.read.notation import NORMALS
from derive.read.parser import parse

if TYPE_CHECKING:
    from derive.read.resolver import Resolver

_ZERO = frozenset({"0", "\\mathbf{0}", "\\boldsymbol{0}", "\\bm{0}", "\\vec{0}"})


@dataclass(frozen=True)
class Linear:
    """``x = A z + b + \\epsilon``: the factor A (empty where there is none), b (empty for zero), the mean and the
    spread of z, and that of the noise, as they are written; and whether x and z are vectors."""

    x: str
    z: str
    noise: str
    factor: str
    rest: str
    mean: str
    spread: str
    noise_spread: str
    x_is_vector: bool
    z_is_vector: bool

    def prior(self) -> s.Node:
        """The distribution of z."""
        return parse(f"\\mathcal{{N}}({self.mean}, {self.spread})")

    def seen(self) -> str:
        """The mean of x, given z."""
        about = f"({self.factor}) {self.z}" if self.factor else self.z
        return f"{about} + {self.rest}" if self.rest else about

    def marginal(self) -> s.Node:
        """The distribution of x."""
        moved = "" if self.mean in _ZERO else self._product(self.factor, self.mean)
        mean = " + ".join(each for each in (moved, self.rest) if each) or "0"
        spread = f"({self.spread})"
        if self.factor:
            spread = self._around(f"({self.factor})", spread)
        return parse(f"\\mathcal{{N}}({mean}, {spread} + {self.noise_spread})")

    def posterior(self) -> s.Node:
        """The distribution of z given x: by Bayes' rule, precisions add up."""
        noise, prior = self._inverse(self.noise_spread, self.x_is_vector), self._inverse(self.spread, self.z_is_vector)
        off = f"({self.x} - ({self.rest}))" if self.rest else self.x
        precision, told = f"{prior} + {noise}", f"{noise} {off}"
        if self.factor:
            factor, turned = f"({self.factor})", self._turned()
            if self.z_is_vector and not self.x_is_vector:  # a row: a product of numbers, and what is turned after it
                precision, told = f"{prior} + {noise} {turned} {factor}", f"{noise} {off} {turned}"
            else:
                precision, told = f"{prior} + {turned} {noise} {factor}", f"{turned} {noise} {off}"
        spread = f"({precision})^{{-1}}"
        mean = told if self.mean in _ZERO else f"{told} + {prior} ({self.mean})"
        return parse(f"\\mathcal{{N}}({spread} ({mean}), {spread})")

    def _turned(self) -> str:
        return f"({self.factor})^\\top" if self.x_is_vector or self.z_is_vector else f"({self.factor})"

    def _around(self, factor: str, spread: str) -> str:
        if self.x_is_vector and not self.z_is_vector:
            return f"{spread} {factor} {factor}^\\top"
        return f"{factor} {spread} {factor}^\\top" if self.z_is_vector else f"{factor}^2 {spread}"

    @staticmethod
    def _product(factor: str, of: str) -> str:
        return f"({factor}) ({of})" if factor else f"({of})"

    @staticmethod
    def _inverse(text: str, of_matrix: bool) -> str:
        if text == "I":
            return "I"
        return f"({text})^{{-1}}" if of_matrix else f"\\frac{{1}}{{{text}}}"


def linear(r: Resolver, x: str, z: str) -> Linear | None:
    """How x is made of z, if it is so, and of noise that is apart from z, and of nothing else that is random."""
    context = r.context
    made, distributed = option(context, WRITTEN).get(x), option(context, "distributed")
    prior, shapes = (
        normal_parameters(distributed.get(z)),
        [shape for name in (x, z) if (shape := _shape(r, name)) is not None],
    )
    if not isinstance(made, s.Sum) or prior is None or len(shapes) < 2:
        return None
    noise: list[str] = []
    about: list[tuple[str, s.Node]] = []
    rest: list[tuple[str, s.Node]] = []
    for sign, term in made.terms:
        if s.key(term) in distributed and s.key(term) != z and sign in ("", "+"):
            noise.append(s.key(term))
        elif any(s.key(part) == z for part in s.walk(term)):
            about.append((sign, term))
        else:
            rest.append((sign, term))
    factor = _factor(*about[0], z, bool(shapes[1]), context) if len(about) == 1 else None
    spread = normal_parameters(distributed.get(noise[0])) if len(noise) == 1 else None
    if factor is None or spread is None or spread[0] not in _ZERO:
        return None
    others = [part for text in (factor, *prior, spread[1]) if text for part in _names(parse(text))]
    others += [part for _, term in rest for part in _names(term)]
    keys = [symbol_of(r, key) for key in (*distributed, *option(context, "random"))]
    if any(other == key or depends_on(modelled(context), other, key) for other in others for key in keys):
        return None
    if not called_apart(r, [z, *noise]):
        return None
    written = "".join(f" {sign or '+'} {s.key(term)}" for sign, term in rest).strip().removeprefix("+ ")
    return Linear(x, z, noise[0], factor, written, *prior, spread[1], bool(shapes[0]), bool(shapes[1]))


def _shape(r: Resolver, name: str) -> Shape | None:
    """The shape of a number or a vector that is declared and nothing more, or of such a member of a family."""
    own = symbol_of(r, name)
    decl, parts = r.context.symbols.get(own), parts_of(parse(name))
    if decl is None or decl.definition is not None or len(decl.shape) > 1 or parts is None:
        return None
    letters = [] if parts[1] is None or own == name else [s.key(item) for item in items_of(parts[1])]
    plain = len({*letters}) == len(decl.family) and all(letter in r.context.indices for letter in letters)
    return decl.shape if plain else None


def _factor(sign: str, term: s.Node, z: str, is_vector: bool, context: Context) -> str | None:
    """What z is multiplied by: all that stands before it, as matrices do not commute; nothing where it stands alone."""
    minus = "-" if sign == "-" else ""
    match term:
        case s.Name() | s.Script() if s.key(term) == z:
            return "-1" if minus and not is_vector else None if minus else ""
        case s.Juxt(parts=(*before, last)) if s.key(last) == z and before:
            pass
        case _:
            return None
    if any(s.key(part) == z for each in before for part in s.walk(each)):
        return None
    if any(isinstance(each, s.Word | s.BigOp) for each in before) or not _is_read_alone(before, context):
        return None
    return minus + " ".join(s.key(each) for each in before)


def _is_read_alone(parts: Sequence[s.Node], context: Context) -> bool:
    """Whether what stands before a name is no function that takes it: each function has brackets of its own."""
    following = [*parts[1:], None]
    return all(
        s.key(part) not in context.functions or isinstance(after, s.Group)
        for part, after in zip(parts, following, strict=True)
    )


def _names(node: s.Node) -> set[str]:
    return {s.key(part) for part in s.walk(node) if isinstance(part, s.Name | s.Script)}


def normal_parameters(node: object) -> tuple[str, str] | None:
    """The mean and the spread of a normal distribution, as they are written; None if the spread may be a root."""
    match densities.normal(node) if isinstance(node, s.Node) else None:
        case s.Juxt(parts=(head, s.Group(bracket="(", items=(mean, spread), seps=(",",)))) if s.key(head) in NORMALS:
            pass
        case _:
            return None
    return None if s.key(spread) in _MAY_BE_A_ROOT else (s.key(mean), s.key(spread))


_MAY_BE_A_ROOT = frozenset({"\\sigma", "s", "\\tau"})
"""Letters of which a text may mean the standard deviation."""


__all__ = ["Linear", "linear", "normal_parameters"]
