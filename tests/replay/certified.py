"""Claims of the proofs whose certificates of normal forms are soon found, one of each kind, and their certificates."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from derive.certify import steps as certificate
from derive.checker import load
from derive.language.claims import Claim

NAMES = (
    "networks/softmax.outputs_sum_to_one",  # a sum, a denominator
    "networks/softmax.jacobian",  # a derivative, deltas
    "networks/softmax.z_bar_closed",  # the chain rule, an unknown function
    "mixtures/spherical.responsibilities_sum",  # densities
    "mixtures/bernoulli.c_ii_count",  # an assumption
    "mixtures/bernoulli.c_ii_constraint",  # steps
    "mixtures/bernoulli.c_i_update",
    "mixtures/multinomial.multiplier_pi",
    "mixtures/multinomial.eq45_pi",
    "mixtures/semi_supervised.posterior",  # cases
    "mixtures/linear.gaussian",
    "networks/small.logistic_derivative.1",  # exponentials
    "networks/small.fits",
    "networks/batchnorm.eq4.2",
    "spectral/laplacian.trace_form",  # matrices
    "spectral/laplacian.quadratic_form",
    "boosting/samme.D_is_positive",  # an inequality
    "networks/softmax.batch_shape",
)


def claim(name: str) -> Claim:
    """A claim of the proofs."""
    return next(each for each in load(name.partition(".")[0]).claims if each.id == name)


@cache
def text(name: str) -> str:
    """The certificate of a claim, as it is written."""
    found = certificate(claim(name))
    assert found is not None, f"{name} has no certificate"
    return json.dumps(found)


def data(name: str) -> dict[str, Any]:
    """The certificate of a claim, to be changed at will."""
    found: dict[str, Any] = json.loads(text(name))
    return found
