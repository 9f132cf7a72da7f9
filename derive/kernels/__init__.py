"""Proved formulas as fast NumPy: ``from derive.kernels import gmm``.

A family of kernels is compiled from its claims when it is first used, and kept; ``names()`` lists them. What is
imported is an ordinary module, whose source can be read (``gmm.__file__``), and ``import derive.kernels.gmm`` finds it
too. Its functions also take the arrays of PyTorch, JAX and Dask (with array-api-compat), and ``compiler="jax"`` has one
compiled by ``jax.jit``.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


def names() -> tuple[str, ...]:
    """The families there are."""
    from derive.kernels.specs import families

    return families()


class _Families(MetaPathFinder, Loader):
    """Finds ``derive.kernels.gmm`` among the families; asked last, after the files of this package."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _, name = fullname.rpartition(".")
        return ModuleSpec(fullname, self) if package == __name__ and name in names() else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        from derive.kernels.library import module

        return module(spec.name.rpartition(".")[2])

    def exec_module(self, module: ModuleType) -> None:
        """What is found has been executed."""


sys.meta_path.append(_Families())


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_") or name not in names():
        raise AttributeError(f"no kernels are named {name!r}; there are {', '.join(names())}")
    return import_module(f"{__name__}.{name}")


def __dir__() -> list[str]:
    return sorted([*names(), "names"])
