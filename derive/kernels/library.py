"""Compiled families, kept below the user's cache folder; only files that nobody else can write are read."""

from __future__ import annotations

import os
import stat
import tempfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from derive.cache import default_folder, digest, program_digest, tree_digest
from derive.checker import proofs_folder
from derive.kernels.compile import source_of
from derive.kernels.program import KernelError


def module(name: str) -> ModuleType:
    """A family as a module, compiled if this program and these proofs have not compiled it before."""
    path = _kept(name)
    spec = spec_from_file_location(f"derive.kernels.{name}", path)
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


def _kept(name: str) -> Path:
    folder = default_folder() / "kernels" / digest([program_digest(), tree_digest(proofs_folder())])
    path = folder / f"{name}.py"
    if path.is_file() and _is_ours(path) and _is_ours(folder):
        return path
    source = source_of(name)
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
