"""Near eigenvalues and eigenvectors, for the certificates of printed values. Nothing here is trusted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from flint import acb_mat, arb, ctx, fmpq

from derive.language.claims import Value
from derive.language.context import Context
from derive.replay.data import Refused
from derive.replay.enclosures import UNIT, Enclosures, Interval, Pairs, shown

BITS = 200
DIGITS = 45


def hints(claim: Value, context: Context) -> list[dict[str, Any]]:
    """What a certificate has to name so that the replay encloses a printed value; ``Refused`` where it cannot be."""
    found = Finder(context, [])
    found.read(claim.term, {})
    shown(claim, context, found.hints)
    return found.hints


class Finder(Enclosures):
    """The replay's enclosures, for which near numbers are computed as a matrix is met."""

    hints: list[dict[str, Any]]

    def pairs(self, matrix: tuple[tuple[Interval, ...], ...]) -> Pairs:
        """What is near, and what the replay makes of it."""
        self.hints = [*self.hints, near_pairs(matrix)]
        return super().pairs(matrix)


def near_pairs(matrix: tuple[tuple[Interval, ...], ...]) -> dict[str, Any]:
    """Numbers near the eigenvalues and eigenvectors of a symmetric matrix, least first."""
    bits = ctx.prec
    ctx.prec = BITS
    try:
        whole = acb_mat([[arb(fmpq(x[0] + x[1], 2 * UNIT)) for x in row] for row in matrix])
        values, vectors = whole.eig(right=True, algorithm="approx")
    except ValueError as problem:
        raise Refused("eigenvalues that are not found") from problem
    finally:
        ctx.prec = bits
    n = len(matrix)
    order = sorted(range(n), key=lambda k: float(values[k].real.mid()))
    return {
        "values": [_decimal(values[k].real) for k in order],
        "vectors": [[_decimal(vectors[i, k].real) for i in range(n)] for k in order],
    }


def _decimal(x: arb) -> str:
    """The middle of a ball, written out."""
    mantissa, exponent = x.mid().man_exp()
    scaled = int(int(mantissa) * Fraction(2) ** int(exponent) * 10**DIGITS)
    sign, digits = "-" if scaled < 0 else "", str(abs(scaled)).zfill(DIGITS + 1)
    return f"{sign}{digits[:-DIGITS]}.{digits[-DIGITS:]}"
