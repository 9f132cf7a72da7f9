"""The same kernels on the arrays of other libraries, where those are installed; and beside peers that do the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import derive.kernels
from derive.kernels import gmm, softmax
from derive.kernels.program import KernelError
from derive.kernels.specs import families, family
from tests.kernels.samples import mixture, sample

FUNCTIONS = [(name, function.name) for name in families() for function in family(name).functions]


def of_torch() -> Callable[[Any], Any]:
    torch = pytest.importorskip("torch")
    return lambda value: torch.asarray(np.asarray(value))


def of_jax() -> Callable[[Any], Any]:
    jax = pytest.importorskip("jax")
    jax.config.update("jax_enable_x64", True)
    return jax.numpy.asarray


def of_dask() -> Callable[[Any], Any]:
    return pytest.importorskip("dask.array").asarray


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


def test_scikit_learn_has_the_same_mixture() -> None:
    peers = pytest.importorskip("sklearn.mixture")
    x, pi, mu, sigma = mixture(np.random.default_rng(0), n=200, k=3).values()
    peer = peers.GaussianMixture(3, covariance_type="full", reg_covar=0, max_iter=1, weights_init=pi, means_init=mu)
    peer.precisions_init = np.linalg.inv(sigma)
    with pytest.warns(Warning, match="did not converge"):
        peer.fit(x)
    for one, two in zip(gmm.em_step(x, pi, mu, sigma), (peer.weights_, peer.means_, peer.covariances_), strict=True):
        np.testing.assert_allclose(one, two, rtol=1e-9)


def test_torch_differentiates_softmax_alike() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(0)
    z, y_bar = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    logits = torch.tensor(z, requires_grad=True)
    torch.softmax(logits, dim=1).backward(torch.tensor(y_bar))
    np.testing.assert_allclose(softmax.vjp(z, y_bar), logits.grad.numpy(), rtol=1e-12)
