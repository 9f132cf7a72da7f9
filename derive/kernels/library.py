"""Compiled families, kept below the user's cache folder; only files that nobody else can write are read.

A family's functions take NumPy arrays, or those of PyTorch, JAX and Dask, for which a second module is made.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from functools import cache, wraps
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_file_location
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import numpy as np

from derive.cache import Store, default_folder, tree_digest
from derive.checker import proofs_folder
from derive.kernels.compile import source_of
from derive.kernels.program import KernelError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

PLAIN = (np.ndarray, np.generic, int, float, list, tuple)


def module(name: str) -> ModuleType:
    """A family as a module, compiled if this program and these proofs have not compiled it before."""
    found = _imported(name)
    for function in found.__all__:
        setattr(found, function, _dispatching(name, getattr(found, function)))
    return found


def _dispatching(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function that goes to the module for other libraries with their arrays, or to be compiled by one of them."""

    @wraps(function)
    def call(*arguments: Any, compiler: str = "", **named: Any) -> Any:
        if not compiler and all(isinstance(value, PLAIN) for value in (*arguments, *named.values())):
            return function(*arguments, **named)
        return _elsewhere(name, function.__name__, compiler)(*arguments, **named)

    return call


@cache
def _elsewhere(name: str, function: str, compiler: str) -> Callable[..., Any]:
    """A function on the arrays of any library that speaks the array API, compiled by ``jax`` if asked."""
    try:
        found: Callable[..., Any] = getattr(_imported(name, anywhere=True), function)
        if not compiler:
            return found
        if compiler != "jax":
            raise KernelError(f'{name}.{function}: expected compiler="jax", found {compiler!r}')
        from jax import jit
    except ImportError as problem:
        raise KernelError(
            f"{name}.{function}: {problem}; run `pip install 'derive[anywhere]'`, and JAX for jax"
        ) from problem
    whole = [p.name for p in signature(found).parameters.values() if p.annotation == "int"]
    compiled: Callable[..., Any] = jit(found, static_argnames=whole)
    return compiled


class _Loader(SourceFileLoader):
    """Reads a module without leaving bytecode beside it."""

    def set_data(self, path: str, data: Buffer, *, _mode: int = 0o666) -> None:
        """Nothing is written."""


def _imported(name: str, anywhere: bool = False) -> ModuleType:
    path = _kept(name, anywhere)
    loader = _Loader(f"derive.kernels.{name}{'_anywhere' if anywhere else ''}", str(path))
    spec = spec_from_file_location(loader.name, path, loader=loader)
    if spec is None:
        raise KernelError(f"{path} cannot be imported")
    found = module_from_spec(spec)
    loader.exec_module(found)
    return found


def written(name: str, folder: Path) -> Path:
    """The path of a family's module, written below ``folder``; ``KernelError`` if that cannot be written to."""
    path, part = folder / f"{name}.py", folder / f"{name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            part.write_text(_kept(name).read_text(encoding="utf-8"), encoding="utf-8")
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as problem:
        raise KernelError(f"{path} cannot be written: {problem.strerror}") from problem
    return path


def _kept(name: str, anywhere: bool = False) -> Path:
    """The file of a module, among the verdicts of this very program; in a folder of its own where none can be kept."""
    folder = Store.of(default_folder()).folder or Path()
    path = folder / f"{name}{'_anywhere' if anywhere else ''}_{tree_digest(proofs_folder())[:16]}.py"
    if path.is_file() and _is_ours(path) and _is_ours(folder):
        return path
    source = source_of(name, anywhere)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if _is_ours(folder):
            return _put(source, path)
    except OSError:  # no room, or no right to write: this run can do without a cache
        pass
    return _put(source, Path(_for_now().name) / path.name)


@cache
def _for_now() -> tempfile.TemporaryDirectory[str]:
    """A folder that is gone when the program ends."""
    return tempfile.TemporaryDirectory(prefix="derive-")


def _put(source: str, path: Path) -> Path:
    handle, part = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(source)
    os.replace(part, path)
    return path


def _is_ours(path: Path) -> bool:
    """Whether nobody but this user can write to a file or folder."""
    if os.name != "posix":
        return True
    found = path.stat()
    return found.st_uid == os.getuid() and not found.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
