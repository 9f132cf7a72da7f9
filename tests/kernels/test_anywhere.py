"""The same kernels on the arrays of other libraries, where those are installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import derive.kernels
from derive.kernels import softmax
from derive.kernels.program import KernelError
from derive.kernels.specs import families, family
from tests.kernels.samples import sample

FUNCTIONS = [(name, function.name) for name in families() for function in family(name).functions]


def of_torch() -> Callable[[Any], Any]:
    torch = pytest.importorskip("torch")
    return lambda value: torch.asarray(np.asarray(value))


def of_jax() -> Callable[[Any], Any]:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    return jax.numpy.asarray


def of_dask() -> Callable[[Any], Any]:
    """Arrays of several chunks along the first axis."""
    array = pytest.importorskip("dask.array")

    def convert(value: Any) -> Any:
        whole = np.asarray(value)
        return array.from_array(whole, chunks=(2, *whole.shape[1:]) if whole.ndim else ())

    return convert


LIBRARIES = {"torch": of_torch, "jax": of_jax, "dask": of_dask}


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_same_digits(library: str, name: str, function: str) -> None:
    pytest.importorskip("array_api_compat")
    convert = LIBRARIES[library]()
    arguments = sample(name, function, np.random.default_rng(0))
    small = (
        ("pi", "mu", "Sigma", "w", "rho") if library == "dask" else ()
    )  # Dask has no linear algebra of many matrices
    given = {key: value if key == "K" or key in small else convert(value) for key, value in arguments.items()}
    kernel = getattr(getattr(derive.kernels, name), function)
    wanted, found = kernel(**arguments), kernel(**given)
    pairs = zip(wanted, found, strict=True) if isinstance(wanted, tuple) else [(wanted, found)]
    for one, two in pairs:
        assert not isinstance(two, np.ndarray)
        np.testing.assert_allclose(np.asarray(two), one, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_compiled_by_jax(name: str, function: str) -> None:
    pytest.importorskip("array_api_compat")
    of_jax()
    arguments = sample(name, function, np.random.default_rng(0))
    kernel = getattr(getattr(derive.kernels, name), function)
    wanted, found = kernel(**arguments), kernel(**arguments, compiler="jax")
    pairs = zip(wanted, found, strict=True) if isinstance(wanted, tuple) else [(wanted, found)]
    for one, two in pairs:
        np.testing.assert_allclose(np.asarray(two), one, rtol=1e-9, atol=1e-12)


def test_another_compiler_is_refused() -> None:
    pytest.importorskip("array_api_compat")
    with pytest.raises(KernelError, match="expected compiler=\"jax\", found 'gcc'"):
        softmax.forward([[1.0]], compiler="gcc")
