"""True rows that no rule reaches yet, each with the rule that is missing."""

from __future__ import annotations

PENDING = {
    "product of two densities": "two positive products that differ in their exponents as rational functions: compare logarithms",
    "compensation": "the logarithm of a folded sum beside its parts",
    "Gibbs' inequality": "log u <= u - 1",
    "product of powers": "a product of powers of one base",
    "product of a product": "a product of powers of one base",
    "shifted index": "sums that differ by a shift of their index",
    "telescope": "sums that differ by a shift of their index",
    "sum of the first whole numbers": "sums of powers of the index",
    "summation by parts": "sums that differ by a shift of their index",
    "chain of quotients": "sums that differ by a shift of their index",
    "best codes": "an optimum under a matrix equation",
    "eigenvectors of a square": "a step multiplied by a matrix from the left",
    "different eigenvalues, orthogonal vectors": "a step divided by what a strict fact keeps from zero",
    "rest of a projection": "the square of a matrix as a sum of squares",
    "least value of a quadratic": "completing the square of a matrix",
    "Young's inequality for a definite matrix": "completing the square of a matrix",
    "normal equations": "a step through a matrix equation with a shifted matrix",
}
