"""Gradients beside differences of what they are gradients of; EM raises the likelihood."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from derive.kernels import batchnorm, elbo, gmm, gmm_spherical, laplacian, logistic_mixture, rnn, softmax
from tests.kernels.samples import labelled, mixture, network, spherical, two_steps

H = 1e-6


def differences(function: Callable[[np.ndarray], float], at: np.ndarray) -> np.ndarray:
    """The central differences of a function of an array, entry by entry."""
    found = np.empty_like(at)
    for place in np.ndindex(at.shape):
        step = np.zeros_like(at)
        step[place] = H
        found[place] = (function(at + step) - function(at - step)) / (2 * H)
    return found


def test_mixture_gradients() -> None:
    x, pi, mu, sigma = mixture(np.random.default_rng(0)).values()
    np.testing.assert_allclose(
        gmm.gradient_mean(x, pi, mu, sigma), differences(lambda m: gmm.log_likelihood(x, pi, m, sigma), mu), atol=1e-7
    )
    np.testing.assert_allclose(
        gmm.gradient_weight(x, pi, mu, sigma), differences(lambda p: gmm.log_likelihood(x, p, mu, sigma), pi), atol=1e-7
    )
    logits = np.log(pi)

    def of_logits(a: np.ndarray) -> float:
        return gmm.log_likelihood(x, softmax.forward(a[None])[0], mu, sigma)

    np.testing.assert_allclose(gmm.gradient_logit(x, pi, mu, sigma), differences(of_logits, logits), atol=1e-7)


def test_spherical_is_the_full_one_with_multiples_of_the_identity() -> None:
    x, pi, mu, s = spherical(np.random.default_rng(0)).values()
    sigma = s[:, None, None] * np.eye(2)
    np.testing.assert_allclose(
        gmm_spherical.responsibilities(x, pi, mu, s), gmm.responsibilities(x, pi, mu, sigma), rtol=1e-12
    )
    np.testing.assert_allclose(
        gmm_spherical.gradient_mean(x, pi, mu, s), gmm.gradient_mean(x, pi, mu, sigma), rtol=1e-10
    )


def test_logistic_mixture() -> None:
    phi, t, pi, w = labelled(np.random.default_rng(0)).values()
    gradient = logistic_mixture.gradient(phi, t, pi, w)
    np.testing.assert_allclose(
        gradient, differences(lambda v: logistic_mixture.log_likelihood(phi, t, pi, v), w), atol=1e-8
    )
    hessian = logistic_mixture.hessian(phi, t, pi, w)
    for k in range(len(pi)):
        for a in range(w.shape[1]):

            def entry(v: np.ndarray, k: int = k, a: int = a) -> float:
                return logistic_mixture.gradient(phi, t, pi, v)[k, a]

            np.testing.assert_allclose(hessian[k, a], differences(entry, w)[k], atol=1e-8)


def test_softmax_vjp() -> None:
    rng = np.random.default_rng(0)
    z, y_bar = rng.normal(size=(3, 4)), rng.normal(size=(3, 4))
    wanted = differences(lambda v: float(np.sum(softmax.forward(v) * y_bar)), z)
    np.testing.assert_allclose(softmax.vjp(z, y_bar), wanted, atol=1e-9)


def test_batchnorm_backward() -> None:
    rng = np.random.default_rng(0)
    h, delta = rng.normal(size=(5, 3)), rng.normal(size=(5, 3))

    def loss(h: np.ndarray, gamma: float = 1.5, beta: float = 0.5) -> float:
        return float(np.sum(batchnorm.forward(h, gamma, beta, 1e-3) * delta))

    dh, dgamma, dbeta = batchnorm.backward(h, 1.5, 1e-3, delta)
    np.testing.assert_allclose(dh, differences(loss, h), atol=1e-7)
    np.testing.assert_allclose(dgamma, (loss(h, 1.5 + H) - loss(h, 1.5 - H)) / (2 * H), atol=1e-7)
    np.testing.assert_allclose(dbeta, (loss(h, 1.5, 0.5 + H) - loss(h, 1.5, 0.5 - H)) / (2 * H), atol=1e-7)


def cross_entropy(x: np.ndarray, y: np.ndarray, **parameters: np.ndarray) -> float:
    """The loss of the network of solution 2, written down once more."""
    p = parameters
    h = np.maximum(x @ p["W1"].T + p["b1"], 0)
    normalised = p["gamma"] * (h - h.mean(axis=0)) / np.sqrt(h.var(axis=0) + p["eps"]) + p["beta"]
    z = normalised @ p["W2"].T + p["b2"]
    return float(-np.mean(np.sum(y * (z - np.log(np.sum(np.exp(z), axis=1))[:, None]), axis=1)))


def test_network_gradient() -> None:
    arguments = network(np.random.default_rng(0))
    found = batchnorm.network_gradient(**arguments)
    x, y = arguments.pop("x"), arguments.pop("y")
    for name, gradient in zip(("W1", "b1", "gamma", "beta", "W2", "b2"), found, strict=True):

        def loss(value: np.ndarray, name: str = name) -> float:
            return cross_entropy(x, y, **{**arguments, name: value})

        wanted = differences(loss, np.asarray(arguments[name], dtype=float))
        np.testing.assert_allclose(gradient, wanted, atol=1e-7)


def test_recurrent_gradients() -> None:
    arguments = two_steps(np.random.default_rng(0))

    def loss(W_h: np.ndarray, W_i: np.ndarray, W_o: np.ndarray) -> float:
        a = arguments
        h_2 = np.tanh(W_h @ np.tanh(W_h @ a["h_0"] + W_i @ a["x_1"]) + W_i @ a["x_2"])
        guess = 1 / (1 + np.exp(-(W_o @ h_2)[0]))
        return float(-a["y"] * np.log(guess) - (1 - a["y"]) * np.log(1 - guess))

    weights = {name: arguments[name] for name in ("W_h", "W_i", "W_o")}
    for name, gradient in zip(weights, rnn.gradients(**arguments), strict=True):

        def of_one(value: np.ndarray, name: str = name) -> float:
            return loss(**{**weights, name: value})

        np.testing.assert_allclose(gradient, differences(of_one, weights[name]), atol=1e-7)


def test_quadratic_form_is_that_of_the_matrix() -> None:
    rng = np.random.default_rng(0)
    W, f = rng.uniform(size=(5, 5)), rng.normal(size=5)
    np.testing.assert_allclose(laplacian.quadratic_form(W, f), f @ laplacian.matrix(W) @ f, rtol=1e-12)


def test_divergence_by_integration() -> None:
    grid = np.linspace(-12, 12, 200001)
    density = np.exp(-((grid - 0.5) ** 2) / (2 * 0.49)) / np.sqrt(2 * np.pi * 0.49)
    standard = -(grid**2) / 2 - 0.5 * np.log(2 * np.pi)
    integrand = density * (np.log(np.maximum(density, 1e-300)) - standard)
    np.testing.assert_allclose(elbo.gaussian_kl([0.5], [0.7]), np.sum(integrand) * (grid[1] - grid[0]), rtol=1e-6)


def test_em_raises_the_likelihood() -> None:
    x, pi, mu, sigma = mixture(np.random.default_rng(3), n=60, k=3).values()
    values = [gmm.log_likelihood(x, pi, mu, sigma)]
    for _ in range(20):
        pi, mu, sigma = gmm.em_step(x, pi, mu, sigma)
        values.append(gmm.log_likelihood(x, pi, mu, sigma))
    assert np.all(np.diff(values) >= -1e-9)
    assert values[-1] > values[0] + 1
