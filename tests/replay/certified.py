"""Claims of the proofs whose certificates are soon found, one of each kind, and their certificates."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from derive.certify import certificate
from derive.checker import load
from derive.language.claims import Claim

NAMES = (
    "networks/softmax.outputs_sum_to_one",
    "networks/softmax.jacobian",
    "networks/softmax.z_bar_closed",  # an unknown function of what is computed
    "networks/small.logistic_derivative.1",
    "networks/small.fits",
    "networks/recurrent.tanh_layer.1",  # the chain rule
    "networks/recurrent.lstm_cell",  # a matrix written out
    "mixtures/spherical.responsibilities_sum",
    "mixtures/logistic.eq30_left.1",  # an assumed equation
    "mixtures/bernoulli.a_ii",  # products, deltas
    "mixtures/linear.gaussian",
    "mixtures/linear.stationary_rho",  # steps
    "mixtures/linear.multiplier",
    "mixtures/gaussian.responsibility",  # matrices
    "mixtures/semi_supervised.posterior",  # cases
    "spectral/laplacian.quadratic_form",
    "boosting/samme.line_search_reached",  # by values
    "boosting/samme.derivative.1",  # a value set in a derivative
    "variational/elbo.exchange.3",  # an integral, a derivative in a parameter
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
