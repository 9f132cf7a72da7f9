"""Compiled families, kept below the user's cache folder; only files that nobody else can write are read.

A family's functions take NumPy arrays, or those of PyTorch, JAX and Dask, for which a second module is made.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from functools import cache, wraps
from importlib.util import module_from_spec, spec_from_file_location
from inspect import signature
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from derive.cache import default_folder, digest, program_digest, tree_digest
from derive.checker import proofs_folder
from derive.kernels.compile import source_of
from derive.kernels.program import KernelError

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


def _imported(name: str, anywhere: bool = False) -> ModuleType:
    path = _kept(name, anywhere)
    spec = spec_from_file_location(f"derive.kernels.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise KernelError(f"{path} cannot be imported")
    found = module_from_spec(spec)
    spec.loader.exec_module(found)
    return found


def written(name: str, folder: Path) -> Path:
    """The path of a family's module, written below ``folder``; ``KernelError`` if that cannot be written to."""
    path = folder / f"{name}.py"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(_kept(name).read_text(encoding="utf-8"), encoding="utf-8")
    except OSError as problem:
        raise KernelError(f"{path} cannot be written: {problem.strerror}") from problem
    return path


def _kept(name: str, anywhere: bool = False) -> Path:
    folder = default_folder() / "kernels" / digest([program_digest(), tree_digest(proofs_folder())])
    path = folder / f"{name}{'_anywhere' if anywhere else ''}.py"
    if path.is_file() and _is_ours(path) and _is_ours(folder):
        return path
    source = source_of(name, anywhere)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not _is_ours(folder):
        raise KernelError(f"{folder} can be written to by others; choose another folder with DERIVE_CACHE")
    handle, part = tempfile.mkstemp(dir=folder, suffix=".part")
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
