"""Matrix identities at all sizes: products, inverses, transposes, traces and determinants in a free algebra."""

from derive.prove.matrix.certificate import Proof, check
from derive.prove.matrix.definite import semidefinite
from derive.prove.matrix.lowering import NotMatrix
from derive.prove.matrix.search import prove_equal
from derive.prove.matrix.solve import Solution, solve

__all__ = ["NotMatrix", "Proof", "Solution", "check", "prove_equal", "semidefinite", "solve"]
