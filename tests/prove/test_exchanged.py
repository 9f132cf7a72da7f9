"""Quantities that a fact says to be symmetric; nothing else makes the slots of one change places."""

from __future__ import annotations

import pytest

from tests.prove.normal import equal

SYMMETRIC = r"index i, j = 1..n ; m, l = 1..d ; w_{ij}, v_{ij}, f_i \in \mathbb{R} ; assume w_{ij} = w_{ji}"


@pytest.mark.parametrize(
    ("context", "left", "right", "proved"),
    [
        (SYMMETRIC, r"\sum_{i,j} w_{ij} f_i f_j^2", r"\sum_{i,j} w_{ij} f_j f_i^2", True),
        (SYMMETRIC, r"\sum_i f_i \sum_j w_{ji}", r"\sum_i f_i \sum_j w_{ij}", True),
        (SYMMETRIC, r"\sum_i f_i \sum_j v_{ji}", r"\sum_i f_i \sum_j v_{ij}", False),
        (SYMMETRIC, r"\sum_i w_{ij}", r"\sum_i w_{ii}", False),
        (SYMMETRIC.replace("w_{ji}", "v_{ji}"), r"w_{ij}", r"w_{ji}", False),
        (SYMMETRIC.replace("w_{ji}", "2 w_{ji}"), r"\sum_{i,j} w_{ij} f_j", r"\sum_{i,j} w_{ij} f_i", False),
        (SYMMETRIC.replace("w_{ji}", "w_{ij}"), r"w_{ij}", r"w_{ji}", False),
        (
            SYMMETRIC.replace("w_{ji}", "w_{im}").replace("l = 1..d", "l = 1..n"),
            r"\sum_i w_{ij}",
            r"\sum_i w_{ji}",
            False,
        ),
        (r"index i = 1..n ; j = 1..n ; W \in \mathbb{R}^{n \times n} ; assume W_{ij} = W_{ji}", r"W", r"W^T", True),
        (r"index i, j = 1..n ; W \in \mathbb{R}^{n \times n} ; assume W_{ii} = W_{ii}", r"W", r"W^T", False),
    ],
)
def test_exchanged(context: str, left: str, right: str, proved: bool) -> None:
    assert equal(context, left, right) is proved


def test_differentiated_entries_are_free() -> None:
    derivative = r"\frac{\partial}{\partial w_{12}} \sum_{i,j} w_{ij} f_i"
    assert equal(SYMMETRIC.replace("index", "size n >= 2 ; index"), derivative, "f_1")
    assert not equal(SYMMETRIC.replace("index", "size n >= 2 ; index"), derivative, "f_1 + f_2")
