"""Kernels beside the best NumPy we could write by hand, and beside others where they compute the same thing.

``make bench`` prints the table: process time of one thread, the two sides taken in turn, the least of several runs of
each. Ratios are what counts. The yardsticks use every trick we know: in-place arithmetic, matrix products, one Cholesky
factor per matrix, short axis first.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import ctypes
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from derive import kernels

ROUNDS = 9
MOST = 1.2
"""No kernel may take more than this many times what the yardstick does."""

Arrays = tuple[np.ndarray, ...]


def keep_memory() -> None:
    """Have the C library keep what is freed, so that neither side is timed by how often pages are handed back."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None) if os.name == "posix" else None
    if mallopt is not None:
        trim_threshold, mmap_threshold = -1, -3
        mallopt(trim_threshold, 1 << 30)
        mallopt(mmap_threshold, 1 << 25)


keep_memory()


# -- yardsticks --------------------------------------------------------------------------------------------------------
def soft(scores: np.ndarray) -> np.ndarray:
    scores -= scores.max(axis=0)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=0)
    return scores


def full_scores(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    d, k = x.shape[1], len(pi)
    factor = np.linalg.inv(np.linalg.cholesky(sigma))
    scores = np.empty((k, len(x)))
    for j in range(k):
        y = x @ factor[j].T
        y -= mu[j] @ factor[j].T
        scores[j] = np.einsum("ni,ni->n", y, y)
    scores *= -0.5
    logs = np.log(pi) + np.log(factor.diagonal(axis1=1, axis2=2)).sum(axis=1) - 0.5 * d * np.log(2 * np.pi)
    scores += logs[:, None]
    return scores


def full_responsibilities(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    return soft(full_scores(x, pi, mu, sigma)).T


def full_em(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, sigma: np.ndarray) -> Arrays:
    r = soft(full_scores(x, pi, mu, sigma))
    weight = r.sum(axis=1)
    mean = (r @ x) / weight[:, None]
    covariance = np.empty_like(sigma)
    for j in range(len(pi)):
        off = x - mean[j]
        covariance[j] = (off.T * r[j]) @ off / weight[j]
    return weight / len(x), mean, covariance


def spherical_scores(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, s: np.ndarray) -> np.ndarray:
    centre = mu.mean(axis=0)
    u, v = x - centre, mu - centre
    scores = (v / s[:, None]) @ u.T
    scores -= (0.5 / s)[:, None] * np.einsum("ni,ni->n", u, u)
    logs = np.log(pi) - 0.5 * x.shape[1] * np.log(2 * np.pi * s) - 0.5 * (v * v).sum(axis=1) / s
    scores += logs[:, None]
    return scores


def spherical_responsibilities(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, s: np.ndarray) -> np.ndarray:
    return soft(spherical_scores(x, pi, mu, s)).T


def spherical_em(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, s: np.ndarray) -> Arrays:
    r = soft(spherical_scores(x, pi, mu, s))
    weight = r.sum(axis=1)
    centre = mu.mean(axis=0)
    u = x - centre
    first = r @ u
    mean = first / weight[:, None]
    second = r @ np.einsum("ni,ni->n", u, u)
    variance = (second / weight - (mean * mean).sum(axis=1)) / x.shape[1]
    return weight / len(x), mean + centre, variance


def softmax_vjp(z: np.ndarray, y_bar: np.ndarray) -> np.ndarray:
    y = z - z.max(axis=1, keepdims=True)
    np.exp(y, out=y)
    y /= y.sum(axis=1, keepdims=True)
    found = y_bar - np.einsum("ni,ni->n", y, y_bar)[:, None]
    found *= y
    return found


def batchnorm_backward(h: np.ndarray, gamma: float, eps: float, delta: np.ndarray) -> tuple[Any, ...]:
    n = len(h)
    off = h - h.mean(axis=0)
    variance = np.einsum("ni,ni->i", off, off) / n + eps
    scale = 1 / np.sqrt(variance)
    total = delta.sum(axis=0)
    projected = np.einsum("ni,ni->i", off, delta)
    off *= projected / (variance * n)
    found = delta - off
    found -= total / n
    found *= gamma * scale
    return found, projected @ scale, total.sum()


def multinomial_em(T: np.ndarray, pi: np.ndarray, mu: np.ndarray) -> Arrays:
    r = soft(np.log(mu) @ T.T + np.log(pi)[:, None])
    topics = r @ T
    weight = r.sum(axis=1)
    return weight / weight.sum(), topics / topics.sum(axis=1, keepdims=True)


def linear_em(x: np.ndarray, y: np.ndarray, pi: np.ndarray, w: np.ndarray, rho: np.ndarray) -> Arrays:
    """Least squares by QR, so that no digits are lost that the inputs have."""
    off = w @ x.T
    np.subtract(y, off, out=off)
    np.square(off, out=off)
    off *= -0.5 / rho[:, None]
    off += (np.log(pi) - 0.5 * np.log(rho))[:, None]
    r = soft(off)
    both, root = np.column_stack([x, y]), np.sqrt(r)
    factors = np.stack([np.linalg.qr(each[:, None] * both, mode="r") for each in root])
    found = np.linalg.solve(factors[:, :-1, :-1], factors[:, :-1, -1:])[..., 0]
    off = found @ x.T
    np.subtract(y, off, out=off)
    weight = r.sum(axis=1)
    return weight / len(x), found, np.vecdot(np.square(off), r) / weight


def quadratic_form(W: np.ndarray, f: np.ndarray) -> float:
    g = f - f.mean()
    degree = W.sum(axis=1) + W.sum(axis=0)
    return 0.5 * (degree @ (g * g)) - g @ (W @ g)


# -- data --------------------------------------------------------------------------------------------------------------
RNG = np.random.default_rng(0)


def gaussian_data(full: bool) -> Arrays:
    n, k, d = 20000, 16, 16
    x, mu = RNG.normal(size=(n, d)), RNG.normal(size=(k, d))
    a = RNG.normal(size=(k, d, d))
    spread = a @ a.transpose(0, 2, 1) / d + np.eye(d) if full else RNG.uniform(0.5, 2, size=k)
    return x, RNG.dirichlet(np.ones(k)), mu, spread


def cases() -> dict[str, tuple[Callable[..., Any], Callable[..., Any], Sequence[Any]]]:
    full, round_ = gaussian_data(full=True), gaussian_data(full=False)
    z, y_bar = RNG.normal(size=(10000, 100)), RNG.normal(size=(10000, 100))
    h, delta = RNG.normal(size=(10000, 128)), RNG.normal(size=(10000, 128))
    counts = RNG.poisson(0.05, size=(2000, 5000)).astype(float)
    topics = RNG.dirichlet(np.ones(5000), size=20)
    inputs, lines = RNG.normal(size=(20000, 16)), RNG.normal(size=(4, 16))
    answers = inputs @ lines[0] + RNG.normal(size=20000)
    W, f = RNG.uniform(size=(2000, 2000)), RNG.normal(size=2000)
    return {
        "gmm spherical, responsibilities": (
            kernels.gmm_spherical.responsibilities,
            spherical_responsibilities,
            round_,
        ),
        "gmm spherical, em step": (kernels.gmm_spherical.em_step, spherical_em, round_),
        "gmm full, responsibilities": (kernels.gmm.responsibilities, full_responsibilities, full),
        "gmm full, em step": (kernels.gmm.em_step, full_em, full),
        "softmax vjp": (kernels.softmax.vjp, softmax_vjp, (z, y_bar)),
        "batch-norm backward": (kernels.batchnorm.backward, batchnorm_backward, (h, 1.5, 1e-3, delta)),
        "multinomial em step": (
            kernels.multinomial_mixture.em_step,
            multinomial_em,
            (counts, RNG.dirichlet(np.ones(20)), topics),
        ),
        "linear mixture em step": (
            kernels.linear_mixture.em_step,
            linear_em,
            (inputs, answers, np.full(4, 0.25), lines, np.full(4, 5.0)),
        ),
        "laplacian form": (kernels.laplacian.quadratic_form, quadratic_form, (W, f)),
    }


CASES = cases()


def taken(function: Callable[..., Any], arguments: Sequence[Any]) -> float:
    start = time.process_time()
    function(*arguments)
    return time.process_time() - start


def race(one: Callable[..., Any], two: Callable[..., Any], arguments: Sequence[Any]) -> tuple[float, float]:
    """The least time of each, the two in turn."""
    times = [(taken(one, arguments), taken(two, arguments)) for _ in range(ROUNDS)]
    return min(t for t, _ in times), min(t for _, t in times)


@pytest.mark.parametrize("name", CASES)
def test_ratio_to_hand_written(name: str) -> None:
    kernel, hand, arguments = CASES[name]
    left, right = kernel(*arguments), hand(*arguments)
    pairs = zip(left, right, strict=True) if isinstance(left, tuple) else [(left, right)]
    for one, two in pairs:
        np.testing.assert_allclose(one, two, rtol=1e-7, atol=1e-9)
    ours, theirs = race(kernel, hand, arguments)
    print(f"\n{name:34} {1e3 * ours:8.1f} ms {1e3 * theirs:8.1f} ms  ratio {ours / theirs:.2f}", end="")
    assert ours <= MOST * theirs


# -- beside others, where they are installed ---------------------------------------------------------------------------
def compiled_by_jax(name: str) -> Callable[..., Any]:
    jax = pytest.importorskip("jax")
    pytest.importorskip("array_api_compat")
    jax.config.update("jax_enable_x64", True)
    kernel = CASES[name][0]
    return lambda *arguments: jax.block_until_ready(kernel(*arguments, compiler="jax"))


@pytest.mark.parametrize("name", CASES)
def test_beside_jax(name: str) -> None:
    peer = compiled_by_jax(name)
    kernel, _, arguments = CASES[name]
    peer(*arguments)  # compiles
    ours, theirs = race(kernel, peer, arguments)
    print(f"\n{name:34} {1e3 * ours:8.1f} ms, jax.jit {1e3 * theirs:8.1f} ms", end="")


def test_softmax_beside_torch() -> None:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    kernel, _, arguments = CASES["softmax vjp"]
    z, y_bar = (torch.tensor(array) for array in arguments)

    def peer(*_: Any) -> None:
        logits = z.clone().requires_grad_()
        torch.softmax(logits, dim=1).backward(y_bar)

    ours, theirs = race(kernel, peer, arguments)
    print(f"\n{'softmax vjp':34} {1e3 * ours:8.1f} ms, torch   {1e3 * theirs:8.1f} ms", end="")


def test_mixture_beside_scikit_learn() -> None:
    peers = pytest.importorskip("sklearn.mixture")
    kernel, _, arguments = CASES["gmm full, responsibilities"]
    x, pi, mu, sigma = arguments
    peer = peers.GaussianMixture(len(pi))
    peer.weights_, peer.means_, peer.covariances_ = pi, mu, sigma
    peer.precisions_cholesky_ = np.linalg.cholesky(np.linalg.inv(sigma))
    ours, theirs = race(kernel, lambda *_: peer.predict_proba(x), arguments)
    print(f"\n{'gmm full, responsibilities':34} {1e3 * ours:8.1f} ms, sklearn {1e3 * theirs:8.1f} ms", end="")


def test_divergence_beside_lambdify() -> None:
    sympy = pytest.importorskip("sympy")
    mu, sigma = (sympy.IndexedBase(name) for name in ("mu", "sigma"))
    i, k = sympy.symbols("i k", integer=True)
    body = (mu[i] ** 2 + sigma[i] ** 2 - 1 - sympy.log(sigma[i] ** 2)) / 2
    peer = sympy.lambdify((mu, sigma, k), sympy.Sum(body, (i, 0, k - 1)), "numpy")
    arguments = (RNG.normal(size=10000), RNG.uniform(0.5, 2, size=10000))
    np.testing.assert_allclose(kernels.elbo.gaussian_kl(*arguments), peer(*arguments, 10000), rtol=1e-10)
    ours, theirs = race(kernels.elbo.gaussian_kl, lambda *a: peer(*a, 10000), arguments)
    print(f"\n{'gaussian kl, k = 10000':34} {1e3 * ours:8.3f} ms, lambdify {1e3 * theirs:8.1f} ms", end="")
