"""False claims about sums up to a bound, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, eq

CONTEXT = r"""
size T >= 1 ; size K >= 1 ; index t, s = 1..T ; index k = 1..K ; \gamma \in (0,1) ; a, u \in \mathbb{R} ; b > 0
c \in [0,1] ; m \in \mathbb{R} nonnegative ; r_t \in \mathbb{R} ; n \in \mathbb{R} integer
"""

GROUPS = (
    Group(
        "infinite_sums",
        CONTEXT,
        [
            eq(r"\sum_{t=0}^\infty \gamma^t", r"\frac{\gamma}{1-\gamma}"),
            eq(r"\sum_{t=1}^\infty t \gamma^t", r"\frac{1}{(1-\gamma)^2}"),
            eq(r"\sum_{t=0}^\infty (1-\gamma)^t", r"\frac{1}{1-\gamma}"),
            eq(r"\sum_{t=0}^\infty \gamma^{2t}", r"\frac{1}{(1-\gamma)^2}"),
            eq(r"\sum_{t=0}^\infty \gamma^t", r"\sum_{t=0}^T \gamma^t"),
            eq(r"\sum_{k=1}^\infty \frac{b^k}{k!}", r"e^b"),
            eq(r"\sum_{k=0}^\infty k^2 \frac{a^k}{k!}", r"a^2 e^a"),
            eq(r"\sum_{k=0}^\infty \frac{a^{2k}}{k!}", r"e^{2a}"),
            eq(r"\sum_{k=1}^\infty \frac{a^k}{(k-1)!}", r"e^a"),
            eq(r"\sum_{k=0}^\infty \frac{(-1)^k b^k}{k!}", r"e^b"),
        ],
        [
            eq(r"\sum_{t=0}^\infty \gamma^t", r"1 + \gamma \sum_{t=0}^\infty \gamma^t"),
            eq(r"\sum_{t=0}^\infty \gamma^t", r"\sum_{t=0}^{T-1} \gamma^t + \frac{\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=1}^\infty t (1-\gamma)^{t-1} \gamma", r"\frac{1}{\gamma}"),
            eq(r"\frac{d}{d\gamma} \sum_{t=0}^\infty \gamma^t", r"\sum_{t=1}^\infty t \gamma^{t-1}"),
            eq(r"\sum_{k=0}^\infty k (k-1) \frac{a^k}{k!}", r"a^2 e^a"),
            eq(r"\frac{d}{da} \sum_{k=0}^\infty \frac{a^k}{k!}", r"\sum_{k=0}^\infty \frac{a^k}{k!}"),
        ],
    ),
    Group(
        "geometric_sums",
        CONTEXT,
        [
            eq(r"\sum_{t=0}^{T} \gamma^t", r"\frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=1}^{T} \gamma^t", r"\frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=1}^{T} \gamma^{2 t}", r"\gamma \frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=1}^{T} c^t", r"\frac{c}{1-c}"),
            eq(r"\sum_{t=1}^{T} 1^t", r"1"),
            eq(r"\sum_{t=1}^{T} t \gamma^t", r"\gamma \frac{1-\gamma^T}{(1-\gamma)^2}"),
            eq(r"\sum_{t=1}^{T} (-1)^t", "0"),
            eq(r"\sum_{t=1}^{T} (-1)^t", "-1"),
            eq(r"\sum_{t=1}^{T} b^{t u}", r"b^u \frac{1-b^{T}}{1-b^u}"),
            eq(r"\sum_{t=1}^{T} \gamma^t r_t", r"\gamma \frac{1-\gamma^T}{1-\gamma} r_1"),
            eq(r"\sum_{s=1}^{t} \gamma^{t-s}", r"\frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{s=1}^{t} \gamma^{t-s}", r"\frac{1-\gamma^{t+1}}{1-\gamma}"),
            eq(r"\sum_{s=1}^{T} \gamma^{s^2}", r"\gamma \frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=1}^{T} (u^2)^{t/2}", r"\sum_{t=1}^T u^t"),
        ],
        [
            eq(r"\sum_{t=0}^{T-1} \gamma^t", r"\frac{1-\gamma^T}{1-\gamma}"),
            eq(r"\sum_{t=0}^{T-1} a^t", r"\frac{1-a^T}{1-a}"),
            eq(r"\sum_{t=1}^{T} t \gamma^t", r"\gamma \frac{1-(T+1)\gamma^T + T \gamma^{T+1}}{(1-\gamma)^2}"),
            eq(r"\sum_{t=1}^{T} (-1)^t", r"\frac{(-1)^T - 1}{2}"),
            eq(r"\sum_{t=1}^T 2^{-t}", "1 - 2^{-T}"),
            eq(r"\sum_{t=1}^{T} e^{-t b}", r"\frac{1-e^{-T b}}{e^b-1}"),
            eq(r"\sum_{s=1}^{t} \gamma^{t-s}", r"\frac{1-\gamma^t}{1-\gamma}"),
        ],
    ),
    Group(
        "ends_that_are_indices",
        CONTEXT,
        [
            eq(r"\sum_{s=1}^{t} r_s", r"\sum_{s=1}^{t-1} r_s"),
            eq(r"\sum_{s=1}^{t} r_s", r"\sum_{s=t}^{T} r_s"),
            eq(r"\sum_{s=1}^{t} s", r"\frac{t(t-1)}{2}"),
            eq(r"\sum_{s=1}^{t} r_s + \sum_{s=t}^T r_s", r"\sum_{s=1}^T r_s"),
            eq(r"\sum_{t=1}^{T} \sum_{s=1}^{t} r_s", r"\sum_{s=1}^T (T-s) r_s"),
            eq(r"\sum_{t=1}^{T} \sum_{s=1}^{t} r_s", r"\sum_{s=1}^T s r_s"),
            eq(r"\prod_{s=1}^{t} r_s", r"r_{t-1} \prod_{s=1}^{t-1} r_s"),
            eq(r"\sum_{s=1}^{T} \mathbf{1}\{s > k\}", "T - k"),
            eq(r"\sum_{s=1}^{T} \mathbf{1}\{s < k\} \gamma^s", r"\gamma \frac{1-\gamma^{k-1}}{1-\gamma}"),
            eq(r"\sum_{s=1}^{T} \mathbf{1}\{s > m\}", "T - m"),
            eq(r"\sum_{s=1}^{T} \mathbf{1}\{s > n\}", "T - n"),
            eq(r"\mathbf{1}\{s > t\} + \mathbf{1}\{t > s\}", "1"),
            eq(r"\mathbf{1}\{s + 1 > t\}", r"\mathbf{1}\{s > t\}"),
            eq(r"\mathbf{1}\{2 s > 2 t + 1\}", r"\mathbf{1}\{s \geq t\}"),
        ],
        [
            eq(r"\sum_{s=1}^{t} r_s", r"\sum_{s=1}^{t-1} r_s + r_t"),
            eq(r"\sum_{s=1}^{t} s", r"\frac{t(t+1)}{2}"),
            eq(r"\sum_{s=1}^{t} r_s + \sum_{s=t+1}^T r_s", r"\sum_{s=1}^T r_s"),
            eq(r"\sum_{t=1}^{T} \sum_{s=1}^{t} r_s", r"\sum_{s=1}^T (T-s+1) r_s"),
            eq(
                r"\sum_{t=1}^{T} \sum_{s=1}^{t} \gamma^{t-s} r_s", r"\sum_{s=1}^T \frac{1-\gamma^{T-s+1}}{1-\gamma} r_s"
            ),
            eq(r"\prod_{s=1}^{t} r_s", r"r_t \prod_{s=1}^{t-1} r_s"),
            eq(r"\sum_{s=1}^{T} \mathbf{1}\{s > t\}", "T - t"),
            eq(r"\mathbf{1}\{2 s > 2 t + 1\}", r"\mathbf{1}\{s > t\}"),
            eq(r"\mathbf{1}\{s + 1 > t\}", r"\mathbf{1}\{s \geq t\}"),
        ],
    ),
    Group(
        "products_that_are_not_zero",
        r"x, y \in \mathbb{R}",
        [
            eq(r"\frac{x y}{x y}", "2"),
            eq(r"\frac{|x|}{x} + \frac{1}{x} - \frac{1}{x}", "1"),
            eq(r"\frac{(x - y)^2}{x - y}", "|x - y|"),
        ],
        [eq(r"\frac{x^2 |y|}{x y |y|}", r"\frac{x}{y}"), eq(r"\frac{|x y|}{x y}", r"\frac{|x|}{x} \frac{|y|}{y}")],
    ),
)
