"""What a kernel costs, counted: work grows with the samples, memory is at most twice what has to exist."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable, Sequence
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import derive.kernels
from derive.kernels.specs import families, family
from tests.kernels.large import SQUARE, large
from tests.kernels.samples import sample

FUNCTIONS = [(name, function.name) for name in families() for function in family(name).functions]
MANY = 250_000
"""So many samples that a few slices of them weigh little."""


def kernel(name: str, function: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(getattr(derive.kernels, name), function)
    return found


def parts(result: Any) -> list[np.ndarray]:
    return [np.asarray(each) for each in (result if isinstance(result, tuple) else (result,))]


def of_length(rows: int) -> Callable[..., list[slice]]:
    """Slices of so many samples, whatever else there is."""
    return lambda length, *_: [slice(at, min(at + rows, length)) for at in range(0, length, rows)]


# -- memory ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_memory(name: str, function: str) -> None:
    """At most twice the largest argument, or all results together, while it runs, the results included."""
    arguments = large(name, function, MANY)
    call = kernel(name, function)
    tracemalloc.start()
    results = call(**arguments)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    largest = max(*(np.asarray(value).nbytes for value in arguments.values()), sum(r.nbytes for r in parts(results)))
    assert peak <= 2 * largest + 10_000, f"{peak / largest:.2f} times the largest array"


# -- slices ------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_the_same_in_slices(name: str, function: str, rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """One sample at a time, or three: rounding apart, nothing depends on it."""
    module = getattr(derive.kernels, name)
    if not hasattr(module, "_slices"):
        return
    arguments = sample(name, function, np.random.default_rng(0))
    monkeypatch.setattr(module, "_slices", of_length(10**6))
    wanted = parts(kernel(name, function)(**arguments))
    monkeypatch.setattr(module, "_slices", of_length(rows))
    for one, two in zip(parts(kernel(name, function)(**arguments)), wanted, strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-10, atol=1e-12)


@pytest.mark.parametrize("widths", [(), (0,), (1,), (16, 3), (10**9,)])
def test_slices_cover_every_sample_once(widths: Sequence[int]) -> None:
    from derive.kernels.support import _slices

    for length in (0, 1, 255, 256, 257, 100_000):
        covered = np.zeros(length, dtype=int)
        for rows in _slices(length, *widths):
            assert 0 <= rows.start < rows.stop <= length
            covered[rows] += 1
        assert (covered == 1).all()


# -- work --------------------------------------------------------------------------------------------------------------
class Counted(np.ndarray):
    """An array whose arithmetic is counted: an entry made or read, or a multiplication of a matrix product, is 1."""

    work = 0

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, out: Any = None, **named: Any) -> Any:
        bare = [plain(value) for value in inputs]
        more = {"out": tuple(plain(value) for value in out)} if out else {}
        found = getattr(ufunc, method)(*bare, **more, **named)
        inner = np.shape(bare[0])[-1] if ufunc is np.matmul else 1
        Counted.work += max(*map(np.size, bare), np.size(found) * inner)
        return out[0] if out else counted(found)

    def __array_function__(self, func: Any, types: Any, args: Any, kwargs: Any) -> Any:
        bare = plain(args)
        Counted.work += max(np.size(value) for value in bare if not isinstance(value, str | tuple | list))
        return counted(func(*bare, **plain(kwargs)))


def plain(value: Any) -> Any:
    """What NumPy itself computes with."""
    if isinstance(value, Counted):
        return value.view(np.ndarray)
    if isinstance(value, tuple | list):
        return type(value)(plain(part) for part in value)
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return value


def counted(value: Any) -> Any:
    """The same, under watch."""
    return value.view(Counted) if isinstance(value, np.ndarray) else value


class Watched:
    """NumPy as a module sees it whose arrays are all counted."""

    def __getattr__(self, name: str) -> Any:
        found = getattr(np, name)
        if name in ("asarray", "empty", "zeros", "arange"):
            return lambda *given, **named: counted(found(*given, **named))
        return found


def work(module: ModuleType, call: Callable[..., Any], arguments: dict[str, Any]) -> int:
    """What a call costs."""
    Counted.work = 0
    call(**arguments)
    assert Counted.work > 0
    return Counted.work


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_work_grows_with_the_samples(name: str, function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """From one thousand samples to two costs what it costs from two to three: exactly."""
    module = getattr(derive.kernels, name)
    monkeypatch.setattr(module, "np", Watched())
    if hasattr(module, "_slices"):
        monkeypatch.setattr(module, "_slices", of_length(500))
    sizes = (1000, 2000, 3000) if f"{name}.{function}" not in SQUARE and name not in SQUARE else (32**2, 64**2, 128**2)
    one, two, three = (work(module, kernel(name, function), large(name, function, n)) for n in sizes)
    if sizes[0] == 1000:
        assert three - two == two - one > 0
    else:
        assert 3.5 * one <= two <= 4.2 * one
        assert 3.5 * two <= three <= 4.2 * two
