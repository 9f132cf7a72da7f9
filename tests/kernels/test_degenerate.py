"""At the edges: the right limit, or an error that says what is wrong; NaN and infinity are passed through."""

from __future__ import annotations

import numpy as np
import pytest

from derive.kernels import (
    batchnorm,
    bernoulli_mixture,
    elbo,
    gan,
    gmm,
    laplacian,
    linear_mixture,
    logistic_mixture,
    multinomial_mixture,
    samme,
    semi_supervised,
    softmax,
)
from tests.kernels.samples import mixture

RNG = np.random.default_rng(1)
SAMPLE = mixture(RNG)
X, PI, MU, SIGMA = (SAMPLE[name] for name in ("x", "pi", "mu", "Sigma"))
ONLY_SECOND = np.array([0.0, 1.0])


# -- weights of zero, one component, no samples ------------------------------------------------------------------------
def test_a_weight_of_zero_has_no_responsibility() -> None:
    np.testing.assert_array_equal(gmm.responsibilities(X, ONLY_SECOND, MU, SIGMA)[:, 0], 0)
    np.testing.assert_allclose(
        gmm.log_likelihood(X, ONLY_SECOND, MU, SIGMA), gmm.log_likelihood(X, [1.0], MU[1:], SIGMA[1:]), rtol=1e-14
    )


def test_the_gradient_in_a_weight_of_zero_is_its_limit() -> None:
    near = gmm.gradient_weight(X, [1e-9, 1 - 1e-9], MU, SIGMA)
    np.testing.assert_allclose(gmm.gradient_weight(X, ONLY_SECOND, MU, SIGMA), near, rtol=1e-6)


def test_an_empty_component_is_an_error() -> None:
    with pytest.raises(ZeroDivisionError, match="a component without weight"):
        gmm.em_step(X, ONLY_SECOND, MU, SIGMA)


def test_one_component_is_the_sample_mean() -> None:
    pi, mu, sigma = gmm.em_step(X, [1.0], MU[:1], SIGMA[:1])
    assert pi == 1
    np.testing.assert_allclose(mu[0], X.mean(axis=0), rtol=1e-14)
    np.testing.assert_allclose(sigma[0], np.cov(X.T, bias=True), rtol=1e-12)


def test_no_samples() -> None:
    assert gmm.responsibilities(X[:0], PI, MU, SIGMA).shape == (0, 2)
    assert gmm.log_likelihood(X[:0], PI, MU, SIGMA) == 0
    assert not gmm.gradient_mean(X[:0], PI, MU, SIGMA).any()
    with pytest.raises(ValueError, match="N: expected at least 1, found 0"):
        gmm.em_step(X[:0], PI, MU, SIGMA)
    assert softmax.vjp(np.zeros((0, 3)), np.zeros((0, 3))).shape == (0, 3)
    with pytest.raises(ValueError, match="n: expected at least 1, found 0"):
        batchnorm.forward(np.ones((0, 2)), 1.0, 0.0, 1e-5)


def test_words_that_never_occur_may_have_probability_zero() -> None:
    """0^0 = 1: the first document excludes nothing, the second has a word that the first topic does not know."""
    counts = np.array([[1, 0, 2], [0, 3, 0]])
    pi, mu = multinomial_mixture.em_step(counts, [0.5, 0.5], [[0.5, 0.0, 0.5], [0.2, 0.6, 0.2]])
    first = 0.5**3 / (0.5**3 + 0.2**3)
    np.testing.assert_allclose(pi, [first / 2, (2 - first) / 2], rtol=1e-14)
    np.testing.assert_allclose(mu[0], [1 / 3, 0, 2 / 3], rtol=1e-14)


def test_certain_bits() -> None:
    found = bernoulli_mixture.responsibilities([[1, 0], [1, 1]], [0.5, 0.5], [[1.0, 0.0], [0.5, 0.5]])
    np.testing.assert_allclose(found, [[0.8, 0.2], [0, 1]], rtol=1e-14)


def test_what_nothing_could_have_produced_has_no_responsibilities() -> None:
    with np.errstate(invalid="ignore"):
        pi, _ = multinomial_mixture.em_step([[0, 3]], [0.5, 0.5], [[1.0, 0.0], [1.0, 0.0]])
    assert np.isnan(pi).all()


# -- far points --------------------------------------------------------------------------------------------------------
def test_responsibilities_of_far_points_add_up_to_one() -> None:
    found = gmm.responsibilities(X + 700, PI, MU, SIGMA)
    assert gmm.log_likelihood(X[:1] + 700, PI, MU, SIGMA) < -1e5
    np.testing.assert_allclose(found.sum(axis=1), 1, atol=1e-12)


def test_logistic_models_at_far_inputs() -> None:
    far = 1e5 * np.array([[1.0, 0.5], [-0.5, 1.0]])
    w = np.array([[1.0, 0.0], [-0.5, 1.0]])
    value = logistic_mixture.log_likelihood(far, [0, 1], [0.5, 0.5], w)
    assert np.isfinite(value)
    assert np.isfinite(logistic_mixture.gradient(far, [0, 1], [0.5, 0.5], w)).all()


# -- matrices ----------------------------------------------------------------------------------------------------------
def test_a_singular_covariance_is_named() -> None:
    with pytest.raises(np.linalg.LinAlgError, match="Sigma: expected positive definite matrices"):
        gmm.responsibilities(X, PI, MU, 0 * SIGMA)


def test_a_covariance_that_is_not_symmetric_is_named() -> None:
    with pytest.raises(ValueError, match="Sigma: expected symmetric matrices"):
        gmm.responsibilities(X, PI, MU, SIGMA + np.array([[0, 1], [0, 0]]))


def test_inputs_that_do_not_determine_the_coefficients() -> None:
    ones = np.ones((4, 2))
    with pytest.raises(np.linalg.LinAlgError, match="singular: the result is not determined"):
        linear_mixture.em_step(ones, ones[:, 0], PI, np.ones((2, 2)), [1.0, 1.0])


# -- NaN and infinity --------------------------------------------------------------------------------------------------
@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize("strange", [np.nan, np.inf])
def test_only_the_point_that_is_not_finite_is_lost(strange: float) -> None:
    x = X.copy()
    x[1, 0] = strange
    found = gmm.responsibilities(x, PI, MU, SIGMA)
    wanted = gmm.responsibilities(X, PI, MU, SIGMA)
    assert np.isnan(found[1]).all()
    np.testing.assert_allclose(np.delete(found, 1, 0), np.delete(wanted, 1, 0), rtol=1e-14)
    assert not np.isfinite(gmm.log_likelihood(x, PI, MU, SIGMA))


def test_nan_in_a_covariance_is_no_error() -> None:
    sigma = SIGMA.copy()
    sigma[0, 0, 0] = np.nan
    assert np.isnan(gmm.log_likelihood(X, PI, MU, sigma))


def test_nan_in_one_row_of_logits() -> None:
    found = softmax.forward([[np.nan, 1.0], [1.0, 2.0], [-np.inf, 1.0]])
    assert np.isnan(found[0]).all()
    np.testing.assert_allclose(found[2], [0, 1])


# -- values ------------------------------------------------------------------------------------------------------------
def test_steps_at_the_ends() -> None:
    assert samme.step(0.0, 3) == np.inf
    assert samme.step(1.0, 3) == -np.inf
    with pytest.raises(ValueError, match="K: expected at least 2, found 1"):
        samme.step(0.3, 1)


def test_arrays_where_numbers_would_do() -> None:
    np.testing.assert_allclose(samme.step([0.1, 0.2], 3), [samme.step(0.1, 3), samme.step(0.2, 3)])
    np.testing.assert_array_equal(gan.optimal_discriminator([1, 0, 0], [0, 1, 0]), [1, 0, np.nan])


def test_batch_of_constants() -> None:
    assert not batchnorm.forward(np.ones((3, 2)), 1.0, 0.0, 1e-5).any()


def test_divergence_of_a_point_mass() -> None:
    assert elbo.gaussian_kl([0.0], [0.0]) == np.inf
    assert elbo.gaussian_kl([0.0, 0.0], [1.0, 1.0]) == 0


def test_constants_do_not_vary_along_edges() -> None:
    assert laplacian.quadratic_form(RNG.uniform(size=(4, 4)), np.full(4, 1e8)) == 0


# -- shapes ------------------------------------------------------------------------------------------------------------
def test_the_size_that_disagrees_is_named() -> None:
    with pytest.raises(ValueError, match=r"mu: expected shape \(K, d\), found \(2, 1\): d is 1 here and 2 in x"):
        gmm.responsibilities(X, PI, MU[:, :1], SIGMA)
    with pytest.raises(ValueError, match=r"x: expected shape \(N, d\), found \(2,\)"):
        gmm.responsibilities(X[0], PI, MU, SIGMA)


def test_labels_out_of_range() -> None:
    with pytest.raises(ValueError, match="y: expected whole numbers from 0 to 2"):
        semi_supervised.em_step(X, [1, 2, 3, 0], PI, MU, SIGMA)
    with pytest.raises(ValueError, match="labels: expected whole numbers from 1 to 3"):
        samme.sample_weights(np.zeros((2, 3)), [0, 1])


def test_labels_that_are_not_binary() -> None:
    with pytest.raises(ValueError, match="t: expected 0 and 1 only"):
        logistic_mixture.gradient(X, [0, 0.5, 1, 1], PI, MU)


def test_complex_numbers_are_refused() -> None:
    with pytest.raises(TypeError, match="expected real numbers, found an array of complex128"):
        softmax.forward([[1j]])


def test_nothing_given_is_changed() -> None:
    before = [array.copy() for array in (X, PI, MU, SIGMA)]
    gmm.em_step(X, PI, MU, SIGMA)
    h, delta = RNG.normal(size=(50, 3)), RNG.normal(size=(50, 3))
    kept = h.copy(), delta.copy()
    batchnorm.backward(h, 1.5, 1e-3, delta)
    for old, new in zip((*before, *kept), (X, PI, MU, SIGMA, h, delta), strict=True):
        np.testing.assert_array_equal(old, new)
