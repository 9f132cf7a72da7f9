"""Every kernel beside a library that computes the same: SciPy, scikit-learn, the derivatives of JAX or PyTorch."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from derive.kernels import (
    batchnorm,
    bernoulli_mixture,
    elbo,
    gan,
    gmm,
    gmm_spherical,
    laplacian,
    linear_mixture,
    logistic_mixture,
    multinomial_mixture,
    rnn,
    samme,
    semi_supervised,
    softmax,
)
from tests.kernels import samples

special = pytest.importorskip("scipy.special")
stats = pytest.importorskip("scipy.stats")
RNG = np.random.default_rng(0)
EXACT = {"rtol": 1e-9, "atol": 1e-11}


@pytest.fixture
def jax() -> Any:
    found = pytest.importorskip("jax")
    found.config.update("jax_enable_x64", True)
    return found


def close(found: Any, wanted: Any) -> None:
    """Equal but for rounding, result by result."""
    for one, two in zip(found, wanted, strict=True) if isinstance(found, tuple) else [(found, wanted)]:
        np.testing.assert_allclose(np.asarray(one), np.asarray(two), **EXACT)


# -- Gaussian mixtures -------------------------------------------------------------------------------------------------
X, PI, MU, SIGMA = samples.mixture(RNG, n=200, k=3).values()


def log_joint(x: np.ndarray, pi: np.ndarray, mu: np.ndarray, sigma: np.ndarray) -> np.ndarray:
    """log(pi_k N(x_n)), by SciPy."""
    each = [stats.multivariate_normal(m, s).logpdf(x) for m, s in zip(mu, sigma, strict=True)]
    return np.log(pi) + np.stack(each, axis=1)


def test_likelihood_and_responsibilities() -> None:
    joint = log_joint(X, PI, MU, SIGMA)
    close(gmm.log_likelihood(X, PI, MU, SIGMA), special.logsumexp(joint, axis=1).sum())
    close(gmm.responsibilities(X, PI, MU, SIGMA), special.softmax(joint, axis=1))
    s = np.array([0.5, 1.0, 2.0])
    joint = log_joint(X, PI, MU, s[:, None, None] * np.eye(2))
    close(gmm_spherical.log_likelihood(X, PI, MU, s), special.logsumexp(joint, axis=1).sum())
    close(gmm_spherical.responsibilities(X, PI, MU, s), special.softmax(joint, axis=1))


def test_gradients_of_mixtures(jax: Any) -> None:
    log_density = jax.vmap(jax.scipy.stats.multivariate_normal.logpdf, (None, 0, 0), 1)

    def value(pi: Any, mu: Any, sigma: Any) -> Any:
        return jax.scipy.special.logsumexp(jax.numpy.log(pi) + log_density(X, mu, sigma), axis=1).sum()

    by_weight, by_mean = jax.grad(value, (0, 1))(PI, MU, SIGMA)
    close(gmm.gradient_mean(X, PI, MU, SIGMA), by_mean)
    close(gmm.gradient_weight(X, PI, MU, SIGMA), by_weight)
    by_logit = jax.grad(lambda a: value(jax.nn.softmax(a), MU, SIGMA))(np.log(PI))
    close(gmm.gradient_logit(X, PI, MU, SIGMA), by_logit)
    s = np.array([0.5, 1.0, 2.0])
    by_mean = jax.grad(value, 1)(PI, MU, s[:, None, None] * np.eye(2))
    close(gmm_spherical.gradient_mean(X, PI, MU, s), by_mean)


@pytest.mark.parametrize("kind", ["full", "spherical"])
def test_steps_of_mixtures(kind: str) -> None:
    peers = pytest.importorskip("sklearn.mixture")
    spread = SIGMA if kind == "full" else np.array([0.5, 1.0, 2.0])
    peer = peers.GaussianMixture(3, covariance_type=kind, reg_covar=0, max_iter=1, weights_init=PI, means_init=MU)
    peer.precisions_init = np.linalg.inv(spread) if kind == "full" else 1 / spread
    with pytest.warns(Warning, match="did not converge"):
        peer.fit(X)
    step = gmm.em_step if kind == "full" else gmm_spherical.em_step
    close(step(X, PI, MU, spread), (peer.weights_, peer.means_, peer.covariances_))


def test_a_step_with_labels() -> None:
    y = RNG.integers(0, 4, size=len(X))
    posterior = special.softmax(log_joint(X, PI, MU, SIGMA), axis=1)
    r = np.where(y[:, None] == 0, posterior, y[:, None] == [1, 2, 3])
    means = np.stack([np.average(X, axis=0, weights=r[:, k]) for k in range(3)])
    spread = np.stack([np.cov(X.T, aweights=r[:, k], ddof=0) for k in range(3)])
    close(semi_supervised.em_step(X, y, PI, MU, SIGMA), (posterior[y == 0].mean(axis=0), means, spread))


# -- mixtures of other models ------------------------------------------------------------------------------------------
def weighted_fit(peer: Any, x: np.ndarray, r: np.ndarray) -> Any:
    """A classifier taught every example with every label, as often as the responsibilities say."""
    labels = np.repeat(np.arange(r.shape[1]), len(x))
    return peer.fit(np.tile(x, (r.shape[1], 1)), labels, sample_weight=r.T.ravel())


@pytest.mark.parametrize("kind", ["bits", "words"])
def test_mixtures_of_bits_and_words(kind: str) -> None:
    """One step from a classifier whose classes are the components: its posterior, and itself taught by that."""
    peers = pytest.importorskip("sklearn.naive_bayes")
    x, pi, p = (samples.bits if kind == "bits" else samples.words)(RNG).values()
    peer = (peers.BernoulliNB if kind == "bits" else peers.MultinomialNB)(alpha=0, force_alpha=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        peer.fit(np.tile(x, (2, 1)), np.repeat([0, 1], len(x)))
        peer.class_log_prior_, peer.feature_log_prob_ = np.log(pi), np.log(p)
        r = peer.predict_proba(x)
        if kind == "bits":
            close(bernoulli_mixture.responsibilities(x, pi, p), r)
        weighted_fit(peer, x, r)
    step = bernoulli_mixture.em_step if kind == "bits" else multinomial_mixture.em_step
    found = step(x, pi, p)
    close(found, (np.exp(peer.class_log_prior_), np.exp(peer.feature_log_prob_)))


def test_likelihood_of_words() -> None:
    counts, pi, mu = samples.words(RNG).values()
    each = np.stack([stats.multinomial(counts.sum(axis=1), m).logpmf(counts) for m in mu], axis=1)
    coefficients = special.gammaln(counts.sum(axis=1) + 1) - special.gammaln(counts + 1).sum(axis=1)
    wanted = (special.logsumexp(np.log(pi) + each, axis=1) - coefficients).sum()
    close(multinomial_mixture.log_likelihood(counts, pi, mu), wanted)


def test_a_step_of_lines() -> None:
    peers = pytest.importorskip("sklearn.linear_model")
    x, y, pi, w, rho = samples.lines(RNG).values()
    r = special.softmax(np.log(pi) + stats.norm(x @ w.T, np.sqrt(rho)).logpdf(y[:, None]), axis=1)
    lines = [peers.LinearRegression(fit_intercept=False).fit(x, y, sample_weight=r[:, k]) for k in range(2)]
    spread = [np.average((y - line.predict(x)) ** 2, weights=r[:, k]) for k, line in enumerate(lines)]
    found = linear_mixture.em_step(x, y, pi, w, rho)
    close(found, (r.mean(axis=0), np.stack([line.coef_ for line in lines]), spread))


def test_logistic_models(jax: Any) -> None:
    phi, t, pi, w = samples.labelled(RNG).values()

    def value(w: Any) -> Any:
        y = jax.nn.sigmoid(phi @ w.T)
        return jax.numpy.log((pi * jax.numpy.where(t[:, None] == 1, y, 1 - y)).sum(axis=1)).sum()

    close(logistic_mixture.log_likelihood(phi, t, pi, w), value(w))
    close(logistic_mixture.gradient(phi, t, pi, w), jax.grad(value)(w))
    curvature = jax.hessian(value)(w)
    close(logistic_mixture.hessian(phi, t, pi, w), np.stack([curvature[k, :, k] for k in range(len(pi))]))
    y = special.expit(phi @ w.T)
    joint = pi * stats.bernoulli(y).pmf(t[:, None])
    close(logistic_mixture.em_weights(phi, t, pi, w), (joint / joint.sum(axis=1, keepdims=True)).mean(axis=0))


# -- networks ----------------------------------------------------------------------------------------------------------
def test_softmax(jax: Any) -> None:
    z, y_bar = samples.rows_and_cotangents(RNG).values()
    close(softmax.forward(z), special.softmax(z, axis=1))
    close(softmax.vjp(z, y_bar), jax.vjp(lambda v: jax.nn.softmax(v, axis=1), z)[1](y_bar)[0])


def test_softmax_of_torch() -> None:
    torch = pytest.importorskip("torch")
    z, y_bar = samples.rows_and_cotangents(RNG).values()
    logits = torch.tensor(z, requires_grad=True)
    torch.softmax(logits, dim=1).backward(torch.tensor(y_bar))
    close(softmax.vjp(z, y_bar), logits.grad.numpy())


def test_batchnorm_of_torch() -> None:
    torch = pytest.importorskip("torch")
    h, gamma, eps, delta = samples.batch_and_cotangents(RNG).values()
    values = torch.tensor(h, requires_grad=True)
    normalised = torch.nn.functional.batch_norm(values, None, None, training=True, eps=eps)
    close(batchnorm.forward(h, gamma, 0.5, eps), (gamma * normalised + 0.5).detach().numpy())
    (gamma * normalised).backward(torch.tensor(delta))
    close(batchnorm.backward(h, gamma, eps, delta)[0], values.grad.numpy())


def normalised(jax: Any) -> Callable[..., Any]:
    return lambda h, gamma, beta, eps: gamma * jax.nn.standardize(h, axis=0, epsilon=eps) + beta


def test_batchnorm(jax: Any) -> None:
    h, gamma, eps, delta = samples.batch_and_cotangents(RNG).values()
    close(batchnorm.forward(h, gamma, 0.5, eps), normalised(jax)(h, gamma, 0.5, eps))
    _, back = jax.vjp(lambda *v: normalised(jax)(*v, eps), h, gamma, 0.5)
    close(batchnorm.backward(h, gamma, eps, delta), back(delta))


def test_network(jax: Any) -> None:
    a = samples.network(RNG)
    names = ("W1", "b1", "gamma", "beta", "W2", "b2")

    def loss(W1: Any, b1: Any, gamma: Any, beta: Any, W2: Any, b2: Any) -> Any:
        h = normalised(jax)(jax.nn.relu(a["x"] @ W1.T + b1), gamma, beta, a["eps"])
        return -(a["y"] * jax.nn.log_softmax(h @ W2.T + b2, axis=1)).sum(axis=1).mean()

    close(batchnorm.network_gradient(**a), jax.grad(loss, range(6))(*(a[name] for name in names)))


def test_recurrent_network(jax: Any) -> None:
    a = samples.two_steps(RNG)

    def loss(W_h: Any, W_i: Any, W_o: Any) -> Any:
        h = a["h_0"]
        for x in (a["x_1"], a["x_2"]):
            h = jax.numpy.tanh(W_h @ h + W_i @ x)
        guess = jax.nn.sigmoid((W_o @ h)[0])
        return -a["y"] * jax.numpy.log(guess) - (1 - a["y"]) * jax.numpy.log(1 - guess)

    close(rnn.gradients(**a), jax.grad(loss, (0, 1, 2))(a["W_h"], a["W_i"], a["W_o"]))


# -- the others --------------------------------------------------------------------------------------------------------
def test_boosting() -> None:
    """The first step of scikit-learn's AdaBoost is K / (K - 1) times ours: it leaves that factor out."""
    ensemble, trees = pytest.importorskip("sklearn.ensemble"), pytest.importorskip("sklearn.tree")
    x, labels = RNG.normal(size=(60, 2)), RNG.integers(0, 3, size=60)
    peer = ensemble.AdaBoostClassifier(trees.DecisionTreeClassifier(max_depth=1), n_estimators=1).fit(x, labels)
    close(samme.step(peer.estimator_errors_[0], 3), 2 / 3 * peer.estimator_weights_[0])
    scores, own = samples.scores(RNG).values()
    mine = scores[np.arange(4), own - 1]
    close(samme.sample_weights(scores, own), special.softmax((scores.sum(axis=1) - mine) / 2 - mine))


def test_discriminator() -> None:
    optimize = pytest.importorskip("scipy.optimize")
    best = optimize.minimize_scalar(lambda d: -0.3 * np.log(d) - 1.7 * np.log(1 - d), bounds=(0.01, 0.99))
    np.testing.assert_allclose(gan.optimal_discriminator(0.3, 1.7), best.x, atol=1e-5)


def test_laplacian() -> None:
    graphs = pytest.importorskip("scipy.sparse.csgraph")
    W, f = RNG.uniform(size=(5, 5)), RNG.normal(size=5)
    W = W + W.T
    close(laplacian.matrix(W), graphs.laplacian(W))
    close(laplacian.quadratic_form(W, f), f @ graphs.laplacian(W) @ f)


def test_divergence() -> None:
    integrate = pytest.importorskip("scipy.integrate")
    own, standard = stats.norm(0.5, 0.7), stats.norm()
    wanted, _ = integrate.quad(lambda v: own.pdf(v) * (own.logpdf(v) - standard.logpdf(v)), -10, 10)
    close(elbo.gaussian_kl([0.5], [0.7]), wanted)
