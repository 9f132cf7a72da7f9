"""Arguments for every kernel: small random ones that the claims admit, far from the origin if asked."""

from __future__ import annotations

from typing import Any

import numpy as np

Arguments = dict[str, Any]


def mixture(rng: np.random.Generator, offset: float = 0.0, n: int = 4, k: int = 2, d: int = 2) -> Arguments:
    """Points, weights, means and covariances."""
    a = rng.normal(size=(k, d, d))
    return {
        "x": rng.normal(size=(n, d)) + offset,
        "pi": rng.dirichlet(np.ones(k)),
        "mu": rng.normal(size=(k, d)) + offset,
        "Sigma": a @ np.matrix_transpose(a) + np.eye(d),
    }


def spherical(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """The same with one variance for each component."""
    found = mixture(rng, offset)
    del found["Sigma"]
    return {**found, "s": rng.uniform(0.5, 2, size=2)}


def some_labels(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """A mixture with labels, 0 where there is none."""
    found = mixture(rng, offset, n=5)
    return {"x": found["x"], "y": np.array([0, 1, 2, 0, 0]), **{key: found[key] for key in ("pi", "mu", "Sigma")}}


def lines(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Inputs, answers, and linear models that differ across the offset, so that each has a share of the answers."""
    x, w, across = rng.normal(size=(6, 2)) + offset, rng.normal(size=2), rng.normal(size=(2, 1))
    return {
        "x": x,
        "y": x @ w + rng.normal(size=6),
        "pi": rng.dirichlet(np.ones(2)),
        "w": w + across * [1.0, -1.0],
        "rho": rng.uniform(0.5, 2, size=2),
    }


def bits(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Binary vectors and probabilities."""
    return {
        "x": rng.integers(0, 2, size=(4, 3)),
        "pi": rng.dirichlet(np.ones(2)),
        "p": rng.uniform(0.1, 0.9, size=(2, 3)),
    }


def words(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Word counts and topics."""
    return {
        "T": rng.integers(0, 4, size=(4, 3)) + np.eye(4, 3, dtype=int),
        "pi": rng.dirichlet(np.ones(2)),
        "mu": rng.dirichlet(np.ones(3), size=2),
    }


def labelled(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Inputs, binary labels, and logistic models."""
    return {
        "phi": rng.normal(size=(4, 2)),
        "t": rng.integers(0, 2, size=4),
        "pi": rng.dirichlet(np.ones(2)),
        "w": rng.normal(size=(2, 2)),
    }


def rows(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Logits."""
    return {"z": rng.normal(size=(3, 4)) + offset}


def rows_and_cotangents(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Logits, and what comes back to their softmax."""
    return {**rows(rng, offset), "y_bar": rng.normal(size=(3, 4))}


def batch(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Activations."""
    return {"h": rng.normal(size=(4, 3)) + offset, "gamma": 1.5, "beta": -0.25, "eps": 1e-3}


def batch_and_cotangents(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Activations, and what comes back to the normalised ones."""
    return {"h": rng.normal(size=(4, 3)) + offset, "gamma": 1.5, "eps": 1e-3, "delta": rng.normal(size=(4, 3))}


def network(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """A batch and a network of two layers."""
    return {
        "x": rng.normal(size=(4, 2)) + offset,
        "y": np.eye(2)[[0, 1, 1, 0]],
        "W1": rng.normal(size=(3, 2)),
        "b1": rng.normal(size=3) + 1,
        "gamma": 1.5,
        "beta": -0.25,
        "eps": 1e-2,
        "W2": rng.normal(size=(2, 3)),
        "b2": rng.normal(size=2),
    }


def two_steps(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """A recurrent network and two inputs."""
    found = {"W_h": rng.normal(size=(2, 2)), "W_i": rng.normal(size=(2, 2)), "W_o": rng.normal(size=(1, 2))}
    found |= {name: rng.normal(size=2) for name in ("h_0", "x_1", "x_2")}
    return {**found, "x_1": found["x_1"] + offset, "y": 1.0}


def scores(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Scores of three classes, and the labels 1 to 3."""
    return {"scores": rng.normal(size=(4, 3)) + offset, "labels": np.array([1, 3, 2, 3])}


def error(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """A weighted error among three classes."""
    return {"error": 0.3, "K": 3}


def densities(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Two densities at a point."""
    return {"p_data": 0.3, "p_model": 1.7}


def graph(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Weights, not symmetric, and a function on the nodes."""
    return {"W": rng.uniform(size=(4, 4)), "f": rng.normal(size=4) + offset}


def weights(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Weights, not symmetric."""
    return {"W": rng.uniform(size=(4, 4))}


def gaussian(rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Means and standard deviations."""
    return {"mu": rng.normal(size=5) + offset, "sigma": rng.uniform(0.5, 2, size=5)}


SAMPLES = {
    "gmm": mixture,
    "gmm_spherical": spherical,
    "semi_supervised": some_labels,
    "linear_mixture": lines,
    "bernoulli_mixture": bits,
    "multinomial_mixture": words,
    "logistic_mixture": labelled,
    "softmax.forward": rows,
    "softmax.vjp": rows_and_cotangents,
    "batchnorm.forward": batch,
    "batchnorm.backward": batch_and_cotangents,
    "batchnorm.network_gradient": network,
    "rnn": two_steps,
    "samme.sample_weights": scores,
    "samme.step": error,
    "gan": densities,
    "laplacian.quadratic_form": graph,
    "laplacian.matrix": weights,
    "elbo": gaussian,
}

FAR = (
    "gmm",
    "gmm_spherical",
    "semi_supervised",
    "linear_mixture",
    "softmax",
    "batchnorm",
    "rnn",
    "samme",
    "laplacian.quadratic_form",
    "elbo",
)
"""Where some argument may lie far from the origin; elsewhere they are bits, counts, weights, or set the condition."""


def sample(family: str, function: str, rng: np.random.Generator, offset: float = 0.0) -> Arguments:
    """Arguments of a function."""
    make = SAMPLES.get(f"{family}.{function}") or SAMPLES[family]
    return make(rng, offset)
