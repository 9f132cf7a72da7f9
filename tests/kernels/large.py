"""Arguments for every kernel with as many samples as one likes: for what is measured, not compared digit by digit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Arguments = dict[str, Any]
K, D = 8, 8


def mixture(rng: np.random.Generator, n: int) -> Arguments:
    """Points, and components with full covariances."""
    a = rng.normal(size=(K, D, D))
    sigma = a @ np.matrix_transpose(a) + np.eye(D)
    return {"x": rng.normal(size=(n, D)), "pi": np.full(K, 1 / K), "mu": rng.normal(size=(K, D)), "Sigma": sigma}


def spherical(rng: np.random.Generator, n: int) -> Arguments:
    """The same with one variance for each component."""
    found = mixture(rng, n)
    del found["Sigma"]
    return {**found, "s": rng.uniform(0.5, 2, size=K)}


def some_labels(rng: np.random.Generator, n: int) -> Arguments:
    """A mixture with labels."""
    found = mixture(rng, n)
    return {"x": found.pop("x"), "y": rng.integers(0, K + 1, size=n), **found}


def lines(rng: np.random.Generator, n: int) -> Arguments:
    """Inputs, answers, and linear models."""
    found = {"x": rng.normal(size=(n, D)), "y": rng.normal(size=n), "pi": np.full(K, 1 / K)}
    return {**found, "w": rng.normal(size=(K, D)), "rho": rng.uniform(0.5, 2, size=K)}


def bits(rng: np.random.Generator, n: int) -> Arguments:
    """Binary vectors."""
    x = rng.integers(0, 2, size=(n, D)).astype(float)
    return {"x": x, "pi": np.full(K, 1 / K), "p": rng.uniform(0.1, 0.9, size=(K, D))}


def words(rng: np.random.Generator, n: int) -> Arguments:
    """Documents of 40 words."""
    counts = rng.poisson(0.5, size=(n // 5, 40)).astype(float)
    return {"T": counts, "pi": np.full(K, 1 / K), "mu": rng.dirichlet(np.ones(40), size=K)}


def labelled(rng: np.random.Generator, n: int) -> Arguments:
    """Inputs, binary labels, and logistic models."""
    found = {"phi": rng.normal(size=(n, D)), "t": rng.integers(0, 2, size=n).astype(float)}
    return {**found, "pi": np.full(K, 1 / K), "w": rng.normal(size=(K, D))}


def batch(rng: np.random.Generator, n: int) -> Arguments:
    """Activations."""
    return {"h": rng.normal(size=(n, D)), "gamma": 1.5, "beta": -0.25, "eps": 1e-3}


def batch_and_cotangents(rng: np.random.Generator, n: int) -> Arguments:
    """Activations, and what comes back."""
    return {"h": rng.normal(size=(n, D)), "gamma": 1.5, "eps": 1e-3, "delta": rng.normal(size=(n, D))}


def network(rng: np.random.Generator, n: int) -> Arguments:
    """A batch and a network of two layers; nothing is wider than the one in the middle."""
    found = {"x": rng.normal(size=(n, D)), "y": np.eye(3)[rng.integers(0, 3, size=n)]}
    found |= {"W1": rng.normal(size=(D, D)), "b1": rng.normal(size=D), "gamma": 1.5, "beta": -0.25, "eps": 1e-2}
    return {**found, "W2": rng.normal(size=(3, D)), "b2": rng.normal(size=3)}


def scores(rng: np.random.Generator, n: int) -> Arguments:
    """Scores of the classes, and labels."""
    return {"scores": rng.normal(size=(n, K)), "labels": rng.integers(1, K + 1, size=n)}


LARGE: dict[str, Callable[[np.random.Generator, int], Arguments]] = {
    "gmm": mixture,
    "gmm_spherical": spherical,
    "semi_supervised": some_labels,
    "linear_mixture": lines,
    "bernoulli_mixture": bits,
    "multinomial_mixture": words,
    "logistic_mixture": labelled,
    "softmax.forward": lambda rng, n: {"z": rng.normal(size=(n, D))},
    "softmax.vjp": lambda rng, n: {"z": rng.normal(size=(n, D)), "y_bar": rng.normal(size=(n, D))},
    "batchnorm.forward": batch,
    "batchnorm.backward": batch_and_cotangents,
    "batchnorm.network_gradient": network,
    "samme.sample_weights": scores,
    "samme.step": lambda rng, n: {"error": rng.uniform(0.1, 0.5, size=n), "K": K},
    "gan": lambda rng, n: {"p_data": rng.uniform(size=n), "p_model": rng.uniform(size=n)},
    "elbo": lambda rng, n: {"mu": rng.normal(size=n), "sigma": rng.uniform(0.5, 2, size=n)},
}
"""By the number of samples; what follows has none, and goes by the number of weights."""


def square(rng: np.random.Generator, n: int) -> np.ndarray:
    """About n weights as a matrix."""
    side = round(n**0.5)
    return rng.uniform(size=(side, side))


def two_steps(rng: np.random.Generator, n: int) -> Arguments:
    """A recurrent network with about n weights in each matrix."""
    w = square(rng, n)
    side = len(w)
    found = {"W_h": w / side, "W_i": square(rng, n) / side, "W_o": rng.normal(size=(1, side))}
    return {**found, **{name: rng.normal(size=side) for name in ("h_0", "x_1", "x_2")}, "y": 1.0}


def graph(rng: np.random.Generator, n: int) -> Arguments:
    """A weighted graph, and a function on it."""
    w = square(rng, n)
    return {"W": w, "f": rng.normal(size=len(w))}


SQUARE: dict[str, Callable[[np.random.Generator, int], Arguments]] = {
    "rnn": two_steps,
    "laplacian.quadratic_form": graph,
    "laplacian.matrix": lambda rng, n: {"W": square(rng, n)},
}


def large(family: str, function: str, n: int) -> Arguments:
    """Arguments of a function, n samples (or weights) of them."""
    both = {**LARGE, **SQUARE}
    make = both.get(f"{family}.{function}") or both[family]
    return make(np.random.default_rng(0), n)
