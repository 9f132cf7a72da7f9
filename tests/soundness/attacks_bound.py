"""False claims about what is bound, or set to a value, where definitions are made of it, each beside true ones."""

from __future__ import annotations

from tests.soundness.attacks import Group, eq

CONTEXT = r"""index i = 1..n ; index k = 1..K ; u \in \{1,\dots,K\} label ; x_i, s, t \in \mathbb{R} ; a > 0
X \in \mathbb{R}^d ; function p(s) density ; let w_k := k^2 ; let v := w_u ; let y_i := x_i^2 ; let r := s^2 + t
let q := r + 1 ; function f(b) := b r ; let N := X^T X"""

GROUPS = (
    Group(
        "bound_in_definitions",
        CONTEXT,
        [
            eq(r"\sum_{u=1}^K v", "K v"),
            eq(r"\prod_{u=1}^K v", "v^K"),
            eq(r"\mathbb{E}_{s \sim p}[r]", "r"),
            eq(r"\mathbb{E}_{s \sim p}[q]", "q"),
            eq(r"\mathbb{E}_{s \sim p}[f(2)]", "2 r"),
            eq(r"\int_0^1 r \,ds", "r"),
            eq(r"\mathbb{E}_{x_i \sim p}[y_i]", "y_i"),
            eq(r"\int_0^1 y_i \,dx_i", "y_i"),
            eq(r"\operatorname{Var}_{x_i \sim p}[y_i]", "0"),
            eq(r"\operatorname{Var}_{s \sim p}[r]", "0"),
            eq(r"\mathbb{E}_{X \sim \mathcal{N}(0, I)}[N]", "N"),
            eq(r"\left. r \right|_{s = a}", "r"),
            eq(r"\left. q \right|_{s = a}", "q"),
            eq(r"\left. y_i \right|_{x_i = a}", "y_i"),
            eq(r"\left. f(3) \right|_{s = a}", "f(3)"),
            eq(r"\left. \frac{\partial q}{\partial s} \right|_{s = a}", "2 s"),
        ],
        [
            eq(r"\sum_{u=1}^K v", r"\sum_{k=1}^K k^2"),
            eq(r"\mathbb{E}_{s \sim p}[r]", r"t + \mathbb{E}_{s \sim p}[s^2]"),
            eq(r"\int_0^1 r \,ds", r"t + \frac13"),
            eq(r"\int_0^1 y_i \,dx_i", r"\frac13"),
            eq(r"\mathbb{E}_{t \sim p}[s^2]", "s^2"),
            eq(r"\left. q \right|_{s = a}", "a^2 + t + 1"),
            eq(r"\left. y_i \right|_{x_i = a}", "a^2"),
            eq(r"\left. \frac{\partial q}{\partial s} \right|_{s = a}", "2 a"),
            eq(r"\left. N \right|_{s = a}", "N"),
        ],
    ),
)
