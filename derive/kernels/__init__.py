"""Proved formulas as fast NumPy: ``from derive.kernels import gmm``.

A family of kernels is compiled from its claims when it is first used, and kept; ``names()`` lists them. What is
imported is an ordinary module, whose source can be read (``gmm.__file__``). Its functions also take the arrays of
PyTorch, JAX and Dask (with array-api-compat), and ``compiler="jax"`` has one compiled by ``jax.jit``.
"""

from __future__ import annotations

from types import ModuleType


def names() -> tuple[str, ...]:
    """The families there are."""
    from derive.kernels.specs import families

    return families()


def __getattr__(name: str) -> ModuleType:
    if name.startswith("_") or name not in names():
        raise AttributeError(f"no kernels are named {name!r}; there are {', '.join(names())}")
    from derive.kernels.library import module

    found = module(name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*names(), "names"])
