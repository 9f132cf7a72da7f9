"""Every kernel against the exact value of its claims, near the origin and far from it, in two precisions."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

import derive.kernels
from derive.kernels.assemble import Assembled, assemble
from derive.kernels.specs import families, family
from tests.kernels.exact import exact
from tests.kernels.samples import FAR, sample

FUNCTIONS = [(name, function.name) for name in families() for function in family(name).functions]


@cache
def assembled(name: str, function: str) -> Assembled:
    of = family(name)
    return assemble(of, next(each for each in of.functions if each.name == function))


def call(name: str, function: str, arguments: dict[str, object]) -> list[np.ndarray]:
    found = getattr(getattr(derive.kernels, name), function)(**arguments)
    return [np.asarray(each) for each in (found if isinstance(found, tuple) else (found,))]


def compare(found: list[np.ndarray], wanted: list[np.ndarray], tolerance: float) -> None:
    largest = max((np.max(np.abs(each)) for each in wanted if each.size), default=0.0)
    for one, two in zip(found, wanted, strict=True):
        assert one.shape == two.shape
        scale = max(np.max(np.abs(two)), 1e-3 * largest)  # a gradient may be zero but for rounding
        assert np.all(np.abs(one - two) <= tolerance * scale), (one, two)


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_exact_value(name: str, function: str) -> None:
    for seed in range(3):
        arguments = sample(name, function, np.random.default_rng(seed))
        compare(call(name, function, arguments), exact(assembled(name, function), arguments), 1e-10)


@pytest.mark.parametrize(
    ("name", "function"), [f for f in FUNCTIONS if ".".join(f).startswith(FAR) and f != ("samme", "step")]
)
def test_far_from_the_origin(name: str, function: str) -> None:
    for seed in range(3):
        arguments = sample(name, function, np.random.default_rng(seed), offset=1e4)
        compare(call(name, function, arguments), exact(assembled(name, function), arguments), 1e-8)


@pytest.mark.parametrize(("name", "function"), FUNCTIONS)
def test_float32_is_kept(name: str, function: str) -> None:
    arguments = sample(name, function, np.random.default_rng(0))
    wanted = call(name, function, arguments)
    small = {
        key: np.float32(value) if np.asarray(value).dtype.kind == "f" else value for key, value in arguments.items()
    }
    found = call(name, function, small)
    for one, two in zip(found, wanted, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_allclose(one, two, rtol=2e-3, atol=2e-4)


def test_a_python_number_does_not_widen() -> None:
    h = np.ones((3, 2), dtype=np.float32)
    assert derive.kernels.batchnorm.forward(h, 1.5, 0.0, 1e-5).dtype == np.float32
    assert derive.kernels.samme.step(0.3, 3).dtype == np.float64
