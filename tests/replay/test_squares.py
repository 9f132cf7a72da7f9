"""What is never negative, once its square has been multiplied out: seen without any step, and nothing else is."""

from __future__ import annotations

import pytest

from derive.certify import certificate as of_claim
from derive.replay import replay
from tests.replay.certified import claim
from tests.replay.test_forged import certificate, compared, refused

GIVEN = r"""
index m = 1..K + 1 ; index l = 2..K ; index r = 1..3
c, d, w \in \mathbb{R} ; t_m \in \mathbb{R} ; \lambda < 0 ; q_i > 0 ; a_r \in \mathbb{R}
let \sigma_j := \frac{1}{N} \sum_{i=1}^N (x_i - u)^2
let \tau := \frac{1}{N} \sum_{i=1}^N (x_i - u)^3
"""
SQUARES = (
    r"u^2 - 2 u v + v^2",
    r"3 u^2 - 12 u v + 12 v^2",
    r"(u - v + c - 2)^2",
    r"(u v - c)^2",
    r"(u - \frac{1}{z})^2",
    r"(u - \frac{v}{c})^2",
    r"(e^u - s)^2",
    r"\sum_{i=1}^N (x_i - u)^2",
    r"\frac{1}{z} \sum_{i=1}^N (x_i - u)^2",
    r"\sum_{i=1}^N q_i (x_i^2 + 1)",
    r"\sum_{i=1}^N \sum_{j=1}^N (x_i - y_j)^2",
    r"\sigma_j",
    r"s \sigma_j + z",
    r"u^2 + v^2",
)
OTHERS = (
    r"u^2 - 3 u v + v^2",
    r"u^2 - 2 u v",
    r"u^2 - 2 u v - v^2",
    r"-u^2 + 2 u v - v^2",
    r"-(u - v)^2",
    r"u^2 + 2 u v + v^2 - c^2",
    r"u^2 - 2 u v + v^2 - 1",
    r"u^2 + v^2 + c^2 - 2 u v - 2 v c + 2 u c + w",
    r"u^2 + v^2 + c^2 - 2 u v - 2 v c - 2 u c",
    r"u^2 + v^4 - 2 u v^3",
    r"u^3 - 2 u^2 v + u v^2",
    r"\sum_{i=1}^N x_i^2 - 2 u \sum_{j=1}^N x_j + u^2",
    r"\sum_{i=1}^N (x_i - u)^3",
    r"u \sum_{i=1}^N (x_i - v)^2",
    r"\lambda \sum_{i=1}^N (x_i - v)^2",
    r"u \sum_{i=1}^N x_i^2 - 2 v \sum_{i=1}^N x_i + \sum_{i=1}^N 1",
    r"\sum_{m=1}^{K+1} t_m^2 + \sum_{m=1}^{K} (u^2 - 2 u t_m)",
    r"\sum_{i=1}^N x_i^2 - 2 \sum_{i=1}^N x_i y_j + y_j^2",
    r"\sum_{i=1}^N \sum_{j=1}^N (x_i - y_j)^3",
    r"\left(\sum_{i=1}^N x_i\right) \left(\sum_{i=1}^N y_i\right)",
    r"\sum_{i=1}^N x_i^2 - u",
    r"\sum_{i=1}^N x_i^2 - 2 \left(\sum_{i=1}^N u x_i\right)^3 + \sum_{i=1}^N u^2",
    r"\tau",
    r"\sigma_j - 1",
    r"-\sigma_j",
)


@pytest.mark.parametrize("term", SQUARES)
def test_a_square_is_not_negative(term: str) -> None:
    replay(certificate(compared(term, ">=", "0", GIVEN), []))


@pytest.mark.parametrize("term", OTHERS)
def test_what_is_no_square_may_be(term: str) -> None:
    refused(compared(term, ">=", "0", GIVEN), [], because="what is left is not known")


@pytest.mark.parametrize("term", [r"u^2 - 2 u v + v^2", r"\sum_{i=1}^N (x_i - u)^2", r"\sigma_j", "(u v - c)^2"])
def test_a_square_may_be_zero(term: str) -> None:
    refused(compared(term, ">", "0", GIVEN), [], because="what is left is not known")
    refused(compared(f"{term}", "!=", "0", GIVEN), [], because="what is left is not known")


@pytest.mark.parametrize("number", ["2", "3"])
def test_classes_of_a_normalised_network(number: str) -> None:
    """A sum over all classes but one holds what is defined by a variance: there may be one class alone."""
    found = of_claim(claim(f"networks/batchnorm.eq1.{number}"))
    assert found is not None
    replay(found)
