"""Numbers that are formulas in a variable of integration: what they all can do."""

from __future__ import annotations

from typing import Any


class Formal:
    """A number that is a formula in a variable (of integration); see ``derive.refute.integrate``.

    ``tag`` orders it among the perturbations: the newer of two is the outer one.
    """

    __slots__ = ()
    tag: int

    def reciprocal(self) -> Any:
        """1 / self."""
        raise NotImplementedError

    def exp(self) -> Any:
        """e ^ self."""
        raise NotImplementedError

    def log(self) -> Any:
        """The logarithm."""
        raise NotImplementedError

    def sqrt(self) -> Any:
        """The square root."""
        raise NotImplementedError
