"""Products of exponentials compared by their logarithms, and powers of one base; each with a false neighbour."""

from __future__ import annotations

import pytest

from tests.identities.rows import Identity, claim_of
from tests.soundness.alone import proof

NUMBERS = r"""
index i = 1..N
x, y, m, q, b \in \mathbb{R} ; s, r, a > 0 ; u_i \in \mathbb{R}
"""

ROWS: tuple[Identity, ...] = (
    Identity(
        "exponents as fractions",
        NUMBERS,
        r"e^{\frac{x}{s + r}} e^{\frac{y}{s}}",
        r"e^{\frac{s x + (s + r) y}{s (s + r)}}",
        r"e^{\frac{s x + r y}{s (s + r)}}",
    ),
    Identity(
        "a product of two densities",
        NUMBERS,
        r"\mathcal{N}(x | m, s) \mathcal{N}(x | q, r)",
        r"\mathcal{N}(m | q, s + r) \mathcal{N}(x | \frac{r m + s q}{s + r}, \frac{s r}{s + r})",
        r"\mathcal{N}(m | q, s + r) \mathcal{N}(x | \frac{r m + s q}{s + r}, s r)",
    ),
    Identity(
        "a factor that may be negative",
        NUMBERS,
        r"b e^{\frac{x}{s + r} + \frac{x}{s}}",
        r"b e^{\frac{x (2 s + r)}{s (s + r)}}",
        r"|b| e^{\frac{x (2 s + r)}{s (s + r)}}",
    ),
    Identity(
        "the logarithm of things that are not negative",
        NUMBERS + r"c, d \geq 0",
        r"\log \frac{c d^2}{s}",
        r"\log c + 2 \log d - \log s",
        r"\log c + \log d - \log s",
    ),
    Identity("one base", NUMBERS, r"\prod_{i=1}^N a^{u_i}", r"a^{\sum_{i=1}^N u_i}", r"a^{N u_1}"),
    Identity(
        "the other base",
        NUMBERS,
        r"\prod_{i=1}^N a^{u_i} (s + r)^{2 u_i}",
        r"(a (s + r)^2)^{\sum_{i=1}^N u_i}",
        r"(a (s + r))^{2 \sum_{i=1}^N u_i}",
    ),
)
SECONDS = 20.0


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_identity(row: Identity) -> None:
    """The row is proved, its twin is not."""
    assert proof(claim_of(row), SECONDS) is not None
    assert proof(claim_of(row, damaged=True), SECONDS) is None
