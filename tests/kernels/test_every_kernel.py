"""What every kernel does with wrong shapes, NaN, no samples, one component, and components without weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import derive.kernels
from derive.kernels.specs import families, family
from tests.kernels.samples import Arguments, sample
from tests.kernels.test_values import assembled

FUNCTIONS = [(name, function.name) for name in families() for function in family(name).functions]


def kernel(name: str, function: str) -> Any:
    return getattr(getattr(derive.kernels, name), function)


def parts(result: Any) -> list[np.ndarray]:
    return [np.asarray(each) for each in (result if isinstance(result, tuple) else (result,))]


def drawn(name: str, function: str) -> Arguments:
    return sample(name, function, np.random.default_rng(0))


def axes(name: str, function: str) -> dict[str, tuple[str, ...]]:
    """The sizes of each argument that has axes."""
    found = {argument.name: tuple(map(str, argument.axes)) for argument in assembled(name, function).program.arguments}
    return {argument: names for argument, names in found.items() if names}


# -- shapes ------------------------------------------------------------------------------------------------------------
def disagreements() -> list[tuple[str, str, str, int]]:
    """Each axis of each argument whose size some other axis has too."""
    found = []
    for name, function in FUNCTIONS:
        every = [size for sizes in axes(name, function).values() for size in sizes]
        for argument, sizes in axes(name, function).items():
            found += [(name, function, argument, at) for at, size in enumerate(sizes) if every.count(size) > 1]
    return found


@pytest.mark.parametrize(("name", "function", "argument", "axis"), disagreements())
def test_a_size_that_disagrees_is_named(name: str, function: str, argument: str, axis: int) -> None:
    arguments = drawn(name, function)
    value = np.asarray(arguments[argument])
    arguments[argument] = np.concatenate([value, np.take(value, [0], axis=axis)], axis=axis)
    size = axes(name, function)[argument][axis]
    with pytest.raises(ValueError, match=rf"\w+: expected shape \(.*\), found \(.*\): {size} is \d+ here and \d+ in "):
        kernel(name, function)(**arguments)


@pytest.mark.parametrize(("name", "function"), [each for each in FUNCTIONS if axes(*each)])
def test_an_axis_too_many_is_named(name: str, function: str) -> None:
    for argument, sizes in axes(name, function).items():
        arguments = drawn(name, function)
        arguments[argument] = np.asarray(arguments[argument])[None]
        wanted = ", ".join(sizes) + ("," if len(sizes) == 1 else "")
        with pytest.raises(ValueError, match=rf"{argument}: expected shape \({wanted}\), found \(1, "):
            kernel(name, function)(**arguments)


# -- NaN ---------------------------------------------------------------------------------------------------------------
@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_nan_is_passed_through(name: str, function: str) -> None:
    """Wherever it stands in an argument of real numbers, it is found in a result; none raises."""
    for argument in assembled(name, function).program.arguments:
        arguments = drawn(name, function)
        if argument.integral:
            continue
        value = np.array(arguments[argument.name], dtype=float)
        value.flat[0] = np.nan
        arguments[argument.name] = value
        found = parts(kernel(name, function)(**arguments))
        assert any(np.isnan(each).any() for each in found), argument.name


# -- no samples --------------------------------------------------------------------------------------------------------
NONE = {
    "gmm.log_likelihood": 0,
    "gmm.responsibilities": (0, 2),
    "gmm.gradient_mean": 0,
    "gmm.gradient_weight": 0,
    "gmm.gradient_logit": 0,
    "gmm.em_step": "N: expected at least 1, found 0",
    "gmm_spherical.log_likelihood": 0,
    "gmm_spherical.responsibilities": (0, 2),
    "gmm_spherical.gradient_mean": 0,
    "gmm_spherical.em_step": "N: expected at least 1, found 0",
    "semi_supervised.em_step": "no samples",
    "linear_mixture.em_step": "N: expected at least 1, found 0",
    "bernoulli_mixture.responsibilities": (0, 2),
    "bernoulli_mixture.em_step": "no samples",
    "multinomial_mixture.log_likelihood": 0,
    "multinomial_mixture.em_step": "no samples",
    "logistic_mixture.log_likelihood": 0,
    "logistic_mixture.gradient": 0,
    "logistic_mixture.hessian": 0,
    "logistic_mixture.em_weights": "N: expected at least 1, found 0",
    "softmax.forward": (0, 4),
    "softmax.vjp": (0, 4),
    "batchnorm.forward": "n: expected at least 1, found 0",
    "batchnorm.backward": "n: expected at least 1, found 0",
    "batchnorm.network_gradient": "n: expected at least 1, found 0",
    "samme.sample_weights": (0,),
    "samme.step": (0,),
    "gan.optimal_discriminator": (0,),
    "laplacian.quadratic_form": "N: expected at least 1, found 0",
    "laplacian.matrix": (0, 0),
    "elbo.gaussian_kl": 0,
    "rnn.gradients": (0, 0),
}
"""A sum of nothing is 0, an array of nothing is empty, and a mean of nothing is an error that says so."""


def without_samples(name: str, function: str) -> Arguments:
    arguments = drawn(name, function)
    if not axes(name, function):
        return {key: value if key == "K" else np.empty(0) for key, value in arguments.items()}
    first = {
        "gmm": "N", "gmm_spherical": "N", "semi_supervised": "N", "linear_mixture": "N", "bernoulli_mixture": "N",
        "multinomial_mixture": "D", "logistic_mixture": "N", "softmax": "N", "batchnorm": "n", "samme": "n",
        "laplacian": "N", "elbo": "k", "rnn": "n",
    }[name]  # fmt: skip
    for argument, sizes in axes(name, function).items():
        at = tuple(slice(0) if size == first else slice(None) for size in sizes)
        arguments[argument] = np.asarray(arguments[argument])[at]
    return arguments


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_no_samples(name: str, function: str) -> None:
    wanted = NONE[f"{name}.{function}"]
    if isinstance(wanted, str):
        with pytest.raises((ValueError, ZeroDivisionError), match=wanted):
            kernel(name, function)(**without_samples(name, function))
        return
    found = parts(kernel(name, function)(**without_samples(name, function)))[0]
    if isinstance(wanted, tuple):
        assert found.shape == wanted
    else:
        assert not found.any()


# -- one component, and none -------------------------------------------------------------------------------------------
MIXTURES = [each for each in FUNCTIONS if "pi" in axes(*each)]
WITHOUT_LABELS = [each for each in MIXTURES if each[0] != "semi_supervised"]  # labels tell equal components apart


def of_components(name: str, function: str, chosen: list[int]) -> Arguments:
    """Arguments with some of the components only; labels follow."""
    arguments = drawn(name, function)
    for argument, sizes in axes(name, function).items():
        if sizes[0] == "K":
            arguments[argument] = np.asarray(arguments[argument])[chosen]
    arguments["pi"] = np.full(len(chosen), 1 / len(chosen))
    if name == "semi_supervised":
        arguments["y"] = np.minimum(arguments["y"], len(chosen))
    return arguments


@pytest.mark.parametrize(("name", "function"), WITHOUT_LABELS)
def test_one_component_is_two_equal_ones(name: str, function: str) -> None:
    """K = 1 gives what K = 2 gives if both are the same component, with half the weight each."""
    alone = parts(kernel(name, function)(**of_components(name, function, [0])))
    both = parts(kernel(name, function)(**of_components(name, function, [0, 0])))
    for one, two in zip(alone, both, strict=True):
        if function == "responsibilities":
            np.testing.assert_allclose(one, 1)
            np.testing.assert_allclose(two, 0.5)
        elif function in ("log_likelihood", "gradient_weight"):
            np.testing.assert_allclose(one, two if one.ndim == 0 else two[:1], rtol=1e-12)
        elif function == "gradient_logit":
            np.testing.assert_allclose(one, 0, atol=1e-12)
        elif function == "em_weights" or (function == "em_step" and one.ndim == 1 and one is alone[0]):
            np.testing.assert_allclose(one, 1)
            np.testing.assert_allclose(two, 0.5)
        elif function == "em_step":
            np.testing.assert_allclose(one[0], two[1], rtol=1e-9, atol=1e-12)
        elif function != "hessian":  # of two components each has a part of its own curvature
            np.testing.assert_allclose(one[0] / 2, two[1], rtol=1e-9, atol=1e-12)


def test_one_component_of_a_mixture_with_labels() -> None:
    """All points are its own, labelled or not."""
    arguments = of_components("semi_supervised", "em_step", [0])
    pi, mu, sigma = derive.kernels.semi_supervised.em_step(**arguments)
    np.testing.assert_allclose(pi, 1)
    np.testing.assert_allclose(mu[0], arguments["x"].mean(axis=0))
    np.testing.assert_allclose(sigma[0], np.cov(arguments["x"].T, bias=True))


@pytest.mark.parametrize(("name", "function"), MIXTURES)
def test_a_component_without_weight(name: str, function: str) -> None:
    """It takes no part, as if it were not there; a step of EM, to which it gives no new place, is an error."""
    arguments = drawn(name, function)
    arguments["pi"] = np.array([0.0, 1.0])
    if function == "em_step" and name != "semi_supervised":
        with pytest.raises(
            (ZeroDivisionError, np.linalg.LinAlgError), match=r"without weight|is singular: the result is"
        ):
            kernel(name, function)(**arguments)
        return
    found = parts(kernel(name, function)(**arguments))
    assert all(np.isfinite(each).all() for each in found)
    alone = parts(kernel(name, function)(**{**of_components(name, function, [1]), "pi": np.ones(1)}))
    if function == "log_likelihood":
        np.testing.assert_allclose(found[0], alone[0], rtol=1e-12)
    elif function == "responsibilities":
        np.testing.assert_array_equal(found[0], [[0, 1]] * len(found[0]))
    elif function in ("gradient_mean", "gradient", "hessian", "gradient_logit", "em_weights"):
        assert not found[0][0].any()
        np.testing.assert_allclose(found[0][1:], alone[0], rtol=1e-9, atol=1e-12)


# -- what cannot be divided by -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("name", "argument"), [("gmm_spherical", "s"), ("linear_mixture", "rho")])
def test_a_variance_of_zero_is_named(name: str, argument: str) -> None:
    for function in family(name).functions:
        arguments = drawn(name, function.name)
        arguments[argument] = np.array([0.0, 1.0])
        with pytest.raises(ZeroDivisionError, match=f"{argument}: expected numbers above 0, found 0"):
            kernel(name, function.name)(**arguments)


@pytest.mark.parametrize(("name", "function"), [each for each in FUNCTIONS if "Sigma" in axes(*each)])
def test_a_singular_covariance_is_named(name: str, function: str) -> None:
    arguments = drawn(name, function)
    arguments["Sigma"] = np.ones_like(arguments["Sigma"])
    with pytest.raises(
        np.linalg.LinAlgError, match="Sigma: expected positive definite matrices, found one that is not"
    ):
        kernel(name, function)(**arguments)


def test_a_graph_without_edges() -> None:
    assert not derive.kernels.laplacian.matrix(np.zeros((3, 3))).any()
    assert derive.kernels.laplacian.quadratic_form(np.zeros((3, 3)), [1.0, 2.0, 3.0]) == 0


def test_one_class_is_certain() -> None:
    z = np.array([[3.0], [-1e5]])
    np.testing.assert_array_equal(derive.kernels.softmax.forward(z), 1)
    np.testing.assert_array_equal(derive.kernels.softmax.vjp(z, np.ones((2, 1))), 0)


def test_a_batch_of_one_is_its_own_mean() -> None:
    h, delta = np.array([[3.0, -1.0]]), np.array([[1.0, 2.0]])
    np.testing.assert_array_equal(derive.kernels.batchnorm.forward(h, 2.0, 0.5, 1e-3), 0.5)
    dh, dgamma, dbeta = derive.kernels.batchnorm.backward(h, 2.0, 1e-3, delta)
    assert not dh.any()
    assert dgamma == 0
    assert dbeta == 3
