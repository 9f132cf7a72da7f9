"""False claims about moments under normal distributions of vectors, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, eq

CONTEXT = r"""
a, b, m \in \mathbb{R}^n ; f, u, c \in \mathbb{R}^n ; A \in \mathbb{R}^{n \times n}
K \in \mathbb{R}^{n \times n} symmetric posdef
function g(u) := f^\top u ; function k(u) := b^\top u ; function l(u) := g(u) ; h := f^\top b ; function w(f) := l(f)
"""

UNDER = r"\mathbb{E}_{f \sim \mathcal{N}(m, K)}"

GROUPS = (
    Group(
        "what_moves_through_a_name",
        CONTEXT,
        [
            eq(rf"{UNDER}[g(a) f]", r"g(a) m"),
            eq(rf"{UNDER}[l(a) f]", r"l(a) m"),
            eq(rf"{UNDER}[w(a) f]", r"w(a) m"),
            eq(rf"{UNDER}[g(a) a^\top f]", r"g(a) a^\top m"),
            eq(rf"{UNDER}[h f]", r"h m"),
            eq(rf"{UNDER}[g(a)]", r"g(a)"),
        ],
        [
            eq(rf"{UNDER}[k(a) f]", r"k(a) m"),
            eq(rf"{UNDER}[A f + a]", r"A m + a"),
        ],
    ),
    Group(
        "moments_of_vectors",
        CONTEXT,
        [
            eq(rf"{UNDER}[f f^\top]", r"K"),
            eq(rf"{UNDER}[(f - a)(f - a)^\top]", r"K"),
            eq(rf"{UNDER}[(a^\top f)^2]", r"(a^\top m)^2"),
            eq(rf"{UNDER}[(a^\top f + 1)^2]", r"(a^\top m)^2 + a^\top K a + 1"),
        ],
        [
            eq(rf"{UNDER}[(f - a)(f - b)^\top]", r"K + (m - a)(m - b)^\top"),
            eq(rf"{UNDER}[(a^\top f)^2]", r"(a^\top m)^2 + a^\top K a"),
        ],
    ),
)
